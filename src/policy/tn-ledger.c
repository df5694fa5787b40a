/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-ledger.h"

#include "tn-bus.h"

#include <string.h>

#define SOURCE_BUNDLED "bundled"
#define OWN_DATA "self"
#define WILDCARD_HEAD 0

static guint
hash_bytes (const char *text, gsize length)
{
  guint hash = 5381;

  for (gsize i = 0; i < length; i++)
    hash = hash * 33 + (guchar) text[i];
  return hash;
}

/* Types are kept apart; 0 is left for wildcards. */
static guint
make_head (TnPermissionType type, guint hash)
{
  return (hash << 4) | ((guint) type << 1) | 1;
}

static guint
event_head (const char *resource)
{
  return *resource == '*' || *resource == '>' ? WILDCARD_HEAD : hash_bytes (resource, strcspn (resource, "."));
}

static guint
find_head (TnPermissionType type, const char *resource, const TnUrl *url)
{
  guint hash;

  if (type == TN_PERMISSION_NETWORK)
    hash = *url->host == '*' ? WILDCARD_HEAD : tn_url_hash_host (url);
  else if (type == TN_PERMISSION_EVENT)
    hash = event_head (resource);
  else
    hash = hash_bytes (resource, strlen (resource));
  return hash == WILDCARD_HEAD ? WILDCARD_HEAD : make_head (type, hash);
}

/* What is the app's own, what only decorates its tile, what our own apps say to each other. */
gboolean
tn_policy_is_given (TnApp *app, const TnPermission *permission)
{
  g_return_val_if_fail (TN_IS_APP (app) && permission != NULL, FALSE);

  switch (permission->type)
    {
    case TN_PERMISSION_UI:
      return TRUE;
    case TN_PERMISSION_DATA:
      return g_str_equal (permission->resource, OWN_DATA);
    case TN_PERMISSION_EVENT:
      return g_str_equal (tn_app_get_source (app), SOURCE_BUNDLED);
    default:
      return FALSE;
    }
}

/* From the last to the first, so that the first declared is found first. */
static void
index_heads (TnLedger *self)
{
  for (guint i = self->n; i > 0; i--)
    {
      TnLedgerEntry *entry = &self->entries[i - 1];
      guint head = find_head (entry->permission->type, entry->permission->resource, &entry->url);

      entry->next = GPOINTER_TO_UINT (g_hash_table_lookup (self->heads, GUINT_TO_POINTER (head)));
      g_hash_table_insert (self->heads, GUINT_TO_POINTER (head), GUINT_TO_POINTER (i));
    }
}

TnLedger *
tn_ledger_new (TnApp *app)
{
  TnLedger *self = g_new0 (TnLedger, 1);
  gsize n;
  const TnPermission *permissions = tn_manifest_get_permissions (tn_app_get_manifest (app), &n);

  self->heads = g_hash_table_new (NULL, NULL);
  self->entries = g_new0 (TnLedgerEntry, n);
  for (gsize i = 0; i < n; i++)
    {
      TnLedgerEntry *entry = &self->entries[self->n];

      entry->permission = &permissions[i];
      entry->given = tn_policy_is_given (app, &permissions[i]);
      self->n += permissions[i].type != TN_PERMISSION_NETWORK
                 || tn_url_pattern_read (permissions[i].resource, &entry->url);
    }
  index_heads (self);
  return self;
}

void
tn_ledger_free (TnLedger *self)
{
  g_hash_table_unref (self->heads);
  g_free (self->entries);
  g_free (self);
}

const char *
tn_query_init (TnQuery *self, const TnRequest *request)
{
  TnPermissionActions action = request->action;
  gboolean is_event = request->type == TN_PERMISSION_EVENT;

  if (action == 0 || (action & (action - 1)) != 0)
    return "Only one thing can be asked for at a time";
  if (is_event && action != TN_ACTION_LISTEN && !tn_subject_is_valid_type (request->resource))
    return "Only those who listen can name a pattern of events";
  if (is_event && action != TN_ACTION_LISTEN && g_str_has_prefix (request->resource, "host."))
    return "Events that begin with “host.” are the host’s";
  if (request->type == TN_PERMISSION_NETWORK && !tn_url_read (request->resource, &self->url))
    return "This is not an address in the form that new URL(…).href gives";
  self->request = request;
  self->heads[0] = find_head (request->type, request->resource, &self->url);
  self->heads[1] = WILDCARD_HEAD;
  return NULL;
}

static gboolean
covers (const TnLedgerEntry *entry, const TnQuery *query)
{
  const TnRequest *request = query->request;

  if (entry->permission->type != request->type || (entry->permission->actions & request->action) == 0)
    return FALSE;
  if (request->type == TN_PERMISSION_NETWORK)
    return tn_url_pattern_covers (&entry->url, &query->url);
  if (request->type == TN_PERMISSION_EVENT)
    return tn_subject_covers (entry->permission->resource, request->resource);
  return g_str_equal (entry->permission->resource, request->resource);
}

static const TnLedgerEntry *
look_from (const TnLedger *self, guint number, const TnQuery *query)
{
  while (number != 0 && !covers (&self->entries[number - 1], query))
    number = self->entries[number - 1].next;
  return number != 0 ? &self->entries[number - 1] : NULL;
}

static guint
first_of (const TnLedger *self, guint head)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->heads, GUINT_TO_POINTER (head)));
}

static gboolean
has_wildcard (const TnLedgerEntry *entry)
{
  return find_head (entry->permission->type, entry->permission->resource, &entry->url) == WILDCARD_HEAD;
}

const TnLedgerEntry *
tn_ledger_next (const TnLedger *self, const TnQuery *query, const TnLedgerEntry *entry)
{
  const TnLedgerEntry *found = look_from (self, entry != NULL ? entry->next : first_of (self, query->heads[0]), query);
  gboolean was_wildcard = entry != NULL ? has_wildcard (entry) : query->heads[0] == WILDCARD_HEAD;

  if (found != NULL || was_wildcard)
    return found;
  return look_from (self, first_of (self, query->heads[1]), query);
}
