/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-text.h: the text of a card, see app/demo/README.md: sections and words, checked and in their types. Pure. */
#pragma once

#include <gio/gio.h>

#include "demo/card/chip-pace.h"
#include "demo/card/issuer.h"

enum {
  PV_CHIP_MAX_OFFERS = 16,
  PV_CHIP_MAX_TEXT_BYTES = 64 * 1024,
  PV_CHIP_MAX_PHOTO_BYTES = 1024 * 1024,
};

typedef enum {
  PV_CHIP_TD1,
  PV_CHIP_TD2,
  PV_CHIP_TD3,
  PV_CHIP_OTHER, /* a bank or bus card: no such application */
} PvChipKind;

typedef enum {
  PV_CHIP_QUIRK_NO_MF_6A86 = 1 << 0, /* SELECT MF */
  PV_CHIP_QUIRK_NO_MF_6D00 = 1 << 1,
  PV_CHIP_QUIRK_NO_LE_AT_SELECT = 1 << 2, /* 6700 */
  PV_CHIP_QUIRK_EMPTY_EXTENDED = 1 << 3,  /* no byte for an extended Le */
  PV_CHIP_QUIRK_NO_DO84 = 1 << 4,         /* 6A80 */
  PV_CHIP_QUIRK_NEEDS_DO84 = 1 << 5,
  PV_CHIP_QUIRK_6C = 1 << 6,             /* 6Cxx where more than the largest read is asked for, not fewer bytes */
  PV_CHIP_QUIRK_6700 = 1 << 7,           /* the same, 6700 */
  PV_CHIP_QUIRK_LOSES_SESSION = 1 << 8,  /* when DG3 is asked for */
  PV_CHIP_QUIRK_NO_SFI = 1 << 9,         /* no short file identifiers: 6A86 */
  PV_CHIP_QUIRK_DER_SIGNATURE = 1 << 10, /* active authentication in DER */
  PV_CHIP_QUIRK_NO_CA_INFO = 1 << 11,    /* the key of chip authentication without its info, as French passports */
  PV_CHIP_QUIRK_EXPLICIT = 1 << 12,      /* its curve written out */
  PV_CHIP_QUIRK_TYPE_B = 1 << 13,
} PvChipQuirk;

typedef enum {
  PV_CHIP_AA_NONE,
  PV_CHIP_AA_RSA1024,
  PV_CHIP_AA_RSA2048,
  PV_CHIP_AA_ECDSA,
} PvChipActive;

typedef struct PvChipCaOffer {
  gboolean is_ecdh;
  PvChipCipher cipher;
  int parameter_id;
} PvChipCaOffer;

typedef struct PvChipText {
  GKeyFile *file;
  PvChipKind kind;
  char *number, *birth, *expiry; /* as in the zone: without filling or check digit, YYMMDD */
  char *can;                     /* (nullable) */
  gboolean has_bac, takes_mrz;
  PvChipPaceOffer pace[PV_CHIP_MAX_OFFERS];
  guint n_pace;
  guint n_signed_pace; /* the first of them: what the issuer knows of; the others are shown by EF.CardAccess alone */
  PvChipCaOffer ca[PV_CHIP_MAX_OFFERS];
  guint n_ca;
  PvChipActive active;
  gsize extended;     /* largest APDU in bytes; 0: short ones only */
  gsize largest_read; /* 0: no limit */
  gsize part;         /* answers beyond it come by GET RESPONSE; 0: whole */
  guint tries;        /* of wrong codes; 0: as many as wished */
  guint quirks;
  PvIssuerKind issuer_kind;
  PvIssue issue;
  gint64 issued; /* seconds, UTC */
  char *country; /* two letters */
} PvChipText;

PvChipText *pv_chip_text_new (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_chip_text_free (PvChipText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvChipText, pv_chip_text_free)

/* A word of @group; NULL: none. (transfer full) */
char *pv_chip_text_get (const PvChipText *text, const char *group, const char *key) G_GNUC_WARN_UNUSED_RESULT;
guint64 pv_chip_text_get_number (const PvChipText *text, const char *group, const char *key, guint64 otherwise);
/* Number, birth and expiry with their check digits, one after the other: what BAC and PACE take from the zone. (transfer
 * full) */
char *pv_chip_text_get_mrz_information (const PvChipText *text) G_GNUC_WARN_UNUSED_RESULT;
/* Offers such as "ecdh-gm-aes128:13"; @ret_offers: PV_CHIP_MAX_OFFERS of them. */
gboolean pv_chip_text_read_pace (const PvChipText *text, const char *group, const char *key,
                                 PvChipPaceOffer *ret_offers, guint *ret_n_offers, GError **error);
