/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive-fixture.h"
#include "tn-archive.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "pack.h"

#define LONG_50 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void
assert_taken (Fixture *self, TnArchiveKind kind, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *list = NULL;

  tn_archive_unpack (kind, self->path, self->out, NULL, &error);
  g_assert_no_error (error);
  list = pack_list (self->out);
  g_assert_cmpstr (list, ==, expected);
}

/* Refused with a sentence that names @word and can be shown as it is; nothing came to be outside. */
static void
assert_refused (Fixture *self, TnArchiveKind kind, int code, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *outside = NULL;

  g_assert_false (tn_archive_unpack (kind, self->path, self->out, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, TN_ARCHIVE_ERROR, code);
  g_assert_nonnull (strstr (error->message, word));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strpbrk (error->message, "\n\033"));
  empty_out (self);
  outside = pack_list (self->root);
  g_assert_true (g_str_has_prefix (outside, "archive="));
  g_assert_true (g_str_has_suffix (outside, "\nout/\n"));
}

static const PackEntry good_tar[] = {
  { '0', "package/manifest.json", "{}" }, { '5', "package/", NULL },           { '5', "package/js/", NULL },
  { '0', "package/js/app.js", "run ()" }, { '0', "package/Bücher/ß.txt", "" },
};

static const char good_list[] = "Bücher/\nBücher/ß.txt=\njs/\njs/app.js=run ()\nmanifest.json={}\n";

static const PackEntry good_zip[] = {
  { '0', "index.html", "<p>" },
  { '5', "js/", NULL },
  { '0', "js/app.js", "run ()" },
  { '0', "icons/1/x.png", "" },
};

static void
test_tgz (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = pack_tgz (good_tar, G_N_ELEMENTS (good_tar));

  write_archive (self, bytes);
  assert_taken (self, TN_ARCHIVE_TGZ, good_list);
}

static void
test_zip (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = pack_zip (good_zip, G_N_ELEMENTS (good_zip));

  write_archive (self, bytes);
  assert_taken (self, TN_ARCHIVE_ZIP, "icons/\nicons/1/\nicons/1/x.png=\nindex.html=<p>\njs/\njs/app.js=run ()\n");
}

/* Of the archive's modes nothing stays: neither set-user-id nor what everybody may run or write. */
static void
test_modes (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = pack_tgz (good_tar, G_N_ELEMENTS (good_tar));
  g_autofree char *file = g_build_filename (self->out, "js", "app.js", NULL);
  g_autofree char *folder = g_build_filename (self->out, "js", NULL);
  GStatBuf status;

  umask (022);
  write_archive (self, bytes);
  g_assert_true (tn_archive_unpack (TN_ARCHIVE_TGZ, self->path, self->out, NULL, NULL));
  g_assert_cmpint (g_lstat (file, &status), ==, 0);
  g_assert_cmpint (status.st_mode, ==, S_IFREG | 0644);
  g_assert_cmpint (g_lstat (folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode, ==, S_IFDIR | 0755);
}

/* A line of PAX: "length key=value\n", its own length included; (transfer full). */
static char *
pax_line (const char *key, const char *value)
{
  gsize length = strlen (key) + strlen (value) + 3;
  gsize whole = length + (length < 9 ? 1 : length < 98 ? 2 : length < 997 ? 3 : 4);
  char *line = g_strdup_printf ("%" G_GSIZE_FORMAT " %s=%s\n", whole, key, value);

  g_assert_cmpuint (strlen (line), ==, whole);
  return line;
}

/* What PAX says of the next entry. */
static void
add_pax (GByteArray *tar, const char *key, const char *value)
{
  g_autofree char *line = pax_line (key, value);

  pack_tar_add (tar, 'x', "PaxHeader", "", strlen (line), line, strlen (line));
}

static void
write_tar (Fixture *self, GByteArray *tar)
{
  g_autoptr (GBytes) bytes = NULL;

  pack_tar_end (tar);
  bytes = pack_gzip (tar->data, tar->len);
  write_archive (self, bytes);
}

/* In whatever locale the program runs: names are UTF-8. */
static void
test_locale (Fixture *self, gconstpointer data)
{
  g_autoptr (GByteArray) tar = g_byte_array_new ();

  add_pax (tar, "path", "package/Bücher.txt");
  pack_tar_add (tar, '0', "package/x", "", 2, "ok", 2);
  write_tar (self, tar);
  setlocale (LC_ALL, "C");
  assert_taken (self, TN_ARCHIVE_TGZ, "Bücher.txt=ok\n");
  setlocale (LC_ALL, "");
}

#define UNSAFE TN_ARCHIVE_ERROR_UNSAFE
#define FORMAT TN_ARCHIVE_ERROR_FORMAT
#define TOO_LARGE TN_ARCHIVE_ERROR_TOO_LARGE

static const struct
{
  const char *name;
  int code;
  const char *word;
  PackEntry entries[3];
} refused_tars[] = {
  { "hard-link", UNSAFE, "link", { { '0', "p/a", "a" }, { '1', "p/b", "p/a" } } },
  { "hard-link-outside", UNSAFE, "link", { { '1', "p/b", "/etc/passwd" } } },
  { "symbolic-link", UNSAFE, "link", { { '2', "p/b", "/etc" }, { '0', "p/b/x", "x" } } },
  { "link-on-top", UNSAFE, "link", { { '2', "p", "/tmp" }, { '0', "p/x", "x" } } },
  { "character-device", UNSAFE, "neither", { { '3', "p/null", NULL } } },
  { "block-device", UNSAFE, "neither", { { '4', "p/disk", NULL } } },
  { "pipe", UNSAFE, "neither", { { '6', "p/pipe", NULL } } },
  { "absolute", UNSAFE, "/etc/x", { { '0', "/etc/x", "x" } } },
  { "absolute-below", UNSAFE, "/etc/x", { { '0', "p//etc/x", "x" } } },
  { "upwards", UNSAFE, "../x", { { '0', "p/../../x", "x" } } },
  { "upwards-first", UNSAFE, "../x", { { '0', "../x", "x" } } },
  { "upwards-folder", UNSAFE, "..", { { '5', "p/a/..", NULL } } },
  { "here", UNSAFE, "“./x”", { { '0', "p/./x", "x" } } },
  { "backslash", UNSAFE, "\\", { { '0', "p/..\\..\\x", "x" } } },
  { "not-utf8", UNSAFE, "UTF-8", { { '0', "p/\xff\xfe", "x" } } },
  { "control", UNSAFE, "seen", { { '0', "p/a\nb", "x" } } },
  { "escape", UNSAFE, "seen", { { '0', "p/\033[2J", "x" } } },
  { "turned", UNSAFE, "seen", { { '0', "p/x\xe2\x80\xaegpj.exe", "x" } } },
  { "trailing-dot", UNSAFE, "dot", { { '0', "p/index.html.", "x" } } },
  { "trailing-dot-folder", UNSAFE, "dot", { { '0', "p/js./x", "x" } } },
  { "trailing-space", UNSAFE, "space", { { '0', "p/x ", "x" } } },
  { "twice", UNSAFE, "same name", { { '0', "p/x", "1" }, { '0', "p/x", "2" } } },
  { "case", UNSAFE, "same name", { { '0', "p/Index.html", "1" }, { '0', "p/index.HTML", "2" } } },
  { "case-sharp-s", UNSAFE, "same name", { { '0', "p/straße", "1" }, { '0', "p/STRASSE", "2" } } },
  { "case-of-folder", UNSAFE, "same name", { { '0', "p/js/a", "1" }, { '0', "p/JS/b", "2" } } },
  { "normalization", UNSAFE, "same name", { { '0', "p/\xc3\xa9", "1" }, { '0', "p/e\xcc\x81", "2" } } },
  { "file-then-folder", UNSAFE, "same name", { { '0', "p/a", "1" }, { '0', "p/a/b", "2" } } },
  { "folder-then-file", UNSAFE, "same name", { { '0', "p/a/b", "1" }, { '0', "p/a", "2" } } },
  { "only-the-folder", FORMAT, "empty", { { '5', "p/", NULL } } },
  { "no-folder", FORMAT, "npm pack", { { '0', "manifest.json", "{}" } } },
  { "two-folders", FORMAT, "“p” and “q”", { { '0', "p/a", "1" }, { '0', "q/b", "2" } } },
  { "deep", TOO_LARGE, "32", { { '0', "p/1/2/3/4/5/6/7/8/9/0/1/2/3/4/5/6/7/8/9/0/1/2/3/4/5/6/7/8/9/0/1/2/x", "x" } } },
};

static void
test_refused_tar (Fixture *self, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused_tars); i++)
    {
      gsize n = refused_tars[i].entries[1].name != NULL ? 2 : 1;
      g_autoptr (GBytes) bytes = pack_tgz (refused_tars[i].entries, n);

      g_test_message ("%s", refused_tars[i].name);
      write_archive (self, bytes);
      assert_refused (self, TN_ARCHIVE_TGZ, refused_tars[i].code, refused_tars[i].word);
    }
}

static const struct
{
  const char *name;
  const char *word;
  PackEntry entries[3];
} refused_zips[] = {
  { "link", "link", { { '2', "x", "/etc/passwd" } } },
  { "absolute", "/etc/x", { { '0', "/etc/x", "x" } } },
  { "upwards", "../x", { { '0', "../x", "x" } } },
  { "upwards-folder", "..", { { '5', "..", NULL } } },
  { "backslash", "../x", { { '0', "..\\x", "x" } } },
  { "twice", "same name", { { '0', "x", "1" }, { '0', "x", "2" } } },
  { "case", "same name", { { '0', "Index.html", "1" }, { '0', "index.html", "2" } } },
  { "file-then-folder", "same name", { { '0', "a", "1" }, { '0', "a/b", "2" } } },
};

static void
test_refused_zip (Fixture *self, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused_zips); i++)
    {
      gsize n = refused_zips[i].entries[1].name != NULL ? 2 : 1;
      g_autoptr (GBytes) bytes = pack_zip (refused_zips[i].entries, n);

      g_test_message ("%s", refused_zips[i].name);
      write_archive (self, bytes);
      assert_refused (self, TN_ARCHIVE_ZIP, TN_ARCHIVE_ERROR_UNSAFE, refused_zips[i].word);
    }
}

static const struct
{
  const char *name;
  const char *key, *value; /* what PAX says */
  int code;
  const char *word;
} refused_pax[] = {
  { "path", "path", "p/../../x", UNSAFE, "../x" },
  { "path-absolute", "path", "/etc/x", UNSAFE, "/etc/x" },
  { "path-long", "path", "p/" LONG_50 LONG_50 LONG_50 LONG_50 LONG_50 LONG_50, UNSAFE, "long" },
  { "path-long-in-all", "path",
    "p/" LONG_50 LONG_50 "/" LONG_50 LONG_50 "/" LONG_50 LONG_50 "/" LONG_50 LONG_50 "/" LONG_50 LONG_50
    "/" LONG_50 LONG_50 "/" LONG_50 LONG_50 "/" LONG_50 LONG_50 "/" LONG_50 LONG_50 "/" LONG_50 LONG_50
    "/" LONG_50 LONG_50,
    UNSAFE, "long" },
  { "link", "linkpath", "/etc", UNSAFE, "link" },
  { "size-more", "size", "9999999", FORMAT, "" },
  { "size-huge", "size", "9223372036854775807", FORMAT, "" },
  { "size-negative", "size", "-1", FORMAT, "" },
};

static void
test_refused_pax (Fixture *self, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused_pax); i++)
    {
      g_autoptr (GByteArray) tar = g_byte_array_new ();

      g_test_message ("%s", refused_pax[i].name);
      add_pax (tar, refused_pax[i].key, refused_pax[i].value);
      pack_tar_add (tar, g_str_equal (refused_pax[i].key, "linkpath") ? '2' : '0', "p/x", "", 2, "ok", 2);
      write_tar (self, tar);
      assert_refused (self, TN_ARCHIVE_TGZ, refused_pax[i].code, refused_pax[i].word);
    }
}

/* A body shorter than PAX says is filled up with the next entry: that one is then content, and nothing is taken for
 * an entry that is none. */
static void
test_pax_size_hides_nothing (Fixture *self, gconstpointer data)
{
  g_autoptr (GByteArray) tar = g_byte_array_new ();

  add_pax (tar, "size", "1536");
  pack_tar_add (tar, '0', "p/x", "", 2, "ok", 2);
  pack_tar_add (tar, '2', "p/link", "/etc", 0, NULL, 0);
  pack_tar_add (tar, '0', "p/y", "", 0, NULL, 0);
  write_tar (self, tar);
  g_assert_true (tn_archive_unpack (TN_ARCHIVE_TGZ, self->path, self->out, NULL, NULL));
  {
    g_autofree char *list = pack_list (self->out);

    g_assert_cmpstr (list, ==, "x=ok\n");
  }
}

/* A file with holes, as GNU's tar writes them. */
static void
test_sparse (Fixture *self, gconstpointer data)
{
  g_autoptr (GByteArray) tar = g_byte_array_new ();
  g_autofree char *size = pax_line ("GNU.sparse.size", "1000002");
  g_autofree char *blocks = pax_line ("GNU.sparse.numblocks", "1");
  g_autofree char *map = pax_line ("GNU.sparse.map", "1000000,2");
  g_autofree char *lines = g_strconcat (size, blocks, map, NULL);

  pack_tar_add (tar, 'x', "PaxHeader", "", strlen (lines), lines, strlen (lines));
  pack_tar_add (tar, '0', "p/x", "", 2, "ok", 2);
  write_tar (self, tar);
  assert_refused (self, TN_ARCHIVE_TGZ, TN_ARCHIVE_ERROR_UNSAFE, "holes");
}

/* A tar of @n files of @size bytes each, all alike. */
static void
write_many (Fixture *self, guint n, gsize size)
{
  g_autoptr (GByteArray) tar = g_byte_array_new ();
  g_autofree char *text = g_malloc0 (size);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("p/%u", i);

      pack_tar_add (tar, '0', name, "", size, text, size);
    }
  write_tar (self, tar);
}

static void
test_bombs (Fixture *self, gconstpointer data)
{
  write_many (self, 1, 1024 * 1024 - 4096);
  g_assert_true (tn_archive_unpack (TN_ARCHIVE_TGZ, self->path, self->out, NULL, NULL));
  empty_out (self);
  write_many (self, 1, 8 * 1024 * 1024);
  assert_refused (self, TN_ARCHIVE_TGZ, TN_ARCHIVE_ERROR_TOO_LARGE, "200 times");
  write_many (self, 40, 256 * 1024);
  assert_refused (self, TN_ARCHIVE_TGZ, TN_ARCHIVE_ERROR_TOO_LARGE, "200 times");
}

/* What is passed over, here what PAX says and nobody reads, is not unpacked for nothing either. */
static void
test_bomb_between (Fixture *self, gconstpointer data)
{
  g_autoptr (GByteArray) tar = g_byte_array_new ();
  g_autofree char *long_text = g_strnfill (900 * 1024, 'x');
  g_autofree char *line = g_strdup_printf ("%d comment=%s\n", 900 * 1024 + 16, long_text);

  g_assert_cmpuint (strlen (line), ==, 900 * 1024 + 16);
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *name = g_strdup_printf ("p/%u", i);

      pack_tar_add (tar, 'x', "PaxHeader", "", strlen (line), line, strlen (line));
      pack_tar_add (tar, '0', name, "", 0, NULL, 0);
    }
  write_tar (self, tar);
  assert_refused (self, TN_ARCHIVE_TGZ, TN_ARCHIVE_ERROR_TOO_LARGE, "200 times");
}

static void
test_too_many (Fixture *self, gconstpointer data)
{
  write_many (self, TN_ARCHIVE_MAX_FILES, 0);
  g_assert_true (tn_archive_unpack (TN_ARCHIVE_TGZ, self->path, self->out, NULL, NULL));
  empty_out (self);
  write_many (self, TN_ARCHIVE_MAX_FILES + 1, 0);
  assert_refused (self, TN_ARCHIVE_TGZ, TN_ARCHIVE_ERROR_TOO_LARGE, "10000");
}

/* More than is taken, and no bomb. */
static void
test_too_large (Fixture *self, gconstpointer data)
{
  gsize length = 9 * 1024 * 1024;
  g_autoptr (GByteArray) tar = g_byte_array_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree guint8 *text = g_malloc0 (length);

  for (gsize i = 0; i < length; i += 64)
    text[i] = (guint8) g_rand_int (random);
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *name = g_strdup_printf ("p/%u", i);

      pack_tar_add (tar, '0', name, "", length, text, length);
    }
  write_tar (self, tar);
  assert_refused (self, TN_ARCHIVE_TGZ, TN_ARCHIVE_ERROR_TOO_LARGE, "256 MiB");
}

/* With a bit changed anywhere behind gzip's head, what comes out is what was packed, or nothing; its last eight bytes say
 * what the rest has to be. */
static void
test_checksum (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) whole = pack_tgz (good_tar, G_N_ELEMENTS (good_tar));
  gsize length;
  const guint8 *bytes = g_bytes_get_data (whole, &length);

  for (gsize i = 10; i < length; i++)
    {
      g_autofree guint8 *changed = g_memdup2 (bytes, length);
      g_autoptr (GBytes) archive = NULL;

      changed[i] ^= 1;
      archive = g_bytes_new (changed, length);
      write_archive (self, archive);
      if (i >= length - 8)
        assert_refused (self, TN_ARCHIVE_TGZ, TN_ARCHIVE_ERROR_FORMAT, "checksum");
      else if (tn_archive_unpack (TN_ARCHIVE_TGZ, self->path, self->out, NULL, NULL))
        {
          g_autofree char *list = pack_list (self->out);

          g_assert_cmpstr (list, ==, good_list);
        }
      empty_out (self);
    }
}

/* Cut off anywhere: refused, never half taken. */
static void
test_truncated (Fixture *self, gconstpointer data)
{
  TnArchiveKind kind = GPOINTER_TO_INT (data);
  g_autoptr (GBytes) whole = kind == TN_ARCHIVE_TGZ ? pack_tgz (good_tar, G_N_ELEMENTS (good_tar))
                                                    : pack_zip (good_zip, G_N_ELEMENTS (good_zip));

  for (gsize i = 0; i < g_bytes_get_size (whole); i++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (whole, 0, i);
      g_autoptr (GError) error = NULL;

      write_archive (self, part);
      if (tn_archive_unpack (kind, self->path, self->out, NULL, &error))
        g_error ("taken with %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " bytes", i, g_bytes_get_size (whole));
      g_assert_error (error, TN_ARCHIVE_ERROR, TN_ARCHIVE_ERROR_FORMAT);
      empty_out (self);
    }
}

static void
test_trailing (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) whole = pack_tgz (good_tar, G_N_ELEMENTS (good_tar));
  g_autoptr (GByteArray) more = g_byte_array_new ();
  g_autoptr (GByteArray) tar = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;

  /* behind gzip's end */
  g_byte_array_append (more, g_bytes_get_data (whole, NULL), g_bytes_get_size (whole));
  g_byte_array_append (more, (const guint8 *) "garbage", 7);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&more));
  write_archive (self, bytes);
  assert_refused (self, TN_ARCHIVE_TGZ, TN_ARCHIVE_ERROR_FORMAT, "behind its end");
  /* behind tar's end, where other programs don't look */
  pack_tar_add (tar, '0', "p/x", "", 2, "ok", 2);
  pack_tar_end (tar);
  pack_tar_add (tar, '2', "p/link", "/etc", 0, NULL, 0);
  write_tar (self, tar);
  assert_refused (self, TN_ARCHIVE_TGZ, TN_ARCHIVE_ERROR_UNSAFE, "link");
}

static const struct
{
  const char *name;
  TnArchiveKind kind;
  const char *bytes;
  gsize length;
} strange[] = {
  { "empty", TN_ARCHIVE_TGZ, "", 0 },
  { "empty", TN_ARCHIVE_ZIP, "", 0 },
  { "text", TN_ARCHIVE_TGZ, "this is a text", 14 },
  { "text", TN_ARCHIVE_ZIP, "this is a text", 14 },
  { "only-the-magic", TN_ARCHIVE_ZIP, "PK\003\004", 4 },
  { "end-only", TN_ARCHIVE_ZIP, "PK\005\006\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22 },
};

static void
test_strange (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) zip = pack_zip (good_zip, G_N_ELEMENTS (good_zip));
  g_autoptr (GBytes) tgz = pack_tgz (good_tar, G_N_ELEMENTS (good_tar));
  g_autoptr (GBytes) twice = pack_gzip (g_bytes_get_data (tgz, NULL), g_bytes_get_size (tgz));
  g_autoptr (GBytes) nothing = pack_tgz (NULL, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (strange); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (strange[i].bytes, strange[i].length);

      write_archive (self, bytes);
      assert_refused (self, strange[i].kind, TN_ARCHIVE_ERROR_FORMAT, "");
    }
  write_archive (self, zip);
  assert_refused (self, TN_ARCHIVE_TGZ, TN_ARCHIVE_ERROR_FORMAT, "");
  write_archive (self, tgz);
  assert_refused (self, TN_ARCHIVE_ZIP, TN_ARCHIVE_ERROR_FORMAT, "zip");
  write_archive (self, twice);
  assert_refused (self, TN_ARCHIVE_TGZ, TN_ARCHIVE_ERROR_FORMAT, "once");
  write_archive (self, nothing);
  assert_refused (self, TN_ARCHIVE_TGZ, TN_ARCHIVE_ERROR_FORMAT, "empty");
}

static void
test_plain_tar (Fixture *self, gconstpointer data)
{
  g_autoptr (GByteArray) tar = g_byte_array_new ();

  pack_tar_add (tar, '0', "p/x", "", 2, "ok", 2);
  pack_tar_end (tar);
  self->path = pack_write (self->root, "archive", tar->data, tar->len);
  assert_refused (self, TN_ARCHIVE_TGZ, TN_ARCHIVE_ERROR_FORMAT, "gzip");
}

static void
test_no_file (Fixture *self, gconstpointer data)
{
  g_autofree char *pipe = g_build_filename (self->root, "pipe", NULL);
  g_autofree char *nothing = g_build_filename (self->root, "nothing", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_false (tn_archive_unpack (TN_ARCHIVE_TGZ, pipe, self->out, NULL, &error));
  g_assert_error (error, TN_ARCHIVE_ERROR, TN_ARCHIVE_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_false (tn_archive_unpack (TN_ARCHIVE_TGZ, nothing, self->out, NULL, &error));
  g_assert_error (error, TN_ARCHIVE_ERROR, TN_ARCHIVE_ERROR_IO);
  g_assert_nonnull (strstr (error->message, nothing));
}

/* Overwrites every @from in the archive; both are of one length. */
static void
replace_in_zip (Fixture *self, const char *from, const char *to, guint first, guint n)
{
  g_autoptr (GBytes) zip = pack_zip (good_zip, G_N_ELEMENTS (good_zip));
  gsize length = g_bytes_get_size (zip);
  g_autofree char *bytes = g_memdup2 (g_bytes_get_data (zip, NULL), length);
  char *at = bytes;
  guint found = 0;

  while ((at = memmem (at, bytes + length - at, from, strlen (from))) != NULL)
    {
      if (found >= first && found < first + n)
        memcpy (at, to, strlen (to));
      found++;
      at++;
    }
  g_assert_cmpuint (found, >=, first + n);
  g_free (self->path);
  self->path = pack_write (self->root, "archive", bytes, length);
}

/* The list at its end and the entries themselves may say different names: whichever counts, it is judged. */
static void
test_zip_mismatch (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  replace_in_zip (self, "js/app.js", "../..//js", 0, 1);
  assert_refused (self, TN_ARCHIVE_ZIP, TN_ARCHIVE_ERROR_UNSAFE, "../");
  replace_in_zip (self, "js/app.js", "../..//js", 1, 1);
  if (!tn_archive_unpack (TN_ARCHIVE_ZIP, self->path, self->out, NULL, &error))
    g_assert_cmpint (error->domain, ==, TN_ARCHIVE_ERROR);
  empty_out (self);
}

/* The one entry of a zip, changed in its head and in the list at the end: @bits at @at and @central_at. */
static void
change_zip (Fixture *self, gsize at, gsize central_at, guint8 bits)
{
  g_autoptr (GBytes) zip = pack_zip (good_zip, 1);
  gsize length = g_bytes_get_size (zip);
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (zip, NULL), length);
  guint8 *central = memmem (bytes, length, "PK\001\002", 4);

  bytes[at] ^= bits;
  central[central_at] ^= bits;
  g_free (self->path);
  self->path = pack_write (self->root, "archive", bytes, length);
}

static void
test_zip_changed (Fixture *self, gconstpointer data)
{
  change_zip (self, 6, 8, 1);
  assert_refused (self, TN_ARCHIVE_ZIP, TN_ARCHIVE_ERROR_UNSAFE, "password");
  change_zip (self, 14, 16, 1); /* the sum over the content */
  assert_refused (self, TN_ARCHIVE_ZIP, TN_ARCHIVE_ERROR_FORMAT, "CRC");
  change_zip (self, 22, 24, 1); /* its length */
  assert_refused (self, TN_ARCHIVE_ZIP, TN_ARCHIVE_ERROR_FORMAT, "");
}

/* Any byte changed: taken or refused with a sentence, and nothing is outside. */
static void
test_any_byte (Fixture *self, gconstpointer data)
{
  TnArchiveKind kind = GPOINTER_TO_INT (data);
  g_autoptr (GBytes) whole = kind == TN_ARCHIVE_TGZ ? pack_tgz (good_tar, G_N_ELEMENTS (good_tar))
                                                    : pack_zip (good_zip, G_N_ELEMENTS (good_zip));
  gsize length = g_bytes_get_size (whole);
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (whole, NULL), length);

  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = NULL;
      guint8 before = bytes[i];

      bytes[i] = (guint8) g_test_rand_int ();
      path = pack_write (self->root, "archive", bytes, length);
      if (!tn_archive_unpack (kind, path, self->out, NULL, &error))
        g_assert_cmpint (error->domain, ==, TN_ARCHIVE_ERROR);
      bytes[i] = before;
      empty_out (self);
    }
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) bytes = pack_tgz (good_tar, G_N_ELEMENTS (good_tar));
  g_autoptr (GError) error = NULL;

  write_archive (self, bytes);
  g_cancellable_cancel (cancellable);
  g_assert_false (tn_archive_unpack (TN_ARCHIVE_TGZ, self->path, self->out, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *self, gconstpointer data);
    int kind;
  } tests[] = {
    { "/archive/tgz", test_tgz },
    { "/archive/zip", test_zip },
    { "/archive/modes", test_modes },
    { "/archive/locale", test_locale },
    { "/archive/refused/tar", test_refused_tar },
    { "/archive/refused/zip", test_refused_zip },
    { "/archive/refused/pax", test_refused_pax },
    { "/archive/refused/sparse", test_sparse },
    { "/archive/pax-size-hides-nothing", test_pax_size_hides_nothing },
    { "/archive/bombs", test_bombs },
    { "/archive/bomb-between", test_bomb_between },
    { "/archive/too-many", test_too_many },
    { "/archive/too-large", test_too_large },
    { "/archive/checksum", test_checksum, 0 },
    { "/archive/truncated/tgz", test_truncated, TN_ARCHIVE_TGZ },
    { "/archive/truncated/zip", test_truncated, TN_ARCHIVE_ZIP },
    { "/archive/trailing", test_trailing },
    { "/archive/strange", test_strange },
    { "/archive/plain-tar", test_plain_tar },
    { "/archive/no-file", test_no_file },
    { "/archive/zip-mismatch", test_zip_mismatch },
    { "/archive/zip-changed", test_zip_changed },
    { "/archive/any-byte/tgz", test_any_byte, TN_ARCHIVE_TGZ },
    { "/archive/any-byte/zip", test_any_byte, TN_ARCHIVE_ZIP },
    { "/archive/cancelled", test_cancelled },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, GINT_TO_POINTER (tests[i].kind), set_up, tests[i].run, tear_down);
  return g_test_run ();
}
