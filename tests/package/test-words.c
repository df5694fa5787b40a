/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-words.h"

#include <string.h>

typedef struct
{
  const char *name;
  TnWordJudge judge;
  const char *good[16];
  const char *bad[28];
} Group;

static const Group groups[] = {
  { "id",
    tn_word_judge_id,
    { "com.example.todo", "xdc.3f2a", "a.b", "Com.Example.My-App_2", "com.7zip" },
    { "todo", "", ".", "com.", ".com", "com..todo", "com.-todo", "com._x", "com.ex ample", "com.exämple", "com/example",
      "com.example.\n", "../x.y", "com.example.todo/" } },
  { "version",
    tn_word_judge_version,
    { "0.0.0", "1.2.3", "10.20.30", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-0.3.7", "1.0.0-x-y-z.--", "1.0.0+20130313",
      "1.0.0-beta+exp.sha.5114f85", "1.0.0+001", "1.0.0-0a", "1.1.2+meta-valid", "999999999999999.1.1" },
    { "", "1", "1.2", "1.2.3.4", "01.1.1", "1.01.1", "1.1.01", "v1.2.3", "1.2.x", "1.2.-3", "1.2.3-", "1.2.3-01",
      "1.2.3-a..b", "1.2.3+", "1.2.3+a+b", "1.2.3-ä", " 1.2.3", "1.2.3 ", "1.2.3-a_b", "1.2.3\n", "-1.2.3", "1..3",
      "1234567890123456.1.1", "+1.2.3", "1.2.3-+b" } },
  { "range",
    tn_word_judge_range,
    { "^3.1.0", "~1.2", "1.x || >=2.0.0 <3", "*", "latest", "1.0.0 - 2.0.0", "1.0.0-beta+b1" },
    { "git+https://example.com/x.git", "file:../x", "npm:other@1", "user/repo", "1.0.0;rm", "$(x)", "é", "1\n" } },
  { "package",
    tn_word_judge_package,
    { "lit", "@scope/lit", "lit-html", "a.b_c~d", "7zip", "@a/b.c" },
    { "", "Lit", "@scope", "@/x", "@scope/", "@scope/a/b", "a/b", ".lit", "_lit", "@.s/x", "li t", "lit\n", "../x",
      "@scope/../x", "é" } },
  { "file",
    tn_word_judge_file,
    { "index.html", "a/b/c.js", "Ünï cödé.svg", "..a", "a..b/c", ".hidden", "a.b/.c" },
    { "/etc/passwd", "../x", "a/../b", "a/..", "..", ".", "./a", "a/./b", "a//b", "a/", "", "//x", "C:\\x", "a\\b",
      "https://example.com/x", "data:text/html,x", "javascript:1", "file:x", "x?y", "x#y", "%2e%2e/x", "a\nb",
      "\xe2\x80\xae" "gvs.x" } },
  { "label",
    tn_word_judge_label,
    { "Todo", "Aufgaben für Anna", "日本語", "👩‍💻 Work", "a\xc2\xa0z", "", "שלום", "Z\xcc\x81\xcc\x82\xcc\x83\xcc\x84", "कार्य" },
    { "a\nb", "a\tb", "\x1b[31m", "a\x7f", "\xc2\x85", "\xe2\x80\xaeodoT", "a\xe2\x81\xa6z", "a\xe2\x80\xa8z", "a\xe2\x80\xa9z",
      "   ", "\xe2\x80\x8b", "Clock\xe2\x80\x8b", "Clo\xc2\xad" "ck", "\xef\xbb\xbf" "Clock",
      "Z\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85" } },
  { "prose", tn_word_judge_prose, { "One.\nTwo\tthree.", "x" }, { "a\rb", "a\x1b[0m", "\xe2\x80\xad", "\n\n" } },
  { "domain",
    tn_word_judge_domain,
    { "api.example.com", "*.example.com", "localhost", "xn--bcher-kva.example", "10.0.0.1", "A-1.example" },
    { "", "*", "*.", "*.*.com", "a.*.com", "example.*", "-a.com", "a-.com", "a..com", ".com", "com.", "https://a.com",
      "a.com/", "a.com:80", "user@a.com", "bücher.example", "a_b.com", "[::1]", "a com",
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com" } },
  { "address",
    tn_word_judge_address,
    { "https://api.example.com/*", "http://localhost:8080/v1/*", "wss://a.com/", "ws://a.com/x?y=*",
      "HTTPS://A.com/x", "https://*.example.com/*", "https://a.com:65535/" },
    { "", "https://a.com", "https:///x", "//a.com/x", "a.com/x", "ftp://a.com/", "file:///etc/passwd",
      "javascript://a/",
      "https://user@a.com/", "https://user:pw@a.com/", "https://a.com:/x", "https://a.com:0/", "https://a.com:65536/",
      "https://a.com:8a/", "https://a.com:80:80/", "https://*/x", "https://a.*/x", "https://a.com\\@b.com/",
      "https://a.com/ x", "https://a.com/#x", "https://a.com?x=/", "https://a.com/\n", "https://[::1]/",
      "https://bücher.example/", "https://a.com#/", "https://a.com/x/../*", "https://a.com/%2e/*", "https://a.com/é" } },
  { "collection",
    tn_word_judge_collection,
    { "todo.items", "contacts", "self", "a-b_c.d" },
    { "", ".", "a.", "a..b", "a/b", "a b", "é", "-a" } },
  { "hours",
    tn_word_judge_hours,
    { "08:00-18:00", "22:00-06:00", "00:00-24:00" },
    { "", "8:00-18:00", "08:00", "08:00-18:60", "25:00-26:00", "08:00-24:01", "08.00-18.00", "08:00 18:00",
      "aa:bb-cc:dd",
      "08:00-18:0x", "08:000-8:00" } },
  { "rate",
    tn_word_judge_rate,
    { "10/min", "1/min", "999999/min" },
    { "", "/min", "0/min", "01/min", "10", "10/s", "-1/min", "1.5/min", "1000000/min", "10/min ", "10/minute" } },
};

static void
test_judges (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      for (guint k = 0; k < G_N_ELEMENTS (groups[i].good) && groups[i].good[k] != NULL; k++)
        if (groups[i].judge (groups[i].good[k]) != NULL)
          g_error ("%s: “%s” %s", groups[i].name, groups[i].good[k], groups[i].judge (groups[i].good[k]));
      for (guint k = 0; k < G_N_ELEMENTS (groups[i].bad) && groups[i].bad[k] != NULL; k++)
        if (groups[i].judge (groups[i].bad[k]) == NULL)
          g_error ("%s: “%s” is taken", groups[i].name, groups[i].bad[k]);
    }
}

/* The longest that are taken. */
static void
test_lengths (void)
{
  g_autofree char *name = g_strnfill (214, 'a');
  g_autofree char *longer = g_strnfill (215, 'a');
  g_autofree char *domain = g_strnfill (254, 'a');

  g_assert_null (tn_word_judge_package (name));
  g_assert_nonnull (tn_word_judge_package (longer));
  for (guint i = 1; i < 254; i += 2)
    domain[i] = '.';
  g_assert_nonnull (tn_word_judge_domain (domain));
  domain[253] = '\0';
  g_assert_null (tn_word_judge_domain (domain));
}

static void
test_host (void)
{
  static const char *const cases[][2] = {
    { "https://API.example.com/x:y/", "api.example.com" },
    { "wss://*.a.com:80/", "*.a.com" },
    { "HTTP://localhost/", "localhost" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *host = tn_word_address_host (cases[i][0]);

      g_assert_cmpstr (host, ==, cases[i][1]);
    }
}

static void
test_covers (void)
{
  g_assert_true (tn_word_domain_covers ("a.com", "a.com"));
  g_assert_true (tn_word_domain_covers ("A.com", "a.com"));
  g_assert_true (tn_word_domain_covers ("*.a.com", "b.a.com"));
  g_assert_true (tn_word_domain_covers ("*.a.com", "c.b.a.com"));
  g_assert_true (tn_word_domain_covers ("*.a.com", "*.a.com"));
  g_assert_true (tn_word_domain_covers ("*.a.com", "*.b.a.com"));
  g_assert_false (tn_word_domain_covers ("*.a.com", "a.com"));
  g_assert_false (tn_word_domain_covers ("*.a.com", ".a.com"));
  g_assert_false (tn_word_domain_covers ("*.a.com", "evila.com"));
  g_assert_false (tn_word_domain_covers ("*.b.a.com", "*.a.com"));
  g_assert_false (tn_word_domain_covers ("a.com", "b.a.com"));
  g_assert_false (tn_word_domain_covers ("a.com", "*.a.com"));
  g_assert_false (tn_word_domain_covers ("a.com", "a.com.evil.com"));
}

static void
test_fill (void)
{
  g_autofree char *filled = tn_word_fill ("Read “%s” now", "%s%n");
  g_autofree char *plain = tn_word_fill ("Fill the screen", "x");

  g_assert_cmpstr (filled, ==, "Read “%s%n” now");
  g_assert_cmpstr (plain, ==, "Fill the screen");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/judges", test_judges);
  g_test_add_func ("/words/lengths", test_lengths);
  g_test_add_func ("/words/host", test_host);
  g_test_add_func ("/words/covers", test_covers);
  g_test_add_func ("/words/fill", test_fill);
  return g_test_run ();
}
