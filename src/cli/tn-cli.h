/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define TN_CLI_ERROR (tn_cli_error_quark ())
GQuark tn_cli_error_quark (void);

typedef enum
{
  TN_CLI_ERROR_USAGE = 1, /* the line can't be understood */
  TN_CLI_ERROR_NOT_FOUND, /* what it names is not there */
} TnCliErrorCode;

/* What the process ends with. */
typedef enum
{
  TN_EXIT_DONE,
  TN_EXIT_FAILED,
  TN_EXIT_USAGE,
  TN_EXIT_REFUSED, /* by policy */
  TN_EXIT_NOT_FOUND,
  TN_EXIT_NETWORK,
  TN_EXIT_INTEGRITY,
} TnExit;

/**
 * TnCliOption:
 * @name: without the dashes
 * @value: (nullable): what follows it, as usage shows it ("NAME"); %NULL for a switch
 * @help: one line
 */
typedef struct
{
  const char *name;
  const char *value;
  const char *help;
} TnCliOption;

typedef struct _TnCliVerb TnCliVerb;

/**
 * TnCliCall:
 * @verb: (nullable): %NULL only with --help or --version
 * @arguments: (element-type filename): what follows the verb; without a verb, the group that help is wanted on
 * @options: what was given: name without the dashes → value; see tn_cli_get_option()
 *
 * A command line, understood.
 */
typedef struct
{
  const TnCliVerb *verb;
  GPtrArray *arguments;
  GHashTable *options;
} TnCliCall;

/**
 * TnCliVerb:
 * @words: one or two: "list", "canvas show"
 * @usage: its arguments as usage shows them
 * @options: (nullable): its own, ended by one without a name
 * @run: does it; where @error is set the exit code follows from that
 */
struct _TnCliVerb
{
  const char *words;
  const char *usage;
  const char *summary;
  guint min_arguments, max_arguments;
  const TnCliOption *options;
  TnExit (*run) (TnCliCall *call, GError **error);
};

/* What every verb takes; ended by one without a name. */
extern const TnCliOption tn_cli_common_options[];

/* All verbs, in the order in which help shows them; ended by one without words. */
extern const TnCliVerb tn_cli_verbs[];

/**
 * tn_cli_parse:
 *
 * Options may stand anywhere, as "--name value" or "--name=value"; "--" ends them, "-" is an argument. With --help and
 * --version the verb and its arguments may be missing.
 *
 * Returns: (transfer full): %NULL with %TN_CLI_ERROR_USAGE and one sentence that names the nearest known word
 */
TnCliCall *tn_cli_parse (int argc, char **argv, GError **error);
void tn_cli_call_free (TnCliCall *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnCliCall, tn_cli_call_free)

/* The argument, %NULL where there are fewer. */
const char *tn_cli_get_argument (TnCliCall *call, guint index);

/* The option's value, "" for a switch, %NULL where it was not given. */
const char *tn_cli_get_option (TnCliCall *call, const char *name);

/* Whether --json was given. */
gboolean tn_cli_wants_json (TnCliCall *call);

/* The folder of the workspace that the call names; (transfer full). */
char *tn_cli_get_workspace_dir (TnCliCall *call);

/* Data for standard output. */
void tn_cli_print (const char *text);
void tn_cli_print_json (JsonNode *node);

/* A sentence for standard error, made safe, with the program's name before it. */
void tn_cli_say (const char *format, ...) G_GNUC_PRINTF (1, 2);

/**
 * tn_cli_check_workspace:
 * @name: any bytes
 *
 * Whether it can name a folder below the data folder: no "/", no "." first, nothing that is not printable.
 */
gboolean tn_cli_check_workspace (const char *name, GError **error);

/**
 * tn_cli_find_nearest:
 * @words: (array length=n): at least one
 *
 * Returns: the index of the word that the fewest slips of typing turn into @typed (optimal string alignment distance:
 *   insert, delete, replace, swap neighbours; Boytsov 2011), without regard to ASCII case; the first of several
 */
gsize tn_cli_find_nearest (const char *typed, const char *const *words, gsize n);

/* What a program that fails with @error ends with. */
TnExit tn_cli_get_exit (const GError *error);

G_END_DECLS
