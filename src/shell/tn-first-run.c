/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-first-run.h"

#include <glib/gi18n-lib.h>

#include "tn-clock.h"

#define ID_LENGTH 12

/* Four apps that fill a window of usual size without a gap, in the wide layout. */
static const struct
{
  const char *id;
  int x, y, w, h;
} starters[] = {
  { "com.tokennexus.todo", 0, 0, 4, 7 },
  { "com.tokennexus.calendar", 4, 0, 5, 4 },
  { "com.tokennexus.clock", 9, 0, 3, 4 },
  { "com.tokennexus.notes", 4, 4, 8, 3 },
};

static void
put_starter (TnOperation *operation, const char *canvas_id, TnApp *app, gsize i)
{
  g_autofree char *id = tn_random_id (ID_LENGTH);
  g_autoptr (TnTileRecord) tile = tn_tile_record_new (id, canvas_id, tn_app_get_key (app), tn_app_get_id (app));

  tile->x = starters[i].x;
  tile->y = starters[i].y;
  tile->w = starters[i].w;
  tile->h = starters[i].h;
  tn_operation_put_tile (operation, tile);
}

TnOperation *
tn_first_run_operation (TnCatalogue *catalogue)
{
  g_autofree char *id = tn_random_id (ID_LENGTH);
  g_autoptr (TnCanvasRecord) canvas = tn_canvas_record_new (id, _("Home"));
  TnOperation *operation = tn_operation_new ("canvas.create", id, canvas->name);

  tn_operation_put_canvas (operation, canvas);
  for (gsize i = 0; i < G_N_ELEMENTS (starters); i++)
    {
      TnApp *app = tn_catalogue_find_id (catalogue, starters[i].id);

      if (app != NULL)
        put_starter (operation, id, app, i);
    }
  return operation;
}
