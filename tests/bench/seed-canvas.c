/* SPDX-License-Identifier: GPL-3.0-or-later */

/* seed-canvas DIRECTORY APP-ID…: makes a workspace with one canvas and these bundled apps on it, four in a row. An id
 * that begins with a colon is a panel of that kind for which there is no app; of these go six in a row. */
#include "config.h"

#include "tn-catalogue.h"
#include "tn-db.h"
#include "tn-manifest.h"

#define COLUMNS 12
#define WIDTH 3
#define HEIGHT 4
#define PANEL 2

static void
put_tile (TnOperation *operation, const char *canvas_id, const char *app_id, int index)
{
  gboolean panel = *app_id == ':';
  g_autofree char *key = panel ? g_strdup ("") : tn_app_key (TN_SOURCE_BUNDLED, app_id, "");
  g_autofree char *id = g_strdup_printf ("tile-%d", index);
  g_autoptr (TnTileRecord) tile = tn_tile_record_new (id, canvas_id, key, panel ? app_id + 1 : app_id);

  tile->w = panel ? PANEL : WIDTH;
  tile->h = panel ? PANEL : HEIGHT;
  tile->x = index % (COLUMNS / tile->w) * tile->w;
  tile->y = index / (COLUMNS / tile->w) * tile->h;
  tn_operation_put_tile (operation, tile);
}

int
main (int argc, char **argv)
{
  const char *canvas_id = "home";
  g_autoptr (TnCanvasRecord) canvas = tn_canvas_record_new (canvas_id, "Home");
  g_autoptr (TnOperation) operation = tn_operation_new ("canvas.create", canvas_id, "Home");
  g_autoptr (TnDb) db = NULL;
  g_autoptr (GError) error = NULL;

  if (argc < 3)
    {
      g_printerr ("Usage: %s DIRECTORY APP-ID…\n", argv[0]);
      return 2;
    }
  tn_operation_put_canvas (operation, canvas);
  for (int i = 2; i < argc; i++)
    put_tile (operation, canvas_id, argv[i], i - 2);

  db = tn_db_open (argv[1], TN_DB_READ_WRITE, &error);
  if (db == NULL || !tn_db_apply (db, operation, &error))
    {
      g_printerr ("%s: %s\n", argv[1], error->message);
      return 1;
    }
  return 0;
}
