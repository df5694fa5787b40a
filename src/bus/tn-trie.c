/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-trie.h"

#include <string.h>

#include "tn-bus.h"

typedef struct _Node Node;

struct _Node
{
  Node *parent;
  GHashTable *words; /* nullable: token → Node */
  Node *any;         /* nullable: "*" */
  Node *rest;        /* nullable: ">" */
  GQueue entries;
  char token[];
};

struct _TnTrie
{
  Node *root;
  guint n_nodes;
};

struct _TnTrieEntry
{
  GList link;
  Node *node;
};

/* A subject cut into its tokens, on the stack: matching allocates nothing. */
typedef struct
{
  char text[TN_SUBJECT_MAX_BYTES + 1];
  const char *tokens[TN_SUBJECT_MAX_TOKENS];
  guint n;
} Split;

static void
split (Split *self, const char *subject)
{
  char *token = self->text;

  g_strlcpy (self->text, subject, sizeof self->text);
  self->n = 0;
  for (char *dot; token != NULL; token = dot)
    {
      dot = strchr (token, '.');
      if (dot != NULL)
        *dot++ = '\0';
      self->tokens[self->n++] = token;
    }
}

static Node *
node_new (TnTrie *trie, Node *parent, const char *token)
{
  gsize size = strlen (token) + 1;
  Node *self = g_malloc0 (sizeof (Node) + size);

  memcpy (self->token, token, size);
  self->parent = parent;
  g_queue_init (&self->entries);
  trie->n_nodes++;
  return self;
}

/* Recurses no deeper than TN_SUBJECT_MAX_TOKENS. */
static void
node_free (Node *self)
{
  if (self == NULL)
    return;
  for (GList *link = self->entries.head, *next; link != NULL; link = next)
    {
      next = link->next;
      g_free (link);
    }
  g_clear_pointer (&self->words, g_hash_table_unref);
  node_free (self->any);
  node_free (self->rest);
  g_free (self);
}

static Node *
add_word (TnTrie *trie, Node *parent, const char *token)
{
  Node *child;

  if (parent->words == NULL)
    parent->words = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) node_free);
  child = g_hash_table_lookup (parent->words, token);
  if (child == NULL)
    {
      child = node_new (trie, parent, token);
      g_hash_table_insert (parent->words, child->token, child);
    }
  return child;
}

static Node *
add_child (TnTrie *trie, Node *parent, const char *token)
{
  Node **wildcard = *token == '*' ? &parent->any : *token == '>' ? &parent->rest : NULL;

  if (wildcard == NULL)
    return add_word (trie, parent, token);
  if (*wildcard == NULL)
    *wildcard = node_new (trie, parent, token);
  return *wildcard;
}

static gboolean
is_bare (Node *self)
{
  return self->entries.length == 0 && self->any == NULL && self->rest == NULL
         && (self->words == NULL || g_hash_table_size (self->words) == 0);
}

static void
remove_child (TnTrie *trie, Node *child)
{
  Node *parent = child->parent;

  trie->n_nodes--;
  if (parent->any == child)
    g_clear_pointer (&parent->any, node_free);
  else if (parent->rest == child)
    g_clear_pointer (&parent->rest, node_free);
  else
    g_hash_table_remove (parent->words, child->token);
}

typedef struct
{
  Split type;
  TnTrieVisit visit;
  gpointer user_data;
  guint looked_at;
} Match;

static void
visit_entries (Match *match, Node *node)
{
  for (GList *link = node->entries.head; link != NULL; link = link->next)
    match->visit (link->data, match->user_data);
}

static void
match_from (Match *match, Node *node, guint depth)
{
  Node *child;

  match->looked_at++;
  if (depth == match->type.n)
    {
      visit_entries (match, node);
      return;
    }
  if (node->rest != NULL)
    visit_entries (match, node->rest);
  if (node->any != NULL)
    match_from (match, node->any, depth + 1);
  child = node->words != NULL ? g_hash_table_lookup (node->words, match->type.tokens[depth]) : NULL;
  if (child != NULL)
    match_from (match, child, depth + 1);
}

TnTrie *
tn_trie_new (void)
{
  TnTrie *self = g_new0 (TnTrie, 1);

  self->root = node_new (self, NULL, "");
  return self;
}

void
tn_trie_free (TnTrie *self)
{
  node_free (self->root);
  g_free (self);
}

TnTrieEntry *
tn_trie_insert (TnTrie *self, const char *pattern, gpointer value)
{
  TnTrieEntry *entry;
  Node *node = self->root;
  Split path;

  g_return_val_if_fail (tn_subject_is_valid_pattern (pattern), NULL);

  split (&path, pattern);
  for (guint i = 0; i < path.n; i++)
    node = add_child (self, node, path.tokens[i]);
  entry = g_new0 (TnTrieEntry, 1);
  entry->link.data = value;
  entry->node = node;
  g_queue_push_tail_link (&node->entries, &entry->link);
  return entry;
}

void
tn_trie_remove (TnTrie *self, TnTrieEntry *entry)
{
  Node *node = entry->node;

  g_queue_unlink (&node->entries, &entry->link);
  g_free (entry);
  while (node != self->root && is_bare (node))
    {
      Node *parent = node->parent;

      remove_child (self, node);
      node = parent;
    }
}

guint
tn_trie_match (TnTrie *self, const char *type, TnTrieVisit visit, gpointer user_data)
{
  Match match = { .visit = visit, .user_data = user_data };

  g_return_val_if_fail (tn_subject_is_valid_type (type), 0);

  split (&match.type, type);
  match_from (&match, self->root, 0);
  return match.looked_at;
}

guint
tn_trie_get_n_nodes (TnTrie *self)
{
  return self->n_nodes;
}
