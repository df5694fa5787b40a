/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define TN_JSON_ERROR (tn_json_error_quark ())
GQuark tn_json_error_quark (void);

/**
 * TnJsonErrorCode:
 * @TN_JSON_ERROR_SYNTAX: not JSON (RFC 8259)
 * @TN_JSON_ERROR_TOO_LARGE: more bytes than the caps allow
 * @TN_JSON_ERROR_TOO_DEEP: nested deeper than the caps allow
 * @TN_JSON_ERROR_SHAPE: JSON, but not of the expected kind
 */
typedef enum
{
  TN_JSON_ERROR_SYNTAX = 1,
  TN_JSON_ERROR_TOO_LARGE,
  TN_JSON_ERROR_TOO_DEEP,
  TN_JSON_ERROR_SHAPE,
} TnJsonErrorCode;

/* Members of one object, where the caps spare no more. Their names are hashed without a key, so that names made to
 * collide cost the square of their number: 41,939 in 1 MiB held the parser up for 16 s. */
#define TN_JSON_MAX_MEMBERS 512u

/**
 * TnJsonCaps:
 * @max_bytes: longest text taken
 * @max_depth: deepest nesting of arrays and objects taken
 * @spare_members: how many members are taken beyond the first %TN_JSON_MAX_MEMBERS of an object, in all objects
 *   together, and as long as their names don't collide; mostly 0
 *
 * What a reader takes from a hostile writer. The depth is counted while reading, so nothing recurses deeper.
 */
typedef struct
{
  gsize max_bytes;
  guint max_depth;
  guint spare_members;
} TnJsonCaps;

/* For what a page, a package or a file says: 1 MiB, 64 deep. */
extern const TnJsonCaps TN_JSON_CAPS_DEFAULT;

/**
 * tn_json_parse:
 * @text: UTF-8, not necessarily terminated
 * @length: bytes, or -1 when terminated
 * @caps: (nullable): limits, %NULL for TN_JSON_CAPS_DEFAULT
 *
 * Takes RFC 8259 and nothing beyond it: no comments, no byte order mark, one document. Refuses too what would be
 * changed silently: texts with U+0000 or half of a surrogate pair (RFC 7493), numbers beyond a double. A whole number
 * beyond 64 bits becomes a double. Of members with one name the last counts.
 *
 * Returns: (transfer full): the document, immutable, or %NULL with a #TnJsonErrorCode that names line and column
 */
JsonNode *tn_json_parse (const char *text, gssize length, const TnJsonCaps *caps, GError **error);

/* Like tn_json_parse(), and refuses all but an object. */
JsonObject *tn_json_parse_object (const char *text, gssize length, const TnJsonCaps *caps, GError **error);

/* Compact text of @node, which tn_json_parse() reads back as the same; (transfer full). */
char *tn_json_to_string (JsonNode *node);
char *tn_json_object_to_string (JsonObject *object);

/* The same for people and files: indented, with a line for each member and a line break at the end; (transfer full). */
char *tn_json_to_lines (JsonNode *node);

/**
 * tn_json_pointer_get:
 * @pointer: a JSON Pointer (RFC 6901)
 *
 * Returns: (transfer none) (nullable): the node there; %NULL also for what is no pointer
 */
JsonNode *tn_json_pointer_get (JsonNode *root, const char *pointer);

/* Appends "/member", escaped, to @pointer; (transfer full). */
char *tn_json_pointer_join (const char *pointer, const char *member);

/* Members of hostile objects: the fallback where the object is %NULL, or the member is absent or of another type. An
 * int takes a number with a fraction too, which it cuts off; beyond 64 bits it is the fallback. */
const char *tn_json_get_string (JsonObject *object, const char *member, const char *fallback);
gint64 tn_json_get_int (JsonObject *object, const char *member, gint64 fallback);
double tn_json_get_double (JsonObject *object, const char *member, double fallback);
gboolean tn_json_get_boolean (JsonObject *object, const char *member, gboolean fallback);
JsonObject *tn_json_get_object (JsonObject *object, const char *member);
JsonArray *tn_json_get_array (JsonObject *object, const char *member);

G_END_DECLS
