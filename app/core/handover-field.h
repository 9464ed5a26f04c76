/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* handover-field.h: one question that the kiosk asks for a form of another site, as the commune writes it.
 *
 *   Votre nom:identite_nom:text                                 label, field of the site, kind
 *   Êtes-vous étudiant ?:champ_Q2hhbXAtMTAz:yes-no
 *   Votre quartier:champ_Q2hhbXAtMTA1:choice:Centre|Gare        options, for choice and choices
 *   Votre e-mail:champ_Q2hhbXAtMTA0:email?                      "?" after the kind: may be left empty
 *
 * A field is "champ_" and the site's own identifier, or identite_nom, identite_prenom, identite_genre. Pure.
 */
#pragma once

#include "core/procedure.h"

enum {
  PV_HANDOVER_FIELD_MAX_BYTES = 1000,
  PV_HANDOVER_FIELD_MAX_ID_BYTES = 80,
  PV_HANDOVER_MAX_FIELDS = 10, /* a few questions: the rest is for the site */
};

/* NULL if @text is none; its id is the field of the site. (transfer full) */
PvQuestion *pv_handover_field_parse (const char *text) G_GNUC_WARN_UNUSED_RESULT;
