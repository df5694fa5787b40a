/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-audit-record.h"

#include <string.h>

#include "tn-clock.h"

#define NO_TEXT G_MAXUINT32

/* Any bytes as UTF-8 of at most so many; %NULL stays. */
static char *
take_text (const char *text, gsize max)
{
  g_autofree char *valid = NULL;
  gsize length;

  if (text == NULL)
    return NULL;
  valid = g_utf8_make_valid (text, strnlen (text, max));
  length = strlen (valid);
  if (length > max)
    *g_utf8_find_prev_char (valid, valid + max + 1) = '\0';
  return g_steal_pointer (&valid);
}

TnAuditRecord *
tn_audit_record_new (const char *kind, const char *app_key, const char *tile_id, const char *subject,
                     const char *outcome, const char *detail)
{
  TnAuditRecord *self;

  g_return_val_if_fail (kind != NULL, NULL);

  self = g_new0 (TnAuditRecord, 1);
  self->time_us = tn_clock_wall_us ();
  self->count = 1;
  self->kind = take_text (kind, TN_AUDIT_WORD_BYTES);
  self->app_key = take_text (app_key, TN_AUDIT_WORD_BYTES);
  self->tile_id = take_text (tile_id, TN_AUDIT_WORD_BYTES);
  self->outcome = take_text (outcome, TN_AUDIT_WORD_BYTES);
  self->subject = take_text (subject, TN_AUDIT_SUBJECT_BYTES);
  self->detail = take_text (detail, TN_AUDIT_DETAIL_BYTES);
  return self;
}

TnAuditRecord *
tn_audit_record_copy (const TnAuditRecord *self)
{
  TnAuditRecord *copy = g_new0 (TnAuditRecord, 1);

  *copy = *self;
  copy->kind = g_strdup (self->kind);
  copy->app_key = g_strdup (self->app_key);
  copy->tile_id = g_strdup (self->tile_id);
  copy->outcome = g_strdup (self->outcome);
  copy->subject = g_strdup (self->subject);
  copy->detail = g_strdup (self->detail);
  copy->salt = g_strdup (self->salt);
  copy->content = g_strdup (self->content);
  copy->hash = g_strdup (self->hash);
  return copy;
}

void
tn_audit_record_free (TnAuditRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->app_key);
  g_free (self->tile_id);
  g_free (self->outcome);
  g_free (self->subject);
  g_free (self->detail);
  g_free (self->salt);
  g_free (self->content);
  g_free (self->hash);
  g_free (self);
}

static void
add_text (GChecksum *sum, const char *text)
{
  guint32 length = GUINT32_TO_BE (text != NULL ? (guint32) strlen (text) : NO_TEXT);

  g_checksum_update (sum, (const guint8 *) &length, sizeof length);
  if (text != NULL)
    g_checksum_update (sum, (const guint8 *) text, strlen (text));
}

static void
add_number (GChecksum *sum, gint64 number)
{
  gint64 bytes = GINT64_TO_BE (number);

  g_checksum_update (sum, (const guint8 *) &bytes, sizeof bytes);
}

char *
tn_audit_record_hash_content (const TnAuditRecord *self)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  add_text (sum, "tn-audit-content-1");
  add_text (sum, self->salt);
  add_text (sum, self->subject);
  add_text (sum, self->detail);
  return g_strdup (g_checksum_get_string (sum));
}

char *
tn_audit_record_hash (const TnAuditRecord *self, const char *before)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  add_text (sum, "tn-audit-row-1");
  add_text (sum, before);
  add_number (sum, self->seq);
  add_number (sum, self->time_us);
  add_text (sum, self->kind);
  add_text (sum, self->app_key);
  add_text (sum, self->tile_id);
  add_text (sum, self->outcome);
  add_number (sum, self->count);
  add_text (sum, self->content);
  return g_strdup (g_checksum_get_string (sum));
}
