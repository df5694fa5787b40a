/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-limits.h"
#include "tn-json.h"

#include <glib/gi18n-lib.h>

#define KEY "limits" /* of a value of the host's about the app: a JSON object of amounts by their names */
#define MEMORY_FOR_THE_ASKING 1024

struct _TnLimits
{
  GObject parent;

  TnStore *store;
  TnAudit *audit;
  GHashTable *amounts; /* app key → guint[TN_N_LIMITS], 0 where the person said nothing */
};

G_DEFINE_FINAL_TYPE (TnLimits, tn_limits, G_TYPE_OBJECT)

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *name;
  gsize offset;
} limits[] = {
  [TN_LIMIT_MEMORY] = { "memory", G_STRUCT_OFFSET (TnResources, memory) },
  [TN_LIMIT_CPU] = { "cpu", G_STRUCT_OFFSET (TnResources, cpu) },
  [TN_LIMIT_STORAGE] = { "storage", G_STRUCT_OFFSET (TnResources, storage) },
  [TN_LIMIT_NETWORK] = { "network", G_STRUCT_OFFSET (TnResources, network) },
  [TN_LIMIT_API_CALLS] = { "apiCalls", G_STRUCT_OFFSET (TnResources, api_calls) },
  [TN_LIMIT_BYTES] = { "bytes", G_STRUCT_OFFSET (TnResources, bytes) },
};

static void
tn_limits_finalize (GObject *object)
{
  TnLimits *self = TN_LIMITS (object);

  g_clear_object (&self->store);
  g_clear_object (&self->audit);
  g_hash_table_unref (self->amounts);
  G_OBJECT_CLASS (tn_limits_parent_class)->finalize (object);
}

static void
tn_limits_class_init (TnLimitsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tn_limits_finalize;

  signals[CHANGED]
    = g_signal_new ("changed", TN_TYPE_LIMITS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FAILED]
    = g_signal_new ("failed", TN_TYPE_LIMITS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tn_limits_init (TnLimits *self)
{
  self->amounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

TnLimits *
tn_limits_new (TnStore *store, TnAudit *audit)
{
  TnLimits *self;

  g_return_val_if_fail (TN_IS_STORE (store) && TN_IS_AUDIT (audit), NULL);

  self = g_object_new (TN_TYPE_LIMITS, NULL);
  self->store = g_object_ref (store);
  self->audit = g_object_ref (audit);
  return self;
}

static guint *
find_amounts (TnLimits *self, const char *app_key)
{
  guint *amounts = g_hash_table_lookup (self->amounts, app_key);

  if (amounts == NULL)
    {
      amounts = g_new0 (guint, TN_N_LIMITS);
      g_hash_table_insert (self->amounts, g_strdup (app_key), amounts);
    }
  return amounts;
}

/* What the file holds may be anything. */
static void
read_amounts (guint *amounts, const char *text)
{
  g_autoptr (JsonObject) object = tn_json_parse_object (text, -1, NULL, NULL);

  for (TnLimit limit = 0; limit < TN_N_LIMITS; limit++)
    {
      gint64 amount = object != NULL ? tn_json_get_int (object, limits[limit].name, 0) : 0;

      amounts[limit] = amount > 0 && amount <= TN_LIMIT_MOST ? amount : 0;
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TnLimits *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GHashTable) values = tn_store_kv_list_finish (TN_STORE (source), result, &error);
  GHashTableIter iter;
  gpointer app_key, text;

  if (values == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &app_key, &text))
    read_amounts (find_amounts (self, app_key), text);
  g_task_return_boolean (task, TRUE);
}

void
tn_limits_load_async (TnLimits *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (TN_IS_LIMITS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_limits_load_async);
  tn_store_kv_list_async (self->store, TN_KV_HOST, KEY, cancellable, loaded_cb, task);
}

gboolean
tn_limits_load_finish (TnLimits *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

guint
tn_limits_get_asked (TnApp *app, TnLimit limit)
{
  const TnResources *resources;
  guint asked;

  g_return_val_if_fail (tn_app_get_manifest (app) != NULL && limit < TN_N_LIMITS, 0);

  resources = tn_manifest_get_resources (tn_app_get_manifest (app));
  asked = G_STRUCT_MEMBER (guint, resources, limits[limit].offset);
  return limit == TN_LIMIT_MEMORY ? MIN (asked, MEMORY_FOR_THE_ASKING) : asked;
}

guint
tn_limits_get_own (TnLimits *self, const char *app_key, TnLimit limit)
{
  const guint *amounts;

  g_return_val_if_fail (TN_IS_LIMITS (self) && app_key != NULL && limit < TN_N_LIMITS, 0);

  amounts = g_hash_table_lookup (self->amounts, app_key);
  return amounts != NULL ? amounts[limit] : 0;
}

guint
tn_limits_get (TnLimits *self, TnApp *app, TnLimit limit)
{
  guint own = tn_limits_get_own (self, tn_app_get_key (app), limit);

  return own != 0 ? own : tn_limits_get_asked (app, limit);
}

/* (transfer full) (nullable): nothing where the person says nothing. */
static char *
amounts_to_text (const guint *amounts)
{
  g_autoptr (JsonObject) object = json_object_new ();

  for (TnLimit limit = 0; limit < TN_N_LIMITS; limit++)
    if (amounts[limit] != 0)
      json_object_set_int_member (object, limits[limit].name, amounts[limit]);
  return json_object_get_size (object) > 0 ? tn_json_object_to_string (object) : NULL;
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnLimits) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (tn_store_kv_set_finish (TN_STORE (source), result, &error))
    return;
  message = g_strdup_printf (_("The limit holds until the program ends, but could not be kept: %s"), error->message);
  g_signal_emit (self, signals[FAILED], 0, message);
}

void
tn_limits_set (TnLimits *self, TnApp *app, TnLimit limit, guint amount)
{
  const char *app_key;
  g_autofree char *text = NULL, *detail = NULL;
  guint *amounts;

  g_return_if_fail (TN_IS_LIMITS (self) && tn_app_get_manifest (app) != NULL);
  g_return_if_fail (limit < TN_N_LIMITS && amount <= TN_LIMIT_MOST);

  app_key = tn_app_get_key (app);
  amounts = find_amounts (self, app_key);
  if (amounts[limit] == amount)
    return;
  amounts[limit] = amount;
  text = amounts_to_text (amounts);
  tn_store_kv_set_async (self->store, TN_KV_HOST, app_key, KEY, text, NULL, kept_cb, g_object_ref (self));
  detail = g_strdup_printf ("%u, where the app asks for %u", tn_limits_get (self, app, limit),
                            tn_limits_get_asked (app, limit));
  tn_audit_add (self->audit, "limit.set", app_key, NULL, limits[limit].name, amount != 0 ? "set" : "reset", detail);
  g_signal_emit (self, signals[CHANGED], 0, app_key);
}

void
tn_limits_forget (TnLimits *self, const char *app_key)
{
  g_return_if_fail (TN_IS_LIMITS (self) && app_key != NULL);

  g_hash_table_remove (self->amounts, app_key);
}

const char *
tn_limit_name (TnLimit limit)
{
  g_return_val_if_fail (limit < TN_N_LIMITS, "");

  return limits[limit].name;
}
