/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-pictures.h"

typedef struct
{
  char *id;
  GdkPaintable *picture;
} Item;

struct _TnPictures
{
  guint most;
  GQueue items; /* of Item, the most recent first */
};

static void
item_free (Item *item)
{
  g_object_unref (item->picture);
  g_free (item->id);
  g_free (item);
}

TnPictures *
tn_pictures_new (guint most)
{
  TnPictures *self = g_new0 (TnPictures, 1);

  g_return_val_if_fail (most > 0, NULL);

  self->most = most;
  return self;
}

void
tn_pictures_free (TnPictures *self)
{
  if (self == NULL)
    return;
  g_queue_clear_full (&self->items, (GDestroyNotify) item_free);
  g_free (self);
}

/* Moves it to the front. Returns: (nullable): it */
static Item *
touch (TnPictures *self, const char *id)
{
  for (GList *l = self->items.head; l != NULL; l = l->next)
    {
      Item *item = l->data;

      if (!g_str_equal (item->id, id))
        continue;
      g_queue_unlink (&self->items, l);
      g_queue_push_head_link (&self->items, l);
      return item;
    }
  return NULL;
}

void
tn_pictures_keep (TnPictures *self, const char *id, GdkPaintable *picture)
{
  Item *item = touch (self, id);

  g_return_if_fail (GDK_IS_PAINTABLE (picture));

  if (item != NULL)
    {
      g_set_object (&item->picture, picture);
      return;
    }
  item = g_new0 (Item, 1);
  item->id = g_strdup (id);
  item->picture = g_object_ref (picture);
  g_queue_push_head (&self->items, item);
  if (self->items.length > self->most)
    item_free (g_queue_pop_tail (&self->items));
}

GdkPaintable *
tn_pictures_get (TnPictures *self, const char *id)
{
  Item *item = touch (self, id);

  return item != NULL ? item->picture : NULL;
}

GdkPaintable *
tn_pictures_get_large (TnPictures *self, const char **id)
{
  for (GList *l = self->items.head; l != NULL; l = l->next)
    {
      Item *item = l->data;

      if (GDK_IS_TEXTURE (item->picture))
        continue;
      *id = item->id;
      return item->picture;
    }
  return NULL;
}
