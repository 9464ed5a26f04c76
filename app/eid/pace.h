/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pace.h: Password Authenticated Connection Establishment (ICAO Doc 9303-11, section 4.4): generic, integrated and
 * chip-authentication mapping, over ECDH and DH, with every standardized parameter set (section 9.5.1). */
#pragma once

#include "eid/channel.h"
#include "eid/password.h"
#include "eid/security-info.h"

typedef struct PvPaceResult {
  /* CAM: to be checked with the static key of EF.CardSecurity by pv_pace_check_cam() */
  PvCardBytes cam_data;    /* CA_IC, decrypted; empty without CAM */
  PvCardBytes mapping_key; /* PKmap_IC; empty without CAM */
  gint parameter_id;
} PvPaceResult;

void pv_pace_result_clear (PvPaceResult *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvPaceResult, pv_pace_result_clear)

/* Section 9.3: whether an APDU of this parameter set needs a long transport (DH with 2048 bits). */
gboolean pv_pace_needs_long (const PvPaceInfo *info);

/**
 * pv_pace_run:
 * @is_ambiguous: several PACEInfos share the OID: DO 84 is sent, and once left out if the card refuses it
 *
 * Section 4.4. On success the channel is secured. WRONG_CODE, BLOCKED, UNSUPPORTED (the card does not take this kind of
 * password), BAD_DATA (a point off the curve, a reflected key, a wrong token of the chip). Never retries a password.
 */
gboolean pv_pace_run (PvChannel *channel, const PvPaceInfo *info, gboolean is_ambiguous, const PvCardPassword *password,
                      PvPaceResult *ret_result, GError **error);

/* Section 4.4.3.5: PKmap_IC = CA_IC * PK_IC. @key: SubjectPublicKeyInfo of EF.CardSecurity, which must have been
 * verified. */
gboolean pv_pace_check_cam (const PvPaceResult *result, const guint8 *key, gsize key_length);
