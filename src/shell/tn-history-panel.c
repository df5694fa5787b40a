/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-history-panel.h"

#include "tn-history-row.h"

#define AT_ONCE 100

struct _TnHistoryPanel
{
  GtkWidget parent;

  /* template */
  GtkWidget *close;
  GtkScrolledWindow *scroller;
  GtkListBox *list;

  TnCanvases *canvases; /* borrowed */
  TnStore *store;       /* nullable: followed since the panel was first seen */
  guint n_rows;
  gboolean complete; /* there is nothing older */
  gboolean loading, load_again;
};

enum
{
  PREVIEW,
  GO_TO,
  NAME,
  CLOSE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TnHistoryPanel, tn_history_panel, GTK_TYPE_WIDGET)

static TnHistoryRow *
row_at (TnHistoryPanel *self, int index)
{
  return TN_HISTORY_ROW (gtk_list_box_get_row_at_index (self->list, index));
}

static void
emit (TnHistoryPanel *self, guint signal, TnHistoryRow *row)
{
  g_signal_emit (self, signals[signal], 0, row != NULL ? tn_history_row_get_record (row) : NULL);
}

static void
name_cb (TnHistoryPanel *self, TnHistoryRow *row)
{
  emit (self, NAME, row);
}

static void
append (TnHistoryPanel *self, TnHistoryRecord *record)
{
  const TnCanvasRecord *canvas = tn_canvases_find (self->canvases, record->canvas_id, NULL);
  GtkWidget *row = tn_history_row_new (record, canvas != NULL ? canvas->name : NULL);

  g_signal_connect_object (row, "name", G_CALLBACK (name_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, row);
  self->n_rows++;
}

static gint64
get_selected (TnHistoryPanel *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? tn_history_row_get_record (TN_HISTORY_ROW (row))->seq : 0;
}

static void
selected_cb (TnHistoryPanel *self, GtkListBoxRow *row)
{
  emit (self, PREVIEW, row != NULL ? TN_HISTORY_ROW (row) : NULL);
}

static gint64
get_focused (TnHistoryPanel *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  return row != NULL ? tn_history_row_get_record (TN_HISTORY_ROW (row))->seq : 0;
}

/* (nullable) */
static GtkListBoxRow *
find_row (TnHistoryPanel *self, gint64 seq)
{
  for (int i = 0; seq != 0 && row_at (self, i) != NULL; i++)
    if (tn_history_row_get_record (row_at (self, i))->seq == seq)
      return GTK_LIST_BOX_ROW (row_at (self, i));
  return NULL;
}

/* The row of @seq, else the first one: the list itself has the focus only while it is empty, for no arrow key leads from
 * there to a row. */
static void
focus_row (TnHistoryPanel *self, gint64 seq)
{
  GtkListBoxRow *row = find_row (self, seq);

  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->list));
}

/* The rows are others now, but the person looks at the same moment. The focus must not look for a row itself: it would
 * choose that one. */
static void
replace_rows (TnHistoryPanel *self, GPtrArray *records)
{
  gint64 selected = get_selected (self), focused = get_focused (self);
  gboolean had_focus = focused != 0 || gtk_widget_is_focus (GTK_WIDGET (self->list));

  g_signal_handlers_block_by_func (self->list, selected_cb, self);
  while (row_at (self, 0) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row_at (self, 0)));
  self->n_rows = 0;
  while (records->len > 0)
    append (self, g_ptr_array_steal_index (records, 0));
  gtk_list_box_select_row (self->list, find_row (self, selected));
  if (had_focus)
    focus_row (self, focused);
  g_signal_handlers_unblock_by_func (self->list, selected_cb, self);
  if (selected != 0 && get_selected (self) == 0)
    emit (self, PREVIEW, NULL);
}

static void load_all (TnHistoryPanel *self);

/* (transfer full) (nullable): %NULL also where the list has changed meanwhile and is read anew. */
static GPtrArray *
finish_load (TnHistoryPanel *self, GObject *source, GAsyncResult *result)
{
  g_autoptr (GPtrArray) records = tn_store_list_history_finish (TN_STORE (source), result, NULL);

  self->loading = FALSE;
  if (!self->load_again)
    return g_steal_pointer (&records);
  load_all (self);
  return NULL;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnHistoryPanel) self = user_data;
  g_autoptr (GPtrArray) records = finish_load (self, source, result);

  if (records == NULL)
    return;
  self->complete = records->len < MAX (AT_ONCE, self->n_rows);
  replace_rows (self, records);
}

static void
load_all (TnHistoryPanel *self)
{
  self->load_again = self->loading;
  if (self->loading || self->store == NULL)
    return;
  self->loading = TRUE;
  tn_store_list_history_async (self->store, 0, MAX (AT_ONCE, self->n_rows), NULL, loaded_cb, g_object_ref (self));
}

static void
older_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnHistoryPanel) self = user_data;
  g_autoptr (GPtrArray) records = finish_load (self, source, result);

  if (records == NULL)
    return;
  self->complete = records->len < AT_ONCE;
  while (records->len > 0)
    append (self, g_ptr_array_steal_index (records, 0));
}

static void
edge_cb (TnHistoryPanel *self, GtkPositionType edge)
{
  TnHistoryRow *last = self->n_rows > 0 ? row_at (self, self->n_rows - 1) : NULL;

  if (edge != GTK_POS_BOTTOM || self->complete || self->loading || last == NULL)
    return;
  self->loading = TRUE;
  tn_store_list_history_async (self->store, tn_history_row_get_record (last)->seq, AT_ONCE, NULL, older_cb,
                               g_object_ref (self));
}

static void
changed_cb (TnHistoryPanel *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    load_all (self);
}

static void
tn_history_panel_map (GtkWidget *widget)
{
  TnHistoryPanel *self = TN_HISTORY_PANEL (widget);

  GTK_WIDGET_CLASS (tn_history_panel_parent_class)->map (widget);
  if (self->store == NULL && tn_canvases_get_store (self->canvases) != NULL)
    {
      self->store = g_object_ref (tn_canvases_get_store (self->canvases));
      g_signal_connect_object (self->store, "history-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
    }
  load_all (self);
}

static void
activated_cb (TnHistoryPanel *self, GtkListBoxRow *row)
{
  emit (self, GO_TO, TN_HISTORY_ROW (row));
}

static void
close_cb (TnHistoryPanel *self)
{
  g_signal_emit (self, signals[CLOSE], 0);
}

static gboolean
key_cb (TnHistoryPanel *self, guint keyval)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (keyval == GDK_KEY_Escape && row != NULL)
    gtk_list_box_unselect_all (self->list);
  else if (keyval == GDK_KEY_Escape)
    close_cb (self);
  else if (keyval == GDK_KEY_F2 && row != NULL)
    emit (self, NAME, TN_HISTORY_ROW (row));
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  tn_history_row_update_header (TN_HISTORY_ROW (row), before != NULL ? TN_HISTORY_ROW (before) : NULL);
}

static void
tn_history_panel_dispose (GObject *object)
{
  TnHistoryPanel *self = TN_HISTORY_PANEL (object);
  GtkWidget *child;

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_func (self->list, selected_cb, self);
  self->list = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (tn_history_panel_parent_class)->dispose (object);
}

static void
tn_history_panel_class_init (TnHistoryPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const names[] = { "preview", "go-to", "name" };

  G_OBJECT_CLASS (klass)->dispose = tn_history_panel_dispose;
  widget_class->map = tn_history_panel_map;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    signals[i] = g_signal_new (names[i], TN_TYPE_HISTORY_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                               G_TYPE_POINTER);
  signals[CLOSE]
    = g_signal_new ("close", TN_TYPE_HISTORY_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "history-panel");
  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/tn-history-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TnHistoryPanel, close);
  gtk_widget_class_bind_template_child (widget_class, TnHistoryPanel, scroller);
  gtk_widget_class_bind_template_child (widget_class, TnHistoryPanel, list);
}

static void
tn_history_panel_init (TnHistoryPanel *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->close, "clicked", G_CALLBACK (close_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scroller, "edge-reached", G_CALLBACK (edge_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
tn_history_panel_set_canvases (TnHistoryPanel *self, TnCanvases *canvases)
{
  g_return_if_fail (TN_IS_HISTORY_PANEL (self));

  self->canvases = canvases;
}

void
tn_history_panel_select_none (TnHistoryPanel *self)
{
  g_return_if_fail (TN_IS_HISTORY_PANEL (self));

  gtk_list_box_unselect_all (self->list);
}

void
tn_history_panel_focus_list (TnHistoryPanel *self)
{
  g_return_if_fail (TN_IS_HISTORY_PANEL (self));

  focus_row (self, get_selected (self));
}
