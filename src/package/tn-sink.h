/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TnSink:
 *
 * A folder that files are put into by names that nobody vouches for. Every step goes through descriptors of folders and
 * follows no link, so that nothing is written outside, whatever stands there; names are judged as tn_archive_unpack()
 * says, and its limits hold. Errors are of %TN_ARCHIVE_ERROR.
 */
typedef struct _TnSink TnSink;

/* @directory: an empty folder */
TnSink *tn_sink_new (const char *directory, GError **error);
void tn_sink_free (TnSink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnSink, tn_sink_free)

/* Makes a folder and those above it; one that is there already is no error. */
gboolean tn_sink_add_folder (TnSink *self, const char *path, GError **error);

/* Begins a file, in folders that are made where they are missing; what is written goes into it until the next begins.
 */
gboolean tn_sink_begin_file (TnSink *self, const char *path, GError **error);
gboolean tn_sink_write (TnSink *self, gconstpointer data, gsize length, GError **error);

/* Ends the last file, and looks again at what came to be: files and folders that were put in, at least one, and nothing
 * else. */
gboolean tn_sink_finish (TnSink *self, GError **error);

/* Sets an %TN_ARCHIVE_ERROR whose message is safe to show, whatever it quotes; returns %FALSE. */
gboolean tn_archive_fail (GError **error, int code, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Sets %TN_ARCHIVE_ERROR_UNSAFE: what @path names can't be taken, @why is translated; returns %FALSE. */
gboolean tn_archive_refuse (GError **error, const char *path, const char *why);

G_END_DECLS
