/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-quota.h"
#include "tn-clock.h"
#include "tn-json.h"

#define DAY_US ((gint64) 24 * 3600 * G_USEC_PER_SEC)

/* A clock that is set back gives nothing back, and one that was far ahead for a while keeps nobody from the next day. */
static void
turn_day (TnQuota *self, gint64 day)
{
  if (day > self->day)
    self->used = 0;
  self->day = day;
}

gboolean
tn_quota_take (TnQuota *self, guint64 bytes)
{
  turn_day (self, tn_clock_wall_us () / DAY_US);
  if (bytes > self->limit || self->used > self->limit - bytes)
    return FALSE;
  self->used += bytes;
  return TRUE;
}

void
tn_quota_add_text (TnQuota *self, const char *text)
{
  g_autoptr (JsonObject) object = tn_json_parse_object (text, -1, NULL, NULL);
  gint64 day = object != NULL ? tn_json_get_int (object, "day", 0) : 0;
  gint64 used = object != NULL ? tn_json_get_int (object, "used", 0) : 0;
  gint64 today = tn_clock_wall_us () / DAY_US;

  turn_day (self, today);
  if (day >= today && used > 0)
    self->used += used;
}

char *
tn_quota_to_text (const TnQuota *self)
{
  return g_strdup_printf ("{\"day\":%" G_GINT64_FORMAT ",\"used\":%" G_GUINT64_FORMAT "}", self->day, self->used);
}
