/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-handed.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tn-app.h"
#include "tn-archive.h"
#include "tn-json.h"
#include "tn-manifest-private.h"
#include "tn-toml.h"

#define TOML_FILE "manifest.toml"
#define TOML_MAX_BYTES (64 * 1024)

static const struct
{
  const char *suffix;
  TnHandedKind kind;
} suffixes[] = {
  { ".tgz", TN_HANDED_TGZ },
  { ".tnapp", TN_HANDED_TGZ },
  { ".tar.gz", TN_HANDED_TGZ },
  { ".xdc", TN_HANDED_XDC },
};

TnHandedKind
tn_handed_kind (const char *path)
{
  gsize length;

  g_return_val_if_fail (path != NULL, TN_HANDED_NOTHING);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return TN_HANDED_FOLDER;
  length = g_file_test (path, G_FILE_TEST_IS_REGULAR) ? strlen (path) : 0;
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      gsize n = strlen (suffixes[i].suffix);

      if (length > n && g_ascii_strcasecmp (path + length - n, suffixes[i].suffix) == 0)
        return suffixes[i].kind;
    }
  return TN_HANDED_NOTHING;
}

/* An .xdc need not have one. */
static GHashTable *
read_toml (const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, TOML_FILE, NULL);
  g_autoptr (GMappedFile) file = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return g_hash_table_new (g_str_hash, g_str_equal);
  file = g_mapped_file_new (path, FALSE, error);
  if (file == NULL)
    return NULL;
  if (g_mapped_file_get_length (file) <= TOML_MAX_BYTES)
    return tn_toml_read_strings (g_mapped_file_get_contents (file), g_mapped_file_get_length (file), error);
  g_set_error (error, TN_PACKAGE_ERROR, TN_PACKAGE_ERROR_MANIFEST, _("manifest.toml is larger than %d KiB"),
               TOML_MAX_BYTES / 1024);
  return NULL;
}

static char *
name_of_file (const char *path)
{
  g_autofree char *shown = g_filename_display_basename (path);

  return g_strndup (shown, strlen (shown) - strlen (".xdc"));
}

static void
set_icon (JsonObject *manifest, const char *directory)
{
  static const char *const icons[] = { "icon.png", "icon.jpg" };

  for (guint i = 0; i < G_N_ELEMENTS (icons) && !json_object_has_member (manifest, "icon"); i++)
    {
      g_autofree char *path = g_build_filename (directory, icons[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        json_object_set_string_member (manifest, "icon", icons[i]);
    }
}

static JsonObject *
make_manifest (const char *name, const char *address, const char *directory)
{
  JsonObject *manifest = json_object_new (), *security = json_object_new ();
  g_autofree char *hash = tn_app_key ("xdc", name, address);
  g_autofree char *id = g_strconcat (TN_XDC_PREFIX, hash, NULL);

  json_object_set_int_member (manifest, "sdk", TN_SDK_VERSION);
  json_object_set_string_member (manifest, "id", id);
  json_object_set_string_member (manifest, "name", name);
  json_object_set_string_member (manifest, "version", "1.0.0");
  json_object_set_string_member (manifest, "entryPoint", TN_MANIFEST_ENTRY_POINT);
  set_icon (manifest, directory);
  json_object_set_string_member (security, "sandboxLevel", "permissive");
  json_object_set_object_member (manifest, "security", security);
  return manifest;
}

static gboolean
write_manifest (JsonObject *manifest, const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, TN_MANIFEST_FILE, NULL);
  g_autofree char *text = tn_json_object_to_string (manifest);
  g_autoptr (GError) local = NULL;

  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, &local))
    return TRUE;
  g_set_error_literal (error, TN_ARCHIVE_ERROR, TN_ARCHIVE_ERROR_IO, local->message);
  return FALSE;
}

static gboolean
add_xdc_manifest (const char *path, const char *directory, GError **error)
{
  g_autoptr (GHashTable) toml = read_toml (directory, error);
  g_autofree char *fallback = name_of_file (path);
  g_autoptr (JsonObject) manifest = NULL;
  const char *name, *address;

  if (toml == NULL)
    return FALSE;
  name = g_hash_table_lookup (toml, "name");
  address = g_hash_table_lookup (toml, "source_code_url");
  manifest = make_manifest (name != NULL && *name != '\0' ? name : fallback, address != NULL ? address : "", directory);
  return write_manifest (manifest, directory, error);
}

gboolean
tn_handed_unpack (const char *path, const char *directory, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (path != NULL && directory != NULL, FALSE);

  switch (tn_handed_kind (path))
    {
    case TN_HANDED_FOLDER:
      return tn_archive_copy_folder (path, directory, cancellable, error);
    case TN_HANDED_TGZ:
      return tn_archive_unpack (TN_ARCHIVE_TGZ, path, directory, cancellable, error);
    case TN_HANDED_XDC:
      return tn_archive_unpack (TN_ARCHIVE_ZIP, path, directory, cancellable, error)
             && add_xdc_manifest (path, directory, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}
