/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

#define MUTATIONS 300

static char *corpus;

/* An input that is exactly as long as it says, so that a sanitizer sees a byte too many. */
static void
try_input (const GString *input)
{
  g_autofree guint8 *exact = g_memdup2 (input->str, input->len);

  LLVMFuzzerTestOneInput (exact, input->len);
}

static void
mutate (GString *input)
{
  static const char telling[] = "\"{}[],:\\/-09etx.*>";
  gsize at = (gsize) g_test_rand_int_range (0, MAX (1, input->len));
  char byte = g_test_rand_bit () ? (char) g_test_rand_int_range (0, 256)
                                 : telling[g_test_rand_int_range (0, sizeof telling - 1)];
  gsize few = (gsize) g_test_rand_int_range (1, 9);

  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      g_string_insert_c (input, at, byte);
      break;
    case 1:
      g_string_erase (input, at, MIN (input->len - at, few));
      break;
    case 2:
      g_string_insert_len (input, at, input->str, MIN (input->len, 40));
      break;
    default:
      if (at < input->len)
        input->str[at] = byte;
    }
}

static void
replay_file (const char *path)
{
  g_autofree char *content = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < MUTATIONS; i++)
    {
      g_autoptr (GString) input = g_string_new_len (content, length);

      for (guint k = 0; k < i % 4; k++)
        mutate (input);
      try_input (input);
    }
}

/* Every file of the corpus as it is, and changed at random by the seed that GLib prints. */
static void
test_corpus (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (corpus, 0, &error);
  const char *name;
  guint n = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (corpus, name, NULL);

      replay_file (path);
      n++;
    }
  g_assert_cmpuint (n, >, 0);
}

static void
test_empty (void)
{
  LLVMFuzzerTestOneInput ((const guint8 *) "", 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  corpus = argv[1];
  g_test_add_func ("/fuzz/empty", test_empty);
  g_test_add_func ("/fuzz/corpus", test_corpus);
  return g_test_run ();
}
