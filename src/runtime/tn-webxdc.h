/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-bridge.h"
#include "tn-instance.h"

G_BEGIN_DECLS

/* What a page asks for by its own root and gets from the host, whatever file of this name its package has. */
#define TN_WEBXDC_SCRIPT "webxdc.js"

/**
 * TnWebxdc:
 *
 * The host's side of `window.webxdc` (webxdc.org, specification 1.3) for one page. The “chat” of that specification is
 * the app within the workspace: its tiles share updates, which the store keeps, and a realtime channel, which nothing
 * keeps. The person is one and the same in all of them.
 */
typedef struct _TnWebxdc TnWebxdc;

TnWebxdc *tn_webxdc_new (TnInstance *instance);
void tn_webxdc_free (TnWebxdc *self);

/* A new page begins. */
void tn_webxdc_reset (TnWebxdc *self);

/* Answers @request with the script that makes `window.webxdc`. */
void tn_webxdc_serve (TnInstance *instance, WebKitURISchemeRequest *request);

/* Has the person choose what `<input type=file>` and importFiles() ask for. */
void tn_webxdc_choose_files (TnWebxdc *self, WebKitFileChooserRequest *request);

/* What such a page may ask, of the instance; ended by one without a name. */
extern const TnBridgeMethod TN_WEBXDC_METHODS[];

G_END_DECLS
