/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-tile.h"

G_BEGIN_DECLS

/**
 * TnResource:
 *
 * A tile as a row of the page “Resources”: its instance, and what it uses just now.
 *
 * Signals: "changed".
 */
#define TN_TYPE_RESOURCE (tn_resource_get_type ())
G_DECLARE_FINAL_TYPE (TnResource, tn_resource, TN, RESOURCE, GObject)

TnResource *tn_resource_new (TnInstance *instance);

/* Reads anew what it uses; @title: what the person calls it. */
void tn_resource_update (TnResource *self, const char *title);

TnInstance *tn_resource_get_instance (TnResource *self); /* (transfer none) */
const char *tn_resource_get_title (TnResource *self);

/* Memory and processor of the last seconds; calls, requests and what was sent and received in the last minute. */
const TnUsage *tn_resource_get_usage (TnResource *self);

/* What it does, in a few words: "Running", "Paused"; (transfer none). */
const char *tn_resource_describe (TnResource *self);

G_END_DECLS
