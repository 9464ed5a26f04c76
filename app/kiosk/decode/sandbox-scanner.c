/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sandbox of a driver: it may read files and speak with its device; it makes no file, no process and no connection. */

#include "kiosk/decode/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
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
  alarm (PV_SANDBOX_SCANNER_MAX_SECONDS);
  return limit (RLIMIT_CPU, PV_SANDBOX_SCANNER_MAX_CPU_SECONDS) && limit (RLIMIT_FSIZE, max_output_bytes)
         && limit (RLIMIT_NOFILE, PV_SANDBOX_SCANNER_MAX_FILES) && limit (RLIMIT_CORE, 0)
         && prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0;
}

/* One rule for each; 0 or an error. */
static int
refuse_calls (scmp_filter_ctx filter)
{
  static const int refused[] = {
    /* processes, and what is of others */
    SCMP_SYS (fork),
    SCMP_SYS (vfork),
    SCMP_SYS (execve),
    SCMP_SYS (execveat),
    SCMP_SYS (ptrace),
    SCMP_SYS (process_vm_readv),
    SCMP_SYS (process_vm_writev),
    SCMP_SYS (pidfd_open),
    SCMP_SYS (pidfd_getfd),
    SCMP_SYS (pidfd_send_signal),
    SCMP_SYS (kill),
    SCMP_SYS (tkill),
    SCMP_SYS (setns),
    SCMP_SYS (unshare),
    SCMP_SYS (kcmp),
    SCMP_SYS (rt_sigqueueinfo),
    SCMP_SYS (rt_tgsigqueueinfo),
    /* files */
    SCMP_SYS (creat),
    SCMP_SYS (unlink),
    SCMP_SYS (unlinkat),
    SCMP_SYS (rename),
    SCMP_SYS (renameat),
    SCMP_SYS (renameat2),
    SCMP_SYS (mkdir),
    SCMP_SYS (mkdirat),
    SCMP_SYS (rmdir),
    SCMP_SYS (link),
    SCMP_SYS (linkat),
    SCMP_SYS (symlink),
    SCMP_SYS (symlinkat),
    SCMP_SYS (mknod),
    SCMP_SYS (mknodat),
    SCMP_SYS (truncate),
    SCMP_SYS (chmod),
    SCMP_SYS (fchmod),
    SCMP_SYS (fchmodat),
    SCMP_SYS (chown),
    SCMP_SYS (fchown),
    SCMP_SYS (lchown),
    SCMP_SYS (fchownat),
    SCMP_SYS (setxattr),
    SCMP_SYS (lsetxattr),
    SCMP_SYS (fsetxattr),
    SCMP_SYS (open_by_handle_at),
    SCMP_SYS (chroot),
    SCMP_SYS (pivot_root),
    SCMP_SYS (mount),
    SCMP_SYS (umount2),
    /* connections */
    SCMP_SYS (connect),
    SCMP_SYS (listen),
    SCMP_SYS (accept),
    SCMP_SYS (accept4),
    SCMP_SYS (socketpair),
    /* the kernel */
    SCMP_SYS (bpf),
    SCMP_SYS (perf_event_open),
    SCMP_SYS (keyctl),
    SCMP_SYS (add_key),
    SCMP_SYS (request_key),
    SCMP_SYS (userfaultfd),
    SCMP_SYS (init_module),
    SCMP_SYS (finit_module),
    SCMP_SYS (kexec_load),
    SCMP_SYS (msgget),
    SCMP_SYS (shmget),
    SCMP_SYS (semget),
  };
  int code = 0;

  for (guint i = 0; i < G_N_ELEMENTS (refused) && code == 0; i++)
    code = seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), refused[i], 0);
  return code;
}

/* A new process is a clone without CLONE_THREAD. What clone3() is asked cannot be seen here: glibc does without. */
static int
refuse_processes (scmp_filter_ctx filter)
{
  const struct scmp_arg_cmp no_thread = { .arg = 0, .op = SCMP_CMP_MASKED_EQ, .datum_a = CLONE_THREAD, .datum_b = 0 };
  const struct scmp_arg_cmp other_process = { .arg = 0, .op = SCMP_CMP_NE, .datum_a = (scmp_datum_t) getpid () };
  int code = seccomp_rule_add_array (filter, SCMP_ACT_ERRNO (EPERM), SCMP_SYS (clone), 1, &no_thread);

  if (code == 0)
    code = seccomp_rule_add_array (filter, SCMP_ACT_ERRNO (EPERM), SCMP_SYS (tgkill), 1, &other_process);
  if (code == 0)
    code = seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (clone3), 0);
  if (code == 0)
    code = seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (io_uring_setup), 0);
  return code;
}

/* libusb listens to the kernel's news of devices; nothing else needs a socket. */
static int
refuse_sockets (scmp_filter_ctx filter)
{
  const struct scmp_arg_cmp no_netlink = { .arg = 0, .op = SCMP_CMP_NE, .datum_a = AF_NETLINK };
  const struct scmp_arg_cmp other_netlink[] = {
    { .arg = 0, .op = SCMP_CMP_EQ, .datum_a = AF_NETLINK },
    { .arg = 2, .op = SCMP_CMP_NE, .datum_a = NETLINK_KOBJECT_UEVENT },
  };
  int code = seccomp_rule_add_array (filter, SCMP_ACT_ERRNO (EAFNOSUPPORT), SCMP_SYS (socket), 1, &no_netlink);

  if (code == 0)
    code = seccomp_rule_add_array (filter, SCMP_ACT_ERRNO (EAFNOSUPPORT), SCMP_SYS (socket), 2, other_netlink);
  return code;
}

/* Neither O_CREAT nor O_TRUNC; a device is opened to write. openat2() hides its flags. */
static int
refuse_new_files (scmp_filter_ctx filter)
{
  static const int flags[] = { O_CREAT, O_TRUNC };
  int code = seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (openat2), 0);

  for (guint i = 0; i < G_N_ELEMENTS (flags) && code == 0; i++) {
    const scmp_datum_t flag = (scmp_datum_t) flags[i];
    const struct scmp_arg_cmp of_open = { .arg = 1, .op = SCMP_CMP_MASKED_EQ, .datum_a = flag, .datum_b = flag };
    const struct scmp_arg_cmp of_openat = { .arg = 2, .op = SCMP_CMP_MASKED_EQ, .datum_a = flag, .datum_b = flag };

    code = seccomp_rule_add_array (filter, SCMP_ACT_ERRNO (EACCES), SCMP_SYS (open), 1, &of_open);
    if (code == 0)
      code = seccomp_rule_add_array (filter, SCMP_ACT_ERRNO (EACCES), SCMP_SYS (openat), 1, &of_openat);
  }
  return code;
}

gboolean
pv_sandbox_enter_scanner (gsize max_output_bytes)
{
  scmp_filter_ctx filter;
  int code;

  if (!set_limits (max_output_bytes))
    return FALSE;
  filter = seccomp_init (SCMP_ACT_ALLOW);
  if (filter == NULL)
    return FALSE;
  code = refuse_calls (filter);
  if (code == 0)
    code = refuse_processes (filter);
  if (code == 0)
    code = refuse_sockets (filter);
  if (code == 0)
    code = refuse_new_files (filter);
  if (code == 0)
    code = seccomp_load (filter);
  seccomp_release (filter);
  return code == 0;
}
