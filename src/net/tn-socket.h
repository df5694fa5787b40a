/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-http.h"

G_BEGIN_DECLS

/**
 * TnSocket:
 *
 * A WebSocket (RFC 6455) with room for 1 MiB of what came: while that is full nothing more is read, and the other side has
 * to wait. It lives on a thread of its own, which may wait; all functions and callbacks are on the thread that opened it.
 */
typedef struct _TnSocket TnSocket;

/**
 * TnSocketEvents:
 * @opened: once, @protocol (nullable) is what both sides agreed on
 * @came: tn_socket_take() has something
 * @closed: once, at the end of all: by @error (nullable), else with @code and @reason of the other side (1005 where it said
 *   none); what came before is still there to be taken
 */
typedef struct
{
  void (*opened) (const char *protocol, gpointer user_data);
  void (*came) (gpointer user_data);
  void (*closed) (guint code, const char *reason, const GError *error, gpointer user_data);
} TnSocketEvents;

/* The longest message, in bytes, either way. */
#define TN_SOCKET_MAX_MESSAGE (512 * 1024)

/**
 * tn_socket_open:
 * @http: whose resolver and trust are used
 * @url: ws or wss
 * @open: what may be connected to beyond public addresses
 * @protocols: (nullable)
 */
TnSocket *tn_socket_open (TnHttp *http, GUri *url, TnAddressScopes open, const char *const *protocols,
                          const TnSocketEvents *events, gpointer user_data);

/* Ends it at once, without a word; nothing is called any more. */
void tn_socket_free (TnSocket *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnSocket, tn_socket_free)

/* The next message: (transfer full) (nullable), and whether it is text (UTF-8). */
GBytes *tn_socket_take (TnSocket *self, gboolean *text);

/* @sent: called when the connection has taken it, and with FALSE where it has ended; not after tn_socket_free(). */
void tn_socket_send (TnSocket *self, GBytes *message, gboolean text, void (*sent) (gboolean done, gpointer data),
                     gpointer data);

/* Says good-bye; @closed follows. */
void tn_socket_close (TnSocket *self, guint code, const char *reason);

G_END_DECLS
