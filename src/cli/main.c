/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdio.h>

#include "tn-verbs.h"

static TnExit
run (TnCliCall *call, GError **error)
{
  if (tn_cli_get_option (call, "version") != NULL)
    return tn_verb_show_version (call);
  if (tn_cli_get_option (call, "help") != NULL)
    return tn_verb_show_help (call);
  return call->verb->run (call, error);
}

/* A full disk or closed pipe behind standard output must not pass for success. */
static gboolean
close_output (void)
{
  gboolean failed = ferror (stdout) != 0;

  if (fclose (stdout) == 0 && !failed)
    return TRUE;
  tn_cli_say (_("Standard output could not be written in full"));
  return FALSE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnCliCall) call = NULL;
  TnExit code = TN_EXIT_USAGE;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");

  call = tn_cli_parse (argc, argv, &error);
  if (call != NULL)
    code = run (call, &error);
  if (error != NULL)
    {
      tn_cli_say ("%s", error->message);
      code = tn_cli_get_exit (error);
    }
  return close_output () ? code : TN_EXIT_FAILED;
}
