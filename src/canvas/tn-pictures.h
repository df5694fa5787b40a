/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/**
 * TnPictures:
 *
 * The last picture of each thing, by its id, of so many things: the one that was least recently kept or asked for goes.
 */
typedef struct _TnPictures TnPictures;

TnPictures *tn_pictures_new (guint most);
void tn_pictures_free (TnPictures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnPictures, tn_pictures_free)

void tn_pictures_keep (TnPictures *self, const char *id, GdkPaintable *picture);

/* (transfer none) (nullable) */
GdkPaintable *tn_pictures_get (TnPictures *self, const char *id);

/* A picture that is not a texture yet, and so as large as what it was taken of; @id is the picture's: (transfer none)
 * (nullable). */
GdkPaintable *tn_pictures_get_large (TnPictures *self, const char **id);

G_END_DECLS
