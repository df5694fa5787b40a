/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-instance.h"

G_BEGIN_DECLS

/* Whether an instance in @from may go on to @to. */
gboolean tn_lifecycle_allows (TnInstanceState from, TnInstanceState to);

/**
 * TnLife:
 * @TN_LIFE_HEARS: its page may be sent messages now
 * @TN_LIFE_FROZEN: its processes are stopped
 * @TN_LIFE_COVERED: the last picture and a sentence stand in for its page
 * @TN_LIFE_TOLD: the bus says when it comes to this
 *
 * What holds in a state.
 */
typedef enum
{
  TN_LIFE_HEARS = 1 << 0,
  TN_LIFE_FROZEN = 1 << 1,
  TN_LIFE_COVERED = 1 << 2,
  TN_LIFE_TOLD = 1 << 3,
} TnLife;

/* Whether any of @life holds in @state. */
gboolean tn_lifecycle_is (TnInstanceState state, TnLife life);

/* "running", as --report and the bus say it; not translated. */
const char *tn_lifecycle_state_name (TnInstanceState state);

/* "crashed", as the bus says it; "" for none; not translated. */
const char *tn_lifecycle_trouble_name (TnTrouble trouble);

/* What the tile says: one sentence, and the words of its one button; translated. "" where there is nothing to say. */
const char *tn_lifecycle_sentence (TnInstanceState state, TnTrouble trouble);
const char *tn_lifecycle_remedy (TnInstanceState state, TnTrouble trouble);

G_END_DECLS
