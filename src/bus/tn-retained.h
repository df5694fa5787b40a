/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-event.h"

G_BEGIN_DECLS

/* For each source, and for all. */
#define TN_RETAINED_PER_SOURCE 64
#define TN_RETAINED_BYTES_PER_SOURCE (1024 * 1024)
#define TN_RETAINED_MAX 1024
#define TN_RETAINED_MAX_BYTES (16 * 1024 * 1024)

/**
 * TnRetained:
 *
 * The last event of each type that was to be kept. Over a bound the one that was kept longest goes, of the same source
 * first: who keeps much can't push out what others keep.
 */
typedef struct _TnRetained TnRetained;

TnRetained *tn_retained_new (void);
void tn_retained_free (TnRetained *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnRetained, tn_retained_free)

/* One without data, or with null, takes away what was kept of its type. */
void tn_retained_set (TnRetained *self, TnEvent *event);

/* Calls @visit with each event whose type @pattern matches, in the order they were kept. */
void tn_retained_match (TnRetained *self, const char *pattern, void (*visit) (TnEvent *event, gpointer user_data),
                        gpointer user_data);

/* Drops those of sources that begin with @source. */
void tn_retained_forget (TnRetained *self, const char *source);

G_END_DECLS
