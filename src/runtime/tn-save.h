/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-instance-private.h"

G_BEGIN_DECLS

/**
 * TnSave:
 *
 * A file that the person chose a place for, while the page writes it: in chunks to an address of its own that nobody can
 * guess, each when the one before is on the disk. What was there before stays until the last one has come.
 */
typedef struct _TnSave TnSave;

/* Where the page may write to @file, answers @call with the name of the address; @grant ends it. */
void tn_save_begin (TnInstance *instance, TnCall *call, GFile *file, GCancellable *grant);

/**
 * tn_save_serve:
 *
 * PUT brings the next chunk, POST says that it was the last one, DELETE that nothing is to be kept.
 * Returns: %FALSE for anything else, and where there is no such file under way
 */
gboolean tn_save_serve (TnInstance *instance, const char *name, WebKitURISchemeRequest *request, const char *method);

/* For the instance's table; what is not whole is thrown away. */
void tn_save_unref (gpointer self);

G_END_DECLS
