/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-history-view.h"

#include "tn-ellipsis.h"
#include "tn-miniature.h"

struct _TnHistoryView
{
  GtkWidget parent;

  /* template */
  GtkLabel *label;
  GtkWidget *go_back, *close;
  GtkStack *stack;
  TnMiniature *miniature;

  TnPages *pages; /* borrowed */
};

enum
{
  GO_BACK,
  CLOSE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TnHistoryView, tn_history_view, GTK_TYPE_WIDGET)

static GdkPaintable *
picture_cb (const char *tile_id, gpointer user_data)
{
  return tn_pages_get_picture (TN_PAGES (user_data), tile_id);
}

static void
go_back_cb (TnHistoryView *self)
{
  g_signal_emit (self, signals[GO_BACK], 0);
}

static void
close_cb (TnHistoryView *self)
{
  g_signal_emit (self, signals[CLOSE], 0);
}

static gboolean
key_cb (TnHistoryView *self, guint keyval)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  close_cb (self);
  return GDK_EVENT_STOP;
}

static void
tn_history_view_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (tn_history_view_parent_class)->dispose (object);
}

static void
tn_history_view_class_init (TnHistoryViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tn_history_view_dispose;

  signals[GO_BACK]
    = g_signal_new ("go-back", TN_TYPE_HISTORY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CLOSE] = g_signal_new ("close", TN_TYPE_HISTORY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (TN_TYPE_MINIATURE);
  gtk_widget_class_set_css_name (widget_class, "history-view");
  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/tn-history-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TnHistoryView, label);
  gtk_widget_class_bind_template_child (widget_class, TnHistoryView, go_back);
  gtk_widget_class_bind_template_child (widget_class, TnHistoryView, close);
  gtk_widget_class_bind_template_child (widget_class, TnHistoryView, stack);
  gtk_widget_class_bind_template_child (widget_class, TnHistoryView, miniature);
}

static void
tn_history_view_init (TnHistoryView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  tn_miniature_set_whole (self->miniature, TRUE);
  tn_ellipsis_explain (self->label);
  g_signal_connect_object (self->go_back, "clicked", G_CALLBACK (go_back_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->close, "clicked", G_CALLBACK (close_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
tn_history_view_set_pages (TnHistoryView *self, TnPages *pages)
{
  g_return_if_fail (TN_IS_HISTORY_VIEW (self));

  self->pages = pages;
  tn_miniature_set_picture_func (self->miniature, picture_cb, pages);
}

void
tn_history_view_set_moment (TnHistoryView *self, const TnCanvasRecord *record, const char *text)
{
  g_return_if_fail (TN_IS_HISTORY_VIEW (self));

  gtk_label_set_text (self->label, text);
  tn_miniature_set_record (self->miniature, record, tn_pages_get_current (self->pages),
                           tn_pages_get_catalogue (self->pages));
  gtk_stack_set_visible_child_name (self->stack, record != NULL ? "canvas" : "nothing");
}
