/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* proposal-box.h: what a mediator proposes for a field, above it: to accept, or to keep what is there. */
#pragma once

#include <gtk/gtk.h>

#include "view/controls.h"

#define PV_TYPE_PROPOSAL_BOX (pv_proposal_box_get_type ())
G_DECLARE_FINAL_TYPE (PvProposalBox, pv_proposal_box, PV, PROPOSAL_BOX, GtkBox)

/* @is_typed: its answer is, beside a keyboard that leaves a low screen room for less words in a line */
GtkWidget *pv_proposal_box_new (const char *field_id, const PvPlan *plan, gboolean is_typed);
/* Shows what is proposed for @field, or nothing. It takes no focus: somebody may be typing. */
void pv_proposal_box_update (PvProposalBox *box, const PvField *field);
