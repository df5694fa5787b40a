/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-instance-private.h"
#include "tn-json.h"

/* What of a tile's life and of its page's doings becomes a row of the audit. */

#define REPORTS "nexusReports"

static const struct
{
  const char *kind, *outcome;
} troubles[] = {
  [TN_TROUBLE_UNPROVED] = { "process.unproved", "ended" },
  [TN_TROUBLE_TIMEOUT] = { "process.late", "ended" },
  [TN_TROUBLE_CRASHED] = { "process.crashed", "ended" },
  [TN_TROUBLE_MEMORY] = { "limit.stopped", "memory" },
  [TN_TROUBLE_HUNG] = { "limit.stopped", "hung" },
  [TN_TROUBLE_STORAGE] = { "limit.stopped", "storage" },
  [TN_TROUBLE_SHARED] = { "limit.stopped", "shared memory" },
  [TN_TROUBLE_CPU] = { "limit.stopped", "processor" },
  [TN_TROUBLE_SEALED] = { "app.closed", "not started" },
  [TN_TROUBLE_TRAFFIC] = { "limit.stopped", "traffic" },
};

void
tn_instance_audit (TnInstance *self, const char *kind, const char *subject, const char *outcome, const char *detail)
{
  if (tn_instance_is_tile (self))
    tn_audit_add (self->runtime->audit, kind, self->app_key, self->tile_id, subject, outcome, detail);
}

void
tn_instance_audit_trouble (TnInstance *self, TnTrouble trouble, const char *detail)
{
  if (trouble < G_N_ELEMENTS (troubles) && troubles[trouble].kind != NULL)
    tn_instance_audit (self, troubles[trouble].kind, NULL, troubles[trouble].outcome, detail);
}

void
tn_instance_audit_proof (TnInstance *self, const TnProof *proof)
{
  g_autofree char *pid = g_strdup_printf ("pid %d", proof->pid);
  g_autofree char *detail
    = g_strdup_printf ("own pid, net and mnt namespaces, seccomp %d, no new privileges", proof->seccomp);

  if (proof->ok)
    tn_instance_audit (self, "process.proved", pid, "locked in", detail);
}

static void
log_report (TnInstance *self, JsonObject *report)
{
  g_autofree char *text
    = g_strdup_printf ("%s blocked %s", tn_json_get_string (report, "directive", ""),
                       tn_json_get_string (report, "blocked", ""));

  tn_instance_log (self, TN_LOG_CSP, text, tn_instance_shorten (tn_json_get_string (report, "source", "")),
                   MAX (0, tn_json_get_int (report, "line", 0)));
}

static void
report_cb (WebKitUserContentManager *content, JSCValue *value, TnInstance *self)
{
  g_autofree char *text = jsc_value_is_string (value) ? jsc_value_to_string (value) : NULL;
  g_autoptr (JsonObject) report = text != NULL ? tn_json_parse_object (text, -1, NULL, NULL) : NULL;

  if (report == NULL)
    return;
  self->n_csp_blocked++;
  tn_instance_audit (self, "csp.violation", tn_json_get_string (report, "blocked", NULL), "blocked",
                     tn_json_get_string (report, "directive", NULL));
  if (tn_instance_has_open (self, TN_FEATURE_CONSOLE))
    log_report (self, report);
}

void
tn_instance_follow_reports (TnInstance *self)
{
  WebKitUserContentManager *content = tn_bridge_get_content (self->bridge);

  g_signal_connect (content, "script-message-received::" REPORTS, G_CALLBACK (report_cb), self);
  webkit_user_content_manager_register_script_message_handler (content, REPORTS, TN_BRIDGE_WORLD);
}
