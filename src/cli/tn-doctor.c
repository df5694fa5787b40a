/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-doctor-private.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "tn-db.h"

static const struct
{
  const char *id;
  void (*check) (const TnDoctor *self, TnDoctorRow *row);
} checks[] = {
  { "sandbox", tn_doctor_check_sandbox },
  { "dbus-proxy", tn_doctor_check_dbus_proxy },
  { "bus", tn_doctor_check_bus },
  { "portal", tn_doctor_check_portal },
  { "keyring", tn_doctor_check_keyring },
  { "display", tn_doctor_check_display },
  { "gpu", tn_doctor_check_gpu },
  { "store", tn_doctor_check_store },
};

/* In the order in which they are looked for: a distribution has one of its own, and maybe another's. */
static const struct
{
  const char *program;
  const char *install;
} managers[] = {
  { "apt", "apt install" }, { "dnf", "dnf install" }, { "pacman", "pacman -S" }, { "zypper", "zypper install" },
};

void
tn_doctor_row_set (TnDoctorRow *row, TnDoctorState state, char *sentence, char *remedy)
{
  row->state = state;
  g_free (row->sentence);
  row->sentence = sentence;
  g_free (row->remedy);
  row->remedy = remedy;
}

char *
tn_doctor_spell_install (const char *package)
{
  for (gsize i = 0; i < G_N_ELEMENTS (managers); i++)
    {
      g_autofree char *program = g_find_program_in_path (managers[i].program);

      if (program != NULL)
        return g_strdup_printf ("%s %s", managers[i].install, package);
    }
  return g_strdup_printf (_("install the package “%s”"), package);
}

/* The deepest folder on the way to @path that is there. */
static char *
find_existing (const char *path)
{
  char *folder = g_strdup (path);

  while (!g_file_test (folder, G_FILE_TEST_EXISTS))
    {
      char *parent = g_path_get_dirname (folder);

      g_free (folder);
      folder = parent;
    }
  return folder;
}

static void
check_folder (const char *workspace, TnDoctorRow *row, const char *fine)
{
  g_autofree char *folder = find_existing (workspace);
  g_autofree char *quoted = g_shell_quote (folder);

  if (access (folder, W_OK | X_OK) == 0)
    tn_doctor_row_set (row, TN_DOCTOR_OK, g_strdup (fine), NULL);
  else
    tn_doctor_row_set (row, TN_DOCTOR_WARNING,
                       g_strdup_printf (_("“%s” can't be written: what you do will not be kept"), folder),
                       g_strdup_printf (_("make it yours: chown -R \"$USER\" %s"), quoted));
}

/* Errors that have a remedy which their sentence does not name. */
static const struct
{
  TnStoreErrorCode code;
  TnDoctorState state;
  const char *remedy;
} store_errors[] = {
  { TN_STORE_ERROR_NEWER, TN_DOCTOR_MISSING, N_("update this program, or use another workspace with --workspace") },
  { TN_STORE_ERROR_DAMAGED, TN_DOCTOR_WARNING,
    N_("start the program: it sets the file aside and opens the newest good backup") },
  { TN_STORE_ERROR_READ_ONLY, TN_DOCTOR_WARNING, N_("mend the rights of the workspace's folder and the files in it") },
};

static void
set_store_error (TnDoctorRow *row, const GError *error)
{
  tn_doctor_row_set (row, TN_DOCTOR_WARNING, g_strdup (error->message), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (store_errors); i++)
    if (g_error_matches (error, TN_STORE_ERROR, store_errors[i].code))
      tn_doctor_row_set (row, store_errors[i].state, g_strdup (error->message), g_strdup (_(store_errors[i].remedy)));
}

void
tn_doctor_check_store (const TnDoctor *self, TnDoctorRow *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDb) db = tn_db_open (self->place->workspace, TN_DB_READ_ONLY, &error);

  if (g_error_matches (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND))
    check_folder (self->place->workspace, row, _("The workspace is made when the program first starts"));
  else if (db == NULL || !tn_db_check (db, &error))
    set_store_error (row, error);
  else
    check_folder (self->place->workspace, row, _("The workspace's database is sound"));
}

static void
row_free (gpointer data)
{
  TnDoctorRow *row = data;

  g_free (row->sentence);
  g_free (row->remedy);
  g_free (row);
}

GPtrArray *
tn_doctor_examine (const TnDoctorPlace *place)
{
  g_autofree char *info = g_build_filename (place->root, "/.flatpak-info", NULL);
  g_autoptr (GDBusConnection) bus = tn_doctor_find_bus ();
  TnDoctor self = { place, bus, g_file_test (info, G_FILE_TEST_EXISTS) };
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      TnDoctorRow *row = g_new0 (TnDoctorRow, 1);

      row->id = checks[i].id;
      checks[i].check (&self, row);
      g_ptr_array_add (rows, row);
    }
  return rows;
}

gboolean
tn_doctor_is_well (GPtrArray *rows)
{
  g_return_val_if_fail (rows != NULL, FALSE);

  for (guint i = 0; i < rows->len; i++)
    if (((TnDoctorRow *) rows->pdata[i])->state == TN_DOCTOR_MISSING)
      return FALSE;
  return TRUE;
}

const char *
tn_doctor_state_name (TnDoctorState state)
{
  static const char *const names[] = { "ok", "warning", "missing" };

  g_return_val_if_fail (state < G_N_ELEMENTS (names), NULL);

  return names[state];
}
