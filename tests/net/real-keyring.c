/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "real-keyring.h"

#include <glib/gstdio.h>

#define NAME "org.freedesktop.secrets"
#define ROOT "/org/freedesktop/secrets"

struct _RealKeyring
{
  GDBusConnection *bus;
  GSubprocess *daemon;
  GFile *folder;
};

static void
appeared_cb (GDBusConnection *bus, const char *name, const char *owner, gpointer there)
{
  *(gboolean *) there = TRUE;
}

static void
wait_for_name (GDBusConnection *bus)
{
  gboolean there = FALSE;
  guint watch = g_bus_watch_name_on_connection (bus, NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, appeared_cb, NULL, &there, NULL);

  while (!there)
    g_main_context_iteration (NULL, TRUE);
  g_bus_unwatch_name (watch);
}

static GSubprocess *
start_daemon (const char *address, const char *folder)
{
  g_autoptr (GSubprocessLauncher) launcher
    = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE
                                 | G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  static const char *const folders[] = { "HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR" };
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    g_subprocess_launcher_setenv (launcher, folders[i], folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon", "--unlock", "--components=secrets",
                                         "--foreground", NULL);
  g_assert_no_error (error);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (process), "password", 8, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);
  return process;
}

RealKeyring *
real_keyring_new (const char *address)
{
  g_autofree char *program = g_find_program_in_path ("gnome-keyring-daemon");
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;
  RealKeyring *self;

  if (program == NULL)
    return NULL;
  self = g_new0 (RealKeyring, 1);
  folder = g_dir_make_tmp ("tn-keyring-XXXXXX", NULL);
  self->folder = g_file_new_for_path (folder);
  self->bus = g_dbus_connection_new_for_address_sync (
    address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL,
    &error);
  g_assert_no_error (error);
  self->daemon = start_daemon (address, folder);
  wait_for_name (self->bus);
  return self;
}

void
real_keyring_lock (RealKeyring *self)
{
  const char *const collections[] = { ROOT "/collection/login", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
    = g_dbus_connection_call_sync (self->bus, NAME, ROOT, "org.freedesktop.Secret.Service", "Lock",
                                   g_variant_new ("(^ao)", collections), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
}

static void
remove_tree (GFile *file)
{
  g_autoptr (GFileEnumerator) children
    = g_file_enumerate_children (file, "standard::name", G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFile *child;

  while (children != NULL && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) && child != NULL)
    remove_tree (child);
  g_file_delete (file, NULL, NULL);
}

void
real_keyring_free (RealKeyring *self)
{
  g_subprocess_send_signal (self->daemon, SIGTERM);
  g_subprocess_wait (self->daemon, NULL, NULL);
  g_object_unref (self->daemon);
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_object_unref (self->bus);
  remove_tree (self->folder);
  g_object_unref (self->folder);
  g_free (self);
}
