/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-verbs.h"

#include <glib/gi18n-lib.h>

#include "tn-doctor.h"
#include "tn-table.h"

#define PATIENCE_MS 5000

static void
print_json (GPtrArray *rows)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), object);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      const TnDoctorRow *row = rows->pdata[i];
      JsonObject *element = json_object_new ();

      json_object_set_string_member (element, "id", row->id);
      json_object_set_string_member (element, "state", tn_doctor_state_name (row->state));
      json_object_set_string_member (element, "sentence", row->sentence);
      if (row->remedy != NULL)
        json_object_set_string_member (element, "remedy", row->remedy);
      else
        json_object_set_null_member (element, "remedy");
      json_array_add_object_element (array, element);
    }
  json_object_set_boolean_member (object, "ok", tn_doctor_is_well (rows));
  json_object_set_array_member (object, "checks", array);
  tn_cli_print_json (root);
}

static void
print_text (GPtrArray *rows)
{
  static const char *const states[] = { N_("ok"), N_("warning"), N_("missing") };
  g_autoptr (TnTable) table = tn_table_new (3, (const char *[]) { _("CHECK"), _("STATE"), _("FINDING") });
  g_autofree char *text = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      const TnDoctorRow *row = rows->pdata[i];

      tn_table_add (table, (const char *[]) { row->id, _(states[row->state]), row->sentence });
      if (row->remedy != NULL)
        tn_table_add (table, (const char *[]) { " ", " ", row->remedy });
    }
  text = tn_table_to_string (table);
  tn_cli_print (text);
}

TnExit
tn_verb_doctor (TnCliCall *call, GError **error)
{
  g_autofree char *workspace = tn_cli_get_workspace_dir (call);
  TnDoctorPlace place = { "", workspace, PATIENCE_MS };
  g_autoptr (GPtrArray) rows = tn_doctor_examine (&place);

  if (tn_cli_wants_json (call))
    print_json (rows);
  else
    print_text (rows);
  if (tn_doctor_is_well (rows))
    return TN_EXIT_DONE;
  tn_cli_say (_("Tiles can't run on this machine yet; what is missing is listed with its remedy"));
  return TN_EXIT_FAILED;
}
