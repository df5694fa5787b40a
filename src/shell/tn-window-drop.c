/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-window-private.h"

#include <glib/gi18n-lib.h>

#include "tn-compat.h"
#include "tn-intake.h"

#define SPINNER_MS 300

/* Files that were dropped on a canvas: apps are placed, canvases imported; one after the other. */
typedef struct
{
  TnWindow *window;
  TnCanvas *canvas;
  int column, row;
  GPtrArray *files; /* of GFile */
  guint index;      /* of the one that is on its way */
  gboolean replace; /* it takes the place of another version */
  TnBoardFile *read;
  guint spinner_id;
  AdwToast *spinner; /* nullable: says that it takes a while */
} Drop;

static void next (Drop *drop);

static void
stop_spinner (Drop *drop)
{
  g_clear_handle_id (&drop->spinner_id, g_source_remove);
  if (drop->spinner != NULL)
    adw_toast_dismiss (drop->spinner);
  g_clear_object (&drop->spinner);
}

static void
drop_free (Drop *drop)
{
  stop_spinner (drop);
  g_object_unref (drop->window);
  g_object_unref (drop->canvas);
  g_ptr_array_unref (drop->files);
  tn_board_file_free (drop->read);
  g_free (drop);
}

static GFile *
current (Drop *drop)
{
  return g_ptr_array_index (drop->files, drop->index);
}

static void
done (Drop *drop)
{
  drop->index++;
  drop->replace = FALSE;
  next (drop);
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  done (user_data);
}

/* The next file waits until this was read. */
static void
tell (Drop *drop, const char *heading, const char *text)
{
  tn_compat_ask_async (GTK_WINDOW (drop->window), heading, text, NULL, TN_COMPAT_ASK_PLAIN, told_cb, drop);
}

static gboolean
spinner_cb (gpointer user_data)
{
  Drop *drop = user_data;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *spinner = gtk_spinner_new ();
  g_autofree char *title = tn_board_file_title (current (drop));
  g_autofree char *text = g_strdup_printf (_("Reading “%s”…"), title);
  GtkWidget *label = gtk_label_new (text);

  drop->spinner_id = 0;
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), label);
  drop->spinner = g_object_ref_sink (adw_toast_new (""));
  adw_toast_set_custom_title (drop->spinner, box);
  adw_toast_set_timeout (drop->spinner, 0);
  adw_toast_overlay_add_toast (drop->window->toasts, g_object_ref (drop->spinner));
  return G_SOURCE_REMOVE;
}

/* Returns: how many widgets of the app there are on canvases that are alive */
static guint
reload_app (TnWindow *self, const char *app_key)
{
  g_autoptr (GPtrArray) canvases = tn_pages_list (self->pages);
  guint n = 0;

  for (guint i = 0; i < canvases->len; i++)
    {
      g_autoptr (GPtrArray) tiles = tn_canvas_list_tiles (g_ptr_array_index (canvases, i), FALSE);

      for (guint j = 0; j < tiles->len; j++)
        {
          TnTile *tile = g_ptr_array_index (tiles, j);

          if (g_strcmp0 (tn_tile_get_record (tile)->app_key, app_key) != 0)
            continue;
          tn_tile_reload (tile);
          n++;
        }
    }
  return n;
}

static void
say_replaced (TnWindow *self, TnApp *app)
{
  g_autofree char *text = g_strdup_printf (_("%s replaced"), tn_app_get_name (app));

  tn_window_toast (self, text);
}

static void
place (Drop *drop, const char *app_id)
{
  TnCatalogue *catalogue = tn_workspace_get_catalogue (drop->window->workspace);
  g_autofree char *key = tn_app_key (TN_SOURCE_MINE, app_id, "");
  TnApp *app;

  tn_workspace_read_catalogue (drop->window->workspace);
  app = tn_catalogue_find (catalogue, key);
  if (app == NULL)
    return;
  /* Who brings another version of what is in use wants that, not one more. */
  if (drop->replace && reload_app (drop->window, key) > 0)
    say_replaced (drop->window, app);
  /* The canvas may have been left for others while that took its time. */
  else if (gtk_widget_get_root (GTK_WIDGET (drop->canvas)) != NULL)
    tn_canvas_add_app_at (drop->canvas, app, drop->column, drop->row);
}

static void take_in (Drop *drop);

static void
replace_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Drop *drop = user_data;

  drop->replace = tn_compat_ask_finish (result);
  if (drop->replace)
    take_in (drop);
  else
    done (drop);
}

static void
ask_to_replace (Drop *drop, const char *why)
{
  g_autofree char *text
    = g_strdup_printf (_("%s. If you replace it, its widgets start again with all that they have kept."), why);

  tn_compat_ask_async (GTK_WINDOW (drop->window), _("Replace the App?"), text, _("_Replace"), TN_COMPAT_ASK_DESTRUCTIVE, replace_cb, drop);
}

/* @id: (nullable) where it was refused, and @why */
static void
audit (Drop *drop, const char *id, const char *why)
{
  g_autofree char *key = id != NULL ? tn_app_key (TN_SOURCE_MINE, id, "") : NULL;
  g_autofree char *file = g_file_get_basename (current (drop));
  const char *kind = id == NULL ? "app.refused" : drop->replace ? "app.updated" : "app.installed";

  tn_audit_add (tn_workspace_get_audit (drop->window->workspace), kind, key, NULL, id != NULL ? id : file,
                id != NULL ? "done" : "refused", id != NULL ? file : why);
}

static void
taken_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Drop *drop = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = tn_intake_finish (result, &error);

  stop_spinner (drop);
  if (drop->window->closing)
    drop_free (drop);
  else if (id != NULL)
    {
      audit (drop, id, NULL);
      place (drop, id);
      done (drop);
    }
  else if (g_error_matches (error, TN_INTAKE_ERROR, TN_INTAKE_ERROR_EXISTS))
    ask_to_replace (drop, error->message);
  else
    {
      audit (drop, NULL, error->message);
      tell (drop, _("The App Can’t Be Added"), error->message);
    }
}

static void
take_in (Drop *drop)
{
  drop->spinner_id = g_timeout_add (SPINNER_MS, spinner_cb, drop);
  tn_intake_async (tn_workspace_get_directory (drop->window->workspace), current (drop), drop->replace, NULL,
                   taken_in_cb, drop);
}

static void
import_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Drop *drop = user_data;

  if (tn_compat_ask_finish (result) && !drop->window->closing)
    tn_window_take_board (drop->window, g_steal_pointer (&drop->read));
  g_clear_pointer (&drop->read, tn_board_file_free);
  done (drop);
}

static void
ask_to_import (Drop *drop)
{
  const TnBoard *board = drop->read->board;
  g_autofree char *heading = g_strdup_printf (_("Import “%s” as a New Canvas?"), board->canvas->name);
  g_autofree char *text
    = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s with %u widget", "%s with %u widgets", board->tiles->len),
                       tn_format_to_title (drop->read->format), board->tiles->len);

  tn_compat_ask_async (GTK_WINDOW (drop->window), heading, text, _("_Import"), TN_COMPAT_ASK_PLAIN, import_cb, drop);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Drop *drop = user_data;
  g_autoptr (GError) error = NULL;

  drop->read = tn_board_file_read_finish (result, &error);
  stop_spinner (drop);
  if (drop->window->closing)
    drop_free (drop);
  else if (drop->read != NULL)
    ask_to_import (drop);
  else
    tell (drop, _("The File Can’t Be Imported"), error->message);
}

static gboolean
is_board (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *small = name != NULL ? g_ascii_strdown (name, -1) : NULL;

  return small != NULL && g_str_has_suffix (small, ".json");
}

static void
next (Drop *drop)
{
  if (drop->window->closing || drop->index == drop->files->len)
    {
      drop_free (drop);
      return;
    }
  if (!is_board (current (drop)))
    {
      take_in (drop);
      return;
    }
  drop->spinner_id = g_timeout_add (SPINNER_MS, spinner_cb, drop);
  tn_board_file_read_async (current (drop), tn_workspace_get_catalogue (drop->window->workspace), read_cb, drop);
}

/* @files: (element-type GFile): dropped on the canvas in view */
void
tn_window_files_dropped (TnWindow *self, GPtrArray *files, int column, int row)
{
  Drop *drop = g_new0 (Drop, 1);

  drop->window = g_object_ref (self);
  drop->canvas = g_object_ref (tn_pages_get_current (self->pages));
  drop->column = column;
  drop->row = row;
  drop->files = g_ptr_array_ref (files);
  next (drop);
}
