/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-destination.h"

#include <glib/gi18n-lib.h>

struct _TnDestination
{
  GNetworkAddress parent_instance;

  TnAddressScopes open;
  GResolver *resolver;
};

/* Looks the name up when it is first asked, then gives out one address after the other. */
#define TN_TYPE_WAYS (tn_ways_get_type ())
G_DECLARE_FINAL_TYPE (TnWays, tn_ways, TN, WAYS, GSocketAddressEnumerator)

struct _TnWays
{
  GSocketAddressEnumerator parent_instance;

  TnDestination *destination;
  GList *addresses; /* of GInetAddress, those that are left */
  gboolean known;
};

static void tn_destination_connectable_init (GSocketConnectableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TnDestination, tn_destination, G_TYPE_NETWORK_ADDRESS,
                               G_IMPLEMENT_INTERFACE (G_TYPE_SOCKET_CONNECTABLE, tn_destination_connectable_init))
G_DEFINE_FINAL_TYPE (TnWays, tn_ways, G_TYPE_SOCKET_ADDRESS_ENUMERATOR)

static void
give_next (TnWays *self, GTask *task)
{
  GNetworkAddress *whole = G_NETWORK_ADDRESS (self->destination);
  g_autoptr (GInetAddress) address = self->addresses != NULL ? self->addresses->data : NULL;

  self->addresses = g_list_delete_link (self->addresses, self->addresses);
  if (address == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_pointer (task, g_inet_socket_address_new (address, g_network_address_get_port (whole)),
                           g_object_unref);
}

/* Takes @found over. What is left decides; that a public name has a private address too is no reason to refuse it. */
static void
judge (TnWays *self, GTask *task, GList *found)
{
  const char *host = g_network_address_get_hostname (G_NETWORK_ADDRESS (self->destination));
  TnAddressScopes allowed = self->destination->open | TN_ADDRESS_PUBLIC;

  self->known = TRUE;
  for (GList *l = found; l != NULL; l = l->next)
    if ((tn_address_get_scope (l->data) & allowed) != 0)
      self->addresses = g_list_prepend (self->addresses, g_object_ref (l->data));
  self->addresses = g_list_reverse (self->addresses);
  g_list_free_full (found, g_object_unref);
  if (self->addresses != NULL)
    give_next (self, task);
  else
    g_task_return_new_error (task, TN_NET_ERROR, TN_NET_ERROR_INSIDE,
                             _("“%s” is on this computer or in its network, where apps may not go"), host);
}

static void
resolved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GList *found = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    judge (g_task_get_source_object (task), task, found);
}

static void
tn_ways_next_async (GSocketAddressEnumerator *enumerator, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer user_data)
{
  TnWays *self = TN_WAYS (enumerator);
  const char *host = g_network_address_get_hostname (G_NETWORK_ADDRESS (self->destination));
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GInetAddress *number;

  g_task_set_source_tag (task, tn_ways_next_async);
  if (self->known)
    give_next (self, task);
  else if ((number = g_inet_address_new_from_string (host)) != NULL)
    judge (self, task, g_list_prepend (NULL, number));
  else
    g_resolver_lookup_by_name_async (self->destination->resolver, host, cancellable, resolved_cb,
                                     g_steal_pointer (&task));
}

static GSocketAddress *
tn_ways_next_finish (GSocketAddressEnumerator *enumerator, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
tn_ways_finalize (GObject *object)
{
  TnWays *self = TN_WAYS (object);

  g_list_free_full (self->addresses, g_object_unref);
  g_object_unref (self->destination);
  G_OBJECT_CLASS (tn_ways_parent_class)->finalize (object);
}

static void
tn_ways_class_init (TnWaysClass *klass)
{
  GSocketAddressEnumeratorClass *enumerator_class = G_SOCKET_ADDRESS_ENUMERATOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tn_ways_finalize;
  enumerator_class->next_async = tn_ways_next_async;
  enumerator_class->next_finish = tn_ways_next_finish;
}

static void
tn_ways_init (TnWays *self)
{
}

static GSocketAddressEnumerator *
tn_destination_enumerate (GSocketConnectable *connectable)
{
  TnWays *ways = g_object_new (TN_TYPE_WAYS, NULL);

  ways->destination = g_object_ref (TN_DESTINATION (connectable));
  return G_SOCKET_ADDRESS_ENUMERATOR (ways);
}

/* A proxy would look the name up by itself, where nobody judges what comes: so there is no way through one. */
static void
tn_destination_connectable_init (GSocketConnectableIface *iface)
{
  iface->enumerate = tn_destination_enumerate;
  iface->proxy_enumerate = tn_destination_enumerate;
}

static void
tn_destination_finalize (GObject *object)
{
  g_object_unref (TN_DESTINATION (object)->resolver);
  G_OBJECT_CLASS (tn_destination_parent_class)->finalize (object);
}

static void
tn_destination_class_init (TnDestinationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tn_destination_finalize;
}

static void
tn_destination_init (TnDestination *self)
{
}

TnDestination *
tn_destination_new (const char *host, guint16 port, TnAddressScopes open, GResolver *resolver)
{
  TnDestination *self;

  g_return_val_if_fail (host != NULL, NULL);

  self = g_object_new (TN_TYPE_DESTINATION, "hostname", host, "port", (guint) port, NULL);
  self->open = open;
  self->resolver = resolver != NULL ? g_object_ref (resolver) : g_resolver_get_default ();
  return self;
}
