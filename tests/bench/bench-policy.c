/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <time.h>

#include "tn-policy.h"

#define APPS 5
#define ENTRIES 200 /* as many as a manifest may have */
#define ROUNDS 200000
#define GOAL_NS 300

typedef struct
{
  TnPermissionType type;
  TnPermissionActions action;
  const char *permission; /* with the entry's number */
  const char *resource;
} Kind;

/* Every entry of a manifest has another resource; what is asked for lies in one of them. */
static const Kind kinds[] = {
  { TN_PERMISSION_EVENT, TN_ACTION_EMIT, "\"event\", \"resource\": \"area%u.item.*\", \"actions\": [\"emit\"]",
    "area%u.item.done" },
  { TN_PERMISSION_NETWORK, TN_ACTION_READ,
    "\"network\", \"resource\": \"https://host%u.example.com/v1/*\", \"actions\": [\"read\"]",
    "https://host%u.example.com/v1/items?page=2" },
  { TN_PERMISSION_DATA, TN_ACTION_READ, "\"data\", \"resource\": \"area%u.items\", \"actions\": [\"read\"]",
    "area%u.items" },
};

static gint64
now_ns (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

static char *
fill (const char *text, guint n)
{
  g_auto (GStrv) halves = g_strsplit (text, "%u", 2);

  return g_strdup_printf ("%s%u%s", halves[0], n, halves[1]);
}

static TnApp *
make_app (const char *directory, guint number)
{
  g_autofree char *folder = g_strdup_printf ("%s/app%u", directory, number);
  g_autofree char *path = g_build_filename (folder, "manifest.json", NULL);
  g_autofree char *page = g_build_filename (folder, "index.html", NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text,
                          "{\"sdk\": 1, \"id\": \"com.example.app%u\", \"name\": \"x\", \"version\": \"1.0.0\", "
                          "\"security\": {\"allowedDomains\": [\"*.example.com\"]}, \"permissions\": [",
                          number);
  for (guint i = 0; i < ENTRIES; i++)
    {
      g_autofree char *permission = fill (kinds[i % G_N_ELEMENTS (kinds)].permission, i);

      g_string_append_printf (text, "%s{\"type\": %s}", i > 0 ? "," : "", permission);
    }
  g_string_append (text, "]}");
  if (g_mkdir_with_parents (folder, 0700) != 0 || !g_file_set_contents (path, text->str, -1, NULL)
      || !g_file_set_contents (page, "", -1, NULL))
    return NULL;
  return tn_app_load ("bench", folder);
}

static void
grant_all (TnPolicy *policy, TnApp *app)
{
  gsize n;
  const TnPermission *permissions = tn_manifest_get_permissions (tn_app_get_manifest (app), &n);

  for (gsize i = 0; i < n; i++)
    tn_policy_answer (policy, tn_app_get_key (app), &permissions[i], TN_ANSWER_ONCE);
}

static void
report (const char *id, const char *what, double value)
{
  static const char *separator = "[";

  g_print ("%s\n  {\"id\": \"%s\", \"what\": \"%s\", \"value\": %.1f, \"unit\": \"ns\", \"better\": \"less\", "
           "\"goal\": %d, \"met\": %s}",
           separator, id, what, value, GOAL_NS, value <= GOAL_NS ? "true" : "false");
  separator = ",";
}

/* Returns: how many were allowed. */
static guint
bench (TnPolicy *policy, TnApp **apps, const char *id, const char *what, const Kind *kind, const char *resource)
{
  g_autoptr (GPtrArray) resources = g_ptr_array_new_with_free_func (g_free);
  guint allowed = 0;
  gint64 start;

  for (guint i = 0; i < ENTRIES; i++)
    if (&kinds[i % G_N_ELEMENTS (kinds)] == kind)
      g_ptr_array_add (resources, fill (resource, i));
  start = now_ns ();
  for (guint i = 0; i < ROUNDS; i++)
    {
      TnRequest request = { kind->type, resources->pdata[i % resources->len], kind->action, TRUE };

      allowed += tn_policy_decide (policy, apps[i % APPS], &request).verdict == TN_VERDICT_ALLOWED;
    }
  report (id, what, (double) (now_ns () - start) / ROUNDS);
  return allowed;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(TnStore **) data = tn_store_open_finish (result, NULL);
}

/* bench-policy DIRECTORY: prints a JSON array of figures; what it needs it writes there. */
int
main (int argc, char *argv[])
{
  TnApp *apps[APPS];
  TnStore *store = NULL;
  TnPolicy *policy;
  guint wrong = 0;

  if (argc < 2)
    return EXIT_FAILURE;
  tn_store_open_async (argv[1], NULL, opened_cb, &store);
  while (store == NULL)
    g_main_context_iteration (NULL, TRUE);
  policy = tn_policy_new (store);
  for (guint i = 0; i < APPS; i++)
    {
      apps[i] = make_app (argv[1], i);
      if (apps[i] == NULL || tn_app_get_manifest (apps[i]) == NULL)
        return EXIT_FAILURE;
      grant_all (policy, apps[i]);
    }
  wrong += ROUNDS - bench (policy, apps, "policy.decide-event", "A decision with 1000 grants: an event", &kinds[0],
                           kinds[0].resource);
  wrong += ROUNDS - bench (policy, apps, "policy.decide-network", "The same: an address", &kinds[1],
                           kinds[1].resource);
  wrong += ROUNDS - bench (policy, apps, "policy.decide-data", "The same: a collection", &kinds[2], kinds[2].resource);
  wrong += bench (policy, apps, "policy.decide-undeclared", "The same: an address that nothing covers", &kinds[1],
                  "https://host%u.example.net/v1/items?page=2");
  g_print ("\n]\n");
  return wrong == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
