/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-manifest.h"

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/permission/sentences", test_sentences);
  g_test_add_func ("/permission/complete", test_complete);
  return g_test_run ();
}
