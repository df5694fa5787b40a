/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hostile-app.h"

#include "tn-json.h"

#include <string.h>

#define PAGE "<!doctype html><meta charset=utf-8><title>x</title><body><script type=module src=app.js></script>"

static const char *const troubles[] = {
  [TN_TROUBLE_NONE] = "none",         [TN_TROUBLE_MISSING] = "missing", [TN_TROUBLE_BROKEN] = "broken",
  [TN_TROUBLE_UNPROVED] = "unproved", [TN_TROUBLE_TIMEOUT] = "timeout", [TN_TROUBLE_CRASHED] = "crashed",
  [TN_TROUBLE_MEMORY] = "memory",     [TN_TROUBLE_STORAGE] = "storage",
};

#define MAX_ROWS 300

static const char *const nothing_worked[] = { "refused", "silent", "absent", NULL };

static char *
read_text (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static JsonObject *
read_about (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "case.json", NULL);
  g_autofree char *text = g_file_test (path, G_FILE_TEST_EXISTS) ? read_text (path) : g_strdup ("{}");
  g_autoptr (GError) error = NULL;
  JsonObject *about = tn_json_parse_object (text, -1, NULL, &error);

  if (about == NULL)
    g_error ("%s: %s", path, error->message);
  return about;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(HostileCase **) a)->name, (*(HostileCase **) b)->name);
}

GPtrArray *
hostile_load (HostileGroup *group)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "hostile", "apps", group->name, NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  GPtrArray *cases = g_ptr_array_new ();
  const char *name;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);
      HostileCase *self = g_new0 (HostileCase, 1);

      self->group = group;
      self->name = g_strdup (name);
      self->id = g_strdup_printf ("com.hostile.%s", name);
      self->about = read_about (below);
      g_ptr_array_add (cases, self);
    }
  g_ptr_array_sort (cases, compare_names);
  return cases;
}

static char *
write_manifest (HostileCase *self)
{
  g_autoptr (JsonObject) manifest = json_object_new ();
  JsonObject *security = json_object_new (), *more = tn_json_get_object (self->about, "manifest");
  g_autoptr (GList) names = more != NULL ? json_object_get_members (more) : NULL;

  json_object_set_string_member (security, "sandboxLevel", self->group->level);
  json_object_set_int_member (manifest, "sdk", 1);
  json_object_set_string_member (manifest, "id", self->id);
  json_object_set_string_member (manifest, "name", self->name);
  json_object_set_string_member (manifest, "version", "1.0.0");
  json_object_set_string_member (manifest, "entryPoint", "index.html");
  json_object_set_object_member (manifest, "security", security);
  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (manifest, l->data, json_node_copy (json_object_get_member (more, l->data)));
  return tn_json_object_to_string (manifest);
}

static void
write_text (HostileCase *self, const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *other = tn_app_key ("test", HOSTILE_NEIGHBOUR, "");
  g_autoptr (GString) filled = g_string_new (text);
  g_autofree char *tcp = g_strdup_printf ("%u", listener_get_tcp_port (self->group->listener));
  g_autofree char *udp = g_strdup_printf ("%u", listener_get_udp_port (self->group->listener));

  g_string_replace (filled, "@TCP@", tcp, 0);
  g_string_replace (filled, "@UDP@", udp, 0);
  g_string_replace (filled, "@CASE@", self->name, 0);
  g_string_replace (filled, "@OTHER@", other, 0);
  g_assert_true (g_file_set_contents (path, filled->str, -1, NULL));
}

void
hostile_write (HostileCase *self, const char *apps)
{
  g_autofree char *root = g_test_build_filename (G_TEST_DIST, "hostile", "apps", NULL);
  g_autofree char *library_path = g_build_filename (root, "lib.js", NULL);
  g_autofree char *library = read_text (library_path);
  g_autofree char *from = g_build_filename (root, self->group->name, self->name, NULL);
  g_autofree char *to = g_build_filename (apps, self->id, NULL);
  g_autofree char *manifest = write_manifest (self);
  g_autoptr (GDir) folder = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_cmpint (g_mkdir_with_parents (to, 0700), ==, 0);
  write_text (self, to, "index.html", PAGE);
  write_text (self, to, "manifest.json", manifest);
  write_text (self, to, "lib.js", library);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (from, name, NULL);
      g_autofree char *text = read_text (path);

      write_text (self, to, name, text);
    }
}

static gboolean
is_expected (JsonNode *expected, JsonNode *said)
{
  if (expected != NULL)
    return json_node_equal (expected, said);
  return JSON_NODE_HOLDS_VALUE (said) && json_node_get_value_type (said) == G_TYPE_STRING
         && g_strv_contains (nothing_worked, json_node_get_string (said));
}

static void
check_audit (HostileCase *self)
{
  JsonArray *expected = tn_json_get_array (self->about, "audit");

  if (self->kinds == NULL)
    return;
  g_assert_cmpuint (g_strv_length (self->kinds), <=, MAX_ROWS);
  for (guint i = 0; expected != NULL && i < json_array_get_length (expected); i++)
    if (!g_strv_contains ((const char *const *) self->kinds, json_array_get_string_element (expected, i)))
      g_test_fail_printf ("the audit has no “%s” of %s", json_array_get_string_element (expected, i), self->name);
}

void
hostile_check (HostileCase *self)
{
  const char *trouble = tn_json_get_string (self->about, "trouble", "none");
  JsonObject *expected = tn_json_get_object (self->about, "done");
  g_autoptr (JsonObject) all = expected != NULL ? json_object_ref (expected) : json_object_new ();
  g_autoptr (GList) names = json_object_get_members (all);
  g_autofree char *said = self->done != NULL ? tn_json_object_to_string (self->done) : g_strdup ("nothing");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  g_test_message ("%s: %s", self->name, said);
  g_assert_cmpstr (troubles[self->trouble], ==, trouble);
  check_audit (self);
  if (!g_str_equal (trouble, "none"))
    return;
  if (self->done == NULL || json_object_get_size (self->done) == 0)
    {
      g_test_fail_printf ("%s did not report", self->name);
      return;
    }
  for (GList *l = names; l != NULL; l = l->next)
    if (!json_object_has_member (self->done, l->data))
      g_test_fail_printf ("%s did not report “%s”", self->name, (char *) l->data);
  json_object_iter_init (&iter, self->done);
  while (json_object_iter_next (&iter, &name, &value))
    if (!is_expected (json_object_get_member (all, name), value))
      g_test_fail_printf ("%s reported for “%s” what it must not", self->name, name);
}
