/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-location.h"
#include "tn-clock.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define PORTAL "org.freedesktop.portal.Desktop"
#define PATH "/org/freedesktop/portal/desktop"
#define LOCATION "org.freedesktop.portal.Location"
#define TOKEN_LENGTH 16

/* One question to the portal, until it is answered. */
typedef struct
{
  TnNearness nearness;
  GDBusConnection *bus; /* nullable */
  char *token, *session, *request;
  guint updates, responses; /* subscriptions */
  guint timer;
  gulong cancelled;
  gboolean begun; /* the portal has the session */
  gboolean over;
} Search;

static void
search_free (gpointer data)
{
  Search *self = data;

  g_clear_object (&self->bus);
  g_free (self->token);
  g_free (self->session);
  g_free (self->request);
  g_free (self);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
}

/* Waited for, so that the connection lives until it was said. */
static void
close_session (Search *self)
{
  g_dbus_connection_call (self->bus, PORTAL, self->session, "org.freedesktop.portal.Session", "Close", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, closed_cb, NULL);
}

/* Takes @task over, and the other two. */
static void
end (GTask *task, TnPosition *position, GError *error)
{
  Search *self = g_task_get_task_data (task);

  self->over = TRUE;
  if (self->updates != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->updates);
  if (self->responses != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->responses);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancelled != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (task), self->cancelled);
  if (self->begun)
    close_session (self);
  if (position != NULL)
    g_task_return_pointer (task, position, g_free);
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

/* Whatever a bus without such a portal, or a portal without such a part, says. */
static void
end_by_bus (GTask *task, GError *error)
{
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_INTERFACE)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT))
    {
      g_clear_error (&error);
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                                   _("This desktop has no location service that apps can ask"));
    }
  end (task, NULL, error);
}

static gboolean
timeout_cb (gpointer user_data)
{
  GTask *task = user_data;

  ((Search *) g_task_get_task_data (task))->timer = 0;
  end (task, NULL,
       g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, _("The desktop did not find out in time where this is")));
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable, GTask *task)
{
  end (task, NULL, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
}

/* A number that the portal may leave out. */
static double
lookup (GVariant *location, const char *name)
{
  double value;

  return g_variant_lookup (location, name, "d", &value) && isfinite (value) ? value : -G_MAXDOUBLE;
}

static gint64
lookup_time (GVariant *location)
{
  guint64 seconds, microseconds;

  if (g_variant_lookup (location, "Timestamp", "(tt)", &seconds, &microseconds)
      && seconds < G_MAXINT64 / G_USEC_PER_SEC - 1 && microseconds < G_USEC_PER_SEC)
    return (gint64) seconds * G_USEC_PER_SEC + (gint64) microseconds;
  return tn_clock_wall_us ();
}

/* (nullable): %NULL for what is no place on Earth. */
static TnPosition *
read_position (GVariant *location)
{
  double latitude = lookup (location, "Latitude"), longitude = lookup (location, "Longitude");
  TnPosition *position;

  if (fabs (latitude) > 90 || fabs (longitude) > 180)
    return NULL;
  position = g_new0 (TnPosition, 1);
  position->latitude = latitude;
  position->longitude = longitude;
  position->accuracy = lookup (location, "Accuracy");
  position->altitude = lookup (location, "Altitude");
  position->has_altitude = position->altitude > -G_MAXDOUBLE;
  position->speed = lookup (location, "Speed");
  position->heading = lookup (location, "Heading");
  position->time_us = lookup_time (location);
  return position;
}

static void
updated_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *signal,
            GVariant *parameters, gpointer user_data)
{
  GTask *task = user_data;
  Search *self = g_task_get_task_data (task);
  g_autoptr (GVariant) location = NULL;
  TnPosition *position;
  const char *session;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(oa{sv})")))
    return;
  g_variant_get (parameters, "(&o@a{sv})", &session, &location);
  if (!g_str_equal (session, self->session))
    return;
  position = read_position (location);
  end (task, position,
       position != NULL ? NULL
                        : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                                               _("What the desktop says is no place on Earth")));
}

static void
response_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *signal,
             GVariant *parameters, gpointer user_data)
{
  guint32 response = 2;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    g_variant_get_child (parameters, 0, "u", &response);
  if (response != 0)
    end (user_data, NULL,
         g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, _("The desktop does not tell where this is")));
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply == NULL && !self->over)
    end_by_bus (task, g_steal_pointer (&error));
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  GVariantDict options;

  self->begun = reply != NULL;
  if (self->over)
    {
      if (self->begun)
        close_session (self);
      return;
    }
  if (!self->begun)
    {
      end_by_bus (task, g_steal_pointer (&error));
      return;
    }
  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "handle_token", "s", self->token);
  g_dbus_connection_call (self->bus, PORTAL, PATH, LOCATION, "Start",
                          g_variant_new ("(os@a{sv})", self->session, "", g_variant_dict_end (&options)),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, started_cb, g_object_ref (task));
}

/* Where the portal will speak of this is known ahead: so nothing that it says can be missed. */
static void
prepare (GTask *task)
{
  Search *self = g_task_get_task_data (task);
  g_autofree char *sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (self->bus) + 1), ".", '_');
  g_autofree char *id = tn_random_id (TOKEN_LENGTH);

  self->token = g_strconcat ("tn_", id, NULL);
  self->session = g_strdup_printf (PATH "/session/%s/%s", sender, self->token);
  self->request = g_strdup_printf (PATH "/request/%s/%s", sender, self->token);
  self->updates = g_dbus_connection_signal_subscribe (self->bus, PORTAL, LOCATION, "LocationUpdated", PATH, NULL,
                                                      G_DBUS_SIGNAL_FLAGS_NONE, updated_cb, task, NULL);
  self->responses
    = g_dbus_connection_signal_subscribe (self->bus, PORTAL, "org.freedesktop.portal.Request", "Response",
                                          self->request, NULL, G_DBUS_SIGNAL_FLAGS_NONE, response_cb, task, NULL);
}

static void
got_bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GVariantDict options;

  self->bus = g_bus_get_finish (result, &error);
  if (self->over)
    return;
  if (self->bus == NULL)
    {
      end (task, NULL, g_steal_pointer (&error));
      return;
    }
  prepare (task);
  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "session_handle_token", "s", self->token);
  g_variant_dict_insert (&options, "accuracy", "u", (guint32) self->nearness);
  g_dbus_connection_call (self->bus, PORTAL, PATH, LOCATION, "CreateSession",
                          g_variant_new ("(@a{sv})", g_variant_dict_end (&options)), G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, created_cb, g_object_ref (task));
}

void
tn_location_find_async (TnNearness nearness, guint timeout_ms, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Search *self = g_new0 (Search, 1);

  g_task_set_source_tag (task, tn_location_find_async);
  g_task_set_task_data (task, self, search_free);
  self->nearness = nearness;
  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }
  self->timer = g_timeout_add (timeout_ms, timeout_cb, task);
  if (cancellable != NULL)
    self->cancelled = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), task);
  g_bus_get (G_BUS_TYPE_SESSION, NULL, got_bus_cb, g_object_ref (task));
}

TnPosition *
tn_location_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tn_location_find_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
