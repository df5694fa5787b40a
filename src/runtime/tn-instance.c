/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-question-private.h"
#include "tn-clock.h"
#include "tn-fault.h"
#include "tn-guard.h"
#include "tn-json.h"
#include "tn-lifecycle.h"
#include "tn-profile.h"
#include "tn-save.h"
#include "tn-sockets.h"
#include "tn-transfer.h"
#include "tn-violation.h"
#include "tn-watchdog.h"

#include <glib/gi18n-lib.h>

#define STOP_MS 500
#define CRASHES_US (60 * G_USEC_PER_SEC) /* how soon after another one a crash is one of a row */

G_DEFINE_FINAL_TYPE (TnInstance, tn_instance, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_VIEW,
  PROP_CAPTION,
  PROP_COVERED,
  N_PROPS
};

enum
{
  PICTURE_CHANGED,
  WARNING,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

gboolean
tn_instance_is_tile (TnInstance *self)
{
  return self->app == NULL || !g_str_equal (tn_app_get_source (self->app), TN_SOURCE_HOST);
}

static void
tell_state (TnInstance *self)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!tn_instance_is_tile (self))
    return;
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "tile");
  json_builder_add_string_value (builder, self->tile_id);
  json_builder_set_member_name (builder, "app");
  json_builder_add_string_value (builder, self->app_id);
  json_builder_set_member_name (builder, "state");
  json_builder_add_string_value (builder, tn_lifecycle_state_name (self->state));
  json_builder_set_member_name (builder, "reason");
  json_builder_add_string_value (builder, tn_lifecycle_trouble_name (self->trouble));
  json_builder_end_object (builder);
  tn_runtime_tell (self->runtime, "host.tile.state", json_builder_get_root (builder));
}

void
tn_instance_set_state (TnInstance *self, TnInstanceState state)
{
  if (self->state == state)
    return;
  if (!tn_lifecycle_allows (self->state, state))
    {
      g_warning ("Tile %s can’t go from %s to %s", self->tile_id, tn_lifecycle_state_name (self->state),
                 tn_lifecycle_state_name (state));
      return;
    }
  self->state = state;
  if (state == TN_STATE_RUNNING)
    self->trouble = TN_TROUBLE_NONE;
  if (state != TN_STATE_RUNNING)
    tn_instance_throttle (self, self->share);
  if (state != TN_STATE_HUNG)
    tn_watchdog_end (self);
  if (tn_lifecycle_is (state, TN_LIFE_TOLD))
    tell_state (self);
  tn_instance_watch_sight (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  if (state == TN_STATE_RUNNING)
    tn_instance_take_saves (self);
}

void
tn_instance_drop_view (TnInstance *self)
{
  tn_runtime_unqueue_start (self->runtime, self);
  tn_instance_close_view (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VIEW]);
}

static void
finish_stop (TnInstance *self)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->stopping);

  g_clear_handle_id (&self->stop_timer, g_source_remove);
  tn_instance_drop_view (self);
  tn_instance_uncover (self);
  if (self->state != TN_STATE_STOPPED)
    tn_instance_set_state (self, TN_STATE_STOPPED);
  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    g_task_return_boolean (tasks->pdata[i], TRUE);
}

static gboolean
retry_cb (gpointer user_data)
{
  TnInstance *self = user_data;

  self->retry_timer = 0;
  tn_instance_restart (self);
  return G_SOURCE_REMOVE;
}

/* The first crash of a row is the person's to mend; the next two are made good after a while; then it stays as it is. */
static char *
count_crash (TnInstance *self)
{
  static const guint waits[] = { 0, 0, 5, 30 };
  gint64 now = tn_clock_monotonic_us ();

  self->n_crashes = now - self->crashed_us < CRASHES_US ? self->n_crashes + 1 : 1;
  self->crashed_us = now;
  if (self->n_crashes >= G_N_ELEMENTS (waits))
    return g_strdup (_("It does so again and again, and is not started by itself any more."));
  if (waits[self->n_crashes] == 0)
    return NULL;
  self->retry_timer = g_timeout_add_seconds (waits[self->n_crashes], retry_cb, self);
  return g_strdup_printf (_("It starts again in %u seconds."), waits[self->n_crashes]);
}

static void
say (TnInstance *self, TnTrouble trouble, const char *detail)
{
  const char *sentence = tn_lifecycle_sentence (TN_STATE_TROUBLED, trouble);
  g_autofree char *more = trouble == TN_TROUBLE_CRASHED ? count_crash (self) : NULL;

  g_free (self->sentence);
  if (detail != NULL)
    self->sentence = g_strdup_printf ("%s (%s)", sentence, detail);
  else
    self->sentence = g_strjoin (more != NULL ? " " : "", sentence, more, NULL);
}

void
tn_instance_fail (TnInstance *self, TnTrouble trouble, const char *detail)
{
  if (self->stopping != NULL)
    {
      finish_stop (self);
      return;
    }
  if (self->state == TN_STATE_TROUBLED)
    return;
  tn_instance_audit_trouble (self, trouble, detail);
  self->trouble = trouble;
  say (self, trouble, detail);
  tn_instance_drop_view (self);
  tn_instance_set_state (self, TN_STATE_TROUBLED);
  tn_instance_uncover (self);
}

static void
unmounted_cb (JsonNode *value, const char *message, gpointer user_data)
{
  finish_stop (user_data);
}

static void
state_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnInstance) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!tn_store_save_state_finish (TN_STORE (source), result, &error))
    g_warning ("The state of tile %s could not be kept: %s", self->tile_id, error->message);
}

void
tn_instance_keep_state (TnInstance *self, JsonNode *state)
{
  g_autofree char *text = NULL;

  if (state == NULL || JSON_NODE_HOLDS_NULL (state))
    return;
  text = tn_json_to_string (state);
  tn_store_save_state_async (self->runtime->store, self->tile_id, text, NULL, state_saved_cb, g_object_ref (self));
}

static void
got_state_cb (JsonNode *value, const char *message, gpointer user_data)
{
  TnInstance *self = user_data;

  tn_instance_keep_state (self, value);
  tn_bridge_ask (self->bridge, self->view, "unmount", NULL, unmounted_cb, self);
}

static gboolean
stop_timeout_cb (gpointer user_data)
{
  TnInstance *self = user_data;

  self->stop_timer = 0;
  finish_stop (self);
  return G_SOURCE_REMOVE;
}

static void
files_changed_cb (GFileMonitor *files, GFile *file, GFile *other, GFileMonitorEvent event, TnInstance *self)
{
  if (event == G_FILE_MONITOR_EVENT_DELETED && self->view != NULL && tn_app_is_missing (self->app))
    tn_instance_fail (self, TN_TROUBLE_MISSING, NULL);
}

static void
watch_files (TnInstance *self)
{
  g_autoptr (GFile) folder = g_file_new_for_path (tn_app_get_directory (self->app));

  if (self->files != NULL)
    return;
  self->files = g_file_monitor_directory (folder, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->files != NULL)
    g_signal_connect_object (self->files, "changed", G_CALLBACK (files_changed_cb), self, 0);
}

/* The files may have changed since they were read: what is started is what is there now. */
static void
read_app (TnInstance *self)
{
  TnApp *known = self->app != NULL ? self->app : tn_catalogue_find (self->runtime->catalogue, self->app_key);

  if (known != NULL)
    {
      g_autoptr (TnApp) fresh = tn_app_load (tn_app_get_source (known), tn_app_get_directory (known));

      /* A folder whose manifest says another id now holds another app: this one is gone. */
      g_clear_object (&self->app);
      if (tn_app_get_manifest (fresh) == NULL || g_str_equal (tn_app_get_key (fresh), self->app_key))
        self->app = g_steal_pointer (&fresh);
    }
}

static void
tn_instance_dispose (GObject *object)
{
  TnInstance *self = TN_INSTANCE (object);

  g_clear_handle_id (&self->stop_timer, g_source_remove);
  g_clear_handle_id (&self->sight_timer, g_source_remove);
  g_clear_handle_id (&self->retry_timer, g_source_remove);
  g_clear_handle_id (&self->cover_timer, g_source_remove);
  g_clear_pointer (&self->folder_watch, tn_folder_watch_free);
  if (self->runtime != NULL)
    {
      tn_instance_close_view (self);
      tn_runtime_unqueue_start (self->runtime, self);
      g_ptr_array_remove_fast (self->runtime->instances, self);
    }
  g_clear_object (&self->runtime);
  g_clear_object (&self->app);
  g_clear_object (&self->files);
  g_clear_object (&self->picture);
  G_OBJECT_CLASS (tn_instance_parent_class)->dispose (object);
}

static void
tn_instance_finalize (GObject *object)
{
  TnInstance *self = TN_INSTANCE (object);

  g_free (self->app_key);
  g_free (self->app_id);
  g_free (self->tile_id);
  g_free (self->source);
  g_free (self->config);
  g_free (self->sentence);
  g_free (self->caption);
  tn_history_free (self->history);
  g_hash_table_unref (self->grants);
  g_hash_table_unref (self->subscriptions);
  g_queue_free_full (self->outbox, tn_delivery_free);
  g_hash_table_unref (self->responders);
  g_rc_box_release (self->unanswered);
  g_hash_table_unref (self->requests);
  g_hash_table_unref (self->transfers);
  g_hash_table_unref (self->offers);
  g_hash_table_unref (self->saves);
  g_hash_table_unref (self->sockets);
  G_OBJECT_CLASS (tn_instance_parent_class)->finalize (object);
}

static void
tn_instance_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TnInstance *self = TN_INSTANCE (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_VIEW:
      g_value_set_object (value, self->view);
      break;
    case PROP_COVERED:
      g_value_set_boolean (value, tn_instance_get_covered (self));
      break;
    case PROP_CAPTION:
      g_value_set_string (value, self->caption);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tn_instance_class_init (TnInstanceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tn_instance_dispose;
  object_class->finalize = tn_instance_finalize;
  object_class->get_property = tn_instance_get_property;

  props[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, TN_STATE_TROUBLED, 0,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_VIEW] = g_param_spec_object ("view", NULL, NULL, G_TYPE_OBJECT,
                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, "",
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_COVERED]
    = g_param_spec_boolean ("covered", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[PICTURE_CHANGED]
    = g_signal_new ("picture-changed", TN_TYPE_INSTANCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WARNING]
    = g_signal_new ("warning", TN_TYPE_INSTANCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("state-read", TN_TYPE_INSTANCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tn_instance_init (TnInstance *self)
{
  self->grants = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->subscriptions = g_hash_table_new_full (NULL, NULL, NULL, tn_held_free);
  self->waiting.max_bytes = TN_BUS_QUEUE_BYTES;
  tn_rate_init (&self->replay_rate, TN_REPLAYS_PER_SECOND, TN_REPLAYS);
  self->outbox = g_queue_new ();
  self->responders = g_hash_table_new_full (NULL, NULL, NULL, tn_responding_free);
  self->unanswered = g_rc_box_new0 (guint);
  self->requests = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->transfers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) tn_transfer_unref);
  self->offers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->saves = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, tn_save_unref);
  self->sockets = g_hash_table_new_full (NULL, NULL, NULL, tn_sockets_free_one);
  self->sentence = g_strdup ("");
  self->caption = g_strdup ("");
  self->visible = TRUE;
  self->history = tn_history_new ();
  self->share = 1;
  self->seen_us = tn_clock_monotonic_us ();
  self->crashed_us = -CRASHES_US;
}

static TnInstance *
create (TnRuntime *runtime, TnApp *app, const char *app_key, const char *app_id, const char *tile_id,
        const char *config)
{
  TnInstance *self = g_object_new (TN_TYPE_INSTANCE, NULL);

  self->runtime = g_object_ref (runtime);
  self->app_key = g_strdup (app_key);
  self->app_id = g_strdup (app_id);
  self->tile_id = g_strdup (tile_id);
  self->source = g_strdup_printf ("tn:/%s/%s", app_key, tile_id);
  self->config = g_strdup (config);
  g_set_object (&self->app, app);
  g_ptr_array_add (runtime->instances, self);
  return self;
}

TnInstance *
tn_instance_new (TnRuntime *runtime, TnApp *app, const char *tile_id, const char *config)
{
  return create (runtime, app, tn_app_get_key (app), tn_app_get_id (app), tile_id, config);
}

TnInstance *
tn_runtime_create_instance (TnRuntime *runtime, const char *app_key, const char *app_id, const char *tile_id,
                            const char *config)
{
  g_return_val_if_fail (TN_IS_RUNTIME (runtime) && app_key != NULL && app_id != NULL && tile_id != NULL, NULL);

  return create (runtime, tn_catalogue_find (runtime->catalogue, app_key), app_key, app_id, tile_id, config);
}

void
tn_instance_open (TnInstance *self)
{
  tn_instance_open_view (self);
  tn_guard_start (self->runtime->guard);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VIEW]);
  tn_instance_load (self);
}

static void
level_answered_cb (TnAsked asked, gpointer user_data)
{
  TnInstance *self = user_data;

  if (asked == TN_ASKED_WITHDRAWN)
    return;
  if (tn_policy_takes_level (self->runtime->policy, self->app))
    tn_vault_admit (self->runtime->vault, self);
  else
    tn_instance_fail (self, TN_TROUBLE_LEVEL, NULL);
}

void
tn_instance_start (TnInstance *self)
{
  g_autofree char *detail = NULL;

  g_return_if_fail (TN_IS_INSTANCE (self));

  if (self->state != TN_STATE_STOPPED && self->state != TN_STATE_DISCARDED)
    return;
  g_clear_handle_id (&self->retry_timer, g_source_remove);
  read_app (self);
  self->trouble = TN_TROUBLE_NONE;
  self->returning = self->state == TN_STATE_DISCARDED && self->picture != NULL;
  if (self->app == NULL || tn_app_is_missing (self->app)
      || g_hash_table_contains (self->runtime->forgetting, self->app_key))
    {
      tn_instance_fail (self, TN_TROUBLE_MISSING, NULL);
      return;
    }
  if (self->runtime->leaking)
    {
      tn_instance_fail (self, TN_TROUBLE_UNPROVED, _("a page of ours reached the network"));
      return;
    }
  watch_files (self);
  tn_instance_watch_saves (self);
  if (tn_app_get_manifest (self->app) == NULL)
    {
      const TnFault *fault = g_ptr_array_index (tn_app_get_faults (self->app), 0);

      detail = g_strdup_printf ("%s: %s", *fault->pointer != '\0' ? fault->pointer : "/", fault->message);
      tn_instance_tell_faults (self, self->app);
      tn_instance_fail (self, TN_TROUBLE_BROKEN, detail);
      return;
    }
  if (!tn_profile_can_block (tn_app_get_manifest (self->app)))
    {
      tn_instance_fail (self, TN_TROUBLE_UNPROVED, _("what it gave up can’t be taken from it: the program is not whole"));
      return;
    }
  tn_instance_set_state (self, TN_STATE_PROVING);
  if (tn_policy_takes_level (self->runtime->policy, self->app))
    tn_vault_admit (self->runtime->vault, self);
  else
    tn_question_ask (self, NULL, level_answered_cb, self);
}

void
tn_instance_stop_async (TnInstance *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (TN_IS_INSTANCE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_instance_stop_async);
  if (self->stopping != NULL)
    {
      g_ptr_array_add (self->stopping, task);
      return;
    }
  self->stopping = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->stopping, task);
  g_clear_handle_id (&self->retry_timer, g_source_remove);
  g_clear_handle_id (&self->rest_timer, g_source_remove);
  self->resting = TN_STATE_STOPPED;
  tn_instance_throttle (self, 1);
  if (tn_lifecycle_is (self->state, TN_LIFE_FROZEN))
    tn_instance_thaw (self);
  else if (self->state != TN_STATE_RUNNING)
    {
      finish_stop (self);
      return;
    }
  self->stop_timer = g_timeout_add (STOP_MS, stop_timeout_cb, self);
  tn_bridge_ask (self->bridge, self->view, "getState", NULL, got_state_cb, self);
}

gboolean
tn_instance_stop_finish (TnInstance *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  tn_instance_fail (TN_INSTANCE (source), TN_TROUBLE_ENDED, NULL);
}

void
tn_instance_end (TnInstance *self)
{
  g_return_if_fail (TN_IS_INSTANCE (self));

  tn_instance_stop_async (self, NULL, ended_cb, NULL);
}

/* The button says “Look Again”: an app that was not known may have been put there since. */
static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TnInstance *self = TN_INSTANCE (source);

  if (self->app == NULL)
    tn_catalogue_load (self->runtime->catalogue, self->runtime->directory, NULL);
  tn_instance_start (self);
}

void
tn_instance_remedy (TnInstance *self)
{
  g_return_if_fail (TN_IS_INSTANCE (self));

  self->may_ask = self->state == TN_STATE_TROUBLED && self->trouble == TN_TROUBLE_SEALED;
  if (self->state == TN_STATE_TROUBLED)
    tn_instance_restart (self);
  else if (self->state == TN_STATE_HUNG)
    tn_instance_fail (self, TN_TROUBLE_HUNG, NULL);
  else
    tn_instance_resume (self);
}

void
tn_instance_restart (TnInstance *self)
{
  g_return_if_fail (TN_IS_INSTANCE (self));

  tn_instance_stop_async (self, NULL, stopped_cb, NULL);
}

void
tn_instance_tell_size (TnInstance *self)
{
  if (!self->size_is_new || self->state != TN_STATE_RUNNING)
    return;
  self->size_is_new = FALSE;
  if (self->registered)
    tn_bridge_ask (self->bridge, self->view, "resize", tn_instance_size_node (self), NULL, NULL);
}

void
tn_instance_set_size (TnInstance *self, int columns, int rows, int width, int height)
{
  g_return_if_fail (TN_IS_INSTANCE (self));

  if (columns == self->columns && rows == self->rows && width == self->width && height == self->height)
    return;
  self->columns = columns;
  self->rows = rows;
  self->width = width;
  self->height = height;
  self->size_is_new = TRUE;
  tn_instance_tell_size (self);
}

const char *
tn_instance_get_tile_id (TnInstance *self)
{
  return self->tile_id;
}

TnApp *
tn_instance_get_app (TnInstance *self)
{
  return self->app;
}

TnInstanceState
tn_instance_get_state (TnInstance *self)
{
  return self->state;
}

TnTrouble
tn_instance_get_trouble (TnInstance *self)
{
  return self->trouble;
}

const char *
tn_instance_get_sentence (TnInstance *self)
{
  return self->state == TN_STATE_TROUBLED ? self->sentence : tn_lifecycle_sentence (self->state, self->trouble);
}

const char *
tn_instance_get_caption (TnInstance *self)
{
  return self->caption;
}

void
tn_instance_set_caption (TnInstance *self, const char *caption)
{
  if (g_str_equal (self->caption, caption))
    return;
  g_free (self->caption);
  self->caption = g_strdup (caption);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAPTION]);
}

const char *
tn_instance_get_remedy (TnInstance *self)
{
  return *tn_instance_get_sentence (self) != '\0' ? tn_lifecycle_remedy (self->state, self->trouble) : "";
}

TnHistory *
tn_instance_get_history (TnInstance *self)
{
  return self->history;
}

TnRung
tn_instance_get_rung (TnInstance *self)
{
  return self->ladders[tn_violation_worst (self)].rung;
}

double
tn_instance_get_share (TnInstance *self)
{
  return self->share;
}

gpointer
tn_instance_get_view (TnInstance *self)
{
  return self->view;
}

gpointer
tn_instance_get_picture (TnInstance *self)
{
  return self->picture;
}

const TnProof *
tn_instance_get_proof (TnInstance *self)
{
  return self->proof.pid != 0 ? &self->proof : NULL;
}

int
tn_instance_get_pid (TnInstance *self)
{
  return self->view != NULL ? self->proof.pid : 0;
}

gint64
tn_instance_get_mounted_us (TnInstance *self)
{
  return self->mounted_us;
}
