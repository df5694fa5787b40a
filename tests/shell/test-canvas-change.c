/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-canvas-change.h"
#include "tn-db.h"

/* What is done to canvases, tried on a database. */

typedef struct
{
  char *folder;
  TnDb *db;
} Fixture;

static GPtrArray *
list (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *canvases = tn_db_list_canvases (fixture->db, &error);

  g_assert_no_error (error);
  return canvases;
}

static void
apply (Fixture *fixture, TnOperation *operation)
{
  g_autoptr (TnOperation) owned = operation;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (operation);
  g_assert_true (tn_db_apply (fixture->db, operation, &error));
  g_assert_no_error (error);
}

static char *
names (Fixture *fixture)
{
  g_autoptr (GPtrArray) canvases = list (fixture);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < canvases->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", ((TnCanvasRecord *) g_ptr_array_index (canvases, i))->name);
  return g_string_free (text, FALSE);
}

static void
assert_names (Fixture *fixture, const char *expected)
{
  g_autofree char *text = names (fixture);

  g_assert_cmpstr (text, ==, expected);
}

static void
undo (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnOperation) operation = tn_db_undo (fixture->db, &error);

  g_assert_no_error (error);
  g_assert_nonnull (operation);
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("canvas-change-XXXXXX", &error);
  fixture->db = tn_db_open (fixture->folder, TN_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GPtrArray) canvases = list (fixture);

      apply (fixture, tn_canvas_change_create (canvases));
    }
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", fixture->folder);

  g_clear_pointer (&fixture->db, tn_db_close);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->folder);
}

static void
test_create (Fixture *fixture, gconstpointer user_data)
{
  assert_names (fixture, "Canvas|Canvas 2|Canvas 3|Canvas 4");
}

static void
test_rename (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) canvases = list (fixture);
  const TnCanvasRecord *second = g_ptr_array_index (canvases, 1);

  g_assert_null (tn_canvas_change_rename (second, "Canvas 2"));
  g_assert_null (tn_canvas_change_rename (second, "  "));
  g_assert_null (tn_canvas_change_rename (second, NULL));
  apply (fixture, tn_canvas_change_rename (second, "  Work\n"));
  assert_names (fixture, "Canvas|Work|Canvas 3|Canvas 4");
  undo (fixture);
  assert_names (fixture, "Canvas|Canvas 2|Canvas 3|Canvas 4");
}

static void
test_delete (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) canvases = list (fixture);

  apply (fixture, tn_canvas_change_delete (g_ptr_array_index (canvases, 1)));
  assert_names (fixture, "Canvas|Canvas 3|Canvas 4");
  undo (fixture);
  assert_names (fixture, "Canvas|Canvas 2|Canvas 3|Canvas 4");
}

/* Every way from every place to every place gives what taking out and putting in gives, and undo takes it back. */
static void
test_sort (Fixture *fixture, gconstpointer user_data)
{
  for (guint from = 0; from < 4; from++)
    for (guint to = 0; to < 4; to++)
      {
        g_autoptr (GPtrArray) canvases = list (fixture);
        g_autoptr (GPtrArray) sorted = NULL;
        g_autofree char *id = g_strdup (((TnCanvasRecord *) g_ptr_array_index (canvases, from))->id);
        TnOperation *operation = tn_canvas_change_sort (canvases, from, to);
        guint index;

        g_assert_true ((operation == NULL) == (from == to));
        if (operation == NULL)
          continue;
        apply (fixture, operation);
        sorted = list (fixture);
        g_assert_nonnull (tn_canvas_change_find (sorted, id, &index));
        g_assert_cmpuint (index, ==, to);
        undo (fixture);
        assert_names (fixture, "Canvas|Canvas 2|Canvas 3|Canvas 4");
      }
}

/* A gap in the positions, as a deletion leaves it, is no obstacle. */
static void
test_sort_after_delete (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) canvases = list (fixture);
  g_autoptr (GPtrArray) left = NULL;

  apply (fixture, tn_canvas_change_delete (g_ptr_array_index (canvases, 1)));
  left = list (fixture);
  apply (fixture, tn_canvas_change_sort (left, 2, 0));
  assert_names (fixture, "Canvas 4|Canvas|Canvas 3");
}

static void
test_free_name (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) canvases = list (fixture);
  g_autofree char *taken = tn_canvas_record_free_name (canvases, "Canvas");
  g_autofree char *unused = tn_canvas_record_free_name (canvases, "Home");

  g_assert_cmpstr (taken, ==, "Canvas 5");
  g_assert_cmpstr (unused, ==, "Home");
  g_assert_null (tn_canvas_change_find (canvases, "no such id", NULL));
}

int
main (int argc, char **argv)
{
  const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/canvas-change/create", test_create },
    { "/canvas-change/rename", test_rename },
    { "/canvas-change/delete", test_delete },
    { "/canvas-change/sort", test_sort },
    { "/canvas-change/sort-after-delete", test_sort_after_delete },
    { "/canvas-change/free-name", test_free_name },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
