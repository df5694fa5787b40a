/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-clock.h"
#include "tn-fetch.h"
#include "tn-gate.h"
#include "tn-json.h"
#include "tn-question-private.h"
#include "tn-scheme.h"
#include "tn-sockets.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>

#define PROVE_MS 30000 /* a machine that starts twenty processes at once takes its time */
#define LOAD_MS 5000

static void
wake_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  int pid = tn_proof_find_process (data);

  if (pid > 0)
    kill (pid, SIGCONT);
  g_task_return_boolean (task, TRUE);
}

/* One that stands still does not hear that its view is gone, and would stay. It is not killed: WebKit ends the host where a
 * process ends before it has said its number. */
static void
wake_unproved (TnInstance *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, g_strdup (self->marker), g_free);
  g_task_run_in_thread (task, wake_thread);
}

static gboolean
load_timeout_cb (gpointer user_data)
{
  TnInstance *self = user_data;

  /* The person takes longer, or stepped into it, and it is not the app's fault. */
  if (tn_question_is_asked_by (self) || tn_instance_is_inspected (self))
    return G_SOURCE_CONTINUE;
  self->load_timer = 0;
  if (self->state == TN_STATE_PROVING)
    wake_unproved (self);
  tn_instance_fail (self, TN_TROUBLE_TIMEOUT, NULL);
  return G_SOURCE_REMOVE;
}

static void
memory_exceeded_cb (int pid, gpointer user_data)
{
  tn_instance_fail (user_data, TN_TROUBLE_MEMORY, NULL);
}

static guint
get_limit (TnInstance *self, TnLimit limit)
{
  return tn_limits_get (self->runtime->limits, self->app, limit);
}

static guint
get_memory (TnInstance *self)
{
  return get_limit (self, TN_LIMIT_MEMORY) * tn_mode_relief (tn_instance_has_open (self, TN_FEATURE_LIMITS)).memory;
}

static gboolean
watch_memory (TnInstance *self)
{
  return tn_monitor_add (self->runtime->monitor, self->proof.pid, get_memory (self), memory_exceeded_cb, self);
}

void
tn_instance_await_mount (TnInstance *self)
{
  g_clear_handle_id (&self->load_timer, g_source_remove);
  self->load_timer = g_timeout_add (LOAD_MS, load_timeout_cb, self);
}

void
tn_instance_follow_limits (TnInstance *self)
{
  if (self->proof.pid != 0)
    tn_monitor_set_limit (self->runtime->monitor, self->proof.pid, get_memory (self));
  tn_storage_watch_set_limit (self->runtime->storage, self->app_key, get_limit (self, TN_LIMIT_STORAGE));
  tn_proxy_open_book (self->runtime->proxy, self->app);
}

static void
load_app (TnInstance *self)
{
  TnManifest *manifest = tn_app_get_manifest (self->app);
  g_autofree char *path = g_uri_escape_string (tn_manifest_get_entry_point (manifest), "/", FALSE);
  g_autofree char *uri = g_strdup_printf ("%s://%s/%s", TN_SCHEME, self->app_key, path);

  if (!watch_memory (self))
    {
      tn_instance_fail (self, TN_TROUBLE_UNPROVED, _("its memory can’t be watched"));
      return;
    }
  tn_storage_watch_add (self->runtime->storage, self->app_key, get_limit (self, TN_LIMIT_STORAGE));
  self->watched = TRUE;
  tn_instance_set_state (self, TN_STATE_LOADING);
  tn_instance_await_mount (self);
  webkit_web_view_load_uri (self->view, uri);
}

/* Whatever can be said of the process is said by /proc; reading it may take milliseconds on a busy machine. */
static void
prove_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  TnProof *proof = g_new (TnProof, 1);

  tn_proof_read (tn_proof_find_process (data), proof);
  g_task_return_pointer (task, proof, g_free);
}

static void
prove (TnInstance *self, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, callback, NULL);

  g_task_set_task_data (task, g_strdup (self->marker), g_free);
  g_task_run_in_thread (task, prove_thread);
}

static gboolean
take_proof (TnInstance *self, GAsyncResult *result)
{
  g_autofree TnProof *proof = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autofree char *fault = NULL;

  if (proof == NULL)
    return FALSE;
  if (self->proof.pid != proof->pid)
    {
      tn_monitor_remove (self->runtime->monitor, self->proof.pid);
      tn_instance_audit_proof (self, proof);
    }
  self->n_proved += proof->ok && self->proof.pid != proof->pid;
  self->proof = *proof;
  self->proved_us = tn_clock_wall_us ();
  if (proof->ok)
    return TRUE;
  fault = tn_proof_describe_fault (proof);
  tn_instance_fail (self, TN_TROUBLE_UNPROVED, fault);
  return FALSE;
}

static void
proved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TnInstance *self = TN_INSTANCE (source);

  if (take_proof (self, result) && self->state == TN_STATE_PROVING)
    load_app (self);
}

/* The app's page may have been given another process than the blank one. */
static void
proved_again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TnInstance *self = TN_INSTANCE (source);
  int before = self->proof.pid;

  if (take_proof (self, result) && self->proof.pid != before && !watch_memory (self))
    tn_instance_fail (self, TN_TROUBLE_UNPROVED, _("its memory can’t be watched"));
}

static void
mounted (TnInstance *self)
{
  if (self->state != TN_STATE_LOADING)
    return;
  g_clear_handle_id (&self->load_timer, g_source_remove);
  self->mounted_us = tn_clock_monotonic_us ();
  tn_instance_set_state (self, TN_STATE_RUNNING);
  tn_instance_tell_size (self);
  tn_instance_uncover_when_drawn (self);
  tn_instance_want_picture (self);
}

static void
state_set_cb (JsonNode *value, const char *message, gpointer user_data)
{
  mounted (user_data);
}

static void
state_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnInstance) self = user_data;
  g_autofree char *text = tn_store_load_state_finish (TN_STORE (source), result, NULL);
  g_autoptr (JsonNode) state = text != NULL ? tn_json_parse (text, -1, NULL, NULL) : NULL;

  /* The answer may be for a life before this one. */
  if (self->bridge == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  if (state != NULL)
    tn_bridge_ask (self->bridge, self->view, "setState", g_steal_pointer (&state), state_set_cb, self);
  else
    mounted (self);
}

static void
mount_answered_cb (JsonNode *value, const char *message, gpointer user_data)
{
  TnInstance *self = user_data;
  g_autofree char *quoted = message != NULL ? tn_subject_quote (self->sealed ? "…" : message) : NULL;

  /* The log is not encrypted. */
  if (quoted != NULL && !self->complained)
    g_message ("Tile %s: onMount of %s failed: %s", self->tile_id, self->app_id, quoted);
  self->complained = self->complained || quoted != NULL;
  tn_store_load_state_async (self->runtime->store, self->tile_id, self->cancellable, state_loaded_cb,
                             g_object_ref (self));
}

static JsonNode *
list_node (JsonArray *list)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, list);
  return node;
}

/* As the manifest writes them. */
static JsonNode *
granted_node (TnInstance *self)
{
  TnManifest *manifest = tn_app_get_manifest (self->app);
  JsonArray *declared = tn_json_get_array (tn_manifest_get_json (manifest), "permissions");
  JsonArray *granted = json_array_new ();
  gsize n;
  const TnPermission *permissions = tn_manifest_get_permissions (manifest, &n);

  for (gsize i = 0; i < n; i++)
    if (tn_standing_is_allowed (tn_policy_get_standing (self->runtime->policy, self->app, &permissions[i])))
      json_array_add_element (granted, json_node_copy (json_array_get_element (declared, i)));
  return list_node (granted);
}

/* What onEvent is to hear: the person is asked where that has not been. */
static JsonNode *
listen_node (TnInstance *self)
{
  JsonArray *patterns = json_array_new ();
  gsize n;
  const TnPermission *permissions = tn_manifest_get_permissions (tn_app_get_manifest (self->app), &n);

  for (gsize i = 0; i < n; i++)
    if (permissions[i].type == TN_PERMISSION_EVENT && (permissions[i].actions & TN_ACTION_LISTEN) != 0)
      json_array_add_string_element (patterns, permissions[i].resource);
  return list_node (patterns);
}

JsonNode *
tn_instance_size_node (TnInstance *self)
{
  JsonObject *size = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (size, "columns", self->columns);
  json_object_set_int_member (size, "rows", self->rows);
  json_object_set_int_member (size, "width", self->width);
  json_object_set_int_member (size, "height", self->height);
  json_node_take_object (node, size);
  return node;
}

/* The POSIX name of the person's language as a BCP 47 tag. */
static char *
locale_tag (void)
{
  char *tag = g_strdup (g_get_language_names ()[0]);

  tag[strcspn (tag, ".@")] = '\0';
  g_strdelimit (tag, "_", '-');
  if (!g_str_equal (tag, "C") && !g_str_equal (tag, "POSIX"))
    return tag;
  g_free (tag);
  return g_strdup ("en");
}

static JsonNode *
context_node (TnInstance *self)
{
  g_autofree char *locale = locale_tag ();
  JsonObject *context = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (context, "tileId", self->tile_id);
  json_object_set_int_member (context, "sdk", TN_SDK_VERSION);
  json_object_set_member (context, "size", tn_instance_size_node (self));
  self->size_is_new = FALSE;
  json_object_set_member (context, "theme", tn_runtime_theme_node (self->runtime));
  json_object_set_string_member (context, "locale", locale);
  json_object_set_object_member (context, "config", tn_vault_read_settings (self->runtime->vault, self));
  json_object_set_member (context, "granted", granted_node (self));
  json_node_take_object (node, context);
  return node;
}

static JsonNode *
mount_node (TnInstance *self)
{
  JsonObject *mount = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_member (mount, "context", context_node (self));
  json_object_set_member (mount, "listen", listen_node (self));
  json_node_take_object (node, mount);
  return node;
}

void
tn_instance_registered (TnInstance *self)
{
  if (self->registered)
    return;
  self->registered = TRUE;
  tn_bridge_ask (self->bridge, self->view, "mount", mount_node (self), mount_answered_cb, self);
}

/* The load event overtakes the message that the page registered, so the page is asked. */
static void
ready_cb (JsonNode *value, const char *message, gpointer user_data)
{
  gboolean waits = value != NULL && JSON_NODE_HOLDS_VALUE (value) && json_node_get_boolean (value);

  if (!waits)
    mounted (user_data);
}

void
tn_instance_load (TnInstance *self)
{
  /* Nothing comes where the web process, or the one that all share, can't begin or is stopped. */
  self->load_timer = g_timeout_add (PROVE_MS, load_timeout_cb, self);
  webkit_web_view_load_uri (self->view, "about:blank");
}

void
tn_instance_load_changed (TnInstance *self, WebKitLoadEvent event)
{
  if (event == WEBKIT_LOAD_COMMITTED)
    {
      tn_bridge_reset (self->bridge);
      tn_gate_close (self);
      self->clicked_us = 0;
      tn_instance_unsubscribe_all (self);
      if (self->webxdc != NULL)
        tn_webxdc_reset (self->webxdc);
      tn_fetch_end_all (self);
      tn_sockets_end_all (self);
      self->registered = FALSE;
      self->at_app = self->state != TN_STATE_PROVING;
      prove (self, self->state == TN_STATE_PROVING ? proved_cb : proved_again_cb);
    }
  else if (event == WEBKIT_LOAD_FINISHED && self->at_app && !self->registered)
    {
      tn_bridge_ask (self->bridge, self->view, "ready", NULL, ready_cb, self);
    }
}
