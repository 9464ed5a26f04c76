/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* texts.h: what the portal writes in French, in one other language, as somebody translated it.
 *
 *     # a comment
 *     [cantine-periscolaire/services]
 *     fr: Que demandez-vous ?
 *     en: What are you applying for?
 *     fr: La cantine
 *     en: The school canteen
 *
 * A section is named by a form and the variable name of a field (its number where it has none), and holds every text of that
 * field: question, help, answers, sentence for a wrong answer.  [FORM] holds what belongs to no field: title,
 * description, pages.  [*\/FIELD] is that field of any form, [*] any text at all.  The French text is its own key: whoever
 * changes it at the portal gets it back in French until it is translated anew. */
#pragma once

#include <glib.h>

/* The language of the portal. */
#define PV_TEXTS_OFFICIAL "fr"
/* "Any form", as a section is named. */
#define PV_TEXTS_ANY "*"

enum {
  PV_TEXTS_MAX_BYTES = 4 * 1024 * 1024, /* of a file */
  PV_TEXTS_MAX_ENTRIES = 20000,         /* of a language */
  PV_TEXTS_MAX_TEXT_BYTES = 8192,       /* PV_PROCEDURE_MAX_TEXT_BYTES */
  PV_TEXTS_MAX_NAME_BYTES = 200,        /* of a form, and of a field */
  PV_TEXTS_MAX_CODE_BYTES = 16,         /* of a language */
  PV_TEXTS_MAX_ERRORS = 20,
};

/* One translation. */
typedef struct PvTextEntry {
  char *form;        /* "*": any */
  char *field;       /* (nullable): of no field, or with any form of anything */
  char *french;      /* as it is written there */
  char *translation; /* lines separated by \n */
  char *file;        /* (nullable): where it stands */
  guint line;        /* of its French */
} PvTextEntry;

typedef struct PvTexts PvTexts;

/* @language: as a file is named: "en", "fr@facile". Without any text. */
PvTexts *pv_texts_new (const char *language);
PvTexts *pv_texts_ref (PvTexts *texts);
void pv_texts_unref (PvTexts *texts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvTexts, pv_texts_unref)

/**
 * pv_texts_parse:
 * @text: of the file, UTF-8
 * @file: (nullable): its name, for the errors and the entries
 * @errors: (nullable) (element-type utf8): gets a sentence for each slip, "FILE:3: …", PV_TEXTS_MAX_ERRORS at most
 *
 * Adds what is right, whatever else is wrong. What was there before for the same text of the same section is replaced: a
 * later file counts more. A text whose translation is empty is not translated, and that is no slip.
 */
void pv_texts_parse (PvTexts *texts, const char *text, gsize length, const char *file, GPtrArray *errors);

/**
 * pv_texts_find:
 * @texts: (nullable)
 * @form: (nullable): slug
 * @field: (nullable): variable name or number
 * @french: (nullable): as the portal says it now; white space and the kind of apostrophe do not count
 *
 * [FORM/FIELD] goes before [*\/FIELD], that before [FORM], and that before [*].
 *
 * Returns: (transfer none) (nullable): the translation; NULL: none, or of another French text
 */
const char *pv_texts_find (const PvTexts *texts, const char *form, const char *field, const char *french);
/* The entry that pv_texts_find() takes it from. */
const PvTextEntry *pv_texts_find_entry (const PvTexts *texts, const char *form, const char *field, const char *french);

const char *pv_texts_get_language (const PvTexts *texts);
/* (transfer container) (element-type PvTextEntry): in the order of file and line. */
GPtrArray *pv_texts_list (const PvTexts *texts) G_GNUC_WARN_UNUSED_RESULT;
/* As French texts are compared: white space of any kind is one space, none at the ends; ’ is '. (transfer full) */
char *pv_texts_squeeze (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* "en", "fr@facile", "qps": what may be a part of a file's name. */
gboolean pv_texts_is_code (const char *code);
/* Whether a language is written in Latin letters, as the portal's answers and identity documents are. */
gboolean pv_texts_is_latin (const char *code);
