/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-report.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "tn-json.h"
#include "tn-lifecycle.h"
#include "tn-process-clock.h"

#define PATIENCE_MS 15000
#define PAINT_MS 500 /* what a page has drawn when it has mounted arrives a little later */

struct _TnReport
{
  GObject parent;

  TnWindow *window; /* borrowed: ends this when it goes */
  char *report;
  char *screenshot;
  gint64 start_us;
  gint64 drawn_us;
  guint timeout_id;
  guint paint_id;
};

G_DEFINE_FINAL_TYPE (TnReport, tn_report, G_TYPE_OBJECT)

static void
set_ms (JsonObject *object, const char *member, TnReport *self, gint64 at_us)
{
  if (at_us == 0)
    json_object_set_null_member (object, member);
  else
    json_object_set_int_member (object, member, (at_us - self->start_us) / 1000);
}

static JsonObject *
describe_proof (const TnProof *proof)
{
  JsonObject *object = json_object_new ();

  json_object_set_boolean_member (object, "process", proof->process);
  json_object_set_boolean_member (object, "pid_ns", proof->pid_ns);
  json_object_set_boolean_member (object, "net_ns", proof->net_ns);
  json_object_set_boolean_member (object, "mnt_ns", proof->mnt_ns);
  json_object_set_int_member (object, "seccomp", proof->seccomp);
  json_object_set_boolean_member (object, "ok", proof->ok);
  return object;
}

static JsonObject *
describe_tile (TnReport *self, TnTile *tile)
{
  const TnTileRecord *record = tn_tile_get_record (tile);
  TnInstance *instance = tn_tile_get_instance (tile);
  TnInstanceState state = instance != NULL ? tn_instance_get_state (instance) : TN_STATE_STOPPED;
  const TnProof *proof = instance != NULL ? tn_instance_get_proof (instance) : NULL;
  int pid = instance != NULL ? tn_instance_get_pid (instance) : 0;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", record->id);
  json_object_set_string_member (object, "app", record->app_id);
  json_object_set_string_member (object, "state", tn_lifecycle_state_name (state));
  json_object_set_int_member (object, "pid", pid);
  json_object_set_int_member (object, "pss_kib", pid != 0 ? tn_runtime_read_pss (pid) : 0);
  set_ms (object, "mount_ms", self, instance != NULL ? tn_instance_get_mounted_us (instance) : 0);
  if (proof != NULL)
    json_object_set_object_member (object, "proof", describe_proof (proof));
  else
    json_object_set_null_member (object, "proof");
  if (state == TN_STATE_TROUBLED)
    json_object_set_string_member (object, "trouble", tn_instance_get_sentence (instance));
  return object;
}

static void
add_mounts (TnReport *self, JsonObject *object, GPtrArray *tiles)
{
  gint64 first = 0, last = 0;

  for (guint i = 0; i < tiles->len; i++)
    {
      TnInstance *instance = tn_tile_get_instance (g_ptr_array_index (tiles, i));
      gint64 at = instance != NULL ? tn_instance_get_mounted_us (instance) : 0;

      if (at == 0)
        continue;
      first = first == 0 ? at : MIN (first, at);
      last = MAX (last, at);
    }
  set_ms (object, "first_mount_ms", self, first);
  set_ms (object, "last_mount_ms", self, last);
}

/* In place: the usual replacing by a renamed file would take a device such as /dev/null away. */
static gboolean
write_file (const char *path, const char *bytes, gsize length, GError **error)
{
  g_autoptr (GOutputStream) stream = NULL;
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("%s can’t be written: %s"), path,
                   g_strerror (errno));
      return FALSE;
    }
  stream = g_unix_output_stream_new (fd, TRUE);
  return g_output_stream_write_all (stream, bytes, length, NULL, NULL, error)
         && g_output_stream_close (stream, NULL, error);
}

static gboolean
write_report (TnReport *self, GError **error)
{
  g_autoptr (GPtrArray) tiles = tn_canvas_list_tiles (tn_window_get_canvas (self->window), FALSE);
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *array = json_array_new ();
  g_autofree char *text = NULL;

  set_ms (object, "window_ms", self, self->drawn_us);
  add_mounts (self, object, tiles);
  json_object_set_int_member (object, "host_pss_kib", tn_runtime_read_pss (getpid ()));
  for (guint i = 0; i < tiles->len; i++)
    json_array_add_object_element (array, describe_tile (self, g_ptr_array_index (tiles, i)));
  json_object_set_array_member (object, "tiles", array);
  text = tn_json_object_to_string (object);
  return write_file (self->report, text, strlen (text), error);
}

static gboolean
save_picture (TnReport *self, GError **error)
{
  GtkWidget *widget = GTK_WIDGET (self->window);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GBytes) png = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The window was never drawn"));
      return FALSE;
    }
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (widget)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  gsk_render_node_unref (node);
  png = gdk_texture_save_to_png_bytes (texture);
  return write_file (self->screenshot, g_bytes_get_data (png, NULL), g_bytes_get_size (png), error);
}

static void
finish (TnReport *self)
{
  g_autoptr (GError) error = NULL;
  gboolean done = TRUE;

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_handle_id (&self->paint_id, g_source_remove);
  if (self->report != NULL)
    done = write_report (self, &error);
  if (done && self->screenshot != NULL)
    done = save_picture (self, &error);
  g_signal_handlers_disconnect_by_data (tn_window_get_canvas (self->window), self);
  g_signal_emit_by_name (self, "finished", done ? NULL : error->message);
}

static gboolean
timeout_cb (gpointer user_data)
{
  TnReport *self = user_data;

  self->timeout_id = 0;
  finish (self);
  return G_SOURCE_REMOVE;
}

static gboolean
painted_cb (gpointer user_data)
{
  TnReport *self = user_data;

  self->paint_id = 0;
  finish (self);
  return G_SOURCE_REMOVE;
}

static void
check (TnReport *self)
{
  if (self->drawn_us == 0 || self->paint_id != 0 || !tn_canvas_is_settled (tn_window_get_canvas (self->window)))
    return;
  self->paint_id = g_timeout_add (self->screenshot != NULL ? PAINT_MS : 0, painted_cb, self);
}

static void
after_paint_cb (TnReport *self, GdkFrameClock *clock)
{
  if (self->drawn_us != 0 || !tn_canvas_is_laid_out (tn_window_get_canvas (self->window)))
    return;
  self->drawn_us = g_get_monotonic_time ();
  check (self);
}

static void
realize_cb (TnReport *self)
{
  g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (self->window)), "after-paint",
                           G_CALLBACK (after_paint_cb), self, G_CONNECT_SWAPPED);
}

static void
tn_report_finalize (GObject *object)
{
  TnReport *self = TN_REPORT (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_handle_id (&self->paint_id, g_source_remove);
  g_free (self->report);
  g_free (self->screenshot);

  G_OBJECT_CLASS (tn_report_parent_class)->finalize (object);
}

static void
tn_report_class_init (TnReportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tn_report_finalize;

  g_signal_new ("finished", TN_TYPE_REPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tn_report_init (TnReport *self)
{
  self->start_us = tn_process_clock_start_us ();
}

TnReport *
tn_report_new (TnWindow *window, const char *report, const char *screenshot)
{
  TnReport *self;

  g_return_val_if_fail (TN_IS_WINDOW (window), NULL);

  self = g_object_new (TN_TYPE_REPORT, NULL);
  self->window = window;
  self->report = g_strdup (report);
  self->screenshot = g_strdup (screenshot);
  self->timeout_id = g_timeout_add (PATIENCE_MS, timeout_cb, self);
  g_signal_connect_object (window, "realize", G_CALLBACK (realize_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (tn_window_get_canvas (window), "state-changed", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  return self;
}
