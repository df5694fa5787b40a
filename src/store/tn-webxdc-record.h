/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the updates of one app may take together, each counted with what its row costs. */
#define TN_WEBXDC_MAX_BYTES (16 * 1024 * 1024)

/**
 * TnWebxdcRecord:
 * @address: the person's own among those who use the app, made by chance when it is first asked for
 * @document: (nullable): what the newest update with one calls the document
 * @summary: (nullable): likewise, in a few words
 *
 * What the tiles of a webxdc app share, apart from its updates.
 */
typedef struct
{
  char *address;
  char *document;
  char *summary;
} TnWebxdcRecord;

void tn_webxdc_record_free (TnWebxdcRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnWebxdcRecord, tn_webxdc_record_free)

/* An update as its page wrote it: @text is not looked into, and need not be JSON. */
typedef struct
{
  gint64 serial; /* from 1; never given again */
  char *text;
} TnWebxdcUpdate;

/**
 * TnWebxdcPage:
 * @updates: (element-type TnWebxdcUpdate): by their serials, no more than half a MiB unless there is only one
 * @max_serial: of all that there are; 0 where there is none
 *
 * Some updates of an app.
 */
typedef struct
{
  GPtrArray *updates;
  gint64 max_serial;
} TnWebxdcPage;

void tn_webxdc_page_free (TnWebxdcPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnWebxdcPage, tn_webxdc_page_free)

G_END_DECLS
