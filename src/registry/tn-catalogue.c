/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-catalogue.h"
#include "tn-paths.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *source;
  char *directory;
} Folder;

typedef struct
{
  TnApp *app;
  guint folder; /* index into the catalogue's folders */
  char *place;  /* collation key of the name */
} Item;

struct _TnCatalogue
{
  GObject parent_instance;

  GPtrArray *folders; /* Folder, in the order of adding */
  GPtrArray *items;   /* Item, in the order of the list */
  TnApp *canary;      /* (nullable) until it is loaded */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TnCatalogue, tn_catalogue, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
folder_free (gpointer data)
{
  Folder *self = data;

  g_free (self->source);
  g_free (self->directory);
  g_free (self);
}

static Item *
item_new (TnApp *app, guint folder)
{
  Item *self = g_new0 (Item, 1);
  g_autofree char *name = g_utf8_make_valid (tn_app_get_name (app), -1);
  g_autofree char *folded = g_utf8_casefold (name, -1);

  self->app = g_object_ref (app);
  self->folder = folder;
  self->place = g_utf8_collate_key (folded, -1);
  return self;
}

static void
item_free (gpointer data)
{
  Item *self = data;

  g_object_unref (self->app);
  g_free (self->place);
  g_free (self);
}

static int
compare_places (gconstpointer first, gconstpointer second)
{
  const Item *a = *(Item *const *) first, *b = *(Item *const *) second;
  int order = strcmp (a->place, b->place);

  if (order == 0)
    order = strcmp (tn_app_get_id (a->app), tn_app_get_id (b->app));
  return order != 0 ? order : (a->folder > b->folder) - (a->folder < b->folder);
}

static guint
find_folder (TnCatalogue *self, const char *source, const char *directory)
{
  g_autofree char *path = g_canonicalize_filename (directory, NULL);
  Folder *folder;

  for (guint i = 0; i < self->folders->len; i++)
    {
      folder = self->folders->pdata[i];
      if (g_str_equal (folder->source, source) && g_str_equal (folder->directory, path))
        return i;
    }
  folder = g_new0 (Folder, 1);
  folder->source = g_strdup (source);
  folder->directory = g_steal_pointer (&path);
  g_ptr_array_add (self->folders, folder);
  return self->folders->len - 1;
}

/* A link could lead out of the folder, to what isn't an app of this source. */
static gboolean
is_app_folder (const char *path, const char *name)
{
  GStatBuf status;

  return *name != '.' && g_lstat (path, &status) == 0 && S_ISDIR (status.st_mode);
}

/* Of two apps with one key the first stays: one that is whole, then the one whose folder's name comes first. */
static int
compare_claims (gconstpointer first, gconstpointer second)
{
  TnApp *a = *(TnApp *const *) first, *b = *(TnApp *const *) second;
  gboolean a_broken = tn_app_get_manifest (a) == NULL, b_broken = tn_app_get_manifest (b) == NULL;

  return a_broken != b_broken ? a_broken - b_broken : strcmp (tn_app_get_directory (a), tn_app_get_directory (b));
}

static GPtrArray *
load_apps (const Folder *folder, GDir *dir)
{
  GPtrArray *apps = g_ptr_array_new_with_free_func (g_object_unref);

  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (folder->directory, name, NULL);

      if (is_app_folder (path, name))
        g_ptr_array_add (apps, tn_app_load (folder->source, path));
    }
  g_ptr_array_sort (apps, compare_claims);
  return apps;
}

static void
remove_apps (TnCatalogue *self, guint folder)
{
  for (guint i = self->items->len; i-- > 0;)
    if (((Item *) self->items->pdata[i])->folder == folder)
      g_ptr_array_remove_index (self->items, i);
}

static int
add_apps (TnCatalogue *self, GPtrArray *apps, guint folder)
{
  int n = 0;

  for (guint i = 0; i < apps->len; i++)
    {
      TnApp *app = apps->pdata[i];
      TnApp *same = tn_catalogue_find (self, tn_app_get_key (app));

      if (same == NULL)
        {
          g_ptr_array_add (self->items, item_new (app, folder));
          n++;
        }
      else
        g_warning ("The app in “%s” is left out: it has the id “%s”, like the one in “%s”", tn_app_get_directory (app),
                   tn_app_get_id (app), tn_app_get_directory (same));
    }
  return n;
}

/* For search: without case, accents, and what only sets apart how a character is drawn. */
static char *
fold (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = g_utf8_casefold (normal, -1);
  GString *bare = g_string_new (NULL);

  for (const char *c = folded; *c != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_ismark (g_utf8_get_char (c)))
      g_string_append_unichar (bare, g_utf8_get_char (c));
  return g_string_free (bare, FALSE);
}

static char *
fold_app (TnApp *app)
{
  TnManifest *manifest = tn_app_get_manifest (app);
  g_autofree char *text
    = g_strjoin ("\n", tn_app_get_name (app), tn_app_get_id (app),
                 manifest != NULL ? tn_manifest_get_description (manifest) : "",
                 manifest != NULL ? tn_manifest_get_author (manifest) : "", NULL);

  return fold (text);
}

static GType
tn_catalogue_get_item_type (GListModel *model)
{
  return TN_TYPE_APP;
}

static guint
tn_catalogue_get_n_items (GListModel *model)
{
  return TN_CATALOGUE (model)->items->len;
}

static gpointer
tn_catalogue_get_item (GListModel *model, guint position)
{
  GPtrArray *items = TN_CATALOGUE (model)->items;

  return position < items->len ? g_object_ref (((Item *) items->pdata[position])->app) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = tn_catalogue_get_item_type;
  iface->get_n_items = tn_catalogue_get_n_items;
  iface->get_item = tn_catalogue_get_item;
}

static void
tn_catalogue_finalize (GObject *object)
{
  TnCatalogue *self = TN_CATALOGUE (object);

  g_clear_object (&self->canary);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->folders);

  G_OBJECT_CLASS (tn_catalogue_parent_class)->finalize (object);
}

static void
tn_catalogue_class_init (TnCatalogueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = tn_catalogue_finalize;
}

static void
tn_catalogue_init (TnCatalogue *self)
{
  self->folders = g_ptr_array_new_with_free_func (folder_free);
  self->items = g_ptr_array_new_with_free_func (item_free);
}

TnCatalogue *
tn_catalogue_new (void)
{
  return g_object_new (TN_TYPE_CATALOGUE, NULL);
}

int
tn_catalogue_add_folder (TnCatalogue *self, const char *source, const char *directory, GError **error)
{
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GPtrArray) apps = NULL;
  guint folder, n_before;
  int n;

  g_return_val_if_fail (TN_IS_CATALOGUE (self), -1);
  g_return_val_if_fail (source != NULL && directory != NULL, -1);

  dir = g_dir_open (directory, 0, error);
  if (dir == NULL)
    return -1;
  folder = find_folder (self, source, directory);
  apps = load_apps (self->folders->pdata[folder], dir);
  n_before = self->items->len;
  remove_apps (self, folder);
  n = add_apps (self, apps, folder);
  g_ptr_array_sort (self->items, compare_places);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->items->len);
  return n;
}

gboolean
tn_catalogue_load (TnCatalogue *self, const char *workspace, GError **error)
{
  g_autofree char *bundled = g_build_filename (tn_paths_data_dir (), "apps", NULL);
  g_autofree char *canary = g_build_filename (tn_paths_data_dir (), "sdk", "canary", NULL);
  g_autofree char *mine = g_build_filename (workspace, "mine", NULL);
  gboolean loaded = tn_catalogue_add_folder (self, TN_SOURCE_BUNDLED, bundled, error) >= 0;

  if (self->canary == NULL)
    self->canary = tn_app_load (TN_SOURCE_HOST, canary);
  if (!g_file_test (mine, G_FILE_TEST_IS_DIR))
    return loaded;
  return tn_catalogue_add_folder (self, TN_SOURCE_MINE, mine, loaded ? error : NULL) >= 0 && loaded;
}

TnApp *
tn_catalogue_find (TnCatalogue *self, const char *app_key)
{
  g_return_val_if_fail (TN_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (app_key != NULL, NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = self->items->pdata[i];

      if (g_str_equal (tn_app_get_key (item->app), app_key))
        return item->app;
    }
  return NULL;
}

TnApp *
tn_catalogue_find_any (TnCatalogue *self, const char *app_key)
{
  TnApp *app = tn_catalogue_find (self, app_key);

  if (app == NULL && self->canary != NULL && g_str_equal (tn_app_get_key (self->canary), app_key))
    return self->canary;
  return app;
}

TnApp *
tn_catalogue_find_id (TnCatalogue *self, const char *id)
{
  Item *first = NULL;

  g_return_val_if_fail (TN_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = self->items->pdata[i];

      if (g_str_equal (tn_app_get_id (item->app), id) && (first == NULL || item->folder < first->folder))
        first = item;
    }
  return first != NULL ? first->app : NULL;
}

gboolean
tn_catalogue_matches (TnApp *app, const char *text)
{
  g_autofree char *wanted = NULL;
  g_autofree char *there = NULL;
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (TN_IS_APP (app), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  wanted = fold (text);
  there = fold_app (app);
  words = g_strsplit_set (wanted, " \t\n", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (there, words[i]) == NULL)
      return FALSE;
  return TRUE;
}
