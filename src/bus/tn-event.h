/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define TN_EVENT_MAX_BYTES (256 * 1024)
#define TN_EVENT_MAX_DEPTH 64
#define TN_EVENT_HOST_SOURCE "tn:/host"

/**
 * TnEvent:
 *
 * An immutable, reference-counted CloudEvents 1.0 envelope (JSON format). The source is given by the host; nothing
 * that an app says can set it.
 */
typedef struct _TnEvent TnEvent;

#define TN_TYPE_EVENT (tn_event_get_type ())
GType tn_event_get_type (void);

/**
 * tn_event_new:
 * @source: tn:/<app-key>/<tile-id>, or %TN_EVENT_HOST_SOURCE
 * @type: dot-separated tokens of a-z, A-Z, 0-9, - and _; no wildcards
 * @data: (nullable): the payload, any JSON; sealed: it can't be changed afterwards
 *
 * Stamps id and time from base/. Returns: (transfer full): the event, or %NULL with %TN_BUS_ERROR_TYPE,
 * %TN_BUS_ERROR_TOO_LARGE or %TN_BUS_ERROR_TOO_DEEP
 */
TnEvent *tn_event_new (const char *source, const char *type, JsonNode *data, GError **error);

TnEvent *tn_event_ref (TnEvent *self);
void tn_event_unref (TnEvent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnEvent, tn_event_unref)

/* (transfer none), like all that follow. */
const char *tn_event_get_id (TnEvent *self);
const char *tn_event_get_source (TnEvent *self);
const char *tn_event_get_event_type (TnEvent *self);
gint64 tn_event_get_time_us (TnEvent *self);   /* since 1970 UTC, in whole milliseconds; 0 where it isn't known */
JsonNode *tn_event_get_data (TnEvent *self);   /* nullable */

/* The whole envelope as compact JSON, made once. */
const char *tn_event_get_json (TnEvent *self);

/* Its length in bytes. */
gsize tn_event_get_size (TnEvent *self);

/* Whether @data is within TN_EVENT_MAX_BYTES as JSON and TN_EVENT_MAX_DEPTH; @type stands in the error. */
gboolean tn_event_check_data (const char *type, JsonNode *data, GError **error);

/* Reads an envelope back (from the log), its extension attributes kept; %NULL with %TN_BUS_ERROR_ENVELOPE. */
TnEvent *tn_event_from_json (const char *json, GError **error);

G_END_DECLS
