/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "tn-fault.h"
#include "tn-json.h"
#include "tn-permission.h"

#include <string.h>

static void
check_fault (const TnFault *fault)
{
  g_assert_true (g_utf8_validate (fault->pointer, -1, NULL));
  g_assert_true (g_utf8_validate (fault->message, -1, NULL));
  g_assert_true (*fault->pointer == '\0' || *fault->pointer == '/');
  g_assert_cmpuint (strlen (fault->message), >, 0);
  g_assert_null (strpbrk (fault->message, "\n\r\x1b"));
}

static void
check_permissions (TnManifest *manifest)
{
  gsize n;
  const TnPermission *permissions = tn_manifest_get_permissions (manifest, &n);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *sentence = tn_permission_describe (&permissions[i]);

      g_assert_nonnull (sentence);
      g_assert_cmpint (permissions[i].actions, !=, 0);
    }
}

/* Whether a part of @path is “..”; “..a” is a name like any other. */
static gboolean
climbs (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  return g_strv_contains ((const char *const *) parts, "..");
}

/* What was taken keeps its promises, and is taken again when it is written out. */
static void
check_manifest (TnManifest *manifest)
{
  g_autofree char *text = tn_json_object_to_string (tn_manifest_get_json (manifest));
  g_autoptr (TnManifest) again = tn_manifest_parse (text, -1, NULL);
  const char *entry = tn_manifest_get_entry_point (manifest);
  int w, h, min_w, min_h;

  g_assert_nonnull (again);
  g_assert_cmpstr (tn_manifest_get_id (again), ==, tn_manifest_get_id (manifest));
  g_assert_cmpuint (strlen (tn_manifest_get_id (manifest)), >=, 3);
  g_assert_true (*entry != '/' && *entry != '\0' && !climbs (entry));
  tn_manifest_get_default_size (manifest, &w, &h);
  tn_manifest_get_min_size (manifest, &min_w, &min_h);
  g_assert_true (min_w >= 1 && min_w <= w && w <= 64 && min_h >= 1 && min_h <= h && h <= 64);
  check_permissions (manifest);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (TnManifest) manifest = tn_manifest_parse (size > 0 ? (const char *) data : "", size, &faults);

  g_assert_true ((manifest == NULL) == (faults->len > 0));
  g_assert_cmpuint (faults->len, <=, TN_FAULT_LIST_MAX);
  for (guint i = 0; i < faults->len; i++)
    check_fault (g_ptr_array_index (faults, i));
  if (manifest != NULL)
    check_manifest (manifest);
  return 0;
}
