/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-audit-key.h"
#include "tn-db.h"

G_BEGIN_DECLS

/* The file in a workspace's folder to which signed heads are appended, and how large it may become. */
#define TN_AUDIT_HEADS_FILE "heads.jsonl"
#define TN_AUDIT_HEADS_BYTES (2 * 1024 * 1024)

/**
 * tn_audit_head_new:
 * @seq: of the newest row, which is also how many rows there have been
 *
 * A signed head: one line of JSON with seq, hash, time (RFC 3339, UTC), key (the public one) and signature, which is over
 * "tn-audit-head-1 SEQ HASH TIME". Whoever keeps it can tell later whether the chain still is the one that it was.
 *
 * Returns: (transfer full): without a line break
 */
char *tn_audit_head_new (gint64 seq, const char *hash, gint64 time_us, TnAuditKey *key);

/* Appends @head and a line break; of a file that has become too large the older half is dropped. */
gboolean tn_audit_heads_append (const char *path, const char *head, GError **error);

/* What is wrong with heads, or with the chain that they are compared with. */
typedef enum
{
  TN_AUDIT_HEADS_GOOD,
  TN_AUDIT_HEADS_UNREADABLE, /* a line is no signed head */
  TN_AUDIT_HEADS_FOREIGN,    /* it is signed with another key */
  TN_AUDIT_HEADS_FORGED,     /* its signature does not hold */
  TN_AUDIT_HEADS_REWRITTEN,  /* the row has another hash in the chain */
  TN_AUDIT_HEADS_CUT_OFF,    /* the chain ends before it */
  TN_AUDIT_HEADS_APART,      /* none lies within the rows that are kept: nothing was compared */
} TnAuditHeadsFault;

/**
 * TnAuditHeadsVerdict:
 * @line: of the file, from 1: the first that is concerned; 0 for none
 * @seq: the row that it speaks of; 0 where that is not known
 * @n_heads, @n_compared: how many there are, and how many of them lie within the rows that are kept
 * @public_key: with which they are signed; "" where there are none
 */
typedef struct
{
  TnAuditHeadsFault fault;
  guint line;
  gint64 seq;
  guint n_heads, n_compared;
  char public_key[64];
} TnAuditHeadsVerdict;

/**
 * tn_audit_heads_check:
 * @text: lines of heads
 * @chain: what tn_db_verify_audit() found: a whole chain
 * @public_key: (nullable): with which they have to be signed; where it is not known, all with the one of the first line
 *
 * Returns: whether the chain could be read; what came of it is in @verdict
 */
gboolean tn_audit_heads_check (TnDb *db, const char *text, const TnAuditVerdict *chain, const char *public_key,
                               TnAuditHeadsVerdict *verdict, GError **error);

G_END_DECLS
