/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* address-rows.h: the address files of the Base Adresse Nationale (adresses-NN.csv), one row after the other.
 *
 * Columns are found by the names in the first line: numero, rep, nom_voie, code_postal, code_insee, nom_commune, lon and
 * lat; others are not looked at. */
#pragma once

#include <glib.h>

enum {
  PV_ADDRESS_ROWS_MAX_LINE_BYTES = 4096,
  PV_ADDRESS_ROWS_MAX_COLUMNS = 60,
  PV_ADDRESS_ROWS_MAX_TOLD = 20,       /* wrong lines that are named */
  PV_ADDRESS_ROWS_MAX_WRONG = 1000,    /* more: it is another kind of file */
  PV_ADDRESS_ROWS_MAX_LINES = 3000000, /* France has 26 million in a hundred files */
};

#define PV_ADDRESS_ROWS_ERROR (pv_address_rows_error_quark ())
GQuark pv_address_rows_error_quark (void);
typedef enum {
  PV_ADDRESS_ROWS_ERROR_UNREADABLE,
  PV_ADDRESS_ROWS_ERROR_OTHER, /* not such a file, or too much of it is wrong */
} PvAddressRowsError;

/* Valid during the call. */
typedef struct PvAddressRow {
  const char *street, *postcode, *commune, *insee;
  guint number;           /* 0: the street as a whole */
  const char *repetition; /* small letters; "" if none */
  double latitude, longitude;
} PvAddressRow;

typedef struct PvAddressRowsReport {
  guint n_lines, n_wrong;
  GPtrArray *told; /* (element-type utf8): "line 12: …", the first ones */
} PvAddressRowsReport;

void pv_address_rows_report_clear (PvAddressRowsReport *report);

/**
 * pv_address_rows_read:
 * @path: of a .csv, or of a .csv.gz
 * @communes: (nullable): INSEE codes; others are left out
 * @ret_report: to be cleared, also after an error
 *
 * Wrong lines are left out and told.
 */
gboolean pv_address_rows_read (const char *path, const char *const *communes,
                               void (*take) (const PvAddressRow *row, gpointer user_data), gpointer user_data,
                               PvAddressRowsReport *ret_report, GError **error);
