/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"

typedef struct
{
  TnInstance *instance;
  TnInstanceState state;
} StateWish;

typedef struct
{
  Stage *stage;
  const char *tile_id, *key;
  char *value;
  gboolean asking;
} ValueWish;

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

gboolean
stage_wait (StageCondition holds, gpointer data, double seconds)
{
  gint64 end = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
  guint tick = g_timeout_add (20, wake_cb, NULL);
  gboolean held;

  while (!(held = holds (data)) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  return held;
}

static gboolean
is_in_state (gpointer data)
{
  StateWish *wish = data;

  return tn_instance_get_state (wish->instance) == wish->state;
}

gboolean
stage_wait_state (TnInstance *instance, TnInstanceState state, double seconds)
{
  StateWish wish = { instance, state };

  return stage_wait (is_in_state, &wish, seconds);
}

static void
value_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ValueWish *wish = user_data;

  wish->asking = FALSE;
  wish->value = tn_store_kv_get_finish (TN_STORE (source), result, NULL);
}

static gboolean
has_value (gpointer data)
{
  ValueWish *wish = data;

  if (wish->value == NULL && !wish->asking)
    {
      wish->asking = TRUE;
      tn_store_kv_get_async (wish->stage->store, TN_KV_TILE, wish->tile_id, wish->key, NULL, value_cb, wish);
    }
  return wish->value != NULL;
}

static gboolean
is_answered (gpointer data)
{
  return !((ValueWish *) data)->asking;
}

char *
stage_wait_value (Stage *self, const char *tile_id, const char *key, double seconds)
{
  ValueWish wish = { self, tile_id, key, NULL, FALSE };

  stage_wait (has_value, &wish, seconds);
  g_assert_true (stage_wait (is_answered, &wish, 10));
  return wish.value;
}

/* How many rows tell of something; asked for again and again. */
typedef struct
{
  Stage *stage;
  TnAuditFilter filter;
  gint64 wanted, n;
  gboolean asking;
} RowsWish;

static void
rows_counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RowsWish *wish = user_data;

  wish->n = tn_store_count_audit_finish (TN_STORE (source), result, NULL);
  wish->asking = FALSE;
}

static void
rows_flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RowsWish *wish = user_data;

  tn_store_count_audit_async (wish->stage->store, &wish->filter, NULL, rows_counted_cb, wish);
}

static gboolean
are_rows_there (gpointer data)
{
  RowsWish *wish = data;

  if (wish->asking)
    return FALSE;
  if (wish->n >= wish->wanted)
    return TRUE;
  wish->asking = TRUE;
  tn_audit_flush_async (wish->stage->audit, NULL, rows_flushed_cb, wish);
  return FALSE;
}

gint64
stage_wait_rows (Stage *stage, TnAuditFilter filter, gint64 wanted)
{
  RowsWish wish = { stage, filter, wanted, -1, FALSE };

  g_assert_true (stage_wait (are_rows_there, &wish, 20));
  return wish.n;
}

/* Granted as by a person who grants everything, unless the test answers itself. */
static void
question_cb (TnRuntime *runtime, GParamSpec *pspec, Stage *self)
{
  TnQuestion *question = tn_runtime_get_question (runtime);

  if (question != NULL && !self->asks)
    tn_question_answer (question, TN_ANSWER_ONCE);
}

Stage *
stage_new (const char *apps)
{
  Stage *self = g_new0 (Stage, 1);
  g_autoptr (GAsyncResult) opened = NULL, made = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("tn-stage-XXXXXX", NULL);
  tn_store_open_async (self->folder, NULL, take_result_cb, &opened);
  g_assert_true (stage_wait (has_result, &opened, 10));
  self->store = tn_store_open_finish (opened, &error);
  g_assert_no_error (error);
  self->bus = tn_bus_new (TN_EVENT_LOG (self->store));
  self->audit = tn_audit_new (self->store, NULL);
  self->policy = tn_policy_new (self->store);
  tn_policy_set_audit (self->policy, self->audit);
  self->catalogue = tn_catalogue_new ();
  tn_catalogue_add_folder (self->catalogue, "test", apps, &error);
  g_assert_no_error (error);
  tn_runtime_new_async (self->folder, self->store, self->audit, self->bus, self->policy, self->catalogue, NULL,
                        take_result_cb, &made);
  g_assert_true (stage_wait (has_result, &made, 20));
  self->runtime = tn_runtime_new_finish (made, &error);
  g_assert_no_error (error);
  self->log = tn_log_new ();
  tn_audit_set_log (self->audit, self->log);
  tn_runtime_set_log (self->runtime, self->log);
  g_signal_connect (self->runtime, "notify::question", G_CALLBACK (question_cb), self);
  self->instances = g_ptr_array_new_with_free_func (g_object_unref);
  self->window = gtk_window_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 900, 600);
  gtk_window_set_child (GTK_WINDOW (self->window), self->box);
  gtk_window_present (GTK_WINDOW (self->window));
  return self;
}

static void
view_changed_cb (TnInstance *instance, GParamSpec *pspec, Stage *self)
{
  GtkWidget *before = g_object_get_data (G_OBJECT (instance), "placed");
  GtkWidget *view = tn_instance_get_view (instance);

  if (before != NULL)
    gtk_box_remove (GTK_BOX (self->box), before);
  if (view != NULL)
    {
      gtk_widget_set_hexpand (view, TRUE);
      gtk_box_append (GTK_BOX (self->box), view);
    }
  g_object_set_data (G_OBJECT (instance), "placed", view);
}

TnInstance *
stage_place (Stage *self, const char *id)
{
  return stage_place_as (self, id, id);
}

TnInstance *
stage_place_as (Stage *self, const char *id, const char *tile_id)
{
  TnApp *app = tn_catalogue_find_id (self->catalogue, id);
  g_autofree char *key = app != NULL ? g_strdup (tn_app_get_key (app)) : tn_app_key ("test", id, "");
  TnInstance *instance = tn_runtime_create_instance (self->runtime, key, id, tile_id, NULL);

  g_ptr_array_add (self->instances, instance);
  g_signal_connect (instance, "notify::view", G_CALLBACK (view_changed_cb), self);
  tn_instance_set_size (instance, 4, 4, 400, 300);
  tn_instance_start (instance);
  return instance;
}

void
stage_click (Stage *self, TnInstance *instance)
{
  GtkWidget *view = tn_instance_get_view (instance);
  graphene_point_t middle = { gtk_widget_get_width (view) / 2.0f, gtk_widget_get_height (view) / 2.0f }, at;
  double x, y;
  g_autofree char *command = NULL;

  g_assert_true (gtk_widget_compute_point (view, self->window, &middle, &at));
  gtk_native_get_surface_transform (GTK_NATIVE (self->window), &x, &y);
  command = g_strdup_printf ("xdotool mousemove %.0f %.0f click 1", at.x + x, at.y + y);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
}

void
stage_free (Stage *self)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", self->folder);

  for (guint i = 0; i < self->instances->len; i++)
    {
      g_autoptr (GAsyncResult) stopped = NULL;

      tn_instance_stop_async (self->instances->pdata[i], NULL, take_result_cb, &stopped);
      g_assert_true (stage_wait (has_result, &stopped, 5));
    }
  g_ptr_array_unref (self->instances);
  gtk_window_destroy (GTK_WINDOW (self->window));
  tn_runtime_close (self->runtime);
  g_object_unref (self->runtime);
  g_object_unref (self->policy);
  g_object_unref (self->catalogue);
  g_object_unref (self->bus);
  tn_audit_close (self->audit);
  g_object_unref (self->audit);
  g_object_unref (self->log);
  g_object_unref (self->store);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (self->folder);
  g_free (self);
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

void
stage_write_app (const char *apps, const char *id, const char *more, const char *script)
{
  g_autofree char *folder = g_build_filename (apps, id, NULL);
  g_autofree char *manifest = g_strdup_printf (
    "{\"sdk\": 1, \"id\": \"%s\", \"name\": \"%s\", \"version\": \"1.0.0\", \"entryPoint\": \"index.html\"%s}", id, id,
    more);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  write_file (folder, "manifest.json", manifest);
  write_file (folder, "index.html", "<!doctype html><title>x</title><body><script type=module src=app.js></script>");
  write_file (folder, "app.js", script);
}

void
stage_set_up (StageFixture *fixture, const StageApp *apps, gsize n_apps)
{
  fixture->apps = g_dir_make_tmp ("tn-apps-XXXXXX", NULL);
  for (gsize i = 0; i < n_apps; i++)
    stage_write_app (fixture->apps, apps[i].id, apps[i].more, apps[i].script);
  fixture->stage = stage_new (fixture->apps);
}

void
stage_tear_down (StageFixture *fixture, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->apps);

  stage_free (fixture->stage);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (fixture->apps);
}
