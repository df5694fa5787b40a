/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-log.h"
#include "tn-clock.h"
#include "tn-text.h"

#include <string.h>

#define TAKE_MS 50
#define MAX_CHARACTERS 4096

struct _TnLogEntry
{
  GObject parent;

  TnLogRecord record; /* with strings of its own */
};

G_DEFINE_FINAL_TYPE (TnLogEntry, tn_log_entry, G_TYPE_OBJECT)

struct _TnLog
{
  GObject parent;

  GQueue entries; /* of TnLogEntry */
  GMutex mutex;   /* over the next three */
  GQueue coming;  /* the same, not taken in yet */
  guint64 n_lost;
  guint source;
};

static void tn_log_list_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TnLog, tn_log, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, tn_log_list_init))

static const struct
{
  const char *name;
  GLogLevelFlags flag; /* GLib's; 0 where it has none */
} levels[] = {
  [TN_LOG_DEBUG] = { "debug", G_LOG_LEVEL_DEBUG },       [TN_LOG_INFO] = { "info", G_LOG_LEVEL_INFO | G_LOG_LEVEL_MESSAGE },
  [TN_LOG_WARNING] = { "warning", G_LOG_LEVEL_WARNING }, [TN_LOG_ERROR] = { "error", G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL },
  [TN_LOG_CSP] = { "csp", 0 },                           [TN_LOG_SECURITY] = { "security", 0 },
  [TN_LOG_AUDIT] = { "audit", 0 },
};

static GMutex followers_mutex;
static GPtrArray *followers; /* of TnLog, which take themselves out */

static void
tn_log_entry_finalize (GObject *object)
{
  TnLogRecord *record = &TN_LOG_ENTRY (object)->record;

  g_free ((char *) record->app_key);
  g_free ((char *) record->tile_id);
  g_free ((char *) record->text);
  g_free ((char *) record->source);
  G_OBJECT_CLASS (tn_log_entry_parent_class)->finalize (object);
}

static void
tn_log_entry_class_init (TnLogEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tn_log_entry_finalize;
}

static void
tn_log_entry_init (TnLogEntry *self)
{
}

const TnLogRecord *
tn_log_entry_get (TnLogEntry *self)
{
  g_return_val_if_fail (TN_IS_LOG_ENTRY (self), NULL);

  return &self->record;
}

/* Cut before it is made safe: what comes is as long as a page likes. */
static char *
keep (const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, strnlen (text, 4 * MAX_CHARACTERS)) : NULL;
  g_autofree char *cut = valid != NULL ? g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_CHARACTERS)) : NULL;

  return cut != NULL ? tn_text_make_safe (cut) : NULL;
}

static TnLogEntry *
make_entry (const TnLogRecord *record)
{
  TnLogEntry *entry = g_object_new (TN_TYPE_LOG_ENTRY, NULL);

  entry->record = (TnLogRecord){ record->level,         g_strdup (record->app_key), g_strdup (record->tile_id),
                                 keep (record->text),   keep (record->source),      record->line,
                                 tn_clock_wall_us (),   1 };
  return entry;
}

static gboolean
are_same (const TnLogRecord *one, const TnLogRecord *other)
{
  return one->level == other->level && one->line == other->line && g_strcmp0 (one->text, other->text) == 0
         && g_strcmp0 (one->source, other->source) == 0 && g_strcmp0 (one->tile_id, other->tile_id) == 0
         && g_strcmp0 (one->app_key, other->app_key) == 0;
}

/* The same once more is counted. An entry that is in the list already is not changed but replaced: lists look at them
 * only when they come. */
static guint
merge_last (TnLog *self, GQueue *coming)
{
  TnLogEntry *last = g_queue_peek_tail (&self->entries), *first = g_queue_peek_head (coming);

  if (last == NULL || !are_same (&last->record, &first->record))
    return 0;
  first->record.count += last->record.count;
  g_object_unref (g_queue_pop_tail (&self->entries));
  return 1;
}

static void
drop_oldest (TnLog *self, guint n)
{
  for (guint i = 0; i < n; i++)
    g_object_unref (g_queue_pop_head (&self->entries));
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

static gboolean
take_cb (gpointer user_data)
{
  TnLog *self = user_data;
  GQueue coming;
  guint length, replaced, n;

  g_mutex_lock (&self->mutex);
  coming = self->coming;
  g_queue_init (&self->coming);
  self->source = 0;
  g_mutex_unlock (&self->mutex);
  if (coming.length == 0)
    return G_SOURCE_REMOVE;
  length = self->entries.length;
  drop_oldest (self, MIN (length, length + coming.length > TN_LOG_LENGTH ? length + coming.length - TN_LOG_LENGTH : 0));
  replaced = merge_last (self, &coming);
  length = self->entries.length;
  n = coming.length;
  for (TnLogEntry *entry; (entry = g_queue_pop_head (&coming)) != NULL;)
    g_queue_push_tail (&self->entries, entry);
  g_list_model_items_changed (G_LIST_MODEL (self), length, replaced, n);
  return G_SOURCE_REMOVE;
}

void
tn_log_add (TnLog *self, const TnLogRecord *record)
{
  g_autoptr (TnLogEntry) entry = NULL;
  TnLogEntry *last;

  g_return_if_fail (TN_IS_LOG (self) && record != NULL && record->text != NULL);

  entry = make_entry (record);
  g_mutex_lock (&self->mutex);
  last = g_queue_peek_tail (&self->coming);
  if (last != NULL && are_same (&last->record, &entry->record))
    last->record.count++;
  else
    g_queue_push_tail (&self->coming, g_steal_pointer (&entry));
  if (self->coming.length > TN_LOG_LENGTH)
    {
      g_object_unref (g_queue_pop_head (&self->coming));
      self->n_lost++;
    }
  if (self->source == 0)
    self->source = g_timeout_add (TAKE_MS, take_cb, self);
  g_mutex_unlock (&self->mutex);
}

static const char *
find_field (const GLogField *fields, gsize n, const char *key)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (fields[i].key, key) && fields[i].length == -1)
      return fields[i].value;
  return NULL;
}

/* Of other libraries only what goes wrong is heard. */
static void
hear (GLogLevelFlags flags, const GLogField *fields, gsize n)
{
  const char *domain = find_field (fields, n, "GLIB_DOMAIN"), *line = find_field (fields, n, "CODE_LINE");
  TnLogRecord record = { .text = find_field (fields, n, "MESSAGE"), .source = find_field (fields, n, "CODE_FILE"),
                         .line = line != NULL ? (guint) g_ascii_strtoull (line, NULL, 10) : 0 };

  for (guint level = 0; level < G_N_ELEMENTS (levels); level++)
    if ((levels[level].flag & flags) != 0)
      record.level = level;
  if (record.text == NULL || (g_strcmp0 (domain, G_LOG_DOMAIN) != 0 && record.level < TN_LOG_WARNING))
    return;
  g_mutex_lock (&followers_mutex);
  for (guint i = 0; i < followers->len; i++)
    tn_log_add (followers->pdata[i], &record);
  g_mutex_unlock (&followers_mutex);
}

static GLogWriterOutput
write_cb (GLogLevelFlags flags, const GLogField *fields, gsize n, gpointer user_data)
{
  hear (flags, fields, n);
  return g_log_writer_default (flags, fields, n, NULL);
}

/* GLib takes one writer in a program's life. */
void
tn_log_follow_program (TnLog *self)
{
  g_return_if_fail (TN_IS_LOG (self));

  g_mutex_lock (&followers_mutex);
  if (followers == NULL)
    {
      followers = g_ptr_array_new ();
      g_log_set_writer_func (write_cb, NULL, NULL);
    }
  g_ptr_array_add (followers, self);
  g_mutex_unlock (&followers_mutex);
}

guint64
tn_log_get_n_lost (TnLog *self)
{
  guint64 n;

  g_return_val_if_fail (TN_IS_LOG (self), 0);

  g_mutex_lock (&self->mutex);
  n = self->n_lost;
  g_mutex_unlock (&self->mutex);
  return n;
}

void
tn_log_clear (TnLog *self)
{
  guint n;

  g_return_if_fail (TN_IS_LOG (self));

  g_mutex_lock (&self->mutex);
  g_queue_clear_full (&self->coming, g_object_unref);
  self->n_lost = 0;
  g_mutex_unlock (&self->mutex);
  n = self->entries.length;
  drop_oldest (self, n);
}

const char *
tn_log_level_name (TnLogLevel level)
{
  g_return_val_if_fail ((gsize) level < G_N_ELEMENTS (levels), NULL);

  return levels[level].name;
}

static GType
tn_log_get_item_type (GListModel *list)
{
  return TN_TYPE_LOG_ENTRY;
}

static guint
tn_log_get_n_items (GListModel *list)
{
  return TN_LOG (list)->entries.length;
}

static gpointer
tn_log_get_item (GListModel *list, guint position)
{
  TnLogEntry *entry = g_queue_peek_nth (&TN_LOG (list)->entries, position);

  return entry != NULL ? g_object_ref (entry) : NULL;
}

static void
tn_log_list_init (GListModelInterface *iface)
{
  iface->get_item_type = tn_log_get_item_type;
  iface->get_n_items = tn_log_get_n_items;
  iface->get_item = tn_log_get_item;
}

static void
tn_log_finalize (GObject *object)
{
  TnLog *self = TN_LOG (object);

  g_mutex_lock (&followers_mutex);
  if (followers != NULL)
    g_ptr_array_remove_fast (followers, self);
  g_mutex_unlock (&followers_mutex);
  g_clear_handle_id (&self->source, g_source_remove);
  g_queue_clear_full (&self->coming, g_object_unref);
  g_queue_clear_full (&self->entries, g_object_unref);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (tn_log_parent_class)->finalize (object);
}

static void
tn_log_class_init (TnLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tn_log_finalize;
}

static void
tn_log_init (TnLog *self)
{
  g_mutex_init (&self->mutex);
  g_queue_init (&self->coming);
  g_queue_init (&self->entries);
}

TnLog *
tn_log_new (void)
{
  return g_object_new (TN_TYPE_LOG, NULL);
}
