/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* lookup-code.h: what is typed, or scanned from paper, to look something up: a code, an invoice's square, an amount. */
#pragma once

#include <glib.h>

enum {
  PV_CODE_MAX_BYTES = 512, /* an address in a QR code of a receipt or an invoice; what is longer is none of them */
  PV_TRACKING_CODE_LENGTH = 8,
};

typedef enum {
  PV_CODE_TRACKING,  /* of the portal: 8 letters */
  PV_CODE_REFERENCE, /* of a kiosk: 10 letters */
  PV_CODE_EMPTY,
  PV_CODE_BAD_LENGTH,    /* ret_length: how many letters there are */
  PV_CODE_BAD_CHARACTER, /* none of the 20 letters, or an address that is not of a request */
} PvCodeVerdict;

/**
 * pv_code_read:
 * @text: as typed or scanned, in any case, with any spaces; or an address with ".../code/XXXXXXXX..."
 * @ret_code: (out): capital letters without spaces, wipe with pv_wipe_str(); set only for TRACKING and REFERENCE
 * @ret_length: (out)
 */
PvCodeVerdict pv_code_read (const char *text, char **ret_code, guint *ret_length);

/* What is typed so far as the field shows it: "BCDF GH"; an address that is being scanned stays as it comes, without
 * spaces. (transfer full): wipe */
char *pv_code_tidy (const char *typed) G_GNUC_WARN_UNUSED_RESULT;

/* FALSE if there is no uuid (RFC 9562) in @text, which may be an address that holds one. @ret_uuid: (out): small
 * letters, wipe */
gboolean pv_uuid_find (const char *text, char **ret_uuid);

/* "42,50", "42.5", "1 042 €": FALSE for what is no amount in euros, or is 0, or above 9,999,999.99. */
gboolean pv_cents_read (const char *text, guint64 *ret_cents);
/* "42,50 €", in the citizen's language. (transfer full) */
char *pv_cents_display (guint64 cents) G_GNUC_WARN_UNUSED_RESULT;
