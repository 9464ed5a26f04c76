/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* setup-code.h: the code under which a platform keeps what one kiosk needs at its first start: 20 letters of the 20-letter alphabet, in
 * groups of four; the last one is made of the others, so that a slip is told before anything is asked. Pure. */
#pragma once

#include <glib.h>

enum {
  PV_SETUP_CODE_LETTERS = 20, /* 19 of them random: 82 bits */
  PV_SETUP_CODE_GROUP = 4,
};

/* Of 20 letters in any case, with any spaces and hyphens, the last one as it must be: capitals alone; NULL: it is none. (transfer
 * full): wipe */
char *pv_setup_code_read (const char *typed) G_GNUC_WARN_UNUSED_RESULT;
/* The letter behind 19 capital letters of the alphabet. */
char pv_setup_code_last (const char *letters);
/* One of the 20 letters; @number: below 20 */
char pv_setup_code_letter (guint number);
/* "BCDF GHJK ...". (transfer full): wipe */
char *pv_setup_code_display (const char *code) G_GNUC_WARN_UNUSED_RESULT;
