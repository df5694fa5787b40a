/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-workspace.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tn-audit-heads.h"
#include "tn-audit-keyring.h"
#include "tn-paths.h"
#include "tn-upkeep.h"

#define NAME_LENGTH 64

struct _TnWorkspace
{
  GObject parent;

  char *name;
  char *directory;
  char *failure;
  char *notice;
  TnCatalogue *catalogue;
  TnStore *store;
  TnLog *log;
  TnAudit *audit;
  TnBus *bus;
  TnPolicy *policy;
  TnUpkeep *upkeep;
  TnRuntime *runtime;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (TnWorkspace, tn_workspace, G_TYPE_OBJECT)

enum
{
  OPENED,
  READY,
  FAILED,
  NOTICE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
fail (TnWorkspace *self, const GError *error)
{
  g_free (self->failure);
  self->failure = g_strdup (error->message);
  g_signal_emit (self, signals[FAILED], 0, self->failure);
}

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnWorkspace) self = user_data;
  g_autoptr (GError) error = NULL;

  self->runtime = tn_runtime_new_finish (result, &error);
  if (self->runtime != NULL)
    {
      tn_runtime_set_log (self->runtime, self->log);
      g_signal_emit (self, signals[READY], 0);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail (self, error);
}

static void
policy_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnWorkspace) self = user_data;
  g_autoptr (GError) error = NULL;

  if (tn_policy_load_finish (self->policy, result, &error))
    tn_runtime_new_async (self->directory, self->store, self->audit, self->bus, self->policy, self->catalogue,
                          self->cancellable, ready_cb, g_object_ref (self));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail (self, error);
}

static void
key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnWorkspace) self = user_data;
  g_autoptr (GError) error = NULL;
  TnAuditKey *key = tn_audit_keyring_ensure_finish (result, &error);

  if (key != NULL)
    tn_audit_set_key (self->audit, key);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("The heads of the audit are not signed: %s", error->message);
}

static void
begin_audit (TnWorkspace *self)
{
  static const char *const outcomes[] = { [TN_STORE_OPENED] = "opened",
                                          [TN_STORE_CREATED] = "created",
                                          [TN_STORE_RECOVERED] = "recovered",
                                          [TN_STORE_RESET] = "begun anew",
                                          [TN_STORE_IN_MEMORY] = "not kept" };
  g_autofree char *heads = g_build_filename (self->directory, TN_AUDIT_HEADS_FILE, NULL);

  self->audit = tn_audit_new (self->store, heads);
  tn_audit_set_log (self->audit, self->log);
  tn_audit_add (self->audit, "workspace.opened", NULL, NULL, self->name, outcomes[tn_store_get_outcome (self->store)],
                tn_store_get_notice (self->store));
  tn_audit_keyring_ensure_async (self->name, self->cancellable, key_cb, g_object_ref (self));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnWorkspace) self = user_data;
  g_autoptr (GError) error = NULL;

  self->store = tn_store_open_finish (result, &error);
  if (self->store == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        fail (self, error);
      return;
    }
  if (*tn_store_get_notice (self->store) != '\0')
    {
      g_free (self->notice);
      self->notice = g_strdup (tn_store_get_notice (self->store));
    }
  self->bus = tn_bus_new (TN_EVENT_LOG (self->store));
  begin_audit (self);
  self->policy = tn_policy_new (self->store);
  tn_policy_set_audit (self->policy, self->audit);
  /* What is to be gone is gone before it is asked for. */
  self->upkeep = tn_upkeep_new (self);
  /* Nothing runs before it is known what may. */
  tn_policy_load_async (self->policy, self->cancellable, policy_loaded_cb, g_object_ref (self));
  g_signal_emit (self, signals[OPENED], 0);
}

static void
tn_workspace_finalize (GObject *object)
{
  TnWorkspace *self = TN_WORKSPACE (object);

  g_clear_pointer (&self->upkeep, tn_upkeep_free);
  g_clear_object (&self->runtime);
  g_clear_object (&self->policy);
  g_clear_object (&self->bus);
  g_clear_object (&self->audit);
  g_clear_object (&self->log);
  g_clear_object (&self->store);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->cancellable);
  g_free (self->notice);
  g_free (self->failure);
  g_free (self->directory);
  g_free (self->name);

  G_OBJECT_CLASS (tn_workspace_parent_class)->finalize (object);
}

static void
tn_workspace_class_init (TnWorkspaceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tn_workspace_finalize;

  signals[OPENED] = g_signal_new ("opened", TN_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[READY] = g_signal_new ("ready", TN_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED]
    = g_signal_new ("failed", TN_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[NOTICE]
    = g_signal_new ("notice", TN_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tn_workspace_init (TnWorkspace *self)
{
  self->catalogue = tn_catalogue_new ();
  self->log = tn_log_new ();
  tn_log_follow_program (self->log);
  self->cancellable = g_cancellable_new ();
}

gboolean
tn_workspace_is_name (const char *name)
{
  gsize length = strlen (name);

  return length > 0 && length <= NAME_LENGTH && name[0] != '.'
         && strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-") == length;
}

TnWorkspace *
tn_workspace_new (const char *name)
{
  TnWorkspace *self;

  g_return_val_if_fail (name != NULL && tn_workspace_is_name (name), NULL);

  self = g_object_new (TN_TYPE_WORKSPACE, NULL);
  self->name = g_strdup (name);
  self->directory = tn_paths_workspace_dir (name);
  tn_store_open_async (self->directory, self->cancellable, opened_cb, g_object_ref (self));
  tn_workspace_read_catalogue (self);
  return self;
}

void
tn_workspace_read_catalogue (TnWorkspace *self)
{
  g_autoptr (GError) error = NULL;

  if (tn_catalogue_load (self->catalogue, self->directory, &error))
    return;
  g_free (self->notice);
  self->notice = g_strdup_printf (_("Some apps can’t be listed: %s"), error->message);
}

const char *
tn_workspace_get_name (TnWorkspace *self)
{
  g_return_val_if_fail (TN_IS_WORKSPACE (self), NULL);

  return self->name;
}

const char *
tn_workspace_get_directory (TnWorkspace *self)
{
  g_return_val_if_fail (TN_IS_WORKSPACE (self), NULL);

  return self->directory;
}

TnCatalogue *
tn_workspace_get_catalogue (TnWorkspace *self)
{
  g_return_val_if_fail (TN_IS_WORKSPACE (self), NULL);

  return self->catalogue;
}

TnLog *
tn_workspace_get_log (TnWorkspace *self)
{
  g_return_val_if_fail (TN_IS_WORKSPACE (self), NULL);

  return self->log;
}

TnStore *
tn_workspace_get_store (TnWorkspace *self)
{
  g_return_val_if_fail (TN_IS_WORKSPACE (self), NULL);

  return self->store;
}

TnPolicy *
tn_workspace_get_policy (TnWorkspace *self)
{
  g_return_val_if_fail (TN_IS_WORKSPACE (self), NULL);

  return self->policy;
}

TnAudit *
tn_workspace_get_audit (TnWorkspace *self)
{
  g_return_val_if_fail (TN_IS_WORKSPACE (self), NULL);

  return self->audit;
}

TnRuntime *
tn_workspace_get_runtime (TnWorkspace *self)
{
  g_return_val_if_fail (TN_IS_WORKSPACE (self), NULL);

  return self->runtime;
}

const char *
tn_workspace_get_failure (TnWorkspace *self)
{
  g_return_val_if_fail (TN_IS_WORKSPACE (self), NULL);

  return self->failure;
}

const char *
tn_workspace_get_notice (TnWorkspace *self)
{
  g_return_val_if_fail (TN_IS_WORKSPACE (self), NULL);

  return self->notice != NULL ? self->notice : "";
}

void
tn_workspace_tell (TnWorkspace *self, const char *sentence)
{
  g_return_if_fail (TN_IS_WORKSPACE (self) && sentence != NULL);

  g_free (self->notice);
  self->notice = g_strdup (sentence);
  g_signal_emit (self, signals[NOTICE], 0, self->notice);
}

void
tn_workspace_close (TnWorkspace *self)
{
  g_return_if_fail (TN_IS_WORKSPACE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->upkeep, tn_upkeep_free);
  if (self->runtime != NULL)
    tn_runtime_close (self->runtime);
  if (self->audit != NULL)
    tn_audit_close (self->audit);
}
