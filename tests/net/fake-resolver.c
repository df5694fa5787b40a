/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-resolver.h"

struct _FakeResolver
{
  GResolver parent_instance;

  GStrv answers;
  guint asked;
};

G_DEFINE_FINAL_TYPE (FakeResolver, fake_resolver, G_TYPE_RESOLVER)

static void
free_addresses (gpointer list)
{
  g_resolver_free_addresses (list);
}

static void
fake_resolver_lookup_async (GResolver *resolver, const char *name, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  FakeResolver *self = FAKE_RESOLVER (resolver);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  guint last = g_strv_length (self->answers) - 1;
  g_auto (GStrv) words = g_strsplit (self->answers[MIN (self->asked, last)], " ", -1);
  GList *addresses = NULL;

  self->asked++;
  for (guint i = 0; words[i] != NULL; i++)
    addresses = g_list_append (addresses, g_inet_address_new_from_string (words[i]));
  g_task_return_pointer (task, addresses, free_addresses);
}

static GList *
fake_resolver_lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fake_resolver_finalize (GObject *object)
{
  g_strfreev (FAKE_RESOLVER (object)->answers);
  G_OBJECT_CLASS (fake_resolver_parent_class)->finalize (object);
}

static void
fake_resolver_class_init (FakeResolverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_resolver_finalize;
  G_RESOLVER_CLASS (klass)->lookup_by_name_async = fake_resolver_lookup_async;
  G_RESOLVER_CLASS (klass)->lookup_by_name_finish = fake_resolver_lookup_finish;
}

static void
fake_resolver_init (FakeResolver *self)
{
}

GResolver *
fake_resolver_new (const char *const *answers)
{
  FakeResolver *self = g_object_new (FAKE_TYPE_RESOLVER, NULL);

  self->answers = g_strdupv ((char **) answers);
  return G_RESOLVER (self);
}

guint
fake_resolver_get_asked (GResolver *resolver)
{
  return FAKE_RESOLVER (resolver)->asked;
}
