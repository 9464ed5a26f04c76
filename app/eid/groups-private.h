/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* groups-private.h: what the files groups*.c share; nobody else includes it. */
#pragma once

#include "eid/groups.h"

enum {
  PV_GROUP_MAX_OBJECTS = 64, /* in one file; DG11 has at most fifteen kinds */
};

/* BAD_DATA; @what names file and fault, never what it holds. Returns: FALSE. */
gboolean pv_group_fail (GError **error, const char *what);

/* Into the one object that the file is: nothing before it, nothing after it, no more than PV_GROUP_MAX_FILE_BYTES. */
gboolean pv_group_open (const guint8 *file, gsize length, guint32 tag, PvTlvReader *ret_inside);

/**
 * pv_group_open_listed:
 *
 * As pv_group_open(), for the files that begin with the list of what is in them (5C): past the list, which is a
 * repetition and decides nothing. What follows is well-formed and at most PV_GROUP_MAX_OBJECTS.
 */
gboolean pv_group_open_listed (const guint8 *file, gsize length, guint32 tag, PvTlvReader *ret_inside);

/* YYYYMMDD as eight digits, or as four bytes of two digits each; 00 or << for what is unknown. */
gboolean pv_group_read_date (const PvTlv *tlv, PvPartialDate *ret_date);

/**
 * pv_name_agrees:
 * @name: as the holder writes it: UTF-8, accents, hyphens, apostrophes
 * @mrz: the same in the alphabet of a machine-readable zone, with blanks for fillers
 * @may_be_cut: the zone had no room for all of it
 *
 * ICAO Doc 9303-3, section 6: accents are dropped or written out (Ö is O or OE), hyphens are fillers, apostrophes vanish.
 */
gboolean pv_name_agrees (const char *name, const char *mrz, gboolean may_be_cut);
