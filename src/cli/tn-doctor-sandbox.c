/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-doctor-private.h"

#include <glib/gi18n-lib.h>

/* Kernel switches that forbid user namespaces, and what allows them again. */
static const struct
{
  const char *path;
  const char *forbids;
  const char *remedy;
} switches[] = {
  { "/proc/sys/kernel/unprivileged_userns_clone", "0", "sysctl -w kernel.unprivileged_userns_clone=1" },
  { "/proc/sys/user/max_user_namespaces", "0", "sysctl -w user.max_user_namespaces=15000" },
  { "/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1",
    "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0" },
};

/* What WebKit asks of bubblewrap (bwrap(1)), with a command that does nothing inside. */
static const char *const bwrap_trial[] = {
  "bwrap", "--unshare-all", "--die-with-parent", "--ro-bind", "/", "/",
  "--proc", "/proc", "--dev", "/dev", "true", NULL,
};

/* The same of the Flatpak portal (flatpak-spawn(1)). */
static const char *const flatpak_trial[] = {
  "flatpak-spawn", "--sandbox", "--no-network", "--watch-bus", "true", NULL,
};

typedef struct
{
  GSubprocess *process;
  char *said;
  gboolean done;
  gboolean too_long;
} Trial;

static void
trial_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Trial *trial = data;

  g_subprocess_communicate_utf8_finish (trial->process, result, NULL, &trial->said, NULL);
  trial->done = TRUE;
}

static gboolean
trial_too_long_cb (gpointer data)
{
  Trial *trial = data;

  trial->too_long = TRUE;
  g_subprocess_force_exit (trial->process);
  return G_SOURCE_REMOVE;
}

/* Runs @argv. Returns: (transfer full) (nullable): why it failed, %NULL where it did not */
static char *
try_program (const char *const *argv, guint patience_ms)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainContextPusher) pusher = g_main_context_pusher_new (context);
  g_autoptr (GSource) timer = g_timeout_source_new (patience_ms);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
    = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  Trial trial = { .process = process };
  gboolean worked;

  if (process == NULL)
    return g_strdup (error->message);
  g_source_set_callback (timer, trial_too_long_cb, &trial, NULL);
  g_source_attach (timer, context);
  g_subprocess_communicate_utf8_async (process, NULL, NULL, trial_done_cb, &trial);
  while (!trial.done)
    g_main_context_iteration (context, TRUE);
  g_source_destroy (timer);

  worked = !trial.too_long && g_subprocess_get_successful (process);
  if (worked || trial.too_long || trial.said == NULL || *g_strstrip (trial.said) == '\0')
    {
      g_free (trial.said);
      return worked ? NULL : g_strdup (trial.too_long ? _("it does not end") : _("it fails without a word"));
    }
  return trial.said;
}

static char *
find_switch_remedy (const char *root)
{
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      g_autofree char *path = g_build_filename (root, switches[i].path, NULL);
      g_autofree char *value = NULL;

      if (g_file_get_contents (path, &value, NULL, NULL) && g_str_equal (g_strstrip (value), switches[i].forbids))
        return g_strdup (switches[i].remedy);
    }
  return g_strdup (_("let your account make user namespaces; a container has to be started with the right to"));
}

static void
check_bubblewrap (const TnDoctor *self, TnDoctorRow *row)
{
  g_autofree char *program = g_find_program_in_path (bwrap_trial[0]);
  g_autofree char *trouble = program != NULL ? try_program (bwrap_trial, self->place->patience_ms) : NULL;

  if (program == NULL)
    tn_doctor_row_set (row, TN_DOCTOR_MISSING, g_strdup (_("“bwrap”, which locks tiles in, is not installed")),
                       tn_doctor_spell_install ("bubblewrap"));
  else if (trouble != NULL)
    tn_doctor_row_set (row, TN_DOCTOR_MISSING, g_strdup_printf (_("“bwrap” can't lock a process in: %s"), trouble),
                       find_switch_remedy (self->place->root));
  else
    tn_doctor_row_set (row, TN_DOCTOR_OK, g_strdup (_("“bwrap” locks a process in, without network or files to write")),
                       NULL);
}

static void
check_flatpak_spawn (const TnDoctor *self, TnDoctorRow *row)
{
  g_autofree char *program = g_find_program_in_path (flatpak_trial[0]);
  g_autofree char *trouble = program != NULL ? try_program (flatpak_trial, self->place->patience_ms) : NULL;

  if (program == NULL)
    tn_doctor_row_set (row, TN_DOCTOR_MISSING,
                       g_strdup (_("“flatpak-spawn”, which locks tiles in, is not in this Flatpak's runtime")),
                       g_strdup ("flatpak update"));
  else if (trouble != NULL)
    tn_doctor_row_set (row, TN_DOCTOR_MISSING,
                       g_strdup_printf (_("“flatpak-spawn” can't lock a process in: %s"), trouble),
                       g_strdup (_("start “flatpak-portal.service” of your session, or update Flatpak")));
  else
    tn_doctor_row_set (row, TN_DOCTOR_OK, g_strdup (_("“flatpak-spawn” locks a process in, without network")), NULL);
}

void
tn_doctor_check_sandbox (const TnDoctor *self, TnDoctorRow *row)
{
  if (self->in_flatpak)
    check_flatpak_spawn (self, row);
  else
    check_bubblewrap (self, row);
}

void
tn_doctor_check_dbus_proxy (const TnDoctor *self, TnDoctorRow *row)
{
  g_autofree char *program = g_find_program_in_path ("xdg-dbus-proxy");

  if (self->in_flatpak)
    tn_doctor_row_set (row, TN_DOCTOR_OK, g_strdup (_("Flatpak stands between tiles and the session bus")), NULL);
  else if (program == NULL)
    tn_doctor_row_set (row, TN_DOCTOR_MISSING,
                       g_strdup (_("“xdg-dbus-proxy”, which stands between tiles and the session bus, is not "
                                   "installed")),
                       tn_doctor_spell_install ("xdg-dbus-proxy"));
  else
    tn_doctor_row_set (row, TN_DOCTOR_OK, g_strdup (_("“xdg-dbus-proxy” stands between tiles and the session bus")),
                       NULL);
}
