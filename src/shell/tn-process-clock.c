/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-process-clock.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#define FIELDS_AFTER_NAME 20 /* the start time is the 22nd; the name, in parentheses, is the 2nd */

static gint64
start_ticks (void)
{
  g_autofree char *stat = NULL;
  g_auto (GStrv) fields = NULL;
  char *after_name;

  if (!g_file_get_contents ("/proc/self/stat", &stat, NULL, NULL))
    return -1;
  /* The name may have spaces and parentheses itself. */
  after_name = strrchr (stat, ')');
  if (after_name == NULL)
    return -1;
  fields = g_strsplit (after_name + 2, " ", -1);
  return g_strv_length (fields) < FIELDS_AFTER_NAME ? -1 : g_ascii_strtoll (fields[FIELDS_AFTER_NAME - 1], NULL, 10);
}

gint64
tn_process_clock_start_us (void)
{
  gint64 ticks = start_ticks ();
  gint64 now = g_get_monotonic_time ();
  struct timespec boot;
  gint64 age;

  if (ticks < 0)
    return now;
  clock_gettime (CLOCK_BOOTTIME, &boot);
  age = boot.tv_sec * G_USEC_PER_SEC + boot.tv_nsec / 1000 - ticks * (G_USEC_PER_SEC / sysconf (_SC_CLK_TCK));
  return now - age;
}
