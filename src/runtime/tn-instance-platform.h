/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-instance-private.h"

G_BEGIN_DECLS

/* The methods of nexus.notify, openLink, clipboard, files, geolocation and system: each a permission of the type "api". */
extern const TnBridgeMethod TN_PLATFORM_METHODS[];

/* Gives the page a file that the person chose, once; (transfer full) (nullable): %NULL where there is none of that name. */
GFile *tn_instance_take_offer (TnInstance *self, const char *name);

G_END_DECLS
