/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-action.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lists the keys of every action, and those that a focused widget hears. */
void tn_shortcuts_show (GtkWindow *parent, TnActionRegistry *actions);

G_END_DECLS
