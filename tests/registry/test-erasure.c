/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-erasure.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pack.h"
#include "real-keyring.h"
#include "tn-catalogue.h"
#include "tn-clock.h"
#include "tn-erasure-record.h"
#include "tn-seal-keyring.h"
#include "tn-shelf.h"

/* Apps that go, on the disk and in the database together; and what nothing can bring back. */

#define ID "org.test.todo"
#define OTHER "org.test.other"
#define CANARY "KANARI"
#define N_KILLS 60
#define MAX_LIFE_US 30000

typedef struct
{
  char *folder;
  char *key, *other_key;
  TnDb *db;
} Fixture;

static void
open_db (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  f->db = tn_db_open (f->folder, TN_DB_READ_WRITE, &error);
  g_assert_no_error (error);
}

static void
apply (Fixture *f, TnOperation *operation)
{
  g_autoptr (GError) error = NULL;

  tn_db_apply (f->db, operation, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("canvas.create", "c", "c");
  g_autoptr (TnCanvasRecord) canvas = tn_canvas_record_new ("c", "c");

  f->folder = pack_make_folder ();
  f->key = tn_app_key (TN_SOURCE_MINE, ID, "");
  f->other_key = tn_app_key (TN_SOURCE_MINE, OTHER, "");
  open_db (f);
  tn_operation_put_canvas (operation, canvas);
  apply (f, operation);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->db, tn_db_close);
  pack_remove_folder (f->folder);
  g_free (f->key);
  g_free (f->other_key);
}

static void G_GNUC_PRINTF (3, 4)
write_text (Fixture *f, const char *text, const char *format, ...)
{
  g_autofree char *path = NULL, *written = NULL;
  va_list names;

  va_start (names, format);
  path = g_strdup_vprintf (format, names);
  va_end (names);
  written = pack_write_text (f->folder, path, text);
}

/* A package in the folder "mine", called @name, with @text in it. */
static void
put_package (Fixture *f, const char *name, const char *id, const char *text)
{
  g_autofree char *manifest = g_strdup_printf ("{\"sdk\": 1, \"id\": \"%s\", \"name\": \"%s\", \"version\": \"1.0.0\"}", id, text);

  write_text (f, manifest, "mine/%s/manifest.json", name);
  write_text (f, text, "mine/%s/index.html", name);
}

static void
put_tile (Fixture *f, const char *key, const char *id, const char *tile, const char *text)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.add", "c", text);
  g_autoptr (TnTileRecord) record = tn_tile_record_new (tile, "c", key, id);

  record->title = g_strdup (text);
  record->w = record->h = 1;
  tn_operation_put_tile (operation, record);
  apply (f, operation);
}

/* An app with @text wherever it can leave some. */
static void
fill (Fixture *f, const char *key, const char *id, const char *tile, const char *text)
{
  g_autofree char *json = g_strdup_printf ("\"%s\"", text);

  put_package (f, id, id, text);
  put_tile (f, key, id, tile, text);
  g_assert_true (tn_db_kv_set (f->db, TN_KV_APP, key, "k", json, NULL));
  g_assert_true (tn_db_kv_set (f->db, TN_KV_TILE, tile, "k", json, NULL));
  write_text (f, text, "apps/%s/web/deep/er/data.sqlite3", key);
  write_text (f, text, "apps/%s/cache/WebKitCache/blob", key);
}

static gboolean
is_anywhere (Fixture *f, const char *text)
{
  g_autofree char *where = pack_find_text (f->folder, text);

  if (where != NULL)
    g_test_message ("“%s” is in %s", text, where);
  return where != NULL;
}

static gboolean G_GNUC_PRINTF (2, 3)
exists (Fixture *f, const char *format, ...)
{
  g_autofree char *below = NULL, *path = NULL;
  va_list names;

  va_start (names, format);
  below = g_strdup_vprintf (format, names);
  va_end (names);
  path = g_build_filename (f->folder, below, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
erase (Fixture *f, const char *key, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) left = NULL;

  g_assert_true (tn_db_begin_erasure (f->db, key, id, NULL));
  tn_erasure_run_all (f->db, f->folder, &error);
  g_assert_no_error (error);
  left = tn_db_list_erasures (f->db, NULL);
  g_assert_cmpuint (left->len, ==, 0);
}

static void
test_all (Fixture *f, gconstpointer data)
{
  fill (f, f->other_key, OTHER, "o", "bystander");
  fill (f, f->key, ID, "t", CANARY);
  put_package (f, ".replaced-" ID, ID, CANARY);
  put_package (f, ".staging-abc", ID, CANARY);
  put_package (f, "renamed", ID, CANARY);
  erase (f, f->key, ID);
  g_assert_false (is_anywhere (f, CANARY));
  g_assert_false (exists (f, "apps/%s", f->key));
  g_assert_true (exists (f, "apps/%s/web/deep/er/data.sqlite3", f->other_key));
  g_assert_true (exists (f, "mine/%s/index.html", OTHER));
  g_clear_pointer (&f->db, tn_db_close);
  g_assert_false (is_anywhere (f, CANARY));
  g_assert_true (is_anywhere (f, "bystander"));
}

/* The same id from another source is another app. */
static void
test_other_source (Fixture *f, gconstpointer data)
{
  g_autofree char *bundled = tn_app_key (TN_SOURCE_BUNDLED, ID, "");

  put_package (f, ID, ID, "own");
  fill (f, f->key, ID, "t", "own");
  write_text (f, CANARY, "apps/%s/web/data", bundled);
  erase (f, bundled, ID);
  g_assert_false (is_anywhere (f, CANARY));
  g_assert_true (exists (f, "mine/%s/index.html", ID));
  g_assert_true (exists (f, "apps/%s/web", f->key));
}

/* Runs until it is killed or has come to its end; says through the pipe when it was noted. */
static void
erase_in_child (Fixture *f, int pipe_fd)
{
  open_db (f);
  if (!tn_db_begin_erasure (f->db, f->key, ID, NULL) || write (pipe_fd, "n", 1) != 1)
    _exit (1);
  _exit (tn_erasure_run_all (f->db, f->folder, NULL) ? 0 : 1);
}

typedef struct
{
  gboolean noted, killed;
} Life;

static Life
live_and_die (Fixture *f, gulong life_us)
{
  Life life = { 0 };
  int fds[2], status = 0;
  char byte;
  pid_t pid;

  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  if (pid == 0)
    erase_in_child (f, fds[1]);
  close (fds[1]);
  g_usleep (life_us);
  kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  life.killed = WIFSIGNALED (status);
  life.noted = read (fds[0], &byte, 1) == 1;
  close (fds[0]);
  g_assert_true (life.killed || WEXITSTATUS (status) == 0);
  return life;
}

/* Either nothing of it happened or, once the next start has gone on, all of it. Returns: whether it was in the middle. */
static gboolean
judge (Fixture *f, Life life)
{
  g_autoptr (GPtrArray) noted = NULL, none = NULL;
  g_autoptr (GError) error = NULL;
  TnAuditVerdict verdict = { 0 };
  gboolean in_middle;

  open_db (f);
  g_assert_true (tn_db_get_outcome (f->db) == TN_STORE_OPENED);
  noted = tn_db_list_erasures (f->db, NULL);
  in_middle = noted->len > 0;
  g_assert_true (!life.noted || in_middle || !is_anywhere (f, CANARY));
  if (!life.noted && !in_middle)
    {
      g_assert_true (exists (f, "apps/%s/web/deep/er/data.sqlite3", f->key));
      g_assert_true (exists (f, "mine/%s/index.html", ID));
      return FALSE;
    }
  tn_erasure_run_all (f->db, f->folder, &error);
  g_assert_no_error (error);
  g_assert_false (is_anywhere (f, CANARY));
  none = tn_db_list_erasures (f->db, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (tn_db_verify_audit (f->db, &verdict, NULL) && verdict.fault == TN_AUDIT_WHOLE);
  g_assert_cmpint (verdict.n_rows, ==, 1);
  g_assert_true (tn_db_check (f->db, NULL));
  return in_middle;
}

static void
test_killed (void)
{
  guint n_in_middle = 0;

  for (int i = 0; i < N_KILLS; i++)
    {
      Fixture f = { 0 };

      set_up (&f, NULL);
      fill (&f, f.key, ID, "t", CANARY);
      g_clear_pointer (&f.db, tn_db_close);
      n_in_middle += judge (&f, live_and_die (&f, g_test_rand_int_range (0, MAX_LIFE_US)));
      tear_down (&f, NULL);
    }
  g_test_message ("%u of %d were killed in the middle", n_in_middle, N_KILLS);
  g_assert_cmpuint (n_in_middle, >, N_KILLS / 10);
}

static gboolean
settle (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  gboolean moved = FALSE;

  tn_shelf_settle (f->db, f->folder, &moved, &error);
  g_assert_no_error (error);
  return moved;
}

static void
undo (Fixture *f)
{
  g_autoptr (TnOperation) operation = tn_db_undo (f->db, NULL);

  g_assert_nonnull (operation);
}

static void
test_aside_and_back (Fixture *f, gconstpointer data)
{
  g_autoptr (TnOperation) again = NULL;

  g_assert_false (settle (f));
  put_package (f, "renamed", ID, "todo");
  put_tile (f, f->key, ID, "t", "todo");
  g_assert_true (tn_db_remove_app (f->db, f->key, ID, "Todo", TRUE, NULL));
  g_assert_true (settle (f));
  g_assert_false (settle (f));
  g_assert_false (exists (f, "mine/%s", "renamed"));
  g_assert_true (exists (f, "mine/.removed-%s/index.html", ID));
  undo (f);
  g_assert_true (settle (f));
  g_assert_true (exists (f, "mine/%s/index.html", ID));
  again = tn_db_redo (f->db, NULL);
  g_assert_true (settle (f));
  g_assert_true (exists (f, "mine/.removed-%s/index.html", ID));
  /* What is put there anew stays, whatever is undone. */
  put_package (f, ID, ID, "new");
  g_assert_false (settle (f));
  undo (f);
  g_assert_false (settle (f));
  g_assert_true (exists (f, "mine/%s/index.html", ID));
  erase (f, f->key, ID);
  g_assert_false (exists (f, "mine/.removed-%s", ID));
  g_assert_false (exists (f, "mine/%s", ID));
}

static gint64
in_two_months (void)
{
  return g_get_real_time () + 60 * 24 * 3600 * (gint64) G_USEC_PER_SEC;
}

static void
collect (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  tn_shelf_collect (f->db, f->folder, &error);
  g_assert_no_error (error);
}

static void
test_replaced (Fixture *f, gconstpointer data)
{
  TnClockSource later = { g_get_monotonic_time, in_two_months, tn_random_bytes };

  put_package (f, ".replaced-" ID, ID, "old");
  collect (f);
  g_assert_true (exists (f, "mine/.replaced-%s", ID));
  tn_clock_set_source (&later);
  collect (f);
  tn_clock_set_source (NULL);
  g_assert_false (exists (f, "mine/.replaced-%s", ID));
}

/* An app whose manifest is being written has its data when that is mended. */
static void
test_broken_nearby (Fixture *f, gconstpointer data)
{
  write_text (f, "data", "apps/%s/web/data", f->key);
  write_text (f, "not ours", "apps/%s", "notes.txt");
  write_text (f, "{", "mine/%s/manifest.json", "broken");
  collect (f);
  g_assert_true (exists (f, "apps/%s/web/data", f->key));
  put_package (f, "broken", OTHER, "mended");
  collect (f);
  g_assert_false (exists (f, "apps/%s", f->key));
  g_assert_true (exists (f, "apps/%s", "notes.txt"));
}

/* Whether what a moment shows has its things: the tiles their data, and the package lies where it can be brought back. */
static void
assert_has_its_things (Fixture *f, const TnHistoryRecord *moment, char **keys)
{
  g_autoptr (TnCanvasRecord) canvas = tn_db_preview_canvas (f->db, moment->seq, "c", TN_LAYOUT_WIDE, NULL);

  for (guint i = 0; canvas != NULL && i < canvas->tiles->len; i++)
    {
      const TnTileRecord *tile = canvas->tiles->pdata[i];
      g_autofree char *value = tn_db_kv_get (f->db, TN_KV_TILE, tile->id, "k", NULL);

      g_assert_nonnull (value);
      g_assert_true (g_strv_contains ((const char *const *) keys, tile->app_key));
      g_assert_true (exists (f, "apps/%s/web", tile->app_key));
      g_assert_true (exists (f, "mine/%s", tile->app_id) != exists (f, "mine/.removed-%s", tile->app_id));
    }
}

#define N_APPS 4

/* At random, by all that a person can do, tidied up in between. */
static void
test_history_is_whole (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) history = NULL;
  char *ids[N_APPS + 1] = { NULL }, *keys[N_APPS + 1] = { NULL };
  guint n_gone = 0;

  for (int i = 0; i < N_APPS; i++)
    {
      ids[i] = g_strdup_printf (ID "%d", i);
      keys[i] = tn_app_key (TN_SOURCE_MINE, ids[i], "");
      put_package (f, ids[i], ids[i], "todo");
    }
  for (int i = 0; i < 150; i++)
    {
      int app = g_test_rand_int_range (0, N_APPS);
      g_autofree char *tile = g_strdup_printf ("t%d", i);
      g_autoptr (TnOperation) passed = NULL;

      switch (g_test_rand_int_range (0, 8))
        {
        case 0:
        case 1:
          passed = tn_db_undo (f->db, NULL);
          break;
        case 2:
          passed = tn_db_redo (f->db, NULL);
          break;
        case 3:
          collect (f);
          break;
        case 4:
          if (exists (f, "mine/%s", ids[app]))
            g_assert_true (tn_db_remove_app (f->db, keys[app], ids[app], "Todo", TRUE, NULL));
          break;
        default:
          if (!exists (f, "mine/%s", ids[app]))
            break;
          put_tile (f, keys[app], ids[app], tile, "todo");
          g_assert_true (tn_db_kv_set (f->db, TN_KV_TILE, tile, "k", "1", NULL));
          write_text (f, "data", "apps/%s/web/data", keys[app]);
        }
      settle (f);
    }
  collect (f);
  history = tn_db_list_history (f->db, 0, 1000, NULL);
  for (guint i = 0; i < history->len; i++)
    assert_has_its_things (f, history->pdata[i], keys);
  for (int i = 0; i < 150; i++)
    {
      g_autofree char *tile = g_strdup_printf ("t%d", i), *value = tn_db_kv_get (f->db, TN_KV_TILE, tile, "k", NULL);

      n_gone += value == NULL;
    }
  g_test_message ("%u moments, %u without a value", history->len, n_gone);
  for (int i = 0; i < N_APPS; i++)
    {
      g_free (ids[i]);
      g_free (keys[i]);
    }
}

/* A removal that no redo can do again leaves nothing to keep for it. */
static void
test_gone_for_good (Fixture *f, gconstpointer data)
{
  put_package (f, ID, ID, "todo");
  put_tile (f, f->key, ID, "t", "todo");
  write_text (f, "data", "apps/%s/web/data", f->key);
  g_assert_true (tn_db_remove_app (f->db, f->key, ID, "Todo", TRUE, NULL));
  settle (f);
  collect (f);
  g_assert_true (exists (f, "mine/.removed-%s", ID));
  g_assert_true (exists (f, "apps/%s", f->key));
  put_package (f, ID, ID, "new");
  undo (f);
  undo (f);
  put_tile (f, f->other_key, OTHER, "o", "other");
  settle (f);
  collect (f);
  g_assert_false (exists (f, "mine/.removed-%s", ID));
  g_assert_true (exists (f, "mine/%s", ID));
  g_assert_true (exists (f, "apps/%s", f->key));
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* (transfer full) (nullable): the app's key in the keyring, made where there is none and @key_id is %NULL. */
static TnSeal *
open_key (Fixture *f, const char *key_id)
{
  g_autofree char *name = g_path_get_basename (f->folder);
  g_autoptr (GAsyncResult) result = NULL;

  tn_seal_keyring_open_async (name, f->key, "Todo", key_id, TN_SECRET_SILENT, NULL, take_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return tn_seal_keyring_open_finish (result, NULL);
}

static GTestDBus *bus;

/* What is erased is so without a keyring too; its key goes as soon as there is one. */
static void
test_key (Fixture *f, gconstpointer data)
{
  g_autoptr (TnSeal) key = NULL, gone = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GError) error = NULL;
  RealKeyring *keyring;

  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  keyring = real_keyring_new (g_test_dbus_get_bus_address (bus));
  g_assert_nonnull (keyring);
  key = open_key (f, NULL);
  g_assert_nonnull (key);
  fill (f, f->key, ID, "t", CANARY);
  g_assert_true (tn_db_use_seal (f->db, key, "t", NULL));
  tn_db_drop_seal (f->db, f->key);
  real_keyring_lock (keyring);
  g_assert_true (tn_db_begin_erasure (f->db, f->key, ID, NULL));
  g_assert_false (tn_erasure_run_all (f->db, f->folder, &error));
  g_assert_error (error, TN_NET_ERROR, TN_NET_ERROR_KEYRING_LOCKED);
  g_assert_false (is_anywhere (f, CANARY));
  real_keyring_free (keyring);
  keyring = real_keyring_new (g_test_dbus_get_bus_address (bus));
  g_assert_true (tn_erasure_run_all (f->db, f->folder, NULL));
  left = tn_db_list_erasures (f->db, NULL);
  g_assert_cmpuint (left->len, ==, 0);
  gone = open_key (f, tn_seal_get_id (key));
  g_assert_null (gone);
  real_keyring_free (keyring);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/erasure/all", test_all },
    { "/erasure/other-source", test_other_source },
    { "/shelf/aside-and-back", test_aside_and_back },
    { "/shelf/replaced", test_replaced },
    { "/shelf/broken-nearby", test_broken_nearby },
    { "/shelf/gone-for-good", test_gone_for_good },
    { "/shelf/history-is-whole", test_history_is_whole },
  };
  int status;

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  g_test_add_func ("/erasure/killed", test_killed);
  /* The last: children that are made after it would share its bus. */
  g_test_add ("/erasure/key", Fixture, NULL, set_up, test_key, tear_down);
  status = g_test_run ();
  if (bus != NULL)
    g_test_dbus_stop (bus);
  return status;
}
