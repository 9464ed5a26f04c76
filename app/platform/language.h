/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* language.h: the language of the texts, changed while the program runs.
 *
 * It chooses the catalogue that gettext reads, for our texts and for those of the libraries. It is not about dates,
 * numbers or sorting: those stay as in the C locale, and core formats what people read. Main thread only; no other
 * thread may call gettext. Texts are marked with <glib/gi18n-lib.h>. */
#pragma once

#include <glib.h>

/**
 * pv_language_start:
 *
 * To be called first in main(), before any thread and before GTK, which then has to be kept from setting the locale
 * itself by gtk_disable_setlocale(). Binds the catalogues of Parvis and begins in English, the language of the source.
 */
void pv_language_start (void);

/**
 * pv_language_set:
 * @code: as a folder of catalogues is named, "fr" or "pt_BR"
 *
 * From here on gettext answers in this language; what has no translation comes in English. The caller draws its
 * screens again.
 *
 * Returns: FALSE, and nothing changed, if @code is not the code of a language
 */
gboolean pv_language_set (const char *code);

/* The code of the language in use (transfer none); valid until the next change. */
const char *pv_language_get (void);

/* Whether this language is written from the right. */
gboolean pv_language_is_right_to_left (const char *code);
