/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a driver of a scanner may do, and what fails. */

#include "tst.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/netlink.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kiosk/decode/sandbox.h"

enum {
  MAX_OUTPUT_BYTES = 64 * 1024,
  FINE = 42,
};

static int output;
static char *folder;

static void
need (gboolean is_right)
{
  if (!is_right)
    _exit (1);
}

static void
read_settings (void)
{
  char c;
  int fd = open ("/etc/sane.d/dll.conf", O_RDONLY | O_CLOEXEC);

  need (fd >= 0 && read (fd, &c, 1) == 1);
}

static void
load_library (void)
{
  need (dlopen ("libsane.so.1", RTLD_NOW) != NULL);
}

/* It starts with listening to the kernel. */
static void
begin_libusb (void)
{
  void *library = dlopen ("libusb-1.0.so.0", RTLD_NOW);
  int (*begin) (void **context);

  need (library != NULL);
  *(void **) &begin = dlsym (library, "libusb_init");
  need (begin != NULL && begin (NULL) == 0);
}

static void
open_device (void)
{
  need (open ("/dev/null", O_RDWR | O_CLOEXEC) >= 0);
}

static void
listen_to_devices (void)
{
  need (socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT) >= 0);
}

static void *
thread_cb (void *data)
{
  return data;
}

static void
make_thread (void)
{
  pthread_t thread;
  void *told;

  need (pthread_create (&thread, NULL, thread_cb, &output) == 0 && pthread_join (thread, &told) == 0
        && told == &output);
}

static void
write_output (void)
{
  need (write (output, "x", 1) == 1);
}

static void
make_socket (void)
{
  static const int families[] = { AF_INET, AF_INET6, AF_UNIX, AF_PACKET, AF_BLUETOOTH, AF_VSOCK };
  int ends[2];

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    need (socket (families[i], SOCK_STREAM | SOCK_CLOEXEC, 0) < 0);
  need (socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE) < 0);
  need (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0);
}

static void
make_process (void)
{
  char *const nothing[] = { NULL };
  pid_t child = fork ();

  if (child == 0)
    _exit (0);
  need (child < 0);
  need (execve ("/bin/true", nothing, nothing) < 0);
}

static void
make_file (void)
{
  need (chdir (folder) == 0);
  need (open ("new", O_WRONLY | O_CREAT | O_CLOEXEC, 0600) < 0 && errno == EACCES);
  need (openat (AT_FDCWD, "new", O_RDWR | O_CREAT | O_CLOEXEC, 0600) < 0 && errno == EACCES);
  need (open ("there", O_WRONLY | O_TRUNC | O_CLOEXEC) < 0 && errno == EACCES);
  need (creat ("new", 0600) < 0);
  need (mkdir ("new", 0700) < 0 && symlink ("there", "new") < 0 && link ("there", "new") < 0);
  need (unlink ("there") < 0 && rename ("there", "new") < 0 && truncate ("there", 0) < 0 && chmod ("there", 0777) < 0);
}

static void
read_of_others (void)
{
  static const char *const paths[] = { "/etc/passwd", "/proc/self/environ", "/dev/zero", "/root", "/var", "/home" };
  g_autofree char *path = g_build_filename (folder, "there", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    need (open (paths[i], O_RDONLY | O_CLOEXEC) < 0);
  need (open (path, O_RDONLY | O_CLOEXEC) < 0 && errno == EACCES);
}

static void
touch_others (void)
{
  need (kill (getppid (), 0) < 0 && errno == EPERM);
  need (kill (-1, 0) < 0 && errno == EPERM);
  need (ptrace (PTRACE_ATTACH, getppid (), 0, 0) < 0);
}

static void
write_too_much (void)
{
  static const guint8 much[MAX_OUTPUT_BYTES];

  write_output ();
  need (write (output, much, sizeof much) < (ssize_t) sizeof much);
  need (write (output, much, 1) == 1);
}

static int
run_inside (void (*act) (void))
{
  pid_t child = fork ();
  int status;

  if (child == 0) {
    if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !pv_sandbox_enter_scanner (MAX_OUTPUT_BYTES))
      _exit (2);
    act ();
    _exit (FINE);
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  return status;
}

static void
assert_fine (void (*const *acts) (void), gsize n)
{
  for (gsize i = 0; i < n; i++) {
    int status = run_inside (acts[i]);

    if (!WIFEXITED (status) || WEXITSTATUS (status) != FINE)
      fail_msg ("act %zu: status %x", i, (guint) status);
  }
}

static void
lets_through_what_a_driver_needs (void **state)
{
  static void (*const acts[]) (void) = { read_settings,     load_library, begin_libusb, open_device,
                                         listen_to_devices, make_thread,  write_output };

  (void) state;
  assert_fine (acts, G_N_ELEMENTS (acts));
}

static void
refuses_everything_else (void **state)
{
  static void (*const acts[]) (void) = { make_socket, make_process, make_file, touch_others };

  (void) state;
  assert_fine (acts, G_N_ELEMENTS (acts));
}

static void
sees_only_files_of_drivers (void **state)
{
  static void (*const acts[]) (void) = { read_of_others };

  (void) state;
  if (syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) < 1)
    skip ();
  assert_fine (acts, G_N_ELEMENTS (acts));
}

static void
ends_who_writes_too_much (void **state)
{
  int status = run_inside (write_too_much);

  (void) state;
  assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGXFSZ);
}

static int
set_up (void **state)
{
  g_autofree char *there = NULL;

  (void) state;
  output = memfd_create ("test", MFD_CLOEXEC);
  folder = g_dir_make_tmp ("parvis-sandbox-XXXXXX", NULL);
  if (output < 0 || folder == NULL)
    return -1;
  there = g_build_filename (folder, "there", NULL);
  return g_file_set_contents (there, "x", 1, NULL) ? 0 : -1;
}

static int
tear_down (void **state)
{
  (void) state;
  tst_remove_folder (folder);
  g_free (folder);
  return close (output);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (lets_through_what_a_driver_needs),
    cmocka_unit_test (refuses_everything_else),
    cmocka_unit_test (sees_only_files_of_drivers),
    cmocka_unit_test (ends_who_writes_too_much),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
