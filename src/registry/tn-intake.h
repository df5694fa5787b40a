/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TN_INTAKE_ERROR (tn_intake_error_quark ())
GQuark tn_intake_error_quark (void);

typedef enum
{
  TN_INTAKE_ERROR_KIND = 1, /* no folder, .tgz, .tnapp or .xdc */
  TN_INTAKE_ERROR_APP,      /* not an app, or its manifest has faults; the message has the first ones */
  TN_INTAKE_ERROR_EXISTS,   /* another version of it is among the person's own apps */
} TnIntakeErrorCode;

/**
 * tn_intake_async:
 * @workspace: a workspace's folder
 * @file: a folder, or a .tgz, .tnapp or .xdc file
 * @replace: put it in the place of the one with the same id that is there, which is kept beside, hidden, until the next
 *   replacement
 *
 * Puts an app that the person handed over among their own ("mine"): unpacked and validated in a hidden folder beside,
 * then renamed, so that at any moment the old one or the new one is there and whole. The same content again changes
 * nothing and is no error. A .xdc gets a manifest: id "xdc.<hash of its name and source_code_url>", level permissive.
 *
 * Finish returns (transfer full) the app's id.
 */
void tn_intake_async (const char *workspace, GFile *file, gboolean replace, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
char *tn_intake_finish (GAsyncResult *result, GError **error);

G_END_DECLS
