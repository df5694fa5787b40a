/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-developer-private.h"

#include <glib/gi18n-lib.h>

#include "tn-log-row.h"
#include "tn-snapshots.h"

/* What the page of a tile holds, asked each second while somebody looks; whatever differs is kept as long as the window is
 * open, and can be handed back to the page. */

static void
tell (TnDeveloperWindow *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
}

/* (transfer none): of that tile */
static GListStore *
get_snapshots (TnDeveloperWindow *self, const char *tile_id)
{
  GListStore *snapshots = g_hash_table_lookup (self->snapshots, tile_id);

  if (snapshots == NULL)
    {
      snapshots = g_list_store_new (TN_TYPE_SNAPSHOT);
      g_hash_table_insert (self->snapshots, g_strdup (tile_id), snapshots);
    }
  return snapshots;
}

static void
selected_cb (TnDeveloperWindow *self)
{
  TnSnapshot *snapshot = gtk_single_selection_get_selected_item (self->kept);
  guint position = gtk_single_selection_get_selected (self->kept);
  g_autofree char *text = NULL, *time = NULL, *words = NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "developer.restore", snapshot != NULL && position > 0);
  if (snapshot == NULL)
    return;
  text = tn_snapshot_show (snapshot);
  time = tn_log_time (tn_snapshot_get_time_us (snapshot));
  words = position == 0 ? g_strdup (_("Now")) : g_strdup_printf (_("As it was at %s"), time);
  gtk_label_set_text (self->moment, words);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->state_text), text, -1);
}

/* Who looks at what is now goes on doing so; who looks at what was stays there. */
static void
read_cb (TnDeveloperWindow *self, const char *text, TnInstance *instance)
{
  GListStore *snapshots = get_snapshots (self, tn_instance_get_tile_id (instance));
  gboolean live = gtk_single_selection_get_selected (self->kept) == 0;
  gboolean nothing = g_str_equal (text, "null") && g_list_model_get_n_items (G_LIST_MODEL (snapshots)) == 0;

  if (!nothing && tn_snapshots_add (snapshots, text) && live)
    gtk_single_selection_set_selected (self->kept, 0);
}

void
tn_developer_leave_state (TnDeveloperWindow *self)
{
  if (self->watched != NULL)
    g_clear_signal_handler (&self->read_id, self->watched);
  g_clear_object (&self->watched);
}

static void
watch (TnDeveloperWindow *self, TnInstance *instance)
{
  if (self->watched == instance)
    return;
  tn_developer_leave_state (self);
  if (instance == NULL)
    return;
  self->watched = g_object_ref (instance);
  self->read_id = g_signal_connect_swapped (instance, "state-read", G_CALLBACK (read_cb), self);
  gtk_single_selection_set_model (self->kept, G_LIST_MODEL (get_snapshots (self, tn_instance_get_tile_id (instance))));
  gtk_single_selection_set_selected (self->kept, 0);
}

static void
show_empty (TnDeveloperWindow *self, const char *title, const char *description)
{
  adw_status_page_set_title (self->state_empty, title);
  adw_status_page_set_description (self->state_empty, description);
  gtk_stack_set_visible_child_name (self->state_stack, "empty");
}

static void
show (TnDeveloperWindow *self, TnInstance *instance)
{
  TnApp *app = instance != NULL ? tn_instance_get_app (instance) : NULL;

  if (instance == NULL)
    show_empty (self, _("Choose a Widget"), _("What its page holds is shown here, as it changes."));
  else if (app == NULL || !tn_policy_opens (tn_workspace_get_policy (self->workspace), app, TN_FEATURE_STATE))
    show_empty (self, _("Not Open"), _("In this mode you allow it for each app, on its Permissions page."));
  else if (gtk_single_selection_get_selected_item (self->kept) == NULL)
    show_empty (self, _("Nothing Yet"), _("The page has not said what it holds: it rests, or has no getState."));
  else
    gtk_stack_set_visible_child_name (self->state_stack, "state");
}

void
tn_developer_read_state (TnDeveloperWindow *self)
{
  TnTile *tile = tn_developer_get_tile (self);
  TnInstance *instance = tile != NULL ? tn_tile_get_instance (tile) : NULL;
  gboolean seen = g_strcmp0 (adw_view_stack_get_visible_child_name (self->pages), "state") == 0;

  watch (self, instance);
  show (self, instance);
  if (instance != NULL && seen)
    tn_instance_read_state (instance);
}

void
tn_developer_restore_state (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TnDeveloperWindow *self = TN_DEVELOPER_WINDOW (widget);
  TnSnapshot *snapshot = gtk_single_selection_get_selected_item (self->kept);
  g_autofree char *words = NULL, *time = NULL;

  if (snapshot == NULL || self->watched == NULL)
    return;
  if (!tn_instance_restore_state (self->watched, tn_snapshot_get_text (snapshot)))
    {
      tell (self, _("The page can’t take it now"));
      return;
    }
  time = tn_log_time (tn_snapshot_get_time_us (snapshot));
  words = g_strdup_printf (_("Handed to the page: its state of %s"), time);
  tell (self, words);
  gtk_single_selection_set_selected (self->kept, 0);
  tn_instance_read_state (self->watched);
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *time = gtk_label_new (NULL), *size = gtk_label_new (NULL);

  gtk_widget_add_css_class (time, "numeric");
  gtk_label_set_xalign (GTK_LABEL (time), 0);
  gtk_widget_set_hexpand (time, TRUE);
  gtk_widget_add_css_class (size, "caption");
  gtk_widget_add_css_class (size, "dim-label");
  gtk_box_append (GTK_BOX (box), time);
  gtk_box_append (GTK_BOX (box), size);
  gtk_widget_add_css_class (box, "log-row");
  gtk_list_item_set_child (list_item, box);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *list_item)
{
  TnSnapshot *snapshot = gtk_list_item_get_item (list_item);
  GtkWidget *time = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  g_autofree char *at = tn_log_time (tn_snapshot_get_time_us (snapshot));
  g_autofree char *size = g_format_size (strlen (tn_snapshot_get_text (snapshot)));

  gtk_label_set_text (GTK_LABEL (time), at);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (time)), size);
}

void
tn_developer_connect_state (TnDeveloperWindow *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  self->snapshots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->kept = gtk_single_selection_new (NULL);
  gtk_list_view_set_factory (self->moments, factory);
  gtk_list_view_set_model (self->moments, GTK_SELECTION_MODEL (self->kept));
  g_signal_connect_object (self->kept, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->kept, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pages, "notify::visible-child", G_CALLBACK (tn_developer_read_state), self,
                           G_CONNECT_SWAPPED);
  selected_cb (self);
}
