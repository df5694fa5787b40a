/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-verbs.h"

#include <glib/gi18n-lib.h>

#include "tn-board.h"
#include "tn-cli-store.h"
#include "tn-table.h"

static void
print_canvas_table (GPtrArray *canvases)
{
  g_autoptr (TnTable) table = tn_table_new (3, (const char *[]){ _("ID"), _("NAME"), _("LOCKED") });
  g_autofree char *text = NULL;

  for (guint i = 0; i < canvases->len; i++)
    {
      const TnCanvasRecord *canvas = canvases->pdata[i];

      tn_table_add (table, (const char *[]){ canvas->id, canvas->name, canvas->locked ? _("yes") : _("no") });
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
  g_autoptr (TnDb) db = tn_cli_open_workspace (call, TN_DB_READ_ONLY, error);
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
    = tn_table_new (5, (const char *[]){ _("TILE"), _("APP"), _("TITLE"), _("PLACE"), _("LOCKED") });
  g_autofree char *text = NULL;

  for (guint i = 0; i < canvas->tiles->len; i++)
    {
      const TnTileRecord *tile = canvas->tiles->pdata[i];
      g_autofree char *place = g_strdup_printf ("%d,%d %d×%d", tile->x, tile->y, tile->w, tile->h);

      tn_table_add (table, (const char *[]){ tile->id, tile->app_id, tile->title, place,
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
  g_autoptr (TnBoard) board = tn_board_load (db, canvas_id, error);
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (JsonNode) document = board != NULL ? tn_board_write (TN_FORMAT_NATIVE, board, report) : NULL;

  if (document == NULL)
    return FALSE;
  tn_cli_say_faults (report);
  tn_cli_print_json (json_object_get_member (json_node_get_object (document), "canvas"));
  return TRUE;
}

TnExit
tn_verb_canvas_show (TnCliCall *call, GError **error)
{
  g_autoptr (TnDb) db = tn_cli_open_workspace (call, TN_DB_READ_ONLY, error);
  g_autofree char *id = db != NULL ? tn_cli_choose_canvas (db, tn_cli_get_argument (call, 0), error) : NULL;

  if (id == NULL)
    return TN_EXIT_FAILED;
  return (tn_cli_wants_json (call) ? show_json : show_text) (db, id, error) ? TN_EXIT_DONE : TN_EXIT_FAILED;
}
