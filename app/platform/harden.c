/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/harden.h"

#include <errno.h>
#include <linux/netlink.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "platform/sanitizer.h"

G_DEFINE_QUARK (pv_harden_error, pv_harden_error)

static gboolean
refuse (const char *what, int code, GError **error)
{
  g_set_error (error, PV_HARDEN_ERROR, PV_HARDEN_ERROR_REFUSED, "%s: %s", what, g_strerror (code));
  return FALSE;
}

gboolean
pv_harden_process (GError **error)
{
  const struct rlimit none = { 0, 0 };

  umask (077);
  if (setrlimit (RLIMIT_CORE, &none) != 0)
    return refuse ("setrlimit", errno, error);
#ifndef PV_HAS_ADDRESS_SANITIZER
  if (prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    return refuse ("PR_SET_DUMPABLE", errno, error);
#endif
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return refuse ("PR_SET_NO_NEW_PRIVS", errno, error);
  return TRUE;
}

/* A rule cannot look twice at one argument, so each family has its own. Of AF_NETLINK, the news of devices are left:
 * libusb does not begin without them, and the children that speak with scanners and readers inherit this filter. */
static int
refuse_families (scmp_filter_ctx filter)
{
  const struct scmp_arg_cmp unknown = { .arg = 0, .op = SCMP_CMP_GE, .datum_a = AF_MAX };
  const struct scmp_arg_cmp other_netlink[] = {
    { .arg = 0, .op = SCMP_CMP_EQ, .datum_a = AF_NETLINK },
    { .arg = 2, .op = SCMP_CMP_NE, .datum_a = NETLINK_KOBJECT_UEVENT },
  };
  int code = seccomp_rule_add_array (filter, SCMP_ACT_ERRNO (EAFNOSUPPORT), SCMP_SYS (socket), 1, &unknown);

  if (code == 0)
    code = seccomp_rule_add_array (filter, SCMP_ACT_ERRNO (EAFNOSUPPORT), SCMP_SYS (socket), 2, other_netlink);
  for (scmp_datum_t family = 0; family < AF_MAX && code == 0; family++) {
    const struct scmp_arg_cmp is_family = { .arg = 0, .op = SCMP_CMP_EQ, .datum_a = family };

    if (family != AF_UNIX && family != AF_NETLINK)
      code = seccomp_rule_add_array (filter, SCMP_ACT_ERRNO (EAFNOSUPPORT), SCMP_SYS (socket), 1, &is_family);
  }
  return code;
}

/* Calls of another architecture (32-bit, x32) end the process: libseccomp's default. */
gboolean
pv_forbid_internet (GError **error)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ALLOW);
  int code;

  if (filter == NULL)
    return refuse ("seccomp_init", ENOMEM, error);
  code = seccomp_attr_set (filter, SCMP_FLTATR_CTL_TSYNC, 1);
  if (code == 0)
    code = refuse_families (filter);
  if (code == 0)
    code = seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (io_uring_setup), 0);
  if (code == 0)
    code = seccomp_load (filter);
  seccomp_release (filter);
  return code == 0 || refuse ("seccomp", -code, error);
}

void
pv_forbid_accessibility_bus (void)
{
  g_setenv ("GTK_A11Y", "none", TRUE);
}

void
pv_forbid_reader_log (void)
{
  g_setenv ("LIBNFC_LOG_LEVEL", "0", TRUE);
}
