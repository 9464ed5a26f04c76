/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Preloaded where memory is measured: a session hides its memory from its own user, and so from the measurement. */
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int readable_prctl (int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d) __asm__("prctl");

__attribute__ ((visibility ("default"))) int
readable_prctl (int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d)
{
  return option == PR_SET_DUMPABLE ? 0 : (int) syscall (SYS_prctl, option, a, b, c, d);
}
