/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* texts-list.h: which texts of the portal people read, and a list of procedures in another language. */
#pragma once

#include "core/catalogue.h"
#include "core/texts.h"

/* One text, where texts.h looks for it. */
typedef struct PvPortalText {
  char *form;
  char *field; /* (nullable) */
  char *french;
} PvPortalText;

PvPortalText *pv_portal_text_new (const char *form, const char *field, const char *french);
void pv_portal_text_free (PvPortalText *text);

/* As a section of texts.h names it: its variable name, or its number. (transfer none) */
const char *pv_question_text_name (const PvQuestion *question);

/**
 * pv_procedure_list_texts:
 *
 * Everything of it that a citizen reads, each text of a field once, in the order of the form. Left out: what is hidden,
 * options that come from elsewhere, names and addresses of services.
 *
 * Returns: (transfer full) (element-type PvPortalText)
 */
GPtrArray *pv_procedure_list_texts (const PvProcedure *procedure) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_catalogue_translate:
 *
 * The same list with titles and descriptions in the language of @texts, the French title beside each. It is searched by
 * the words of both languages.
 *
 * Returns: (transfer full)
 */
PvCatalogue *pv_catalogue_translate (const PvCatalogue *catalogue, const PvTexts *texts) G_GNUC_WARN_UNUSED_RESULT;
