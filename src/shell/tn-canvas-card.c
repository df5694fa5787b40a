/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvas-card.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "tn-ellipsis.h"
#include "tn-miniature.h"

struct _TnCanvasCard
{
  GtkWidget parent;

  TnMiniature *miniature;
  GtkWidget *line;  /* a child: words, and what is beside them */
  GtkWidget *count; /* nullable: in @line */
  TnCanvasRecord *canvas;
  TnPages *pages;
};

G_DEFINE_FINAL_TYPE (TnCanvasCard, tn_canvas_card, GTK_TYPE_WIDGET)

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnCanvasCard) self = user_data;
  g_autoptr (TnCanvasRecord) loaded = tn_store_load_canvas_finish (TN_STORE (source), result, NULL);
  g_autofree char *text = NULL;

  if (loaded == NULL || self->pages == NULL)
    return;
  tn_miniature_set_record (self->miniature, loaded, tn_pages_get_current (self->pages),
                           tn_pages_get_catalogue (self->pages));
  text = loaded->tiles->len == 0
           ? g_strdup (_("Empty"))
           : g_strdup_printf (ngettext ("%u widget", "%u widgets", loaded->tiles->len), loaded->tiles->len);
  if (self->count != NULL)
    gtk_label_set_text (GTK_LABEL (self->count), text);
}

static void
tn_canvas_card_dispose (GObject *object)
{
  TnCanvasCard *self = TN_CANVAS_CARD (object);
  GtkWidget *child;

  if (self->miniature != NULL)
    tn_miniature_set_picture_func (self->miniature, NULL, NULL);
  self->miniature = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->pages);

  G_OBJECT_CLASS (tn_canvas_card_parent_class)->dispose (object);
}

static void
tn_canvas_card_finalize (GObject *object)
{
  tn_canvas_record_free (TN_CANVAS_CARD (object)->canvas);

  G_OBJECT_CLASS (tn_canvas_card_parent_class)->finalize (object);
}

static void
tn_canvas_card_class_init (TnCanvasCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tn_canvas_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = tn_canvas_card_finalize;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "canvas-card");
}

static void
tn_canvas_card_init (TnCanvasCard *self)
{
}

/* @size: on a page the picture alone says how wide it is, so that one long name does not change all of them */
static GtkWidget *
new_label (const char *text, const char *css_class, TnCanvasCardSize size)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), size == TN_CANVAS_CARD_PAGE ? 1 : 20);
  tn_ellipsis_explain (GTK_LABEL (label));
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GdkPaintable *
picture_cb (const char *tile_id, gpointer user_data)
{
  return tn_pages_get_picture (TN_PAGES (user_data), tile_id);
}

static void
add_miniature (TnCanvasCard *self, TnCanvasCardSize size)
{
  static const int widths[] = { [TN_CANVAS_CARD_ROW] = 96, [TN_CANVAS_CARD_CHIP] = 48 };
  GtkWidget *clamp;

  self->miniature = TN_MINIATURE (tn_miniature_new ());
  tn_miniature_set_picture_func (self->miniature, picture_cb, self->pages);
  if (size == TN_CANVAS_CARD_PAGE)
    {
      gtk_widget_set_parent (GTK_WIDGET (self->miniature), GTK_WIDGET (self));
      return;
    }
  clamp = adw_clamp_new ();
  gtk_widget_set_valign (GTK_WIDGET (self->miniature), GTK_ALIGN_CENTER);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), widths[size]);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), widths[size]);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->miniature));
  gtk_widget_set_parent (clamp, GTK_WIDGET (self));
}

static void
add_words (TnCanvasCard *self, TnCanvasCardSize size)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), new_label (self->canvas->name, NULL, size));
  if (size != TN_CANVAS_CARD_CHIP)
    {
      self->count = new_label ("", "caption", size);
      gtk_widget_add_css_class (self->count, "dim-label");
      gtk_box_append (GTK_BOX (words), self->count);
    }
  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (self->line), words);
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));
}

GtkWidget *
tn_canvas_card_new (TnCanvasCardSize size, const TnCanvasRecord *canvas, TnPages *pages)
{
  TnCanvasCard *self = g_object_new (TN_TYPE_CANVAS_CARD, NULL);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  TnStore *store = tn_pages_get_store (pages);

  self->canvas = tn_canvas_record_copy (canvas);
  self->pages = g_object_ref (pages);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout),
                                  size == TN_CANVAS_CARD_PAGE ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  add_miniature (self, size);
  add_words (self, size);
  if (store != NULL)
    tn_store_load_canvas_async (store, canvas->id, TN_LAYOUT_WIDE, NULL, loaded_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}

const TnCanvasRecord *
tn_canvas_card_get_canvas (TnCanvasCard *self)
{
  g_return_val_if_fail (TN_IS_CANVAS_CARD (self), NULL);

  return self->canvas;
}

void
tn_canvas_card_add_button (TnCanvasCard *self, GtkWidget *button)
{
  g_return_if_fail (TN_IS_CANVAS_CARD (self));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->line), button);
}
