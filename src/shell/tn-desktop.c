/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-desktop.h"
#include "tn-compat.h"

#include <glib/gi18n-lib.h>

#define TEXT_SHOWN 400 /* characters of a text that the question shows */

struct _TnDesktop
{
  GObject parent;

  GWeakRef window;
};

static void tn_desktop_platform_init (TnPlatformInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TnDesktop, tn_desktop, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TN_TYPE_PLATFORM, tn_desktop_platform_init))

/* The app is named by us, first, so that it can't pass for another program. */
static void
tn_desktop_notify (TnPlatform *platform, TnApp *app, const char *tile_id, const char *title, const char *body)
{
  g_autoptr (GtkWindow) window = g_weak_ref_get (&TN_DESKTOP (platform)->window);
  g_autofree char *headline = g_strdup_printf ("%s: %s", tn_app_get_name (app), title);
  g_autoptr (GNotification) notification = g_notification_new (headline);

  g_notification_set_body (notification, body);
  if (window != NULL && gtk_window_get_application (window) != NULL)
    g_application_send_notification (G_APPLICATION (gtk_window_get_application (window)), tile_id, notification);
}

static void
tn_desktop_copy (TnPlatform *platform, const char *text)
{
  g_autoptr (GtkWindow) window = g_weak_ref_get (&TN_DESKTOP (platform)->window);

  if (window != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (window)), text);
}

static void
link_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TnDesktop *self = g_task_get_source_object (task);
  g_autoptr (GtkWindow) window = g_weak_ref_get (&self->window);
  gboolean open = tn_compat_ask_finish (result);

  if (open)
    gtk_show_uri (window, g_task_get_task_data (task), GDK_CURRENT_TIME);
  g_task_return_boolean (task, open);
}

static void
tn_desktop_open_link_async (TnPlatform *platform, TnApp *app, const char *url, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GtkWindow) window = g_weak_ref_get (&TN_DESKTOP (platform)->window);
  GTask *task = g_task_new (platform, NULL, callback, user_data);
  g_autofree char *heading = g_strdup_printf (_("“%s” Wants to Open a Link"), tn_app_get_name (app));

  g_task_set_task_data (task, g_strdup (url), g_free);
  tn_compat_ask_async (window, heading, url, _("_Open in Browser"), TN_COMPAT_ASK_WARY, link_answered_cb, task);
}

static gboolean
tn_desktop_ask_finish (TnPlatform *platform, GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
text_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  gboolean wanted = tn_compat_ask_finish (result);

  if (wanted)
    tn_desktop_copy (g_task_get_source_object (task), g_task_get_task_data (task));
  g_task_return_boolean (task, wanted);
}

static void
tn_desktop_offer_text_async (TnPlatform *platform, TnApp *app, const char *text, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GtkWindow) window = g_weak_ref_get (&TN_DESKTOP (platform)->window);
  GTask *task = g_task_new (platform, NULL, callback, user_data);
  g_autofree char *heading = g_strdup_printf (_("Copy This Text from “%s”?"), tn_app_get_name (app));
  g_autofree char *start = g_utf8_strlen (text, -1) > TEXT_SHOWN ? g_utf8_substring (text, 0, TEXT_SHOWN) : NULL;
  g_autofree char *shown = start != NULL ? g_strconcat (start, "…", NULL) : g_strdup (text);

  g_task_set_task_data (task, g_strdup (text), g_free);
  tn_compat_ask_async (window, heading, shown, _("_Copy"), TN_COMPAT_ASK_WARY, text_answered_cb, task);
}

static void
files_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_pointer (task, tn_compat_choose_files_finish (result), g_object_unref);
}

static void
tn_desktop_open_files_async (TnPlatform *platform, TnApp *app, const char *const *media_types, gboolean multiple,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GtkWindow) window = g_weak_ref_get (&TN_DESKTOP (platform)->window);
  g_autofree char *title = g_strdup_printf (_("Choose What “%s” May Read"), tn_app_get_name (app));

  tn_compat_choose_files_async (window, title, media_types, multiple, files_chosen_cb,
                                g_task_new (platform, NULL, callback, user_data));
}

static void
place_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_pointer (task, tn_compat_choose_file_finish (result, NULL), g_object_unref);
}

static void
tn_desktop_choose_place_async (TnPlatform *platform, TnApp *app, const char *name, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GtkWindow) window = g_weak_ref_get (&TN_DESKTOP (platform)->window);
  g_autofree char *title = g_strdup_printf (_("Save What “%s” Made"), tn_app_get_name (app));
  TnCompatFile what = { .title = title, .accept = _("_Save"), .name = name };

  tn_compat_choose_file_async (window, &what, place_chosen_cb, g_task_new (platform, NULL, callback, user_data));
}

static GListModel *
tn_desktop_open_files_finish (TnPlatform *platform, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static GFile *
tn_desktop_choose_place_finish (TnPlatform *platform, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
tn_desktop_platform_init (TnPlatformInterface *iface)
{
  iface->notify = tn_desktop_notify;
  iface->copy = tn_desktop_copy;
  iface->open_link_async = tn_desktop_open_link_async;
  iface->open_link_finish = tn_desktop_ask_finish;
  iface->offer_text_async = tn_desktop_offer_text_async;
  iface->offer_text_finish = tn_desktop_ask_finish;
  iface->open_files_async = tn_desktop_open_files_async;
  iface->open_files_finish = tn_desktop_open_files_finish;
  iface->choose_place_async = tn_desktop_choose_place_async;
  iface->choose_place_finish = tn_desktop_choose_place_finish;
}

static void
tn_desktop_finalize (GObject *object)
{
  g_weak_ref_clear (&TN_DESKTOP (object)->window);
  G_OBJECT_CLASS (tn_desktop_parent_class)->finalize (object);
}

static void
tn_desktop_class_init (TnDesktopClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tn_desktop_finalize;
}

static void
tn_desktop_init (TnDesktop *self)
{
}

TnDesktop *
tn_desktop_new (GtkWindow *window)
{
  TnDesktop *self;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);

  self = g_object_new (TN_TYPE_DESKTOP, NULL);
  g_weak_ref_init (&self->window, window);
  return self;
}
