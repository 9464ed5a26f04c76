/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* intention.h: what somebody at the screen (or, later, a mediator) wants.  Views send these and own no rule. */
#pragma once

#include <glib.h>

typedef enum { PV_ACTOR_CITIZEN, PV_ACTOR_MEDIATOR } PvActor;

typedef enum {
  PV_DO_NOTHING,
  /* moving */
  PV_DO_START, /* Welcome -> Home */
  PV_DO_HOME,
  PV_DO_OPEN_CATEGORY, /* target: life event */
  PV_DO_OPEN_SEARCH,
  PV_DO_OPEN_PROCEDURE, /* target: slug */
  PV_DO_BEGIN,          /* Procedure -> first question */
  PV_DO_NEXT,           /* "Continuer" */
  PV_DO_BACK,
  PV_DO_NEXT_PAGE, /* "Suite" of what does not fit */
  PV_DO_PREVIOUS_PAGE,
  PV_DO_EDIT, /* target: step key, from the check */
  /* answering */
  PV_DO_TYPE,        /* target: field, value: whole text of the field */
  PV_DO_TYPE_PART,   /* target: "field/day", "field/month", "field/year" */
  PV_DO_CHOOSE,      /* target: field, value: option id ("yes"/"no" for YES_NO) */
  PV_DO_TOGGLE,      /* target: field, value: option id; or a statement's field without value */
  PV_DO_DECLINE,     /* target: field: "Je n'en ai pas" */
  PV_DO_LATER,       /* target: field: bring the document later */
  PV_DO_UNKNOWN_DAY, /* target: field */
  PV_DO_ADD_ROW,     /* target: block */
  PV_DO_REMOVE_ROW,  /* target: block row */
  PV_DO_SEARCH,      /* value: words */
  PV_DO_JUMP,        /* target: field: to what is to be mended */
  /* saying who one is */
  PV_DO_WITHOUT_CARD,
  PV_DO_OTHER_DOCUMENT,   /* than the card with six digits */
  PV_DO_OPEN_DOCUMENT,    /* target: "card", "old-card", "passport": its lines are typed */
  PV_DO_CONFIRM_IDENTITY, /* "Oui, c'est moi": only the citizen may */
  /* documents: only the citizen may; target: the question's path */
  PV_DO_SCAN,            /* opens the scanner's screen */
  PV_DO_SEND_FROM_PHONE, /* opens the screen with the QR code */
  PV_DO_SCAN_PAGE,       /* takes the page that lies there */
  PV_DO_TURN_PAGE,       /* value: number of the page from 0: a quarter to the right */
  PV_DO_DROP_PAGE,       /* value: likewise */
  PV_DO_USE_DOCUMENT,    /* it is as it should be */
  PV_DO_REMOVE_DOCUMENT, /* value: number of the document from 0 */
  /* appointments */
  PV_DO_CHOOSE_DAY,         /* target: the question's path, value: YYYY-MM-DD */
  PV_DO_MOVE_APPOINTMENT,   /* from "follow" */
  PV_DO_CANCEL_APPOINTMENT, /* asks, then does */
  /* following, paying, the digital safe: only the citizen may */
  PV_DO_OPEN_FOLLOW,
  PV_DO_OPEN_PAY,
  PV_DO_LOOK_UP, /* what was typed on "follow" or "pay" */
  PV_DO_PRINT_INVOICE,
  PV_DO_SHOW_PAYMENT, /* the QR code */
  PV_DO_SHOW_SAFE,
  /* practising and going on elsewhere: only the citizen may */
  PV_DO_OPEN_PRACTICE,
  PV_DO_USE_SAMPLE, /* a made-up answer or document */
  PV_DO_HAND_OVER,  /* the answers so far become a draft: at home, or on the phone */
  /* filing and leaving: only the citizen may */
  PV_DO_SEND,
  PV_DO_PRINT,
  PV_DO_OPEN_PAPERS, /* what else can be printed */
  PV_DO_PRINT_PAPER, /* value: PV_PAPER_RECEIPT, _ANSWERS or _APPOINTMENT */
  PV_DO_SHOW_QR,     /* receipt or tracking on my phone */
  PV_DO_CONTINUE_ON_PHONE,
  PV_DO_ANOTHER,  /* "Autre démarche" */
  PV_DO_FINISH,   /* "J'ai fini" */
  PV_DO_NO_PAPER, /* answer to "Voulez-vous un papier ?" */
  PV_DO_QUIT,     /* asks */
  PV_DO_STAY,
  PV_DO_KEEP,  /* keep for later: ticket */
  PV_DO_ERASE, /* erase everything and leave */
  /* about the screen */
  PV_DO_STILL_HERE,
  PV_DO_MORE_TIME,
  PV_DO_OPEN_LANGUAGES,
  PV_DO_SET_LANGUAGE,  /* value: code */
  PV_DO_OPEN_LOOK,     /* "Lire mieux" */
  PV_DO_SET_TEXT_SIZE, /* value: "100", "125", "150", "200" */
  PV_DO_SET_THEME,     /* value: "light", "dark", "contrast" */
  PV_DO_SET_HAND,      /* value: "right", "left": where what is touched stands */
  PV_DO_SLOW_TOUCH,    /* for a trembling hand; again: as usual */
  PV_DO_RESET_LOOK,    /* everything of "Lire mieux" as it was with the first touch */
  PV_DO_LOWER,         /* "Plus bas" */
  PV_DO_RAISE,
  PV_DO_LISTEN, /* says the screen; once the voice speaks, opens the sheet about it */
  PV_DO_SPEECH, /* value: a word of PvNarrate, "echo-letters", "echo-words", "echo-nothing", "curtain": only the citizen */
  PV_DO_OPEN_WORDS,    /* explains the difficult words of the screen; only the citizen may */
  PV_DO_CALL_MEDIATOR, /* opens "who can help" */
  PV_DO_CLOSE,         /* closes a sheet: languages, look, mediator */
  /* being helped: only the citizen may */
  PV_DO_CALL_HERE, /* somebody in the room; also: a new code */
  PV_DO_CALL_AFAR,
  PV_DO_STOP_CALLING,
  PV_DO_GRANT, /* the right that is asked for on the screen */
  PV_DO_REFUSE,
  PV_DO_RENEW_HAND,  /* lend it for another minute: the one touch that does not take it back */
  PV_DO_STEP_DOWN,   /* take the highest right back */
  PV_DO_STOP_HELP,   /* "Arrêter l'aide" */
  PV_DO_ACCEPT,      /* target: field: what the mediator proposes */
  PV_DO_KEEP_MINE,   /* target: field */
  PV_DO_LIFT,        /* target: field: let the mediator see it */
  PV_DO_OPEN_REPLY,  /* the sheet of who cannot speak or hear */
  PV_DO_QUICK,       /* value: "yes", "no", "not-understood", "repeat", "wait" */
  PV_DO_PRINT_SHEET, /* what was done */
  /* the service screen, service.h, and the first start, setup.h */
  PV_DO_SERVICE, /* target: what is opened, tried or done there */
  PV_N_INTENTIONS
} PvIntentionKind;

/* Values of PV_DO_PRINT_PAPER. */
#define PV_PAPER_RECEIPT     "receipt"
#define PV_PAPER_ANSWERS     "answers"
#define PV_PAPER_APPOINTMENT "appointment"

typedef struct PvIntention {
  PvIntentionKind kind;
  PvActor actor;
  char *target; /* (nullable) */
  char *value;  /* (nullable): may be a citizen's words: wiped on free */
} PvIntention;

PvIntention *pv_intention_new (PvIntentionKind kind, PvActor actor, const char *target, const char *value);
void pv_intention_free (PvIntention *intention);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvIntention, pv_intention_free)

/* FALSE for submitting, paying, signing, printing, leaving and granting unless the citizen does it. */
gboolean pv_intention_is_allowed (const PvIntention *intention);
/* Name for tests, the mirror and the log ("next", "set-language"). */
const char *pv_intention_kind_name (PvIntentionKind kind);
