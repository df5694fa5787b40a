/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TnAuditRecord:
 * @seq: 1, 2, 3 … without gaps, over all the life of a workspace
 * @time_us: microseconds since 1970 UTC, by the clock of this machine: it may jump, @seq does not
 * @count: of how many events of the kind this row tells; those of a flood share one
 * @kind: what it is, dot-separated: grant.given, call.refused, process.proved …
 * @app_key: (nullable): of the app it is about
 * @tile_id: (nullable)
 * @outcome: (nullable): one word
 * @subject: (nullable): the thing: a permission, an address, a file name
 * @detail: (nullable): more about it
 * @salt: (nullable): 32 hexadecimal digits; %NULL together with subject and detail once the app was erased
 * @content: the hash of salt, subject and detail
 * @hash: the hash of the row and of the row before it
 *
 * A row of the audit. The chain: every row's hash is taken over the hash of the row before it, so that none can be
 * changed, taken out or put elsewhere without every later hash being another.
 *
 * Both hashes are SHA-256 (FIPS 180-4), written as 64 lower-case hexadecimal digits, over these fields one after the
 * other:
 *
 *   content: "tn-audit-content-1", salt, subject, detail
 *   hash:    "tn-audit-row-1", hash of the row before, seq, time_us, kind, app_key, tile_id, outcome, count, content
 *
 * A text is its length in bytes, as 4 bytes big-endian, and then its bytes in UTF-8; one that is not there is
 * ff ff ff ff and nothing more. A number is 8 bytes big-endian, two's complement. So no two rows have one serialisation.
 * The row before the first has the hash %TN_AUDIT_ORIGIN.
 *
 * Because @hash covers what a row says only through @content, erasing an app takes salt, subject and detail out of its
 * rows and the chain still holds. Without the salt what they said can't be guessed from @content.
 */
typedef struct
{
  gint64 seq;
  gint64 time_us;
  gint64 count;
  char *kind;
  char *app_key;
  char *tile_id;
  char *outcome;
  char *subject;
  char *detail;
  char *salt;
  char *content;
  char *hash;
} TnAuditRecord;

#define TN_AUDIT_ORIGIN "0000000000000000000000000000000000000000000000000000000000000000"

/* Kinds that the chain itself knows. An anchor: rows up to the number that is its subject were dropped, the last of
 * which had the hash that is its detail. An erasure: what rows of its app before it said was taken out. */
#define TN_AUDIT_ANCHOR "audit.rotated"
#define TN_AUDIT_ERASURE "app.erased"

/* The most that a subject, a detail and any other text may have, in bytes; what is longer is cut. */
#define TN_AUDIT_SUBJECT_BYTES 512
#define TN_AUDIT_DETAIL_BYTES 1024
#define TN_AUDIT_WORD_BYTES 64

/**
 * tn_audit_record_new:
 * @kind: (not nullable); the others may be %NULL
 *
 * A row that happens now and is not in the chain yet. Texts may be any bytes: they are cut to their bounds and made
 * UTF-8.
 */
TnAuditRecord *tn_audit_record_new (const char *kind, const char *app_key, const char *tile_id, const char *subject,
                                    const char *outcome, const char *detail);
TnAuditRecord *tn_audit_record_copy (const TnAuditRecord *self);
void tn_audit_record_free (TnAuditRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnAuditRecord, tn_audit_record_free)

/* What @content and @hash have to be; (transfer full). */
char *tn_audit_record_hash_content (const TnAuditRecord *self);
char *tn_audit_record_hash (const TnAuditRecord *self, const char *before);

/**
 * TnAuditFilter:
 * @app_key: (nullable): rows of that app
 * @kind: (nullable): rows of that kind, and of those below it: "grant" stands for grant.given too
 * @text: (nullable): rows with that in kind, subject, outcome or detail; without regard to the case of ASCII letters
 * @since_us: not older than that
 *
 * Which rows are wanted; all fields zero for all.
 */
typedef struct
{
  const char *app_key;
  const char *kind;
  const char *text;
  gint64 since_us;
} TnAuditFilter;

/* What is wrong with a chain. */
typedef enum
{
  TN_AUDIT_WHOLE,
  TN_AUDIT_CHANGED, /* the row is not what its hash says, or stands elsewhere than it stood */
  TN_AUDIT_MISSING, /* the row is not there */
  TN_AUDIT_BLANKED, /* what the row said was taken out, and no erasure of its app is to be found */
} TnAuditFault;

/**
 * TnAuditVerdict:
 * @bad_seq: the first row that is concerned; 0 where the chain is whole
 * @n_rows: rows that were looked at and found good
 * @n_erased: those of them that say nothing any more
 * @first_seq, @last_seq: of these; 0 where there are none
 * @hash: of the last good row, %TN_AUDIT_ORIGIN where there is none
 */
typedef struct
{
  TnAuditFault fault;
  gint64 bad_seq;
  gint64 n_rows, n_erased;
  gint64 first_seq, last_seq;
  char hash[65];
} TnAuditVerdict;

G_END_DECLS
