/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

typedef enum
{
  FAKE_KEYRING_UNLOCKED,
  FAKE_KEYRING_LOCKED,
  FAKE_KEYRING_EMPTY,  /* no default collection */
  FAKE_KEYRING_SILENT, /* owns the name and never answers */
  FAKE_KEYRING_BROKEN, /* answers with an error */
  FAKE_KEYRING_VAGUE,  /* its collection's Locked is not a boolean */
} FakeKeyringMood;

/* A Secret Service on the bus at @address, in a thread of its own, so that a caller that waits gets its answer. */
typedef struct _FakeKeyring FakeKeyring;

FakeKeyring *fake_keyring_new (const char *address, FakeKeyringMood mood);
void fake_keyring_free (FakeKeyring *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeKeyring, fake_keyring_free)
