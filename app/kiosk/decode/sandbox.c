/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/decode/sandbox.h"

#include <errno.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "platform/sanitizer.h"

static gboolean
limit (int resource, rlim_t most)
{
  const struct rlimit value = { most, most };

  return setrlimit ((__rlimit_resource_t) resource, &value) == 0;
}

static gboolean
set_limits (gsize max_output_bytes)
{
#ifndef PV_HAS_ADDRESS_SANITIZER
  if (!limit (RLIMIT_AS, PV_SANDBOX_MAX_MEMORY_BYTES))
    return FALSE;
#endif
  /* Even if nobody is there any more to kill it. */
  alarm (PV_SANDBOX_MAX_SECONDS);
  return limit (RLIMIT_CPU, PV_SANDBOX_MAX_CPU_SECONDS) && limit (RLIMIT_FSIZE, max_output_bytes)
         && limit (RLIMIT_NOFILE, 0) && limit (RLIMIT_CORE, 0) && prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0;
}

/* Memory may be had, but none that runs, and no file in it. */
static int
allow_memory (scmp_filter_ctx filter)
{
  const struct scmp_arg_cmp is_no_code = { .arg = 2, .op = SCMP_CMP_MASKED_EQ, .datum_a = PROT_EXEC, .datum_b = 0 };
  const struct scmp_arg_cmp map[] = {
    is_no_code,
    { .arg = 3, .op = SCMP_CMP_MASKED_EQ, .datum_a = MAP_ANONYMOUS, .datum_b = MAP_ANONYMOUS },
  };
  static const int calls[] = { SCMP_SYS (brk), SCMP_SYS (munmap), SCMP_SYS (mremap), SCMP_SYS (madvise) };
  int code = seccomp_rule_add_array (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), G_N_ELEMENTS (map), map);

  if (code == 0)
    code = seccomp_rule_add_array (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1, &is_no_code);
  for (guint i = 0; i < G_N_ELEMENTS (calls) && code == 0; i++)
    code = seccomp_rule_add (filter, SCMP_ACT_ALLOW, calls[i], 0);
  return code;
}

static int
allow_output (scmp_filter_ctx filter, int output_fd)
{
#ifdef PV_HAS_ADDRESS_SANITIZER
  /* It tells what it finds. */
  (void) output_fd;
  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (write), 0);
#else
  const struct scmp_arg_cmp is_output = { .arg = 0, .op = SCMP_CMP_EQ, .datum_a = (scmp_datum_t) output_fd };

  return seccomp_rule_add_array (filter, SCMP_ACT_ALLOW, SCMP_SYS (write), 1, &is_output);
#endif
}

/* futex: locks of the allocator. getrandom: libqpdf begins its ciphers with it. The libraries ask the system about itself on some machines, and do without. */
static int
allow_rest (scmp_filter_ctx filter)
{
  static const int calls[] = { SCMP_SYS (exit), SCMP_SYS (exit_group), SCMP_SYS (rt_sigreturn), SCMP_SYS (futex),
                               SCMP_SYS (getrandom) };
  static const int refused[] = { SCMP_SYS (open), SCMP_SYS (openat), SCMP_SYS (sysinfo) };
  int code = 0;

  for (guint i = 0; i < G_N_ELEMENTS (calls) && code == 0; i++)
    code = seccomp_rule_add (filter, SCMP_ACT_ALLOW, calls[i], 0);
  for (guint i = 0; i < G_N_ELEMENTS (refused) && code == 0; i++)
    code = seccomp_rule_add (filter, SCMP_ACT_ERRNO (EACCES), refused[i], 0);
#ifdef PV_HAS_ADDRESS_SANITIZER
  static const int of_sanitizer[] = { SCMP_SYS (prctl), SCMP_SYS (sched_yield), SCMP_SYS (getpid), SCMP_SYS (gettid),
                                      SCMP_SYS (sigaltstack) };

  for (guint i = 0; i < G_N_ELEMENTS (of_sanitizer) && code == 0; i++)
    code = seccomp_rule_add (filter, SCMP_ACT_ALLOW, of_sanitizer[i], 0);
#endif
  return code;
}

gboolean
pv_sandbox_enter (int output_fd, gsize max_output_bytes)
{
  scmp_filter_ctx filter;
  int code;

  if (!set_limits (max_output_bytes))
    return FALSE;
  filter = seccomp_init (SCMP_ACT_KILL_PROCESS);
  if (filter == NULL)
    return FALSE;
  code = allow_memory (filter);
  if (code == 0)
    code = allow_output (filter, output_fd);
  if (code == 0)
    code = allow_rest (filter);
  if (code == 0)
    code = seccomp_load (filter);
  seccomp_release (filter);
  return code == 0;
}
