/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-ring.h"

/* Random pushes and pops against a GQueue; items are numbers, never 0. */
static void
test_as_queue (void)
{
  for (guint capacity = 1; capacity <= 40; capacity++)
    {
      g_autoptr (GQueue) model = g_queue_new ();
      TnRing ring;

      tn_ring_init (&ring, capacity, NULL, 0);
      for (guint i = 1; i <= 2000; i++)
        {
          if (g_test_rand_int_range (0, 100) < (int) (i / 20))
            {
              gpointer expected = model->length == capacity ? g_queue_pop_head (model) : NULL;

              g_queue_push_tail (model, GUINT_TO_POINTER (i));
              g_assert_true (tn_ring_push (&ring, GUINT_TO_POINTER (i)) == expected);
            }
          else
            g_assert_true (tn_ring_pop (&ring) == g_queue_pop_head (model));
          g_assert_cmpuint (ring.length, ==, model->length);
          g_assert_cmpuint (ring.n_slots, <=, capacity);
        }
      tn_ring_clear (&ring);
    }
}

static void
test_takes_memory_as_it_fills (void)
{
  TnRing ring;

  tn_ring_init (&ring, G_MAXUINT, NULL, 0);
  g_assert_cmpuint (ring.n_slots, ==, 0);
  g_assert_null (tn_ring_pop (&ring));
  for (guint i = 1; i <= 100; i++)
    g_assert_null (tn_ring_push (&ring, GUINT_TO_POINTER (i)));
  g_assert_cmpuint (ring.n_slots, <=, 200);
  for (guint i = 1; i <= 100; i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (tn_ring_pop (&ring)), ==, i);
  tn_ring_clear (&ring);
  g_assert_null (ring.slots);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ring/as-queue", test_as_queue);
  g_test_add_func ("/ring/takes-memory-as-it-fills", test_takes_memory_as_it_fills);
  return g_test_run ();
}
