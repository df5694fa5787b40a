/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pack.h"

#include <archive.h>
#include <archive_entry.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "tn-tree.h"

#define TAR_BLOCK 512

char *
pack_make_folder (void)
{
  char *folder = g_strdup ("/dev/shm/tn-pack-XXXXXX");

  if (g_mkdtemp (folder) == NULL)
    {
      g_free (folder);
      folder = g_dir_make_tmp ("tn-pack-XXXXXX", NULL);
    }
  g_assert_nonnull (folder);
  return folder;
}

void
pack_remove_folder (char *folder)
{
  tn_tree_remove (folder);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_free (folder);
}

char *
pack_write (const char *folder, const char *name, gconstpointer data, gsize length)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0755), ==, 0);
  g_file_set_contents (path, data, length, &error);
  g_assert_no_error (error);
  return path;
}

char *
pack_write_text (const char *folder, const char *name, const char *text)
{
  return pack_write (folder, name, text, strlen (text));
}

char *
pack_write_bytes (const char *folder, const char *name, GBytes *bytes)
{
  return pack_write (folder, name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
pad (GByteArray *tar, gsize n)
{
  g_autofree guint8 *zeros = g_malloc0 (n);

  g_byte_array_append (tar, zeros, n);
}

/* The sum of its bytes, with blanks where the sum will stand. */
static void
seal (char *head)
{
  guint sum = 0;

  memset (head + 148, ' ', 8);
  for (gsize i = 0; i < TAR_BLOCK; i++)
    sum += (guint8) head[i];
  g_snprintf (head + 148, 8, "%06o", sum);
}

void
pack_tar_add (GByteArray *tar, char type, const char *name, const char *link, guint64 size, gconstpointer data,
              gsize length)
{
  char head[TAR_BLOCK] = { 0 };

  strncpy (head, name, 100);
  strcpy (head + 100, "0006777");
  strcpy (head + 108, "0000000");
  strcpy (head + 116, "0000000");
  g_snprintf (head + 124, 12, "%011" G_GINT64_MODIFIER "o", size);
  strcpy (head + 136, "00000000001");
  head[156] = type;
  strncpy (head + 157, link, 100);
  memcpy (head + 257, "ustar\00000", 8);
  seal (head);
  g_byte_array_append (tar, (const guint8 *) head, TAR_BLOCK);
  if (length > 0)
    g_byte_array_append (tar, data, length);
  if (length % TAR_BLOCK != 0)
    pad (tar, TAR_BLOCK - length % TAR_BLOCK);
}

void
pack_tar_end (GByteArray *tar)
{
  pad (tar, 2 * TAR_BLOCK);
}

GBytes *
pack_gzip (gconstpointer data, gsize length)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (compressor));

  g_assert_true (g_output_stream_write_all (stream, data, length, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

GBytes *
pack_tgz (const PackEntry *entries, gsize n)
{
  g_autoptr (GByteArray) tar = g_byte_array_new ();

  for (gsize i = 0; i < n; i++)
    {
      gboolean link = entries[i].type == '1' || entries[i].type == '2';
      const char *text = entries[i].text != NULL && !link ? entries[i].text : "";

      pack_tar_add (tar, entries[i].type, entries[i].name, link ? entries[i].text : "", strlen (text), text,
                    strlen (text));
    }
  pack_tar_end (tar);
  return pack_gzip (tar->data, tar->len);
}

static void
add_zip_entry (struct archive *writer, const PackEntry *from)
{
  struct archive_entry *entry = archive_entry_new ();
  gsize length = from->text != NULL && from->type != '2' ? strlen (from->text) : 0;

  archive_entry_set_pathname (entry, from->name);
  archive_entry_set_filetype (entry, from->type == '5' ? AE_IFDIR : from->type == '2' ? AE_IFLNK : AE_IFREG);
  archive_entry_set_perm (entry, 06777);
  archive_entry_set_size (entry, length);
  if (from->type == '2')
    archive_entry_set_symlink (entry, from->text);
  g_assert_cmpint (archive_write_header (writer, entry), ==, ARCHIVE_OK);
  if (length > 0)
    g_assert_cmpint (archive_write_data (writer, from->text, length), ==, length);
  archive_entry_free (entry);
}

GBytes *
pack_zip (const PackEntry *entries, gsize n)
{
  struct archive *writer = archive_write_new ();
  gsize size = 4 * 1024 * 1024, used = 0;
  g_autofree guint8 *bytes = g_malloc (size);

  archive_write_set_format_zip (writer);
  archive_write_set_bytes_in_last_block (writer, 1);
  g_assert_cmpint (archive_write_open_memory (writer, bytes, size, &used), ==, ARCHIVE_OK);
  for (gsize i = 0; i < n; i++)
    add_zip_entry (writer, &entries[i]);
  g_assert_cmpint (archive_write_close (writer), ==, ARCHIVE_OK);
  archive_write_free (writer);
  return g_bytes_new (bytes, used);
}

static int
compare_names (gconstpointer first, gconstpointer second)
{
  return strcmp (*(const char *const *) first, *(const char *const *) second);
}

static void
list_into (const char *path, const char *prefix, GString *lines)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *child = g_build_filename (path, names->pdata[i], NULL);
      g_autofree char *shown = g_strconcat (prefix, names->pdata[i], NULL);
      g_autofree char *below = g_strconcat (shown, "/", NULL);
      g_autofree char *text = NULL;

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        {
          g_string_append_printf (lines, "%s\n", below);
          list_into (child, below, lines);
        }
      else if (g_file_get_contents (child, &text, NULL, NULL))
        g_string_append_printf (lines, "%s=%s\n", shown, text);
    }
}

char *
pack_list (const char *path)
{
  GString *lines = g_string_new (NULL);

  list_into (path, "", lines);
  return g_string_free (lines, FALSE);
}

static gboolean
holds (const char *path, const char *text)
{
  g_autofree char *content = NULL;
  gsize length = 0;

  g_file_get_contents (path, &content, &length, NULL);
  return length > 0 && memmem (content, length, text, strlen (text)) != NULL;
}

char *
pack_find_text (const char *path, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  char *found = NULL;

  for (const char *name; found == NULL && dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      gboolean is_folder
        = g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK);

      if (strstr (name, text) != NULL || (!is_folder && holds (child, text)))
        found = g_steal_pointer (&child);
      else if (is_folder)
        found = pack_find_text (child, text);
    }
  return found;
}
