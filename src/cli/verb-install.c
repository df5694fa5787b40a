/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-verbs.h"

#include <glib/gi18n-lib.h>

#include "tn-catalogue.h"
#include "tn-cli-store.h"
#include "tn-intake.h"

/* What came of one of the things that were named. */
static void
add_result (JsonArray *results, const char *path, TnApp *app, const GError *error)
{
  g_autofree char *shown = g_filename_display_name (path);
  JsonObject *result = json_object_new ();

  json_object_set_string_member (result, "path", shown);
  json_object_set_boolean_member (result, "installed", app != NULL);
  if (app != NULL)
    {
      json_object_set_string_member (result, "id", tn_app_get_id (app));
      json_object_set_string_member (result, "key", tn_app_get_key (app));
      json_object_set_string_member (result, "name", tn_app_get_name (app));
      json_object_set_string_member (result, "version", tn_manifest_get_version (tn_app_get_manifest (app)));
    }
  else
    {
      json_object_set_string_member (result, "message", error->message);
    }
  json_array_add_object_element (results, result);
}

/* The app as it lies among the person's own now; (transfer full). */
static TnApp *
find_installed (const char *workspace, const char *id, GError **error)
{
  g_autofree char *mine = g_build_filename (workspace, "mine", NULL);
  g_autoptr (TnCatalogue) own = tn_catalogue_new ();
  TnApp *app;

  if (tn_catalogue_add_folder (own, TN_SOURCE_MINE, mine, error) < 0)
    return NULL;
  app = tn_catalogue_find_id (own, id);
  if (app == NULL)
    g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_NOT_FOUND, _("“%s” was installed and is gone again"), id);
  return app != NULL ? g_object_ref (app) : NULL;
}

static TnApp *
install (TnCliCall *call, const char *path, GError **error)
{
  g_autofree char *workspace = tn_cli_get_workspace_dir (call);
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char *id = NULL;

  if (!g_file_query_exists (file, NULL))
    {
      g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_NOT_FOUND, _("There is no file or folder “%s”"), shown);
      return NULL;
    }
  id = tn_intake (workspace, file, tn_cli_get_option (call, "replace") != NULL, NULL, error);
  if (id != NULL)
    return find_installed (workspace, id, error);
  if (error != NULL && g_error_matches (*error, TN_INTAKE_ERROR, TN_INTAKE_ERROR_EXISTS))
    {
      g_autofree char *why = g_strdup ((*error)->message);

      g_clear_error (error);
      g_set_error (error, TN_INTAKE_ERROR, TN_INTAKE_ERROR_EXISTS, _("%s; --replace puts it in the other's place"),
                   why);
    }
  return NULL;
}

/* Returns: how it went; tells the person where they are not to get JSON */
static TnExit
install_one (TnCliCall *call, const char *path, JsonArray *results)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnApp) app = install (call, path, &error);

  add_result (results, path, app, error);
  if (app == NULL)
    tn_cli_say ("%s", error->message);
  else if (!tn_cli_wants_json (call))
    tn_cli_say (_("“%s” is installed, version %s, as %s"), tn_app_get_name (app),
                tn_manifest_get_version (tn_app_get_manifest (app)), tn_app_get_id (app));
  return app != NULL ? TN_EXIT_DONE : tn_cli_get_exit (error);
}

/* A name that is misspelt must not become a workspace. */
static gboolean
check_workspace (TnCliCall *call, GError **error)
{
  g_autoptr (TnDb) db = NULL;

  if (tn_cli_get_option (call, "workspace") == NULL)
    return TRUE;
  db = tn_cli_open_workspace (call, TN_DB_READ_ONLY, error);
  return db != NULL;
}

TnExit
tn_verb_install (TnCliCall *call, GError **error)
{
  g_autoptr (JsonArray) results = json_array_new ();
  g_autoptr (JsonNode) root = json_node_init_array (json_node_alloc (), results);
  TnExit worst = TN_EXIT_DONE;

  if (!check_workspace (call, error))
    return TN_EXIT_FAILED;
  for (guint i = 0; tn_cli_get_argument (call, i) != NULL; i++)
    {
      TnExit exit = install_one (call, tn_cli_get_argument (call, i), results);

      worst = worst != TN_EXIT_DONE ? worst : exit;
    }
  tn_cli_announce_apps (call);
  if (tn_cli_wants_json (call))
    tn_cli_print_json (root);
  return worst;
}
