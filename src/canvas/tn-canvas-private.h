/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-canvas.h"
#include "tn-geometry.h"
#include "tn-layouts.h"
#include "tn-look.h"
#include "tn-motion.h"
#include "tn-pictures.h"

G_BEGIN_DECLS

/* How many of what was seen are kept. */
#define TN_CANVAS_MAX_PICTURES 64

/* A tile, and how it is drawn now. */
typedef struct
{
  TnTile *tile; /* borrowed: a child of the canvas */
  TnMotion motion;
  gboolean placed; /* @motion has been set */
  gboolean in_view;
} TnEntry;

/* What is being moved or resized, or placed from outside. */
typedef struct
{
  gboolean active;
  TnEntry *entry;   /* borrowed; NULL while an app is dragged in */
  TnApp *app;       /* owned; what is dragged in */
  gboolean pointer; /* it follows the pointer, else the keyboard moves it */
  TnGridEdges edges;
  GArray *origin; /* owned: the layout when it was taken up; like the next two, of TnPlacement */
  GArray *stage;  /* owned: the layout when this kind of gesture began */
  GArray *result; /* owned: where it leads to */
  guint index;    /* what is in hand, in all three */
  int dx, dy;
  graphene_rect_t start;
  double offset_x, offset_y; /* pixels from @start, scrolling included */
  double start_scroll;
} TnHand;

struct _TnCanvas
{
  GtkWidget parent;

  /* children */
  GtkWidget *ghost;
  GtkWidget *placeholder; /* nullable */
  GPtrArray *entries;     /* TnEntry, in the order of the layouts */
  GPtrArray *leaving;     /* TnEntry, removed and fading */

  /* owned */
  TnCatalogue *catalogue;
  TnStore *store;
  TnRuntime *runtime;
  GtkAdjustment *hadjustment, *vadjustment;
  TnLayouts *layouts; /* nullable: not loaded yet */
  TnPictures *pictures;
  GHashTable *looks; /* tile id → TnLook, borrowed: each is there as long as somebody shows it */
  GArray *pending;   /* nullable: what was dropped and is on its way through the store */
  char *id;
  char *monitor;   /* nullable: the home one */
  char *reveal_id; /* nullable: a tile to scroll to once it is there */

  TnWidthClass width_class;
  TnGeometry geometry;
  int reserved_width;
  gboolean fitted;
  gboolean editing;
  gboolean dragging_in;
  gboolean allocating;
  gboolean stopped;

  guint n_applying;
  gboolean syncing, sync_again;

  guint tick_id;
  guint start_id;
  guint shrink_id;
  gboolean moving;
  gint64 scrolled_us;

  TnHand hand;
  GtkGesture *drag;
  TnTile *drag_tile; /* borrowed: where the press was */
  TnGridEdges drag_edges;
  double pointer_y;
};

/* tn-canvas.c */
const TnPlacement *tn_canvas_get_places (TnCanvas *self, gsize *n);
void tn_canvas_update_places (TnCanvas *self);
void tn_canvas_update_shields (TnCanvas *self);
gboolean tn_canvas_is_locked (TnCanvas *self);
TnEntry *tn_canvas_find_entry (TnCanvas *self, TnTile *tile, guint *index);
GPtrArray *tn_canvas_reading_order (TnCanvas *self);
double tn_canvas_get_scroll (TnCanvas *self);
void tn_canvas_fail (TnCanvas *self, const char *message);

/* tn-canvas-motion.c */
gint64 tn_canvas_now (TnCanvas *self);
gboolean tn_canvas_animates (TnCanvas *self);
void tn_canvas_start_ticking (TnCanvas *self);
void tn_canvas_reveal (TnCanvas *self, TnEntry *entry);

/* tn-canvas-hand.c */
gboolean tn_canvas_hand_take (TnCanvas *self, TnTile *tile, TnGridEdges edges, gboolean pointer);
gboolean tn_canvas_hand_take_app (TnCanvas *self, TnApp *app);
void tn_canvas_hand_move_to (TnCanvas *self, int dx, int dy);
gboolean tn_canvas_hand_step (TnCanvas *self, TnGridEdges edges, int dx, int dy);
void tn_canvas_hand_drop (TnCanvas *self);
void tn_canvas_hand_restore (TnCanvas *self);
const TnPlacement *tn_canvas_hand_place (TnCanvas *self);

/* tn-canvas-operations.c */
void tn_canvas_apply (TnCanvas *self, TnOperation *operation, const char *signal);
void tn_canvas_apply_new (TnCanvas *self, TnApp *app, const TnPlacement *places, gsize n);
void tn_canvas_connect_tile (TnCanvas *self, TnTile *tile);

/* tn-canvas-sync.c */
void tn_canvas_sync (TnCanvas *self);

/* tn-canvas-instances.c */
void tn_canvas_queue_start (TnCanvas *self);
void tn_canvas_start_in_view (TnCanvas *self);
void tn_canvas_discard (TnCanvas *self, TnEntry *entry);

/* tn-canvas-layout.c */
void tn_canvas_allocate_entry (TnCanvas *self, TnEntry *entry);

/* tn-canvas-view.c */
void tn_canvas_keep_picture (TnCanvas *self, TnEntry *entry);
void tn_canvas_show_live (TnCanvas *self, TnEntry *entry);
void tn_canvas_enter_view (TnCanvas *self);
void tn_canvas_leave_view (TnCanvas *self);
void tn_canvas_free_pictures (TnCanvas *self);

/* tn-canvas-drag.c */
void tn_canvas_add_drag (TnCanvas *self);
void tn_canvas_follow_pointer (TnCanvas *self);

/* tn-canvas-drop.c */
void tn_canvas_add_drop (TnCanvas *self);

/* tn-canvas-keyboard.c */
void tn_canvas_add_keyboard (TnCanvas *self);
gboolean tn_canvas_focus (GtkWidget *widget, GtkDirectionType direction);

G_END_DECLS
