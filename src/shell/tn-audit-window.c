/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-audit-window.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "tn-audit-kinds.h"
#include "tn-audit-model.h"
#include "tn-audit-row.h"
#include "tn-audit-work.h"
#include "tn-compat.h"

#define WIDTH 760
#define HEIGHT 680

struct _TnAuditWindow
{
  AdwWindow parent;

  /* template */
  AdwToastOverlay *toasts;
  GtkStack *state_stack;
  GtkImage *state_icon;
  GtkLabel *state_words;
  GtkWidget *state;
  GtkSearchEntry *search;
  GtkDropDown *app, *kind, *time;
  GtkStack *stack;
  GtkListView *list;
  GtkRevealer *details_revealer;
  GtkGrid *details;

  /* owned */
  TnWorkspace *workspace;
  TnAuditModel *model;
  GtkSingleSelection *selection;
  GPtrArray *app_keys; /* of those in the list of apps after the first */
  GCancellable *cancellable;
  gulong filled_id;
  gboolean at_top; /* before more came: then the newest are to be seen */
  TnAuditItem *shown;
};

G_DEFINE_FINAL_TYPE (TnAuditWindow, tn_audit_window, ADW_TYPE_WINDOW)

static const struct
{
  const char *title;
  gint64 seconds; /* 0 for all */
} times[] = {
  { N_("Any time"), 0 },
  { N_("Last hour"), 60 * 60 },
  { N_("Last day"), 24 * 60 * 60 },
  { N_("Last 7 days"), 7 * 24 * 60 * 60 },
  { N_("Last 30 days"), 30 * 24 * 60 * 60 },
};

/* Points into the widgets: for at once. */
static TnAuditFilter
get_filter (TnAuditWindow *self)
{
  guint app = gtk_drop_down_get_selected (self->app), time = gtk_drop_down_get_selected (self->time);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  gsize n;

  return (TnAuditFilter){
    .app_key = app > 0 && app <= self->app_keys->len ? self->app_keys->pdata[app - 1] : NULL,
    .kind = tn_audit_groups (&n)[gtk_drop_down_get_selected (self->kind)].prefix,
    .text = *text != '\0' ? text : NULL,
    .since_us = times[time].seconds > 0 ? g_get_real_time () - times[time].seconds * G_USEC_PER_SEC : 0,
  };
}

static void
filter_cb (TnAuditWindow *self)
{
  TnAuditFilter filter = get_filter (self);

  tn_audit_model_set_filter (self->model, &filter);
}

/* Escape in the field: what is in it goes first. */
static void
stop_search_cb (TnAuditWindow *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
counted_cb (TnAuditWindow *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;

  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "empty");
  if (any && self->at_top)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0);
}

static void
written_cb (TnAuditWindow *self)
{
  self->at_top = gtk_adjustment_get_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list))) < 1;
  tn_audit_model_grow (self->model);
}

static void
show_details (TnAuditWindow *self)
{
  const TnAuditRecord *record = self->shown != NULL ? tn_audit_item_get_record (self->shown) : NULL;

  tn_audit_show_details (self->details, record, tn_workspace_get_catalogue (self->workspace));
  gtk_revealer_set_reveal_child (self->details_revealer, record != NULL);
}

static void
selected_cb (TnAuditWindow *self)
{
  if (self->shown != NULL)
    g_clear_signal_handler (&self->filled_id, self->shown);
  g_set_object (&self->shown, gtk_single_selection_get_selected_item (self->selection));
  if (self->shown != NULL)
    self->filled_id = g_signal_connect_swapped (self->shown, "filled", G_CALLBACK (show_details), self);
  show_details (self);
}

/* Whether it is as it was written */

static void
show_state (TnAuditWindow *self, gboolean whole, const char *words)
{
  gtk_label_set_text (self->state_words, words);
  gtk_image_set_from_icon_name (self->state_icon, whole ? "emblem-ok-symbolic" : "dialog-warning-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->state_icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  whole ? _("Verified") : _("Not verified"), -1);
  gtk_widget_remove_css_class (self->state, whole ? "broken" : "whole");
  gtk_widget_add_css_class (self->state, whole ? "whole" : "broken");
  gtk_stack_set_visible_child_name (self->state_stack, "known");
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnAuditWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnAuditState) state = tn_audit_verify_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  show_state (self, state != NULL && state->whole, state != NULL ? state->words : error->message);
}

/* What waits to be written is written first, or the newest would seem to be missing. */
static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnAuditWindow) self = user_data;

  if (!g_cancellable_is_cancelled (self->cancellable))
    tn_audit_verify_async (tn_workspace_get_directory (self->workspace),
                           tn_audit_get_public_key (TN_AUDIT (source)), self->cancellable, verified_cb,
                           g_object_ref (self));
}

static void
check (TnAuditWindow *self)
{
  gtk_label_set_text (self->state_words, _("Checking every entry…"));
  gtk_stack_set_visible_child_name (self->state_stack, "busy");
  tn_audit_flush_async (tn_workspace_get_audit (self->workspace), NULL, flushed_cb, g_object_ref (self));
}

static void
check_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  check (TN_AUDIT_WINDOW (widget));
}

/* Export */

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnAuditWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 n = tn_audit_export_finish (result, &error);
  g_autofree char *text = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (n < 0)
    {
      tn_compat_ask_async (GTK_WINDOW (self), _("The Audit Was Not Exported"), error->message, NULL, TN_COMPAT_ASK_PLAIN, NULL, NULL);
      return;
    }
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" PRId64 " entry exported, private data masked",
                                       "%" PRId64 " entries exported, private data masked", (gulong) n),
                          n);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnAuditWindow) self = user_data;
  g_autoptr (GFile) file = tn_compat_choose_file_finish (result, NULL);
  TnAuditFilter filter = get_filter (self);

  if (file != NULL && !g_cancellable_is_cancelled (self->cancellable))
    tn_audit_export_async (tn_workspace_get_directory (self->workspace), &filter, file, self->cancellable, exported_cb,
                           g_object_ref (self));
}

static void
export_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const TnCompatFile what
    = { _("Export the Audit"), _("_Export"), "audit.jsonl", _("Lines of JSON"), "jsonl", NULL, NULL };

  tn_compat_choose_file_async (GTK_WINDOW (widget), &what, chosen_cb, g_object_ref (widget));
}

/* What can be chosen */

static void
apps_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnAuditWindow) self = user_data;
  g_autoptr (GPtrArray) keys = tn_store_list_audited_apps_finish (TN_STORE (source), result, NULL);
  GtkStringList *names = GTK_STRING_LIST (gtk_drop_down_get_model (self->app));

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      g_ptr_array_add (self->app_keys, g_strdup (keys->pdata[i]));
      gtk_string_list_append (names, tn_audit_app_name (tn_workspace_get_catalogue (self->workspace), keys->pdata[i]));
    }
}

static void
fill_choices (TnAuditWindow *self)
{
  g_autoptr (GtkStringList) apps = gtk_string_list_new ((const char *[]){ _("All apps"), NULL });
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL), spans = gtk_string_list_new (NULL);
  gsize n;
  const TnAuditGroup *groups = tn_audit_groups (&n);

  for (gsize i = 0; i < n; i++)
    gtk_string_list_append (kinds, _(groups[i].title));
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    gtk_string_list_append (spans, _(times[i].title));
  gtk_drop_down_set_model (self->app, G_LIST_MODEL (apps));
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (kinds));
  gtk_drop_down_set_model (self->time, G_LIST_MODEL (spans));
  tn_store_list_audited_apps_async (tn_workspace_get_store (self->workspace), self->cancellable, apps_cb,
                                    g_object_ref (self));
}

static void
set_workspace (TnAuditWindow *self, TnWorkspace *workspace)
{
  g_autoptr (GtkListItemFactory) factory = tn_audit_row_factory (tn_workspace_get_catalogue (workspace));
  GtkDropDown *const choices[] = { self->app, self->kind, self->time };

  self->workspace = g_object_ref (workspace);
  fill_choices (self);
  self->model = tn_audit_model_new (tn_workspace_get_store (workspace));
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "counted", G_CALLBACK (counted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tn_workspace_get_audit (workspace), "written", G_CALLBACK (written_cb), self,
                           G_CONNECT_SWAPPED);
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    g_signal_connect_object (choices[i], "notify::selected", G_CALLBACK (filter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (filter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (stop_search_cb), self, G_CONNECT_SWAPPED);
  check (self);
}

static void
tn_audit_window_dispose (GObject *object)
{
  TnAuditWindow *self = TN_AUDIT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->shown != NULL)
    g_clear_signal_handler (&self->filled_id, self->shown);
  g_clear_object (&self->shown);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (tn_audit_window_parent_class)->dispose (object);
}

static void
tn_audit_window_finalize (GObject *object)
{
  TnAuditWindow *self = TN_AUDIT_WINDOW (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->app_keys);
  G_OBJECT_CLASS (tn_audit_window_parent_class)->finalize (object);
}

static void
tn_audit_window_class_init (TnAuditWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tn_audit_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = tn_audit_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/tn-audit-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TnAuditWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TnAuditWindow, state);
  gtk_widget_class_bind_template_child (widget_class, TnAuditWindow, state_stack);
  gtk_widget_class_bind_template_child (widget_class, TnAuditWindow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, TnAuditWindow, state_words);
  gtk_widget_class_bind_template_child (widget_class, TnAuditWindow, search);
  gtk_widget_class_bind_template_child (widget_class, TnAuditWindow, app);
  gtk_widget_class_bind_template_child (widget_class, TnAuditWindow, kind);
  gtk_widget_class_bind_template_child (widget_class, TnAuditWindow, time);
  gtk_widget_class_bind_template_child (widget_class, TnAuditWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, TnAuditWindow, list);
  gtk_widget_class_bind_template_child (widget_class, TnAuditWindow, details_revealer);
  gtk_widget_class_bind_template_child (widget_class, TnAuditWindow, details);
  gtk_widget_class_install_action (widget_class, "audit.check", NULL, check_cb);
  gtk_widget_class_install_action (widget_class, "audit.export", NULL, export_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tn_audit_window_init (TnAuditWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->app_keys = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
tn_audit_window_show (GtkWindow *parent, TnWorkspace *workspace)
{
  TnAuditWindow *self;
  int width = gtk_widget_get_width (GTK_WIDGET (parent)), height = gtk_widget_get_height (GTK_WIDGET (parent));

  g_return_if_fail (GTK_IS_WINDOW (parent) && TN_IS_WORKSPACE (workspace));
  g_return_if_fail (tn_workspace_get_audit (workspace) != NULL);

  self = g_object_new (TN_TYPE_AUDIT_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  gtk_window_set_default_size (GTK_WINDOW (self), MIN (WIDTH, width), MIN (HEIGHT, height));
  set_workspace (self, workspace);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_window_present (GTK_WINDOW (self));
}
