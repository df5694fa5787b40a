/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-policy.h"

G_BEGIN_DECLS

/**
 * TnQuestion:
 *
 * What an app asks the person for: a permission at its first use, or to run at a looser sandbox level than before. All
 * calls for the same declared entry wait for one answer. A question goes by itself when nobody waits for it any more: the
 * page went, the answer came another way, or a time was over.
 */
#define TN_TYPE_QUESTION (tn_question_get_type ())
G_DECLARE_FINAL_TYPE (TnQuestion, tn_question, TN, QUESTION, GObject)

TnApp *tn_question_get_app (TnQuestion *self);

/* The tile that asked first. */
const char *tn_question_get_tile_id (TnQuestion *self);

/* As the app's manifest declares it; (nullable): %NULL where the app asks for its sandbox level. */
const TnPermission *tn_question_get_permission (TnQuestion *self);

/* Tells all who wait; the next question may be there at once. A level is accepted for good, or not now. */
void tn_question_answer (TnQuestion *self, TnAnswer answer);

G_END_DECLS
