/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* journey-private.h: what the files journey*.c share; nobody else includes it. */
#pragma once

#include "core/journey.h"
#include "core/mrz.h"

typedef enum {
  PV_AT_WELCOME,
  PV_AT_HOME,
  PV_AT_LIST,
  PV_AT_PROCEDURE,
  PV_AT_IDENTITY,
  PV_AT_QUESTION,
  PV_AT_CHECK,
  PV_AT_SENDING,
  PV_AT_DONE,
  PV_AT_PHONE,
  PV_AT_GOODBYE,
  PV_AT_OUT_OF_ORDER,
} PvStage;

/* Asked over the screen below, which comes back. */
typedef enum {
  PV_OVER_NONE,
  PV_OVER_STILL_THERE,
  PV_OVER_NEED_TIME,
  PV_OVER_QUIT,
  PV_OVER_LANGUAGES,
  PV_OVER_LOOK,
  PV_OVER_MEDIATOR,
  PV_OVER_PAPER,
} PvOverlay;

/* Of PV_AT_IDENTITY. */
typedef enum {
  PV_IDENTITY_CARD,      /* the card and its six digits */
  PV_IDENTITY_READING,   /* do not move it */
  PV_IDENTITY_DOCUMENTS, /* which document has lines to type */
  PV_IDENTITY_ZONE,      /* the lines */
  PV_IDENTITY_CONFIRM,   /* is this you? */
} PvIdentityView;

enum { PV_CAN_DIGITS = 6, PV_ZONE_MAX_LINES = 3 };
#define PV_CODE_FIELD "card-code"
#define PV_ZONE_FIELD "zone-" /* and the number of the line */

struct PvJourney {
  /* configuration */
  char *commune, *place, *service, *address, *email, *phone, *dpo, *hours, *tracking_url;
  char **languages;
  guint idle_seconds, warn_seconds;
  gboolean is_printer_enabled, is_clock_verified, can_speak, is_card_enabled;

  /* of the kiosk */
  PvCatalogue *catalogue;
  gboolean is_catalogue_missing; /* it was asked for, and could not be had */
  gboolean has_courier, can_store;
  gboolean is_printer_available;
  PvPrintReason printer_reason;
  PvCapacity capacity;
  PvLook look;
  char *next_ref;

  /* of the citizen */
  PvStage stage;
  PvStage phone_from; /* the QR code was opened from here */
  PvOverlay overlay;
  char *category, *words; /* of the list */
  gboolean is_searching;
  char *slug; /* of the procedure that is open or being fetched */
  gboolean is_procedure_missing;
  PvProcedure *procedure;
  PvFiling *filing;
  PvIdentityView identity_view;
  PvCardState card_state;
  PvCardTrouble card_trouble; /* until something else is done */
  guint card_percent;
  gboolean is_watching_card;
  gboolean is_card_lost; /* moved while it was read */
  gboolean is_code_sent; /* the reader has the digits, or the lines */
  gboolean is_zone_sent; /* it has the lines */
  char *card_code;       /* (nullable): digits so far; wiped */
  PvMrzKind zone_kind;
  char *zone_lines[PV_ZONE_MAX_LINES]; /* (nullable): as typed; wiped */
  PvIdentity *identity;                /* (nullable): read or typed, perhaps not yet confirmed */
  gboolean is_identity_decided;        /* confirmed, or to do without */
  gboolean has_portrait;               /* its photo is shown to compare */
  char *step_key;
  gboolean shows_errors;
  char *page_error;          /* (nullable): failing post-conditions */
  gboolean is_from_check;    /* "Modifier": goes back to the check */
  guint check_page;          /* where it was touched */
  char *option_words;        /* (nullable): search in a long list of options */
  GHashTable *asked_options; /* question id -> GUINT_TO_POINTER (1 asked, 2 failed) */
  guint page;                /* of what does not fit */
  gboolean has_store_failed, is_stored;
  PvSubmissionPurpose purpose;
  gint64 sent_ms;   /* monotonic: the citizen said "send" */
  gint64 stored_us; /* UTC */
  PvOutcome *outcome;
  gboolean has_paper_or_phone, is_print_asked;
  PvPrintState print_state;
  PvPrintReason print_reason;

  PvAssistance assistance;

  /* time */
  PvMoment now; /* of the last call; owns its zone */
  gboolean is_touched;
  gint64 active_ms; /* last sign of life */
  gint64 overlay_ms;

  GQueue effects;
  guint64 revision;
  PvScreenState *state; /* (nullable): to be built */
};

enum {
  PV_NEED_TIME_SECONDS = 300,
  PV_SENDING_PATIENCE_SECONDS = 10, /* then the screen says what is going on */
  PV_SENDING_LIMIT_SECONDS = 15,    /* a portal never makes the citizen wait more */
  PV_LOW_LINES = 12,                /* below: the keyboard leaves room for little else */
  PV_FEW_LINES = 20,                /* below: what is not the question itself is said in fewer lines */
  PV_MANY_OPTIONS = 6,              /* above: a search */
  PV_VERY_MANY_OPTIONS = 20,        /* above: a search, though it leaves room for little else */
};

void pv_journey_today (const PvJourney *journey, GDate *ret_today);
PvEffect *pv_journey_queue (PvJourney *journey, PvEffectKind kind, const char *text);
void pv_journey_go (PvJourney *journey, PvStage stage);
gboolean pv_journey_is_fillable (const PvProcedure *procedure);
/* The steps now and where in them the citizen is. (transfer full) */
GPtrArray *pv_journey_list_steps (const PvJourney *journey, guint *ret_index);
void pv_journey_answer (PvJourney *journey, const PvIntention *intention);
/* Three texts, each to be wiped: day, month, year as typed. */
void pv_journey_split_date (const char *text, char **ret_parts);
void pv_journey_next_step (PvJourney *journey);
void pv_journey_previous_step (PvJourney *journey);
void pv_journey_open_step (PvJourney *journey, const char *key);
void pv_journey_fetch_step_options (PvJourney *journey);
void pv_journey_send (PvJourney *journey, PvSubmissionPurpose purpose);

/* journey-receipt.c; texts are (transfer full) */
PvReceipt *pv_journey_make_receipt (const PvJourney *journey);
/* NULL without a legal meaning; @ret_strong: its last words. */
char *pv_journey_silence_sentence (const PvJourney *journey, char **ret_strong);
char *pv_journey_reference (const PvJourney *journey, const char **ret_label);
char *pv_journey_tracking_code (const PvJourney *journey);
char *pv_journey_qr_text (const PvJourney *journey);

/* journey-identity.c */
gboolean pv_journey_offers_identity (const PvJourney *journey);
/* As far as it is known: a reader that works. */
gboolean pv_journey_has_reader (const PvJourney *journey);
/* All six digits are there. */
gboolean pv_journey_has_code (const PvJourney *journey);
/* The lines of the zone as they are typed; all of them, or up to the first that is not complete. (transfer full), wipe */
char *pv_journey_join_zone (const PvJourney *journey, gboolean has_all);
/* "Is this you?" of a document that is used: where its photo may be shown. */
gboolean pv_journey_has_portrait_place (const PvJourney *journey);
void pv_journey_open_identity (PvJourney *journey);
void pv_journey_identity_back (PvJourney *journey);
void pv_journey_handle_identity (PvJourney *journey, const PvIntention *intention);
void pv_journey_follow_card (PvJourney *journey, const PvCardReport *report);
/* To be called when the screen may have changed: begins or ends the watch, and lets the photo go. */
void pv_journey_watch_card (PvJourney *journey);
void pv_journey_forget_identity (PvJourney *journey);

/* journey-assist.c */
void pv_journey_follow_assistance (PvJourney *journey, const PvAssistance *assistance);
void pv_journey_handle_assistance (PvJourney *journey, const PvIntention *intention);

/* journey-time.c */
void pv_journey_touch (PvJourney *journey);
void pv_journey_set_overlay (PvJourney *journey, PvOverlay overlay);

/* Screens: each makes the state of one. */
PvScreenState *pv_screen_welcome (PvJourney *journey);
PvScreenState *pv_screen_home (PvJourney *journey);
PvScreenState *pv_screen_list (PvJourney *journey);
PvScreenState *pv_screen_procedure (PvJourney *journey);
PvScreenState *pv_screen_identity (PvJourney *journey);
PvScreenState *pv_screen_question (PvJourney *journey);
PvScreenState *pv_screen_check (PvJourney *journey);
PvScreenState *pv_screen_sending (PvJourney *journey);
PvScreenState *pv_screen_done (PvJourney *journey);
PvScreenState *pv_screen_phone (PvJourney *journey);
PvScreenState *pv_screen_goodbye (PvJourney *journey);
PvScreenState *pv_screen_out_of_order (PvJourney *journey);
PvScreenState *pv_screen_overlay (PvJourney *journey);

/* Shared by the screens. */
const char *pv_language_own_name (const char *code);
/* "Responsible person 2" */
char *pv_screen_row_title (const PvQuestion *block, guint row);
/* Questions of the step that are not a mere text. */
guint pv_step_count_asked (const PvStep *step);
/* "Étape 2 sur 6" and the line. */
void pv_screen_set_progress (PvJourney *journey, PvScreenState *state, gboolean is_check);
PvScreenState *pv_journey_new_screen (PvJourney *journey, PvScreenId id, const char *key, const char *title);
PvAction *pv_screen_add_help_band (PvJourney *journey, PvScreenState *state, gboolean can_quit);
PvAction *pv_screen_add_back (PvScreenState *state);

/**
 * pv_journey_paginate:
 * @heights: of the items, in half-lines
 * @reserved: half-lines that every page needs for something else
 * @ret_first, @ret_end: the items of the present page
 *
 * Returns: the number of pages; corrects the page number
 */
guint pv_journey_paginate (PvJourney *journey, const guint *heights, guint n_items, guint reserved, guint *ret_first,
                           guint *ret_end);
/* Half-lines of a text as wide as the block. */
guint pv_journey_text_height (const PvJourney *journey, const char *text);
/* "Page 1 sur 3". (transfer full) */
char *pv_journey_page_text (const PvJourney *journey, guint n_pages);
/* "Suite" and the page's number. */
void pv_screen_add_pages (PvJourney *journey, PvScreenState *state, guint n_pages);
