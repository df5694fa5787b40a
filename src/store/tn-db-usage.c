/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-private.h"

#define DAY_S (24 * 60 * 60)
#define MINUTE_S 60

/* How long what is known of so long a span is kept. */
#define KEPT_S(span_s) ((span_s) == MINUTE_S ? DAY_S : 90 * DAY_S)

typedef struct
{
  const char *tile_id;
  gint64 span_s, time_s;
  const char *json;
} Usage;

static gboolean
add_usage (TnDb *self, gpointer user_data, GError **error)
{
  const Usage *usage = user_data;

  return tn_db_run (self, error, "REPLACE INTO usage (tile_id, span, time, value) VALUES (?1, ?2, ?3, ?4)", "slls",
                    usage->tile_id, usage->span_s, usage->time_s, usage->json)
         && tn_db_run (self, error, "DELETE FROM usage WHERE span = ?1 AND tile_id = ?2 AND (time < ?3 OR time > ?4)",
                       "lsll", usage->span_s, usage->tile_id, usage->time_s - KEPT_S (usage->span_s),
                       usage->time_s + usage->span_s);
}

/**
 * tn_db_add_usage:
 * @time_s: when the span ended, in seconds since 1970
 *
 * Takes away what is too old of the same tile, and what a clock that has been set back since wrote ahead of its time. Not waited for the disk: a power cut may take the newest.
 */
gboolean
tn_db_add_usage (TnDb *self, const char *tile_id, guint span_s, gint64 time_s, const char *json, GError **error)
{
  Usage usage = { tile_id, span_s, time_s, json };
  gboolean done;

  g_return_val_if_fail (self != NULL && tile_id != NULL && json != NULL, FALSE);

  done = tn_db_run (self, error, "PRAGMA synchronous = NORMAL", "")
         && tn_db_transact (self, "BEGIN IMMEDIATE", add_usage, &usage, error);
  tn_db_run (self, NULL, "PRAGMA synchronous = FULL", "");
  return done;
}

/**
 * tn_db_list_usage:
 *
 * Returns: (transfer full): JSON texts, the newest @limit, oldest first
 */
GStrv
tn_db_list_usage (TnDb *self, const char *tile_id, guint span_s, guint limit, GError **error)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (self != NULL && tile_id != NULL, NULL);

  if (!tn_db_each (self, tn_db_collect_text, values, error,
                   "SELECT value FROM (SELECT time, value FROM usage WHERE tile_id = ?1 AND span = ?2"
                   " ORDER BY time DESC LIMIT ?3) ORDER BY time",
                   "sll", tile_id, (gint64) span_s, (gint64) limit))
    return NULL;
  g_ptr_array_add (values, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&values), FALSE);
}
