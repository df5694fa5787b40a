/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-history.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TnGraph:
 *
 * What was used over time, as a line with the ground below it, in the widget's colour; the latest is at the end.
 */
#define TN_TYPE_GRAPH (tn_graph_get_type ())
G_DECLARE_FINAL_TYPE (TnGraph, tn_graph, TN, GRAPH, GtkWidget)

GtkWidget *tn_graph_new (void);

/**
 * tn_graph_show:
 * @least: the value that reaches the upper edge, unless there was a larger one
 * @name: what it is of, for a screen reader: "Memory of Clock"
 */
void tn_graph_show (TnGraph *self, TnHistory *history, TnSpan span, TnUsageKind kind, double least, const char *name);

/* A value in words: "45 MiB", "3 %", "12"; (transfer full). */
char *tn_graph_format (TnUsageKind kind, double value);

G_END_DECLS
