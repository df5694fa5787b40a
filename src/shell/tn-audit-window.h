/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-workspace.h"
#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TnAuditWindow:
 *
 * What happened in a workspace, newest first: to search by text, app, kind and time, each entry with its details; whether
 * all of it is as it was written, in words; and an export.
 */
#define TN_TYPE_AUDIT_WINDOW (tn_audit_window_get_type ())
G_DECLARE_FINAL_TYPE (TnAuditWindow, tn_audit_window, TN, AUDIT_WINDOW, AdwWindow)

/* @workspace: opened. */
void tn_audit_window_show (GtkWindow *parent, TnWorkspace *workspace);

G_END_DECLS
