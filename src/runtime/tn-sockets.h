/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-instance-private.h"

G_BEGIN_DECLS

/* The methods of nexus.socket. */
extern const TnBridgeMethod TN_SOCKETS_METHODS[];

/* Ends all that the page opened. */
void tn_sockets_end_all (TnInstance *instance);

/* Frees what instance->sockets keeps. */
void tn_sockets_free_one (gpointer live);

G_END_DECLS
