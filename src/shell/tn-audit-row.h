/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-audit-item.h"
#include "tn-catalogue.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Rows of #TnAuditItem for a list view. @catalogue: (transfer none): knows the apps' names */
GtkListItemFactory *tn_audit_row_factory (TnCatalogue *catalogue);

/* What an app is called: its name, or its key where it is gone; (transfer none) (nullable). */
const char *tn_audit_app_name (TnCatalogue *catalogue, const char *app_key);

/* Shows all that is known of an entry. @record: (nullable): %NULL clears */
void tn_audit_show_details (GtkGrid *grid, const TnAuditRecord *record, TnCatalogue *catalogue);

G_END_DECLS
