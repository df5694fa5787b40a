/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A folder with an archive and an empty folder in it. */
typedef struct
{
  char *root;
  char *out;
  char *path; /* of the archive, once it is written */
} Fixture;

void set_up (Fixture *self, gconstpointer data);
void tear_down (Fixture *self, gconstpointer data);

/* Over the last one. */
void write_archive (Fixture *self, GBytes *bytes);

/* As at the start. */
void empty_out (Fixture *self);
