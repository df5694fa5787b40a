/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-catalogue.h"
#include "tn-store.h"

G_BEGIN_DECLS

/**
 * tn_first_run_operation:
 *
 * Returns: (transfer full): what makes the first canvas of a new workspace, with the starter apps of @catalogue on it
 */
TnOperation *tn_first_run_operation (TnCatalogue *catalogue);

G_END_DECLS
