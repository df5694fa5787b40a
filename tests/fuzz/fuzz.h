/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What libFuzzer and the replay of the corpus call with one input; 0 always, a fault aborts. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
