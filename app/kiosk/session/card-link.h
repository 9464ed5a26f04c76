/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* card-link.h: a session's parvis-card, which reads an identity card in a process of its own.
 *
 * It runs from watch to stop, and with it ends the memory that held what stands on a card. A hostile card can make it
 * abort: it is started once more, and then there is no reader. Never blocks. Main thread only. */
#pragma once

#include "core/card.h"

typedef struct PvCardLink PvCardLink;

typedef void (*PvCardReportCallback) (const PvCardReport *report, gpointer user_data);

enum { PV_CARD_LINK_STARTS = 2 }; /* of one watch */

/* @program: (nullable): none is installed here, there is never a reader; @config: folder of the settings */
PvCardLink *pv_card_link_new (const char *program, const char *config, PvCardReportCallback callback,
                              gpointer user_data);
void pv_card_link_free (PvCardLink *link);
/* Looks for cards, and forgets any code. Reports come from the main loop, never from within a call. */
void pv_card_link_watch (PvCardLink *link);
/* @text: six digits, or the lines of a zone */
void pv_card_link_read (PvCardLink *link, const char *text);
/* Ends the process; nothing is reported any more. */
void pv_card_link_stop (PvCardLink *link);

/* PV_CARD_PROGRAM of the environment, beside this program, or where it is installed. (transfer full) (nullable) */
char *pv_card_find_program (void) G_GNUC_WARN_UNUSED_RESULT;
