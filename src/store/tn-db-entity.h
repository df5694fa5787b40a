/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-db-private.h"
#include "tn-operation-private.h"

G_BEGIN_DECLS

/* The tables that operations change, row by row. A row is a JSON object of all its columns, as SQLite makes it. */

const char *tn_entity_get_name (TnEntity entity);

/* TN_N_ENTITIES where there is none of that name. */
TnEntity tn_entity_from_name (const char *name);

/* @row: (out) (transfer full) (nullable): %NULL where there is none */
gboolean tn_entity_read (TnDb *self, TnEntity entity, char *const key[2], char **row, GError **error);

/* @row: (nullable): %NULL takes it away */
gboolean tn_entity_write (TnDb *self, TnEntity entity, char *const key[2], const char *row, GError **error);

/* Whether the row is as @row says, column by column; %NULL: whether there is none. */
gboolean tn_entity_is (TnDb *self, TnEntity entity, char *const key[2], const char *row, gboolean *is, GError **error);

G_END_DECLS
