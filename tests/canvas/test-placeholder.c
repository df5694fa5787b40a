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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_type_class_ref (TN_TYPE_TILE); /* brings the templates */
  g_test_add_func ("/placeholder/words", test_words);
  return g_test_run ();
}
