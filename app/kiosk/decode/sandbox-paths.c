/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Linux: Documentation/userspace-api/landlock.rst. glibc has no functions for it. */

#include "kiosk/decode/sandbox-paths.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Of the first version: what later ones add is forbidden by the filter of system calls. */
#define ALL_RIGHTS     (LANDLOCK_ACCESS_FS_MAKE_SYM * 2 - 1)
#define RIGHTS_OF_FILE (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE)
#define READ           (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITE          (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_WRITE_FILE)

/* What is not there is left out. */
static void
allow (int rules, const char *path, guint64 rights)
{
  struct landlock_path_beneath_attr rule = { .allowed_access = rights };
  struct stat info;

  rule.parent_fd = open (path, O_PATH | O_CLOEXEC);
  if (rule.parent_fd < 0)
    return;
  if (fstat (rule.parent_fd, &info) == 0) {
    if (!S_ISDIR (info.st_mode))
      rule.allowed_access &= RIGHTS_OF_FILE;
    syscall (SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  }
  close (rule.parent_fd);
}

/* Folders that somebody who starts the program by hand, or a test, has drivers or settings in. */
static void
allow_variable (int rules, const char *name)
{
  g_auto (GStrv) paths = g_strsplit (g_getenv (name) != NULL ? g_getenv (name) : "", ":", 16);

  for (char **path = paths; *path != NULL; path++)
    if (**path == '/')
      allow (rules, *path, READ);
}

gboolean
pv_sandbox_restrict_paths (void)
{
  static const struct {
    const char *path;
    guint64 rights;
  } paths[] = {
    { "/usr", READ },       { "/lib", READ },          { "/lib64", READ },
    { "/opt", READ },       { "/etc/sane.d", READ },   { "/etc/ld.so.cache", READ },
    { "/sys", READ },       { "/run/udev", READ },     { "/dev/urandom", READ },
    { "/dev/null", WRITE }, { "/dev/bus/usb", WRITE }, { "/dev/usb", WRITE },
  };
  const struct landlock_ruleset_attr handled = { .handled_access_fs = ALL_RIGHTS };
  const int rules = (int) syscall (SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
  gboolean is_done;

  if (rules < 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    allow (rules, paths[i].path, paths[i].rights);
  allow_variable (rules, "SANE_CONFIG_DIR");
  allow_variable (rules, "LD_LIBRARY_PATH");
  is_done = syscall (SYS_landlock_restrict_self, rules, 0) == 0;
  close (rules);
  return is_done;
}
