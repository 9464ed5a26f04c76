/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* shared-screen.h: what is mirrored to a mediator: the citizen's screen, made once more in the language that the mediator reads.
 *
 * Which language that is, the mediator's machine says; it is not believed, and nothing hangs on it but words. Main thread only, as
 * gettext changes its language for a moment. */
#pragma once

#include "core/journey.h"

typedef struct PvSharedScreen PvSharedScreen;

/* What the portal writes, in this language. (transfer full) (nullable): French, or nothing is translated */
typedef PvTexts *(*PvReadTexts) (const char *language, gpointer user_data);

/* @journey is borrowed. */
PvSharedScreen *pv_shared_screen_new (PvJourney *journey, PvReadTexts read_texts,
                                      gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void pv_shared_screen_free (PvSharedScreen *shared);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvSharedScreen, pv_shared_screen_free)

/* @language: (nullable): a code, or nonsense: the commune's first; NULL: as the citizen reads. Until then: the commune's first. */
void pv_shared_screen_set_language (PvSharedScreen *shared, const char *language);
/* (transfer none): until the next call; NULL never. */
const PvScreenState *pv_shared_screen_get (PvSharedScreen *shared);
/* Nobody is called, or helps: nothing is kept. */
void pv_shared_screen_forget (PvSharedScreen *shared);
