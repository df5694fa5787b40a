/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-strip.h"

#include <glib/gi18n-lib.h>

#include "tn-canvas-card.h"
#include "tn-canvas-change.h"

#define CHIP_WIDTH 132 /* pixels: two are beside each other in the narrowest window */
#define LEAST_PER_LINE 2
#define GAP 6

struct _TnStrip
{
  GtkWidget parent;

  GtkFlowBox *chips;

  TnCanvasRecord *made; /* nullable: the canvas that the last chip stands for, which is yet to be made */
  gboolean open;        /* all rows are shown, else the first one */
};

G_DEFINE_FINAL_TYPE (TnStrip, tn_strip, GTK_TYPE_WIDGET)

static int
first_row (TnStrip *self)
{
  GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self->chips));
  int height = 0;

  if (chip != NULL)
    gtk_widget_measure (chip, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  return height;
}

/* Of the second row only what reaches into the padding is seen: the edges of places, not half of their words. */
static void
tn_strip_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                  int *minimum_baseline, int *natural_baseline)
{
  TnStrip *self = TN_STRIP (widget);

  gtk_widget_measure (GTK_WIDGET (self->chips), orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL && !self->open)
    *minimum = *natural = MIN (*natural, first_row (self) + GAP);
}

static GtkSizeRequestMode
tn_strip_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
tn_strip_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *chips = GTK_WIDGET (TN_STRIP (widget)->chips);
  int all;

  gtk_widget_measure (chips, GTK_ORIENTATION_VERTICAL, width, NULL, &all, NULL, NULL);
  gtk_widget_allocate (chips, width, MAX (all, height), -1, NULL);
}

static void
set_open (TnStrip *self, gboolean open)
{
  if (self->open == open)
    return;
  self->open = open;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
tn_strip_dispose (GObject *object)
{
  TnStrip *self = TN_STRIP (object);

  if (self->chips != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->chips));
  self->chips = NULL;
  g_clear_pointer (&self->made, tn_canvas_record_free);

  G_OBJECT_CLASS (tn_strip_parent_class)->dispose (object);
}

static void
tn_strip_class_init (TnStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tn_strip_dispose;
  widget_class->measure = tn_strip_measure;
  widget_class->get_request_mode = tn_strip_get_request_mode;
  widget_class->size_allocate = tn_strip_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "strip");
}

static void
tn_strip_init (TnStrip *self)
{
  self->chips = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->chips, GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (self->chips, TRUE);
  gtk_flow_box_set_min_children_per_line (self->chips, LEAST_PER_LINE);
  gtk_flow_box_set_row_spacing (self->chips, GAP);
  gtk_flow_box_set_column_spacing (self->chips, GAP);
  gtk_widget_set_halign (GTK_WIDGET (self->chips), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self->chips), GTK_ALIGN_START);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
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
  g_clear_pointer (&self->made, tn_canvas_record_free);
}

void
tn_strip_fill (TnStrip *self, TnCanvases *canvases, TnPages *pages)
{
  GPtrArray *list = tn_canvases_get_list (canvases);
  GtkWidget *create = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (_("New Canvas"));

  g_return_if_fail (TN_IS_STRIP (self));

  tn_strip_clear (self);
  set_open (self, FALSE);
  gtk_flow_box_set_max_children_per_line (self->chips, MAX (LEAST_PER_LINE, list->len));
  for (guint i = 0; i < list->len; i++)
    {
      const TnCanvasRecord *canvas = g_ptr_array_index (list, i);

      if (g_strcmp0 (canvas->id, tn_pages_get_current_id (pages)) != 0)
        add_chip (self, tn_canvas_card_new (TN_CANVAS_CARD_CHIP, canvas, pages), canvas->id);
    }
  self->made = tn_canvas_change_new (list);
  gtk_box_append (GTK_BOX (create), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (create), label);
  add_chip (self, create, self->made->id);
}

const char *
tn_strip_point_at (TnStrip *self, GtkWidget *widget, double x, double y)
{
  const char *found = NULL;
  double own_x, own_y;
  gboolean inside;

  g_return_val_if_fail (TN_IS_STRIP (self), NULL);

  inside = gtk_widget_translate_coordinates (widget, GTK_WIDGET (self), x, y, &own_x, &own_y)
           && gtk_widget_contains (GTK_WIDGET (self), own_x, own_y);
  set_open (self, inside);
  for (GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self->chips)); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    {
      double chip_x, chip_y;
      gboolean under = inside && gtk_widget_translate_coordinates (widget, chip, x, y, &chip_x, &chip_y)
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

TnCanvasRecord *
tn_strip_get_new (TnStrip *self, const char *id)
{
  g_return_val_if_fail (TN_IS_STRIP (self), NULL);

  return self->made != NULL && g_strcmp0 (self->made->id, id) == 0 ? tn_canvas_record_copy (self->made) : NULL;
}
