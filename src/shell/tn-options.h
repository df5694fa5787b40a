/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TnOptions:
 * @kiosk: show the canvases on the whole screen
 * @report: (nullable): where the report goes
 * @screenshot: (nullable): where the picture goes
 *
 * What the command line says.
 */
typedef struct
{
  gboolean version;
  gboolean service;
  gboolean kiosk;
  char *report;
  char *screenshot;
  char *workspace;
} TnOptions;

void tn_options_free (TnOptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnOptions, tn_options_free)

/* Returns: (transfer full): %NULL with @error where the command line is not understood */
TnOptions *tn_options_parse (char **arguments, GError **error);

G_END_DECLS
