/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-manifest-private.h"

#include <gio/gio.h>

#include "tn-fault.h"
#include "tn-json.h"
#include "tn-package-resources.h"
#include "tn-schema.h"
#include "tn-words.h"

#define MINUTES_A_DAY (24 * 60)

typedef struct
{
  const char *name;
  int value;
} Word;

static const Word levels[] = {
  { "moderate", TN_LEVEL_MODERATE },
  { "strict", TN_LEVEL_STRICT },
  { "permissive", TN_LEVEL_PERMISSIVE },
};

static const Word backgrounds[] = {
  { "suspend", TN_BACKGROUND_SUSPEND },
  { "discard", TN_BACKGROUND_DISCARD },
  { "keep", TN_BACKGROUND_KEEP },
};

static const Word blockables[] = {
  { "eval", TN_BLOCK_EVAL },
  { "Function", TN_BLOCK_FUNCTION },
  { "WebAssembly", TN_BLOCK_WEBASSEMBLY },
  { "Worker", TN_BLOCK_WORKER },
  { "IndexedDB", TN_BLOCK_INDEXEDDB },
  { "localStorage", TN_BLOCK_LOCALSTORAGE },
  { "WebSocket", TN_BLOCK_WEBSOCKET },
  { "WebGL", TN_BLOCK_WEBGL },
  { "WebAudio", TN_BLOCK_WEBAUDIO },
  { "media", TN_BLOCK_MEDIA },
  { "canvas2d", TN_BLOCK_CANVAS2D },
};

static const struct
{
  const char *member;
  gsize offset;
  guint fallback;
} amounts[] = {
  { "memory", G_STRUCT_OFFSET (TnResources, memory), 200 },
  { "cpu", G_STRUCT_OFFSET (TnResources, cpu), 50 },
  { "storage", G_STRUCT_OFFSET (TnResources, storage), 50 },
  { "network", G_STRUCT_OFFSET (TnResources, network), 100 },
  { "apiCalls", G_STRUCT_OFFSET (TnResources, api_calls), 200 },
  { "bytes", G_STRUCT_OFFSET (TnResources, bytes), 50 },
};

/* The first of @words where @name is %NULL: the default. */
static int
look_up (const Word *words, gsize n, const char *name)
{
  for (gsize i = 0; i < n; i++)
    if (name == NULL || g_str_equal (name, words[i].name))
      return words[i].value;
  g_return_val_if_reached (words[0].value);
}

static TnBlockedApis
read_blocked (JsonArray *names)
{
  TnBlockedApis blocked = 0;

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    blocked |= look_up (blockables, G_N_ELEMENTS (blockables), json_array_get_string_element (names, i));
  return blocked;
}

static TnPermissionActions
read_actions (JsonArray *names)
{
  TnPermissionActions actions = 0, action;

  for (guint i = 0; i < json_array_get_length (names); i++)
    if (tn_permission_action_from_name (json_array_get_string_element (names, i), &action))
      actions |= action;
  return actions;
}

static guint
read_minutes (const char *text)
{
  return (guint) g_ascii_strtoull (text, NULL, 10) * 60 + (guint) g_ascii_strtoull (text + 3, NULL, 10);
}

/* The whole day is no term, written as it may be. */
static void
read_hours (TnTerms *terms, const char *text)
{
  guint from = read_minutes (text), to = read_minutes (text + 6);

  if ((to - from) % MINUTES_A_DAY != 0)
    *terms = (TnTerms) { terms->visible, terms->click, from, to, terms->per_minute };
}

static void
read_term (TnTerms *terms, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *hours = tn_json_get_string (object, "hours", NULL), *rate = tn_json_get_string (object, "rate", NULL);

  if (hours != NULL)
    read_hours (terms, hours);
  else if (rate != NULL)
    terms->per_minute = (guint) g_ascii_strtoull (rate, NULL, 10);
  else if (g_str_equal (json_node_get_string (node), "click"))
    terms->click = TRUE;
  else
    terms->visible = TRUE;
}

static TnTerms
read_terms (JsonArray *when)
{
  TnTerms terms = { FALSE };

  for (guint i = 0; when != NULL && i < json_array_get_length (when); i++)
    read_term (&terms, json_array_get_element (when, i));
  return terms;
}

/* The program sets what an app says of itself between these: one that has them could end its part, and go on as the program. */
static char *
unquote (const char *text)
{
  static const char *const marks[] = { "“", "”", "„", "«", "»" };
  GString *result = g_string_new (text);

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    g_string_replace (result, marks[i], "\"", 0);
  return g_string_free (result, FALSE);
}

static void
read_permissions (TnManifest *self)
{
  JsonArray *list = tn_json_get_array (self->json, "permissions");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *object = json_array_get_object_element (list, i);
      const char *reason = tn_json_get_string (object, "reason", NULL);
      TnPermission permission = {
        .resource = g_strdup (tn_json_get_string (object, "resource", NULL)),
        .actions = read_actions (tn_json_get_array (object, "actions")),
        .reason = reason != NULL ? unquote (reason) : NULL,
        .terms = read_terms (tn_json_get_array (object, "when")),
      };

      tn_permission_type_from_name (tn_json_get_string (object, "type", NULL), &permission.type);
      g_array_append_val (self->permissions, permission);
    }
}

static void
read_resources (TnResources *resources, JsonObject *object)
{
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    G_STRUCT_MEMBER (guint, resources, amounts[i].offset)
      = tn_json_get_int (object, amounts[i].member, amounts[i].fallback);
}

/* Where only one of the two sizes is given, the other's default gives way. */
static void
read_sizes (TnManifest *self, JsonObject *ui)
{
  JsonObject *preferred = tn_json_get_object (ui, "defaultSize"), *least = tn_json_get_object (ui, "minSize");

  self->min_w = tn_json_get_int (least, "w", 2);
  self->min_h = tn_json_get_int (least, "h", 2);
  self->default_w = tn_json_get_int (preferred, "w", MAX (4, self->min_w));
  self->default_h = tn_json_get_int (preferred, "h", MAX (4, self->min_h));
  self->min_w = MIN (self->min_w, self->default_w);
  self->min_h = MIN (self->min_h, self->default_h);
}

static TnManifest *
read_manifest (JsonObject *json)
{
  TnManifest *self = g_object_new (TN_TYPE_MANIFEST, NULL);
  JsonObject *security = tn_json_get_object (json, "security"), *ui = tn_json_get_object (json, "ui");

  self->json = json_object_ref (json);
  self->name = unquote (tn_json_get_string (json, "name", ""));
  self->level = look_up (levels, G_N_ELEMENTS (levels), tn_json_get_string (security, "sandboxLevel", NULL));
  self->background = look_up (backgrounds, G_N_ELEMENTS (backgrounds), tn_json_get_string (ui, "background", NULL));
  self->blocked = read_blocked (tn_json_get_array (security, "blockedAPIs"));
  read_permissions (self);
  read_resources (&self->resources, tn_json_get_object (json, "resources"));
  read_sizes (self, ui);
  return self;
}

/* Linked in by this call: a static library's constructor would be left out. */
static JsonNode *
get_schema (void)
{
  static JsonNode *schema;

  if (g_once_init_enter (&schema))
    {
      g_autoptr (GBytes) text = NULL;
      JsonNode *node;

      tn_package_register_resource ();
      text = g_resource_lookup_data (tn_package_get_resource (), "/com/tokennexus/Canvas/package/manifest.schema.json",
                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      node = tn_json_parse (g_bytes_get_data (text, NULL), g_bytes_get_size (text), NULL, NULL);

      g_assert (node != NULL);
      g_once_init_leave (&schema, node);
    }
  return schema;
}

static char *
find_id (JsonObject *json)
{
  const char *id = tn_json_get_string (json, "id", NULL);

  return id != NULL && tn_word_judge_id (id) == NULL ? g_strdup (id) : NULL;
}

static void
check (JsonNode *document, const char *root, GPtrArray *faults)
{
  JsonObject *json = JSON_NODE_HOLDS_OBJECT (document) ? json_node_get_object (document) : NULL;

  g_ptr_array_extend_and_steal (faults, tn_schema_validate (get_schema (), document));
  if (json != NULL)
    tn_manifest_check (json, faults);
  if (json != NULL && root != NULL)
    tn_manifest_check_files (json, root, faults);
}

TnManifest *
tn_manifest_read (const char *text, gssize length, const char *root, char **id, GPtrArray *faults)
{
  const TnJsonCaps caps = { TN_MANIFEST_MAX_BYTES, TN_JSON_CAPS_DEFAULT.max_depth };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) document = tn_json_parse (text, length, &caps, &error);

  if (document != NULL)
    check (document, root, faults);
  else
    tn_fault_list_add (faults, "", "%s", error->message);
  if (id != NULL)
    *id = document != NULL && JSON_NODE_HOLDS_OBJECT (document) ? find_id (json_node_get_object (document)) : NULL;
  return faults->len == 0 ? read_manifest (json_node_get_object (document)) : NULL;
}

TnManifest *
tn_manifest_parse (const char *text, gssize length, GPtrArray **faults)
{
  g_autoptr (GPtrArray) found = tn_fault_list_new ();
  TnManifest *self;

  g_return_val_if_fail (text != NULL, NULL);

  self = tn_manifest_read (text, length, NULL, NULL, found);
  if (faults != NULL)
    *faults = g_steal_pointer (&found);
  return self;
}
