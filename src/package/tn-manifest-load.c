/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-manifest-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tn-fault.h"
#include "tn-json.h"
#include "tn-words.h"

#define PACKAGE_FILE "package.json"

static const char *const file_members[] = { "icon", "entryPoint", "workerScript", "preview" };

static gboolean
is_below (const char *path, const char *root)
{
  gsize length = strlen (root);

  return strncmp (path, root, length) == 0 && path[length] == '/';
}

/* Returns: what is wrong with the file, translated, with %s for its name; %NULL if nothing */
static const char *
judge_presence (const char *root, const char *name)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autofree char *target = realpath (path, NULL);
  struct stat status;

  if (target == NULL)
    return errno == EACCES ? _("names “%s”, which can't be read") : _("names “%s”, which is not in the app's folder");
  if (!is_below (target, root))
    return _("names “%s”, which leads out of the app's folder");
  if (stat (target, &status) != 0 || !S_ISREG (status.st_mode))
    return _("names “%s”, which is not a file");
  return access (target, R_OK) == 0 ? NULL : _("names “%s”, which can't be read");
}

static gboolean
fail (GError **error, const char *path)
{
  int number = errno;
  g_autofree char *shown = g_filename_display_name (path);

  if (number == ENOENT || number == ENOTDIR)
    g_set_error (error, TN_PACKAGE_ERROR, TN_PACKAGE_ERROR_MISSING, _("“%s” is not there"), shown);
  else
    g_set_error (error, TN_PACKAGE_ERROR, TN_PACKAGE_ERROR_UNREADABLE, _("“%s” can't be read: %s"), shown,
                 g_strerror (number));
  return FALSE;
}

static gboolean
refuse (GError **error, const char *path, const char *sentence)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *message = tn_word_fill (sentence, shown);

  g_set_error_literal (error, TN_PACKAGE_ERROR, TN_PACKAGE_ERROR_UNREADABLE, message);
  return FALSE;
}

/* One byte more than is taken, so that the parser says that it is too much. */
static gboolean
read_all (int fd, const char *path, GByteArray *text, GError **error)
{
  ssize_t n = 1;

  g_byte_array_set_size (text, TN_MANIFEST_MAX_BYTES + 1);
  text->len = 0;
  while (n > 0 && text->len <= TN_MANIFEST_MAX_BYTES)
    {
      n = TEMP_FAILURE_RETRY (read (fd, text->data + text->len, TN_MANIFEST_MAX_BYTES + 1 - text->len));
      if (n < 0)
        return fail (error, path);
      text->len += n;
    }
  return TRUE;
}

/* Without waiting, so that a pipe of that name can't hold the program up. */
static gboolean
read_regular (const char *path, GByteArray *text, GError **error)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  struct stat status;
  gboolean done;

  if (fd < 0)
    return fail (error, path);
  done = fstat (fd, &status) == 0 && S_ISREG (status.st_mode);
  done = done ? read_all (fd, path, text, error) : refuse (error, path, _("“%s” is not a file"));
  close (fd);
  return done;
}

static gboolean
read_app_file (const char *root, const char *name, GByteArray *text, GError **error)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autofree char *target = realpath (path, NULL);

  if (target == NULL)
    return fail (error, path);
  if (!is_below (target, root))
    return refuse (error, path, _("“%s” leads out of the app's folder"));
  return read_regular (target, text, error);
}

/* Without what npm's spelling of a name leaves out: case, blanks, dots, dashes. */
static char *
squeeze (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);
  GString *out = g_string_new (NULL);

  for (const char *c = folded; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_isalnum (g_utf8_get_char (c)))
      g_string_append_unichar (out, g_utf8_get_char (c));
  return g_string_free (out, FALSE);
}

static gboolean
is_alike (const char *first, const char *second)
{
  g_autofree char *a = squeeze (first), *b = squeeze (second);

  return g_str_equal (a, b);
}

/* @package without its scope stands for the app's name, its id, or the end of its id. */
static gboolean
names_app (const char *package, const char *name, const char *id)
{
  const char *slash = strchr (package, '/'), *dot = strrchr (id, '.');
  const char *bare = slash != NULL ? slash + 1 : package;

  return is_alike (bare, name) || is_alike (bare, id) || (dot != NULL && is_alike (bare, dot + 1));
}

static void
compare_package_json (JsonObject *json, JsonObject *package, GPtrArray *faults)
{
  const char *version = tn_json_get_string (json, "version", NULL), *name = tn_json_get_string (json, "name", NULL);
  const char *package_version = tn_json_get_string (package, "version", version);
  const char *package_name = tn_json_get_string (package, "name", name);

  if (version != NULL && !g_str_equal (version, package_version))
    tn_fault_list_add (faults, "/version", _("is “%s”, but package.json says “%s”; the two must agree"), version,
                       package_version);
  if (name != NULL && !names_app (package_name, name, tn_json_get_string (json, "id", name)))
    tn_fault_list_add (faults, "/name",
                       _("is “%s”, but package.json says “%s”; that must be this name, the id, or the id's end"), name,
                       package_name);
}

/* For npm's eyes there may be a second file that says some of the same. */
static void
check_package_json (JsonObject *json, const char *root, GPtrArray *faults)
{
  g_autoptr (GByteArray) text = g_byte_array_new ();
  g_autoptr (JsonObject) package = NULL;
  g_autoptr (GError) error = NULL;

  if (read_app_file (root, PACKAGE_FILE, text, &error))
    package = tn_json_parse_object ((const char *) text->data, text->len, NULL, &error);
  if (package != NULL)
    compare_package_json (json, package, faults);
  else if (!g_error_matches (error, TN_PACKAGE_ERROR, TN_PACKAGE_ERROR_MISSING))
    tn_fault_list_add (faults, "", "package.json: %s", error->message);
}

void
tn_manifest_check_files (JsonObject *json, const char *root, GPtrArray *faults)
{
  for (guint i = 0; i < G_N_ELEMENTS (file_members); i++)
    {
      const char *fallback = g_str_equal (file_members[i], "entryPoint") ? TN_MANIFEST_ENTRY_POINT : NULL;
      const char *name = tn_json_get_string (json, file_members[i], fallback);
      g_autofree char *pointer = tn_json_pointer_join ("", file_members[i]);
      const char *fault = name != NULL && tn_word_judge_file (name) == NULL ? judge_presence (root, name) : NULL;

      if (fault != NULL)
        {
          g_autofree char *message = tn_word_fill (fault, name);

          tn_fault_list_add (faults, pointer, "%s", message);
        }
    }
  check_package_json (json, root, faults);
}

static void
set_error_from_faults (GError **error, const char *directory, GPtrArray *faults)
{
  const TnFault *first = g_ptr_array_index (faults, 0);
  g_autofree char *place = *first->pointer != '\0' ? g_strconcat (first->pointer, ": ", NULL) : g_strdup ("");
  g_autofree char *shown = g_filename_display_name (directory);

  if (faults->len == 1)
    g_set_error (error, TN_PACKAGE_ERROR, TN_PACKAGE_ERROR_MANIFEST, _("The manifest in “%s” has a fault: %s%s"),
                 shown, place, first->message);
  else
    g_set_error (error, TN_PACKAGE_ERROR, TN_PACKAGE_ERROR_MANIFEST,
                 _("The manifest in “%s” has %u faults, the first of them: %s%s"), shown, faults->len, place,
                 first->message);
}

TnManifest *
tn_manifest_load_with_id (const char *directory, char **id, GPtrArray **faults, GError **error)
{
  g_autofree char *root = realpath (directory, NULL);
  g_autoptr (GByteArray) text = g_byte_array_new ();
  g_autoptr (GPtrArray) found = tn_fault_list_new ();
  TnManifest *self = NULL;

  if (root == NULL)
    fail (error, directory);
  else if (read_app_file (root, TN_MANIFEST_FILE, text, error))
    {
      self = tn_manifest_read ((const char *) text->data, text->len, root, id, found);
      if (self == NULL)
        set_error_from_faults (error, directory, found);
    }
  if (faults != NULL)
    *faults = g_steal_pointer (&found);
  return self;
}

TnManifest *
tn_manifest_load (const char *directory, GPtrArray **faults, GError **error)
{
  g_return_val_if_fail (directory != NULL, NULL);

  return tn_manifest_load_with_id (directory, NULL, faults, error);
}
