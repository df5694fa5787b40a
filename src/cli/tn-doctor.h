/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TnDoctorState:
 * @TN_DOCTOR_OK: nothing to do
 * @TN_DOCTOR_WARNING: tiles run, but something else works less well or not at all
 * @TN_DOCTOR_MISSING: without it no tile runs
 */
typedef enum
{
  TN_DOCTOR_OK,
  TN_DOCTOR_WARNING,
  TN_DOCTOR_MISSING,
} TnDoctorState;

/**
 * TnDoctorRow:
 * @id: what was looked at, the same in every language
 * @sentence: what was found
 * @remedy: (nullable): how to mend it; %NULL where there is nothing to mend
 */
typedef struct
{
  const char *id;
  TnDoctorState state;
  char *sentence;
  char *remedy;
} TnDoctorRow;

/**
 * TnDoctorPlace:
 * @root: what stands before /proc/sys, /dev/dri and /.flatpak-info: "" but in tests
 * @workspace: folder of the workspace to look at
 * @patience_ms: how long to wait for any one program or service
 *
 * Where to look; PATH and the session's variables are the environment's.
 */
typedef struct
{
  const char *root;
  const char *workspace;
  guint patience_ms;
} TnDoctorPlace;

/**
 * tn_doctor_examine:
 *
 * Looks at what the program needs from the machine: the sandbox is really tried, the rest is asked for. Writes nothing.
 *
 * Returns: (transfer full) (element-type TnDoctorRow): one row per thing, always the same ones in the same order
 */
GPtrArray *tn_doctor_examine (const TnDoctorPlace *place);

/* Whether tiles can run: nothing is missing. */
gboolean tn_doctor_is_well (GPtrArray *rows);

/* "ok", "warning" or "missing", the same in every language. */
const char *tn_doctor_state_name (TnDoctorState state);

G_END_DECLS
