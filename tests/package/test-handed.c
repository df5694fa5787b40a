/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-handed.h"

#include <glib/gstdio.h>
#include <string.h>

#include "pack.h"
#include "tn-archive.h"
#include "tn-fault.h"
#include "tn-json.h"
#include "tn-manifest.h"
#include "tn-tree.h"
#include "tn-words.h"

typedef struct
{
  char *root;
  char *out;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->root = pack_make_folder ();
  self->out = g_build_filename (self->root, "out", NULL);
  g_assert_cmpint (g_mkdir (self->out, 0700), ==, 0);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  pack_remove_folder (self->root);
  g_free (self->out);
}

static void
test_kind (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *name;
    TnHandedKind kind;
  } kinds[] = {
    { "a.tgz", TN_HANDED_TGZ },    { "a.TGZ", TN_HANDED_TGZ },         { "a.tnapp", TN_HANDED_TGZ },
    { "a.tar.gz", TN_HANDED_TGZ }, { "a.Tar.Gz", TN_HANDED_TGZ },      { "a.xdc", TN_HANDED_XDC },
    { "a.b.XDC", TN_HANDED_XDC },  { "a.zip", TN_HANDED_NOTHING },     { "a.gz", TN_HANDED_NOTHING },
    { "xdc", TN_HANDED_NOTHING },  { "a.xdc.txt", TN_HANDED_NOTHING },
  };
  g_autofree char *folder = g_build_filename (self->root, "b.xdc", NULL);
  g_autofree char *nothing = g_build_filename (self->root, "c.xdc", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = pack_write_text (self->root, kinds[i].name, "");

      g_assert_cmpint (tn_handed_kind (path), ==, kinds[i].kind);
    }
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (tn_handed_kind (folder), ==, TN_HANDED_FOLDER);
  g_assert_cmpint (tn_handed_kind (nothing), ==, TN_HANDED_NOTHING);
}

/* Unpacks a .xdc of @entries that is called @name; (transfer full): its manifest, which must be whole. */
static TnManifest *
unpack_xdc (Fixture *self, const char *name, const PackEntry *entries, gsize n)
{
  g_autoptr (GBytes) bytes = pack_zip (entries, n);
  g_autofree char *path = pack_write_bytes (self->root, name, bytes);
  g_autoptr (GError) error = NULL;
  TnManifest *manifest;

  g_assert_true (tn_handed_unpack (path, self->out, NULL, &error));
  g_assert_no_error (error);
  manifest = tn_manifest_load (self->out, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (tn_word_judge_id (tn_manifest_get_id (manifest)));
  g_assert_true (g_str_has_prefix (tn_manifest_get_id (manifest), "xdc."));
  g_assert_cmpuint (strlen (tn_manifest_get_id (manifest)), ==, strlen ("xdc.") + 16);
  return manifest;
}

static void
test_xdc (Fixture *self, gconstpointer data)
{
  static const PackEntry entries[] = {
    { '0', "index.html", "<p>" },
    { '0', "manifest.toml", "name = \"Chess\"\nsource_code_url = 'https://example.com/chess'\n" },
    { '0', "icon.jpg", "" },
    { '0', "icon.png", "" },
  };
  g_autoptr (TnManifest) manifest = unpack_xdc (self, "x.xdc", entries, G_N_ELEMENTS (entries));
  gsize n;

  g_assert_cmpstr (tn_manifest_get_name (manifest), ==, "Chess");
  g_assert_cmpstr (tn_manifest_get_version (manifest), ==, "1.0.0");
  g_assert_cmpstr (tn_manifest_get_icon (manifest), ==, "icon.png");
  g_assert_cmpstr (tn_manifest_get_entry_point (manifest), ==, "index.html");
  g_assert_cmpint (tn_manifest_get_level (manifest), ==, TN_LEVEL_PERMISSIVE);
  tn_manifest_get_permissions (manifest, &n);
  g_assert_cmpuint (n, ==, 0);
  /* The same for ever: grants and data hang on it. */
  g_assert_cmpstr (tn_manifest_get_id (manifest), ==, "xdc.63qw4nti6kfaix25");
}

/* What it says of itself in our own manifest's name counts for nothing: it could ask for the network. */
static void
test_xdc_own_manifest (Fixture *self, gconstpointer data)
{
  static const PackEntry entries[] = {
    { '0', "index.html", "<p>" },
    { '0', "manifest.json",
      "{\"sdk\":1,\"id\":\"com.example.bank\",\"name\":\"Bank\",\"version\":\"9.0.0\",\"permissions\":"
      "[{\"type\":\"api\",\"resource\":\"files\",\"actions\":[\"read\"]}]}" },
    { '0', "icon.jpg", "" },
  };
  g_autoptr (TnManifest) manifest = unpack_xdc (self, "Chess 2.XDC", entries, G_N_ELEMENTS (entries));
  gsize n;

  g_assert_cmpstr (tn_manifest_get_name (manifest), ==, "Chess 2");
  g_assert_cmpstr (tn_manifest_get_icon (manifest), ==, "icon.jpg");
  tn_manifest_get_permissions (manifest, &n);
  g_assert_cmpuint (n, ==, 0);
}

static char *
id_of (Fixture *self, const char *toml)
{
  const PackEntry entries[] = { { '0', "index.html", "<p>" }, { '0', "manifest.toml", toml } };
  g_autofree char *inner = g_build_filename (self->root, "inner", NULL);
  Fixture other = { self->root, inner };
  g_autoptr (TnManifest) manifest = NULL;

  tn_tree_remove (inner);
  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  manifest = unpack_xdc (&other, "a.xdc", entries, G_N_ELEMENTS (entries));
  return g_strdup (tn_manifest_get_id (manifest));
}

/* One app is known by both, and nothing can slip from the one into the other. */
static void
test_xdc_ids (Fixture *self, gconstpointer data)
{
  g_autofree char *first = id_of (self, "name = 'a'\nsource_code_url = 'b'");
  g_autofree char *again = id_of (self, "source_code_url = \"b\"\nname = \"a\" # the same");
  g_autofree char *other_name = id_of (self, "name = 'A'\nsource_code_url = 'b'");
  g_autofree char *other_address = id_of (self, "name = 'a'\nsource_code_url = 'c'");
  g_autofree char *none = id_of (self, "name = 'a'");
  g_autofree char *shifted = id_of (self, "name = 'ab'");

  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, other_name);
  g_assert_cmpstr (first, !=, other_address);
  g_assert_cmpstr (first, !=, none);
  g_assert_cmpstr (first, !=, shifted);
}

static void
test_xdc_refused (Fixture *self, gconstpointer data)
{
  static const PackEntry entries[] = { { '0', "index.html", "<p>" }, { '0', "manifest.toml", "name = 7" } };
  g_autoptr (GBytes) bytes = pack_zip (entries, G_N_ELEMENTS (entries));
  g_autofree char *path = pack_write_bytes (self->root, "a.xdc", bytes);
  g_autofree char *large = g_strnfill (64 * 1024 + 1, '#');
  const PackEntry much[] = { { '0', "manifest.toml", large } };
  g_autoptr (GError) error = NULL;

  g_assert_false (tn_handed_unpack (path, self->out, NULL, &error));
  g_assert_error (error, TN_PACKAGE_ERROR, TN_PACKAGE_ERROR_MANIFEST);
  g_clear_error (&error);
  g_clear_pointer (&bytes, g_bytes_unref);
  bytes = pack_zip (much, 1);
  g_free (pack_write_bytes (self->root, "a.xdc", bytes));
  {
    g_autofree char *out = g_build_filename (self->root, "second", NULL);

    g_assert_cmpint (g_mkdir (out, 0700), ==, 0);
    g_assert_false (tn_handed_unpack (path, out, NULL, &error));
    g_assert_error (error, TN_PACKAGE_ERROR, TN_PACKAGE_ERROR_MANIFEST);
    g_assert_nonnull (strstr (error->message, "64 KiB"));
  }
}

/* A name that no manifest may have is a fault as it would be in one. */
static void
test_xdc_long_name (Fixture *self, gconstpointer data)
{
  static const PackEntry entries[]
    = { { '0', "index.html", "<p>" },
        { '0', "manifest.toml",
          "name = 'long long long long long long long long long long long long long long long long "
          "long long'" } };
  g_autoptr (GBytes) bytes = pack_zip (entries, G_N_ELEMENTS (entries));
  g_autofree char *path = pack_write_bytes (self->root, "a.xdc", bytes);
  g_autoptr (GPtrArray) faults = NULL;

  g_assert_true (tn_handed_unpack (path, self->out, NULL, NULL));
  g_assert_null (tn_manifest_load (self->out, &faults, NULL));
  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_cmpstr (((TnFault *) faults->pdata[0])->pointer, ==, "/name");
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "/handed/kind", test_kind },
    { "/handed/xdc", test_xdc },
    { "/handed/xdc-own-manifest", test_xdc_own_manifest },
    { "/handed/xdc-ids", test_xdc_ids },
    { "/handed/xdc-refused", test_xdc_refused },
    { "/handed/xdc-long-name", test_xdc_long_name },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
