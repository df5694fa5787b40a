/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-permission-prompt.h"

#include <glib/gi18n-lib.h>

#include "tn-app-icon.h"
#include "tn-permission.h"

#define WIDTH 400
#define GUARD_MS 1000 /* without a click */

struct _TnPermissionPrompt
{
  AdwWindow parent;

  /* template */
  GtkImage *icon;
  GtkLabel *sentence, *id, *reason, *terms;
  GtkWidget *deny, *once, *always, *never;

  TnQuestion *question;
  guint guard;
};

G_DEFINE_FINAL_TYPE (TnPermissionPrompt, tn_permission_prompt, ADW_TYPE_WINDOW)

/* The window goes when the question does. */
static void
deny_cb (TnPermissionPrompt *self)
{
  tn_question_answer (self->question, TN_ANSWER_NOT_NOW);
}

static void
once_cb (TnPermissionPrompt *self)
{
  tn_question_answer (self->question, TN_ANSWER_ONCE);
}

static void
always_cb (TnPermissionPrompt *self)
{
  tn_question_answer (self->question, TN_ANSWER_ALWAYS);
}

static void
never_cb (TnPermissionPrompt *self)
{
  tn_question_answer (self->question, TN_ANSWER_NEVER);
}

static gboolean
tn_permission_prompt_close_request (GtkWindow *window)
{
  deny_cb (TN_PERMISSION_PROMPT (window));
  return TRUE;
}

static gboolean
guard_cb (gpointer user_data)
{
  TnPermissionPrompt *self = user_data;

  self->guard = 0;
  gtk_widget_set_sensitive (self->once, TRUE);
  gtk_widget_set_sensitive (self->always, TRUE);
  gtk_widget_set_sensitive (self->never, TRUE);
  return G_SOURCE_REMOVE;
}

static void
start_guard (TnPermissionPrompt *self)
{
  g_clear_handle_id (&self->guard, g_source_remove);
  self->guard = g_timeout_add (GUARD_MS, guard_cb, self);
}

/* Who still clicks as fast as in the page does not read: only after a pause is a click an answer. */
static gboolean
input_cb (TnPermissionPrompt *self, GdkEvent *event)
{
  if (self->guard != 0 && gdk_event_get_event_type (event) == GDK_BUTTON_PRESS)
    start_guard (self);
  return GDK_EVENT_PROPAGATE;
}

static void
watch_input (TnPermissionPrompt *self)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (input_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
tn_permission_prompt_dispose (GObject *object)
{
  TnPermissionPrompt *self = TN_PERMISSION_PROMPT (object);

  g_clear_handle_id (&self->guard, g_source_remove);
  g_clear_object (&self->question);
  G_OBJECT_CLASS (tn_permission_prompt_parent_class)->dispose (object);
}

static void
tn_permission_prompt_class_init (TnPermissionPromptClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tn_permission_prompt_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = tn_permission_prompt_close_request;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/tn-permission-prompt.ui");
  gtk_widget_class_bind_template_child (widget_class, TnPermissionPrompt, icon);
  gtk_widget_class_bind_template_child (widget_class, TnPermissionPrompt, sentence);
  gtk_widget_class_bind_template_child (widget_class, TnPermissionPrompt, id);
  gtk_widget_class_bind_template_child (widget_class, TnPermissionPrompt, reason);
  gtk_widget_class_bind_template_child (widget_class, TnPermissionPrompt, terms);
  gtk_widget_class_bind_template_child (widget_class, TnPermissionPrompt, deny);
  gtk_widget_class_bind_template_child (widget_class, TnPermissionPrompt, once);
  gtk_widget_class_bind_template_child (widget_class, TnPermissionPrompt, always);
  gtk_widget_class_bind_template_child (widget_class, TnPermissionPrompt, never);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tn_permission_prompt_init (TnPermissionPrompt *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->deny, "clicked", G_CALLBACK (deny_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->once, "clicked", G_CALLBACK (once_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->always, "clicked", G_CALLBACK (always_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->never, "clicked", G_CALLBACK (never_cb), self, G_CONNECT_SWAPPED);
  start_guard (self);
  watch_input (self);
}

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static void
show_permission (TnPermissionPrompt *self, const char *name, const TnPermission *permission)
{
  g_autofree char *wish = tn_permission_describe (permission);
  /* Translators: an app's name, and what it asks for as a sentence: Load data from “https://…” */
  g_autofree char *sentence = g_strdup_printf (_("“%s” asks for permission: %s"), name, wish);
  g_autofree char *terms = tn_permission_describe_terms (&permission->terms);
  g_autofree char *reason
    = permission->reason != NULL ? g_strdup_printf (_("The app says: “%s”"), permission->reason) : g_strdup ("");
  /* Translators: when a permission would hold, as a list with commas */
  g_autofree char *limits = *terms != '\0' ? g_strdup_printf (_("Limited: %s"), terms) : g_strdup ("");

  show_text (self->sentence, sentence);
  show_text (self->reason, reason);
  show_text (self->terms, limits);
}

/* Nothing between yes and no: there is no such thing as a level for once. */
static void
show_level (TnPermissionPrompt *self, const char *name, TnSandboxLevel level)
{
  g_autofree char *sentence = g_strdup_printf (_("“%s” has changed and wants to run with fewer limits than before"), name);

  show_text (self->sentence, sentence);
  show_text (self->terms, level == TN_LEVEL_PERMISSIVE ? _("It could run code that did not come with it.")
                                                       : _("It could use workers, WebAssembly and the storage of web pages."));
  gtk_button_set_label (GTK_BUTTON (self->always), _("_Allow"));
  gtk_widget_set_visible (self->once, FALSE);
  gtk_widget_set_visible (self->never, FALSE);
}

TnPermissionPrompt *
tn_permission_prompt_new (GtkWindow *parent, TnQuestion *question)
{
  TnPermissionPrompt *self;
  TnApp *app;
  const TnPermission *permission;

  g_return_val_if_fail (GTK_IS_WINDOW (parent) && TN_IS_QUESTION (question), NULL);

  self = g_object_new (TN_TYPE_PERMISSION_PROMPT, "transient-for", parent, NULL);
  self->question = g_object_ref (question);
  app = tn_question_get_app (question);
  permission = tn_question_get_permission (question);
  tn_app_icon_show (self->icon, app);
  gtk_label_set_text (self->id, tn_app_get_id (app));
  if (permission != NULL)
    show_permission (self, tn_app_get_name (app), permission);
  else
    show_level (self, tn_app_get_name (app), tn_manifest_get_level (tn_app_get_manifest (app)));
  gtk_window_set_default_size (GTK_WINDOW (self), MIN (WIDTH, gtk_widget_get_width (GTK_WIDGET (parent))), -1);
  gtk_widget_grab_focus (self->deny);
  gtk_window_set_focus_visible (GTK_WINDOW (self), TRUE);
  return self;
}
