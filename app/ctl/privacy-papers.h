/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* privacy-papers.h: the papers about personal data, filled in from the table (privacy-table.h) and the settings of a commune. */
#pragma once

#include "ctl/privacy-table.h"
#include "platform/settings.h"

typedef enum {
  PV_PRIVACY_TABLE,         /* all data, one row each */
  PV_PRIVACY_RECORD,        /* GDPR, art. 30 */
  PV_PRIVACY_DPIA,          /* art. 35: a draft after the model of the CNIL */
  PV_PRIVACY_NOTICE,        /* art. 13, one page */
  PV_PRIVACY_NOTICE_SCREEN, /* the same, for one screen */
  PV_PRIVACY_NOTICE_EASY,   /* the same, easy to read */
  PV_PRIVACY_CLAUSES,       /* art. 28 */
  PV_PRIVACY_STOLEN,        /* art. 33, 34: what to do when a kiosk is stolen */
  PV_N_PRIVACY_PAPERS
} PvPrivacyPaper;

/* As parvisctl privacy takes it (transfer none), and the file of kiosk-config/privacy that shows it. */
const char *pv_privacy_paper_name (PvPrivacyPaper paper);
const char *pv_privacy_paper_file (PvPrivacyPaper paper);
/* FALSE: there is none of that name. */
gboolean pv_privacy_paper_from_name (const char *name, PvPrivacyPaper *ret_paper);

/* Whether a row concerns this commune. */
gboolean pv_privacy_is_in_use (PvPrivacyUse use, const PvSettings *settings);

/* Markdown. (transfer full): NULL with @error if a template has a blank that nothing fills */
char *pv_privacy_write (PvPrivacyPaper paper, const PvSettings *settings, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* For tests and tools: "file ID PATTERN" and "log FIELD", one a line, of all rows. (transfer full) */
char *pv_privacy_write_patterns (void) G_GNUC_WARN_UNUSED_RESULT;
