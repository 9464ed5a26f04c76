/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ippeve.h: CUPS' own ippeveprinter as a receipt printer on loopback, with tests/fakes/printer-engine as its engine. */
#pragma once

#include <glib.h>

typedef struct Ippeve Ippeve;

/* FALSE: not installed, the test is to be skipped. */
gboolean ippeve_is_installed (void);
/* Waits until it answers, at most 10 s; NULL if it does not. */
Ippeve *ippeve_new (void);
/* Kills it and removes its folder. */
void ippeve_free (Ippeve *printer);
const char *ippeve_get_uri (Ippeve *printer);
/* "ipps://localhost:PORT/ipp/print": the same port, encrypted with a certificate that it made for itself. */
char *ippeve_get_secure_uri (Ippeve *printer) G_GNUC_WARN_UNUSED_RESULT;
/* SHA-256 of the public key of that certificate, by the openssl command. (transfer full) */
char *ippeve_get_fingerprint (Ippeve *printer) G_GNUC_WARN_UNUSED_RESULT;
/* Power off: nothing answers any more. */
void ippeve_kill (Ippeve *printer);
/* Power on again, at the same address, without any memory of its jobs. FALSE if it does not answer. */
gboolean ippeve_start (Ippeve *printer);
/* Takes connections and says nothing, or speaks again. */
void ippeve_set_mute (Ippeve *printer, gboolean is_mute);
/* Power off and on; in between another printer takes its place, or its firmware made a new key. */
gboolean ippeve_change_certificate (Ippeve *printer);
/* Writes (@text) or removes (NULL) a file that the engine (printer-engine) or the printer (avahi-stub.c) obeys. */
void ippeve_tell_engine (Ippeve *printer, const char *file, const char *text);
/* That have come out since it was new. */
guint ippeve_count_sheets (Ippeve *printer);
/* Of anybody, unfinished, as it tells somebody else; 99 if it does not answer. @ret_last: (out) (optional): the number of one whose
 * name begins with @name. */
guint ippeve_count_jobs (Ippeve *printer, const char *name, int *ret_last);
/* What the engine keeps: "job.pdf", "job.env"; NULL if there is none. (transfer full) */
GBytes *ippeve_read (Ippeve *printer, const char *file);

/* For g_subprocess_launcher_set_child_setup(): ends the process with SIGTERM when the test ends, however it ends. */
void ippeve_die_with_test (gpointer user_data);
