/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-developer-private.h"

#include <glib/gi18n-lib.h>

#include "tn-audit-row.h"
#include "tn-clock.h"
#include "tn-compat.h"
#include "tn-log-row.h"

static const char *
find_who (const TnLogRecord *record, gpointer owner)
{
  TnDeveloperWindow *self = owner;

  for (guint i = 0; record->tile_id != NULL && i < self->tiles->len; i++)
    if (g_str_equal (tn_tile_get_id (self->tiles->pdata[i]), record->tile_id))
      return tn_tile_get_title (self->tiles->pdata[i]);
  return tn_audit_app_name (tn_workspace_get_catalogue (self->workspace), record->app_key);
}

static gboolean
is_let_cb (gpointer item, gpointer user_data)
{
  TnDeveloperWindow *self = user_data;
  gsize n;
  const TnLogKind *kinds = tn_log_kinds (&n);
  TnLogSieve sieve = { &kinds[MIN (gtk_drop_down_get_selected (self->kind), n - 1)], self->tile_id, self->app_key, self->text };

  return tn_log_sieve_lets (&sieve, tn_log_entry_get (item));
}

void
tn_developer_filter_log (TnDeveloperWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  TnTile *tile = tn_developer_get_tile (self);

  g_free (self->text);
  self->text = *text != '\0' ? g_utf8_casefold (text, -1) : NULL;
  g_free (self->app_key);
  self->app_key = tile != NULL ? g_strdup (tn_tile_get_record (tile)->app_key) : NULL;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
stop_search_cb (TnDeveloperWindow *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
show_status (TnDeveloperWindow *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->listed));
  guint64 n_lost = tn_log_get_n_lost (tn_workspace_get_log (self->workspace));
  GString *words = g_string_new (NULL);
  g_autofree char *owned = NULL;

  g_string_append_printf (words, g_dngettext (GETTEXT_PACKAGE, "%u entry", "%u entries", n), n);
  if (n_lost > 0)
    g_string_append_printf (words, g_dngettext (GETTEXT_PACKAGE, " · %" G_GUINT64_FORMAT " came too fast and was lost",
                                                " · %" G_GUINT64_FORMAT " came too fast and were lost", (gulong) n_lost),
                            n_lost);
  if (gtk_toggle_button_get_active (self->pause))
    g_string_append_printf (words, " · %s", _("Paused"));
  owned = g_string_free (words, FALSE);
  gtk_label_set_text (self->status, owned);
}

/* The end is where it is only after what is new was laid out: so twice, a frame apart. */
static gboolean
end_cb (GtkWidget *list, GdkFrameClock *clock, gpointer user_data)
{
  TnDeveloperWindow *self = user_data;
  GtkAdjustment *at = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));

  if (gtk_adjustment_get_page_size (at) <= 0)
    return G_SOURCE_CONTINUE;
  gtk_adjustment_set_value (at, gtk_adjustment_get_upper (at) - gtk_adjustment_get_page_size (at));
  if (self->frames-- > 0)
    return G_SOURCE_CONTINUE;
  self->end_tick = 0;
  return G_SOURCE_REMOVE;
}

static void
go_to_end (TnDeveloperWindow *self)
{
  self->frames = 2;
  if (self->end_tick == 0)
    self->end_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->list), end_cb, self, NULL);
}

static gboolean
is_at_end (TnDeveloperWindow *self)
{
  GtkAdjustment *at = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));

  return gtk_adjustment_get_value (at) + gtk_adjustment_get_page_size (at) >= gtk_adjustment_get_upper (at) - 1;
}

/* Who scrolls up stays there; who scrolls back to the end follows it again. */
static void
scrolled_cb (TnDeveloperWindow *self)
{
  if (self->end_tick == 0)
    self->following = is_at_end (self);
}

static void
follow (TnDeveloperWindow *self)
{
  if (self->following)
    go_to_end (self);
}

static void
listed_cb (TnDeveloperWindow *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->listed));
  gboolean any = g_list_model_get_n_items (gtk_filter_list_model_get_model (self->listed)) > 0;

  show_status (self);
  adw_status_page_set_description (self->empty, any ? _("Nothing that was said fits what you look for.")
                                                    : _("What pages and the program say comes here."));
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
  follow (self);
}

static void
selected_cb (TnDeveloperWindow *self)
{
  TnLogEntry *entry = gtk_single_selection_get_selected_item (self->selection);
  const TnLogRecord *record = entry != NULL ? tn_log_entry_get (entry) : NULL;
  g_autofree char *time = record != NULL ? tn_clock_format (record->time_us) : NULL;
  g_autofree char *place = record != NULL ? tn_log_place (record) : NULL;
  const char *who = record != NULL ? find_who (record, self) : NULL;
  g_autofree char *caption = NULL;

  gtk_revealer_set_reveal_child (self->details_revealer, record != NULL);
  if (record == NULL)
    return;
  caption = g_strdup_printf ("%s · %s%s%s%s%s", _(tn_log_look (record->level)->title), time, who != NULL ? " · " : "",
                             who != NULL ? who : "", *place != '\0' ? " · " : "", place);
  gtk_label_set_text (self->details, record->text);
  gtk_label_set_text (self->details_caption, caption);
}

/* While it is paused, the list is what the log was then. */
static void
pause_cb (TnDeveloperWindow *self)
{
  GListModel *log = G_LIST_MODEL (tn_workspace_get_log (self->workspace));
  g_autoptr (GListStore) kept = NULL;

  if (gtk_toggle_button_get_active (self->pause))
    {
      kept = g_list_store_new (TN_TYPE_LOG_ENTRY);
      for (guint i = 0; i < g_list_model_get_n_items (log); i++)
        {
          g_autoptr (TnLogEntry) entry = g_list_model_get_item (log, i);

          g_list_store_append (kept, entry);
        }
    }
  gtk_filter_list_model_set_model (self->listed, kept != NULL ? G_LIST_MODEL (kept) : log);
  show_status (self);
}

void
tn_developer_clear_log (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TnDeveloperWindow *self = TN_DEVELOPER_WINDOW (widget);
  GListModel *shown = gtk_filter_list_model_get_model (self->listed);

  tn_log_clear (tn_workspace_get_log (self->workspace));
  if (G_IS_LIST_STORE (shown))
    g_list_store_remove_all (G_LIST_STORE (shown));
  show_status (self);
}

/* (transfer full): all that is listed, a line each */
static char *
make_text (TnDeveloperWindow *self)
{
  GListModel *list = G_LIST_MODEL (self->listed);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TnLogEntry) entry = g_list_model_get_item (list, i);
      const TnLogRecord *record = tn_log_entry_get (entry);
      g_autofree char *line = tn_log_line (record, find_who (record, self));

      g_string_append_printf (text, "%s\n", line);
    }
  return g_string_free (text, FALSE);
}

static void
tell (TnDeveloperWindow *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
}

void
tn_developer_copy_log (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TnDeveloperWindow *self = TN_DEVELOPER_WINDOW (widget);
  g_autofree char *text = make_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  tell (self, _("Copied"));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnDeveloperWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    tell (self, _("Exported"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tn_compat_ask_async (GTK_WINDOW (self), _("The Log Was Not Exported"), error->message, NULL, TN_COMPAT_ASK_PLAIN, NULL, NULL);
}

static void
file_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnDeveloperWindow) self = user_data;
  g_autoptr (GFile) file = tn_compat_choose_file_finish (result, NULL);
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  if (file == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  text = make_text (self);
  bytes = g_bytes_new_take (text, strlen (text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, self->cancellable, written_cb,
                                       g_object_ref (self));
}

void
tn_developer_export_log (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const TnCompatFile what
    = { _("Export the Log"), _("_Export"), "token-nexus-canvas.log", _("Log files"), "log", NULL, NULL };

  tn_compat_choose_file_async (GTK_WINDOW (widget), &what, file_cb, g_object_ref (widget));
}

void
tn_developer_connect_log (TnDeveloperWindow *self)
{
  GListModel *log = G_LIST_MODEL (tn_workspace_get_log (self->workspace));
  g_autoptr (GtkListItemFactory) factory = tn_log_row_factory (find_who, self);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  gsize n;
  const TnLogKind *kinds = tn_log_kinds (&n);
  GtkAdjustment *at = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));

  for (gsize i = 0; i < n; i++)
    gtk_string_list_append (titles, _(kinds[i].title));
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (titles));
  self->filter = gtk_custom_filter_new (is_let_cb, self, NULL);
  self->listed = gtk_filter_list_model_new (g_object_ref (log), GTK_FILTER (g_object_ref (self->filter)));
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->listed)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->listed, "items-changed", G_CALLBACK (listed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (tn_developer_filter_log), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (tn_developer_filter_log), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (stop_search_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pause, "toggled", G_CALLBACK (pause_cb), self, G_CONNECT_SWAPPED);
  self->following = TRUE;
  g_signal_connect_object (at, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (at, "notify::page-size", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  listed_cb (self);
}
