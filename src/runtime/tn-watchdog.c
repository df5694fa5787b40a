/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-watchdog.h"

#define TICK_MS 200
#define HUNG_MS 2000
#define STOP_MS 12000
#define BUSY_CPU 30 /* percent of one core, from which on it is asked every second */
#define NOW_AND_THEN 20 /* seconds */

static void
answered_cb (JsonNode *value, const char *message, gpointer user_data)
{
  TnInstance *self = user_data;

  tn_watchdog_end (self);
  if (self->state == TN_STATE_HUNG)
    tn_instance_set_state (self, TN_STATE_RUNNING);
}

/* Turns of the main loop are counted, not time: while the host is busy none comes. */
static gint64
waited_ms (TnInstance *self)
{
  gint64 late_ms = (tn_process_get_late (self->proof.pid) - self->ping_late_us) / 1000;

  return self->ping_ticks * TICK_MS * tn_instance_get_run_share (self) - late_ms;
}

static gboolean
tick_cb (gpointer user_data)
{
  TnInstance *self = user_data;
  TnProcessSample sample;
  gint64 waited;

  if (tn_instance_is_inspected (self) || !tn_process_sample (self->proof.pid, &sample) || sample.traced)
    return G_SOURCE_CONTINUE;
  self->ping_ticks++;
  waited = waited_ms (self);
  if (waited >= STOP_MS)
    {
      self->ping_timer = 0;
      tn_instance_fail (self, TN_TROUBLE_HUNG, NULL);
      return G_SOURCE_REMOVE;
    }
  if (waited >= HUNG_MS && self->state == TN_STATE_RUNNING)
    tn_instance_set_state (self, TN_STATE_HUNG);
  return G_SOURCE_CONTINUE;
}

void
tn_watchdog_look (TnInstance *self, const TnProcessSample *sample, double cpu)
{
  gboolean suspicious = cpu > BUSY_CPU || (sample->stopped && !self->held);

  if (self->state != TN_STATE_RUNNING || self->resting != TN_STATE_STOPPED || self->ping_timer != 0
      || (!suspicious && ++self->unasked_s < NOW_AND_THEN))
    return;
  self->unasked_s = 0;
  self->ping_ticks = 0;
  self->ping_late_us = tn_process_get_late (self->proof.pid);
  self->ping_timer = g_timeout_add (TICK_MS, tick_cb, self);
  tn_bridge_probe (self->bridge, self->view, TN_BRIDGE_PING, answered_cb, self);
}

void
tn_watchdog_end (TnInstance *self)
{
  g_clear_handle_id (&self->ping_timer, g_source_remove);
}
