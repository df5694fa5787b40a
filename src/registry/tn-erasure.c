/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-erasure.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tn-erasure-record.h"
#include "tn-seal-keyring.h"
#include "tn-shelf.h"
#include "tn-tree.h"

typedef struct
{
  TnDb *db;
  const char *workspace;
  const char *app_key;
  const char *app_id;
} Erasure;

static gboolean
forget_app (const Erasure *self, GError **error)
{
  return tn_db_forget_app (self->db, self->app_key, error);
}

static gboolean
sync_folder (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean done = (fd >= 0 && fsync (fd) == 0) || (fd < 0 && errno == ENOENT);

  if (fd >= 0)
    close (fd);
  return done;
}

/* localStorage, IndexedDB and the cache. */
static gboolean
remove_data (const Erasure *self, GError **error)
{
  g_autofree char *apps = g_build_filename (self->workspace, "apps", NULL);
  g_autofree char *path = g_build_filename (apps, self->app_key, NULL);
  GStatBuf status;

  tn_tree_remove (path);
  if (sync_folder (apps) && g_lstat (path, &status) != 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, _("“%s” can't be removed; it is tried again at the next start"),
               path);
  return FALSE;
}

static gboolean
remove_packages (const Erasure *self, GError **error)
{
  return tn_shelf_drop (self->workspace, self->app_key, self->app_id, error);
}

/* Last: a keyring may be gone or locked, which keeps nothing else from being erased. */
static gboolean
destroy_key (const Erasure *self, GError **error)
{
  g_autoptr (GHashTable) seals = tn_db_list_seals (self->db, error);
  g_autofree char *name = g_path_get_basename (self->workspace);

  if (seals == NULL || !g_hash_table_contains (seals, self->app_key))
    return seals != NULL;
  if (tn_seal_keyring_destroy_key (name, self->app_key, TN_SECRET_SILENT, error))
    return tn_db_forget_seal (self->db, self->app_key, error);
  g_prefix_error (error, "%s", _("The app is erased, but not its key; that is tried again at the next start: "));
  return FALSE;
}

/* All that erasing an app does, in order. Each can be done again. */
static gboolean (*const steps[]) (const Erasure *self, GError **error) = {
  forget_app,
  remove_data,
  remove_packages,
  destroy_key,
};

gboolean
tn_erasure_run (TnDb *db, const char *workspace, const char *app_key, const char *app_id, GError **error)
{
  Erasure self = { db, workspace, app_key, app_id };

  g_return_val_if_fail (db != NULL && workspace != NULL && app_key != NULL && app_id != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!steps[i](&self, error))
      return FALSE;
  return tn_db_end_erasure (db, app_key, error);
}

gboolean
tn_erasure_run_all (TnDb *db, const char *workspace, GError **error)
{
  g_autoptr (GPtrArray) records = NULL;
  gboolean done = TRUE;

  g_return_val_if_fail (db != NULL && workspace != NULL, FALSE);

  records = tn_db_list_erasures (db, error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const TnErasureRecord *record = records->pdata[i];

      done &= tn_erasure_run (db, workspace, record->app_key, record->app_id, done ? error : NULL);
    }
  return records != NULL && done;
}
