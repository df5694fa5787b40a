/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * tn_process_clock_start_us:
 *
 * Returns: when this process was started, in monotonic microseconds (proc(5), stat, field 22: in steps of 10 ms)
 */
gint64 tn_process_clock_start_us (void);

G_END_DECLS
