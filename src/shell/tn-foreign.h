/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * tn_foreign_follow:
 * @bus: (nullable): the session bus; without one nothing is heard
 *
 * Has the stores of the application's windows look again when another process, such as tnc, says on @bus that it wrote
 * to their workspace.
 */
void tn_foreign_follow (GtkApplication *application, GDBusConnection *bus);

G_END_DECLS
