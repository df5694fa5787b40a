/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-json.h"

#include <math.h>
#include <string.h>

#define ROUNDS 3000

/* GLib prints the seed of g_test_rand_int(); --seed repeats a run. */

static JsonNode *random_node (guint depth);

static double
random_double (void)
{
  union
  {
    guint32 words[2];
    double number;
  } bits;

  do
    {
      bits.words[0] = g_test_rand_int ();
      bits.words[1] = g_test_rand_int ();
    }
  while (!isfinite (bits.number));
  return bits.number;
}

static gint64
random_int (void)
{
  guint64 bits = (guint64) (guint32) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();

  return (gint64) bits >> g_test_rand_int_range (0, 64);
}

static char *
random_text (void)
{
  static const gunichar odd[]
    = { '"', '\\', '/', '[', '{', '\n', 1, 0x1f, 0x7f, 0x80, 0x2028, 0xfffd, 0xffff, 0x1f600, 0x10ffff };
  GString *text = g_string_new (NULL);

  for (int i = g_test_rand_int_range (0, 12); i > 0; i--)
    g_string_append_unichar (text, g_test_rand_bit () ? odd[g_test_rand_int_range (0, G_N_ELEMENTS (odd))]
                                                      : (gunichar) g_test_rand_int_range ('a', 'z'));
  return g_string_free (text, FALSE);
}

static JsonNode *
random_container (guint depth)
{
  if (g_test_rand_bit ())
    {
      JsonArray *array = json_array_new ();

      for (int i = g_test_rand_int_range (0, 5); i > 0; i--)
        json_array_add_element (array, random_node (depth + 1));
      return json_node_init_array (json_node_alloc (), array);
    }
  else
    {
      JsonObject *object = json_object_new ();

      for (int i = g_test_rand_int_range (0, 5); i > 0; i--)
        {
          g_autofree char *name = random_text ();

          json_object_set_member (object, name, random_node (depth + 1));
        }
      return json_node_init_object (json_node_alloc (), object);
    }
}

static JsonNode *
random_value (void)
{
  g_autofree char *text = random_text ();

  switch (g_test_rand_int_range (0, 5))
    {
    case 0:
      return json_node_init_int (json_node_alloc (), random_int ());
    case 1:
      return json_node_init_double (json_node_alloc (), random_double ());
    case 2:
      return json_node_init_boolean (json_node_alloc (), g_test_rand_bit ());
    case 3:
      return json_node_init_null (json_node_alloc ());
    default:
      return json_node_init_string (json_node_alloc (), text);
    }
}

static void
drop_extra_ref (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    json_array_unref (json_node_get_array (node));
  if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_unref (json_node_get_object (node));
}

static JsonNode *
random_node (guint depth)
{
  JsonNode *node = depth < 6 && g_test_rand_bit () ? random_container (depth) : random_value ();

  drop_extra_ref (node);
  return node;
}

/* What is written is read back as the same: as our reader sees it, and as json-glib's does. */
static void
test_round_trip (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (JsonNode) node = random_node (0);
      g_autofree char *text = tn_json_to_string (node);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) back = tn_json_parse (text, -1, NULL, &error);
      g_autoptr (JsonNode) theirs = json_from_string (text, NULL);
      g_autofree char *again = NULL;

      if (error != NULL)
        g_error ("%s: %s", text, error->message);
      again = tn_json_to_string (back);
      g_assert_cmpstr (again, ==, text);
      if (!json_node_equal (node, back) || theirs == NULL || !json_node_equal (theirs, back))
        g_error ("%s is read back as something else", text);
    }
}

static void
mutate (GString *text)
{
  static const char pieces[] = "[]{}\",:\\/*#'0123456789eE+-.untrlfasx \n\t\x01\x80\xff";
  gsize at = text->len > 0 ? (gsize) g_test_rand_int_range (0, text->len) : 0;
  char piece = pieces[g_test_rand_int_range (0, sizeof pieces - 1)];

  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      g_string_insert_c (text, at, piece);
      break;
    case 1:
      g_string_erase (text, at, text->len > 0 ? 1 : 0);
      break;
    case 2:
      g_string_truncate (text, at);
      break;
    default:
      if (text->len > 0)
        text->str[at] = piece;
    }
}

/* Whatever stands there: an error that says so, or JSON, which json-glib takes too, as it is laxer. */
static void
test_mutations (void)
{
  guint taken = 0, refused = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (JsonNode) node = random_node (0);
      g_autofree char *start = tn_json_to_string (node);
      g_autoptr (GString) text = g_string_new (start);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) read = NULL;
      g_autoptr (JsonNode) theirs = NULL;
      g_autofree char *again = NULL;

      for (int k = g_test_rand_int_range (1, 4); k > 0; k--)
        mutate (text);
      read = tn_json_parse (text->str, text->len, NULL, &error);
      g_assert_true ((read == NULL) == (error != NULL));
      taken += read != NULL;
      refused += read == NULL;
      if (read == NULL)
        continue;
      again = tn_json_to_string (read);
      theirs = json_from_string (text->str, NULL);
      if (theirs == NULL)
        g_error ("“%s” was taken as %s", text->str, again);
    }
  g_assert_cmpuint (taken, >, ROUNDS / 20);
  g_assert_cmpuint (refused, >, ROUNDS / 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/random/round-trip", test_round_trip);
  g_test_add_func ("/json/random/mutations", test_mutations);
  return g_test_run ();
}
