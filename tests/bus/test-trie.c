/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subjects.h"
#include "tn-bus.h"
#include "tn-trie.h"

typedef struct
{
  char *pattern;
  TnTrieEntry *entry;
  guint seen;
} Stored;

static void
stored_free (gpointer data)
{
  Stored *stored = data;

  g_free (stored->pattern);
  g_free (stored);
}

static Stored *
store (TnTrie *trie, GPtrArray *all, const char *pattern)
{
  Stored *stored = g_new0 (Stored, 1);

  stored->pattern = g_strdup (pattern);
  stored->entry = tn_trie_insert (trie, pattern, stored);
  g_ptr_array_add (all, stored);
  return stored;
}

static void
see_cb (gpointer value, gpointer user_data)
{
  Stored *stored = value;

  stored->seen++;
}

static void
nothing_cb (gpointer value, gpointer user_data)
{
}

static void
assert_matches_as_one_by_one (TnTrie *trie, GPtrArray *all, const char *type)
{
  for (guint i = 0; i < all->len; i++)
    ((Stored *) all->pdata[i])->seen = 0;
  tn_trie_match (trie, type, see_cb, NULL);
  for (guint i = 0; i < all->len; i++)
    {
      Stored *stored = all->pdata[i];

      if (stored->seen != (guint) plainly_matches (stored->pattern, type))
        g_error ("pattern “%s”, type “%s”: seen %u times among %u", stored->pattern, type, stored->seen, all->len);
    }
}

/* Tries of up to 60 patterns, changed in between, against the plain rule until a million pairs are through. */
static void
test_as_one_by_one (void)
{
  for (guint pairs = 0; pairs < 1000000;)
    {
      g_autoptr (TnTrie) trie = tn_trie_new ();
      g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (stored_free);

      for (guint step = 0; step < 60; step++)
        {
          g_autofree char *pattern = random_pattern (5);
          g_autofree char *type = random_type (5);

          store (trie, all, pattern);
          if (g_test_rand_int_range (0, 4) == 0)
            {
              guint victim = g_test_rand_int_range (0, all->len);

              tn_trie_remove (trie, ((Stored *) all->pdata[victim])->entry);
              g_ptr_array_remove_index_fast (all, victim);
            }
          assert_matches_as_one_by_one (trie, all, type);
          pairs += all->len;
        }
    }
}

static void
append_cb (gpointer value, gpointer user_data)
{
  g_string_append (user_data, value);
}

static void
test_order_of_insertion (void)
{
  g_autoptr (TnTrie) trie = tn_trie_new ();
  g_autoptr (GString) seen = g_string_new (NULL);
  TnTrieEntry *second;

  tn_trie_insert (trie, "a.b", (gpointer) "1");
  second = tn_trie_insert (trie, "a.b", (gpointer) "2");
  tn_trie_insert (trie, "a.b", (gpointer) "3");
  tn_trie_match (trie, "a.b", append_cb, seen);
  g_assert_cmpstr (seen->str, ==, "123");

  tn_trie_remove (trie, second);
  tn_trie_match (trie, "a.b", append_cb, seen);
  g_assert_cmpstr (seen->str, ==, "12313");
}

static void
test_removal_leaves_nothing (void)
{
  g_autoptr (TnTrie) trie = tn_trie_new ();
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (stored_free);

  g_assert_cmpuint (tn_trie_get_n_nodes (trie), ==, 1);
  store (trie, all, "a.b.c");
  g_assert_cmpuint (tn_trie_get_n_nodes (trie), ==, 4);
  store (trie, all, "a.b");
  store (trie, all, "a.*.>");
  g_assert_cmpuint (tn_trie_get_n_nodes (trie), ==, 6);

  tn_trie_remove (trie, ((Stored *) all->pdata[0])->entry);
  g_assert_cmpuint (tn_trie_get_n_nodes (trie), ==, 5);
  tn_trie_remove (trie, ((Stored *) all->pdata[2])->entry);
  g_assert_cmpuint (tn_trie_get_n_nodes (trie), ==, 3);
  tn_trie_remove (trie, ((Stored *) all->pdata[1])->entry);
  g_assert_cmpuint (tn_trie_get_n_nodes (trie), ==, 1);
  g_assert_cmpuint (tn_trie_match (trie, "a.b.c", nothing_cb, NULL), ==, 1);
}

static void
add_other_apps (TnTrie *trie, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    {
      g_autofree char *pattern = g_strdup_printf (i % 3 == 0 ? "app%u.item.done" : i % 3 == 1 ? "app%u.>" : "app%u.*",
                                                  i);

      tn_trie_insert (trie, pattern, NULL);
    }
}

static void
test_cost_without_matches (void)
{
  g_autoptr (TnTrie) trie = tn_trie_new ();
  guint few, many;

  add_other_apps (trie, 0, 100);
  few = tn_trie_match (trie, "app7x.item.done", nothing_cb, NULL);
  add_other_apps (trie, 100, 100000);
  many = tn_trie_match (trie, "app7x.item.done", nothing_cb, NULL);
  g_assert_cmpuint (few, ==, 1);
  g_assert_cmpuint (many, ==, few);

  /* All of its own depth: the root, the app, the item, the leaf. */
  g_assert_cmpuint (tn_trie_match (trie, "app99999.item.done", nothing_cb, NULL), ==, 4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trie/as-one-by-one", test_as_one_by_one);
  g_test_add_func ("/trie/order-of-insertion", test_order_of_insertion);
  g_test_add_func ("/trie/removal-leaves-nothing", test_removal_leaves_nothing);
  g_test_add_func ("/trie/cost-without-matches", test_cost_without_matches);
  return g_test_run ();
}
