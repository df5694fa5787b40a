/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-doctor-private.h"

#include <glib/gi18n-lib.h>

#include "tn-keyring.h"

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"

/* Not g_bus_get_sync() alone: where there is no bus it would start one, which then stays. */
GDBusConnection *
tn_doctor_find_bus (void)
{
  g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  if (g_getenv ("DBUS_SESSION_BUS_ADDRESS") == NULL && !g_file_test (socket, G_FILE_TEST_EXISTS))
    return NULL;
  return g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
}

void
tn_doctor_check_bus (const TnDoctor *self, TnDoctorRow *row)
{
  if (self->bus != NULL)
    tn_doctor_row_set (row, TN_DOCTOR_OK, g_strdup (_("The session bus answers")), NULL);
  else
    tn_doctor_row_set (row, TN_DOCTOR_WARNING, g_strdup (_("There is no session bus: no portals, no keyring")),
                       g_strdup (_("start the program from the desktop, or with “dbus-run-session -- COMMAND”")));
}

static GVariant *
call (const TnDoctor *self, const char *name, const char *path, const char *interface, const char *method,
      GVariant *parameters, const char *reply_type)
{
  return g_dbus_connection_call_sync (self->bus, name, path, interface, method, parameters, G_VARIANT_TYPE (reply_type),
                                      G_DBUS_CALL_FLAGS_NONE, self->place->patience_ms, NULL, NULL);
}

/* Whether the reply of the bus's own @method, a list of names, has @name in it. */
static gboolean
is_listed (const TnDoctor *self, const char *method, const char *name)
{
  g_autoptr (GVariant) reply = call (self, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                     method, NULL, "(as)");
  g_autofree const char **names = NULL;

  if (reply != NULL)
    g_variant_get (reply, "(^a&s)", &names);
  return names != NULL && g_strv_contains (names, name);
}

void
tn_doctor_check_portal (const TnDoctor *self, TnDoctorRow *row)
{
  if (self->bus == NULL)
    tn_doctor_row_set (row, TN_DOCTOR_WARNING, g_strdup (_("Without a session bus there is no desktop portal")), NULL);
  else if (is_listed (self, "ListNames", PORTAL_NAME))
    tn_doctor_row_set (row, TN_DOCTOR_OK, g_strdup (_("The desktop portal answers")), NULL);
  else if (is_listed (self, "ListActivatableNames", PORTAL_NAME))
    tn_doctor_row_set (row, TN_DOCTOR_OK, g_strdup (_("The desktop portal starts when it is needed")), NULL);
  else
    tn_doctor_row_set (row, TN_DOCTOR_WARNING,
                       g_strdup (_("There is no desktop portal: no file dialogs from a sandbox, no links to open")),
                       tn_doctor_spell_install ("xdg-desktop-portal xdg-desktop-portal-gtk"));
}

/* Inside Flatpak secrets may also be kept in a file of the app's, under a key that the portal holds. */
static gboolean
has_secret_portal (const TnDoctor *self)
{
  g_autoptr (GVariant) reply
    = call (self, PORTAL_NAME, PORTAL_PATH, "org.freedesktop.DBus.Properties", "Get",
            g_variant_new ("(ss)", "org.freedesktop.portal.Secret", "version"), "(v)");

  return reply != NULL;
}

static void
set_keyring (TnDoctorRow *row, TnKeyringState state)
{
  static const char *const sentences[] = {
    [TN_KEYRING_UNLOCKED] = N_("The keyring answers and is unlocked"),
    [TN_KEYRING_LOCKED] = N_("The keyring is locked: it asks for its password when a secret is needed"),
    [TN_KEYRING_EMPTY] = N_("The keyring answers; it is made with the first secret"),
  };

  tn_doctor_row_set (row, state == TN_KEYRING_LOCKED ? TN_DOCTOR_WARNING : TN_DOCTOR_OK,
                     g_strdup (_(sentences[state])),
                     state == TN_KEYRING_LOCKED ? g_strdup (_("unlock it in “Passwords and Keys”")) : NULL);
}

void
tn_doctor_check_keyring (const TnDoctor *self, TnDoctorRow *row)
{
  g_autoptr (GError) error = NULL;
  TnKeyringState state;

  if (self->bus == NULL)
    tn_doctor_row_set (row, TN_DOCTOR_WARNING,
                       g_strdup (_("Without a session bus there is no keyring: secrets can't be kept")), NULL);
  else if (tn_keyring_check (self->place->patience_ms, NULL, &state, &error))
    set_keyring (row, state);
  else if (self->in_flatpak && has_secret_portal (self))
    tn_doctor_row_set (row, TN_DOCTOR_OK, g_strdup (_("The portal keeps the key to this app's secrets")), NULL);
  else
    tn_doctor_row_set (row, TN_DOCTOR_WARNING, g_strdup_printf (_("%s: secrets can't be kept"), error->message),
                       g_error_matches (error, TN_NET_ERROR, TN_NET_ERROR_NO_KEYRING)
                         ? tn_doctor_spell_install ("gnome-keyring")
                         : g_strdup (_("log out of the desktop and in again")));
}
