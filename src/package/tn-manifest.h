/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define TN_PACKAGE_ERROR (tn_package_error_quark ())
GQuark tn_package_error_quark (void);

typedef enum
{
  TN_PACKAGE_ERROR_MISSING = 1, /* no folder, or no manifest.json in it */
  TN_PACKAGE_ERROR_UNREADABLE,  /* there, but can't be read */
  TN_PACKAGE_ERROR_MANIFEST,    /* the manifest has faults */
} TnPackageErrorCode;

/* The bridge's version; an app that asks for a newer one is refused. */
#define TN_SDK_VERSION 1

typedef enum
{
  TN_LEVEL_STRICT,
  TN_LEVEL_MODERATE,
  TN_LEVEL_PERMISSIVE,
} TnSandboxLevel;

typedef enum
{
  TN_BACKGROUND_SUSPEND,
  TN_BACKGROUND_DISCARD,
  TN_BACKGROUND_KEEP,
} TnBackground;

/* The closed list of blockedAPIs. */
typedef enum
{
  TN_BLOCK_EVAL = 1 << 0,
  TN_BLOCK_FUNCTION = 1 << 1,
  TN_BLOCK_WEBASSEMBLY = 1 << 2,
  TN_BLOCK_WORKER = 1 << 3,
  TN_BLOCK_INDEXEDDB = 1 << 4,
  TN_BLOCK_LOCALSTORAGE = 1 << 5,
  TN_BLOCK_WEBSOCKET = 1 << 6,
  TN_BLOCK_WEBGL = 1 << 7,
  TN_BLOCK_WEBAUDIO = 1 << 8,
  TN_BLOCK_MEDIA = 1 << 9,
  TN_BLOCK_CANVAS2D = 1 << 10,
} TnBlockedApis;

typedef enum
{
  TN_PERMISSION_NETWORK,
  TN_PERMISSION_EVENT,
  TN_PERMISSION_DATA,
  TN_PERMISSION_API,
  TN_PERMISSION_UI,
  TN_PERMISSION_DEVELOP, /* never in a manifest: the person's alone to give */
} TnPermissionType;

/* Actions of all types, as bits. */
typedef enum
{
  TN_ACTION_READ = 1 << 0,
  TN_ACTION_WRITE = 1 << 1,
  TN_ACTION_SOCKET = 1 << 2,
  TN_ACTION_EMIT = 1 << 3,
  TN_ACTION_LISTEN = 1 << 4,
  TN_ACTION_RESPOND = 1 << 5,
  TN_ACTION_USE = 1 << 6,
} TnPermissionActions;

/**
 * TnTerms:
 * @visible: only while the tile is in sight
 * @click: only right after a click
 * @from: minutes since midnight, local time; as @to where it is any time of day
 * @to: the first minute that is not allowed; past midnight where it is less than @from
 * @per_minute: how often; 0 for no limit
 *
 * When a permission holds: all of it at once.
 */
typedef struct
{
  gboolean visible, click;
  guint from, to;
  guint per_minute;
} TnTerms;

typedef struct
{
  TnPermissionType type;
  char *resource;
  TnPermissionActions actions;
  char *reason; /* nullable */
  TnTerms terms;
} TnPermission;

/* Units as in design.md section 7, in this order: MiB, MiB, % of one core, requests and calls a minute, MiB a day. */
typedef struct
{
  guint memory, storage, cpu, network, api_calls, bytes;
} TnResources;

/**
 * TnManifest:
 *
 * An app's manifest.json, checked and immutable.
 */
#define TN_TYPE_MANIFEST (tn_manifest_get_type ())
G_DECLARE_FINAL_TYPE (TnManifest, tn_manifest, TN, MANIFEST, GObject)

/**
 * tn_manifest_parse:
 * @text: the file's content; at most 1 MiB is taken
 * @faults: (out) (optional) (element-type TnFault) (transfer full): every fault (at most %TN_FAULT_LIST_MAX); not empty
 *   exactly where %NULL is returned
 *
 * Judges shape by data/sdk/manifest.schema.json and meaning by the rules of design.md section 7. Members that nobody
 * knows are faults, except those at the top whose names begin with "x-", and "$schema", which helps editors.
 */
TnManifest *tn_manifest_parse (const char *text, gssize length, GPtrArray **faults);

/**
 * tn_manifest_load:
 * @directory: an app's folder
 *
 * @faults: (out) (optional) (element-type TnFault) (transfer full): as of tn_manifest_parse(); empty where the file
 *   can't be read
 *
 * Reads manifest.json and checks too that the files it names are there, are regular files that can be read, and stay
 * inside @directory, links followed.
 * Returns: (transfer full): %NULL with @error (missing, unreadable) or with %TN_PACKAGE_ERROR_MANIFEST and @faults
 */
TnManifest *tn_manifest_load (const char *directory, GPtrArray **faults, GError **error);

const char *tn_manifest_get_id (TnManifest *self);
const char *tn_manifest_get_name (TnManifest *self); /* as it is shown: “ and the like are plain " in it */
const char *tn_manifest_get_version (TnManifest *self);
const char *tn_manifest_get_description (TnManifest *self); /* "" where there is none, like author and license */
const char *tn_manifest_get_author (TnManifest *self);
const char *tn_manifest_get_license (TnManifest *self);
const char *tn_manifest_get_icon (TnManifest *self);        /* nullable */
const char *tn_manifest_get_entry_point (TnManifest *self);
TnSandboxLevel tn_manifest_get_level (TnManifest *self);
TnBlockedApis tn_manifest_get_blocked_apis (TnManifest *self);
gboolean tn_manifest_get_encrypted (TnManifest *self); /* dataEncryption */
TnBackground tn_manifest_get_background (TnManifest *self);
const TnResources *tn_manifest_get_resources (TnManifest *self);
const TnPermission *tn_manifest_get_permissions (TnManifest *self, gsize *n);
gboolean tn_manifest_allows_host (TnManifest *self, const char *host); /* by allowedDomains; in lower case */
void tn_manifest_get_default_size (TnManifest *self, int *w, int *h);
void tn_manifest_get_min_size (TnManifest *self, int *w, int *h);
double tn_manifest_get_aspect (TnManifest *self); /* 0 for none */
JsonObject *tn_manifest_get_json (TnManifest *self); /* the whole document; (transfer none) */

/**
 * tn_app_key:
 * @source: where the app comes from ("bundled", a folder's URI, a registry's URL)
 * @publisher_key: "" where there is none
 *
 * 16 characters of base32 of SHA-256 over the three, each ended by a newline.
 * Returns: (transfer full)
 */
char *tn_app_key (const char *source, const char *id, const char *publisher_key);

G_END_DECLS
