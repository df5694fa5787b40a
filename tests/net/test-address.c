/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-address.h"

#define PUBLIC TN_ADDRESS_PUBLIC
#define PRIVATE TN_ADDRESS_PRIVATE
#define LOOPBACK TN_ADDRESS_LOOPBACK
#define LINK TN_ADDRESS_LINK_LOCAL
#define SPECIAL TN_ADDRESS_SPECIAL

/* First and last of each range, and their neighbours. */
static const struct
{
  const char *address;
  TnAddressScopes scope;
} scopes[] = {
  { "0.0.0.0", SPECIAL },
  { "0.255.255.255", SPECIAL },
  { "1.0.0.0", PUBLIC },
  { "9.255.255.255", PUBLIC },
  { "10.0.0.0", PRIVATE },
  { "10.255.255.255", PRIVATE },
  { "11.0.0.0", PUBLIC },
  { "100.63.255.255", PUBLIC },
  { "100.64.0.0", PRIVATE },
  { "100.127.255.255", PRIVATE },
  { "100.128.0.0", PUBLIC },
  { "126.255.255.255", PUBLIC },
  { "127.0.0.0", LOOPBACK },
  { "127.0.0.1", LOOPBACK },
  { "127.255.255.255", LOOPBACK },
  { "128.0.0.0", PUBLIC },
  { "169.253.255.255", PUBLIC },
  { "169.254.0.0", LINK },
  { "169.254.169.254", LINK },
  { "169.254.255.255", LINK },
  { "169.255.0.0", PUBLIC },
  { "172.15.255.255", PUBLIC },
  { "172.16.0.0", PRIVATE },
  { "172.31.255.255", PRIVATE },
  { "172.32.0.0", PUBLIC },
  { "192.0.0.0", SPECIAL },
  { "192.0.0.255", SPECIAL },
  { "192.0.1.0", PUBLIC },
  { "192.0.2.0", SPECIAL },
  { "192.0.3.0", PUBLIC },
  { "192.88.99.1", SPECIAL },
  { "192.167.255.255", PUBLIC },
  { "192.168.0.0", PRIVATE },
  { "192.168.255.255", PRIVATE },
  { "192.169.0.0", PUBLIC },
  { "198.17.255.255", PUBLIC },
  { "198.18.0.0", SPECIAL },
  { "198.19.255.255", SPECIAL },
  { "198.20.0.0", PUBLIC },
  { "198.51.100.7", SPECIAL },
  { "203.0.113.7", SPECIAL },
  { "203.0.114.0", PUBLIC },
  { "223.255.255.255", PUBLIC },
  { "224.0.0.0", SPECIAL },
  { "239.255.255.255", SPECIAL },
  { "240.0.0.0", SPECIAL },
  { "255.255.255.255", SPECIAL },
  { "::", SPECIAL },
  { "::1", LOOPBACK },
  { "::2", SPECIAL },
  { "::127.0.0.1", SPECIAL },
  { "::ffff:127.0.0.1", LOOPBACK },
  { "::ffff:10.1.2.3", PRIVATE },
  { "::ffff:8.8.8.8", PUBLIC },
  { "64:ff9b::7f00:1", LOOPBACK },
  { "64:ff9b::a01:203", PRIVATE },
  { "64:ff9b::808:808", PUBLIC },
  { "64:ff9b:1::808:808", SPECIAL },
  { "100::1", SPECIAL },
  { "1fff:ffff::", SPECIAL },
  { "2001::1", SPECIAL },
  { "2001:1ff:ffff::", SPECIAL },
  { "2001:200::", PUBLIC },
  { "2001:db8::1", SPECIAL },
  { "2002:7f00:1::", LOOPBACK },
  { "2002:c0a8:101::1", PRIVATE },
  { "2002:a9fe:a9fe::", LINK },
  { "2002:808:808::", PUBLIC },
  { "2a00:1450::1", PUBLIC },
  { "3fff::1", SPECIAL },
  { "3fff:1000::", PUBLIC },
  { "4000::", SPECIAL },
  { "5f00::1", SPECIAL },
  { "fbff::", SPECIAL },
  { "fc00::", PRIVATE },
  { "fdff::1", PRIVATE },
  { "fe00::", SPECIAL },
  { "fe80::1", LINK },
  { "febf::1", LINK },
  { "fec0::1", PRIVATE },
  { "ff02::fb", SPECIAL },
};

static const struct
{
  const char *host;
  TnAddressScopes opens;
} names[] = {
  { "localhost", LOOPBACK },
  { "app.localhost", LOOPBACK },
  { "127.0.0.1", LOOPBACK },
  { "::1", LOOPBACK },
  { "::ffff:127.0.0.1", LOOPBACK },
  { "192.168.1.5", PRIVATE },
  { "fd00::5", PRIVATE },
  { "169.254.169.254", LINK },
  { "8.8.8.8", 0 },
  { "0.0.0.0", 0 },
  { "224.0.0.1", 0 },
  { "nas", PRIVATE },
  { "nas.local", PRIVATE },
  { "nas.home.arpa", PRIVATE },
  { "git.corp.internal", PRIVATE },
  { "2130706433", PRIVATE }, /* 127.0.0.1 to some: and then its address is not private, and refused */
  { "example.com", 0 },
  { "localhost.example.com", 0 },
  { "notlocalhost", PRIVATE },
  { "mylocal", PRIVATE },
  { "evil.notlocal", 0 },
  { "127.0.0.1.nip.io", 0 },
};

static void
test_scopes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (scopes[i].address);

      g_test_message ("%s", scopes[i].address);
      g_assert_nonnull (address);
      g_assert_cmphex (tn_address_get_scope (address), ==, scopes[i].scope);
    }
}

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_test_message ("%s", names[i].host);
      g_assert_cmphex (tn_address_name_opens (names[i].host), ==, names[i].opens);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/scopes", test_scopes);
  g_test_add_func ("/address/names", test_names);
  return g_test_run ();
}
