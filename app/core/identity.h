/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* identity.h: who a document says its holder is, and how far that is proven.
 *
 * What the card reader, or a machine-readable zone typed by hand, gives to a filing. Personal data: every text is wiped
 * when freed. Pure.
 */
#pragma once

#include <glib.h>

typedef enum {
  PV_IDENTITY_SURNAME,      /* name at birth, as a French civil record means it */
  PV_IDENTITY_USED_SURNAME, /* "nom d'usage" */
  PV_IDENTITY_GIVEN_NAMES,  /* all of them, separated by one blank */
  PV_IDENTITY_BIRTH_DATE,   /* YYYY-MM-DD, or with 00 for what is unknown */
  PV_IDENTITY_BIRTH_PLACE,  /* the commune, or commune and country */
  PV_IDENTITY_SEX,          /* "M", "F" or "X" */
  PV_IDENTITY_NATIONALITY,  /* three letters of ICAO Doc 9303-3, section 5, without '<' */
  PV_IDENTITY_ADDRESS,      /* lines separated by \n */
  PV_IDENTITY_NUMBER,       /* of the document */
  PV_IDENTITY_EXPIRY,       /* YYYY-MM-DD */
  PV_IDENTITY_ISSUER,       /* three letters, without '<' */
  PV_N_IDENTITY_FIELDS
} PvIdentityField;

enum { PV_IDENTITY_MAX_TEXT_BYTES = 600 };

typedef enum {
  PV_VERDICT_GENUINE,    /* signed by the State that issued it, unchanged, and the chip is no copy */
  PV_VERDICT_NOT_PROVEN, /* read, but something for the proof is missing: ordinary prefill */
  PV_VERDICT_REFUSED,    /* something contradicts: nothing of it is used */
} PvVerdict;

/* Why not GENUINE; the first that holds. */
typedef enum {
  PV_REASON_NONE,
  /* not proven */
  PV_REASON_TYPED,          /* from a machine-readable zone typed or scanned, no chip */
  PV_REASON_NO_ROOTS,       /* no master list is installed */
  PV_REASON_UNKNOWN_ISSUER, /* no root of that State in the list */
  PV_REASON_NO_SIGNATURE,   /* the document has no EF.SOD */
  PV_REASON_NO_CLOCK,       /* the clock of the kiosk is not verified */
  PV_REASON_CHIP_UNPROVEN,  /* neither chip nor active authentication is offered: could be a copy */
  PV_REASON_UNSUPPORTED,    /* an algorithm or curve that is not known here */
  PV_REASON_WEAK,           /* an algorithm or key that proves nothing today */
  PV_REASON_EXPIRED,        /* the document is past its date */
  PV_REASON_INCOMPLETE,     /* a file of the document could not be read */
  /* refused */
  PV_REASON_BAD_SOD,          /* not a security object */
  PV_REASON_BAD_SIGNATURE,    /* the signature over the security object does not verify */
  PV_REASON_CHANGED_DATA,     /* a data group has not the hash that was signed */
  PV_REASON_WRONG_SIGNER,     /* the signer's certificate was not issued by a root of its State */
  PV_REASON_SIGNER_NOT_VALID, /* signed outside the time in which the signer might */
  PV_REASON_REVOKED,          /* the signer is on its State's list of revoked ones */
  PV_REASON_WRONG_STATE,      /* issuer of the document and State of its signer differ */
  PV_REASON_CLONED_CHIP,      /* chip or active authentication failed */
  PV_REASON_DOWNGRADED,       /* the chip hid an access or proof that its signed data announce */
  PV_REASON_MRZ_DIFFERS,      /* what was typed and what was read are two documents */
  PV_REASON_BAD_DATA,         /* a data group is no such thing */
  PV_N_REASONS
} PvReason;

typedef struct PvIdentity {
  char *texts[PV_N_IDENTITY_FIELDS]; /* (nullable): unknown */
  PvVerdict verdict;
  PvReason reason;
} PvIdentity;

PvIdentity *pv_identity_new (void);
PvIdentity *pv_identity_copy (const PvIdentity *identity);
void pv_identity_free (PvIdentity *identity);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvIdentity, pv_identity_free)

/* Copies; NULL or "" clears. FALSE and nothing changed if it is longer than PV_IDENTITY_MAX_TEXT_BYTES or no UTF-8. */
gboolean pv_identity_set (PvIdentity *identity, PvIdentityField field, const char *text);

/* Names for logs, parvisctl and settings ("birth-date", "not-proven", "changed-data"); never translated. */
const char *pv_identity_field_name (PvIdentityField field);
const char *pv_verdict_name (PvVerdict verdict);
const char *pv_reason_name (PvReason reason);
/* Which verdict a reason belongs to. */
PvVerdict pv_reason_verdict (PvReason reason);
