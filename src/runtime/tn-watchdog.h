/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-instance-private.h"

G_BEGIN_DECLS

/**
 * tn_watchdog_look:
 * @sample: what was just read of its process
 * @cpu: percent of one core that it used in the last second
 *
 * To be called once a second: asks the page whether it still answers, at once where something seems wrong, else now and
 * then. A page that has not answered within 2 s is hung, and ended after 10 more. Its isolated world answers, so a page
 * can't lie; a worker that loops does not keep it from answering. What counts is time in which page and host could have
 * run: neither where the host was busy, nor where the page waited for a processor, nor what a debugger took.
 */
void tn_watchdog_look (TnInstance *instance, const TnProcessSample *sample, double cpu);

/* Asks no more, and forgets that it asked. */
void tn_watchdog_end (TnInstance *instance);

G_END_DECLS
