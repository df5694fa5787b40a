/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-audit-kinds.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

static const TnAuditGroup groups[] = {
  { NULL, N_("All kinds"), "view-list-bullet-symbolic" },
  { "grant", N_("Permissions"), "dialog-password-symbolic" },
  { "call", N_("Calls"), "network-transmit-receive-symbolic" },
  { "csp", N_("Violations"), "action-unavailable-symbolic" },
  { "process", N_("Processes"), "security-high-symbolic" },
  { "limit", N_("Limits"), "power-profile-balanced-symbolic" },
  { "app", N_("Apps"), "package-x-generic-symbolic" },
  { "mode", N_("Modes"), "preferences-system-symbolic" },
  { "develop", N_("Development"), "applications-engineering-symbolic" },
  { "workspace", N_("Workspace"), "folder-symbolic" },
};

static const struct
{
  const char *kind, *title;
} titles[] = {
  { "grant.asked", N_("Permission asked for") },
  { "grant.given", N_("Permission given") },
  { "grant.refused", N_("Permission refused") },
  { "grant.taken", N_("Permission taken back") },
  { "call.refused", N_("Call refused") },
  { "call.allowed", N_("Call allowed") },
  { "csp.violation", N_("Blocked by the page’s policy") },
  { "process.proved", N_("Shown to be locked in") },
  { "process.unproved", N_("Not shown to be locked in") },
  { "process.crashed", N_("Ended unexpectedly") },
  { "process.late", N_("Did not start in time") },
  { "limit.warned", N_("Warned of a limit") },
  { "limit.throttled", N_("Slowed down at a limit") },
  { "limit.suspended", N_("Suspended at a limit") },
  { "limit.stopped", N_("Stopped at a limit") },
  { "limit.discarded", N_("Put aside for the others") },
  { "limit.set", N_("Limit set") },
  { "app.installed", N_("App installed") },
  { "app.updated", N_("App updated") },
  { "app.refused", N_("App refused") },
  { "app.level", N_("Sandbox level accepted") },
  { "app.removed", N_("App removed") },
  { "app.encrypted", N_("Data encrypted from now on") },
  { "app.closed", N_("Encrypted data not opened") },
  { "app.tampered", N_("Encrypted data changed from outside") },
  { "app.erased", N_("App erased") },
  { "mode.changed", N_("Mode changed") },
  { "develop.opened", N_("Opened for development") },
  { "develop.inspected", N_("Inspector opened") },
  { "develop.restored", N_("An earlier state put back") },
  { "process.shared", N_("The apps’ shared process ended") },
  { "process.canary", N_("A page of ours tried to get out") },
  { "workspace.opened", N_("Workspace opened") },
  { "audit.rotated", N_("Oldest entries dropped") },
  { "audit.lost", N_("Entries lost") },
};

const TnAuditGroup *
tn_audit_groups (gsize *n)
{
  *n = G_N_ELEMENTS (groups);
  return groups;
}

const TnAuditGroup *
tn_audit_group_of (const char *kind)
{
  for (gsize i = 1; i < G_N_ELEMENTS (groups); i++)
    {
      g_autofree char *prefix = g_strconcat (groups[i].prefix, ".", NULL);

      if (g_str_has_prefix (kind, prefix))
        return &groups[i];
    }
  return &groups[0];
}

const char *
tn_audit_kind_title (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].kind, kind))
      return _(titles[i].title);
  return kind;
}

char *
tn_audit_describe (const TnAuditRecord *record)
{
  g_autofree char *times
    = record->count > 1
        ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, " (%" PRId64 " time)", " (%" PRId64 " times)",
                                        (gulong) record->count),
                           record->count)
        : g_strdup ("");
  const char *title = tn_audit_kind_title (record->kind);

  return record->subject != NULL ? g_strdup_printf ("%s: %s%s", title, record->subject, times)
                                 : g_strconcat (title, times, NULL);
}
