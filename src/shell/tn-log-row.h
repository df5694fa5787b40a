/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-log.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the person calls who speaks; (transfer none) (nullable) */
typedef const char *(*TnLogWho) (const TnLogRecord *record, gpointer owner);

/* Rows of #TnLogEntry for a list view. @owner: a #GObject, (transfer none): handed to @who */
GtkListItemFactory *tn_log_row_factory (TnLogWho who, gpointer owner);

/* "14:05:03", as the locale writes it; (transfer full). */
char *tn_log_time (gint64 time_us);

G_END_DECLS
