/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TnProof:
 * @pid: the web process as this program sees it
 * @process: it is a process of its own, and no other tile's
 * @pid_ns: its pid namespace is not ours; the same for the next two
 * @net_ns: and its network namespace has no link but loopback
 * @seccomp: mode as in proc(5), 2 is a filter
 * @no_new_privs: it can't gain privileges
 * @ok: all of the above hold
 *
 * What the host read about a tile's process from outside, from /proc, without trusting it (proc(5), namespaces(7)).
 */
typedef struct
{
  int pid;
  gboolean process;
  gboolean pid_ns, net_ns, mnt_ns;
  int seccomp;
  gboolean no_new_privs;
  gboolean ok;
} TnProof;

/**
 * tn_proof_find_process:
 * @marker: a path that only this tile's sandbox has mounted
 *
 * Returns: the pid of the web process that sees @marker in its mounts, or 0
 */
int tn_proof_find_process (const char *marker);

/**
 * tn_proof_read:
 *
 * Returns: %FALSE where not everything holds; @proof says what does
 */
gboolean tn_proof_read (int pid, TnProof *proof);

/* What does not hold, in words for the person; (transfer full) (nullable): %NULL where all does. */
char *tn_proof_describe_fault (const TnProof *proof);

G_END_DECLS
