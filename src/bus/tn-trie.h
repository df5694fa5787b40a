/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TnTrie:
 *
 * Patterns (see tn_subject_is_valid_pattern()) with a value each, in a tree with one level per token. One pattern may
 * be there many times.
 */
typedef struct _TnTrie TnTrie;
typedef struct _TnTrieEntry TnTrieEntry;

TnTrie *tn_trie_new (void);
void tn_trie_free (TnTrie *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnTrie, tn_trie_free)

/**
 * tn_trie_insert:
 * @pattern: a valid pattern
 * @value: borrowed
 *
 * Returns: (transfer none): what tn_trie_remove() takes
 */
TnTrieEntry *tn_trie_insert (TnTrie *self, const char *pattern, gpointer value);

/* Costs the depth of the pattern, whatever else is in the trie; frees @entry and the nodes only it needed. */
void tn_trie_remove (TnTrie *self, TnTrieEntry *entry);

/* Must not change the trie. */
typedef void (*TnTrieVisit) (gpointer value, gpointer user_data);

/**
 * tn_trie_match:
 * @type: a valid type
 *
 * Calls @visit for each value whose pattern matches. Values of the same pattern come in the order of their insertion.
 *
 * Returns: how many nodes were looked at. Only nodes whose path agrees with the beginning of @type are: one a token
 * where no wildcards are in the way.
 */
guint tn_trie_match (TnTrie *self, const char *type, TnTrieVisit visit, gpointer user_data);

/* Nodes now, the root included: what the patterns cost in memory. */
guint tn_trie_get_n_nodes (TnTrie *self);

G_END_DECLS
