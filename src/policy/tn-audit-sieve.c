/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-audit-sieve.h"

#include "tn-clock.h"
#include "tn-rate.h"

#define BURST 20
#define PER_SECOND 0.1
#define MINUTE_US (60 * G_USEC_PER_SEC)

/* Past so many different ones only their kinds are told apart. */
#define MAX_OPEN 2048

static const char *const repeated[] = { "call.", "csp.", "limit.", "process.", "grant.asked" };

/* What is being counted: the row that will tell of it, with a count of 0 where there was none since the first. */
typedef struct
{
  TnAuditRecord *record;
  gint64 until_us;
} Open;

struct _TnAuditSieve
{
  GHashTable *rates; /* kind and app → TnRate */
  GHashTable *open;  /* what is the same in rows that are the same → Open */
};

static void
open_free (gpointer data)
{
  Open *open = data;

  tn_audit_record_free (open->record);
  g_free (open);
}

TnAuditSieve *
tn_audit_sieve_new (void)
{
  TnAuditSieve *self = g_new0 (TnAuditSieve, 1);

  self->rates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, open_free);
  return self;
}

void
tn_audit_sieve_free (TnAuditSieve *self)
{
  g_hash_table_unref (self->rates);
  g_hash_table_unref (self->open);
  g_free (self);
}

static gboolean
is_repeated (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (repeated); i++)
    if (g_str_has_prefix (kind, repeated[i]))
      return TRUE;
  return FALSE;
}

/* Two rows whose texts themselves have a U+0001 may pass for the same: they are counted all the same. */
static char *
join (const char *a, const char *b, const char *c, const char *d, const char *e, const char *f)
{
  const char *const texts[] = { a, b, c, d, e, f };
  GString *key = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_string_append_printf (key, "%s\001", texts[i] != NULL ? texts[i] : "");
  return g_string_free (key, FALSE);
}

static gboolean
may_be_a_row (TnAuditSieve *self, const TnAuditRecord *record)
{
  g_autofree char *key = join (record->kind, record->app_key, NULL, NULL, NULL, NULL);
  TnRate *rate = g_hash_table_lookup (self->rates, key);

  if (g_hash_table_size (self->open) >= MAX_OPEN)
    return FALSE;
  if (rate == NULL)
    {
      rate = g_new (TnRate, 1);
      tn_rate_init (rate, PER_SECOND, BURST);
      g_hash_table_insert (self->rates, g_steal_pointer (&key), rate);
    }
  return tn_rate_take (rate, 1);
}

/* @key, @record: (transfer full) */
static void
begin_to_count (TnAuditSieve *self, char *key, TnAuditRecord *record, gint64 count)
{
  Open *open = g_new (Open, 1);

  record->count = count;
  *open = (Open){ record, tn_clock_monotonic_us () + MINUTE_US };
  g_hash_table_insert (self->open, key, open);
}

/* Of those that are too many only kind, app and outcome are kept. */
static void
count_in_bulk (TnAuditSieve *self, const TnAuditRecord *record)
{
  gboolean crowded = g_hash_table_size (self->open) >= MAX_OPEN;
  const char *app_key = crowded ? NULL : record->app_key, *outcome = crowded ? NULL : record->outcome;
  g_autofree char *key = join ("bulk", record->kind, app_key, outcome, NULL, NULL);
  Open *open = g_hash_table_lookup (self->open, key);

  if (open != NULL)
    open->record->count++;
  else
    begin_to_count (self, g_steal_pointer (&key),
                    tn_audit_record_new (record->kind, app_key, NULL, NULL, outcome, NULL), 1);
}

TnAuditRecord *
tn_audit_sieve_add (TnAuditSieve *self, TnAuditRecord *record)
{
  g_autoptr (TnAuditRecord) owned = record;
  g_autofree char *key = NULL;
  Open *open;

  if (!is_repeated (record->kind))
    return g_steal_pointer (&owned);
  key = join (record->kind, record->app_key, record->tile_id, record->subject, record->outcome, record->detail);
  open = g_hash_table_lookup (self->open, key);
  if (open != NULL)
    open->record->count++;
  else if (may_be_a_row (self, record))
    begin_to_count (self, g_steal_pointer (&key), tn_audit_record_copy (record), 0);
  else
    count_in_bulk (self, record);
  return open == NULL && key == NULL ? g_steal_pointer (&owned) : NULL;
}

gboolean
tn_audit_sieve_drain (TnAuditSieve *self, GPtrArray *rows, gboolean all)
{
  gint64 now = tn_clock_monotonic_us ();
  GHashTableIter iter;
  Open *open;

  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &open))
    {
      if (!all && open->until_us > now)
        continue;
      if (open->record->count > 0)
        {
          open->record->time_us = tn_clock_wall_us ();
          g_ptr_array_add (rows, g_steal_pointer (&open->record));
        }
      g_hash_table_iter_remove (&iter);
    }
  return g_hash_table_size (self->open) > 0;
}
