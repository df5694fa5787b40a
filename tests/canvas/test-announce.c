/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-announce.h"

#define COLUMNS 12

static const char *const titles[] = { "Todo", "Clock", "Notes", "Calendar" };

static const TnPlacement start[] = {
  { .id = "t", .x = 2, .y = 0, .w = 3, .h = 3 },
  { .id = "c", .x = 2, .y = 3, .w = 3, .h = 3 },
  { .id = "n", .x = 6, .y = 0, .w = 3, .h = 3 },
  { .id = "k", .x = 9, .y = 4, .w = 3, .h = 3 },
};

typedef struct
{
  TnPlacement after[4];
  guint indices[4];
  TnAnnounce step;
} Scene;

static void
set_up (Scene *s)
{
  *s = (Scene){ .indices = { 0 } };
  for (gsize i = 0; i < G_N_ELEMENTS (start); i++)
    s->after[i] = start[i];
  s->step = (TnAnnounce){ start, s->after, titles, G_N_ELEMENTS (start), s->indices, 1, TN_GRID_EDGE_NONE, FALSE };
}

static void
move (Scene *s, guint i, int dx, int dy)
{
  s->after[i].x += dx;
  s->after[i].y += dy;
}

static void
assert_says (Scene *s, const char *expected)
{
  g_autofree char *text = tn_announce_step (&s->step);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_refuses (Scene *s, int dx, int dy, const char *expected)
{
  g_autofree char *text = tn_announce_refusal (&s->step, COLUMNS, dx, dy);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_alone (void)
{
  Scene s;

  set_up (&s);
  move (&s, 0, -1, 1);
  assert_says (&s, "Todo, column 2 row 2");
  s.step.edges = TN_GRID_EDGE_RIGHT | TN_GRID_EDGE_BOTTOM;
  s.after[0].w = 4;
  assert_says (&s, "Todo, 4 by 3");
}

static void
test_pushes (void)
{
  static const struct
  {
    int dx, dy;
    gboolean rtl;
    const char *expected;
  } cases[] = {
    { 0, 2, FALSE, "Todo, column 3 row 2, pushes Clock down" },
    { 0, -1, FALSE, "Todo, column 3 row 2, pushes Clock up" },
    { 3, 0, FALSE, "Todo, column 3 row 2, pushes Clock to the right" },
    { -2, 1, FALSE, "Todo, column 3 row 2, pushes Clock to the left" },
    { 3, 0, TRUE, "Todo, column 3 row 2, pushes Clock to the left" },
    { -2, 0, TRUE, "Todo, column 3 row 2, pushes Clock to the right" },
    { 1, 2, TRUE, "Todo, column 3 row 2, pushes Clock down" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Scene s;

      set_up (&s);
      s.step.rtl = cases[i].rtl;
      move (&s, 0, 0, 1);
      move (&s, 1, cases[i].dx, cases[i].dy);
      assert_says (&s, cases[i].expected);
    }
}

static void
test_pushes_many (void)
{
  Scene s;

  set_up (&s);
  move (&s, 0, 0, 1);
  move (&s, 1, 0, 1);
  move (&s, 2, 0, 4);
  assert_says (&s, "Todo, column 3 row 2, pushes Clock and Notes down");
  move (&s, 3, 0, 2);
  assert_says (&s, "Todo, column 3 row 2, pushes Clock and 2 more down");
  move (&s, 3, -9, -2);
  assert_says (&s, "Todo, column 3 row 2, pushes Clock and 2 more away");
}

static void
test_swaps (void)
{
  Scene s;

  set_up (&s);
  move (&s, 0, 0, 3);
  move (&s, 1, 0, -3);
  assert_says (&s, "Todo, column 3 row 4, swaps with Clock");
  /* A resize never does. */
  s.step.edges = TN_GRID_EDGE_BOTTOM;
  assert_says (&s, "Todo, 3 by 3, pushes Clock up");
}

static void
test_group (void)
{
  Scene s;

  set_up (&s);
  s.indices[1] = 2;
  s.step.n_indices = 2;
  move (&s, 0, 0, 1);
  move (&s, 2, 0, 1);
  assert_says (&s, "Todo and 1 more, column 3 row 2");
  move (&s, 1, 0, 2);
  assert_says (&s, "Todo and 1 more, column 3 row 2, push Clock down");
}

static void
test_refusals (void)
{
  Scene s;

  set_up (&s);
  assert_refuses (&s, 0, -1, "Todo, at the top");
  assert_refuses (&s, 1, 0, "Todo can’t go there");
  s.after[0].x = 0;
  assert_refuses (&s, -1, 0, "Todo, at the left edge");
  s.step.rtl = TRUE;
  assert_refuses (&s, -1, 0, "Todo, at the right edge");
  s.after[0].x = COLUMNS - 3;
  assert_refuses (&s, 1, 0, "Todo, at the left edge");
  s.step.edges = TN_GRID_EDGE_RIGHT | TN_GRID_EDGE_BOTTOM;
  assert_refuses (&s, 1, 0, "Todo, at the left edge");
  assert_refuses (&s, -1, 0, "Todo can’t be smaller");
  assert_refuses (&s, 0, 1, "Todo can’t be larger");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/announce/alone", test_alone);
  g_test_add_func ("/announce/pushes", test_pushes);
  g_test_add_func ("/announce/pushes-many", test_pushes_many);
  g_test_add_func ("/announce/swaps", test_swaps);
  g_test_add_func ("/announce/group", test_group);
  g_test_add_func ("/announce/refusals", test_refusals);
  return g_test_run ();
}
