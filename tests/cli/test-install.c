/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "home.h"

#include <glib/gstdio.h>
#include <string.h>

#include "pack.h"
#include "tn-json.h"
#include "tn-tree.h"

/* `tnc install` and what ends what it began. */

typedef struct
{
  Home home;
  Run last; /* what was said by it */
} Shop;

static void
set_up (Shop *self, gconstpointer data)
{
  g_autofree char *apps = NULL;

  home_set_up (&self->home, NULL);
  apps = g_build_filename (self->home.data, "apps", NULL);
  g_assert_cmpint (g_mkdir_with_parents (apps, 0755), ==, 0);
}

static void
tear_down (Shop *self, gconstpointer data)
{
  home_tear_down (&self->home, NULL);
  run_clear (&self->last);
}

static void
run (Shop *self, const char *line)
{
  run_clear (&self->last);
  self->last = home_run (&self->home, line);
}

/* A .xdc with that name in its manifest.toml, and a page with that text. */
static void
write_xdc (Shop *self, const char *file, const char *name, const char *page)
{
  g_autofree char *toml = g_strdup_printf ("name = \"%s\"\n", name);
  const PackEntry entries[] = { { '0', "index.html", page }, { '0', "manifest.toml", toml } };
  g_autoptr (GBytes) bytes = pack_zip (entries, G_N_ELEMENTS (entries));
  g_autofree char *path = pack_write_bytes (self->home.home, file, bytes);
}

static void
write_manifest (Shop *self, const char *path, const char *id, const char *more)
{
  g_autofree char *text
    = g_strdup_printf ("{\"sdk\": 1, \"id\": \"%s\", \"name\": \"N\", \"version\": \"1.0.0\"%s}", id, more);
  g_autofree char *name = g_strconcat (path, "/manifest.json", NULL), *page = g_strconcat (path, "/index.html", NULL);
  g_autofree char *first = pack_write_text (self->home.home, name, text);
  g_autofree char *second = pack_write_text (self->home.home, page, "<!doctype html>");
}

/* The member of the n-th result, as JSON. */
static char *
result (Shop *self, guint n, const char *member)
{
  g_autoptr (JsonNode) root = tn_json_parse (self->last.out, -1, NULL, NULL);
  g_autofree char *pointer = g_strdup_printf ("/%u/%s", n, member);
  JsonNode *node = root != NULL ? tn_json_pointer_get (root, pointer) : NULL;

  return node != NULL ? tn_json_to_string (node) : NULL;
}

static void
assert_result (Shop *self, guint n, const char *member, const char *expected)
{
  g_autofree char *value = result (self, n, member);

  g_assert_cmpstr (value, ==, expected);
}

static void
test_xdc (Shop *self, gconstpointer data)
{
  g_autofree char *id = NULL;

  write_xdc (self, "poll.xdc", "Poll", "<!doctype html>1");
  run (self, "install poll.xdc --json");
  g_assert_cmpint (self->last.code, ==, 0);
  assert_result (self, 0, "installed", "true");
  assert_result (self, 0, "name", "\"Poll\"");
  assert_result (self, 0, "path", "\"poll.xdc\"");
  id = result (self, 0, "id");
  g_assert_true (g_str_has_prefix (id, "\"xdc."));
  run (self, "list --json");
  g_assert_nonnull (strstr (self->last.out, id));
  /* Once more is no error; another one of that name asks for a word. */
  run (self, "install poll.xdc");
  g_assert_cmpint (self->last.code, ==, 0);
  g_assert_cmpstr (self->last.out, ==, "");
  write_xdc (self, "poll.xdc", "Poll", "<!doctype html>2");
  run (self, "install poll.xdc");
  g_assert_cmpint (self->last.code, ==, 1);
  g_assert_nonnull (strstr (self->last.err, "--replace"));
  run (self, "install --replace poll.xdc");
  g_assert_cmpint (self->last.code, ==, 0);
}

static void
test_kinds (Shop *self, gconstpointer data)
{
  static const PackEntry entries[]
    = { { '0', "package/manifest.json",
          "{\"sdk\": 1, \"id\": \"com.example.packed\", \"name\": \"P\", \"version\": \"2.0.0\"}" },
        { '0', "package/index.html", "<!doctype html>" } };
  g_autoptr (GBytes) bytes = pack_tgz (entries, G_N_ELEMENTS (entries));
  g_autofree char *path = pack_write_bytes (self->home.home, "packed.tnapp", bytes);

  write_manifest (self, "folder", "com.example.folder", "");
  run (self, "install folder packed.tnapp --json");
  g_assert_cmpint (self->last.code, ==, 0);
  assert_result (self, 0, "id", "\"com.example.folder\"");
  assert_result (self, 1, "version", "\"2.0.0\"");
}

/* One that can't be installed does not keep the next from it, and says how it ends. */
static void
test_refused (Shop *self, gconstpointer data)
{
  g_autofree char *text = pack_write_text (self->home.home, "notes.txt", "x");
  g_autofree char *rubbish = pack_write_text (self->home.home, "rubbish.xdc", "not a zip");

  write_manifest (self, "broken", "com.example.broken", ", \"author\": 5");
  write_xdc (self, "poll.xdc", "Poll", "<!doctype html>");
  run (self, "install missing.xdc poll.xdc --json");
  g_assert_cmpint (self->last.code, ==, 4);
  assert_result (self, 0, "installed", "false");
  assert_result (self, 1, "installed", "true");
  g_assert_nonnull (strstr (self->last.err, "missing.xdc"));
  run (self, "install notes.txt");
  g_assert_cmpint (self->last.code, ==, 1);
  run (self, "install broken");
  g_assert_cmpint (self->last.code, ==, 1);
  g_assert_nonnull (strstr (self->last.err, "/author"));
  run (self, "install rubbish.xdc");
  g_assert_cmpint (self->last.code, ==, 6);
  run (self, "install");
  g_assert_cmpint (self->last.code, ==, 2);
  run (self, "install poll.xdc --workspace mispelt");
  g_assert_cmpint (self->last.code, ==, 4);
}

static gboolean
is_anywhere (Shop *self, const char *text)
{
  g_autofree char *where = pack_find_text (self->home.home, text);

  return where != NULL;
}

static void
test_remove_and_erase (Shop *self, gconstpointer data)
{
  g_autofree char *handed = g_build_filename (self->home.home, "folder", NULL);

  write_manifest (self, "folder", "com.example.folder", ", \"description\": \"KANARI\"");
  run (self, "install folder");
  tn_tree_remove (handed);
  run (self, "remove com.example.folder --json");
  g_assert_cmpint (self->last.code, ==, 0);
  g_assert_nonnull (strstr (self->last.out, "\"removed\""));
  run (self, "list");
  g_assert_null (strstr (self->last.out, "com.example.folder"));
  run (self, "remove com.example.folder");
  g_assert_cmpint (self->last.code, ==, 4);
  /* Without a terminal nobody said that it is meant. */
  run (self, "erase com.example.folder");
  g_assert_cmpint (self->last.code, ==, 3);
  g_assert_true (is_anywhere (self, "KANARI"));
  run (self, "erase --yes com.example.folder");
  g_assert_cmpint (self->last.code, ==, 0);
  g_assert_false (is_anywhere (self, "KANARI"));
  run (self, "erase --yes com.example.folder");
  g_assert_cmpint (self->last.code, ==, 4);
  run (self, "audit --verify");
  g_assert_cmpint (self->last.code, ==, 0);
  run (self, "audit --json");
  g_assert_nonnull (strstr (self->last.out, "app.removed"));
  g_assert_nonnull (strstr (self->last.out, "app.erased"));
}

/* An open window hears of it. */
static void
test_announced (Shop *self, gconstpointer data)
{
  g_autoptr (GVariant) told = NULL;
  g_autofree char *text = NULL;

  home_listen (&self->home, "AppsChanged");
  write_xdc (self, "poll.xdc", "Poll", "<!doctype html>");
  run (self, "install poll.xdc");
  told = home_wait_told (&self->home);
  text = g_variant_print (told, FALSE);
  g_assert_cmpstr (text, ==, "('default',)");
}

int
main (int argc, char **argv)
{
  home_init_tests (argc, argv);
  g_test_add ("/tnc/install/xdc", Shop, NULL, set_up, test_xdc, tear_down);
  g_test_add ("/tnc/install/kinds", Shop, NULL, set_up, test_kinds, tear_down);
  g_test_add ("/tnc/install/refused", Shop, NULL, set_up, test_refused, tear_down);
  g_test_add ("/tnc/remove-and-erase", Shop, NULL, set_up, test_remove_and_erase, tear_down);
  g_test_add ("/tnc/install/announced", Shop, NULL, set_up, test_announced, tear_down);
  return g_test_run ();
}
