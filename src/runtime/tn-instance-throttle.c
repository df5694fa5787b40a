/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-instance-private.h"

#include <signal.h>

#define PERIOD_MS 200
#define LEAST_MS 10

double
tn_instance_get_run_share (TnInstance *self)
{
  return self->suspected ? 0 : self->share;
}

/* Runs for its share of every period, and is stopped for the rest; while it is suspected, it does not run at all. */
static gboolean
turn_cb (gpointer user_data)
{
  TnInstance *self = user_data;
  guint running_ms = MAX (LEAST_MS, PERIOD_MS * self->share);

  self->held = !self->held || self->suspected;
  kill (self->proof.pid, self->held ? SIGSTOP : SIGCONT);
  self->throttle_timer = g_timeout_add (self->held ? PERIOD_MS - running_ms : running_ms, turn_cb, self);
  return G_SOURCE_REMOVE;
}

static void
end (TnInstance *self)
{
  if (self->throttle_timer == 0)
    return;
  g_clear_handle_id (&self->throttle_timer, g_source_remove);
  if (self->held)
    kill (self->proof.pid, SIGCONT);
  self->held = FALSE;
  tn_warden_release (self->runtime->warden, self->proof.pid);
}

static void
follow (TnInstance *self)
{
  if (tn_instance_get_run_share (self) >= 1 || self->state != TN_STATE_RUNNING || self->view == NULL)
    end (self);
  else if (self->throttle_timer == 0)
    {
      tn_warden_hold (self->runtime->warden, self->proof.pid);
      turn_cb (self);
    }
}

void
tn_instance_throttle (TnInstance *self, double share)
{
  self->share = share;
  follow (self);
}

void
tn_instance_suspect (TnInstance *self, gboolean suspected)
{
  self->suspected = suspected;
  follow (self);
}
