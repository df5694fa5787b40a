/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-bus.h"

G_BEGIN_DECLS

/**
 * TnLetter:
 *
 * An event on its way: one for all subscriptions that it waits for, but for those that coalesce, where each has its own.
 * Belongs to one thread, unlike the event.
 */
typedef struct
{
  guint refs;
  gboolean urgent;
  gsize size;
  TnEvent *event;
  TnBusCounts *counts; /* not owned: of its type */
  char *key;           /* nullable: what a newer one has to have to take its place */
} TnLetter;

TnLetter *tn_letter_new (TnEvent *event, TnBusCounts *counts, gboolean urgent);

static inline TnLetter *
tn_letter_ref (TnLetter *self)
{
  self->refs++;
  return self;
}

void tn_letter_free (TnLetter *self);

static inline void
tn_letter_unref (TnLetter *self)
{
  if (--self->refs == 0)
    tn_letter_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnLetter, tn_letter_unref)

/* @member: (nullable). Returns: (transfer full) (nullable): see #TnBusQueue */
char *tn_letter_make_key (TnEvent *event, const char *member);

G_END_DECLS
