/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TnWordJudge:
 *
 * Judges a text of a manifest that is UTF-8 and anything else.
 * Returns: (nullable): %NULL where it is well formed, else what it must be, translated
 */
typedef const char *(*TnWordJudge) (const char *text);

const char *tn_word_judge_id (const char *text);         /* com.example.todo */
const char *tn_word_judge_version (const char *text);    /* Semantic Versioning 2.0.0 */
const char *tn_word_judge_range (const char *text);      /* ^3.1.0 || 4.x, or a tag */
const char *tn_word_judge_package (const char *text);    /* an npm name: lit, @scope/lit */
const char *tn_word_judge_file (const char *text);       /* a path that stays in the app's folder */
const char *tn_word_judge_label (const char *text);      /* one line for a person */
const char *tn_word_judge_prose (const char *text);      /* lines for a person */
const char *tn_word_judge_domain (const char *text);     /* api.example.com, *.example.com */
const char *tn_word_judge_address (const char *text);    /* https://api.example.com/v1/… with * */
const char *tn_word_judge_collection (const char *text); /* todo.items */
const char *tn_word_judge_hours (const char *text);      /* 08:00-18:00 */
const char *tn_word_judge_rate (const char *text);       /* 10/min */

/* @sentence with @word in place of its %s: a format that stands in a table can't be checked; (transfer full). */
char *tn_word_fill (const char *sentence, const char *word);

/* The host of what tn_word_judge_address() finds well formed, in lower case; (transfer full). */
char *tn_word_address_host (const char *address);

/* Whether @domain of allowedDomains takes in @host; `*.` stands for one or more names. */
gboolean tn_word_domain_covers (const char *domain, const char *host);

G_END_DECLS
