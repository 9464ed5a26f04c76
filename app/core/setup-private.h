/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* setup-private.h: what setup.c, setup-pages.c and the setup-screens share; nobody else includes it. */
#pragma once

#include "core/reach.h"
#include "core/setup.h"

/* In the order of a run. */
typedef enum {
  PV_SETUP_AT_WELCOME,
  PV_SETUP_AT_NETWORK,
  PV_SETUP_AT_ADDRESS,
  PV_SETUP_AT_GATEWAY,
  PV_SETUP_AT_NAMES,
  PV_SETUP_AT_TRY_NETWORK,
  PV_SETUP_AT_WAY,
  PV_SETUP_AT_URL,
  PV_SETUP_AT_ORIGIN,
  PV_SETUP_AT_KEY,
  PV_SETUP_AT_TRY_PORTAL,
  PV_SETUP_AT_SERVER,
  PV_SETUP_AT_CODE,
  PV_SETUP_AT_TRY_RELAY,
  PV_SETUP_AT_COMMUNE,
  PV_SETUP_AT_PLACE,
  PV_SETUP_AT_PHONE,
  PV_SETUP_AT_PRINTER,
  PV_SETUP_AT_TARGET,
  PV_SETUP_AT_PAPER,
  PV_SETUP_AT_PAGE,
  PV_SETUP_AT_SIZE,
  PV_SETUP_AT_HEIGHT,
  PV_SETUP_AT_TOUCH,
  PV_SETUP_AT_SOUND,
  PV_SETUP_AT_READER,
  PV_SETUP_AT_RECEIPT,
  PV_SETUP_AT_CHECK,
  PV_SETUP_AT_DONE,
  /* Of an installation from a stick: a run of its own. */
  PV_SETUP_AT_DISK,
  PV_SETUP_AT_ERASE,
  PV_SETUP_AT_SURE,
  PV_SETUP_AT_WRITE,
  PV_SETUP_AT_UNPLUG,
  PV_N_SETUP_PAGES
} PvSetupPage;

typedef enum {
  PV_SETUP_PAGE_PLAIN,  /* has rules of its own */
  PV_SETUP_PAGE_CHOICE, /* one of the words of its answer */
  PV_SETUP_PAGE_INPUT,  /* its answer is typed */
  PV_SETUP_PAGE_PROOF,  /* its verb is asked as soon as it is reached; nobody comes back to it */
} PvSetupPageKind;

typedef struct PvSetupPageRow {
  const char *key; /* of the screen */
  PvSetupPageKind kind;
  guint step;              /* from 1; 0: none is told */
  PvSetupAnswer answer;    /* CHOICE, INPUT */
  gboolean may_be_empty;   /* INPUT */
  PvSetupVerb verb;        /* PROOF; of others what is said when they are left; RESUME: nothing */
  PvSetupAnswer condition; /* it is shown where this is answered with */
  const char *word;        /* (nullable): this word; NULL: always */
  gboolean is_unless;      /* with any other */
} PvSetupPageRow;

struct PvSetup {
  gboolean can_speak;
  int width_px, height_px;
  PvLook look;
  PvSpeaking speaking;
  PvSetupPage page;
  PvSetupPage resume; /* where it goes on; WELCOME: from the beginning */
  PvSetupAnswers answers;
  char *typed[PV_N_SETUP_ANSWERS]; /* (nullable): as typed so far; wiped */

  /* of the page */
  gboolean is_asking; /* of parvis-provision: asked */
  PvSetupVerb asked;
  PvSetupReason reason; /* why the last was not done */
  gboolean is_proved;
  gboolean is_wrong; /* what was typed */
  PvReachVerdict reach;
  int lowest_mm, highest_mm; /* of a height that would do */
  guint touched;             /* bits */
  gboolean is_silent;
  PvCardState card;
  gboolean has_card_state;
  char *detail; /* (nullable): what came with a proof */

  GPtrArray *printers; /* (nullable) (element-type utf8): TARGET|TITLE */
  gboolean has_listed;
  GPtrArray *disks; /* (nullable) (element-type utf8): NAME|BYTES|MODEL|empty or full */
  guint percent;    /* of WRITE_DISK */
  guint card_px;    /* how wide the card is drawn */
  guint n_resized;  /* one way without a break */
  gboolean was_larger;

  GQueue effects;
  PvScreenState *state; /* (nullable): to be built */
  guint64 revision;
};

const PvSetupPageRow *pv_setup_page_row (PvSetupPage page);
/* Whether it is shown with what is answered. */
gboolean pv_setup_page_applies (const PvSetup *setup, PvSetupPage page);
PvSetupPage pv_setup_page_next (const PvSetup *setup, PvSetupPage page);
/* @page itself where there is none before it */
PvSetupPage pv_setup_page_before (const PvSetup *setup, PvSetupPage page);
/* The first one that is not answered yet. */
PvSetupPage pv_setup_page_to_resume (const PvSetup *setup);

/* NAME|BYTES|MODEL|empty or full of the disk that was chosen; NULL: none is. (transfer full) */
char **pv_setup_chosen_disk (const PvSetup *setup);
/* Of the whole panel, by how wide the card is drawn. */
int pv_setup_measure_mm (const PvSetup *setup);
typedef struct PvSetupWords {
  PvInput input;
  guint max_chars;
  const char *title, *help, *error; /* to be translated */
} PvSetupWords;

/* setup-words.c: of an INPUT. */
const PvSetupWords *pv_setup_page_words (PvSetupPage page);
/* Of a PROOF: translated. */
const char *pv_setup_page_title (PvSetupPage page);
const char *pv_setup_page_wait (PvSetupPage page);
/* Why it was not done, and what helps: translated. */
const char *pv_setup_say_reason (PvSetupReason reason);
/* setup-screens.c. (transfer full) */
PvScreenState *pv_setup_make_state (PvSetup *setup);
