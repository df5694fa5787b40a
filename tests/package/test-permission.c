/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-manifest-private.h"
#include "tn-permission.h"

#include <string.h>

#define READ TN_ACTION_READ
#define WRITE TN_ACTION_WRITE
#define SOCKET TN_ACTION_SOCKET
#define EMIT TN_ACTION_EMIT
#define LISTEN TN_ACTION_LISTEN
#define RESPOND TN_ACTION_RESPOND

static const struct
{
  TnPermission permission;
  const char *sentence;
} cases[] = {
  { { TN_PERMISSION_NETWORK, (char *) "https://a.com/*", READ }, "Load data from “https://a.com/*”" },
  { { TN_PERMISSION_NETWORK, (char *) "https://a.com/*", READ | WRITE },
    "Load data from and send data to “https://a.com/*”" },
  { { TN_PERMISSION_NETWORK, (char *) "https://a.com/*", READ | WRITE | SOCKET },
    "Load data from, send data to and keep a live connection to “https://a.com/*”" },
  { { TN_PERMISSION_EVENT, (char *) "todo.item.*", EMIT }, "Send events called “todo.item.*”" },
  { { TN_PERMISSION_EVENT, (char *) "todo.>", EMIT | LISTEN }, "Send and receive events called “todo.>”" },
  { { TN_PERMISSION_EVENT, (char *) "todo.>", EMIT | LISTEN | RESPOND },
    "Send and receive events and answer requests called “todo.>”" },
  { { TN_PERMISSION_EVENT, (char *) ">", LISTEN }, "Receive the events of all apps" },
  { { TN_PERMISSION_EVENT, (char *) ">", EMIT | RESPOND }, "Send events and answer requests called “>”" },
  { { TN_PERMISSION_DATA, (char *) "self", READ | WRITE }, "Keep data of its own" },
  { { TN_PERMISSION_DATA, (char *) "contacts", READ }, "Read “contacts”, which another app keeps" },
  { { TN_PERMISSION_DATA, (char *) "contacts", READ | WRITE }, "Read and change “contacts”, which another app keeps" },
  { { TN_PERMISSION_API, (char *) "notifications", WRITE }, "Show notifications" },
  { { TN_PERMISSION_API, (char *) "clipboard", READ }, "Read what is on the clipboard" },
  { { TN_PERMISSION_API, (char *) "clipboard", READ | WRITE }, "Read and replace what is on the clipboard" },
  { { TN_PERMISSION_API, (char *) "ai.chat", READ | WRITE }, "Talk to your AI service, which may cost you money" },
  { { TN_PERMISSION_UI, (char *) "fullscreen", WRITE }, "Fill the whole screen" },
};

static void
test_sentences (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sentence = tn_permission_describe (&cases[i].permission);

      g_assert_cmpstr (sentence, ==, cases[i].sentence);
    }
}

/* Every set of actions that a manifest can ask for has a sentence, and no two sets of one resource have the same where
 * the difference matters. */
static void
test_complete (void)
{
  static const struct
  {
    TnPermissionType type;
    TnPermissionActions all;
    const char *resources[8];
    gboolean distinct;
  } groups[] = {
    { TN_PERMISSION_NETWORK, READ | WRITE | SOCKET, { "https://a.com/" }, TRUE },
    { TN_PERMISSION_EVENT, EMIT | LISTEN | RESPOND, { "a.b", ">" }, TRUE },
    { TN_PERMISSION_DATA, READ | WRITE, { "contacts" }, TRUE },
    { TN_PERMISSION_API, READ | WRITE, { "clipboard", "files" }, TRUE },
    { TN_PERMISSION_API, READ | WRITE, { "notifications", "open-link", "geolocation", "system", "ai.chat" }, FALSE },
    { TN_PERMISSION_UI, WRITE, { "title", "badge", "fullscreen" }, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    for (guint k = 0; groups[i].resources[k] != NULL; k++)
      {
        g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

        for (guint actions = groups[i].all; actions != 0; actions = (actions - 1) & groups[i].all)
          {
            TnPermission permission = { groups[i].type, (char *) groups[i].resources[k], actions, NULL };
            char *sentence = tn_permission_describe (&permission);

            g_assert_nonnull (sentence);
            g_assert_null (strstr (sentence, "%s"));
            g_assert_true (g_hash_table_add (seen, sentence) || !groups[i].distinct);
          }
      }
}

static void
test_names (void)
{
  static const char *const names[] = { "network", "event", "data", "api", "ui" };
  g_autofree char *some = tn_permission_action_names (WRITE | READ), *none = tn_permission_action_names (0);
  g_autofree char *others = tn_permission_action_names (RESPOND | SOCKET | EMIT | LISTEN);
  TnPermissionType type;
  TnPermissionActions action;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_true (tn_permission_type_from_name (names[i], &type));
      g_assert_cmpstr (tn_permission_type_name (type), ==, names[i]);
    }
  g_assert_false (tn_permission_type_from_name ("file", &type));
  g_assert_false (tn_permission_action_from_name ("raise", &action));
  g_assert_cmpstr (some, ==, "read,write");
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (others, ==, "socket,emit,listen,respond");
}

static void
test_terms (void)
{
  static const struct
  {
    TnTerms terms;
    const char *names, *words;
  } rows[] = {
    { { FALSE }, "", "" },
    { { TRUE, TRUE, 480, 1080, 10 }, "visible,click,08:00-18:00,10/min",
      "only while it is in sight, only right after a click, only from 08:00 to 18:00, at most 10 times a minute" },
    { { FALSE, FALSE, 1320, 365, 1 }, "22:00-06:05,1/min", "only from 22:00 to 06:05, at most 1 time a minute" },
    { { FALSE, TRUE }, "click", "only right after a click" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *names = tn_permission_term_names (&rows[i].terms);
      g_autofree char *words = tn_permission_describe_terms (&rows[i].terms);

      g_assert_cmpstr (names, ==, rows[i].names);
      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

/* No manifest that was taken asks for these. */
static void
test_no_sentence (void)
{
  static const TnPermission permissions[] = {
    { TN_PERMISSION_API, (char *) "teleport", READ },
    { TN_PERMISSION_UI, (char *) "everything", WRITE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (permissions); i++)
    {
      g_autofree char *sentence = tn_permission_describe (&permissions[i]);

      g_assert_null (sentence);
    }
}

static void
test_resources (void)
{
  static const struct
  {
    TnPermissionType type;
    const char *good, *bad;
  } rows[] = {
    { TN_PERMISSION_NETWORK, "https://a.com/*", "a.com" }, { TN_PERMISSION_EVENT, "todo.>", "todo..x" },
    { TN_PERMISSION_DATA, "contacts", "Con tacts" },       { TN_PERMISSION_API, "clipboard", "teleport" },
    { TN_PERMISSION_UI, "title", "everything" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_null (tn_permission_judge_resource (rows[i].type, rows[i].good));
      g_assert_nonnull (tn_permission_judge_resource (rows[i].type, rows[i].bad));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/permission/sentences", test_sentences);
  g_test_add_func ("/permission/complete", test_complete);
  g_test_add_func ("/permission/no-sentence", test_no_sentence);
  g_test_add_func ("/permission/resources", test_resources);
  g_test_add_func ("/permission/names", test_names);
  g_test_add_func ("/permission/terms", test_terms);
  return g_test_run ();
}
