/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TnAddressScopes:
 * @TN_ADDRESS_PUBLIC: reachable from everywhere
 * @TN_ADDRESS_PRIVATE: of a home or an organisation (RFC 1918, RFC 6598, RFC 4193)
 * @TN_ADDRESS_LOOPBACK: this machine
 * @TN_ADDRESS_LINK_LOCAL: the nearest network; in clouds the service that hands out keys (RFC 3927, RFC 4291)
 * @TN_ADDRESS_SPECIAL: nobody in particular: unspecified, multicast, documentation, reserved
 *
 * How far away an address is, as bits: by the registries of special addresses (RFC 6890, as IANA keeps them).
 */
typedef enum
{
  TN_ADDRESS_PUBLIC = 1 << 0,
  TN_ADDRESS_PRIVATE = 1 << 1,
  TN_ADDRESS_LOOPBACK = 1 << 2,
  TN_ADDRESS_LINK_LOCAL = 1 << 3,
  TN_ADDRESS_SPECIAL = 1 << 4,
} TnAddressScopes;

/* One bit. An IPv6 address that carries an IPv4 one (mapped, NAT64, 6to4) is as far away as that one. */
TnAddressScopes tn_address_get_scope (GInetAddress *address);

/**
 * tn_address_name_opens:
 * @host: as in a URL, in lower case, without brackets
 *
 * What a person who grants access to @host by name lets an app reach, beyond what is public. A number opens its own
 * scope; “localhost” this machine; a name that the public DNS does not give out (one word, .local of RFC 6762,
 * .home.arpa of RFC 8375, .internal) what is private. Any other name opens nothing, for its owner could point it
 * anywhere.
 */
TnAddressScopes tn_address_name_opens (const char *host);

G_END_DECLS
