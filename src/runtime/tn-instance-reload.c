/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-fault.h"
#include "tn-instance-private.h"
#include "tn-json.h"
#include "tn-lifecycle.h"

#include <glib/gi18n-lib.h>

/* Reload on save: the page is loaded again in the process that it has, which is proved again, and gets back the state that
 * it gave. Where the manifest changed, what is built from it has to be built anew, and another process begins. */

#define STATE_MS 500 /* how long the page may take to give its state */

static void
begin (TnInstance *self)
{
  g_clear_handle_id (&self->reload_timer, g_source_remove);
  self->reloading = FALSE;
  if (self->state != TN_STATE_RUNNING)
    return;
  self->returning = self->picture != NULL;
  tn_instance_set_state (self, TN_STATE_LOADING);
  tn_instance_await_mount (self);
  webkit_web_view_reload_bypass_cache (self->view);
}

static void
unmounted_cb (JsonNode *value, const char *message, gpointer user_data)
{
  TnInstance *self = user_data;

  if (self->reloading)
    begin (self);
}

static void
got_state_cb (JsonNode *value, const char *message, gpointer user_data)
{
  TnInstance *self = user_data;

  if (!self->reloading)
    return;
  tn_instance_keep_state (self, value);
  tn_bridge_ask (self->bridge, self->view, "unmount", NULL, unmounted_cb, self);
}

static gboolean
late_cb (gpointer user_data)
{
  TnInstance *self = user_data;

  self->reload_timer = 0;
  begin (self);
  return G_SOURCE_REMOVE;
}

/* The page is asked for its state, and says good-bye. */
static void
reload (TnInstance *self)
{
  self->reloading = TRUE;
  self->reload_timer = g_timeout_add (STATE_MS, late_cb, self);
  tn_bridge_ask (self->bridge, self->view, "getState", NULL, got_state_cb, self);
}

void
tn_instance_tell_faults (TnInstance *self, TnApp *app)
{
  GPtrArray *faults = tn_app_get_faults (app);

  for (guint i = 0; i < faults->len; i++)
    {
      const TnFault *fault = faults->pdata[i];
      g_autofree char *text = g_strdup_printf ("%s: %s", *fault->pointer != '\0' ? fault->pointer : "/", fault->message);

      tn_instance_log (self, TN_LOG_ERROR, text, "manifest.json", 0);
    }
}

static void
go_on_with_faults (TnInstance *self, TnApp *fresh)
{
  tn_instance_tell_faults (self, fresh);
  tn_runtime_notice (self->runtime, self,
                     _("The manifest has faults now: the Developer Panel names them. What ran before goes on."));
}

static gboolean
is_same_manifest (TnApp *one, TnApp *other)
{
  g_autofree char *first = tn_json_object_to_string (tn_manifest_get_json (tn_app_get_manifest (one)));
  g_autofree char *second = tn_json_object_to_string (tn_manifest_get_json (tn_app_get_manifest (other)));

  return g_str_equal (first, second);
}

static gboolean
is_ready (TnInstanceState state)
{
  return state == TN_STATE_RUNNING || state == TN_STATE_HUNG || state == TN_STATE_TROUBLED;
}

/* Who rests or starts hears of it when it runs. */
void
tn_instance_take_saves (TnInstance *self)
{
  g_autoptr (TnApp) fresh = NULL;

  if (!self->saved || self->app == NULL || self->stopping != NULL || self->resting != TN_STATE_STOPPED || self->reloading
      || !is_ready (self->state))
    return;
  self->saved = FALSE;
  if (self->state == TN_STATE_TROUBLED)
    {
      if (self->trouble != TN_TROUBLE_ENDED)
        tn_instance_restart (self);
      return;
    }
  fresh = tn_app_load (tn_app_get_source (self->app), tn_app_get_directory (self->app));
  if (tn_app_get_manifest (fresh) == NULL)
    go_on_with_faults (self, fresh);
  else if (self->state == TN_STATE_RUNNING && is_same_manifest (self->app, fresh))
    reload (self);
  else
    tn_instance_restart (self);
}

static void
saved_cb (gpointer user_data)
{
  TnInstance *self = user_data;

  self->saved = TRUE;
  tn_instance_take_saves (self);
}

void
tn_instance_watch_saves (TnInstance *self)
{
  gboolean open = self->app != NULL && !g_str_equal (tn_app_get_source (self->app), TN_SOURCE_HOST)
                  && tn_policy_opens (self->runtime->policy, self->app, TN_FEATURE_RELOAD);

  if (!open)
    g_clear_pointer (&self->folder_watch, tn_folder_watch_free);
  else if (self->folder_watch == NULL)
    self->folder_watch = tn_folder_watch_new (tn_app_get_directory (self->app), saved_cb, self);
}
