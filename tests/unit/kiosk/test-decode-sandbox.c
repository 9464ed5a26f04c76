/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kiosk/decode/sandbox.h"
#include "platform/sanitizer.h"

enum {
  MAX_OUTPUT_BYTES = 4096,
  FINE = 42, /* the exit status of a child that went through */
};

static int output;
/* What is not looked at is not allocated by a compiler that sees through malloc(). */
static void *volatile memory;

static void
use_memory (void)
{
  static const gsize sizes[] = { 100, 20 * 1024 * 1024, 40 * 1024 * 1024 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    memory = realloc (memory, sizes[i]);
    if (memory == NULL)
      _exit (1);
    ((volatile guint8 *) memory)[sizes[i] - 1] = 1;
  }
  free (memory);
}

static void
write_output (void)
{
  if (write (output, "x", 1) != 1)
    _exit (1);
}

static void
open_file (void)
{
  if (open ("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0 || errno != EACCES)
    _exit (1);
}

static void
write_elsewhere (void)
{
  if (write (STDERR_FILENO, "", 0) < 0)
    _exit (1);
}

static void
write_too_much (void)
{
  static const guint8 much[MAX_OUTPUT_BYTES + 1];

  if (write (output, much, sizeof much) == (ssize_t) sizeof much || write (output, much, 1) < 0)
    _exit (1);
}

static void
read_input (void)
{
  char c;

  if (read (output, &c, 1) >= 0)
    _exit (1);
}

static void
make_socket (void)
{
  socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

static void
make_process (void)
{
  if (fork () == 0)
    _exit (0);
}

static void
run_program (void)
{
  char *const nothing[] = { NULL };

  execve ("/bin/true", nothing, nothing);
}

static void
map_code (void)
{
  mmap (NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void
map_file (void)
{
  mmap (NULL, 4096, PROT_READ, MAP_PRIVATE, output, 0);
}

static void
turn_memory_into_code (void)
{
  void *page = mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  mprotect (page, 4096, PROT_READ | PROT_EXEC);
}

static void
signal_parent (void)
{
  kill (getppid (), 0);
}

#ifndef PV_HAS_ADDRESS_SANITIZER
static void
use_too_much_memory (void)
{
  memory = malloc ((gsize) PV_SANDBOX_MAX_MEMORY_BYTES);
  if (memory != NULL)
    _exit (1);
}
#endif

/* Returns: how the child ended. */
static int
run_inside (void (*act) (void))
{
  pid_t child = fork ();
  int status;

  if (child == 0) {
    if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !pv_sandbox_enter (output, MAX_OUTPUT_BYTES))
      _exit (2);
    act ();
    _exit (FINE);
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  return status;
}

static void
lets_through_what_decoding_needs (void **state)
{
  static void (*const acts[]) (void) = { use_memory, write_output, open_file };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++) {
    int status = run_inside (acts[i]);

    if (!WIFEXITED (status) || WEXITSTATUS (status) != FINE)
      fail_msg ("act %u: status %x", i, (guint) status);
  }
}

static void
kills_whoever_does_anything_else (void **state)
{
  static void (*const acts[]) (void) = { read_input,     make_socket, make_process,          run_program,
                                         map_code,       map_file,    turn_memory_into_code, signal_parent,
#ifndef PV_HAS_ADDRESS_SANITIZER
                                         write_elsewhere
#endif
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++) {
    int status = run_inside (acts[i]);

    if (!WIFSIGNALED (status) || WTERMSIG (status) != SIGSYS)
      fail_msg ("act %u: status %x", i, (guint) status);
  }
}

static void
ends_who_writes_or_takes_too_much (void **state)
{
  int status = run_inside (write_too_much);

  (void) state;
  assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGXFSZ);
#ifndef PV_HAS_ADDRESS_SANITIZER
  status = run_inside (use_too_much_memory);
  assert_true (WIFEXITED (status) && WEXITSTATUS (status) == FINE);
#else
  (void) write_elsewhere;
#endif
}

static int
make_output (void **state)
{
  (void) state;
  output = memfd_create ("test", MFD_CLOEXEC);
  return output < 0;
}

static int
close_output (void **state)
{
  (void) state;
  return close (output);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (lets_through_what_decoding_needs),
    cmocka_unit_test (kills_whoever_does_anything_else),
    cmocka_unit_test (ends_who_writes_or_takes_too_much),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, make_output, close_output);
}
