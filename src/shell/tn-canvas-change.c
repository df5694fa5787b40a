/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvas-change.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tn-clock.h"

#define ID_LENGTH 12

TnCanvasRecord *
tn_canvas_change_new (GPtrArray *canvases)
{
  g_autofree char *id = tn_random_id (ID_LENGTH);
  g_autofree char *name = tn_canvas_record_free_name (canvases, _("Canvas"));
  TnCanvasRecord *canvas = tn_canvas_record_new (id, name);

  if (canvases->len > 0)
    canvas->position = ((TnCanvasRecord *) g_ptr_array_index (canvases, canvases->len - 1))->position + 1;
  return canvas;
}

TnOperation *
tn_canvas_change_create (GPtrArray *canvases)
{
  g_autoptr (TnCanvasRecord) canvas = tn_canvas_change_new (canvases);
  TnOperation *operation = tn_operation_new ("canvas.create", canvas->id, canvas->name);

  tn_operation_put_canvas (operation, canvas);
  return operation;
}

TnOperation *
tn_canvas_change_rename (const TnCanvasRecord *canvas, const char *name)
{
  g_autoptr (TnCanvasRecord) renamed = tn_canvas_record_copy (canvas);
  TnOperation *operation;

  g_free (renamed->name);
  renamed->name = g_strstrip (g_strdup (name != NULL ? name : ""));
  if (*renamed->name == '\0' || strcmp (renamed->name, canvas->name) == 0)
    return NULL;
  operation = tn_operation_new ("canvas.rename", canvas->id, renamed->name);
  tn_operation_put_canvas (operation, renamed);
  return operation;
}

TnOperation *
tn_canvas_change_delete (const TnCanvasRecord *canvas)
{
  TnOperation *operation = tn_operation_new ("canvas.delete", canvas->id, canvas->name);

  tn_operation_delete_canvas (operation, canvas->id);
  return operation;
}

static void
put_position (TnOperation *operation, const TnCanvasRecord *canvas, int position)
{
  g_autoptr (TnCanvasRecord) moved = NULL;

  if (canvas->position == position)
    return;
  moved = tn_canvas_record_copy (canvas);
  moved->position = position;
  tn_operation_put_canvas (operation, moved);
}

TnOperation *
tn_canvas_change_sort (GPtrArray *canvases, guint from, guint to)
{
  g_autoptr (GPtrArray) sorted = NULL;
  TnCanvasRecord *moved;
  TnOperation *operation;

  g_return_val_if_fail (from < canvases->len && to < canvases->len, NULL);

  if (from == to)
    return NULL;
  sorted = g_ptr_array_copy (canvases, NULL, NULL);
  g_ptr_array_set_free_func (sorted, NULL);
  moved = g_ptr_array_remove_index (sorted, from);
  g_ptr_array_insert (sorted, to, moved);
  operation = tn_operation_new ("canvas.sort", moved->id, moved->name);
  for (guint i = 0; i < sorted->len; i++)
    put_position (operation, g_ptr_array_index (sorted, i), i);
  return operation;
}

const TnCanvasRecord *
tn_canvas_change_find (GPtrArray *canvases, const char *id, guint *index)
{
  for (guint i = 0; i < canvases->len; i++)
    {
      TnCanvasRecord *canvas = g_ptr_array_index (canvases, i);

      if (g_strcmp0 (canvas->id, id) != 0)
        continue;
      if (index != NULL)
        *index = i;
      return canvas;
    }
  return NULL;
}
