/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-tile-private.h"

#include <glib/gi18n-lib.h>

#include "tn-canvas-resources.h"
#include "tn-compat.h"
#include "tn-tile-card.h"
#include "tn-tile-handles.h"
#include "tn-tile-header.h"
#include "tn-tile-placeholder.h"
#include "tn-tile-trouble.h"

#define BADGE 20 /* how large it is; it lies over the header's icon */
#define BADGE_X 10

struct _TnTile
{
  GtkWidget parent;

  /* children, made when the tile is first shown; those up to the shield lie in the card */
  GtkWidget *card;
  TnTileHeader *header;
  TnTileTrouble *trouble; /* nullable: its page was always seen */
  GtkWidget *placeholder; /* nullable: an app runs in it */
  GtkWidget *shield;
  TnTileHandles handles;
  GtkWidget *badge;    /* says that it is selected */
  GtkPopover *popover; /* nullable */

  /* owned */
  TnTileRecord *record;
  TnApp *app;
  TnInstance *instance;
  GtkWidget *view; /* nullable */

  TnPlacement place;
  int columns;
  int page_width, page_height; /* 0: as large as the card lets it */
  gboolean movable;
  gboolean shielded;
  gboolean selected;
  gboolean lifted;
  gboolean frozen;
};

G_DEFINE_FINAL_TYPE (TnTile, tn_tile, GTK_TYPE_WIDGET)

enum
{
  STATE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_label (TnTile *self)
{
  g_autofree char *place = NULL;
  g_autofree char *label = NULL;

  if (self->record == NULL)
    return;
  /* Translators: what a screen reader says of a widget, such as “Todo, column 3 row 2, 4 by 4” */
  place = g_strdup_printf (_("%s, column %d row %d, %d by %d"), tn_tile_get_title (self), self->place.x + 1,
                           self->place.y + 1, self->place.w, self->place.h);
  label = g_strconcat (place, self->record->locked ? _(", locked") : "", self->selected ? _(", selected") : "", NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* WebKit keeps a text view inside for its key bindings; the focus that strays there never comes out. */
static void
keep_focus_out (GtkWidget *view)
{
  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_can_focus (child, FALSE);
}

static void
update_view (TnTile *self)
{
  GtkWidget *view = self->instance != NULL ? tn_instance_get_view (self->instance) : NULL;

  if (view == self->view)
    return;
  if (self->view != NULL)
    gtk_widget_unparent (self->view);
  g_set_object (&self->view, view);
  if (view == NULL)
    return;
  gtk_widget_add_css_class (view, "tile-page");
  gtk_widget_insert_after (view, self->card, GTK_WIDGET (self->header));
  gtk_widget_set_can_focus (view, !self->shielded);
  keep_focus_out (view);
}

static void
set_css_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* A start reads the app anew: mended, it may have a name and an icon at last. */
static void
update_app (TnTile *self)
{
  TnApp *app = self->instance != NULL ? tn_instance_get_app (self->instance) : NULL;

  if (app == NULL || app == self->app || tn_app_get_manifest (app) == NULL)
    return;
  g_set_object (&self->app, app);
  tn_tile_header_set_app (self->header, tn_tile_get_title (self), app);
  update_label (self);
}

/* What stands in for the page. One that is frozen can't say how it fits a new size: asked, the window would wait for it. */
static void
update_cover (TnTile *self, TnInstanceState state)
{
  gboolean covered = self->instance != NULL && tn_instance_get_covered (self->instance);

  if (covered && self->trouble == NULL)
    {
      self->trouble = TN_TILE_TROUBLE (tn_tile_trouble_new ());
      gtk_widget_insert_before (GTK_WIDGET (self->trouble), self->card, self->shield);
    }
  if (covered)
    tn_tile_trouble_set_instance (self->trouble, self->instance);
  if (self->trouble != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->trouble), covered);
  if (self->view != NULL)
    gtk_widget_set_visible (self->view, state <= TN_STATE_HUNG);
}

static void
update_state (TnTile *self)
{
  TnInstanceState state = self->instance != NULL ? tn_instance_get_state (self->instance) : TN_STATE_STOPPED;

  update_view (self);
  update_app (self);
  set_css_class (GTK_WIDGET (self), "troubled", state == TN_STATE_TROUBLED);
  set_css_class (GTK_WIDGET (self), "starting", state < TN_STATE_RUNNING);
  tn_tile_header_show_state (self->header, self->instance);
  update_cover (self, state);
  tn_tile_update_actions (self);
}

static void
update_caption (TnTile *self)
{
  tn_tile_header_set_caption (self->header, tn_instance_get_caption (self->instance));
}

static void
state_changed_cb (TnTile *self)
{
  update_state (self);
  g_signal_emit (self, signals[STATE_CHANGED], 0);
}

static void
warning_cb (TnTile *self, const char *text)
{
  g_signal_emit_by_name (self, "warning", text);
}

static void
focus_cb (TnTile *self, GParamSpec *pspec, GtkEventControllerFocus *focus)
{
  if (self->instance != NULL)
    tn_instance_set_focused (self->instance, gtk_event_controller_focus_contains_focus (focus));
}

/* What lies over the page. */
static void
update_layers (TnTile *self)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gboolean editing = gtk_widget_has_css_class (GTK_WIDGET (self), "editing");
  gboolean movable = tn_tile_get_movable (self);
  const char *cursor = !movable ? NULL : self->lifted ? "grabbing" : "grab";

  if (self->header == NULL)
    return;
  tn_tile_handles_update (&self->handles, rtl, movable, editing);
  gtk_widget_set_visible (self->shield, self->shielded);
  gtk_widget_set_cursor_from_name (self->shield, cursor);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->header), editing || self->lifted ? cursor : NULL);
  gtk_widget_set_visible (self->badge, self->selected);
}

static void
update_placeholder (TnTile *self)
{
  gboolean wanted = tn_tile_record_is_placeholder (self->record);

  tn_tile_header_set_runs (self->header, !wanted);
  if (!wanted)
    {
      g_clear_pointer (&self->placeholder, gtk_widget_unparent);
      return;
    }
  if (self->placeholder == NULL)
    {
      self->placeholder = tn_tile_placeholder_new ();
      gtk_widget_insert_after (self->placeholder, self->card, GTK_WIDGET (self->header));
    }
  tn_tile_placeholder_set_record (TN_TILE_PLACEHOLDER (self->placeholder), self->record, tn_tile_get_title (self));
}

static void
update_record (TnTile *self, gboolean same_app)
{
  if (self->record == NULL || self->header == NULL)
    return;
  if (!same_app)
    tn_tile_header_set_app (self->header, tn_tile_get_title (self), self->app);
  tn_tile_header_set_locked (self->header, self->record->locked);
  update_placeholder (self);
}

GtkWidget *
tn_tile_add_layer (GtkWidget *self, const char *style)
{
  GtkWidget *layer = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (layer, style);
  gtk_widget_set_parent (layer, self);
  return layer;
}

static void
add_children (TnTile *self)
{
  self->card = tn_tile_card_new ();
  gtk_widget_set_parent (self->card, GTK_WIDGET (self));
  self->header = TN_TILE_HEADER (tn_tile_header_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->header), self->card);
  self->shield = tn_tile_add_layer (self->card, "tile-shield");
  tn_tile_handles_add (&self->handles, GTK_WIDGET (self));
  self->badge = gtk_image_new_from_icon_name ("object-select-symbolic");
  gtk_widget_set_can_target (self->badge, FALSE);
  gtk_widget_add_css_class (self->badge, "tile-badge");
  gtk_widget_set_parent (self->badge, GTK_WIDGET (self));
}

/* A canvas of a thousand tiles shows a few of them: what is never shown costs next to nothing. */
static void
build (TnTile *self)
{
  if (self->header != NULL)
    return;
  add_children (self);
  tn_tile_header_set_has_menu (self->header, !self->frozen);
  update_record (self, FALSE);
  update_layers (self);
  update_state (self);
}

static void
tn_tile_map (GtkWidget *widget)
{
  build (TN_TILE (widget));

  GTK_WIDGET_CLASS (tn_tile_parent_class)->map (widget);
}

void
tn_tile_allocate_child (GtkWidget *child, int x, int y, int width, int height)
{
  int least_width, least_height;

  if (child == NULL || !gtk_widget_should_layout (child))
    return;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
  width = MAX (width, least_width);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &least_height, NULL, NULL, NULL);
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, MAX (height, least_height) }, -1);
}

static void
tell_size (TnTile *self, int width, int height)
{
  if (self->instance != NULL && width > 0 && height > 0)
    tn_instance_set_size (self->instance, self->place.w, self->place.h, width, height);
}

static void
tn_tile_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TnTile *self = TN_TILE (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int page_width = self->page_width > 0 ? self->page_width : width;
  int page_height = self->page_height > 0 ? self->page_height : height;
  int top;

  if (self->header == NULL)
    return;
  gtk_widget_measure (GTK_WIDGET (self->header), GTK_ORIENTATION_VERTICAL, -1, NULL, &top, NULL, NULL);
  page_height = MAX (0, page_height - top);
  tn_tile_card_set_page_size (TN_TILE_CARD (self->card), page_width, page_height);
  tn_tile_allocate_child (self->card, 0, 0, width, height);
  tn_tile_handles_allocate (&self->handles, rtl, width, height);
  tn_tile_allocate_child (self->badge, rtl ? width - BADGE_X - BADGE : BADGE_X, (top - BADGE) / 2, BADGE, BADGE);
  if (self->popover != NULL)
    gtk_popover_present (self->popover);
  tell_size (self, page_width, page_height);
}

static void
tn_tile_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                 int *minimum_baseline, int *natural_baseline)
{
  /* The canvas says how large a tile is; what does not fit is cut off. */
  *minimum = *natural = 0;
}

static void
tn_tile_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (tn_tile_parent_class)->direction_changed (widget, previous);
  update_layers (TN_TILE (widget));
}

static void
tn_tile_dispose (GObject *object)
{
  TnTile *self = TN_TILE (object);
  GtkWidget *child;

  if (self->instance != NULL)
    g_signal_handlers_disconnect_by_data (self->instance, self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->popover = NULL;
  self->placeholder = NULL;
  self->card = NULL;
  self->header = NULL;
  self->trouble = NULL;
  g_clear_object (&self->view);
  g_clear_object (&self->instance);
  g_clear_object (&self->app);
  g_clear_pointer (&self->record, tn_tile_record_free);

  G_OBJECT_CLASS (tn_tile_parent_class)->dispose (object);
}

static void
tn_tile_class_init (TnTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tn_tile_dispose;
  widget_class->measure = tn_tile_measure;
  widget_class->size_allocate = tn_tile_size_allocate;
  widget_class->direction_changed = tn_tile_direction_changed;
  widget_class->map = tn_tile_map;

  signals[STATE_CHANGED]
    = g_signal_new ("state-changed", TN_TYPE_TILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("remove", TN_TYPE_TILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("duplicate", TN_TYPE_TILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("rename", TN_TYPE_TILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("lock", TN_TYPE_TILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  g_signal_new ("warning", TN_TYPE_TILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("place", TN_TYPE_TILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 4, G_TYPE_INT, G_TYPE_INT,
                G_TYPE_INT, G_TYPE_INT);

  tn_canvas_ui_register_resource ();
  tn_tile_class_add_actions (widget_class);
  gtk_widget_class_set_css_name (widget_class, "tile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tn_tile_init (TnTile *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->movable = TRUE;
  g_signal_connect_object (focus, "notify::contains-focus", G_CALLBACK (focus_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

TnTile *
tn_tile_new (void)
{
  return g_object_new (TN_TYPE_TILE, NULL);
}

static gboolean
same_app (TnTile *self, const TnTileRecord *record, TnApp *app)
{
  return self->record != NULL && self->app == app && g_strcmp0 (self->record->title, record->title) == 0;
}

void
tn_tile_set_record (TnTile *self, const TnTileRecord *record, TnApp *app)
{
  gboolean same;

  g_return_if_fail (TN_IS_TILE (self));
  g_return_if_fail (record != NULL);

  same = same_app (self, record, app);
  g_clear_pointer (&self->record, tn_tile_record_free);
  self->record = tn_tile_record_copy (record);
  g_set_object (&self->app, app);
  update_record (self, same);
  update_layers (self);
  tn_tile_update_actions (self);
  update_label (self);
}

TnApp *
tn_tile_get_app (TnTile *self)
{
  return self->app;
}

gboolean
tn_tile_can_change (TnTile *self)
{
  return self->movable;
}

const TnTileRecord *
tn_tile_get_record (TnTile *self)
{
  g_return_val_if_fail (TN_IS_TILE (self), NULL);

  return self->record;
}

const char *
tn_tile_get_id (TnTile *self)
{
  g_return_val_if_fail (TN_IS_TILE (self), NULL);

  return self->record->id;
}

const char *
tn_tile_get_title (TnTile *self)
{
  g_return_val_if_fail (TN_IS_TILE (self), NULL);

  if (self->record->title != NULL && *self->record->title != '\0')
    return self->record->title;
  return self->app != NULL ? tn_app_get_name (self->app) : self->record->app_id;
}

void
tn_tile_set_instance (TnTile *self, TnInstance *instance)
{
  g_return_if_fail (TN_IS_TILE (self));
  g_return_if_fail (TN_IS_INSTANCE (instance));
  g_return_if_fail (self->instance == NULL);

  build (self);
  self->instance = g_object_ref (instance);
  g_signal_connect_object (instance, "notify::state", G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (instance, "notify::covered", G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (instance, "warning", G_CALLBACK (warning_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (instance, "notify::view", G_CALLBACK (update_view), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (instance, "picture-changed", G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (instance, "notify::caption", G_CALLBACK (update_caption), self, G_CONNECT_SWAPPED);
  update_caption (self);
  state_changed_cb (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

TnInstance *
tn_tile_get_instance (TnTile *self)
{
  g_return_val_if_fail (TN_IS_TILE (self), NULL);

  return self->instance;
}

void
tn_tile_set_place (TnTile *self, const TnPlacement *place, int columns)
{
  gboolean moved;

  g_return_if_fail (TN_IS_TILE (self));

  moved = place->x != self->place.x || place->y != self->place.y || place->w != self->place.w
          || place->h != self->place.h;
  self->place = *place;
  self->place.id = NULL;
  self->columns = columns;
  if (moved)
    update_label (self);
}

const TnPlacement *
tn_tile_get_place (TnTile *self)
{
  g_return_val_if_fail (TN_IS_TILE (self), NULL);

  return &self->place;
}

int
tn_tile_get_columns (TnTile *self)
{
  g_return_val_if_fail (TN_IS_TILE (self), 0);

  return self->columns;
}

void
tn_tile_set_page_size (TnTile *self, int width, int height)
{
  g_return_if_fail (TN_IS_TILE (self));

  if (self->page_width == width && self->page_height == height)
    return;
  self->page_width = width;
  self->page_height = height;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
tn_tile_set_shielded (TnTile *self, gboolean shielded, gboolean editing)
{
  g_return_if_fail (TN_IS_TILE (self));

  self->shielded = shielded;
  if (self->view != NULL)
    gtk_widget_set_can_focus (self->view, !shielded);
  set_css_class (GTK_WIDGET (self), "editing", editing);
  update_layers (self);
}

void
tn_tile_set_movable (TnTile *self, gboolean movable)
{
  g_return_if_fail (TN_IS_TILE (self));

  self->movable = movable;
  update_layers (self);
  tn_tile_update_actions (self);
}

gboolean
tn_tile_get_movable (TnTile *self)
{
  g_return_val_if_fail (TN_IS_TILE (self), FALSE);

  return self->movable && (self->record == NULL || !self->record->locked);
}

void
tn_tile_set_selected (TnTile *self, gboolean selected)
{
  g_return_if_fail (TN_IS_TILE (self));

  if (self->selected == selected)
    return;
  self->selected = selected;
  set_css_class (GTK_WIDGET (self), "selected", selected);
  update_layers (self);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
  update_label (self);
}

void
tn_tile_set_lifted (TnTile *self, gboolean lifted, gboolean sending)
{
  g_return_if_fail (TN_IS_TILE (self));

  set_css_class (GTK_WIDGET (self), "sending", sending);
  if (self->lifted == lifted)
    return;
  self->lifted = lifted;
  set_css_class (GTK_WIDGET (self), "lifted", lifted);
  update_layers (self);
}

gboolean
tn_tile_grip_at (TnTile *self, GtkWidget *widget, TnGridEdges *edges)
{
  g_return_val_if_fail (TN_IS_TILE (self), FALSE);
  g_return_val_if_fail (edges != NULL, FALSE);

  *edges = TN_GRID_EDGE_NONE;
  for (; widget != NULL && widget != GTK_WIDGET (self); widget = gtk_widget_get_parent (widget))
    {
      if (tn_tile_handles_at (&self->handles, widget, edges))
        return TRUE;
      if (widget == self->shield || widget == GTK_WIDGET (self->header))
        return TRUE;
      if (GTK_IS_MENU_BUTTON (widget) || GTK_IS_NATIVE (widget))
        return FALSE;
    }
  return FALSE;
}

gboolean
tn_tile_handle_near (TnTile *self, GtkWidget *canvas, double x, double y, TnGridEdges *edges)
{
  g_return_val_if_fail (TN_IS_TILE (self), FALSE);
  g_return_val_if_fail (edges != NULL, FALSE);

  return self->header != NULL && tn_tile_handles_near (&self->handles, canvas, x, y, edges);
}

static gboolean
unparent_idle_cb (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

static void
popover_closed_cb (TnTile *self)
{
  if (self->popover != NULL)
    {
      tn_compat_leave_popover (self->popover, GTK_WIDGET (self));
      /* Not at once: the popover is still busy with closing. */
      g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_idle_cb, g_object_ref (self->popover), g_object_unref);
    }
  self->popover = NULL;
}

void
tn_tile_present_popover (TnTile *self, GtkPopover *popover)
{
  GtkWidget *button;
  graphene_rect_t bounds;

  build (self);
  button = tn_tile_header_get_menu_button (self->header);
  self->popover = popover;
  gtk_widget_set_parent (GTK_WIDGET (popover), GTK_WIDGET (self));
  if (gtk_widget_compute_bounds (button, GTK_WIDGET (self), &bounds))
    gtk_popover_set_pointing_to (popover, &(GdkRectangle){ bounds.origin.x, bounds.origin.y, bounds.size.width,
                                                           bounds.size.height });
  g_signal_connect_swapped (popover, "closed", G_CALLBACK (popover_closed_cb), self);
  gtk_popover_popup (popover);
}

void
tn_tile_popup_menu (TnTile *self)
{
  g_return_if_fail (TN_IS_TILE (self));

  build (self);
  tn_tile_header_popup_menu (self->header);
}

void
tn_tile_set_frozen (TnTile *self, gboolean frozen)
{
  g_return_if_fail (TN_IS_TILE (self));

  self->frozen = frozen;
  if (self->header != NULL)
    tn_tile_header_set_has_menu (self->header, !frozen);
}

void
tn_tile_reload (TnTile *self)
{
  g_return_if_fail (TN_IS_TILE (self));

  if (self->instance != NULL)
    tn_instance_restart (self->instance);
}
