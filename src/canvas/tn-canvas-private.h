/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-canvas.h"
#include "tn-drawing.h"
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
  TnDrawing drawing;
  gboolean placed; /* @motion has been set */
  gboolean in_view;
  gboolean in_hand;
  graphene_rect_t grip; /* where it was drawn when it was taken up */
} TnEntry;

/* How tiles are taken up. */
typedef enum
{
  TN_TAKE_POINTER = 1 << 0, /* they follow the pointer, else the keyboard moves them */
  TN_TAKE_ALONE = 1 << 1,   /* only that tile, selected with others or not */
} TnTake;

/* What is being moved or resized, or placed from outside. */
typedef struct
{
  gboolean active;
  TnEntry *entry; /* borrowed: the tile that was gripped; NULL while something is dragged in */
  TnApp *app;     /* owned: what is dragged in; NULL where it is files */
  gboolean pointer;
  TnGridEdges edges;
  GdkModifierType modifiers; /* force a policy as long as they are held */
  GArray *origin;            /* owned: the layout when it was taken up; like the next two, of TnPlacement */
  GArray *stage;             /* owned: the layout when this kind of gesture began */
  GArray *result;            /* owned: where it leads to */
  GArray *indices;           /* owned: guint: what is in hand, in all three; first what was gripped */
  char *target;              /* owned, nullable: the canvas that it is held over */
  int dx, dy;
  double offset_x, offset_y; /* pixels from where it was gripped, scrolling included */
  double start_scroll;
} TnHand;

/* The rectangle that selects what it touches. */
typedef struct
{
  gboolean active;
  double start_x, start_y; /* in the content, which scrolls */
  double x, y;             /* where the pointer is, in the canvas */
  GHashTable *before;      /* owned: what was selected already and stays so */
} TnMarquee;

/* What a press of the button may become. */
typedef enum
{
  TN_PRESS_NONE,
  TN_PRESS_TILE,
  TN_PRESS_EMPTY,
} TnPress;

struct _TnCanvas
{
  GtkWidget parent;

  /* children */
  GPtrArray *ghosts;      /* GtkWidget: one for each that is in hand, and spare ones */
  GtkWidget *band;        /* the marquee */
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
  gboolean frozen;
  gboolean dragging_in;
  gboolean extending; /* what is around is laid out, too */
  gboolean allocating;
  gboolean stopped;

  guint n_applying;
  gboolean syncing, sync_again;

  guint tick_id;
  guint start_id;
  guint shrink_id;
  guint extend_id;
  guint pixels_id;
  guint reshaped_id;
  gboolean moving;
  gint64 scrolled_us;

  GHashTable *selected; /* ids */
  TnCanvasTargetFunc target_func;
  gpointer target_data;

  TnHand hand;
  TnMarquee marquee;
  GtkGesture *drag;
  TnPress press;
  TnTile *drag_tile; /* borrowed: where the press was */
  TnGridEdges drag_edges;
  double pointer_x, pointer_y;
};

/* tn-canvas.c */
const TnPlacement *tn_canvas_get_places (TnCanvas *self, gsize *n);
void tn_canvas_order_tiles (TnCanvas *self);
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
gboolean tn_canvas_hand_take (TnCanvas *self, TnTile *tile, TnGridEdges edges, TnTake how);
gboolean tn_canvas_hand_take_new (TnCanvas *self, TnApp *app);
void tn_canvas_hand_point (TnCanvas *self, double x, double y);
void tn_canvas_hand_set_modifiers (TnCanvas *self, GdkModifierType modifiers);
void tn_canvas_hand_move_to (TnCanvas *self, int dx, int dy);
gboolean tn_canvas_hand_step (TnCanvas *self, TnGridEdges edges, int dx, int dy);
gboolean tn_canvas_hand_drags (TnCanvas *self);
void tn_canvas_hand_drop (TnCanvas *self);
void tn_canvas_hand_restore (TnCanvas *self);
const TnPlacement *tn_canvas_hand_place (TnCanvas *self);
const TnPlacement *tn_canvas_hand_ghost (TnCanvas *self, guint i);
gboolean tn_canvas_hand_rect (TnCanvas *self, TnEntry *entry, graphene_rect_t *rect);

/* tn-canvas-selection.c */
gboolean tn_canvas_is_selected (TnCanvas *self, TnTile *tile);
void tn_canvas_toggle_selected (TnCanvas *self, TnTile *tile);
void tn_canvas_set_selected (TnCanvas *self, GHashTable *ids);
void tn_canvas_update_selection (TnCanvas *self);
void tn_canvas_prune_selection (TnCanvas *self);

/* tn-canvas-marquee.c */
void tn_canvas_marquee_begin (TnCanvas *self, double x, double y, gboolean add);
void tn_canvas_marquee_point (TnCanvas *self, double x, double y);
void tn_canvas_marquee_end (TnCanvas *self, gboolean keep);
gboolean tn_canvas_marquee_rect (TnCanvas *self, graphene_rect_t *rect);

/* tn-canvas-send.c */
void tn_canvas_send (TnCanvas *self, GPtrArray *tiles, const char *canvas_id, gboolean copy);
void tn_canvas_send_dropped (TnCanvas *self, GPtrArray *tiles, const char *canvas_id);

/* tn-canvas-operations.c */
char *tn_canvas_describe (GPtrArray *tiles);
gboolean tn_canvas_refuse_locked (TnCanvas *self);
void tn_canvas_apply (TnCanvas *self, TnOperation *operation, const char *signal);
void tn_canvas_apply_new (TnCanvas *self, TnApp *app, const TnPlacement *places, gsize n);
void tn_canvas_connect_tile (TnCanvas *self, TnTile *tile);

/* tn-canvas-sync.c */
void tn_canvas_sync (TnCanvas *self);

/* tn-canvas-instances.c */
void tn_canvas_queue_start (TnCanvas *self);
void tn_canvas_start_in_view (TnCanvas *self);
void tn_canvas_update_sight (TnCanvas *self);
void tn_canvas_watch_window (TnCanvas *self, gboolean watch);
void tn_canvas_discard (TnCanvas *self, TnEntry *entry);

/* tn-canvas-layout.c */
void tn_canvas_allocate_entry (TnCanvas *self, TnEntry *entry);

/* tn-canvas-view.c */
void tn_canvas_keep_picture (TnCanvas *self, TnEntry *entry);
void tn_canvas_show_live (TnCanvas *self, TnEntry *entry);
void tn_canvas_enter_view (TnCanvas *self);
void tn_canvas_leave_view (TnCanvas *self);
void tn_canvas_snapshot_entry (TnCanvas *self, TnEntry *entry, GtkSnapshot *snapshot);
void tn_canvas_free_pictures (TnCanvas *self);
void tn_canvas_queue_reshaped (TnCanvas *self);

/* tn-canvas-drag.c */
void tn_canvas_add_drag (TnCanvas *self);
void tn_canvas_follow_pointer (TnCanvas *self);

/* tn-canvas-drop.c */
void tn_canvas_add_drop (TnCanvas *self);
void tn_canvas_follow_drop (TnCanvas *self);

/* tn-canvas-keyboard.c */
void tn_canvas_add_keyboard (TnCanvas *self);
gboolean tn_canvas_focus (GtkWidget *widget, GtkDirectionType direction);

G_END_DECLS
