/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-destination.h"

#include "fake-resolver.h"

static const struct
{
  const char *host, *answer;
  TnAddressScopes open;
  const char *ways; /* "" where none is left */
} cases[] = {
  { "a.example", "8.8.8.8", 0, "8.8.8.8 " },
  { "a.example", "8.8.8.8 2a00::1", 0, "8.8.8.8 2a00::1 " },
  { "a.example", "127.0.0.1", 0, "" },
  { "a.example", "192.168.0.1 ::1 fe80::1", 0, "" },
  { "a.example", "127.0.0.1 8.8.8.8 10.0.0.1", 0, "8.8.8.8 " },
  { "localhost", "8.8.8.8", TN_ADDRESS_LOOPBACK, "::1 127.0.0.1 " }, /* GLib asks nobody for that */
  { "localhost", "8.8.8.8", 0, "" },
  { "nas.local", "127.0.0.1 192.168.0.9", TN_ADDRESS_PRIVATE, "192.168.0.9 " },
  { "127.0.0.1", "8.8.8.8", 0, "" },
  { "127.0.0.1", "8.8.8.8", TN_ADDRESS_LOOPBACK, "127.0.0.1 " },
  { "::ffff:127.0.0.1", "8.8.8.8", 0, "" },
};

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GSocketAddress *
ask_next (GSocketAddressEnumerator *ways, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_socket_address_enumerator_next_async (ways, NULL, take_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_socket_address_enumerator_next_finish (ways, result, error);
}

static char *
list_ways (GSocketAddressEnumerator *ways, GError **error)
{
  GString *list = g_string_new (NULL);

  for (;;)
    {
      g_autoptr (GSocketAddress) way = ask_next (ways, error);
      g_autofree char *address = NULL;

      if (way == NULL)
        return g_string_free (list, FALSE);
      g_assert_cmpuint (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (way)), ==, 81);
      address = g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (way)));
      g_string_append_printf (list, "%s ", address);
    }
}

static void
test_ways (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *answers[] = { cases[i].answer, NULL };
      g_autoptr (GError) error = NULL;
      g_autoptr (GResolver) resolver = fake_resolver_new (answers);
      g_autoptr (TnDestination) destination = tn_destination_new (cases[i].host, 81, cases[i].open, resolver);
      g_autoptr (GSocketAddressEnumerator) ways = g_socket_connectable_enumerate (G_SOCKET_CONNECTABLE (destination));
      g_autofree char *list = list_ways (ways, &error);

      g_test_message ("%s", cases[i].host);
      g_assert_cmpstr (list, ==, cases[i].ways);
      if (*list == '\0')
        g_assert_error (error, TN_NET_ERROR, TN_NET_ERROR_INSIDE);
      else
        g_assert_no_error (error);
    }
}

/* The name is looked up once for one connection: what is judged is what is connected to. Each connection judges anew. */
static void
test_rebinding (void)
{
  const char *answers[] = { "8.8.8.8", "127.0.0.1", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GResolver) resolver = fake_resolver_new (answers);
  g_autoptr (TnDestination) destination = tn_destination_new ("a.example", 81, 0, resolver);
  g_autoptr (GSocketAddressEnumerator) first = g_socket_connectable_enumerate (G_SOCKET_CONNECTABLE (destination));
  g_autoptr (GSocketAddressEnumerator) second = g_socket_connectable_proxy_enumerate (G_SOCKET_CONNECTABLE (destination));
  g_autofree char *ways = list_ways (first, &error);
  g_autofree char *none = NULL;

  g_assert_cmpstr (ways, ==, "8.8.8.8 ");
  g_assert_no_error (error);
  g_assert_cmpuint (fake_resolver_get_asked (resolver), ==, 1);
  none = list_ways (second, &error);
  g_assert_cmpstr (none, ==, "");
  g_assert_error (error, TN_NET_ERROR, TN_NET_ERROR_INSIDE);
  g_assert_cmpuint (fake_resolver_get_asked (resolver), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/destination/ways", test_ways);
  g_test_add_func ("/destination/rebinding", test_rebinding);
  return g_test_run ();
}
