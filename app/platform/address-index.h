/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* address-index.h: streets, numbers and crossings of a commune, in a file that parvisctl made; only read here.
 *
 * A library of its own, pv-address-index. What is asked is what somebody types of where they live: SQLite wipes all
 * memory that it gives back, and no message of an error names it. */
#pragma once

#include "core/address.h"

/* In the header of the file: who made it, and how. */
enum {
  PV_ADDRESS_APPLICATION = 0x50764144, /* "PvAD" */
  PV_ADDRESS_VERSION = 1,
  PV_ADDRESS_LIMIT_MS = 20, /* one keystroke; then what was found so far is all */
  PV_ADDRESS_MAX_STREETS = 200000,
  PV_ADDRESS_MAX_WORDS = 200000, /* different ones */
};

#define PV_ADDRESS_ERROR (pv_address_error_quark ())
GQuark pv_address_error_quark (void);
typedef enum {
  PV_ADDRESS_ERROR_FAILED, /* it cannot be opened, or read */
  PV_ADDRESS_ERROR_OTHER,  /* it is no index, or one of another version: it is to be made anew */
} PvAddressError;

typedef struct PvAddressIndex PvAddressIndex;

/**
 * pv_address_index_open:
 *
 * The file must not be changed while it is open; one that is replaced whole, as parvisctl does, is not.
 */
PvAddressIndex *pv_address_index_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_address_index_free (PvAddressIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvAddressIndex, pv_address_index_free)

/* How much there is, for who administers it. */
void pv_address_index_count (PvAddressIndex *index, guint *ret_streets, guint *ret_numbers, guint *ret_crossings);

/**
 * pv_address_index_find:
 * @words: as typed so far: "12 bis r des ecoles"
 * @has_crossings: of two streets, too
 * @limit_ms: PV_ADDRESS_LIMIT_MS; a broken file, or a slow disk, holds nobody longer
 *
 * Every word must begin a word of street, commune or postcode; if that finds nothing, slips are forgiven (core/words.h),
 * then another kind of road ("avenue" for "rue"). A number that the street does not have is offered as it was typed, with
 * the place of the nearest one: no list of addresses is complete.
 *
 * Returns: (transfer full) (element-type PvAddress): best first, at most PV_ADDRESS_MAX_FOUND
 */
GPtrArray *pv_address_index_find (PvAddressIndex *index, const char *words, gboolean has_crossings,
                                  guint limit_ms) G_GNUC_WARN_UNUSED_RESULT;
