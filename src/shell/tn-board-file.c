/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-board-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tn-fault.h"

#define BLOCK 65536
#define SUFFIX ".json"

typedef struct
{
  GFile *file;
  GHashTable *keys; /* app id → key, as the catalogue was when it was asked */
  TnFormat format;
  TnBoard *board; /* to be written */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->file);
  g_clear_pointer (&work->keys, g_hash_table_unref);
  g_clear_pointer (&work->board, tn_board_free);
  g_free (work);
}

static void
start (Work *work, GTaskThreadFunc run, gpointer tag, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, run);
}

void
tn_board_file_free (TnBoardFile *self)
{
  if (self == NULL)
    return;
  tn_board_free (self->board);
  g_ptr_array_unref (self->report);
  g_free (self);
}

char *
tn_board_file_name (const char *canvas)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (canvas != NULL, NULL);

  name = g_strdelimit (g_strdup (canvas), "/", '-');
  /* A file that begins with a dot is hidden. */
  if (*name == '.')
    *name = '-';
  return g_strconcat (name, SUFFIX, NULL);
}

char *
tn_board_file_title (GFile *file)
{
  g_autofree char *base = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  base = g_file_get_basename (file);
  return g_filename_display_name (base);
}

/* The canvas is called as the file, where the document doesn't say. (transfer full) */
static char *
canvas_name (GFile *file)
{
  char *name = tn_board_file_title (file);
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  return name;
}

static gboolean
check_plain (GFile *file, GError **error)
{
  g_autoptr (GFileInfo) info
    = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, NULL, error);

  if (info == NULL)
    return FALSE;
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, _("It is not a file; choose one"));
  return FALSE;
}

/* No more than is taken: the parser then says that it is too much. (transfer full) */
static GString *
read_text (GFile *file, GError **error)
{
  g_autoptr (GFileInputStream) stream = check_plain (file, error) ? g_file_read (file, NULL, error) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *block = g_malloc (BLOCK);
  gssize length;

  if (stream == NULL)
    return NULL;
  do
    {
      length = g_input_stream_read (G_INPUT_STREAM (stream), block, BLOCK, NULL, error);
      if (length < 0)
        return NULL;
      g_string_append_len (text, block, length);
    }
  while (length > 0 && text->len <= TN_BOARD_CAPS.max_bytes);
  return g_steal_pointer (&text);
}

static const char *
find_app (const char *app_id, gpointer keys)
{
  return g_hash_table_lookup (keys, app_id);
}

static TnBoardFile *
read_board (Work *work, GError **error)
{
  g_autoptr (GString) text = read_text (work->file, error);
  g_autoptr (JsonNode) document = text != NULL ? tn_board_parse (text->str, text->len, error) : NULL;
  g_autoptr (TnBoardFile) read = g_new0 (TnBoardFile, 1);
  g_autofree char *name = canvas_name (work->file);

  read->report = tn_fault_list_new ();
  if (document == NULL)
    return NULL;
  if (!tn_format_guess (document, &read->format))
    {
      g_set_error_literal (error, TN_BOARD_ERROR, TN_BOARD_ERROR_FORMAT,
                           _("It is JSON, but no canvas: choose a file that was exported by this program,"
                              " gridstack.js, Grafana or Home Assistant"));
      return NULL;
    }
  read->board = tn_board_read (read->format, document, name, find_app, work->keys, read->report, error);
  return read->board != NULL ? g_steal_pointer (&read) : NULL;
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  g_autofree char *title = tn_board_file_title (work->file);
  GError *error = NULL;
  TnBoardFile *read = read_board (work, &error);

  if (read != NULL)
    {
      g_task_return_pointer (task, read, (GDestroyNotify) tn_board_file_free);
      return;
    }
  g_prefix_error (&error, _("“%s”: "), title);
  g_task_return_error (task, error);
}

/* The catalogue belongs to the main thread. The first app of an id is the one that the catalogue would find. */
static GHashTable *
list_keys (TnCatalogue *catalogue)
{
  GHashTable *keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalogue)); i++)
    {
      g_autoptr (TnApp) app = g_list_model_get_item (G_LIST_MODEL (catalogue), i);
      const char *id = tn_app_get_id (app);

      g_hash_table_replace (keys, g_strdup (id), g_strdup (tn_app_get_key (tn_catalogue_find_id (catalogue, id))));
    }
  return keys;
}

void
tn_board_file_read_async (GFile *file, TnCatalogue *catalogue, GAsyncReadyCallback callback, gpointer user_data)
{
  Work *work;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (TN_IS_CATALOGUE (catalogue));

  work = g_new0 (Work, 1);
  work->file = g_object_ref (file);
  work->keys = list_keys (catalogue);
  start (work, read_in_thread, tn_board_file_read_async, callback, user_data);
}

TnBoardFile *
tn_board_file_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tn_board_file_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  g_autofree char *title = tn_board_file_title (work->file);
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (JsonNode) document = tn_board_write (work->format, work->board, report);
  g_autofree char *lines = tn_json_to_lines (document);
  GError *error = NULL;

  if (g_file_replace_contents (work->file, lines, strlen (lines), NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error))
    {
      g_task_return_pointer (task, g_steal_pointer (&report), (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  g_prefix_error (&error, _("“%s” can’t be written; choose another folder or name. "), title);
  g_task_return_error (task, error);
}

void
tn_board_file_write_async (GFile *file, TnFormat format, TnBoard *board, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Work *work;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (board != NULL);

  work = g_new0 (Work, 1);
  work->file = g_object_ref (file);
  work->format = format;
  work->board = board;
  start (work, write_in_thread, tn_board_file_write_async, callback, user_data);
}

GPtrArray *
tn_board_file_write_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tn_board_file_write_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
