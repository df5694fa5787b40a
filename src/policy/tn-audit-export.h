/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-db.h"

G_BEGIN_DECLS

/**
 * tn_audit_mask:
 *
 * Takes out of @text what is private, and leaves what helps to understand it. Becomes …:
 * of an address (RFC 3986) the user, the query and the fragment; what follows "Bearer", or a name such as token, key,
 * password and "=" or ":"; words of 24 and more letters and digits; e-mail addresses; folders of persons with all below
 * them (/home/…, /root/…).
 *
 * Returns: (transfer full)
 */
char *tn_audit_mask (const char *text);

/* A row as it is listed, subject and detail masked where @masked; with its hashes. (transfer full) */
JsonObject *tn_audit_record_to_json (const TnAuditRecord *record, gboolean masked);

/**
 * tn_audit_export:
 * @filter: which rows
 * @n: (out) (optional): how many they were
 *
 * Writes rows with what is private masked, oldest first, one JSON object a line. Their hashes are there, so that the
 * rows of a whole export can be held against signed heads.
 */
gboolean tn_audit_export (TnDb *db, const TnAuditFilter *filter, GOutputStream *stream, gint64 *n,
                          GCancellable *cancellable, GError **error);

G_END_DECLS
