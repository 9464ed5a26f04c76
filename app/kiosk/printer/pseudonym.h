/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pseudonym.h: under which name the printer is told that somebody prints: another one for each session, which leads
 * neither to a person nor to anything else of the session.
 *
 * Some printers let nobody but who sent a job see or cancel it. So a name is written down before it is told to a printer,
 * and the next service finds what one that crashed has left. Blocks for a file.
 */
#pragma once

#include <glib.h>

/* "parvis-0123abcd"; the session cannot be found out from it. (transfer full) */
char *pv_pseudonym_of_session (const char *session) G_GNUC_WARN_UNUSED_RESULT;
/* @folder: the setting [paths] state. FALSE: it cannot be written down, so it is not to be used. */
gboolean pv_pseudonym_remember (const char *folder, const char *name);
/* The name under which was printed last, or NULL. (transfer full) */
char *pv_pseudonym_recall (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
