/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hostile.h"
#include "record.h"

#include <stdlib.h>

/* test-hostile GROUP LEVEL NUMBER: the apps of a folder below apps/ at a level of the sandbox, so many side by side. */
int
main (int argc, char **argv)
{
  Listener *listener;
  int result;

  record_begin (argv);
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_assert_cmpint (argc, ==, 4);
  listener = listener_new ();
  hostile_add_group (argv[1], argv[2], (guint) atoi (argv[3]), listener);
  result = g_test_run ();
  listener_free (listener);
  record_end ();
  return result;
}
