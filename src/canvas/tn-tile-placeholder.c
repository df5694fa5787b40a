/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-tile-placeholder.h"

#include <glib/gi18n-lib.h>

#include "tn-json.h"

struct _TnTilePlaceholder
{
  GtkWidget parent;

  /* template */
  GtkLabel *title;
  GtkLabel *sentence;
  GtkLabel *kind;
};

G_DEFINE_FINAL_TYPE (TnTilePlaceholder, tn_tile_placeholder, GTK_TYPE_WIDGET)

/* What is kept of another program's panel stands under that format's name. */
static const struct
{
  const char *member;
  const char *sentence;
} origins[] = {
  { "gridstack", N_("A widget of gridstack, kept as it came. There is no app for it here.") },
  { "grafana", N_("A panel of Grafana, kept as it came. There is no app for it here.") },
  { "homeassistant", N_("A card of Home Assistant, kept as it came. There is no app for it here.") },
};

static const char *
sentence_of (const TnTileRecord *record)
{
  g_autoptr (JsonObject) foreign
    = record->foreign != NULL ? tn_json_parse_object (record->foreign, -1, NULL, NULL) : NULL;

  for (gsize i = 0; foreign != NULL && i < G_N_ELEMENTS (origins); i++)
    if (json_object_has_member (foreign, origins[i].member))
      return _(origins[i].sentence);
  return _("Kept as it came. There is no app for it here.");
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
  g_return_if_fail (TN_IS_TILE_PLACEHOLDER (self));
  g_return_if_fail (record != NULL);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->sentence, sentence_of (record));
  gtk_label_set_text (self->kind, record->app_id);
  gtk_widget_set_visible (GTK_WIDGET (self->kind), *record->app_id != '\0' && !g_str_equal (record->app_id, title));
}
