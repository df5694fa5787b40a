/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-question-private.h"

#define PATIENCE_S 120
#define MAX_WAITING 64 /* calls of one page */

typedef struct
{
  TnInstance *instance; /* borrowed: an instance that goes withdraws */
  TnAskedFunc done;
  gpointer user_data;
} Waiting;

struct _TnQuestion
{
  GObject parent;

  TnRuntime *runtime; /* borrowed; NULL once the question is over */
  TnApp *app;
  char *tile_id;
  const TnPermission *permission;
  GArray *waiting;
  guint timer;
};

G_DEFINE_FINAL_TYPE (TnQuestion, tn_question, G_TYPE_OBJECT)

static void
tn_question_finalize (GObject *object)
{
  TnQuestion *self = TN_QUESTION (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_array_unref (self->waiting);
  g_object_unref (self->app);
  g_free (self->tile_id);
  G_OBJECT_CLASS (tn_question_parent_class)->finalize (object);
}

static void
tn_question_class_init (TnQuestionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tn_question_finalize;
}

static void
tn_question_init (TnQuestion *self)
{
  self->waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
}

/* Takes the question out of the queue first, so that who is told may ask anew. */
static void
end (TnQuestion *self, TnAsked asked)
{
  g_autoptr (TnQuestion) alive = g_object_ref (self);
  TnRuntime *runtime = g_steal_pointer (&self->runtime);
  gboolean was_first = runtime->questions.head != NULL && runtime->questions.head->data == self;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (g_queue_remove (&runtime->questions, self))
    g_object_unref (self);
  for (guint i = 0; i < self->waiting->len; i++)
    {
      Waiting waiting = g_array_index (self->waiting, Waiting, i);

      waiting.done (asked, waiting.user_data);
    }
  g_array_set_size (self->waiting, 0);
  if (was_first)
    tn_runtime_next_question (runtime);
}

static gboolean
unanswered_cb (gpointer user_data)
{
  TnQuestion *self = user_data;

  self->timer = 0;
  end (self, TN_ASKED_UNANSWERED);
  return G_SOURCE_REMOVE;
}

static gboolean
same_terms (const TnTerms *a, const TnTerms *b)
{
  return a->visible == b->visible && a->click == b->click && a->from == b->from && a->to == b->to
         && a->per_minute == b->per_minute;
}

/* Tiles of one app each have read its manifest for themselves. */
static gboolean
same_entry (const TnPermission *a, const TnPermission *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->type == b->type && a->actions == b->actions && g_str_equal (a->resource, b->resource)
         && same_terms (&a->terms, &b->terms);
}

static TnQuestion *
find (TnInstance *instance, const TnPermission *permission)
{
  for (GList *l = instance->runtime->questions.head; l != NULL; l = l->next)
    {
      TnQuestion *question = l->data;

      if (g_str_equal (tn_app_get_key (question->app), instance->app_key)
          && same_entry (question->permission, permission))
        return question;
    }
  return NULL;
}

static TnQuestion *
begin (TnInstance *instance, const TnPermission *permission)
{
  TnQuestion *self = g_object_new (TN_TYPE_QUESTION, NULL);

  self->runtime = instance->runtime;
  self->app = g_object_ref (instance->app);
  self->tile_id = g_strdup (instance->tile_id);
  self->permission = permission;
  self->timer = g_timeout_add_seconds (PATIENCE_S, unanswered_cb, self);
  g_queue_push_tail (&self->runtime->questions, self);
  return self;
}

static guint
count_waiting (TnInstance *instance)
{
  guint n = 0;

  for (GList *l = instance->runtime->questions.head; l != NULL; l = l->next)
    {
      GArray *waiting = ((TnQuestion *) l->data)->waiting;

      for (guint i = 0; i < waiting->len; i++)
        n += g_array_index (waiting, Waiting, i).instance == instance;
    }
  return n;
}

gboolean
tn_question_is_asked_by (TnInstance *instance)
{
  return count_waiting (instance) > 0;
}

gboolean
tn_question_ask (TnInstance *instance, const TnPermission *permission, TnAskedFunc done, gpointer user_data)
{
  TnRuntime *runtime = instance->runtime;
  TnQuestion *self = find (instance, permission);
  Waiting waiting = { instance, done, user_data };
  gboolean is_new = self == NULL;

  if (count_waiting (instance) >= MAX_WAITING)
    return FALSE;
  if (is_new)
    {
      self = begin (instance, permission);
      tn_instance_audit (instance, "grant.asked", permission != NULL ? permission->resource : "sandboxLevel", "asked",
                         NULL);
    }
  g_array_append_val (self->waiting, waiting);
  if (is_new && runtime->questions.head->data == self)
    tn_runtime_next_question (runtime);
  return TRUE;
}

/* Who asked has to be told, and may be freed by that. */
static void
withdraw_from (TnQuestion *self, TnInstance *instance)
{
  g_autoptr (TnQuestion) alive = g_object_ref (self);

  for (guint i = self->waiting->len; i > 0; i--)
    {
      Waiting waiting = g_array_index (self->waiting, Waiting, i - 1);

      if (waiting.instance != instance)
        continue;
      g_array_remove_index (self->waiting, i - 1);
      waiting.done (TN_ASKED_WITHDRAWN, waiting.user_data);
    }
  if (self->waiting->len == 0 && self->runtime != NULL)
    end (self, TN_ASKED_WITHDRAWN);
}

void
tn_question_withdraw (TnInstance *instance)
{
  g_autoptr (GList) questions = g_list_copy_deep (instance->runtime->questions.head, (GCopyFunc) g_object_ref, NULL);

  for (GList *l = questions; l != NULL; l = l->next)
    {
      withdraw_from (l->data, instance);
      g_object_unref (l->data);
    }
}

static gboolean
is_open (TnQuestion *self)
{
  TnPolicy *policy = self->runtime->policy;

  return tn_policy_get_standing (policy, self->app, self->permission) == TN_STANDING_ASK
         && tn_policy_may_ask (policy, self->app);
}

void
tn_question_app_changed (TnRuntime *runtime, const char *app_key)
{
  g_autoptr (GList) questions = g_list_copy_deep (runtime->questions.head, (GCopyFunc) g_object_ref, NULL);

  for (GList *l = questions; l != NULL; l = l->next)
    {
      TnQuestion *question = l->data;

      if (question->runtime != NULL && question->permission != NULL
          && g_str_equal (tn_app_get_key (question->app), app_key) && !is_open (question))
        end (question, TN_ASKED_ANSWERED);
      g_object_unref (question);
    }
}

TnApp *
tn_question_get_app (TnQuestion *self)
{
  g_return_val_if_fail (TN_IS_QUESTION (self), NULL);

  return self->app;
}

const char *
tn_question_get_tile_id (TnQuestion *self)
{
  g_return_val_if_fail (TN_IS_QUESTION (self), NULL);

  return self->tile_id;
}

const TnPermission *
tn_question_get_permission (TnQuestion *self)
{
  g_return_val_if_fail (TN_IS_QUESTION (self), NULL);

  return self->permission;
}

/* The policy says that it changed, which ends the question of a permission. */
void
tn_question_answer (TnQuestion *self, TnAnswer answer)
{
  g_return_if_fail (TN_IS_QUESTION (self));

  if (self->runtime == NULL)
    return;
  if (self->permission != NULL)
    {
      tn_policy_answer (self->runtime->policy, tn_app_get_key (self->app), self->permission, answer);
      return;
    }
  if (answer == TN_ANSWER_ALWAYS || answer == TN_ANSWER_ONCE)
    tn_policy_accept_level (self->runtime->policy, self->app);
  end (self, TN_ASKED_ANSWERED);
}
