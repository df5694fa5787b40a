/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-fault.h"
#include "tn-policy.h"

#define MANIFEST(permissions)                                                                                          \
  "{\"sdk\": 1, \"id\": \"com.example.todo\", \"name\": \"Todo\", \"version\": \"1.0.0\", "                            \
  "\"entryPoint\": \"index.html\", \"security\": {\"allowedDomains\": [\"api.example.com\"]}, "                        \
  "\"permissions\": [" permissions "]}"

#define DECLARED                                                                                                       \
  "{\"type\": \"event\", \"resource\": \"todo.>\", \"actions\": [\"emit\"], \"reason\": \"r\"},"                       \
  "{\"type\": \"event\", \"resource\": \"calendar.*\", \"actions\": [\"listen\"], \"reason\": \"r\"},"                 \
  "{\"type\": \"event\", \"resource\": \"todo.find\", \"actions\": [\"respond\"], \"reason\": \"r\"},"                 \
  "{\"type\": \"network\", \"resource\": \"https://api.example.com/v1/*\", \"actions\": [\"read\"], "                  \
  "\"reason\": \"r\"},"                                                                                                \
  "{\"type\": \"data\", \"resource\": \"contacts\", \"actions\": [\"read\"], \"reason\": \"r\"},"                      \
  "{\"type\": \"ui\", \"resource\": \"title\", \"actions\": [\"write\"], \"reason\": \"r\"}"

static TnManifest *
parse (const char *text)
{
  g_autoptr (GPtrArray) faults = NULL;
  TnManifest *manifest = tn_manifest_parse (text, -1, &faults);

  for (guint i = 0; faults != NULL && i < faults->len; i++)
    g_test_message ("%s: %s", ((TnFault *) faults->pdata[i])->pointer, ((TnFault *) faults->pdata[i])->message);
  g_assert_nonnull (manifest);
  return manifest;
}

typedef struct
{
  TnPermissionType type;
  const char *resource;
  TnPermissionActions action;
  gboolean allowed;
} Case;

static void
assert_cases (TnManifest *manifest, const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_test_message ("type %d, resource “%s”, action %d", cases[i].type, cases[i].resource, cases[i].action);
      g_assert_cmpint (tn_policy_allows (manifest, cases[i].type, cases[i].resource, cases[i].action), ==,
                       cases[i].allowed);
    }
}

static void
test_events (void)
{
  static const Case cases[] = {
    { TN_PERMISSION_EVENT, "todo.item.done", TN_ACTION_EMIT, TRUE },
    { TN_PERMISSION_EVENT, "todo", TN_ACTION_EMIT, FALSE },
    { TN_PERMISSION_EVENT, "host.theme", TN_ACTION_EMIT, FALSE },
    { TN_PERMISSION_EVENT, "todo.item.done", TN_ACTION_LISTEN, FALSE },
    { TN_PERMISSION_EVENT, "calendar.day", TN_ACTION_LISTEN, TRUE },
    { TN_PERMISSION_EVENT, "calendar.*", TN_ACTION_LISTEN, TRUE },
    { TN_PERMISSION_EVENT, "calendar.day", TN_ACTION_EMIT, FALSE },
    { TN_PERMISSION_EVENT, "calendar.>", TN_ACTION_LISTEN, FALSE },
    { TN_PERMISSION_EVENT, "*.day", TN_ACTION_LISTEN, FALSE },
    { TN_PERMISSION_EVENT, ">", TN_ACTION_LISTEN, FALSE },
    { TN_PERMISSION_EVENT, "todo.find", TN_ACTION_RESPOND, TRUE },
    { TN_PERMISSION_EVENT, "todo.find.all", TN_ACTION_RESPOND, FALSE },
    /* Only listeners name patterns, though a declared one would cover it. */
    { TN_PERMISSION_EVENT, "todo.*", TN_ACTION_EMIT, FALSE },
    { TN_PERMISSION_EVENT, "todo.>", TN_ACTION_EMIT, FALSE },
    { TN_PERMISSION_EVENT, "todo..done", TN_ACTION_EMIT, FALSE },
    { TN_PERMISSION_EVENT, "", TN_ACTION_LISTEN, FALSE },
  };
  g_autoptr (TnManifest) manifest = parse (MANIFEST (DECLARED));

  assert_cases (manifest, cases, G_N_ELEMENTS (cases));
}

static void
test_others (void)
{
  static const Case cases[] = {
    { TN_PERMISSION_NETWORK, "https://api.example.com/v1/items", TN_ACTION_READ, TRUE },
    { TN_PERMISSION_NETWORK, "https://api.example.com/v1/items", TN_ACTION_WRITE, FALSE },
    { TN_PERMISSION_NETWORK, "https://api.example.com/v2/items", TN_ACTION_READ, FALSE },
    { TN_PERMISSION_NETWORK, "http://api.example.com/v1/items", TN_ACTION_READ, FALSE },
    { TN_PERMISSION_NETWORK, "https://api.example.com.evil.test/v1/", TN_ACTION_READ, FALSE },
    { TN_PERMISSION_DATA, "contacts", TN_ACTION_READ, TRUE },
    { TN_PERMISSION_DATA, "contacts", TN_ACTION_WRITE, FALSE },
    { TN_PERMISSION_DATA, "mail", TN_ACTION_READ, FALSE },
    { TN_PERMISSION_UI, "title", TN_ACTION_WRITE, TRUE },
    { TN_PERMISSION_UI, "badge", TN_ACTION_WRITE, FALSE },
    /* What is declared for one type says nothing of another. */
    { TN_PERMISSION_API, "title", TN_ACTION_WRITE, FALSE },
    { TN_PERMISSION_API, "contacts", TN_ACTION_READ, FALSE },
    { TN_PERMISSION_NETWORK, "todo.find", TN_ACTION_RESPOND, FALSE },
  };
  g_autoptr (TnManifest) manifest = parse (MANIFEST (DECLARED));

  assert_cases (manifest, cases, G_N_ELEMENTS (cases));
}

static void
test_actions_one_at_a_time (void)
{
  static const Case cases[] = {
    { TN_PERMISSION_DATA, "contacts", 0, FALSE },
    { TN_PERMISSION_DATA, "contacts", TN_ACTION_READ | TN_ACTION_WRITE, FALSE },
    { TN_PERMISSION_EVENT, "todo.item", TN_ACTION_EMIT | TN_ACTION_LISTEN, FALSE },
  };
  g_autoptr (TnManifest) manifest = parse (MANIFEST (DECLARED));

  assert_cases (manifest, cases, G_N_ELEMENTS (cases));
}

static void
test_nothing_declared (void)
{
  static const Case cases[] = {
    { TN_PERMISSION_DATA, "self", TN_ACTION_READ, TRUE },
    { TN_PERMISSION_DATA, "self", TN_ACTION_WRITE, TRUE },
    { TN_PERMISSION_DATA, "self", TN_ACTION_EMIT, FALSE },
    { TN_PERMISSION_DATA, "Self", TN_ACTION_READ, FALSE },
    { TN_PERMISSION_API, "self", TN_ACTION_READ, FALSE },
    { TN_PERMISSION_EVENT, "self", TN_ACTION_LISTEN, FALSE },
    { TN_PERMISSION_EVENT, "a", TN_ACTION_EMIT, FALSE },
    { TN_PERMISSION_NETWORK, "https://api.example.com/", TN_ACTION_READ, FALSE },
    { TN_PERMISSION_UI, "title", TN_ACTION_WRITE, FALSE },
  };
  g_autoptr (TnManifest) manifest = parse (MANIFEST (""));

  assert_cases (manifest, cases, G_N_ELEMENTS (cases));
}

static void
test_host_events_are_the_hosts (void)
{
  g_autoptr (TnManifest) manifest = parse (
    MANIFEST ("{\"type\": \"event\", \"resource\": \">\", \"actions\": [\"emit\", \"listen\"], \"reason\": \"r\"}"));
  static const Case cases[] = {
    { TN_PERMISSION_EVENT, "host.tile.state", TN_ACTION_EMIT, FALSE },
    { TN_PERMISSION_EVENT, "host.tile.state", TN_ACTION_LISTEN, TRUE },
    { TN_PERMISSION_EVENT, "hostel.full", TN_ACTION_EMIT, TRUE },
  };

  assert_cases (manifest, cases, G_N_ELEMENTS (cases));
}

static void
test_conditions_are_not_waved_through (void)
{
  g_autoptr (TnManifest) manifest
    = parse (MANIFEST ("{\"type\": \"event\", \"resource\": \"todo.>\", \"actions\": [\"emit\"], "
                       "\"when\": [\"visible\"], \"reason\": \"r\"}"));
  static const Case cases[] = { { TN_PERMISSION_EVENT, "todo.item", TN_ACTION_EMIT, FALSE } };

  assert_cases (manifest, cases, G_N_ELEMENTS (cases));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/policy/events", test_events);
  g_test_add_func ("/policy/others", test_others);
  g_test_add_func ("/policy/actions-one-at-a-time", test_actions_one_at_a_time);
  g_test_add_func ("/policy/nothing-declared", test_nothing_declared);
  g_test_add_func ("/policy/host-events", test_host_events_are_the_hosts);
  g_test_add_func ("/policy/conditions", test_conditions_are_not_waved_through);
  return g_test_run ();
}
