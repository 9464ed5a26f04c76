/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* update-hawkbit.h: asks the hawkBit of the settings, fetches what it hands over, and tells it what became of that. Blocks. */
#pragma once

#include "platform/settings.h"

enum {
  PV_HAWKBIT_PART_BYTES = 4 * 1024 * 1024, /* of a file, in one request: a cut costs that much */
  PV_HAWKBIT_TIMEOUT_MS = 10 * 60 * 1000,  /* of one request */
};

/* Files in the folder of what updates keep. */
#define PV_HAWKBIT_ACTION_FILE  "action"  /* the number of the action whose files were fetched */
#define PV_HAWKBIT_VERSION_FILE "version" /* the script's: the version that was installed for it */
#define PV_HAWKBIT_FILES_FOLDER "files"   /* what is fetched; a file that is not whole yet ends in .part */

/**
 * pv_update_hawkbit_fetch:
 * @state: the folder of what updates keep
 * @ret_is_there: whether FILES_FOLDER in it holds all files of an action, as hawkBit said they are
 *
 * Goes on with what an earlier call began. An action that hawkBit takes back is given up, unless it is installed already.
 *
 * Errors: PV_DDI_ERROR, PV_JSON_ERROR, PV_HTTP_ERROR, G_IO_ERROR, G_FILE_ERROR.
 */
gboolean pv_update_hawkbit_fetch (const PvSettings *settings, const char *state, gboolean *ret_is_there,
                                  GError **error);

/* Closes the action that was fetched, and forgets it. TRUE also without a hawkBit, or without such an action. @words: for the
 * administrator of the hawkBit. */
gboolean pv_update_hawkbit_tell (const PvSettings *settings, const char *state, gboolean is_success, const char *words,
                                 GError **error);
