/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * record_begin:
 *
 * Starts the program anew, with the recorder in it and in all that it starts, and with a home folder of its own;
 * returns in the program so started. To be called first in main().
 */
void record_begin (char **argv);

/* What the recorder wrote so far, a line each: "PROGRAM PID CALL TARGET"; (transfer none). */
GPtrArray *record_get_lines (void);

/* The number of the first line from @from on that is a look-up or a connection; 0 where there is none, for the first of
 * all is the test's own beginning. */
guint record_find (guint from);

/* How many processes of that name are, or were, under watch. */
guint record_count_attached (const char *program);

/* Fails where something was put into the home folder or its Downloads. */
void record_assert_home_untouched (void);

/* Removes the home folder. */
void record_end (void);
