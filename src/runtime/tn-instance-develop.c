/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-instance-private.h"
#include "tn-json.h"

#include <string.h>

/* What a mode opens for a tile: its page's console is read, and the inspector can be. Decided when its process begins;
 * where it changes, another process begins. */

#define CONSOLE "nexusConsole"
#define MAX_BYTES (32 * 1024)
#define MESSAGES_PER_SECOND 60 /* the page's own relay sends fewer; this is for one that was got round */
#define MESSAGES_BURST 300

static gboolean
may_be_developed (TnInstance *self)
{
  return self->app != NULL && tn_app_get_manifest (self->app) != NULL
         && !g_str_equal (tn_app_get_source (self->app), TN_SOURCE_HOST);
}

guint
tn_instance_list_open (TnInstance *self)
{
  return may_be_developed (self)
           ? tn_policy_list_open (self->runtime->policy, self->app) & ~(1u << TN_FEATURE_LOG)
           : 0;
}

gboolean
tn_instance_has_open (TnInstance *self, TnFeature feature)
{
  return (self->features & (1u << feature)) != 0;
}

gboolean
tn_instance_get_developed (TnInstance *self)
{
  g_return_val_if_fail (TN_IS_INSTANCE (self), FALSE);

  return self->view != NULL && self->features != 0;
}

void
tn_instance_log (TnInstance *self, TnLogLevel level, const char *text, const char *source, guint line)
{
  if (self->runtime->log != NULL)
    tn_log_add (self->runtime->log, &(TnLogRecord){ .level = level, .app_key = self->app_key, .tile_id = self->tile_id,
                                                    .text = text, .source = source, .line = line });
}

static void
tell_left_out (TnInstance *self, gint64 n)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " messages were left out: there were too many", n);

  tn_instance_log (self, TN_LOG_WARNING, text, NULL, 0);
}

static TnLogLevel
find_level (const char *name)
{
  for (TnLogLevel level = TN_LOG_DEBUG; level <= TN_LOG_ERROR; level++)
    if (g_str_equal (tn_log_level_name (level), name))
      return level;
  return TN_LOG_INFO;
}

const char *
tn_instance_shorten (const char *address)
{
  const char *host = strstr (address, "://");
  const char *path = host != NULL ? strchr (host + strlen ("://"), '/') : NULL;

  return path != NULL ? path + 1 : address;
}

static void
said_cb (WebKitUserContentManager *content, JSCValue *value, TnInstance *self)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) said = NULL;
  gint64 left_out;

  if (!tn_rate_take (&self->console_rate, 1) || !jsc_value_is_string (value))
    return;
  text = jsc_value_to_string (value);
  if (strlen (text) > MAX_BYTES || (said = tn_json_parse_object (text, -1, NULL, NULL)) == NULL)
    return;
  left_out = tn_json_get_int (said, "leftOut", 0);
  if (left_out > 0)
    tell_left_out (self, left_out);
  else
    tn_instance_log (self, find_level (tn_json_get_string (said, "level", "")), tn_json_get_string (said, "text", ""),
                     tn_instance_shorten (tn_json_get_string (said, "source", "")), MAX (0, tn_json_get_int (said, "line", 0)));
}

static void
open_console (TnInstance *self)
{
  WebKitUserContentManager *content = tn_bridge_get_content (self->bridge);

  tn_rate_init (&self->console_rate, MESSAGES_PER_SECOND, MESSAGES_BURST);
  g_signal_connect (content, "script-message-received::" CONSOLE, G_CALLBACK (said_cb), self);
  webkit_user_content_manager_register_script_message_handler (content, CONSOLE, TN_BRIDGE_WORLD);
}

/* In a window of its own: a tile is too small to share with it. */
static gboolean
attach_cb (WebKitWebInspector *inspector, TnInstance *self)
{
  self->inspected = TRUE;
  return TRUE;
}

static gboolean
open_window_cb (WebKitWebInspector *inspector, TnInstance *self)
{
  self->inspected = TRUE;
  return FALSE;
}

static void
open_inspector (TnInstance *self)
{
  webkit_settings_set_enable_developer_extras (webkit_web_view_get_settings (self->view), TRUE);
  g_signal_connect_object (webkit_web_view_get_inspector (self->view), "attach", G_CALLBACK (attach_cb), self, 0);
  g_signal_connect_object (webkit_web_view_get_inspector (self->view), "open-window", G_CALLBACK (open_window_cb), self, 0);
}

static void
audit_open (TnInstance *self)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint feature = 0; feature < TN_N_FEATURES; feature++)
    if (tn_instance_has_open (self, feature))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", tn_feature_name (feature));
  tn_instance_audit (self, "develop.opened", self->app_id, tn_mode_name (tn_policy_get_mode (self->runtime->policy)),
                     names->str);
}

void
tn_instance_open_features (TnInstance *self)
{
  if (tn_instance_has_open (self, TN_FEATURE_CONSOLE))
    open_console (self);
  if (tn_instance_has_open (self, TN_FEATURE_INSPECTOR))
    open_inspector (self);
  if (self->features != 0)
    audit_open (self);
}

gboolean
tn_instance_can_inspect (TnInstance *self)
{
  g_return_val_if_fail (TN_IS_INSTANCE (self), FALSE);

  return self->view != NULL && self->at_app && tn_instance_has_open (self, TN_FEATURE_INSPECTOR);
}

gboolean
tn_instance_inspect (TnInstance *self)
{
  g_return_val_if_fail (TN_IS_INSTANCE (self), FALSE);

  if (!tn_instance_can_inspect (self))
    return FALSE;
  tn_instance_audit (self, "develop.inspected", self->app_id, "opened", NULL);
  self->inspected = TRUE;
  webkit_web_inspector_show (webkit_web_view_get_inspector (self->view));
  return TRUE;
}

gboolean
tn_instance_is_inspected (TnInstance *self)
{
  WebKitWebInspector *inspector = self->view != NULL ? webkit_web_view_get_inspector (self->view) : NULL;

  return inspector != NULL && webkit_web_inspector_get_web_view (inspector) != NULL;
}

void
tn_instance_close_inspector (TnInstance *self)
{
  if (tn_instance_is_inspected (self))
    webkit_web_inspector_close (webkit_web_view_get_inspector (self->view));
}

void
tn_instance_follow_mode (TnInstance *self)
{
  tn_instance_watch_saves (self);
  if (self->view != NULL && self->stopping == NULL && tn_instance_list_open (self) != self->features)
    tn_instance_restart (self);
}
