/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-address.h"
#include "tn-net.h"

G_BEGIN_DECLS

/**
 * TnDestination:
 *
 * A host and port to connect to, of which only allowed addresses are ever given out. The name is looked up here and what
 * comes is judged here; whoever connects gets those very addresses, so a name that changes its mind in between
 * (rebinding) changes nothing. TLS checks the certificate against the name, as for any #GNetworkAddress.
 */
#define TN_TYPE_DESTINATION (tn_destination_get_type ())
G_DECLARE_FINAL_TYPE (TnDestination, tn_destination, TN, DESTINATION, GNetworkAddress)

/**
 * tn_destination_new:
 * @open: what may be connected to beyond %TN_ADDRESS_PUBLIC
 * @resolver: (nullable): %NULL for the system's
 *
 * Where no address is left it fails with %TN_NET_ERROR_INSIDE. Returns: (transfer full)
 */
TnDestination *tn_destination_new (const char *host, guint16 port, TnAddressScopes open, GResolver *resolver);

G_END_DECLS
