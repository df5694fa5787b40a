/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The built tnc, run in a home of its own. */

/* Its path, which is the first argument of each of these tests. */
extern char *tnc;

typedef struct
{
  char *home;
  char *data;      /* what TN_DATA_DIR is for tnc */
  const char *bus; /* address of a session bus; NULL where there is none */

  /* home_listen() */
  GTestDBus *daemon;
  GDBusConnection *listener;
  guint subscription;
  GVariant *told;
} Home;

typedef struct
{
  int code;
  char *out;
  char *err;
} Run;

void run_clear (Run *run);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* Begins g_test_init(), and takes tnc from the arguments. */
void home_init_tests (int argc, char **argv);

/* Makes the folder; they can be the fixture's own. */
void home_set_up (Home *home, gconstpointer data);
void home_tear_down (Home *home, gconstpointer data);

/* A path below it. */
char *home_path (Home *home, const char *path);

/* Folders are made as they are needed. */
void home_add_file (Home *home, const char *path, const char *content);

/* A whole app in @folder, which is a path below it. */
void home_add_app (Home *home, const char *folder, const char *id, const char *name);

/* Three canvases: Home with two tiles, and two by the name of Twin. Returns: its folder. */
char *home_add_workspace (Home *home, const char *name);

/* Every file's name, size and time of change, below @path: what a verb that only reads must leave alone. */
void home_describe (const char *path, GString *text);

/* A session bus of its own, on which an open window hears @signal of tnc. */
void home_listen (Home *home, const char *signal);

/* Waits until it was heard; (transfer full): its arguments */
GVariant *home_wait_told (Home *home);

/* Without a terminal or a display, as a script does. @out: (nullable): where its output goes. */
GSubprocess *home_spawn (Home *home, const char *line, GSubprocessFlags flags, const char *out);

/* Waits for its end. */
Run home_run (Home *home, const char *line);
