/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-chooser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tn-compat.h"

#define TEXT_SHOWN 400 /* characters of a text that the question shows */

struct _TnChooser
{
  GObject parent;

  GtkWindow *window; /* weak */
};

static void iface_init (TnFileChooserInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TnChooser, tn_chooser, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TN_TYPE_FILE_CHOOSER, iface_init))

/* What an app has for the person, while they are asked. */
typedef struct
{
  char *app, *text, *name;
  GBytes *content;
} Share;

static void
share_free (gpointer data)
{
  Share *share = data;

  g_free (share->app);
  g_free (share->text);
  g_free (share->name);
  g_clear_pointer (&share->content, g_bytes_unref);
  g_free (share);
}

static const char *
name_of (TnInstance *instance)
{
  TnApp *app = tn_instance_get_app (instance);

  return app != NULL ? tn_app_get_name (app) : tn_instance_get_tile_id (instance);
}

static gboolean
has_window (TnChooser *self, GTask *task)
{
  if (self->window != NULL)
    return TRUE;
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, _("The window is closed"));
  return FALSE;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_pointer (task, tn_compat_choose_files_finish (result), (GDestroyNotify) g_strfreev);
}

static void
open_async (TnFileChooser *chooser, TnInstance *asker, const char *const *media_types, gboolean multiple,
            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  TnChooser *self = TN_CHOOSER (chooser);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *title = g_strdup_printf (_("Choose What “%s” May Read"), name_of (asker));

  if (has_window (self, task))
    tn_compat_choose_files_async (self->window, title, media_types, multiple, opened_cb, g_steal_pointer (&task));
}

static GStrv
open_finish (TnFileChooser *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
place_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Share *share = g_task_get_task_data (task);
  g_autoptr (GFile) file = tn_compat_choose_file_finish (result, NULL);

  if (file != NULL)
    g_file_replace_contents_bytes_async (file, share->content, NULL, FALSE, G_FILE_CREATE_NONE, NULL, written_cb,
                                         g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

/* Takes @task over. */
static void
save_file (TnChooser *self, GTask *task)
{
  g_autoptr (GTask) owned = task;
  Share *share = g_task_get_task_data (task);
  g_autofree char *title = g_strdup_printf (_("Save What “%s” Made"), share->app);
  TnCompatFile what = { .title = title, .accept = _("_Save"), .name = share->name };

  if (share->name == NULL)
    g_task_return_boolean (task, TRUE);
  else if (has_window (self, task))
    tn_compat_choose_file_async (self->window, &what, place_chosen_cb, g_steal_pointer (&owned));
}

static void
text_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  TnChooser *self = g_task_get_source_object (task);
  Share *share = g_task_get_task_data (task);

  if (tn_compat_ask_finish (result) && self->window != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->window)), share->text);
  save_file (self, task);
}

static void
offer_text (TnChooser *self, GTask *task)
{
  Share *share = g_task_get_task_data (task);
  g_autofree char *heading = g_strdup_printf (_("Copy This Text from “%s”?"), share->app);
  g_autofree char *start = g_utf8_strlen (share->text, -1) > TEXT_SHOWN
                             ? g_utf8_substring (share->text, 0, TEXT_SHOWN)
                             : NULL;
  g_autofree char *shown = start != NULL ? g_strconcat (start, "…", NULL) : g_strdup (share->text);

  tn_compat_ask_async (self->window, heading, shown, _("_Copy"), FALSE, text_answered_cb, task);
}

static void
share_async (TnFileChooser *chooser, TnInstance *asker, const char *text, const char *name, GBytes *content,
             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  TnChooser *self = TN_CHOOSER (chooser);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Share *share = g_new (Share, 1);

  *share = (Share) { g_strdup (name_of (asker)), g_strdup (text), g_strdup (name),
                     content != NULL ? g_bytes_ref (content) : NULL };
  g_task_set_task_data (task, share, share_free);
  if (!has_window (self, task))
    return;
  if (share->text != NULL)
    offer_text (self, g_steal_pointer (&task));
  else
    save_file (self, g_steal_pointer (&task));
}

static gboolean
share_finish (TnFileChooser *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
iface_init (TnFileChooserInterface *iface)
{
  iface->open_async = open_async;
  iface->open_finish = open_finish;
  iface->share_async = share_async;
  iface->share_finish = share_finish;
}

static void
tn_chooser_dispose (GObject *object)
{
  g_clear_weak_pointer (&TN_CHOOSER (object)->window);
  G_OBJECT_CLASS (tn_chooser_parent_class)->dispose (object);
}

static void
tn_chooser_class_init (TnChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tn_chooser_dispose;
}

static void
tn_chooser_init (TnChooser *self)
{
}

TnFileChooser *
tn_chooser_new (GtkWindow *parent)
{
  TnChooser *self = g_object_new (TN_TYPE_CHOOSER, NULL);

  g_set_weak_pointer (&self->window, parent);
  return TN_FILE_CHOOSER (self);
}
