/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* screen-state.h: the one model of what is on a screen.
 *
 * Drawing, speech, keypad order, mirror and tests all come from it; it is built by the journey, never changed, and
 * replaced as a whole.  Texts are final: translated, grouped, masked.  The order of everything in it is the order of
 * drawing, of focus and of speech: title, help, what is to be mended (actions JUMP), notices, fields (each with its choices),
 * all other actions, place by place: pv_screen_state_sort_actions().
 */
#pragma once

#include "core/format.h"
#include "core/intention.h"
#include "core/procedure.h"

/* Beside a text that the portal wrote stands "official": its French, where the screen is in another language.  NULL: the
 * text is in the language of the screen, and nobody wrote another.  The same as the text: it was not translated, and is
 * read and said as French.  See pv_official_beside(). */

typedef enum {
  PV_SCREEN_WELCOME,
  PV_SCREEN_HOME, /* life events as tiles, search */
  PV_SCREEN_LIST, /* procedures of a life event, or found */
  PV_SCREEN_PROCEDURE,
  PV_SCREEN_IDENTITY, /* the card and its six digits; the lines of a document; "Is this you?" */
  PV_SCREEN_QUESTION,
  PV_SCREEN_DOCUMENT, /* scanning it, looking at it, or waiting for the phone */
  PV_SCREEN_FOLLOW,   /* a code, then where the request is */
  PV_SCREEN_PAY,      /* an invoice's code and amount, then what is due */
  PV_SCREEN_CHECK,
  PV_SCREEN_SENDING,
  PV_SCREEN_DONE,
  PV_SCREEN_PHONE,  /* a QR code: receipt, hand-over */
  PV_SCREEN_PAPER,  /* "Voulez-vous un papier ?" */
  PV_SCREEN_PAPERS, /* which papers, and how large their letters */
  PV_SCREEN_STILL_THERE,
  PV_SCREEN_NEED_TIME, /* answers hidden for five minutes */
  PV_SCREEN_QUIT,
  PV_SCREEN_LANGUAGES,
  PV_SCREEN_LOOK,     /* "Lire mieux" */
  PV_SCREEN_LISTEN,   /* "Voix": pause, again, slower, louder, echo, curtain */
  PV_SCREEN_WORDS,    /* difficult words of the screen below, explained */
  PV_SCREEN_MEDIATOR, /* who can help, and when */
  PV_SCREEN_CALL,     /* the six digits, while nobody has joined */
  PV_SCREEN_CONSENT,  /* one question of a mediator */
  PV_SCREEN_REPLY,    /* quick answers, and what the mediator may do */
  PV_SCREEN_HELPED,   /* the assistance is over: what was done */
  PV_SCREEN_GOODBYE,
  PV_SCREEN_OUT_OF_ORDER,
  PV_SCREEN_SERVICE, /* for whoever looks after the kiosk, or puts it up: service.h, setup.h */
  PV_N_SCREENS
} PvScreenId;

typedef enum {
  PV_FIELD_INPUT, /* one line */
  PV_FIELD_LONG_INPUT,
  PV_FIELD_DATE,      /* three boxes: parts[0..2] = day, month, year as typed */
  PV_FIELD_CHOICE,    /* one of choices (radio) */
  PV_FIELD_CHOICES,   /* any of choices (boxes) */
  PV_FIELD_STATEMENT, /* one box with a long label */
  PV_FIELD_TILES,     /* choices that act at once: life events, procedures, languages */
  PV_FIELD_SEARCH,    /* search box on Home: activating it opens the search; an input on LIST */
  PV_FIELD_SUMMARY,   /* rows: label, value, "Modifier" */
  PV_FIELD_TEXT,      /* paragraph to read */
  PV_FIELD_REFERENCE, /* label, then value in very large letters, then help under it */
  PV_FIELD_QR,        /* value: text of the QR code; label: caption */
  PV_FIELD_FILE,      /* a document: value in words, or rows: one for each: edit_target: what "Remove" removes */
  PV_FIELD_PROGRESS,  /* what is going on, in words; with has_percent also as a line */
  PV_FIELD_CARD,      /* picture of a card with its six digits; label: what to do, beside it */
  PV_FIELD_CODE,      /* max_chars boxes for a digit each; one control */
  PV_FIELD_DAYS,      /* days as short large buttons side by side: PV_DO_CHOOSE_DAY */
  PV_FIELD_TIMES,     /* likewise times, under the label of the day and the place: PV_DO_CHOOSE */
  PV_FIELD_SCAN, /* the page that was scanned; label: "Page 2 sur 3"; portrait: in words, its pixels are the window's
                      * only; choices: what can be done with it, at once; without a portrait: the drawing of a glass
                      * where a page is to be laid; label: how, beside it */
} PvFieldKind;

typedef enum { PV_TONE_INFO, PV_TONE_SUCCESS, PV_TONE_WARNING, PV_TONE_DANGER } PvTone;

typedef struct PvChoice {
  char *id;
  char *label;
  char *official; /* (nullable): of the label */
  char *detail;   /* (nullable): smaller second line */
  char *icon;     /* (nullable): name in resources/icons, without "pv-" and suffix */
  gboolean selected;
  gboolean enabled;
  PvIntentionKind intention; /* TILES, SCAN: what a touch does (target = id); else CHOOSE or TOGGLE on the field */
} PvChoice;

typedef struct PvSummaryRow {
  char *label, *value;
  char *official_label; /* (nullable) */
  char *official_value; /* (nullable): of a value that is the portal's; never of an answer */
  char *edit_target;    /* (nullable): PV_DO_EDIT target */
  char *edit_spoken;    /* accessible name of the button: "Modifier : Adresse" */
  gboolean is_heading;  /* a group's title, value NULL */
  char *mark;           /* (nullable): a word about the value: "read from the card" */
  PvAssistClass assist; /* of the value; HIDDEN until somebody knows better */
  gboolean is_open;     /* says nothing of the citizen: a loudspeaker may say it */
} PvSummaryRow;

typedef struct PvField {
  char *id;
  PvFieldKind kind;
  char *label; /* (nullable): shown above the control; accessible name always has one, see spoken_label */
  char *help;  /* (nullable) */
  char *official_label, *official_help; /* (nullable) */
  char *value;                          /* (nullable): as typed */
  char *parts[3];                       /* DATE */
  char *part_labels[3];                 /* DATE: "Jour", "Mois", "Année" */
  char *error;                          /* (nullable): beside the field, and at the top when there are several fields */
  char *spoken_label;                   /* accessible name, never NULL for what can be acted on */
  char *portrait;     /* (nullable): SUMMARY: in words, the picture beside the rows; its pixels are the window's only */
  PvInput input;      /* which keyboard */
  guint max_chars;    /* 0 = none */
  gboolean is_veiled; /* CODE: dots are shown for what is typed */
  gboolean is_focused; /* where the focus goes when the screen appears */
  gboolean is_locked;
  gboolean hands_over; /* INPUT: when it is full, what is typed goes on in the next field */
  gboolean has_percent;
  guint percent;  /* PROGRESS */
  guint width_px; /* CARD: of the panel, how wide the picture is; 0: as suits, with the digits of an identity card */
  PvAssistClass assist;
  gboolean is_personal; /* never spoken on the loudspeaker */
  GPtrArray *choices;   /* (nullable) (element-type PvChoice); of an INPUT: what it may be completed to: PV_DO_CHOOSE */
  GPtrArray *rows;      /* (nullable) (element-type PvSummaryRow) */
  /* while a mediator helps: of this screen only, never mirrored */
  gboolean is_pointed;             /* glows, with an arrow */
  char *proposal;                  /* (nullable): what the mediator proposes, as words: "Claire propose :" */
  char *proposal_value;            /* (nullable): wiped */
  char *accept_label, *keep_label; /* (nullable): of the buttons ACCEPT and KEEP_MINE; beside a proposal */
  char *privacy;                   /* (nullable): "Le médiateur ne voit pas ceci." */
  char *lift_label;                /* (nullable): of a small button LIFT beside it */
} PvField;

/* Who helps, and what they may do: in space of its own under the top band, while they help. */
typedef struct PvBanner {
  PvTone tone; /* SUCCESS: helps; WARNING: has the hand, or the link is lost */
  char *icon;
  char *who; /* bold: "Claire, Ville de Montclair" */
  char *may; /* "vous aide. Peut voir cet écran et proposer." */
} PvBanner;

typedef struct PvNotice {
  PvTone tone;
  char *icon;
  char *text;   /* lines separated by \n */
  char *strong; /* (nullable): last line, bold */
} PvNotice;

typedef enum {
  PV_ROLE_PRIMARY,   /* the largest, filled */
  PV_ROLE_SECONDARY, /* outlined, in the action band */
  PV_ROLE_BACK,
  PV_ROLE_OPTION, /* in the block, full width: "Je n'en ai pas", "Ajouter un enfant" */
  PV_ROLE_CARD,   /* in the block, side by side with icon: Imprimer, Téléphone */
  PV_ROLE_DANGER, /* in the block: "Tout effacer et quitter" */
  PV_ROLE_JUMP,   /* under the error summary, side by side: JUMP to what is to be mended */
  PV_ROLE_HELP,   /* help band, same order on every screen */
} PvActionRole;

/* Where an action is drawn, from the top of a screen to its end. */
typedef enum {
  PV_PLACE_TOP,       /* under the title, before notices and fields: JUMP */
  PV_PLACE_START,     /* before the fields: the primary action of Welcome, over the languages */
  PV_PLACE_BLOCK,     /* under the fields: OPTION, CARD, DANGER, as they come */
  PV_PLACE_BACK,      /* the action band, under the keyboard: back, */
  PV_PLACE_SECONDARY, /* what else there is, */
  PV_PLACE_PRIMARY,   /* and what leads on */
  PV_PLACE_HELP,      /* the help band */
} PvActionPlace;

typedef struct PvAction {
  PvIntentionKind intention;
  PvActionRole role;
  char *target; /* (nullable) */
  char *value;  /* (nullable) */
  char *label;
  char *icon;   /* (nullable) */
  char *spoken; /* (nullable): accessible name when it differs from the label (it must begin with it) */
  gboolean is_enabled;
  gboolean is_emphasised; /* CARD: framed as the proposed one */
  gboolean is_pointed;    /* by a mediator; never mirrored */
} PvAction;

typedef struct PvScreenState {
  guint n_refs; /* of pv_screen_state_ref() */
  PvScreenId id;
  char *key;             /* names the screen for tests, pictures and the mirror: "question-3", "check" */
  guint64 revision;      /* grows with every change */
  char *commune, *place; /* top band; on Welcome the greeting's line */
  char *step_text;       /* (nullable): "Étape 2 sur 6" */
  double progress;       /* 0..1; below 0: no progress line */
  char *title;
  char *help;                           /* (nullable): at most two short lines */
  gboolean is_help_vital;               /* stays when what stands beside each answer goes */
  char *official_title, *official_help; /* (nullable) */
  char *page_text;                      /* (nullable): "Page 1 sur 3" */
  char *error_summary;                  /* (nullable): at the top, when something is wrong */
  guint n_jumps;                  /* grows when the focus is to go to the field that is_focused, wherever it is now */
  char *language, *read_language; /* (nullable): codes: of its texts, and in which the citizen reads */
  gboolean is_practice;           /* "Entraînement" on the screen */
  PvIntentionKind enter;          /* what Enter and the check mark of a pad mean; NOTHING: the primary action */
  gboolean is_overlay;            /* 15, 16, languages, look: asked over the screen below, which comes back */
  gboolean is_dark;               /* nothing is to be seen until somebody touches it: a closed kiosk at night */
  PvBanner *banner;               /* (nullable): somebody helps; never mirrored */
  GPtrArray *notices;             /* (element-type PvNotice) */
  GPtrArray *fields;              /* (element-type PvField) */
  GPtrArray *actions;             /* (element-type PvAction) */
} PvScreenState;

PvScreenState *pv_screen_state_new (PvScreenId id, const char *key);
/* Lives until it was freed once more; by then nobody changes it. */
const PvScreenState *pv_screen_state_ref (const PvScreenState *state);
void pv_screen_state_free (PvScreenState *state);
PvField *pv_screen_state_add_field (PvScreenState *state, PvFieldKind kind, const char *id, const char *label);
/* The banner, empty; there is one at most. */
PvBanner *pv_screen_state_set_banner (PvScreenState *state, PvTone tone, const char *who, const char *may);
PvNotice *pv_screen_state_add_notice (PvScreenState *state, PvTone tone, const char *icon, const char *text);
PvAction *pv_screen_state_add_action (PvScreenState *state, PvActionRole role, PvIntentionKind intention,
                                      const char *label);
PvActionPlace pv_screen_state_place_action (const PvScreenState *state, const PvAction *action);
/* By place; in each of them they stay as they were added. */
void pv_screen_state_sort_actions (PvScreenState *state);
PvChoice *pv_field_add_choice (PvField *field, const char *id, const char *label);
PvSummaryRow *pv_field_add_row (PvField *field, const char *label, const char *value);
/* Lets a mediator read all rows, and a loudspeaker say them: they say nothing of the citizen. */
void pv_field_open_rows (PvField *field);
/* Something that is asked for on it is to be mended. */
gboolean pv_screen_state_is_wrong (const PvScreenState *state);
const PvField *pv_screen_state_find_field (const PvScreenState *state, const char *id);
const PvAction *pv_screen_state_find_action (const PvScreenState *state, PvIntentionKind intention);
/* What a mediator calls it when pointing, and in commands, behind "action:": "next", "jump:5". (transfer full) */
char *pv_action_dup_name (const PvAction *action);
/* The first enabled one that is called so; NULL: none is. */
const PvAction *pv_screen_state_find_action_named (const PvScreenState *state, const char *name);
/* What Escape means, where there is a keyboard: back, or away with what was asked over the screen; never what erases, sends or
 * ends anything. NOTHING: nothing of the kind. */
PvIntentionKind pv_screen_state_get_escape (const PvScreenState *state);
const char *pv_screen_id_name (PvScreenId id);
/* FALSE: private as a whole, because it shows codes, links or documents, or nothing that help is for. */
gboolean pv_screen_id_is_shared (PvScreenId id);
/* What a mediator sees of this field: its class, made stricter by its kind. @lifted: (nullable) (element-type utf8): set
 * of ids of fields that the citizen shows; a hidden one stays hidden. */
PvAssistClass pv_field_assist_class (const PvField *field, GHashTable *lifted);
/* "3 suggestions": how many choices an INPUT offers; NULL: none. (transfer full) */
char *pv_field_dup_offers (const PvField *field);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvScreenState, pv_screen_state_free)

/* What an utterance is, for who says only what changed. */
typedef enum {
  PV_SAID_TEXT,
  PV_SAID_ERROR,    /* what is wrong with a field, with its name */
  PV_SAID_TYPED,    /* what stands in a field that is typed into */
  PV_SAID_CHOICE,   /* with its state */
  PV_SAID_BAND,     /* of the help band, the same on every screen */
  PV_SAID_CODE,     /* a character of a code that is spelled */
  PV_SAID_POINTED,  /* that a mediator shows what is said next */
  PV_SAID_PROGRESS, /* how far something is: only said when the screen is */
} PvSaidKind;

/* One thing to be said. */
typedef struct PvUtterance {
  PvSaidKind kind;
  char *text;           /* wiped */
  char *field_id;       /* (nullable) */
  gboolean is_personal; /* headset only */
  char *plain;          /* (nullable): what anybody may hear instead of a personal one */
  const char *language; /* (nullable): code of another language than the screen's; a constant */
} PvUtterance;

/* The official text where it is another than @text, to be shown and said after it; else NULL. Both (nullable). */
const char *pv_official_beside (const char *text, const char *official);

PvUtterance *pv_utterance_new (PvSaidKind kind, const char *text, const char *field_id, gboolean is_personal);
void pv_utterance_free (PvUtterance *utterance);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvUtterance, pv_utterance_free)
/* "Non, choisi": a choice with its state, as it is said; plain where the state is the person's own. (transfer full) */
PvUtterance *pv_field_speak_choice (const PvField *field, guint index) G_GNUC_WARN_UNUSED_RESULT;
/* TRUE of a statement that is ticked. */
gboolean pv_field_is_ticked (const PvField *field);
/* Everything on the screen in reading order; covers every visible text. (transfer full) (element-type PvUtterance) */
GPtrArray *pv_screen_state_speech (const PvScreenState *state) G_GNUC_WARN_UNUSED_RESULT;
