/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* procedure.h: a procedure of the commune as it is offered at the kiosk.
 *
 * Pages, questions, conditions, statements, documents and the legal facts of the receipt.  Built once by a portal
 * driver (courier), sent to the session as a GVariant, and never changed afterwards: the structs are read directly.
 * Texts are plain (no HTML) and in the commune's language.
 */
#pragma once

#include "core/expression.h"
#include "core/format.h"
#include "core/value.h"

#define PV_PROCEDURE_ERROR (pv_procedure_error_quark ())
GQuark pv_procedure_error_quark (void);
typedef enum {
  PV_PROCEDURE_ERROR_BAD_DATA, /* not a procedure, or over a limit */
} PvProcedureError;

enum {
  PV_PROCEDURE_MAX_PAGES = 60,
  PV_PROCEDURE_MAX_QUESTIONS = 400,   /* of all pages, blocks included */
  PV_PROCEDURE_MAX_OPTIONS = 2000,    /* of one question */
  PV_PROCEDURE_MAX_TEXT_BYTES = 8192, /* one label, hint or legal text */
  PV_PROCEDURE_MAX_ROWS = 12,         /* rows of a block */
  PV_PROCEDURE_DRAFT_DAYS = 100,      /* of w.c.s., where the form says nothing */
};

typedef enum {
  PV_QUESTION_TEXT,
  PV_QUESTION_LONG_TEXT,
  PV_QUESTION_EMAIL,
  PV_QUESTION_PHONE,
  PV_QUESTION_NUMBER,
  PV_QUESTION_AMOUNT, /* euros and cents */
  PV_QUESTION_DATE,
  PV_QUESTION_YES_NO,
  PV_QUESTION_CHOICE,
  PV_QUESTION_CHOICES,
  PV_QUESTION_FILE,
  PV_QUESTION_INFO,      /* text to read, no answer */
  PV_QUESTION_STATEMENT, /* to be ticked on the check screen, in full */
  PV_QUESTION_BLOCK,     /* repeated group of questions */
  PV_QUESTION_PLACE,     /* address or nearest crossing, from the local index; OPTIONS: id "48.1973;3.2826" (lat;lon) */
  PV_N_QUESTION_KINDS
} PvQuestionKind;

/* What a mediator may see of the answer; default is TYPING. */
typedef enum { PV_ASSIST_CLEAR, PV_ASSIST_TYPING, PV_ASSIST_HIDDEN } PvAssistClass;

typedef enum {
  PV_QUESTION_REQUIRED = 1 << 0,
  PV_QUESTION_HIDDEN = 1 << 1,         /* technical, never shown (parvis_ref) */
  PV_QUESTION_REF = 1 << 2,            /* receives the kiosk reference: what find(ref) searches */
  PV_QUESTION_INTEGER = 1 << 3,        /* NUMBER without decimals */
  PV_QUESTION_PAST_ONLY = 1 << 4,      /* DATE: before today */
  PV_QUESTION_FUTURE_ONLY = 1 << 5,    /* DATE: after today */
  PV_QUESTION_TODAY_TOO = 1 << 6,      /* DATE: today is allowed as well */
  PV_QUESTION_UNKNOWN_DAY = 1 << 7,    /* DATE: day, or day and month, may be unknown */
  PV_QUESTION_NOT_DECLINABLE = 1 << 8, /* EMAIL, PHONE: "Je n'en ai pas" is not offered (setting of the commune) */
  PV_QUESTION_LOCKED = 1 << 9,         /* shown, not changeable: its prefill is the answer */
  PV_QUESTION_LATER = 1 << 10,         /* FILE, REQUIRED: may be brought later */
  PV_QUESTION_SLOT = 1 << 11,    /* CHOICE: free times of an agenda: days, then times; read again before it is sent */
  PV_QUESTION_ADDRESS = 1 << 12, /* TEXT: number and street, completed from the local index with its neighbours */
  PV_QUESTION_TABLE = 1 << 13,   /* BLOCK: sent as rows of cells; its questions are the columns */
  PV_QUESTION_ADDRESS_POSTCODE = 1 << 20, /* TEXT: of the same group as an ADDRESS, which fills it in */
  PV_QUESTION_ADDRESS_TOWN = 1 << 21,     /* likewise */
} PvQuestionFlags;

typedef struct PvOption {
  char *id;
  char *label;
  char *detail; /* (nullable) */
  gboolean disabled;
  char **attributes; /* (nullable): key, value, key, value ... NULL: structured attributes for conditions */
} PvOption;

typedef struct PvQuestion {
  char *id;   /* the portal's field id; unique in the procedure, no '/' */
  char *name; /* (nullable): varname */
  PvQuestionKind kind;
  PvFormat format;
  PvQuestionFlags flags;
  PvAssistClass assist;
  char *label;                    /* the question, or the label of a field in a group */
  char *help;                     /* (nullable) */
  char *error_text;               /* (nullable): the form's own sentence for a wrong answer */
  char *group;                    /* (nullable): neighbours with the same group share a screen */
  char *group_title;              /* (nullable): title of that screen, on the group's first question */
  PvExpression *condition;        /* (nullable): shown if true */
  PvExpression *check;            /* (nullable): about the variable `value` */
  char *pattern;                  /* (nullable): PCRE, anchored when matched */
  guint max_chars;                /* 0 = no limit of the form */
  char *min, *max;                /* (nullable): decimal number, or YYYY-MM-DD */
  guint min_choices, max_choices; /* CHOICES; 0 = none */
  GPtrArray *options;             /* (element-type PvOption): CHOICE and CHOICES; empty while unknown */
  char *option_source;            /* (nullable): asked from the courier when the question comes up */
  char *prefill;                  /* (nullable): literal or template with {{ }} of the supported kind */
  char **mime_types;              /* (nullable): FILE */
  guint64 max_bytes;              /* FILE, 0 = 10 MB */
  guint max_files;                /* FILE, 0 = 1 */
  GPtrArray *questions;           /* (nullable) (element-type PvQuestion): BLOCK */
  guint min_rows, max_rows;
  guint first_rows; /* BLOCK: shown at once, if that is more than min_rows */
  guint identity;   /* 1 + PvIdentityField of the person at the kiosk, which answers it (in a block: in its
                                       first row); 0: none does */
  PvExpression *identity_condition; /* (nullable): only then it is about the person at the kiosk */
  char *add_label;                  /* (nullable): "Ajouter un enfant" */
  char *row_label;                  /* (nullable): "Enfant" */
  char **row_labels;                /* (nullable): TABLE: of its fixed rows */
} PvQuestion;

typedef struct PvPostCondition {
  PvExpression *condition;
  char *message;
} PvPostCondition;

typedef struct PvPage {
  char *id;
  char *label;
  PvExpression *condition;    /* (nullable) */
  GPtrArray *post_conditions; /* (element-type PvPostCondition) */
  GPtrArray *questions;       /* (element-type PvQuestion) */
} PvPage;

typedef enum { PV_SILENCE_UNKNOWN, PV_SILENCE_ACCEPT, PV_SILENCE_REFUSE, PV_SILENCE_NOT_A_REQUEST } PvSilence;

/* What the law wants on the receipt (CRPA R112-11-1); configured by the commune, never guessed. */
typedef struct PvLegalFacts {
  PvSilence silence;
  guint delay_months, delay_days;
  char *appeal;                            /* (nullable): time limits and ways of appeal */
  char *service, *address, *email, *phone; /* (nullable): the service in charge */
} PvLegalFacts;

typedef enum {
  PV_FILLABLE,          /* natively, here */
  PV_FILLABLE_ON_PHONE, /* a part of it is beyond the kiosk: QR to the portal's own page */
} PvFillable;

/* Why a procedure is beyond the kiosk, as far as the citizen is told; appended to only. */
typedef enum {
  PV_BEYOND_NOTHING,   /* it is not */
  PV_BEYOND_ELSEWHERE, /* it is on another site */
  PV_BEYOND_LOGIN,     /* a strong login is demanded */
  PV_BEYOND_CAPTCHA,   /* a test that only the web page can show */
  PV_BEYOND_QUESTION,  /* a kind of question, or a condition */
  PV_BEYOND_OPTIONS,   /* the answers to choose from are not known here */
  PV_BEYOND_DOCUMENT,  /* a kind of document that cannot be made here */
  PV_N_BEYONDS
} PvBeyond;

typedef struct PvProcedure {
  gatomicrefcount refs;
  char *slug;
  char *form_id; /* (nullable): the portal's number of the form */
  char *version; /* digest of what it was built from: told in the filing and on the receipt */
  char *title;
  char *description; /* (nullable) */
  char *category;    /* life event: "papiers", "famille-ecole", "sports-culture", "rue-logement", "rendez-vous" */
  char **keywords;   /* (nullable) */
  char *url;         /* (nullable): the portal's page of the form */
  PvFillable fillable;
  char *unfillable_reason; /* (nullable): English, for the log and the administrator */
  PvBeyond beyond;         /* the same, for the citizen */
  gboolean has_tracking_code;
  gboolean is_handover;   /* a few questions only: filing makes a draft on another site, which goes on there */
  guint draft_days;       /* how long a draft is kept; 0: PV_PROCEDURE_DRAFT_DAYS */
  guint duration_minutes; /* 0 = not told */
  char *bring;            /* (nullable): what to bring */
  char *cost;             /* (nullable) */
  char *place;            /* (nullable): where its appointments take place */
  gboolean is_booking;    /* no form of the portal: its answers book a time with the agenda */
  PvLegalFacts facts;
  GPtrArray *pages; /* (element-type PvPage) */
} PvProcedure;

PvOption *pv_option_new (const char *id, const char *label);
void pv_option_free (PvOption *option);
PvQuestion *pv_question_new (PvQuestionKind kind, const char *id, const char *label);
void pv_question_free (PvQuestion *question);
/* A document that the form does not ask for, or may wait for: "I will bring it later". */
gboolean pv_question_may_come_later (const PvQuestion *question);
PvPage *pv_page_new (const char *id, const char *label);
void pv_page_free (PvPage *page);
PvProcedure *pv_procedure_new (const char *slug, const char *title);
PvProcedure *pv_procedure_ref (PvProcedure *procedure);
void pv_procedure_unref (PvProcedure *procedure);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvOption, pv_option_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvQuestion, pv_question_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvPage, pv_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvProcedure, pv_procedure_unref)

/* By field id, searching pages and blocks; (transfer none) (nullable). */
const PvQuestion *pv_procedure_find_question (const PvProcedure *procedure, const char *id);
/* The question with PV_QUESTION_REF, or NULL: then an ambiguous answer can never be resolved by find(ref). */
const PvQuestion *pv_procedure_find_ref (const PvProcedure *procedure);
/* TRUE if a required e-mail or phone cannot be declined: said before the start. */
gboolean pv_procedure_needs_email (const PvProcedure *procedure);
gboolean pv_procedure_needs_phone (const PvProcedure *procedure);

GVariant *pv_procedure_to_variant (const PvProcedure *procedure);
PvProcedure *pv_procedure_from_variant (GVariant *variant, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Options of a question that came later, from its source. */
GVariant *pv_options_to_variant (const GPtrArray *options);
GPtrArray *pv_options_from_variant (GVariant *variant, GError **error) G_GNUC_WARN_UNUSED_RESULT;
