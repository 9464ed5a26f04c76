/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* password.h: what opens a card: the six digits on its front, or its machine-readable zone. In locked memory. */
#pragma once

#include "eid/crypto.h"

typedef enum {
  PV_PASSWORD_MRZ = 1, /* the numbers are the reference of MSE:Set AT */
  PV_PASSWORD_CAN = 2,
} PvPasswordKind;

typedef struct PvCardPassword PvCardPassword;

/* Doc 9303-11, section 9.7.3: six digits; NULL otherwise. */
PvCardPassword *pv_card_password_new_can (const char *digits) G_GNUC_WARN_UNUSED_RESULT;
/**
 * pv_card_password_new_mrz:
 * @number: of the document, 1 to 22 characters A-Z 0-9 <, without its check digit; shorter than 9 is filled with '<'
 * @birth, @expiry: YYMMDD
 *
 * MRZ_information of section 9.7.2. NULL if one of them is none.
 */
PvCardPassword *pv_card_password_new_mrz (const char *number, const char *birth,
                                          const char *expiry) G_GNUC_WARN_UNUSED_RESULT;
/* From the lines of a machine-readable zone whose check digits agree, separated by newlines; TD1, TD2, TD3. */
PvCardPassword *pv_card_password_new_mrz_lines (const char *lines) G_GNUC_WARN_UNUSED_RESULT;
void pv_card_password_free (PvCardPassword *password);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvCardPassword, pv_card_password_free)

PvPasswordKind pv_card_password_get_kind (const PvCardPassword *password);
/* K of PACE: the digits, or SHA-1 of the MRZ information, 20 bytes (of which BAC takes the first 16). */
const guint8 *pv_card_password_get_secret (const PvCardPassword *password, gsize *ret_length);
