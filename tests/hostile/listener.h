/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A server on loopback that pages are told to reach, by TCP and by UDP. Runs in the main context. */
typedef struct _Listener Listener;

Listener *listener_new (void);
void listener_free (Listener *self);
guint listener_get_tcp_port (Listener *self);
guint listener_get_udp_port (Listener *self);

/* What came so far, a line each: "tcp GET /egress/fetch HTTP/1.1", "udp 20 bytes"; (transfer none). */
GPtrArray *listener_get_lines (Listener *self);
