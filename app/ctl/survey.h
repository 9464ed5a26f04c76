/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* survey.h: which forms of the portal work at the kiosk, why not, and what to write where.
 *
 * The judgement is pure: what the portal said and what the settings say come in, findings come out. Nothing of a citizen
 * is in it. What the portal wrote is shown as a text, never as markup or as a terminal's commands.
 */
#pragma once

#include "platform/settings.h"
#include "portal/portal.h"

typedef enum {
  PV_SURVEY_HERE,   /* asked here, from the first screen to the receipt */
  PV_SURVEY_PHONE,  /* beyond the kiosk: carried on by phone */
  PV_SURVEY_UNREAD, /* closed, or the portal's answer could not be read */
} PvSurveyPlace;

typedef enum {
  PV_FINDING_UNREAD,    /* the form could not be read */
  PV_FINDING_BEYOND,    /* a part of the form that the kiosk does not ask */
  PV_FINDING_SOURCE,    /* options whose place nobody has told */
  PV_FINDING_DOCUMENT,  /* a document that must be there, and cannot be made here nor brought later */
  PV_FINDING_REFERENCE, /* no field parvis_ref */
  PV_FINDING_SILENCE,   /* what silence means is not told */
  PV_FINDING_SERVICE,   /* service, telephone, or address and e-mail are not told */
  PV_FINDING_APPEAL,    /* ways of appeal are not told */
  PV_FINDING_CATEGORY,  /* under none of the life events */
  PV_FINDING_IDENTITY,  /* questions that an identity card may answer, or a rule about a question that is not there */
  PV_FINDING_CONTACT,   /* an e-mail or telephone that nobody may decline */
  PV_FINDING_KEYWORDS,  /* nothing to be found by but the title */
  PV_N_FINDINGS
} PvFindingKind;

typedef enum {
  PV_WEIGHT_BLOCKS, /* keeps the form from the kiosk */
  PV_WEIGHT_TO_DO,  /* the form works, and something is wrong */
  PV_WEIGHT_HINT,   /* the form would be better */
  PV_N_WEIGHTS
} PvFindingWeight;

typedef struct PvFinding {
  PvFindingKind kind;
  PvFindingWeight weight;
  char *page, *field, *label; /* (nullable): where in the form */
  char *text;
  char *at_portal; /* (nullable): what to change in the form */
  char *group;     /* (nullable): of the settings */
  char *line;      /* (nullable): to be added there; capitals and "|" stand for what only the commune knows */
} PvFinding;

typedef struct PvSurveyDocument {
  char *label;
  gboolean is_required, can_come_later;
} PvSurveyDocument;

typedef struct PvSurveyForm {
  char *slug, *title;
  char *url, *category; /* (nullable) */
  char **keywords;      /* (nullable) */
  PvSurveyPlace place;
  gboolean has_reference, needs_email, needs_phone, may_decline;
  PvSilence silence;
  gboolean can_acknowledge; /* the receipt may be an acknowledgement of receipt */
  GPtrArray *documents;     /* (element-type PvSurveyDocument) */
  GPtrArray *findings;      /* (element-type PvFinding), the heaviest first */
} PvSurveyForm;

typedef struct PvSurvey {
  char *portal;
  GPtrArray *forms;                                     /* (element-type PvSurveyForm) */
  guint n_here, n_to_do, n_phone, n_mendable, n_unread; /* to do: of here; mendable: of phone, by settings alone */
} PvSurvey;

PvSurvey *pv_survey_new (const char *portal);
void pv_survey_free (PvSurvey *survey);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvSurvey, pv_survey_free)

/**
 * pv_survey_add:
 * @read: (nullable): what the driver understood; the identity rules of the settings are applied to it
 * @fault: (nullable): why it is NULL
 */
void pv_survey_add (PvSurvey *survey, const PvSettings *settings, const PvCatalogueEntry *entry,
                    const PvPortalSurvey *read, const char *fault);
/* Whether anything blocks a form or is to be done. */
gboolean pv_survey_has_to_do (const PvSurvey *survey);
guint pv_survey_count (const PvSurveyForm *form, PvFindingWeight weight);

/* survey-hints.c: lines that a form suggests; NULL if there is nothing to suggest. (transfer full) (nullable) */
char *pv_survey_suggest_identity (const PvProcedure *procedure);
/* Never NULL. */
char *pv_survey_suggest_source (const char *source);
/* Words for the reports. */
const char *pv_survey_place_word (const PvSurveyForm *form);
const char *pv_finding_kind_word (PvFindingKind kind);
const char *pv_finding_weight_word (PvFindingWeight weight);
/* One line without control characters, which a terminal would obey. (transfer full) */
char *pv_survey_clean (const char *text);

/* The whole report. (transfer full) */
char *pv_survey_to_text (const PvSurvey *survey);
char *pv_survey_to_html (const PvSurvey *survey);
char *pv_survey_to_json (const PvSurvey *survey);
/* A file of settings, everything in it commented out: one group for each form, what is told already left out. */
char *pv_survey_to_template (const PvSurvey *survey, const PvSettings *settings);
