/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-record.h"

G_BEGIN_DECLS

/* What was done, in words: "Moved Todo"; (transfer full). */
char *tn_history_words (const char *kind, const char *subject);

/* The day of @time_us as it is called at @now_us: "Today", "Yesterday", "Monday, 23 November"; (transfer full). */
char *tn_history_day (gint64 time_us, gint64 now_us);

/* "14:05", as the locale writes it; (transfer full). */
char *tn_history_time (gint64 time_us);

G_END_DECLS
