/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvas-private.h"

#define STOP_MS 1000

static void
start (TnCanvas *self, TnEntry *entry)
{
  const TnTileRecord *record = tn_tile_get_record (entry->tile);
  g_autoptr (TnInstance) instance
    = tn_runtime_create_instance (self->runtime, record->app_key, record->app_id, record->id, record->config);

  tn_tile_set_instance (entry->tile, instance);
  tn_instance_start (instance);
}

static gboolean
is_minimized (TnCanvas *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;

  return GDK_IS_TOPLEVEL (surface)
         && (gdk_toplevel_get_state (GDK_TOPLEVEL (surface)) & GDK_TOPLEVEL_STATE_MINIMIZED) != 0;
}

/* Tells what runs whether it is in sight. */
void
tn_canvas_update_sight (TnCanvas *self)
{
  gboolean shown = gtk_widget_get_mapped (GTK_WIDGET (self)) && !is_minimized (self);

  for (guint i = 0; i < self->entries->len; i++)
    {
      TnEntry *entry = g_ptr_array_index (self->entries, i);
      TnInstance *instance = tn_tile_get_instance (entry->tile);

      if (instance != NULL)
        tn_instance_set_visible (instance, shown && entry->in_view);
    }
}

/* From now on, as long as it is mapped. */
void
tn_canvas_watch_window (TnCanvas *self, gboolean watch)
{
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (GTK_WIDGET (self)));

  g_signal_handlers_disconnect_by_func (surface, tn_canvas_update_sight, self);
  if (watch)
    g_signal_connect_object (surface, "notify::state", G_CALLBACK (tn_canvas_update_sight), self, G_CONNECT_SWAPPED);
}

/* A placeholder stands for what can't be run. */
static gboolean
runs (TnEntry *entry)
{
  return !tn_tile_record_is_placeholder (tn_tile_get_record (entry->tile));
}

/* What is in view runs, in reading order; what never came into view costs nothing. */
void
tn_canvas_start_in_view (TnCanvas *self)
{
  g_autoptr (GPtrArray) sorted = NULL;

  if (self->runtime == NULL || self->stopped)
    return;
  sorted = tn_canvas_reading_order (self);
  for (guint i = 0; i < sorted->len; i++)
    {
      TnEntry *entry = g_ptr_array_index (sorted, i);

      if (entry->in_view && tn_tile_get_instance (entry->tile) == NULL && runs (entry))
        start (self, entry);
    }
}

static gboolean
start_cb (gpointer user_data)
{
  TnCanvas *self = user_data;

  self->start_id = 0;
  tn_canvas_start_in_view (self);
  tn_canvas_update_sight (self);
  g_signal_emit_by_name (self, "state-changed");
  return G_SOURCE_REMOVE;
}

/* Not at once: new children cannot be added in the middle of an allocation. */
void
tn_canvas_queue_start (TnCanvas *self)
{
  if (self->start_id == 0 && !self->stopped)
    self->start_id = g_idle_add_full (G_PRIORITY_DEFAULT, start_cb, self, NULL);
}

/* Stops what runs in a tile that was removed; its state is kept for undo. */
void
tn_canvas_discard (TnCanvas *self, TnEntry *entry)
{
  TnInstance *instance = tn_tile_get_instance (entry->tile);

  if (instance == NULL)
    return;
  tn_canvas_keep_picture (self, entry);
  tn_instance_stop_async (instance, NULL, NULL, NULL);
}

gboolean
tn_canvas_is_laid_out (TnCanvas *self)
{
  g_return_val_if_fail (TN_IS_CANVAS (self), FALSE);

  for (guint i = 0; i < self->entries->len; i++)
    if (!((TnEntry *) g_ptr_array_index (self->entries, i))->placed)
      return FALSE;
  return self->layouts != NULL;
}

static gboolean
is_settled (TnEntry *entry)
{
  TnInstance *instance = tn_tile_get_instance (entry->tile);
  TnInstanceState state = instance != NULL ? tn_instance_get_state (instance) : TN_STATE_STOPPED;

  return !entry->in_view || !runs (entry) || state >= TN_STATE_RUNNING;
}

gboolean
tn_canvas_is_settled (TnCanvas *self)
{
  if (!tn_canvas_is_laid_out (self) || self->syncing || self->start_id != 0)
    return FALSE;
  for (guint i = 0; i < self->entries->len; i++)
    if (!is_settled (g_ptr_array_index (self->entries, i)))
      return FALSE;
  return TRUE;
}

typedef struct
{
  guint n_running;
  guint timeout_id;
} Stop;

static void
stop_free (Stop *stop)
{
  g_clear_handle_id (&stop->timeout_id, g_source_remove);
  g_free (stop);
}

static gboolean
timeout_cb (gpointer user_data)
{
  GTask *task = user_data;
  Stop *stop = g_task_get_task_data (task);

  stop->timeout_id = 0;
  stop->n_running = 0;
  g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Stop *stop = g_task_get_task_data (task);

  if (stop->n_running == 0 || --stop->n_running > 0)
    return;
  g_clear_handle_id (&stop->timeout_id, g_source_remove);
  g_task_return_boolean (task, TRUE);
}

void
tn_canvas_stop_async (TnCanvas *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Stop *stop = g_new0 (Stop, 1);

  g_return_if_fail (TN_IS_CANVAS (self));

  self->stopped = TRUE;
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_task_data (task, stop, (GDestroyNotify) stop_free);
  for (guint i = 0; i < self->entries->len; i++)
    {
      TnEntry *entry = g_ptr_array_index (self->entries, i);
      TnInstance *instance = tn_tile_get_instance (entry->tile);

      if (instance == NULL)
        continue;
      stop->n_running++;
      tn_instance_stop_async (instance, NULL, stopped_cb, g_object_ref (task));
    }
  if (stop->n_running == 0)
    g_task_return_boolean (task, TRUE);
  else
    stop->timeout_id
      = g_timeout_add_full (G_PRIORITY_DEFAULT, STOP_MS, timeout_cb, g_object_ref (task), g_object_unref);
}

void
tn_canvas_stop_finish (TnCanvas *self, GAsyncResult *result)
{
  g_return_if_fail (TN_IS_CANVAS (self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}
