/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-db-private.h"

G_BEGIN_DECLS

/* What runs on the thread; the database is its own, and nobody else sees it. */
typedef struct
{
  GAsyncQueue *queue;
  TnDb *db;
  gint64 flush_at; /* monotonic; 0 where no event waits */
} TnWorker;

typedef struct _TnCall TnCall;

/* Returns what the finish function returns. */
typedef gpointer (*TnCallWork) (TnWorker *worker, TnCall *call, GError **error);

/* One thing to be done on the thread, and what came of it. */
struct _TnCall
{
  TnCallWork work; /* NULL ends the thread */
  GTask *task;     /* NULL where nobody waits */
  GDestroyNotify free_result;

  gint64 number;
  guint limit;
  char *texts[4];
  TnOperation *operation;
  TnEvent *event;
  gpointer record; /* anything else, with what frees it */
  GDestroyNotify free_record;
  GPtrArray *records; /* of TnAuditRecord */
  gint64 since_us;

  gpointer result;
  GError *error;
  gboolean is_history; /* can_undo and can_redo were read after it */
  gboolean can_undo;
  gboolean can_redo;
  GStrv changed;         /* (nullable) the canvases that are others now */
  gboolean list_changed; /* so is the list of operations */
  GPtrArray *tampered;   /* (nullable) app key, owner, app key, owner … of texts that were met */
};

TnCall *tn_call_new (TnCallWork work, GDestroyNotify free_result, gint64 number, const char *text, const char *text2,
                     const char *text3);

/* Whether anything can be undone and redone; and, after what passes over operations, what was touched by that. */
void tn_call_read_history (TnCall *self, TnDb *db);
void tn_call_note_history (TnCall *self, TnDb *db);

/* Takes @call over. All calls go through these two, on the thread that made the store. */
void tn_store_submit (TnStore *self, TnCall *call, gpointer tag, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
gpointer tn_store_finish (TnStore *self, GAsyncResult *result, gpointer tag, GError **error);

G_END_DECLS
