/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive-fixture.h"

#include <glib/gstdio.h>

#include "pack.h"
#include "tn-tree.h"

void
set_up (Fixture *self, gconstpointer data)
{
  self->root = pack_make_folder ();
  self->out = g_build_filename (self->root, "out", NULL);
  g_assert_cmpint (g_mkdir (self->out, 0700), ==, 0);
}

void
tear_down (Fixture *self, gconstpointer data)
{
  pack_remove_folder (self->root);
  g_free (self->out);
  g_free (self->path);
}

void
write_archive (Fixture *self, GBytes *bytes)
{
  g_free (self->path);
  self->path = pack_write_bytes (self->root, "archive", bytes);
}

void
empty_out (Fixture *self)
{
  tn_tree_remove (self->out);
  g_assert_cmpint (g_mkdir (self->out, 0700), ==, 0);
}
