/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-tile-trouble.h"

struct _TnTileTrouble
{
  GtkWidget parent;

  /* template */
  GtkPicture *picture;
  GtkLabel *sentence;
  GtkButton *remedy;

  /* owned */
  TnInstance *instance;
};

G_DEFINE_FINAL_TYPE (TnTileTrouble, tn_tile_trouble, GTK_TYPE_WIDGET)

static void
clicked_cb (TnTileTrouble *self)
{
  tn_instance_remedy (self->instance);
}

static void
tn_tile_trouble_dispose (GObject *object)
{
  TnTileTrouble *self = TN_TILE_TROUBLE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->instance);

  G_OBJECT_CLASS (tn_tile_trouble_parent_class)->dispose (object);
}

static void
tn_tile_trouble_class_init (TnTileTroubleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tn_tile_trouble_dispose;

  gtk_widget_class_set_css_name (widget_class, "tile-trouble");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/canvas/tn-tile-trouble.ui");
  gtk_widget_class_bind_template_child (widget_class, TnTileTrouble, picture);
  gtk_widget_class_bind_template_child (widget_class, TnTileTrouble, sentence);
  gtk_widget_class_bind_template_child (widget_class, TnTileTrouble, remedy);
}

static void
tn_tile_trouble_init (TnTileTrouble *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->remedy, "clicked", G_CALLBACK (clicked_cb), self);
}

GtkWidget *
tn_tile_trouble_new (void)
{
  return g_object_new (TN_TYPE_TILE_TROUBLE, NULL);
}

void
tn_tile_trouble_set_instance (TnTileTrouble *self, TnInstance *instance)
{
  gpointer picture;
  gboolean says;

  g_return_if_fail (TN_IS_TILE_TROUBLE (self));
  g_return_if_fail (TN_IS_INSTANCE (instance));

  g_set_object (&self->instance, instance);
  picture = tn_instance_get_picture (instance);
  gtk_picture_set_paintable (self->picture, picture != NULL ? GDK_PAINTABLE (picture) : NULL);
  says = *tn_instance_get_sentence (instance) != '\0';
  gtk_label_set_text (self->sentence, tn_instance_get_sentence (instance));
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), says);
  /* Where there is nothing to say the picture is all there is. */
  if (says)
    gtk_widget_add_css_class (GTK_WIDGET (self), "says");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "says");
  gtk_button_set_label (self->remedy, tn_instance_get_remedy (instance));
  gtk_widget_set_visible (GTK_WIDGET (self->remedy), *tn_instance_get_remedy (instance) != '\0');
}
