/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ROW_BYTES 64 /* what a row costs beyond its text */
#define PAGE_BYTES (512 * 1024)

/* An update on its way into the table. */
typedef struct
{
  const char *app_key, *text, *document, *summary;
  gint64 serial;
} Addition;

typedef struct
{
  const char *app_key;
  TnWebxdcRecord *record;
} Opening;

typedef struct
{
  const char *app_key;
  gint64 after;
  gsize bytes;
  TnWebxdcPage *page;
} Listing;

void
tn_webxdc_record_free (TnWebxdcRecord *self)
{
  g_free (self->address);
  g_free (self->document);
  g_free (self->summary);
  g_free (self);
}

void
tn_webxdc_page_free (TnWebxdcPage *self)
{
  g_ptr_array_unref (self->updates);
  g_free (self);
}

static void
update_free (gpointer data)
{
  TnWebxdcUpdate *update = data;

  g_free (update->text);
  g_free (update);
}

static gboolean
take_record (sqlite3_stmt *row, gpointer user_data)
{
  Opening *opening = user_data;

  opening->record = g_new0 (TnWebxdcRecord, 1);
  opening->record->address = g_strdup (tn_db_text (row, 0));
  opening->record->document = g_strdup ((const char *) sqlite3_column_text (row, 1));
  opening->record->summary = g_strdup ((const char *) sqlite3_column_text (row, 2));
  return FALSE;
}

static gboolean
make_row (TnDb *self, const char *app_key, GError **error)
{
  return tn_db_run (self, error,
                    "INSERT INTO webxdc (app_key, address) VALUES (?1, lower (hex (randomblob (16))))"
                    " ON CONFLICT DO NOTHING",
                    "s", app_key);
}

static gboolean
read_record (TnDb *self, Opening *opening, GError **error)
{
  return tn_db_each (self, take_record, opening, error,
                     "SELECT address, document, summary FROM webxdc WHERE app_key = ?1", "s", opening->app_key);
}

static gboolean
open_app (TnDb *self, gpointer user_data, GError **error)
{
  Opening *opening = user_data;

  return make_row (self, opening->app_key, error) && read_record (self, opening, error);
}

/**
 * tn_db_webxdc_open:
 *
 * Returns: (transfer full): what the app's tiles share, made where it is asked for the first time; %NULL with @error
 */
TnWebxdcRecord *
tn_db_webxdc_open (TnDb *self, const char *app_key, GError **error)
{
  Opening opening = { app_key, NULL };

  g_return_val_if_fail (self != NULL && app_key != NULL, NULL);

  /* Mostly it is there, and nothing need be written. */
  if (!read_record (self, &opening, error) || opening.record != NULL)
    return opening.record;
  return tn_db_write (self, open_app, &opening, error) ? opening.record : NULL;
}

static gboolean
check_room (TnDb *self, const Addition *addition, gint64 size, GError **error)
{
  gint64 used = 0;

  if (!tn_db_each (self, tn_db_take_int, &used, error, "SELECT bytes FROM webxdc WHERE app_key = ?1", "s",
                   addition->app_key))
    return FALSE;
  if (used + size <= TN_WEBXDC_MAX_BYTES)
    return TRUE;
  g_set_error (error, TN_STORE_ERROR, TN_STORE_ERROR_FULL,
               _("The app’s updates take all of the %d MiB that they may take together"),
               TN_WEBXDC_MAX_BYTES / 1024 / 1024);
  return FALSE;
}

static gboolean
add_update (TnDb *self, gpointer user_data, GError **error)
{
  Addition *addition = user_data;
  gint64 size = strlen (addition->text) + ROW_BYTES;

  return make_row (self, addition->app_key, error) && check_room (self, addition, size, error)
         && tn_db_run (self, error,
                       "UPDATE webxdc SET serial = serial + 1, bytes = bytes + ?2, document = ifnull (?3, document),"
                       " summary = ifnull (?4, summary) WHERE app_key = ?1",
                       "slss", addition->app_key, size, addition->document, addition->summary)
         && tn_db_run (self, error,
                       "INSERT INTO webxdc_update (app_key, serial, text)"
                       " SELECT app_key, serial, ?2 FROM webxdc WHERE app_key = ?1",
                       "ss", addition->app_key, addition->text)
         && tn_db_each (self, tn_db_take_int, &addition->serial, error, "SELECT serial FROM webxdc WHERE app_key = ?1",
                        "s", addition->app_key);
}

/**
 * tn_db_webxdc_add:
 * @text: the update, kept as it is
 * @document: (nullable): see #TnWebxdcRecord; %NULL leaves what is there, like @summary
 *
 * Returns: its serial, once it is on disk; 0 with @error, %TN_STORE_ERROR_FULL past %TN_WEBXDC_MAX_BYTES
 */
gint64
tn_db_webxdc_add (TnDb *self, const char *app_key, const char *text, const char *document, const char *summary,
                  GError **error)
{
  Addition addition = { app_key, text, document, summary, 0 };

  g_return_val_if_fail (self != NULL && app_key != NULL && text != NULL, 0);

  return tn_db_write (self, add_update, &addition, error) ? addition.serial : 0;
}

static gboolean
add_to_page (sqlite3_stmt *row, gpointer user_data)
{
  Listing *listing = user_data;
  TnWebxdcUpdate *update;
  const char *text = tn_db_text (row, 1);

  listing->bytes += strlen (text);
  if (listing->page->updates->len > 0 && listing->bytes > PAGE_BYTES)
    return FALSE;
  update = g_new (TnWebxdcUpdate, 1);
  update->serial = sqlite3_column_int64 (row, 0);
  update->text = g_strdup (text);
  g_ptr_array_add (listing->page->updates, update);
  return TRUE;
}

static gboolean
list_updates (TnDb *self, gpointer user_data, GError **error)
{
  Listing *listing = user_data;

  return tn_db_each (self, tn_db_take_int, &listing->page->max_serial, error,
                     "SELECT serial FROM webxdc WHERE app_key = ?1", "s", listing->app_key)
         && tn_db_each (self, add_to_page, listing, error,
                        "SELECT serial, text FROM webxdc_update WHERE app_key = ?1 AND serial > ?2 ORDER BY serial",
                        "sl", listing->app_key, listing->after);
}

/**
 * tn_db_webxdc_list:
 * @after: the serial that is known; any number
 *
 * Returns: (transfer full): the first updates after it; %NULL with @error
 */
TnWebxdcPage *
tn_db_webxdc_list (TnDb *self, const char *app_key, gint64 after, GError **error)
{
  g_autoptr (TnWebxdcPage) page = g_new0 (TnWebxdcPage, 1);
  Listing listing = { app_key, after, 0, page };

  page->updates = g_ptr_array_new_with_free_func (update_free);
  g_return_val_if_fail (self != NULL && app_key != NULL, NULL);

  return tn_db_transact (self, "BEGIN", list_updates, &listing, error) ? g_steal_pointer (&page) : NULL;
}
