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
 * An app that is there with this id is found by its id, whatever its folder's name, and the new one takes that name.
 *
 * Finish returns (transfer full) the app's id; or %NULL with %TN_INTAKE_ERROR, %TN_ARCHIVE_ERROR (the package must not or
 * can't be unpacked, the disk), %TN_PACKAGE_ERROR (a .xdc's manifest.toml), or %G_IO_ERROR or %G_FILE_ERROR (the disk;
 * %G_IO_ERROR_CANCELLED). All messages are sentences for the person.
 */
void tn_intake_async (const char *workspace, GFile *file, gboolean replace, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
char *tn_intake_finish (GAsyncResult *result, GError **error);

/* The same for who may wait, on any thread. */
char *tn_intake (const char *workspace, GFile *file, gboolean replace, GCancellable *cancellable, GError **error);

G_END_DECLS
