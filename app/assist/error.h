/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* error.h: what can go wrong in the assistance, named by what the caller can do. */
#pragma once

#include <glib.h>

#define PV_ASSIST_ERROR (pv_assist_error_quark ())
GQuark pv_assist_error_quark (void);

typedef enum {
  PV_ASSIST_ERROR_BAD_DATA,  /* not of this protocol, or over a limit: drop it */
  PV_ASSIST_ERROR_VERSION,   /* another protocol or another catalogue of screens: say so, never go on without */
  PV_ASSIST_ERROR_UNTRUSTED, /* no root of ours vouches for it, or not for this role, commune or time */
  PV_ASSIST_ERROR_CODE,      /* the code was wrong: the second time burns it */
  PV_ASSIST_ERROR_DENIED,    /* not allowed in this state */
  PV_ASSIST_ERROR_ENDED,     /* the session is dead: its keys are wiped */
} PvAssistError;

/* Prepares libsodium. FALSE if there is no randomness: then nothing of this folder may be used. Any thread. */
gboolean pv_assist_init (void);
