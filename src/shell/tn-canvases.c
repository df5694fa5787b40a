/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvases.h"

#include "tn-canvas-change.h"

struct _TnCanvases
{
  GObject parent;

  TnStore *store;
  GPtrArray *list;
  gboolean listing, list_again;
};

G_DEFINE_FINAL_TYPE (TnCanvases, tn_canvases, G_TYPE_OBJECT)

static void list_now (TnCanvases *self);

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnCanvases) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = tn_store_list_canvases_finish (TN_STORE (source), result, &error);

  self->listing = FALSE;
  if (self->list_again)
    {
      list_now (self);
      return;
    }
  if (list == NULL)
    {
      g_signal_emit_by_name (self, "failed", error->message);
      return;
    }
  g_ptr_array_unref (self->list);
  self->list = g_steal_pointer (&list);
  g_signal_emit_by_name (self, "changed");
}

/* What is on its way when something changes is old already. */
static void
list_now (TnCanvases *self)
{
  self->list_again = self->listing;
  if (self->listing)
    return;
  self->listing = TRUE;
  tn_store_list_canvases_async (self->store, NULL, listed_cb, g_object_ref (self));
}

static void
tn_canvases_finalize (GObject *object)
{
  TnCanvases *self = TN_CANVASES (object);

  g_clear_object (&self->store);
  g_ptr_array_unref (self->list);

  G_OBJECT_CLASS (tn_canvases_parent_class)->finalize (object);
}

static void
tn_canvases_class_init (TnCanvasesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tn_canvases_finalize;

  g_signal_new ("changed", TN_TYPE_CANVASES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("failed", TN_TYPE_CANVASES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tn_canvases_init (TnCanvases *self)
{
  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_canvas_record_free);
}

TnCanvases *
tn_canvases_new (void)
{
  return g_object_new (TN_TYPE_CANVASES, NULL);
}

void
tn_canvases_set_store (TnCanvases *self, TnStore *store)
{
  g_return_if_fail (TN_IS_CANVASES (self));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (list_now), self, G_CONNECT_SWAPPED);
  list_now (self);
}

TnStore *
tn_canvases_get_store (TnCanvases *self)
{
  g_return_val_if_fail (TN_IS_CANVASES (self), NULL);

  return self->store;
}

GPtrArray *
tn_canvases_get_list (TnCanvases *self)
{
  g_return_val_if_fail (TN_IS_CANVASES (self), NULL);

  return self->list;
}

const TnCanvasRecord *
tn_canvases_find (TnCanvases *self, const char *id, guint *index)
{
  g_return_val_if_fail (TN_IS_CANVASES (self), NULL);

  return tn_canvas_change_find (self->list, id, index);
}
