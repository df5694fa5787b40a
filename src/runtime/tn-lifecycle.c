/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-lifecycle.h"

#include <glib/gi18n-lib.h>

#define TO(state) (1u << (state))
#define ENDS (TO (TN_STATE_TROUBLED) | TO (TN_STATE_STOPPED))

static const struct
{
  const char *name;
  guint next;
  TnLife is;
  const char *sentence, *remedy;
} states[] = {
  [TN_STATE_STOPPED] = { "stopped", TO (TN_STATE_PROVING) | TO (TN_STATE_TROUBLED), 0, "", "" },
  [TN_STATE_PROVING] = { "proving", TO (TN_STATE_LOADING) | ENDS, 0, "", "" },
  [TN_STATE_LOADING] = { "loading", TO (TN_STATE_RUNNING) | ENDS, TN_LIFE_HEARS, "", "" },
  [TN_STATE_RUNNING]
  = { "running",
      TO (TN_STATE_LOADING) | TO (TN_STATE_HUNG) | TO (TN_STATE_PAUSED) | TO (TN_STATE_SUSPENDED) | TO (TN_STATE_DISCARDED) | ENDS,
      TN_LIFE_HEARS | TN_LIFE_TOLD, "", "" },
  [TN_STATE_HUNG] = { "hung", TO (TN_STATE_RUNNING) | ENDS, TN_LIFE_TOLD | TN_LIFE_COVERED,
                      N_("This app does not answer."), N_("Stop It") },
  [TN_STATE_PAUSED] = { "paused", TO (TN_STATE_RUNNING) | ENDS, TN_LIFE_FROZEN | TN_LIFE_TOLD | TN_LIFE_COVERED,
                        N_("You paused this app."), N_("Go On") },
  [TN_STATE_SUSPENDED]
  = { "suspended", TO (TN_STATE_RUNNING) | TO (TN_STATE_PAUSED) | TO (TN_STATE_DISCARDED) | ENDS,
      TN_LIFE_FROZEN | TN_LIFE_TOLD | TN_LIFE_COVERED, "", N_("Go On") },
  [TN_STATE_DISCARDED]
  = { "discarded", TO (TN_STATE_PROVING) | ENDS, TN_LIFE_TOLD | TN_LIFE_COVERED, "", N_("Start Again") },
  [TN_STATE_TROUBLED] = { "troubled", TO (TN_STATE_STOPPED), TN_LIFE_TOLD | TN_LIFE_COVERED, "", "" },
};

/* "" as remedy: the state's. */
static const struct
{
  const char *name, *sentence, *remedy;
} troubles[] = {
  [TN_TROUBLE_NONE] = { "", "", "" },
  [TN_TROUBLE_MISSING] = { "missing", N_("The files of this app are gone."), N_("Look Again") },
  [TN_TROUBLE_BROKEN] = { "broken", N_("This app’s manifest has faults."), N_("Read Again") },
  [TN_TROUBLE_LEVEL]
  = { "level", N_("This app wants to run with fewer limits than before, which was not allowed."), N_("Ask Again") },
  [TN_TROUBLE_UNPROVED]
  = { "unproved", N_("This app was not started: its process could not be shown to be locked in."), N_("Try Again") },
  [TN_TROUBLE_TIMEOUT] = { "timeout", N_("This app did not start in time."), N_("Try Again") },
  [TN_TROUBLE_CRASHED] = { "crashed", N_("This app has ended unexpectedly."), N_("Start Again") },
  [TN_TROUBLE_MEMORY]
  = { "memory", N_("This app was stopped because it used more memory than it may."), N_("Start Again") },
  [TN_TROUBLE_STORAGE]
  = { "storage", N_("This app was stopped because it stored more than it may."), N_("Start Again") },
  [TN_TROUBLE_HUNG] = { "hung", N_("This app was stopped because it did not answer."), N_("Start Again") },
  [TN_TROUBLE_SHARED]
  = { "shared", N_("This app was stopped because it filled memory that all apps share."), N_("Start Again") },
  [TN_TROUBLE_ENDED] = { "ended", N_("You stopped this app."), N_("Start Again") },
  [TN_TROUBLE_CPU]
  = { "cpu", N_("This app was stopped because it kept the processor busier than it may."), N_("Start Again") },
  [TN_TROUBLE_SEALED] = { "sealed", N_("The data of this app are encrypted and can’t be opened."), N_("Try Again") },
  [TN_TROUBLE_BUSY]
  = { "busy", N_("This app rests because it kept the processor busier than it may."), "" },
  [TN_TROUBLE_CEILING]
  = { "ceiling", N_("This app was put aside: all apps together use more than they may."), "" },
  [TN_TROUBLE_TRAFFIC]
  = { "traffic", N_("This app was stopped because it kept on calling for more than it may."), N_("Start Again") },
  [TN_TROUBLE_PUSHY]
  = { "pushy", N_("This app rests because it kept on calling for more than it may."), "" },
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

gboolean
tn_lifecycle_is (TnInstanceState state, TnLife life)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), FALSE);

  return (states[state].is & life) != 0;
}

const char *
tn_lifecycle_trouble_name (TnTrouble trouble)
{
  g_return_val_if_fail (trouble < G_N_ELEMENTS (troubles), "");

  return troubles[trouble].name;
}

/* Translating "" gives the head of the catalogue. */
static const char *
translate (const char *text)
{
  return *text != '\0' ? _(text) : "";
}

const char *
tn_lifecycle_sentence (TnInstanceState state, TnTrouble trouble)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states) && trouble < G_N_ELEMENTS (troubles), "");

  return translate (trouble != TN_TROUBLE_NONE ? troubles[trouble].sentence : states[state].sentence);
}

const char *
tn_lifecycle_remedy (TnInstanceState state, TnTrouble trouble)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states) && trouble < G_N_ELEMENTS (troubles), "");

  return translate (*troubles[trouble].remedy != '\0' ? troubles[trouble].remedy : states[state].remedy);
}
