/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-grid-occupancy.h"

G_BEGIN_DECLS

void tn_grid_push (int columns, TnPlacement *layout, gsize n, gsize hand);

G_END_DECLS
