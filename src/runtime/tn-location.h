/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How near it is to be, in the numbers of the portal. */
typedef enum
{
  TN_NEARNESS_COUNTRY = 1,
  TN_NEARNESS_CITY,
  TN_NEARNESS_NEIGHBORHOOD,
  TN_NEARNESS_STREET,
  TN_NEARNESS_EXACT,
} TnNearness;

/**
 * TnPosition:
 * @latitude: in degrees (WGS 84), like @longitude
 * @accuracy: in metres, like @altitude; negative where it is not known
 * @has_altitude: whether @altitude says anything
 * @speed: in metres a second; negative where it is not known
 * @heading: in degrees from north; negative where it is not known
 * @time_us: since 1970 UTC
 */
typedef struct
{
  double latitude, longitude, accuracy;
  gboolean has_altitude;
  double altitude, speed, heading;
  gint64 time_us;
} TnPosition;

/**
 * tn_location_find_async:
 * @timeout_ms: after which it is given up, the person's answer to the desktop's own question included
 * @cancellable: (nullable): ends it at once
 *
 * Where this computer is, once, as the desktop's portal says (org.freedesktop.portal.Location, version 1). What the portal
 * asks the person is its own affair. Finish returns (transfer full) the position, or %NULL with an error of #GIOErrorEnum:
 * %G_IO_ERROR_NOT_SUPPORTED where there is no such portal, %G_IO_ERROR_PERMISSION_DENIED where the desktop does not tell.
 */
void tn_location_find_async (TnNearness nearness, guint timeout_ms, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
TnPosition *tn_location_find_finish (GAsyncResult *result, GError **error);

G_END_DECLS
