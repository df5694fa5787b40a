/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TN_KIOSK_MAX_SECONDS (24 * 60 * 60)

/**
 * TnKiosk:
 * @seconds: how long each canvas is in view; 0: the one stays
 * @key: what unlocks it, with @modifiers
 *
 * How the program shows itself on a screen that nobody arranges.
 */
typedef struct
{
  guint seconds;
  guint key;
  GdkModifierType modifiers;
} TnKiosk;

/* @settings: (nullable). Escape where there is no key that can be understood: nobody may be locked out. */
TnKiosk tn_kiosk_load (GSettings *settings);
void tn_kiosk_save (const TnKiosk *self, GSettings *settings);

/* Takes over what was pressed: a function key, Escape, or any with Ctrl, Alt or Super. Returns: %FALSE for what can't
 * unlock, such as Shift alone or what is typed */
gboolean tn_kiosk_set_key (TnKiosk *self, guint keyval, GdkModifierType state);

/* Whether that was the key. */
gboolean tn_kiosk_unlocks (const TnKiosk *self, guint keyval, GdkModifierType state);

/* The key as a person reads it; (transfer full). */
char *tn_kiosk_get_key_label (const TnKiosk *self);

G_END_DECLS
