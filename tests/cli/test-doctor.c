/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-keyring.h"
#include "tn-db.h"
#include "tn-doctor.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE_MS 10000
#define HANG "TN_TEST_HANG"

/* A machine made of folders: its own PATH with links in it, its own /proc/sys and /dev, and its own session. */
typedef struct
{
  char *root;
  char *workspace;
  guint patience_ms;
} Machine;

static char *
path_in (Machine *machine, const char *path)
{
  return g_build_filename (machine->root, path, NULL);
}

static void
add_file (Machine *machine, const char *path, const char *content)
{
  g_autofree char *file = path_in (machine, path);
  g_autofree char *folder = g_path_get_dirname (file);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (file, content, -1, NULL));
}

static void
add_program (Machine *machine, const char *name, const char *target)
{
  g_autofree char *folder = path_in (machine, "bin");
  g_autofree char *link = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_unlink (link);
  g_assert_cmpint (symlink (target, link), ==, 0);
}

static void
set_up (Machine *machine, gconstpointer data)
{
  static const char *const cleared[] = { "DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS" };
  g_autofree char *bin = NULL;

  machine->root = g_dir_make_tmp ("tn-doctor-XXXXXX", NULL);
  machine->workspace = path_in (machine, "share/default");
  machine->patience_ms = PATIENCE_MS;
  for (gsize i = 0; i < G_N_ELEMENTS (cleared); i++)
    g_unsetenv (cleared[i]);
  bin = path_in (machine, "bin");
  g_setenv ("PATH", bin, TRUE);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) entries = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);

  for (const char *name; entries != NULL && (name = g_dir_read_name (entries)) != NULL;)
    {
      g_autofree char *entry = g_build_filename (path, name, NULL);

      remove_tree (entry);
    }
  g_remove (path);
}

static void
tear_down (Machine *machine, gconstpointer data)
{
  remove_tree (machine->root);
  g_free (machine->root);
  g_free (machine->workspace);
}

/* Looks at the machine and at what one row says: @sentence and @remedy (nullable) have to be in its texts. */
static void
assert_row (Machine *machine, const char *id, TnDoctorState state, const char *sentence, const char *remedy)
{
  TnDoctorPlace place = { machine->root, machine->workspace, machine->patience_ms };
  g_autoptr (GPtrArray) rows = tn_doctor_examine (&place);
  const TnDoctorRow *row = NULL;

  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (((TnDoctorRow *) rows->pdata[i])->id, id))
      row = rows->pdata[i];
  g_assert_nonnull (row);
  g_test_message ("%s: %s: %s; %s", id, tn_doctor_state_name (row->state), row->sentence, row->remedy);
  g_assert_cmpstr (tn_doctor_state_name (row->state), ==, tn_doctor_state_name (state));
  g_assert_nonnull (strstr (row->sentence, sentence));
  if (remedy == NULL)
    g_assert_null (row->remedy);
  else
    g_assert_nonnull (strstr (row->remedy, remedy));
}

static void
test_bubblewrap (Machine *machine, gconstpointer data)
{
  assert_row (machine, "sandbox", TN_DOCTOR_MISSING, "not installed", "the package “bubblewrap”");
  add_program (machine, "dnf", "/bin/true");
  assert_row (machine, "sandbox", TN_DOCTOR_MISSING, "not installed", "dnf install bubblewrap");
  add_program (machine, "apt", "/bin/true");
  assert_row (machine, "sandbox", TN_DOCTOR_MISSING, "not installed", "apt install bubblewrap");
  add_program (machine, "bwrap", "/bin/true");
  assert_row (machine, "sandbox", TN_DOCTOR_OK, "locks a process in", NULL);
  add_program (machine, "bwrap", "/bin/false");
  assert_row (machine, "sandbox", TN_DOCTOR_MISSING, "without a word", "user namespaces");
  add_program (machine, "bwrap", "/bin/ls"); /* knows no --unshare-all, and says so */
  assert_row (machine, "sandbox", TN_DOCTOR_MISSING, "--unshare-all", "user namespaces");
}

static void
test_namespace_switches (Machine *machine, gconstpointer data)
{
  add_program (machine, "bwrap", "/bin/false");
  add_file (machine, "proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1\n");
  assert_row (machine, "sandbox", TN_DOCTOR_MISSING, "", "apparmor_restrict_unprivileged_userns=0");
  add_file (machine, "proc/sys/user/max_user_namespaces", "0\n");
  assert_row (machine, "sandbox", TN_DOCTOR_MISSING, "", "max_user_namespaces=15000");
  add_file (machine, "proc/sys/kernel/unprivileged_userns_clone", "0\n");
  assert_row (machine, "sandbox", TN_DOCTOR_MISSING, "", "unprivileged_userns_clone=1");
  add_file (machine, "proc/sys/kernel/unprivileged_userns_clone", "1\n");
  assert_row (machine, "sandbox", TN_DOCTOR_MISSING, "", "max_user_namespaces=15000");
}

/* A sandbox that hangs is ended, and counts as none. This program itself hangs where HANG is set. */
static void
test_hanging (Machine *machine, gconstpointer data)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);

  machine->patience_ms = 200;
  add_program (machine, "bwrap", self);
  g_setenv (HANG, "1", TRUE);
  assert_row (machine, "sandbox", TN_DOCTOR_MISSING, "does not end", "user namespaces");
  g_unsetenv (HANG);
}

static void
test_flatpak (Machine *machine, gconstpointer data)
{
  add_program (machine, "bwrap", "/bin/true");
  add_file (machine, ".flatpak-info", "[Application]\n");
  assert_row (machine, "sandbox", TN_DOCTOR_MISSING, "flatpak-spawn", "flatpak update");
  add_program (machine, "flatpak-spawn", "/bin/false");
  assert_row (machine, "sandbox", TN_DOCTOR_MISSING, "flatpak-spawn", "flatpak-portal.service");
  add_program (machine, "flatpak-spawn", "/bin/true");
  assert_row (machine, "sandbox", TN_DOCTOR_OK, "flatpak-spawn", NULL);
  assert_row (machine, "dbus-proxy", TN_DOCTOR_OK, "Flatpak", NULL);
  assert_row (machine, "gpu", TN_DOCTOR_WARNING, "no graphics processor", "--device=dri " APP_ID);
}

static void
test_dbus_proxy (Machine *machine, gconstpointer data)
{
  assert_row (machine, "dbus-proxy", TN_DOCTOR_MISSING, "not installed", "xdg-dbus-proxy");
  add_program (machine, "xdg-dbus-proxy", "/bin/true");
  assert_row (machine, "dbus-proxy", TN_DOCTOR_OK, "xdg-dbus-proxy", NULL);
}

static void
test_no_bus (Machine *machine, gconstpointer data)
{
  assert_row (machine, "bus", TN_DOCTOR_WARNING, "no session bus", "dbus-run-session");
  assert_row (machine, "portal", TN_DOCTOR_WARNING, "Without a session bus", NULL);
  assert_row (machine, "keyring", TN_DOCTOR_WARNING, "Without a session bus", NULL);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  assert_row (machine, "bus", TN_DOCTOR_WARNING, "no session bus", "dbus-run-session");
}

static void
own_name (GDBusConnection *bus, const char *name)
{
  g_autoptr (GVariant) reply
    = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                   "RequestName", g_variant_new ("(su)", name, 0), NULL, 0, -1, NULL, NULL);

  g_assert_nonnull (reply);
}

static void
check_session (Machine *machine, const char *address)
{
  static const struct
  {
    FakeKeyringMood mood;
    TnDoctorState state;
    const char *sentence;
    const char *remedy;
  } keyrings[] = {
    { FAKE_KEYRING_UNLOCKED, TN_DOCTOR_OK, "unlocked", NULL },
    { FAKE_KEYRING_LOCKED, TN_DOCTOR_WARNING, "locked", "Passwords and Keys" },
    { FAKE_KEYRING_EMPTY, TN_DOCTOR_OK, "first secret", NULL },
    { FAKE_KEYRING_BROKEN, TN_DOCTOR_WARNING, "out of order", "log out" },
  };
  g_autoptr (GDBusConnection) bus = g_dbus_connection_new_for_address_sync (
    address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL,
    NULL);

  assert_row (machine, "bus", TN_DOCTOR_OK, "answers", NULL);
  assert_row (machine, "portal", TN_DOCTOR_WARNING, "no desktop portal", "apt install xdg-desktop-portal");
  own_name (bus, "org.freedesktop.portal.Desktop");
  assert_row (machine, "portal", TN_DOCTOR_OK, "answers", NULL);
  assert_row (machine, "keyring", TN_DOCTOR_WARNING, "No keyring", "apt install gnome-keyring");
  for (gsize i = 0; i < G_N_ELEMENTS (keyrings); i++)
    {
      g_autoptr (FakeKeyring) keyring = fake_keyring_new (address, keyrings[i].mood);

      assert_row (machine, "keyring", keyrings[i].state, keyrings[i].sentence, keyrings[i].remedy);
    }
  g_dbus_connection_close_sync (bus, NULL, NULL);
}

static void
test_session (Machine *machine, gconstpointer data)
{
  g_autoptr (GTestDBus) daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autofree char *path = g_strdup (g_getenv ("PATH"));

  add_program (machine, "apt", "/bin/true");
  g_setenv ("PATH", "/usr/bin:/bin", TRUE); /* dbus-daemon */
  g_test_dbus_up (daemon);
  g_setenv ("PATH", path, TRUE);
  check_session (machine, g_test_dbus_get_bus_address (daemon));
  g_test_dbus_down (daemon);
}

/* A display of a number so high that no X server has it. */
static guint
listen_x11 (GSocketService *service)
{
  for (guint number = 50000; number < 59000; number++)
    if (g_socket_listener_add_inet_port (G_SOCKET_LISTENER (service), 6000 + number, NULL, NULL))
      return number;
  g_assert_not_reached ();
}

static void
test_x11 (Machine *machine, gconstpointer data)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  guint number = listen_x11 (service);
  g_autofree char *good = g_strdup_printf ("127.0.0.1:%u.0", number);
  g_autofree char *local = g_strdup_printf (":%u", number);

  assert_row (machine, "display", TN_DOCTOR_MISSING, "not set", "xvfb-run");
  g_setenv ("DISPLAY", "", TRUE);
  assert_row (machine, "display", TN_DOCTOR_MISSING, "not set", "xvfb-run");
  g_setenv ("DISPLAY", good, TRUE);
  assert_row (machine, "display", TN_DOCTOR_OK, good, NULL);
  g_setenv ("DISPLAY", local, TRUE);
  assert_row (machine, "display", TN_DOCTOR_MISSING, "does not answer", "set the variable");
  g_setenv ("DISPLAY", "nonsense", TRUE);
  assert_row (machine, "display", TN_DOCTOR_MISSING, "does not answer", "set the variable");
  g_setenv ("DISPLAY", ":99999999999", TRUE);
  assert_row (machine, "display", TN_DOCTOR_MISSING, "does not answer", "set the variable");
  g_setenv ("WAYLAND_DISPLAY", "/nonexistent/wayland-0", TRUE);
  g_setenv ("DISPLAY", good, TRUE);
  assert_row (machine, "display", TN_DOCTOR_OK, good, NULL);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
}

static void
test_wayland (Machine *machine, gconstpointer data)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autofree char *path = path_in (machine, "wayland-7");
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);

  g_setenv ("WAYLAND_DISPLAY", path, TRUE);
  assert_row (machine, "display", TN_DOCTOR_MISSING, "does not answer", "set the variable");
  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, NULL));
  assert_row (machine, "display", TN_DOCTOR_OK, "wayland-7", NULL);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
}

static void
test_gpu (Machine *machine, gconstpointer data)
{
  g_autofree char *node = path_in (machine, "dev/dri/renderD128");

  assert_row (machine, "gpu", TN_DOCTOR_WARNING, "no graphics processor", "driver");
  add_file (machine, "dev/dri/card0", "");
  assert_row (machine, "gpu", TN_DOCTOR_WARNING, "no graphics processor", "driver");
  add_file (machine, "dev/dri/renderD128", "");
  assert_row (machine, "gpu", TN_DOCTOR_OK, "renderD128", NULL);
  g_chmod (node, 0);
  if (geteuid () != 0) /* who may use every node */
    assert_row (machine, "gpu", TN_DOCTOR_WARNING, "renderD128", "usermod -aG render");
}

static void
set_version (const char *file, int version)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %d", version);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (file, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_store (Machine *machine, gconstpointer data)
{
  g_autofree char *file = g_build_filename (machine->workspace, "canvas.db", NULL);
  g_autoptr (GError) error = NULL;

  assert_row (machine, "store", TN_DOCTOR_OK, "first starts", NULL);
  g_assert_false (g_file_test (machine->workspace, G_FILE_TEST_EXISTS));
  tn_db_close (tn_db_open (machine->workspace, TN_DB_READ_WRITE, &error));
  g_assert_no_error (error);
  assert_row (machine, "store", TN_DOCTOR_OK, "sound", NULL);
  set_version (file, 9999);
  assert_row (machine, "store", TN_DOCTOR_MISSING, "newer", "--workspace");
  g_assert_true (g_file_set_contents (file, "this was a database once", -1, NULL));
  assert_row (machine, "store", TN_DOCTOR_WARNING, "damaged", "backup");
}

/* Nothing missing is well, warnings or not. */
static void
test_verdict (Machine *machine, gconstpointer data)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autofree char *display = g_strdup_printf ("127.0.0.1:%u", listen_x11 (service));
  TnDoctorPlace place = { machine->root, machine->workspace, PATIENCE_MS };
  g_autoptr (GPtrArray) ill = NULL;
  g_autoptr (GPtrArray) well = NULL;

  add_program (machine, "bwrap", "/bin/true");
  add_program (machine, "xdg-dbus-proxy", "/bin/true");
  ill = tn_doctor_examine (&place);
  g_setenv ("DISPLAY", display, TRUE);
  well = tn_doctor_examine (&place);
  g_assert_false (tn_doctor_is_well (ill));
  g_assert_true (tn_doctor_is_well (well));
  g_assert_cmpuint (well->len, ==, ill->len);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
}

#define ADD(name, function) g_test_add ("/doctor/" name, Machine, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *runtime = NULL;
  int result;

  if (g_getenv (HANG) != NULL)
    return pause ();
  runtime = g_dir_make_tmp ("tn-runtime-XXXXXX", NULL);
  /* GLib reads it once, so a bus of this session must not be found there. */
  g_setenv ("XDG_RUNTIME_DIR", runtime, TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("bubblewrap", test_bubblewrap);
  ADD ("namespace-switches", test_namespace_switches);
  ADD ("hanging", test_hanging);
  ADD ("flatpak", test_flatpak);
  ADD ("dbus-proxy", test_dbus_proxy);
  ADD ("no-bus", test_no_bus);
  ADD ("session", test_session);
  ADD ("x11", test_x11);
  ADD ("wayland", test_wayland);
  ADD ("gpu", test_gpu);
  ADD ("store", test_store);
  ADD ("verdict", test_verdict);
  result = g_test_run ();
  g_rmdir (runtime);
  return result;
}
