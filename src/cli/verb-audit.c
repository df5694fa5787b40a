/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-verbs.h"

#include <gio/gio.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "tn-audit-export.h"
#include "tn-audit-keyring.h"
#include "tn-audit-words.h"
#include "tn-catalogue.h"
#include "tn-cli-store.h"
#include "tn-clock.h"
#include "tn-paths.h"
#include "tn-table.h"
#include "tn-text.h"

/* How many are listed; all of them are in an export. */
#define LISTED 200

static TnCatalogue *
load_catalogue (TnCliCall *call)
{
  g_autofree char *directory = tn_cli_get_workspace_dir (call);
  TnCatalogue *catalogue = tn_catalogue_new ();

  tn_catalogue_load (catalogue, directory, NULL);
  return catalogue;
}

static gboolean
is_named (TnCatalogue *catalogue, const char *key, const char *named)
{
  TnApp *app = tn_catalogue_find_any (catalogue, key);

  return g_str_equal (key, named) || (app != NULL && g_str_equal (tn_app_get_id (app), named));
}

/* The key of the app that the call names by its id or its key, which may be gone by now; "" for none named. */
static char *
find_app (TnCliCall *call, TnDb *db, TnCatalogue *catalogue, GError **error)
{
  const char *named = tn_cli_get_option (call, "app");
  TnApp *app = named != NULL ? tn_catalogue_find_id (catalogue, named) : NULL;
  g_autoptr (GPtrArray) keys = NULL;

  if (named == NULL)
    return g_strdup ("");
  if (app != NULL)
    return g_strdup (tn_app_get_key (app));
  keys = tn_db_list_audited_apps (db, error);
  if (keys == NULL)
    return NULL;
  for (guint i = 0; i < keys->len; i++)
    if (is_named (catalogue, keys->pdata[i], named))
      return g_strdup (keys->pdata[i]);
  g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_NOT_FOUND, _("There is no app “%s”, and no entry about one"), named);
  return NULL;
}

static void
print_table (GPtrArray *rows, TnCatalogue *catalogue)
{
  g_autoptr (TnTable) table = tn_table_new (
    7, (const char *[]){ _("NO."), _("TIME"), _("KIND"), _("APP"), _("OUTCOME"), _("COUNT"), _("SUBJECT") });
  g_autofree char *text = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      const TnAuditRecord *row = rows->pdata[i];
      TnApp *app = row->app_key != NULL ? tn_catalogue_find_any (catalogue, row->app_key) : NULL;
      g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, row->seq);
      g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, row->count);
      g_autofree char *time = tn_clock_format (row->time_us);

      tn_table_add (table, (const char *[]){ seq, time, row->kind, app != NULL ? tn_app_get_id (app) : row->app_key,
                                             row->outcome, count, row->subject });
    }
  text = tn_table_to_string (table);
  tn_cli_print (text);
}

static void
print_rows_json (GPtrArray *rows)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) root = json_node_init_array (json_node_alloc (), array);

  for (guint i = 0; i < rows->len; i++)
    json_array_add_object_element (array, tn_audit_record_to_json (rows->pdata[i], FALSE));
  tn_cli_print_json (root);
}

static TnExit
list (TnCliCall *call, TnDb *db, TnCatalogue *catalogue, const TnAuditFilter *filter, GError **error)
{
  gint64 n = tn_db_count_audit (db, filter, error);
  g_autoptr (GPtrArray) rows = n >= 0 ? tn_db_list_audit (db, filter, MAX (n - LISTED, 0), LISTED, error) : NULL;

  if (rows == NULL)
    return TN_EXIT_FAILED;
  if (tn_cli_wants_json (call))
    print_rows_json (rows);
  else
    print_table (rows, catalogue);
  if (n > LISTED)
    tn_cli_say (_("These are the newest %d entries of %" PRId64 "; “tnc audit --export FILE” writes all"), LISTED, n);
  return TN_EXIT_DONE;
}

static TnExit
export (TnDb *db, const TnAuditFilter *filter, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GOutputStream) stream
    = g_str_equal (path, "-")
        ? g_unix_output_stream_new (STDOUT_FILENO, FALSE)
        : G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, error));

  if (stream == NULL || !tn_audit_export (db, filter, stream, NULL, NULL, error)
      || !g_output_stream_close (stream, NULL, error))
    return TN_EXIT_FAILED;
  return TN_EXIT_DONE;
}

/* The key that heads have to be signed with, %NULL where nobody can say. */
static TnAuditKey *
load_key (TnCliCall *call)
{
  const char *workspace = tn_cli_get_option (call, "workspace");
  g_autoptr (GError) error = NULL;
  TnAuditKey *key = tn_audit_keyring_load (workspace != NULL ? workspace : TN_WORKSPACE_DEFAULT, NULL, &error);

  if (key == NULL)
    tn_cli_say (_("%s: so it is only known that all heads are signed with one key, and not whose it is"),
                error != NULL ? error->message : _("There is no key of this workspace in the keyring"));
  return key;
}

static void
add_heads (JsonObject *root, const TnAuditHeadsVerdict *heads, gboolean key_known)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "fault", tn_audit_heads_fault_to_name (heads->fault));
  json_object_set_int_member (object, "line", heads->line);
  json_object_set_int_member (object, "seq", heads->seq);
  json_object_set_int_member (object, "heads", heads->n_heads);
  json_object_set_int_member (object, "compared", heads->n_compared);
  json_object_set_string_member (object, "key", heads->public_key);
  json_object_set_boolean_member (object, "keyKnown", key_known);
  json_object_set_object_member (root, "against", object);
}

static void
print_verdict_json (const TnAuditVerdict *chain, const TnAuditHeadsVerdict *heads, gboolean key_known)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), object);

  json_object_set_boolean_member (object, "ok",
                                  chain->fault == TN_AUDIT_WHOLE
                                    && (heads == NULL || heads->fault == TN_AUDIT_HEADS_GOOD));
  json_object_set_string_member (object, "fault", tn_audit_fault_to_name (chain->fault));
  json_object_set_int_member (object, "seq", chain->bad_seq);
  json_object_set_int_member (object, "rows", chain->n_rows);
  json_object_set_int_member (object, "erased", chain->n_erased);
  json_object_set_int_member (object, "first", chain->first_seq);
  json_object_set_int_member (object, "last", chain->last_seq);
  json_object_set_string_member (object, "hash", chain->hash);
  if (heads != NULL)
    add_heads (object, heads, key_known);
  tn_cli_print_json (root);
  json_object_unref (object);
}

static void
print_verdict (const TnAuditVerdict *chain, const TnAuditHeadsVerdict *heads)
{
  g_autofree char *words = tn_audit_verdict_to_words (chain, heads);
  g_autofree char *key = heads != NULL ? tn_text_make_safe (heads->public_key) : NULL;

  tn_cli_print (words);
  tn_cli_print ("\n");
  if (key == NULL || *key == '\0')
    return;
  /* Translators: the key that a signature belongs to */
  tn_cli_print (_("Key:"));
  tn_cli_print (" ");
  tn_cli_print (key);
  tn_cli_print ("\n");
}

static TnExit
verify (TnCliCall *call, TnDb *db, const char *against, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (TnAuditKey) key = NULL;
  TnAuditHeadsVerdict heads;
  TnAuditVerdict chain;
  gboolean compared;

  if (against != NULL && !g_file_get_contents (against, &text, NULL, error))
    return TN_EXIT_FAILED;
  if (!tn_db_verify_audit (db, &chain, error))
    return TN_EXIT_FAILED;
  compared = text != NULL && chain.fault == TN_AUDIT_WHOLE;
  if (compared)
    {
      key = load_key (call);
      if (!tn_audit_heads_check (db, text, &chain, key != NULL ? tn_audit_key_get_public (key) : NULL, &heads, error))
        return TN_EXIT_FAILED;
    }
  if (tn_cli_wants_json (call))
    print_verdict_json (&chain, compared ? &heads : NULL, key != NULL);
  else
    print_verdict (&chain, compared ? &heads : NULL);
  return chain.fault == TN_AUDIT_WHOLE && (!compared || heads.fault == TN_AUDIT_HEADS_GOOD) ? TN_EXIT_DONE
                                                                                            : TN_EXIT_INTEGRITY;
}

static gboolean
check_options (TnCliCall *call, GError **error)
{
  gboolean verifies = tn_cli_get_option (call, "verify") != NULL;

  if (tn_cli_get_option (call, "against") != NULL && !verifies)
    g_set_error_literal (error, TN_CLI_ERROR, TN_CLI_ERROR_USAGE, _("--against goes with --verify"));
  else if (verifies && (tn_cli_get_option (call, "app") != NULL || tn_cli_get_option (call, "export") != NULL))
    g_set_error_literal (error, TN_CLI_ERROR, TN_CLI_ERROR_USAGE,
                         _("--verify looks at the whole audit: it goes with neither --app nor --export"));
  else
    return TRUE;
  return FALSE;
}

TnExit
tn_verb_audit (TnCliCall *call, GError **error)
{
  g_autoptr (TnDb) db = check_options (call, error) ? tn_cli_open_workspace (call, TN_DB_READ_ONLY, error) : NULL;
  g_autoptr (TnCatalogue) catalogue = NULL;
  g_autofree char *app = NULL;
  TnAuditFilter filter = { 0 };

  if (db == NULL)
    return TN_EXIT_FAILED;
  if (tn_cli_get_option (call, "verify") != NULL)
    return verify (call, db, tn_cli_get_option (call, "against"), error);
  catalogue = load_catalogue (call);
  app = find_app (call, db, catalogue, error);
  if (app == NULL)
    return TN_EXIT_FAILED;
  filter.app_key = *app != '\0' ? app : NULL;
  if (tn_cli_get_option (call, "export") != NULL)
    return export (db, &filter, tn_cli_get_option (call, "export"), error);
  return list (call, db, catalogue, &filter, error);
}
