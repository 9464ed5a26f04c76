/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* transport-nfc.h: libnfc as a transport. Only on the one thread that opened the reader; abort() from any.
 *
 * Short frames go through the reader's own ISO-DEP (commands up to 262 bytes, answers up to 263: beyond, libnfc 1.8
 * aborts the process); long ones through our own blocks (isodep.h). No wait without a bound.
 */
#pragma once

#include "eid/transport.h"

typedef struct PvNfcReader PvNfcReader;

/**
 * pv_nfc_reader_open:
 * @name: (nullable): connection string ("pn532_uart:/dev/ttyUSB0"); NULL or "auto": the first that is found
 * @lock_folder: (nullable): where the lock of the reader stands; NULL: none is taken
 *
 * Takes up to a second and cannot be aborted. Sets LIBNFC_LOG_LEVEL to 0 in the environment, from which libnfc reads it
 * at each line: at any other level it may print what a card says. Its other variables and its configuration files count
 * for "auto" only.
 *
 * READER: none, or it does not answer. BUSY: another process holds the lock.
 */
PvNfcReader *pv_nfc_reader_open (const char *name, const char *lock_folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_nfc_reader_close (PvNfcReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvNfcReader, pv_nfc_reader_close)
/* As libnfc names it; borrowed. */
const char *pv_nfc_reader_get_name (const PvNfcReader *reader);

/* Any thread, between open and close: whatever runs ends within 300 ms with G_IO_ERROR_CANCELLED, and so does what follows
 * until pv_nfc_reader_rearm(). A card whose own abort() was called stays cancelled. */
void pv_nfc_reader_abort (PvNfcReader *reader);
void pv_nfc_reader_rearm (PvNfcReader *reader);

/**
 * pv_nfc_reader_wait_card:
 *
 * Type A, then type B; at 212 or 424 kbit/s where card and reader can. NULL without error: none came in @timeout_ms.
 * UNSUPPORTED: one that speaks no ISO/IEC 14443-4. READER: open it anew. Transports from before are over.
 *
 * Returns: (transfer full): not to outlive @reader
 */
PvCardTransport *pv_nfc_reader_wait_card (PvNfcReader *reader, guint timeout_ms,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* TRUE once no card lies there; FALSE: one still does after @timeout_ms, or it was aborted, or the reader went. Between
 * readings only: it switches the field, and transports of the reader are over. */
gboolean pv_nfc_reader_wait_removal (PvNfcReader *reader, guint timeout_ms);
