/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-policy.h"

#include <glib/gi18n-lib.h>

#include "tn-clock.h"
#include "tn-ledger.h"
#include "tn-permission.h"

#define OWN_DATA "self"
#define NOT_DECLARED "The app’s manifest does not declare this"
#define REFUSED "The person does not allow this"
#define REFUSED_OFTEN "The person has said no a few times, and is asked no more before the app starts again"
#define MAX_REFUSALS 3
#define MODE "mode"

struct _TnPolicy
{
  GObject parent;

  TnStore *store;
  TnAudit *audit; /* nullable */
  GHashTable *ledgers; /* TnManifest, which takes itself out → TnLedger */
  GHashTable *grants;  /* what record_key() makes → TnGrant */
  GHashTable *levels;  /* app key → TnSandboxLevel + 1 */
  TnMode mode;
  gboolean has_mode;   /* it was chosen or read */
  guint written;       /* answers so far: what was read before the last one is old */
  gint64 minute_ends_us;
  guint minute;
};

G_DEFINE_FINAL_TYPE (TnPolicy, tn_policy, G_TYPE_OBJECT)

enum
{
  CHANGED,
  FAILED,
  MODE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const level_names[] = {
  [TN_LEVEL_STRICT] = "strict",
  [TN_LEVEL_MODERATE] = "moderate",
  [TN_LEVEL_PERMISSIVE] = "permissive",
};

TnGrantRecord *
tn_policy_make_record (const char *app_key, const TnPermission *permission)
{
  g_autofree char *actions = NULL, *terms = NULL;

  g_return_val_if_fail (app_key != NULL && permission != NULL, NULL);

  actions = tn_permission_action_names (permission->actions);
  terms = tn_permission_term_names (&permission->terms);
  return tn_grant_record_new (app_key, tn_permission_type_name (permission->type), permission->resource, actions,
                              terms);
}

/* No part has a newline in it. */
static char *
record_key (const TnGrantRecord *record)
{
  return g_strjoin ("\n", record->app_key, record->type, record->resource, record->actions, record->terms, NULL);
}

static TnGrant *
take_grant (TnPolicy *self, const TnGrantRecord *record)
{
  g_autofree char *key = record_key (record);
  TnGrant *grant = g_hash_table_lookup (self->grants, key);

  if (grant == NULL)
    {
      grant = g_new0 (TnGrant, 1);
      grant->app_key = g_strdup (record->app_key);
      g_hash_table_insert (self->grants, g_steal_pointer (&key), grant);
    }
  return grant;
}

static TnGrant *
find_grant (TnPolicy *self, const char *app_key, const TnPermission *permission)
{
  g_autoptr (TnGrantRecord) record = tn_policy_make_record (app_key, permission);

  return take_grant (self, record);
}

static void
free_grant (gpointer data)
{
  TnGrant *grant = data;

  g_free (grant->app_key);
  g_free (grant);
}

static void
manifest_gone_cb (gpointer user_data, GObject *manifest)
{
  g_hash_table_remove (TN_POLICY (user_data)->ledgers, manifest);
}

static TnLedger *
open_ledger (TnPolicy *self, TnApp *app)
{
  TnManifest *manifest = tn_app_get_manifest (app);
  TnLedger *ledger = g_hash_table_lookup (self->ledgers, manifest);

  if (ledger != NULL)
    return ledger;
  ledger = tn_ledger_new (app);
  for (guint i = 0; i < ledger->n; i++)
    {
      const TnPermission *permission = ledger->entries[i].permission;
      guint rate = permission->terms.per_minute;
      TnGrant *grant = find_grant (self, tn_app_get_key (app), permission);

      if (grant->rate.burst != rate)
        tn_rate_init (&grant->rate, rate / 60.0, rate);
      ledger->entries[i].grant = grant;
    }
  g_object_weak_ref (G_OBJECT (manifest), manifest_gone_cb, self);
  g_hash_table_insert (self->ledgers, manifest, ledger);
  return ledger;
}

/* Minutes since midnight; looked up once a minute, for time zones take long. */
static guint
get_minute (TnPolicy *self)
{
  gint64 now = tn_clock_wall_us ();

  if (now >= self->minute_ends_us || now < self->minute_ends_us - G_TIME_SPAN_MINUTE)
    {
      g_autoptr (GDateTime) local = g_date_time_new_from_unix_local (now / G_USEC_PER_SEC);

      self->minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
      self->minute_ends_us = (now / G_TIME_SPAN_MINUTE + 1) * G_TIME_SPAN_MINUTE;
    }
  return self->minute;
}

static gboolean
is_within (const TnTerms *terms, guint minute)
{
  if (terms->from < terms->to)
    return minute >= terms->from && minute < terms->to;
  return minute >= terms->from || minute < terms->to;
}

/* Returns: (nullable): which of the terms does not hold. */
static const char *
judge_terms (TnPolicy *self, const TnLedgerEntry *entry, const TnRequest *request)
{
  const TnTerms *terms = &entry->permission->terms;

  if (terms->visible && !request->visible)
    return "This is allowed only while the tile is in sight";
  if (terms->click && !request->clicked)
    return "This is allowed only right after a click";
  if (terms->from != terms->to && !is_within (terms, get_minute (self)))
    return "This is not allowed at this time of day";
  if (terms->per_minute > 0 && !tn_rate_has (&entry->grant->rate, 1))
    return "This was done as often as it is allowed; wait a moment";
  return NULL;
}

static TnStanding
stand (const TnLedgerEntry *entry)
{
  return entry->grant->answer == TN_STANDING_ASK && entry->given ? TN_STANDING_GIVEN : entry->grant->answer;
}

gboolean
tn_standing_is_allowed (TnStanding standing)
{
  return standing == TN_STANDING_GIVEN || standing == TN_STANDING_ALWAYS || standing == TN_STANDING_ONCE;
}

static TnDecision
judge (TnPolicy *self, const TnLedgerEntry *entry, const TnRequest *request)
{
  TnStanding standing = stand (entry);
  const char *fault = judge_terms (self, entry, request);

  if (standing == TN_STANDING_NEVER || standing == TN_STANDING_NOT_NOW)
    return (TnDecision) { TN_VERDICT_DENIED, entry->permission, REFUSED };
  if (fault != NULL)
    return (TnDecision) { TN_VERDICT_DENIED, entry->permission, fault };
  return (TnDecision) { standing == TN_STANDING_ASK ? TN_VERDICT_ASK : TN_VERDICT_ALLOWED, entry->permission, NULL };
}

static gboolean
is_own_data (const TnRequest *request)
{
  return request->type == TN_PERMISSION_DATA && g_str_equal (request->resource, OWN_DATA)
         && (request->action & ~(TN_ACTION_READ | TN_ACTION_WRITE)) == 0;
}

/* An app must not wear the person down with one question after the other. */
static gboolean
is_patient (const TnLedger *ledger)
{
  guint refusals = 0;

  for (guint i = 0; i < ledger->n; i++)
    refusals += ledger->entries[i].grant->answer == TN_STANDING_NOT_NOW;
  return refusals < MAX_REFUSALS;
}

gboolean
tn_policy_may_ask (TnPolicy *self, TnApp *app)
{
  g_return_val_if_fail (TN_IS_POLICY (self), FALSE);
  g_return_val_if_fail (TN_IS_APP (app) && tn_app_get_manifest (app) != NULL, FALSE);

  return is_patient (open_ledger (self, app));
}

TnDecision
tn_policy_decide (TnPolicy *self, TnApp *app, const TnRequest *request)
{
  TnDecision best = { TN_VERDICT_DENIED, NULL, NOT_DECLARED };
  const TnLedgerEntry *entry = NULL;
  TnLedger *ledger;
  TnQuery query;
  const char *fault;

  g_return_val_if_fail (TN_IS_POLICY (self), best);
  g_return_val_if_fail (TN_IS_APP (app) && tn_app_get_manifest (app) != NULL, best);
  g_return_val_if_fail (request != NULL && request->resource != NULL, best);

  fault = tn_query_init (&query, request);
  if (fault != NULL)
    return (TnDecision) { TN_VERDICT_DENIED, NULL, fault };
  if (is_own_data (request))
    return (TnDecision) { TN_VERDICT_ALLOWED, NULL, NULL };
  ledger = open_ledger (self, app);
  while (best.verdict != TN_VERDICT_ALLOWED && (entry = tn_ledger_next (ledger, &query, entry)) != NULL)
    {
      TnDecision decision = judge (self, entry, request);

      if (decision.verdict > best.verdict || best.permission == NULL)
        best = decision;
    }
  if (best.verdict == TN_VERDICT_ASK && !is_patient (ledger))
    return (TnDecision) { TN_VERDICT_DENIED, best.permission, REFUSED_OFTEN };
  if (best.verdict == TN_VERDICT_ALLOWED && best.permission->terms.per_minute > 0 && !request->probe)
    tn_rate_take (&entry->grant->rate, 1);
  return best;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnPolicy) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (g_task_propagate_pointer (G_TASK (result), &error) != NULL)
    return;
  message = g_strdup_printf (_("What you answered holds only until the program ends: %s"), error->message);
  g_signal_emit (self, signals[FAILED], 0, message);
}

static gboolean
is_kept (TnStanding standing)
{
  return standing == TN_STANDING_ALWAYS || standing == TN_STANDING_NEVER;
}

/* What the person said, for later. */
static void
audit (TnPolicy *self, const TnGrantRecord *record, TnStanding answer)
{
  static const struct
  {
    const char *kind, *outcome;
  } rows[] = {
    [TN_STANDING_ASK] = { "grant.taken", "taken back" },  [TN_STANDING_ONCE] = { "grant.given", "once" },
    [TN_STANDING_ALWAYS] = { "grant.given", "always" },   [TN_STANDING_NEVER] = { "grant.refused", "never" },
    [TN_STANDING_NOT_NOW] = { "grant.refused", "not now" },
  };
  g_autofree char *detail = g_strdup_printf ("%s: %s %s", record->type, record->actions, record->terms);

  if (self->audit != NULL)
    tn_audit_add (self->audit, rows[answer].kind, record->app_key, NULL, record->resource, rows[answer].outcome,
                  g_strchomp (detail));
}

static void
set_answer (TnPolicy *self, const char *app_key, const TnPermission *permission, TnStanding answer)
{
  g_autoptr (TnGrantRecord) record = tn_policy_make_record (app_key, permission);
  TnGrant *grant = take_grant (self, record);
  gboolean was_kept = is_kept (grant->answer);

  if (grant->answer == answer)
    return;
  grant->answer = answer;
  record->always = answer == TN_STANDING_ALWAYS;
  self->written++;
  audit (self, record, answer);
  if (is_kept (answer))
    tn_store_set_grant_async (self->store, record, NULL, written_cb, g_object_ref (self));
  else if (was_kept)
    tn_store_drop_grant_async (self->store, record, NULL, written_cb, g_object_ref (self));
  g_signal_emit (self, signals[CHANGED], 0, app_key);
}

void
tn_policy_answer (TnPolicy *self, const char *app_key, const TnPermission *permission, TnAnswer answer)
{
  static const TnStanding standings[] = {
    [TN_ANSWER_ONCE] = TN_STANDING_ONCE,
    [TN_ANSWER_ALWAYS] = TN_STANDING_ALWAYS,
    [TN_ANSWER_NEVER] = TN_STANDING_NEVER,
    [TN_ANSWER_NOT_NOW] = TN_STANDING_NOT_NOW,
  };

  g_return_if_fail (TN_IS_POLICY (self) && app_key != NULL && permission != NULL);
  g_return_if_fail ((gsize) answer < G_N_ELEMENTS (standings));

  set_answer (self, app_key, permission, standings[answer]);
}

void
tn_policy_revoke (TnPolicy *self, const char *app_key, const TnPermission *permission)
{
  g_return_if_fail (TN_IS_POLICY (self) && app_key != NULL && permission != NULL);

  set_answer (self, app_key, permission, TN_STANDING_ASK);
}

void
tn_policy_end_run (TnPolicy *self, const char *app_key)
{
  GHashTableIter iter;
  gpointer data;
  gboolean changed = FALSE;

  g_return_if_fail (TN_IS_POLICY (self) && app_key != NULL);

  g_hash_table_iter_init (&iter, self->grants);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    {
      TnGrant *grant = data;

      if (grant->answer == TN_STANDING_ASK || is_kept (grant->answer) || !g_str_equal (grant->app_key, app_key))
        continue;
      grant->answer = TN_STANDING_ASK;
      changed = TRUE;
    }
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0, app_key);
}

TnStanding
tn_policy_get_standing (TnPolicy *self, TnApp *app, const TnPermission *permission)
{
  const TnLedger *ledger;

  g_return_val_if_fail (TN_IS_POLICY (self) && permission != NULL, TN_STANDING_ASK);
  g_return_val_if_fail (TN_IS_APP (app) && tn_app_get_manifest (app) != NULL, TN_STANDING_ASK);

  if (permission->type == TN_PERMISSION_DEVELOP)
    return find_grant (self, tn_app_get_key (app), permission)->answer;
  ledger = open_ledger (self, app);
  for (guint i = 0; i < ledger->n; i++)
    if (ledger->entries[i].permission == permission)
      return stand (&ledger->entries[i]);
  return TN_STANDING_ASK;
}

gboolean
tn_policy_takes_level (TnPolicy *self, TnApp *app)
{
  TnSandboxLevel level;
  guint last;

  g_return_val_if_fail (TN_IS_POLICY (self), FALSE);
  g_return_val_if_fail (TN_IS_APP (app) && tn_app_get_manifest (app) != NULL, FALSE);

  level = tn_manifest_get_level (tn_app_get_manifest (app));
  last = GPOINTER_TO_UINT (g_hash_table_lookup (self->levels, tn_app_get_key (app)));
  if (last != 0 && level + 1 > last)
    return FALSE;
  tn_policy_accept_level (self, app);
  return TRUE;
}

void
tn_policy_accept_level (TnPolicy *self, TnApp *app)
{
  TnSandboxLevel level;
  gpointer value;

  g_return_if_fail (TN_IS_POLICY (self));
  g_return_if_fail (TN_IS_APP (app) && tn_app_get_manifest (app) != NULL);

  level = tn_manifest_get_level (tn_app_get_manifest (app));
  value = GUINT_TO_POINTER (level + 1);
  if (g_hash_table_lookup (self->levels, tn_app_get_key (app)) == value)
    return;
  g_hash_table_insert (self->levels, g_strdup (tn_app_get_key (app)), value);
  if (self->audit != NULL)
    tn_audit_add (self->audit, "app.level", tn_app_get_key (app), NULL, level_names[level], "accepted", NULL);
  tn_store_set_level_async (self->store, tn_app_get_key (app), level_names[level], NULL, written_cb,
                            g_object_ref (self));
}

static void
take_levels (TnPolicy *self, GPtrArray *levels)
{
  for (guint i = 0; i < levels->len; i++)
    {
      const TnLevelRecord *record = levels->pdata[i];

      for (guint level = 0; level < G_N_ELEMENTS (level_names); level++)
        if (g_str_equal (record->level, level_names[level]))
          g_hash_table_insert (self->levels, g_strdup (record->app_key), GUINT_TO_POINTER (level + 1));
    }
}

static void
note_changed (GHashTable *changed, TnGrant *grant, TnStanding answer)
{
  if (grant->answer == answer)
    return;
  grant->answer = answer;
  g_hash_table_add (changed, grant->app_key);
}

/* What is kept no more was taken back. */
static void
take_back_others (TnPolicy *self, GHashTable *changed)
{
  GHashTableIter iter;
  gpointer data;

  g_hash_table_iter_init (&iter, self->grants);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    {
      TnGrant *grant = data;

      if (!grant->seen && is_kept (grant->answer))
        note_changed (changed, grant, TN_STANDING_ASK);
      grant->seen = FALSE;
    }
}

static void
take_grants (TnPolicy *self, GPtrArray *records)
{
  g_autoptr (GHashTable) changed = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer app_key;

  for (guint i = 0; i < records->len; i++)
    {
      const TnGrantRecord *record = records->pdata[i];
      TnGrant *grant = take_grant (self, record);

      grant->seen = TRUE;
      note_changed (changed, grant, record->always ? TN_STANDING_ALWAYS : TN_STANDING_NEVER);
    }
  take_back_others (self, changed);
  g_hash_table_iter_init (&iter, changed);
  while (g_hash_table_iter_next (&iter, &app_key, NULL))
    g_signal_emit (self, signals[CHANGED], 0, app_key);
}

/* Read once: nothing but the person changes it while the program runs. */
static void
mode_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TnPolicy *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autofree char *name = tn_store_get_setting_finish (TN_STORE (source), result, &error);
  TnMode mode = TN_MODE_ISOLATION;

  if (name == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!self->has_mode && tn_mode_from_name (name, &mode) && mode != self->mode)
    {
      self->mode = mode;
      g_signal_emit (self, signals[MODE_CHANGED], 0);
    }
  self->has_mode = TRUE;
  g_task_return_boolean (task, TRUE);
}

static void list_grants (GTask *task);

static void
grants_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TnPolicy *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) records = tn_store_list_grants_finish (TN_STORE (source), result, &error);
  GCancellable *cancellable;

  if (records == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* An answer that came meanwhile is not in it. */
  if (GPOINTER_TO_UINT (g_task_get_task_data (task)) != self->written)
    {
      list_grants (g_steal_pointer (&task));
      return;
    }
  take_grants (self, records);
  cancellable = g_task_get_cancellable (task);
  tn_store_get_setting_async (self->store, MODE, cancellable, mode_read_cb, g_steal_pointer (&task));
}

static void
list_grants (GTask *task)
{
  TnPolicy *self = g_task_get_source_object (task);

  g_task_set_task_data (task, GUINT_TO_POINTER (self->written), NULL);
  tn_store_list_grants_async (self->store, g_task_get_cancellable (task), grants_listed_cb, task);
}

static void
levels_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) levels = tn_store_list_levels_finish (TN_STORE (source), result, &error);

  if (levels == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_levels (g_task_get_source_object (task), levels);
  list_grants (g_steal_pointer (&task));
}

void
tn_policy_load_async (TnPolicy *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (TN_IS_POLICY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_policy_load_async);
  tn_store_list_levels_async (self->store, cancellable, levels_listed_cb, task);
}

gboolean
tn_policy_load_finish (TnPolicy *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

TnMode
tn_policy_get_mode (TnPolicy *self)
{
  g_return_val_if_fail (TN_IS_POLICY (self), TN_MODE_ISOLATION);

  return self->mode;
}

void
tn_policy_set_mode (TnPolicy *self, TnMode mode)
{
  const char *name = tn_mode_name (mode);

  g_return_if_fail (TN_IS_POLICY (self) && name != NULL);

  self->has_mode = TRUE;
  if (self->mode == mode)
    return;
  if (self->audit != NULL)
    tn_audit_add (self->audit, "mode.changed", NULL, NULL, name, "chosen", tn_mode_name (self->mode));
  self->mode = mode;
  tn_store_set_setting_async (self->store, MODE, name, NULL, written_cb, g_object_ref (self));
  g_signal_emit (self, signals[MODE_CHANGED], 0);
}

gboolean
tn_policy_opens (TnPolicy *self, TnApp *app, TnFeature feature)
{
  TnAccess access;
  gsize n;
  const TnPermission *permissions = tn_mode_list_permissions (&n);

  g_return_val_if_fail (TN_IS_POLICY (self) && (gsize) feature < TN_N_FEATURES, FALSE);

  access = tn_mode_get_access (self->mode, feature);
  if (access == TN_ACCESS_GRANTED)
    return app != NULL && find_grant (self, tn_app_get_key (app), &permissions[feature])->answer == TN_STANDING_ALWAYS;
  return access == TN_ACCESS_OPEN;
}

guint
tn_policy_list_open (TnPolicy *self, TnApp *app)
{
  guint open = 0;

  for (guint feature = 0; feature < TN_N_FEATURES; feature++)
    if (tn_policy_opens (self, app, feature))
      open |= 1u << feature;
  return open;
}

static void
tn_policy_finalize (GObject *object)
{
  TnPolicy *self = TN_POLICY (object);
  GHashTableIter iter;
  gpointer manifest;

  g_hash_table_iter_init (&iter, self->ledgers);
  while (g_hash_table_iter_next (&iter, &manifest, NULL))
    g_object_weak_unref (manifest, manifest_gone_cb, self);
  g_hash_table_unref (self->ledgers);
  g_hash_table_unref (self->grants);
  g_hash_table_unref (self->levels);
  g_object_unref (self->store);
  g_clear_object (&self->audit);
  G_OBJECT_CLASS (tn_policy_parent_class)->finalize (object);
}

static void
tn_policy_class_init (TnPolicyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tn_policy_finalize;

  signals[CHANGED]
    = g_signal_new ("changed", TN_TYPE_POLICY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[MODE_CHANGED]
    = g_signal_new ("mode-changed", TN_TYPE_POLICY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED]
    = g_signal_new ("failed", TN_TYPE_POLICY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tn_policy_init (TnPolicy *self)
{
  self->ledgers = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) tn_ledger_free);
  self->grants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_grant);
  self->levels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

TnPolicy *
tn_policy_new (TnStore *store)
{
  TnPolicy *self;

  g_return_val_if_fail (TN_IS_STORE (store), NULL);

  self = g_object_new (TN_TYPE_POLICY, NULL);
  self->store = g_object_ref (store);
  return self;
}

void
tn_policy_set_audit (TnPolicy *self, TnAudit *audit_to)
{
  g_return_if_fail (TN_IS_POLICY (self) && TN_IS_AUDIT (audit_to));

  g_set_object (&self->audit, audit_to);
}
