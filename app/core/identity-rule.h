/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* identity-rule.h: which question of a form is about the person who stands at the kiosk, and what of their document
 * answers it.
 *
 * A form does not say that by itself: "Nom" may be a child's. So the commune says it, in one line for each question:
 *
 *   demandeur_nom:surname                                   varname or id of the question, and a field of the identity
 *   responsables/prenom:given-names                         within a block: of its first row
 *   nom:surname if form_var_lien == "C’est moi"             only with such answers
 *
 * Pure.
 */
#pragma once

#include "core/identity.h"
#include "core/procedure.h"
#include "core/value.h"

enum { PV_IDENTITY_RULE_MAX_BYTES = 1000 };

typedef struct PvIdentityRule {
  char *block; /* (nullable) */
  char *name;
  PvIdentityField field;
  PvExpression *condition; /* (nullable) */
} PvIdentityRule;

/* NULL if @text is none. (transfer full) */
PvIdentityRule *pv_identity_rule_parse (const char *text) G_GNUC_WARN_UNUSED_RESULT;
void pv_identity_rule_free (PvIdentityRule *rule);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvIdentityRule, pv_identity_rule_free)

/* Marks the question, before @procedure is shared. FALSE if there is none of that name that can take it. */
gboolean pv_identity_rule_apply (const PvIdentityRule *rule, PvProcedure *procedure);

/* Whether an answer of this kind can be made of the field. */
gboolean pv_question_may_take (const PvQuestion *question, PvIdentityField field);
/* Whether any question takes this field; any field at all if it is PV_N_IDENTITY_FIELDS. */
gboolean pv_procedure_takes_identity (const PvProcedure *procedure, PvIdentityField field);
/* What the document answers to the question, NULL if nothing. (transfer full) (nullable) */
PvValue *pv_question_read_identity (const PvQuestion *question, const PvIdentity *identity) G_GNUC_WARN_UNUSED_RESULT;
