/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TN_NET_ERROR (tn_net_error_quark ())
GQuark tn_net_error_quark (void);

typedef enum
{
  TN_NET_ERROR_NO_BUS = 1,     /* no session bus to ask on */
  TN_NET_ERROR_NO_KEYRING,     /* nothing on the bus keeps secrets */
  TN_NET_ERROR_KEYRING_BROKEN, /* what does answers with an error, or with nonsense */
  TN_NET_ERROR_TIMEOUT,        /* no answer in time */
  TN_NET_ERROR_URL,            /* not an address that can be loaded */
  TN_NET_ERROR_INSIDE,         /* the name leads to an address that is not public, and nobody granted that */
  TN_NET_ERROR_REFUSED,        /* whoever judges the call said no */
  TN_NET_ERROR_REDIRECTS,      /* too many, or one that leads nowhere */
  TN_NET_ERROR_UNREACHABLE,    /* no such name, or nobody answers there */
  TN_NET_ERROR_TLS,            /* the other side can't prove who it is */
  TN_NET_ERROR_BROKEN,         /* what came is not the protocol, or ended early */
  TN_NET_ERROR_KEYRING_LOCKED, /* the keyring has to be unlocked or made first */
  TN_NET_ERROR_KEY_LOST,       /* the keyring works, and has not the key that something was encrypted with */
} TnNetErrorCode;

G_END_DECLS
