/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-compat.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>
#endif

#define LONG_TEXT 400 /* bytes; more is scrolled */
#define LONG_TEXT_HEIGHT 130

void
tn_compat_announce (GtkWidget *widget, const char *text)
{
#if GTK_CHECK_VERSION(4, 14, 0)
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_accessible_announce (GTK_ACCESSIBLE (widget), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  G_GNUC_END_IGNORE_DEPRECATIONS
#else
  /* A change of the description of what has the focus is read out. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
#endif
}

void
tn_compat_hold_keys (GtkWidget *widget, gboolean hold)
{
#ifdef GDK_WINDOWING_X11
  GtkNative *native = gtk_widget_get_native (widget);
  GdkToplevel *toplevel = native != NULL ? GDK_TOPLEVEL (gtk_native_get_surface (native)) : NULL;

  /* Elsewhere this would ask the person for leave, and nothing needs it. */
  if (toplevel == NULL || !GDK_IS_X11_DISPLAY (gtk_widget_get_display (widget)))
    return;
  if (hold)
    gdk_toplevel_inhibit_system_shortcuts (toplevel, NULL);
  else
    gdk_toplevel_restore_system_shortcuts (toplevel);
#endif
}

void
tn_compat_leave_popover (GtkPopover *popover, GtkWidget *target)
{
  GtkRoot *root = gtk_widget_get_root (target);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (popover)))
    gtk_widget_grab_focus (target);
}

/* GtkFileDialog, which replaces GtkFileChooserNative, has no choices; AdwAlertDialog needs a parent of its time. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS

#define CHOICE "choice"

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *suffix)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  if (suffix != NULL)
    gtk_file_filter_add_suffix (filter, suffix);
  else
    gtk_file_filter_add_pattern (filter, "*");
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
add_choices (GtkFileChooser *chooser, const char *label, const char *const *choices)
{
  guint n = g_strv_length ((GStrv) choices);
  g_auto (GStrv) ids = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    ids[i] = g_strdup_printf ("%u", i);
  gtk_file_chooser_add_choice (chooser, CHOICE, label, (const char **) ids, (const char **) choices);
  gtk_file_chooser_set_choice (chooser, CHOICE, ids[0]);
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    g_task_return_pointer (task, gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)), g_object_unref);
  else
    g_task_return_pointer (task, NULL, NULL);
}

void
tn_compat_choose_file_async (GtkWindow *parent, const TnCompatFile *what, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GtkFileChooserAction action = what->name != NULL ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN;
  GtkFileChooserNative *native = gtk_file_chooser_native_new (what->title, parent, action, what->accept, _("_Cancel"));
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (native);
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, tn_compat_choose_file_async);
  g_task_set_task_data (task, native, g_object_unref);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  if (what->name != NULL)
    gtk_file_chooser_set_current_name (chooser, what->name);
  if (what->filter != NULL)
    add_filter (chooser, what->filter, what->suffix);
  add_filter (chooser, _("All files"), NULL);
  if (what->choices != NULL)
    add_choices (chooser, what->choice, what->choices);
  g_signal_connect (native, "response", G_CALLBACK (chosen_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}

GFile *
tn_compat_choose_file_finish (GAsyncResult *result, guint *choice)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tn_compat_choose_file_async), NULL);

  if (choice != NULL)
    {
      const char *chosen = gtk_file_chooser_get_choice (g_task_get_task_data (G_TASK (result)), CHOICE);

      *choice = chosen != NULL ? g_ascii_strtoull (chosen, NULL, 10) : 0;
    }
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
files_chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GListModel *files = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog))
                                                      : G_LIST_MODEL (g_list_store_new (G_TYPE_FILE));

  g_task_return_pointer (task, files, g_object_unref);
}

static void
add_types (GtkFileChooser *chooser, const char *const *media_types)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Files of these kinds"));
  for (guint i = 0; media_types[i] != NULL; i++)
    gtk_file_filter_add_mime_type (filter, media_types[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

void
tn_compat_choose_files_async (GtkWindow *parent, const char *title, const char *const *media_types, gboolean multiple,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  GtkFileChooserNative *native
    = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (native);
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, tn_compat_choose_files_async);
  g_task_set_task_data (task, native, g_object_unref);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  gtk_file_chooser_set_select_multiple (chooser, multiple);
  if (media_types != NULL && *media_types != NULL)
    add_types (chooser, media_types);
  add_filter (chooser, _("All files"), NULL);
  g_signal_connect (native, "response", G_CALLBACK (files_chosen_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}

GListModel *
tn_compat_choose_files_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tn_compat_choose_files_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

#define ACCEPT "accept"
#define CANCEL "cancel"

static void
answered_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_boolean (task, g_str_equal (response, ACCEPT));
}

/* The dialog's buttons stay on the screen however long it is. */
static GtkWidget *
new_long_text (const char *markup)
{
  GtkWidget *label = gtk_label_new (NULL), *scrolled = gtk_scrolled_window_new ();

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scrolled), FALSE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), LONG_TEXT_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), label);
  return scrolled;
}

/* Where a long word is broken, no hyphen is put in that would be taken for a part of it. */
static void
show_as_it_is (AdwMessageDialog *message, const char *text)
{
  g_autofree char *markup = g_markup_printf_escaped ("<span insert_hyphens=\"false\">%s</span>", text);

  adw_message_dialog_set_body (message, strlen (text) > LONG_TEXT ? "" : markup);
  adw_message_dialog_set_body_use_markup (message, TRUE);
  if (strlen (text) > LONG_TEXT)
    adw_message_dialog_set_extra_child (message, new_long_text (markup));
}

void
tn_compat_ask_async (GtkWindow *parent, const char *heading, const char *body, const char *accept, TnCompatAsk kind,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, tn_compat_ask_async);
  if (kind == TN_COMPAT_ASK_WARY)
    show_as_it_is (message, body);
  adw_message_dialog_add_response (message, CANCEL, accept != NULL ? _("_Cancel") : _("_Close"));
  adw_message_dialog_set_close_response (message, CANCEL);
  adw_message_dialog_set_default_response (message, accept == NULL || kind != TN_COMPAT_ASK_PLAIN ? CANCEL : ACCEPT);
  if (accept != NULL)
    {
      adw_message_dialog_add_response (message, ACCEPT, accept);
      adw_message_dialog_set_response_appearance (message, ACCEPT,
                                                  kind == TN_COMPAT_ASK_DESTRUCTIVE ? ADW_RESPONSE_DESTRUCTIVE
                                                  : kind == TN_COMPAT_ASK_PLAIN     ? ADW_RESPONSE_SUGGESTED
                                                                                    : ADW_RESPONSE_DEFAULT);
    }
  g_signal_connect (dialog, "response", G_CALLBACK (answered_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
tn_compat_ask_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tn_compat_ask_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}

G_GNUC_END_IGNORE_DEPRECATIONS
