/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-about.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

void
tn_about_show (GtkWindow *parent)
{
  adw_show_about_window (parent, "application-name", _("Token Nexus Canvas"), "application-icon", APP_ID, "version",
                         APP_VERSION, "developer-name", _("The Token Nexus Canvas developers"), "license-type",
                         GTK_LICENSE_GPL_3_0, "comments",
                         _("Small web apps on your desktop, each locked in on its own, and proved to be."),
                         /* Translators: your names, one a line */
                         "translator-credits", _("translator-credits"), NULL);
}
