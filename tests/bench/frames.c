/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Loaded into the program by LD_PRELOAD: writes a line for each frame of its windows to the file that TN_FRAMES names,
 * with the microseconds of its begin and its end, and those that the processor worked for it. The program itself knows
 * nothing of it. */
#include <gdk/gdk.h>
#include <stdlib.h>
#include <time.h>

static FILE *file;
static gint64 begun_us, worked_us;

static gint64
processor_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
begin (void)
{
  begun_us = g_get_monotonic_time ();
  worked_us = processor_us ();
}

/* The first of a frame's signals; what the pointer did is dealt with in it. */
static gboolean
flush_events_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  begin ();
  return TRUE;
}

static gboolean
before_paint_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  if (begun_us == 0)
    begin ();
  return TRUE;
}

static gboolean
after_paint_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  fprintf (file, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", begun_us, g_get_monotonic_time (),
           processor_us () - worked_us);
  begun_us = 0;
  return TRUE;
}

static void
hook (const char *signal, GSignalEmissionHook callback)
{
  g_signal_add_emission_hook (g_signal_lookup (signal, GDK_TYPE_FRAME_CLOCK), 0, callback, NULL, NULL);
}

static void __attribute__ ((constructor)) start (void)
{
  const char *path = getenv ("TN_FRAMES");

  /* What the program starts draws nothing. */
  unsetenv ("LD_PRELOAD");
  file = path != NULL ? fopen (path, "w") : NULL;
  if (file == NULL)
    return;
  setvbuf (file, NULL, _IOLBF, 0);
  g_type_class_ref (GDK_TYPE_FRAME_CLOCK);
  hook ("flush-events", flush_events_cb);
  hook ("before-paint", before_paint_cb);
  hook ("after-paint", after_paint_cb);
}
