/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-question.h"
#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TnPermissionPrompt:
 *
 * Puts a question to the person: what the app wants in one sentence of ours, and its reason as its own words. Closing it is
 * "Deny". For the first moment only that can be chosen, so that a click that was meant for the page grants nothing.
 */
#define TN_TYPE_PERMISSION_PROMPT (tn_permission_prompt_get_type ())
G_DECLARE_FINAL_TYPE (TnPermissionPrompt, tn_permission_prompt, TN, PERMISSION_PROMPT, AdwWindow)

TnPermissionPrompt *tn_permission_prompt_new (GtkWindow *parent, TnQuestion *question);

G_END_DECLS
