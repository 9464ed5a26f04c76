/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-files.h: the files of a chip, with what the issuer signed and what was done to them since. */
#pragma once

#include "demo/card/chip-keys.h"

typedef enum {
  PV_CHIP_FILE_COM,
  PV_CHIP_FILE_SOD,
  PV_CHIP_FILE_CARD_ACCESS,
  PV_CHIP_FILE_CARD_SECURITY,
  PV_CHIP_FILE_DIR,
  PV_CHIP_FILE_ATR,
  PV_CHIP_FILE_DG, /* + 1 to 16 */
  PV_N_CHIP_FILES = PV_CHIP_FILE_DG + 17,
} PvChipFileName;

typedef struct PvChipFile {
  GBytes *data;           /* (nullable): there is none */
  gboolean is_bottomless; /* zeros behind its end */
} PvChipFile;

typedef struct PvChipFiles {
  PvChipFile files[PV_N_CHIP_FILES];
} PvChipFiles;

/* Asks the issuer below @folder for its signatures. */
PvChipFiles *pv_chip_files_new (const PvChipText *text, const PvChipKeys *keys, const char *folder,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_chip_files_free (PvChipFiles *files);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvChipFiles, pv_chip_files_free)

/* By file identifier, or by short one; the master file and the application have numbers of their own. -1: none such. */
int pv_chip_files_find (const PvChipFiles *files, gboolean is_in_application, guint id);
int pv_chip_files_find_short (const PvChipFiles *files, gboolean is_in_application, guint short_id);
/* Of words such as "dg1", "sod", "card-access". -1: none such. */
int pv_chip_file_of_word (const char *word);
