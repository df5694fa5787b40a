/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-runtime.h"

#include <gtk/gtk.h>

/* A window with real web processes and a store in a scratch folder: what a test needs to try apps for real. */
typedef struct
{
  char *folder;
  TnStore *store;
  TnAudit *audit;
  TnBus *bus;
  TnPolicy *policy;
  TnLog *log;
  TnCatalogue *catalogue;
  TnRuntime *runtime;
  GtkWidget *window, *box;
  GPtrArray *instances;
  gboolean asks; /* whether questions are left to the test; else everything that is declared is granted */
} Stage;

/* @apps: a folder of apps, by the source name "test". Needs a display. */
Stage *stage_new (const char *apps);
void stage_free (Stage *self);

/* Starts an app in a tile of @id's name, seen in the window; (transfer none). */
TnInstance *stage_place (Stage *self, const char *id);

/* The same in a tile of another name: an app may have several. */
TnInstance *stage_place_as (Stage *self, const char *id, const char *tile_id);

/* Clicks in the middle of its page as a person does. */
void stage_click (Stage *self, TnInstance *instance);

/* Runs the main context until @holds or @seconds are over; FALSE then. */
typedef gboolean (*StageCondition) (gpointer data);
gboolean stage_wait (StageCondition holds, gpointer data, double seconds);
gboolean stage_wait_state (TnInstance *instance, TnInstanceState state, double seconds);

/* What an app put into its storage, waited for; (transfer full) (nullable): JSON text. */
char *stage_wait_value (Stage *self, const char *tile_id, const char *key, double seconds);

/* How many rows of the audit @filter finds, when @wanted are there. */
gint64 stage_wait_rows (Stage *self, TnAuditFilter filter, gint64 wanted);

/* Writes a small app below @apps: a manifest with @more members (", \"permissions\": […]", or ""), and @script. */
void stage_write_app (const char *apps, const char *id, const char *more, const char *script);

/* An app as stage_write_app() takes it. */
typedef struct
{
  const char *id, *more, *script;
} StageApp;

/* For g_test_add(): a stage with apps of its own. */
typedef struct
{
  char *apps;
  Stage *stage;
} StageFixture;

void stage_set_up (StageFixture *fixture, const StageApp *apps, gsize n_apps);
void stage_tear_down (StageFixture *fixture, gconstpointer data);
