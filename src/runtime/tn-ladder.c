/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-ladder.h"

#define CALM 3 /* looks without anything to object to, and all is forgotten */
#define LEAST_SHARE 0.05
#define REFUSED 10 /* in one look: whoever waits when told to does not come to it */
#define STREAK 3   /* looks in a row with so many: a burst falls into two at most */

/* @patience: looks over the limit before the next rung */
static const struct
{
  const char *name;
  guint patience;
} rungs[] = {
  [TN_RUNG_NONE] = { "", 1 },
  [TN_RUNG_WARNED] = { "warned", 1 },
  [TN_RUNG_THROTTLED] = { "throttled", 6 },
  [TN_RUNG_SUSPENDED] = { "suspended", 1 },
  [TN_RUNG_STOPPED] = { "stopped", G_MAXUINT },
};

gboolean
tn_ladder_look (TnLadder *self, gboolean over)
{
  TnRung before = self->rung;

  self->over = over ? self->over + 1 : 0;
  self->under = over ? 0 : self->under + 1;
  if (self->over >= rungs[self->rung].patience)
    *self = (TnLadder){ self->rung + 1, 0, 0 };
  else if (self->under >= CALM)
    *self = (TnLadder){ 0 };
  return self->rung != before;
}

gboolean
tn_ladder_is_hammering (guint *streak, guint refused)
{
  *streak = refused >= REFUSED ? *streak + 1 : 0;
  return *streak >= STREAK;
}

const char *
tn_rung_name (TnRung rung)
{
  g_return_val_if_fail (rung < G_N_ELEMENTS (rungs), "");

  return rungs[rung].name;
}

double
tn_ladder_share (double limit, double used, double share)
{
  double wanted = used / share;

  return wanted > limit ? CLAMP (limit / wanted, LEAST_SHARE, 1) : 1;
}
