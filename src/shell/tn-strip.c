/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-strip.h"

#include <glib/gi18n-lib.h>

#include "tn-canvas-card.h"
#include "tn-canvas-change.h"

#define CHIP_WIDTH 132 /* pixels: two are beside each other in the narrowest window */

struct _TnStrip
{
  GtkWidget parent;

  GtkFlowBox *chips;

  TnOperation *create; /* nullable: makes the canvas that the last chip stands for */
};

G_DEFINE_FINAL_TYPE (TnStrip, tn_strip, GTK_TYPE_WIDGET)

static void
tn_strip_dispose (GObject *object)
{
  TnStrip *self = TN_STRIP (object);

  if (self->chips != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->chips));
  self->chips = NULL;
  g_clear_pointer (&self->create, tn_operation_unref);

  G_OBJECT_CLASS (tn_strip_parent_class)->dispose (object);
}

static void
tn_strip_class_init (TnStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tn_strip_dispose;

  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "strip");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
tn_strip_init (TnStrip *self)
{
  self->chips = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->chips, GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (self->chips, TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->chips), GTK_WIDGET (self));
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

static void
add_chip (TnStrip *self, GtkWidget *content, const char *id)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (chip, "chip");
  gtk_box_append (GTK_BOX (chip), content);
  gtk_widget_set_size_request (chip, CHIP_WIDTH, -1);
  gtk_flow_box_append (self->chips, chip);
  g_object_set_data_full (G_OBJECT (gtk_widget_get_parent (chip)), "canvas", g_strdup (id), g_free);
}

void
tn_strip_clear (TnStrip *self)
{
  GtkFlowBoxChild *child;

  g_return_if_fail (TN_IS_STRIP (self));

  while ((child = gtk_flow_box_get_child_at_index (self->chips, 0)) != NULL)
    gtk_flow_box_remove (self->chips, GTK_WIDGET (child));
  g_clear_pointer (&self->create, tn_operation_unref);
}

void
tn_strip_fill (TnStrip *self, TnCanvases *canvases, TnPages *pages)
{
  GPtrArray *list = tn_canvases_get_list (canvases);
  GtkWidget *create = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  g_return_if_fail (TN_IS_STRIP (self));

  tn_strip_clear (self);
  gtk_flow_box_set_max_children_per_line (self->chips, MAX (1, list->len));
  for (guint i = 0; i < list->len; i++)
    {
      const TnCanvasRecord *canvas = g_ptr_array_index (list, i);

      if (g_strcmp0 (canvas->id, tn_pages_get_current_id (pages)) != 0)
        add_chip (self, tn_canvas_card_new (TN_CANVAS_CARD_CHIP, canvas, pages), canvas->id);
    }
  self->create = tn_canvas_change_create (list);
  gtk_box_append (GTK_BOX (create), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (create), gtk_label_new (_("New Canvas")));
  add_chip (self, create, tn_operation_get_canvas_id (self->create));
}

const char *
tn_strip_point_at (TnStrip *self, GtkWidget *widget, double x, double y)
{
  const char *found = NULL;

  g_return_val_if_fail (TN_IS_STRIP (self), NULL);

  for (GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self->chips)); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    {
      double chip_x, chip_y;
      gboolean under = gtk_widget_translate_coordinates (widget, chip, x, y, &chip_x, &chip_y)
                       && gtk_widget_contains (chip, chip_x, chip_y);

      if (under)
        gtk_widget_add_css_class (chip, "target");
      else
        gtk_widget_remove_css_class (chip, "target");
      if (under)
        found = g_object_get_data (G_OBJECT (chip), "canvas");
    }
  return found;
}

TnOperation *
tn_strip_take_create (TnStrip *self, const char *id)
{
  g_return_val_if_fail (TN_IS_STRIP (self), NULL);

  if (self->create == NULL || g_strcmp0 (tn_operation_get_canvas_id (self->create), id) != 0)
    return NULL;
  return g_steal_pointer (&self->create);
}
