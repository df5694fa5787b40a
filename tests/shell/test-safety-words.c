/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-safety-words.h"

#include <string.h>

/* What is said of a tile's walls, for what may be measured of them. */

static char *no_domains[] = { NULL };
static char *two_domains[] = { (char *) "api.example.com", (char *) "*.example.org", NULL };

static TnSafety
make (void)
{
  return (TnSafety){ .tile_id = (char *) "t1",
                     .running = TRUE,
                     .proof = { 4711, TRUE, TRUE, TRUE, TRUE, 2, TRUE, TRUE },
                     .proved = 1,
                     .proved_us = G_GINT64_CONSTANT (1700000000000000),
                     .canary = TN_CANARY_KEPT_IN,
                     .csp = (char *) "default-src 'none'",
                     .domains = no_domains,
                     .level = TN_LEVEL_MODERATE,
                     .message_bytes = 1024 * 1024,
                     .message_depth = 64,
                     .messages_per_second = 1000,
                     .usage = { .memory_kib = 45 * 1024, .cpu = 3, .storage_kib = 2048 },
                     .requests = 7,
                     .limits = { 200, 50, 50, 100, 200, 50 },
                     .share = 1 };
}

static void
assert_value (const TnSafety *safety, const char *name, const char *expected)
{
  TnWall wall;
  const char *found;

  for (guint i = 0; (found = tn_safety_fact (i, &wall)) != NULL; i++)
    if (g_str_equal (found, name))
      {
        g_autofree char *value = tn_safety_fact_value (i, safety);

        g_assert_cmpstr (value, ==, expected);
        return;
      }
  g_test_message ("There is no “%s”", name);
  g_test_fail ();
}

static void
assert_says (const TnSafety *safety, TnWall wall, TnWallStanding standing, const char *part)
{
  g_autofree char *text = tn_wall_describe (wall, safety);

  g_assert_cmpint (tn_wall_judge (wall, safety), ==, standing);
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, part));
}

static void
test_holds (void)
{
  TnSafety safety = make ();

  for (guint i = 0; i < TN_N_WALLS; i++)
    g_assert_cmpint (tn_wall_judge (i, &safety), ==, TN_WALL_HOLDS);
  g_assert_cmpint (tn_safety_judge (&safety), ==, TN_WALL_HOLDS);
  g_assert_cmpstr (tn_safety_headline (&safety), ==, "Locked In");
  assert_value (&safety, "Process number", "4711");
  assert_value (&safety, "Sees other programs", "No");
  assert_value (&safety, "System calls", "Filtered (seccomp mode 2)");
  assert_value (&safety, "Locked in by", "bubblewrap");
  assert_value (&safety, "Our own attempt to get out", "Kept in");
  assert_value (&safety, "May be called for it", "Nowhere");
  assert_value (&safety, "Largest that is taken", "1.0\302\240MiB, 64 levels deep");
  assert_value (&safety, "Most that are taken", "1000 in a second");
  assert_value (&safety, "Sandbox", "Moderate");
  assert_value (&safety, "Memory", "45 of 200 MiB");
  assert_value (&safety, "Processor", "3 of 50 %");
  assert_value (&safety, "Storage", "2 of 50 MiB");
  assert_value (&safety, "Requests", "7 of 100 a minute");
  assert_value (&safety, "Speed", "Full");
  assert_says (&safety, TN_WALL_POLICY, TN_WALL_HOLDS, "asks for nothing");
}

/* Each part of the proof by itself. */
static void
test_process_open (void)
{
  static const struct
  {
    gsize part;
    const char *name, *fault;
  } parts[] = {
    { G_STRUCT_OFFSET (TnProof, pid_ns), "Sees other programs", "can see other processes" },
    { G_STRUCT_OFFSET (TnProof, mnt_ns), "Sees your files", "can see your files" },
    { G_STRUCT_OFFSET (TnProof, net_ns), "Has a network connection", "can reach the network" },
    { G_STRUCT_OFFSET (TnProof, no_new_privs), "Can gain privileges", "could gain privileges" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      TnSafety safety = make ();

      G_STRUCT_MEMBER (gboolean, &safety.proof, parts[i].part) = FALSE;
      safety.proof.ok = FALSE;
      assert_says (&safety, TN_WALL_PROCESS, TN_WALL_BROKEN, parts[i].fault);
      assert_value (&safety, parts[i].name, "Yes");
      g_assert_cmpint (tn_safety_judge (&safety), ==, TN_WALL_BROKEN);
      g_assert_cmpstr (tn_safety_headline (&safety), ==, "Not Locked In, So Not Run");
    }
}

static void
test_unproved (void)
{
  TnSafety safety = make ();

  safety.running = FALSE;
  safety.trouble = TN_TROUBLE_UNPROVED;
  safety.proved = 0;
  safety.proof = (TnProof){ .pid = 4711, .process = TRUE };
  assert_says (&safety, TN_WALL_PROCESS, TN_WALL_BROKEN, "can reach the network");
  assert_value (&safety, "System calls", "Not filtered");
  assert_value (&safety, "Process number", "None");
  assert_value (&safety, "Processes proved", "None yet");
  assert_says (&safety, TN_WALL_BRIDGE, TN_WALL_UNKNOWN, "not running");
  safety.proof = (TnProof){ 0 };
  assert_says (&safety, TN_WALL_PROCESS, TN_WALL_BROKEN, "No process of its own that is locked in was found");
  assert_value (&safety, "System calls", "–");
  g_assert_cmpstr (tn_safety_headline (&safety), ==, "Not Locked In, So Not Run");
}

static void
test_not_running (void)
{
  TnSafety safety = make ();

  safety.running = FALSE;
  assert_says (&safety, TN_WALL_PROCESS, TN_WALL_UNKNOWN, "Its last process");
  assert_says (&safety, TN_WALL_BUDGET, TN_WALL_UNKNOWN, "uses nothing");
  assert_value (&safety, "Memory", "0 of 200 MiB");
  g_assert_cmpstr (tn_safety_headline (&safety), ==, "Not Running");
  safety.proof = (TnProof){ 0 };
  assert_says (&safety, TN_WALL_PROCESS, TN_WALL_UNKNOWN, "nothing to look at yet");
  assert_value (&safety, "Sees your files", "–");
  assert_value (&safety, "Locked in by", "–");
}

static void
test_held (void)
{
  TnSafety safety = make ();

  safety.held = TRUE;
  assert_says (&safety, TN_WALL_BUDGET, TN_WALL_HOLDS, "held still");
  assert_says (&safety, TN_WALL_PROCESS, TN_WALL_HOLDS, "no other program");
  assert_value (&safety, "Processor", "0 of 50 %");
  assert_value (&safety, "Speed", "Held still");
  safety.held = FALSE;
  safety.share = 0.25;
  assert_value (&safety, "Speed", "25 % of the time");
}

static void
test_network (void)
{
  TnSafety safety = make ();

  safety.domains = two_domains;
  safety.calls = (TnCallMetrics){ .calls = 12, .failures = 3, .bytes_sent = 2048, .bytes_received = 3 * 1024 * 1024 };
  safety.csp_blocked = 5;
  assert_says (&safety, TN_WALL_NETWORK, TN_WALL_HOLDS, "Only this program calls out");
  assert_value (&safety, "May be called for it", "api.example.com, *.example.org");
  assert_value (&safety, "Requests so far", "12, 3 of them failed");
  assert_value (&safety, "Sent and received", "2.0\302\240KiB and 3.0\302\240MiB");
  assert_value (&safety, "Stopped by its page’s rules", "5");
  safety.canary = TN_CANARY_UNKNOWN;
  assert_says (&safety, TN_WALL_NETWORK, TN_WALL_UNKNOWN, "has not yet");
  g_assert_cmpstr (tn_safety_headline (&safety), ==, "Locked In, as Far as Measured");
  safety.canary = TN_CANARY_GOT_OUT;
  assert_says (&safety, TN_WALL_NETWORK, TN_WALL_BROKEN, "reached the network");
  assert_value (&safety, "Our own attempt to get out", "Got out");
}

static void
test_policy (void)
{
  TnSafety safety = make ();

  safety.allowed = 2;
  safety.to_ask = 1;
  safety.denied = 3;
  safety.calls_allowed = 40;
  safety.calls_refused = 9;
  assert_says (&safety, TN_WALL_POLICY, TN_WALL_HOLDS, "2 allowed, 1 to be asked first, 3 refused");
  assert_value (&safety, "Calls let through so far", "40");
  assert_value (&safety, "Calls turned away so far", "9");
}

/* Every wall and every fact is in it, with the mark of how the wall stands. */
static void
test_report (void)
{
  TnSafety safety = make ();
  g_autofree char *report = NULL;
  const char *name;
  TnWall wall;

  safety.canary = TN_CANARY_UNKNOWN;
  report = tn_safety_report (&safety);
  g_test_message ("%s", report);
  g_assert_nonnull (strstr (report, "[+] Process: It Runs Alone\n"));
  g_assert_nonnull (strstr (report, "[?] Network: "));
  g_assert_nonnull (strstr (report, "widget t1"));
  for (guint i = 0; (name = tn_safety_fact (i, &wall)) != NULL; i++)
    {
      g_autofree char *value = tn_safety_fact_value (i, &safety);
      g_autofree char *line = g_strdup_printf ("\n    %s: %s\n", name, value);

      g_assert_nonnull (strstr (report, line));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/safety-words/holds", test_holds);
  g_test_add_func ("/safety-words/process-open", test_process_open);
  g_test_add_func ("/safety-words/unproved", test_unproved);
  g_test_add_func ("/safety-words/not-running", test_not_running);
  g_test_add_func ("/safety-words/held", test_held);
  g_test_add_func ("/safety-words/network", test_network);
  g_test_add_func ("/safety-words/policy", test_policy);
  g_test_add_func ("/safety-words/report", test_report);
  return g_test_run ();
}
