/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-verbs.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "tn-catalogue.h"
#include "tn-fault.h"
#include "tn-paths.h"
#include "tn-table.h"

static const char *
get_version (TnApp *app)
{
  return tn_manifest_get_version (tn_app_get_manifest (app));
}

/* What is listed of an app: headings of the table and members of the JSON. */
static const struct
{
  const char *heading;
  const char *member;
  const char *(*get) (TnApp *app);
} columns[] = {
  { N_("ID"), "id", tn_app_get_id },
  { N_("NAME"), "name", tn_app_get_name },
  { N_("VERSION"), "version", get_version },
  { N_("SOURCE"), "source", tn_app_get_source },
  { N_("KEY"), "key", tn_app_get_key },
};

#define N_COLUMNS G_N_ELEMENTS (columns)

static void
print_table (GPtrArray *apps)
{
  const char *cells[N_COLUMNS];
  g_autoptr (TnTable) table = NULL;
  g_autofree char *text = NULL;

  for (gsize i = 0; i < N_COLUMNS; i++)
    cells[i] = _(columns[i].heading);
  table = tn_table_new (N_COLUMNS, cells);
  for (guint row = 0; row < apps->len; row++)
    {
      for (gsize i = 0; i < N_COLUMNS; i++)
        cells[i] = columns[i].get (apps->pdata[row]);
      tn_table_add (table, cells);
    }
  text = tn_table_to_string (table);
  tn_cli_print (text);
}

static void
print_json (GPtrArray *apps)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) root = json_node_init_array (json_node_alloc (), array);

  for (guint row = 0; row < apps->len; row++)
    {
      JsonObject *object = json_object_new ();

      for (gsize i = 0; i < N_COLUMNS; i++)
        json_object_set_string_member (object, columns[i].member, columns[i].get (apps->pdata[row]));
      json_array_add_object_element (array, object);
    }
  tn_cli_print_json (root);
}

/* The apps that can be placed; of each other one, says how to learn why not. */
static GPtrArray *
pick_whole (TnCatalogue *catalogue)
{
  GPtrArray *apps = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalogue)); i++)
    {
      g_autoptr (TnApp) app = g_list_model_get_item (G_LIST_MODEL (catalogue), i);

      if (tn_app_get_manifest (app) != NULL)
        g_ptr_array_add (apps, g_steal_pointer (&app));
      else
        tn_cli_say (_("“%s” can't be placed; “tnc app validate %s” says why"), tn_app_get_name (app),
                    tn_app_get_directory (app));
    }
  return apps;
}

TnExit
tn_verb_list (TnCliCall *call, GError **error)
{
  g_autofree char *workspace = tn_cli_get_workspace_dir (call);
  g_autoptr (TnCatalogue) catalogue = tn_catalogue_new ();
  g_autoptr (GPtrArray) apps = NULL;

  if (!tn_catalogue_load (catalogue, workspace, error))
    return TN_EXIT_FAILED;
  apps = pick_whole (catalogue);
  if (tn_cli_wants_json (call))
    print_json (apps);
  else
    print_table (apps);
  return TN_EXIT_DONE;
}
