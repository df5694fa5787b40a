/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-db.h"
#include "tn-first-run.h"
#include "tn-grid.h"
#include "tn-paths.h"
#include "tn-workspace.h"

#define COLUMNS 12

static void
test_workspace_names (void)
{
  static const char *const good[] = { "default", "a", "Work-2", "x.y_z", "0" };
  static const char *const bad[] = { "", ".", "..", ".hidden", "a/b", "a b", "a\n", "ü", "-\xff" };
  g_autofree char *longest = g_strnfill (64, 'a');
  g_autofree char *longer = g_strnfill (65, 'a');

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (tn_workspace_is_name (good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (tn_workspace_is_name (bad[i]));
  g_assert_true (tn_workspace_is_name (longest));
  g_assert_false (tn_workspace_is_name (longer));
}

static TnCanvasRecord *
apply (TnOperation *operation)
{
  g_autofree char *folder = g_dir_make_tmp ("first-run-XXXXXX", NULL);
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDb) db = tn_db_open (folder, TN_DB_READ_WRITE, &error);
  TnCanvasRecord *record;

  g_assert_no_error (error);
  g_assert_true (tn_db_apply (db, operation, &error));
  record = tn_db_load_canvas (db, tn_operation_get_canvas_id (operation), TN_LAYOUT_WIDE, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  return record;
}

static void
test_first_run (void)
{
  g_autoptr (TnCatalogue) catalogue = tn_catalogue_new ();
  g_autofree char *apps = g_build_filename (tn_paths_data_dir (), "apps", NULL);
  g_autoptr (TnOperation) operation = NULL;
  g_autoptr (TnCanvasRecord) record = NULL;
  TnPlacement places[8];

  g_assert_cmpint (tn_catalogue_add_folder (catalogue, TN_SOURCE_BUNDLED, apps, NULL), >=, 4);
  operation = tn_first_run_operation (catalogue);
  record = apply (operation);
  g_assert_cmpstr (record->name, ==, "Home");
  g_assert_cmpuint (record->tiles->len, ==, 4);
  for (guint i = 0; i < record->tiles->len; i++)
    {
      TnTileRecord *tile = g_ptr_array_index (record->tiles, i);
      TnApp *app = tn_catalogue_find (catalogue, tile->app_key);
      int w, h;

      g_assert_nonnull (app);
      tn_manifest_get_min_size (tn_app_get_manifest (app), &w, &h);
      places[i] = (TnPlacement){ .id = tile->id, .x = tile->x, .y = tile->y, .w = tile->w, .h = tile->h };
      g_assert_cmpint (tile->w, >=, w);
      g_assert_cmpint (tile->h, >=, h);
    }
  g_assert_true (tn_grid_is_valid (COLUMNS, places, record->tiles->len));
}

/* An installation without apps still begins with a canvas. */
static void
test_first_run_without_apps (void)
{
  g_autoptr (TnCatalogue) catalogue = tn_catalogue_new ();
  g_autoptr (TnOperation) operation = tn_first_run_operation (catalogue);
  g_autoptr (TnCanvasRecord) record = apply (operation);

  g_assert_cmpstr (tn_operation_get_kind (operation), ==, "canvas.create");
  g_assert_cmpuint (record->tiles->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shell/workspace-names", test_workspace_names);
  g_test_add_func ("/shell/first-run", test_first_run);
  g_test_add_func ("/shell/first-run-without-apps", test_first_run_without_apps);
  return g_test_run ();
}
