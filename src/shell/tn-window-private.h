/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-action.h"
#include "tn-add-panel.h"
#include "tn-split.h"
#include "tn-window.h"

G_BEGIN_DECLS

struct _TnWindow
{
  AdwApplicationWindow parent;

  /* template */
  AdwWindowTitle *title;
  GtkToggleButton *add_button, *edit_button;
  GtkWidget *add_label;
  GtkRevealer *notice_revealer, *hint_revealer;
  GtkLabel *notice;
  GtkWidget *notice_close, *hint_close;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwStatusPage *failed;
  TnSplit *split;
  TnAddPanel *add_panel;
  TnCanvas *canvas;

  /* owned */
  TnWorkspace *workspace;
  GSettings *settings;
  TnActionRegistry *actions;

  AdwToast *undo_toast; /* borrowed from the overlay, like the next; NULL when it has gone */
  AdwToast *plain_toast;
  gboolean panel_filled;
  gboolean closing;
};

/* tn-window-actions.c */
void tn_window_add_actions (TnWindow *self);
void tn_window_update_history (TnWindow *self);

/* tn-window-messages.c */
void tn_window_toast (TnWindow *self, const char *text);
void tn_window_toast_removed (TnWindow *self, const char *title);
void tn_window_dismiss_undo (TnWindow *self);
void tn_window_show_notice (TnWindow *self, const char *text);
void tn_window_show_hint (TnWindow *self);
void tn_window_dismiss_hint (TnWindow *self);
void tn_window_connect_messages (TnWindow *self);

G_END_DECLS
