/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-instance-private.h"
#include "tn-clock.h"
#include "tn-lifecycle.h"
#include "tn-processes.h"

#include <signal.h>

#define REST_MS 1000  /* for onPause, the state and the picture together */
#define COVER_MS 1500 /* at the latest the page is uncovered then, drawn or not */

void
tn_instance_freeze (TnInstance *self)
{
  tn_warden_hold (self->runtime->warden, self->proof.pid);
  tn_processes_signal (self->proof.pid, SIGSTOP);
}

void
tn_instance_thaw (TnInstance *self)
{
  tn_processes_signal (self->proof.pid, SIGCONT);
  tn_warden_release (self->runtime->warden, self->proof.pid);
}

static void
come_to_rest (TnInstance *self)
{
  TnInstanceState state = self->resting;

  g_clear_handle_id (&self->rest_timer, g_source_remove);
  self->resting = TN_STATE_STOPPED;
  if (state == TN_STATE_DISCARDED)
    {
      tn_instance_drop_view (self);
      tn_instance_set_state (self, state);
      return;
    }
  /* First its view is hidden: what hides it is then told to a process that still listens. */
  tn_instance_set_state (self, state);
  tn_instance_freeze (self);
}

static gboolean
rest_timeout_cb (gpointer user_data)
{
  TnInstance *self = user_data;

  self->rest_timer = 0;
  come_to_rest (self);
  return G_SOURCE_REMOVE;
}

static void
pictured_cb (TnInstance *self)
{
  if (self->resting != TN_STATE_STOPPED)
    come_to_rest (self);
}

static void
got_state_cb (JsonNode *value, const char *message, gpointer user_data)
{
  TnInstance *self = user_data;

  tn_instance_keep_state (self, value);
  if (self->resting != TN_STATE_STOPPED)
    tn_instance_take_picture (self, pictured_cb);
}

static void
paused_cb (JsonNode *value, const char *message, gpointer user_data)
{
  TnInstance *self = user_data;

  if (self->resting != TN_STATE_STOPPED)
    tn_bridge_ask (self->bridge, self->view, "getState", NULL, got_state_cb, self);
}

void
tn_instance_rest (TnInstance *self, TnInstanceState state)
{
  if (tn_lifecycle_is (self->state, TN_LIFE_FROZEN) && tn_lifecycle_allows (self->state, state))
    {
      if (state == TN_STATE_DISCARDED)
        tn_instance_drop_view (self);
      tn_instance_set_state (self, state);
    }
  else if (self->resting != TN_STATE_STOPPED)
    self->resting = self->resting != TN_STATE_PAUSED ? state : TN_STATE_PAUSED;
  else if (self->state == TN_STATE_RUNNING && self->stopping == NULL && !self->reloading)
    {
      self->resting = state;
      self->rest_timer = g_timeout_add (REST_MS, rest_timeout_cb, self);
      tn_bridge_ask (self->bridge, self->view, "pause", NULL, paused_cb, self);
    }
}

void
tn_instance_uncover (TnInstance *self)
{
  g_clear_handle_id (&self->cover_timer, g_source_remove);
  if (!self->returning)
    return;
  self->returning = FALSE;
  g_object_notify (G_OBJECT (self), "covered");
}

static gboolean
cover_timeout_cb (gpointer user_data)
{
  TnInstance *self = user_data;

  self->cover_timer = 0;
  tn_instance_uncover (self);
  return G_SOURCE_REMOVE;
}

static void
painted_cb (JsonNode *value, const char *message, gpointer user_data)
{
  tn_instance_uncover (user_data);
}

void
tn_instance_uncover_when_drawn (TnInstance *self)
{
  if (!self->returning || self->cover_timer != 0)
    return;
  self->cover_timer = g_timeout_add (COVER_MS, cover_timeout_cb, self);
  tn_bridge_probe (self->bridge, self->view, TN_BRIDGE_DRAWN, painted_cb, self);
}

static void
wake (TnInstance *self)
{
  if (tn_lifecycle_is (self->state, TN_LIFE_FROZEN))
    {
      tn_instance_thaw (self);
      self->returning = TRUE;
      tn_instance_set_state (self, TN_STATE_RUNNING);
    }
  g_clear_handle_id (&self->rest_timer, g_source_remove);
  self->resting = TN_STATE_STOPPED;
  self->trouble = TN_TROUBLE_NONE;
  tn_bridge_ask (self->bridge, self->view, "resume", NULL, NULL, NULL);
  tn_instance_tell_size (self);
  tn_instance_send_events (self);
  tn_instance_uncover_when_drawn (self);
}

void
tn_instance_pause (TnInstance *self)
{
  g_return_if_fail (TN_IS_INSTANCE (self));

  tn_instance_rest (self, TN_STATE_PAUSED);
}

void
tn_instance_resume (TnInstance *self)
{
  g_return_if_fail (TN_IS_INSTANCE (self));

  if (tn_lifecycle_is (self->state, TN_LIFE_FROZEN) || self->resting != TN_STATE_STOPPED)
    wake (self);
  else if (self->state == TN_STATE_DISCARDED)
    tn_instance_start (self);
}

static gboolean
out_of_sight_cb (gpointer user_data)
{
  TnInstance *self = user_data;

  self->sight_timer = 0;
  tn_instance_rest (self, self->state == TN_STATE_RUNNING ? TN_STATE_SUSPENDED : TN_STATE_DISCARDED);
  return G_SOURCE_REMOVE;
}

void
tn_instance_watch_sight (TnInstance *self)
{
  const TnBudget *budget = &self->runtime->budget;
  TnManifest *manifest = self->app != NULL ? tn_app_get_manifest (self->app) : NULL;
  TnBackground background = manifest != NULL ? tn_manifest_get_background (manifest) : TN_BACKGROUND_SUSPEND;

  g_clear_handle_id (&self->sight_timer, g_source_remove);
  if (self->visible)
    return;
  if (self->state == TN_STATE_RUNNING && background != TN_BACKGROUND_KEEP)
    self->sight_timer = g_timeout_add_seconds (budget->suspend_s, out_of_sight_cb, self);
  else if (self->state == TN_STATE_SUSPENDED && background == TN_BACKGROUND_DISCARD)
    self->sight_timer = g_timeout_add_seconds (budget->discard_s, out_of_sight_cb, self);
}

/* What the person paused stays so. */
void
tn_instance_set_visible (TnInstance *self, gboolean visible)
{
  g_return_if_fail (TN_IS_INSTANCE (self));

  if (self->visible == visible)
    return;
  self->visible = visible;
  self->seen_us = tn_clock_monotonic_us ();
  tn_instance_watch_sight (self);
  if (visible && self->state != TN_STATE_PAUSED && self->resting != TN_STATE_PAUSED)
    tn_instance_resume (self);
}

gboolean
tn_instance_get_visible (TnInstance *self)
{
  g_return_val_if_fail (TN_IS_INSTANCE (self), FALSE);

  return self->visible;
}

void
tn_instance_set_focused (TnInstance *self, gboolean focused)
{
  g_return_if_fail (TN_IS_INSTANCE (self));

  self->focused = focused;
  self->seen_us = tn_clock_monotonic_us ();
}

gboolean
tn_instance_get_covered (TnInstance *self)
{
  g_return_val_if_fail (TN_IS_INSTANCE (self), FALSE);

  return self->returning || tn_lifecycle_is (self->state, TN_LIFE_COVERED);
}
