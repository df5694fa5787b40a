/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-cli.h"

G_BEGIN_DECLS

TnExit tn_verb_app_validate (TnCliCall *call, GError **error);
TnExit tn_verb_install (TnCliCall *call, GError **error);
TnExit tn_verb_remove (TnCliCall *call, GError **error);
TnExit tn_verb_erase (TnCliCall *call, GError **error);
TnExit tn_verb_list (TnCliCall *call, GError **error);
TnExit tn_verb_canvas_list (TnCliCall *call, GError **error);
TnExit tn_verb_canvas_show (TnCliCall *call, GError **error);
TnExit tn_verb_canvas_export (TnCliCall *call, GError **error);
TnExit tn_verb_canvas_import (TnCliCall *call, GError **error);
TnExit tn_verb_audit (TnCliCall *call, GError **error);
TnExit tn_verb_grants (TnCliCall *call, GError **error);
TnExit tn_verb_grant (TnCliCall *call, GError **error);
TnExit tn_verb_revoke (TnCliCall *call, GError **error);
TnExit tn_verb_doctor (TnCliCall *call, GError **error);
TnExit tn_verb_help (TnCliCall *call, GError **error);

/* What --help and --version on any line print. */
TnExit tn_verb_show_help (TnCliCall *call);
TnExit tn_verb_show_version (TnCliCall *call);

G_END_DECLS
