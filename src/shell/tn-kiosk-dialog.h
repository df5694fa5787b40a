/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-kiosk.h"
#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TnKioskDialog:
 *
 * Asks how the kiosk is to be, before it starts.
 *
 * Signals: "start" when the person wants it so; see tn_kiosk_dialog_get().
 */
#define TN_TYPE_KIOSK_DIALOG (tn_kiosk_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TnKioskDialog, tn_kiosk_dialog, TN, KIOSK_DIALOG, AdwWindow)

TnKioskDialog *tn_kiosk_dialog_new (GtkWindow *parent, const TnKiosk *kiosk);
TnKiosk tn_kiosk_dialog_get (TnKioskDialog *self);

G_END_DECLS
