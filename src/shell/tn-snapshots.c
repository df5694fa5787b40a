/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-snapshots.h"

#include <string.h>

#include "tn-clock.h"
#include "tn-json.h"
#include "tn-text.h"

#define MAX_PRETTY (64 * 1024) /* bytes of JSON; indenting what is deep makes it many times as long */
#define MAX_LINES 2000
#define MAX_CHARACTERS 500 /* of a line */

struct _TnSnapshot
{
  GObject parent;

  char *text;
  gint64 time_us;
};

G_DEFINE_FINAL_TYPE (TnSnapshot, tn_snapshot, G_TYPE_OBJECT)

static void
tn_snapshot_finalize (GObject *object)
{
  g_free (TN_SNAPSHOT (object)->text);
  G_OBJECT_CLASS (tn_snapshot_parent_class)->finalize (object);
}

static void
tn_snapshot_class_init (TnSnapshotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tn_snapshot_finalize;
}

static void
tn_snapshot_init (TnSnapshot *self)
{
}

const char *
tn_snapshot_get_text (TnSnapshot *self)
{
  g_return_val_if_fail (TN_IS_SNAPSHOT (self), NULL);

  return self->text;
}

gint64
tn_snapshot_get_time_us (TnSnapshot *self)
{
  g_return_val_if_fail (TN_IS_SNAPSHOT (self), 0);

  return self->time_us;
}

static void
append_line (GString *shown, const char *line)
{
  gboolean fits = g_utf8_strlen (line, -1) <= MAX_CHARACTERS;
  g_autofree char *cut = g_utf8_substring (line, 0, fits ? g_utf8_strlen (line, -1) : MAX_CHARACTERS);
  g_autofree char *safe = tn_text_make_safe (cut);

  g_string_append_printf (shown, "%s%s\n", safe, fits ? "" : "…");
}

char *
tn_snapshot_show (TnSnapshot *self)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *pretty = NULL;
  g_auto (GStrv) lines = NULL;
  GString *shown = g_string_new (NULL);

  g_return_val_if_fail (TN_IS_SNAPSHOT (self), NULL);

  if (strlen (self->text) <= MAX_PRETTY)
    node = tn_json_parse (self->text, -1, NULL, NULL);
  pretty = node != NULL ? tn_json_to_lines (node) : NULL;
  lines = g_strsplit (pretty != NULL ? g_strchomp (pretty) : self->text, "\n", MAX_LINES + 1);
  for (guint i = 0; lines[i] != NULL && i < MAX_LINES; i++)
    append_line (shown, lines[i]);
  if (g_strv_length (lines) > MAX_LINES)
    g_string_append (shown, "…\n");
  return g_string_free (shown, FALSE);
}

static TnSnapshot *
get (GListStore *snapshots, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (snapshots), position);
}

static void
drop_oldest (GListStore *snapshots)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (snapshots)), keep = 0;

  for (gsize bytes = 0; keep < MIN (n, TN_SNAPSHOTS_LENGTH); keep++)
    {
      g_autoptr (TnSnapshot) snapshot = get (snapshots, keep);

      bytes += strlen (snapshot->text);
      if (keep > 0 && bytes > TN_SNAPSHOTS_BYTES)
        break;
    }
  g_list_store_splice (snapshots, keep, n - keep, NULL, 0);
}

gboolean
tn_snapshots_add (GListStore *snapshots, const char *text)
{
  g_autoptr (TnSnapshot) newest = NULL, snapshot = NULL;

  g_return_val_if_fail (G_IS_LIST_STORE (snapshots) && text != NULL, FALSE);

  newest = get (snapshots, 0);
  if (newest != NULL && g_str_equal (newest->text, text))
    return FALSE;
  snapshot = g_object_new (TN_TYPE_SNAPSHOT, NULL);
  snapshot->text = g_strdup (text);
  snapshot->time_us = tn_clock_wall_us ();
  g_list_store_insert (snapshots, 0, snapshot);
  drop_oldest (snapshots);
  return TRUE;
}
