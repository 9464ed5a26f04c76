/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* texts.h: which texts of the portal are translated, and a file to translate them in.
 *
 * The judgement is pure: what the portal says and what the files say come in. Nothing of a citizen is in it. */
#pragma once

#include "core/texts-list.h"

/* What is wrong with one language. */
typedef struct PvTextsReport {
  char *language;
  PvTexts *texts;     /* whose entries are borrowed below */
  guint n_texts;      /* that the portal has, each once for each field of a form */
  GPtrArray *missing; /* (element-type PvPortalText), borrowed from what was judged */
  GPtrArray *changed; /* (element-type PvTextEntry), borrowed: the field is there, and says something else by now */
  GPtrArray *unused;  /* (element-type PvTextEntry), borrowed: of a form or field that is not there */
  GPtrArray *slips;   /* (element-type utf8), borrowed: lines that could not be read */
} PvTextsReport;

/**
 * pv_texts_judge:
 * @texts: (nullable): nothing is translated
 * @portal: (element-type PvPortalText): everything that the portal says
 * @slips: (element-type utf8)
 */
PvTextsReport *pv_texts_judge (PvTexts *texts, const char *language, const GPtrArray *portal,
                               GPtrArray *slips) G_GNUC_WARN_UNUSED_RESULT;
void pv_texts_report_free (PvTextsReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvTextsReport, pv_texts_report_free)

/* A text is missing, has lost its translation, or a line could not be read; what is only unused does no harm. */
gboolean pv_texts_report_has_to_do (const PvTextsReport *report);

/* @reports: (element-type PvTextsReport). (transfer full) */
char *pv_texts_reports_to_text (const GPtrArray *reports);
char *pv_texts_reports_to_json (const GPtrArray *reports);

/**
 * pv_texts_template:
 * @texts: (nullable): what is translated already: it is filled in, and what it said of a changed text stands beside it
 *
 * The whole file for one language, to be filled in after its tag. What several forms ask alike stands once, for any form.
 *
 * Returns: (transfer full)
 */
char *pv_texts_template (PvTexts *texts, const char *language, const GPtrArray *portal) G_GNUC_WARN_UNUSED_RESULT;
