/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "tn-paths.h"

#define PATIENCE 10

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
wait_for (Fixture *f, Condition holds, gconstpointer data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE * G_USEC_PER_SEC;
  guint tick = g_timeout_add (20, wake_cb, NULL);

  while (!holds (f, data) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_assert_true (holds (f, data));
}

static gboolean
is_set (Fixture *f, gconstpointer data)
{
  return *(gpointer const *) data != NULL;
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Everything is read, drawn and at rest. */
static gboolean
is_still (Fixture *f, gconstpointer data)
{
  return tn_canvas_is_laid_out (f->canvas) && !f->canvas->syncing && f->canvas->n_applying == 0
         && f->canvas->pending == NULL && f->canvas->tick_id == 0 && gtk_widget_get_width (GTK_WIDGET (f->canvas)) > 0;
}

void
settle (Fixture *f)
{
  /* A frame for what was asked for only now. */
  for (int i = 0; i < 3; i++)
    {
      gint64 end = g_get_monotonic_time () + 50000;

      while (g_get_monotonic_time () < end)
        g_main_context_iteration (NULL, FALSE);
      wait_for (f, is_still, NULL);
    }
}

void
apply (Fixture *f, TnOperation *operation)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tn_store_apply_async (f->store, operation, NULL, take_result_cb, &result);
  wait_for (f, is_set, &result);
  tn_store_apply_finish (f->store, result, &error);
  g_assert_no_error (error);
}

void
put_tile (TnOperation *operation, TnApp *app, const char *canvas_id, const char *id, int x, int y, int w, int h)
{
  g_autoptr (TnTileRecord) tile = tn_tile_record_new (id, canvas_id, tn_app_get_key (app), tn_app_get_id (app));

  tile->x = x;
  tile->y = y;
  tile->w = w;
  tile->h = h;
  tn_operation_put_tile (operation, tile);
}

/* Two side by side, one far below. */
static void
fill (Fixture *f)
{
  TnApp *clock = tn_catalogue_find_id (f->catalogue, "com.tokennexus.clock");
  g_autoptr (TnOperation) operation = tn_operation_new ("canvas.create", FIXTURE_CANVAS, "Home");
  g_autoptr (TnCanvasRecord) canvas = tn_canvas_record_new (FIXTURE_CANVAS, "Home");

  tn_operation_put_canvas (operation, canvas);
  put_tile (operation, clock, FIXTURE_CANVAS, "a", 0, 0, 3, 3);
  put_tile (operation, clock, FIXTURE_CANVAS, "b", 3, 0, 3, 3);
  put_tile (operation, clock, FIXTURE_CANVAS, "far", 0, 40, 3, 3);
  apply (f, operation);
}

static void
open_store (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tn_store_open_async (f->folder, NULL, take_result_cb, &result);
  wait_for (f, is_set, &result);
  f->store = tn_store_open_finish (result, &error);
  g_assert_no_error (error);
}

void
fixture_set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *apps = g_build_filename (tn_paths_data_dir (), "apps", NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *canvas = tn_canvas_new ();

  f->folder = g_dir_make_tmp ("canvas-XXXXXX", NULL);
  f->catalogue = tn_catalogue_new ();
  g_assert_cmpint (tn_catalogue_add_folder (f->catalogue, TN_SOURCE_BUNDLED, apps, NULL), >, 0);
  open_store (f);
  f->canvas = TN_CANVAS (canvas);
  f->window = gtk_window_new ();
  fill (f);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1200, 700);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), canvas);
  gtk_window_set_child (GTK_WINDOW (f->window), scroller);
  tn_canvas_set_catalogue (f->canvas, f->catalogue);
  tn_canvas_set_store (f->canvas, f->store);
  tn_canvas_show (f->canvas, FIXTURE_CANVAS);
  gtk_window_present (GTK_WINDOW (f->window));
  settle (f);
}

void
fixture_tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", f->folder);

  gtk_window_destroy (GTK_WINDOW (f->window));
  tn_store_close (f->store);
  g_object_unref (f->store);
  g_object_unref (f->catalogue);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (f->folder);
}

TnTile *
find (Fixture *f, const char *id)
{
  g_autoptr (GPtrArray) tiles = tn_canvas_list_tiles (f->canvas, FALSE);

  for (guint i = 0; i < tiles->len; i++)
    if (g_str_equal (tn_tile_get_id (g_ptr_array_index (tiles, i)), id))
      return g_ptr_array_index (tiles, i);
  return NULL;
}

void
assert_at (Fixture *f, const char *id, int x, int y, int w, int h)
{
  const TnPlacement *place = tn_tile_get_place (find (f, id));

  g_assert_cmpint (place->x, ==, x);
  g_assert_cmpint (place->y, ==, y);
  g_assert_cmpint (place->w, ==, w);
  g_assert_cmpint (place->h, ==, h);
}

guint
n_selected (Fixture *f)
{
  guint n;

  g_object_get (f->canvas, "n-selected", &n, NULL);
  return n;
}

void
undo (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TnOperation) undone = NULL;
  g_autoptr (GError) error = NULL;

  tn_store_undo_async (f->store, NULL, take_result_cb, &result);
  wait_for (f, is_set, &result);
  undone = tn_store_undo_finish (f->store, result, &error);
  g_assert_no_error (error);
  settle (f);
}

TnCanvasRecord *
load_canvas (Fixture *f, const char *canvas_id, const char *layout)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TnCanvasRecord *record;

  tn_store_load_canvas_async (f->store, canvas_id, layout, NULL, take_result_cb, &result);
  wait_for (f, is_set, &result);
  record = tn_store_load_canvas_finish (f->store, result, &error);
  g_assert_no_error (error);
  return record;
}

GStrv
list_kinds (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) history = NULL;
  GPtrArray *kinds = g_ptr_array_new ();

  tn_store_list_history_async (f->store, 0, 1000, NULL, take_result_cb, &result);
  wait_for (f, is_set, &result);
  history = tn_store_list_history_finish (f->store, result, NULL);
  for (guint i = history->len; i-- > 0;)
    {
      const TnHistoryRecord *record = g_ptr_array_index (history, i);

      if (!g_str_equal (record->kind, "canvas.create"))
        g_ptr_array_add (kinds, g_strdup (record->kind));
    }
  g_ptr_array_add (kinds, NULL);
  return (GStrv) g_ptr_array_free (kinds, FALSE);
}

guint
n_operations (Fixture *f)
{
  g_auto (GStrv) kinds = list_kinds (f);

  return g_strv_length (kinds);
}

guint
n_canvases (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) canvases = NULL;

  tn_store_list_canvases_async (f->store, NULL, take_result_cb, &result);
  wait_for (f, is_set, &result);
  canvases = tn_store_list_canvases_finish (f->store, result, NULL);
  return canvases->len;
}

void
fixture_add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}
