/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-portal.h"

#define NAME "org.freedesktop.portal.Desktop"
#define PATH "/org/freedesktop/portal/desktop"
#define LOCATION "org.freedesktop.portal.Location"

struct _FakePortal
{
  FakePortalMood mood;
  GVariant *location;
  GDBusConnection *bus; /* of its own, as another program's is */
  GDBusNodeInfo *node;
  GArray *registered; /* of guint */
  GString *log;
};

static const char introspection[] =
  "<node>"
  "  <interface name='" LOCATION "'>"
  "    <method name='CreateSession'><arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
  "    <method name='Start'><arg type='o' direction='in'/><arg type='s' direction='in'/>"
  "      <arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
  "  </interface>"
  "  <interface name='org.freedesktop.portal.Session'><method name='Close'/></interface>"
  "  <interface name='org.freedesktop.portal.Settings'/>"
  "</node>";

/* Where the portal's own words about @kind are, as it is documented. */
static char *
make_path (const char *sender, const char *kind, GVariant *options, const char *token)
{
  g_autofree char *name = g_strdelimit (g_strdup (sender + 1), ".", '_');
  const char *value = "none";

  g_variant_lookup (options, token, "&s", &value);
  return g_strdup_printf (PATH "/%s/%s/%s", kind, name, value);
}

static void method_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
                       const char *method, GVariant *parameters, GDBusMethodInvocation *invocation, gpointer data);

static const GDBusInterfaceVTable table = { method_cb, NULL, NULL };

static void
add_object (FakePortal *self, const char *path, GDBusInterfaceInfo *info)
{
  g_autoptr (GError) error = NULL;
  guint id = g_dbus_connection_register_object (self->bus, path, info, &table, self, NULL, &error);

  g_assert_no_error (error);
  g_array_append_val (self->registered, id);
}

static void
create_session (FakePortal *self, const char *sender, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) options = g_variant_get_child_value (parameters, 0);
  g_autofree char *session = make_path (sender, "session", options, "session_handle_token");
  guint32 accuracy = 0;

  g_variant_lookup (options, "accuracy", "u", &accuracy);
  g_string_append_printf (self->log, " %u", accuracy);
  add_object (self, session, self->node->interfaces[1]);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", session));
}

/* Another one's place comes before: it is nobody's business here. */
static void
tell (FakePortal *self, const char *sender, const char *session)
{
  g_autoptr (GVariant) other = g_variant_ref_sink (g_variant_new_parsed ("{'Latitude': <1.0>, 'Longitude': <2.0>}"));

  g_dbus_connection_emit_signal (self->bus, sender, PATH, LOCATION, "LocationUpdated",
                                 g_variant_new ("(o@a{sv})", PATH "/session/1_0/other", other), NULL);
  g_dbus_connection_emit_signal (self->bus, sender, PATH, LOCATION, "LocationUpdated",
                                 g_variant_new ("(o@a{sv})", session, self->location), NULL);
}

static void
start (FakePortal *self, const char *sender, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) options = g_variant_get_child_value (parameters, 2);
  g_autofree char *request = make_path (sender, "request", options, "handle_token");
  GVariantDict results;
  const char *session;

  g_variant_get_child (parameters, 0, "&o", &session);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", request));
  if (self->mood == FAKE_PORTAL_SILENT)
    return;
  g_variant_dict_init (&results, NULL);
  g_dbus_connection_emit_signal (self->bus, sender, request, "org.freedesktop.portal.Request", "Response",
                                 g_variant_new ("(u@a{sv})", self->mood == FAKE_PORTAL_REFUSES ? 1 : 0,
                                                g_variant_dict_end (&results)),
                                 NULL);
  if (self->mood == FAKE_PORTAL_TELLS)
    tell (self, sender, session);
}

static void
method_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *method,
           GVariant *parameters, GDBusMethodInvocation *invocation, gpointer data)
{
  FakePortal *self = data;

  g_string_append (self->log, method);
  if (g_str_equal (method, "CreateSession"))
    create_session (self, sender, parameters, invocation);
  else if (g_str_equal (method, "Start"))
    start (self, sender, parameters, invocation);
  else
    g_dbus_method_invocation_return_value (invocation, NULL);
  g_string_append_c (self->log, ';');
}

FakePortal *
fake_portal_new (FakePortalMood mood, GVariant *location)
{
  FakePortal *self = g_new0 (FakePortal, 1);
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  self->mood = mood;
  self->log = g_string_new (NULL);
  self->registered = g_array_new (FALSE, FALSE, sizeof (guint));
  self->node = g_dbus_node_info_new_for_xml (introspection, NULL);
  self->location = location != NULL
                     ? g_variant_ref_sink (location)
                     : g_variant_ref_sink (g_variant_new_parsed (
                         "{'Latitude': <52.5>, 'Longitude': <13.4>, 'Accuracy': <1000.0>, 'Speed': <-1.0>,"
                         " 'Timestamp': <(uint64 1700000000, uint64 500000)>}"));
  self->bus = g_dbus_connection_new_for_address_sync (
    address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL,
    &error);
  g_assert_no_error (error);
  add_object (self, PATH, self->node->interfaces[mood == FAKE_PORTAL_WITHOUT ? 2 : 0]);
  reply = g_dbus_connection_call_sync (self->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName", g_variant_new ("(su)", NAME, 4),
                                       G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  return self;
}

void
fake_portal_free (FakePortal *self)
{
  /* What is on its way is not for it any more. */
  for (guint i = 0; i < self->registered->len; i++)
    g_dbus_connection_unregister_object (self->bus, g_array_index (self->registered, guint, i));
  g_array_unref (self->registered);
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_object_unref (self->bus);
  g_dbus_node_info_unref (self->node);
  g_variant_unref (self->location);
  g_string_free (self->log, TRUE);
  g_free (self);
}

const char *
fake_portal_get_log (FakePortal *self)
{
  return self->log->str;
}
