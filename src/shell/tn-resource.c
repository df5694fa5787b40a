/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-resource.h"

#include <glib/gi18n-lib.h>

#define NOW_S 3 /* so that a number can be read before it is another one */

struct _TnResource
{
  GObject parent;

  TnInstance *instance;
  char *title;
  TnUsage usage;
};

G_DEFINE_FINAL_TYPE (TnResource, tn_resource, G_TYPE_OBJECT)

static guint changed_signal;

static void
tn_resource_finalize (GObject *object)
{
  TnResource *self = TN_RESOURCE (object);

  g_clear_object (&self->instance);
  g_free (self->title);

  G_OBJECT_CLASS (tn_resource_parent_class)->finalize (object);
}

static void
tn_resource_class_init (TnResourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tn_resource_finalize;
  changed_signal
    = g_signal_new ("changed", TN_TYPE_RESOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tn_resource_init (TnResource *self)
{
  self->title = g_strdup ("");
}

TnResource *
tn_resource_new (TnInstance *instance)
{
  TnResource *self = g_object_new (TN_TYPE_RESOURCE, NULL);

  self->instance = g_object_ref (instance);
  return self;
}

void
tn_resource_update (TnResource *self, const char *title)
{
  TnHistory *history = tn_instance_get_history (self->instance);
  TnUsage minute = tn_history_sum (history, TN_SPAN_SECOND, 60), now;

  g_return_if_fail (TN_IS_RESOURCE (self));

  now = tn_history_sum (history, TN_SPAN_SECOND, NOW_S);
  self->usage = minute;
  self->usage.memory_kib = now.memory_kib;
  self->usage.cpu = now.cpu;
  if (g_strcmp0 (title, self->title) != 0)
    {
      g_free (self->title);
      self->title = g_strdup (title);
    }
  g_signal_emit (self, changed_signal, 0);
}

TnInstance *
tn_resource_get_instance (TnResource *self)
{
  g_return_val_if_fail (TN_IS_RESOURCE (self), NULL);

  return self->instance;
}

const char *
tn_resource_get_title (TnResource *self)
{
  g_return_val_if_fail (TN_IS_RESOURCE (self), NULL);

  return self->title;
}

const TnUsage *
tn_resource_get_usage (TnResource *self)
{
  g_return_val_if_fail (TN_IS_RESOURCE (self), NULL);

  return &self->usage;
}

const char *
tn_resource_describe (TnResource *self)
{
  static const char *const states[] = {
    [TN_STATE_STOPPED] = N_("Not running"), [TN_STATE_PROVING] = N_("Starting"),
    [TN_STATE_LOADING] = N_("Starting"),    [TN_STATE_RUNNING] = N_("Running"),
    [TN_STATE_HUNG] = N_("Does not answer"), [TN_STATE_PAUSED] = N_("Paused"),
    [TN_STATE_SUSPENDED] = N_("Resting"),   [TN_STATE_DISCARDED] = N_("Put aside"),
    [TN_STATE_TROUBLED] = N_("Stopped"),
  };
  TnInstanceState state = tn_instance_get_state (self->instance);

  if (state == TN_STATE_RUNNING && tn_instance_get_share (self->instance) < 1)
    return _("Slowed down");
  return _(states[state]);
}
