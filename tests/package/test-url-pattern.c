/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-url-pattern.h"

#include <string.h>

static gboolean
covers (const char *pattern_text, const char *url_text)
{
  TnUrl pattern, url;

  g_assert_true (tn_url_pattern_read (pattern_text, &pattern));
  return tn_url_read (url_text, &url) && tn_url_pattern_covers (&pattern, &url);
}

typedef struct
{
  const char *pattern;
  const char *inside[8], *outside[12];
} Row;

static void
assert_rows (const Row *rows, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      for (gsize k = 0; k < G_N_ELEMENTS (rows[i].inside) && rows[i].inside[k] != NULL; k++)
        if (!covers (rows[i].pattern, rows[i].inside[k]))
          g_error ("“%s” does not cover “%s”", rows[i].pattern, rows[i].inside[k]);
      for (gsize k = 0; k < G_N_ELEMENTS (rows[i].outside) && rows[i].outside[k] != NULL; k++)
        if (covers (rows[i].pattern, rows[i].outside[k]))
          g_error ("“%s” covers “%s”", rows[i].pattern, rows[i].outside[k]);
    }
}

static void
test_scheme_and_port (void)
{
  static const Row rows[] = {
    { "https://a.com/*",
      { "https://a.com/", "HTTPS://a.com/x", "https://a.com:443/", "wss://a.com/", "https://a.com" },
      { "http://a.com/", "ws://a.com/", "https://a.com:444/", "https://a.com:80/", "ftp://a.com/", "//a.com/",
        "https:a.com/", "https:/a.com/", "https:///a.com/", " https://a.com/" } },
    { "http://localhost:8080/*",
      { "http://localhost:8080/x", "ws://localhost:8080/" },
      { "http://localhost/", "http://localhost:80/", "http://localhost:08081/", "http://localhost:/",
        "http://localhost:808/0", "http://localhost:0/", "http://localhost:65536/", "http://localhost:123456/",
        "http://localhost:8080@evil.com/", "http://localhost:80 80/" } },
    { "ws://a.com/", { "http://a.com/", "ws://a.com" }, { "wss://a.com/", "https://a.com/" } },
  };

  assert_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_host (void)
{
  static const Row rows[] = {
    { "https://api.example.com/*",
      { "https://api.example.com/", "https://API.Example.com/" },
      { "https://api.example.com.evil.com/", "https://xapi.example.com/", "https://example.com/",
        "https://api.example.com./", "https://api.example.com@evil.com/", "https://evil.com/https://api.example.com/",
        "https://api.example.com\\@evil.com/", "https://api.example.com%2eevil.com/", "https://api.example.com evil/",
        "https://evil.com#https://api.example.com/", "https://evil.com?https://api.example.com/",
        "https://api.example.com:443.evil.com/" } },
    { "https://*.example.com/*",
      { "https://a.example.com/", "https://a.b.example.com/", "https://A.EXAMPLE.COM/" },
      { "https://example.com/", "https://.example.com/", "https://evilexample.com/", "https://a..example.com/",
        "https://a.example.com.evil/", "https://*.example.com/", "https://evil.com/.example.com/",
        "https://evil.com?.example.com/", "https://evil.com:80.example.com/", "https://averylongnameofonepart/" } },
    { "https://a.-b.com/*", { "https://a.-b.com/" }, { "https://a.-c.com/", "https://a.+b.com/" } },
    /* Other letters only in their xn-- form, so that what looks alike or folds to the same is not the same. */
    { "https://xn--bcher-kva.example/*",
      { "https://xn--bcher-kva.example/", "https://XN--BCHER-KVA.example/" },
      { "https://bücher.example/", "https://b%C3%BCcher.example/", "https://bucher.example/" } },
    { "https://example.com/*",
      { "https://example.com/" },
      { "https://ｅxample.com/", "https://exаmple.com/", "https://example。com/", "https://ex\xc2\xad" "ample.com/",
        "https://exam_ple.com/", "https://[example.com]/", "https://example.com\n.evil.com/", "https:///",
        "https://-/" } },
    /* A name before a number makes no name. */
    { "https://*.0.0.1/*", { NULL }, { "https://127.0.0.1/", "https://a.0.0.1/" } },
    { "https://127.0.0.1/*", { "https://127.0.0.1/" }, { "https://127.1/", "https://0x7f.0.0.1/" } },
  };

  assert_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_path (void)
{
  static const Row rows[] = {
    { "https://a.com/", { "https://a.com/", "https://a.com", "https://a.com/#x" }, { "https://a.com/x", "https://a.com/?" } },
    { "https://a.com/v1/*",
      { "https://a.com/v1/", "https://a.com/v1/x/y", "https://a.com/v1/x?y=/z", "https://a.com/v1/?x",
        "https://a.com/v1/..x", "https://a.com/v1/...", "https://a.com/v1/x?../y", "https://a.com/v1/%2ex" },
      { "https://a.com/v1", "https://a.com/v2/", "https://a.com/v1/../admin", "https://a.com/v1/%2e%2E/admin",
        "https://a.com/v1/.%2e/admin", "https://a.com/v1/x/..", "https://a.com/v1/..%2fadmin",
        "https://a.com/v1/..%5cadmin", "https://a.com/v1/..\\admin", "https://a.com/v1/./x", "https://a.com/v1/x y",
        "https://a.com/v1/\xc3\xa9" } },
    { "https://a.com/v2/*",
      { "https://a.com/v2/%41", "https://a.com/v2/x%2", "https://a.com/v2/.../x", "https://a.com/v2/.x/y" },
      { "https://a.com/v2/x/.%2E/y", "https://a.com/v2/%2e/x" } },
    { "https://a.com/v1/x*",
      { "https://a.com/v1/x", "https://a.com/v1/xy/z", "https://a.com/v1/x?y", "https://a.com/v1/x/y" },
      { "https://a.com/v1/y", "https://a.com/v1/" } },
    { "https://a.com/users/*/items",
      { "https://a.com/users/1/items", "https://a.com/users//items", "https://a.com/users/a-b/items#x" },
      { "https://a.com/users/1/2/items", "https://a.com/users/1/items/", "https://a.com/users/1/items?x",
        "https://a.com/users/x?/items", "https://a.com/users/items", "https://a.com/users/1/item" } },
    { "https://a.com/a*b*c/d",
      { "https://a.com/abc/d", "https://a.com/axbxc/d", "https://a.com/abbcc/d", "https://a.com/acbcbc/d" },
      { "https://a.com/ac/d", "https://a.com/acb/d", "https://a.com/ab/c/d", "https://a.com/abcx/d",
        "https://a.com/a/bc/d" } },
    { "https://a.com/ab*ba", { "https://a.com/abba", "https://a.com/abxba" }, { "https://a.com/aba", "https://a.com/ab" } },
    { "https://a.com/x?k=*",
      { "https://a.com/x?k=", "https://a.com/x?k=1&l=/2?" },
      { "https://a.com/x", "https://a.com/x?l=1", "https://a.com/xyk=", "https://a.com/x/k=" } },
    { "https://a.com/A", { "https://a.com/A" }, { "https://a.com/a", "https://a.com/%41" } },
  };

  assert_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_not_patterns (void)
{
  static const char *const texts[]
    = { "", "https://", "https://*/", "https://a.*/", "https://*.*.com/", "https://a.com", "https://a.com/../x",
        "https://a.com/%2e%2e/*", "a.com/", "https://*./", "https://a.com?x" };
  TnUrl pattern;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("“%s”", texts[i]);
      /* A bare host is an address of its root, also as a pattern; a manifest's has to say so. */
      g_assert_cmpint (tn_url_pattern_read (texts[i], &pattern), ==, g_str_equal (texts[i], "https://a.com"));
    }
}

static void
test_length (void)
{
  g_autoptr (GString) text = g_string_new ("https://a.com/");
  TnUrl url;

  while (text->len < TN_URL_MAX_BYTES)
    g_string_append_c (text, 'a');
  g_assert_true (tn_url_read (text->str, &url));
  g_string_append_c (text, 'a');
  g_assert_false (tn_url_read (text->str, &url));

  g_string_assign (text, "https://");
  while (text->len < 8 + 253)
    g_string_append_c (text, 'a');
  g_assert_true (tn_url_read (text->str, &url));
  g_string_append_c (text, 'a');
  g_assert_false (tn_url_read (text->str, &url));
}

static void
test_hash (void)
{
  TnUrl a, b, c;

  g_assert_true (tn_url_read ("https://A.com/x", &a) && tn_url_read ("http://a.COM:8/", &b)
                 && tn_url_read ("https://b.com/", &c));
  g_assert_cmpuint (tn_url_hash_host (&a), ==, tn_url_hash_host (&b));
  g_assert_cmpuint (tn_url_hash_host (&a), !=, tn_url_hash_host (&c));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/package/url-pattern/scheme-and-port", test_scheme_and_port);
  g_test_add_func ("/package/url-pattern/host", test_host);
  g_test_add_func ("/package/url-pattern/path", test_path);
  g_test_add_func ("/package/url-pattern/not-patterns", test_not_patterns);
  g_test_add_func ("/package/url-pattern/length", test_length);
  g_test_add_func ("/package/url-pattern/hash", test_hash);
  return g_test_run ();
}
