/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a value is to JSON Schema; a whole number is a number too. */
typedef enum
{
  TN_KIND_NULL = 1 << 0,
  TN_KIND_BOOLEAN = 1 << 1,
  TN_KIND_INTEGER = 1 << 2,
  TN_KIND_NUMBER = 1 << 3,
  TN_KIND_STRING = 1 << 4,
  TN_KIND_ARRAY = 1 << 5,
  TN_KIND_OBJECT = 1 << 6,
  TN_KIND_ANY = (1 << 7) - 1,
} TnKind;

/* All the kinds that @node is. */
TnKind tn_kind_of (JsonNode *node);

/* The kind of that name in a schema; 0 where there is none. */
TnKind tn_kind_from_name (const char *name);

/* “must be a text or null”, and with bounds “must be a whole number of at least 1”; (transfer full) */
char *tn_kind_describe (TnKind wanted, JsonObject *schema);

/* -1, 0 or 1 as @a is less than, equal to or greater than @b; both are numbers. */
int tn_number_compare (JsonNode *a, JsonNode *b);

/* Whether @a is a whole multiple of @b, which is not 0, as nearly as binary numbers can say. */
gboolean tn_number_is_multiple (JsonNode *a, JsonNode *b);

/**
 * tn_node_canonical:
 * @budget: (inout): falls by the work that is done; at 0 the text ends early
 *
 * Returns: (transfer full): a text that two values share exactly where JSON Schema calls them equal: members are
 *   sorted, 1 and 1.0 are the same
 */
char *tn_node_canonical (JsonNode *node, guint *budget);

/* The one of @names that @typo was most likely meant to be (Damerau–Levenshtein, adjacent transpositions); %NULL for
 * none. (transfer none) */
const char *tn_nearest_name (const char *typo, GList *names);

G_END_DECLS
