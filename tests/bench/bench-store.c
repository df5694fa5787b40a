/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>

#include "tn-store.h"

#define EVENTS 100000
#define GOAL_S 2

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(TnStore **) data = tn_store_open_finish (result, NULL);
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GPtrArray *
make_events (void)
{
  GPtrArray *events = g_ptr_array_new_full (EVENTS, (GDestroyNotify) tn_event_unref);

  for (guint i = 0; i < EVENTS; i++)
    {
      g_autofree char *type = g_strdup_printf ("area%u.item.done", i % 100);
      g_autoptr (JsonNode) data = json_node_init_int (json_node_alloc (), i);

      g_ptr_array_add (events, tn_event_new ("tn:/abcdefghijklmnop/t1", type, data, NULL));
    }
  return events;
}

/* Whether all came back, each once and in order. */
static gboolean
are_same (GPtrArray *said, GPtrArray *heard)
{
  if (heard == NULL || heard->len != said->len)
    return FALSE;
  for (guint i = 0; i < said->len; i++)
    if (!g_str_equal (tn_event_get_json (said->pdata[i]), tn_event_get_json (heard->pdata[i])))
      return FALSE;
  return TRUE;
}

/* bench-store DIRECTORY: prints a JSON array of figures; what it needs it writes there. */
int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) said = make_events (), heard = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TnBus) bus = NULL;
  TnStore *store = NULL;
  gint64 start;
  double seconds;

  if (argc < 2)
    return EXIT_FAILURE;
  tn_store_open_async (argv[1], NULL, opened_cb, &store);
  while (store == NULL)
    g_main_context_iteration (NULL, TRUE);
  bus = tn_bus_new (TN_EVENT_LOG (store));
  start = g_get_monotonic_time ();
  for (guint i = 0; i < said->len; i++)
    tn_bus_publish (bus, said->pdata[i], 0);
  tn_store_list_events_async (store, &(TnEventFilter){ .limit = EVENTS }, NULL, take_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  heard = tn_store_list_events_finish (store, result, NULL);
  seconds = (g_get_monotonic_time () - start) / 1e6;
  g_print ("[\n  {\"id\": \"store.replay\", \"what\": \"%d events logged and replayed in order, each once\", "
           "\"value\": %.2f, \"unit\": \"s\", \"better\": \"less\", \"goal\": %d, \"met\": %s}\n]\n",
           EVENTS, seconds, GOAL_S, seconds <= GOAL_S ? "true" : "false");
  return are_same (said, heard) ? EXIT_SUCCESS : EXIT_FAILURE;
}
