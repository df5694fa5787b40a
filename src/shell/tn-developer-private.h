/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-developer-window.h"
#include "tn-log-words.h"

G_BEGIN_DECLS

struct _TnDeveloperWindow
{
  AdwWindow parent;

  /* template */
  AdwToastOverlay *toasts;
  AdwViewStack *pages;
  GtkSearchEntry *search;
  GtkDropDown *log_tile, *kind;
  GtkStack *stack;
  AdwStatusPage *empty;
  GtkListView *list;
  GtkRevealer *details_revealer;
  GtkLabel *details, *details_caption, *status;
  GtkToggleButton *pause;
  GtkDropDown *state_tile;
  GtkStack *state_stack;
  AdwStatusPage *state_empty;
  GtkListView *moments;
  GtkLabel *moment;
  GtkTextView *state_text;

  /* owned */
  TnWorkspace *workspace;
  TnPages *canvases;
  GCancellable *cancellable;
  GtkStringList *titles; /* what can be chosen: all, and then the next, in their order */
  GPtrArray *tiles;      /* of TnTile */
  char *tile_id;         /* chosen; nullable: all */
  gboolean choosing;     /* by the program: the list of tiles is made anew */
  guint source;

  /* owned, of the log */
  GtkFilterListModel *listed;
  GtkCustomFilter *filter;
  GtkSingleSelection *selection;
  char *app_key, *text; /* of the sieve, nullable */
  gboolean following;     /* the list stays at its end */
  guint end_tick, frames; /* while it goes there */

  /* owned, of the state */
  GHashTable *snapshots;    /* tile id → GListStore of TnSnapshot */
  TnInstance *watched;      /* nullable: whose state is read */
  gulong read_id;
  GtkSingleSelection *kept; /* of the snapshots of the tile that is chosen */
};

/* tn-developer-window.c */
/* The one that is chosen; (transfer none) (nullable): %NULL for all. */
TnTile *tn_developer_get_tile (TnDeveloperWindow *self);

/* tn-developer-log.c */
void tn_developer_connect_log (TnDeveloperWindow *self);
void tn_developer_filter_log (TnDeveloperWindow *self);
void tn_developer_copy_log (GtkWidget *widget, const char *action, GVariant *parameter);
void tn_developer_export_log (GtkWidget *widget, const char *action, GVariant *parameter);
void tn_developer_clear_log (GtkWidget *widget, const char *action, GVariant *parameter);

/* tn-developer-state.c */
void tn_developer_connect_state (TnDeveloperWindow *self);

/* Shows what the chosen tile holds, and asks what it holds now. */
void tn_developer_read_state (TnDeveloperWindow *self);
void tn_developer_restore_state (GtkWidget *widget, const char *action, GVariant *parameter);

/* Asks nobody any more. */
void tn_developer_leave_state (TnDeveloperWindow *self);

G_END_DECLS
