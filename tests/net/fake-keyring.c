/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-keyring.h"

#define ROOT "/org/freedesktop/secrets"
#define LOGIN ROOT "/collection/login"

struct _FakeKeyring
{
  FakeKeyringMood mood;
  char *address;
  GThread *thread;
  GMainLoop *loop;
  GAsyncQueue *ready;
};

static const char *introspection =
  "<node>"
  "  <interface name='org.freedesktop.Secret.Service'>"
  "    <method name='ReadAlias'><arg type='s' direction='in'/><arg type='o' direction='out'/></method>"
  "  </interface>"
  "  <interface name='org.freedesktop.Secret.Collection'>"
  "    <property name='Locked' type='b' access='read'/>"
  "  </interface>"
  "  <interface name='org.freedesktop.Secret.Collection'>"
  "    <property name='Locked' type='s' access='read'/>"
  "  </interface>"
  "</node>";

static void
call_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *method,
         GVariant *parameters, GDBusMethodInvocation *invocation, gpointer data)
{
  FakeKeyring *self = data;

  if (self->mood == FAKE_KEYRING_SILENT)
    g_object_unref (invocation);
  else if (self->mood == FAKE_KEYRING_BROKEN)
    g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_FAILED, "out of order");
  else
    g_dbus_method_invocation_return_value (
      invocation, g_variant_new ("(o)", self->mood == FAKE_KEYRING_EMPTY ? "/" : LOGIN));
}

static GVariant *
property_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *property,
             GError **error, gpointer data)
{
  FakeKeyring *self = data;

  return self->mood == FAKE_KEYRING_VAGUE ? g_variant_new_string ("perhaps")
                                          : g_variant_new_boolean (self->mood == FAKE_KEYRING_LOCKED);
}

static void
publish (FakeKeyring *self, GDBusConnection *bus)
{
  static const GDBusInterfaceVTable table = { call_cb, property_cb, NULL };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_autoptr (GVariant) reply = NULL;

  g_dbus_connection_register_object (bus, ROOT, node->interfaces[0], &table, self, NULL, NULL);
  g_dbus_connection_register_object (bus, LOGIN, node->interfaces[self->mood == FAKE_KEYRING_VAGUE ? 2 : 1], &table,
                                     self, NULL, NULL);
  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "RequestName", g_variant_new ("(su)", "org.freedesktop.secrets", 0),
                                       G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_assert_nonnull (reply);
}

static gpointer
thread_main (gpointer data)
{
  FakeKeyring *self = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainContextPusher) pusher = g_main_context_pusher_new (context);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_dbus_connection_new_for_address_sync (
    self->address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL,
    NULL, &error);

  g_assert_no_error (error);
  publish (self, bus);
  self->loop = g_main_loop_new (context, FALSE);
  g_async_queue_push (self->ready, self);
  g_main_loop_run (self->loop);
  g_dbus_connection_close_sync (bus, NULL, NULL);
  return NULL;
}

FakeKeyring *
fake_keyring_new (const char *address, FakeKeyringMood mood)
{
  FakeKeyring *self = g_new0 (FakeKeyring, 1);

  self->mood = mood;
  self->address = g_strdup (address);
  self->ready = g_async_queue_new ();
  self->thread = g_thread_new ("fake-keyring", thread_main, self);
  g_async_queue_pop (self->ready);
  return self;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

void
fake_keyring_free (FakeKeyring *self)
{
  /* From inside the loop, since a quit before the run would be forgotten. */
  g_main_context_invoke (g_main_loop_get_context (self->loop), quit_cb, self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_async_queue_unref (self->ready);
  g_free (self->address);
  g_free (self);
}
