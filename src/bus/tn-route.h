/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-bus.h"
#include "tn-trie.h"

G_BEGIN_DECLS

/**
 * TnRoute:
 * @counts: of the type
 *
 * Where events of one type go, kept from one publish to the next for as long as the subscriptions are the same.
 */
typedef struct
{
  TnBusCounts counts;
  guint64 generation; /* of the trie that the matches are of */
  GPtrArray *matches;  /* nullable: of subscriptions */
} TnRoute;

/**
 * TnRoutes:
 *
 * Up to %TN_BUS_MAX_TYPES types. Those that come later share one route, which is never kept.
 */
typedef struct _TnRoutes TnRoutes;

/* @trie: (not owned) */
TnRoutes *tn_routes_new (TnTrie *trie);
void tn_routes_free (TnRoutes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnRoutes, tn_routes_free)

/* Something came into the trie or went. */
void tn_routes_change (TnRoutes *self);

/* (transfer none): valid as long as @self. @matches: (out) (transfer none): until the next call or change */
TnRoute *tn_routes_find (TnRoutes *self, const char *type, GPtrArray **matches);

/* (nullable): where nothing of it was ever looked for. */
const TnBusCounts *tn_routes_peek (TnRoutes *self, const char *type);

/* (transfer container) (element-type utf8) */
GPtrArray *tn_routes_list (TnRoutes *self);

G_END_DECLS
