/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "tn-board-private.h"
#include <glib/gi18n-lib.h>
static gboolean
guess (JsonNode *d)
{
  return FALSE;
}
static gboolean
rd (TnBoardReader *r, JsonNode *d, GError **e)
{
  return FALSE;
}
static JsonNode *
wr (const TnBoard *b, GPtrArray *r)
{
  return NULL;
}
const TnBoardFormat tn_board_grafana = { "grafana", N_ ("Grafana dashboard"), guess, rd, wr };
const TnBoardFormat tn_board_homeassistant = { "homeassistant", N_ ("Home Assistant dashboard"), guess, rd, wr };
