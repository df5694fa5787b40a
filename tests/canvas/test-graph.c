/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-graph.h"

#define WIDTH 240
#define HEIGHT 50

static void
test_format (void)
{
  const struct
  {
    TnUsageKind kind;
    double value;
    const char *text;
  } cases[] = {
    { TN_USAGE_MEMORY, 0, "0 MiB" },
    { TN_USAGE_MEMORY, 500, "500 KiB" },
    { TN_USAGE_MEMORY, 45.4 * 1024, "45 MiB" },
    { TN_USAGE_STORAGE, 1.5 * 1024 * 1024, "1.5 GiB" },
    { TN_USAGE_CPU, 0, "0 %" },
    { TN_USAGE_CPU, 0.3, "< 1 %" },
    { TN_USAGE_CPU, 12.6, "13 %" },
    { TN_USAGE_CALLS, 7, "7" },
    { TN_USAGE_REQUESTS, 1200, "1200" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = tn_graph_format (cases[i].kind, cases[i].value);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

typedef struct
{
  GtkWidget *window, *graph;
  TnHistory *history;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = gtk_window_new ();
  fixture->graph = tn_graph_new ();
  fixture->history = tn_history_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->graph);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  tn_history_free (fixture->history);
}

static void
add (Fixture *fixture, guint n, double cpu)
{
  const TnUsage usage = { .cpu = cpu };

  for (guint i = 0; i < n; i++)
    tn_history_add (fixture->history, &usage);
  tn_graph_show (TN_GRAPH (fixture->graph), fixture->history, TN_SPAN_SECOND, TN_USAGE_CPU, 100, "Processor");
}

/* (transfer full) (nullable) */
static GskRenderNode *
take_drawing (Fixture *fixture)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gtk_widget_measure (fixture->graph, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (fixture->graph, WIDTH, HEIGHT, -1, NULL);
  GTK_WIDGET_GET_CLASS (fixture->graph)->snapshot (fixture->graph, snapshot);
  return gtk_snapshot_free_to_node (snapshot);
}

/* Whether anything is painted there. */
static gboolean
is_painted (GskRenderNode *node, int x, int y)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  gboolean painted;

  gsk_render_node_draw (node, cr);
  cairo_surface_flush (surface);
  painted = *(guint32 *) (void *) (cairo_image_surface_get_data (surface)
                                   + y * cairo_image_surface_get_stride (surface) + 4 * x)
            != 0;
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return painted;
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  add (fixture, 0, 0);
  g_assert_null (take_drawing (fixture));
  add (fixture, 1, 5);
  g_assert_null (take_drawing (fixture));
}

/* A quarter of what there is room for, at half the height: the latest at the end, the ground below the line. */
static void
test_line (Fixture *fixture, gconstpointer data)
{
  GskRenderNode *node;

  add (fixture, TN_HISTORY_LENGTH / 4, 50);
  node = take_drawing (fixture);
  g_assert_true (is_painted (node, WIDTH - 3, HEIGHT / 2));
  g_assert_true (is_painted (node, WIDTH - 3, HEIGHT - 3));
  g_assert_false (is_painted (node, WIDTH - 3, HEIGHT / 4));
  g_assert_false (is_painted (node, WIDTH / 2, HEIGHT - 3));
  gsk_render_node_unref (node);
}

static void
test_mirrored (Fixture *fixture, gconstpointer data)
{
  GskRenderNode *node;

  gtk_widget_set_direction (fixture->graph, GTK_TEXT_DIR_RTL);
  add (fixture, TN_HISTORY_LENGTH / 4, 50);
  node = take_drawing (fixture);
  g_assert_true (is_painted (node, 3, HEIGHT - 3));
  g_assert_false (is_painted (node, WIDTH - 3, HEIGHT - 3));
  gsk_render_node_unref (node);
}

/* What is larger than was thought of has room all the same. */
static void
test_scale (Fixture *fixture, gconstpointer data)
{
  GskRenderNode *node;

  add (fixture, 10, 400);
  node = take_drawing (fixture);
  g_assert_true (is_painted (node, WIDTH - 5, HEIGHT / 3));
  g_assert_false (is_painted (node, WIDTH - 5, 0));
  gsk_render_node_unref (node);
}

static void
test_says (Fixture *fixture, gconstpointer data)
{
  g_autofree char *fault = NULL;

  add (fixture, 3, 40);
  add (fixture, 3, 20);
  fault = gtk_test_accessible_check_property (GTK_ACCESSIBLE (fixture->graph), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                              "Processor: now 20 %, at most 40 %");
  g_assert_null (fault);
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_test_add_func ("/graph/format", test_format);
  g_test_add ("/graph/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/graph/line", Fixture, NULL, set_up, test_line, tear_down);
  g_test_add ("/graph/mirrored", Fixture, NULL, set_up, test_mirrored, tear_down);
  g_test_add ("/graph/scale", Fixture, NULL, set_up, test_scale, tear_down);
  g_test_add ("/graph/says", Fixture, NULL, set_up, test_says, tear_down);
  return g_test_run ();
}
