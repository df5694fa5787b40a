/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "listener.h"
#include "stage.h"

/**
 * HostileGroup:
 *
 * The apps of a folder below apps/, one a case. An app is app.js and whatever else lies beside it, with @TCP@, @UDP@,
 * @CASE@ and @OTHER@ (the key of another app) filled in; index.html and the manifest are made where they are not there.
 * It reports by finish() of apps/lib.js. What is expected stands in its case.json:
 *   "manifest": members of its manifest;
 *   "done": members of what it reports, exactly; every other member must be "refused", "silent" or "absent";
 *   "click": whether a person clicks on it all the time;
 *   "trouble": how its instance ends, where it is not to report at all;
 *   "audit": kinds of rows that the audit has of it; however much it did, they are few.
 */
typedef struct
{
  const char *name, *level;
  guint together;
  Listener *listener;
  GPtrArray *cases;
  gboolean over;
  guint first_line; /* of the record */
} HostileGroup;

/**
 * hostile_add_group:
 * @level: of the sandbox
 * @together: how many run side by side
 *
 * Adds a test for each case, and one that nothing has left; all cases run when the first of them is asked for, with a
 * neighbour that must not notice.
 */
void hostile_add_group (const char *name, const char *level, guint together, Listener *listener);

/* The app that runs beside the others, written by hostile_add_neighbour(). */
#define HOSTILE_NEIGHBOUR "com.hostile.neighbour"
void hostile_add_neighbour (const char *apps);

/* Fails unless the neighbour's heart goes on. */
void hostile_assert_beats (Stage *stage);

/* Fails unless the process is locked in, in a network namespace of its own, and sees none of the program's files. */
void hostile_assert_locked_in (int pid, Stage *stage);

/* Fails unless the process ends. */
void hostile_assert_ended (int pid);
