/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Random subjects over few words, so that many match; from the seed of the test run, which g_test prints. */
char *random_type (guint max_tokens);
char *random_pattern (guint max_tokens);

/* What a pattern means, written as plainly as can be: the reference that the program is judged by. */
gboolean plainly_matches (const char *pattern, const char *type);

/* All patterns over the words "a" and "b" with up to @max_tokens tokens. (element-type utf8) */
GPtrArray *all_patterns (guint max_tokens);

/* All types over "a", "b" and "c" with up to @max_tokens tokens. (element-type utf8) */
GPtrArray *all_types (guint max_tokens);
