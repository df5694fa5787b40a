/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-announce.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

/* Which way others go, by the sides of the screen. */
typedef enum
{
  WAY_NONE,
  WAY_UP,
  WAY_DOWN,
  WAY_LEFT,
  WAY_RIGHT,
  WAY_MIXED,
  WAY_SWAP,
} Way;

static const TnPlacement *
gripped (const TnAnnounce *self)
{
  return &self->after[self->indices[0]];
}

static gboolean
is_in_hand (const TnAnnounce *self, gsize i)
{
  for (gsize k = 0; k < self->n_indices; k++)
    if (self->indices[k] == i)
      return TRUE;
  return FALSE;
}

static char *
name_hand (const TnAnnounce *self)
{
  const char *title = self->titles[self->indices[0]];
  guint more = self->n_indices - 1;

  if (more == 0)
    return g_strdup (title);
  /* Translators: %s is a widget's title */
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", more), title, more);
}

static char *
name_pushed (const TnAnnounce *self, GArray *pushed)
{
  const char *first = self->titles[g_array_index (pushed, guint, 0)];
  guint more = pushed->len - 1;

  if (more == 0)
    return g_strdup (first);
  /* Translators: two widgets' titles */
  if (more == 1)
    return g_strdup_printf (_("%s and %s"), first, self->titles[g_array_index (pushed, guint, 1)]);
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", more), first, more);
}

static Way
find_way (const TnPlacement *before, const TnPlacement *after, gboolean rtl)
{
  int dx = rtl ? before->x - after->x : after->x - before->x;
  int dy = after->y - before->y;

  if (dx == 0 && dy == 0)
    return WAY_NONE;
  if (abs (dy) >= abs (dx))
    return dy > 0 ? WAY_DOWN : WAY_UP;
  return dx > 0 ? WAY_RIGHT : WAY_LEFT;
}

/* Returns: where all of them go; @pushed gets their indices */
static Way
list_pushed (const TnAnnounce *self, GArray *pushed)
{
  Way all = WAY_NONE;

  for (guint i = 0; i < self->n; i++)
    {
      Way way = is_in_hand (self, i) ? WAY_NONE : find_way (&self->before[i], &self->after[i], self->rtl);

      if (way == WAY_NONE)
        continue;
      all = all == WAY_NONE || all == way ? way : WAY_MIXED;
      g_array_append_val (pushed, i);
    }
  return all;
}

/* Whether the one that moved went to where the one in hand was. */
static gboolean
is_swap (const TnAnnounce *self, GArray *pushed)
{
  const TnPlacement *from = &self->before[self->indices[0]];
  const TnPlacement *to;

  if (self->n_indices != 1 || pushed->len != 1 || self->edges != TN_GRID_EDGE_NONE)
    return FALSE;
  to = &self->after[g_array_index (pushed, guint, 0)];
  return to->x == from->x && to->y == from->y;
}

/* Translators: the first %s is a widget and its place, or several; the second are those that give way. */
static char *
describe_push (Way way, gsize n, const char *place, const char *names)
{
  switch (way)
    {
    case WAY_UP:
      return g_strdup_printf (ngettext ("%s, pushes %s up", "%s, push %s up", n), place, names);
    case WAY_DOWN:
      return g_strdup_printf (ngettext ("%s, pushes %s down", "%s, push %s down", n), place, names);
    case WAY_LEFT:
      return g_strdup_printf (ngettext ("%s, pushes %s to the left", "%s, push %s to the left", n), place, names);
    case WAY_RIGHT:
      return g_strdup_printf (ngettext ("%s, pushes %s to the right", "%s, push %s to the right", n), place, names);
    case WAY_SWAP:
      return g_strdup_printf (_("%s, swaps with %s"), place, names);
    case WAY_NONE:
    case WAY_MIXED:
    default:
      return g_strdup_printf (ngettext ("%s, pushes %s away", "%s, push %s away", n), place, names);
    }
}

static char *
describe_place (const TnAnnounce *self)
{
  g_autofree char *name = name_hand (self);
  const TnPlacement *place = gripped (self);

  if (self->edges == TN_GRID_EDGE_NONE)
    return g_strdup_printf (_("%s, column %d row %d"), name, place->x + 1, place->y + 1);
  return g_strdup_printf (_("%s, %d by %d"), name, place->w, place->h);
}

char *
tn_announce_step (const TnAnnounce *self)
{
  g_autofree char *place = describe_place (self);
  g_autoptr (GArray) pushed = g_array_new (FALSE, FALSE, sizeof (guint));
  Way way = list_pushed (self, pushed);
  g_autofree char *names = NULL;

  if (pushed->len == 0)
    return g_steal_pointer (&place);
  names = name_pushed (self, pushed);
  return describe_push (is_swap (self, pushed) ? WAY_SWAP : way, self->n_indices, place, names);
}

/* Which edge of the canvas one of those in hand lies against, on that side. */
static Way
find_edge (const TnAnnounce *self, int columns, int dx, int dy)
{
  for (gsize k = 0; k < self->n_indices; k++)
    {
      const TnPlacement *place = &self->after[self->indices[k]];

      if (dy < 0 && place->y == 0)
        return WAY_UP;
      if (dx < 0 && place->x == 0)
        return self->rtl ? WAY_RIGHT : WAY_LEFT;
      if (dx > 0 && place->x + place->w == columns)
        return self->rtl ? WAY_LEFT : WAY_RIGHT;
    }
  return WAY_NONE;
}

char *
tn_announce_refusal (const TnAnnounce *self, int columns, int dx, int dy)
{
  g_autofree char *name = name_hand (self);
  gboolean resize = self->edges != TN_GRID_EDGE_NONE;

  if (resize && (dx < 0 || dy < 0))
    return g_strdup_printf (_("%s can’t be smaller"), name);
  switch (find_edge (self, columns, dx, dy))
    {
    case WAY_UP:
      return g_strdup_printf (_("%s, at the top"), name);
    case WAY_LEFT:
      return g_strdup_printf (_("%s, at the left edge"), name);
    case WAY_RIGHT:
      return g_strdup_printf (_("%s, at the right edge"), name);
    default:
      return g_strdup_printf (resize ? _("%s can’t be larger") : _("%s can’t go there"), name);
    }
}
