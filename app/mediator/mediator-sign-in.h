/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mediator-sign-in.h: who signs in, and the passphrase of their key; or what is missing before anybody can. */
#pragma once

#include <adwaita.h>

#include "mediator/desk.h"

#define PV_TYPE_MEDIATOR_SIGN_IN (pv_mediator_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (PvMediatorSignIn, pv_mediator_sign_in, PV, MEDIATOR_SIGN_IN, GtkBox)

/* Reads the settings at @path, and shows what there is to do. */
void pv_mediator_sign_in_start (PvMediatorSignIn *page, PvDesk *desk, const char *path);
/* As if it had been typed; for a demonstration. */
void pv_mediator_sign_in_open (PvMediatorSignIn *page, const char *passphrase);
