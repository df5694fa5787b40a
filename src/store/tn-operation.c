/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-operation-private.h"

#include "tn-json.h"

struct _TnOperation
{
  char *kind;
  char *canvas_id;
  char *subject;
  GPtrArray *steps;
};

G_DEFINE_BOXED_TYPE (TnOperation, tn_operation, tn_operation_ref, tn_operation_unref)

static void
step_free (TnOperationStep *step)
{
  g_free (step->key[0]);
  g_free (step->key[1]);
  g_free (step->row);
  g_free (step->from);
  g_free (step);
}

/* Takes @row over. */
static TnOperationStep *
add_step (TnOperation *self, TnEntity entity, const char *key, const char *layout, JsonObject *row)
{
  TnOperationStep *step = g_new0 (TnOperationStep, 1);

  step->entity = entity;
  step->key[0] = g_strdup (key);
  step->key[1] = g_strdup (layout);
  if (row != NULL)
    {
      step->row = tn_json_object_to_string (row);
      json_object_unref (row);
    }
  g_ptr_array_add (self->steps, step);
  return step;
}

static void
set_text (JsonObject *row, const char *column, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (row, column, value);
  else
    json_object_set_null_member (row, column);
}

static void
operation_clear (gpointer data)
{
  TnOperation *self = data;

  g_free (self->kind);
  g_free (self->canvas_id);
  g_free (self->subject);
  g_ptr_array_unref (self->steps);
}

TnOperation *
tn_operation_new (const char *kind, const char *canvas_id, const char *subject)
{
  TnOperation *self;

  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (canvas_id != NULL, NULL);
  g_return_val_if_fail (subject != NULL, NULL);

  self = g_atomic_rc_box_new0 (TnOperation);
  self->kind = g_strdup (kind);
  self->canvas_id = g_strdup (canvas_id);
  self->subject = g_strdup (subject);
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) step_free);
  return self;
}

TnOperation *
tn_operation_ref (TnOperation *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
tn_operation_unref (TnOperation *self)
{
  g_atomic_rc_box_release_full (self, operation_clear);
}

const char *
tn_operation_get_kind (TnOperation *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->kind;
}

const char *
tn_operation_get_canvas_id (TnOperation *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->canvas_id;
}

const char *
tn_operation_get_subject (TnOperation *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->subject;
}

GPtrArray *
tn_operation_get_steps (TnOperation *self)
{
  return self->steps;
}

void
tn_operation_put_canvas (TnOperation *self, const TnCanvasRecord *record)
{
  JsonObject *row;

  g_return_if_fail (self != NULL);
  g_return_if_fail (record != NULL);

  row = json_object_new ();
  set_text (row, "id", record->id);
  set_text (row, "name", record->name);
  json_object_set_int_member (row, "position", record->position);
  json_object_set_int_member (row, "locked", record->locked != FALSE);
  set_text (row, "policy", tn_grid_policy_to_name (record->policy));
  set_text (row, "foreign_data", record->foreign);
  add_step (self, TN_ENTITY_CANVAS, record->id, NULL, row);
}

void
tn_operation_put_tile (TnOperation *self, const TnTileRecord *record)
{
  JsonObject *row;

  g_return_if_fail (self != NULL);
  g_return_if_fail (record != NULL);

  row = json_object_new ();
  set_text (row, "id", record->id);
  set_text (row, "canvas_id", record->canvas_id);
  set_text (row, "app_key", record->app_key);
  set_text (row, "app_id", record->app_id);
  set_text (row, "title", record->title);
  json_object_set_int_member (row, "locked", record->locked != FALSE);
  set_text (row, "config", record->config);
  set_text (row, "foreign_data", record->foreign);
  json_object_set_int_member (row, "min_w", record->min_w);
  json_object_set_int_member (row, "min_h", record->min_h);
  json_object_set_int_member (row, "max_w", record->max_w);
  json_object_set_int_member (row, "max_h", record->max_h);
  add_step (self, TN_ENTITY_TILE, record->id, NULL, row);
  tn_operation_put_place (self, record->id, record->layout, record->x, record->y, record->w, record->h);
}

void
tn_operation_put_place (TnOperation *self, const char *tile_id, const char *layout, int x, int y, int w, int h)
{
  JsonObject *row;

  g_return_if_fail (self != NULL);
  g_return_if_fail (tile_id != NULL);
  g_return_if_fail (layout != NULL);

  row = json_object_new ();
  set_text (row, "tile_id", tile_id);
  set_text (row, "layout", layout);
  json_object_set_int_member (row, "x", x);
  json_object_set_int_member (row, "y", y);
  json_object_set_int_member (row, "w", w);
  json_object_set_int_member (row, "h", h);
  add_step (self, TN_ENTITY_PLACE, tile_id, layout, row);
}

void
tn_operation_copy_values (TnOperation *self, const char *from_tile_id, const char *to_tile_id)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (from_tile_id != NULL);
  g_return_if_fail (to_tile_id != NULL);
  add_step (self, TN_ENTITY_TILE, to_tile_id, NULL, NULL)->from = g_strdup (from_tile_id);
}

void
tn_operation_delete_canvas (TnOperation *self, const char *canvas_id)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (canvas_id != NULL);
  add_step (self, TN_ENTITY_CANVAS, canvas_id, NULL, NULL);
}

void
tn_operation_delete_tile (TnOperation *self, const char *tile_id)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (tile_id != NULL);
  add_step (self, TN_ENTITY_TILE, tile_id, NULL, NULL);
}

void
tn_operation_remove_package (TnOperation *self, const char *app_key, const char *app_id)
{
  JsonObject *row;

  g_return_if_fail (self != NULL);
  g_return_if_fail (app_key != NULL);
  g_return_if_fail (app_id != NULL);

  row = json_object_new ();
  set_text (row, "app_key", app_key);
  set_text (row, "app_id", app_id);
  add_step (self, TN_ENTITY_REMOVAL, app_key, NULL, row);
}

void
tn_operation_clear_places (TnOperation *self, const char *tile_id)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (tile_id != NULL);
  add_step (self, TN_ENTITY_PLACE, tile_id, NULL, NULL);
}
