/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-verbs.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <unistd.h>

#include "tn-canvas-format.h"
#include "tn-db.h"
#include "tn-table.h"

static TnDb *
open_workspace (TnCliCall *call, GError **error)
{
  g_autofree char *directory = tn_cli_get_workspace_dir (call);

  /* What can't be looked into would else pass for what is not there. */
  if (access (directory, R_OK | X_OK) == 0 || errno != EACCES)
    return tn_db_open (directory, TN_DB_READ_ONLY, error);
  g_set_error (error, TN_STORE_ERROR, TN_STORE_ERROR_OPEN, _("“%s” can't be read: %s"), directory, g_strerror (errno));
  return NULL;
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

/* @named: (nullable): by id or name; the first canvas where %NULL. Returns: (transfer full): its id */
static char *
choose_canvas (TnDb *db, const char *named, GError **error)
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

static void
print_canvas_table (GPtrArray *canvases)
{
  g_autoptr (TnTable) table = tn_table_new (3, (const char *[]) { _("ID"), _("NAME"), _("LOCKED") });
  g_autofree char *text = NULL;

  for (guint i = 0; i < canvases->len; i++)
    {
      const TnCanvasRecord *canvas = canvases->pdata[i];

      tn_table_add (table, (const char *[]) { canvas->id, canvas->name, canvas->locked ? _("yes") : _("no") });
    }
  text = tn_table_to_string (table);
  tn_cli_print (text);
}

static void
print_canvas_json (GPtrArray *canvases)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) root = json_node_init_array (json_node_alloc (), array);

  for (guint i = 0; i < canvases->len; i++)
    {
      const TnCanvasRecord *canvas = canvases->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", canvas->id);
      json_object_set_string_member (object, "name", canvas->name);
      json_object_set_boolean_member (object, "locked", canvas->locked);
      json_array_add_object_element (array, object);
    }
  tn_cli_print_json (root);
}

TnExit
tn_verb_canvas_list (TnCliCall *call, GError **error)
{
  g_autoptr (TnDb) db = open_workspace (call, error);
  g_autoptr (GPtrArray) canvases = db != NULL ? tn_db_list_canvases (db, error) : NULL;

  if (canvases == NULL)
    return TN_EXIT_FAILED;
  if (tn_cli_wants_json (call))
    print_canvas_json (canvases);
  else
    print_canvas_table (canvases);
  return TN_EXIT_DONE;
}

static void
print_tiles (const TnCanvasRecord *canvas)
{
  g_autoptr (TnTable) table
    = tn_table_new (5, (const char *[]) { _("TILE"), _("APP"), _("TITLE"), _("PLACE"), _("LOCKED") });
  g_autofree char *text = NULL;

  for (guint i = 0; i < canvas->tiles->len; i++)
    {
      const TnTileRecord *tile = canvas->tiles->pdata[i];
      g_autofree char *place = g_strdup_printf ("%d,%d %d×%d", tile->x, tile->y, tile->w, tile->h);

      tn_table_add (table, (const char *[]) { tile->id, tile->app_id, tile->title, place,
                                              tile->locked ? _("yes") : _("no") });
    }
  text = tn_table_to_string (table);
  tn_cli_print (text);
}

static gboolean
show_text (TnDb *db, const char *canvas_id, GError **error)
{
  TnCanvasRecord *canvas = tn_db_load_canvas (db, canvas_id, TN_LAYOUT_WIDE, error);

  if (canvas == NULL)
    return FALSE;
  print_tiles (canvas);
  tn_canvas_record_free (canvas);
  return TRUE;
}

static gboolean
show_json (TnDb *db, const char *canvas_id, GError **error)
{
  g_autoptr (JsonNode) document = tn_canvas_format_export (db, canvas_id, error);

  if (document == NULL)
    return FALSE;
  tn_cli_print_json (json_object_get_member (json_node_get_object (document), "canvas"));
  return TRUE;
}

TnExit
tn_verb_canvas_show (TnCliCall *call, GError **error)
{
  g_autoptr (TnDb) db = open_workspace (call, error);
  g_autofree char *id = db != NULL ? choose_canvas (db, tn_cli_get_argument (call, 0), error) : NULL;

  if (id == NULL)
    return TN_EXIT_FAILED;
  return (tn_cli_wants_json (call) ? show_json : show_text) (db, id, error) ? TN_EXIT_DONE : TN_EXIT_FAILED;
}

/* Where the file is really to be written: a link's target is replaced, not the link. (transfer full) */
static char *
resolve_file (const char *path, GError **error)
{
  char *resolved = realpath (path, NULL);
  g_autofree char *shown = g_filename_display_name (path);

  if (resolved == NULL)
    return g_strdup (path);
  if (g_file_test (resolved, G_FILE_TEST_IS_REGULAR))
    return resolved;
  /* Replacing it would destroy a device or a socket. */
  g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_USAGE,
               _("“%s” is there and not a plain file; name another, or “-” for standard output"), shown);
  free (resolved);
  return NULL;
}

static gboolean
write_file (const char *path, JsonNode *document, GError **error)
{
  g_autofree char *file = resolve_file (path, error);
  g_autofree char *text = json_to_string (document, TRUE);
  g_autofree char *lines = g_strconcat (text, "\n", NULL);
  g_autofree char *shown = g_filename_display_name (path);

  if (file == NULL)
    return FALSE;
  if (g_file_set_contents_full (file, lines, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666,
                                error))
    return TRUE;
  g_prefix_error (error, _("“%s” can't be written: "), shown);
  return FALSE;
}

static void
report_export (TnCliCall *call, const char *path, const char *canvas_id, JsonNode *document)
{
  JsonObject *canvas = json_object_get_object_member (json_node_get_object (document), "canvas");
  guint n_tiles = json_array_get_length (json_object_get_array_member (canvas, "tiles"));
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), object);

  if (!tn_cli_wants_json (call))
    {
      tn_cli_say (g_dngettext (GETTEXT_PACKAGE, "“%s” now holds the canvas “%s” with %u tile",
                               "“%s” now holds the canvas “%s” with %u tiles", n_tiles),
                  shown, json_object_get_string_member (canvas, "name"), n_tiles);
      return;
    }
  json_object_set_string_member (object, "file", shown);
  json_object_set_string_member (object, "canvas", canvas_id);
  json_object_set_int_member (object, "tiles", n_tiles);
  tn_cli_print_json (root);
}

TnExit
tn_verb_canvas_export (TnCliCall *call, GError **error)
{
  const char *path = tn_cli_get_argument (call, 0);
  g_autoptr (TnDb) db = open_workspace (call, error);
  g_autofree char *id = db != NULL ? choose_canvas (db, tn_cli_get_option (call, "canvas"), error) : NULL;
  g_autoptr (JsonNode) document = id != NULL ? tn_canvas_format_export (db, id, error) : NULL;

  if (document == NULL)
    return TN_EXIT_FAILED;
  if (g_str_equal (path, "-"))
    {
      tn_cli_print_json (document);
      return TN_EXIT_DONE;
    }
  if (!write_file (path, document, error))
    return TN_EXIT_FAILED;
  report_export (call, path, id, document);
  return TN_EXIT_DONE;
}
