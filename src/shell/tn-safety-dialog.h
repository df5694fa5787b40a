/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-instance.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* “Why is this safe?”: the five walls around a tile with what is measured of each, anew every second while it is seen. */
void tn_safety_dialog_show (GtkWindow *parent, TnInstance *instance);

G_END_DECLS
