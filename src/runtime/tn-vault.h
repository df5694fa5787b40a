/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-instance.h"
#include "tn-runtime.h"
#include "tn-seal.h"

G_BEGIN_DECLS

/**
 * TnVault:
 *
 * The keys of the apps whose data are encrypted: those whose manifest says so, and those whose manifest once did. Once it
 * came out of the keyring a key stays until the program ends, also when the keyring goes away or is locked.
 */
typedef struct _TnVault TnVault;

/* @runtime: whose it is; borrowed */
TnVault *tn_vault_new (TnRuntime *runtime);
void tn_vault_free (TnVault *self);

/* Which apps were encrypted before: app key → id of the key, as the store says. */
void tn_vault_take_known (TnVault *self, GHashTable *known);

/**
 * tn_vault_admit:
 *
 * Lets the instance start (tn_runtime_queue_start()) once its data can be opened, at once where they are not encrypted; where
 * they can't be it ends in %TN_TROUBLE_SEALED, and nothing of it was written. The keyring shows a dialog only where the person
 * asked for a start.
 */
void tn_vault_admit (TnVault *self, TnInstance *instance);

/* It does not want to start any more. */
void tn_vault_dismiss (TnVault *self, TnInstance *instance);

/* The settings of its tile, in plain; empty where there are none or they can't be read; (transfer full). */
JsonObject *tn_vault_read_settings (TnVault *self, TnInstance *instance);

/* Nothing of that app runs: lets go of its key. */
void tn_vault_forget (TnVault *self, const char *app_key);

G_END_DECLS
