/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-cli.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "tn-archive.h"
#include "tn-json.h"
#include "tn-manifest.h"
#include "tn-paths.h"
#include "tn-store.h"
#include "tn-table.h"
#include "tn-text.h"

G_DEFINE_QUARK (tn-cli-error-quark, tn_cli_error)

const TnCliOption tn_cli_common_options[] = {
  { "json", NULL, N_("Data as JSON") },
  { "workspace", N_("NAME"), N_("The workspace to work in, “default” where none is named") },
  { "help", NULL, N_("What the verb does and takes") },
  { "version", NULL, N_("Which version this is") },
  { NULL },
};

/* Errors that end the program with another code than 1. */
static const struct
{
  GQuark (*domain) (void);
  int code;
  TnExit exit;
} exits[] = {
  { tn_cli_error_quark, TN_CLI_ERROR_USAGE, TN_EXIT_USAGE },
  { tn_cli_error_quark, TN_CLI_ERROR_NOT_FOUND, TN_EXIT_NOT_FOUND },
  { tn_package_error_quark, TN_PACKAGE_ERROR_MISSING, TN_EXIT_NOT_FOUND },
  { tn_archive_error_quark, TN_ARCHIVE_ERROR_FORMAT, TN_EXIT_INTEGRITY },
  { tn_archive_error_quark, TN_ARCHIVE_ERROR_UNSAFE, TN_EXIT_INTEGRITY },
  { tn_store_error_quark, TN_STORE_ERROR_NOT_FOUND, TN_EXIT_NOT_FOUND },
  { tn_store_error_quark, TN_STORE_ERROR_DAMAGED, TN_EXIT_INTEGRITY },
  { g_io_error_quark, G_IO_ERROR_NOT_FOUND, TN_EXIT_NOT_FOUND },
  { g_file_error_quark, G_FILE_ERROR_NOENT, TN_EXIT_NOT_FOUND },
};

TnExit
tn_cli_get_exit (const GError *error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (exits); i++)
    if (g_error_matches (error, exits[i].domain (), exits[i].code))
      return exits[i].exit;
  return TN_EXIT_FAILED;
}

void
tn_cli_call_free (TnCliCall *self)
{
  g_ptr_array_unref (self->arguments);
  g_hash_table_unref (self->options);
  g_free (self);
}

const char *
tn_cli_get_argument (TnCliCall *call, guint index)
{
  g_return_val_if_fail (call != NULL, NULL);

  return index < call->arguments->len ? call->arguments->pdata[index] : NULL;
}

const char *
tn_cli_get_option (TnCliCall *call, const char *name)
{
  g_return_val_if_fail (call != NULL, NULL);

  return g_hash_table_lookup (call->options, name);
}

gboolean
tn_cli_wants_json (TnCliCall *call)
{
  return tn_cli_get_option (call, "json") != NULL;
}

char *
tn_cli_get_workspace_dir (TnCliCall *call)
{
  const char *name = tn_cli_get_option (call, "workspace");

  return tn_paths_workspace_dir (name != NULL ? name : TN_WORKSPACE_DEFAULT);
}

gboolean
tn_cli_check_workspace (const char *name, GError **error)
{
  g_autofree char *safe = NULL;

  g_return_val_if_fail (name != NULL, FALSE);

  safe = tn_text_make_safe (name);
  if (*name == '\0')
    g_set_error_literal (error, TN_CLI_ERROR, TN_CLI_ERROR_USAGE, _("A workspace needs a name"));
  else if (strchr (name, '/') != NULL || name[0] == '.' || strlen (name) > NAME_MAX || !g_str_equal (name, safe))
    g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_USAGE,
                 _("“%s” can't name a workspace: no “/”, no “.” at the start, no control characters, at most %d bytes"),
                 safe, NAME_MAX);
  else
    return TRUE;
  return FALSE;
}

void
tn_cli_print (const char *text)
{
  fputs (text, stdout);
}

void
tn_cli_print_json (JsonNode *node)
{
  g_autofree char *text = tn_json_to_lines (node);

  tn_cli_print (text);
}

void
tn_cli_say (const char *format, ...)
{
  va_list arguments;
  g_autofree char *text = NULL;
  g_autofree char *safe = NULL;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  safe = tn_text_make_safe (text);
  fprintf (stderr, "tnc: %s\n", safe);
}
