/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TnQuota:
 * @day: days since 1970 UTC
 * @used: bytes on that day
 *
 * So many bytes a day. A clock that is set back does not begin the day anew. Time is that of base/.
 */
typedef struct
{
  gint64 day;
  guint64 used, limit;
} TnQuota;

/* Returns: %FALSE, and counts nothing, where @bytes more are too many for today */
gboolean tn_quota_take (TnQuota *self, guint64 bytes);

/* Adds what was used before, as tn_quota_to_text() said it; nonsense is nothing. */
void tn_quota_add_text (TnQuota *self, const char *text);

/* (transfer full): JSON. */
char *tn_quota_to_text (const TnQuota *self);

G_END_DECLS
