/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-verbs.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tn-board.h"
#include "tn-catalogue.h"
#include "tn-cli-store.h"

/* Canvases on their way to and from files. */

/* (out) @format: left alone where the option was not given */
static gboolean
take_format (TnCliCall *call, gboolean *given, TnFormat *format, GError **error)
{
  const char *name = tn_cli_get_option (call, "format");
  const char *names[TN_N_FORMATS];

  *given = name != NULL;
  if (name == NULL || tn_format_from_name (name, format))
    return TRUE;
  for (TnFormat i = 0; i < TN_N_FORMATS; i++)
    names[i] = tn_format_to_name (i);
  g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_USAGE, _("There is no format “%s”; the nearest is “%s”"), name,
               names[tn_cli_find_nearest (name, names, TN_N_FORMATS)]);
  return FALSE;
}

static void
add_faults (JsonObject *object, GPtrArray *report)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < report->len; i++)
    {
      const TnFault *fault = report->pdata[i];
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "pointer", fault->pointer);
      json_object_set_string_member (entry, "message", fault->message);
      json_array_add_object_element (array, entry);
    }
  json_object_set_array_member (object, "report", array);
}

static void
print_report (TnFormat format, const TnBoard *board, const char *canvas_id, const char *name, const char *file,
              GPtrArray *report)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), object);

  json_object_set_string_member (object, "file", file);
  json_object_set_string_member (object, "canvas", canvas_id);
  json_object_set_string_member (object, "name", name);
  json_object_set_string_member (object, "format", tn_format_to_name (format));
  json_object_set_int_member (object, "tiles", board->tiles->len);
  add_faults (object, report);
  tn_cli_print_json (root);
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
  g_autofree char *lines = tn_json_to_lines (document);
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
report_export (TnCliCall *call, const char *path, TnFormat format, const TnBoard *board, GPtrArray *report)
{
  g_autofree char *shown = g_filename_display_name (path);

  if (tn_cli_wants_json (call))
    {
      print_report (format, board, board->canvas->id, board->canvas->name, shown, report);
      return;
    }
  tn_cli_say_faults (report);
  tn_cli_say (g_dngettext (GETTEXT_PACKAGE, "“%s” now holds the canvas “%s” with %u tile",
                           "“%s” now holds the canvas “%s” with %u tiles", board->tiles->len),
              shown, board->canvas->name, board->tiles->len);
}

TnExit
tn_verb_canvas_export (TnCliCall *call, GError **error)
{
  const char *path = tn_cli_get_argument (call, 0);
  TnFormat format = TN_FORMAT_NATIVE;
  gboolean given;
  g_autoptr (TnDb) db = NULL;
  g_autofree char *id = NULL;
  g_autoptr (TnBoard) board = NULL;
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (JsonNode) document = NULL;

  if (!take_format (call, &given, &format, error))
    return TN_EXIT_USAGE;
  db = tn_cli_open_workspace (call, TN_DB_READ_ONLY, error);
  id = db != NULL ? tn_cli_choose_canvas (db, tn_cli_get_option (call, "canvas"), error) : NULL;
  board = id != NULL ? tn_board_load (db, id, error) : NULL;
  if (board == NULL)
    return TN_EXIT_FAILED;
  document = tn_board_write (format, board, report);
  if (g_str_equal (path, "-"))
    {
      tn_cli_print_json (document);
      tn_cli_say_faults (report);
      return TN_EXIT_DONE;
    }
  if (!write_file (path, document, error))
    return TN_EXIT_FAILED;
  report_export (call, path, format, board, report);
  return TN_EXIT_DONE;
}

/* No more than is taken, of whatever has no end. (transfer full) */
static GString *
read_stream (FILE *stream, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char block[65536];
  gsize length;

  while ((length = fread (block, 1, sizeof block, stream)) > 0 && text->len <= TN_BOARD_CAPS.max_bytes)
    g_string_append_len (text, block, length);
  if (ferror (stream))
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s", g_strerror (code));
      return NULL;
    }
  return g_steal_pointer (&text);
}

static GString *
read_file (const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  FILE *stream = g_str_equal (path, "-") ? stdin : fopen (path, "re");
  GString *text = NULL;
  int code = errno;

  if (stream != NULL)
    text = read_stream (stream, error);
  else
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s", g_strerror (code));
  if (text == NULL)
    g_prefix_error (error, _("“%s” can't be read: "), shown);
  if (stream != NULL && stream != stdin)
    fclose (stream);
  return text;
}

static const char *
find_app (const char *app_id, gpointer catalogue)
{
  TnApp *app = tn_catalogue_find_id (catalogue, app_id);

  return app != NULL ? tn_app_get_key (app) : NULL;
}

/* The canvas is called as the file, where the document doesn't say. */
static TnBoard *
read_board (TnCliCall *call, TnFormat format, JsonNode *document, GPtrArray *report, GError **error)
{
  const char *path = tn_cli_get_argument (call, 0);
  g_autofree char *workspace = tn_cli_get_workspace_dir (call);
  g_autofree char *name = g_str_equal (path, "-") ? g_strdup (_("Imported")) : g_filename_display_basename (path);
  g_autoptr (TnCatalogue) catalogue = tn_catalogue_new ();
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  /* Without them the canvas would be made of placeholders, also for apps that are there. */
  if (!tn_catalogue_load (catalogue, workspace, error))
    {
      g_prefix_error (error, _("The apps can't be listed, so nothing was imported: "));
      return NULL;
    }
  return tn_board_read (format, document, name, find_app, catalogue, report, error);
}

/* Returns: (transfer full) (nullable): what made the new canvas */
static TnOperation *
keep_board (TnCliCall *call, const TnBoard *board, GError **error)
{
  g_autoptr (TnDb) db = tn_cli_open_workspace (call, TN_DB_READ_WRITE, error);
  g_autoptr (GPtrArray) canvases = db != NULL ? tn_db_list_canvases (db, error) : NULL;
  g_autoptr (TnOperation) operation = canvases != NULL ? tn_board_operation (board, canvases) : NULL;

  if (operation == NULL || !tn_db_apply (db, operation, error))
    return NULL;
  return g_steal_pointer (&operation);
}

static TnExit
import_document (TnCliCall *call, TnFormat format, JsonNode *document, GError **error)
{
  g_autofree char *shown = g_filename_display_name (tn_cli_get_argument (call, 0));
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (TnBoard) board = read_board (call, format, document, report, error);
  g_autoptr (TnOperation) operation = board != NULL ? keep_board (call, board, error) : NULL;
  const char *id, *name;

  if (operation == NULL)
    return TN_EXIT_FAILED;
  id = tn_operation_get_canvas_id (operation);
  name = tn_operation_get_subject (operation);
  tn_cli_announce (call, id);
  if (tn_cli_wants_json (call))
    {
      print_report (format, board, id, name, shown, report);
      return TN_EXIT_DONE;
    }
  tn_cli_say_faults (report);
  tn_cli_say (g_dngettext (GETTEXT_PACKAGE, "The canvas “%s” with %u tile was made of “%s” (%s)",
                           "The canvas “%s” with %u tiles was made of “%s” (%s)", board->tiles->len),
              name, board->tiles->len, shown, tn_format_to_title (format));
  return TN_EXIT_DONE;
}

TnExit
tn_verb_canvas_import (TnCliCall *call, GError **error)
{
  TnFormat format = TN_FORMAT_NATIVE;
  gboolean given;
  g_autoptr (GString) text = NULL;
  g_autoptr (JsonNode) document = NULL;

  if (!take_format (call, &given, &format, error))
    return TN_EXIT_USAGE;
  text = read_file (tn_cli_get_argument (call, 0), error);
  document = text != NULL ? tn_board_parse (text->str, text->len, error) : NULL;
  if (document == NULL)
    return TN_EXIT_FAILED;
  if (given || tn_format_guess (document, &format))
    return import_document (call, format, document, error);
  g_set_error_literal (error, TN_BOARD_ERROR, TN_BOARD_ERROR_FORMAT,
                       _("The file is JSON, but in none of the formats that can be imported: of this program, of"
                          " gridstack.js, Grafana or Home Assistant"));
  return TN_EXIT_FAILED;
}
