/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-instance-private.h"

G_BEGIN_DECLS

/* What is done about a tile that uses more than it may of what is no matter of a moment: memory and storage have watches
 * of their own. */

/* How often a tile that runs is judged, in seconds, over all of which the processor's time counts. */
#define TN_VIOLATION_S 10

/**
 * tn_violation_judge:
 *
 * Takes it one rung further, or down to the ground, for each of its limits: it is told to the person, on the bus and in the
 * audit. Calls, requests and bytes are refused at once where they are too many; only what goes on asking climbs.
 */
void tn_violation_judge (TnInstance *instance);

/* The limit whose rung is the highest; any where all stand on the ground. */
TnLimit tn_violation_worst (TnInstance *instance);

/* Says on the bus what it used in the last minute, and what was done about it. */
void tn_violation_tell (TnInstance *instance);

/* Tells the person; @sentence: the app's name takes the place of %s. */
void tn_violation_warn (TnInstance *instance, const char *sentence);

G_END_DECLS
