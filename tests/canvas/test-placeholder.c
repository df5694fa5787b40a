/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-tile-placeholder.h"
#include "tn-tile.h"

/* What is written on it, line by line. */
static void
collect (GtkWidget *widget, GString *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget))
    g_string_append_printf (text, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, text);
}

static const struct
{
  const char *app_id, *title, *says;
} cases[] = {
  { "grafana:timeseries", "CPU usage",
    "CPU usage\nA panel of Grafana, kept as it came. There is no app for it here.\ntimeseries\n" },
  { "gridstack:widget", "Chart",
    "Chart\nA widget of gridstack, kept as it came. There is no app for it here.\nwidget\n" },
  { "homeassistant:light", "Lamp",
    "Lamp\nA card of Home Assistant, kept as it came. There is no app for it here.\nlight\n" },
  { "com.example.app", "Mine", "Mine\nKept as it came. There is no app for it here.\ncom.example.app\n" },
  { "com.example.app", "com.example.app", "com.example.app\nKept as it came. There is no app for it here.\n" },
  { "grafana:", "<b>x</b>", "<b>x</b>\nA panel of Grafana, kept as it came. There is no app for it here.\n" },
};

static void
test_words (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TnTileRecord) record = tn_tile_record_new ("a", "home", "", cases[i].app_id);
      g_autoptr (GString) text = g_string_new (NULL);
      GtkWidget *placeholder = g_object_ref_sink (tn_tile_placeholder_new ());

      tn_tile_placeholder_set_record (TN_TILE_PLACEHOLDER (placeholder), record, cases[i].title);
      collect (placeholder, text);
      g_assert_cmpstr (text->str, ==, cases[i].says);
      g_object_unref (placeholder);
    }
}

/* However small it is: what shows lies inside, one below the other, and the title goes last. */
static void
test_room (void)
{
  g_autoptr (TnTileRecord) record = tn_tile_record_new ("a", "home", "", "grafana:timeseries");
  GtkWidget *placeholder = tn_tile_placeholder_new ();
  GtkWidget *window = gtk_window_new ();
  int before = 4;

  gtk_window_set_child (GTK_WINDOW (window), placeholder);
  gtk_window_present (GTK_WINDOW (window));
  tn_tile_placeholder_set_record (TN_TILE_PLACEHOLDER (placeholder), record, "CPU usage");
  for (int height = 300; height >= 0; height -= 5)
    {
      int bottom = 0, n = 0;

      gtk_widget_measure (placeholder, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_allocate (placeholder, 160, height, -1, NULL);
      for (GtkWidget *child = gtk_widget_get_first_child (placeholder); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        {
          graphene_rect_t bounds;

          if (!gtk_widget_get_child_visible (child))
            continue;
          g_assert_true (gtk_widget_compute_bounds (child, placeholder, &bounds));
          g_assert_cmpfloat (bounds.origin.y, >=, bottom);
          bottom = (int) (bounds.origin.y + bounds.size.height);
          n++;
        }
      g_assert_cmpint (bottom, <=, height);
      g_assert_cmpint (n, <=, before);
      before = n;
    }
  g_assert_cmpint (before, ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_type_class_ref (TN_TYPE_TILE); /* brings the templates */
  g_test_add_func ("/placeholder/words", test_words);
  g_test_add_func ("/placeholder/room", test_room);
  return g_test_run ();
}
