/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/harden.h"

#include <errno.h>
#include <linux/netlink.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tst.h"

/* What is given up is given up for ever: each test runs in a child, which tells the number of its first failed line. */
#define CHECK(what)                                                                                                    \
  do {                                                                                                                 \
    if (!(what))                                                                                                       \
      return __LINE__;                                                                                                 \
  } while (0)

static void
run_in_child (int (*work) (void))
{
  int ends[2], line = -1;
  pid_t child;

  assert_int_equal (pipe (ends), 0);
  child = fork ();
  assert_true (child >= 0);
  if (child == 0) {
    gssize written;

    line = work ();
    written = write (ends[1], &line, sizeof line);
    _exit (written == sizeof line ? 0 : 1);
  }
  close (ends[1]);
  if (read (ends[0], &line, sizeof line) != sizeof line)
    line = -1;
  close (ends[0]);
  waitpid (child, NULL, 0);
  if (line != 0)
    fail_msg ("line %d in the child", line);
}

static int
harden (void)
{
  struct rlimit core = { 1, 1 };
  mode_t mask;

  CHECK (pv_harden_process (NULL));
  CHECK (getrlimit (RLIMIT_CORE, &core) == 0 && core.rlim_cur == 0 && core.rlim_max == 0);
  CHECK (prctl (PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__clang__)
  CHECK (prctl (PR_GET_DUMPABLE, 0, 0, 0, 0) == 0);
#endif
  mask = umask (0);
  CHECK (mask == 077);
  return 0;
}

static void
a_hardened_process_leaves_nothing (void **state)
{
  (void) state;
  run_in_child (harden);
}

static int
try_sockets (void)
{
  static const int families[] = { AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_BLUETOOTH, AF_VSOCK, AF_UNSPEC, -1 };

  for (gsize i = 0; i < G_N_ELEMENTS (families); i++) {
    errno = 0;
    CHECK (socket (families[i], SOCK_STREAM, 0) == -1);
    CHECK (errno == EAFNOSUPPORT);
    CHECK (socket (families[i], SOCK_DGRAM | SOCK_CLOEXEC, 0) == -1);
  }
  /* The kernel looks at the lower half only. */
  CHECK (syscall (SYS_socket, 0x100000000L | AF_INET, SOCK_STREAM, 0) == -1 && errno == EAFNOSUPPORT);
  /* What libusb listens to, and nothing else of its kind. */
  CHECK (socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT) >= 0);
  CHECK (socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC) == -1 && errno == EAFNOSUPPORT);
  errno = 0;
  CHECK (syscall (SYS_io_uring_setup, 1, NULL) == -1 && errno == ENOSYS);
  return 0;
}

static int
try_without_internet (void)
{
  int child_line = -1;
  pid_t child;
  int ends[2];

  CHECK (pv_forbid_internet (NULL));
  CHECK (try_sockets () == 0);
  /* Also for its children. */
  CHECK (pipe (ends) == 0);
  child = fork ();
  CHECK (child >= 0);
  if (child == 0) {
    gssize written;

    child_line = try_sockets ();
    written = write (ends[1], &child_line, sizeof child_line);
    _exit (written == sizeof child_line ? 0 : 1);
  }
  CHECK (read (ends[0], &child_line, sizeof child_line) == sizeof child_line);
  waitpid (child, NULL, 0);
  return child_line;
}

static void
without_internet_no_such_socket_can_be_made (void **state)
{
  (void) state;
  run_in_child (try_without_internet);
}

/* Wayland, D-Bus, the journal: what a session does need. */
static int
use_unix_sockets (void)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  socklen_t length = sizeof (sa_family_t);
  int listening, client, pair[2];
  char byte = 0;

  CHECK (pv_forbid_internet (NULL));
  CHECK (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0);
  CHECK (write (pair[0], "x", 1) == 1 && read (pair[1], &byte, 1) == 1 && byte == 'x');
  listening = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  client = socket (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
  CHECK (listening >= 0 && client >= 0);
  /* Without a name: the kernel chooses one. */
  CHECK (bind (listening, (struct sockaddr *) &address, length) == 0 && listen (listening, 1) == 0);
  length = sizeof address;
  CHECK (getsockname (listening, (struct sockaddr *) &address, &length) == 0);
  CHECK (connect (client, (struct sockaddr *) &address, length) == 0);
  CHECK (accept4 (listening, NULL, NULL, SOCK_CLOEXEC) >= 0);
  return 0;
}

static void
unix_sockets_still_work (void **state)
{
  (void) state;
  run_in_child (use_unix_sockets);
}

/* It can be said twice, and sockets of before go on. */
static int
keep_old_sockets (void)
{
  int old = socket (AF_INET, SOCK_STREAM, 0);
  int value = 0;
  socklen_t length = sizeof value;

  CHECK (old >= 0);
  CHECK (pv_harden_process (NULL));
  CHECK (pv_forbid_internet (NULL));
  CHECK (pv_forbid_internet (NULL));
  CHECK (getsockopt (old, SOL_SOCKET, SO_TYPE, &value, &length) == 0 && value == SOCK_STREAM);
  return 0;
}

static void
what_is_open_stays_open (void **state)
{
  (void) state;
  run_in_child (keep_old_sockets);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_hardened_process_leaves_nothing),
    cmocka_unit_test (without_internet_no_such_socket_can_be_made),
    cmocka_unit_test (unix_sockets_still_work),
    cmocka_unit_test (what_is_open_stays_open),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
