/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-proof.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The kernel cuts a command's name at 15 characters (proc(5), comm). */
#define WEB_PROCESS_COMM "WebKitWebProces"

static char *
read_proc (int pid, const char *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/%s", pid, name);
  char *text;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : NULL;
}

static gboolean
is_web_process (int pid)
{
  g_autofree char *comm = read_proc (pid, "comm");

  return comm != NULL && g_str_has_prefix (comm, WEB_PROCESS_COMM);
}

/* The fifth field of a line of mountinfo is the mount point. */
static gboolean
mounts_have (int pid, const char *marker)
{
  g_autofree char *text = read_proc (pid, "mountinfo");
  g_autofree char *field = g_strdup_printf (" %s ", marker);

  return text != NULL && strstr (text, field) != NULL;
}

/* A namespace can't be told from ours when it can't be read, and then it does not count as another. */
static gboolean
is_other_namespace (int pid, const char *kind)
{
  g_autofree char *theirs = g_strdup_printf ("/proc/%d/ns/%s", pid, kind);
  g_autofree char *ours = g_strdup_printf ("/proc/self/ns/%s", kind);
  struct stat a, b;

  return stat (theirs, &a) == 0 && stat (ours, &b) == 0 && (a.st_ino != b.st_ino || a.st_dev != b.st_dev);
}

/* The first two lines of net/dev are a heading; each further one is a link. */
static gboolean
has_only_loopback (int pid)
{
  g_autofree char *text = read_proc (pid, "net/dev");
  g_auto (GStrv) lines = NULL;
  guint links = 0;

  if (text == NULL)
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i < 2 || *lines[i] == '\0')
        continue;
      if (!g_str_has_prefix (g_strchug (lines[i]), "lo:"))
        return FALSE;
      links++;
    }
  return links == 1;
}

static int
read_status_number (const char *status, const char *field)
{
  const char *found = status != NULL ? strstr (status, field) : NULL;

  return found != NULL ? (int) g_ascii_strtoll (found + strlen (field), NULL, 10) : -1;
}

int
tn_proof_find_process (const char *marker)
{
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  const char *name;
  int found = 0;

  g_return_val_if_fail (marker != NULL && *marker == '/', 0);

  while (proc != NULL && found == 0 && (name = g_dir_read_name (proc)) != NULL)
    {
      int pid = g_ascii_isdigit (*name) ? (int) g_ascii_strtoll (name, NULL, 10) : 0;

      if (pid > 0 && is_web_process (pid) && mounts_have (pid, marker))
        found = pid;
    }
  return found;
}

gboolean
tn_proof_read (int pid, TnProof *proof)
{
  g_autofree char *status = NULL;

  g_return_val_if_fail (proof != NULL, FALSE);

  *proof = (TnProof) { .pid = pid };
  status = pid > 0 ? read_proc (pid, "status") : NULL;
  if (status != NULL)
    {
      proof->process = pid != getpid ();
      proof->pid_ns = is_other_namespace (pid, "pid");
      proof->mnt_ns = is_other_namespace (pid, "mnt");
      proof->net_ns = is_other_namespace (pid, "net") && has_only_loopback (pid);
      proof->seccomp = read_status_number (status, "\nSeccomp:");
      proof->no_new_privs = read_status_number (status, "\nNoNewPrivs:") == 1;
    }
  proof->ok = proof->process && proof->pid_ns && proof->net_ns && proof->mnt_ns && proof->seccomp == 2
              && proof->no_new_privs;
  return proof->ok;
}

char *
tn_proof_describe_fault (const TnProof *proof)
{
  const struct
  {
    gboolean holds;
    const char *words;
  } rows[] = {
    { proof->process, N_("no process of its own was found") },
    { proof->pid_ns, N_("it can see other processes") },
    { proof->net_ns, N_("it can reach the network") },
    { proof->mnt_ns, N_("it can see your files") },
    { proof->seccomp == 2, N_("its system calls are not filtered") },
    { proof->no_new_privs, N_("it could gain privileges") },
  };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (!rows[i].holds)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", _(rows[i].words));
  return g_string_free (text, text->len == 0);
}
