/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-motion.h"

void
tn_motion_rest (TnMotion *self, const graphene_rect_t *rect, double presence)
{
  *self = (TnMotion){ *rect, *rect, presence, presence, 0 };
}

void
tn_motion_aim (TnMotion *self, const graphene_rect_t *rect, double presence, gint64 now_us)
{
  graphene_rect_t shown;
  double shown_presence;

  if (graphene_rect_equal (&self->to, rect) && self->to_presence == presence)
    return;
  tn_motion_at (self, now_us, &shown, &shown_presence);
  *self = (TnMotion){ shown, *rect, shown_presence, presence, now_us };
}

gboolean
tn_motion_at (TnMotion *self, gint64 now_us, graphene_rect_t *rect, double *presence)
{
  double t = self->start_us == 0 ? 1 : CLAMP ((now_us - self->start_us) / (double) TN_MOTION_US, 0, 1);
  double eased = 1 - (1 - t) * (1 - t) * (1 - t);

  graphene_rect_interpolate (&self->from, &self->to, eased, rect);
  *presence = self->from_presence + (self->to_presence - self->from_presence) * eased;
  if (t < 1)
    return TRUE;
  *rect = self->to;
  tn_motion_rest (self, &self->to, self->to_presence);
  return FALSE;
}
