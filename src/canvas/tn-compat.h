/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What newer GTK does otherwise, in one place. */

/**
 * tn_compat_announce:
 * @widget: what it is about; has the focus
 * @text: one sentence
 *
 * Has a screen reader say @text now.
 */
void tn_compat_announce (GtkWidget *widget, const char *text);

/**
 * tn_compat_hold_keys:
 * @widget: what is dragged from
 * @hold: whether a drag begins or ends
 *
 * Lets Escape cancel a drag on X11. There GTK 4 has the keys of a drag sent to the root window, whose events it then
 * passes over; while the keyboard is held by the window they come to it instead.
 */
void tn_compat_hold_keys (GtkWidget *widget, gboolean hold);

/**
 * tn_compat_leave_popover:
 * @popover: which has closed
 * @target: what gets the focus where it was in @popover
 *
 * GTK moves the focus out of what was closed only with the next frame; a key before that would go to a widget that is
 * gone.
 */
void tn_compat_leave_popover (GtkPopover *popover, GtkWidget *target);

/**
 * TnCompatFile:
 * @title: of the window
 * @accept: what its button says
 * @name: (nullable): the file's name to begin with; %NULL opens a file, else one is saved
 * @filter: (nullable): what files of @suffix are called
 * @suffix: (nullable): without the dot
 * @choice: (nullable): what @choices are
 * @choices: (nullable) (array zero-terminated=1): one of them is chosen along with the file
 *
 * What a person is asked for by tn_compat_choose_file_async().
 */
typedef struct
{
  const char *title, *accept;
  const char *name;
  const char *filter, *suffix;
  const char *choice;
  const char *const *choices;
} TnCompatFile;

/* Has the person choose a file. */
void tn_compat_choose_file_async (GtkWindow *parent, const TnCompatFile *what, GAsyncReadyCallback callback,
                                  gpointer user_data);

/* @choice: (out) (optional): which of the choices, where there were any. Returns: (transfer full) (nullable): %NULL where none was chosen */
GFile *tn_compat_choose_file_finish (GAsyncResult *result, guint *choice);

/**
 * tn_compat_choose_files_async:
 * @media_types: (nullable): of the files that are shown at first
 *
 * Has the person choose files to be read. Finish returns (transfer full) their paths; none where none was chosen, or
 * none that has a path.
 */
void tn_compat_choose_files_async (GtkWindow *parent, const char *title, const char *const *media_types,
                                   gboolean multiple, GAsyncReadyCallback callback, gpointer user_data);
GStrv tn_compat_choose_files_finish (GAsyncResult *result);

/**
 * tn_compat_ask_async:
 * @accept: (nullable): what the button says that does it; %NULL only tells
 * @destructive: whether that can't be taken back
 *
 * Asks or tells the person something; Cancel is what Enter and Escape mean where something would be lost.
 */
void tn_compat_ask_async (GtkWindow *parent, const char *heading, const char *body, const char *accept,
                          gboolean destructive, GAsyncReadyCallback callback, gpointer user_data);

/* Returns: whether it is to be done */
gboolean tn_compat_ask_finish (GAsyncResult *result);

G_END_DECLS
