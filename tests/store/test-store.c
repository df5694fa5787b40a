/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

/* The asynchronous side: what is asked is done in order, answered on the asking thread, and tells of changes. */

typedef struct
{
  char *folder;
  TnStore *store;
  GAsyncResult *result; /* just come */
  GAsyncResult *looked; /* at before */
  GString *heard;       /* changes and notifications as they came */
} Fixture;

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *f = data;

  g_assert_null (f->result);
  f->result = g_object_ref (result);
}

static GAsyncResult *
await (Fixture *f)
{
  while (f->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&f->looked);
  f->looked = g_steal_pointer (&f->result);
  return f->looked;
}

static void
changed_cb (TnStore *store, const char *canvas_id, gpointer data)
{
  g_string_append_printf (((Fixture *) data)->heard, "changed %s\n", canvas_id);
}

static void
history_changed_cb (TnStore *store, gpointer data)
{
  g_string_append (((Fixture *) data)->heard, "history\n");
}

static void
notify_cb (TnStore *store, GParamSpec *pspec, gpointer data)
{
  gboolean value = FALSE;

  g_object_get (store, pspec->name, &value, NULL);
  g_string_append_printf (((Fixture *) data)->heard, "%s %d\n", pspec->name, value);
}

static void
open_store (Fixture *f, TnStoreOutcome outcome)
{
  g_autoptr (GError) error = NULL;

  tn_store_open_async (f->folder, NULL, take_result_cb, f);
  f->store = tn_store_open_finish (await (f), &error);
  g_assert_no_error (error);
  g_assert_cmpint (tn_store_get_outcome (f->store), ==, outcome);
  g_assert_cmpstr (tn_store_get_notice (f->store), ==, "");
  g_signal_connect (f->store, "changed", G_CALLBACK (changed_cb), f);
  g_signal_connect (f->store, "history-changed", G_CALLBACK (history_changed_cb), f);
  g_signal_connect (f->store, "notify", G_CALLBACK (notify_cb), f);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_make_folder ();
  f->heard = g_string_new (NULL);
  open_store (f, TN_STORE_CREATED);
}

static void
close_store (Fixture *f)
{
  g_clear_object (&f->looked);
  tn_store_close (f->store);
  g_assert_finalize_object (g_steal_pointer (&f->store));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  close_store (f);
  g_string_free (f->heard, TRUE);
  fixture_remove_folder (f->folder);
}

static void
assert_heard (Fixture *f, const char *expected)
{
  g_assert_cmpstr (f->heard->str, ==, expected);
  g_string_truncate (f->heard, 0);
}

static TnOperation *
make_canvas (const char *id)
{
  TnOperation *operation = tn_operation_new ("canvas.create", id, id);
  g_autoptr (TnCanvasRecord) record = tn_canvas_record_new (id, id);
  g_autofree char *tile_id = g_strconcat ("tile of ", id, NULL);
  g_autoptr (TnTileRecord) tile = tn_tile_record_new (tile_id, id, "abcdefghijklmnop", "com.example.todo");

  tn_operation_put_canvas (operation, record);
  tn_operation_put_tile (operation, tile);
  return operation;
}

static void
apply (Fixture *f, TnOperation *operation)
{
  g_autoptr (GError) error = NULL;

  tn_store_apply_async (f->store, operation, NULL, take_result_cb, f);
  tn_store_apply_finish (f->store, await (f), &error);
  g_assert_no_error (error);
}

static void
add_canvas (Fixture *f, const char *id)
{
  g_autoptr (TnOperation) operation = make_canvas (id);

  apply (f, operation);
}

static void
test_history (Fixture *f, gconstpointer data)
{
  g_autoptr (TnOperation) undone = NULL, redone = NULL, none = NULL;
  g_autoptr (GError) error = NULL;

  assert_heard (f, "");
  g_assert_false (tn_store_get_can_undo (f->store));
  /* The only canvas stays. */
  add_canvas (f, "c");
  assert_heard (f, "changed c\nhistory\n");
  add_canvas (f, "d");
  assert_heard (f, "can-undo 1\nchanged d\nhistory\n");

  tn_store_undo_async (f->store, NULL, take_result_cb, f);
  undone = tn_store_undo_finish (f->store, await (f), &error);
  g_assert_cmpstr (tn_operation_get_subject (undone), ==, "d");
  assert_heard (f, "can-undo 0\ncan-redo 1\nchanged d\nhistory\n");
  g_assert_true (tn_store_get_can_redo (f->store));

  tn_store_redo_async (f->store, NULL, take_result_cb, f);
  redone = tn_store_redo_finish (f->store, await (f), &error);
  g_assert_cmpstr (tn_operation_get_subject (redone), ==, "d");
  assert_heard (f, "can-undo 1\ncan-redo 0\nchanged d\nhistory\n");

  tn_store_redo_async (f->store, NULL, take_result_cb, f);
  none = tn_store_redo_finish (f->store, await (f), &error);
  g_assert_null (none);
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND);
  assert_heard (f, "");
}

static void
go_to (Fixture *f, gint64 seq, gint64 from, guint n_steps)
{
  g_autoptr (GError) error = NULL;
  g_autofree TnJourney *journey = NULL;

  tn_store_go_to_async (f->store, seq, NULL, take_result_cb, f);
  journey = tn_store_go_to_finish (f->store, await (f), &error);
  g_assert_no_error (error);
  g_assert_cmpint (journey->from, ==, from);
  g_assert_cmpint (journey->to, ==, seq);
  g_assert_cmpuint (journey->n_steps, ==, n_steps);
}

/* Every canvas on the way is told of once. */
static void
test_go_to (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  add_canvas (f, "c");
  add_canvas (f, "d");
  add_canvas (f, "e");
  g_string_truncate (f->heard, 0);
  go_to (f, 1, 3, 2);
  assert_heard (f, "can-undo 0\ncan-redo 1\nchanged d\nchanged e\nhistory\n");
  go_to (f, 1, 1, 0);
  assert_heard (f, "");
  go_to (f, 0, 1, 1);
  assert_heard (f, "changed c\nhistory\n");
  go_to (f, 3, 0, 3);
  assert_heard (f, "can-undo 1\ncan-redo 0\nchanged c\nchanged d\nchanged e\nhistory\n");

  tn_store_go_to_async (f->store, 4, NULL, take_result_cb, f);
  g_assert_null (tn_store_go_to_finish (f->store, await (f), &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND);
  assert_heard (f, "");
}

static GPtrArray *
list_history (Fixture *f, gint64 before, guint limit)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *records;

  tn_store_list_history_async (f->store, before, limit, NULL, take_result_cb, f);
  records = tn_store_list_history_finish (f->store, await (f), &error);
  g_assert_no_error (error);
  return records;
}

static void
test_moments (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) records = NULL, older = NULL;
  g_autoptr (TnCanvasRecord) canvas = NULL;
  g_autoptr (GError) error = NULL;
  TnHistoryRecord *record;

  add_canvas (f, "c");
  add_canvas (f, "d");
  go_to (f, 1, 2, 1);
  g_string_truncate (f->heard, 0);
  tn_store_name_moment_async (f->store, 2, "Two", NULL, take_result_cb, f);
  g_assert_true (tn_store_name_moment_finish (f->store, await (f), &error));
  assert_heard (f, "history\n");
  tn_store_name_moment_async (f->store, 3, "Three", NULL, take_result_cb, f);
  g_assert_false (tn_store_name_moment_finish (f->store, await (f), &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  assert_heard (f, "");

  records = list_history (f, 0, 10);
  g_assert_cmpuint (records->len, ==, 2);
  record = g_ptr_array_index (records, 0);
  g_assert_cmpint (record->seq, ==, 2);
  g_assert_cmpstr (record->name, ==, "Two");
  g_assert_true (record->undone);
  older = list_history (f, 2, 10);
  g_assert_cmpuint (older->len, ==, 1);

  tn_store_preview_canvas_async (f->store, 2, "d", TN_LAYOUT_WIDE, NULL, take_result_cb, f);
  canvas = tn_store_preview_canvas_finish (f->store, await (f), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (canvas->tiles->len, ==, 1);
  tn_store_preview_canvas_async (f->store, 1, "d", TN_LAYOUT_WIDE, NULL, take_result_cb, f);
  g_assert_null (tn_store_preview_canvas_finish (f->store, await (f), &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND);
  assert_heard (f, "");
}

static void
test_duplicate (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL, *expected = NULL;
  g_autoptr (GError) error = NULL;

  add_canvas (f, "c");
  g_string_truncate (f->heard, 0);
  tn_store_duplicate_canvas_async (f->store, "c", "Copy", NULL, take_result_cb, f);
  id = tn_store_duplicate_canvas_finish (f->store, await (f), &error);
  g_assert_no_error (error);
  expected = g_strdup_printf ("can-undo 1\nchanged %s\nhistory\n", id);
  assert_heard (f, expected);

  tn_store_duplicate_canvas_async (f->store, "nowhere", "Copy", NULL, take_result_cb, f);
  g_assert_null (tn_store_duplicate_canvas_finish (f->store, await (f), &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND);
  assert_heard (f, "");
}

/* Both canvases look again when a tile goes from one to the other, and none where nothing differs. */
static void
test_touched (Fixture *f, gconstpointer data)
{
  g_autoptr (TnOperation) move = tn_operation_new ("tile.send", "c", "Tile");
  g_autoptr (TnTileRecord) tile = tn_tile_record_new ("tile of c", "d", "abcdefghijklmnop", "com.example.todo");
  g_autoptr (TnOperation) place = tn_operation_new ("tile.move", "c", "Tile");

  add_canvas (f, "c");
  add_canvas (f, "d");
  add_canvas (f, "e");
  g_string_truncate (f->heard, 0);
  tn_operation_clear_places (move, tile->id);
  tn_operation_put_tile (move, tile);
  apply (f, move);
  assert_heard (f, "changed c\nchanged d\nhistory\n");
  tn_operation_put_place (place, tile->id, "narrow", 0, 0, 1, 1);
  apply (f, place);
  assert_heard (f, "changed d\nhistory\n");
  apply (f, place);
  assert_heard (f, "");
}

/* What another process did is seen when it says so. */
static void
test_foreign_change (Fixture *f, gconstpointer data)
{
  g_autoptr (TnOperation) operation = make_canvas ("c");
  TnDb *other = fixture_open (f->folder);

  add_canvas (f, "first");
  g_string_truncate (f->heard, 0);
  g_assert_true (tn_db_apply (other, operation, NULL));
  g_assert_false (tn_store_get_can_undo (f->store));
  tn_store_notice_foreign_change (f->store, "c");
  while (!strstr (f->heard->str, "history"))
    g_main_context_iteration (NULL, TRUE);
  assert_heard (f, "can-undo 1\nchanged c\nhistory\n");
  tn_db_close (other);
}

static void
test_history_outlasts_the_program (Fixture *f, gconstpointer data)
{
  g_autoptr (TnOperation) undone = NULL;

  add_canvas (f, "first");
  add_canvas (f, "c");
  close_store (f);
  open_store (f, TN_STORE_OPENED);
  g_assert_true (tn_store_get_can_undo (f->store));
  tn_store_undo_async (f->store, NULL, take_result_cb, f);
  undone = tn_store_undo_finish (f->store, await (f), NULL);
  g_assert_cmpstr (tn_operation_get_kind (undone), ==, "canvas.create");
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.remove", "c", "nobody");
  g_autoptr (GError) error = NULL;

  tn_operation_delete_tile (operation, "nobody");
  tn_store_apply_async (f->store, operation, NULL, take_result_cb, f);
  g_assert_false (tn_store_apply_finish (f->store, await (f), &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND);
  assert_heard (f, "");
}

static void
test_canvases (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) canvases = NULL;
  g_autoptr (TnCanvasRecord) canvas = NULL;
  g_autoptr (GError) error = NULL;

  add_canvas (f, "c");
  add_canvas (f, "d");
  tn_store_list_canvases_async (f->store, NULL, take_result_cb, f);
  canvases = tn_store_list_canvases_finish (f->store, await (f), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (canvases->len, ==, 2);

  tn_store_load_canvas_async (f->store, "d", "narrow", NULL, take_result_cb, f);
  canvas = tn_store_load_canvas_finish (f->store, await (f), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (canvas->name, ==, "d");
  g_assert_cmpuint (canvas->tiles->len, ==, 1);

  tn_store_load_canvas_async (f->store, "nowhere", "wide", NULL, take_result_cb, f);
  g_assert_null (tn_store_load_canvas_finish (f->store, await (f), &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND);
}

static void
test_values (Fixture *f, gconstpointer data)
{
  g_autofree char *value = NULL, *none = NULL, *state = NULL;
  g_auto (GStrv) keys = NULL;
  g_autoptr (GError) error = NULL;

  tn_store_kv_set_async (f->store, TN_KV_APP, "app", "key", "[1]", NULL, take_result_cb, f);
  g_assert_true (tn_store_kv_set_finish (f->store, await (f), &error));
  tn_store_kv_get_async (f->store, TN_KV_APP, "app", "key", NULL, take_result_cb, f);
  value = tn_store_kv_get_finish (f->store, await (f), &error);
  g_assert_cmpstr (value, ==, "[1]");
  tn_store_kv_get_async (f->store, TN_KV_TILE, "app", "key", NULL, take_result_cb, f);
  none = tn_store_kv_get_finish (f->store, await (f), &error);
  g_assert_no_error (error);
  g_assert_null (none);
  tn_store_kv_keys_async (f->store, TN_KV_APP, "app", NULL, take_result_cb, f);
  keys = tn_store_kv_keys_finish (f->store, await (f), &error);
  g_assert_cmpstrv (keys, ((const char *[]){ "key", NULL }));
  tn_store_save_state_async (f->store, "tile", "{}", NULL, take_result_cb, f);
  g_assert_true (tn_store_save_state_finish (f->store, await (f), &error));
  tn_store_load_state_async (f->store, "tile", NULL, take_result_cb, f);
  state = tn_store_load_state_finish (f->store, await (f), &error);
  g_assert_cmpstr (state, ==, "{}");
  g_assert_no_error (error);
}

static void
count_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  guint *count = data;
  g_autofree char *value = tn_store_kv_get_finish (TN_STORE (source), result, NULL);
  g_autofree char *expected = g_strdup_printf ("%u", *count);

  /* Each finds what was set just before it was asked. */
  g_assert_cmpstr (value, ==, expected);
  (*count)++;
}

static void
test_in_order (Fixture *f, gconstpointer data)
{
  guint count = 0;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *json = g_strdup_printf ("%u", i);

      tn_store_kv_set_async (f->store, TN_KV_TILE, "t", "k", json, NULL, NULL, NULL);
      tn_store_kv_get_async (f->store, TN_KV_TILE, "t", "k", NULL, count_cb, &count);
    }
  while (count < 200)
    g_main_context_iteration (NULL, TRUE);
}

static void
publish (Fixture *f, TnBus *bus, const char *type)
{
  g_autoptr (TnEvent) event = tn_event_new ("tn:/host", type, NULL, NULL);

  if (bus != NULL)
    tn_bus_publish (bus, event, 0);
  else
    tn_event_log_append (TN_EVENT_LOG (f->store), event);
}

static void
test_event_log (Fixture *f, gconstpointer data)
{
  g_autoptr (TnBus) bus = tn_bus_new (TN_EVENT_LOG (f->store));
  g_autoptr (GPtrArray) events = NULL, some = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 100; i++)
    publish (f, bus, i % 2 == 0 ? "todo.item" : "clock.tick");
  tn_store_list_events_async (f->store, &(TnEventFilter){ NULL, 1000 }, NULL, take_result_cb, f);
  events = tn_store_list_events_finish (f->store, await (f), &error);
  g_assert_cmpuint (events->len, ==, 100);
  tn_store_list_events_async (f->store, &(TnEventFilter){ "todo.*", 20 }, NULL, take_result_cb, f);
  some = tn_store_list_events_finish (f->store, await (f), &error);
  g_assert_cmpuint (some->len, ==, 20);
  tn_store_list_events_async (f->store, &(TnEventFilter){ "..", 20 }, NULL, take_result_cb, f);
  g_assert_null (tn_store_list_events_finish (f->store, await (f), &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_INVALID);
}

/* An event does not wait for others forever. */
static void
test_events_are_written_by_themselves (Fixture *f, gconstpointer data)
{
  g_autofree char *count = NULL;

  publish (f, NULL, "a.b");
  do
    {
      g_usleep (20000);
      g_free (count);
      count = fixture_sql (f->folder, "SELECT count (*) FROM event");
    }
  while (g_strcmp0 (count, "0\n") == 0);
  g_assert_cmpstr (count, ==, "1\n");
}

static void
test_close_writes (Fixture *f, gconstpointer data)
{
  g_autofree char *count = NULL, *value = NULL;

  publish (f, NULL, "a.b");
  tn_store_kv_set_async (f->store, TN_KV_TILE, "t", "k", "7", NULL, NULL, NULL);
  tn_store_close (f->store);
  count = fixture_sql (f->folder, "SELECT count (*) FROM event");
  g_assert_cmpstr (count, ==, "1\n");
  value = fixture_sql (f->folder, "SELECT value FROM kv");
  g_assert_cmpstr (value, ==, "7\n");
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_after_close (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  tn_store_close (f->store);
  tn_store_close (f->store);
  publish (f, NULL, "a.b");
  tn_store_list_canvases_async (f->store, NULL, take_result_cb, f);
  g_assert_null (tn_store_list_canvases_finish (f->store, await (f), &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_OPEN);
}

/* What was cancelled before its turn is not done; what was done is not called cancelled. */
static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *dump = NULL;

  g_cancellable_cancel (cancellable);
  tn_store_kv_set_async (f->store, TN_KV_TILE, "t", "k", "1", cancellable, take_result_cb, f);
  g_assert_false (tn_store_kv_set_finish (f->store, await (f), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  dump = fixture_dump (f->folder);
  g_assert_cmpstr (dump, ==, "");

  g_cancellable_reset (cancellable);
  tn_store_kv_set_async (f->store, TN_KV_TILE, "t", "k", "1", cancellable, take_result_cb, f);
  do
    {
      g_free (dump);
      dump = fixture_dump (f->folder);
    }
  while (*dump == '\0');
  g_cancellable_cancel (cancellable);
  g_assert_true (tn_store_kv_set_finish (f->store, await (f), &error));
  g_assert_no_error (error);
}

static void
test_open_fails (Fixture *f, gconstpointer data)
{
  g_autofree char *below = fixture_path (f->folder, "canvas.db/below");
  g_autoptr (GError) error = NULL;

  tn_store_open_async (below, NULL, take_result_cb, f);
  g_assert_null (tn_store_open_finish (await (f), &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_OPEN);
}

static void
drop_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_object_weak_ref (source, (GWeakNotify) (void (*) (void)) g_atomic_int_inc, data);
}

/* Whoever asked is not there any more to take the store: it closes itself. */
static void
test_dropped_while_opening (Fixture *f, gconstpointer data)
{
  int gone = 0;

  tn_store_open_async (f->folder, NULL, drop_cb, &gone);
  while (!gone)
    g_main_context_iteration (NULL, TRUE);
}

static gpointer
list_in_thread (gpointer data)
{
  Fixture *f = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GPtrArray) canvases = NULL;
  Fixture own = { 0 };

  g_main_context_push_thread_default (context);
  tn_store_open_async (f->folder, NULL, take_result_cb, &own);
  while (own.result == NULL)
    g_main_context_iteration (context, TRUE);
  own.store = tn_store_open_finish (own.result, NULL);
  g_clear_object (&own.result);
  tn_store_list_canvases_async (own.store, NULL, take_result_cb, &own);
  while (own.result == NULL)
    g_main_context_iteration (context, TRUE);
  canvases = tn_store_list_canvases_finish (own.store, own.result, NULL);
  g_clear_object (&own.result);
  g_object_unref (own.store);
  g_main_context_pop_thread_default (context);
  return GUINT_TO_POINTER (canvases->len);
}

/* A store belongs to the context that made it, whichever that is. */
static void
test_another_context (Fixture *f, gconstpointer data)
{
  add_canvas (f, "c");
  g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (g_thread_new ("other", list_in_thread, f))), ==, 1);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/store/store/history", test_history },
    { "/store/store/go-to", test_go_to },
    { "/store/store/moments", test_moments },
    { "/store/store/duplicate", test_duplicate },
    { "/store/store/touched", test_touched },
    { "/store/store/foreign-change", test_foreign_change },
    { "/store/store/history-outlasts", test_history_outlasts_the_program },
    { "/store/store/refused", test_refused },
    { "/store/store/canvases", test_canvases },
    { "/store/store/values", test_values },
    { "/store/store/in-order", test_in_order },
    { "/store/store/event-log", test_event_log },
    { "/store/store/events-by-themselves", test_events_are_written_by_themselves },
    { "/store/store/close-writes", test_close_writes },
    { "/store/store/after-close", test_after_close },
    { "/store/store/cancel", test_cancel },
    { "/store/store/open-fails", test_open_fails },
    { "/store/store/dropped-while-opening", test_dropped_while_opening },
    { "/store/store/another-context", test_another_context },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
