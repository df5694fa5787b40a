/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-cli-store.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "tn-paths.h"

/* What is misspelt must not become a workspace. */
static gboolean
check_is_there (const char *directory, GError **error)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (TnDb) db = tn_db_open (directory, TN_DB_READ_ONLY, &missing);

  if (!g_error_matches (missing, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&missing));
  return FALSE;
}

TnDb *
tn_cli_open_workspace (TnCliCall *call, TnDbMode mode, GError **error)
{
  g_autofree char *directory = tn_cli_get_workspace_dir (call);

  if (mode == TN_DB_READ_WRITE && tn_cli_get_option (call, "workspace") != NULL && !check_is_there (directory, error))
    return NULL;
  /* What can't be looked into would else pass for what is not there. */
  if (access (directory, R_OK | X_OK) == 0 || errno != EACCES)
    return tn_db_open (directory, mode, error);
  g_set_error (error, TN_STORE_ERROR, TN_STORE_ERROR_OPEN, _("“%s” can't be read: %s"), directory, g_strerror (errno));
  return NULL;
}

TnCatalogue *
tn_cli_load_catalogue (TnCliCall *call, GError **error)
{
  g_autofree char *workspace = tn_cli_get_workspace_dir (call);
  g_autoptr (TnCatalogue) catalogue = tn_catalogue_new ();

  return tn_catalogue_load (catalogue, workspace, error) ? g_steal_pointer (&catalogue) : NULL;
}

TnApp *
tn_cli_find_app (TnCatalogue *catalogue, const char *named, GError **error)
{
  g_autoptr (TnApp) found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalogue)); i++)
    {
      g_autoptr (TnApp) app = g_list_model_get_item (G_LIST_MODEL (catalogue), i);

      if (g_str_equal (tn_app_get_key (app), named))
        return g_steal_pointer (&app);
      if (!g_str_equal (tn_app_get_id (app), named))
        continue;
      if (found != NULL)
        {
          g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_USAGE,
                       _("More than one app is “%s”; name the one by its key, “%s” or “%s”"), named,
                       tn_app_get_key (found), tn_app_get_key (app));
          return NULL;
        }
      found = g_steal_pointer (&app);
    }
  if (found == NULL)
    g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_NOT_FOUND, _("There is no app “%s”; “tnc list” names them all"), named);
  return g_steal_pointer (&found);
}

static const TnCanvasRecord *
find_by_id (GPtrArray *canvases, const char *id)
{
  for (guint i = 0; i < canvases->len; i++)
    {
      const TnCanvasRecord *canvas = canvases->pdata[i];

      if (g_str_equal (canvas->id, id))
        return canvas;
    }
  return NULL;
}

static void
set_no_canvas (GError **error, GPtrArray *canvases, const char *typed)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  gsize nearest;

  for (guint i = 0; i < canvases->len; i++)
    g_ptr_array_add (names, ((TnCanvasRecord *) canvases->pdata[i])->name);
  nearest = tn_cli_find_nearest (typed, (const char *const *) names->pdata, names->len);
  g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_NOT_FOUND, _("There is no canvas “%s”; the nearest is “%s”"), typed,
               (const char *) names->pdata[nearest]);
}

static const TnCanvasRecord *
find_by_name (GPtrArray *canvases, const char *name, GError **error)
{
  const TnCanvasRecord *found = NULL;

  for (guint i = 0; i < canvases->len; i++)
    {
      const TnCanvasRecord *canvas = canvases->pdata[i];

      if (!g_str_equal (canvas->name, name))
        continue;
      if (found != NULL)
        {
          g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_USAGE,
                       _("More than one canvas is called “%s”; name the one by its id, “%s” or “%s”"), name, found->id,
                       canvas->id);
          return NULL;
        }
      found = canvas;
    }
  if (found == NULL)
    set_no_canvas (error, canvases, name);
  return found;
}

char *
tn_cli_choose_canvas (TnDb *db, const char *named, GError **error)
{
  g_autoptr (GPtrArray) canvases = tn_db_list_canvases (db, error);
  const TnCanvasRecord *canvas;

  if (canvases == NULL)
    return NULL;
  if (canvases->len == 0)
    {
      g_set_error_literal (error, TN_CLI_ERROR, TN_CLI_ERROR_NOT_FOUND, _("The workspace has no canvas yet"));
      return NULL;
    }
  if (named == NULL)
    return g_strdup (((TnCanvasRecord *) canvases->pdata[0])->id);
  canvas = find_by_id (canvases, named);
  if (canvas == NULL)
    canvas = find_by_name (canvases, named, error);
  return canvas != NULL ? g_strdup (canvas->id) : NULL;
}

/* (nullable): of a bus that is there; GLib would start one where there is none. */
static char *
find_bus (void)
{
  const char *address = g_getenv ("DBUS_SESSION_BUS_ADDRESS");
  g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);
  g_autofree char *escaped = NULL;

  if (address != NULL && *address != '\0')
    return g_strdup (address);
  if (!g_file_test (socket, G_FILE_TEST_EXISTS))
    return NULL;
  escaped = g_dbus_address_escape_value (socket);
  return g_strconcat ("unix:path=", escaped, NULL);
}

static const char *
get_workspace (TnCliCall *call)
{
  const char *workspace = tn_cli_get_option (call, "workspace");

  return workspace != NULL ? workspace : TN_WORKSPACE_DEFAULT;
}

static void
announce (const char *signal, GVariant *floating)
{
  g_autoptr (GVariant) parameters = g_variant_ref_sink (floating);
  g_autofree char *address = find_bus ();
  g_autoptr (GDBusConnection) bus = NULL;

  if (address == NULL)
    return;
  bus = g_dbus_connection_new_for_address_sync (address,
                                                G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                  | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                NULL, NULL, NULL);
  if (bus == NULL)
    return;
  g_dbus_connection_emit_signal (bus, NULL, "/com/tokennexus/Canvas", "com.tokennexus.Canvas1", signal, parameters,
                                 NULL);
  /* Closing alone leaves what is on its way behind. */
  g_dbus_connection_flush_sync (bus, NULL, NULL);
  g_dbus_connection_close_sync (bus, NULL, NULL);
}

void
tn_cli_announce (TnCliCall *call, const char *canvas_id)
{
  announce ("StoreChanged", g_variant_new ("(ss)", get_workspace (call), canvas_id));
}

void
tn_cli_announce_apps (TnCliCall *call)
{
  announce ("AppsChanged", g_variant_new ("(s)", get_workspace (call)));
}

void
tn_cli_announce_grants (TnCliCall *call, const char *app_key)
{
  announce ("GrantsChanged", g_variant_new ("(ss)", get_workspace (call), app_key));
}

void
tn_cli_announce_erasure (TnCliCall *call)
{
  announce ("EraseNoted", g_variant_new ("(s)", get_workspace (call)));
}

void
tn_cli_say_faults (GPtrArray *report)
{
  for (guint i = 0; i < report->len; i++)
    {
      const TnFault *fault = report->pdata[i];

      tn_cli_say ("%s: %s", *fault->pointer != '\0' ? fault->pointer : _("(whole file)"), fault->message);
    }
}
