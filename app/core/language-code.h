/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* language-code.h: how languages are named: "fr", "pt_BR", and easy French, "fr@facile". */
#pragma once

#include <glib.h>

/* Longest code, with its end. */
enum { PV_LANGUAGE_CODE_BYTES = 16 };

/* Two or three small letters; then perhaps "_" and two capitals; then perhaps "@" and up to eight small letters. */
gboolean pv_language_is_code (const char *code);
/* What people who speak it call it; @code itself for one that is not known. */
const char *pv_language_own_name (const char *code);
/* As documents, fonts and voices name it (BCP 47): easy French is French to them, "pt_BR" is "pt-BR". (transfer full) */
char *pv_language_to_tag (const char *code) G_GNUC_WARN_UNUSED_RESULT;
