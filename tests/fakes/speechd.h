/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* speechd.h: a libspeechd.so.2 without a server. It writes down what it is told; what it tells, the test tells, from another
 * thread, as the real one does. Found by its name (LD_LIBRARY_PATH). */
#pragma once

#include <glib.h>

/* Its functions, found with dlsym(). */
/* Lines: "open", "language fr", "rate -22", "volume 25", "say 1 <speak>...", "cancel", "close". (transfer full) */
typedef char *(*FakeSpeechdCopyLog) (void);
#define FAKE_SPEECHD_COPY_LOG "fake_speechd_copy_log"
/* @event: 0 begin, 1 end, 2 mark, 3 cancel; @mark: (nullable) */
typedef void (*FakeSpeechdTell) (guint message, guint event, const char *mark);
#define FAKE_SPEECHD_TELL "fake_speechd_tell"
/* Nothing can be opened or said. */
typedef void (*FakeSpeechdSetAway) (gboolean is_away);
#define FAKE_SPEECHD_SET_AWAY "fake_speechd_set_away"
/* As new. */
typedef void (*FakeSpeechdReset) (void);
#define FAKE_SPEECHD_RESET "fake_speechd_reset"
