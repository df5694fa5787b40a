/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The second word of a verb, %NULL where it has only one. */
static const char *
get_second_word (const TnCliVerb *verb)
{
  const char *space = strchr (verb->words, ' ');

  return space != NULL ? space + 1 : NULL;
}

static gboolean
is_in_group (const TnCliVerb *verb, const char *group)
{
  gsize length = strlen (group);

  return g_str_has_prefix (verb->words, group) && verb->words[length] == ' ';
}

static const TnCliVerb *
find_verb (const char *words)
{
  for (const TnCliVerb *verb = tn_cli_verbs; verb->words != NULL; verb++)
    if (g_str_equal (verb->words, words))
      return verb;
  return NULL;
}

static gboolean
is_group (const char *word)
{
  for (const TnCliVerb *verb = tn_cli_verbs; verb->words != NULL; verb++)
    if (is_in_group (verb, word))
      return TRUE;
  return FALSE;
}

/* What may be meant by a word that is no verb: verbs and groups by their first word, verbs by their second alone. */
static void
set_unknown_verb (GError **error, const char *typed)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GPtrArray) meant = g_ptr_array_new_with_free_func (g_free);
  gsize nearest;

  for (const TnCliVerb *verb = tn_cli_verbs; verb->words != NULL; verb++)
    {
      g_ptr_array_add (meant, g_strndup (verb->words, strcspn (verb->words, " ")));
      g_ptr_array_add (words, g_ptr_array_index (meant, meant->len - 1));
    }
  for (const TnCliVerb *verb = tn_cli_verbs; verb->words != NULL; verb++)
    if (get_second_word (verb) != NULL)
      {
        g_ptr_array_add (meant, g_strdup (verb->words));
        g_ptr_array_add (words, (gpointer) get_second_word (verb));
      }
  nearest = tn_cli_find_nearest (typed, (const char *const *) words->pdata, words->len);
  g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_USAGE,
               _("There is no verb “%s”; the nearest is “%s”, and “tnc help” lists all of them"), typed,
               (const char *) meant->pdata[nearest]);
}

static GPtrArray *
list_second_words (const char *group)
{
  GPtrArray *words = g_ptr_array_new ();

  for (const TnCliVerb *verb = tn_cli_verbs; verb->words != NULL; verb++)
    if (is_in_group (verb, group))
      g_ptr_array_add (words, (gpointer) get_second_word (verb));
  return words;
}

static void
set_unknown_second_word (GError **error, const char *group, const char *typed)
{
  g_autoptr (GPtrArray) words = list_second_words (group);
  gsize nearest = tn_cli_find_nearest (typed, (const char *const *) words->pdata, words->len);

  g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_USAGE,
               _("There is no verb “%s %s”; the nearest is “%s %s”, and “tnc help %s” lists them"), group, typed, group,
               (const char *) words->pdata[nearest], group);
}

static const TnCliOption *
find_option_in (const TnCliOption *options, const char *name, gsize length)
{
  for (const TnCliOption *option = options; option != NULL && option->name != NULL; option++)
    if (strlen (option->name) == length && memcmp (option->name, name, length) == 0)
      return option;
  return NULL;
}

/* Among all verbs' options, since an option may come before its verb; check_options() has the last word. */
static const TnCliOption *
find_option (const char *name, gsize length)
{
  const TnCliOption *option = find_option_in (tn_cli_common_options, name, length);

  for (const TnCliVerb *verb = tn_cli_verbs; option == NULL && verb->words != NULL; verb++)
    option = find_option_in (verb->options, name, length);
  return option;
}

static void
add_option_names (GPtrArray *names, const TnCliOption *options)
{
  for (const TnCliOption *option = options; option != NULL && option->name != NULL; option++)
    g_ptr_array_add (names, (gpointer) option->name);
}

static void
set_unknown_option (GError **error, const TnCliVerb *verb, const char *typed)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *option = g_strndup (typed, strcspn (typed, "="));
  gsize nearest;

  add_option_names (names, tn_cli_common_options);
  if (verb != NULL)
    add_option_names (names, verb->options);
  nearest = tn_cli_find_nearest (option + strspn (option, "-"), (const char *const *) names->pdata, names->len);
  g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_USAGE, _("“%s” knows no option “%s”; the nearest is “--%s”"),
               verb != NULL ? verb->words : "tnc", option, (const char *) names->pdata[nearest]);
}

typedef struct
{
  TnCliCall *call;
  char **argv;
  int argc;
  int index;
  const char *group; /* a first word that waits for its second */
  const char *strange; /* the first option that no verb knows */
  gboolean options_ended;
} Parser;

static gboolean
take_option (Parser *self, GError **error)
{
  const char *typed = self->argv[self->index];
  const char *name = typed + 2;
  gsize length = strcspn (name, "=");
  const TnCliOption *option = typed[1] == '-' ? find_option (name, length) : NULL;
  const char *value = name[length] == '=' ? name + length + 1 : NULL;

  if (option == NULL)
    {
      /* Which words are near depends on the verb, and that may still come. */
      if (self->strange == NULL)
        self->strange = typed;
      return TRUE;
    }
  if (option->value == NULL && value != NULL)
    {
      g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_USAGE, _("“--%s” takes no value, so leave “=%s” out"),
                   option->name, value);
      return FALSE;
    }
  if (option->value != NULL && value == NULL)
    value = self->index + 1 < self->argc ? self->argv[++self->index] : NULL;
  if (option->value != NULL && value == NULL)
    {
      g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_USAGE, _("“--%s” needs a value: --%s %s"), option->name,
                   option->name, option->value);
      return FALSE;
    }
  g_hash_table_insert (self->call->options, (gpointer) option->name, g_strdup (value != NULL ? value : ""));
  return TRUE;
}

static gboolean
take_word (Parser *self, GError **error)
{
  const char *word = self->argv[self->index];
  g_autofree char *words = self->group != NULL ? g_strdup_printf ("%s %s", self->group, word) : g_strdup (word);

  if (self->call->verb != NULL)
    {
      g_ptr_array_add (self->call->arguments, g_strdup (word));
      return TRUE;
    }
  self->call->verb = find_verb (words);
  if (self->call->verb == NULL && self->group == NULL && is_group (word))
    {
      self->group = word;
      return TRUE;
    }
  if (self->call->verb == NULL && self->group != NULL)
    set_unknown_second_word (error, self->group, word);
  else if (self->call->verb == NULL)
    set_unknown_verb (error, word);
  return self->call->verb != NULL;
}

static gboolean
take (Parser *self, GError **error)
{
  const char *typed = self->argv[self->index];

  if (self->options_ended || typed[0] != '-' || typed[1] == '\0')
    return take_word (self, error);
  if (!g_str_equal (typed, "--"))
    return take_option (self, error);
  self->options_ended = TRUE;
  return TRUE;
}

static gboolean
check_options (Parser *self, GError **error)
{
  const TnCliVerb *verb = self->call->verb;
  GHashTableIter iter;
  gpointer name;

  if (self->strange != NULL)
    {
      set_unknown_option (error, verb, self->strange);
      return FALSE;
    }
  g_hash_table_iter_init (&iter, self->call->options);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!find_option_in (tn_cli_common_options, name, strlen (name))
        && (verb == NULL || !find_option_in (verb->options, name, strlen (name))))
      {
        g_autofree char *typed = g_strconcat ("--", name, NULL);

        set_unknown_option (error, verb, typed);
        return FALSE;
      }
  return TRUE;
}

static gboolean
check_verb (Parser *self, GError **error)
{
  g_autoptr (GPtrArray) words = NULL;
  g_autofree char *list = NULL;

  if (self->call->verb != NULL)
    return TRUE;
  if (self->group == NULL)
    {
      g_set_error_literal (error, TN_CLI_ERROR, TN_CLI_ERROR_USAGE, _("A verb is missing; “tnc help” lists them"));
      return FALSE;
    }
  words = list_second_words (self->group);
  g_ptr_array_add (words, NULL);
  list = g_strjoinv (", ", (char **) words->pdata);
  g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_USAGE, _("“%s” needs another word, one of: %s"), self->group, list);
  return FALSE;
}

static gboolean
check_arguments (TnCliCall *call, GError **error)
{
  const TnCliVerb *verb = call->verb;

  if (call->arguments->len < verb->min_arguments)
    g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_USAGE, _("“%s” needs more: tnc %s %s"), verb->words, verb->words,
                 verb->usage);
  else if (call->arguments->len > verb->max_arguments)
    g_set_error (error, TN_CLI_ERROR, TN_CLI_ERROR_USAGE, _("“%s” has no use for “%s”; “tnc help %s” tells more"),
                 verb->words, tn_cli_get_argument (call, verb->max_arguments), verb->words);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check (Parser *self, GError **error)
{
  const char *workspace = tn_cli_get_option (self->call, "workspace");

  if (!check_options (self, error) || (workspace != NULL && !tn_cli_check_workspace (workspace, error)))
    return FALSE;
  if (tn_cli_get_option (self->call, "help") == NULL && tn_cli_get_option (self->call, "version") == NULL)
    return check_verb (self, error) && check_arguments (self->call, error);
  if (self->call->verb == NULL && self->group != NULL)
    g_ptr_array_add (self->call->arguments, g_strdup (self->group));
  return TRUE;
}

TnCliCall *
tn_cli_parse (int argc, char **argv, GError **error)
{
  g_autoptr (TnCliCall) call = g_new0 (TnCliCall, 1);
  Parser parser = { .call = call, .argv = argv, .argc = argc };

  call->arguments = g_ptr_array_new_with_free_func (g_free);
  call->options = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  for (parser.index = 1; parser.index < argc; parser.index++)
    if (!take (&parser, error))
      return NULL;
  return check (&parser, error) ? g_steal_pointer (&call) : NULL;
}
