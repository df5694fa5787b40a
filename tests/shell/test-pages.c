/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-pages.h"

#include <adwaita.h>
#include <string.h>

#include "tn-shell-resources.h"

/* Which canvases are alive, without a store: their tiles don't matter here. */

static TnPages *
new_pages (GtkWindow **window)
{
  GtkWidget *pages = g_object_new (TN_TYPE_PAGES, NULL);

  *window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (*window, pages);
  return TN_PAGES (pages);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
assert_alive (TnPages *pages, const char *ids)
{
  for (char id[2] = "a"; id[0] <= 'f'; id[0]++)
    g_assert_cmpint (tn_pages_find (pages, id) != NULL, ==, strchr (ids, id[0]) != NULL);
}

static void
test_first (void)
{
  GtkWindow *window;
  TnPages *pages = new_pages (&window);
  TnCanvas *first = tn_pages_get_current (pages);

  g_assert_true (TN_IS_CANVAS (first));
  g_assert_null (tn_pages_get_current_id (pages));
  tn_pages_show (pages, "a");
  g_assert_true (tn_pages_get_current (pages) == first);
  g_assert_cmpstr (tn_pages_get_current_id (pages), ==, "a");
  gtk_window_destroy (window);
}

/* The one that was in view the longest time ago goes, not the oldest one. */
static void
test_at_most_three (void)
{
  GtkWindow *window;
  TnPages *pages = new_pages (&window);

  for (const char *visits = "abcad"; *visits != '\0'; visits++)
    tn_pages_show (pages, (char[]){ *visits, '\0' });
  settle ();
  assert_alive (pages, "acd");
  tn_pages_show (pages, "c");
  tn_pages_show (pages, "e");
  settle ();
  assert_alive (pages, "cde");
  g_assert_cmpstr (tn_pages_get_current_id (pages), ==, "e");
  gtk_window_destroy (window);
}

/* While it is still being stopped nothing of it runs a second time; then it comes back. */
static void
test_back_while_stopping (void)
{
  GtkWindow *window;
  TnPages *pages = new_pages (&window);

  for (const char *visits = "abcd"; *visits != '\0'; visits++)
    tn_pages_show (pages, (char[]){ *visits, '\0' });
  tn_pages_show (pages, "a");
  g_assert_cmpstr (tn_pages_get_current_id (pages), ==, "d");
  settle ();
  g_assert_cmpstr (tn_pages_get_current_id (pages), ==, "a");
  assert_alive (pages, "acd");
  gtk_window_destroy (window);
}

static void
test_arranging_goes_along (void)
{
  GtkWindow *window;
  TnPages *pages = new_pages (&window);

  tn_pages_show (pages, "a");
  tn_canvas_set_editing (tn_pages_get_current (pages), TRUE);
  tn_pages_show (pages, "b");
  g_assert_true (tn_canvas_get_editing (tn_pages_get_current (pages)));
  g_assert_false (tn_canvas_get_editing (tn_pages_find (pages, "a")));
  gtk_window_destroy (window);
}

static gboolean
is_b (const char *id, gpointer user_data)
{
  return g_strcmp0 (id, "b") == 0;
}

static void
test_keep (void)
{
  GtkWindow *window;
  TnPages *pages = new_pages (&window);

  for (const char *visits = "abc"; *visits != '\0'; visits++)
    tn_pages_show (pages, (char[]){ *visits, '\0' });
  tn_pages_keep (pages, is_b, NULL);
  settle ();
  assert_alive (pages, "bc");
  gtk_window_destroy (window);
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  tn_pages_stop_finish (TN_PAGES (source), result);
  *(gboolean *) user_data = TRUE;
}

static void
test_stop (void)
{
  GtkWindow *window;
  TnPages *pages = new_pages (&window);
  gboolean stopped = FALSE;

  tn_pages_show (pages, "a");
  tn_pages_show (pages, "b");
  tn_pages_stop_async (pages, stopped_cb, &stopped);
  while (!stopped)
    g_main_context_iteration (NULL, TRUE);
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  adw_init ();
  tn_shell_ui_register_resource ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pages/first", test_first);
  g_test_add_func ("/pages/at-most-three", test_at_most_three);
  g_test_add_func ("/pages/back-while-stopping", test_back_while_stopping);
  g_test_add_func ("/pages/arranging-goes-along", test_arranging_goes_along);
  g_test_add_func ("/pages/keep", test_keep);
  g_test_add_func ("/pages/stop", test_stop);
  return g_test_run ();
}
