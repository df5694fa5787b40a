/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-vault.h"

#include "tn-instance-private.h"
#include "tn-json.h"
#include "tn-seal-keyring.h"
#include "tn-store-seal.h"

#include <fts.h>
#include <unistd.h>

/* Of one app. */
typedef struct
{
  char *key_id;       /* nullable: of the key that its data are encrypted with */
  TnSeal *seal;       /* nullable: the key, once it is here */
  gboolean asked;     /* the keyring was, and has not answered */
  GPtrArray *waiting; /* of TnInstance, borrowed: they dismiss themselves */
} Lock;

struct _TnVault
{
  TnRuntime *runtime;
  char *workspace;
  GHashTable *locks; /* app key → Lock */
  GCancellable *cancellable;
};

/* The keyring is asked for the key of one app. */
typedef struct
{
  TnVault *vault;
  char *app_key;
} Asked;

static void
lock_free (gpointer data)
{
  Lock *lock = data;

  g_clear_pointer (&lock->seal, tn_seal_unref);
  g_ptr_array_unref (lock->waiting);
  g_free (lock->key_id);
  g_free (lock);
}

static Lock *
get_lock (TnVault *self, const char *app_key)
{
  Lock *lock = g_hash_table_lookup (self->locks, app_key);

  if (lock == NULL)
    {
      lock = g_new0 (Lock, 1);
      lock->waiting = g_ptr_array_new ();
      g_hash_table_insert (self->locks, g_strdup (app_key), lock);
    }
  return lock;
}

TnVault *
tn_vault_new (TnRuntime *runtime)
{
  TnVault *self = g_new0 (TnVault, 1);

  self->runtime = runtime;
  self->workspace = g_path_get_basename (runtime->directory);
  self->locks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, lock_free);
  self->cancellable = g_cancellable_new ();
  return self;
}

void
tn_vault_free (TnVault *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->locks);
  g_free (self->workspace);
  g_free (self);
}

void
tn_vault_take_known (TnVault *self, GHashTable *known)
{
  GHashTableIter iter;
  gpointer app_key, key_id;

  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, &app_key, &key_id))
    get_lock (self, app_key)->key_id = g_strdup (key_id);
}

/* A manifest that asks for less than an earlier one does not get it: that would be for the person to say. */
static gboolean
is_encrypted (TnVault *self, TnInstance *instance)
{
  Lock *lock = g_hash_table_lookup (self->locks, instance->app_key);

  return tn_manifest_get_encrypted (tn_app_get_manifest (instance->app)) || (lock != NULL && lock->key_id != NULL);
}

static void
remove_tree (char *path)
{
  char *const paths[] = { path, NULL };
  FTS *tree = fts_open (paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);

  for (FTSENT *entry; tree != NULL && (entry = fts_read (tree)) != NULL;)
    if (entry->fts_info == FTS_DP)
      rmdir (entry->fts_accpath);
    else if (entry->fts_info != FTS_D)
      unlink (entry->fts_accpath);
  if (tree != NULL)
    fts_close (tree);
}

static void
remove_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  static const char *const folders[] = { "web", "cache" };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (data, folders[i], NULL);

      remove_tree (path);
    }
  g_task_return_boolean (task, TRUE);
}

/* What was kept in web storage before the app's data were encrypted: it can't be reached any more, and is not sealed. */
static void
remove_web_data (TnVault *self, const char *app_key)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, g_build_filename (self->runtime->directory, "apps", app_key, NULL), g_free);
  g_task_run_in_thread (task, remove_thread);
}

/* Those that began before its data were encrypted write to web storage still. */
static void
restart_others (TnVault *self, TnInstance *instance)
{
  g_autoptr (GPtrArray) instances = g_ptr_array_copy (self->runtime->instances, (GCopyFunc) g_object_ref, NULL);

  g_ptr_array_set_free_func (instances, g_object_unref);
  for (guint i = 0; i < instances->len; i++)
    {
      TnInstance *other = instances->pdata[i];

      if (other->view != NULL && !other->sealed && g_str_equal (other->app_key, instance->app_key))
        tn_instance_restart (other);
    }
}

static void
take_in (TnVault *self, TnInstance *instance)
{
  Lock *lock = get_lock (self, instance->app_key);

  if (lock->key_id == NULL)
    {
      lock->key_id = g_strdup (tn_seal_get_id (lock->seal));
      tn_instance_audit (instance, "app.encrypted", instance->app_id, "encrypted", NULL);
      restart_others (self, instance);
    }
  remove_web_data (self, instance->app_key);
  tn_runtime_queue_start (self->runtime, instance);
}

static void
used_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnInstance) instance = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = tn_store_use_seal_finish (TN_STORE (source), result, &error);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  g_clear_object (&instance->admitting);
  if (done)
    take_in (instance->runtime->vault, instance);
  else
    tn_instance_fail (instance, TN_TROUBLE_SEALED, error->message);
}

static void
use_seal (TnVault *self, TnInstance *instance, TnSeal *seal)
{
  instance->admitting = g_cancellable_new ();
  tn_store_use_seal_async (self->runtime->store, seal, instance->tile_id, instance->admitting, used_cb,
                           g_object_ref (instance));
}

static void
answer_waiting (TnVault *self, Lock *lock, const char *fault)
{
  g_autoptr (GPtrArray) waiting = g_ptr_array_copy (lock->waiting, (GCopyFunc) g_object_ref, NULL);

  g_ptr_array_set_free_func (waiting, g_object_unref);
  g_ptr_array_set_size (lock->waiting, 0);
  for (guint i = 0; i < waiting->len; i++)
    if (fault == NULL)
      use_seal (self, waiting->pdata[i], lock->seal);
    else
      tn_instance_fail (waiting->pdata[i], TN_TROUBLE_SEALED, fault);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Asked *asked = user_data;
  g_autofree char *app_key = asked->app_key;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnSeal) seal = tn_seal_keyring_open_finish (result, &error);
  Lock *lock;

  /* Then the vault is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  lock = get_lock (asked->vault, app_key);
  lock->asked = FALSE;
  lock->seal = g_steal_pointer (&seal);
  answer_waiting (asked->vault, lock, error != NULL ? error->message : NULL);
}

/* Once for all its tiles, so that no two keys are made. */
static void
ask_keyring (TnVault *self, Lock *lock, TnInstance *instance)
{
  TnSecretManner manner = instance->may_ask ? TN_SECRET_MAY_ASK : TN_SECRET_SILENT;
  Asked *asked;

  if (lock->asked)
    return;
  lock->asked = TRUE;
  asked = g_new (Asked, 1);
  *asked = (Asked){ self, g_strdup (instance->app_key) };
  tn_seal_keyring_open_async (self->workspace, instance->app_key,
                              tn_manifest_get_name (tn_app_get_manifest (instance->app)), lock->key_id, manner,
                              self->cancellable, opened_cb, asked);
}

void
tn_vault_admit (TnVault *self, TnInstance *instance)
{
  Lock *lock;

  instance->sealed = is_encrypted (self, instance);
  if (!instance->sealed)
    {
      tn_runtime_queue_start (self->runtime, instance);
      return;
    }
  lock = get_lock (self, instance->app_key);
  if (lock->seal != NULL)
    {
      use_seal (self, instance, lock->seal);
      return;
    }
  g_ptr_array_add (lock->waiting, instance);
  ask_keyring (self, lock, instance);
  instance->may_ask = FALSE;
}

void
tn_vault_dismiss (TnVault *self, TnInstance *instance)
{
  Lock *lock = g_hash_table_lookup (self->locks, instance->app_key);

  if (lock != NULL)
    g_ptr_array_remove_fast (lock->waiting, instance);
  if (instance->admitting != NULL)
    g_cancellable_cancel (instance->admitting);
  g_clear_object (&instance->admitting);
}

static char *
open_settings (TnVault *self, TnInstance *instance)
{
  Lock *lock = g_hash_table_lookup (self->locks, instance->app_key);
  char *text = NULL;

  if (!tn_seal_is_settings (instance->config))
    return g_strdup (instance->config);
  if (lock != NULL && lock->seal != NULL)
    text = tn_seal_open_settings (lock->seal, instance->tile_id, instance->config, NULL);
  if (text == NULL)
    tn_instance_audit (instance, "app.tampered", "settings", "refused", NULL);
  return text;
}

JsonObject *
tn_vault_read_settings (TnVault *self, TnInstance *instance)
{
  g_autofree char *text = open_settings (self, instance);
  JsonObject *settings = text != NULL ? tn_json_parse_object (text, -1, NULL, NULL) : NULL;

  return settings != NULL ? settings : json_object_new ();
}

void
tn_vault_forget (TnVault *self, const char *app_key)
{
  tn_store_drop_seal (self->runtime->store, app_key);
  g_hash_table_remove (self->locks, app_key);
}
