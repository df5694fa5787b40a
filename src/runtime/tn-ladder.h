/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is done about a tile that uses more than it may, in this order. */
typedef enum
{
  TN_RUNG_NONE,
  TN_RUNG_WARNED,
  TN_RUNG_THROTTLED,
  TN_RUNG_SUSPENDED,
  TN_RUNG_STOPPED,
} TnRung;

/**
 * TnLadder:
 *
 * Where a tile stands. All 0 at first.
 */
typedef struct
{
  TnRung rung;
  guint over, under; /* looks in a row since the last step */
} TnLadder;

/**
 * tn_ladder_look:
 * @over: whether it used more than it may since the last look
 *
 * Climbs where it was over for as long as the rung lets it be, and comes down to the ground where it was not for as long.
 * Returns: whether the rung is another one now
 */
gboolean tn_ladder_look (TnLadder *self, gboolean over);

/**
 * tn_ladder_is_hammering:
 * @streak: looks in a row so far, 0 at first
 * @refused: what was asked for too often since the last look, and refused
 *
 * Whether it goes on asking although it was told to wait. One burst, even one that falls into two looks, is none yet: the
 * third look in a row is, and the first one without much to refuse ends it.
 */
gboolean tn_ladder_is_hammering (guint *streak, guint refused);

/* "warned", as the bus says it; "" on the ground. */
const char *tn_rung_name (TnRung rung);

/**
 * tn_ladder_share:
 * @limit: percent of one core
 * @used: what was used of it while it had @share of the time
 *
 * Returns: the share of the time that a process may run, so that it uses @limit at most; from 0.05 to 1
 */
double tn_ladder_share (double limit, double used, double share);

G_END_DECLS
