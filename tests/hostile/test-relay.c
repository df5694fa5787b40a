/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What if a page got into the script world that holds the native handler? Here it has, and the host must hold. */
#include "hostile.h"
#include "record.h"
#include "tn-bridge.h"
#include "tn-json.h"

#include <string.h>

#define PLAIN "com.hostile.plain"
#define SEND "return await window.webkit.messageHandlers.nexus.postMessage(text)"
#define MIB (1024 * 1024)

typedef struct
{
  char *apps;
  Stage *stage;
  TnInstance *instance;
} Fixture;

typedef struct
{
  char *text;
  gboolean over;
} Answer;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->apps = g_dir_make_tmp ("tn-apps-XXXXXX", NULL);
  stage_write_app (self->apps, PLAIN, ", \"resources\": {\"memory\": 1000}", "document.title = 'plain';");
  hostile_add_neighbour (self->apps);
  self->stage = stage_new (self->apps);
  stage_place (self->stage, HOSTILE_NEIGHBOUR);
  self->instance = stage_place (self->stage, PLAIN);
  g_assert_true (stage_wait_state (self->instance, TN_STATE_RUNNING, 20));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", self->apps);

  hostile_assert_beats (self->stage);
  stage_free (self->stage);
  g_assert_cmpuint (record_find (0), ==, 0);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (self->apps);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value
    = webkit_web_view_call_async_javascript_function_finish (WEBKIT_WEB_VIEW (source), result, &error);

  answer->text = value != NULL ? jsc_value_to_string (value) : g_strdup (error->message);
  answer->over = TRUE;
}

static gboolean
is_over (gpointer data)
{
  return ((Answer *) data)->over;
}

static char *
run_in_world (Fixture *self, const char *world, const char *body, const char *text)
{
  g_autoptr (GVariant) arguments = g_variant_ref_sink (g_variant_new_parsed ("{'text': <%s>}", text));
  Answer answer = { NULL, FALSE };

  webkit_web_view_call_async_javascript_function (tn_instance_get_view (self->instance), body, -1, arguments, world,
                                                  NULL, NULL, answered_cb, &answer);
  g_assert_true (stage_wait (is_over, &answer, 20));
  return answer.text;
}

/* The code with which @text is refused; 0 where it is not. */
static gint64
send_raw (Fixture *self, const char *text)
{
  g_autofree char *said = run_in_world (self, TN_BRIDGE_WORLD, SEND, text);
  g_autoptr (JsonObject) answer = tn_json_parse_object (said, -1, NULL, NULL);

  g_test_message ("%.100s → %.200s", text, said);
  g_assert_nonnull (answer);
  return json_object_has_member (answer, "error") ? tn_json_get_int (tn_json_get_object (answer, "error"), "code", 0)
                                                  : 0;
}

/* One after the other over one page's life: each has a number, the next one, unless that is what is wrong
 * with it. For the sake of legibility ' stands for ". */
static const struct
{
  const char *text;
  gint64 code;
} messages[] = {
  { "{'jsonrpc':'2.0','id':1,'method':'storage.keys','params':{'scope':'tile'}}", 0 },
  { "{'jsonrpc':'2.0','id':1,'method':'storage.keys','params':{'scope':'tile'}}", TN_WIRE_REQUEST },
  { "{'jsonrpc':'2.0','id':99,'method':'storage.keys','params':{'scope':'tile'}}", TN_WIRE_REQUEST },
  { "{'jsonrpc':'2.0','id':-1,'method':'storage.keys','params':{'scope':'tile'}}", TN_WIRE_REQUEST },
  { "{'jsonrpc':'2.0','id':'5','method':'storage.keys','params':{'scope':'tile'}}", TN_WIRE_REQUEST },
  { "{'jsonrpc':'2.0','method':'storage.keys','params':{'scope':'tile'}}", TN_WIRE_REQUEST },
  { "{'jsonrpc':'1.0','id':7,'method':'storage.keys','params':{}}", TN_WIRE_REQUEST },
  { "{'jsonrpc':'2.0','id':8,'params':{}}", TN_WIRE_REQUEST },
  { "{'jsonrpc':'2.0','id':9,'method':5,'params':{}}", TN_WIRE_REQUEST },
  { "{'jsonrpc':'2.0','id':10,'method':'storage.keys','params':['tile']}", TN_WIRE_REQUEST },
  { "{'jsonrpc':'2.0','id':11,'method':'storage.keys'}", TN_WIRE_REQUEST },
  { "{'jsonrpc':'2.0','id':12,'method':'nothing.here','params':{}}", TN_WIRE_METHOD },
  { "{'jsonrpc':'2.0','id':13,'method':'','params':{}}", TN_WIRE_METHOD },
  { "{'jsonrpc':'2.0','id':14,'method':'storage.keys','params':{'scope':'com.hostile.neighbour'}}", TN_WIRE_PARAMS },
  { "{'jsonrpc':'2.0','id':15,'method':'storage.get','params':{'scope':'tile','key':5}}", TN_WIRE_PARAMS },
  { "{'jsonrpc':'2.0','id':16,'method':'bus.subscribe','params':{'pattern':'a.b'}}", TN_WIRE_PARAMS },
  { "{'jsonrpc':'2.0','id':17,'method':'bus.subscribe','params':{'pattern':'>','subscription':1}}", TN_WIRE_REFUSED },
  { "{'jsonrpc':'2.0','id':18,'method':'bus.subscribe','params':{'pattern':5,'subscription':9e99}}", TN_WIRE_PARAMS },
  { "{'jsonrpc':'2.0','id':19,'method':'bus.unsubscribe','params':{'subscription':77}}", 0 },
  { "{'jsonrpc':'2.0','id':20,'method':'bus.emit','params':{'type':'neighbour.beat','source':'tn:/host'}}",
    TN_WIRE_REFUSED },
  { "{'jsonrpc':'2.0','id':21,'method':'bus.emit','params':{'type':['neighbour.beat']}}", TN_WIRE_PARAMS },
  { "", TN_WIRE_PARSE },
  { "{", TN_WIRE_PARSE },
  { "[]", TN_WIRE_PARSE },
  { "null", TN_WIRE_PARSE },
  { "{'jsonrpc':'2.0','id':99,'id':26,'method':'nothing','params':{}}", TN_WIRE_METHOD },
  { "{'jsonrpc':'2.0','id':27,'method':'register','params':{}}", 0 },
  { "{'jsonrpc':'2.0','id':28,'method':'storage.keys','params':{'scope':'tile'}}", 0 },
};

static void
test_messages (Fixture *self, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autofree char *text = g_strdelimit (g_strdup (messages[i].text), "'", '"');

      g_assert_cmpint (send_raw (self, text), ==, messages[i].code);
    }
}

static void
test_not_strings (Fixture *self, gconstpointer data)
{
  const char *bodies[] = { "5", "null", "undefined", "{toString: 5}", "[text]", "new Date()", "new Uint8Array(1e6)" };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *body
        = g_strdup_printf ("return await window.webkit.messageHandlers.nexus.postMessage(%s)", bodies[i]);
      g_autofree char *said = run_in_world (self, TN_BRIDGE_WORLD, body, "");

      g_assert_nonnull (strstr (said, "-32600"));
    }
}

/* Without the relay's caps: the host's own have to do. */
static void
test_giants (Fixture *self, gconstpointer data)
{
  g_autofree char *large = g_strnfill (MIB + 1, ' ');
  g_autofree char *huge = g_strnfill (32 * MIB, '[');
  g_autofree char *deep = g_strnfill (20000, '[');

  memcpy (large, "{}", 2);
  g_assert_cmpint (send_raw (self, large), ==, TN_WIRE_PARSE);
  g_assert_cmpint (send_raw (self, huge), ==, TN_WIRE_RATE);
  g_assert_cmpint (send_raw (self, deep), ==, TN_WIRE_PARSE);
}

static void
test_flood (Fixture *self, gconstpointer data)
{
  g_autofree char *said
    = run_in_world (self, TN_BRIDGE_WORLD,
                    "const codes = {}, send = () => window.webkit.messageHandlers.nexus.postMessage('{');"
                    "for (let round = 0; round < 20; round++)"
                    " for (const said of await Promise.all(Array.from({length: 1000}, send))) {"
                    " const {code} = JSON.parse(said).error; codes[code] = (codes[code] ?? 0) + 1; }"
                    "return JSON.stringify(codes);",
                    "");
  g_autoptr (JsonObject) codes = tn_json_parse_object (said, -1, NULL, NULL);

  g_assert_nonnull (codes);
  g_assert_cmpint (tn_json_get_int (codes, "-32700", 0), >=, 2000);
  g_assert_cmpint (tn_json_get_int (codes, "-32002", 0), >, 0);
  hostile_assert_beats (self->stage);
}

/* The world is not to be had from the page's: neither its functions nor its handler are there. */
static void
test_world_is_apart (Fixture *self, gconstpointer data)
{
  const char *look = "return [typeof nexusAsk, typeof nexusPaint, typeof window.webkit?.messageHandlers?.nexus].join()";
  g_autofree char *page = run_in_world (self, NULL, look, "");
  g_autofree char *relay = run_in_world (self, TN_BRIDGE_WORLD, look, "");

  g_assert_cmpstr (page, ==, "undefined,undefined,undefined");
  g_assert_cmpstr (relay, ==, "function,function,object");
}

static const char *const escapes[] = {
  "getaddrinfo hint.hostile.test",
  "getaddrinfo name.hostile.test",
  "getaddrinfo fetch.hostile.test",
};

static gboolean
is_recorded (const char *escape)
{
  GPtrArray *lines = record_get_lines ();

  for (guint i = 0; i < lines->len; i++)
    if (g_str_has_prefix (lines->pdata[i], "WebKitNetworkProcess ") && strstr (lines->pdata[i], escape) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_all_caught (gpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (escapes); i++)
    if (!is_recorded (escapes[i]))
      return FALSE;
  return listener_get_lines (data)->len >= 2;
}

/* That the tests can fail: a view like any other, without our walls, is caught by the recorder and by the listener. */
static void
test_open_view_is_caught (void)
{
  Listener *listener = listener_new ();
  guint port = listener_get_tcp_port (listener);
  GtkWidget *window = gtk_window_new (), *view = webkit_web_view_new ();
  g_autofree char *connection = g_strdup_printf ("connect 127.0.0.1:%u", port);
  g_autofree char *page = g_strdup_printf (
    "<link rel=preconnect href=//hint.hostile.test><img src=http://127.0.0.1:%u/image>"
    "<img src=http://name.hostile.test><script>fetch('http://127.0.0.1:%u/fetch', {mode: 'no-cors'});"
    "fetch('http://fetch.hostile.test')</script>",
    port, port);

  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  webkit_web_view_load_html (WEBKIT_WEB_VIEW (view), page, "http://base.hostile.test/");
  g_assert_true (stage_wait (is_all_caught, listener, 20));
  g_assert_true (is_recorded (connection));
  gtk_window_destroy (GTK_WINDOW (window));
  listener_free (listener);
}

static const struct
{
  const char *path;
  void (*test) (Fixture *, gconstpointer);
} tests[] = {
  { "/hostile/relay/world-is-apart", test_world_is_apart },
  { "/hostile/relay/messages", test_messages },
  { "/hostile/relay/not-strings", test_not_strings },
  { "/hostile/relay/giants", test_giants },
  { "/hostile/relay/flood", test_flood },
};

int
main (int argc, char **argv)
{
  int result;

  record_begin (argv);
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  g_test_add_func ("/hostile/control/open-view-is-caught", test_open_view_is_caught);
  result = g_test_run ();
  record_end ();
  return result;
}
