/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-app.h"
#include "tn-policy.h"
#include "tn-rate.h"
#include "tn-url-pattern.h"

G_BEGIN_DECLS

/* One declared entry's answer, the same for every copy of the manifest that is in memory. */
typedef struct
{
  char *app_key;
  TnStanding answer; /* ASK where there is none; GIVEN stands in the ledger */
  TnRate rate;       /* used only where the terms say how often */
  gboolean seen;     /* while what is kept is read */
} TnGrant;

typedef struct
{
  const TnPermission *permission; /* of the manifest */
  TnGrant *grant;                 /* of the policy */
  TnUrl url;                      /* network only */
  gboolean given;
  guint next; /* index + 1 of the next entry with the same head */
} TnLedgerEntry;

/**
 * TnLedger:
 *
 * The permissions of one manifest, so laid out that those that may cover a request are found at once: by their head, which
 * is an event's first name, an address's host, and all of any other resource. Those whose head is a wildcard are looked
 * through every time.
 */
typedef struct
{
  guint n;
  TnLedgerEntry *entries;
  GHashTable *heads; /* hash of type and head → index + 1 of the first entry */
} TnLedger;

TnLedger *tn_ledger_new (TnApp *app);
void tn_ledger_free (TnLedger *self);

/* A request as it is compared with entries. */
typedef struct
{
  const TnRequest *request;
  TnUrl url;
  guint heads[2];
} TnQuery;

/* Returns: (nullable): what is wrong with the request, whoever asks; %NULL where it can be looked up */
const char *tn_query_init (TnQuery *self, const TnRequest *request);

/* The next entry that covers the query: after @entry, or the first one where it is %NULL. */
const TnLedgerEntry *tn_ledger_next (const TnLedger *self, const TnQuery *query, const TnLedgerEntry *entry);

G_END_DECLS
