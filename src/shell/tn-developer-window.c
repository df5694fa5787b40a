/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-developer-private.h"

#include <glib/gi18n-lib.h>

#define WIDTH 900
#define HEIGHT 680

G_DEFINE_FINAL_TYPE (TnDeveloperWindow, tn_developer_window, ADW_TYPE_WINDOW)

/* (transfer full): of all canvases that were shown, in their order */
static GPtrArray *
list_tiles (TnDeveloperWindow *self)
{
  g_autoptr (GPtrArray) canvases = tn_pages_list (self->canvases);
  GPtrArray *tiles = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < canvases->len; i++)
    {
      g_autoptr (GPtrArray) on_canvas = tn_canvas_list_tiles (canvases->pdata[i], FALSE);

      for (guint j = 0; j < on_canvas->len; j++)
        g_ptr_array_add (tiles, g_object_ref (on_canvas->pdata[j]));
    }
  return tiles;
}

static gboolean
is_listed (TnDeveloperWindow *self, GPtrArray *tiles)
{
  gboolean same = self->tiles->len == tiles->len;

  for (guint i = 0; same && i < tiles->len; i++)
    same = tiles->pdata[i] == self->tiles->pdata[i]
           && g_strcmp0 (tn_tile_get_title (tiles->pdata[i]), gtk_string_list_get_string (self->titles, i + 1)) == 0;
  return same;
}

static guint
find_chosen (TnDeveloperWindow *self)
{
  for (guint i = 0; self->tile_id != NULL && i < self->tiles->len; i++)
    if (g_str_equal (tn_tile_get_id (self->tiles->pdata[i]), self->tile_id))
      return i + 1;
  return 0;
}

/* A tile that is gone is no longer chosen; all are then. */
static void
show_chosen (TnDeveloperWindow *self)
{
  guint chosen = find_chosen (self);

  self->choosing = TRUE;
  gtk_drop_down_set_selected (self->log_tile, chosen);
  gtk_drop_down_set_selected (self->state_tile, chosen);
  self->choosing = FALSE;
  if (chosen == 0)
    g_clear_pointer (&self->tile_id, g_free);
  tn_developer_filter_log (self);
  tn_developer_read_state (self);
}

static void
update_tiles (TnDeveloperWindow *self)
{
  g_autoptr (GPtrArray) tiles = list_tiles (self);
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();

  if (is_listed (self, tiles))
    return;
  for (guint i = 0; i < tiles->len; i++)
    g_ptr_array_add (titles, (gpointer) tn_tile_get_title (tiles->pdata[i]));
  g_ptr_array_add (titles, NULL);
  self->choosing = TRUE;
  gtk_string_list_splice (self->titles, 1, g_list_model_get_n_items (G_LIST_MODEL (self->titles)) - 1,
                          (const char *const *) titles->pdata);
  self->choosing = FALSE;
  g_ptr_array_unref (self->tiles);
  self->tiles = g_steal_pointer (&tiles);
  show_chosen (self);
}

TnTile *
tn_developer_get_tile (TnDeveloperWindow *self)
{
  guint chosen = find_chosen (self);

  return chosen > 0 ? self->tiles->pdata[chosen - 1] : NULL;
}

static void
chosen_cb (TnDeveloperWindow *self)
{
  guint chosen = gtk_drop_down_get_selected (self->log_tile);

  if (self->choosing)
    return;
  g_free (self->tile_id);
  self->tile_id = chosen > 0 && chosen <= self->tiles->len ? g_strdup (tn_tile_get_id (self->tiles->pdata[chosen - 1])) : NULL;
  tn_developer_filter_log (self);
  tn_developer_read_state (self);
}

static gboolean
tick_cb (gpointer user_data)
{
  TnDeveloperWindow *self = user_data;

  update_tiles (self);
  tn_developer_read_state (self);
  return G_SOURCE_CONTINUE;
}

static void
mode_cb (TnDeveloperWindow *self, TnPolicy *policy)
{
  if (!tn_policy_opens (policy, NULL, TN_FEATURE_LOG))
    gtk_window_close (GTK_WINDOW (self));
}

static void
tn_developer_window_dispose (GObject *object)
{
  TnDeveloperWindow *self = TN_DEVELOPER_WINDOW (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  tn_developer_leave_state (self);
  g_clear_object (&self->kept);
  g_clear_pointer (&self->snapshots, g_hash_table_unref);
  g_clear_object (&self->selection);
  g_clear_object (&self->listed);
  g_clear_object (&self->filter);
  g_clear_object (&self->titles);
  g_clear_object (&self->canvases);
  G_OBJECT_CLASS (tn_developer_window_parent_class)->dispose (object);
}

static void
tn_developer_window_finalize (GObject *object)
{
  TnDeveloperWindow *self = TN_DEVELOPER_WINDOW (object);

  /* Rows ask for names until they are gone. */
  g_ptr_array_unref (self->tiles);
  g_clear_object (&self->workspace);
  g_object_unref (self->cancellable);
  g_free (self->tile_id);
  g_free (self->app_key);
  g_free (self->text);
  G_OBJECT_CLASS (tn_developer_window_parent_class)->finalize (object);
}

static void
tn_developer_window_class_init (TnDeveloperWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tn_developer_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = tn_developer_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/tn-developer-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TnDeveloperWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TnDeveloperWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, TnDeveloperWindow, search);
  gtk_widget_class_bind_template_child (widget_class, TnDeveloperWindow, log_tile);
  gtk_widget_class_bind_template_child (widget_class, TnDeveloperWindow, kind);
  gtk_widget_class_bind_template_child (widget_class, TnDeveloperWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, TnDeveloperWindow, empty);
  gtk_widget_class_bind_template_child (widget_class, TnDeveloperWindow, list);
  gtk_widget_class_bind_template_child (widget_class, TnDeveloperWindow, details_revealer);
  gtk_widget_class_bind_template_child (widget_class, TnDeveloperWindow, details);
  gtk_widget_class_bind_template_child (widget_class, TnDeveloperWindow, details_caption);
  gtk_widget_class_bind_template_child (widget_class, TnDeveloperWindow, status);
  gtk_widget_class_bind_template_child (widget_class, TnDeveloperWindow, pause);
  gtk_widget_class_bind_template_child (widget_class, TnDeveloperWindow, state_tile);
  gtk_widget_class_bind_template_child (widget_class, TnDeveloperWindow, state_stack);
  gtk_widget_class_bind_template_child (widget_class, TnDeveloperWindow, state_empty);
  gtk_widget_class_bind_template_child (widget_class, TnDeveloperWindow, moments);
  gtk_widget_class_bind_template_child (widget_class, TnDeveloperWindow, moment);
  gtk_widget_class_bind_template_child (widget_class, TnDeveloperWindow, state_text);
  gtk_widget_class_install_action (widget_class, "developer.copy", NULL, tn_developer_copy_log);
  gtk_widget_class_install_action (widget_class, "developer.export", NULL, tn_developer_export_log);
  gtk_widget_class_install_action (widget_class, "developer.clear", NULL, tn_developer_clear_log);
  gtk_widget_class_install_action (widget_class, "developer.restore", NULL, tn_developer_restore_state);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tn_developer_window_init (TnDeveloperWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->tiles = g_ptr_array_new_with_free_func (g_object_unref);
  self->titles = gtk_string_list_new ((const char *[]){ _("All widgets"), NULL });
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_down_set_model (self->log_tile, G_LIST_MODEL (self->titles));
  gtk_drop_down_set_model (self->state_tile, G_LIST_MODEL (self->titles));
  g_object_bind_property (self->log_tile, "selected", self->state_tile, "selected", G_BINDING_BIDIRECTIONAL);
}

TnDeveloperWindow *
tn_developer_window_new (GtkWindow *parent, TnWorkspace *workspace, TnPages *pages)
{
  TnDeveloperWindow *self;
  int width = gtk_widget_get_width (GTK_WIDGET (parent)), height = gtk_widget_get_height (GTK_WIDGET (parent));

  g_return_val_if_fail (TN_IS_WORKSPACE (workspace) && TN_IS_PAGES (pages), NULL);
  g_return_val_if_fail (tn_workspace_get_policy (workspace) != NULL, NULL);

  self = g_object_new (TN_TYPE_DEVELOPER_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  gtk_window_set_default_size (GTK_WINDOW (self), MIN (WIDTH, width), MIN (HEIGHT, height));
  self->workspace = g_object_ref (workspace);
  self->canvases = g_object_ref (pages);
  tn_developer_connect_log (self);
  tn_developer_connect_state (self);
  update_tiles (self);
  self->source = g_timeout_add_seconds (1, tick_cb, self);
  g_signal_connect_object (self->log_tile, "notify::selected", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tn_workspace_get_policy (workspace), "mode-changed", G_CALLBACK (mode_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  return self;
}

void
tn_developer_window_choose (TnDeveloperWindow *self, const char *tile_id)
{
  g_return_if_fail (TN_IS_DEVELOPER_WINDOW (self) && tile_id != NULL);

  g_free (self->tile_id);
  self->tile_id = *tile_id != '\0' ? g_strdup (tile_id) : NULL;
  update_tiles (self);
  show_chosen (self);
}
