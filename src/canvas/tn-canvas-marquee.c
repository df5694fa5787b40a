/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvas-private.h"

#include <math.h>

static GHashTable *
copy_ids (GHashTable *ids)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (copy, g_strdup (id));
  return copy;
}

/* @add: to what is selected already */
void
tn_canvas_marquee_begin (TnCanvas *self, double x, double y, gboolean add)
{
  TnMarquee *marquee = &self->marquee;

  if (!add)
    tn_canvas_clear_selection (self);
  marquee->active = TRUE;
  marquee->start_x = marquee->x = x;
  marquee->start_y = y + tn_canvas_get_scroll (self);
  marquee->y = y;
  marquee->before = copy_ids (self->selected);
}

/* In pixels of the content, which scrolls; %FALSE where there is none. */
gboolean
tn_canvas_marquee_rect (TnCanvas *self, graphene_rect_t *rect)
{
  const TnMarquee *marquee = &self->marquee;
  double y = marquee->y + tn_canvas_get_scroll (self);

  if (!marquee->active)
    return FALSE;
  graphene_rect_init (rect, MIN (marquee->start_x, marquee->x), MIN (marquee->start_y, y),
                      MAX (1, fabs (marquee->x - marquee->start_x)), MAX (1, fabs (y - marquee->start_y)));
  return TRUE;
}

/* What it touches now, by the places that tiles have rather than the ways they are on. */
void
tn_canvas_marquee_point (TnCanvas *self, double x, double y)
{
  g_autoptr (GHashTable) ids = copy_ids (self->marquee.before);
  graphene_rect_t band;

  self->marquee.x = x;
  self->marquee.y = y;
  tn_canvas_marquee_rect (self, &band);
  for (guint i = 0; i < self->entries->len; i++)
    {
      TnTile *tile = ((TnEntry *) g_ptr_array_index (self->entries, i))->tile;
      graphene_rect_t rect = tn_geometry_rect (&self->geometry, tn_tile_get_place (tile));

      if (graphene_rect_intersection (&band, &rect, NULL))
        g_hash_table_add (ids, g_strdup (tn_tile_get_id (tile)));
    }
  tn_canvas_set_selected (self, ids);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* @keep: what it touched stays selected, else what was before is again */
void
tn_canvas_marquee_end (TnCanvas *self, gboolean keep)
{
  TnMarquee *marquee = &self->marquee;

  if (!marquee->active)
    return;
  if (!keep)
    tn_canvas_set_selected (self, marquee->before);
  marquee->active = FALSE;
  g_clear_pointer (&marquee->before, g_hash_table_unref);
  self->press = TN_PRESS_NONE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
