/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-app.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define TN_SOURCE_BUNDLED "bundled"
#define TN_SOURCE_MINE "mine"
#define TN_SOURCE_HOST "host" /* of the page that tries to get out, once per start */

/**
 * TnCatalogue:
 *
 * The apps that can be placed, a #GListModel of #TnApp ordered by name: the bundled ones of data/apps, and folders.
 */
#define TN_TYPE_CATALOGUE (tn_catalogue_get_type ())
G_DECLARE_FINAL_TYPE (TnCatalogue, tn_catalogue, TN, CATALOGUE, GObject)

TnCatalogue *tn_catalogue_new (void);

/**
 * tn_catalogue_add_folder:
 * @source: see tn_app_key()
 * @directory: a folder whose sub-folders are apps; a broken app is listed with its faults
 *
 * Reads the folder again where it was added before. Links and what begins with a dot are passed over, and so is an app
 * with the key of another one.
 *
 * Returns: how many apps were found, or -1 with @error where the folder can't be read
 */
int tn_catalogue_add_folder (TnCatalogue *self, const char *source, const char *directory, GError **error);

/**
 * tn_catalogue_load:
 * @workspace: a workspace's folder
 *
 * Adds, or reads again, what belongs to every catalogue: the bundled apps, and the person's own in the folder "mine" of
 * the workspace, where there is one.
 *
 * Returns: %FALSE with @error where a folder that is there can't be read; the other one is read all the same
 */
gboolean tn_catalogue_load (TnCatalogue *self, const char *workspace, GError **error);

/* (transfer none) (nullable) */
TnApp *tn_catalogue_find (TnCatalogue *self, const char *app_key);

/* Also finds the page of the host's own, which can't be placed but leaves its traces; (transfer none) (nullable) */
TnApp *tn_catalogue_find_any (TnCatalogue *self, const char *app_key);

/* The app with that id whose folder was added first; (transfer none) (nullable) */
TnApp *tn_catalogue_find_id (TnCatalogue *self, const char *id);

/* Whether every word of @text is found in name, description, id or author, without regard to case or accents. */
gboolean tn_catalogue_matches (TnApp *app, const char *text);

G_END_DECLS
