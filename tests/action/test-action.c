/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tn-action.h"

/* What the executors were handed, in words. */
typedef struct
{
  TnActionRegistry *registry;
  GString *done;
} Fixture;

static void
open_it (gpointer owner, GVariant *parameter)
{
  g_assert_null (parameter);
  g_string_append (owner, "open ");
}

static void
move_it (gpointer owner, GVariant *parameter)
{
  const char *id;
  int x;

  g_variant_get (parameter, "(&si)", &id, &x);
  g_string_append_printf (owner, "move %s to %d ", id, x);
}

static const TnActionEntry entries[] = {
  { "tile.move", "Move", "Tile", "Moves a tile", "<Shift>Left <Shift>Right", "(si)", move_it },
  { "canvas.open", "Open", "Canvas", "Opens a canvas", "<Control>o", NULL, open_it },
  { "canvas.show-new", "New", "Canvas", "Makes a canvas", NULL, NULL, open_it },
  { "canvas.show-again", "New", "Canvas", "Makes one more", NULL, NULL, open_it },
  { "canvas.show-more", "New", "Canvas", "Makes another", NULL, NULL, open_it },
};

static void
set_up (Fixture *self, gconstpointer data)
{
  self->registry = tn_action_registry_new ();
  self->done = g_string_new (NULL);
  tn_action_registry_add_table (self->registry, entries, G_N_ELEMENTS (entries), self->done);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->registry);
  g_string_free (self->done, TRUE);
}

static void
test_lookup (Fixture *self, gconstpointer data)
{
  g_assert_true (tn_action_registry_lookup (self->registry, "tile.move") == &entries[0]);
  g_assert_null (tn_action_registry_lookup (self->registry, "tile"));
  g_assert_true (tn_action_registry_is_enabled (self->registry, "tile.move"));
  g_assert_false (tn_action_registry_is_enabled (self->registry, "tile"));
}

static void
test_list (Fixture *self, gconstpointer data)
{
  static const char *const order[]
    = { "canvas.show-again", "canvas.show-more", "canvas.show-new", "canvas.open", "tile.move" };
  g_autoptr (GPtrArray) list = tn_action_registry_list (self->registry);

  g_assert_cmpuint (list->len, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < list->len; i++)
    g_assert_cmpstr (((const TnActionEntry *) list->pdata[i])->id, ==, order[i]);
}

static void
test_run (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (tn_action_registry_run (self->registry, "canvas.open", NULL, &error));
  g_assert_true (tn_action_registry_run (self->registry, "tile.move", g_variant_new ("(si)", "t1", 4), &error));
  g_assert_no_error (error);
  g_assert_cmpstr (self->done->str, ==, "open move t1 to 4 ");
}

/* A parameter that isn't floating stays the caller's. */
static void
test_run_keeps_parameter (Fixture *self, gconstpointer data)
{
  g_autoptr (GVariant) parameter = g_variant_ref_sink (g_variant_new ("(si)", "t1", 4));

  g_assert_true (tn_action_registry_run (self->registry, "tile.move", parameter, NULL));
  g_assert_true (tn_action_registry_run (self->registry, "tile.move", parameter, NULL));
  g_assert_cmpstr (self->done->str, ==, "move t1 to 4 move t1 to 4 ");
}

static void
assert_refused (Fixture *self, const char *id, GVariant *parameter, int code, const char *named)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tn_action_registry_run (self->registry, id, parameter, &error));
  g_assert_error (error, TN_ACTION_ERROR, code);
  g_assert_nonnull (strstr (error->message, named));
  g_assert_cmpstr (self->done->str, ==, "");
}

static void
test_refused (Fixture *self, gconstpointer data)
{
  assert_refused (self, "tile.fly", NULL, TN_ACTION_ERROR_UNKNOWN, "tile.fly");
  assert_refused (self, "tile.move", NULL, TN_ACTION_ERROR_PARAMETER, "“(si)”");
  assert_refused (self, "tile.move", g_variant_new ("(ss)", "a", "b"), TN_ACTION_ERROR_PARAMETER, "“(ss)”");
  assert_refused (self, "canvas.open", g_variant_new_int32 (1), TN_ACTION_ERROR_PARAMETER, "canvas.open");
  tn_action_registry_set_enabled (self->registry, "canvas.open", FALSE);
  assert_refused (self, "canvas.open", NULL, TN_ACTION_ERROR_DISABLED, "Open");
}

static void
enabled_changed_cb (TnActionRegistry *registry, const char *id, GString *seen)
{
  g_string_append_printf (seen, "%s=%d ", id, tn_action_registry_is_enabled (registry, id));
}

static void
test_enabled (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GString) one = g_string_new (NULL);

  g_signal_connect (self->registry, "enabled-changed", G_CALLBACK (enabled_changed_cb), all);
  g_signal_connect (self->registry, "enabled-changed::tile.move", G_CALLBACK (enabled_changed_cb), one);
  tn_action_registry_set_enabled (self->registry, "tile.move", TRUE);
  tn_action_registry_set_enabled (self->registry, "tile.move", FALSE);
  tn_action_registry_set_enabled (self->registry, "canvas.open", FALSE);
  tn_action_registry_set_enabled (self->registry, "tile.move", FALSE);
  tn_action_registry_set_enabled (self->registry, "tile.move", 2);
  tn_action_registry_set_enabled (self->registry, "tile.move", TRUE);
  g_assert_cmpstr (all->str, ==, "tile.move=0 canvas.open=0 tile.move=1 ");
  g_assert_cmpstr (one->str, ==, "tile.move=0 tile.move=1 ");
  g_assert_true (tn_action_registry_run (self->registry, "tile.move", g_variant_new ("(si)", "t", 0), NULL));
}

static void
assert_not_added (Fixture *self, const TnActionEntry *entry, const char *message)
{
  g_autoptr (GPtrArray) list = NULL;

  g_test_expect_message ("token-nexus", G_LOG_LEVEL_CRITICAL, message);
  tn_action_registry_add_table (self->registry, entry, 1, NULL);
  g_test_assert_expected_messages ();
  list = tn_action_registry_list (self->registry);
  g_assert_cmpuint (list->len, ==, G_N_ELEMENTS (entries));
}

static void
test_faulty_tables (Fixture *self, gconstpointer data)
{
  const TnActionEntry twice = { "canvas.open", "Other", "Canvas", "Another", NULL, NULL, open_it };
  const TnActionEntry bad_id = { "canvas open", "Open", "Canvas", "Opens", NULL, NULL, open_it };
  const TnActionEntry bad_type = { "a", "Open", "Canvas", "Opens", NULL, "(s", open_it };
  const TnActionEntry helpless = { "a", "Open", "Canvas", NULL, NULL, NULL, open_it };
  const TnActionEntry idle = { "a", "Open", "Canvas", "Opens", NULL, NULL, NULL };

  assert_not_added (self, &twice, "*!g_hash_table_contains*");
  g_assert_true (tn_action_registry_lookup (self->registry, "canvas.open") == &entries[1]);
  assert_not_added (self, &bad_id, "*g_action_name_is_valid*");
  assert_not_added (self, &bad_type, "*parameter_type*");
  assert_not_added (self, &helpless, "*description*");
  assert_not_added (self, &idle, "*execute*");
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/action/lookup", test_lookup },
    { "/action/list", test_list },
    { "/action/run", test_run },
    { "/action/run-keeps-parameter", test_run_keeps_parameter },
    { "/action/refused", test_refused },
    { "/action/enabled", test_enabled },
    { "/action/faulty-tables", test_faulty_tables },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
