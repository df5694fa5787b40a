/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-instance-private.h"
#include "tn-question.h"

G_BEGIN_DECLS

typedef enum
{
  TN_ASKED_ANSWERED,   /* the policy knows it now */
  TN_ASKED_UNANSWERED, /* nobody was there in time */
  TN_ASKED_WITHDRAWN,  /* the page went */
} TnAsked;

typedef void (*TnAskedFunc) (TnAsked asked, gpointer user_data);

/**
 * tn_question_ask:
 * @permission: (nullable): of the manifest of @instance's app; %NULL for its sandbox level
 * @done: called once, perhaps before this returns
 *
 * Puts a question to the person, after those that wait already.
 * Returns: %FALSE, and @done is not called, where the instance waits for too many answers
 */
gboolean tn_question_ask (TnInstance *instance, const TnPermission *permission, TnAskedFunc done, gpointer user_data);

/* Whether @instance waits for an answer. */
gboolean tn_question_is_asked_by (TnInstance *instance);

/* @instance waits for nothing any more. */
void tn_question_withdraw (TnInstance *instance);

/* Something was granted or taken back: questions that it answers go. */
void tn_question_app_changed (TnRuntime *runtime, const char *app_key);

G_END_DECLS
