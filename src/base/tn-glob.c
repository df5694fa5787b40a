/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-glob.h"

#include <string.h>

#define WORD_BITS 64
#define MAX_WORDS (TN_GLOB_MAX_BYTES / WORD_BITS + 1)
#define N_BYTES 256

/* In state n the first n bytes of the pattern, stars left out, are matched. A star lets its state stay. */
typedef struct
{
  guint last;
  guint n_words;
  guint64 stay[MAX_WORDS];     /* at any byte */
  guint64 stay_in[MAX_WORDS];  /* at a byte inside a character, the first of which "?" took */
  guint64 *step;               /* [byte * n_words]: those that go on to the next state at that byte */
} Automaton;

static gboolean
is_inside_character (guint byte)
{
  return (byte & 0xc0) == 0x80;
}

static void
set_bit (guint64 *words, guint bit)
{
  words[bit / WORD_BITS] |= G_GUINT64_CONSTANT (1) << (bit % WORD_BITS);
}

static gboolean
get_bit (const guint64 *words, guint bit)
{
  return (words[bit / WORD_BITS] >> (bit % WORD_BITS)) & 1;
}

static void
automaton_init (Automaton *self, const char *pattern, gsize length)
{
  *self = (Automaton){ .n_words = length / WORD_BITS + 1 };
  self->step = g_new0 (guint64, N_BYTES * self->n_words);
  for (const guchar *c = (const guchar *) pattern; *c != '\0'; c++)
    {
      if (*c == '*')
        {
          set_bit (self->stay, self->last);
          continue;
        }
      for (guint byte = 0; byte < N_BYTES; byte++)
        if (byte == *c || (*c == '?' && !is_inside_character (byte)))
          set_bit (self->step + byte * self->n_words, self->last);
      self->last++;
      if (*c == '?')
        set_bit (self->stay_in, self->last);
    }
}

static void
automaton_take (const Automaton *self, guint64 *states, guchar byte)
{
  const guint64 *step = self->step + byte * self->n_words;
  guint64 carry = 0;

  for (guint i = 0; i < self->n_words; i++)
    {
      guint64 stay = self->stay[i] | (is_inside_character (byte) ? self->stay_in[i] : 0);
      guint64 leaving = states[i] & step[i];

      states[i] = (states[i] & stay) | (leaving << 1) | carry;
      carry = leaving >> (WORD_BITS - 1);
    }
}

gboolean
tn_glob_match (const char *pattern, const char *text)
{
  gsize length = strnlen (pattern, TN_GLOB_MAX_BYTES + 1);
  guint64 states[MAX_WORDS] = { 1 };
  Automaton automaton;

  if (length > TN_GLOB_MAX_BYTES)
    return FALSE;
  automaton_init (&automaton, pattern, length);
  for (const char *c = text; *c != '\0'; c++)
    automaton_take (&automaton, states, *c);
  g_free (automaton.step);
  return get_bit (states, automaton.last);
}
