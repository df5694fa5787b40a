/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hostile.h"
#include "record.h"

int
main (int argc, char **argv)
{
  Listener *listener;
  int result;

  record_begin (argv);
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  listener = listener_new ();
  hostile_add_group ("egress", "moderate", listener);
  hostile_add_group ("egress", "permissive", listener);
  result = g_test_run ();
  listener_free (listener);
  record_end ();
  return result;
}
