/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

/* The rooms of src/ from the ground up, and the toolkits that each may include. */
typedef enum
{
  MAY_GTK = 1 << 0,
  MAY_WEBKIT = 1 << 1,
} Toolkits;

typedef struct
{
  const char *name;
  const char *last; /* the highest room whose headers it sees, itself aside */
  Toolkits toolkits;
} Room;

static const Room rooms[] = {
  { "base", NULL, 0 },
  { "grid", "base", 0 },
  { "bus", "grid", 0 },
  { "package", "bus", 0 },
  { "store", "package", 0 },
  { "policy", "store", 0 },
  { "action", "policy", 0 },
  { "net", "action", 0 },
  { "registry", "net", 0 },
  { "ai", "registry", 0 },
  { "runtime", "ai", MAY_GTK | MAY_WEBKIT },
  { "canvas", "runtime", MAY_GTK },
  { "shell", "canvas", MAY_GTK },
  { "cli", "ai", 0 },
};

static JsonArray *commands;

static int
room_index (const char *name)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (rooms); i++)
    if (g_str_equal (rooms[i].name, name))
      return i;
  return -1;
}

static gboolean
may_see (int from, int to)
{
  return to == from || to <= room_index (rooms[from].last);
}

/* What lies in a folder below is no part of the room: it is loaded by another program. */
static gboolean
is_of_room (JsonObject *entry, const char *room)
{
  g_autofree char *part = g_strdup_printf ("/src/%s/", room);
  const char *found = strstr (json_object_get_string_member (entry, "file"), part);

  return found != NULL && strchr (found + strlen (part), '/') == NULL &&
         g_str_has_prefix (json_object_get_string_member (entry, "output"), "src/");
}

/* A command without what names its input and output, reading from standard input instead. */
static GStrv
bare_command (const char *command)
{
  static const char *const with_value[] = { "-o", "-c", "-MF", "-MQ", NULL };
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;

  g_assert_true (g_shell_parse_argv (command, NULL, &argv, NULL));
  for (guint i = 0; argv[i] != NULL; i++)
    if (g_strv_contains (with_value, argv[i]))
      i++;
    else if (!g_str_equal (argv[i], "-MD"))
      g_strv_builder_add (kept, argv[i]);
  g_strv_builder_add_many (kept, "-fsyntax-only", "-xc", "-", NULL);
  return g_strv_builder_end (kept);
}

/* How a room's own files are compiled; NULL for a room without any. */
static GStrv
room_command (const char *room)
{
  for (guint i = 0; i < json_array_get_length (commands); i++)
    {
      JsonObject *entry = json_array_get_object_element (commands, i);

      if (is_of_room (entry, room))
        return bare_command (json_object_get_string_member (entry, "command"));
    }
  return NULL;
}

static gboolean
compiles (const char *const *command, const char *source, char **complaint)
{
  const char *directory = g_getenv ("TN_BUILD_ROOT");
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) compiler = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_set_cwd (launcher, directory);
  compiler = g_subprocess_launcher_spawnv (launcher, command, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (compiler, source, NULL, NULL, complaint, &error);
  g_assert_no_error (error);
  return g_subprocess_get_successful (compiler);
}

static void
assert_walled_off (const char *const *command, const char *room, const char *header)
{
  g_autofree char *source = g_strdup_printf ("#include <%s>\n", header);
  g_autofree char *expected = g_strdup_printf ("%s: No such file or directory", header);
  g_autofree char *complaint = NULL;

  if (compiles (command, source, &complaint))
    g_error ("%s/ can include %s, which lies above it", room, header);
  if (strstr (complaint, expected) == NULL)
    g_error ("%s/ finds %s and fails only later: %s", room, header, complaint);
}

static GPtrArray *
public_headers (const char *room)
{
  g_autofree char *path = g_build_filename (g_getenv ("TN_SOURCE_ROOT"), "src", room, NULL);
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  GPtrArray *headers = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_nonnull (directory);
  while ((name = g_dir_read_name (directory)) != NULL)
    if (g_str_has_suffix (name, ".h") && !g_str_has_suffix (name, "-private.h"))
      g_ptr_array_add (headers, g_strdup (name));
  return headers;
}

/* Whether a header, or one that it includes, names a toolkit: then it is for its own room only. */
static gboolean
names_toolkit (const char *room, const char *header)
{
  g_autofree char *path = g_build_filename (g_getenv ("TN_SOURCE_ROOT"), "src", room, header, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) quoted = g_strsplit (lines[i], "\"", 3);

      if (g_str_has_prefix (lines[i], "#include <webkit/") || g_str_has_prefix (lines[i], "#include <gtk/") ||
          g_str_has_prefix (lines[i], "#include <adwaita"))
        return TRUE;
      if (g_strcmp0 (quoted[0], "#include ") == 0 && names_toolkit (room, quoted[1]))
        return TRUE;
    }
  return FALSE;
}

static void
test_upwards (gconstpointer data)
{
  const Room *room = data;
  g_auto (GStrv) command = room_command (room->name);

  if (command == NULL)
    {
      g_test_skip ("no source in this room yet");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++)
    {
      g_autoptr (GPtrArray) headers = NULL;

      if (may_see (room - rooms, i))
        continue;
      headers = public_headers (rooms[i].name);
      for (guint j = 0; j < headers->len; j++)
        assert_walled_off ((const char *const *) command, room->name, headers->pdata[j]);
    }
}

static void
test_downwards (gconstpointer data)
{
  const Room *room = data;
  g_auto (GStrv) command = room_command (room->name);
  g_autoptr (GString) source = g_string_new (NULL);
  g_autofree char *complaint = NULL;

  if (command == NULL)
    {
      g_test_skip ("no source in this room yet");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++)
    {
      g_autoptr (GPtrArray) headers = public_headers (rooms[i].name);

      for (guint j = 0; may_see (room - rooms, i) && j < headers->len; j++)
        if (!names_toolkit (rooms[i].name, headers->pdata[j]))
          g_string_append_printf (source, "#include \"%s\"\n", (char *) headers->pdata[j]);
    }
  if (!compiles ((const char *const *) command, source->str, &complaint))
    g_error ("%s/ can't include what lies below it: %s", room->name, complaint);
}

static void
test_toolkits (gconstpointer data)
{
  const Room *room = data;
  g_auto (GStrv) command = room_command (room->name);

  if (command == NULL)
    {
      g_test_skip ("no source in this room yet");
      return;
    }
  if (!(room->toolkits & MAY_GTK))
    assert_walled_off ((const char *const *) command, room->name, "gtk/gtk.h");
  if (!(room->toolkits & MAY_WEBKIT))
    assert_walled_off ((const char *const *) command, room->name, "webkit/webkit.h");
}

/* The list above is the one of design and build: no room may be missing from it. */
static void
test_every_room (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("TN_SOURCE_ROOT"), "src", NULL);
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;
  guint found = 0;

  g_assert_nonnull (directory);
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *entry = g_build_filename (path, name, NULL);

      if (!g_file_test (entry, G_FILE_TEST_IS_DIR))
        continue;
      if (room_index (name) < 0)
        g_error ("src/%s/ is not among the rooms", name);
      found++;
    }
  g_assert_cmpuint (found, ==, G_N_ELEMENTS (rooms));
}

static void
add (const char *what, GTestDataFunc function)
{
  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++)
    {
      g_autofree char *path = g_strdup_printf ("/walls/%s/%s", what, rooms[i].name);

      g_test_add_data_func (path, &rooms[i], function);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  g_test_init (&argc, &argv, NULL);
  path = g_build_filename (g_getenv ("TN_BUILD_ROOT"), "compile_commands.json", NULL);
  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  commands = json_node_get_array (json_parser_get_root (parser));

  g_test_add_func ("/walls/every-room", test_every_room);
  add ("upwards", test_upwards);
  add ("downwards", test_downwards);
  add ("toolkits", test_toolkits);
  return g_test_run ();
}
