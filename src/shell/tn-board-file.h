/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-board.h"
#include "tn-catalogue.h"

G_BEGIN_DECLS

/**
 * TnBoardFile:
 * @report: (element-type TnFault): see tn_board_read()
 *
 * What was read from a file.
 */
typedef struct
{
  TnFormat format;
  TnBoard *board;
  GPtrArray *report;
} TnBoardFile;

void tn_board_file_free (TnBoardFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnBoardFile, tn_board_file_free)

/* The file's name for a canvas: "Home.json"; (transfer full). */
char *tn_board_file_name (const char *canvas);

/* What a file is called in a sentence; (transfer full). */
char *tn_board_file_title (GFile *file);

/**
 * tn_board_file_read_async:
 * @catalogue: says which apps are there
 *
 * Reads a canvas from a file of any of the formats, on a thread. Finish returns (transfer full) what it holds, or %NULL
 * with an error that names the file and what to do.
 */
void tn_board_file_read_async (GFile *file, TnCatalogue *catalogue, GAsyncReadyCallback callback, gpointer user_data);
TnBoardFile *tn_board_file_read_finish (GAsyncResult *result, GError **error);

/**
 * tn_board_file_write_async:
 * @board: (transfer full)
 *
 * Writes a canvas into a file, on a thread: whoever looks finds the old file or the new one, whole. Finish returns
 * (transfer full) (element-type TnFault) what the format can't say, or %NULL with an error that names the file.
 */
void tn_board_file_write_async (GFile *file, TnFormat format, TnBoard *board, GAsyncReadyCallback callback,
                                gpointer user_data);
GPtrArray *tn_board_file_write_finish (GAsyncResult *result, GError **error);

G_END_DECLS
