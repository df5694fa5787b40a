/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-doctor-private.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define X11_SOCKETS "/tmp/.X11-unix/X"
#define X11_FIRST_PORT 6000

static gboolean
can_connect (GSocketConnectable *address, guint patience_ms)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;

  g_socket_client_set_timeout (client, MAX (patience_ms / 1000, 1));
  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect (client, address, NULL, NULL);
  return connection != NULL;
}

static gboolean
can_connect_socket (const char *path, GUnixSocketAddressType type, guint patience_ms)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new_with_type (path, -1, type);

  return can_connect (G_SOCKET_CONNECTABLE (address), patience_ms);
}

/* WAYLAND_DISPLAY is a socket's path, or its name in the runtime folder (wl_display_connect(3)). */
static gboolean
can_reach_wayland (const char *display, guint patience_ms)
{
  g_autofree char *path = g_path_is_absolute (display) ? g_strdup (display)
                                                       : g_build_filename (g_get_user_runtime_dir (), display, NULL);

  return can_connect_socket (path, G_UNIX_SOCKET_ADDRESS_PATH, patience_ms);
}

/* [HOST]:NUMBER[.SCREEN] (X(7)); without a host, or with "unix", a socket of this machine. */
static gboolean
can_reach_x11 (const char *display, guint patience_ms)
{
  const char *colon = strrchr (display, ':');
  g_autofree char *host = colon != NULL ? g_strndup (display, colon - display) : NULL;
  g_autofree char *number = colon != NULL ? g_strndup (colon + 1, strcspn (colon + 1, ".")) : NULL;
  g_autofree char *path = NULL;
  g_autoptr (GSocketConnectable) address = NULL;
  guint64 value;

  if (colon == NULL
      || !g_ascii_string_to_unsigned (number, 10, 0, G_MAXUINT16 - X11_FIRST_PORT, &value, NULL))
    return FALSE;
  if (*host != '\0' && !g_str_equal (host, "unix"))
    {
      address = g_network_address_new (host, X11_FIRST_PORT + value);
      return can_connect (address, patience_ms);
    }
  path = g_strconcat (X11_SOCKETS, number, NULL);
  return can_connect_socket (path, G_UNIX_SOCKET_ADDRESS_PATH, patience_ms)
         || can_connect_socket (path, G_UNIX_SOCKET_ADDRESS_ABSTRACT, patience_ms);
}

/* In the order in which GDK tries them. */
static const struct
{
  const char *variable;
  gboolean (*can_reach) (const char *display, guint patience_ms);
} displays[] = {
  { "WAYLAND_DISPLAY", can_reach_wayland },
  { "DISPLAY", can_reach_x11 },
};

void
tn_doctor_check_display (const TnDoctor *self, TnDoctorRow *row)
{
  tn_doctor_row_set (row, TN_DOCTOR_MISSING,
                     g_strdup (_("There is no display: WAYLAND_DISPLAY and DISPLAY are not set")),
                     g_strdup (_("log in to a desktop, or use a virtual display: xvfb-run COMMAND")));
  for (gsize i = 0; i < G_N_ELEMENTS (displays); i++)
    {
      const char *display = g_getenv (displays[i].variable);

      if (display == NULL || *display == '\0')
        continue;
      if (displays[i].can_reach (display, self->place->patience_ms))
        {
          tn_doctor_row_set (row, TN_DOCTOR_OK,
                             g_strdup_printf (_("The display “%s” (%s) answers"), display, displays[i].variable), NULL);
          return;
        }
      tn_doctor_row_set (row, TN_DOCTOR_MISSING,
                         g_strdup_printf (_("The display “%s” (%s) does not answer"), display, displays[i].variable),
                         g_strdup (_("set the variable to the display you are logged in to")));
    }
}

/* Returns: (transfer full) (nullable): a render node, rather one that this account may use */
static char *
find_render_node (const char *root, gboolean *usable)
{
  g_autofree char *folder = g_build_filename (root, "/dev/dri", NULL);
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;
  char *node = NULL;

  *usable = FALSE;
  while (!*usable && entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    if (g_str_has_prefix (name, "renderD"))
      {
        g_free (node);
        node = g_build_filename (folder, name, NULL);
        *usable = access (node, R_OK | W_OK) == 0;
      }
  return node;
}

void
tn_doctor_check_gpu (const TnDoctor *self, TnDoctorRow *row)
{
  gboolean usable;
  g_autofree char *node = find_render_node (self->place->root, &usable);

  if (node == NULL)
    tn_doctor_row_set (row, TN_DOCTOR_WARNING,
                       g_strdup (_("There is no graphics processor to use: the processor draws, which takes longer")),
                       self->in_flatpak ? g_strdup ("flatpak override --user --device=dri " APP_ID)
                                        : g_strdup (_("where the machine has one, install its driver")));
  else if (!usable)
    tn_doctor_row_set (row, TN_DOCTOR_WARNING,
                       g_strdup_printf (_("“%s” may not be used by your account: the processor draws"), node),
                       g_strdup ("usermod -aG render \"$USER\""));
  else
    tn_doctor_row_set (row, TN_DOCTOR_OK, g_strdup_printf (_("The graphics processor can be used: %s"), node), NULL);
}
