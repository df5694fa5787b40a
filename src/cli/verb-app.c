/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-verbs.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "tn-fault.h"
#include "tn-handed.h"
#include "tn-manifest.h"
#include "tn-table.h"
#include "tn-tree.h"
#include "tn-text.h"

static void
print_json (const char *path, TnManifest *manifest, GPtrArray *faults)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), object);
  g_autofree char *shown = g_filename_display_name (path);
  JsonArray *array = json_array_new ();

  for (guint i = 0; faults != NULL && i < faults->len; i++)
    {
      const TnFault *fault = faults->pdata[i];
      JsonObject *element = json_object_new ();

      json_object_set_string_member (element, "pointer", fault->pointer);
      json_object_set_string_member (element, "message", fault->message);
      json_array_add_object_element (array, element);
    }
  json_object_set_string_member (object, "path", shown);
  json_object_set_boolean_member (object, "valid", manifest != NULL);
  if (manifest != NULL)
    {
      json_object_set_string_member (object, "id", tn_manifest_get_id (manifest));
      json_object_set_string_member (object, "name", tn_manifest_get_name (manifest));
      json_object_set_string_member (object, "version", tn_manifest_get_version (manifest));
    }
  json_object_set_array_member (object, "faults", array);
  tn_cli_print_json (root);
}

static void
print_faults (GPtrArray *faults)
{
  g_autoptr (TnTable) table = tn_table_new (2, (const char *[]) { _("WHERE"), _("WHAT") });
  g_autofree char *text = NULL;

  for (guint i = 0; i < faults->len; i++)
    {
      const TnFault *fault = faults->pdata[i];

      tn_table_add (table, (const char *[]) { *fault->pointer != '\0' ? fault->pointer : _("(whole file)"),
                                              fault->message });
    }
  text = tn_table_to_string (table);
  tn_cli_print (text);
}

static void
print_verdict (const char *path, TnManifest *manifest, GPtrArray *faults)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *verdict = NULL;
  g_autofree char *safe = NULL;

  if (manifest == NULL)
    {
      print_faults (faults);
      tn_cli_say (g_dngettext (GETTEXT_PACKAGE, "“%s” is not valid: %u fault", "“%s” is not valid: %u faults",
                               faults->len),
                  shown, faults->len);
      return;
    }
  verdict = g_strdup_printf (_("“%s” is valid: %s, version %s"), shown, tn_manifest_get_name (manifest),
                             tn_manifest_get_version (manifest));
  safe = tn_text_make_safe (verdict);
  tn_cli_print (safe);
  tn_cli_print ("\n");
}

/* Where it is no folder it is unpacked into one that is gone again afterwards. */
static TnManifest *
load_unpacked (const char *path, GPtrArray **faults, GError **error)
{
  g_autofree char *directory = g_dir_make_tmp ("tnc-XXXXXX", error);
  g_autofree char *shown = g_filename_display_name (path);
  TnManifest *manifest = NULL;

  if (directory == NULL)
    return NULL;
  if (tn_handed_unpack (path, directory, NULL, error))
    {
      manifest = tn_manifest_load (directory, faults, error);
      if (error != NULL && g_error_matches (*error, TN_PACKAGE_ERROR, TN_PACKAGE_ERROR_MISSING))
        {
          g_clear_error (error);
          g_set_error (error, TN_PACKAGE_ERROR, TN_PACKAGE_ERROR_MISSING, _("“%s” has no manifest.json"), shown);
        }
    }
  tn_tree_remove (directory);
  return manifest;
}

static TnManifest *
load (const char *path, GPtrArray **faults, GError **error)
{
  TnHandedKind kind = tn_handed_kind (path);

  return kind == TN_HANDED_TGZ || kind == TN_HANDED_XDC ? load_unpacked (path, faults, error)
                                                        : tn_manifest_load (path, faults, error);
}

TnExit
tn_verb_app_validate (TnCliCall *call, GError **error)
{
  const char *path = tn_cli_get_argument (call, 0);
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (TnManifest) manifest = load (path, &faults, &local);

  if (manifest == NULL && (faults == NULL || faults->len == 0))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return TN_EXIT_FAILED;
    }
  if (tn_cli_wants_json (call))
    print_json (path, manifest, faults);
  else
    print_verdict (path, manifest, faults);
  return manifest != NULL ? TN_EXIT_DONE : TN_EXIT_FAILED;
}
