/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-options.h"

#include <glib/gi18n-lib.h>

#include "tn-paths.h"
#include "tn-workspace.h"

void
tn_options_free (TnOptions *self)
{
  if (self == NULL)
    return;
  g_free (self->report);
  g_free (self->screenshot);
  g_free (self->workspace);
  g_free (self);
}

static gboolean
check (TnOptions *self, char **rest, GError **error)
{
  if (rest[0] != NULL && rest[1] != NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("What is “%s”? Only options are taken"), rest[1]);
      return FALSE;
    }
  if (!tn_workspace_is_name (self->workspace))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("“%s” can’t name a workspace: use up to 64 letters, digits, “.”, “_” and “-”, and no “.” first"),
                   self->workspace);
      return FALSE;
    }
  return TRUE;
}

TnOptions *
tn_options_parse (char **arguments, GError **error)
{
  g_autoptr (TnOptions) self = g_new0 (TnOptions, 1);
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) rest = g_strdupv (arguments);
  const GOptionEntry entries[]
    = { { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_("Print the version and end"), NULL },
        { "report", 0, 0, G_OPTION_ARG_FILENAME, &self->report,
          N_("Wait until every widget in view has mounted, write a report, and end"), N_("FILE") },
        { "screenshot", 0, 0, G_OPTION_ARG_FILENAME, &self->screenshot,
          N_("Wait until every widget in view has mounted, save a picture, and end"), N_("FILE") },
        { "kiosk", 0, 0, G_OPTION_ARG_NONE, &self->kiosk,
          N_("Show the canvases on the whole screen, one after the other; Escape, or the key chosen for it, leaves"),
          NULL },
        { "workspace", 0, 0, G_OPTION_ARG_STRING, &self->workspace, N_("Open that workspace"), N_("NAME") },
        { "gapplication-service", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &self->service, NULL, NULL },
        { NULL } };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, &rest, error))
    return NULL;
  if (self->workspace == NULL)
    self->workspace = g_strdup (TN_WORKSPACE_DEFAULT);
  return check (self, rest, error) ? g_steal_pointer (&self) : NULL;
}
