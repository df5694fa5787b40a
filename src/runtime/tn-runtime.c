/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-runtime-private.h"
#include "tn-clock.h"
#include "tn-filter.h"
#include "tn-gate.h"
#include "tn-guard.h"
#include "tn-json.h"
#include "tn-paths.h"
#include "tn-profile.h"
#include "tn-question-private.h"
#include "tn-store-seal.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>
#include <string.h>

#define CANARY_MS 2000
#define SUSPEND_S 20
#define DISCARD_S 300
#define MIB_PER_INSTANCE 256 /* of the machine's memory */

G_DEFINE_FINAL_TYPE (TnRuntime, tn_runtime, G_TYPE_OBJECT)

static guint notice_signal;
enum
{
  PROP_0,
  PROP_QUESTION,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

WebKitNetworkSession *
tn_runtime_get_session (TnRuntime *self, TnApp *app, gboolean kept)
{
  const char *key = tn_app_get_key (app);
  g_autofree char *name = g_strconcat (key, kept ? "" : " in memory", NULL);
  WebKitNetworkSession *session = g_hash_table_lookup (self->sessions, name);

  if (session == NULL)
    {
      g_autofree char *data = g_build_filename (self->directory, "apps", key, "web", NULL);
      g_autofree char *cache = g_build_filename (self->directory, "apps", key, "cache", NULL);

      session = tn_profile_create_session (kept ? data : NULL, kept ? cache : NULL, self->proxy_url);
      g_hash_table_insert (self->sessions, g_steal_pointer (&name), session);
    }
  return session;
}

char *
tn_runtime_make_marker (TnRuntime *self, const char *tile_id)
{
  g_autofree char *name = tn_random_id (16);
  char *marker = g_build_filename (self->markers, name, NULL);

  if (g_mkdir_with_parents (marker, 0700) != 0)
    g_warning ("%s can’t be made; tile %s can’t be proved", marker, tile_id);
  return marker;
}

void
tn_runtime_drop_marker (char *marker)
{
  g_rmdir (marker);
  g_free (marker);
}

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

/* Mixed in the direction of the background, so that it holds in light and dark. */
static void
set_mixed (JsonObject *variables, const char *name, const TnTheme *theme, int percent)
{
  g_autofree char *value
    = g_strdup_printf ("color-mix(in srgb, %s %d%%, %s)", theme->foreground, percent, theme->background);

  json_object_set_string_member (variables, name, value);
}

char *
tn_runtime_paint (TnRuntime *self)
{
  JsonObject *variables = json_object_new ();
  g_autoptr (JsonObject) paint = json_object_new ();

  json_object_set_string_member (variables, "--nexus-accent", self->theme.accent);
  json_object_set_string_member (variables, "--nexus-accent-fg", "#ffffff");
  json_object_set_string_member (variables, "--nexus-fg", self->theme.foreground);
  json_object_set_string_member (variables, "--nexus-bg", self->theme.background);
  set_mixed (variables, "--nexus-dim", &self->theme, self->theme.high_contrast ? 90 : 65);
  set_mixed (variables, "--nexus-border", &self->theme, self->theme.high_contrast ? 50 : 15);
  json_object_set_boolean_member (paint, "dark", self->theme.dark);
  json_object_set_boolean_member (paint, "rtl", gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL);
  json_object_set_object_member (paint, "variables", variables);
  return tn_json_object_to_string (paint);
}

JsonNode *
tn_runtime_theme_node (TnRuntime *self)
{
  JsonObject *theme = json_object_new ();

  json_object_set_boolean_member (theme, "dark", self->theme.dark);
  json_object_set_boolean_member (theme, "highContrast", self->theme.high_contrast);
  json_object_set_string_member (theme, "accent", self->theme.accent);
  json_object_set_string_member (theme, "foreground", self->theme.foreground);
  json_object_set_string_member (theme, "background", self->theme.background);
  return take_object (theme);
}

void
tn_runtime_tell (TnRuntime *self, const char *type, JsonNode *data)
{
  g_autoptr (JsonNode) owned = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnEvent) event = tn_event_new (TN_EVENT_HOST_SOURCE, type, owned, &error);

  if (event != NULL)
    tn_bus_publish (self->bus, event, 0);
  else
    g_warning ("The host could not say %s: %s", type, error->message);
}

/* One page got out, so any could: all are ended, and none is begun. */
static void
stop_all (TnRuntime *self)
{
  g_autoptr (GPtrArray) instances = g_ptr_array_copy (self->instances, (GCopyFunc) g_object_ref, NULL);

  g_ptr_array_set_free_func (instances, g_object_unref);
  self->leaking = TRUE;
  tn_audit_add (self->audit, "process.canary", NULL, NULL, NULL, "got out", NULL);
  for (guint i = 0; i < instances->len; i++)
    tn_instance_fail (instances->pdata[i], TN_TROUBLE_UNPROVED, _("a page of ours reached the network"));
}

static void
canary_done_cb (TnCanaryVerdict verdict, gpointer user_data)
{
  TnRuntime *self = user_data;

  g_clear_pointer (&self->canary, tn_canary_free);
  self->verdict = verdict;
  if (verdict == TN_CANARY_KEPT_IN)
    tn_audit_add (self->audit, "process.canary", NULL, NULL, NULL, "kept in", NULL);
  else if (verdict == TN_CANARY_GOT_OUT)
    stop_all (self);
  else if (verdict == TN_CANARY_UNKNOWN)
    g_message ("The page that tries to get out could not be started; the next start tries again");
}

static gboolean
try_walls_cb (gpointer user_data)
{
  TnRuntime *self = user_data;
  g_autoptr (GError) error = NULL;

  self->canary_source = 0;
  self->canary = tn_canary_new (self, canary_done_cb, self, &error);
  if (self->canary == NULL)
    g_message ("The walls were not tried: %s", error->message);
  return G_SOURCE_REMOVE;
}

/* Once per start, and not in the way of what is to be seen first. */
static void
try_walls_soon (TnRuntime *self)
{
  if (self->tried)
    return;
  self->tried = TRUE;
  self->canary_source = g_timeout_add (CANARY_MS, try_walls_cb, self);
}

/* All its tiles write to the same folder. */
static void
storage_over_cb (const char *app_key, gpointer user_data)
{
  TnRuntime *self = user_data;
  g_autoptr (GPtrArray) instances = g_ptr_array_copy (self->instances, (GCopyFunc) g_object_ref, NULL);
  g_autofree char *key = g_strdup (app_key);

  g_ptr_array_set_free_func (instances, g_object_unref);
  for (guint i = 0; i < instances->len; i++)
    {
      TnInstance *instance = instances->pdata[i];

      if (instance->view != NULL && g_str_equal (instance->app_key, key))
        tn_instance_fail (instance, TN_TROUBLE_STORAGE, NULL);
    }
}

static gboolean
start_next_cb (gpointer user_data)
{
  TnRuntime *self = user_data;
  TnInstance *instance = g_queue_pop_head (&self->starting);

  if (instance != NULL)
    tn_instance_open (instance);
  if (!g_queue_is_empty (&self->starting))
    return G_SOURCE_CONTINUE;
  self->start_source = 0;
  try_walls_soon (self);
  return G_SOURCE_REMOVE;
}

void
tn_runtime_queue_start (TnRuntime *self, TnInstance *instance)
{
  g_queue_push_tail (&self->starting, instance);
  if (self->start_source == 0)
    self->start_source = g_idle_add (start_next_cb, self);
}

void
tn_runtime_unqueue_start (TnRuntime *self, TnInstance *instance)
{
  g_queue_remove (&self->starting, instance);
  if (self->vault != NULL)
    tn_vault_dismiss (self->vault, instance);
}

/* A port that is taken, by a socket that never listens: whatever is sent to it is refused by the kernel. */
static gboolean
occupy_proxy (TnRuntime *self, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  self->dead_proxy = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (self->dead_proxy == NULL || !g_socket_bind (self->dead_proxy, any, FALSE, error)
      || (bound = g_socket_get_local_address (self->dead_proxy, error)) == NULL)
    return FALSE;
  self->proxy_url = g_strdup_printf ("http://127.0.0.1:%u",
                                     g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  return TRUE;
}

static void
tn_runtime_dispose (GObject *object)
{
  TnRuntime *self = TN_RUNTIME (object);

  g_clear_handle_id (&self->start_source, g_source_remove);
  g_clear_handle_id (&self->canary_source, g_source_remove);
  g_clear_pointer (&self->sessions, g_hash_table_unref);
  g_clear_pointer (&self->filter, webkit_user_content_filter_unref);
  g_clear_pointer (&self->guard, tn_guard_free);
  g_clear_pointer (&self->monitor, tn_monitor_free);
  g_clear_pointer (&self->storage, tn_storage_watch_free);
  g_clear_pointer (&self->vault, tn_vault_free);
  g_clear_pointer (&self->proxy, tn_proxy_free);
  g_clear_object (&self->platform);
  g_clear_pointer (&self->warden, tn_warden_free);
  g_clear_object (&self->dead_proxy);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->question);
  g_queue_clear_full (&self->questions, g_object_unref);
  g_clear_object (&self->policy);
  g_clear_object (&self->limits);
  g_clear_object (&self->store);
  g_clear_object (&self->audit);
  g_clear_object (&self->log);
  g_clear_object (&self->bus);
  if (self->markers != NULL)
    g_rmdir (self->markers);
  G_OBJECT_CLASS (tn_runtime_parent_class)->dispose (object);
}

static void
tn_runtime_finalize (GObject *object)
{
  TnRuntime *self = TN_RUNTIME (object);

  g_ptr_array_unref (self->instances);
  g_hash_table_unref (self->forgetting);
  g_free (self->directory);
  g_free (self->markers);
  g_free (self->proxy_url);
  G_OBJECT_CLASS (tn_runtime_parent_class)->finalize (object);
}

static void
tn_runtime_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_QUESTION)
    g_value_set_object (value, TN_RUNTIME (object)->question);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

TnQuestion *
tn_runtime_get_question (TnRuntime *self)
{
  g_return_val_if_fail (TN_IS_RUNTIME (self), NULL);

  return self->question;
}

void
tn_runtime_next_question (TnRuntime *self)
{
  if (g_set_object (&self->question, g_queue_peek_head (&self->questions)))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_QUESTION]);
}

/* @app_key: (nullable): of all apps */
static void
follow_mode (TnRuntime *self, const char *app_key)
{
  g_autoptr (GPtrArray) instances = g_ptr_array_copy (self->instances, (GCopyFunc) g_object_ref, NULL);

  g_ptr_array_set_free_func (instances, g_object_unref);
  for (guint i = 0; i < instances->len; i++)
    if (app_key == NULL || g_str_equal (((TnInstance *) instances->pdata[i])->app_key, app_key))
      tn_instance_follow_mode (instances->pdata[i]);
}

/* Before anything else happens: what was taken back ends now. */
static void
policy_changed_cb (TnRuntime *self, const char *app_key)
{
  for (guint i = 0; i < self->instances->len; i++)
    {
      TnInstance *instance = self->instances->pdata[i];

      if (instance->view != NULL && g_str_equal (instance->app_key, app_key))
        tn_gate_app_changed (instance);
    }
  tn_question_app_changed (self, app_key);
  follow_mode (self, app_key);
}

static void
mode_changed_cb (TnRuntime *self)
{
  follow_mode (self, NULL);
}

static void
limits_changed_cb (TnRuntime *self, const char *app_key)
{
  for (guint i = 0; i < self->instances->len; i++)
    {
      TnInstance *instance = self->instances->pdata[i];

      if (instance->view != NULL && g_str_equal (instance->app_key, app_key))
        tn_instance_follow_limits (instance);
    }
}

static void
tn_runtime_class_init (TnRuntimeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tn_runtime_dispose;
  object_class->finalize = tn_runtime_finalize;
  notice_signal = g_signal_new ("notice", TN_TYPE_RUNTIME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                TN_TYPE_INSTANCE, G_TYPE_STRING);
  object_class->get_property = tn_runtime_get_property;

  props[PROP_QUESTION] = g_param_spec_object ("question", NULL, NULL, TN_TYPE_QUESTION,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

/* Half of the machine's memory. */
static TnBudget
suitable_budget (void)
{
  guint64 mib = (guint64) sysconf (_SC_PHYS_PAGES) * (guint64) sysconf (_SC_PAGESIZE) >> 20;

  return (TnBudget){ SUSPEND_S, DISCARD_S, mib / 2, MAX (4, mib / MIB_PER_INSTANCE) };
}

static void
tn_runtime_init (TnRuntime *self)
{
  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->forgetting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->instances = g_ptr_array_new ();
  self->monitor = tn_monitor_new ();
  self->guard = tn_guard_new (self);
  self->warden = tn_warden_new ();
  self->budget = suitable_budget ();
  self->theme = (TnTheme) { FALSE, FALSE, "#3584e4", "#2e2e2e", "#ffffff" };
}

/* Nothing runs before it is known whose data are encrypted. */
static void
seals_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TnRuntime *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GHashTable) known = tn_store_list_seals_finish (self->store, result, &error);

  if (known == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  tn_vault_take_known (self->vault, known);
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

static void
limits_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TnRuntime *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (tn_limits_load_finish (TN_LIMITS (source), result, &error))
    tn_store_list_seals_async (self->store, g_task_get_cancellable (task), seals_listed_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

static void
filter_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TnRuntime *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->filter = tn_filter_load_finish (result, &error);
  if (self->filter == NULL)
    {
      g_prefix_error (&error, "%s: ", _("The filter that keeps apps off the network could not be made"));
      g_task_return_error (task, error);
      return;
    }
  tn_limits_load_async (self->limits, g_task_get_cancellable (task), limits_loaded_cb, g_object_ref (task));
}

/* A text of an app's that is not what was sealed. */
static void
tampered_cb (TnRuntime *self, const char *app_key, const char *owner)
{
  tn_audit_add (self->audit, "app.tampered", app_key, g_str_equal (owner, app_key) ? NULL : owner, "data", "refused", NULL);
}

void
tn_runtime_new_async (const char *directory, TnStore *store, TnAudit *audit, TnBus *bus, TnPolicy *policy, TnCatalogue *catalogue,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *ours = tn_paths_marker_dir ();
  g_autofree char *instance = g_strdup_printf ("%d", (int) getpid ());
  g_autofree char *filters = g_build_filename (directory, "filters", NULL);
  g_autofree char *apps = g_build_filename (directory, "apps", NULL);
  TnRuntime *self = g_object_new (TN_TYPE_RUNTIME, NULL);
  GError *error = NULL;

  self->directory = g_strdup (directory);
  self->markers = g_build_filename (ours, instance, NULL);
  self->store = g_object_ref (store);
  self->limits = tn_limits_new (store, audit);
  g_signal_connect_object (self->limits, "changed", G_CALLBACK (limits_changed_cb), self, G_CONNECT_SWAPPED);
  self->proxy = tn_proxy_new (store, self->limits);
  self->audit = g_object_ref (audit);
  self->bus = g_object_ref (bus);
  self->policy = g_object_ref (policy);
  g_signal_connect_object (policy, "changed", G_CALLBACK (policy_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (policy, "mode-changed", G_CALLBACK (mode_changed_cb), self, G_CONNECT_SWAPPED);
  self->catalogue = g_object_ref (catalogue);
  self->storage = tn_storage_watch_new (apps, store, storage_over_cb, self);
  self->vault = tn_vault_new (self);
  g_signal_connect_object (store, "tampered", G_CALLBACK (tampered_cb), self, G_CONNECT_SWAPPED);
  g_task_set_task_data (task, self, g_object_unref);
  if (!occupy_proxy (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  tn_filter_load_async (filters, cancellable, filter_loaded_cb, g_steal_pointer (&task));
}

TnRuntime *
tn_runtime_new_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
tn_runtime_close (TnRuntime *self)
{
  g_return_if_fail (TN_IS_RUNTIME (self));

  self->tried = TRUE;
  g_clear_handle_id (&self->canary_source, g_source_remove);
  g_clear_pointer (&self->canary, tn_canary_free);
  tn_proxy_save (self->proxy);
}

void
tn_runtime_set_log (TnRuntime *self, TnLog *log)
{
  g_return_if_fail (TN_IS_RUNTIME (self) && TN_IS_LOG (log));

  g_set_object (&self->log, log);
}

void
tn_runtime_set_platform (TnRuntime *self, TnPlatform *platform)
{
  g_return_if_fail (TN_IS_RUNTIME (self) && (platform == NULL || TN_IS_PLATFORM (platform)));

  g_set_object (&self->platform, platform);
}

TnInstance *
tn_runtime_find_instance (TnRuntime *self, const char *tile_id)
{
  g_return_val_if_fail (TN_IS_RUNTIME (self) && tile_id != NULL, NULL);

  for (guint i = 0; i < self->instances->len; i++)
    if (g_str_equal (((TnInstance *) self->instances->pdata[i])->tile_id, tile_id))
      return self->instances->pdata[i];
  return NULL;
}

TnCallMetrics
tn_runtime_get_call_metrics (TnRuntime *self, const char *app_key)
{
  TnBook *book;

  g_return_val_if_fail (TN_IS_RUNTIME (self) && app_key != NULL, (TnCallMetrics){ 0 });

  book = tn_proxy_find_book (self->proxy, app_key);
  return book != NULL ? book->metrics : (TnCallMetrics){ 0 };
}

static void
audit_budget (TnRuntime *self)
{
  g_autofree char *detail
    = g_strdup_printf ("%u MiB, %u at a time", self->budget.memory_mib, self->budget.instances);

  tn_audit_add (self->audit, "limit.set", NULL, NULL, "all together", "set", detail);
}

void
tn_runtime_set_budget (TnRuntime *self, const TnBudget *budget)
{
  TnBudget before = self->budget;

  g_return_if_fail (TN_IS_RUNTIME (self) && budget != NULL);

  self->budget = suitable_budget ();
  if (budget->suspend_s > 0)
    self->budget.suspend_s = budget->suspend_s;
  if (budget->discard_s > 0)
    self->budget.discard_s = budget->discard_s;
  if (budget->memory_mib > 0)
    self->budget.memory_mib = budget->memory_mib;
  if (budget->instances > 0)
    self->budget.instances = budget->instances;
  /* The first one is what holds since before. */
  if (self->budgeted && (self->budget.memory_mib != before.memory_mib || self->budget.instances != before.instances))
    audit_budget (self);
  self->budgeted = TRUE;
}

TnBudget
tn_runtime_get_budget (TnRuntime *self)
{
  g_return_val_if_fail (TN_IS_RUNTIME (self), (TnBudget){ 0 });

  return self->budget;
}

TnLimits *
tn_runtime_get_limits (TnRuntime *self)
{
  g_return_val_if_fail (TN_IS_RUNTIME (self), NULL);

  return self->limits;
}

void
tn_runtime_notice (TnRuntime *self, TnInstance *instance, const char *text)
{
  g_signal_emit (self, notice_signal, 0, instance, text);
}

void
tn_runtime_set_theme (TnRuntime *self, const TnTheme *theme)
{
  g_return_if_fail (TN_IS_RUNTIME (self) && theme != NULL);

  if (memcmp (&self->theme, theme, sizeof *theme) == 0)
    return;
  self->theme = *theme;
  for (guint i = 0; i < self->instances->len; i++)
    tn_instance_paint (self->instances->pdata[i]);
}

TnHistory *
tn_runtime_get_history (TnRuntime *self)
{
  g_return_val_if_fail (TN_IS_RUNTIME (self), NULL);

  return tn_guard_get_history (self->guard);
}

gint64
tn_runtime_read_pss (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/smaps_rollup", pid);
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (line = strstr (text, "\nPss:")) == NULL)
    return -1;
  return g_ascii_strtoll (line + strlen ("\nPss:"), NULL, 10);
}

int
tn_runtime_get_network_pid (TnRuntime *self)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%d/children", (int) getpid ());
  g_autofree char *text = NULL;
  g_auto (GStrv) pids = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  pids = g_strsplit (text, " ", -1);
  for (guint i = 0; pids[i] != NULL; i++)
    {
      g_autofree char *comm_path = g_strdup_printf ("/proc/%s/comm", g_strstrip (pids[i]));
      g_autofree char *comm = NULL;

      if (*pids[i] != '\0' && g_file_get_contents (comm_path, &comm, NULL, NULL)
          && g_str_has_prefix (comm, "WebKitNetworkPr"))
        return (int) g_ascii_strtoll (pids[i], NULL, 10);
    }
  return 0;
}
