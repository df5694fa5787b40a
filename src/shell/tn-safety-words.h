/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-safety.h"

G_BEGIN_DECLS

/* The five walls around a tile, from the innermost. */
typedef enum
{
  TN_WALL_PROCESS,
  TN_WALL_NETWORK,
  TN_WALL_BRIDGE,
  TN_WALL_POLICY,
  TN_WALL_BUDGET,
  TN_N_WALLS
} TnWall;

typedef enum
{
  TN_WALL_HOLDS,
  TN_WALL_UNKNOWN, /* there is nothing to measure just now */
  TN_WALL_BROKEN,
} TnWallStanding;

/* What it keeps from happening, in a few words. */
const char *tn_wall_get_title (TnWall wall);

TnWallStanding tn_wall_judge (TnWall wall, const TnSafety *safety);

/* One sentence or two on how it stands; (transfer full). */
char *tn_wall_describe (TnWall wall, const TnSafety *safety);

/* How the whole stands: broken where any wall is; and what is to be said of that. */
TnWallStanding tn_safety_judge (const TnSafety *safety);
const char *tn_safety_headline (const TnSafety *safety);

/* What was measured, one thing each; @i from 0. Returns: (nullable): its name, %NULL after the last one */
const char *tn_safety_fact (guint i, TnWall *wall);

/* (transfer full): what was measured of it, in a few words */
char *tn_safety_fact_value (guint i, const TnSafety *safety);

/* Whether the value is too long to stand beside its name. */
gboolean tn_safety_fact_is_long (guint i);

/* All of it as plain text, to be sent to somebody; (transfer full). */
char *tn_safety_report (const TnSafety *safety);

G_END_DECLS
