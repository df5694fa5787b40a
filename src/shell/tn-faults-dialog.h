/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * tn_faults_dialog_show:
 * @title: of the window
 * @text: what the list is
 * @faults: (element-type TnFault): at least one
 *
 * Lists what happened to parts of a file, each with its place there, to be read, selected and copied.
 */
void tn_faults_dialog_show (GtkWindow *parent, const char *title, const char *text, GPtrArray *faults);

/* All of them as lines of text; (transfer full). */
char *tn_faults_dialog_lines (GPtrArray *faults);

G_END_DECLS
