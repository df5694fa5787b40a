/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What has not changed for so long is worth an image. */
#define TN_DRAWING_STILL_US (250 * G_TIME_SPAN_MILLISECOND)

/**
 * TnDrawing:
 * @node: (nullable): what the widget drew last, without where it is
 * @pixels: (nullable): the same as an image
 * @since_us: since when it has drawn just that
 *
 * A widget that is drawn again and again without changing. Software rendering goes through everything that is in view
 * in every frame, whatever changed: a card with its shadow, corners, handles and text costs half a millisecond, an
 * image of it nearly nothing.
 */
typedef struct
{
  GskRenderNode *node;
  GskRenderNode *pixels;
  gint64 since_us;
} TnDrawing;

void tn_drawing_clear (TnDrawing *self);

/* Does what gtk_widget_snapshot_child() does, with the image where there is one of what the child draws now. */
void tn_drawing_snapshot (TnDrawing *self, GtkWidget *parent, GtkWidget *child, GtkSnapshot *snapshot, gint64 now_us);

/* Whether an image would be of use: it has none, and has not changed for a while. */
gboolean tn_drawing_wants_pixels (const TnDrawing *self, gint64 now_us);

/* @scale: device pixels to a pixel */
void tn_drawing_make_pixels (TnDrawing *self, int scale);

G_END_DECLS
