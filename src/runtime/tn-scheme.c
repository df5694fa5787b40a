/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-scheme.h"
#include "tn-csp.h"

#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct
{
  const char *ending, *type;
} media_types[] = {
  { ".html", "text/html" },      { ".htm", "text/html" },
  { ".js", "text/javascript" },  { ".mjs", "text/javascript" },
  { ".css", "text/css" },        { ".json", "application/json" },
  { ".svg", "image/svg+xml" },                  { ".png", "image/png" },
  { ".jpg", "image/jpeg" },                     { ".jpeg", "image/jpeg" },
  { ".gif", "image/gif" },                      { ".webp", "image/webp" },
  { ".avif", "image/avif" },                    { ".ico", "image/x-icon" },
  { ".woff", "font/woff" },                     { ".woff2", "font/woff2" },
  { ".ttf", "font/ttf" },                       { ".wasm", "application/wasm" },
  { ".mp3", "audio/mpeg" },                     { ".ogg", "audio/ogg" },
  { ".wav", "audio/wav" },                      { ".mp4", "video/mp4" },
  { ".webm", "video/webm" },                    { ".txt", "text/plain" },
  { ".md", "text/markdown" },    { ".xml", "application/xml" },
  { ".map", "application/json" },
};

static gboolean
is_plain_segment (const char *segment)
{
  return *segment != '\0' && strcmp (segment, ".") != 0 && strcmp (segment, "..") != 0
         && strpbrk (segment, "/\\") == NULL;
}

/* Segment by segment and never through a link, so that no file outside can be named, whatever the folder holds. */
static int
open_below (const char *directory, char **segments)
{
  int at = open (directory, O_PATH | O_DIRECTORY | O_CLOEXEC);

  for (guint i = 0; at >= 0 && segments[i] != NULL; i++)
    {
      int flags = segments[i + 1] != NULL ? O_PATH | O_DIRECTORY : O_RDONLY | O_NONBLOCK;
      int next = is_plain_segment (segments[i]) ? openat (at, segments[i], flags | O_NOFOLLOW | O_CLOEXEC) : -1;

      close (at);
      at = next;
    }
  return at;
}

int
tn_scheme_open (const char *directory, const char *path, gint64 *size)
{
  g_auto (GStrv) segments = NULL;
  struct stat status;
  int fd;

  g_return_val_if_fail (directory != NULL && path != NULL && size != NULL, -1);

  segments = g_strsplit (path + (*path == '/'), "/", -1);
  for (guint i = 0; segments[i] != NULL; i++)
    {
      g_autofree char *raw = g_steal_pointer (&segments[i]);

      segments[i] = g_uri_unescape_string (raw, "/");
      if (segments[i] == NULL)
        segments[i] = g_strdup ("");
    }
  if (segments[0] == NULL)
    return -1;
  fd = open_below (directory, segments);
  if (fd >= 0 && (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode)))
    {
      close (fd);
      return -1;
    }
  if (fd >= 0)
    *size = status.st_size;
  return fd;
}

const char *
tn_scheme_media_type (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (media_types); i++)
    if (g_str_has_suffix (lower, media_types[i].ending))
      return media_types[i].type;
  return "application/octet-stream";
}

/* The type stands here too: style sheets are judged by this header, not by the response's type. */
static SoupMessageHeaders *
make_headers (TnApp *app, const char *type)
{
  TnManifest *manifest = tn_app_get_manifest (app);
  TnSandboxLevel level = manifest != NULL ? tn_manifest_get_level (manifest) : TN_LEVEL_STRICT;
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_autofree char *policy = tn_csp_build (level, manifest != NULL ? tn_manifest_get_blocked_apis (manifest) : 0);

  soup_message_headers_append (headers, "Content-Type", type);
  soup_message_headers_append (headers, "Content-Security-Policy", policy);
  soup_message_headers_append (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_append (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_append (headers, "Cross-Origin-Resource-Policy", "same-origin");
  soup_message_headers_append (headers, "Cache-Control", "no-cache");
  return headers;
}

static void
respond (TnApp *app, WebKitURISchemeRequest *request, guint status, GInputStream *stream, gint64 size,
         const char *type)
{
  g_autoptr (WebKitURISchemeResponse) response = webkit_uri_scheme_response_new (stream, size);

  webkit_uri_scheme_response_set_status (response, status, NULL);
  webkit_uri_scheme_response_set_content_type (response, type);
  webkit_uri_scheme_response_set_http_headers (response, make_headers (app, type));
  webkit_uri_scheme_request_finish_with_response (request, response);
}

/* (nullable): where the request is for another origin. */
static GUri *
parse_own (TnApp *app, WebKitURISchemeRequest *request)
{
  g_autoptr (GUri) uri = g_uri_parse (webkit_uri_scheme_request_get_uri (request), G_URI_FLAGS_ENCODED, NULL);
  gboolean own = uri != NULL && g_strcmp0 (g_uri_get_host (uri), tn_app_get_key (app)) == 0;

  return own ? g_steal_pointer (&uri) : NULL;
}

gboolean
tn_scheme_asks_for (TnApp *app, WebKitURISchemeRequest *request, const char *name)
{
  g_autoptr (GUri) uri = parse_own (app, request);
  g_autofree char *path = uri != NULL ? g_uri_unescape_string (g_uri_get_path (uri), NULL) : NULL;

  return path != NULL && *path == '/' && g_str_equal (path + 1, name);
}

void
tn_scheme_serve_script (TnApp *app, WebKitURISchemeRequest *request, char *text)
{
  gsize size = text != NULL ? strlen (text) : 0;
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, size, g_free);

  respond (app, request, text != NULL ? 200 : 404, stream, size, "text/javascript");
}

gboolean
tn_scheme_serve (TnApp *app, WebKitURISchemeRequest *request)
{
  const char *path = webkit_uri_scheme_request_get_path (request);
  g_autoptr (GUri) uri = parse_own (app, request);
  g_autoptr (GInputStream) stream = NULL;
  gint64 size = 0;
  int fd = uri != NULL ? tn_scheme_open (tn_app_get_directory (app), g_uri_get_path (uri), &size) : -1;

  if (fd >= 0)
    stream = g_unix_input_stream_new (fd, TRUE);
  else
    stream = g_memory_input_stream_new ();
  respond (app, request, fd >= 0 ? 200 : 404, stream, size, fd >= 0 ? tn_scheme_media_type (path) : "text/plain");
  return fd >= 0;
}
