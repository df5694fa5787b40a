/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How many are kept at most of a tile, and how many bytes together; one is kept whatever its size. */
#define TN_SNAPSHOTS_LENGTH 100
#define TN_SNAPSHOTS_BYTES (4 * 1024 * 1024)

/* What a page held at a moment. */
#define TN_TYPE_SNAPSHOT (tn_snapshot_get_type ())
G_DECLARE_FINAL_TYPE (TnSnapshot, tn_snapshot, TN, SNAPSHOT, GObject)

/* Compact JSON; (transfer none) */
const char *tn_snapshot_get_text (TnSnapshot *self);

/* Microseconds since 1970. */
gint64 tn_snapshot_get_time_us (TnSnapshot *self);

/**
 * tn_snapshot_show:
 *
 * Its JSON for people: indented, with what could turn the direction of writing made visible, and long lines and many
 * cut short; (transfer full).
 */
char *tn_snapshot_show (TnSnapshot *self);

/* A list of #TnSnapshot, newest first. Puts @text, compact JSON, in front, unless it is what is there; the oldest go.
 * Returns whether it is new. */
gboolean tn_snapshots_add (GListStore *snapshots, const char *text);

G_END_DECLS
