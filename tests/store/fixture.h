/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-db.h"

/* A new folder of this test's own, in memory where there is such a file system. (transfer full) */
char *fixture_make_folder (void);

/* Removes it with all that is in it. */
void fixture_remove_folder (char *folder);

/* Opens, and expects it to work. */
TnDb *fixture_open (const char *folder);
TnDb *fixture_open_expecting (const char *folder, TnStoreOutcome outcome);

/* For g_test_add(): a folder with a new database in it, open, which is whole at the end. */
typedef struct
{
  char *folder;
  TnDb *db;
} FixtureDb;

void fixture_set_up (FixtureDb *f, gconstpointer data);
void fixture_tear_down (FixtureDb *f, gconstpointer data);

char *fixture_path (const char *folder, const char *name);
gboolean fixture_exists (const char *folder, const char *name);

/* How many files of @folder have names that begin with @prefix. */
guint fixture_count (const char *folder, const char *prefix);

/* Whole files. */
void fixture_copy (const char *from_folder, const char *to_folder, const char *name);
GBytes *fixture_read (const char *folder, const char *name);
void fixture_write (const char *folder, const char *name, gconstpointer data, gsize length);

/* Writes @length bytes of @byte over the file at @offset. */
void fixture_scribble (const char *folder, const char *name, gsize offset, guint8 byte, gsize length);

/* Past TnDb, over a connection of its own: the first column of every row, a line each. (transfer full) */
char *fixture_sql (const char *folder, const char *sql);

/* All rows of what operations and apps change, a line each. (transfer full) */
char *fixture_dump (const char *folder);

/* Expects to work: one canvas @canvas; one tile of it at @x, @y, 2 by 2. */
void fixture_add_canvas (TnDb *db, const char *canvas);
void fixture_add_tile (TnDb *db, const char *canvas, const char *tile, int x, int y);
void fixture_move (TnDb *db, const char *canvas, const char *tile, int x, int y);

/* Lets warnings pass, and keeps the last; call once before any. fixture_take_warning(): (transfer full) (nullable). */
void fixture_catch_warnings (void);
char *fixture_take_warning (void);

/* Runs @child in a process of its own, as a person without privileges, and expects it to come to its end. */
typedef void (*FixtureChild) (gpointer data);
void fixture_run_unprivileged (FixtureChild child, gpointer data);
void fixture_run_child (FixtureChild child, gpointer data);
