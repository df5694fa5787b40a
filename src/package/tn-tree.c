/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-tree.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_BYTES (64 * 1024)

/* Called for every file and link, and for every folder after (@entry->fts_info is FTS_DP) what is in it; what it
 * returns is whether to go on. Sets errno where it fails. */
typedef gboolean (*Visit) (const FTSENT *entry, gpointer data);

static int
compare_names (const FTSENT **first, const FTSENT **second)
{
  return strcmp ((*first)->fts_name, (*second)->fts_name);
}

static gboolean
fail (GError **error, const char *path, int number)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), _("“%s” can't be read or kept: %s"), shown,
               g_strerror (number));
  return FALSE;
}

static gboolean
visit_entry (const FTSENT *entry, Visit visit, gpointer data, GError **error)
{
  switch (entry->fts_info)
    {
    case FTS_D:
      return TRUE;
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
      return fail (error, entry->fts_path, entry->fts_errno);
    default:
      return visit (entry, data) || fail (error, entry->fts_path, errno);
    }
}

static gboolean
walk (const char *path, Visit visit, gpointer data, GError **error)
{
  char *const roots[] = { (char *) path, NULL };
  FTS *tree = fts_open (roots, FTS_PHYSICAL | FTS_NOCHDIR, compare_names);
  gboolean done = tree != NULL || fail (error, path, errno);

  for (FTSENT *entry; done && (entry = fts_read (tree)) != NULL;)
    done = visit_entry (entry, visit, data, error);
  if (tree != NULL)
    fts_close (tree);
  return done;
}

static gboolean
remove_entry (const FTSENT *entry, gpointer data)
{
  return g_remove (entry->fts_path) == 0;
}

void
tn_tree_remove (const char *path)
{
  g_return_if_fail (path != NULL);

  walk (path, remove_entry, NULL, NULL);
}

static int
open_entry (const FTSENT *entry)
{
  return open (entry->fts_path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
}

static gboolean
add_content (GChecksum *sum, int fd)
{
  g_autofree guchar *block = g_malloc (BLOCK_BYTES);
  ssize_t n;

  while ((n = TEMP_FAILURE_RETRY (read (fd, block, BLOCK_BYTES))) > 0)
    g_checksum_update (sum, block, n);
  return n == 0;
}

typedef struct
{
  GChecksum *sum;
  gsize root_length;
} Digest;

/* Kind, length and path before the content, so that no content can pass for a path. */
static gboolean
digest_entry (const FTSENT *entry, gpointer data)
{
  Digest *self = data;
  gboolean file = entry->fts_info == FTS_F;
  g_autofree char *head
    = g_strdup_printf ("%d %" G_GINT64_FORMAT " %s", entry->fts_info, file ? (gint64) entry->fts_statp->st_size : 0,
                       entry->fts_path + self->root_length);
  gboolean done;
  int fd;

  g_checksum_update (self->sum, (const guchar *) head, strlen (head) + 1);
  if (!file)
    return TRUE;
  fd = open_entry (entry);
  if (fd < 0)
    return FALSE;
  done = add_content (self->sum, fd);
  close (fd);
  return done;
}

char *
tn_tree_digest (const char *path, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  Digest digest = { sum, 0 };

  g_return_val_if_fail (path != NULL, NULL);

  digest.root_length = strlen (path);
  return walk (path, digest_entry, &digest, error) ? g_strdup (g_checksum_get_string (sum)) : NULL;
}

static gboolean
sync_entry (const FTSENT *entry, gpointer data)
{
  int fd = open_entry (entry), result;

  if (fd < 0)
    return FALSE;
  result = fsync (fd);
  close (fd);
  return result == 0;
}

gboolean
tn_tree_sync (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  return walk (path, sync_entry, NULL, error);
}
