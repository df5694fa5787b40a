/* SPDX-License-Identifier: GPL-3.0-or-later */

/* token-nexus-icon SIZE: decodes the icon on its standard input to a picture of at most SIZE × SIZE pixels on its
 * standard output: width and height as guint32 of this machine, and rows of R8G8B8A8 without gaps; nothing on a fault.
 * The icon is an app's and may be made to burn the processor, to fill the memory or to break the decoder: it gets this
 * process and no more than its limits. */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#define MAX_BYTES (512 * 1024)
#define MAX_SIDE 2048
#define PROCESSOR_SECONDS 2
#define ADDRESS_SPACE (1024 * 1024 * 1024)
#define FILE_SIZE (16 * 1024 * 1024) /* not nothing: decoders in processes of their own hand over files in memory */

/* What apps may have for an icon, by its first bytes. All else is taken for SVG, whose loader reads XML only. */
static const struct
{
  const char *start, *mime;
} kinds[] = {
  { "\x89PNG\r\n\x1a\n", "image/png" },
  { "\xff\xd8\xff", "image/jpeg" },
  { "", "image/svg+xml" },
};

static gboolean
confine (void)
{
  static const struct
  {
    int resource;
    rlim_t most;
  } limits[] = {
    { RLIMIT_CPU, PROCESSOR_SECONDS },
    { RLIMIT_AS, ADDRESS_SPACE },
    { RLIMIT_FSIZE, FILE_SIZE },
    { RLIMIT_CORE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    if (setrlimit (limits[i].resource, &(struct rlimit){ limits[i].most, limits[i].most }) != 0)
      return FALSE;
  return prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

static GdkPixbufLoader *
loader_for (const char *bytes, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gsize start = strlen (kinds[i].start);

      if (length >= start && memcmp (bytes, kinds[i].start, start) == 0)
        return gdk_pixbuf_loader_new_with_mime_type (kinds[i].mime, NULL);
    }
  return NULL;
}

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  int size = GPOINTER_TO_INT (user_data);
  double scale = (double) size / MAX (1, MAX (width, height));

  /* A loader given no size gives up before it allocates the picture. */
  if (width > MAX_SIDE || height > MAX_SIDE)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else
    gdk_pixbuf_loader_set_size (loader, MAX (1, width * scale), MAX (1, height * scale));
}

static GdkPixbuf *
decode (const char *bytes, gsize length, int size)
{
  g_autoptr (GdkPixbufLoader) loader = loader_for (bytes, length);
  gboolean written;
  GdkPixbuf *pixbuf;

  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), GINT_TO_POINTER (size));
  written = gdk_pixbuf_loader_write (loader, (const guchar *) bytes, length, NULL);
  if (!gdk_pixbuf_loader_close (loader, NULL) || !written)
    return NULL;
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  return pixbuf != NULL ? gdk_pixbuf_add_alpha (pixbuf, FALSE, 0, 0, 0) : NULL;
}

static gboolean
put (GdkPixbuf *pixbuf)
{
  guint32 sides[] = { gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf) };
  const guint8 *row = gdk_pixbuf_read_pixels (pixbuf);
  gboolean good = fwrite (sides, sizeof sides, 1, stdout) == 1;

  for (guint32 y = 0; good && y < sides[1]; y++, row += gdk_pixbuf_get_rowstride (pixbuf))
    good = fwrite (row, 4, sides[0], stdout) == sides[0];
  return fflush (stdout) == 0 && good;
}

int
main (int argc, char **argv)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  gsize length;

  if (argc != 2 || !confine ())
    return EXIT_FAILURE;
  bytes = g_malloc (MAX_BYTES);
  length = fread (bytes, 1, MAX_BYTES, stdin);
  pixbuf = decode (bytes, length, atoi (argv[1]));
  return pixbuf != NULL && put (pixbuf) ? EXIT_SUCCESS : EXIT_FAILURE;
}
