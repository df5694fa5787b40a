/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-http-private.h"
#include "tn-destination.h"
#include "tn-url.h"

#define SESSIONS 16
#define CACHE_BYTES (8 * 1024 * 1024)
#define STALL_SECONDS 30
#define IDLE_SECONDS 15
#define CONNECTIONS 6

/* One host and port, and the session that can reach nothing else. */
typedef struct
{
  char *name;
  SoupSession *session;
} Origin;

G_DEFINE_FINAL_TYPE (TnHttp, tn_http, G_TYPE_OBJECT)

static void
origin_free (gpointer data)
{
  Origin *origin = data;

  g_free (origin->name);
  g_object_unref (origin->session);
  g_free (origin);
}

SoupSession *
tn_http_create_session (TnHttp *self, GUri *url, TnAddressScopes open)
{
  g_autoptr (TnDestination) destination
    = tn_destination_new (g_uri_get_host (url), tn_url_get_port (url), open, self->resolver);
  SoupSession *session = soup_session_new_with_options (
    "remote-connectable", destination, "proxy-resolver", NULL, "timeout", STALL_SECONDS, "idle-timeout", IDLE_SECONDS,
    "max-conns-per-host", CONNECTIONS, "user-agent", "TokenNexusCanvas", NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  if (self->trust != NULL)
    soup_session_set_tls_database (session, self->trust);
  return session;
}

SoupSession *
tn_http_get_session (TnHttp *self, GUri *url, TnAddressScopes open)
{
  g_autofree char *name = NULL;
  Origin *origin;

  g_return_val_if_fail (TN_IS_HTTP (self) && url != NULL, NULL);

  name = g_strdup_printf ("%x %s %u %d", open, g_uri_get_host (url), tn_url_get_port (url), tn_url_is_secure (url));
  for (GList *l = self->sessions.head; l != NULL; l = l->next)
    if (g_str_equal (((Origin *) l->data)->name, name))
      {
        g_queue_unlink (&self->sessions, l);
        g_queue_push_head_link (&self->sessions, l);
        return ((Origin *) l->data)->session;
      }
  origin = g_new (Origin, 1);
  *origin = (Origin){ g_steal_pointer (&name), tn_http_create_session (self, url, open) };
  g_queue_push_head (&self->sessions, origin);
  if (g_queue_get_length (&self->sessions) > SESSIONS)
    origin_free (g_queue_pop_tail (&self->sessions));
  return origin->session;
}

static void
tn_http_finalize (GObject *object)
{
  TnHttp *self = TN_HTTP (object);

  g_queue_clear_full (&self->sessions, origin_free);
  tn_http_cache_free (self->cache);
  g_clear_object (&self->resolver);
  g_clear_object (&self->trust);
  G_OBJECT_CLASS (tn_http_parent_class)->finalize (object);
}

static void
tn_http_class_init (TnHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tn_http_finalize;
}

static void
tn_http_init (TnHttp *self)
{
  self->cache = tn_http_cache_new (CACHE_BYTES);
}

TnHttp *
tn_http_new (GResolver *resolver, GTlsDatabase *trust)
{
  TnHttp *self = g_object_new (TN_TYPE_HTTP, NULL);

  g_set_object (&self->resolver, resolver);
  g_set_object (&self->trust, trust);
  return self;
}

void
tn_http_response_free (TnHttpResponse *self)
{
  g_free (self->reason);
  soup_message_headers_unref (self->headers);
  g_uri_unref (self->url);
  g_object_unref (self->body);
  g_free (self);
}

void
tn_http_watch_free (TnHttpWatch *self)
{
  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self);
}
