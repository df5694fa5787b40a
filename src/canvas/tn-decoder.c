/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-decoder.h"

#include "tn-paths.h"
#include <gio/gunixoutputstream.h>
#include <sys/mman.h>
#include <unistd.h>

#define PROGRAM "token-nexus-icon"
#define PATIENCE 10000 /* milliseconds, for one that sleeps: the processor’s time has a limit of its own */
#define HEAD (2 * sizeof (guint32))
#define PIXEL 4
#define MAX_PICTURE (HEAD + TN_DECODER_MAX_SIZE * TN_DECODER_MAX_SIZE * PIXEL)

typedef struct
{
  GBytes *bytes;
  int size;
  char *content, *key;  /* the checksum of the bytes; the same with the size */
  GSubprocess *process; /* nullable */
  GCancellable *cancellable;
  guint8 *picture;
  guint timeout;
} Job;

/* Of the main thread. */
static struct
{
  GHashTable *textures; /* by key */
  GHashTable *refused;  /* contents */
  GQueue waiting;       /* of GTask */
  gboolean busy;
} decoder;

static void
job_free (Job *job)
{
  g_bytes_unref (job->bytes);
  g_free (job->content);
  g_free (job->key);
  g_clear_object (&job->process);
  g_object_unref (job->cancellable);
  g_free (job->picture);
  g_free (job);
}

static Job *
job_new (GBytes *bytes, int size)
{
  Job *job = g_new0 (Job, 1);

  job->bytes = g_bytes_ref (bytes);
  job->size = CLAMP (size, 1, TN_DECODER_MAX_SIZE);
  job->content = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  job->key = g_strdup_printf ("%d %s", job->size, job->content);
  job->cancellable = g_cancellable_new ();
  return job;
}

/* From what is known already. */
static gboolean
answer (GTask *task)
{
  Job *job = g_task_get_task_data (task);
  GdkTexture *texture = g_hash_table_lookup (decoder.textures, job->key);

  if (texture != NULL)
    g_task_return_pointer (task, g_object_ref (texture), g_object_unref);
  else if (g_hash_table_contains (decoder.refused, job->content))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no picture, or not within the limits");
  else
    return FALSE;
  return TRUE;
}

/* What the process said is as little trusted as what it read. */
static GdkTexture *
get_texture (Job *job, gsize length)
{
  guint32 sides[2];
  g_autoptr (GBytes) pixels = NULL;

  if (length < HEAD)
    return NULL;
  memcpy (sides, job->picture, HEAD);
  if (sides[0] < 1 || sides[0] > job->size || sides[1] < 1 || sides[1] > job->size
      || length != HEAD + (gsize) sides[0] * sides[1] * PIXEL)
    return NULL;
  pixels = g_bytes_new (job->picture + HEAD, length - HEAD);
  return gdk_memory_texture_new (sides[0], sides[1], GDK_MEMORY_R8G8B8A8, pixels, sides[0] * PIXEL);
}

static void run_next (void);

static void
settle (GTask *task, GdkTexture *texture)
{
  Job *job = g_task_get_task_data (task);

  if (texture != NULL)
    g_hash_table_insert (decoder.textures, g_strdup (job->key), g_object_ref (texture));
  else
    g_hash_table_add (decoder.refused, g_strdup (job->content));
  answer (task);
  decoder.busy = FALSE;
  run_next ();
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GdkTexture) texture = NULL;
  gsize length = 0;

  g_clear_handle_id (&job->timeout, g_source_remove);
  g_subprocess_force_exit (job->process);
  if (g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, NULL))
    texture = get_texture (job, length);
  settle (task, texture);
}

static gboolean
too_long_cb (gpointer user_data)
{
  Job *job = user_data;

  job->timeout = 0;
  g_cancellable_cancel (job->cancellable);
  return G_SOURCE_REMOVE;
}

/* A file in memory, not a pipe: nothing to wait for if the process doesn't read. */
static int
open_bytes (GBytes *bytes)
{
  int fd = memfd_create (PROGRAM, MFD_CLOEXEC);
  g_autoptr (GOutputStream) stream = fd >= 0 ? g_unix_output_stream_new (fd, FALSE) : NULL;
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);

  if (stream == NULL)
    return -1;
  if (g_output_stream_write_all (stream, data, length, NULL, NULL, NULL) && lseek (fd, 0, SEEK_SET) == 0)
    return fd;
  close (fd);
  return -1;
}

static gboolean
spawn (Job *job)
{
  g_autoptr (GSubprocessLauncher) launcher
    = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *program = g_build_filename (tn_paths_program_dir (), PROGRAM, NULL);
  g_autofree char *size = g_strdup_printf ("%d", job->size);
  g_autoptr (GError) error = NULL;
  int fd = open_bytes (job->bytes);

  if (fd < 0)
    return FALSE;
  g_subprocess_launcher_take_stdin_fd (launcher, fd);
  job->process = g_subprocess_launcher_spawn (launcher, &error, program, size, NULL);
  if (job->process == NULL)
    g_message ("The icon of an app can’t be decoded: %s", error->message);
  return job->process != NULL;
}

static void
start (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  decoder.busy = TRUE;
  if (!spawn (job))
    {
      settle (task, NULL);
      g_object_unref (task);
      return;
    }
  job->picture = g_malloc (MAX_PICTURE);
  job->timeout = g_timeout_add (PATIENCE, too_long_cb, job);
  g_input_stream_read_all_async (g_subprocess_get_stdout_pipe (job->process), job->picture, MAX_PICTURE,
                                 G_PRIORITY_DEFAULT, job->cancellable, read_cb, task);
}

/* The same picture may wait several times; the first one's answer is all of theirs. */
static void
run_next (void)
{
  while (!decoder.busy && decoder.waiting.length > 0)
    {
      GTask *task = g_queue_pop_head (&decoder.waiting);

      if (answer (task))
        g_object_unref (task);
      else
        start (task);
    }
}

void
tn_decoder_decode_async (GBytes *bytes, int size, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (bytes != NULL);

  if (decoder.textures == NULL)
    {
      decoder.textures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
      decoder.refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_task_data (task, job_new (bytes, size), (GDestroyNotify) job_free);
  if (answer (task))
    {
      g_object_unref (task);
      return;
    }
  g_queue_push_tail (&decoder.waiting, task);
  run_next ();
}

GdkTexture *
tn_decoder_decode_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
