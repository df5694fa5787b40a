/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-manifest.h"
#include "tn-permission.h"

G_BEGIN_DECLS

struct _TnManifest
{
  GObject parent;

  JsonObject *json;
  char *name; /* as it is shown */
  GArray *permissions; /* of TnPermission */
  TnSandboxLevel level;
  TnBackground background;
  TnBlockedApis blocked;
  TnResources resources;
  int default_w, default_h, min_w, min_h;
};

#define TN_MANIFEST_FILE "manifest.json"
#define TN_MANIFEST_MAX_BYTES (1024 * 1024)
#define TN_MANIFEST_ENTRY_POINT "index.html"

/**
 * tn_manifest_read:
 * @root: (nullable): the app's folder without links in its path; then the files that are named must be there
 * @id: (out) (optional) (transfer full) (nullable): the id, where it is well formed, whatever else is wrong
 * @faults: every fault is added
 *
 * Returns: (transfer full) (nullable): %NULL exactly where there are faults
 */
TnManifest *tn_manifest_read (const char *text, gssize length, const char *root, char **id, GPtrArray *faults);

/* tn_manifest_load() that gives the id too, as tn_manifest_read() does. */
TnManifest *tn_manifest_load_with_id (const char *directory, char **id, GPtrArray **faults, GError **error);

/* What the schema can't say: adds every fault. @json may have any shape. */
void tn_manifest_check (JsonObject *json, GPtrArray *faults);

/* The same for the files that are named, see tn_manifest_read(). */
void tn_manifest_check_files (JsonObject *json, const char *root, GPtrArray *faults);

/* The actions that a type knows, and their names with commas between, for a sentence. */
TnPermissionActions tn_permission_type_actions (TnPermissionType type, const char **names);

/* What is wrong with a resource of that type, translated; %NULL if nothing. */
const char *tn_permission_judge_resource (TnPermissionType type, const char *resource);

G_END_DECLS
