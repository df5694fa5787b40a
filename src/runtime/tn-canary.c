/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canary.h"
#include "tn-instance-private.h"
#include "tn-paths.h"

#define TRIED "tried"
#define TRY_MS 2500

struct _TnCanary
{
  GSocketService *listener;
  TnInstance *instance;
  TnCanaryDone done;
  gpointer user_data;
  guint timer;
  guint16 port;
  gboolean heard;
};

/* The page says so itself when it has tried all ways: one that could not even begin proves nothing. */
static gboolean
has_tried (TnCanary *self)
{
  return self->instance->view != NULL && g_strcmp0 (webkit_web_view_get_title (self->instance->view), TRIED) == 0;
}

static gboolean
verdict_cb (gpointer user_data)
{
  TnCanary *self = user_data;

  self->timer = 0;
  self->done (self->heard         ? TN_CANARY_GOT_OUT
              : has_tried (self) ? TN_CANARY_KEPT_IN
                                 : TN_CANARY_UNKNOWN,
              self->user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
incoming_cb (GSocketService *listener, GSocketConnection *connection, GObject *source, TnCanary *self)
{
  self->heard = TRUE;
  return TRUE;
}

static void
state_changed_cb (TnInstance *instance, GParamSpec *pspec, TnCanary *self)
{
  TnInstanceState state = tn_instance_get_state (instance);

  if (self->timer == 0 && (state == TN_STATE_RUNNING || state == TN_STATE_TROUBLED))
    self->timer = g_timeout_add (state == TN_STATE_RUNNING ? TRY_MS : 0, verdict_cb, self);
}

static gboolean
listen_on_loopback (TnCanary *self, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->listener), any, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &bound, error))
    return FALSE;
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return TRUE;
}

TnCanary *
tn_canary_new (TnRuntime *runtime, TnCanaryDone done, gpointer user_data, GError **error)
{
  TnCanary *self = g_new0 (TnCanary, 1);
  g_autofree char *directory = g_build_filename (tn_paths_data_dir (), "sdk", "canary", NULL);
  g_autoptr (TnApp) app = tn_app_load (TN_SOURCE_HOST, directory);
  g_autofree char *config = NULL;

  self->listener = g_socket_service_new ();
  self->done = done;
  self->user_data = user_data;
  if (!listen_on_loopback (self, error))
    {
      tn_canary_free (self);
      return NULL;
    }
  g_signal_connect (self->listener, "incoming", G_CALLBACK (incoming_cb), self);
  config = g_strdup_printf ("{\"port\": %u}", self->port);
  self->instance = tn_instance_new (runtime, app, "canary", config);
  g_signal_connect (self->instance, "notify::state", G_CALLBACK (state_changed_cb), self);
  tn_instance_start (self->instance);
  return self;
}

void
tn_canary_free (TnCanary *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_socket_service_stop (self->listener);
  g_socket_listener_close (G_SOCKET_LISTENER (self->listener));
  g_signal_handlers_disconnect_by_data (self->listener, self);
  g_object_unref (self->listener);
  if (self->instance != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->instance, self);
      g_object_unref (self->instance);
    }
  g_free (self);
}

guint16
tn_canary_get_port (TnCanary *self)
{
  return self->port;
}
