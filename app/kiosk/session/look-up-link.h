/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* look-up-link.h: a session's questions about one request or one invoice, through the courier.
 *
 * A reference of this kiosk is opened here, by the key that only it gives (link/follow.h); then the portal is asked for what
 * it is now. One question at a time: a new one drops the one before. Each ends within its own limit. Main thread only.
 * Callbacks are never called after pv_look_up_link_free(). */
#pragma once

#include "core/followed.h"
#include "core/invoice.h"
#include "kiosk/session/courier-link.h"

typedef struct PvLookUpLink PvLookUpLink;

typedef struct PvLookUpEvents {
  /* (transfer none) (nullable): NULL: could not be asked */
  void (*followed) (const PvFollowed *followed, gpointer user_data);
  void (*invoice) (const PvInvoice *invoice, gpointer user_data);
  /* The invoice as it may be printed: decoded and written anew. (transfer none) (nullable): NULL: there is none */
  void (*paper) (GBytes *pdf, gpointer user_data);
} PvLookUpEvents;

enum {
  PV_LOOK_UP_CALL_MS = 35 * 1000, /* the courier's worker has 30 s */
  PV_LOOK_UP_MAX_BYTES = 64 * 1024,
  PV_LOOK_UP_MAX_PDF_BYTES = 6 * 1024 * 1024,
  PV_LOOK_UP_MAX_PAGES = 10, /* of an invoice; more is not for a kiosk's printer */
  PV_LOOK_UP_MAX_MOVES = 8,  /* of an appointment, from the oldest reference to the newest */
};

/* @courier: borrowed; @decode_program: parvis-decode */
PvLookUpLink *pv_look_up_link_new (PvCourierLink *courier, const char *decode_program, const PvLookUpEvents *events,
                                   gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void pv_look_up_link_free (PvLookUpLink *link);

/* @code: a tracking code or a reference, normalised */
void pv_look_up_link_follow (PvLookUpLink *link, const char *code);
void pv_look_up_link_find_invoice (PvLookUpLink *link, const char *uuid, guint64 cents);
void pv_look_up_link_get_paper (PvLookUpLink *link, const char *uuid, guint64 cents);
/* Drops what is being asked. */
void pv_look_up_link_forget (PvLookUpLink *link);
