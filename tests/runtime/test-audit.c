/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"

#include <signal.h>

/* What happens to tiles, and what their pages try, is in the audit. */

static const StageApp apps[] = {
  { "com.example.good", "", "nexus.register({});" },
  { "com.example.csp", "",
    "for (let i = 0; i < 3; i++) { const e = document.createElement('img'); e.src = 'https://evil.example/x?' + i;"
    " document.body.append(e); }"
    "window.addEventListener('securitypolicyviolation', e => e.stopImmediatePropagation(), true);"
    "nexus.register({});" },
  { "com.example.forger", "",
    "for (let i = 0; i < 3; i++) window.dispatchEvent(new SecurityPolicyViolationEvent('securitypolicyviolation',"
    " {blockedURI: 'forged', effectiveDirective: 'forged'}));"
    "nexus.storage.set('hidden', window.webkit?.messageHandlers?.nexusReports === undefined); nexus.register({});" },
  { "com.example.refused", "",
    "for (let i = 0; i < 300; i++) nexus.emit('test.said', i).catch(() => {});"
    "nexus.emit('test.said', 1).catch(() => nexus.storage.set('refused', true)); nexus.register({});" },
};

static void
set_up (StageFixture *fixture, gconstpointer data)
{
  stage_set_up (fixture, apps, G_N_ELEMENTS (apps));
}

static TnInstance *
run (StageFixture *fixture, const char *id)
{
  TnInstance *instance = stage_place (fixture->stage, id);

  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
  return instance;
}

static void
test_proved_and_crashed (StageFixture *fixture, gconstpointer data)
{
  TnInstance *instance = run (fixture, "com.example.good");
  const char *key = tn_app_get_key (tn_instance_get_app (instance));
  g_autofree char *pid = g_strdup_printf ("pid %d", tn_instance_get_pid (instance));

  stage_wait_rows (fixture->stage, (TnAuditFilter){ .app_key = key, .kind = "process.proved", .text = pid }, 1);
  kill (tn_instance_get_pid (instance), SIGKILL);
  g_assert_true (stage_wait_state (instance, TN_STATE_TROUBLED, 20));
  stage_wait_rows (fixture->stage, (TnAuditFilter){ .app_key = key, .kind = "process.crashed" }, 1);
}

/* A page can't keep it from being told. */
static void
test_violation (StageFixture *fixture, gconstpointer data)
{
  run (fixture, "com.example.csp");
  stage_wait_rows (fixture->stage, (TnAuditFilter){ .kind = "csp.violation", .text = "img-src" }, 3);
  stage_wait_rows (fixture->stage, (TnAuditFilter){ .text = "https://evil.example/x?2" }, 1);
}

/* Nor tell of what was not. */
static void
test_forged (StageFixture *fixture, gconstpointer data)
{
  TnInstance *instance = run (fixture, "com.example.forger");
  g_autofree char *hidden = stage_wait_value (fixture->stage, tn_instance_get_tile_id (instance), "hidden", 10);

  g_assert_cmpstr (hidden, ==, "true");
  stage_wait_rows (fixture->stage, (TnAuditFilter){ .kind = "process.proved" }, 1);
  g_assert_cmpint (stage_wait_rows (fixture->stage, (TnAuditFilter){ .kind = "csp" }, 0), ==, 0);
}

static void
test_refused (StageFixture *fixture, gconstpointer data)
{
  TnInstance *instance = run (fixture, "com.example.refused");
  g_autofree char *refused = stage_wait_value (fixture->stage, tn_instance_get_tile_id (instance), "refused", 10);

  g_assert_cmpstr (refused, ==, "true");
  g_assert_cmpint (stage_wait_rows (fixture->stage, (TnAuditFilter){ .kind = "call.refused", .text = "test.said" }, 1), ==, 1);
}

int
main (int argc, char *argv[])
{
  gtk_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/runtime/audit/proved-and-crashed", StageFixture, NULL, set_up, test_proved_and_crashed, stage_tear_down);
  g_test_add ("/runtime/audit/violation", StageFixture, NULL, set_up, test_violation, stage_tear_down);
  g_test_add ("/runtime/audit/forged", StageFixture, NULL, set_up, test_forged, stage_tear_down);
  g_test_add ("/runtime/audit/refused", StageFixture, NULL, set_up, test_refused, stage_tear_down);
  return g_test_run ();
}
