/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-audit-export.h"

#include "tn-clock.h"
#include "tn-json.h"

#define PAGE 500

/* One after the other. No text is longer than a row's, so that none of them can take long. */
static const struct
{
  const char *pattern, *replacement;
} masks[] = {
  { "(?i)\\b([a-z][a-z0-9+.-]*://)[^/?#\\s@]*@", "\\1…@" },
  { "(?i)\\b([a-z][a-z0-9+.-]*:/[^?#\\s]*)[?#]\\S*", "\\1?…" },
  { "(?i)\\b(bearer|basic|digest)\\s+\\S+", "\\1 …" },
  { "(?i)(\\b[\\w-]*(?:key|token|secret|passw(?:or)?d|passphrase|pwd|auth|authorization|session|cookie|signature|pin)"
    "[\"']?\\s*[=:]\\s*)(?!…)(?:\"[^\"]*\"|'[^']*'|[^\\s\"'&,;]+)",
    "\\1…" },
  { "[^\\s@<>\"'(,;:/…]+@[^\\s@<>\"'),;:/…]+\\.\\p{L}{2,}", "…@…" },
  { "(?:/var/home/|/home/|/Users/)[^/\\s\"']+(?:/[^\"”\\n]*)?", "~/…" },
  { "/root(?:/[^\"”\\n]*|\\b)", "~/…" },
  { "\\b(?=[\\w-]*[0-9])(?=[\\w-]*[A-Za-z])[\\w-]{24,}", "…" },
};

static GRegex *
get_regex (gsize i)
{
  static GRegex *compiled[G_N_ELEMENTS (masks)];

  if (g_once_init_enter (&compiled[i]))
    {
      GRegex *regex = g_regex_new (masks[i].pattern, G_REGEX_OPTIMIZE, 0, NULL);

      g_assert (regex != NULL);
      g_once_init_leave (&compiled[i], regex);
    }
  return compiled[i];
}

char *
tn_audit_mask (const char *text)
{
  char *masked = g_strdup (text);

  for (gsize i = 0; i < G_N_ELEMENTS (masks); i++)
    {
      char *next = g_regex_replace (get_regex (i), masked, -1, 0, masks[i].replacement, 0, NULL);

      /* What can't be matched within bounds is not shown at all. */
      g_free (masked);
      masked = next != NULL ? next : g_strdup ("…");
    }
  return masked;
}

static void
set_text (JsonObject *object, const char *member, const char *text, gboolean masked)
{
  g_autofree char *shown = NULL;

  if (text == NULL)
    return;
  shown = masked ? tn_audit_mask (text) : NULL;
  json_object_set_string_member (object, member, masked ? shown : text);
}

JsonObject *
tn_audit_record_to_json (const TnAuditRecord *record, gboolean masked)
{
  JsonObject *object = json_object_new ();
  g_autofree char *time = tn_clock_format (record->time_us);

  /* What an anchor says is the chain's own. */
  masked = masked && !g_str_equal (record->kind, TN_AUDIT_ANCHOR);
  json_object_set_int_member (object, "seq", record->seq);
  json_object_set_string_member (object, "time", time);
  json_object_set_string_member (object, "kind", record->kind);
  set_text (object, "app", record->app_key, FALSE);
  set_text (object, "tile", record->tile_id, FALSE);
  set_text (object, "subject", record->subject, masked);
  set_text (object, "outcome", record->outcome, FALSE);
  set_text (object, "detail", record->detail, masked);
  json_object_set_int_member (object, "count", record->count);
  json_object_set_string_member (object, "content", record->content);
  json_object_set_string_member (object, "hash", record->hash);
  return object;
}

static gboolean
write_row (GOutputStream *stream, const TnAuditRecord *record, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonObject) object = tn_audit_record_to_json (record, TRUE);
  g_autofree char *text = tn_json_object_to_string (object);

  return g_output_stream_printf (stream, NULL, cancellable, error, "%s\n", text);
}

gboolean
tn_audit_export (TnDb *db, const TnAuditFilter *filter, GOutputStream *stream, gint64 *n, GCancellable *cancellable,
                 GError **error)
{
  gint64 skip = 0;
  guint got;

  do
    {
      g_autoptr (GPtrArray) rows = tn_db_list_audit (db, filter, skip, PAGE, error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        if (!write_row (stream, rows->pdata[i], cancellable, error))
          return FALSE;
      got = rows->len;
      skip += got;
    }
  while (got == PAGE);
  if (n != NULL)
    *n = skip;
  return TRUE;
}
