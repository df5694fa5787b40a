/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-graph.h"

#include <glib/gi18n-lib.h>

#define LINE 1.5
#define GROUND_ALPHA 0.18
#define HEADROOM 1.1 /* a line along the upper edge would look cut off */

struct _TnGraph
{
  GtkWidget parent;

  double values[TN_HISTORY_LENGTH]; /* the latest first */
  guint n;
  double most;
};

G_DEFINE_FINAL_TYPE (TnGraph, tn_graph, GTK_TYPE_WIDGET)

static void
trace (TnGraph *self, cairo_t *cr, double width, double height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  for (guint i = 0; i < self->n; i++)
    {
      double across = width * i / (TN_HISTORY_LENGTH - 1);
      double up = (height - LINE) * MIN (1, self->values[i] / self->most);

      cairo_line_to (cr, rtl ? across : width - across, height - LINE / 2 - up);
    }
}

static void
draw (TnGraph *self, cairo_t *cr, double width, double height)
{
  GdkRGBA color;
  double begin, end, y;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &color);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, LINE);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  trace (self, cr, width, height);
  cairo_path_extents (cr, &begin, &y, &end, &y);
  cairo_stroke (cr);
  trace (self, cr, width, height);
  cairo_line_to (cr, gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? end : begin, height);
  cairo_line_to (cr, gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? begin : end, height);
  color.alpha *= GROUND_ALPHA;
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_fill (cr);
}

static void
tn_graph_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TnGraph *self = TN_GRAPH (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *cr;

  if (self->n < 2 || width < 1 || height < 1)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  draw (self, cr, width, height);
  cairo_destroy (cr);
}

static void
tn_graph_class_init (TnGraphClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = tn_graph_snapshot;
  gtk_widget_class_set_css_name (widget_class, "graph");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tn_graph_init (TnGraph *self)
{
  self->most = 1;
}

GtkWidget *
tn_graph_new (void)
{
  return g_object_new (TN_TYPE_GRAPH, NULL);
}

/* What a graph shows at a glance. */
static void
describe (TnGraph *self, TnUsageKind kind, const char *name, double most)
{
  g_autofree char *now = tn_graph_format (kind, self->n > 0 ? self->values[0] : 0);
  g_autofree char *top = tn_graph_format (kind, most);
  /* Translators: what a graph shows, such as “Memory of Clock: now 45 MiB, at most 60 MiB” */
  g_autofree char *label = g_strdup_printf (_("%s: now %s, at most %s"), name, now, top);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
tn_graph_show (TnGraph *self, TnHistory *history, TnSpan span, TnUsageKind kind, double least, const char *name)
{
  double most = 0;

  g_return_if_fail (TN_IS_GRAPH (self));
  g_return_if_fail (history != NULL && least > 0 && name != NULL);

  self->n = tn_history_get_n (history, span);
  for (guint i = 0; i < self->n; i++)
    {
      self->values[i] = tn_usage_get (tn_history_get (history, span, i), kind);
      most = MAX (most, self->values[i]);
    }
  self->most = MAX (least, most * HEADROOM);
  describe (self, kind, name, most);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static char *
format_kib (double kib)
{
  if (kib >= 1024 * 1024)
    return g_strdup_printf (_("%.1f GiB"), kib / (1024 * 1024));
  if (kib >= 1024 || kib <= 0)
    return g_strdup_printf (_("%.0f MiB"), kib / 1024);
  return g_strdup_printf (_("%.0f KiB"), kib);
}

char *
tn_graph_format (TnUsageKind kind, double value)
{
  switch (kind)
    {
    case TN_USAGE_MEMORY:
    case TN_USAGE_STORAGE:
    case TN_USAGE_SENT:
    case TN_USAGE_RECEIVED:
      return format_kib (value);
    case TN_USAGE_CPU:
      return value > 0 && value < 1 ? g_strdup (_("< 1 %")) : g_strdup_printf (_("%.0f %%"), value);
    default:
      return g_strdup_printf ("%.0f", value);
    }
}
