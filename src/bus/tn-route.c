/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-route.h"

/* What one route remembers at most: a page that has many subscriptions and says much can't fill the memory. */
#define KEPT_MATCHES 64

struct _TnRoutes
{
  TnTrie *trie;
  guint64 generation;
  GHashTable *routes;  /* type → TnRoute */
  TnRoute *others;     /* nullable: of the types that came too late */
  GPtrArray *scratch;  /* matches that no route keeps */
};

static void
route_free (gpointer data)
{
  TnRoute *route = data;

  g_clear_pointer (&route->matches, g_ptr_array_unref);
  g_free (route);
}

TnRoutes *
tn_routes_new (TnTrie *trie)
{
  TnRoutes *self = g_new0 (TnRoutes, 1);

  self->trie = trie;
  self->generation = 1;
  self->scratch = g_ptr_array_new ();
  self->routes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, route_free);
  return self;
}

void
tn_routes_free (TnRoutes *self)
{
  g_hash_table_unref (self->routes);
  g_ptr_array_unref (self->scratch);
  g_free (self);
}

void
tn_routes_change (TnRoutes *self)
{
  self->generation++;
}

static void
add_match_cb (gpointer value, gpointer user_data)
{
  g_ptr_array_add (user_data, value);
}

static TnRoute *
add_route (TnRoutes *self, const char *type)
{
  TnRoute *route = g_new0 (TnRoute, 1);

  g_hash_table_insert (self->routes, g_strdup (type), route);
  return route;
}

static TnRoute *
find_or_add (TnRoutes *self, const char *type)
{
  TnRoute *route = g_hash_table_lookup (self->routes, type);

  if (route != NULL)
    return route;
  if (g_hash_table_size (self->routes) < TN_BUS_MAX_TYPES)
    return add_route (self, type);
  if (self->others == NULL)
    self->others = add_route (self, "");
  return self->others;
}

static void
keep (TnRoutes *self, TnRoute *route)
{
  g_clear_pointer (&route->matches, g_ptr_array_unref);
  if (route == self->others || self->scratch->len > KEPT_MATCHES)
    return;
  route->matches = g_ptr_array_copy (self->scratch, NULL, NULL);
  route->generation = self->generation;
}

TnRoute *
tn_routes_find (TnRoutes *self, const char *type, GPtrArray **matches)
{
  TnRoute *route = find_or_add (self, type);

  *matches = route->matches;
  if (route->matches != NULL && route->generation == self->generation)
    return route;
  g_ptr_array_set_size (self->scratch, 0);
  tn_trie_match (self->trie, type, add_match_cb, self->scratch);
  keep (self, route);
  *matches = self->scratch;
  return route;
}

const TnBusCounts *
tn_routes_peek (TnRoutes *self, const char *type)
{
  TnRoute *route = g_hash_table_lookup (self->routes, type);

  return route != NULL ? &route->counts : NULL;
}

GPtrArray *
tn_routes_list (TnRoutes *self)
{
  GPtrArray *types = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer type;

  g_hash_table_iter_init (&iter, self->routes);
  while (g_hash_table_iter_next (&iter, &type, NULL))
    g_ptr_array_add (types, type);
  return types;
}
