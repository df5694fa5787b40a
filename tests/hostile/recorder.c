/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loaded before all else (LD_PRELOAD) into every process of a test: writes down each name that is looked up and each
 * connection that is begun over IP, then lets it happen. Without GLib, so that it changes nothing in who carries it.
 *
 * A line of $TN_RECORD is "PROGRAM PID CALL TARGET". That is a FIFO: a sandbox that shows it read-only lets it be
 * written to all the same. */
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

static void
record (const char *call, const char *target)
{
  const char *path = getenv ("TN_RECORD");
  int before = errno;
  int fd = path != NULL ? open (path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK) : -1;
  char line[512];
  int length;

  if (fd >= 0)
    {
      length = snprintf (line, sizeof line - 1, "%s %d %s %s", program_invocation_short_name, (int) getpid (), call,
                         target != NULL ? target : "-");
      if (length > (int) sizeof line - 2)
        length = sizeof line - 2;
      for (int i = 0; i < length; i++)
        if (line[i] == '\n')
          line[i] = '?';
      line[length++] = '\n';
      if (write (fd, line, length) != length)
        abort ();
      close (fd);
    }
  errno = before;
}

static void
record_address (const char *call, const struct sockaddr *address)
{
  const struct sockaddr_in *four = (const struct sockaddr_in *) address;
  const struct sockaddr_in6 *six = (const struct sockaddr_in6 *) address;
  char host[INET6_ADDRSTRLEN], target[INET6_ADDRSTRLEN + 10];

  if (address == NULL || (address->sa_family != AF_INET && address->sa_family != AF_INET6))
    return;
  if (address->sa_family == AF_INET)
    snprintf (target, sizeof target, "%s:%d", inet_ntop (AF_INET, &four->sin_addr, host, sizeof host),
              ntohs (four->sin_port));
  else
    snprintf (target, sizeof target, "[%s]:%d", inet_ntop (AF_INET6, &six->sin6_addr, host, sizeof host),
              ntohs (six->sin6_port));
  record (call, target);
}

/* Shows that this process is under watch. */
__attribute__ ((constructor)) static void
attach (void)
{
  record ("attached", "-");
}

int
getaddrinfo (const char *restrict name, const char *restrict service, const struct addrinfo *restrict hints,
             struct addrinfo **restrict result)
{
  record ("getaddrinfo", name);
  return NEXT (getaddrinfo) (name, service, hints, result);
}

struct hostent *
gethostbyname (const char *name)
{
  record ("gethostbyname", name);
  return NEXT (gethostbyname) (name);
}

struct hostent *
gethostbyname2 (const char *name, int family)
{
  record ("gethostbyname2", name);
  return NEXT (gethostbyname2) (name, family);
}

int
gethostbyname_r (const char *restrict name, struct hostent *restrict entry, char *restrict buffer, size_t size,
                 struct hostent **restrict result, int *restrict fault)
{
  record ("gethostbyname_r", name);
  return NEXT (gethostbyname_r) (name, entry, buffer, size, result, fault);
}

int
gethostbyname2_r (const char *restrict name, int family, struct hostent *restrict entry, char *restrict buffer,
                  size_t size, struct hostent **restrict result, int *restrict fault)
{
  record ("gethostbyname2_r", name);
  return NEXT (gethostbyname2_r) (name, family, entry, buffer, size, result, fault);
}

int
res_query (const char *name, int class, int type, unsigned char *answer, int size)
{
  record ("res_query", name);
  return NEXT (res_query) (name, class, type, answer, size);
}

int
res_search (const char *name, int class, int type, unsigned char *answer, int size)
{
  record ("res_search", name);
  return NEXT (res_search) (name, class, type, answer, size);
}

int
res_nquery (res_state state, const char *name, int class, int type, unsigned char *answer, int size)
{
  record ("res_nquery", name);
  return NEXT (res_nquery) (state, name, class, type, answer, size);
}

int
res_nsearch (res_state state, const char *name, int class, int type, unsigned char *answer, int size)
{
  record ("res_nsearch", name);
  return NEXT (res_nsearch) (state, name, class, type, answer, size);
}

int
connect (int fd, __CONST_SOCKADDR_ARG address, socklen_t length)
{
  record_address ("connect", address.__sockaddr__);
  return NEXT (connect) (fd, address, length);
}

ssize_t
sendto (int fd, const void *data, size_t size, int flags, __CONST_SOCKADDR_ARG address, socklen_t length)
{
  record_address ("sendto", address.__sockaddr__);
  return NEXT (sendto) (fd, data, size, flags, address, length);
}

ssize_t
sendmsg (int fd, const struct msghdr *message, int flags)
{
  record_address ("sendmsg", message->msg_name);
  return NEXT (sendmsg) (fd, message, flags);
}

int
sendmmsg (int fd, struct mmsghdr *messages, unsigned int count, int flags)
{
  for (unsigned int i = 0; i < count; i++)
    record_address ("sendmmsg", messages[i].msg_hdr.msg_name);
  return NEXT (sendmmsg) (fd, messages, count, flags);
}
