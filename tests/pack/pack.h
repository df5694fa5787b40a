/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Packages as authors and attackers make them, byte by byte where no tool would. */

/**
 * PackEntry:
 * @type: of tar: '0' a file, '5' a folder, '1' a hard link, '2' a symbolic one, 'x' what PAX says of the next, …
 * @name: up to 100 bytes in a tar
 * @text: (nullable): content, or what a link points at
 */
typedef struct
{
  char type;
  const char *name;
  const char *text;
} PackEntry;

/* A folder of the test's own, in memory where there is such a file system; (transfer full). */
char *pack_make_folder (void);
void pack_remove_folder (char *folder);

/* Writes a file into @folder, folders in its name made too; (transfer full): its path. */
char *pack_write (const char *folder, const char *name, gconstpointer data, gsize length);
char *pack_write_text (const char *folder, const char *name, const char *text);

/* An entry of a tar, whatever it says: @size stands in its head. */
void pack_tar_add (GByteArray *tar, char type, const char *name, const char *link, guint64 size, gconstpointer data,
                   gsize length);
void pack_tar_end (GByteArray *tar);

/* The bytes as gzip packs them; (transfer full). */
GBytes *pack_gzip (gconstpointer data, gsize length);

/* (transfer full): a .tgz, a .zip, of @n entries. */
GBytes *pack_tgz (const PackEntry *entries, gsize n);
GBytes *pack_zip (const PackEntry *entries, gsize n);

/* The same in a file of @folder; (transfer full): its path. */
char *pack_write_bytes (const char *folder, const char *name, GBytes *bytes);

/* Every file and folder below @path, sorted, a line each: "name", "name/", a file's content behind "="; (transfer full)
 */
char *pack_list (const char *path);

/* The first file below @path that holds @text, or has it in its name; (transfer full) (nullable). */
char *pack_find_text (const char *path, const char *text);
