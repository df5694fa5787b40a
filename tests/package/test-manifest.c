/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-fault.h"
#include "tn-json.h"
#include "tn-permission.h"

#include <string.h>

/* The manifest of the design, section 7. */
static const char full[]
  = "{ \"sdk\": 1, \"id\": \"com.example.todo\", \"name\": \"Todo\", \"version\": \"1.2.0\","
    "  \"description\": \"Lists.\","
    "  \"author\": \"Ada\", \"license\": \"MIT\","
    "  \"icon\": \"icon.svg\", \"entryPoint\": \"page.html\", \"workerScript\": \"backend.js\", \"preview\": \"p.png\","
    "  \"permissions\": ["
    "    {\"type\": \"network\", \"resource\": \"https://api.example.com/*\", \"actions\": [\"read\"],"
    "     \"reason\": \"Sync\"},"
    "    {\"type\": \"event\", \"resource\": \"todo.>\", \"actions\": [\"emit\", \"listen\"]},"
    "    {\"type\": \"data\", \"resource\": \"contacts\", \"actions\": [\"read\"],"
    "     \"when\": [\"visible\", \"click\", {\"hours\": \"08:00-18:00\"}, {\"rate\": \"10/min\"}]},"
    "    {\"type\": \"api\", \"resource\": \"notifications\", \"actions\": [\"write\"]},"
    "    {\"type\": \"ui\", \"resource\": \"title\", \"actions\": [\"write\"]} ],"
    "  \"security\": {\"sandboxLevel\": \"strict\", \"allowedDomains\": [\"api.example.com\"],"
    "                 \"blockedAPIs\": [\"eval\", \"IndexedDB\", \"canvas2d\"], \"dataEncryption\": false,"
    "                 \"auditLogging\": true},"
    "  \"resources\": {\"memory\": 201, \"cpu\": 51, \"storage\": 52, \"network\": 101,"
    "                  \"apiCalls\": 202, \"bytes\": 53},"
    "  \"dependencies\": {\"lit\": \"^3.1.0\"},"
    "  \"events\": {\"todo.item.done\": {\"type\": \"object\", \"required\": [\"id\"]}},"
    "  \"data\": {\"todo.items\": {\"schema\": {}, \"shared\": true}},"
    "  \"ui\": {\"defaultSize\": {\"w\": 6, \"h\": 3}, \"minSize\": {\"w\": 3, \"h\": 1}, \"aspect\": 2,"
    "           \"background\": \"keep\", \"settings\": {}} }";

static TnManifest *
parse (const char *text)
{
  g_autoptr (GPtrArray) faults = NULL;
  TnManifest *manifest = tn_manifest_parse (text, -1, &faults);

  if (manifest == NULL)
    g_error ("%s: %s", ((TnFault *) g_ptr_array_index (faults, 0))->pointer,
             ((TnFault *) g_ptr_array_index (faults, 0))->message);
  g_assert_cmpuint (faults->len, ==, 0);
  return manifest;
}

static TnManifest *
parse_with (const char *members)
{
  g_autofree char *text
    = g_strdup_printf ("{\"sdk\":1,\"id\":\"com.example.a\",\"name\":\"A\",\"version\":\"1.0.0\"%s}", members);

  return parse (text);
}

static void
check_permission (const TnPermission *permission, TnPermissionType type, const char *resource,
                  TnPermissionActions actions, const char *reason)
{
  g_assert_cmpint (permission->type, ==, type);
  g_assert_cmpstr (permission->resource, ==, resource);
  g_assert_cmpint (permission->actions, ==, actions);
  g_assert_cmpstr (permission->reason, ==, reason);
}

static void
check_terms (const TnPermission *permission, const char *names)
{
  g_autofree char *read = tn_permission_term_names (&permission->terms);

  g_assert_cmpstr (read, ==, names);
}

#define ONE_TERM(when)                                                                                                 \
  "{\"sdk\":1,\"id\":\"a.b\",\"name\":\"x\",\"version\":\"1.0.0\",\"permissions\":[{\"type\":\"ui\","                \
  "\"resource\":\"title\",\"actions\":[\"write\"],\"when\":[" when "]}]}"

/* Two times that are the same moment of the day leave no moment out. */
static void
test_hours (void)
{
  static const char *const rows[][2] = {
    { ONE_TERM ("{\"hours\":\"22:00-06:30\"}"), "22:00-06:30" },
    { ONE_TERM ("{\"hours\":\"00:00-24:00\"},\"click\""), "click" },
    { ONE_TERM ("\"visible\",{\"hours\":\"09:15-09:15\"}"), "visible" },
    { ONE_TERM ("{\"rate\":\"999999/min\"},{\"hours\":\"00:00-00:01\"}"), "00:00-00:01,999999/min" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TnManifest) m = parse (rows[i][0]);
      gsize n;

      check_terms (tn_manifest_get_permissions (m, &n), rows[i][1]);
    }
}

static void
test_texts (void)
{
  g_autoptr (TnManifest) m = parse (full);

  g_assert_cmpstr (tn_manifest_get_id (m), ==, "com.example.todo");
  g_assert_cmpstr (tn_manifest_get_name (m), ==, "Todo");
  g_assert_cmpstr (tn_manifest_get_version (m), ==, "1.2.0");
  g_assert_cmpstr (tn_manifest_get_description (m), ==, "Lists.");
  g_assert_cmpstr (tn_manifest_get_author (m), ==, "Ada");
  g_assert_cmpstr (tn_manifest_get_license (m), ==, "MIT");
  g_assert_cmpstr (tn_manifest_get_icon (m), ==, "icon.svg");
  g_assert_cmpstr (tn_manifest_get_entry_point (m), ==, "page.html");
  g_assert_cmpstr (tn_json_get_string (tn_manifest_get_json (m), "workerScript", NULL), ==, "backend.js");
}

/* Nothing that an app says of itself ends the quotation that it stands in. */
static void
test_quotes (void)
{
  g_autoptr (TnManifest) m = parse (
    "{\"sdk\":1,\"id\":\"a.b\",\"name\":\"A” is safe. “B\",\"version\":\"1.0.0\",\"permissions\":[{\"type\":\"ui\","
    "\"resource\":\"title\",\"actions\":[\"write\"],\"reason\":\"«Yes»”\"}]}");
  gsize n;

  g_assert_cmpstr (tn_manifest_get_name (m), ==, "A\" is safe. \"B");
  g_assert_cmpstr (tn_manifest_get_permissions (m, &n)[0].reason, ==, "\"Yes\"\"");
}

static void
test_permissions (void)
{
  g_autoptr (TnManifest) m = parse (full);
  gsize n;
  const TnPermission *permissions = tn_manifest_get_permissions (m, &n);

  g_assert_cmpuint (n, ==, 5);
  check_permission (&permissions[0], TN_PERMISSION_NETWORK, "https://api.example.com/*", TN_ACTION_READ, "Sync");
  check_permission (&permissions[1], TN_PERMISSION_EVENT, "todo.>", TN_ACTION_EMIT | TN_ACTION_LISTEN, NULL);
  check_permission (&permissions[2], TN_PERMISSION_DATA, "contacts", TN_ACTION_READ, NULL);
  check_permission (&permissions[3], TN_PERMISSION_API, "notifications", TN_ACTION_WRITE, NULL);
  check_permission (&permissions[4], TN_PERMISSION_UI, "title", TN_ACTION_WRITE, NULL);
  check_terms (&permissions[0], "");
  check_terms (&permissions[2], "visible,click,08:00-18:00,10/min");
}

static void
test_limits (void)
{
  g_autoptr (TnManifest) m = parse (full);
  const TnResources *r = tn_manifest_get_resources (m);

  g_assert_cmpint (tn_manifest_get_level (m), ==, TN_LEVEL_STRICT);
  g_assert_cmpint (tn_manifest_get_background (m), ==, TN_BACKGROUND_KEEP);
  g_assert_cmpint (tn_manifest_get_blocked_apis (m), ==, TN_BLOCK_EVAL | TN_BLOCK_INDEXEDDB | TN_BLOCK_CANVAS2D);
  g_assert_cmpuint (r->memory, ==, 201);
  g_assert_cmpuint (r->cpu, ==, 51);
  g_assert_cmpuint (r->storage, ==, 52);
  g_assert_cmpuint (r->network, ==, 101);
  g_assert_cmpuint (r->api_calls, ==, 202);
  g_assert_cmpuint (r->bytes, ==, 53);
}

static void
check_sizes (TnManifest *m, int default_w, int default_h, int min_w, int min_h)
{
  int w, h;

  tn_manifest_get_default_size (m, &w, &h);
  g_assert_cmpint (w, ==, default_w);
  g_assert_cmpint (h, ==, default_h);
  tn_manifest_get_min_size (m, &w, &h);
  g_assert_cmpint (w, ==, min_w);
  g_assert_cmpint (h, ==, min_h);
}

static void
test_sizes (void)
{
  g_autoptr (TnManifest) given = parse (full);
  g_autoptr (TnManifest) least = parse_with (",\"ui\":{\"minSize\":{\"w\":6,\"h\":3}}");
  g_autoptr (TnManifest) preferred = parse_with (",\"ui\":{\"defaultSize\":{\"w\":1,\"h\":3}}");
  g_autoptr (TnManifest) shape = parse_with (",\"ui\":{\"aspect\":null}");

  check_sizes (given, 6, 3, 3, 1);
  check_sizes (least, 6, 4, 6, 3);
  check_sizes (preferred, 1, 3, 1, 2);
  check_sizes (shape, 4, 4, 2, 2);
  g_assert_cmpfloat (tn_manifest_get_aspect (given), ==, 2);
  g_assert_cmpfloat (tn_manifest_get_aspect (shape), ==, 0);
}

static void
test_defaults (void)
{
  g_autoptr (TnManifest) m = parse_with ("");
  const TnResources *r = tn_manifest_get_resources (m);
  gsize n = 5;

  g_assert_cmpstr (tn_manifest_get_description (m), ==, "");
  g_assert_cmpstr (tn_manifest_get_author (m), ==, "");
  g_assert_cmpstr (tn_manifest_get_license (m), ==, "");
  g_assert_null (tn_manifest_get_icon (m));
  g_assert_cmpstr (tn_manifest_get_entry_point (m), ==, "index.html");
  g_assert_cmpint (tn_manifest_get_level (m), ==, TN_LEVEL_MODERATE);
  g_assert_cmpint (tn_manifest_get_background (m), ==, TN_BACKGROUND_SUSPEND);
  g_assert_cmpint (tn_manifest_get_blocked_apis (m), ==, 0);
  tn_manifest_get_permissions (m, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (r->memory, ==, 200);
  g_assert_cmpuint (r->cpu, ==, 50);
  g_assert_cmpuint (r->storage, ==, 50);
  g_assert_cmpuint (r->network, ==, 100);
  g_assert_cmpuint (r->api_calls, ==, 200);
  g_assert_cmpuint (r->bytes, ==, 50);
  g_assert_cmpfloat (tn_manifest_get_aspect (m), ==, 0);
  check_sizes (m, 4, 4, 2, 2);
}

static void
test_words (void)
{
  static const struct
  {
    const char *members;
    TnSandboxLevel level;
    TnBackground background;
    TnBlockedApis blocked;
  } cases[] = {
    { ",\"security\":{\"sandboxLevel\":\"permissive\",\"blockedAPIs\":[\"Function\",\"WebAssembly\",\"Worker\"]},"
      "\"ui\":{\"background\":\"discard\"}",
      TN_LEVEL_PERMISSIVE, TN_BACKGROUND_DISCARD, TN_BLOCK_FUNCTION | TN_BLOCK_WEBASSEMBLY | TN_BLOCK_WORKER },
    { ",\"security\":{\"sandboxLevel\":\"moderate\",\"blockedAPIs\":[\"localStorage\",\"WebSocket\",\"WebGL\"]},"
      "\"ui\":{\"background\":\"suspend\"}",
      TN_LEVEL_MODERATE, TN_BACKGROUND_SUSPEND, TN_BLOCK_LOCALSTORAGE | TN_BLOCK_WEBSOCKET | TN_BLOCK_WEBGL },
    { ",\"security\":{\"blockedAPIs\":[\"WebAudio\",\"media\"]}", TN_LEVEL_MODERATE, TN_BACKGROUND_SUSPEND,
      TN_BLOCK_WEBAUDIO | TN_BLOCK_MEDIA },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TnManifest) m = parse_with (cases[i].members);

      g_assert_cmpint (tn_manifest_get_level (m), ==, cases[i].level);
      g_assert_cmpint (tn_manifest_get_background (m), ==, cases[i].background);
      g_assert_cmpint (tn_manifest_get_blocked_apis (m), ==, cases[i].blocked);
    }
}

/* What authors may add for themselves. */
static void
test_own_members (void)
{
  g_autoptr (TnManifest) m
    = parse_with (",\"x-build\":{\"any\":[1]},\"x-\":null,\"$schema\":\"./manifest.schema.json\"");

  g_assert_true (json_object_has_member (tn_manifest_get_json (m), "x-build"));
}

static void
test_length (void)
{
  g_autoptr (TnManifest) m = NULL;
  g_autoptr (TnManifest) cut = tn_manifest_parse (full, sizeof full - 2, NULL);
  g_autofree char *behind = g_strconcat (full, "garbage", NULL);

  m = tn_manifest_parse (behind, sizeof full - 1, NULL);
  g_assert_nonnull (m);
  g_assert_null (cut);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/manifest/texts", test_texts);
  g_test_add_func ("/manifest/quotes", test_quotes);
  g_test_add_func ("/manifest/permissions", test_permissions);
  g_test_add_func ("/manifest/hours", test_hours);
  g_test_add_func ("/manifest/limits", test_limits);
  g_test_add_func ("/manifest/sizes", test_sizes);
  g_test_add_func ("/manifest/defaults", test_defaults);
  g_test_add_func ("/manifest/words", test_words);
  g_test_add_func ("/manifest/own-members", test_own_members);
  g_test_add_func ("/manifest/length", test_length);
  return g_test_run ();
}
