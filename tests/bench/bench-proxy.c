/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"
#include "tn-http.h"
#include "tn-json.h"
#include "tn-url.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

/* What the way through the proxy costs, against curl with the same server in the same run. Needs a display. */

#define BIG_MIB 100
#define MIB (1024 * 1024)
#define SMALLS 20
#define ROUNDS 15
#define BIGS 3
#define ID "com.example.bench"

/* As plain a server as can be, in a process of its own: GET /small and GET /big, kept alive. */
static void
answer (GInputStream *input, GOutputStream *output)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (input);
  static char zeros[MIB];
  g_autofree char *line = NULL;

  g_data_input_stream_set_newline_type (lines, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
    {
      gsize mib = g_str_has_prefix (line, "GET /big") ? BIG_MIB : 0;
      g_autofree char *head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n\r\n%s",
                                               mib > 0 ? mib * MIB : 2, mib > 0 ? "" : "ok");

      while (line != NULL && *line != '\0')
        {
          g_free (line);
          line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
        }
      g_clear_pointer (&line, g_free);
      if (!g_output_stream_write_all (output, head, strlen (head), NULL, NULL, NULL))
        return;
      while (mib-- > 0)
        if (!g_output_stream_write_all (output, zeros, sizeof zeros, NULL, NULL, NULL))
          return;
    }
}

static gboolean
serve_cb (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  g_tcp_connection_set_graceful_disconnect (G_TCP_CONNECTION (connection), FALSE);
  g_socket_set_option (g_socket_connection_get_socket (connection), 6 /* TCP */, 1 /* TCP_NODELAY */, 1, NULL);
  answer (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
          g_io_stream_get_output_stream (G_IO_STREAM (connection)));
  return TRUE;
}

/* Returns: its port */
static guint16
start_server (void)
{
  int ends[2];
  guint16 port = 0;

  g_assert_cmpint (pipe (ends), ==, 0);
  if (fork () == 0)
    {
      g_autoptr (GSocketService) service = g_threaded_socket_service_new (16);

      prctl (PR_SET_PDEATHSIG, SIGKILL);
      port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
      g_signal_connect (service, "run", G_CALLBACK (serve_cb), NULL);
      g_assert_cmpint (write (ends[1], &port, sizeof port), ==, sizeof port);
      g_main_loop_run (g_main_loop_new (NULL, FALSE));
    }
  g_assert_cmpint (read (ends[0], &port, sizeof port), ==, sizeof port);
  return port;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double p = *(const double *) a, q = *(const double *) b;

  return (p > q) - (p < q);
}

static double
median (GArray *values)
{
  g_array_sort (values, compare);
  return g_array_index (values, double, values->len / 2);
}

/* Seconds of each transfer, as curl counts them; the first one also connects. */
static GArray *
run_curl (guint16 port, const char *path, guint times)
{
  g_autoptr (GString) command = g_string_new ("curl -s -w '%{time_total}\\n'");
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  g_auto (GStrv) lines = NULL;
  GArray *seconds = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < times; i++)
    g_string_append_printf (command, " -o /dev/null http://127.0.0.1:%u%s", port, path);
  if (!g_spawn_command_line_sync (command->str, &out, NULL, NULL, &error))
    return seconds;
  lines = g_strsplit (out, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      double value = g_ascii_strtod (lines[i], NULL);

      g_array_append_val (seconds, value);
    }
  return seconds;
}

static gboolean
allow (GUri *url, const char *method, TnAddressScopes *open, GError **error, gpointer user_data)
{
  *open = TN_ADDRESS_LOOPBACK;
  return TRUE;
}

static gboolean
take (gsize bytes, GError **error, gpointer user_data)
{
  return TRUE;
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

/* Seconds of one big transfer in C alone. */
static double
load_big (TnHttp *http, guint16 port)
{
  static const TnHttpGuard guard = { allow, take };
  static char buffer[256 * 1024];
  g_autofree char *text = g_strdup_printf ("http://127.0.0.1:%u/big", port);
  g_autoptr (GUri) url = tn_url_parse (NULL, text, NULL);
  TnHttpRequest request = { "GET", url, NULL, NULL, -1, 0, TRUE };
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (GAsyncResult) sent = NULL;
  g_autoptr (TnHttpResponse) response = NULL;
  gsize left = (gsize) BIG_MIB * MIB;

  tn_http_send_async (http, &request, &guard, NULL, NULL, NULL, result_cb, &sent);
  response = tn_http_send_finish (http, wait_result (&sent), NULL);
  while (left > 0)
    {
      g_autoptr (GAsyncResult) came = NULL;
      gssize n;

      g_input_stream_read_async (response->body, buffer, sizeof buffer, 0, NULL, result_cb, &came);
      n = g_input_stream_read_finish (response->body, wait_result (&came), NULL);
      g_assert_cmpint (n, >, 0);
      left -= n;
    }
  return (g_get_monotonic_time () - begun) / 1e6;
}

static const char *separator = "[";

static void
report (const char *id, const char *what, double value, const char *unit, double goal, gboolean less)
{
  g_print ("%s\n  {\"id\": \"%s\", \"what\": \"%s\", \"value\": %.4f, \"unit\": \"%s\", \"better\": \"%s\", \"goal\": %g, "
           "\"met\": %s}",
           separator, id, what, value, unit, less ? "less" : "more", goal, (less ? value <= goal : value >= goal) ? "true" : "false");
  separator = ",";
}

/* A file of the app's own that is as big. */
static int
make_file (const char *apps)
{
  g_autofree char *path = g_build_filename (apps, ID, "big.bin", NULL);

  return g_file_set_contents (path, "", 0, NULL) ? truncate (path, (off_t) BIG_MIB * MIB) : -1;
}

/* Milliseconds of a small call, MB/s of a big one and of a file of the app's own, as a page sees them. */
static void
run_page (guint16 port, double *small_ms, double *big_mbs, double *file_mbs)
{
  g_autofree char *apps = g_dir_make_tmp ("tn-bench-XXXXXX", NULL);
  g_autofree char *manifest = g_strdup_printf (
    ", \"permissions\": [{\"type\": \"network\", \"resource\": \"http://127.0.0.1:%u/*\", \"actions\": [\"read\"]}],"
    "\"security\": {\"allowedDomains\": [\"127.0.0.1\"]},"
    "\"resources\": {\"network\": 100000, \"apiCalls\": 100000, \"bytes\": 100000}",
    port);
  g_autofree char *script = g_strdup_printf (
    "const here = 'http://127.0.0.1:%u', middle = list => list.sort((a, b) => a - b)[list.length >> 1];"
    "(async () => { const smalls = [], bigs = [], files = [];"
    "for (let r = 0; r <= %d; r++) { const t = performance.now();"
    " for (let i = 0; i < %d; i++) await (await nexus.fetch(here + '/small')).text();"
    " if (r > 0) smalls.push((performance.now() - t) / %d); }"
    "const read = async response => { const t = performance.now(), reader = response.body.getReader(); let n = 0;"
    " for (let {done, value} = await reader.read(); !done; {done, value} = await reader.read()) n += value.length;"
    " return n / 1e3 / (performance.now() - t); };"
    "for (let r = 0; r < %d; r++) {"
    " bigs.push(await read(await nexus.fetch(here + '/big'))); files.push(await read(await fetch('big.bin'))); }"
    "await nexus.storage.set('done', [middle(smalls), middle(bigs), middle(files)]); })()"
    ".catch(e => nexus.storage.set('done', e.message));",
    port, ROUNDS, SMALLS, SMALLS, BIGS);
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", apps);
  g_autofree char *value = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *pair;
  Stage *stage;

  stage_write_app (apps, ID, manifest, script);
  g_assert_cmpint (make_file (apps), ==, 0);
  stage = stage_new (apps);
  stage_place (stage, ID);
  value = stage_wait_value (stage, ID, "done", 120);
  node = value != NULL ? tn_json_parse (value, -1, NULL, NULL) : NULL;
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    g_error ("The page measured nothing: %s", value);
  pair = json_node_get_array (node);
  *small_ms = json_array_get_double_element (pair, 0);
  *big_mbs = json_array_get_double_element (pair, 1);
  *file_mbs = json_array_get_double_element (pair, 2);
  stage_free (stage);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
}

int
main (int argc, char **argv)
{
  guint16 port = start_server ();
  g_autoptr (GArray) curl_small = run_curl (port, "/small", 200), curl_big = run_curl (port, "/big", BIGS + 1);
  g_autoptr (GArray) own_big = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (TnHttp) http = tn_http_new (NULL, NULL);
  double small_ms, big_mbs, file_mbs;

  if (curl_small->len == 0 || curl_big->len == 0)
    g_error ("curl is not here, or does not work");
  for (guint i = 0; i < BIGS; i++)
    {
      double seconds = load_big (http, port);

      g_array_append_val (own_big, seconds);
    }
  gtk_init ();
  run_page (port, &small_ms, &big_mbs, &file_mbs);
  report ("proxy.added-small", "time that nexus.fetch adds to a small request of curl on loopback, median",
          small_ms - median (curl_small) * 1000, "ms", 1, TRUE);
  report ("proxy.page-throughput", "a stream of 100 MiB to the page, median", big_mbs, "MB/s", 150, FALSE);
  report ("proxy.page-against-file", "the same against a file of the app's own, which WebKit hands over alike",
          big_mbs / file_mbs, "x", 0.8, FALSE);
  report ("proxy.c-against-curl", "throughput in C alone against curl, 100 MiB", median (curl_big) / median (own_big), "x",
          0.5, FALSE);
  g_print ("\n]\n");
  return 0;
}
