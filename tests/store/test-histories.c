/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

/* Random histories: every moment of them can be come back to and looked into, and is the same to the byte. */

#define N_CANVASES 3
#define N_TILES 8

static char *
random_text (GRand *rand)
{
  static const char *const pieces[]
    = { "a", "\"", "\\", "\n", "\x01", "\x7f", "é", "\u2028", "\xf0\x9f\x9b\x92", "'", "{", "\\u0000", " ", "null" };
  GString *text = g_string_new (NULL);

  for (int n = g_rand_int_range (rand, 0, 6); n > 0; n--)
    g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static char *
random_foreign (GRand *rand)
{
  static const char *const texts[] = { NULL, "{}", "{\"a\": \"\\\"\\u0001é\", \"b\": [1e3, -0.0, null]}" };

  return g_strdup (texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))]);
}

static TnCanvasRecord *
random_canvas (GRand *rand, const char *id)
{
  g_autofree char *name = random_text (rand);
  TnCanvasRecord *record = tn_canvas_record_new (id, name);

  record->position = g_rand_int_range (rand, -2, 3);
  record->locked = g_rand_boolean (rand);
  record->policy = g_rand_int_range (rand, 0, TN_GRID_N_POLICIES);
  record->foreign = random_foreign (rand);
  return record;
}

static TnTileRecord *
random_tile (GRand *rand, const char *id, const char *canvas, const char *layout)
{
  TnTileRecord *record = tn_tile_record_new (id, canvas, "abcdefghijklmnop", "com.example.app");

  record->title = g_rand_boolean (rand) ? random_text (rand) : NULL;
  record->locked = g_rand_boolean (rand);
  record->config = random_foreign (rand);
  record->foreign = random_foreign (rand);
  record->min_w = g_rand_int_range (rand, 0, 3);
  record->min_h = g_rand_int_range (rand, 0, 3);
  record->max_w = g_rand_int_range (rand, 0, 3);
  record->max_h = g_rand_int_range (rand, 0, 1000);
  g_free (record->layout);
  record->layout = g_strdup (layout);
  record->x = g_rand_int_range (rand, 0, 12);
  record->y = g_rand_int_range (rand, -1, 30);
  record->w = g_rand_int_range (rand, 1, 5);
  record->h = g_rand_int_range (rand, 1, 5);
  return record;
}

static void
add_random_step (GRand *rand, TnOperation *operation)
{
  static const char *const layouts[] = { "wide", "narrow", "medium" };
  g_autofree char *canvas = g_strdup_printf ("c%d", g_rand_int_range (rand, 0, N_CANVASES));
  g_autofree char *tile = g_strdup_printf ("t%d", g_rand_int_range (rand, 0, N_TILES));
  const char *layout = layouts[g_rand_int_range (rand, 0, G_N_ELEMENTS (layouts))];
  g_autoptr (TnCanvasRecord) canvas_record = random_canvas (rand, canvas);
  g_autoptr (TnTileRecord) record = random_tile (rand, tile, canvas, layout);
  int dice = g_rand_int_range (rand, 0, 100);

  if (dice < 15)
    tn_operation_put_canvas (operation, canvas_record);
  else if (dice < 50)
    tn_operation_put_tile (operation, record);
  else if (dice < 85)
    tn_operation_put_place (operation, tile, layout, record->x, record->y, record->w, record->h);
  else if (dice < 90)
    {
      tn_operation_clear_places (operation, tile);
      tn_operation_put_tile (operation, record);
    }
  else if (dice < 96)
    tn_operation_delete_tile (operation, tile);
  else
    tn_operation_delete_canvas (operation, canvas);
}

/* One moment of a history. */
typedef struct
{
  gint64 seq;
  char *dump;
  char *shown[N_CANVASES]; /* what loading each canvas gives */
} State;

typedef struct
{
  char *folder;
  TnDb *db;
  GRand *rand;
  GPtrArray *states; /* of State; states[n]: after n operations */
  guint at;          /* how many of them are done now */
  guint n_refused;
} History;

static void
state_free (State *state)
{
  g_free (state->dump);
  for (gsize i = 0; i < N_CANVASES; i++)
    g_free (state->shown[i]);
  g_free (state);
}

static State *
get_state (History *h, guint at)
{
  return g_ptr_array_index (h->states, at);
}

static void
show_tile (GString *text, const TnTileRecord *tile)
{
  g_string_append_printf (text, "%s %s %s %s %d %s %s %d %d %d %d %s %d %d %d %d\n", tile->id, tile->canvas_id,
                          tile->app_key, tile->title, tile->locked, tile->config, tile->foreign, tile->min_w,
                          tile->min_h, tile->max_w, tile->max_h, tile->layout, tile->x, tile->y, tile->w, tile->h);
}

/* Takes @canvas over. */
static char *
show (TnCanvasRecord *canvas, GError *error)
{
  GString *text = g_string_new (NULL);

  if (canvas == NULL)
    {
      g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND);
      g_string_append (text, "none");
    }
  else
    g_string_append_printf (text, "%s %s %d %d %d %s\n", canvas->id, canvas->name, canvas->position, canvas->locked,
                            canvas->policy, canvas->foreign);
  for (guint i = 0; canvas != NULL && i < canvas->tiles->len; i++)
    show_tile (text, g_ptr_array_index (canvas->tiles, i));
  tn_canvas_record_free (canvas);
  return g_string_free (text, FALSE);
}

static char *
show_now (History *h, guint canvas)
{
  g_autofree char *id = g_strdup_printf ("c%u", canvas);
  g_autoptr (GError) error = NULL;
  TnCanvasRecord *record = tn_db_load_canvas (h->db, id, "narrow", &error);

  return show (record, error);
}

static void
add_state (History *h)
{
  State *state = g_new0 (State, 1);
  g_autofree char *seq = fixture_sql (h->folder, "SELECT ifnull (max (seq), 0) FROM operation WHERE undone = 0");

  state->seq = atoi (seq);
  state->dump = fixture_dump (h->folder);
  for (guint i = 0; i < N_CANVASES; i++)
    state->shown[i] = show_now (h, i);
  g_ptr_array_add (h->states, state);
}

static gboolean
has_canvas (History *h, guint at)
{
  for (guint i = 0; i < N_CANVASES; i++)
    if (!g_str_equal (get_state (h, at)->shown[i], "none"))
      return TRUE;
  return FALSE;
}

/* The last canvas is never taken away. */
static gboolean
may_undo (History *h, guint at)
{
  return at > 0 && (has_canvas (h, at - 1) || !has_canvas (h, at));
}

static void
assert_at (History *h, guint at)
{
  g_autofree char *dump = fixture_dump (h->folder);

  h->at = at;
  g_assert_cmpstr (dump, ==, get_state (h, at)->dump);
  g_assert_cmpint (tn_db_can_undo (h->db), ==, may_undo (h, at));
  g_assert_cmpint (tn_db_can_redo (h->db), ==, at + 1 < h->states->len);
}

/* Whatever looks different between the two moments has to have been called touched. */
static void
assert_touched (History *h, guint from, guint to)
{
  g_auto (GStrv) touched = tn_db_take_touched (h->db);

  for (guint i = 0; i < N_CANVASES; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", i);

      if (g_strcmp0 (get_state (h, from)->shown[i], get_state (h, to)->shown[i]) != 0)
        g_assert_true (g_strv_contains ((const char *const *) touched, id));
    }
}

static void
apply_random (History *h)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("random", "c0", "random");
  g_autoptr (GError) error = NULL;
  g_autofree char *done = NULL;
  guint before = h->at;

  for (int n = g_rand_int_range (h->rand, 1, 5); n > 0; n--)
    add_random_step (h->rand, operation);
  if (!tn_db_apply (h->db, operation, &error))
    {
      g_assert_true (error->code == TN_STORE_ERROR_INVALID || error->code == TN_STORE_ERROR_NOT_FOUND);
      h->n_refused++;
      assert_at (h, h->at);
      return;
    }
  done = fixture_sql (h->folder, "SELECT count (*) FROM operation WHERE undone = 0");
  if ((guint) atoi (done) > h->at)
    {
      g_ptr_array_set_size (h->states, h->at + 1);
      add_state (h);
    }
  /* One that changes nothing leaves no trace: what was taken back is still there to be done again. */
  assert_at (h, atoi (done));
  assert_touched (h, before, h->at);
}

static void
travel_random (History *h, gboolean forward)
{
  guint most = forward ? h->states->len - 1 - h->at : h->at;

  for (guint n = g_rand_int_range (h->rand, 0, most + 1); n > 0 && (forward || may_undo (h, h->at)); n--)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TnOperation) operation = forward ? tn_db_redo (h->db, &error) : tn_db_undo (h->db, &error);
      guint before = h->at;

      g_assert_no_error (error);
      g_assert_nonnull (operation);
      assert_at (h, forward ? h->at + 1 : h->at - 1);
      assert_touched (h, before, h->at);
    }
}

static void
leap_random (History *h)
{
  guint to = g_rand_int_range (h->rand, 0, h->states->len), before = h->at;
  g_autoptr (GError) error = NULL;

  g_assert_true (tn_db_go_to (h->db, get_state (h, to)->seq, NULL, &error));
  assert_at (h, to);
  assert_touched (h, before, to);
}

static void
look_random (History *h)
{
  guint to = g_rand_int_range (h->rand, 0, h->states->len), canvas = g_rand_int_range (h->rand, 0, N_CANVASES);
  g_autofree char *id = g_strdup_printf ("c%u", canvas), *shown = NULL;
  g_autoptr (GError) error = NULL;
  TnCanvasRecord *record = tn_db_preview_canvas (h->db, get_state (h, to)->seq, id, "narrow", &error);

  shown = show (record, error);
  g_assert_cmpstr (shown, ==, get_state (h, to)->shown[canvas]);
  assert_at (h, h->at);
}

static void
reopen (History *h)
{
  tn_db_close (h->db);
  h->db = fixture_open_expecting (h->folder, TN_STORE_OPENED);
  assert_at (h, h->at);
}

static void
do_random (History *h)
{
  int dice = g_rand_int_range (h->rand, 0, 100);

  if (dice < 65)
    apply_random (h);
  else if (dice < 80)
    travel_random (h, dice < 72);
  else if (dice < 85)
    leap_random (h);
  else if (dice < 96)
    look_random (h);
  else
    reopen (h);
}

static void
run_history (guint32 seed)
{
  History h = { .folder = fixture_make_folder (), .rand = g_rand_new_with_seed (seed) };

  g_test_message ("history %u", seed);
  h.states = g_ptr_array_new_with_free_func ((GDestroyNotify) state_free);
  h.db = fixture_open (h.folder);
  add_state (&h);
  for (int i = 0; i < 150; i++)
    do_random (&h);
  /* A generator whose operations never fit together would prove nothing. */
  g_assert_cmpuint (h.n_refused, <, 140);
  g_assert_true (tn_db_check (h.db, NULL));
  tn_db_close (h.db);
  g_ptr_array_unref (h.states);
  g_rand_free (h.rand);
  fixture_remove_folder (h.folder);
}

static void
test_random_histories (void)
{
  for (int i = 0; i < 30; i++)
    run_history (g_test_rand_int ());
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/histories/random", test_random_histories);
  return g_test_run ();
}
