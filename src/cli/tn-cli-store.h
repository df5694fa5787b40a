/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-catalogue.h"
#include "tn-cli.h"
#include "tn-db.h"
#include "tn-fault.h"

G_BEGIN_DECLS

/* What the verbs share that work on a workspace. */

/* The database of the workspace that the call names. Only the default one is made where there is none. */
TnDb *tn_cli_open_workspace (TnCliCall *call, TnDbMode mode, GError **error);

/* The apps of the workspace that the call names. */
TnCatalogue *tn_cli_load_catalogue (TnCliCall *call, GError **error);

/* (nullable) (transfer full): the only app of that id, or the one of that key. */
TnApp *tn_cli_find_app (TnCatalogue *catalogue, const char *named, GError **error);

/* @named: (nullable): by id or name; the first canvas where %NULL. Returns: (transfer full): its id */
char *tn_cli_choose_canvas (TnDb *db, const char *named, GError **error);

/**
 * tn_cli_announce:
 *
 * Tells open windows that a canvas was made or changed: the signal StoreChanged (s workspace, s canvas_id) of
 * com.tokennexus.Canvas1 from /com/tokennexus/Canvas on the session bus. Where there is no bus nobody is told.
 */
void tn_cli_announce (TnCliCall *call, const char *canvas_id);

/* Tells open windows that there are other apps now: the signal AppsChanged (s workspace), from the same place. */
void tn_cli_announce_apps (TnCliCall *call);

/* The same for an app that is noted to be erased, which an open window then does: the signal EraseNoted (s workspace). */
void tn_cli_announce_erasure (TnCliCall *call);

/* The same for what an app may do: the signal GrantsChanged (s workspace, s app_key). */
void tn_cli_announce_grants (TnCliCall *call, const char *app_key);

/* Each fault on a line of standard error, with its place. */
void tn_cli_say_faults (GPtrArray *report);

G_END_DECLS
