/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-window-private.h"

#include <glib/gi18n-lib.h>

#include "tn-canvas-change.h"
#include "tn-first-run.h"
#include "tn-name-dialog.h"
#include "tn-settings.h"

#define MAX_NUMBERED 9

/* Follows the canvases of the workspace: which of them is in view, and what is done to them as such. */

static GPtrArray *
list (TnWindow *self)
{
  return tn_canvases_get_list (self->canvases);
}

typedef struct
{
  TnWindow *window;
  char *show; /* nullable: the canvas to bring into view then */
  char *said; /* nullable: what is said then, with the offer to undo it */
} Apply;

static void
apply_free (Apply *apply)
{
  g_object_unref (apply->window);
  g_free (apply->show);
  g_free (apply->said);
  g_free (apply);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Apply, apply_free)

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Apply) apply = user_data;
  g_autoptr (GError) error = NULL;

  if (!tn_store_apply_finish (TN_STORE (source), result, &error))
    {
      tn_window_toast (apply->window, error->message);
      tn_action_registry_set_enabled (apply->window->actions, "canvas.create", TRUE);
      return;
    }
  if (apply->window->closing)
    return;
  if (apply->show != NULL)
    tn_pages_show (apply->window->pages, apply->show);
  if (apply->said != NULL)
    tn_window_toast_undo (apply->window, apply->said);
}

/* @operation: (nullable) (transfer full): nothing happens without one. @show: its canvas is brought into view then.
 * @said: (nullable): what is said then, with the offer to undo it */
void
tn_window_apply (TnWindow *self, TnOperation *operation, gboolean show, const char *said)
{
  Apply *apply;

  if (operation == NULL)
    return;
  tn_window_end_look_back (self);
  apply = g_new0 (Apply, 1);
  apply->window = g_object_ref (self);
  apply->show = show ? g_strdup (tn_operation_get_canvas_id (operation)) : NULL;
  apply->said = g_strdup (said);
  tn_store_apply_async (tn_workspace_get_store (self->workspace), operation, NULL, applied_cb, apply);
  tn_operation_unref (operation);
}

static void
create_first (TnWindow *self)
{
  tn_window_apply (self, tn_first_run_operation (tn_workspace_get_catalogue (self->workspace)), TRUE, NULL);
  tn_window_show_hint (self);
}

/* The one that was in view last time, else the one that comes closest to where the one in view was. */
static const char *
choose (TnWindow *self)
{
  g_autofree char *last = NULL;

  if (tn_pages_get_current_id (self->pages) == NULL && self->settings != NULL)
    last = g_settings_get_string (self->settings, TN_SETTINGS_LAST_CANVAS);
  if (last != NULL && tn_canvases_find (self->canvases, last, NULL) != NULL)
    return tn_canvases_find (self->canvases, last, NULL)->id;
  return ((TnCanvasRecord *) g_ptr_array_index (list (self), MIN (self->index, list (self)->len - 1)))->id;
}

static gboolean
exists_cb (const char *id, gpointer user_data)
{
  return tn_canvases_find (TN_CANVASES (user_data), id, NULL) != NULL;
}

static void
update_actions (TnWindow *self)
{
  const TnCanvasRecord *canvas = tn_canvases_find (self->canvases, tn_pages_get_current_id (self->pages), &self->index);
  gboolean many = list (self)->len > 1;

  if (canvas != NULL)
    tn_window_update_arrangement (self, canvas);
  tn_window_update_targets (self);
  tn_action_registry_set_enabled (self->actions, "canvas.delete", many);
  tn_action_registry_set_enabled (self->actions, "canvas.next", many);
  tn_action_registry_set_enabled (self->actions, "canvas.previous", many);
}

static void
changed_cb (TnWindow *self)
{
  const char *current = tn_pages_get_current_id (self->pages);

  if (self->closing)
    return;
  if (list (self)->len == 0)
    {
      create_first (self);
      return;
    }
  if (current == NULL || tn_canvases_find (self->canvases, current, &self->index) == NULL)
    tn_pages_show (self->pages, choose (self));
  tn_pages_keep (self->pages, exists_cb, self->canvases);
  tn_action_registry_set_enabled (self->actions, "canvas.create", TRUE);
  update_actions (self);
}

static void
current_cb (TnWindow *self)
{
  const char *current = tn_pages_get_current_id (self->pages);

  if (self->settings != NULL && current != NULL)
    g_settings_set_string (self->settings, TN_SETTINGS_LAST_CANVAS, current);
  g_signal_group_set_target (self->canvas_signals, tn_pages_get_current (self->pages));
  g_binding_group_set_source (self->canvas_bindings, tn_pages_get_current (self->pages));
  update_actions (self);
  tn_window_update_selection (self);
}

static void
show_at (TnWindow *self, guint index)
{
  tn_window_end_look_back (self);
  if (index < list (self)->len)
    tn_pages_show (self->pages, ((TnCanvasRecord *) g_ptr_array_index (list (self), index))->id);
}

static void
show_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;
  const char *id = g_variant_get_string (parameter, NULL);

  if (tn_canvases_find (self->canvases, id, NULL) != NULL)
    tn_pages_show (self->pages, id);
}

static void
next_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;

  show_at (self, (self->index + 1) % MAX (list (self)->len, 1));
}

static void
previous_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;

  show_at (self, (self->index + MAX (list (self)->len, 1) - 1) % MAX (list (self)->len, 1));
}

static void
create_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;

  if (tn_workspace_get_store (self->workspace) == NULL)
    return;
  /* Until the list knows of it: the next one's name depends on it. */
  tn_action_registry_set_enabled (self->actions, "canvas.create", FALSE);
  tn_window_apply (self, tn_canvas_change_create (list (self)), TRUE, NULL);
}

typedef struct
{
  TnWindow *window;
  char *id;
} Renaming;

static void
renaming_free (gpointer data)
{
  Renaming *renaming = data;

  g_object_unref (renaming->window);
  g_free (renaming->id);
  g_free (renaming);
}

static void
renamed_cb (const char *name, gpointer user_data)
{
  Renaming *renaming = user_data;
  const TnCanvasRecord *canvas = tn_canvases_find (renaming->window->canvases, renaming->id, NULL);

  if (canvas != NULL)
    tn_window_apply (renaming->window, tn_canvas_change_rename (canvas, name), FALSE, NULL);
}

void
tn_window_rename_canvas (TnWindow *self, const char *id)
{
  const TnCanvasRecord *canvas = tn_canvases_find (self->canvases, id, NULL);
  Renaming *renaming;

  if (canvas == NULL)
    return;
  renaming = g_new0 (Renaming, 1);
  renaming->window = g_object_ref (self);
  renaming->id = g_strdup (id);
  tn_name_dialog_show (GTK_WINDOW (self), _("Rename the Canvas"), _("Name"), canvas->name, FALSE, renamed_cb,
                       renaming, renaming_free);
}

void
tn_window_delete_canvas (TnWindow *self, const char *id)
{
  const TnCanvasRecord *canvas = tn_canvases_find (self->canvases, id, NULL);
  g_autofree char *text = NULL;

  if (canvas == NULL)
    return;
  if (list (self)->len == 1)
    {
      tn_window_toast (self, _("The last canvas can’t be deleted"));
      return;
    }
  text = g_strdup_printf (_("“%s” deleted"), canvas->name);
  tn_window_apply (self, tn_canvas_change_delete (canvas), FALSE, text);
}

void
tn_window_sort_canvas (TnWindow *self, const char *id, guint to)
{
  guint from;

  if (tn_canvases_find (self->canvases, id, &from) != NULL && to < list (self)->len)
    tn_window_apply (self, tn_canvas_change_sort (list (self), from, to), FALSE, NULL);
}

static void
rename_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;

  tn_window_rename_canvas (self, tn_window_get_meant (self));
}

static void
duplicated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = tn_store_duplicate_canvas_finish (TN_STORE (source), result, &error);

  if (id == NULL)
    tn_window_toast (self, error->message);
  else if (!self->closing)
    tn_pages_show (self->pages, id);
}

void
tn_window_duplicate_canvas (TnWindow *self, const char *id)
{
  const TnCanvasRecord *canvas = tn_canvases_find (self->canvases, id, NULL);
  g_autofree char *base = NULL, *name = NULL;

  if (canvas == NULL)
    return;
  /* Translators: the name of a copy of the canvas that is called that */
  base = g_strdup_printf (_("%s (Copy)"), canvas->name);
  name = tn_canvas_record_free_name (list (self), base);
  tn_store_duplicate_canvas_async (tn_workspace_get_store (self->workspace), id, name, NULL, duplicated_cb,
                                   g_object_ref (self));
}

static void
duplicate_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;

  tn_window_duplicate_canvas (self, tn_window_get_meant (self));
}

static void
delete_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;

  tn_window_delete_canvas (self, tn_window_get_meant (self));
}

static void
sort_by (TnWindow *self, int step)
{
  const char *id = tn_window_get_meant (self);
  guint index;

  if (id != NULL && tn_canvases_find (self->canvases, id, &index) != NULL && (step > 0 || index > 0))
    tn_window_sort_canvas (self, id, index + step);
}

static void
earlier_cb (gpointer owner, GVariant *parameter)
{
  sort_by (owner, -1);
}

static void
later_cb (gpointer owner, GVariant *parameter)
{
  sort_by (owner, 1);
}

static const TnActionEntry entries[] = {
  { "canvas.show", N_("Switch to the Canvas"), N_("Canvases"), N_("Brings the canvas of that id into view."), NULL,
    "s", show_cb },
  { "canvas.next", N_("Next Canvas"), N_("Canvases"), N_("Brings the next canvas into view."), "<Control>Page_Down",
    NULL, next_cb },
  { "canvas.previous", N_("Previous Canvas"), N_("Canvases"), N_("Brings the canvas before into view."),
    "<Control>Page_Up", NULL, previous_cb },
  { "canvas.create", N_("New Canvas"), N_("Canvases"), N_("Adds an empty canvas at the end."), "<Control>t", NULL,
    create_cb },
  { "canvas.rename", N_("Rename the Canvas"), N_("Canvases"), N_("Gives the canvas in view another name."), NULL,
    NULL, rename_cb },
  { "canvas.duplicate", N_("Duplicate the Canvas"), N_("Canvases"),
    N_("Makes a copy of the canvas in view with all that is on it."), NULL, NULL, duplicate_cb },
  { "canvas.delete", N_("Delete the Canvas"), N_("Canvases"),
    N_("Takes the canvas in view away; undo brings it back."), NULL, NULL, delete_cb },
  { "canvas.earlier", N_("Move the Canvas Forward"), N_("Canvases"), N_("Swaps the canvas with the one before."),
    "<Control><Shift>Page_Up", NULL, earlier_cb },
  { "canvas.later", N_("Move the Canvas Back"), N_("Canvases"), N_("Swaps the canvas with the next one."),
    "<Control><Shift>Page_Down", NULL, later_cb },
};

static gboolean
number_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  show_at (TN_WINDOW (widget), g_variant_get_uint32 (arguments));
  return TRUE;
}

/* Ctrl+1 to Ctrl+9: places in the order, not names. */
static void
add_numbers (TnWindow *self)
{
  for (guint i = 0; i < MAX_NUMBERED; i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_1 + i, GDK_CONTROL_MASK),
                                                gtk_callback_action_new (number_cb, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_uint32 (i));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (self->first_keys), shortcut);
    }
}

void
tn_window_add_canvas_actions (TnWindow *self)
{
  tn_window_add_table (self, entries, G_N_ELEMENTS (entries));
  add_numbers (self);
}

void
tn_window_follow_canvases (TnWindow *self)
{
  self->canvases = tn_canvases_new ();
  g_signal_connect_object (self->canvases, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvases, "failed", G_CALLBACK (tn_window_show_notice), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pages, "notify::current", G_CALLBACK (current_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->switcher, "rename", G_CALLBACK (tn_window_rename_canvas), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->switcher, "delete", G_CALLBACK (tn_window_delete_canvas), self, G_CONNECT_SWAPPED);
  tn_switcher_set_canvases (self->switcher, self->canvases, self->pages);
  current_cb (self);
}
