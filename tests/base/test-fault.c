/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-fault.h"

#include <string.h>

static void
check (const TnFault *fault, const char *pointer, const char *message)
{
  g_assert_cmpstr (fault->pointer, ==, pointer);
  g_assert_cmpstr (fault->message, ==, message);
}

static void
test_new (void)
{
  g_autoptr (TnFault) fault = tn_fault_new ("/a/0", "must be %d, not “%s”", 5, "é");
  g_autoptr (TnFault) copy = tn_fault_copy (fault);

  check (fault, "/a/0", "must be 5, not “é”");
  check (copy, "/a/0", "must be 5, not “é”");
  g_assert_true (copy->message != fault->message);
}

static void
test_boxed (void)
{
  g_autoptr (TnFault) fault = tn_fault_new ("", "x");
  TnFault *copy = g_boxed_copy (TN_TYPE_FAULT, fault);

  check (copy, "", "x");
  g_boxed_free (TN_TYPE_FAULT, copy);
}

/* What a document says must not drive a terminal, turn the text around it or fill the window. */
static void
test_harmless (void)
{
  g_autofree char *long_text = g_strnfill (100000, 'x');
  g_autofree char *name = g_strconcat ("/", long_text, NULL);
  g_autoptr (TnFault) fault = tn_fault_new ("/a\x1b[2J\n\xe2\x80\xaeq", "“%s” \r\xff\xc2\x85.", "\x07");
  g_autoptr (TnFault) large = tn_fault_new (name, "%s", long_text);

  check (fault, "/a\xef\xbf\xbd[2J\xef\xbf\xbd\xef\xbf\xbdq", "“\xef\xbf\xbd” \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd.");
  g_assert_cmpuint (strlen (large->pointer), ==, 512 + strlen ("…"));
  g_assert_cmpuint (strlen (large->message), ==, 1024 + strlen ("…"));
  g_assert_true (g_str_has_suffix (large->message, "x…"));
}

static void
test_list (void)
{
  g_autoptr (GPtrArray) list = tn_fault_list_new ();

  g_assert_cmpuint (list->len, ==, 0);
  tn_fault_list_add (list, "/a", "is %s", "wrong");
  g_assert_cmpuint (list->len, ==, 1);
  check (g_ptr_array_index (list, 0), "/a", "is wrong");
  g_assert_false (tn_fault_list_is_full (list));
}

static void
test_list_is_bounded (void)
{
  g_autoptr (GPtrArray) list = tn_fault_list_new ();

  for (guint i = 0; i < TN_FAULT_LIST_MAX - 1; i++)
    tn_fault_list_add (list, "/a", "%u", i);
  g_assert_false (tn_fault_list_is_full (list));
  for (guint i = 0; i < 1000; i++)
    tn_fault_list_add (list, "/b", "one more");
  g_assert_true (tn_fault_list_is_full (list));
  g_assert_cmpuint (list->len, ==, TN_FAULT_LIST_MAX);
  check (g_ptr_array_index (list, TN_FAULT_LIST_MAX - 2), "/a", "198");
  check (g_ptr_array_index (list, TN_FAULT_LIST_MAX - 1), "", "There are more faults: mend these first");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fault/new", test_new);
  g_test_add_func ("/fault/boxed", test_boxed);
  g_test_add_func ("/fault/harmless", test_harmless);
  g_test_add_func ("/fault/list", test_list);
  g_test_add_func ("/fault/list-is-bounded", test_list_is_bounded);
  return g_test_run ();
}
