/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-verbs.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tn-catalogue.h"
#include "tn-cli-store.h"
#include "tn-clock.h"
#include "tn-permission.h"
#include "tn-policy.h"
#include "tn-table.h"
#include "tn-text.h"

/* As tn_cli_find_app(), and it has a manifest that can be read. */
static TnApp *
find_whole_app (TnCatalogue *catalogue, const char *named, GError **error)
{
  g_autoptr (TnApp) app = tn_cli_find_app (catalogue, named, error);

  if (app == NULL || tn_app_get_manifest (app) != NULL)
    return g_steal_pointer (&app);
  g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_NOT_FOUND, _("“%s” has faults; “tnc app validate %s” names them"),
               named, tn_app_get_directory (app));
  return NULL;
}

/* (nullable): what was answered for the same entry. */
static const TnGrantRecord *
find_record (GPtrArray *records, const TnGrantRecord *entry)
{
  for (guint i = 0; i < records->len; i++)
    {
      const TnGrantRecord *record = records->pdata[i];

      if (g_str_equal (record->app_key, entry->app_key) && g_str_equal (record->type, entry->type)
          && g_str_equal (record->resource, entry->resource) && g_str_equal (record->actions, entry->actions)
          && g_str_equal (record->terms, entry->terms))
        return record;
    }
  return NULL;
}

/* An entry as it is listed. */
typedef struct
{
  TnGrantRecord *entry;
  char *id;           /* of the app; nullable */
  const char *answer; /* always, never, given, ask, no */
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  tn_grant_record_free (line->entry);
  g_free (line->id);
  g_free (line);
}

static void
add_line (GPtrArray *lines, const TnGrantRecord *entry, const char *id, const char *answer)
{
  Line *line = g_new (Line, 1);

  *line = (Line) { tn_grant_record_copy (entry), g_strdup (id), answer };
  g_ptr_array_add (lines, line);
}

static const char *
answer_of (const TnGrantRecord *record)
{
  return record->always ? "always" : "never";
}

static GPtrArray *
list_kept (GPtrArray *records, TnCatalogue *catalogue)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);

  for (guint i = 0; i < records->len; i++)
    {
      const TnGrantRecord *record = records->pdata[i];
      TnApp *app = tn_catalogue_find (catalogue, record->app_key);

      add_line (lines, record, app != NULL ? tn_app_get_id (app) : NULL, answer_of (record));
    }
  return lines;
}

static void
add_permissions (GPtrArray *list, const TnPermission *permissions, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (list, (gpointer) &permissions[i]);
}

/* What it asks for, and what nobody asks for but who develops it; borrowed. */
static GPtrArray *
list_permissions (TnApp *app)
{
  GPtrArray *list = g_ptr_array_new ();
  gsize n, n_develop;
  const TnPermission *permissions = tn_manifest_get_permissions (tn_app_get_manifest (app), &n);
  const TnPermission *develop = tn_mode_list_permissions (&n_develop);

  add_permissions (list, permissions, n);
  add_permissions (list, develop, n_develop);
  return list;
}

static const char *
unanswered (TnApp *app, const TnPermission *permission)
{
  if (permission->type == TN_PERMISSION_DEVELOP)
    return "no";
  return tn_policy_is_given (app, permission) ? "given" : "ask";
}

static GPtrArray *
list_grantable (GPtrArray *records, TnApp *app)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);
  g_autoptr (GPtrArray) permissions = list_permissions (app);

  for (guint i = 0; i < permissions->len; i++)
    {
      const TnPermission *permission = permissions->pdata[i];
      g_autoptr (TnGrantRecord) entry = tn_policy_make_record (tn_app_get_key (app), permission);
      const TnGrantRecord *record = find_record (records, entry);
      const char *other = unanswered (app, permission);

      add_line (lines, record != NULL ? record : entry, tn_app_get_id (app), record != NULL ? answer_of (record) : other);
    }
  return lines;
}

static void
print_table (GPtrArray *lines)
{
  g_autoptr (TnTable) table = tn_table_new (4, (const char *[]) { _("APP"), _("PERMISSION"), _("ONLY"), _("ANSWER") });
  g_autofree char *text = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = lines->pdata[i];
      g_autofree char *permission
        = g_strjoin (":", line->entry->type, line->entry->resource, line->entry->actions, NULL);

      tn_table_add (table, (const char *[]) { line->id != NULL ? line->id : line->entry->app_key, permission,
                                              line->entry->terms, line->answer });
    }
  text = tn_table_to_string (table);
  tn_cli_print (text);
}

static JsonObject *
line_object (const Line *line)
{
  JsonObject *object = json_object_new ();
  JsonArray *actions = json_array_new ();
  g_auto (GStrv) names = g_strsplit (line->entry->actions, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    json_array_add_string_element (actions, names[i]);
  if (line->id != NULL)
    json_object_set_string_member (object, "app", line->id);
  json_object_set_string_member (object, "key", line->entry->app_key);
  json_object_set_string_member (object, "type", line->entry->type);
  json_object_set_string_member (object, "resource", line->entry->resource);
  json_object_set_array_member (object, "actions", actions);
  json_object_set_string_member (object, "only", line->entry->terms);
  json_object_set_string_member (object, "answer", line->answer);
  if (line->entry->time_us != 0)
    {
      g_autofree char *since = tn_clock_format (line->entry->time_us);

      json_object_set_string_member (object, "since", since);
    }
  return object;
}

static void
print_json (GPtrArray *lines)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) root = json_node_init_array (json_node_alloc (), array);

  for (guint i = 0; i < lines->len; i++)
    json_array_add_object_element (array, line_object (lines->pdata[i]));
  tn_cli_print_json (root);
}

TnExit
tn_verb_grants (TnCliCall *call, GError **error)
{
  const char *named = tn_cli_get_argument (call, 0);
  g_autoptr (TnCatalogue) catalogue = tn_cli_load_catalogue (call, error);
  g_autoptr (TnApp) app = catalogue != NULL && named != NULL ? find_whole_app (catalogue, named, error) : NULL;
  g_autoptr (TnDb) db = NULL;
  g_autoptr (GPtrArray) records = NULL, lines = NULL;

  if (catalogue == NULL || (named != NULL && app == NULL)
      || (db = tn_cli_open_workspace (call, TN_DB_READ_ONLY, error)) == NULL
      || (records = tn_db_list_grants (db, NULL, error)) == NULL)
    return TN_EXIT_FAILED;
  lines = app != NULL ? list_grantable (records, app) : list_kept (records, catalogue);
  (tn_cli_wants_json (call) ? print_json : print_table) (lines);
  return TN_EXIT_DONE;
}

/* TYPE:RESOURCE:ACTION, as it is typed. The resource may have colons in it. */
typedef struct
{
  char *type, *resource, *action;
} Typed;

static void
typed_clear (Typed *typed)
{
  g_free (typed->type);
  g_free (typed->resource);
  g_free (typed->action);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Typed, typed_clear)

static gboolean
read_typed (const char *text, Typed *typed, GError **error)
{
  const char *first = strchr (text, ':'), *last = strrchr (text, ':');

  if (first != NULL && first < last)
    {
      *typed = (Typed) { g_strndup (text, first - text), g_strndup (first + 1, last - first - 1), g_strdup (last + 1) };
      return TRUE;
    }
  g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_USAGE,
               _("“%s” is no permission: write it like event:todo.>:emit, as “tnc grants APP” shows it"), text);
  return FALSE;
}

static gboolean
is_meant (const Typed *typed, const TnGrantRecord *entry)
{
  g_auto (GStrv) names = g_strsplit (entry->actions, ",", -1);

  return g_str_equal (typed->type, entry->type) && g_str_equal (typed->resource, entry->resource)
         && (g_str_equal (typed->action, entry->actions) || g_strv_contains ((const char *const *) names, typed->action));
}

/* On the terminal, or not at all: what only a program answers is no person's word. */
static gboolean
ask (TnApp *app, const TnPermission *permission)
{
  g_autofree char *wish = tn_permission_describe (permission);
  g_autofree char *terms = tn_permission_describe_terms (&permission->terms);
  gboolean develop = permission->type == TN_PERMISSION_DEVELOP;
  g_autofree char *question
    = g_strdup_printf (develop ? _("In hybrid mode “%s” (%s) would: %s") : _("“%s” (%s) asks for permission: %s"),
                       tn_app_get_name (app), tn_app_get_id (app), wish);
  g_autofree char *safe = tn_text_make_safe (question);
  char answer[16];

  fprintf (stderr, "%s%s%s\n%s ", safe, *terms != '\0' ? ", " : "", terms, _("Always allow this? [y/N]"));
  return fgets (answer, sizeof answer, stdin) != NULL && g_ascii_tolower (*answer) == 'y';
}

static TnExit
grant_entry (TnCliCall *call, TnDb *db, TnApp *app, const TnPermission *permission, GError **error)
{
  g_autoptr (TnGrantRecord) record = tn_policy_make_record (tn_app_get_key (app), permission);

  if (!ask (app, permission))
    {
      tn_cli_say (_("Nothing was granted"));
      return TN_EXIT_REFUSED;
    }
  record->always = TRUE;
  if (!tn_db_set_grant (db, record, error))
    return TN_EXIT_FAILED;
  tn_cli_announce_grants (call, record->app_key);
  return TN_EXIT_DONE;
}

/* (nullable): the first entry that is meant, and not granted yet if there is one such. */
static const TnPermission *
choose_entry (TnApp *app, const Typed *typed, GPtrArray *records)
{
  const TnPermission *chosen = NULL;
  g_autoptr (GPtrArray) permissions = list_permissions (app);

  for (guint i = permissions->len; i > 0; i--)
    {
      g_autoptr (TnGrantRecord) entry = tn_policy_make_record (tn_app_get_key (app), permissions->pdata[i - 1]);
      const TnGrantRecord *record = find_record (records, entry);

      if (is_meant (typed, entry) && (chosen == NULL || record == NULL || !record->always))
        chosen = permissions->pdata[i - 1];
    }
  return chosen;
}

TnExit
tn_verb_grant (TnCliCall *call, GError **error)
{
  g_auto (Typed) typed = { NULL };
  g_autoptr (TnCatalogue) catalogue = NULL;
  g_autoptr (TnApp) app = NULL;
  g_autoptr (TnDb) db = NULL;
  g_autoptr (GPtrArray) records = NULL;
  const TnPermission *permission;

  if (!read_typed (tn_cli_get_argument (call, 1), &typed, error) || (catalogue = tn_cli_load_catalogue (call, error)) == NULL
      || (app = find_whole_app (catalogue, tn_cli_get_argument (call, 0), error)) == NULL
      || (db = tn_cli_open_workspace (call, TN_DB_READ_WRITE, error)) == NULL
      || (records = tn_db_list_grants (db, tn_app_get_key (app), error)) == NULL)
    return TN_EXIT_FAILED;
  permission = choose_entry (app, &typed, records);
  if (permission == NULL)
    {
      g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_NOT_FOUND,
                   _("“%s” does not ask for that; “tnc grants %s” shows what it asks for"), tn_app_get_name (app),
                   tn_app_get_id (app));
      return TN_EXIT_NOT_FOUND;
    }
  if (!isatty (STDIN_FILENO) || !isatty (STDERR_FILENO))
    {
      tn_cli_say (_("A person has to grant this: run it on a terminal, or answer when the app asks"));
      return TN_EXIT_REFUSED;
    }
  return grant_entry (call, db, app, permission, error);
}

/* What was answered may be for an app or a version of it that is not here any more. */
static char *
find_key (TnCatalogue *catalogue, const char *named, GPtrArray *records, GError **error)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (TnApp) app = tn_cli_find_app (catalogue, named, &missing);

  if (app != NULL)
    return g_strdup (tn_app_get_key (app));
  for (guint i = 0; i < records->len; i++)
    if (g_str_equal (((TnGrantRecord *) records->pdata[i])->app_key, named))
      return g_strdup (named);
  g_propagate_error (error, g_steal_pointer (&missing));
  return NULL;
}

/* Returns: how many, -1 on error. */
static int
drop_meant (TnDb *db, const char *key, const Typed *typed, GPtrArray *records, GError **error)
{
  int n = 0;

  for (guint i = 0; i < records->len; i++)
    {
      const TnGrantRecord *record = records->pdata[i];

      if (!g_str_equal (record->app_key, key) || !is_meant (typed, record))
        continue;
      if (!tn_db_drop_grant (db, record, error))
        return -1;
      n++;
    }
  if (n == 0)
    g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_NOT_FOUND,
                 _("Nothing of that kind was answered; “tnc grants” shows what was"));
  return n;
}

TnExit
tn_verb_revoke (TnCliCall *call, GError **error)
{
  g_auto (Typed) typed = { NULL };
  g_autoptr (TnCatalogue) catalogue = NULL;
  g_autoptr (TnDb) db = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *key = NULL;

  if (!read_typed (tn_cli_get_argument (call, 1), &typed, error) || (catalogue = tn_cli_load_catalogue (call, error)) == NULL
      || (db = tn_cli_open_workspace (call, TN_DB_READ_WRITE, error)) == NULL
      || (records = tn_db_list_grants (db, NULL, error)) == NULL
      || (key = find_key (catalogue, tn_cli_get_argument (call, 0), records, error)) == NULL
      || drop_meant (db, key, &typed, records, error) <= 0)
    return TN_EXIT_FAILED;
  tn_cli_announce_grants (call, key);
  return TN_EXIT_DONE;
}
