/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../store/fixture.h"
#include "tn-audit-heads.h"
#include "tn-audit.h"

/* An audit over a real store in a scratch folder. */
typedef struct
{
  char *folder;
  char *heads; /* (nullable) */
  TnStore *store;
  TnAudit *audit; /* (nullable) */
} AuditFixture;

void audit_fixture_set_up (AuditFixture *f, gconstpointer data);
void audit_fixture_tear_down (AuditFixture *f, gconstpointer data);

/* Another life of the same audit. */
void audit_fixture_close (AuditFixture *f);
void audit_fixture_open (AuditFixture *f);

/* Waits until all that was added was tried to be written. */
void audit_fixture_flush (AuditFixture *f);

/* "SEQ KIND SUBJECT COUNT", a line each; (transfer full). */
char *audit_fixture_rows (AuditFixture *f);

TnAuditVerdict audit_fixture_verify (AuditFixture *f);

/* Of a chain that is whole. */
TnAuditHeadsVerdict audit_fixture_check (AuditFixture *f, const char *public_key);
void audit_fixture_assert_heads (AuditFixture *f, const char *public_key, TnAuditHeadsFault fault, gint64 seq);

/* (nullable): the head that would have gone to this machine's journal last. */
extern char *audit_fixture_journal;

/* Lets this function of GnuTLS, or g_file_get_contents(), fail the next time. */
void audit_fixture_break (const char *function);

/* Whether timeouts that are begun from now on are over at once. */
void audit_fixture_hurry (gboolean hurry);
