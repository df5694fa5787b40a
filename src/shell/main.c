/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#include "tn-application.h"
#include "tn-shell-resources.h"

#define RENDER_NODES "/dev/dri"

static gboolean
has_gpu (void)
{
  g_autoptr (GDir) nodes = g_dir_open (RENDER_NODES, 0, NULL);
  const char *name;

  while (nodes != NULL && (name = g_dir_read_name (nodes)) != NULL)
    if (g_str_has_prefix (name, "renderD"))
      return TRUE;
  return FALSE;
}

/* GL in software costs the program 70 MiB and every page 4, and is no faster. The variables go on to the pages. */
static void
draw_without_gl (void)
{
  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  if (gtk_get_minor_version () >= 16)
    g_setenv ("GDK_DISABLE", "gl", FALSE);
  else
    g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
}

int
main (int argc, char *argv[])
{
  g_autoptr (TnApplication) application = NULL;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (!has_gpu ())
    draw_without_gl ();

  g_set_application_name (_("Token Nexus Canvas"));
  tn_shell_ui_register_resource ();
  application = tn_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);
  return status != 0 ? status : tn_application_get_exit_status (application);
}
