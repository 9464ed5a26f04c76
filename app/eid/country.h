/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* country.h: issuers of documents as machine-readable zones write them (ICAO Doc 9303-3, section 5: three letters, mostly
 * ISO 3166-1), and as certificates do (two letters; Doc 9303-12, section 7.1). Pure. */
#pragma once

#include <glib.h>

/* @issuer: of a machine-readable zone, "FRA", "D" or "D<<". Two letters, or NULL: nobody that issues under such a code. */
const char *pv_country_from_issuer (const char *issuer);
