/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-platform.h"

G_DEFINE_INTERFACE (TnPlatform, tn_platform, G_TYPE_OBJECT)

static void
tn_platform_default_init (TnPlatformInterface *iface)
{
}
