/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-runtime.h"

G_BEGIN_DECLS

/**
 * TnWorkspace:
 *
 * One person's world: its store, bus, catalogue and runtime, opened in the background from the moment it is made.
 *
 * Signals: "opened" when the store is there, "ready" when the runtime is too, "failed" (const char *message) when
 * either could not be had; "notice" (const char *sentence) when the person should know of something later on.
 */
#define TN_TYPE_WORKSPACE (tn_workspace_get_type ())
G_DECLARE_FINAL_TYPE (TnWorkspace, tn_workspace, TN, WORKSPACE, GObject)

/* Whether @name can name a workspace: it becomes a folder. */
gboolean tn_workspace_is_name (const char *name);

TnWorkspace *tn_workspace_new (const char *name);

const char *tn_workspace_get_name (TnWorkspace *self);
const char *tn_workspace_get_directory (TnWorkspace *self);
TnCatalogue *tn_workspace_get_catalogue (TnWorkspace *self);

/* Looks again for apps: somebody may have put one there. */
void tn_workspace_read_catalogue (TnWorkspace *self);

/* What the program says, its audit, and the pages whose console the mode opens; (transfer none). */
TnLog *tn_workspace_get_log (TnWorkspace *self);

TnStore *tn_workspace_get_store (TnWorkspace *self);      /* nullable until opened */
TnPolicy *tn_workspace_get_policy (TnWorkspace *self);    /* nullable until opened */
TnAudit *tn_workspace_get_audit (TnWorkspace *self);      /* nullable until opened */
TnRuntime *tn_workspace_get_runtime (TnWorkspace *self);  /* nullable until ready */
const char *tn_workspace_get_failure (TnWorkspace *self); /* nullable */

/* What the person should know about how opening went, one sentence; "" where all is well. */
const char *tn_workspace_get_notice (TnWorkspace *self);

/* Emits "notice"; what was said before gives way to @sentence. */
void tn_workspace_tell (TnWorkspace *self, const char *sentence);

/* Waits for what is still being written, and closes. */
void tn_workspace_close (TnWorkspace *self);

G_END_DECLS
