/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A gnome-keyring-daemon with a keyring of its own, unlocked, on the bus at @address. */
typedef struct _RealKeyring RealKeyring;

/* (nullable): %NULL where the program is not installed. */
RealKeyring *real_keyring_new (const char *address);
void real_keyring_free (RealKeyring *self);

/* As when the person leaves. */
void real_keyring_lock (RealKeyring *self);
