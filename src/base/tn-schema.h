/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * tn_schema_validate:
 * @schema: a JSON Schema (draft 2020-12); supported are type, enum, const, required, properties, additionalProperties,
 *   patternProperties, items, prefixItems, minItems, maxItems, uniqueItems, minLength, maxLength, pattern, minimum,
 *   maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, anyOf, oneOf, allOf, not, $ref within the document
 * @value: what is judged
 *
 * Returns: (transfer full) (element-type TnFault): every fault, with its JSON Pointer into @value; empty when valid
 */
GPtrArray *tn_schema_validate (JsonNode *schema, JsonNode *value);

G_END_DECLS
