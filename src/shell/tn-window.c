/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-window-private.h"
#include "tn-desktop.h"

#include <glib/gi18n-lib.h>

#include "tn-settings.h"
#include "tn-theme.h"

G_DEFINE_FINAL_TYPE (TnWindow, tn_window, ADW_TYPE_APPLICATION_WINDOW)

static void
opened_cb (TnWindow *self)
{
  TnStore *store = tn_workspace_get_store (self->workspace);

  tn_window_show_notice (self, tn_workspace_get_notice (self->workspace));
  g_signal_connect_object (store, "notify::can-undo", G_CALLBACK (tn_window_update_history), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "notify::can-redo", G_CALLBACK (tn_window_update_history), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (tn_window_dismiss_undo), self, G_CONNECT_SWAPPED);
  tn_window_update_history (self);
  tn_pages_set_store (self->pages, store);
  tn_canvases_set_store (self->canvases, store);
}

static void
notice_cb (TnWindow *self, TnInstance *instance, const char *text)
{
  TnApp *app = tn_instance_get_app (instance);
  g_autofree char *said = g_strdup_printf ("%s: %s", app != NULL ? tn_app_get_name (app) : "", text);

  tn_window_toast (self, said);
}

static void
ready_cb (TnWindow *self)
{
  TnRuntime *runtime = tn_workspace_get_runtime (self->workspace);
  g_autoptr (TnDesktop) desktop = tn_desktop_new (GTK_WINDOW (self));

  tn_runtime_set_platform (runtime, TN_PLATFORM (desktop));
  g_signal_connect_object (runtime, "notice", G_CALLBACK (notice_cb), self, G_CONNECT_SWAPPED);
  tn_theme_follow (runtime, GTK_WIDGET (self));
  tn_settings_follow_budget (self->settings, runtime);
  g_signal_connect_object (tn_runtime_get_limits (runtime), "failed", G_CALLBACK (tn_window_toast), self,
                           G_CONNECT_SWAPPED);
  tn_window_follow_questions (self);
  tn_window_follow_mode (self);
  tn_pages_set_runtime (self->pages, runtime);
}

/* Without a store there is nothing to show; without a runtime tiles can still be arranged. */
static void
failed_cb (TnWindow *self)
{
  const char *message = tn_workspace_get_failure (self->workspace);

  if (tn_workspace_get_store (self->workspace) != NULL)
    {
      tn_window_show_notice (self, message);
      return;
    }
  adw_status_page_set_description (self->failed, message);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
removed_cb (TnWindow *self, const char *title)
{
  g_autofree char *text = g_strdup_printf (_("%s removed"), title);

  tn_window_toast_undo (self, text);
}

/* What has no room in the header bar is in the menu then. */
static void
narrow_cb (TnWindow *self)
{
  gboolean narrow;

  g_object_get (self->split, "narrow", &narrow, NULL);
  g_menu_remove_all (self->narrow_menu);
  if (narrow)
    {
      g_menu_append (self->narrow_menu, _("_Undo"), "win.history.undo");
      g_menu_append (self->narrow_menu, _("_Redo"), "win.history.redo");
    }
  gtk_widget_set_visible (self->history_buttons, !narrow);
  gtk_widget_set_visible (self->add_words, !narrow);
  gtk_orientable_set_orientation (self->hint, narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (self->mode_bar, narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  tn_switcher_set_narrow (self->switcher, narrow);
  tn_selection_bar_set_narrow (self->selection_bar, narrow);
  tn_window_update_bottom (self);
  tn_window_make_room_for_history (self);
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnWindow) self = user_data;

  tn_pages_stop_finish (TN_PAGES (source), result);
  tn_workspace_close (self->workspace);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Gone from the screen at once; the tiles then have a second to keep their state. A kiosk has one key that leaves, and
 * the desktop’s own for closing is not it. */
static gboolean
tn_window_close_request (GtkWindow *window)
{
  TnWindow *self = TN_WINDOW (window);

  if (self->closing || self->kiosk_active)
    return TRUE;
  self->closing = TRUE;
  tn_settings_save_window (self->settings, window);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  tn_pages_stop_async (self->pages, stopped_cb, g_object_ref (self));
  return TRUE;
}

/* GTK's own inspector sees into all of this program, and whoever stands before a kiosk has a keyboard too. */
static gboolean
tn_window_enable_debugging (GtkWindow *window, gboolean toggle)
{
  TnWindow *self = TN_WINDOW (window);
  TnPolicy *policy = tn_workspace_get_policy (self->workspace);

  if (self->kiosk_active || policy == NULL || tn_policy_get_mode (policy) == TN_MODE_ISOLATION)
    return TRUE;
  return GTK_WINDOW_CLASS (tn_window_parent_class)->enable_debugging (window, toggle);
}

static void
tn_window_dispose (GObject *object)
{
  TnWindow *self = TN_WINDOW (object);

  tn_window_stop_kiosk (self);
  g_clear_weak_pointer (&self->resources);
  g_clear_weak_pointer (&self->developer);
  g_clear_handle_id (&self->undo_retire_id, g_source_remove);
  g_clear_weak_pointer (&self->prompt);
  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->moment_text, g_free);
  if (self->toast_style != NULL)
    gtk_style_context_remove_provider_for_display (gtk_widget_get_display (GTK_WIDGET (self)),
                                                   GTK_STYLE_PROVIDER (self->toast_style));
  g_clear_object (&self->toast_style);
  g_clear_object (&self->canvases);
  g_clear_object (&self->canvas_signals);
  g_clear_object (&self->canvas_bindings);

  G_OBJECT_CLASS (tn_window_parent_class)->dispose (object);
}

static void
tn_window_class_init (TnWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tn_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = tn_window_close_request;
  GTK_WINDOW_CLASS (klass)->enable_debugging = tn_window_enable_debugging;

  g_type_ensure (TN_TYPE_ADD_PANEL);
  g_type_ensure (TN_TYPE_HISTORY_PANEL);
  g_type_ensure (TN_TYPE_HISTORY_VIEW);
  g_type_ensure (TN_TYPE_OVERVIEW);
  g_type_ensure (TN_TYPE_PAGES);
  g_type_ensure (TN_TYPE_SELECTION_BAR);
  g_type_ensure (TN_TYPE_SPLIT);
  g_type_ensure (TN_TYPE_STRIP);
  g_type_ensure (TN_TYPE_SWITCHER);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/tn-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TnWindow, header);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, add_button);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, add_words);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, edit_button);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, notice_revealer);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, mode_revealer);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, mode_bar);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, mode_words);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, mode_buttons);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, notice_close);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, hint_revealer);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, selection_revealer);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, selection_bar);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, overview_revealer);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, overview);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, strip_revealer);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, strip);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, narrow_menu);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, history_buttons);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, hint);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, hint_close);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, failed);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, split);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, panels);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, add_panel);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, history_panel);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, history_view);
  gtk_widget_class_bind_template_child (widget_class, TnWindow, pages);
}

/* A submenu keeps the focus when its menu has closed, and with it every key. */
static void
menu_closed_cb (TnWindow *self)
{
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (self->menu_button));
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus == NULL || gtk_widget_is_ancestor (focus, popover))
    gtk_widget_grab_focus (GTK_WIDGET (self->menu_button));
}

/* No menu opens while a mouse button is held: it would take the drag away, and GTK (4.8) counts the press wrong then. */
static gboolean
key_cb (TnWindow *self, guint keyval, guint keycode, GdkModifierType state)
{
  return (keyval == GDK_KEY_F10 || keyval == GDK_KEY_Menu) && (state & GDK_BUTTON1_MASK) != 0;
}

static void
keep_menus_shut (TnWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* To whichever canvas is in view. */
static void
connect_canvas (TnWindow *self)
{
  const struct
  {
    const char *signal;
    GCallback callback;
  } connections[] = {
    { "removed", G_CALLBACK (removed_cb) },
    { "arranged", G_CALLBACK (tn_window_dismiss_hint) },
    { "notify::n-selected", G_CALLBACK (tn_window_update_selection) },
    { "notify::dragging", G_CALLBACK (tn_window_update_strip) },
    { "sending", G_CALLBACK (tn_window_prepare_send) },
    { "files-dropped", G_CALLBACK (tn_window_files_dropped) },
    { "failed", G_CALLBACK (tn_window_toast) },
  };

  self->canvas_signals = g_signal_group_new (TN_TYPE_CANVAS);
  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_group_connect_swapped (self->canvas_signals, connections[i].signal, connections[i].callback, self);
  self->canvas_bindings = g_binding_group_new ();
  g_binding_group_bind (self->canvas_bindings, "editing", self->edit_button, "active",
                        G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

static void
tn_window_init (TnWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  if (DEVELOPMENT)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
  tn_window_connect_messages (self);
  connect_canvas (self);
  keep_menus_shut (self);
  tn_window_add_actions (self);
  tn_window_follow_canvases (self);
  tn_window_connect_panel (self);
  tn_window_connect_history (self);
  tn_window_follow_monitor (self);
  tn_window_connect_overview (self);
  g_signal_connect_object (gtk_menu_button_get_popover (self->menu_button), "closed", G_CALLBACK (menu_closed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->split, "notify::narrow", G_CALLBACK (narrow_cb), self, G_CONNECT_SWAPPED);
}

TnWindow *
tn_window_new (GtkApplication *application, TnWorkspace *workspace, GSettings *settings)
{
  TnWindow *self = g_object_new (TN_TYPE_WINDOW, "application", application, NULL);

  self->workspace = g_object_ref (workspace);
  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
  tn_settings_restore_window (settings, GTK_WINDOW (self));
  tn_pages_set_catalogue (self->pages, tn_workspace_get_catalogue (workspace));
  g_signal_connect_object (workspace, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "ready", G_CALLBACK (ready_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "notice", G_CALLBACK (tn_window_show_notice), self, G_CONNECT_SWAPPED);
  if (tn_workspace_get_store (workspace) != NULL)
    opened_cb (self);
  if (tn_workspace_get_runtime (workspace) != NULL)
    ready_cb (self);
  if (tn_workspace_get_failure (workspace) != NULL)
    failed_cb (self);
  return self;
}

TnWorkspace *
tn_window_get_workspace (TnWindow *self)
{
  g_return_val_if_fail (TN_IS_WINDOW (self), NULL);

  return self->workspace;
}

TnCanvas *
tn_window_get_canvas (TnWindow *self)
{
  g_return_val_if_fail (TN_IS_WINDOW (self), NULL);

  return tn_pages_get_current (self->pages);
}
