/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-window.h"

G_BEGIN_DECLS

/**
 * TnReport:
 *
 * Watches a window start: when it was drawn, when each tile in view had mounted. Then writes what was asked for:
 * figures, a picture, or both.
 *
 * Signals: "finished" (const char *failure): %NULL where all was written, else why not.
 */
#define TN_TYPE_REPORT (tn_report_get_type ())
G_DECLARE_FINAL_TYPE (TnReport, tn_report, TN, REPORT, GObject)

/**
 * tn_report_new:
 * @report: (nullable): a file for the figures as JSON
 * @screenshot: (nullable): a file for the picture as PNG
 *
 * @window must not have been presented yet. Nobody is waited for longer than 15 s.
 */
TnReport *tn_report_new (TnWindow *window, const char *report, const char *screenshot);

G_END_DECLS
