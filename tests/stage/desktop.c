/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desktop.h"

static void fake_desktop_platform_init (TnPlatformInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeDesktop, fake_desktop, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TN_TYPE_PLATFORM, fake_desktop_platform_init))

static void
fake_notify (TnPlatform *platform, TnApp *app, const char *tile_id, const char *title, const char *body)
{
  g_string_append_printf (FAKE_DESKTOP (platform)->log, "notify %s %s %s;", tile_id, title, body);
}

static void
fake_copy (TnPlatform *platform, const char *text)
{
  g_string_append_printf (FAKE_DESKTOP (platform)->log, "copy %s;", text);
}

static void
answer (FakeDesktop *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  if (self->slow)
    self->open = g_steal_pointer (&task);
  else
    g_task_return_boolean (task, self->yes);
  self->slow = FALSE;
}

static void
fake_open_link_async (TnPlatform *platform, TnApp *app, const char *url, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_string_append_printf (FAKE_DESKTOP (platform)->log, "link %s;", url);
  answer (FAKE_DESKTOP (platform), callback, user_data);
}

static void
fake_offer_text_async (TnPlatform *platform, TnApp *app, const char *text, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_string_append_printf (FAKE_DESKTOP (platform)->log, "text %s;", text);
  answer (FAKE_DESKTOP (platform), callback, user_data);
}

static gboolean
fake_ask_finish (TnPlatform *platform, GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
fake_open_files_async (TnPlatform *platform, TnApp *app, const char *const *media_types, gboolean multiple,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *types = media_types != NULL ? g_strjoinv (",", (GStrv) media_types) : g_strdup ("any");

  g_string_append_printf (FAKE_DESKTOP (platform)->log, "open %s%s;", types, multiple ? " many" : "");
  answer (FAKE_DESKTOP (platform), callback, user_data);
}

static GListModel *
fake_open_files_finish (TnPlatform *platform, GAsyncResult *result)
{
  GListStore *files = g_list_store_new (G_TYPE_FILE);

  g_task_propagate_boolean (G_TASK (result), NULL);
  if (FAKE_DESKTOP (platform)->file != NULL)
    g_list_store_append (files, FAKE_DESKTOP (platform)->file);
  return G_LIST_MODEL (files);
}

static void
fake_choose_place_async (TnPlatform *platform, TnApp *app, const char *name, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_string_append_printf (FAKE_DESKTOP (platform)->log, "save %s;", name);
  answer (FAKE_DESKTOP (platform), callback, user_data);
}

static GFile *
fake_choose_place_finish (TnPlatform *platform, GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
  return FAKE_DESKTOP (platform)->file != NULL ? g_object_ref (FAKE_DESKTOP (platform)->file) : NULL;
}

static void
fake_desktop_platform_init (TnPlatformInterface *iface)
{
  iface->notify = fake_notify;
  iface->copy = fake_copy;
  iface->open_link_async = fake_open_link_async;
  iface->open_link_finish = fake_ask_finish;
  iface->offer_text_async = fake_offer_text_async;
  iface->offer_text_finish = fake_ask_finish;
  iface->open_files_async = fake_open_files_async;
  iface->open_files_finish = fake_open_files_finish;
  iface->choose_place_async = fake_choose_place_async;
  iface->choose_place_finish = fake_choose_place_finish;
}

static void
fake_desktop_finalize (GObject *object)
{
  g_string_free (FAKE_DESKTOP (object)->log, TRUE);
  g_clear_object (&FAKE_DESKTOP (object)->file);
  g_assert_null (FAKE_DESKTOP (object)->open);
  G_OBJECT_CLASS (fake_desktop_parent_class)->finalize (object);
}

static void
fake_desktop_class_init (FakeDesktopClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_desktop_finalize;
}

static void
fake_desktop_init (FakeDesktop *self)
{
  self->log = g_string_new (NULL);
}

FakeDesktop *
fake_desktop_new (void)
{
  return g_object_new (FAKE_TYPE_DESKTOP, NULL);
}

void
fake_desktop_close (FakeDesktop *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->open);

  g_task_return_boolean (task, FALSE);
}
