/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-url.h"

#include <string.h>

/* NULL: refused. */
static const struct
{
  const char *base, *text, *form;
} urls[] = {
  { NULL, "https://example.com", "https://example.com/" },
  { NULL, "HTTPS://EXAMPLE.com/A", "https://example.com/A" },
  { NULL, "https://example.com:443/a?b=c&d", "https://example.com/a?b=c&d" },
  { NULL, "http://example.com:443/", "http://example.com:443/" },
  { NULL, "http://example.com:80/", "http://example.com/" },
  { NULL, "wss://example.com:443/live", "wss://example.com/live" },
  { NULL, "https://example.com/a#secret", "https://example.com/a" },
  { NULL, "https://example.com/a%20b?x=%22", "https://example.com/a%20b?x=%22" },
  { NULL, "https://example.com/?q={a|b}^`\\", "https://example.com/?q={a|b}^`\\" },
  { NULL, "https://b\303\274cher.example/", "https://xn--bcher-kva.example/" },
  { NULL, "https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/" },
  { NULL, "https://\357\275\205xample.com/", "https://example.com/" },
  { NULL, "http://127.0.0.1:8080/", "http://127.0.0.1:8080/" },
  { NULL, "http://[::1]:8080/", "http://[::1]:8080/" },
  { NULL, "http://[FE80::1]/", "http://[fe80::1]/" },
  { NULL, "https://example.com/a..b/.c/", "https://example.com/a..b/.c/" },

  { NULL, "", NULL },
  { NULL, "example.com/a", NULL },
  { NULL, "/a", NULL },
  { NULL, "//example.com/a", NULL },
  { NULL, "https:///a", NULL },
  { NULL, "https:a", NULL },
  { NULL, "file:///etc/passwd", NULL },
  { NULL, "ftp://example.com/", NULL },
  { NULL, "data:text/plain,a", NULL },
  { NULL, "javascript://example.com/%0aalert(1)", NULL },
  { NULL, "tn-app://abc/", NULL },
  { NULL, "https://user@example.com/", NULL },
  { NULL, "https://user:password@example.com/", NULL },
  { NULL, "https://good.example@evil.example/", NULL },
  { NULL, "https://good.example\\@evil.example/", NULL },
  { NULL, "https://good.example\\.evil.example/", NULL },
  { NULL, "https://exam ple.com/", NULL },
  { NULL, "https://exam%00ple.com/", NULL },
  { NULL, "https://example.com%2f.evil.example/", NULL },
  { NULL, "https://example.com:99999/", NULL },
  { NULL, "https://example.com:x/", NULL },
  { NULL, "https://example.com/a b", "https://example.com/a%20b" },
  { NULL, "https://example.com/a\r\nX: y", "https://example.com/a%0D%0AX:%20y" },
  { NULL, "https://example.com/a?b\r\nX: y", "https://example.com/a?b%0D%0AX:%20y" },
  { NULL, "https://example.com/\303\274", "https://example.com/%C3%BC" },
  { NULL, "https://example.com/public/../private", "https://example.com/private" },
  { NULL, "https://example.com/public/./a", "https://example.com/public/a" },
  { NULL, "https://example.com/public/%2e%2e/private", "https://example.com/private" },
  { NULL, "https://example.com/public/.%2E/private", "https://example.com/private" },
  { NULL, "https://example.com/public%2f..%2fprivate", NULL },
  { NULL, "https://example.com/public%5c..%5cprivate", NULL },
  { NULL, "https://example.com/a%zz", NULL },
  { NULL, "http://[::1%25eth0]/", NULL },

  { "https://example.com/a/b?c", "d", "https://example.com/a/d" },
  { "https://example.com/a/b?c", "/d?e#f", "https://example.com/d?e" },
  { "https://example.com/a/b", "../../d", "https://example.com/d" },
  { "https://example.com/a/b", "//evil.example/d", "https://evil.example/d" },
  { "https://example.com/a/b", "http://other.example", "http://other.example/" },
  { "https://example.com/a/b", "%2e%2e/d", "https://example.com/d" },
  { "https://example.com/a/b", "file:///etc/passwd", NULL },
};

static void
test_forms (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GUri) base = urls[i].base != NULL ? tn_url_parse (NULL, urls[i].base, NULL) : NULL;
      g_autoptr (GUri) url = tn_url_parse (base, urls[i].text, &error);
      g_autofree char *form = url != NULL ? tn_url_to_string (url) : NULL;

      g_test_message ("%s", urls[i].text);
      g_assert_cmpstr (form, ==, urls[i].form);
      if (form == NULL)
        g_assert_error (error, TN_NET_ERROR, TN_NET_ERROR_URL);
    }
}

/* What was read once reads as the same. */
static void
test_settled (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    if (urls[i].form != NULL)
      {
        g_autoptr (GUri) url = tn_url_parse (NULL, urls[i].form, NULL);
        g_autofree char *form = url != NULL ? tn_url_to_string (url) : NULL;

        g_assert_cmpstr (form, ==, urls[i].form);
      }
}

static void
test_too_long (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *tail = g_strnfill (9000, 'a');
  g_autofree char *text = g_strconcat ("https://example.com/", tail, NULL);

  g_assert_null (tn_url_parse (NULL, text, &error));
  g_assert_error (error, TN_NET_ERROR, TN_NET_ERROR_URL);
}

static void
test_origins (void)
{
  g_autoptr (GUri) a = tn_url_parse (NULL, "https://example.com/a", NULL);
  g_autoptr (GUri) b = tn_url_parse (NULL, "https://EXAMPLE.com:443/b", NULL);
  g_autoptr (GUri) c = tn_url_parse (NULL, "http://example.com/a", NULL);
  g_autoptr (GUri) d = tn_url_parse (NULL, "https://example.com:8443/a", NULL);
  g_autoptr (GUri) e = tn_url_parse (NULL, "https://www.example.com/a", NULL);

  g_assert_true (tn_url_is_same_origin (a, b));
  g_assert_false (tn_url_is_same_origin (a, c));
  g_assert_false (tn_url_is_same_origin (a, d));
  g_assert_false (tn_url_is_same_origin (a, e));
  g_assert_cmpuint (tn_url_get_port (a), ==, 443);
  g_assert_cmpuint (tn_url_get_port (d), ==, 8443);
  g_assert_true (tn_url_is_secure (a));
  g_assert_false (tn_url_is_secure (c));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/url/forms", test_forms);
  g_test_add_func ("/url/settled", test_settled);
  g_test_add_func ("/url/too-long", test_too_long);
  g_test_add_func ("/url/origins", test_origins);
  return g_test_run ();
}
