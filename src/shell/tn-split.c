/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-split.h"

#include <adwaita.h>

#define PANEL_WIDTH 340
#define BESIDE_FROM 900 /* narrower windows have the panel over the content */
#define COVER_BELOW 600
#define SLIDE_MS 200

struct _TnSplit
{
  GtkWidget parent;

  GtkWidget *content;
  GtkWidget *panel;
  AdwAnimation *slide;
  double progress;
  gboolean revealed;
  gboolean peeking;
  gboolean narrow;
  guint room_id;
  int reserved_width, covered_width;
};

enum
{
  PROP_0,
  PROP_CONTENT,
  PROP_PANEL,
  PROP_REVEALED,
  PROP_PEEKING,
  PROP_RESERVED_WIDTH,
  PROP_COVERED_WIDTH,
  PROP_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TnSplit, tn_split, GTK_TYPE_WIDGET)

static void
slide_cb (double value, gpointer user_data)
{
  TnSplit *self = user_data;

  self->progress = value;
  if (value == 0 && !self->revealed)
    gtk_widget_set_visible (self->panel, FALSE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
set_child (TnSplit *self, GtkWidget **field, GtkWidget *child)
{
  g_clear_pointer (field, gtk_widget_unparent);
  *field = child;
  if (child != NULL)
    gtk_widget_insert_before (child, GTK_WIDGET (self), field == &self->content ? self->panel : NULL);
}

static void
allocate_child (GtkWidget *child, int x, int width, int height)
{
  int least;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_allocate (child, MAX (width, least), height, -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, 0)));
}

static gboolean
room_cb (gpointer user_data)
{
  TnSplit *self = user_data;

  self->room_id = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COVERED_WIDTH]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
  return G_SOURCE_REMOVE;
}

static void
update_room (TnSplit *self, int width, int reserved, int covered)
{
  gboolean narrow = width < COVER_BELOW;

  if (self->reserved_width != reserved)
    {
      self->reserved_width = reserved;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RESERVED_WIDTH]);
    }
  if (self->narrow == narrow && self->covered_width == covered)
    return;
  self->narrow = narrow;
  self->covered_width = covered;
  /* Others change their size for this, which can't be in the middle of an allocation. */
  if (self->room_id == 0)
    self->room_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, room_cb, self, NULL);
}

static void
tn_split_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TnSplit *self = TN_SPLIT (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean beside = width >= BESIDE_FROM;
  int panel_width, shown, reserved, covered, content_x;

  gtk_widget_measure (self->panel, GTK_ORIENTATION_HORIZONTAL, -1, &panel_width, NULL, NULL, NULL);
  panel_width = width < COVER_BELOW ? width : MAX (panel_width, PANEL_WIDTH);
  shown = panel_width * self->progress;
  /* The content takes its new width at once: a page laid out anew in every frame would stutter. */
  reserved = beside && self->revealed ? panel_width : 0;
  content_x = beside ? MIN (shown, reserved) : 0;
  covered = !beside && self->revealed ? panel_width : 0;
  update_room (self, width, reserved, covered < width ? covered : 0);
  allocate_child (self->content, rtl ? width - content_x - (width - reserved) : content_x, width - reserved, height);
  if (gtk_widget_should_layout (self->panel))
    allocate_child (self->panel, rtl ? width - shown : shown - panel_width, panel_width, height);
  if (beside)
    gtk_widget_remove_css_class (self->panel, "over");
  else
    gtk_widget_add_css_class (self->panel, "over");
}

static void
tn_split_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                  int *minimum_baseline, int *natural_baseline)
{
  TnSplit *self = TN_SPLIT (widget);
  int panel_minimum, panel_natural;

  gtk_widget_measure (self->content, orientation, -1, minimum, natural, NULL, NULL);
  gtk_widget_measure (self->panel, orientation, -1, &panel_minimum, &panel_natural, NULL, NULL);
  *minimum = MAX (*minimum, panel_minimum);
  *natural = MAX (*natural, panel_natural);
}

static void
tn_split_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TnSplit *self = TN_SPLIT (object);

  switch (id)
    {
    case PROP_CONTENT:
      g_value_set_object (value, self->content);
      break;
    case PROP_PANEL:
      g_value_set_object (value, self->panel);
      break;
    case PROP_REVEALED:
      g_value_set_boolean (value, self->revealed);
      break;
    case PROP_PEEKING:
      g_value_set_boolean (value, self->peeking);
      break;
    case PROP_RESERVED_WIDTH:
      g_value_set_int (value, self->reserved_width);
      break;
    case PROP_COVERED_WIDTH:
      g_value_set_int (value, self->covered_width);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tn_split_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TnSplit *self = TN_SPLIT (object);

  switch (id)
    {
    case PROP_CONTENT:
      set_child (self, &self->content, g_value_get_object (value));
      break;
    case PROP_PANEL:
      set_child (self, &self->panel, g_value_get_object (value));
      gtk_widget_set_visible (self->panel, FALSE);
      break;
    case PROP_REVEALED:
      tn_split_set_revealed (self, g_value_get_boolean (value));
      break;
    case PROP_PEEKING:
      tn_split_set_peeking (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tn_split_dispose (GObject *object)
{
  TnSplit *self = TN_SPLIT (object);

  g_clear_handle_id (&self->room_id, g_source_remove);
  g_clear_object (&self->slide);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->panel, gtk_widget_unparent);

  G_OBJECT_CLASS (tn_split_parent_class)->dispose (object);
}

static void
tn_split_class_init (TnSplitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tn_split_get_property;
  object_class->set_property = tn_split_set_property;
  object_class->dispose = tn_split_dispose;
  widget_class->size_allocate = tn_split_size_allocate;
  widget_class->measure = tn_split_measure;

  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_PANEL] = g_param_spec_object ("panel", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_REVEALED] = g_param_spec_boolean ("revealed", NULL, NULL, FALSE, flags);
  properties[PROP_PEEKING] = g_param_spec_boolean ("peeking", NULL, NULL, FALSE, flags);
  properties[PROP_RESERVED_WIDTH]
    = g_param_spec_int ("reserved-width", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_COVERED_WIDTH]
    = g_param_spec_int ("covered-width", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW]
    = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "split");
}

static void
tn_split_init (TnSplit *self)
{
  AdwAnimationTarget *target = adw_callback_animation_target_new (slide_cb, self, NULL);

  self->slide = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, SLIDE_MS, target);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

gboolean
tn_split_get_revealed (TnSplit *self)
{
  g_return_val_if_fail (TN_IS_SPLIT (self), FALSE);

  return self->revealed;
}

void
tn_split_set_revealed (TnSplit *self, gboolean revealed)
{
  AdwTimedAnimation *slide;

  g_return_if_fail (TN_IS_SPLIT (self));

  if (self->revealed == revealed)
    return;
  slide = ADW_TIMED_ANIMATION (self->slide);
  self->revealed = revealed;
  if (revealed)
    gtk_widget_set_visible (self->panel, TRUE);
  adw_animation_pause (self->slide);
  adw_timed_animation_set_value_from (slide, self->progress);
  adw_timed_animation_set_value_to (slide, revealed ? 1 : 0);
  adw_animation_play (self->slide);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVEALED]);
}

int
tn_split_get_reserved_width (TnSplit *self)
{
  g_return_val_if_fail (TN_IS_SPLIT (self), 0);

  return self->reserved_width;
}

void
tn_split_set_peeking (TnSplit *self, gboolean peeking)
{
  g_return_if_fail (TN_IS_SPLIT (self));

  if (self->peeking == peeking)
    return;
  self->peeking = peeking;
  /* Not unmapped: it may be the source of the drag that needs the room. */
  gtk_widget_set_opacity (self->panel, peeking && self->reserved_width == 0 ? 0 : 1);
  gtk_widget_set_can_target (self->panel, !peeking || self->reserved_width > 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PEEKING]);
}
