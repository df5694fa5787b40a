/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-action.h"
#include "tn-add-panel.h"
#include "tn-board-file.h"
#include "tn-canvases.h"
#include "tn-history-panel.h"
#include "tn-history-view.h"
#include "tn-kiosk.h"
#include "tn-overview.h"
#include "tn-pages.h"
#include "tn-selection-bar.h"
#include "tn-split.h"
#include "tn-strip.h"
#include "tn-switcher.h"
#include "tn-window.h"

G_BEGIN_DECLS

/* What can be at the side. */
typedef enum
{
  TN_PANEL_ADD,
  TN_PANEL_HISTORY,
} TnPanel;

struct _TnWindow
{
  AdwApplicationWindow parent;

  /* template */
  GtkWidget *header;
  GtkMenuButton *menu_button;
  TnSwitcher *switcher;
  GtkToggleButton *add_button, *edit_button;
  GtkWidget *add_words;
  GtkRevealer *notice_revealer, *hint_revealer, *selection_revealer;
  TnSelectionBar *selection_bar;
  gboolean hinting; /* the hint is due, but gives way to the bar of the selection */
  GtkRevealer *mode_revealer;
  GtkOrientable *mode_bar;
  GtkLabel *mode_words;
  GtkWidget *mode_buttons;
  GtkRevealer *overview_revealer, *strip_revealer;
  TnOverview *overview;
  TnStrip *strip;
  GMenu *narrow_menu;
  GtkWidget *history_buttons;
  GtkLabel *notice;
  GtkWidget *notice_close, *hint_close;
  GtkOrientable *hint;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwStatusPage *failed;
  TnSplit *split;
  GtkStack *panels;
  TnAddPanel *add_panel;
  TnHistoryPanel *history_panel;
  TnHistoryView *history_view;
  TnPages *pages;

  /* owned */
  TnWorkspace *workspace;
  GSettings *settings;
  TnActionRegistry *actions;
  TnCanvases *canvases;
  GSignalGroup *canvas_signals; /* of the current canvas, like the next */
  GBindingGroup *canvas_bindings;

  GtkEventController *first_keys, *last_keys; /* borrowed: a page gets its keys between them */
  guint index;                                /* of the current canvas, as last known */
  gint64 moment;        /* that is looked back at; 0 for none */
  char *moment_text;    /* nullable: says so */
  AdwToast *undo_toast; /* borrowed from the overlay, like the next; NULL when it has gone */
  AdwToast *plain_toast;
  gint64 undo_shown_us, plain_shown_us;
  GtkCssProvider *toast_style; /* of the display */
  guint undo_retire_id;
  TnKiosk kiosk;
  gboolean kiosk_active;
  gboolean kiosk_editing; /* it was being arranged before */
  guint kiosk_rotate_id, kiosk_still_id;
  double kiosk_x, kiosk_y; /* where the pointer was */
  GtkWindow *resources; /* borrowed, nullable: while it is open */
  GtkWindow *developer; /* the same */
  GtkWidget *prompt; /* nullable, weak: what is asked now */
  gboolean panel_filled;
  gboolean closing;
};

/* tn-window-actions.c */
void tn_window_add_actions (TnWindow *self);
void tn_window_add_table (TnWindow *self, const TnActionEntry *table, gsize n);

/* tn-window-audit.c */
void tn_window_add_audit_actions (TnWindow *self);

/* tn-window-canvases.c */
void tn_window_add_canvas_actions (TnWindow *self);
void tn_window_follow_canvases (TnWindow *self);
void tn_window_apply (TnWindow *self, TnOperation *operation, gboolean show, const char *said);
void tn_window_rename_canvas (TnWindow *self, const char *id);
void tn_window_duplicate_canvas (TnWindow *self, const char *id);
void tn_window_delete_canvas (TnWindow *self, const char *id);
void tn_window_sort_canvas (TnWindow *self, const char *id, guint to);

/* tn-window-arrange.c */
void tn_window_add_arrange_actions (TnWindow *self);
void tn_window_update_arrangement (TnWindow *self, const TnCanvasRecord *canvas);

/* tn-window-selection.c */
void tn_window_add_selection_actions (TnWindow *self);
void tn_window_update_selection (TnWindow *self);
void tn_window_update_targets (TnWindow *self);

/* tn-window-files.c */
void tn_window_add_file_actions (TnWindow *self);
void tn_window_tell (TnWindow *self, const char *heading, const char *text);
void tn_window_take_board (TnWindow *self, TnBoardFile *read);

/* tn-window-develop.c */
void tn_window_add_develop_action (TnWindow *self);

/* tn-window-drop.c */
void tn_window_files_dropped (TnWindow *self, GPtrArray *files, int column, int row);

/* tn-window-history.c */
void tn_window_add_history_actions (TnWindow *self);
void tn_window_update_history (TnWindow *self);
void tn_window_connect_history (TnWindow *self);
void tn_window_make_room_for_history (TnWindow *self);
void tn_window_end_look_back (TnWindow *self);

/* tn-window-kiosk.c */
void tn_window_add_kiosk (TnWindow *self);

/* tn-window-mode.c */
void tn_window_add_mode_actions (TnWindow *self);
void tn_window_update_mode (TnWindow *self);
void tn_window_follow_mode (TnWindow *self);

/* tn-window-monitor.c */
void tn_window_follow_monitor (TnWindow *self);

/* tn-window-permissions.c */
void tn_window_add_permission_actions (TnWindow *self);
void tn_window_follow_questions (TnWindow *self);

/* tn-window-overview.c */
void tn_window_add_overview_actions (TnWindow *self);
void tn_window_connect_overview (TnWindow *self);
void tn_window_update_strip (TnWindow *self);
TnCanvasRecord *tn_window_prepare_send (TnWindow *self, const char *canvas_id);
const char *tn_window_get_meant (TnWindow *self);

/* tn-window-panel.c */
void tn_window_toggle_panel (TnWindow *self, TnPanel panel);
void tn_window_connect_panel (TnWindow *self);

/* tn-window-resources.c */
void tn_window_add_resources_action (TnWindow *self);

/* tn-window-messages.c */
void tn_window_toast (TnWindow *self, const char *text);
void tn_window_toast_undo (TnWindow *self, const char *text);
void tn_window_toast_travel (TnWindow *self, const char *text, gint64 back);
void tn_window_dismiss_undo (TnWindow *self);
void tn_window_dismiss_toasts (TnWindow *self);
void tn_window_show_notice (TnWindow *self, const char *text);
void tn_window_show_hint (TnWindow *self);
void tn_window_dismiss_hint (TnWindow *self);
void tn_window_update_bottom (TnWindow *self);
void tn_window_hide_with (GtkRevealer *revealer);
void tn_window_connect_messages (TnWindow *self);

G_END_DECLS
