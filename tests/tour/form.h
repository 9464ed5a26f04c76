/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* form.h: a form of the portal as the person of the tour has it on paper: which fields there are, and what they answer to
 * each. Read from the same schema that the portal publishes, so that what is compared afterwards is the whole form. */
#pragma once

#include "platform/json.h"

#define TOUR_SCAN "scan" /* answer: the document is scanned */

typedef enum {
  TOUR_ASK_TEXT, /* typed as it is */
  TOUR_ASK_DATE, /* three boxes */
  TOUR_ASK_CHOICE,
  TOUR_ASK_CHOICES,
  TOUR_ASK_YES_NO,
  TOUR_ASK_STATEMENT, /* ticked on the check */
  TOUR_ASK_FILE,
  TOUR_ASK_SLOT,  /* the first time that is free */
  TOUR_ASK_PLACE, /* the first that is proposed */
  TOUR_ASK_BLOCK, /* its first row */
} TourAskKind;

typedef struct TourAsk {
  TourAskKind kind;
  char *variable; /* "naissance", or "responsables/0/nom" */
  char *label;
  char *answer;        /* (nullable): what is typed or touched; NULL: left empty, or the first of what is offered */
  char *stored;        /* (nullable): what the portal must hold, if that is not the answer */
  gboolean is_contact; /* an e-mail or a telephone */
  gboolean is_filled;  /* by the form, with a value of its own */
  gboolean is_required;
} TourAsk;

typedef struct TourForm {
  char *slug, *title;
  GPtrArray *asks; /* (element-type TourAsk): in the order of the form */
} TourForm;

/* @folder: that of the forms. Aborts if it cannot be read: then there is nothing to show. */
TourForm *tour_form_new (const char *folder, const char *slug);
void tour_form_free (TourForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TourForm, tour_form_free)

/* The next field after number @from, else the first, that is called so on the screen: by the label of its own, or by the
 * title of a screen that asks one thing. (transfer none) (nullable) */
TourAsk *tour_form_find (const TourForm *form, guint from, const char *title, const char *label, guint *ret_index);
