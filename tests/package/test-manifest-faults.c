/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-fault.h"
#include "tn-manifest.h"

#include <string.h>

/* A whole manifest but for the closing brace. A member that is written again counts instead. */
#define WHOLE "{\"sdk\":1,\"id\":\"com.example.a\",\"name\":\"A\",\"version\":\"1.0.0\""
#define PERMISSION(type, resource, actions)                                                                           \
  ",\"permissions\":[{\"type\":\"" type "\",\"resource\":\"" resource "\",\"actions\":[" actions "]}]"
#define DOMAINS ",\"security\":{\"allowedDomains\":[\"api.example.com\",\"*.example.org\"]}"

/* @faults: each as "pointer: message", with " | " between. */
typedef struct
{
  const char *members;
  const char *faults;
} Case;

static const Case shape[] = {
  { ",\"sdk\":\"1\"", "/sdk: must be a whole number of at least 1" },
  { ",\"sdk\":0", "/sdk: must be a whole number of at least 1" },
  { ",\"sdk\":2", "/sdk: asks for version 2 of the nexus object, but this program has 1: a newer Token Nexus Canvas is "
                  "needed" },
  { ",\"id\":5,\"name\":null,\"version\":[]",
    "/id: must be a text | /name: must be a text | /version: must be a text" },
  { ",\"name\":\"\"", "/name: must not be empty" },
  { ",\"permissions\":{}", "/permissions: must be a list, in [ ]" },
  { ",\"permissions\":[5]", "/permissions/0: must be an object, in { }" },
  { ",\"permissions\":[{}]", "/permissions/0: “type” is missing | /permissions/0: “resource” is missing | "
                             "/permissions/0: “actions” is missing" },
  { ",\"security\":[]", "/security: must be an object, in { }" },
  { ",\"security\":{\"sandboxLevel\":\"none\"}",
    "/security/sandboxLevel: must be one of “strict”, “moderate”, “permissive”" },
  { ",\"security\":{\"dataEncryption\":\"yes\"}", "/security/dataEncryption: must be true or false" },
  { ",\"security\":{\"blockedAPIs\":[\"eval\",\"eval\"]}", "/security/blockedAPIs/1: is there twice" },
  { ",\"security\":{\"blockedAPIs\":[\"WebRTC\"]}",
    "/security/blockedAPIs/0: must be one of “eval”, “Function”, “WebAssembly”, “Worker”, “IndexedDB”, “localStorage”, "
    "“WebSocket”, “WebGL”, “WebAudio”, “media”, “canvas2d”" },
  { ",\"resources\":{\"memory\":0}", "/resources/memory: must be a whole number from 1 to 1000000" },
  { ",\"resources\":{\"cpu\":1.5}", "/resources/cpu: must be a whole number from 1 to 1000000" },
  { ",\"resources\":{\"bytes\":99999999999}", "/resources/bytes: must be a whole number from 1 to 1000000" },
  { ",\"events\":{\"a.b\":true}", "/events/a.b: must be an object, in { }" },
  { ",\"data\":{\"a\":{\"schema\":[],\"shared\":1}}",
    "/data/a/schema: must be an object, in { } | /data/a/shared: must be true or false" },
  { ",\"dependencies\":{\"lit\":3}", "/dependencies/lit: must be a text" },
};

static const Case unknown[] = {
  { ",\"entrypoint\":\"a.html\"", "/entrypoint: is not known here: is “entryPoint” meant?" },
  { ",\"premissions\":[]", "/premissions: is not known here: is “permissions” meant?" },
  { ",\"main\":\"a.js\"", "/main: is not known here" },
  { ",\"X-own\":1", "/X-own: is not known here" },
  { ",\"security\":{\"sandboxlevel\":\"strict\"}",
    "/security/sandboxlevel: is not known here: is “sandboxLevel” meant?" },
  { ",\"security\":{\"x-own\":1}", "/security/x-own: is not known here" },
  { ",\"resources\":{\"memroy\":5}", "/resources/memroy: is not known here: is “memory” meant?" },
  { ",\"ui\":{\"defaultSize\":{\"w\":1,\"h\":1,\"d\":1}}", "/ui/defaultSize/d: is not known here: is “w” meant?" },
  { ",\"a/b~c\":1", "/a~1b~0c: is not known here" },
};

static const Case words[] = {
  { ",\"id\":\"todo\"", "/id: must be names of letters, digits, - and _ with dots between, like com.example.todo" },
  { ",\"id\":\"\"", "/id: must be names of letters, digits, - and _ with dots between, like com.example.todo" },
  { ",\"version\":\"\"", "/version: must be a semantic version of three numbers, like 1.2.0 or 1.2.0-beta.1" },
  { ",\"icon\":\"\"", "/icon: must name a file in the app's folder, without empty parts, “.” or “..”" },
  { ",\"version\":\"1.0\"", "/version: must be a semantic version of three numbers, like 1.2.0 or 1.2.0-beta.1" },
  { ",\"name\":\"A\\nB\"", "/name: must be one line that can be read, without control characters" },
  { ",\"author\":\"\\u202eA\"", "/author: must be one line that can be read, without control characters" },
  { ",\"description\":\"a\\u0007\"", "/description: must be text that can be read, without control characters" },
  { ",\"description\":\"a\\n\\nb\"", "" },
  { ",\"icon\":\"../icon.svg\",\"preview\":\"/p.png\",\"workerScript\":\"a\\\\b.js\","
    "\"entryPoint\":\"https://example.com/\"",
    "/icon: must name a file in the app's folder, without empty parts, “.” or “..” | "
    "/entryPoint: must name a file of the app, not an address | "
    "/workerScript: must have / between folders, not \\ | "
    "/preview: must start in the app's folder, not at /" },
  { ",\"icon\":\"a%2fb.svg\"", "/icon: must not contain ?, #, % or invisible characters" },
  { ",\"dependencies\":{\"Lit\":\"^3.0.0\",\"b\":\"file:../b\",\"c\":\"\"}",
    "/dependencies/c: must not be empty | "
    "/dependencies/Lit: must be a package's name on npm, in small letters, like lit or @scope/lit | "
    "/dependencies/b: must be a range of versions, like ^3.1.0" },
  { ",\"dependencies\":{\"@s/lit\":\"^3.0.0\"}", "" },
  { ",\"events\":{\"todo.*\":{}}",
    "/events/todo.*: must be names with dots between and no wildcards, like todo.item.done" },
  { ",\"data\":{\"self\":{},\"a/b\":{}}",
    "/data/self: must have another name: “self” stands for the app's own data | "
    "/data/a~1b: must be a collection's name of letters, digits, - and _ with dots between, like todo.items" },
};

static const Case permissions[] = {
  { PERMISSION ("event", "todo..x", "\"emit\""), "/permissions/0/resource: must be a pattern of event types, like "
                                                 "todo.item.done, todo.item.* or todo.>" },
  { PERMISSION ("event", "todo.>", "\"emit\",\"listen\",\"respond\""), "" },
  { PERMISSION ("event", "todo.>", "\"read\",\"emit\",\"socket\""),
    "/permissions/0/actions/0: must be an action of this type: emit, listen, respond | "
    "/permissions/0/actions/2: must be an action of this type: emit, listen, respond" },
  { PERMISSION ("ui", "title", "\"read\""), "/permissions/0/actions/0: must be an action of this type: write" },
  { PERMISSION ("ui", "menu", "\"write\""), "/permissions/0/resource: must be one of title, badge, fullscreen" },
  { PERMISSION ("api", "camera", "\"read\""), "/permissions/0/resource: must be one of notifications, clipboard, "
                                              "open-link, files, geolocation, system, ai.chat" },
  { PERMISSION ("api", "ai.chat", "\"read\",\"write\""), "" },
  { PERMISSION ("data", "self", "\"read\""), "" },
  { PERMISSION ("data", "a b", "\"read\""), "/permissions/0/resource: must be a collection's name of letters, digits, "
                                            "- and _ with dots between, like todo.items" },
  { PERMISSION ("event", "a", ""), "/permissions/0/actions: must not be empty" },
  { PERMISSION ("event", "a", "\"emit\",\"emit\""), "/permissions/0/actions/1: is there twice" },
  { PERMISSION ("event", "", "\"emit\""), "/permissions/0/resource: must be a pattern of event types, like "
                                         "todo.item.done, todo.item.* or todo.>" },
  { PERMISSION ("file", "/etc", "\"read\""),
    "/permissions/0/type: must be one of “network”, “event”, “data”, “api”, “ui”" },
  { ",\"permissions\":[{\"type\":\"ui\",\"resource\":\"title\",\"actions\":[\"write\"],\"reason\":\"a\\u001b[m\"}]",
    "/permissions/0/reason: must be one line that can be read, without control characters" },
};

static const Case network[] = {
  { PERMISSION ("network", "https://api.example.com/*", "\"read\",\"write\"") DOMAINS, "" },
  { PERMISSION ("network", "wss://a.b.example.org:8443/x", "\"socket\"") DOMAINS, "" },
  { PERMISSION ("network", "https://*.example.org/*", "\"read\"") DOMAINS, "" },
  { PERMISSION ("network", "https://example.org/*", "\"read\"") DOMAINS,
    "/permissions/0/resource: must lie in one of the domains of /security/allowedDomains" },
  { PERMISSION ("network", "https://*.example.com/*", "\"read\"") DOMAINS,
    "/permissions/0/resource: must lie in one of the domains of /security/allowedDomains" },
  { PERMISSION ("network", "https://evil.net/api.example.com/", "\"read\"") DOMAINS,
    "/permissions/0/resource: must lie in one of the domains of /security/allowedDomains" },
  { PERMISSION ("network", "https://api.example.com@evil.net/", "\"read\"") DOMAINS,
    "/permissions/0/resource: must be an address that ends the host with /, like https://api.example.com/*" },
  { PERMISSION ("network", "https://api.example.com/*", "\"read\""),
    "/permissions/0/resource: must lie in one of the domains of /security/allowedDomains" },
  { PERMISSION ("network", "https://a.com/", "\"read\"")
      ",\"security\":{\"sandboxLevel\":\"permissive\",\"allowedDomains\":[\"a.com\"]}",
    "/permissions/0: can't go together with the sandboxLevel “permissive”: an app that runs code from anywhere must "
    "not reach the network" },
  { PERMISSION ("ui", "title", "\"write\"") ",\"security\":{\"sandboxLevel\":\"permissive\"}", "" },
  { ",\"security\":{\"allowedDomains\":[\"https://a.com\",\"*\",5,\"a.com\"]}",
    "/security/allowedDomains/2: must be a text | "
    "/security/allowedDomains/0: must be a domain, like api.example.com or *.example.com (in its xn-- form where it "
    "has other letters) | "
    "/security/allowedDomains/1: must be a domain, like api.example.com or *.example.com (in its xn-- form where it "
    "has other letters)" },
};

#define WHEN(conditions)                                                                                              \
  ",\"permissions\":[{\"type\":\"ui\",\"resource\":\"title\",\"actions\":[\"write\"],\"when\":[" conditions "]}]"

static const Case conditions[] = {
  { WHEN ("\"visible\",{\"hours\":\"08:00-18:00\"},{\"rate\":\"10/min\"}"), "" },
  { WHEN ("\"always\""), "/permissions/0/when/0: must be one of “visible”, “click”; or must be an object, in { }; or "
                         "must be an object, in { }" },
  { WHEN ("{\"hours\":\"8-18\"},{\"rate\":\"many\"}"),
    "/permissions/0/when/0/hours: must be two times of day, like 08:00-18:00 | "
    "/permissions/0/when/1/rate: must be a number per minute, like 10/min" },
  { WHEN ("{\"hours\":\"\"}"), "/permissions/0/when/0/hours: must be two times of day, like 08:00-18:00" },
  { WHEN ("{\"hours\":\"08:00-18:00\"},{\"rate\":\"1/min\"},{\"hours\":\"09:00-10:00\"},{\"rate\":\"2/min\"}"),
    "/permissions/0/when/2/hours: must be said only once in a permission | "
    "/permissions/0/when/3/rate: must be said only once in a permission" },
  { WHEN (""), "/permissions/0/when: must not be empty" },
};

static const Case sizes[] = {
  { ",\"ui\":{\"defaultSize\":{\"w\":4,\"h\":4},\"minSize\":{\"w\":5,\"h\":4}}",
    "/ui/minSize/w: must not be greater than the same side of /ui/defaultSize" },
  { ",\"ui\":{\"defaultSize\":{\"w\":4,\"h\":4},\"minSize\":{\"w\":5,\"h\":6}}",
    "/ui/minSize/w: must not be greater than the same side of /ui/defaultSize | "
    "/ui/minSize/h: must not be greater than the same side of /ui/defaultSize" },
  { ",\"ui\":{\"defaultSize\":{\"w\":4}}", "/ui/defaultSize: “h” is missing" },
  { ",\"ui\":{\"minSize\":{\"w\":65,\"h\":0}}",
    "/ui/minSize/w: must be a whole number from 1 to 64 | /ui/minSize/h: must be a whole number from 1 to 64" },
  { ",\"ui\":{\"aspect\":\"16:9\"}", "/ui/aspect: must be a number or null" },
  { ",\"ui\":{\"aspect\":0}", "/ui/aspect: must be a number from 0.1 to 10" },
  { ",\"ui\":{\"aspect\":1.5,\"defaultSize\":{\"w\":6,\"h\":4}}", "" },
  { ",\"ui\":{\"aspect\":1.5,\"defaultSize\":{\"w\":5,\"h\":3}}", "" },
  { ",\"ui\":{\"aspect\":1.5,\"defaultSize\":{\"w\":4,\"h\":3}}", "" },
  { ",\"ui\":{\"aspect\":1.5,\"defaultSize\":{\"w\":4,\"h\":4}}",
    "/ui/defaultSize: must keep the aspect of /ui/aspect as nearly as whole cells can" },
  { ",\"ui\":{\"background\":\"run\"}", "/ui/background: must be one of “suspend”, “discard”, “keep”" },
};

static char *
list_faults (const char *text)
{
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (TnManifest) manifest = tn_manifest_parse (text, -1, &faults);
  GString *list = g_string_new (NULL);

  g_assert_true ((manifest == NULL) == (faults->len > 0));
  for (guint i = 0; i < faults->len; i++)
    {
      const TnFault *fault = g_ptr_array_index (faults, i);

      g_string_append_printf (list, "%s%s: %s", i > 0 ? " | " : "", fault->pointer, fault->message);
    }
  return g_string_free (list, FALSE);
}

static void
check_cases (const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = g_strconcat (WHOLE, cases[i].members, "}", NULL);
      g_autofree char *faults = list_faults (text);

      if (!g_str_equal (faults, cases[i].faults))
        g_error ("%s: “%s”, not “%s”", cases[i].members, faults, cases[i].faults);
    }
}

#define DEFINE_TEST(group)                                                                                            \
  static void test_##group (void)                                                                                     \
  {                                                                                                                   \
    check_cases (group, G_N_ELEMENTS (group));                                                                        \
  }

DEFINE_TEST (shape)
DEFINE_TEST (unknown)
DEFINE_TEST (words)
DEFINE_TEST (permissions)
DEFINE_TEST (network)
DEFINE_TEST (conditions)
DEFINE_TEST (sizes)

static void
test_not_an_object (void)
{
  static const char *const cases[][2] = {
    { "", ": The JSON can't be read at line 1, column 1: it ends where a value should be" },
    { "{\"sdk\":1,}", ": The JSON can't be read at line 1, column 10: “}” stands where a text in \" \" should be" },
    { "[]", ": must be an object, in { }" },
    { "{}", ": “sdk” is missing | : “id” is missing | : “name” is missing | : “version” is missing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *faults = list_faults (cases[i][0]);

      g_assert_cmpstr (faults, ==, cases[i][1]);
    }
}

/* One of each group at once: all are told. */
static void
test_every_fault (void)
{
  g_autofree char *faults = list_faults (
    "{\"sdk\":9,\"id\":\"x\",\"name\":7,\"icn\":\"\","
    "\"permissions\":[{\"type\":\"network\",\"resource\":\"x\",\"actions\":[]}],"
    "\"security\":{\"allowedDomains\":[\"*\"]},"
    "\"ui\":{\"minSize\":{\"w\":9,\"h\":1},\"defaultSize\":{\"w\":8,\"h\":1}}}");
  static const char *const pointers[] = { "/sdk: ", ": “version” is missing", "/id: ", "/name: ", "/icn: ",
                                          "/permissions/0/resource: ", "/permissions/0/actions: ",
                                          "/security/allowedDomains/0: ", "/ui/minSize/w: " };

  for (guint i = 0; i < G_N_ELEMENTS (pointers); i++)
    if (strstr (faults, pointers[i]) == NULL)
      g_error ("“%s” does not speak of “%s”", faults, pointers[i]);
}

static void
test_bounds (void)
{
  g_autofree char *spaces = g_strnfill (1024 * 1024, ' ');
  g_autofree char *large = g_strconcat (spaces, "{}", NULL);
  g_autofree char *deep = g_strnfill (20000, '[');
  g_autofree char *size_fault = list_faults (large);
  g_autofree char *depth_fault = list_faults (deep);
  GString *many = g_string_new ("{\"permissions\":[");
  g_autofree char *many_text = NULL;
  g_autoptr (GPtrArray) faults = NULL;

  g_assert_nonnull (strstr (size_fault, "at most 1048576"));
  g_assert_nonnull (strstr (depth_fault, "nested deeper than 64"));
  for (guint i = 0; i < 20000; i++)
    g_string_append (many, "{\"type\":\"event\",\"resource\":\"\",\"reason\":\"\\n\"},");
  g_string_append (many, "0]}");
  many_text = g_string_free (many, FALSE);
  g_assert_null (tn_manifest_parse (many_text, -1, &faults));
  g_assert_cmpuint (faults->len, ==, TN_FAULT_LIST_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/manifest/faults/shape", test_shape);
  g_test_add_func ("/manifest/faults/unknown", test_unknown);
  g_test_add_func ("/manifest/faults/words", test_words);
  g_test_add_func ("/manifest/faults/permissions", test_permissions);
  g_test_add_func ("/manifest/faults/network", test_network);
  g_test_add_func ("/manifest/faults/conditions", test_conditions);
  g_test_add_func ("/manifest/faults/sizes", test_sizes);
  g_test_add_func ("/manifest/faults/not-an-object", test_not_an_object);
  g_test_add_func ("/manifest/faults/every-fault", test_every_fault);
  g_test_add_func ("/manifest/faults/bounds", test_bounds);
  return g_test_run ();
}
