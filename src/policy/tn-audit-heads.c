/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-audit-heads.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "tn-clock.h"
#include "tn-json.h"

static char *
signed_text (gint64 seq, const char *hash, const char *time)
{
  return g_strdup_printf ("tn-audit-head-1 %" G_GINT64_FORMAT " %s %s", seq, hash, time);
}

char *
tn_audit_head_new (gint64 seq, const char *hash, gint64 time_us, TnAuditKey *key)
{
  g_autofree char *time = tn_clock_format (time_us), *text = signed_text (seq, hash, time);
  g_autofree char *signature = tn_audit_key_sign (key, text);
  g_autoptr (JsonObject) head = json_object_new ();

  g_return_val_if_fail (signature != NULL, NULL);

  json_object_set_int_member (head, "seq", seq);
  json_object_set_string_member (head, "hash", hash);
  json_object_set_string_member (head, "time", time);
  json_object_set_string_member (head, "key", tn_audit_key_get_public (key));
  json_object_set_string_member (head, "signature", signature);
  return tn_json_object_to_string (head);
}

static gboolean
set_errno_error (GError **error, const char *path)
{
  int number = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), _("“%s” can't be written: %s"), path,
               g_strerror (number));
  return FALSE;
}

static gboolean
drop_older_half (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  const char *rest;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  rest = text + length / 2;
  rest += strcspn (rest, "\n");
  rest += strspn (rest, "\n");
  return g_file_set_contents_full (path, rest, text + length - rest, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

gboolean
tn_audit_heads_append (const char *path, const char *head, GError **error)
{
  g_autofree char *line = g_strconcat (head, "\n", NULL);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  gssize length = strlen (line);
  gboolean written;
  off_t size;

  if (fd < 0)
    return set_errno_error (error, path);
  written = write (fd, line, length) == length;
  if (!written)
    set_errno_error (error, path);
  size = lseek (fd, 0, SEEK_END);
  close (fd);
  return written && (size <= TN_AUDIT_HEADS_BYTES || drop_older_half (path, error));
}

/* A check of the heads, line by line. */
typedef struct
{
  TnDb *db;
  const TnAuditVerdict *chain;
  const char *public_key; /* (nullable) until the first line */
  TnAuditHeadsVerdict *verdict;
} Check;

static TnAuditHeadsFault
compare (Check *check, gint64 seq, const char *hash, GError **error)
{
  g_autofree char *is = NULL;

  if (seq > check->chain->last_seq)
    return TN_AUDIT_HEADS_CUT_OFF;
  if (seq < check->chain->first_seq)
    return TN_AUDIT_HEADS_GOOD;
  is = tn_db_get_audit_hash (check->db, seq, error);
  check->verdict->n_compared++;
  return g_strcmp0 (is, hash) == 0 ? TN_AUDIT_HEADS_GOOD : TN_AUDIT_HEADS_REWRITTEN;
}

static TnAuditHeadsFault
check_line (Check *check, const char *line, GError **error)
{
  g_autoptr (JsonObject) head = tn_json_parse_object (line, -1, NULL, NULL);
  gint64 seq = tn_json_get_int (head, "seq", 0);
  const char *hash = tn_json_get_string (head, "hash", NULL), *time = tn_json_get_string (head, "time", NULL);
  const char *key = tn_json_get_string (head, "key", NULL), *signature = tn_json_get_string (head, "signature", NULL);
  g_autofree char *text = NULL;

  if (seq <= 0 || hash == NULL || time == NULL || key == NULL || signature == NULL)
    return TN_AUDIT_HEADS_UNREADABLE;
  check->verdict->seq = seq;
  check->verdict->n_heads++;
  if (check->verdict->n_heads == 1)
    g_strlcpy (check->verdict->public_key, check->public_key != NULL ? check->public_key : key,
               sizeof check->verdict->public_key);
  if (!g_str_equal (key, check->verdict->public_key))
    return TN_AUDIT_HEADS_FOREIGN;
  text = signed_text (seq, hash, time);
  if (!tn_audit_key_verify (key, text, signature))
    return TN_AUDIT_HEADS_FORGED;
  return compare (check, seq, hash, error);
}

gboolean
tn_audit_heads_check (TnDb *db, const char *text, const TnAuditVerdict *chain, const char *public_key,
                      TnAuditHeadsVerdict *verdict, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  Check check = { db, chain, public_key, verdict };
  g_autoptr (GError) local = NULL;

  *verdict = (TnAuditHeadsVerdict){ 0 };
  for (guint i = 0; lines[i] != NULL && verdict->fault == TN_AUDIT_HEADS_GOOD; i++)
    {
      if (*g_strstrip (lines[i]) == '\0')
        continue;
      verdict->seq = 0;
      verdict->fault = check_line (&check, lines[i], &local);
      verdict->line = i + 1;
    }
  if (verdict->fault == TN_AUDIT_HEADS_GOOD)
    {
      verdict->line = verdict->seq = 0;
      if (verdict->n_compared == 0)
        verdict->fault = TN_AUDIT_HEADS_APART;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
