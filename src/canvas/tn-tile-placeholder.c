/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-tile-placeholder.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SPACING 6
#define MARGIN 12
#define SENTENCE_WIDTH 300 /* pixels: longer lines are hard to read */

struct _TnTilePlaceholder
{
  GtkWidget parent;

  /* template */
  GtkLabel *title;
  GtkLabel *sentence;
  GtkLabel *kind;
};

G_DEFINE_FINAL_TYPE (TnTilePlaceholder, tn_tile_placeholder, GTK_TYPE_WIDGET)

/* The app's id of what another program left begins with the format's name: “grafana:timeseries”. */
static const struct
{
  const char *prefix;
  const char *sentence;
} origins[] = {
  { "gridstack:", N_("A widget of gridstack, kept as it came. There is no app for it here.") },
  { "grafana:", N_("A panel of Grafana, kept as it came. There is no app for it here.") },
  { "homeassistant:", N_("A card of Home Assistant, kept as it came. There is no app for it here.") },
};

static const char *
sentence_of (const char *app_id, const char **kind)
{
  *kind = app_id;
  for (gsize i = 0; i < G_N_ELEMENTS (origins); i++)
    if (g_str_has_prefix (app_id, origins[i].prefix))
      {
        *kind = app_id + strlen (origins[i].prefix);
        return _(origins[i].sentence);
      }
  return _("Kept as it came. There is no app for it here.");
}

#define N_PARTS 4

/* What there is no room for is left out, the least telling first: nothing is cut through. */
static int
choose_parts (TnTilePlaceholder *self, int width, int room, int heights[N_PARTS])
{
  static const int order[N_PARTS] = { 1, 0, 2, 3 };
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));
  gboolean full = FALSE;
  int total = -SPACING;

  for (int i = 0; i < N_PARTS; i++, child = gtk_widget_get_next_sibling (child))
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &heights[i], NULL, NULL);
  for (int i = 0; i < N_PARTS; i++)
    {
      int *height = &heights[order[i]];

      full |= total + SPACING + *height > room;
      if (full)
        *height = 0;
      else if (*height > 0)
        total += SPACING + *height;
    }
  return MAX (0, total);
}

static void
tn_tile_placeholder_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  int inner = CLAMP (width - 2 * MARGIN, 1, SENTENCE_WIDTH);
  int room = height - MARGIN;
  int heights[N_PARTS];
  int y = MAX (0, (room - choose_parts (TN_TILE_PLACEHOLDER (widget), inner, room, heights)) / 2);
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (int i = 0; i < N_PARTS; i++, child = gtk_widget_get_next_sibling (child))
    {
      gtk_widget_set_child_visible (child, heights[i] > 0);
      if (heights[i] == 0)
        continue;
      gtk_widget_size_allocate (child, &(GtkAllocation){ (width - inner) / 2, y, inner, heights[i] }, -1);
      y += heights[i] + SPACING;
    }
}

static void
tn_tile_placeholder_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                             int *minimum_baseline, int *natural_baseline)
{
  /* The tile says how large it is. */
  *minimum = *natural = 0;
}

static void
tn_tile_placeholder_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (tn_tile_placeholder_parent_class)->dispose (object);
}

static void
tn_tile_placeholder_class_init (TnTilePlaceholderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tn_tile_placeholder_dispose;
  widget_class->measure = tn_tile_placeholder_measure;
  widget_class->size_allocate = tn_tile_placeholder_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "tile-placeholder");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/canvas/tn-tile-placeholder.ui");
  gtk_widget_class_bind_template_child (widget_class, TnTilePlaceholder, title);
  gtk_widget_class_bind_template_child (widget_class, TnTilePlaceholder, sentence);
  gtk_widget_class_bind_template_child (widget_class, TnTilePlaceholder, kind);
}

static void
tn_tile_placeholder_init (TnTilePlaceholder *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tn_tile_placeholder_new (void)
{
  return g_object_new (TN_TYPE_TILE_PLACEHOLDER, NULL);
}

void
tn_tile_placeholder_set_record (TnTilePlaceholder *self, const TnTileRecord *record, const char *title)
{
  const char *kind, *sentence;

  g_return_if_fail (TN_IS_TILE_PLACEHOLDER (self));
  g_return_if_fail (record != NULL);

  gtk_label_set_text (self->title, title);
  sentence = sentence_of (record->app_id, &kind);
  gtk_label_set_text (self->sentence, sentence);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), sentence);
  gtk_label_set_text (self->kind, kind);
  gtk_widget_set_visible (GTK_WIDGET (self->kind), *kind != '\0' && !g_str_equal (record->app_id, title));
}
