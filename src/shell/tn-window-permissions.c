/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-window-private.h"

#include <glib/gi18n-lib.h>

#include "tn-permission-prompt.h"
#include "tn-permissions-dialog.h"
#include "tn-safety-dialog.h"

/* What apps ask for, what the person lets them do, and what keeps them to it. */

/* Where nobody may change anything, nobody can grant anything. */
static void
question_cb (TnWindow *self)
{
  TnQuestion *question = tn_runtime_get_question (tn_workspace_get_runtime (self->workspace));

  if (self->prompt != NULL)
    gtk_window_destroy (GTK_WINDOW (self->prompt));
  g_clear_weak_pointer (&self->prompt);
  if (question == NULL)
    return;
  if (self->kiosk_active || self->closing)
    {
      tn_question_answer (question, TN_ANSWER_NOT_NOW);
      return;
    }
  g_set_weak_pointer (&self->prompt, GTK_WIDGET (tn_permission_prompt_new (GTK_WINDOW (self), question)));
  gtk_window_present (GTK_WINDOW (self->prompt));
}

static void
permissions_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;
  TnPolicy *policy = tn_workspace_get_policy (self->workspace);
  TnApp *known = tn_catalogue_find (tn_workspace_get_catalogue (self->workspace), g_variant_get_string (parameter, NULL));
  g_autoptr (TnApp) app = known != NULL ? tn_app_load (tn_app_get_source (known), tn_app_get_directory (known)) : NULL;

  if (policy != NULL && app != NULL && tn_app_get_manifest (app) != NULL)
    tn_permissions_dialog_show (GTK_WINDOW (self), policy, app);
  else
    tn_window_toast (self, _("This app can’t be read, so there is nothing to permit"));
}

static void
safety_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;
  TnRuntime *runtime = tn_workspace_get_runtime (self->workspace);
  TnInstance *instance
    = runtime != NULL ? tn_runtime_find_instance (runtime, g_variant_get_string (parameter, NULL)) : NULL;

  if (instance != NULL)
    tn_safety_dialog_show (GTK_WINDOW (self), instance);
  else
    tn_window_toast (self, _("It has not been started yet, so there is nothing to measure"));
}

static const TnActionEntry entries[] = {
  { "widget.permissions", N_("Permissions"), N_("Widgets"), N_("Shows what an app may do, and takes it back."), NULL, "s",
    permissions_cb },
  { "widget.safety", N_("Why Is This Safe?"), N_("Widgets"), N_("Shows what keeps a widget from doing harm, as measured."),
    NULL, "s", safety_cb },
};

void
tn_window_add_permission_actions (TnWindow *self)
{
  tn_window_add_table (self, entries, G_N_ELEMENTS (entries));
}

void
tn_window_follow_questions (TnWindow *self)
{
  TnRuntime *runtime = tn_workspace_get_runtime (self->workspace);

  g_signal_connect_object (runtime, "notify::question", G_CALLBACK (question_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tn_workspace_get_policy (self->workspace), "failed", G_CALLBACK (tn_window_toast), self,
                           G_CONNECT_SWAPPED);
  question_cb (self);
}
