/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-instance-private.h"
#include "tn-clock.h"

#define SOON_MS 300
#define APART_US (10 * G_USEC_PER_SEC)

static void
pictured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnInstance) self = user_data;
  g_autoptr (GdkTexture) texture = webkit_web_view_get_snapshot_finish (WEBKIT_WEB_VIEW (source), result, NULL);

  void (*pictured) (TnInstance *) = self->pictured;

  if (texture != NULL && g_set_object (&self->picture, GDK_PAINTABLE (texture)))
    g_signal_emit_by_name (self, "picture-changed");
  self->pictured = NULL;
  if (pictured != NULL && self->view != NULL)
    pictured (self);
}

void
tn_instance_take_picture (TnInstance *self, void (*pictured) (TnInstance *self))
{
  g_clear_handle_id (&self->picture_timer, g_source_remove);
  self->pictured_us = tn_clock_monotonic_us ();
  self->pictured = pictured;
  webkit_web_view_get_snapshot (self->view, WEBKIT_SNAPSHOT_REGION_VISIBLE,
                                WEBKIT_SNAPSHOT_OPTIONS_TRANSPARENT_BACKGROUND, self->cancellable, pictured_cb,
                                g_object_ref (self));
}

static gboolean
take_cb (gpointer user_data)
{
  TnInstance *self = user_data;

  self->picture_timer = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    tn_instance_take_picture (self, NULL);
  return G_SOURCE_REMOVE;
}

void
tn_instance_want_picture (TnInstance *self)
{
  gint64 next = self->pictured_us == 0 ? 0 : self->pictured_us + APART_US - tn_clock_monotonic_us ();

  if (self->picture_timer == 0 && self->view != NULL)
    self->picture_timer = g_timeout_add (MAX (SOON_MS, next / 1000), take_cb, self);
}
