/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/**
 * TnLook:
 *
 * What something looks like: a paintable that draws another one, which may be exchanged while it is being shown. So who
 * shows a tile needs not know when it goes out of sight and only its last picture is left.
 */
#define TN_TYPE_LOOK (tn_look_get_type ())
G_DECLARE_FINAL_TYPE (TnLook, tn_look, TN, LOOK, GObject)

TnLook *tn_look_new (void);

/* @source: (nullable) (transfer none) */
void tn_look_set_source (TnLook *self, GdkPaintable *source);

G_END_DECLS
