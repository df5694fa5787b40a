/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-safety-words.h"

#include <glib/gi18n-lib.h>

#include "tn-clock.h"
#include "tn-graph.h"
#include "tn-words.h"

#define KIB_PER_MIB 1024

static const char *
describe_absence (const TnSafety *safety)
{
  if (safety->trouble == TN_TROUBLE_UNPROVED)
    return _("No process of its own that is locked in was found, so the app was not loaded.");
  return safety->proof.pid != 0 ? _("It is not running. Its last process was looked at before the app was loaded.")
                                : _("It is not running, so there is nothing to look at yet.");
}

static char *
describe_process (const TnSafety *safety)
{
  g_autofree char *fault = safety->proof.pid != 0 ? tn_proof_describe_fault (&safety->proof) : NULL;

  if (fault != NULL)
    return tn_word_fill (_("It was not let in: %s."), fault);
  return g_strdup (safety->running ? _("It sees no other program, none of your files and no network. This was read from the "
                                       "system just now, not asked of the app.")
                                   : describe_absence (safety));
}

static TnWallStanding
judge_process (const TnSafety *safety)
{
  if (safety->trouble == TN_TROUBLE_UNPROVED)
    return TN_WALL_BROKEN;
  if (!safety->running)
    return TN_WALL_UNKNOWN;
  return safety->proof.ok ? TN_WALL_HOLDS : TN_WALL_BROKEN;
}

static char *
describe_network (const TnSafety *safety)
{
  if (safety->canary == TN_CANARY_GOT_OUT)
    return g_strdup (_("A page of ours reached the network, so no app is run."));
  if (safety->canary == TN_CANARY_UNKNOWN)
    return g_strdup (_("A page of ours tries to get out a few seconds after the start; it has not yet."));
  return g_strdup (*safety->domains != NULL
                     ? _("A page of ours tried to get out and could not. Only this program calls out for the app, and only "
                         "to the places that it named.")
                     : _("A page of ours tried to get out and could not. Nothing leaves this app."));
}

static TnWallStanding
judge_network (const TnSafety *safety)
{
  return safety->canary == TN_CANARY_KEPT_IN  ? TN_WALL_HOLDS
         : safety->canary == TN_CANARY_GOT_OUT ? TN_WALL_BROKEN
                                               : TN_WALL_UNKNOWN;
}

static TnWallStanding
judge_running (const TnSafety *safety)
{
  return safety->running ? TN_WALL_HOLDS : TN_WALL_UNKNOWN;
}

static char *
describe_bridge (const TnSafety *safety)
{
  return g_strdup (safety->running ? _("Whatever it wants is a message to this program, which is counted, measured and "
                                       "checked. There is no other way out of its page.")
                                   : _("It is not running, so it asks for nothing."));
}

static TnWallStanding
judge_policy (const TnSafety *safety)
{
  return TN_WALL_HOLDS;
}

static char *
describe_policy (const TnSafety *safety)
{
  if (safety->allowed + safety->to_ask + safety->denied == 0)
    return g_strdup (_("It asks for nothing beyond its own page."));
  /* Translators: numbers of permissions */
  return g_strdup_printf (_("%u allowed, %u to be asked first, %u refused. What it did not name is refused unasked."),
                          safety->allowed, safety->to_ask, safety->denied);
}

static char *
describe_budget (const TnSafety *safety)
{
  g_autofree char *memory = tn_graph_format (TN_USAGE_MEMORY, safety->usage.memory_kib);
  g_autofree char *cpu = tn_graph_format (TN_USAGE_CPU, safety->usage.cpu);

  if (!safety->running)
    return g_strdup (_("It is not running and uses nothing."));
  if (safety->held)
    return g_strdup (_("It is held still, and uses no processor time."));
  /* Translators: such as “45 MiB” and “3 %” */
  return g_strdup_printf (_("It uses %s of memory and %s of the processor. Past its share it is slowed down, then stopped."),
                          memory, cpu);
}

static const struct
{
  const char *title, *id; /* the second one for reports */
  TnWallStanding (*judge) (const TnSafety *safety);
  char *(*describe) (const TnSafety *safety);
} walls[TN_N_WALLS] = {
  [TN_WALL_PROCESS] = { N_("It Runs Alone"), N_("Process"), judge_process, describe_process },
  [TN_WALL_NETWORK] = { N_("It Can’t Call Out by Itself"), N_("Network"), judge_network, describe_network },
  [TN_WALL_BRIDGE] = { N_("It Can Only Ask"), N_("Bridge"), judge_running, describe_bridge },
  [TN_WALL_POLICY] = { N_("It May Do Only What You Allow"), N_("Policy"), judge_policy, describe_policy },
  [TN_WALL_BUDGET] = { N_("It Has a Fixed Share of This Computer"), N_("Budget"), judge_running, describe_budget },
};

static char *
yes_or_no (gboolean yes)
{
  return g_strdup (yes ? _("Yes") : _("No"));
}

static char *
number (guint64 n)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, n);
}

static char *
pid (const TnSafety *safety)
{
  return safety->running ? number (safety->proof.pid) : g_strdup (_("None"));
}

/* Of a process that never was there is nothing to say. */
#define PART(name, value)                                                                                              \
  static char *name (const TnSafety *safety)                                                                           \
  {                                                                                                                    \
    return safety->proof.pid != 0 ? (value) : g_strdup ("–");                                                          \
  }
PART (sees_others, yes_or_no (!safety->proof.pid_ns))
PART (sees_files, yes_or_no (!safety->proof.mnt_ns))
PART (has_network, yes_or_no (!safety->proof.net_ns))
PART (gains, yes_or_no (!safety->proof.no_new_privs))
PART (system_calls, safety->proof.seccomp == 2 ? g_strdup_printf (_("Filtered (seccomp mode %d)"), safety->proof.seccomp)
                                               : g_strdup (_("Not filtered")))
PART (locked_by, g_strdup (safety->by_portal ? _("Flatpak portal") : _("bubblewrap")))

static char *
proved (const TnSafety *safety)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (safety->proved_us / G_USEC_PER_SEC);
  g_autofree char *time = NULL;

  if (safety->proved == 0 || at == NULL)
    return g_strdup (_("None yet"));
  time = g_date_time_format (at, "%X");
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u, at %s", "%u, the last at %s", safety->proved),
                          safety->proved, time);
}

static char *
attempt (const TnSafety *safety)
{
  static const char *const words[] = {
    [TN_CANARY_UNKNOWN] = N_("Not yet"),
    [TN_CANARY_KEPT_IN] = N_("Kept in"),
    [TN_CANARY_GOT_OUT] = N_("Got out"),
  };

  return g_strdup (_(words[safety->canary]));
}

static char *
places (const TnSafety *safety)
{
  return *safety->domains != NULL ? g_strjoinv (", ", safety->domains) : g_strdup (_("Nowhere"));
}

static char *
requests (const TnSafety *safety)
{
  if (safety->calls.failures == 0)
    return number (safety->calls.calls);
  /* Translators: requests over the network, such as “12, 3 of them failed” */
  return g_strdup_printf (_("%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT " of them failed"), safety->calls.calls,
                          safety->calls.failures);
}

static char *
traffic (const TnSafety *safety)
{
  g_autofree char *sent = g_format_size_full (safety->calls.bytes_sent, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *received = g_format_size_full (safety->calls.bytes_received, G_FORMAT_SIZE_IEC_UNITS);

  /* Translators: sizes, such as “2 KiB and 3 MiB” */
  return g_strdup_printf (_("%s and %s"), sent, received);
}

static char *
blocked (const TnSafety *safety)
{
  return number (safety->csp_blocked);
}

static char *
rules (const TnSafety *safety)
{
  return g_strdup (safety->csp);
}

static char *
messages (const TnSafety *safety)
{
  return number (safety->messages);
}

static char *
messages_refused (const TnSafety *safety)
{
  return number (safety->messages_refused);
}

static char *
largest (const TnSafety *safety)
{
  g_autofree char *size = g_format_size_full (safety->message_bytes, G_FORMAT_SIZE_IEC_UNITS);

  /* Translators: a size and a depth, such as “1 MiB, 64 levels deep” */
  return g_strdup_printf (_("%s, %u levels deep"), size, safety->message_depth);
}

static char *
fastest (const TnSafety *safety)
{
  return g_strdup_printf (_("%u in a second"), safety->messages_per_second);
}

static char *
sandbox (const TnSafety *safety)
{
  static const char *const words[] = {
    [TN_LEVEL_STRICT] = N_("Strict"),
    [TN_LEVEL_MODERATE] = N_("Moderate"),
    [TN_LEVEL_PERMISSIVE] = N_("Permissive"),
  };

  return g_strdup (_(words[safety->level]));
}

static char *
calls_allowed (const TnSafety *safety)
{
  return number (safety->calls_allowed);
}

static char *
calls_refused (const TnSafety *safety)
{
  return number (safety->calls_refused);
}

static char *
of_limit (double value, guint limit, const char *unit)
{
  /* Translators: what is used, the limit, and a unit, such as “45 of 200 MiB” */
  return limit > 0 ? g_strdup_printf (_("%.0f of %u %s"), value, limit, unit) : g_strdup ("–");
}

static char *
memory (const TnSafety *safety)
{
  return of_limit (safety->running ? safety->usage.memory_kib / KIB_PER_MIB : 0, safety->limits.memory, _("MiB"));
}

static char *
processor (const TnSafety *safety)
{
  return of_limit (safety->running && !safety->held ? safety->usage.cpu : 0, safety->limits.cpu, "%");
}

static char *
storage (const TnSafety *safety)
{
  return of_limit (safety->usage.storage_kib / KIB_PER_MIB, safety->limits.storage, _("MiB"));
}

static char *
requests_of_late (const TnSafety *safety)
{
  return of_limit (safety->requests, safety->limits.network, _("a minute"));
}

static char *
speed (const TnSafety *safety)
{
  if (!safety->running || safety->held)
    return g_strdup (_("Held still"));
  return safety->share < 1 ? g_strdup_printf (_("%.0f %% of the time"), safety->share * 100) : g_strdup (_("Full"));
}

static const struct
{
  TnWall wall;
  const char *name;
  char *(*value) (const TnSafety *safety);
  gboolean is_long;
} facts[] = {
  { TN_WALL_PROCESS, N_("Process number"), pid },
  { TN_WALL_PROCESS, N_("Sees other programs"), sees_others },
  { TN_WALL_PROCESS, N_("Sees your files"), sees_files },
  { TN_WALL_PROCESS, N_("Has a network connection"), has_network },
  { TN_WALL_PROCESS, N_("Can gain privileges"), gains },
  { TN_WALL_PROCESS, N_("System calls"), system_calls },
  { TN_WALL_PROCESS, N_("Locked in by"), locked_by },
  { TN_WALL_PROCESS, N_("Processes proved"), proved },
  { TN_WALL_NETWORK, N_("Our own attempt to get out"), attempt },
  { TN_WALL_NETWORK, N_("May be called for it"), places, TRUE },
  { TN_WALL_NETWORK, N_("Requests so far"), requests },
  { TN_WALL_NETWORK, N_("Sent and received"), traffic },
  { TN_WALL_NETWORK, N_("Stopped by its page’s rules"), blocked },
  { TN_WALL_NETWORK, N_("The rules (content security policy)"), rules, TRUE },
  { TN_WALL_BRIDGE, N_("Messages so far"), messages },
  { TN_WALL_BRIDGE, N_("Refused of those"), messages_refused },
  { TN_WALL_BRIDGE, N_("Largest that is taken"), largest },
  { TN_WALL_BRIDGE, N_("Most that are taken"), fastest },
  { TN_WALL_POLICY, N_("Sandbox"), sandbox },
  { TN_WALL_POLICY, N_("Calls let through so far"), calls_allowed },
  { TN_WALL_POLICY, N_("Calls turned away so far"), calls_refused },
  { TN_WALL_BUDGET, N_("Memory"), memory },
  { TN_WALL_BUDGET, N_("Processor"), processor },
  { TN_WALL_BUDGET, N_("Storage"), storage },
  { TN_WALL_BUDGET, N_("Requests"), requests_of_late },
  { TN_WALL_BUDGET, N_("Speed"), speed },
};

const char *
tn_wall_get_title (TnWall wall)
{
  return _(walls[wall].title);
}

TnWallStanding
tn_wall_judge (TnWall wall, const TnSafety *safety)
{
  return walls[wall].judge (safety);
}

char *
tn_wall_describe (TnWall wall, const TnSafety *safety)
{
  return walls[wall].describe (safety);
}

TnWallStanding
tn_safety_judge (const TnSafety *safety)
{
  TnWallStanding worst = TN_WALL_HOLDS;

  for (guint i = 0; i < TN_N_WALLS; i++)
    worst = MAX (worst, tn_wall_judge (i, safety));
  return worst;
}

const char *
tn_safety_headline (const TnSafety *safety)
{
  TnWallStanding standing = tn_safety_judge (safety);

  if (standing == TN_WALL_BROKEN)
    return _("Not Locked In, So Not Run");
  if (!safety->running)
    return _("Not Running");
  return standing == TN_WALL_HOLDS ? _("Locked In") : _("Locked In, as Far as Measured");
}

const char *
tn_safety_fact (guint i, TnWall *wall)
{
  if (i >= G_N_ELEMENTS (facts))
    return NULL;
  *wall = facts[i].wall;
  return _(facts[i].name);
}

char *
tn_safety_fact_value (guint i, const TnSafety *safety)
{
  g_return_val_if_fail (i < G_N_ELEMENTS (facts), NULL);

  return facts[i].value (safety);
}

gboolean
tn_safety_fact_is_long (guint i)
{
  g_return_val_if_fail (i < G_N_ELEMENTS (facts), FALSE);

  return facts[i].is_long;
}

static void
report_wall (GString *report, TnWall wall, const TnSafety *safety)
{
  static const char *const marks[] = { [TN_WALL_HOLDS] = "+", [TN_WALL_UNKNOWN] = "?", [TN_WALL_BROKEN] = "!" };
  g_autofree char *text = tn_wall_describe (wall, safety);

  g_string_append_printf (report, "\n[%s] %s: %s\n    %s\n", marks[tn_wall_judge (wall, safety)], _(walls[wall].id),
                          _(walls[wall].title), text);
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    if (facts[i].wall == wall)
      {
        g_autofree char *value = facts[i].value (safety);

        g_string_append_printf (report, "    %s: %s\n", _(facts[i].name), value);
      }
}

char *
tn_safety_report (const TnSafety *safety)
{
  GString *report = g_string_new (NULL);
  g_autofree char *now = tn_clock_format (tn_clock_wall_us ());
  TnManifest *manifest = safety->app != NULL ? tn_app_get_manifest (safety->app) : NULL;

  if (safety->app != NULL)
    g_string_append_printf (report, "%s (%s %s)\n", tn_app_get_name (safety->app), tn_app_get_id (safety->app),
                            manifest != NULL ? tn_manifest_get_version (manifest) : "");
  g_string_append_printf (report, "%s\n", tn_safety_headline (safety));
  /* Translators: a version, a tile’s id and a time */
  g_string_append_printf (report, _("Measured by Token Nexus Canvas %s, widget %s, %s\n"), APP_VERSION, safety->tile_id, now);
  for (guint i = 0; i < TN_N_WALLS; i++)
    report_wall (report, i, safety);
  return g_string_free (report, FALSE);
}
