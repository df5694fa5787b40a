/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-board-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Further than any layout goes, and far from where sums of two would overflow. */
#define FAR 10000000

const char *const tn_board_place_members[4] = { "x", "y", "w", "h" };
const char *const tn_board_limit_members[4] = { "minW", "minH", "maxW", "maxH" };

static void G_GNUC_PRINTF (4, 0)
  note_member (GPtrArray *report, const char *pointer, const char *member, const char *format, ...)
{
  g_autofree char *place = NULL, *message = NULL;
  va_list arguments;

  if (report == NULL)
    return;
  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  place = tn_json_pointer_join (pointer, member);
  tn_fault_list_add (report, place, "%s", message);
}

/* Only what a label shows as it is: no line breaks, no marks that turn the direction of writing round. */
static char *
make_line (const char *text)
{
  GString *line = g_string_new (NULL);
  glong length = 0;

  for (const char *p = text; *p != '\0' && length < TN_BOARD_MAX_TEXT; p = g_utf8_next_char (p), length++)
    g_string_append_unichar (line, tn_fault_is_acting (g_utf8_get_char (p)) ? ' ' : g_utf8_get_char (p));
  return g_strchomp (g_string_free (line, FALSE));
}

char *
tn_board_take_text (GPtrArray *report, const char *pointer, JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  const char *text = tn_json_get_string (object, member, NULL);
  g_autofree char *line = NULL;

  if (node == NULL || json_node_is_null (node))
    return NULL;
  if (text == NULL)
    {
      note_member (report, pointer, member, _("This is no text and was left out"));
      return NULL;
    }
  line = make_line (text);
  if (!g_str_equal (line, text))
    note_member (report, pointer, member, _("The text was made one line of at most %d characters"), TN_BOARD_MAX_TEXT);
  return *line != '\0' ? g_steal_pointer (&line) : NULL;
}

/* Also a text that is nothing but a number: what it means is clear. */
static gboolean
get_number (JsonNode *node, double *number, gboolean *clear)
{
  const char *text;
  char *end;

  *clear = FALSE;
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    {
      *clear = json_node_get_value_type (node) != G_TYPE_BOOLEAN;
      *number = json_node_get_double (node);
      return *clear;
    }
  text = json_node_get_string (node);
  *number = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && isfinite (*number);
}

gboolean
tn_board_take_int (GPtrArray *report, const char *pointer, JsonObject *object, const char *member, int min, int max,
                   int *value)
{
  JsonNode *node = json_object_get_member (object, member);
  double number;
  gboolean clear;

  if (node == NULL || json_node_is_null (node))
    return FALSE;
  if (!get_number (node, &number, &clear))
    {
      note_member (report, pointer, member, _("This is no number and was left out"));
      return FALSE;
    }
  *value = CLAMP (number, min, max);
  if (!clear || *value != number)
    note_member (report, pointer, member, _("This has to be a whole number from %d to %d; %d was taken"), min, max,
                 *value);
  return TRUE;
}

gboolean
tn_board_take_boolean (GPtrArray *report, const char *pointer, JsonObject *object, const char *member, gboolean *value)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || json_node_is_null (node))
    return FALSE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      note_member (report, pointer, member, _("This has to be true or false and was left out"));
      return FALSE;
    }
  *value = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
is_there (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && !json_node_is_null (node);
}

JsonObject *
tn_board_take_object (GPtrArray *report, const char *pointer, JsonObject *object, const char *member)
{
  JsonObject *taken = tn_json_get_object (object, member);

  if (taken == NULL && is_there (object, member))
    note_member (report, pointer, member, _("This has to be an object and was left out"));
  return taken;
}

JsonArray *
tn_board_take_array (GPtrArray *report, const char *pointer, JsonObject *object, const char *member)
{
  JsonArray *taken = tn_json_get_array (object, member);

  if (taken == NULL && is_there (object, member))
    note_member (report, pointer, member, _("This has to be a list and was left out"));
  return taken;
}

gboolean
tn_board_take_place (GPtrArray *report, const char *pointer, JsonObject *object, const char *const members[4],
                     TnTileRecord *tile)
{
  gboolean x = tn_board_take_int (report, pointer, object, members[0], -FAR, FAR, &tile->x);
  gboolean y = tn_board_take_int (report, pointer, object, members[1], -FAR, FAR, &tile->y);

  tn_board_take_int (report, pointer, object, members[2], 1, FAR, &tile->w);
  tn_board_take_int (report, pointer, object, members[3], 1, FAR, &tile->h);
  return x && y;
}

static void
get_limits (TnTileRecord *tile, int *limits[4])
{
  limits[0] = &tile->min_w;
  limits[1] = &tile->min_h;
  limits[2] = &tile->max_w;
  limits[3] = &tile->max_h;
}

void
tn_board_take_limits (GPtrArray *report, const char *pointer, JsonObject *object, TnTileRecord *tile)
{
  int *limits[4];

  get_limits (tile, limits);
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    tn_board_take_int (report, pointer, object, tn_board_limit_members[i], 0, TN_GRID_MAX_HEIGHT, limits[i]);
}

void
tn_board_put_limits (JsonObject *object, const TnTileRecord *tile)
{
  int *limits[4];

  get_limits ((TnTileRecord *) tile, limits);
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    if (*limits[i] != 0)
      json_object_set_int_member (object, tn_board_limit_members[i], *limits[i]);
    else if (json_object_has_member (object, tn_board_limit_members[i]))
      json_object_remove_member (object, tn_board_limit_members[i]);
}

void
tn_board_put_place (JsonObject *object, const char *const members[4], int x, int y, int w, int h)
{
  const int values[4] = { x, y, w, h };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    json_object_set_int_member (object, members[i], values[i]);
}

void
tn_board_put_text (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
  else if (json_object_has_member (object, member))
    json_object_remove_member (object, member);
}
