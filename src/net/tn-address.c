/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-address.h"

#include <string.h>

/* IANA's registries of special-purpose addresses, the narrower prefix first. Where one carries an IPv4 address, at that
 * byte, it is judged by it. */
static const struct
{
  const char *prefix;
  TnAddressScopes scope;
  gsize carries_at;
} prefixes[] = {
  { "0.0.0.0/8", TN_ADDRESS_SPECIAL },
  { "10.0.0.0/8", TN_ADDRESS_PRIVATE },
  { "100.64.0.0/10", TN_ADDRESS_PRIVATE },
  { "127.0.0.0/8", TN_ADDRESS_LOOPBACK },
  { "169.254.0.0/16", TN_ADDRESS_LINK_LOCAL },
  { "172.16.0.0/12", TN_ADDRESS_PRIVATE },
  { "192.0.0.0/24", TN_ADDRESS_SPECIAL },
  { "192.0.2.0/24", TN_ADDRESS_SPECIAL },
  { "192.88.99.0/24", TN_ADDRESS_SPECIAL },
  { "192.168.0.0/16", TN_ADDRESS_PRIVATE },
  { "198.18.0.0/15", TN_ADDRESS_SPECIAL },
  { "198.51.100.0/24", TN_ADDRESS_SPECIAL },
  { "203.0.113.0/24", TN_ADDRESS_SPECIAL },
  { "224.0.0.0/3", TN_ADDRESS_SPECIAL },
  { "0.0.0.0/0", TN_ADDRESS_PUBLIC },

  { "::1/128", TN_ADDRESS_LOOPBACK },
  { "::ffff:0:0/96", TN_ADDRESS_SPECIAL, 12 },
  { "64:ff9b::/96", TN_ADDRESS_SPECIAL, 12 },
  { "2001::/23", TN_ADDRESS_SPECIAL },
  { "2001:db8::/32", TN_ADDRESS_SPECIAL },
  { "2002::/16", TN_ADDRESS_SPECIAL, 2 },
  { "3fff::/20", TN_ADDRESS_SPECIAL },
  { "2000::/3", TN_ADDRESS_PUBLIC },
  { "fc00::/7", TN_ADDRESS_PRIVATE },
  { "fe80::/10", TN_ADDRESS_LINK_LOCAL },
  { "fec0::/10", TN_ADDRESS_PRIVATE },
  { "::/0", TN_ADDRESS_SPECIAL },
};

static const char *const private_endings[] = { ".local", ".home.arpa", ".internal" };

static GInetAddressMask *const *
get_masks (void)
{
  static GInetAddressMask *masks[G_N_ELEMENTS (prefixes)];
  static gsize made;

  if (g_once_init_enter (&made))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
        masks[i] = g_inet_address_mask_new_from_string (prefixes[i].prefix, NULL);
      g_once_init_leave (&made, 1);
    }
  return masks;
}

TnAddressScopes
tn_address_get_scope (GInetAddress *address)
{
  GInetAddressMask *const *masks = get_masks ();

  g_return_val_if_fail (G_IS_INET_ADDRESS (address), TN_ADDRESS_SPECIAL);

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      g_autoptr (GInetAddress) carried = NULL;

      if (!g_inet_address_mask_matches (masks[i], address))
        continue;
      if (prefixes[i].carries_at == 0)
        return prefixes[i].scope;
      carried = g_inet_address_new_from_bytes (g_inet_address_to_bytes (address) + prefixes[i].carries_at,
                                               G_SOCKET_FAMILY_IPV4);
      return tn_address_get_scope (carried);
    }
  return TN_ADDRESS_SPECIAL;
}

TnAddressScopes
tn_address_name_opens (const char *host)
{
  g_autoptr (GInetAddress) number = NULL;

  g_return_val_if_fail (host != NULL, 0);

  number = g_inet_address_new_from_string (host);
  if (number != NULL)
    return tn_address_get_scope (number) & ~(TN_ADDRESS_PUBLIC | TN_ADDRESS_SPECIAL);
  if (g_str_equal (host, "localhost") || g_str_has_suffix (host, ".localhost"))
    return TN_ADDRESS_LOOPBACK;
  for (gsize i = 0; i < G_N_ELEMENTS (private_endings); i++)
    if (g_str_has_suffix (host, private_endings[i]))
      return TN_ADDRESS_PRIVATE;
  return strchr (host, '.') == NULL ? TN_ADDRESS_PRIVATE : 0;
}
