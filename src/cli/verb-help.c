/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-verbs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tn-table.h"

/* "--canvas NAME|ID" */
static char *
spell_option (const TnCliOption *option)
{
  return option->value != NULL ? g_strdup_printf ("--%s %s", option->name, _(option->value))
                               : g_strdup_printf ("--%s", option->name);
}

/* "tnc canvas export FILE [--canvas NAME|ID]"; gettext would translate an empty text to its file's header. */
static char *
spell_usage (const TnCliVerb *verb)
{
  GString *text = g_string_new ("tnc ");

  g_string_append (text, verb->words);
  if (*verb->usage != '\0')
    g_string_append_printf (text, " %s", _(verb->usage));
  for (const TnCliOption *option = verb->options; option != NULL && option->name != NULL; option++)
    {
      g_autofree char *spelled = spell_option (option);

      g_string_append_printf (text, " [%s]", spelled);
    }
  return g_string_free (text, FALSE);
}

/* Whether help on @call's verb, on the group of its first argument, or on all has @verb in it. */
static gboolean
is_meant (TnCliCall *call, const TnCliVerb *verb)
{
  const char *group = tn_cli_get_argument (call, 0);

  if (call->verb != NULL)
    return verb == call->verb;
  return group == NULL || (g_str_has_prefix (verb->words, group) && verb->words[strlen (group)] == ' ');
}

static void
print_options (const TnCliOption *options)
{
  g_autoptr (TnTable) table = tn_table_new (2, NULL);
  g_autofree char *text = NULL;

  for (const TnCliOption *option = options; option != NULL && option->name != NULL; option++)
    {
      g_autofree char *spelled = spell_option (option);
      g_autofree char *indented = g_strconcat ("  ", spelled, NULL);

      tn_table_add (table, (const char *[]) { indented, _(option->help) });
    }
  text = tn_table_to_string (table);
  tn_cli_print (text);
}

static void
print_verbs (TnCliCall *call)
{
  g_autoptr (TnTable) table = tn_table_new (2, NULL);
  g_autofree char *text = NULL;

  for (const TnCliVerb *verb = tn_cli_verbs; verb->words != NULL; verb++)
    if (is_meant (call, verb))
      {
        g_autofree char *usage = spell_usage (verb);
        g_autofree char *indented = g_strconcat ("  ", usage, NULL);

        tn_table_add (table, (const char *[]) { indented, _(verb->summary) });
      }
  text = tn_table_to_string (table);
  tn_cli_print (text);
}

static void
print_text (TnCliCall *call)
{
  print_verbs (call);
  if (call->verb != NULL && call->verb->options != NULL)
    {
      tn_cli_print (_("\nOptions:\n"));
      print_options (call->verb->options);
    }
  tn_cli_print (_("\nOptions of every verb:\n"));
  print_options (tn_cli_common_options);
  tn_cli_print (_("\nEnds with 0 done, 1 failed, 2 usage, 3 refused by policy, 4 not found, 5 network, "
                  "6 integrity.\n"));
}

static void
add_options (JsonArray *array, const TnCliOption *options)
{
  for (const TnCliOption *option = options; option != NULL && option->name != NULL; option++)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "name", option->name);
      if (option->value != NULL)
        json_object_set_string_member (object, "value", _(option->value));
      else
        json_object_set_null_member (object, "value");
      json_object_set_string_member (object, "help", _(option->help));
      json_array_add_object_element (array, object);
    }
}

static void
print_json (TnCliCall *call)
{
  g_autoptr (JsonArray) verbs = json_array_new ();
  g_autoptr (JsonNode) root = json_node_init_array (json_node_alloc (), verbs);

  for (const TnCliVerb *verb = tn_cli_verbs; verb->words != NULL; verb++)
    if (is_meant (call, verb))
      {
        JsonObject *object = json_object_new ();
        JsonArray *options = json_array_new ();
        g_autofree char *usage = spell_usage (verb);

        add_options (options, verb->options);
        add_options (options, tn_cli_common_options);
        json_object_set_string_member (object, "verb", verb->words);
        json_object_set_string_member (object, "usage", usage);
        json_object_set_string_member (object, "summary", _(verb->summary));
        json_object_set_array_member (object, "options", options);
        json_array_add_object_element (verbs, object);
      }
  tn_cli_print_json (root);
}

TnExit
tn_verb_show_help (TnCliCall *call)
{
  if (tn_cli_wants_json (call))
    print_json (call);
  else
    print_text (call);
  return TN_EXIT_DONE;
}

/* "help canvas show" is "canvas show --help", unknown words and all. */
TnExit
tn_verb_help (TnCliCall *call, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) line = NULL;
  g_autoptr (TnCliCall) meant = NULL;

  g_strv_builder_add_many (builder, "tnc", "--help", NULL);
  if (tn_cli_wants_json (call))
    g_strv_builder_add (builder, "--json");
  g_strv_builder_add (builder, "--");
  for (guint i = 0; i < call->arguments->len; i++)
    g_strv_builder_add (builder, call->arguments->pdata[i]);
  line = g_strv_builder_end (builder);
  meant = tn_cli_parse (g_strv_length (line), line, error);
  return meant != NULL ? tn_verb_show_help (meant) : TN_EXIT_USAGE;
}

TnExit
tn_verb_show_version (TnCliCall *call)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), object);

  if (!tn_cli_wants_json (call))
    {
      tn_cli_print ("tnc " APP_VERSION "\n");
      return TN_EXIT_DONE;
    }
  json_object_set_string_member (object, "name", "tnc");
  json_object_set_string_member (object, "version", APP_VERSION);
  tn_cli_print_json (root);
  return TN_EXIT_DONE;
}
