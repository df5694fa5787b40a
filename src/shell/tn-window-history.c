/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-window-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Kinds that make their canvas when they are done, and take it away when they are taken back. */
static const char *const making[] = { "canvas.create", "canvas.duplicate", "canvas.import", NULL };

static void
show_where (TnWindow *self, TnOperation *operation, gboolean forward)
{
  const char *kind = tn_operation_get_kind (operation);
  gboolean gone = forward ? strcmp (kind, "canvas.delete") == 0 : g_strv_contains (making, kind);

  if (!gone && !self->closing)
    tn_pages_show (self->pages, tn_operation_get_canvas_id (operation));
}

static void
redone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnOperation) operation = tn_store_redo_finish (TN_STORE (source), result, &error);

  if (operation != NULL)
    show_where (self, operation, TRUE);
  else if (!g_error_matches (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND))
    tn_window_toast (self, error->message);
}

static void
redo (TnWindow *self)
{
  tn_store_redo_async (tn_workspace_get_store (self->workspace), NULL, redone_cb, g_object_ref (self));
}

/* The last canvas is where everything is: without it there is nothing to look at. */
static void
left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnWindow) self = user_data;
  g_autoptr (GPtrArray) canvases = tn_store_list_canvases_finish (TN_STORE (source), result, NULL);

  if (canvases != NULL && canvases->len == 0)
    {
      redo (self);
      tn_window_toast (self, _ ("Nothing more to undo"));
    }
  self->n_undoing--;
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnOperation) operation = tn_store_undo_finish (TN_STORE (source), result, &error);

  if (operation != NULL && g_strv_contains (making, tn_operation_get_kind (operation)))
    {
      tn_store_list_canvases_async (TN_STORE (source), NULL, left_cb, g_object_ref (self));
      return;
    }
  self->n_undoing--;
  if (operation != NULL)
    show_where (self, operation, FALSE);
  else if (!g_error_matches (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND))
    tn_window_toast (self, error->message);
}

static void
undo_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;
  TnStore *store = tn_workspace_get_store (self->workspace);

  if (store == NULL)
    return;
  self->n_undoing++;
  tn_store_undo_async (store, NULL, undone_cb, g_object_ref (self));
}

static void
redo_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;

  if (tn_workspace_get_store (self->workspace) != NULL)
    redo (self);
}

static const TnActionEntry entries[] = {
  { "history.undo", N_ ("Undo"), N_ ("Canvas"), N_ ("Takes the last change back."), "<Control>z", NULL, undo_cb },
  { "history.redo", N_ ("Redo"), N_ ("Canvas"), N_ ("Makes the change again that was taken back last."),
    "<Control><Shift>z", NULL, redo_cb },
};

void
tn_window_add_history_actions (TnWindow *self)
{
  tn_window_add_table (self, entries, G_N_ELEMENTS (entries));
}

void
tn_window_update_history (TnWindow *self)
{
  TnStore *store = self->workspace != NULL ? tn_workspace_get_store (self->workspace) : NULL;

  tn_action_registry_set_enabled (self->actions, "history.undo", store != NULL && tn_store_get_can_undo (store));
  tn_action_registry_set_enabled (self->actions, "history.redo", store != NULL && tn_store_get_can_redo (store));
}
