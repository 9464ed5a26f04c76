/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* proof-link.h: the code on a receipt, as the courier signs it. Main thread. */
#pragma once

#include <gio/gio.h>

#include "core/receipt-code.h"

/* @code: see core/receipt-code.h */
typedef void (*PvProofFunc) (const char *ref, const char *code, gpointer user_data);

/**
 * pv_proof_ask:
 * @courier: org.parvis.Courier1
 * @form: slug of the form that was filed
 * @outcome: (nullable): what the portal answered; without, or if the courier does not know of that, the code says "registered"
 *
 * @func is called at most once, and not if there is no key, no answer in time, or @cancellable was cancelled.
 */
void pv_proof_ask (GDBusProxy *courier, const char *ref, const char *form, const PvOutcome *outcome,
                   GCancellable *cancellable, PvProofFunc func, gpointer user_data);
