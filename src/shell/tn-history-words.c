/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-history-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* %s is what it was done to: a widget, "3 widgets" or a canvas. */
static const struct
{
  const char *kind;
  const char *words;
} sentences[] = {
  { "app.remove", N_("Removed the app %s") },
  { "canvas.create", N_("Created “%s”") },
  { "canvas.delete", N_("Deleted “%s”") },
  { "canvas.duplicate", N_("Duplicated as “%s”") },
  { "canvas.import", N_("Imported “%s”") },
  { "canvas.lock", N_("Locked or unlocked “%s”") },
  { "canvas.policy", N_("Chose how widgets give way on “%s”") },
  { "canvas.rename", N_("Renamed a canvas to “%s”") },
  { "canvas.sort", N_("Reordered “%s”") },
  { "canvas.tidy", N_("Tidied “%s” up") },
  { "tile.add", N_("Added %s") },
  { "tile.copy", N_("Copied %s to another canvas") },
  { "tile.duplicate", N_("Duplicated %s") },
  { "tile.lock", N_("Locked or unlocked %s") },
  { "tile.move", N_("Moved %s") },
  { "tile.remove", N_("Removed %s") },
  { "tile.rename", N_("Renamed %s") },
  { "tile.resize", N_("Resized %s") },
  { "tile.send", N_("Sent %s to another canvas") },
  { "tile.settings", N_("Changed the settings of %s") },
  { "tiles.align", N_("Aligned %s") },
  { "tiles.distribute", N_("Distributed %s") },
  { "tiles.duplicate", N_("Duplicated %s") },
  { "tiles.lock", N_("Locked or unlocked %s") },
  { "tiles.move", N_("Moved %s") },
  { "tiles.remove", N_("Removed %s") },
  { "tiles.resize", N_("Resized %s") },
  { "tiles.send", N_("Sent %s to another canvas") },
};

static const char *
find_sentence (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (strcmp (sentences[i].kind, kind) == 0)
      return _ (sentences[i].words);
  return _("Changed %s");
}

char *
tn_history_words (const char *kind, const char *subject)
{
  const char *sentence, *place;
  g_autoptr (GString) words = NULL;

  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (subject != NULL, NULL);

  /* Not a format: what a translation says must not reach printf. */
  sentence = find_sentence (kind);
  place = strstr (sentence, "%s");
  words = g_string_new (sentence);
  if (place != NULL)
    {
      g_string_erase (words, place - sentence, 2);
      g_string_insert (words, place - sentence, subject);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static GDateTime *
local_time (gint64 time_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);

  return utc != NULL ? g_date_time_to_local (utc) : g_date_time_new_from_unix_local (0);
}

static guint32
julian_day (GDateTime *time)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, g_date_time_get_day_of_month (time), g_date_time_get_month (time),
                  g_date_time_get_year (time));
  return g_date_get_julian (&date);
}

char *
tn_history_day (gint64 time_us, gint64 now_us)
{
  g_autoptr (GDateTime) time = local_time (time_us);
  g_autoptr (GDateTime) now = local_time (now_us);
  gint64 days = (gint64) julian_day (now) - julian_day (time);

  if (days == 0)
    return g_strdup (_("Today"));
  if (days == 1)
    return g_strdup (_("Yesterday"));
  /* Translators: a day as strftime writes it, without the year and with it */
  return g_date_time_format (time, g_date_time_get_year (time) == g_date_time_get_year (now) ? _("%A, %-d %B")
                                                                                             : _("%-d %B %Y"));
}

char *
tn_history_time (gint64 time_us)
{
  g_autoptr (GDateTime) time = local_time (time_us);

  return g_date_time_format (time, _("%H:%M"));
}
