/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* address-town.h: streets, their numbers, and where streets come near each other, out of rows of addresses. */
#pragma once

#include "core/street-words.h"
#include "ctl/address-rows.h"

enum {
  PV_TOWN_CROSSING_METRES = 40, /* a corner house and the one across both streets are that far apart */
  PV_TOWN_MAX_CROSSINGS = 500000,
};

typedef struct PvTownStreet {
  char *name, *postcode, *commune, *insee;
  char *order;                /* what streets are sorted by: INSEE code, words of the name, name, postcode */
  guint n_places;             /* addresses */
  double latitude, longitude; /* of the address that is nearest to the middle of all */
} PvTownStreet;

typedef struct PvTownNumber {
  guint street, number;
  char repetition[PV_STREET_MAX_REPETITION_BYTES + 1];
  double latitude, longitude;
} PvTownNumber;

typedef struct PvTownCrossing {
  guint a, b; /* streets, a < b */
  double latitude, longitude;
} PvTownCrossing;

typedef struct PvTown {
  GPtrArray *streets;  /* (element-type PvTownStreet) */
  GArray *numbers;     /* (element-type PvTownNumber): with 0: the street as a whole */
  GArray *crossings;   /* (element-type PvTownCrossing) */
  GHashTable *by_name; /* until it is finished */
} PvTown;

PvTown *pv_town_new (void);
void pv_town_free (PvTown *town);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvTown, pv_town_free)

void pv_town_take (PvTown *town, const PvAddressRow *row);

/**
 * pv_town_finish:
 *
 * Sorts all, whatever the order of the rows was; of two rows for one number the southern one counts. The Base Adresse Nationale has
 * no lines of streets: a crossing is where addresses of two streets are nearest, within PV_TOWN_CROSSING_METRES, so that
 * two streets whose gardens meet may count as one, and a corner without houses is missing.
 */
void pv_town_finish (PvTown *town);
