/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-manifest-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "tn-bus.h"
#include "tn-fault.h"
#include "tn-json.h"
#include "tn-words.h"

/* What has the wrong shape is the schema's to report: here it is passed over. */

static const char *
judge_event_type (const char *text)
{
  return tn_subject_is_valid_type (text) ? NULL
                                         : _("must be names with dots between and no wildcards, like todo.item.done");
}

static const char *
judge_own_collection (const char *text)
{
  return strcmp (text, "self") == 0 ? _("must have another name: “self” stands for the app's own data")
                                    : tn_word_judge_collection (text);
}

static const struct
{
  const char *member;
  TnWordJudge judge;
} words[] = {
  { "id", tn_word_judge_id },
  { "name", tn_word_judge_label },
  { "version", tn_word_judge_version },
  { "description", tn_word_judge_prose },
  { "author", tn_word_judge_label },
  { "license", tn_word_judge_label },
  { "icon", tn_word_judge_file },
  { "entryPoint", tn_word_judge_file },
  { "workerScript", tn_word_judge_file },
  { "preview", tn_word_judge_file },
};

static void
judge (const char *text, TnWordJudge word_judge, const char *pointer, GPtrArray *faults)
{
  const char *fault = text != NULL ? word_judge (text) : NULL;

  if (fault != NULL)
    tn_fault_list_add (faults, pointer, "%s", fault);
}

static const char *
node_string (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static JsonObject *
node_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static guint
array_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

static void
check_sdk (JsonObject *json, GPtrArray *faults)
{
  gint64 sdk = tn_json_get_int (json, "sdk", TN_SDK_VERSION);

  if (sdk > TN_SDK_VERSION)
    tn_fault_list_add (faults, "/sdk",
                       _("asks for version %" G_GINT64_FORMAT " of the nexus object, but this program has %d: "
                         "a newer Token Nexus Canvas is needed"),
                       sdk, TN_SDK_VERSION);
}

static void
check_words (JsonObject *json, GPtrArray *faults)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *pointer = tn_json_pointer_join ("", words[i].member);

      judge (tn_json_get_string (json, words[i].member, NULL), words[i].judge, pointer, faults);
    }
}

static void
check_members (JsonObject *json, const char *member, TnWordJudge judge_name, TnWordJudge judge_text, GPtrArray *faults)
{
  g_autofree char *parent = tn_json_pointer_join ("", member);
  JsonObject *object = tn_json_get_object (json, member);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (object == NULL)
    return;
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node) && !tn_fault_list_is_full (faults))
    {
      g_autofree char *pointer = tn_json_pointer_join (parent, name);
      const char *fault = judge_name (name);

      if (fault != NULL)
        tn_fault_list_add (faults, pointer, "%s", fault);
      if (judge_text != NULL)
        judge (node_string (node), judge_text, pointer, faults);
    }
}

static void
check_collections (JsonObject *json, GPtrArray *faults)
{
  check_members (json, "dependencies", tn_word_judge_package, tn_word_judge_range, faults);
  check_members (json, "events", judge_event_type, NULL, faults);
  check_members (json, "data", judge_own_collection, NULL, faults);
}

static void
check_domains (JsonObject *json, GPtrArray *faults)
{
  JsonArray *domains = tn_json_get_array (tn_json_get_object (json, "security"), "allowedDomains");

  for (guint i = 0; i < array_length (domains) && !tn_fault_list_is_full (faults); i++)
    {
      g_autofree char *pointer = g_strdup_printf ("/security/allowedDomains/%u", i);

      judge (node_string (json_array_get_element (domains, i)), tn_word_judge_domain, pointer, faults);
    }
}

static gboolean
is_within_domains (const char *address, JsonArray *domains)
{
  g_autofree char *host = tn_word_address_host (address);

  for (guint i = 0; i < array_length (domains); i++)
    {
      const char *domain = node_string (json_array_get_element (domains, i));

      if (domain != NULL && tn_word_domain_covers (domain, host))
        return TRUE;
    }
  return FALSE;
}

static void
check_resource (JsonObject *json, TnPermissionType type, const char *resource, const char *place, GPtrArray *faults)
{
  JsonObject *security = tn_json_get_object (json, "security");
  g_autofree char *pointer = tn_json_pointer_join (place, "resource");
  const char *fault = tn_permission_judge_resource (type, resource);

  if (fault != NULL)
    tn_fault_list_add (faults, pointer, "%s", fault);
  else if (type == TN_PERMISSION_NETWORK
           && !is_within_domains (resource, tn_json_get_array (security, "allowedDomains")))
    tn_fault_list_add (faults, pointer, _("must lie in one of the domains of /security/allowedDomains"));
  if (type == TN_PERMISSION_NETWORK && g_str_equal (tn_json_get_string (security, "sandboxLevel", ""), "permissive"))
    tn_fault_list_add (faults, place, _("can't go together with the sandboxLevel “permissive”: an app that runs code "
                                        "from anywhere must not reach the network"));
}

static void
check_actions (TnPermissionType type, JsonArray *actions, const char *place, GPtrArray *faults)
{
  const char *names;
  TnPermissionActions known = tn_permission_type_actions (type, &names);

  for (guint i = 0; i < array_length (actions) && !tn_fault_list_is_full (faults); i++)
    {
      const char *name = node_string (json_array_get_element (actions, i));
      TnPermissionActions action;

      if (name != NULL && tn_permission_action_from_name (name, &action) && !(known & action))
        {
          g_autofree char *pointer = g_strdup_printf ("%s/actions/%u", place, i);

          tn_fault_list_add (faults, pointer, _("must be an action of this type: %s"), names);
        }
    }
}

/* Which of two would hold nobody could tell. */
static void
check_once (JsonObject *condition, const char *member, guint *n, const char *pointer, GPtrArray *faults)
{
  if (tn_json_get_string (condition, member, NULL) != NULL && ++*n > 1)
    tn_fault_list_add (faults, pointer, _("must be said only once in a permission"));
}

static void
check_when (JsonArray *when, const char *place, GPtrArray *faults)
{
  guint n_hours = 0, n_rates = 0;

  for (guint i = 0; i < array_length (when) && !tn_fault_list_is_full (faults); i++)
    {
      JsonObject *condition = node_object (json_array_get_element (when, i));
      g_autofree char *hours = g_strdup_printf ("%s/when/%u/hours", place, i);
      g_autofree char *rate = g_strdup_printf ("%s/when/%u/rate", place, i);

      judge (tn_json_get_string (condition, "hours", NULL), tn_word_judge_hours, hours, faults);
      judge (tn_json_get_string (condition, "rate", NULL), tn_word_judge_rate, rate, faults);
      check_once (condition, "hours", &n_hours, hours, faults);
      check_once (condition, "rate", &n_rates, rate, faults);
    }
}

static void
check_permission (JsonObject *json, JsonObject *permission, const char *place, GPtrArray *faults)
{
  g_autofree char *reason = tn_json_pointer_join (place, "reason");
  const char *type_name = tn_json_get_string (permission, "type", "");
  const char *resource = tn_json_get_string (permission, "resource", NULL);
  TnPermissionType type;

  judge (tn_json_get_string (permission, "reason", NULL), tn_word_judge_label, reason, faults);
  check_when (tn_json_get_array (permission, "when"), place, faults);
  if (!tn_permission_type_from_name (type_name, &type))
    return;
  check_actions (type, tn_json_get_array (permission, "actions"), place, faults);
  if (resource != NULL)
    check_resource (json, type, resource, place, faults);
}

static void
check_permissions (JsonObject *json, GPtrArray *faults)
{
  JsonArray *permissions = tn_json_get_array (json, "permissions");

  for (guint i = 0; i < array_length (permissions) && !tn_fault_list_is_full (faults); i++)
    {
      JsonObject *permission = node_object (json_array_get_element (permissions, i));
      g_autofree char *place = g_strdup_printf ("/permissions/%u", i);

      if (permission != NULL)
        check_permission (json, permission, place, faults);
    }
}

static gboolean
keeps_aspect (gint64 w, gint64 h, double aspect)
{
  return w == MAX (1, lround (h * aspect)) || h == MAX (1, lround (w / aspect));
}

static void
check_sizes (JsonObject *json, GPtrArray *faults)
{
  static const char *const sides[] = { "w", "h" };
  JsonObject *ui = tn_json_get_object (json, "ui");
  JsonObject *preferred = tn_json_get_object (ui, "defaultSize"), *least = tn_json_get_object (ui, "minSize");
  double aspect = tn_json_get_double (ui, "aspect", 0);
  gint64 w = tn_json_get_int (preferred, "w", 0), h = tn_json_get_int (preferred, "h", 0);

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    if (preferred != NULL && tn_json_get_int (least, sides[i], 0) > tn_json_get_int (preferred, sides[i], G_MAXINT))
      {
        g_autofree char *pointer = tn_json_pointer_join ("/ui/minSize", sides[i]);

        tn_fault_list_add (faults, pointer, _("must not be greater than the same side of /ui/defaultSize"));
      }
  if (aspect >= 0.1 && aspect <= 10 && w >= 1 && h >= 1 && w <= 64 && h <= 64 && !keeps_aspect (w, h, aspect))
    tn_fault_list_add (faults, "/ui/defaultSize", _("must keep the aspect of /ui/aspect as nearly as whole cells can"));
}

void
tn_manifest_check (JsonObject *json, GPtrArray *faults)
{
  static void (*const checks[]) (JsonObject *, GPtrArray *)
    = { check_sdk, check_words, check_domains, check_permissions, check_collections, check_sizes };

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    checks[i](json, faults);
}
