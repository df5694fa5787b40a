/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-lifecycle.h"

#include <glib/gi18n-lib.h>

#define TO(state) (1u << (state))

static const struct
{
  const char *name;
  guint next;
} states[] = {
  [TN_STATE_STOPPED] = { "stopped", TO (TN_STATE_PROVING) | TO (TN_STATE_TROUBLED) },
  [TN_STATE_PROVING] = { "proving", TO (TN_STATE_LOADING) | TO (TN_STATE_TROUBLED) | TO (TN_STATE_STOPPED) },
  [TN_STATE_LOADING] = { "loading", TO (TN_STATE_RUNNING) | TO (TN_STATE_TROUBLED) | TO (TN_STATE_STOPPED) },
  [TN_STATE_RUNNING] = { "running", TO (TN_STATE_TROUBLED) | TO (TN_STATE_STOPPED) },
  [TN_STATE_TROUBLED] = { "troubled", TO (TN_STATE_STOPPED) },
};

static const struct
{
  const char *sentence, *remedy;
} troubles[] = {
  [TN_TROUBLE_NONE] = { "", "" },
  [TN_TROUBLE_MISSING] = { N_("The files of this app are gone."), N_("Look Again") },
  [TN_TROUBLE_BROKEN] = { N_("This app’s manifest has faults."), N_("Read Again") },
  [TN_TROUBLE_LEVEL] = { N_("This app wants to run with fewer limits than before, which was not allowed."),
                         N_("Ask Again") },
  [TN_TROUBLE_UNPROVED] = { N_("This app was not started: its process could not be shown to be locked in."),
                            N_("Try Again") },
  [TN_TROUBLE_TIMEOUT] = { N_("This app did not start within 5 seconds."), N_("Try Again") },
  [TN_TROUBLE_CRASHED] = { N_("This app has ended unexpectedly."), N_("Start Again") },
  [TN_TROUBLE_MEMORY] = { N_("This app was stopped because it used more memory than it may."), N_("Start Again") },
};

gboolean
tn_lifecycle_allows (TnInstanceState from, TnInstanceState to)
{
  g_return_val_if_fail (from < G_N_ELEMENTS (states) && to < G_N_ELEMENTS (states), FALSE);

  return (states[from].next & TO (to)) != 0;
}

const char *
tn_lifecycle_state_name (TnInstanceState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), "");

  return states[state].name;
}

const char *
tn_lifecycle_sentence (TnTrouble trouble)
{
  g_return_val_if_fail (trouble < G_N_ELEMENTS (troubles), "");

  return trouble == TN_TROUBLE_NONE ? "" : _(troubles[trouble].sentence);
}

const char *
tn_lifecycle_remedy (TnTrouble trouble)
{
  g_return_val_if_fail (trouble < G_N_ELEMENTS (troubles), "");

  return trouble == TN_TROUBLE_NONE ? "" : _(troubles[trouble].remedy);
}
