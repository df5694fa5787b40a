/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-doctor.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* What the checks share: the place, and the session bus where there is one. */
typedef struct
{
  const TnDoctorPlace *place;
  GDBusConnection *bus;
  gboolean in_flatpak;
} TnDoctor;

/* Sets what was found and takes both texts over. */
void tn_doctor_row_set (TnDoctorRow *row, TnDoctorState state, char *sentence, char *remedy);

/* "apt install bubblewrap", with the package manager that is here; (transfer full). */
char *tn_doctor_spell_install (const char *package);

/* tn-doctor-sandbox.c */
void tn_doctor_check_sandbox (const TnDoctor *self, TnDoctorRow *row);
void tn_doctor_check_dbus_proxy (const TnDoctor *self, TnDoctorRow *row);

/* tn-doctor-session.c */
GDBusConnection *tn_doctor_find_bus (void);
void tn_doctor_check_bus (const TnDoctor *self, TnDoctorRow *row);
void tn_doctor_check_portal (const TnDoctor *self, TnDoctorRow *row);
void tn_doctor_check_keyring (const TnDoctor *self, TnDoctorRow *row);

/* tn-doctor-display.c */
void tn_doctor_check_display (const TnDoctor *self, TnDoctorRow *row);
void tn_doctor_check_gpu (const TnDoctor *self, TnDoctorRow *row);

/* tn-doctor.c */
void tn_doctor_check_store (const TnDoctor *self, TnDoctorRow *row);

G_END_DECLS
