/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-grid-occupancy.h"

G_BEGIN_DECLS

void tn_grid_size_fit (TnPlacement *tile, int room_w, int room_h, gboolean height_leads);
void tn_grid_size_pull (const TnGridOccupancy *obstacles, const TnGridGesture *gesture, TnPlacement *tile);

G_END_DECLS
