/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-table.h"
#include "tn-text.h"

static const struct
{
  const char *text;
  const char *safe;
} texts[] = {
  { "Todo", "Todo" },
  { "", "" },
  { "Zeiterfassung – größer", "Zeiterfassung – größer" },
  { "日本語", "日本語" },
  { "\033[2J\033]0;owned\007", "\\u{1B}[2J\\u{1B}]0;owned\\u{7}" },
  { "one\ntwo\r\tthree", "one\\u{A}two\\u{D}\\u{9}three" },
  { "\302\233m", "\\u{9B}m" },                    /* C1 control: another way to begin an escape sequence */
  { "abc\342\200\256txt", "abc\\u{202E}txt" },    /* right-to-left override */
  { "a\342\201\246b", "a\\u{2066}b" },            /* left-to-right isolate */
  { "one\342\200\250two", "one\\u{2028}two" },    /* line separator */
  { "\360\237\221\251\342\200\215\360\237\222\273", "\360\237\221\251\342\200\215\360\237\222\273" }, /* joined emoji */
  { "a\377b", "a\357\277\275b" },                 /* not UTF-8 */
};

static void
test_safe (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *safe = tn_text_make_safe (texts[i].text);

      g_assert_cmpstr (safe, ==, texts[i].safe);
    }
}

/* Whatever the bytes, what comes out is one line of printable UTF-8. */
static void
test_safe_random (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      char bytes[24] = { 0 };
      g_autofree char *safe = NULL;

      for (gsize i = 0; i + 1 < sizeof bytes; i++)
        bytes[i] = g_test_rand_int_range (1, 256);
      safe = tn_text_make_safe (bytes);
      g_assert_true (g_utf8_validate (safe, -1, NULL));
      for (const char *p = safe; *p != '\0'; p = g_utf8_next_char (p))
        g_assert_true (g_unichar_isprint (g_utf8_get_char (p)) || g_utf8_get_char (p) == 0x200C
                       || g_utf8_get_char (p) == 0x200D);
    }
}

static void
test_aligned (void)
{
  g_autoptr (TnTable) table = tn_table_new (3, (const char *[]) { "ID", "NAME", "KEY" });
  g_autofree char *text = NULL;

  tn_table_add (table, (const char *[]) { "com.example.todo", "Todo", "k1" });
  tn_table_add (table, (const char *[]) { "a", NULL, "" });
  tn_table_add (table, (const char *[]) { "b", "日本", "k3" });
  tn_table_add (table, (const char *[]) { "c", "a\314\210o", "k4" }); /* ä as a and a mark */
  text = tn_table_to_string (table);
  g_assert_cmpstr (text, ==,
                   "ID                NAME  KEY\n"
                   "com.example.todo  Todo  k1\n"
                   "a                 –     –\n"
                   "b                 日本  k3\n"
                   "c                 a\314\210o    k4\n");
}

static void
test_without_headings (void)
{
  g_autoptr (TnTable) empty = tn_table_new (2, NULL);
  g_autoptr (TnTable) one = tn_table_new (1, NULL);
  g_autofree char *nothing = tn_table_to_string (empty);
  g_autofree char *line = NULL;

  tn_table_add (one, (const char *[]) { "a\nb" });
  line = tn_table_to_string (one);
  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpstr (line, ==, "a\\u{A}b\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/safe", test_safe);
  g_test_add_func ("/table/safe-random", test_safe_random);
  g_test_add_func ("/table/aligned", test_aligned);
  g_test_add_func ("/table/without-headings", test_without_headings);
  return g_test_run ();
}
