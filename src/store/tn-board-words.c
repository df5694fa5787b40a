/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-board-private.h"

#include <glib/gi18n-lib.h>

/* What a type of a foreign panel may look like in an app's id: enough for all that there are. */
#define MAX_ID 100

static gboolean
is_id (const char *text)
{
  gsize length = 0;

  for (; text[length] != '\0' && length <= MAX_ID; length++)
    if (!g_ascii_isgraph (text[length]))
      return FALSE;
  return length > 0 && length <= MAX_ID;
}

/* A key that the file says is kept: it names the same app of the same source everywhere. */
static void
read_app (TnBoardReader *reader, const char *pointer, JsonObject *object, TnTileRecord *tile)
{
  JsonObject *app = tn_json_get_object (object, "app");
  const char *id = tn_json_get_string (app, "id", "");
  const char *key = tn_json_get_string (app, "key", NULL);
  g_autofree char *place = tn_json_pointer_join (pointer, "app");

  if (!is_id (id) || (key != NULL && *key != '\0' && !is_id (key)))
    {
      tn_board_note (reader->report, place, _("This names no app and was left out"));
      return;
    }
  if (reader->find_app != NULL && (key == NULL || *key != '\0'))
    {
      const char *found = reader->find_app (id, reader->user_data);

      if (found == NULL)
        tn_board_note (reader->report, place, _("There is no app “%s” here; its place is kept"), id);
      key = key != NULL ? key : found;
    }
  g_free (tile->app_id);
  g_free (tile->app_key);
  tile->app_id = g_strdup (id);
  tile->app_key = g_strdup (key != NULL ? key : "");
}

static void
write_app (JsonObject *object, const TnTileRecord *tile)
{
  JsonObject *app = json_object_new ();

  json_object_set_string_member (app, "id", tile->app_id);
  json_object_set_string_member (app, "key", tile->app_key);
  json_object_set_object_member (object, "app", app);
}

/* What had no key when it was read has the one that was found for it. */
static gboolean
same_app (const TnTileRecord *a, const TnTileRecord *b)
{
  return g_str_equal (a->app_id, b->app_id)
         && (*a->app_key == '\0' || *b->app_key == '\0' || g_str_equal (a->app_key, b->app_key));
}

static void
read_title (TnBoardReader *reader, const char *pointer, JsonObject *object, TnTileRecord *tile)
{
  g_free (tile->title);
  tile->title = tn_board_take_text (reader->report, pointer, object, "title");
}

static void
write_title (JsonObject *object, const TnTileRecord *tile)
{
  if (tile->title != NULL)
    json_object_set_string_member (object, "title", tile->title);
  else
    json_object_set_null_member (object, "title");
}

static gboolean
same_title (const TnTileRecord *a, const TnTileRecord *b)
{
  return g_strcmp0 (a->title, b->title) == 0;
}

static void
read_locked (TnBoardReader *reader, const char *pointer, JsonObject *object, TnTileRecord *tile)
{
  tn_board_take_boolean (reader->report, pointer, object, "locked", &tile->locked);
}

static void
write_locked (JsonObject *object, const TnTileRecord *tile)
{
  json_object_set_boolean_member (object, "locked", tile->locked);
}

static gboolean
same_locked (const TnTileRecord *a, const TnTileRecord *b)
{
  return !a->locked == !b->locked;
}

static void
read_config (TnBoardReader *reader, const char *pointer, JsonObject *object, TnTileRecord *tile)
{
  JsonObject *config = tn_json_get_object (object, "config");
  g_autofree char *place = NULL;

  g_clear_pointer (&tile->config, g_free);
  if (config != NULL)
    tile->config = tn_json_object_to_string (config);
  else if (!json_node_is_null (json_object_get_member (object, "config")) && reader->report != NULL)
    {
      place = tn_json_pointer_join (pointer, "config");
      tn_fault_list_add (reader->report, place, _("Settings have to be an object; these were left out"));
    }
}

static void
write_config (JsonObject *object, const TnTileRecord *tile)
{
  JsonNode *config = tile->config != NULL ? tn_json_parse (tile->config, -1, &TN_BOARD_CAPS, NULL) : NULL;

  json_object_set_member (object, "config", config != NULL ? config : json_node_new (JSON_NODE_NULL));
}

static gboolean
same_config (const TnTileRecord *a, const TnTileRecord *b)
{
  g_autoptr (JsonNode) one = NULL, other = NULL;

  if (g_strcmp0 (a->config, b->config) == 0)
    return TRUE;
  if (a->config == NULL || b->config == NULL)
    return FALSE;
  one = tn_json_parse (a->config, -1, &TN_BOARD_CAPS, NULL);
  other = tn_json_parse (b->config, -1, &TN_BOARD_CAPS, NULL);
  return one != NULL && other != NULL && json_node_equal (one, other);
}

static void
read_limits (TnBoardReader *reader, const char *pointer, JsonObject *object, TnTileRecord *tile)
{
  JsonObject *limits = tn_json_get_object (object, "limits");
  g_autofree char *place = tn_json_pointer_join (pointer, "limits");

  tile->min_w = tile->min_h = tile->max_w = tile->max_h = 0;
  if (limits != NULL)
    tn_board_take_limits (reader->report, place, limits, tile);
  else
    tn_board_note (reader->report, place, _("Limits have to be an object; these were left out"));
}

static void
write_limits (JsonObject *object, const TnTileRecord *tile)
{
  JsonObject *limits = json_object_new ();

  tn_board_put_limits (limits, tile);
  json_object_set_object_member (object, "limits", limits);
}

static gboolean
same_limits (const TnTileRecord *a, const TnTileRecord *b)
{
  return a->min_w == b->min_w && a->min_h == b->min_h && a->max_w == b->max_w && a->max_h == b->max_h;
}

static const struct
{
  const char *member;
  void (*read) (TnBoardReader *reader, const char *pointer, JsonObject *object, TnTileRecord *tile);
  void (*write) (JsonObject *object, const TnTileRecord *tile);
  gboolean (*same) (const TnTileRecord *a, const TnTileRecord *b);
  const char *alone;
} words[] = {
  { "app", read_app, write_app, same_app, N_("The app is left out: only this program will find it again") },
  { "title", read_title, write_title, same_title, N_("The title is left out: only this program will find it again") },
  { "locked", read_locked, write_locked, same_locked,
    N_("The lock is left out: only this program will find it again") },
  { "config", read_config, write_config, same_config,
    N_("The settings are left out: only this program will find them again") },
  { "limits", read_limits, write_limits, same_limits,
    N_("The least and greatest sizes are left out: only this program will find them again") },
};

void
tn_board_words_read (TnBoardReader *reader, const char *pointer, JsonObject *object, TnTileRecord *tile)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (json_object_has_member (object, words[i].member))
      words[i].read (reader, pointer, object, tile);
}

static gboolean
has_limits (const TnTileRecord *tile)
{
  return tile->min_w != 0 || tile->min_h != 0 || tile->max_w != 0 || tile->max_h != 0;
}

void
tn_board_words_write (JsonObject *object, const TnTileRecord *tile, const TnTileRecord *was, GPtrArray *report,
                      const char *pointer)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (was != NULL ? !words[i].same (tile, was) : words[i].write != write_limits || has_limits (tile))
      {
        words[i].write (object, tile);
        if (words[i].write != write_app || !tn_tile_record_is_placeholder (tile))
          tn_board_note (report, pointer, "%s", _ (words[i].alone));
      }
}

gboolean
tn_board_words_same (const TnTileRecord *a, const TnTileRecord *b)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (!words[i].same (a, b))
      return FALSE;
  return TRUE;
}
