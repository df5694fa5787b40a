/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-canvas-private.h"

/* The canvas in a window, on a real store; nothing runs in its tiles. */
typedef struct
{
  char *folder;
  TnStore *store;
  TnCatalogue *catalogue;
  GtkWidget *window;
  TnCanvas *canvas;
} Fixture;

#define FIXTURE_CANVAS "home"

/* Two clocks side by side, "a" and "b", and "far" below: 3 by 3 each. */
void fixture_set_up (Fixture *f, gconstpointer data);
void fixture_tear_down (Fixture *f, gconstpointer data);
void fixture_add (const char *path, void (*test) (Fixture *, gconstpointer));

typedef gboolean (*Condition) (Fixture *f, gconstpointer data);
void wait_for (Fixture *f, Condition holds, gconstpointer data);

/* Until everything is read, drawn and at rest. */
void settle (Fixture *f);

void apply (Fixture *f, TnOperation *operation);
void put_tile (TnOperation *operation, TnApp *app, const char *canvas_id, const char *id, int x, int y, int w, int h);
TnTile *find (Fixture *f, const char *id);
void assert_at (Fixture *f, const char *id, int x, int y, int w, int h);

guint n_selected (Fixture *f);
void undo (Fixture *f);

/* As the store has it; (transfer full). */
TnCanvasRecord *load_canvas (Fixture *f, const char *canvas_id, const char *layout);

/* What was done since the canvas was made, oldest first; (transfer full). */
GStrv list_kinds (Fixture *f);
guint n_operations (Fixture *f);

guint n_canvases (Fixture *f);
