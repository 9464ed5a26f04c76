/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ipp-printer.h: an IPP printer on loopback that can be in any state, also those that ippeveprinter cannot show.
 *
 * Runs in threads of the test; a job ends only when the test says so.
 */
#pragma once

#include <glib.h>

typedef struct FakeIpp FakeIpp;

typedef enum {
  FAKE_IPP_ANSWERS,
  FAKE_IPP_IS_MUTE,           /* takes connections and says nothing */
  FAKE_IPP_HANGS_UP_ON_PRINT, /* takes the document, then closes without an answer */
  FAKE_IPP_HAS_NO_ROOM,       /* closes without an answer, and has no job: CUPS with a full disk */
  FAKE_IPP_IS_MUTE_ON_PRINT,  /* says nothing to a document */
  FAKE_IPP_REFUSES_JOBS,      /* server-error-not-accepting-jobs */
  FAKE_IPP_FORGETS_JOBS,      /* client-error-not-found for each question about one */
  FAKE_IPP_CANNOT_STOP,       /* takes cancels, and goes on */
  FAKE_IPP_KEEPS_SECRETS,     /* who did not send a job neither sees nor cancels it */
} FakeIppMood;

FakeIpp *fake_ipp_new (void);
/* Closes all connections and waits for its threads. */
void fake_ipp_free (FakeIpp *fake);
/* Takes it away, and puts another one, which knows nothing of it, at the same address. */
FakeIpp *fake_ipp_swap (FakeIpp *fake);
/* "ipp://127.0.0.1:PORT/ipp/print" */
const char *fake_ipp_get_uri (FakeIpp *fake);

void fake_ipp_set_mood (FakeIpp *fake, FakeIppMood mood);
/* @reasons: separated by commas, "none" for none */
void fake_ipp_set_printer (FakeIpp *fake, int state, const char *reasons, gboolean is_accepting);
/* Another one behind it, which makes it a queue; (nullable): none. */
void fake_ipp_set_device (FakeIpp *fake, const char *uri);
/* -1, as at first: it does not tell. */
void fake_ipp_set_up_time (FakeIpp *fake, int seconds);
/* Of the last job. */
void fake_ipp_set_job (FakeIpp *fake, int state, const char *reasons);
/* A job that somebody else sent. */
int fake_ipp_add_job (FakeIpp *fake, const char *name);

guint fake_ipp_count_unfinished (FakeIpp *fake);
gsize fake_ipp_get_document_size (FakeIpp *fake);
/* What the last job asked for: "job-name", "requesting-user-name", "x-dimension", ... (transfer full) (nullable) */
char *fake_ipp_get_asked (FakeIpp *fake, const char *attribute);
