/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-warden.h"

#include <string.h>

/* Each line is the whole list. The signal harms nobody, should a number have got a new owner meanwhile. */
#define SCRIPT \
  "trap '' HUP INT QUIT TERM; held=; while read -r line; do held=$line; done; [ -z \"$held\" ] || kill -CONT $held"

struct _TnWarden
{
  GHashTable *held;
  GSubprocess *shell; /* nullable: nothing was ever held */
  gboolean failed;
};

TnWarden *
tn_warden_new (void)
{
  TnWarden *self = g_new0 (TnWarden, 1);

  self->held = g_hash_table_new (NULL, NULL);
  return self;
}

/* The end of the pipe is the end of the shell. */
void
tn_warden_free (TnWarden *self)
{
  g_clear_object (&self->shell);
  g_hash_table_unref (self->held);
  g_free (self);
}

static gboolean
start (TnWarden *self, GError **error)
{
  if (self->shell == NULL)
    self->shell = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                      | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                    error, "/bin/sh", "-c", SCRIPT, NULL);
  return self->shell != NULL;
}

/* Short enough for the pipe to take it at once. */
static void
tell (TnWarden *self)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  gpointer pid;

  g_hash_table_iter_init (&iter, self->held);
  while (g_hash_table_iter_next (&iter, &pid, NULL))
    g_string_append_printf (line, "%s%d", line->len > 0 ? " " : "", GPOINTER_TO_INT (pid));
  g_string_append_c (line, '\n');
  if (self->failed
      || (start (self, &error)
          && g_output_stream_write_all (g_subprocess_get_stdin_pipe (self->shell), line->str, line->len, NULL, NULL,
                                        &error)))
    return;
  self->failed = TRUE;
  g_message ("Should this program be killed, what it holds still stays so: %s", error->message);
}

void
tn_warden_hold (TnWarden *self, int pid)
{
  if (g_hash_table_add (self->held, GINT_TO_POINTER (pid)))
    tell (self);
}

void
tn_warden_release (TnWarden *self, int pid)
{
  if (g_hash_table_remove (self->held, GINT_TO_POINTER (pid)))
    tell (self);
}
