/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-intake.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "tn-app.h"
#include "tn-catalogue.h"
#include "tn-fault.h"
#include "tn-handed.h"
#include "tn-tree.h"

/* Hidden folders of the person's own apps, which the catalogue passes over. */
#define STAGING_PREFIX ".staging-"
#define REPLACED_PREFIX ".replaced-"
#define STAGING_MAX_AGE_S (60 * 60)
#define FAULTS_TOLD 3

G_DEFINE_QUARK (tn-intake-error-quark, tn_intake_error)

typedef struct
{
  char *mine;
  char *path; /* nullable: what is handed over has none on this computer */
  char *name; /* of what is handed over, to be shown */
  gboolean replace;
} Intake;

static void
intake_free (gpointer data)
{
  Intake *self = data;

  g_free (self->mine);
  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

static gboolean
fail_on_disk (GError **error, const char *path)
{
  int number = errno;
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), _("“%s” can't be written: %s"), shown,
               g_strerror (number));
  return FALSE;
}

/* What processes left that were killed; what is young may be another one's work. */
static void
clear_leftovers (const char *mine)
{
  g_autoptr (GDir) dir = g_dir_open (mine, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (mine, name, NULL);
      GStatBuf status;

      if (g_str_has_prefix (name, STAGING_PREFIX) && g_lstat (path, &status) == 0
          && now - status.st_mtime > STAGING_MAX_AGE_S)
        tn_tree_remove (path);
    }
}

/* The first faults, each with its place; the person hands the rest to `tnc app validate`. */
static void
set_faults_error (GError **error, const char *name, GPtrArray *faults)
{
  g_autoptr (GString) told = g_string_new (NULL);

  for (guint i = 0; i < MIN (faults->len, FAULTS_TOLD); i++)
    {
      const TnFault *fault = faults->pdata[i];

      g_string_append_printf (told, "%s%s%s%s", i > 0 ? "; " : "", fault->pointer, *fault->pointer != '\0' ? ": " : "",
                              fault->message);
    }
  g_set_error (error, TN_INTAKE_ERROR, TN_INTAKE_ERROR_APP,
               g_dngettext (GETTEXT_PACKAGE, "“%s” has %u fault: %s", "“%s” has %u faults: %s", faults->len), name,
               faults->len, told->str);
}

static gboolean
fail_without_manifest (Intake *self, GError **error)
{
  g_set_error (error, TN_INTAKE_ERROR, TN_INTAKE_ERROR_APP, _("“%s” is not an app: it has no manifest.json"),
               self->name);
  return FALSE;
}

/* The app as it is unpacked; %NULL with @error where it is none. */
static TnApp *
load_staged (Intake *self, const char *staging, GError **error)
{
  g_autoptr (TnApp) app = tn_app_load (TN_SOURCE_MINE, staging);

  if (tn_app_is_missing (app))
    fail_without_manifest (self, error);
  else if (tn_app_get_manifest (app) == NULL)
    set_faults_error (error, self->name, tn_app_get_faults (app));
  else
    return g_steal_pointer (&app);
  return NULL;
}

/* Of the person's own apps the one with that id, whatever its folder's name; one that is whole before a broken one. */
static TnApp *
find_own (const char *mine, const char *id)
{
  g_autoptr (TnCatalogue) own = tn_catalogue_new ();
  TnApp *app;

  tn_catalogue_add_folder (own, TN_SOURCE_MINE, mine, NULL);
  app = tn_catalogue_find_id (own, id);
  return app != NULL ? g_object_ref (app) : NULL;
}

/* Also where what was handed over is the one that is there, with hidden files or not. */
static gboolean
is_same (Intake *self, const char *staging, const char *there)
{
  g_autofree char *first = tn_tree_digest (staging, NULL), *second = tn_tree_digest (there, NULL);
  g_autofree char *from = realpath (self->path, NULL), *to = realpath (there, NULL);

  return (first != NULL && g_strcmp0 (first, second) == 0) || (from != NULL && g_strcmp0 (from, to) == 0);
}

static gboolean
refuse_other (TnApp *there, TnApp *app, GError **error)
{
  TnManifest *manifest = tn_app_get_manifest (there);

  if (manifest == NULL)
    g_set_error (error, TN_INTAKE_ERROR, TN_INTAKE_ERROR_EXISTS,
                 _("“%s” is among your own apps already, with faults in its manifest; this is version %s"),
                 tn_app_get_name (app), tn_manifest_get_version (tn_app_get_manifest (app)));
  else
    g_set_error (error, TN_INTAKE_ERROR, TN_INTAKE_ERROR_EXISTS,
                 _("“%s” is among your own apps already, in version %s; this is another one, version %s"),
                 tn_app_get_name (there), tn_manifest_get_version (manifest),
                 tn_manifest_get_version (tn_app_get_manifest (app)));
  return FALSE;
}

/* The new one is first called what the old one is to be called, so that one step does it all. */
static gboolean
exchange (Intake *self, const char *staging, TnApp *there, GError **error)
{
  g_autofree char *hidden = g_strconcat (REPLACED_PREFIX, tn_app_get_id (there), NULL);
  g_autofree char *replaced = g_build_filename (self->mine, hidden, NULL);
  const char *place = tn_app_get_directory (there);

  tn_tree_remove (replaced);
  if (g_rename (staging, replaced) != 0 || renameat2 (AT_FDCWD, replaced, AT_FDCWD, place, RENAME_EXCHANGE) != 0)
    {
      fail_on_disk (error, place);
      tn_tree_remove (replaced);
      return FALSE;
    }
  return TRUE;
}

/* A folder that is there and not empty isn't written over: rename(2) fails then. */
static gboolean
put_new (Intake *self, const char *staging, const char *id, GError **error)
{
  g_autofree char *place = g_build_filename (self->mine, id, NULL);

  return g_rename (staging, place) == 0 || fail_on_disk (error, place);
}

static gboolean
put (Intake *self, const char *staging, TnApp *app, GError **error)
{
  g_autoptr (TnApp) there = find_own (self->mine, tn_app_get_id (app));

  if (there == NULL)
    return put_new (self, staging, tn_app_get_id (app), error);
  if (is_same (self, staging, tn_app_get_directory (there)))
    return TRUE;
  return self->replace ? exchange (self, staging, there, error) : refuse_other (there, app, error);
}

/* One at a time, of all processes: between the look and the step nobody else puts one there. */
static gboolean
put_locked (Intake *self, const char *staging, TnApp *app, GError **error)
{
  int mine = open (self->mine, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done;

  if (mine < 0 || TEMP_FAILURE_RETRY (flock (mine, LOCK_EX)) != 0)
    done = fail_on_disk (error, self->mine);
  else
    done = put (self, staging, app, error) && (fsync (mine) == 0 || fail_on_disk (error, self->mine));
  if (mine >= 0)
    close (mine);
  return done;
}

/* Returns: (transfer full): the id */
static char *
take (Intake *self, const char *staging, GCancellable *cancellable, GError **error)
{
  g_autoptr (TnApp) app = NULL;

  if (!tn_handed_unpack (self->path, staging, cancellable, error))
    {
      /* It says what is wrong inside: several files may have been handed over. */
      g_prefix_error (error, _("“%s”: "), self->name);
      return NULL;
    }
  app = load_staged (self, staging, error);
  if (app == NULL || !tn_tree_sync (staging, error) || g_cancellable_set_error_if_cancelled (cancellable, error)
      || !put_locked (self, staging, app, error))
    return NULL;
  return g_strdup (tn_app_get_id (app));
}

/* A folder is looked into before it is copied: it could be a whole disk. */
static gboolean
check_kind (Intake *self, GError **error)
{
  g_autofree char *manifest = g_build_filename (self->path, "manifest.json", NULL);

  switch (tn_handed_kind (self->path))
    {
    case TN_HANDED_NOTHING:
      g_set_error (error, TN_INTAKE_ERROR, TN_INTAKE_ERROR_KIND,
                   _("“%s” is neither a folder nor a .tgz, .tnapp or .xdc file"), self->name);
      return FALSE;
    case TN_HANDED_FOLDER:
      return g_file_test (manifest, G_FILE_TEST_EXISTS) || fail_without_manifest (self, error);
    default:
      return TRUE;
    }
}

static gboolean
check_handed (Intake *self, GError **error)
{
  if (self->path == NULL)
    g_set_error (error, TN_INTAKE_ERROR, TN_INTAKE_ERROR_KIND,
                 _("“%s” is not on this computer; copy it into a folder of yours first"), self->name);
  else if (!g_file_test (self->path, G_FILE_TEST_EXISTS))
    g_set_error (error, TN_INTAKE_ERROR, TN_INTAKE_ERROR_KIND, _("“%s” is not there"), self->name);
  else
    return check_kind (self, error);
  return FALSE;
}

static char *
run (Intake *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *staging = g_build_filename (self->mine, STAGING_PREFIX "XXXXXX", NULL);
  char *id;

  if (!check_handed (self, error))
    return NULL;
  if (g_mkdir_with_parents (self->mine, 0700) != 0)
    return fail_on_disk (error, self->mine), NULL;
  clear_leftovers (self->mine);
  if (g_mkdtemp (staging) == NULL)
    return fail_on_disk (error, self->mine), NULL;
  id = take (self, staging, cancellable, error);
  tn_tree_remove (staging);
  return id;
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  char *id = run (data, cancellable, &error);

  if (id != NULL)
    g_task_return_pointer (task, id, g_free);
  else
    g_task_return_error (task, error);
}

void
tn_intake_async (const char *workspace, GFile *file, gboolean replace, GCancellable *cancellable,
                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Intake *self;

  g_return_if_fail (workspace != NULL);
  g_return_if_fail (G_IS_FILE (file));

  self = g_new0 (Intake, 1);
  self->mine = g_build_filename (workspace, "mine", NULL);
  self->path = g_file_get_path (file);
  self->name = self->path != NULL ? g_filename_display_basename (self->path) : g_file_get_parse_name (file);
  self->replace = replace;
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_intake_async);
  g_task_set_task_data (task, self, intake_free);
  /* Put is put: what is cancelled too late is done. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, run_in_thread);
}

char *
tn_intake_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tn_intake_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
