/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <graphene.h>

G_BEGIN_DECLS

#define TN_MOTION_US (200 * G_TIME_SPAN_MILLISECOND)

/**
 * TnMotion:
 * @start_us: when it set off; 0 at rest
 *
 * A rectangle and a presence (0 gone, 1 there) on their way to others, easing out over %TN_MOTION_US.
 */
typedef struct
{
  graphene_rect_t from, to;
  double from_presence, to_presence;
  gint64 start_us;
} TnMotion;

/* At rest at @rect; @presence 0 or 1. */
void tn_motion_rest (TnMotion *self, const graphene_rect_t *rect, double presence);

/* Sets off at @now_us from where it is then; nothing where it is aimed there already. */
void tn_motion_aim (TnMotion *self, const graphene_rect_t *rect, double presence, gint64 now_us);

/* Where it is at @now_us. Returns: whether it is still on its way; it rests from then on where not. */
gboolean tn_motion_at (TnMotion *self, gint64 now_us, graphene_rect_t *rect, double *presence);

G_END_DECLS
