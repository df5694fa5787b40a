/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-miniature.h"

#include <glib/gi18n-lib.h>

#include "tn-app-icon.h"
#include "tn-canvas-private.h"

#define CELL 86 /* pixels: how wide a column is on a canvas of the usual width */
#define NATURAL_WIDTH 240
#define LEAST_WIDTH 48
#define ASPECT 0.625 /* height to width: what is lower is filled up, what is higher is cut off unless it is shown whole */
#define ICON 24        /* pixels, like the next two */
#define TITLE_WIDTH 44 /* a card that is smaller than this has no title */
#define TITLE_HEIGHT 24
#define NAMED 5 /* widgets that a screen reader is told by name */

/* A tile as it is drawn. */
typedef struct
{
  TnPlacement place; /* its id is the record's */
  const char *title;
  GtkImage *icon;        /* borrowed: the app's */
  GdkPaintable *picture; /* owned, nullable: asked for while the miniature is seen */
} Card;

struct _TnMiniature
{
  GtkWidget parent;

  /* owned */
  TnLayouts *layouts; /* nullable: nothing is shown */
  TnCatalogue *catalogue;
  GArray *cards;
  GHashTable *icons;   /* app's key → GtkImage, which loads and keeps it; tiles of one app share it */
  PangoLayout *layout; /* nullable: made when a title is drawn */
  GSignalGroup *like;  /* of the canvas whose shape it has */

  TnMiniaturePicture picture;
  gpointer user_data;
  TnWidthClass width_class;
  TnGeometry geometry;
  gboolean whole;
};

G_DEFINE_FINAL_TYPE (TnMiniature, tn_miniature, GTK_TYPE_WIDGET)

static void
let_picture_go (TnMiniature *self, Card *card)
{
  if (card->picture != NULL)
    g_signal_handlers_disconnect_by_data (card->picture, self);
  g_clear_object (&card->picture);
}

static void
let_pictures_go (TnMiniature *self)
{
  for (guint i = 0; i < self->cards->len; i++)
    let_picture_go (self, &g_array_index (self->cards, Card, i));
}

/* Only while it is seen: a live picture makes work with every change. */
static void
ask_for_pictures (TnMiniature *self)
{
  let_pictures_go (self);
  if (self->picture == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  for (guint i = 0; i < self->cards->len; i++)
    {
      Card *card = &g_array_index (self->cards, Card, i);

      card->picture = self->picture (card->place.id, self->user_data);
      if (card->picture != NULL)
        g_signal_connect_swapped (card->picture, "invalidate-contents", G_CALLBACK (gtk_widget_queue_draw), self);
    }
}

/* Of a canvas of the usual width. */
static TnGeometry
usual_geometry (TnWidthClass class)
{
  int columns = tn_width_class_columns (class);

  return tn_geometry_new (2 * TN_GEOMETRY_MARGIN + columns * (CELL + TN_GEOMETRY_GAP) - TN_GEOMETRY_GAP, columns,
                          FALSE);
}

static TnGeometry
geometry_of (TnMiniature *self)
{
  TnGeometry geometry = self->geometry;

  geometry.rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  return geometry;
}

static int
content_height (TnMiniature *self, const TnGeometry *geometry)
{
  int rows = 0;

  for (guint i = 0; i < self->cards->len; i++)
    rows = MAX (rows, tn_grid_rows (&g_array_index (self->cards, Card, i).place, 1));
  return tn_geometry_height (geometry, rows);
}

static void
tn_miniature_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  TnMiniature *self = TN_MINIATURE (widget);
  TnGeometry geometry = geometry_of (self);
  double aspect = self->whole ? MAX (content_height (self, &geometry) / geometry.width, ASPECT) : ASPECT;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST_WIDTH;
      *natural = NATURAL_WIDTH;
    }
  else
    {
      *minimum = *natural = (int) (MAX (for_size, LEAST_WIDTH) * aspect);
    }
}

static GtkSizeRequestMode
tn_miniature_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The whole of it, from the top: a card may have another shape than its tile had when it was last in view. */
static void
snapshot_picture (Card *card, GtkSnapshot *snapshot, const graphene_rect_t *rect)
{
  double ratio = gdk_paintable_get_intrinsic_aspect_ratio (card->picture);
  double width = rect->size.width, height = rect->size.height;

  if (ratio > 0 && width / ratio > height)
    width = height * ratio;
  else if (ratio > 0)
    height = width / ratio;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (rect->origin.x + (rect->size.width - width) / 2, rect->origin.y));
  gdk_paintable_snapshot (card->picture, snapshot, width, height);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_icon (TnMiniature *self, Card *card, GtkSnapshot *snapshot, double x, double y, const GdkRGBA *color)
{
  GdkPaintable *paintable = gtk_image_get_paintable (card->icon);
  g_autoptr (GtkIconPaintable) fallback = NULL;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  if (paintable != NULL)
    {
      gdk_paintable_snapshot (paintable, snapshot, ICON, ICON);
    }
  else
    {
      fallback
        = gtk_icon_theme_lookup_icon (gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self))),
                                      gtk_image_get_icon_name (card->icon), NULL, ICON,
                                      gtk_widget_get_scale_factor (GTK_WIDGET (self)),
                                      gtk_widget_get_direction (GTK_WIDGET (self)), 0);
      gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (fallback), snapshot, ICON, ICON, color, 1);
    }
  gtk_snapshot_restore (snapshot);
}

/* Returns: how high it is */
static int
set_title (TnMiniature *self, Card *card, double width)
{
  int height;

  if (self->layout == NULL)
    {
      self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
      pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_alignment (self->layout, PANGO_ALIGN_CENTER);
    }
  pango_layout_set_text (self->layout, card->title, -1);
  pango_layout_set_width (self->layout, (int) (width * PANGO_SCALE));
  pango_layout_get_pixel_size (self->layout, NULL, &height);
  return height;
}

/* Icon above title, in the middle; the icon only where both have room. */
static void
snapshot_words (TnMiniature *self, Card *card, GtkSnapshot *snapshot, const graphene_rect_t *rect, GdkRGBA color)
{
  double width = rect->size.width - 8, y = rect->origin.y;
  int height;

  if (rect->size.width < TITLE_WIDTH || rect->size.height < TITLE_HEIGHT)
    return;
  color.alpha *= 0.7;
  height = set_title (self, card, width);
  if (rect->size.height >= height + ICON + 12)
    {
      y += (rect->size.height - height - ICON - 4) / 2;
      snapshot_icon (self, card, snapshot, rect->origin.x + (rect->size.width - ICON) / 2, y, &color);
      y += ICON + 4;
    }
  else
    {
      y += (rect->size.height - height) / 2;
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (rect->origin.x + 4, y));
  gtk_snapshot_append_layout (snapshot, self->layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_card (TnMiniature *self, Card *card, GtkSnapshot *snapshot, const graphene_rect_t *rect, double radius,
               const GdkRGBA *background, const GdkRGBA *color)
{
  GdkRGBA line = *color;
  GskRoundedRect outline;

  line.alpha *= 0.15;
  gsk_rounded_rect_init_from_rect (&outline, rect, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, background, rect);
  if (card->picture != NULL)
    snapshot_picture (card, snapshot, rect);
  else
    snapshot_words (self, card, snapshot, rect, *color);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 }, (GdkRGBA[4]){ line, line, line, line });
}

static void
tn_miniature_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TnMiniature *self = TN_MINIATURE (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  TnGeometry geometry = geometry_of (self);
  double scale = gtk_widget_get_width (widget) / geometry.width, height = gtk_widget_get_height (widget);
  GdkRGBA color, background = { 1, 1, 1, 1 };

  gtk_style_context_get_color (style, &color);
  gtk_style_context_lookup_color (style, "tile_bg_color", &background);
  for (guint i = 0; i < self->cards->len; i++)
    {
      Card *card = &g_array_index (self->cards, Card, i);
      graphene_rect_t rect = tn_geometry_rect (&geometry, &card->place);

      graphene_rect_scale (&rect, scale, scale, &rect);
      if (rect.origin.y < height)
        snapshot_card (self, card, snapshot, &rect, MIN (12 * scale, 6), &background, &color);
    }
}

static void
tn_miniature_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tn_miniature_parent_class)->map (widget);
  ask_for_pictures (TN_MINIATURE (widget));
}

static void
tn_miniature_unmap (GtkWidget *widget)
{
  let_pictures_go (TN_MINIATURE (widget));
  GTK_WIDGET_CLASS (tn_miniature_parent_class)->unmap (widget);
}

static void
tn_miniature_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (tn_miniature_parent_class)->css_changed (widget, change);
  g_clear_object (&TN_MINIATURE (widget)->layout);
}

static void
clear (TnMiniature *self)
{
  let_pictures_go (self);
  g_array_set_size (self->cards, 0);
  g_hash_table_remove_all (self->icons);
  g_clear_pointer (&self->layouts, tn_layouts_free);
}

static void
tn_miniature_dispose (GObject *object)
{
  TnMiniature *self = TN_MINIATURE (object);

  clear (self);
  g_clear_object (&self->like);
  g_clear_object (&self->layout);
  g_clear_object (&self->catalogue);

  G_OBJECT_CLASS (tn_miniature_parent_class)->dispose (object);
}

static void
tn_miniature_finalize (GObject *object)
{
  TnMiniature *self = TN_MINIATURE (object);

  g_array_unref (self->cards);
  g_hash_table_unref (self->icons);

  G_OBJECT_CLASS (tn_miniature_parent_class)->finalize (object);
}

static void
tn_miniature_class_init (TnMiniatureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tn_miniature_dispose;
  object_class->finalize = tn_miniature_finalize;
  widget_class->measure = tn_miniature_measure;
  widget_class->get_request_mode = tn_miniature_get_request_mode;
  widget_class->snapshot = tn_miniature_snapshot;
  widget_class->map = tn_miniature_map;
  widget_class->unmap = tn_miniature_unmap;
  widget_class->css_changed = tn_miniature_css_changed;

  gtk_widget_class_set_css_name (widget_class, "miniature");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
take_geometry (TnMiniature *self, TnCanvas *like)
{
  self->width_class = like != NULL ? like->width_class : TN_WIDTH_WIDE;
  self->geometry = like != NULL && like->geometry.width > 0 ? like->geometry : usual_geometry (self->width_class);
}

/* The cards stay; only where they are is another. */
static void
reshaped_cb (TnMiniature *self, TnCanvas *like)
{
  if (self->layouts != NULL && g_strcmp0 (tn_layouts_get_monitor (self->layouts), like->monitor) != 0)
    {
      g_autoptr (TnCanvasRecord) record = tn_canvas_record_copy (tn_layouts_get_record (self->layouts));

      tn_miniature_set_record (self, record, like, self->catalogue);
      return;
    }
  take_geometry (self, like);
  for (guint i = 0; i < self->cards->len; i++)
    g_array_index (self->cards, Card, i).place = tn_layouts_get (self->layouts, self->width_class)[i];
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
tn_miniature_init (TnMiniature *self)
{
  self->cards = g_array_new (FALSE, FALSE, sizeof (Card));
  self->icons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->geometry = usual_geometry (TN_WIDTH_WIDE);
  self->like = g_signal_group_new (TN_TYPE_CANVAS);
  g_signal_group_connect_swapped (self->like, "reshaped", G_CALLBACK (reshaped_cb), self);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
tn_miniature_new (void)
{
  return g_object_new (TN_TYPE_MINIATURE, NULL);
}

void
tn_miniature_set_picture_func (TnMiniature *self, TnMiniaturePicture picture, gpointer user_data)
{
  g_return_if_fail (TN_IS_MINIATURE (self));

  self->picture = picture;
  self->user_data = user_data;
  ask_for_pictures (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static GtkImage *
icon_of (TnMiniature *self, const char *key, TnApp *app)
{
  GtkImage *icon = g_hash_table_lookup (self->icons, key);

  if (icon != NULL)
    return icon;
  icon = g_object_ref_sink (GTK_IMAGE (gtk_image_new ()));
  gtk_image_set_pixel_size (icon, ICON);
  g_signal_connect_object (icon, "notify::paintable", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  tn_app_icon_show (icon, app);
  g_hash_table_insert (self->icons, g_strdup (key), icon);
  return icon;
}

static void
add_card (TnMiniature *self, const TnTileRecord *tile, const TnPlacement *place)
{
  TnApp *app = self->catalogue != NULL ? tn_catalogue_find (self->catalogue, tile->app_key) : NULL;
  Card card = { .place = *place };

  card.title = tile->title != NULL && *tile->title != '\0' ? tile->title
               : app != NULL                               ? tn_app_get_name (app)
                                                           : tile->app_id;
  card.icon = icon_of (self, tile->app_key, app);
  g_array_append_val (self->cards, card);
}

static void
update_label (TnMiniature *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *count = NULL;
  g_autofree char *label = NULL;
  guint n = self->cards->len;

  for (guint i = 0; i < MIN (n, NAMED); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", g_array_index (self->cards, Card, i).title);
  if (n > NAMED)
    g_string_append (names, ", …");
  count = g_strdup_printf (ngettext ("%u widget", "%u widgets", n), n);
  if (self->layouts == NULL)
    label = g_strdup ("");
  else if (n == 0)
    /* Translators: what a screen reader says of a picture of a canvas: “Home, 0 widgets” */
    label = g_strdup_printf (_("%s, %s"), tn_layouts_get_record (self->layouts)->name, count);
  else
    /* Translators: what a screen reader says of a picture of a canvas: “Home, 2 widgets: Todo, Clock” */
    label = g_strdup_printf (_("%s, %s: %s"), tn_layouts_get_record (self->layouts)->name, count, names->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
tn_miniature_set_record (TnMiniature *self, const TnCanvasRecord *record, TnCanvas *like, TnCatalogue *catalogue)
{
  g_return_if_fail (TN_IS_MINIATURE (self));
  g_return_if_fail (like == NULL || TN_IS_CANVAS (like));

  clear (self);
  g_signal_group_set_target (self->like, like);
  if (record != NULL)
    self->layouts = tn_layouts_new (record, like != NULL ? like->monitor : NULL, catalogue);
  take_geometry (self, like);
  g_set_object (&self->catalogue, catalogue);
  for (gsize i = 0; record != NULL && i < tn_layouts_get_n (self->layouts); i++)
    add_card (self, tn_layouts_get_tile (self->layouts, i), &tn_layouts_get (self->layouts, self->width_class)[i]);
  update_label (self);
  ask_for_pictures (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
tn_miniature_set_whole (TnMiniature *self, gboolean whole)
{
  g_return_if_fail (TN_IS_MINIATURE (self));

  self->whole = whole;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
