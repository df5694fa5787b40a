/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tn-json.h"

#define KEPT 100000
#define KEPT_BYTES (64 * 1024 * 1024)
#define BATCH 512
#define BATCH_BYTES (1024 * 1024)

/* Adding up what the ring holds takes milliseconds, so it is done first thing, and then when it may be full: never sooner
 * than after so much more. */
#define WEIGH_AFTER (1024 * 1024)

typedef struct
{
  const TnEventFilter *filter;
  gsize bytes;
  GPtrArray *events;
} Listing;

/* What an app whose data are encrypted says is not kept, only that it said something. Returns: (transfer full) */
static char *
read_kept (TnDb *self, TnEvent *event, GError **error)
{
  g_auto (GStrv) source = g_strsplit (tn_event_get_source (event), "/", 3);
  g_autoptr (JsonObject) envelope = NULL;
  gboolean sealed = FALSE;

  if (g_strv_length (source) == 3 && !tn_db_is_sealed (self, source[1], &sealed, error))
    return NULL;
  if (!sealed)
    return g_strdup (tn_event_get_json (event));
  envelope = tn_json_parse_object (tn_event_get_json (event), -1, NULL, NULL);
  g_return_val_if_fail (envelope != NULL, NULL);
  json_object_remove_member (envelope, "data");
  json_object_remove_member (envelope, "datacontenttype");
  return tn_json_object_to_string (envelope);
}

static gboolean
insert_event (TnDb *self, TnEvent *event, GError **error)
{
  g_autofree char *json = read_kept (self, event, error);
  gint64 size = json != NULL ? (gint64) strlen (json) : 0;

  if (json == NULL)
    return FALSE;
  self->event_room -= size;
  return tn_db_run (self, error, "INSERT INTO event (type, size, json) VALUES (?1, ?2, ?3)", "sls",
                    tn_event_get_event_type (event), size, json);
}

/* Takes the oldest away until the ring is within its bounds. */
static gboolean
trim (TnDb *self, GError **error)
{
  gint64 total = 0;

  /* Where an app was erased the numbers have gaps, and a few fewer are kept for a while. */
  if (!tn_db_run (self, error, "DELETE FROM event WHERE seq <= (SELECT max (seq) FROM event) - ?1", "i", KEPT))
    return FALSE;
  if (self->event_room > 0)
    return TRUE;
  if (!tn_db_each (self, tn_db_take_int, &total, error, "SELECT ifnull (sum (size), 0) FROM event", ""))
    return FALSE;
  self->event_room = MAX (WEIGH_AFTER, KEPT_BYTES - total);
  return total <= KEPT_BYTES
         || tn_db_run (self, error,
                       "DELETE FROM event WHERE seq <= (SELECT seq FROM"
                       " (SELECT seq, sum (size) OVER (ORDER BY seq DESC) AS total FROM event)"
                       " WHERE total > ?1 ORDER BY seq DESC LIMIT 1)",
                       "i", KEPT_BYTES);
}

static gboolean
write_events (TnDb *self, gpointer user_data, GError **error)
{
  for (guint i = 0; i < self->events->len; i++)
    if (!insert_event (self, g_ptr_array_index (self->events, i), error))
      return FALSE;
  return trim (self, error);
}

/* Writes what was appended so far as one transaction. It is not waited for the disk: a power cut may take the newest
 * events, never what the person did. What can't be written is dropped. */
gboolean
tn_db_flush_events (TnDb *self, GError **error)
{
  gboolean done;

  if (self->events->len == 0)
    return TRUE;
  done = tn_db_run (self, error, "PRAGMA synchronous = NORMAL", "")
         && tn_db_transact (self, "BEGIN IMMEDIATE", write_events, NULL, error);
  tn_db_run (self, NULL, "PRAGMA synchronous = FULL", "");
  g_ptr_array_set_size (self->events, 0);
  self->event_bytes = 0;
  return done;
}

/**
 * tn_db_append_event:
 *
 * Keeps @event; it is written together with others: with the 512th or the mebibyte, before a listing, on closing.
 *
 * Returns: %FALSE where those that waited could not be written
 */
gboolean
tn_db_append_event (TnDb *self, TnEvent *event, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (event != NULL, FALSE);

  g_ptr_array_add (self->events, tn_event_ref (event));
  self->event_bytes += tn_event_get_size (event);
  return (self->events->len < BATCH && self->event_bytes < BATCH_BYTES) || tn_db_flush_events (self, error);
}

static gboolean
add_event (sqlite3_stmt *row, gpointer user_data)
{
  Listing *listing = user_data;
  const TnEventFilter *filter = listing->filter;
  g_autoptr (TnEvent) event = NULL;

  if (listing->events->len >= filter->limit)
    return FALSE;
  if (filter->pattern != NULL && !tn_subject_matches (filter->pattern, tn_db_text (row, 0)))
    return TRUE;
  event = tn_event_from_json (tn_db_text (row, 1), NULL);
  if (event == NULL)
    return TRUE;
  listing->bytes += tn_event_get_size (event);
  if (tn_event_get_time_us (event) < filter->since_us || (filter->max_bytes > 0 && listing->bytes > filter->max_bytes))
    return FALSE;
  g_ptr_array_add (listing->events, g_steal_pointer (&event));
  return TRUE;
}

static void
reverse (GPtrArray *array)
{
  for (guint i = 0, j = array->len; i + 1 < j; i++)
    {
      gpointer first = array->pdata[i];

      array->pdata[i] = array->pdata[--j];
      array->pdata[j] = first;
    }
}

/**
 * tn_db_list_events:
 *
 * Returns: (transfer full) (element-type TnEvent): oldest first; %NULL with %TN_STORE_ERROR_INVALID where the pattern is
 *   not one
 */
GPtrArray *
tn_db_list_events (TnDb *self, const TnEventFilter *filter, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_event_unref);
  Listing listing = { filter, 0, events };

  g_return_val_if_fail (self != NULL, NULL);

  if (filter->pattern != NULL && !tn_subject_is_valid_pattern (filter->pattern))
    {
      g_set_error (error, TN_STORE_ERROR, TN_STORE_ERROR_INVALID, _("“%s” is not a pattern of event types"),
                   filter->pattern);
      return NULL;
    }
  if (!tn_db_flush_events (self, error)
      || !tn_db_each (self, add_event, &listing, error, "SELECT type, json FROM event ORDER BY seq DESC", ""))
    return NULL;
  reverse (events);
  return g_steal_pointer (&events);
}
