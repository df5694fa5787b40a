/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-verbs.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <unistd.h>

#include "tn-cli-store.h"
#include "tn-clock.h"
#include "tn-erasure-record.h"
#include "tn-erasure.h"
#include "tn-shelf.h"
#include "tn-table.h"
#include "tn-text.h"

/* An open window stops what runs first; a workspace of some size takes a while to be written anew. */
#define WAIT_US (60 * (gint64) G_USEC_PER_SEC)
#define POLL_US (50 * 1000)

/* What is to go; the app may have been removed before, or be known by its key only. */
typedef struct
{
  char *key, *id, *name;
  gboolean own;
} Target;

static void
target_clear (Target *self)
{
  g_free (self->key);
  g_free (self->id);
  g_free (self->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Target, target_clear)

static void
take_app (Target *self, TnApp *app)
{
  *self = (Target) { g_strdup (tn_app_get_key (app)), g_strdup (tn_app_get_id (app)), g_strdup (tn_app_get_name (app)),
                     g_str_equal (tn_app_get_source (app), TN_SOURCE_MINE) };
}

/* One of the person's own apps whose package lies aside. */
static gboolean
find_removed (TnDb *db, const char *named, Target *target)
{
  g_auto (GStrv) ids = tn_db_list_removals (db, NULL);

  for (gsize i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      g_autofree char *key = tn_app_key (TN_SOURCE_MINE, ids[i], "");

      if (!g_str_equal (ids[i], named) && !g_str_equal (key, named))
        continue;
      *target = (Target) { g_steal_pointer (&key), g_strdup (ids[i]), g_strdup (ids[i]), TRUE };
      return TRUE;
    }
  return FALSE;
}

/* What is left of an app that is nowhere any more. */
static gboolean
find_known (TnDb *db, const char *named, Target *target)
{
  gboolean known = FALSE;

  if (!tn_db_needs_app (db, named, &known, NULL) || !known)
    return FALSE;
  *target = (Target) { g_strdup (named), g_strdup (named), g_strdup (named), FALSE };
  return TRUE;
}

static gboolean
find_target (TnCliCall *call, TnDb *db, gboolean gone_too, Target *target, GError **error)
{
  const char *named = tn_cli_get_argument (call, 0);
  g_autoptr (TnCatalogue) catalogue = tn_cli_load_catalogue (call, error);
  g_autoptr (GError) missing = NULL;
  g_autoptr (TnApp) app = catalogue != NULL ? tn_cli_find_app (catalogue, named, &missing) : NULL;

  if (catalogue == NULL)
    return FALSE;
  if (app != NULL)
    take_app (target, app);
  else if (!gone_too || (!find_removed (db, named, target) && !find_known (db, named, target)))
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  return TRUE;
}

static void
print_target (const Target *target, const char *done)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), object);

  json_object_set_string_member (object, "id", target->id);
  json_object_set_string_member (object, "key", target->key);
  json_object_set_boolean_member (object, done, TRUE);
  json_object_unref (object);
  tn_cli_print_json (root);
}

static void
announce_touched (TnCliCall *call, GStrv canvases)
{
  for (gsize i = 0; canvases[i] != NULL; i++)
    tn_cli_announce (call, canvases[i]);
}

TnExit
tn_verb_remove (TnCliCall *call, GError **error)
{
  g_autofree char *workspace = tn_cli_get_workspace_dir (call);
  g_autoptr (TnDb) db = tn_cli_open_workspace (call, TN_DB_READ_WRITE, error);
  g_auto (Target) target = { NULL };
  g_auto (GStrv) touched = NULL;
  gboolean moved = FALSE;

  if (db == NULL || !find_target (call, db, FALSE, &target, error)
      || !tn_db_remove_app (db, target.key, target.id, target.name, target.own, error))
    return TN_EXIT_FAILED;
  touched = tn_db_take_touched (db);
  if (!tn_shelf_settle (db, workspace, &moved, error))
    return TN_EXIT_FAILED;
  announce_touched (call, touched);
  tn_cli_announce_apps (call);
  if (tn_cli_wants_json (call))
    print_target (&target, "removed");
  else
    tn_cli_say (target.own ? _("“%s” is removed; undo in the window brings it back")
                           : _("The widgets of “%s” are removed; undo in the window brings them back. The app comes with "
                               "the program"),
                target.name);
  return TN_EXIT_DONE;
}

static gboolean
ask (const Target *target)
{
  g_autofree char *question
    = g_strdup_printf (_("“%s” (%s) and all that it has kept go, here and in the backups. This can't be undone."),
                       target->name, target->id);
  g_autofree char *safe = tn_text_make_safe (question);
  char answer[16];

  fprintf (stderr, "%s\n%s ", safe, _("Erase it? [y/N]"));
  return fgets (answer, sizeof answer, stdin) != NULL && g_ascii_tolower (*answer) == 'y';
}

/* Whether a person, or who speaks for one, said so. */
static gboolean
is_meant (TnCliCall *call, const Target *target)
{
  if (tn_cli_get_option (call, "yes") != NULL)
    return TRUE;
  if (!isatty (STDIN_FILENO) || !isatty (STDERR_FILENO))
    tn_cli_say (_("A person has to say that this is meant: run it on a terminal, or with --yes"));
  else if (ask (target))
    return TRUE;
  else
    tn_cli_say (_("Nothing was erased"));
  return FALSE;
}

static gboolean
is_noted (TnDb *db, const char *key, gboolean *noted, GError **error)
{
  g_autoptr (GPtrArray) erasures = tn_db_list_erasures (db, error);

  *noted = FALSE;
  for (guint i = 0; erasures != NULL && i < erasures->len; i++)
    *noted |= g_str_equal (((TnErasureRecord *) erasures->pdata[i])->app_key, key);
  return erasures != NULL;
}

/* Where nobody else has the workspace open this does it; else an open window, which has to stop what runs. */
static gboolean
carry_out (TnCliCall *call, TnDb *db, const Target *target, GError **error)
{
  g_autofree char *workspace = tn_cli_get_workspace_dir (call);
  gint64 deadline = tn_clock_monotonic_us () + WAIT_US;
  gboolean told = FALSE, noted = TRUE;

  while (is_noted (db, target->key, &noted, error) && noted)
    {
      if (tn_db_is_alone (db))
        return tn_erasure_run (db, workspace, target->key, target->id, error);
      if (!told)
        tn_cli_announce_erasure (call);
      told = TRUE;
      if (tn_clock_monotonic_us () > deadline)
        {
          g_set_error_literal (error, TN_STORE_ERROR, TN_STORE_ERROR_BUSY,
                               _("Another program has the workspace open and has not ended it; it is ended when the "
                                 "workspace is opened the next time"));
          return FALSE;
        }
      g_usleep (POLL_US);
    }
  return !noted;
}

TnExit
tn_verb_erase (TnCliCall *call, GError **error)
{
  g_autoptr (TnDb) db = tn_cli_open_workspace (call, TN_DB_READ_WRITE, error);
  g_auto (Target) target = { NULL };

  if (db == NULL || !find_target (call, db, TRUE, &target, error))
    return TN_EXIT_FAILED;
  if (!is_meant (call, &target))
    return TN_EXIT_REFUSED;
  if (!tn_db_begin_erasure (db, target.key, target.id, error) || !carry_out (call, db, &target, error))
    return TN_EXIT_FAILED;
  if (tn_cli_wants_json (call))
    print_target (&target, "erased");
  else
    tn_cli_say (_("“%s” is erased"), target.name);
  return TN_EXIT_DONE;
}
