/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-proxy.h"
#include "tn-url.h"
#include "tn-url-pattern.h"

#include <glib/gi18n-lib.h>

#define SAVE_SECONDS 5
#define SECONDS_PER_MINUTE 60
#define HOST_PER_MINUTE 600 /* of all apps together, so that none gets the person turned away for another's doing */
#define HOSTS 1024
#define QUOTA_KEY "bytes"
#define MIB (1024 * 1024)

struct _TnProxy
{
  TnStore *store;
  TnLimits *limits;
  GResolver *resolver; /* nullable */
  GTlsDatabase *trust; /* nullable */
  GHashTable *books;   /* app key → TnBook */
  GHashTable *hosts;   /* → TnRate */
  GCancellable *cancellable;
};

static void
save (TnBook *self)
{
  g_autofree char *text = tn_quota_to_text (&self->quota);

  if (self->save_timer == 0)
    return;
  g_clear_handle_id (&self->save_timer, g_source_remove);
  tn_store_kv_set_async (self->proxy->store, TN_KV_HOST, self->key, QUOTA_KEY, text, NULL, NULL, NULL);
}

static void
book_free (gpointer data)
{
  TnBook *self = data;

  g_clear_handle_id (&self->save_timer, g_source_remove);
  g_free (self->key);
  g_object_unref (self->http);
  g_free (self);
}

TnProxy *
tn_proxy_new (TnStore *store, TnLimits *limits)
{
  TnProxy *self = g_new0 (TnProxy, 1);

  self->store = g_object_ref (store);
  self->limits = g_object_ref (limits);
  self->cancellable = g_cancellable_new ();
  self->books = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, book_free);
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
tn_proxy_free (TnProxy *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->books);
  g_hash_table_unref (self->hosts);
  g_clear_object (&self->resolver);
  g_clear_object (&self->trust);
  g_object_unref (self->limits);
  g_object_unref (self->store);
  g_free (self);
}

void
tn_proxy_set_world (TnProxy *self, GResolver *resolver, GTlsDatabase *trust)
{
  g_set_object (&self->resolver, resolver);
  g_set_object (&self->trust, trust);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = tn_store_kv_get_finish (TN_STORE (source), result, &error);
  TnBook *book = user_data; /* gone where it was cancelled */

  if (!g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))) && text != NULL)
    tn_quota_add_text (&book->quota, text);
}

static TnBook *
create_book (TnProxy *self, const char *key)
{
  TnBook *book = g_new0 (TnBook, 1);

  book->proxy = self;
  book->key = g_strdup (key);
  book->http = tn_http_new (self->resolver, self->trust);
  tn_rate_init (&book->requests, 0, G_MAXUINT);
  tn_rate_init (&book->calls, 0, G_MAXUINT);
  g_hash_table_insert (self->books, book->key, book);
  tn_store_kv_get_async (self->store, TN_KV_HOST, key, QUOTA_KEY, self->cancellable, loaded_cb, book);
  return book;
}

/* An update may have brought other limits, or the person has. */
static void
set_rate (TnRate *rate, guint per_minute)
{
  rate->per_second = (double) per_minute / SECONDS_PER_MINUTE;
  rate->burst = per_minute;
  rate->tokens = MIN (rate->tokens, rate->burst);
}

TnBook *
tn_proxy_open_book (TnProxy *self, TnApp *app)
{
  TnBook *book;

  g_return_val_if_fail (self != NULL && tn_app_get_manifest (app) != NULL, NULL);

  book = g_hash_table_lookup (self->books, tn_app_get_key (app));
  if (book == NULL)
    book = create_book (self, tn_app_get_key (app));
  set_rate (&book->requests, tn_limits_get (self->limits, app, TN_LIMIT_NETWORK));
  set_rate (&book->calls, tn_limits_get (self->limits, app, TN_LIMIT_API_CALLS));
  book->quota.limit = (guint64) tn_limits_get (self->limits, app, TN_LIMIT_BYTES) * MIB;
  return book;
}

TnBook *
tn_proxy_find_book (TnProxy *self, const char *app_key)
{
  return g_hash_table_lookup (self->books, app_key);
}

void
tn_proxy_forget (TnProxy *self, const char *app_key)
{
  TnBook *book = tn_proxy_find_book (self, app_key);

  if (book != NULL)
    g_clear_handle_id (&book->save_timer, g_source_remove);
}

void
tn_proxy_save (TnProxy *self)
{
  GHashTableIter iter;
  gpointer book;

  g_hash_table_iter_init (&iter, self->books);
  while (g_hash_table_iter_next (&iter, NULL, &book))
    save (book);
}

const char *
tn_book_take_call (TnBook *self, TnTraffic *tile)
{
  if (tn_rate_take (&self->calls, 1))
    {
      tile->calls++;
      return NULL;
    }
  tile->refused[TN_LIMIT_API_CALLS]++;
  return "More calls a minute than the manifest says in /resources/apiCalls, or the person; wait a moment";
}

/* Names that were not asked for in a while have full buckets, as new ones do. */
static TnRate *
host_rate (TnProxy *self, const char *host)
{
  TnRate *rate = g_hash_table_lookup (self->hosts, host);

  if (rate != NULL)
    return rate;
  if (g_hash_table_size (self->hosts) >= HOSTS)
    g_hash_table_remove_all (self->hosts);
  rate = g_new (TnRate, 1);
  tn_rate_init (rate, (double) HOST_PER_MINUTE / SECONDS_PER_MINUTE, HOST_PER_MINUTE);
  g_hash_table_insert (self->hosts, g_strdup (host), rate);
  return rate;
}

static gboolean
take_request (TnBook *self, TnTraffic *tile, const char *host, GError **error)
{
  if (!tn_rate_take (&self->requests, 1))
    {
      tile->refused[TN_LIMIT_NETWORK]++;
      g_set_error_literal (
        error, TN_NET_ERROR, TN_NET_ERROR_REFUSED,
        _("More requests a minute than the manifest says in /resources/network, or the person; wait a moment"));
      return FALSE;
    }
  if (!tn_rate_take (host_rate (self->proxy, host), 1))
    g_set_error (error, TN_NET_ERROR, TN_NET_ERROR_REFUSED,
                 _("Apps asked “%s” more than %d times in a minute; wait a moment"), host, HOST_PER_MINUTE);
  else
    {
      tile->requests++;
      return TRUE;
    }
  return FALSE;
}

static TnAddressScopes
find_opened (TnManifest *manifest, GUri *url, TnPermissionActions action)
{
  g_autofree char *text = tn_url_to_string (url);
  gsize n;
  const TnPermission *permissions = tn_manifest_get_permissions (manifest, &n);
  TnUrl pattern, asked;

  for (gsize i = 0; i < n && tn_url_read (text, &asked); i++)
    if (permissions[i].type == TN_PERMISSION_NETWORK && (permissions[i].actions & action) != 0
        && tn_url_pattern_read (permissions[i].resource, &pattern) && tn_url_pattern_covers (&pattern, &asked)
        && *pattern.host != '*')
      return tn_address_name_opens (g_uri_get_host (url));
  return 0;
}

gboolean
tn_book_judge (TnBook *self, TnTraffic *tile, TnManifest *manifest, GUri *url, TnPermissionActions action,
               TnAddressScopes *open, GError **error)
{
  const char *host = g_uri_get_host (url);

  *open = find_opened (manifest, url, action);
  if (tn_manifest_allows_host (manifest, host))
    return take_request (self, tile, host, error);
  g_set_error (error, TN_NET_ERROR, TN_NET_ERROR_REFUSED,
               _("“%s” is not in /security/allowedDomains of the manifest"), host);
  return FALSE;
}

static gboolean
save_cb (gpointer user_data)
{
  save (user_data);
  return G_SOURCE_REMOVE;
}

gboolean
tn_book_take_bytes (TnBook *self, TnTraffic *tile, gsize sent, gsize received, GError **error)
{
  if (!tn_quota_take (&self->quota, sent + received))
    {
      tile->refused[TN_LIMIT_BYTES]++;
      g_set_error (error, TN_NET_ERROR, TN_NET_ERROR_REFUSED,
                   _("The app has used its %u MiB of today, see /resources/bytes in its manifest and its limits"),
                   (guint) (self->quota.limit / MIB));
      return FALSE;
    }
  self->metrics.bytes_sent += sent;
  self->metrics.bytes_received += received;
  tile->sent += sent;
  tile->received += received;
  if (self->save_timer == 0)
    self->save_timer = g_timeout_add_seconds (SAVE_SECONDS, save_cb, self);
  return TRUE;
}

void
tn_book_note_failure (TnBook *self, TnTraffic *tile)
{
  self->metrics.failures++;
  tile->failures++;
}
