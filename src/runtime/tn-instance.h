/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-app.h"
#include "tn-history.h"
#include "tn-ladder.h"
#include "tn-proof.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* One table in tn-lifecycle.c says which may follow which. */
typedef enum
{
  TN_STATE_STOPPED,   /* no process */
  TN_STATE_PROVING,   /* a blank page's process is being looked at */
  TN_STATE_LOADING,   /* proved; the app's page is on its way */
  TN_STATE_RUNNING,   /* mounted; these and all that follow have been */
  TN_STATE_HUNG,      /* does not answer */
  TN_STATE_PAUSED,    /* frozen by the person */
  TN_STATE_SUSPENDED, /* frozen by the host */
  TN_STATE_DISCARDED, /* ended by the host, comes back on sight */
  TN_STATE_TROUBLED,  /* ended, see TnTrouble */
} TnInstanceState;

typedef enum
{
  TN_TROUBLE_NONE,
  TN_TROUBLE_MISSING,  /* the app's files are gone, or it was never here */
  TN_TROUBLE_BROKEN,   /* the manifest has faults */
  TN_TROUBLE_LEVEL,    /* it wants a looser sandbox than before, and nobody allowed it */
  TN_TROUBLE_UNPROVED, /* the process is not locked in */
  TN_TROUBLE_TIMEOUT,  /* not mounted within 5 s */
  TN_TROUBLE_CRASHED,  /* the process ended by itself, or was killed */
  TN_TROUBLE_MEMORY,   /* killed for its memory */
  TN_TROUBLE_STORAGE,  /* ended for what it keeps */
  TN_TROUBLE_HUNG,     /* killed, because it did not answer */
  TN_TROUBLE_SHARED,   /* ended, because it filled the process that all share */
  TN_TROUBLE_ENDED,    /* by the person */
  TN_TROUBLE_CPU,      /* ended for its processor time */
  TN_TROUBLE_SEALED,   /* its data are encrypted and can't be opened */
  TN_TROUBLE_TRAFFIC,  /* ended, because it went on with calls, requests or bytes that it may not have */
  TN_TROUBLE_BUSY,     /* frozen for its processor time */
  TN_TROUBLE_PUSHY,    /* frozen for its calls, requests or bytes */
  TN_TROUBLE_CEILING,  /* ended for what all use together */
} TnTrouble;

/**
 * TnInstance:
 *
 * The running web process behind a tile, and the widget that shows it.
 *
 * Signals: "notify::state", "notify::covered", "notify::caption"; "picture-changed" when tn_instance_get_picture() has a newer one; "warning" (const
 * char *text) when it uses more than it may; "state-read" (const char *text), see tn_instance_read_state().
 */
#define TN_TYPE_INSTANCE (tn_instance_get_type ())
G_DECLARE_FINAL_TYPE (TnInstance, tn_instance, TN, INSTANCE, GObject)

const char *tn_instance_get_tile_id (TnInstance *self);
TnApp *tn_instance_get_app (TnInstance *self); /* nullable: an app that is not here */
TnInstanceState tn_instance_get_state (TnInstance *self);
TnTrouble tn_instance_get_trouble (TnInstance *self);

/* One sentence for the person, and the words of the one button ("Start Again"); "" where there is nothing to say. */
const char *tn_instance_get_sentence (TnInstance *self);
const char *tn_instance_get_remedy (TnInstance *self);

/* What the page says it shows, in a few words, to stand beside the title; "" where it says nothing. */
const char *tn_instance_get_caption (TnInstance *self);

/* What the button does. */
void tn_instance_remedy (TnInstance *self);

/* Starts again, after looking at the files again. */
void tn_instance_restart (TnInstance *self);

void tn_instance_start (TnInstance *self);

/**
 * tn_instance_pause:
 *
 * The page hears onPause and gives its state (a second at most for both), a picture is taken, and then every process of
 * it is stopped: it uses no processor time until tn_instance_resume(). Where the host has suspended it, it stays so until
 * the person lets it go on.
 */
void tn_instance_pause (TnInstance *self);

/* Goes on, from what the person or the host did; starts what was discarded. */
void tn_instance_resume (TnInstance *self);

/**
 * tn_instance_set_visible:
 * @visible: %TRUE at first
 *
 * Told by whoever shows it: whether any of it is in sight. Out of sight it is suspended after a while, and later
 * discarded if its manifest says so; in sight it comes back.
 */
void tn_instance_set_visible (TnInstance *self, gboolean visible);
gboolean tn_instance_get_visible (TnInstance *self);

/* Whether the person is using it: then it is not put aside for the others. */
void tn_instance_set_focused (TnInstance *self, gboolean focused);

/* What it used; (transfer none). */
TnHistory *tn_instance_get_history (TnInstance *self);

/* The most that was done about anything it used too much of; and the share of the time that it may run, 1 for all of it. */
TnRung tn_instance_get_rung (TnInstance *self);
double tn_instance_get_share (TnInstance *self);

/* Whether the last picture stands in for the page, which is frozen, gone, or not drawn yet; notify::covered. */
gboolean tn_instance_get_covered (TnInstance *self);

/**
 * tn_instance_stop:
 *
 * Asks the page for its state, keeps it, calls onUnmount (500 ms at most for both) and ends the process.
 */
void tn_instance_stop_async (TnInstance *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean tn_instance_stop_finish (TnInstance *self, GAsyncResult *result, GError **error);

/* Stops it for the person: its tile says so, and starts it again when asked. */
void tn_instance_end (TnInstance *self);

/* The GtkWidget to place, made at start, another one after a restart; (transfer none) (nullable). notify::view. */
gpointer tn_instance_get_view (TnInstance *self);

/* The last picture of the page, a GdkPaintable; (transfer none) (nullable). */
gpointer tn_instance_get_picture (TnInstance *self);

/* Cells and pixels of the tile; tells the page when it changed. */
void tn_instance_set_size (TnInstance *self, int columns, int rows, int width, int height);

/* What was measured before the app was loaded; (nullable) before that. */
const TnProof *tn_instance_get_proof (TnInstance *self);

/* 0 where there is none. */
int tn_instance_get_pid (TnInstance *self);

/* Whether the mode of the program opens anything of it to who develops it; notify::view and notify::state. */
gboolean tn_instance_get_developed (TnInstance *self);

/* Opens WebKit's inspector for its page; %FALSE where the mode does not open it, or there is no page. */
gboolean tn_instance_can_inspect (TnInstance *self);
gboolean tn_instance_inspect (TnInstance *self);

/**
 * tn_instance_read_state:
 *
 * Asks the page for its state as its getState gives it, where the mode opens that and the page can answer now; "state-read"
 * (const char *text) follows, with compact JSON. Asked again before that, nothing more is asked.
 */
void tn_instance_read_state (TnInstance *self);

/* Whether the mode opens that for it, and for its process. */
gboolean tn_instance_shows_state (TnInstance *self);

/* Hands @text, as "state-read" gave it, to the page's setState; audited. %FALSE where that can't be now. */
gboolean tn_instance_restore_state (TnInstance *self, const char *text);

/* Monotonic microseconds of the moment it was mounted; 0 before. */
gint64 tn_instance_get_mounted_us (TnInstance *self);

G_END_DECLS
