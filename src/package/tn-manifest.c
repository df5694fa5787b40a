/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-manifest-private.h"

#include "tn-clock.h"
#include "tn-json.h"
#include "tn-words.h"

G_DEFINE_QUARK (tn-package-error-quark, tn_package_error)

G_DEFINE_FINAL_TYPE (TnManifest, tn_manifest, G_TYPE_OBJECT)

static void
clear_permission (gpointer data)
{
  TnPermission *permission = data;

  g_free (permission->resource);
  g_free (permission->reason);
}

static void
tn_manifest_finalize (GObject *object)
{
  TnManifest *self = TN_MANIFEST (object);

  g_clear_pointer (&self->json, json_object_unref);
  g_free (self->name);
  g_array_unref (self->permissions);
  G_OBJECT_CLASS (tn_manifest_parent_class)->finalize (object);
}

static void
tn_manifest_class_init (TnManifestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tn_manifest_finalize;
}

static void
tn_manifest_init (TnManifest *self)
{
  self->permissions = g_array_new (FALSE, FALSE, sizeof (TnPermission));
  g_array_set_clear_func (self->permissions, clear_permission);
}

static const char *
get_string (TnManifest *self, const char *member, const char *fallback)
{
  g_return_val_if_fail (TN_IS_MANIFEST (self), NULL);

  return tn_json_get_string (self->json, member, fallback);
}

const char *
tn_manifest_get_id (TnManifest *self)
{
  return get_string (self, "id", NULL);
}

const char *
tn_manifest_get_name (TnManifest *self)
{
  g_return_val_if_fail (TN_IS_MANIFEST (self), NULL);

  return self->name;
}

const char *
tn_manifest_get_version (TnManifest *self)
{
  return get_string (self, "version", NULL);
}

const char *
tn_manifest_get_description (TnManifest *self)
{
  return get_string (self, "description", "");
}

const char *
tn_manifest_get_author (TnManifest *self)
{
  return get_string (self, "author", "");
}

const char *
tn_manifest_get_license (TnManifest *self)
{
  return get_string (self, "license", "");
}

const char *
tn_manifest_get_icon (TnManifest *self)
{
  return get_string (self, "icon", NULL);
}

const char *
tn_manifest_get_entry_point (TnManifest *self)
{
  return get_string (self, "entryPoint", TN_MANIFEST_ENTRY_POINT);
}

TnSandboxLevel
tn_manifest_get_level (TnManifest *self)
{
  g_return_val_if_fail (TN_IS_MANIFEST (self), TN_LEVEL_STRICT);

  return self->level;
}

TnBlockedApis
tn_manifest_get_blocked_apis (TnManifest *self)
{
  g_return_val_if_fail (TN_IS_MANIFEST (self), 0);

  return self->blocked;
}

gboolean
tn_manifest_get_encrypted (TnManifest *self)
{
  g_return_val_if_fail (TN_IS_MANIFEST (self), FALSE);

  return tn_json_get_boolean (tn_json_get_object (self->json, "security"), "dataEncryption", FALSE);
}

TnBackground
tn_manifest_get_background (TnManifest *self)
{
  g_return_val_if_fail (TN_IS_MANIFEST (self), TN_BACKGROUND_SUSPEND);

  return self->background;
}

const TnResources *
tn_manifest_get_resources (TnManifest *self)
{
  g_return_val_if_fail (TN_IS_MANIFEST (self), NULL);

  return &self->resources;
}

const TnPermission *
tn_manifest_get_permissions (TnManifest *self, gsize *n)
{
  g_return_val_if_fail (TN_IS_MANIFEST (self) && n != NULL, NULL);

  *n = self->permissions->len;
  return (const TnPermission *) self->permissions->data;
}

gboolean
tn_manifest_allows_host (TnManifest *self, const char *host)
{
  JsonArray *domains;

  g_return_val_if_fail (TN_IS_MANIFEST (self) && host != NULL, FALSE);

  domains = tn_json_get_array (tn_json_get_object (self->json, "security"), "allowedDomains");
  for (guint i = 0; domains != NULL && i < json_array_get_length (domains); i++)
    if (tn_word_domain_covers (json_array_get_string_element (domains, i), host))
      return TRUE;
  return FALSE;
}

void
tn_manifest_get_default_size (TnManifest *self, int *w, int *h)
{
  g_return_if_fail (TN_IS_MANIFEST (self) && w != NULL && h != NULL);

  *w = self->default_w;
  *h = self->default_h;
}

void
tn_manifest_get_min_size (TnManifest *self, int *w, int *h)
{
  g_return_if_fail (TN_IS_MANIFEST (self) && w != NULL && h != NULL);

  *w = self->min_w;
  *h = self->min_h;
}

double
tn_manifest_get_aspect (TnManifest *self)
{
  g_return_val_if_fail (TN_IS_MANIFEST (self), 0);

  return tn_json_get_double (tn_json_get_object (self->json, "ui"), "aspect", 0);
}

JsonObject *
tn_manifest_get_json (TnManifest *self)
{
  g_return_val_if_fail (TN_IS_MANIFEST (self), NULL);

  return self->json;
}

char *
tn_app_key (const char *source, const char *id, const char *publisher_key)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *const parts[] = { source, id, publisher_key };
  guint8 digest[32];
  gsize length = sizeof digest;

  g_return_val_if_fail (source != NULL && id != NULL && publisher_key != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_checksum_update (checksum, (const guchar *) parts[i], -1);
      g_checksum_update (checksum, (const guchar *) "\n", 1);
    }
  g_checksum_get_digest (checksum, digest, &length);
  return tn_base32 (digest, length, 16);
}
