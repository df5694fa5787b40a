/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Error codes of JSON-RPC 2.0 (section 5.1), then our own. */
typedef enum
{
  TN_WIRE_PARSE = -32700,
  TN_WIRE_REQUEST = -32600,
  TN_WIRE_METHOD = -32601,
  TN_WIRE_PARAMS = -32602,
  TN_WIRE_FAILED = -32000,
  TN_WIRE_REFUSED = -32001,
  TN_WIRE_RATE = -32002,
} TnWireCode;

/**
 * TnWireMessage:
 * @id: sequence number, from 1 and without a gap for each page load
 *
 * One request of a page, read and checked as far as JSON-RPC goes.
 */
typedef struct
{
  guint64 id;
  char *method;
  JsonObject *params;
} TnWireMessage;

/**
 * tn_wire_parse:
 * @expected_id: what the next message must be numbered
 * @code: (out): why it is refused
 *
 * Returns: (transfer full): %NULL with @code and a sentence in @reason (transfer full)
 */
TnWireMessage *tn_wire_parse (const char *text, gsize length, guint64 expected_id, TnWireCode *code, char **reason);
void tn_wire_message_free (TnWireMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnWireMessage, tn_wire_message_free)

/* Answers to request @id; (transfer full). @result: (transfer full) (nullable) */
char *tn_wire_result (guint64 id, JsonNode *result);
char *tn_wire_error (guint64 id, TnWireCode code, const char *message);

/* A request of the host's; @params: (transfer full) (nullable). */
char *tn_wire_request (guint64 seq, const char *method, JsonNode *params);

G_END_DECLS
