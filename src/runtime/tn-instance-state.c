/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-instance-private.h"
#include "tn-json.h"

/* For who develops an app: what its page holds now, and the way back to what it held before. The page of a tile that
 * rests or goes is not asked. */

static gboolean
can_ask (TnInstance *self)
{
  return tn_instance_shows_state (self) && self->state == TN_STATE_RUNNING && self->resting == TN_STATE_STOPPED
         && self->stopping == NULL && !self->reloading;
}

gboolean
tn_instance_shows_state (TnInstance *self)
{
  g_return_val_if_fail (TN_IS_INSTANCE (self), FALSE);

  return self->view != NULL && tn_instance_has_open (self, TN_FEATURE_STATE);
}

static void
read_cb (JsonNode *value, const char *message, gpointer user_data)
{
  TnInstance *self = user_data;
  g_autofree char *text = value != NULL ? tn_json_to_string (value) : g_strdup ("null");

  self->reading_state = FALSE;
  g_signal_emit_by_name (self, "state-read", text);
}

void
tn_instance_read_state (TnInstance *self)
{
  g_return_if_fail (TN_IS_INSTANCE (self));

  if (!can_ask (self) || self->reading_state)
    return;
  self->reading_state = TRUE;
  tn_bridge_ask (self->bridge, self->view, "getState", NULL, read_cb, self);
}

gboolean
tn_instance_restore_state (TnInstance *self, const char *text)
{
  g_autoptr (JsonNode) state = NULL;

  g_return_val_if_fail (TN_IS_INSTANCE (self) && text != NULL, FALSE);

  if (!can_ask (self) || (state = tn_json_parse (text, -1, NULL, NULL)) == NULL)
    return FALSE;
  tn_instance_audit (self, "develop.restored", self->app_id, "restored", NULL);
  tn_bridge_ask (self->bridge, self->view, "setState", g_steal_pointer (&state), NULL, NULL);
  return TRUE;
}
