/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hostile.h"

/**
 * HostileCase:
 * @about: case.json; {} where there is none
 * @done: (nullable): what the app reported
 * @trouble: how its instance ended
 * @kinds: (nullable): of the rows that the audit has of it
 *
 * One hostile app, and what became of it.
 */
typedef struct
{
  HostileGroup *group;
  char *name, *id;
  JsonObject *about, *done;
  TnTrouble trouble;
  GStrv kinds;
  int pid;
} HostileCase;

/* The cases of a group's folder, by name; (transfer full). */
GPtrArray *hostile_load (HostileGroup *group);

/* Writes the case's app below @apps. */
void hostile_write (HostileCase *self, const char *apps);

/* Fails unless it went as it is expected to. */
void hostile_check (HostileCase *self);
