/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* glossary.h: difficult words and what they mean, and where a text has them.
 *
 *     # a comment
 *     justificatif; justificatifs = C’est un papier qui prouve quelque chose.
 *
 * One word or expression a line, with all its forms: a form that is not there is not found. The first one is shown. Found are
 * whole words: of two that begin at the same place the longer one, in capitals or small letters, and with or without the
 * accent of the first letter ("Etat civil"). Between the words of an expression stand blanks, hyphens and apostrophes only. */
#pragma once

#include <glib.h>

enum {
  PV_GLOSSARY_MAX_BYTES = 64 * 1024, /* of a file */
  PV_GLOSSARY_MAX_FILES = 20,
  PV_GLOSSARY_MAX_ENTRIES = 1000, /* of a file */
  PV_GLOSSARY_MAX_FORMS = 20,     /* of an entry */
  PV_GLOSSARY_MAX_WORDS = 8,      /* of a form */
  PV_GLOSSARY_MAX_FORM_CHARS = 60,
  PV_GLOSSARY_MAX_CHARS = 240, /* of an explanation: two short sentences */
  PV_GLOSSARY_MAX_ERRORS = 20, /* of a file */
  PV_GLOSSARY_MAX_FOUND = 6,   /* of a screen: what is more is not read */
};

typedef struct PvGlossaryEntry {
  char *word;        /* as it is written first */
  char *explanation; /* one or two sentences */
  char *language;    /* "fr" */
} PvGlossaryEntry;

typedef struct PvGlossary PvGlossary;

PvGlossary *pv_glossary_new (void);
PvGlossary *pv_glossary_ref (PvGlossary *glossary);
void pv_glossary_unref (PvGlossary *glossary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvGlossary, pv_glossary_unref)

/**
 * pv_glossary_add:
 * @language: code of the words: "fr"
 * @text: of a file, UTF-8
 * @errors: (nullable) (element-type utf8): gets a sentence for each slip, "line 3: …", PV_GLOSSARY_MAX_ERRORS at most
 *
 * What is right is taken, whatever else is wrong. A form that an earlier text had means what this one says.
 */
void pv_glossary_add (PvGlossary *glossary, const char *language, const char *text, gsize length, GPtrArray *errors);
guint pv_glossary_get_n_entries (const PvGlossary *glossary);

/**
 * pv_glossary_find:
 * @language: of the screen: "fr", "fr@facile"
 * @text: (nullable): on it
 * @found: (element-type PvGlossaryEntry): gets the entries that @text has and it has not, in the order of @text, until there
 * are PV_GLOSSARY_MAX_FOUND; borrowed from @glossary
 */
void pv_glossary_find (const PvGlossary *glossary, const char *language, const char *text, GPtrArray *found);
