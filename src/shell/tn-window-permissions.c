/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-window-private.h"

#include <glib/gi18n-lib.h>

#include "tn-compat.h"
#include "tn-permission-prompt.h"
#include "tn-permissions-dialog.h"
#include "tn-upkeep.h"

/* What apps ask for, and what the person lets them do; and how an app goes. */

typedef struct
{
  TnWindow *window;
  TnApp *app;
} Parting;

static Parting *
parting_new (TnWindow *self, TnApp *app)
{
  Parting *parting = g_new (Parting, 1);

  *parting = (Parting) { g_object_ref (self), g_object_ref (app) };
  return parting;
}

static void
parting_free (Parting *parting)
{
  g_object_unref (parting->window);
  g_object_unref (parting->app);
  g_free (parting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Parting, parting_free)

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Parting) parting = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = g_strdup_printf (_("%s removed"), tn_app_get_name (parting->app));

  if (parting->window->closing)
    return;
  if (tn_upkeep_remove_finish (TN_WORKSPACE (source), result, &error))
    tn_window_toast_undo (parting->window, said);
  else
    tn_window_toast (parting->window, error->message);
}

static void
remove_cb (TnWindow *self, TnApp *app)
{
  tn_upkeep_remove_async (self->workspace, app, removed_cb, parting_new (self, app));
}

static void
erased_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Parting) parting = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = g_strdup_printf (_("%s erased"), tn_app_get_name (parting->app));

  if (parting->window->closing)
    return;
  if (tn_upkeep_erase_finish (TN_WORKSPACE (source), result, &error))
    tn_window_toast (parting->window, said);
  else
    tn_window_tell (parting->window, _("The App Is Not All Gone Yet"), error->message);
}

static void
meant_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Parting) parting = user_data;
  TnWindow *self = parting->window;

  if (tn_compat_ask_finish (result) && !self->closing)
    tn_upkeep_erase_async (self->workspace, parting->app, erased_cb, g_steal_pointer (&parting));
}

static void
erase_cb (TnWindow *self, TnApp *app)
{
  g_autofree char *heading = g_strdup_printf (_("Erase “%s”?"), tn_app_get_name (app));
  gboolean own = g_str_equal (tn_app_get_source (app), TN_SOURCE_MINE);
  g_autofree char *text = g_strconcat (
    _("Its widgets on every canvas go, and all that they hold and have stored, what they sent, their permissions and what "
      "the history knows of them. Older backups of the workspace go too: a new one takes their place."),
    "\n\n", own ? _("The app itself goes as well.") : _("The app itself comes with the program and can be added again."),
    "\n\n", _("This can’t be undone."), NULL);

  tn_compat_ask_async (GTK_WINDOW (self), heading, text, _("_Erase"), TRUE, meant_cb, parting_new (self, app));
}

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
    {
      GtkWidget *page = tn_permissions_dialog_show (GTK_WINDOW (self), policy, app);

      g_signal_connect_object (page, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (page, "erase", G_CALLBACK (erase_cb), self, G_CONNECT_SWAPPED);
    }
  else
    tn_window_toast (self, _("This app can’t be read, so there is nothing to permit"));
}

static const TnActionEntry entries[] = {
  { "widget.permissions", N_("Permissions"), N_("Widgets"), N_("Shows what an app may do, and takes it back."), NULL, "s",
    permissions_cb },
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
