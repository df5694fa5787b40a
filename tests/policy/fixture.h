/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-grant-record.h"
#include "tn-policy.h"

/* A policy over a real store in a scratch folder, apps that are written there, and a clock that stands still. */
typedef struct
{
  char *folder;
  TnStore *store;
  TnPolicy *policy;
  GString *heard; /* of its signals: "changed KEY" and "failed", each with a newline */
} Fixture;

/* A clock of the test's own; before any store is opened. 2024-10-05 12:00 UTC to begin with. */
void fixture_stop_clock (void);
void fixture_advance (gint64 us);

/* Sets the clock on the wall so far ahead of the other one, which goes on. */
void fixture_set_wall (gint64 ahead_us);

void fixture_set_up (Fixture *f, gconstpointer data);
void fixture_tear_down (Fixture *f, gconstpointer data);

/* Reads what is kept, and waits for it. */
gboolean fixture_load (Fixture *f, GError **error);

/* Another policy over the same store, as after a new start. */
void fixture_begin_anew (Fixture *f);

/* Lets another program, which is not ours, run @sql on the store's file. */
void fixture_spoil (Fixture *f, const char *sql);

/* Runs what is on its way to the store. */
void fixture_settle (Fixture *f);

/* @permissions: what stands in the manifest's list; @level: (nullable). (transfer full) */
TnApp *fixture_write_app (Fixture *f, const char *source, const char *id, const char *permissions, const char *level);

/* One entry of a list of permissions; @more: ", \"when\": […]" or "". */
#define ENTRY(type, resource, actions, more)                                                                           \
  "{\"type\": \"" type "\", \"resource\": \"" resource "\", \"actions\": [" actions "], \"reason\": \"r\"" more "}"

const TnPermission *fixture_permission (TnApp *app, guint n);
