/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*TnNameDialogDone) (const char *name, gpointer user_data);

/**
 * tn_name_dialog_show:
 * @title: what is asked ("Rename the Canvas")
 * @label: what the name is of ("Name")
 * @name: the one so far
 * @optional: no name is a good answer too
 * @done: called with what was entered, unless the person thinks better of it
 * @user_data: (transfer full): given back with @destroy when the dialog goes
 */
void tn_name_dialog_show (GtkWindow *parent, const char *title, const char *label, const char *name, gboolean optional,
                          TnNameDialogDone done, gpointer user_data, GDestroyNotify destroy);

G_END_DECLS
