/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-http-cache.h"
#include "tn-clock.h"

#include <string.h>

#define MAX_BODY (1024 * 1024)
#define MAX_SECONDS (365 * 24 * 3600)

struct _TnHttpCache
{
  gatomicrefcount references; /* of itself and what is pending */
  gsize capacity, used;
  GHashTable *by_url; /* → TnHttpKept */
  GQueue by_use;      /* of TnHttpKept, borrowed: the one used last first */
};

struct _TnHttpKept
{
  gatomicrefcount references;
  char *url;
  SoupMessageHeaders *headers;
  GHashTable *varies; /* header of the request → its value then; "" for none */
  GBytes *body;
  gint64 fresh_from_us, fresh_until_us;
};

struct _TnHttpPending
{
  TnHttpCache *cache;
  TnHttpKept *kept;
  GByteArray *body;
};

static void
cache_unref (TnHttpCache *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_queue_clear (&self->by_use);
  g_hash_table_unref (self->by_url);
  g_free (self);
}

TnHttpCache *
tn_http_cache_new (gsize capacity)
{
  TnHttpCache *self = g_new0 (TnHttpCache, 1);

  g_atomic_ref_count_init (&self->references);
  self->capacity = capacity;
  self->by_url = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) tn_http_kept_unref);
  return self;
}

void
tn_http_cache_free (TnHttpCache *self)
{
  cache_unref (self);
}

void
tn_http_kept_unref (TnHttpKept *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->url);
  soup_message_headers_unref (self->headers);
  g_hash_table_unref (self->varies);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

static void
drop (TnHttpCache *self, TnHttpKept *kept)
{
  self->used -= g_bytes_get_size (kept->body);
  g_queue_remove (&self->by_use, kept);
  g_hash_table_remove (self->by_url, kept->url);
}

void
tn_http_cache_forget (TnHttpCache *self, const char *url)
{
  TnHttpKept *kept = g_hash_table_lookup (self->by_url, url);

  if (kept != NULL)
    drop (self, kept);
}

static gboolean
matches (TnHttpKept *self, SoupMessageHeaders *request)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, self->varies);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const char *now = request != NULL ? soup_message_headers_get_list (request, name) : NULL;

      if (!g_str_equal (value, now != NULL ? now : ""))
        return FALSE;
    }
  return TRUE;
}

/* What makes a request one of its own, which no kept answer is for. */
static gboolean
is_plain_request (SoupMessageHeaders *request)
{
  static const char *const own[]
    = { "Authorization", "Range", "If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since", "If-Range" };

  for (gsize i = 0; request != NULL && i < G_N_ELEMENTS (own); i++)
    if (soup_message_headers_get_list (request, own[i]) != NULL)
      return FALSE;
  return request == NULL || !soup_message_headers_header_contains (request, "Cache-Control", "no-store");
}

TnHttpKept *
tn_http_cache_find (TnHttpCache *self, const char *url, SoupMessageHeaders *headers)
{
  TnHttpKept *kept = g_hash_table_lookup (self->by_url, url);

  if (kept == NULL || !is_plain_request (headers) || !matches (kept, headers))
    return NULL;
  g_queue_remove (&self->by_use, kept);
  g_queue_push_head (&self->by_use, kept);
  g_atomic_ref_count_inc (&kept->references);
  return kept;
}

gboolean
tn_http_kept_is_fresh (TnHttpKept *self)
{
  gint64 now = tn_clock_wall_us ();

  /* From before it came nothing is known: the clock was set back. */
  return now >= self->fresh_from_us && now < self->fresh_until_us;
}

SoupMessageHeaders *
tn_http_kept_get_headers (TnHttpKept *self)
{
  return self->headers;
}

GBytes *
tn_http_kept_get_body (TnHttpKept *self)
{
  return self->body;
}

gboolean
tn_http_kept_ask_again (TnHttpKept *self, SoupMessageHeaders *request)
{
  const char *tag = soup_message_headers_get_one (self->headers, "ETag");
  const char *date = soup_message_headers_get_one (self->headers, "Last-Modified");

  if (tag != NULL)
    soup_message_headers_replace (request, "If-None-Match", tag);
  if (date != NULL)
    soup_message_headers_replace (request, "If-Modified-Since", date);
  return tag != NULL || date != NULL;
}

static gint64
read_date (SoupMessageHeaders *headers, const char *name)
{
  const char *text = soup_message_headers_get_one (headers, name);
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) : 0;
}

/* Seconds, by RFC 9111, sections 4.2.1 and 4.2.3, without the guesses of 4.2.2. */
static gint64
read_lifetime (SoupMessageHeaders *headers)
{
  const char *control = soup_message_headers_get_list (headers, "Cache-Control");
  g_autoptr (GHashTable) says = control != NULL ? soup_header_parse_param_list (control) : NULL;
  const char *age = soup_message_headers_get_one (headers, "Age");
  const char *max_age = says != NULL ? g_hash_table_lookup (says, "max-age") : NULL;
  gint64 lifetime = 0, date = read_date (headers, "Date");

  if (says != NULL && g_hash_table_contains (says, "no-cache"))
    lifetime = 0;
  else if (max_age != NULL)
    lifetime = g_ascii_strtoll (max_age, NULL, 10);
  else if (date != 0)
    lifetime = read_date (headers, "Expires") - date;
  g_clear_pointer (&says, soup_header_free_param_list);
  return CLAMP (lifetime, 0, MAX_SECONDS) - (age != NULL ? CLAMP (g_ascii_strtoll (age, NULL, 10), 0, MAX_SECONDS) : 0);
}

static void
set_fresh (TnHttpKept *self, SoupMessageHeaders *headers)
{
  self->fresh_from_us = tn_clock_wall_us ();
  self->fresh_until_us = self->fresh_from_us + read_lifetime (headers) * G_USEC_PER_SEC;
}

static void
replace_header (const char *name, const char *value, gpointer headers)
{
  if (g_ascii_strcasecmp (name, "Content-Length") != 0 && g_ascii_strcasecmp (name, "Content-Encoding") != 0)
    soup_message_headers_replace (headers, name, value);
}

void
tn_http_kept_refresh (TnHttpKept *self, SoupMessageHeaders *headers)
{
  soup_message_headers_foreach (headers, replace_header, self->headers);
  set_fresh (self, self->headers);
}

static gboolean
may_keep (SoupMessageHeaders *request, guint status, SoupMessageHeaders *headers)
{
  return status == SOUP_STATUS_OK && is_plain_request (request)
         && soup_message_headers_get_list (headers, "Set-Cookie") == NULL
         && !soup_message_headers_header_contains (headers, "Cache-Control", "no-store")
         && !soup_message_headers_header_contains (headers, "Vary", "*")
         && soup_message_headers_get_content_length (headers) <= MAX_BODY
         && (read_lifetime (headers) > 0 || soup_message_headers_get_one (headers, "ETag") != NULL
             || soup_message_headers_get_one (headers, "Last-Modified") != NULL);
}

static void
note_variance (TnHttpKept *self, SoupMessageHeaders *request)
{
  const char *vary = soup_message_headers_get_list (self->headers, "Vary");
  GSList *names = vary != NULL ? soup_header_parse_list (vary) : NULL;

  for (GSList *l = names; l != NULL; l = l->next)
    {
      const char *value = request != NULL ? soup_message_headers_get_list (request, l->data) : NULL;

      g_hash_table_insert (self->varies, g_ascii_strdown (l->data, -1), g_strdup (value != NULL ? value : ""));
    }
  soup_header_free_list (names);
}

static void
append_header (const char *name, const char *value, gpointer headers)
{
  soup_message_headers_append (headers, name, value);
}

TnHttpPending *
tn_http_cache_begin (TnHttpCache *self, const char *url, SoupMessageHeaders *request, guint status,
                     SoupMessageHeaders *headers)
{
  TnHttpPending *pending;

  if (!may_keep (request, status, headers))
    return NULL;
  pending = g_new0 (TnHttpPending, 1);
  g_atomic_ref_count_inc (&self->references);
  pending->cache = self;
  pending->body = g_byte_array_new ();
  pending->kept = g_new0 (TnHttpKept, 1);
  g_atomic_ref_count_init (&pending->kept->references);
  pending->kept->url = g_strdup (url);
  pending->kept->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  pending->kept->varies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_message_headers_foreach (headers, append_header, pending->kept->headers);
  note_variance (pending->kept, request);
  set_fresh (pending->kept, headers);
  return pending;
}

gboolean
tn_http_pending_add (TnHttpPending *self, const void *data, gsize bytes)
{
  if (self->body->len + bytes > MIN (MAX_BODY, self->cache->capacity))
    {
      tn_http_pending_free (self);
      return FALSE;
    }
  g_byte_array_append (self->body, data, bytes);
  return TRUE;
}

void
tn_http_pending_commit (TnHttpPending *self)
{
  TnHttpCache *cache = self->cache;
  TnHttpKept *kept = g_steal_pointer (&self->kept);

  kept->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
  tn_http_cache_forget (cache, kept->url);
  cache->used += g_bytes_get_size (kept->body);
  g_queue_push_head (&cache->by_use, kept);
  g_hash_table_insert (cache->by_url, kept->url, kept);
  while (cache->used > cache->capacity)
    drop (cache, g_queue_peek_tail (&cache->by_use));
  tn_http_pending_free (self);
}

void
tn_http_pending_free (TnHttpPending *self)
{
  g_clear_pointer (&self->kept, tn_http_kept_unref);
  g_clear_pointer (&self->body, g_byte_array_unref);
  cache_unref (self->cache);
  g_free (self);
}
