/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-app.h"

#include "tn-fault.h"
#include "tn-manifest-private.h"

struct _TnApp
{
  GObject parent;

  char *key;
  char *id;
  char *source;
  char *directory;
  TnManifest *manifest;
  GPtrArray *faults;
};

G_DEFINE_FINAL_TYPE (TnApp, tn_app, G_TYPE_OBJECT)

static void
tn_app_finalize (GObject *object)
{
  TnApp *self = TN_APP (object);

  g_free (self->key);
  g_free (self->id);
  g_free (self->source);
  g_free (self->directory);
  g_clear_object (&self->manifest);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  G_OBJECT_CLASS (tn_app_parent_class)->finalize (object);
}

static void
tn_app_class_init (TnAppClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tn_app_finalize;
}

static void
tn_app_init (TnApp *self)
{
}

TnApp *
tn_app_load (const char *source, const char *directory)
{
  TnApp *self;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (source != NULL && directory != NULL, NULL);

  self = g_object_new (TN_TYPE_APP, NULL);
  self->source = g_strdup (source);
  self->directory = g_strdup (directory);
  self->manifest = tn_manifest_load_with_id (directory, &self->id, &self->faults, &error);
  if (error != NULL && self->faults->len == 0)
    tn_fault_list_add (self->faults, "", "%s", error->message);
  if (self->id == NULL)
    self->id = g_path_get_basename (directory);
  self->key = tn_app_key (source, self->id, "");
  return self;
}

const char *
tn_app_get_key (TnApp *self)
{
  g_return_val_if_fail (TN_IS_APP (self), NULL);

  return self->key;
}

const char *
tn_app_get_id (TnApp *self)
{
  g_return_val_if_fail (TN_IS_APP (self), NULL);

  return self->id;
}

const char *
tn_app_get_name (TnApp *self)
{
  g_return_val_if_fail (TN_IS_APP (self), NULL);

  return self->manifest != NULL ? tn_manifest_get_name (self->manifest) : self->id;
}

const char *
tn_app_get_source (TnApp *self)
{
  g_return_val_if_fail (TN_IS_APP (self), NULL);

  return self->source;
}

const char *
tn_app_get_directory (TnApp *self)
{
  g_return_val_if_fail (TN_IS_APP (self), NULL);

  return self->directory;
}

TnManifest *
tn_app_get_manifest (TnApp *self)
{
  g_return_val_if_fail (TN_IS_APP (self), NULL);

  return self->manifest;
}

GPtrArray *
tn_app_get_faults (TnApp *self)
{
  g_return_val_if_fail (TN_IS_APP (self), NULL);

  return self->faults;
}

gboolean
tn_app_is_missing (TnApp *self)
{
  g_autofree char *manifest = NULL;

  g_return_val_if_fail (TN_IS_APP (self), TRUE);

  manifest = g_build_filename (self->directory, TN_MANIFEST_FILE, NULL);
  return !g_file_test (manifest, G_FILE_TEST_IS_REGULAR);
}

gboolean
tn_app_is_webxdc (TnApp *self)
{
  g_return_val_if_fail (TN_IS_APP (self), FALSE);

  return g_str_has_prefix (self->id, TN_XDC_PREFIX);
}
