/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-record.h"

G_BEGIN_DECLS

typedef enum
{
  TN_ENTITY_CANVAS,
  TN_ENTITY_TILE,
  TN_ENTITY_PLACE,
  TN_ENTITY_REMOVAL,
  TN_N_ENTITIES,
} TnEntity;

/**
 * TnOperationStep:
 * @key: the row's primary key; the second only for places: the layout
 * @row: (nullable): a JSON object of all columns; %NULL takes the row and what hangs on it away; of places, all that
 *   the tile has
 * @from: (nullable): a tile whose values the tile is to have too; then there is no @row
 */
typedef struct
{
  TnEntity entity;
  char *key[2];
  char *row;
  char *from;
} TnOperationStep;

/* (transfer none) (element-type TnOperationStep): in the order they were asked */
GPtrArray *tn_operation_get_steps (TnOperation *self);

G_END_DECLS
