/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-manifest-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tn-bus.h"
#include "tn-words.h"

#define READ TN_ACTION_READ
#define WRITE TN_ACTION_WRITE
#define SOCKET TN_ACTION_SOCKET
#define EMIT TN_ACTION_EMIT
#define LISTEN TN_ACTION_LISTEN
#define RESPOND TN_ACTION_RESPOND
#define USE TN_ACTION_USE

static const struct
{
  const char *name;
  TnPermissionActions action;
} actions[] = {
  { "read", READ }, { "write", WRITE },   { "socket", SOCKET },
  { "emit", EMIT }, { "listen", LISTEN }, { "respond", RESPOND },
  { "use", USE },
};

static const char *
judge_pattern (const char *resource)
{
  return tn_subject_is_valid_pattern (resource)
           ? NULL
           : _("must be a pattern of event types, like todo.item.done, todo.item.* or todo.>");
}

static const char *
judge_api (const char *resource)
{
  static const char *const apis[]
    = { "notifications", "clipboard", "open-link", "files", "geolocation", "system", "ai.chat", NULL };

  return g_strv_contains (apis, resource)
           ? NULL
           : _("must be one of notifications, clipboard, open-link, files, geolocation, system, ai.chat");
}

static const char *
judge_ui (const char *resource)
{
  static const char *const parts[] = { "title", "badge", "fullscreen", NULL };

  return g_strv_contains (parts, resource) ? NULL : _("must be one of title, badge, fullscreen");
}

static const struct
{
  const char *name;
  TnPermissionActions actions;
  const char *action_names;
  TnWordJudge judge_resource;
} types[] = {
  [TN_PERMISSION_NETWORK] = { "network", READ | WRITE | SOCKET, "read, write, socket", tn_word_judge_address },
  [TN_PERMISSION_EVENT] = { "event", EMIT | LISTEN | RESPOND, "emit, listen, respond", judge_pattern },
  [TN_PERMISSION_DATA] = { "data", READ | WRITE, "read, write", tn_word_judge_collection },
  [TN_PERMISSION_API] = { "api", READ | WRITE, "read, write", judge_api },
  [TN_PERMISSION_UI] = { "ui", WRITE, "write", judge_ui },
  [TN_PERMISSION_DEVELOP] = { "develop", USE, "use", NULL },
};

/* The first row that fits is taken: of that type, of that resource or of any, of exactly these actions or of any. */
static const struct
{
  TnPermissionType type;
  const char *resource;
  TnPermissionActions actions;
  const char *sentence;
} descriptions[] = {
  { TN_PERMISSION_NETWORK, NULL, READ, N_("Load data from “%s”") },
  { TN_PERMISSION_NETWORK, NULL, WRITE, N_("Send data to “%s”") },
  { TN_PERMISSION_NETWORK, NULL, SOCKET, N_("Keep a live connection to “%s”") },
  { TN_PERMISSION_NETWORK, NULL, READ | WRITE, N_("Load data from and send data to “%s”") },
  { TN_PERMISSION_NETWORK, NULL, READ | SOCKET, N_("Load data from and keep a live connection to “%s”") },
  { TN_PERMISSION_NETWORK, NULL, WRITE | SOCKET, N_("Send data to and keep a live connection to “%s”") },
  { TN_PERMISSION_NETWORK, NULL, 0, N_("Load data from, send data to and keep a live connection to “%s”") },
  { TN_PERMISSION_EVENT, ">", EMIT, N_("Send events of every kind") },
  { TN_PERMISSION_EVENT, ">", LISTEN, N_("Receive the events of all apps") },
  { TN_PERMISSION_EVENT, ">", RESPOND, N_("Answer the requests of all apps") },
  { TN_PERMISSION_EVENT, ">", EMIT | LISTEN, N_("Send events of every kind and receive those of all apps") },
  { TN_PERMISSION_EVENT, NULL, EMIT, N_("Send events called “%s”") },
  { TN_PERMISSION_EVENT, NULL, LISTEN, N_("Receive events called “%s”") },
  { TN_PERMISSION_EVENT, NULL, RESPOND, N_("Answer requests called “%s”") },
  { TN_PERMISSION_EVENT, NULL, EMIT | LISTEN, N_("Send and receive events called “%s”") },
  { TN_PERMISSION_EVENT, NULL, EMIT | RESPOND, N_("Send events and answer requests called “%s”") },
  { TN_PERMISSION_EVENT, NULL, LISTEN | RESPOND, N_("Receive events and answer requests called “%s”") },
  { TN_PERMISSION_EVENT, NULL, 0, N_("Send and receive events and answer requests called “%s”") },
  { TN_PERMISSION_DATA, "self", 0, N_("Keep data of its own") },
  { TN_PERMISSION_DATA, NULL, READ, N_("Read “%s”, which another app keeps") },
  { TN_PERMISSION_DATA, NULL, WRITE, N_("Change “%s”, which another app keeps") },
  { TN_PERMISSION_DATA, NULL, 0, N_("Read and change “%s”, which another app keeps") },
  { TN_PERMISSION_API, "notifications", 0, N_("Show notifications") },
  { TN_PERMISSION_API, "clipboard", READ, N_("Read what is on the clipboard") },
  { TN_PERMISSION_API, "clipboard", WRITE, N_("Put something on the clipboard") },
  { TN_PERMISSION_API, "clipboard", 0, N_("Read and replace what is on the clipboard") },
  { TN_PERMISSION_API, "open-link", 0, N_("Ask to open links in the browser") },
  { TN_PERMISSION_API, "files", READ, N_("Read files that you choose") },
  { TN_PERMISSION_API, "files", WRITE, N_("Save files where you choose") },
  { TN_PERMISSION_API, "files", 0, N_("Read and save files that you choose") },
  { TN_PERMISSION_API, "geolocation", 0, N_("Know where you are") },
  { TN_PERMISSION_API, "system", 0, N_("Know about this computer and how busy it is") },
  { TN_PERMISSION_API, "ai.chat", 0, N_("Talk to your AI service, which may cost you money") },
  { TN_PERMISSION_UI, "title", 0, N_("Change the title of its tile") },
  { TN_PERMISSION_UI, "badge", 0, N_("Show a badge on its tile") },
  { TN_PERMISSION_UI, "fullscreen", 0, N_("Fill the whole screen") },
  { TN_PERMISSION_DEVELOP, "inspector", 0, N_("Be looked into and changed with the inspector") },
  { TN_PERMISSION_DEVELOP, "reload", 0, N_("Be reloaded whenever its files are saved") },
  { TN_PERMISSION_DEVELOP, "console", 0, N_("Show what its page says on its console") },
  { TN_PERMISSION_DEVELOP, "state", 0, N_("Show what its page holds, and put it back to what it held before") },
  { TN_PERMISSION_DEVELOP, "limits", 0, N_("Use more memory and processor time than apps may") },
};

/* Nothing that an app writes or says can name what is the person's alone. */
gboolean
tn_permission_type_from_name (const char *name, TnPermissionType *type)
{
  for (guint i = 0; i < TN_PERMISSION_DEVELOP; i++)
    if (strcmp (name, types[i].name) == 0)
      {
        *type = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
tn_permission_action_from_name (const char *name, TnPermissionActions *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (strcmp (name, actions[i].name) == 0)
      {
        *action = actions[i].action;
        return TRUE;
      }
  return FALSE;
}

TnPermissionActions
tn_permission_type_actions (TnPermissionType type, const char **names)
{
  *names = types[type].action_names;
  return types[type].actions;
}

const char *
tn_permission_type_name (TnPermissionType type)
{
  g_return_val_if_fail ((gsize) type < G_N_ELEMENTS (types), NULL);

  return types[type].name;
}

static void
add_word (GString *words, const char *separator, const char *word)
{
  if (words->len > 0)
    g_string_append (words, separator);
  g_string_append (words, word);
}

char *
tn_permission_action_names (TnPermissionActions some)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if ((some & actions[i].action) != 0)
      add_word (names, ",", actions[i].name);
  return g_string_free (names, FALSE);
}

static char *
write_hours (const TnTerms *terms)
{
  return g_strdup_printf ("%02u:%02u-%02u:%02u", terms->from / 60, terms->from % 60, terms->to / 60, terms->to % 60);
}

char *
tn_permission_term_names (const TnTerms *terms)
{
  GString *names;
  g_autofree char *hours = NULL, *rate = NULL;

  g_return_val_if_fail (terms != NULL, NULL);

  names = g_string_new (NULL);
  hours = write_hours (terms);
  rate = g_strdup_printf ("%u/min", terms->per_minute);
  if (terms->visible)
    add_word (names, ",", "visible");
  if (terms->click)
    add_word (names, ",", "click");
  if (terms->from != terms->to)
    add_word (names, ",", hours);
  if (terms->per_minute > 0)
    add_word (names, ",", rate);
  return g_string_free (names, FALSE);
}

char *
tn_permission_describe_terms (const TnTerms *terms)
{
  GString *words;
  g_autofree char *hours = NULL, *rate = NULL;

  g_return_val_if_fail (terms != NULL, NULL);

  words = g_string_new (NULL);
  /* Translators: two times of day */
  hours = g_strdup_printf (_("only from %02u:%02u to %02u:%02u"), terms->from / 60, terms->from % 60, terms->to / 60,
                           terms->to % 60);
  rate = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "at most %u time a minute", "at most %u times a minute",
                                       terms->per_minute),
                          terms->per_minute);
  if (terms->visible)
    add_word (words, _(", "), _("only while it is in sight"));
  if (terms->click)
    add_word (words, _(", "), _("only right after a click"));
  if (terms->from != terms->to)
    add_word (words, _(", "), hours);
  if (terms->per_minute > 0)
    add_word (words, _(", "), rate);
  return g_string_free (words, FALSE);
}

const char *
tn_permission_judge_resource (TnPermissionType type, const char *resource)
{
  return types[type].judge_resource (resource);
}

char *
tn_permission_describe (const TnPermission *permission)
{
  g_return_val_if_fail (permission != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (descriptions); i++)
    if (descriptions[i].type == permission->type
        && (descriptions[i].resource == NULL || g_str_equal (descriptions[i].resource, permission->resource))
        && (descriptions[i].actions == 0 || descriptions[i].actions == permission->actions))
      return tn_word_fill (_(descriptions[i].sentence), permission->resource);
  return NULL;
}
