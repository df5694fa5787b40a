/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-instance.h"

G_BEGIN_DECLS

/* Whether an instance in @from may go on to @to. */
gboolean tn_lifecycle_allows (TnInstanceState from, TnInstanceState to);

/* "running", as --report and the bus say it; not translated. */
const char *tn_lifecycle_state_name (TnInstanceState state);

/* What the tile says: one sentence, and the words of its one button; translated. */
const char *tn_lifecycle_sentence (TnTrouble trouble);
const char *tn_lifecycle_remedy (TnTrouble trouble);

G_END_DECLS
