/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-cli.h"

#include <string.h>

/* Longer ones are no slip of any word; it bounds the cost of a hostile line. */
#define LONGEST_WORD 63

/* @rows: the last two rows of the table and the one being filled, each strlen (@b) + 1 long */
static guint
next_cell (guint *rows[3], const char *a, const char *b, gsize i, gsize j)
{
  guint same = g_ascii_tolower (a[i - 1]) == g_ascii_tolower (b[j - 1]) ? 0 : 1;
  guint best = MIN (MIN (rows[1][j] + 1, rows[2][j - 1] + 1), rows[1][j - 1] + same);

  if (i > 1 && j > 1 && g_ascii_tolower (a[i - 1]) == g_ascii_tolower (b[j - 2])
      && g_ascii_tolower (a[i - 2]) == g_ascii_tolower (b[j - 1]))
    best = MIN (best, rows[0][j - 2] + 1);
  return best;
}

static guint
count_slips (const char *a, const char *b)
{
  guint storage[3][LONGEST_WORD + 1];
  guint *rows[3] = { storage[0], storage[1], storage[2] };
  gsize a_length = MIN (strlen (a), LONGEST_WORD);
  gsize b_length = MIN (strlen (b), LONGEST_WORD);

  for (gsize j = 0; j <= b_length; j++)
    rows[2][j] = j;
  for (gsize i = 1; i <= a_length; i++)
    {
      guint *oldest = rows[0];

      rows[0] = rows[1];
      rows[1] = rows[2];
      rows[2] = oldest;
      rows[2][0] = i;
      for (gsize j = 1; j <= b_length; j++)
        rows[2][j] = next_cell (rows, a, b, i, j);
    }
  return rows[2][b_length];
}

gsize
tn_cli_find_nearest (const char *typed, const char *const *words, gsize n)
{
  guint fewest = G_MAXUINT;
  gsize nearest = 0;

  g_return_val_if_fail (typed != NULL && n > 0, 0);

  for (gsize i = 0; i < n; i++)
    {
      guint slips = count_slips (typed, words[i]);

      if (slips < fewest)
        {
          fewest = slips;
          nearest = i;
        }
    }
  return nearest;
}
