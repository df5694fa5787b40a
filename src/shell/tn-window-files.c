/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-window-private.h"

#include <glib/gi18n-lib.h>

#include "tn-compat.h"
#include "tn-faults-dialog.h"

/* Canvases on their way from and to files. */

void
tn_window_tell (TnWindow *self, const char *heading, const char *text)
{
  if (!self->closing)
    tn_compat_ask_async (GTK_WINDOW (self), heading, text, NULL, TN_COMPAT_ASK_PLAIN, NULL, NULL);
}

/* A canvas that was read or is being written, until that is done. */
typedef struct
{
  TnWindow *window;
  char *name;
  char *id;          /* nullable: of the new canvas */
  GPtrArray *report; /* nullable: of TnFault */
  GFile *file;       /* nullable: to write into */
  TnFormat format;
} Passage;

static Passage *
passage_new (TnWindow *window, const char *name)
{
  Passage *passage = g_new0 (Passage, 1);

  passage->window = g_object_ref (window);
  passage->name = g_strdup (name);
  return passage;
}

static void
passage_free (Passage *passage)
{
  g_object_unref (passage->window);
  g_free (passage->name);
  g_free (passage->id);
  g_clear_pointer (&passage->report, g_ptr_array_unref);
  g_clear_object (&passage->file);
  g_free (passage);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Passage, passage_free)

/* @text: (transfer full): says what the list is */
static void
show_report (Passage *passage, const char *title, char *text)
{
  g_autofree char *owned = text;

  if (!passage->window->closing && passage->report->len > 0)
    tn_faults_dialog_show (GTK_WINDOW (passage->window), title, owned, passage->report);
}

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Passage) passage = user_data;
  TnWindow *self = passage->window;
  g_autofree char *said = g_strdup_printf (_("Imported “%s”"), passage->name);
  g_autoptr (GError) error = NULL;

  if (!tn_store_apply_finish (TN_STORE (source), result, &error))
    {
      tn_window_tell (self, _("The Canvas Can’t Be Imported"), error->message);
      return;
    }
  if (self->closing)
    return;
  tn_pages_show (self->pages, passage->id);
  tn_window_toast_undo (self, said);
  show_report (passage, said,
               g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u thing was changed or kept aside.",
                                             "%u things were changed or kept aside.", passage->report->len),
                                passage->report->len));
}

/* Makes a canvas of what was read and brings it into view. @read: (transfer full) */
void
tn_window_take_board (TnWindow *self, TnBoardFile *read)
{
  GPtrArray *canvases = tn_canvases_get_list (self->canvases);
  g_autoptr (TnOperation) operation = tn_board_operation (read->board, canvases);
  Passage *passage = passage_new (self, tn_operation_get_subject (operation));

  passage->id = g_strdup (tn_operation_get_canvas_id (operation));
  passage->report = g_ptr_array_ref (read->report);
  tn_store_apply_async (tn_workspace_get_store (self->workspace), operation, NULL, taken_cb, passage);
  tn_board_file_free (read);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  TnBoardFile *read = tn_board_file_read_finish (result, &error);

  if (read != NULL)
    tn_window_take_board (self, read);
  else
    tn_window_tell (self, _("The File Can’t Be Imported"), error->message);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnWindow) self = user_data;
  g_autoptr (GFile) file = tn_compat_choose_file_finish (result, NULL);

  if (file != NULL && !self->closing)
    tn_board_file_read_async (file, tn_workspace_get_catalogue (self->workspace), read_cb, g_object_ref (self));
}

static void
import_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;
  const TnCompatFile what = { .title = _("Import a Canvas"),
                              .accept = _("_Import"),
                              .filter = _("Canvases and dashboards (JSON)"),
                              .suffix = "json" };

  if (tn_workspace_get_store (self->workspace) != NULL)
    tn_compat_choose_file_async (GTK_WINDOW (self), &what, chosen_cb, g_object_ref (self));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Passage) passage = user_data;
  g_autofree char *said = g_strdup_printf (_("Exported “%s”"), passage->name);
  g_autoptr (GError) error = NULL;

  passage->report = tn_board_file_write_finish (result, &error);
  if (passage->report == NULL)
    {
      tn_window_tell (passage->window, _("The Canvas Can’t Be Exported"), error->message);
      return;
    }
  tn_window_toast (passage->window, said);
  show_report (
    passage, said,
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u thing means nothing to other programs of this format.",
                                  "%u things mean nothing to other programs of this format.", passage->report->len),
                     passage->report->len));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Passage) passage = user_data;
  GFile *file = passage->file;
  TnFormat format = passage->format;
  g_autoptr (GError) error = NULL;
  TnBoard *board = tn_store_load_board_finish (TN_STORE (source), result, &error);

  if (board != NULL)
    tn_board_file_write_async (file, format, board, written_cb, g_steal_pointer (&passage));
  else
    tn_window_tell (passage->window, _("The Canvas Can’t Be Exported"), error->message);
}

static void
placed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Passage) passage = user_data;
  TnStore *store = tn_workspace_get_store (passage->window->workspace);
  const char *id = passage->id;
  guint format;

  passage->file = tn_compat_choose_file_finish (result, &format);
  passage->format = format;
  if (passage->file != NULL && !passage->window->closing)
    tn_store_load_board_async (store, id, NULL, loaded_cb, g_steal_pointer (&passage));
}

static void
export_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;
  const TnCanvasRecord *canvas = tn_canvases_find (self->canvases, tn_pages_get_current_id (self->pages), NULL);
  const char *titles[TN_N_FORMATS + 1] = { NULL };
  g_autofree char *name = NULL;
  TnCompatFile what = { .title = _("Export the Canvas"),
                        .accept = _("_Export"),
                        .filter = _("Canvases and dashboards (JSON)"),
                        .suffix = "json",
                        .choice = _("Format"),
                        .choices = titles };
  Passage *passage;

  if (canvas == NULL)
    return;
  for (TnFormat i = 0; i < TN_N_FORMATS; i++)
    titles[i] = tn_format_to_title (i);
  what.name = name = tn_board_file_name (canvas->name);
  passage = passage_new (self, canvas->name);
  passage->id = g_strdup (canvas->id);
  tn_compat_choose_file_async (GTK_WINDOW (self), &what, placed_cb, passage);
}

static const TnActionEntry entries[] = {
  { "canvas.import", N_("Import a Canvas"), N_("Canvases"),
    N_("Makes a canvas of a file of this program, gridstack.js, Grafana or Home Assistant."), "<Control>o", NULL,
    import_cb },
  { "canvas.export", N_("Export the Canvas"), N_("Canvases"),
    N_("Writes the canvas in view into a file, in a format of your choice."), "<Control><Shift>s", NULL, export_cb },
};

void
tn_window_add_file_actions (TnWindow *self)
{
  tn_window_add_table (self, entries, G_N_ELEMENTS (entries));
}
