/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-verbs.h"

#include <glib/gi18n-lib.h>

static const TnCliOption export_options[] = {
  { "canvas", N_("NAME|ID"), N_("Which canvas, the first where none is named") },
  { "format", N_("FORMAT"), N_("native, gridstack, grafana or homeassistant; native where none is named") },
  { NULL },
};

static const TnCliOption import_options[] = {
  { "format", N_("FORMAT"), N_("native, gridstack, grafana or homeassistant; guessed where none is named") },
  { NULL },
};

static const TnCliOption install_options[] = {
  { "replace", NULL, N_("Put it in the place of another version that is there") },
  { NULL },
};

static const TnCliOption erase_options[] = {
  { "yes", NULL, N_("Do not ask") },
  { NULL },
};

static const TnCliOption audit_options[] = {
  { "app", N_("ID|KEY"), N_("Only what is about that app") },
  { "verify", NULL, N_("Check that no entry was changed, taken out or moved") },
  { "against", N_("HEADS"), N_("With --verify: also against the signed heads in that file") },
  { "export", N_("FILE"), N_("Write all entries, with what is private masked, to a file or “-”") },
  { NULL },
};

const TnCliVerb tn_cli_verbs[] = {
  { "app validate", N_("PATH"), N_("Check an app, a folder or package, and name every fault"), 1, 1, NULL,
    tn_verb_app_validate },
  { "install", N_("FILE…"), N_("Put apps among your own: folders, .tgz, .tnapp or .xdc files"), 1, G_MAXUINT,
    install_options, tn_verb_install },
  { "remove", N_("APP"), N_("Take an app away with its widgets; undo brings it back"), 1, 1, NULL, tn_verb_remove },
  { "erase", N_("APP"), N_("Destroy an app and all that it has kept, for good; asks first"), 1, 1, erase_options,
    tn_verb_erase },
  { "list", "", N_("List the apps that can be placed"), 0, 0, NULL, tn_verb_list },
  { "canvas list", "", N_("List the canvases of a workspace"), 0, 0, NULL, tn_verb_canvas_list },
  { "canvas show", N_("[NAME|ID]"), N_("Show the tiles of a canvas, of the first where none is named"), 0, 1, NULL,
    tn_verb_canvas_show },
  { "canvas export", N_("FILE"), N_("Write a canvas to a file, or to standard output where FILE is “-”"), 1, 1,
    export_options, tn_verb_canvas_export },
  { "canvas import", N_("FILE"), N_("Make a canvas of a file, or of standard input where FILE is “-”"), 1, 1,
    import_options, tn_verb_canvas_import },
  { "audit", "", N_("Show what happened: grants, refusals, crashes, installs; and whether that is still the truth"), 0, 0,
    audit_options, tn_verb_audit },
  { "grants", N_("[APP]"), N_("List what apps were granted or refused for good, or all that one app asks for"), 0, 1, NULL,
    tn_verb_grants },
  { "grant", N_("APP TYPE:RESOURCE:ACTION"), N_("Let an app do what its manifest asks for; asks first"), 2, 2, NULL,
    tn_verb_grant },
  { "revoke", N_("APP TYPE:RESOURCE:ACTION"), N_("Take an answer back: the next use asks"), 2, 2, NULL,
    tn_verb_revoke },
  { "doctor", "", N_("Say what this machine lacks to run tiles, and how to get it"), 0, 0, NULL, tn_verb_doctor },
  { "help", N_("[VERB]"), N_("Say what there is, or what a verb does and takes"), 0, 2, NULL, tn_verb_help },
  { NULL },
};
