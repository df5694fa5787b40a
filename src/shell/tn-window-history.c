/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-window-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tn-history-words.h"
#include "tn-name-dialog.h"

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
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnOperation) operation = tn_store_undo_finish (TN_STORE (source), result, &error);

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

  if (store != NULL)
    tn_store_undo_async (store, NULL, undone_cb, g_object_ref (self));
}

static void
redo_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;
  TnStore *store = tn_workspace_get_store (self->workspace);

  if (store != NULL)
    tn_store_redo_async (store, NULL, redone_cb, g_object_ref (self));
}

static void
went_silently_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree TnJourney *journey = tn_store_go_to_finish (TN_STORE (source), result, &error);

  if (journey == NULL)
    tn_window_toast (self, error->message);
}

static void
went_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree TnJourney *journey = tn_store_go_to_finish (TN_STORE (source), result, &error);
  guint n = journey != NULL ? journey->n_steps : 0;
  g_autofree char *text = NULL;

  if (journey == NULL)
    tn_window_toast (self, error->message);
  if (n == 0)
    return;
  text = journey->to < journey->from ? g_strdup_printf (ngettext ("Went %u step back", "Went %u steps back", n), n)
                                     : g_strdup_printf (ngettext ("Went %u step forward", "Went %u steps forward", n), n);
  tn_window_toast_travel (self, text, journey->from);
}

static void
go_to (TnWindow *self, gint64 seq, GAsyncReadyCallback callback)
{
  TnStore *store = tn_workspace_get_store (self->workspace);

  if (store != NULL)
    tn_store_go_to_async (store, seq, NULL, callback, g_object_ref (self));
}

static void
go_to_cb (gpointer owner, GVariant *parameter)
{
  go_to (owner, g_variant_get_int64 (parameter), went_silently_cb);
}

static void
show_cb (gpointer owner, GVariant *parameter)
{
  tn_window_toggle_panel (owner, TN_PANEL_HISTORY);
}

static const TnActionEntry entries[] = {
  { "history.undo", N_("Undo"), N_("Canvas"), N_("Takes the last change back."), "<Control>z", NULL, undo_cb },
  { "history.redo", N_("Redo"), N_("Canvas"), N_("Makes the change again that was taken back last."),
    "<Control><Shift>z", NULL, redo_cb },
  { "history.show", N_("History"), N_("Canvas"), N_("Opens or closes the list of all changes."), "<Control>h", NULL,
    show_cb },
  { "history.go-to", N_("Go to a Moment"), N_("Canvas"), N_("Takes back or makes again all changes up to that one."),
    NULL, "x", go_to_cb },
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

/* The canvas beneath is not to be reached by keys either. */
static void
show_view (TnWindow *self, gboolean shown)
{
  gtk_widget_set_visible (GTK_WIDGET (self->history_view), shown);
  gtk_widget_set_can_focus (GTK_WIDGET (self->pages), !shown);
  tn_window_make_room_for_history (self);
}

/* In a narrow window the list would lie over all of what is looked back at. */
void
tn_window_make_room_for_history (TnWindow *self)
{
  gboolean narrow;

  g_object_get (self->split, "narrow", &narrow, NULL);
  tn_split_set_peeking (self->split, narrow && gtk_widget_get_visible (GTK_WIDGET (self->history_view)));
}

typedef struct
{
  TnWindow *window;
  char *text;
} Preview;

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Preview *preview = user_data;
  g_autoptr (TnWindow) self = preview->window;
  g_autofree char *text = preview->text;
  g_autoptr (TnCanvasRecord) record = tn_store_preview_canvas_finish (TN_STORE (source), result, NULL);

  /* Another moment may have been chosen since. */
  if (self->closing || g_strcmp0 (self->moment_text, text) != 0)
    return;
  tn_history_view_set_moment (self->history_view, record, text);
  show_view (self, TRUE);
}

static void
preview_cb (TnWindow *self, const TnHistoryRecord *moment)
{
  g_autofree char *time = moment != NULL ? tn_history_time (moment->time_us) : NULL;
  const char *canvas_id = tn_pages_get_current_id (self->pages), *called = NULL;
  const TnCanvasRecord *canvas;
  Preview *preview;

  g_clear_pointer (&self->moment_text, g_free);
  self->moment = moment != NULL ? moment->seq : 0;
  if (moment == NULL)
    {
      show_view (self, FALSE);
      return;
    }
  canvas = tn_canvases_find (self->canvases, moment->canvas_id, NULL);
  if (canvas != NULL && g_strcmp0 (canvas->id, canvas_id) != 0)
    {
      canvas_id = canvas->id;
      called = canvas->name;
    }
  if (moment->name != NULL)
    called = moment->name;
  /* Translators: what is looked back at: the moment's own name or that of a canvas other than the one in view, and when */
  self->moment_text = called != NULL ? g_strdup_printf (_("“%s”, as it was at %s"), called, time)
                                     : g_strdup_printf (_("As it was at %s"), time);
  preview = g_new0 (Preview, 1);
  preview->window = g_object_ref (self);
  preview->text = g_strdup (self->moment_text);
  tn_store_preview_canvas_async (tn_workspace_get_store (self->workspace), moment->seq, canvas_id, TN_LAYOUT_WIDE,
                                 NULL, previewed_cb, preview);
}

static void
travel (TnWindow *self, gint64 seq)
{
  tn_history_panel_focus_list (self->history_panel);
  tn_history_panel_select_none (self->history_panel);
  go_to (self, seq, went_cb);
}

static void
panel_go_to_cb (TnWindow *self, const TnHistoryRecord *moment)
{
  travel (self, moment->seq);
}

static void
view_go_back_cb (TnWindow *self)
{
  if (self->moment != 0)
    travel (self, self->moment);
}

/* Before anything is done to what is in view now: it is to be seen. */
void
tn_window_end_look_back (TnWindow *self)
{
  tn_history_panel_select_none (self->history_panel);
}

typedef struct
{
  TnWindow *window;
  gint64 seq;
} Naming;

static void
naming_free (gpointer data)
{
  Naming *naming = data;

  g_object_unref (naming->window);
  g_free (naming);
}

static void
moment_named_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!tn_store_name_moment_finish (TN_STORE (source), result, &error))
    tn_window_toast (self, error->message);
}

static void
named_cb (const char *name, gpointer user_data)
{
  Naming *naming = user_data;

  tn_store_name_moment_async (tn_workspace_get_store (naming->window->workspace), naming->seq,
                              *name != '\0' ? name : NULL, NULL, moment_named_cb, g_object_ref (naming->window));
}

static void
name_cb (TnWindow *self, const TnHistoryRecord *moment)
{
  Naming *naming = g_new0 (Naming, 1);

  naming->window = g_object_ref (self);
  naming->seq = moment->seq;
  tn_name_dialog_show (GTK_WINDOW (self), _("Name This Moment"), _("Name"), moment->name != NULL ? moment->name : "",
                       TRUE, named_cb, naming, naming_free);
}

void
tn_window_connect_history (TnWindow *self)
{
  const struct
  {
    gpointer object;
    const char *signal;
    GCallback callback;
  } connections[] = {
    { self->history_panel, "preview", G_CALLBACK (preview_cb) },
    { self->history_panel, "go-to", G_CALLBACK (panel_go_to_cb) },
    { self->history_panel, "name", G_CALLBACK (name_cb) },
    { self->history_view, "go-back", G_CALLBACK (view_go_back_cb) },
    { self->history_view, "close", G_CALLBACK (tn_window_end_look_back) },
    { self->pages, "notify::current", G_CALLBACK (tn_window_end_look_back) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_connect_object (connections[i].object, connections[i].signal, connections[i].callback, self,
                             G_CONNECT_SWAPPED);
  /* Where the list lies over the canvas, both are to be seen. */
  g_object_bind_property (self->split, "covered-width", self->history_view, "margin-start", G_BINDING_SYNC_CREATE);
  tn_history_panel_set_canvases (self->history_panel, self->canvases);
  tn_history_view_set_pages (self->history_view, self->pages);
}
