/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "tn-board.h"
#include "tn-fault.h"

#include <string.h>

/* Compiled once for each format, which is FUZZ_FORMAT. */

static void
check_report (GPtrArray *report)
{
  for (guint i = 0; i < report->len; i++)
    {
      const TnFault *fault = report->pdata[i];

      g_assert_true (*fault->pointer == '\0' || *fault->pointer == '/');
      g_assert_cmpuint (strlen (fault->message), >, 0);
      g_assert_null (strpbrk (fault->message, "\n\r\x1b"));
    }
}

/* What the canvas relies on, whatever was read. */
static void
check_board (const TnBoard *board)
{
  g_autofree TnPlacement *layout = g_new0 (TnPlacement, board->tiles->len);

  g_assert_true (g_utf8_validate (board->canvas->name, -1, NULL));
  for (guint i = 0; i < board->tiles->len; i++)
    {
      const TnTileRecord *tile = ((TnBoardTile *) board->tiles->pdata[i])->record;

      layout[i] = (TnPlacement){ .id = tile->id, .x = tile->x, .y = tile->y, .w = tile->w, .h = tile->h };
      g_assert_true (tile->title == NULL || strpbrk (tile->title, "\n\r\x1b") == NULL);
      g_assert_cmpint (tile->min_w, >=, 0);
      g_assert_cmpint (tile->max_h, <=, TN_GRID_MAX_HEIGHT);
    }
  g_assert_true (tn_grid_is_valid (12, layout, board->tiles->len));
}

static void
check_same_text (const char *a, const char *b)
{
  g_autoptr (JsonNode) one = NULL, other = NULL;

  if (g_strcmp0 (a, b) == 0)
    return;
  g_assert_true (a != NULL && b != NULL);
  one = tn_json_parse (a, -1, &TN_BOARD_CAPS, NULL);
  other = tn_json_parse (b, -1, &TN_BOARD_CAPS, NULL);
  g_assert_true (one != NULL && other != NULL && json_node_equal (one, other));
}

static void
check_same (const TnBoard *a, const TnBoard *b)
{
  g_assert_cmpstr (a->canvas->name, ==, b->canvas->name);
  g_assert_cmpint (a->canvas->locked, ==, b->canvas->locked);
  g_assert_cmpint (a->canvas->policy, ==, b->canvas->policy);
  g_assert_cmpuint (a->tiles->len, ==, b->tiles->len);
  for (guint i = 0; i < a->tiles->len; i++)
    {
      const TnTileRecord *p = ((TnBoardTile *) a->tiles->pdata[i])->record;
      const TnTileRecord *q = ((TnBoardTile *) b->tiles->pdata[i])->record;

      g_assert_cmpstr (p->app_id, ==, q->app_id);
      g_assert_cmpstr (p->app_key, ==, q->app_key);
      g_assert_cmpstr (p->title, ==, q->title);
      g_assert_cmpint (p->locked, ==, q->locked);
      g_assert_true (p->x == q->x && p->y == q->y && p->w == q->w && p->h == q->h);
      g_assert_true (p->min_w == q->min_w && p->min_h == q->min_h && p->max_w == q->max_w && p->max_h == q->max_h);
      check_same_text (p->config, q->config);
      check_same_text (p->foreign, q->foreign);
    }
}

static TnBoard *
read_board (JsonNode *document)
{
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (GError) error = NULL;
  TnBoard *board = tn_board_read (FUZZ_FORMAT, document, "", NULL, NULL, report, &error);

  g_assert_true ((board == NULL) == (error != NULL));
  check_report (report);
  if (board != NULL)
    check_board (board);
  return board;
}

static JsonNode *
write_board (TnFormat format, const TnBoard *board)
{
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  JsonNode *document = tn_board_write (format, board, report);

  check_report (report);
  return document;
}

/* With everything moved, and in another format, it is still a document. */
static void
check_moved (TnBoard *board, TnFormat format)
{
  for (guint i = 0; i < board->tiles->len; i++)
    ((TnBoardTile *) board->tiles->pdata[i])->record->y += 3;
  {
    g_autoptr (JsonNode) document = write_board (format, board);
    g_autoptr (GPtrArray) report = tn_fault_list_new ();
    g_autoptr (TnBoard) again = tn_board_read (format, document, "", NULL, NULL, report, NULL);

    g_assert_nonnull (again);
    g_assert_cmpuint (again->tiles->len, ==, board->tiles->len);
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (JsonNode) document = tn_board_parse (size > 0 ? (const char *) data : "", size, NULL);
  g_autoptr (TnBoard) board = NULL, again = NULL;
  g_autoptr (JsonNode) written = NULL;
  TnFormat format;

  if (document == NULL)
    return 0;
  tn_format_guess (document, &format);
  board = read_board (document);
  if (board == NULL)
    return 0;
  written = write_board (FUZZ_FORMAT, board);
  again = read_board (written);
  g_assert_nonnull (again);
  check_same (board, again);
  check_moved (board, (TnFormat) (size % TN_N_FORMATS));
  return 0;
}
