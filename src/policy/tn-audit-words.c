/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-audit-words.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

static const char *const fault_names[] = {
  [TN_AUDIT_WHOLE] = "whole",
  [TN_AUDIT_CHANGED] = "changed",
  [TN_AUDIT_MISSING] = "missing",
  [TN_AUDIT_BLANKED] = "blanked",
};

static const char *const heads_fault_names[] = {
  [TN_AUDIT_HEADS_GOOD] = "good",           [TN_AUDIT_HEADS_UNREADABLE] = "unreadable",
  [TN_AUDIT_HEADS_FOREIGN] = "foreign-key", [TN_AUDIT_HEADS_FORGED] = "forged",
  [TN_AUDIT_HEADS_REWRITTEN] = "rewritten", [TN_AUDIT_HEADS_CUT_OFF] = "cut-off",
  [TN_AUDIT_HEADS_APART] = "apart",
};

const char *
tn_audit_fault_to_name (TnAuditFault fault)
{
  g_return_val_if_fail (fault < G_N_ELEMENTS (fault_names), "");

  return fault_names[fault];
}

const char *
tn_audit_heads_fault_to_name (TnAuditHeadsFault fault)
{
  g_return_val_if_fail (fault < G_N_ELEMENTS (heads_fault_names), "");

  return heads_fault_names[fault];
}

static char *
describe_whole (const TnAuditVerdict *verdict)
{
  if (verdict->n_rows == 0)
    return g_strdup (_("There are no entries yet."));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%" PRId64 " entry is as it was written (number %" PRId64
                                       " to %" PRId64 "); none is missing.",
                                       "%" PRId64 " entries are as they were written (number %" PRId64
                                       " to %" PRId64 "); none is missing.",
                                       (gulong) verdict->n_rows),
                          verdict->n_rows, verdict->first_seq, verdict->last_seq);
}

static char *
chain_to_words (const TnAuditVerdict *verdict)
{
  switch (verdict->fault)
    {
    case TN_AUDIT_CHANGED:
      return g_strdup_printf (_("Entry %" PRId64 " is not what was written, or stands elsewhere than it stood. "
                                "It is the first of which that can be said."),
                              verdict->bad_seq);
    case TN_AUDIT_MISSING:
      return g_strdup_printf (_("Entry %" PRId64 " is missing. It is the first of which that can be said."),
                              verdict->bad_seq);
    case TN_AUDIT_BLANKED:
      return g_strdup_printf (_("What entry %" PRId64 " said was taken out, but its app was not erased."),
                              verdict->bad_seq);
    case TN_AUDIT_WHOLE:
    default:
      return describe_whole (verdict);
    }
}

static char *
heads_to_words (const TnAuditHeadsVerdict *verdict)
{
  switch (verdict->fault)
    {
    case TN_AUDIT_HEADS_UNREADABLE:
      return g_strdup_printf (_("Line %u of the signed heads is not one."), verdict->line);
    case TN_AUDIT_HEADS_FOREIGN:
      return g_strdup_printf (_("The head of entry %" PRId64 " (line %u) is signed with another key."),
                              verdict->seq, verdict->line);
    case TN_AUDIT_HEADS_FORGED:
      return g_strdup_printf (_("The signature under the head of entry %" PRId64 " (line %u) does not hold."),
                              verdict->seq, verdict->line);
    case TN_AUDIT_HEADS_REWRITTEN:
      return g_strdup_printf (_("The audit was rewritten: entry %" PRId64 " is not the one whose head was signed."),
                              verdict->seq);
    case TN_AUDIT_HEADS_CUT_OFF:
      return g_strdup_printf (_("The audit was cut off: a head was signed of entry %" PRId64
                                ", which is not there any more."),
                              verdict->seq);
    case TN_AUDIT_HEADS_APART:
      return g_strdup (_("None of the signed heads is of an entry that is kept: there was nothing to compare."));
    case TN_AUDIT_HEADS_GOOD:
    default:
      return g_strdup_printf (_("Signed heads that confirm it: %u of %u."), verdict->n_compared, verdict->n_heads);
    }
}

char *
tn_audit_verdict_to_words (const TnAuditVerdict *chain, const TnAuditHeadsVerdict *heads)
{
  g_autofree char *words = NULL, *more = NULL;

  g_return_val_if_fail (chain != NULL, NULL);

  words = chain_to_words (chain);
  if (chain->fault != TN_AUDIT_WHOLE || heads == NULL)
    return g_steal_pointer (&words);
  more = heads_to_words (heads);
  /* A chain that holds is no good news where it is another one. */
  if (heads->fault != TN_AUDIT_HEADS_GOOD)
    return g_steal_pointer (&more);
  return g_strdup_printf ("%s %s", words, more);
}
