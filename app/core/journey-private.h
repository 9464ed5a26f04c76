/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* journey-private.h: what the files journey*.c share; nobody else includes it. */
#pragma once

#include "core/journey.h"
#include "core/language-code.h"
#include "core/mrz.h"
#include "core/opening-hours.h"
#include "core/texts-list.h"

typedef enum {
  PV_AT_WELCOME,
  PV_AT_HOME,
  PV_AT_LIST,
  PV_AT_PROCEDURE,
  PV_AT_IDENTITY,
  PV_AT_QUESTION,
  PV_AT_DOCUMENT, /* of the question that is open */
  PV_AT_FOLLOW,
  PV_AT_PAY,
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
  PV_OVER_LISTEN, /* the voice */
  PV_OVER_WORDS,
  PV_OVER_MEDIATOR,
  PV_OVER_PAPER,
  PV_OVER_PAPERS,
  PV_OVER_CALL,
  PV_OVER_CONSENT, /* never set, but on top while a mediator asks something */
  PV_OVER_REPLY,
  PV_OVER_HELPED,  /* likewise, until the sheet at the end is closed */
  PV_OVER_CLOSING, /* the kiosk closes soon */
  PV_OVER_CANCEL,  /* an appointment: is it really to be given up? */
} PvOverlay;

/* Of PV_AT_IDENTITY. */
typedef enum {
  PV_IDENTITY_CARD,      /* the card and its six digits */
  PV_IDENTITY_READING,   /* do not move it */
  PV_IDENTITY_DOCUMENTS, /* which document has lines to type */
  PV_IDENTITY_ZONE,      /* the lines */
  PV_IDENTITY_CONFIRM,   /* is this you? */
} PvIdentityView;

/* Of a citizen who has chosen nothing. */
#define PV_LOOK_USUAL .text_percent = 100, .theme = "light"

enum { PV_CAN_DIGITS = 6, PV_ZONE_MAX_LINES = 3 };
#define PV_CODE_FIELD "card-code"
#define PV_ZONE_FIELD "zone-" /* and the number of the line */

/* A mediator's help, as far as it is this journey's own. */
typedef struct PvHelp {
  PvAssistance now;          /* as it was told last */
  char *mediator, *place;    /* (nullable): who helps, or helped */
  gint64 began_us, ended_us; /* UTC */
  PvAssistanceEnd end;       /* of the last one */
  GPtrArray *deeds;          /* (element-type PvDeed): for the sheet */
  gboolean has_sheet;        /* is to be shown */
  gboolean is_sheet_printed; /* it was asked for */
  gboolean is_leaving;       /* goodbye comes after the sheet */
  gboolean is_handed_over;   /* a colleague goes on: it is one help, and one sheet */
  guint sheet_page;
  gboolean is_call_stuck;        /* it was asked for, and nothing came of it */
  gboolean has_seen_no_answer;   /* the citizen knows */
  GHashTable *lifted;            /* ids of fields that the citizen shows */
  char *pointed, *pointed_where; /* (nullable): target, and the step where it was */
  gint64 pointed_until_ms;
  char *explanation, *explained_where; /* (nullable): wiped */
  const char *said;                    /* (nullable): quick answer, told for a while that it left */
  gint64 said_until_ms;
} PvHelp;

/* One kind of thing that was done, with how often. */
typedef struct PvDeed {
  char *verb, *label, *mediator; /* @label: (nullable): of a field or button, as the citizen read it */
  guint n;
  GArray *times; /* (element-type gint64): UTC, of the first PV_DEED_MAX_TIMES */
} PvDeed;

enum { PV_DEED_MAX_TIMES = 12 };

/* journey-document.c: a document that is being made for one question. */
typedef struct PvMaking {
  char *path;           /* (nullable) */
  gboolean is_by_phone; /* else by the scanner */
  PvCaptureState state;
  PvCaptureTrouble trouble;
  PvCaptureHint hint;
  guint percent, n_pages, page;
  guint max_pages;
  guint64 max_bytes;
  gboolean is_laying;   /* "Another page": it is to be laid; the pages so far wait */
  gboolean is_kept;     /* the page that is shown, whatever its hint says */
  gboolean is_dropping; /* a page, until it is gone */
  char *url;            /* (nullable): wiped */
  PvDocument *arrived;  /* (nullable): from the phone, not yet said to be right */
} PvMaking;

/* journey-lookup.c */
typedef enum { PV_QR_OTHER, PV_QR_SAFE, PV_QR_PAYMENT } PvQrPurpose;

typedef struct PvLookUp {
  char *code, *amount;  /* (nullable): as typed; wiped */
  char *uuid;           /* (nullable): of the invoice whose amount is asked for; wiped */
  guint64 cents;        /* as asked for last */
  char *error;          /* (nullable): about the field that is shown */
  gboolean has_nothing; /* pay: "I do not have it" */
  gboolean is_asked, has_failed;
  guint retry_after_s;   /* 0, or how long it is not answered */
  gboolean may_be_draft; /* follow: of a tracking code that nothing is known by */
  PvQrPurpose qr;        /* of PV_AT_PHONE */
  PvFollowed *followed;  /* (nullable) */
  PvInvoice *invoice;    /* (nullable) */
} PvLookUp;

/* journey-address.c: what was found last. */
typedef struct PvFinding {
  char *path, *words;   /* (nullable): of what was asked; wiped */
  GPtrArray *addresses; /* (nullable) (element-type PvAddress) */
} PvFinding;

/* journey-appointment.c: the list of free times, and what became of the one that was chosen. */
typedef struct PvSlotList {
  char *path;        /* (nullable): of the question whose list is on the screen */
  gint64 asked_ms;   /* monotonic: when it was asked for last */
  gboolean is_asked; /* and is awaited */
  gboolean has_failed;
  gboolean was_taken; /* the chosen time is gone: told until another one is chosen */
  gboolean needs_ref; /* what was sent did not come about: the next one is another */
  PvBooking *moving;  /* (nullable): what is replaced, or given up */
} PvSlotList;

/* journey-shared.c: the shared screen once more in another language. */
typedef struct PvTelling {
  GArray *decided; /* (nullable) (element-type guint): what it came to for the citizen, in the order of asking */
  guint n_taken;
  gboolean is_noting, is_other;
  /* while it is made in another language: the citizen's */
  const char *language;
  PvTexts *texts;          /* (nullable) */
  PvCatalogue *translated; /* (nullable) */
} PvTelling;

/* journey-opening.c */
typedef struct PvClosing {
  PvOpening *opening; /* (nullable) */
  guint warn_minutes, dark_minutes;
  /* while nobody uses it */
  gboolean is_closed; /* "out of order" says so */
  gboolean is_dark;   /* and is black */
  char *others;       /* (nullable): lines, one in each other language */
  gint64 lit_until_ms;
  /* of a citizen */
  gint64 closes_us;  /* UTC: when it closes next, or closed; 0: not known to */
  guint shown, told; /* which of PvClosingWord is asked over the screen; was understood */
} PvClosing;

struct PvJourney {
  /* configuration */
  char *commune, *place, *service, *address, *email, *phone, *dpo, *hours, *tracking_url;
  char **languages;
  char **directions; /* (nullable) */
  guint idle_seconds, warn_seconds;
  gboolean is_in_maintenance;  /* "out of order" says so */
  gint64 maintenance_until_us; /* 0: until somebody ends it */
  char *maintenance_others;    /* (nullable): lines, one in each other language */
  PvClosing closing;
  gboolean is_printer_enabled, is_clock_verified, can_speak, is_card_enabled;
  gboolean speaks_in_headset_only;
  char *assist_phone;           /* (nullable) */
  PvOpeningHours *assist_hours; /* (nullable): always */
  guint assist_minutes;
  gboolean has_mediator_here;
  gboolean has_scanner, has_drop, can_pay, can_follow, has_addresses;
  gboolean prints_pages;             /* the printer has sheets, not a roll */
  char *safe_url, *login_url, *post; /* (nullable) */
  gboolean is_post;
  PvGlossary *glossary; /* (nullable) */

  /* of the kiosk */
  PvCatalogue *catalogue;
  PvTexts *texts;                /* (nullable): what the portal writes, in the language of the screen */
  PvCatalogue *translated;       /* (nullable): the catalogue in it; made when it is shown */
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
  char *jumped;              /* (nullable): field that was jumped to, of those that are to be mended */
  guint n_jumps;             /* see PvScreenState */
  gboolean is_jumping;       /* its page is to be found */
  char *page_error;          /* (nullable): failing post-conditions */
  gboolean is_from_check;    /* "Modifier": goes back to the check */
  guint check_page;          /* where it was touched */
  char *option_words;        /* (nullable): search in a long list of options */
  GHashTable *asked_options; /* question id -> GUINT_TO_POINTER (1 asked, 2 failed) */
  guint page;                /* of what does not fit */
  GPtrArray *explained; /* (nullable) (element-type PvGlossaryEntry): words of the sheet, borrowed from the glossary */
  guint explained_page;
  gboolean has_store_failed, is_stored;
  PvSubmissionPurpose purpose;
  gint64 sent_ms;   /* monotonic: the citizen said "send" */
  gint64 stored_us; /* UTC */
  PvOutcome *outcome;
  char *proof; /* (nullable): the newest code of the receipt */
  gboolean has_paper_or_phone, is_print_asked;
  gboolean is_other_paper; /* that is being printed, than the receipt */
  gboolean is_large_print; /* chosen for the papers of this filing */
  gboolean has_printed;    /* in this visit: paper may lie in the tray */
  PvPrintState print_state;
  PvPrintReason print_reason;

  PvSpeaking speaking;
  gboolean knows_speaking; /* it was told once */
  gboolean is_speech_own;  /* what is being said came of a touch */
  gint64 speaking_ms;      /* since when */
  const char *echo;        /* word of PV_DO_SPEECH */
  PvHelp help;
  PvMaking making;        /* a document */
  PvLookUp look_up;       /* a request, or an invoice */
  PvFinding finding;      /* addresses */
  gboolean is_practising; /* chosen on Home: the next filing is made up */
  char *day;              /* (nullable): YYYY-MM-DD that is open on an appointment's screen; "/1": its further times */
  PvSlotList slots;
  PvAppointment *appointment; /* (nullable): of what was sent */

  /* time */
  PvMoment now; /* of the last call; owns its zone */
  gboolean is_touched;
  gint64 active_ms; /* last sign of life */
  gint64 overlay_ms;

  GQueue effects;
  guint64 revision;
  PvScreenState *state;  /* (nullable): to be built */
  PvScreenState *shared; /* (nullable): likewise */
  PvTelling telling;
};

enum {
  PV_NEED_TIME_SECONDS = 300,
  PV_SENDING_PATIENCE_SECONDS = 10, /* then the screen says what is going on */
  PV_SENDING_LIMIT_SECONDS = 15,    /* a portal never makes the citizen wait more */
  PV_PRACTICE_SENDING_SECONDS = 4,  /* long enough to read what would happen */
  PV_LOW_LINES = 12,                /* below: the keyboard leaves room for little else */
  PV_LARGE_TEXT_PERCENT = 150,      /* from here on the letters are what takes the room */
  PV_FEW_LINES = 20,                /* below: what is not the question itself is said in fewer lines */
  PV_MANY_OPTIONS = 6,              /* above: a search */
  PV_VERY_MANY_OPTIONS = 20,        /* above: a search, though it leaves room for little else */
  PV_HELPED_IDLE_SECONDS = 300,     /* who is being helped talks, and touches less */
  PV_WAITING_IDLE_SECONDS = 720, /* a call, a page, a phone: each ends by itself before, the phone after ten minutes */
  PV_AFTER_CLOSING_MINUTES = 30, /* who was there when the kiosk closed may finish */
  PV_LAST_WORD_MINUTES = 5,      /* and is told so long before that ends */
  PV_NOTICED_MS = 5000,          /* signs of life are not noted more often */
  PV_CALL_PATIENCE_SECONDS = 15, /* then a call that nothing came of is given up */
  PV_POINTED_SECONDS = 20,
  PV_SAID_SECONDS = 8,
  PV_EXPLANATION_MAX_CHARS = 400,
  PV_SPEAKING_MAX_SECONDS = 600, /* a voice that never ends does not keep a session for ever; 1,200 slow words */
  PV_OWN_SPEECH_SECONDS = 10,    /* what is said so soon after a touch came of it */
  PV_AFTER_SPEECH_SECONDS = 20,  /* to answer what was said (EN 301 549, 11.2.2.1) */
};

void pv_journey_today (const PvJourney *journey, GDate *ret_today);
void pv_journey_set_now (PvJourney *journey, const PvMoment *now);
/* They are to be made anew. */
void pv_journey_forget_screens (PvJourney *journey);
/* Without what is only for the citizen. (transfer full) */
PvScreenState *pv_journey_make_state (PvJourney *journey, PvOverlay overlay);
PvEffect *pv_journey_queue (PvJourney *journey, PvEffectKind kind, const char *text);
void pv_journey_go (PvJourney *journey, PvStage stage);
void pv_journey_forget_filing (PvJourney *journey);
/* A scanner is there; who practises needs none: the page is made up. */
gboolean pv_journey_may_scan (const PvJourney *journey);
/* Everything that it must have can be given here. */
gboolean pv_journey_is_fillable (const PvJourney *journey, const PvProcedure *procedure);
/* The steps now and where in them the citizen is. (transfer full) */
GPtrArray *pv_journey_list_steps (const PvJourney *journey, guint *ret_index);
void pv_journey_answer (PvJourney *journey, const PvIntention *intention);
/* Takes @value; does nothing where the actor may not, or the question takes no such value. */
void pv_journey_set_answer (PvJourney *journey, const PvIntention *intention, const char *path, PvValue *value);
/* Three texts, each to be wiped: day, month, year as typed. */
void pv_journey_split_date (const char *text, char **ret_parts);
void pv_journey_next_step (PvJourney *journey);
void pv_journey_previous_step (PvJourney *journey);
void pv_journey_open_step (PvJourney *journey, const char *key);
void pv_journey_fetch_step_options (PvJourney *journey);
void pv_journey_send (PvJourney *journey, PvSubmissionPurpose purpose);

/* journey-handle.c */
void pv_journey_open_procedure (PvJourney *journey, const char *slug);

/* journey-receipt.c; texts are (transfer full) */
PvReceipt *pv_journey_make_receipt (const PvJourney *journey);
/* NULL without a legal meaning; @ret_strong: its last words. */
char *pv_journey_silence_sentence (const PvJourney *journey, char **ret_strong);
char *pv_journey_reference (const PvJourney *journey, const char **ret_label);
char *pv_journey_tracking_code (const PvJourney *journey);
char *pv_journey_qr_text (const PvJourney *journey);

/* journey-papers.c */
/* Size of the letters on a paper: as on the screen, or larger if it was wished. */
guint pv_journey_paper_percent (const PvJourney *journey);
/* One paper at a time. */
gboolean pv_journey_may_print (const PvJourney *journey);
void pv_journey_print_receipt (PvJourney *journey);
/* There is more than the receipt, or it can be had in large letters. */
gboolean pv_journey_has_papers (const PvJourney *journey);
void pv_journey_open_papers (PvJourney *journey);
/* While the sheet is open. TRUE: that was for it. */
gboolean pv_journey_handle_papers (PvJourney *journey, const PvIntention *intention);
PvSummarySheet *pv_journey_make_summary (PvJourney *journey);
/* What is followed has an appointment that is still to come, and a printer takes it. */
gboolean pv_journey_may_print_followed (const PvJourney *journey);
/* On "Follow", where there is no sheet to choose a paper on. */
void pv_journey_print_followed (PvJourney *journey);
/* journey-screens-appointment.c: "Thursday 3 December 2026 at 9:20". (transfer full) (nullable) */
char *pv_journey_tell_time (const PvJourney *journey, gint64 starts_us);
/* journey-screens-appointment.c: of the service, grouped. (transfer full) (nullable) */
char *pv_journey_dup_phone (const PvJourney *journey);
PvScreenState *pv_screen_papers (PvJourney *journey);
/* journey-screens-check.c: label and answer of each row of the check, and the statements. (transfer full) (element-type
 * PvReceiptLine) */
GPtrArray *pv_journey_list_answers (PvJourney *journey);

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
/* Practising: the card of somebody who does not exist. */
void pv_journey_take_sample_identity (PvJourney *journey);
void pv_journey_identity_back (PvJourney *journey);
void pv_journey_handle_identity (PvJourney *journey, const PvIntention *intention);
void pv_journey_follow_card (PvJourney *journey, const PvCardReport *report);
/* To be called when the screen may have changed: begins or ends the watch, and lets the photo go. */
void pv_journey_watch_card (PvJourney *journey);
void pv_journey_forget_identity (PvJourney *journey);

/* journey-document.c */
void pv_journey_handle_document (PvJourney *journey, const PvIntention *intention);
void pv_journey_follow_capture (PvJourney *journey, const PvCaptureReport *report);
void pv_journey_take_document (PvJourney *journey, const PvDocument *document);
/* Ends the making, whatever it waits for. */
void pv_journey_forget_document (PvJourney *journey);
/* That the document is made for; NULL: none is. */
const PvQuestion *pv_journey_making_question (const PvJourney *journey);
gboolean pv_making_shows_page (const PvMaking *making);
gboolean pv_making_is_laying (const PvMaking *making);
/* Value of PV_DO_SCAN: the page that is shown goes, and is laid anew. */
#define PV_SCAN_AGAIN "again"

/* journey-screens-document.c: of a question of kind FILE: what is attached, and the ways to attach more */
void pv_screen_add_documents (PvJourney *journey, PvScreenState *state, PvField *field, const char *path);
void pv_screen_add_ways (PvJourney *journey, PvScreenState *state, const PvQuestion *question, const char *path,
                         gboolean is_alone);

/* journey-appointment.c */
void pv_journey_handle_appointment (PvJourney *journey, const PvIntention *intention);
/* The time that was chosen is gone: back to the list, with all other answers. */
void pv_journey_slot_is_taken (PvJourney *journey);
/* Asks for the list unless a fresh one is there. */
void pv_journey_ask_slots (PvJourney *journey, const PvQuestion *question, const char *path);
void pv_journey_slots_came (PvJourney *journey, const char *path, gboolean is_there);
void pv_journey_forget_slots (PvJourney *journey);
gint64 pv_journey_slots_deadline_ms (const PvJourney *journey);
void pv_journey_tick_slots (PvJourney *journey);
/* Of the answers; of what is given up. (transfer full) (nullable) */
PvAppointment *pv_journey_make_appointment (const PvJourney *journey);
PvAppointment *pv_journey_make_cancellation (const PvJourney *journey);
/* FALSE: another reference is needed, and not there yet. */
gboolean pv_journey_take_new_ref (PvJourney *journey);
/* "jeudi 3 décembre 2026 à 9 h 20" of what was sent. (transfer full) (nullable) */
char *pv_journey_appointment_time (const PvJourney *journey);
/* The agenda was seen to have it. */
gboolean pv_journey_is_booked (const PvJourney *journey);
/* What is still to be done about it, in one or two sentences; NULL: nothing. (transfer full) */
char *pv_journey_appointment_note (const PvJourney *journey);
/* The event for a phone's calendar; NULL: nothing may be promised yet. (transfer full) */
char *pv_journey_calendar (const PvJourney *journey);
PvScreenState *pv_screen_cancel (PvJourney *journey);
/* Days and times of a question with PV_QUESTION_SLOT; instead of its choices. */
void pv_screen_add_slots (PvJourney *journey, PvScreenState *state, const PvQuestion *question, const char *path);

/* journey-lookup.c */
/* The invoice itself, and not only what is due. */
gboolean pv_journey_prints_invoice (const PvJourney *journey);
void pv_journey_handle_look_up (PvJourney *journey, const PvIntention *intention);
/* journey-screens-lookup.c: what is due, on paper. (transfer full) */
PvInvoiceSlip *pv_journey_make_slip (const PvJourney *journey);
void pv_journey_forget_look_up (PvJourney *journey);
/* The appointment of what is followed, as far as it can be moved or given up here and now. (nullable) */
const PvBooking *pv_journey_get_booking (const PvJourney *journey);

/* journey-elsewhere.c: practising; at home, or on the phone */
void pv_journey_handle_elsewhere (PvJourney *journey, const PvIntention *intention);
/* Back to Home; nothing of the practice goes on. */
void pv_journey_leave_practice (PvJourney *journey);
/* Practising, and there is a made-up answer to something that is typed, or is a document. */
gboolean pv_journey_offers_sample (const PvJourney *journey, const PvStep *step);
/* In plain words, why it is not done here. */
const char *pv_journey_beyond_sentence (PvBeyond beyond);
/* For who follows the code of a draft that the portal has thrown away. */
const char *pv_journey_draft_gone_sentence (void);
/* The last day of the draft that was stored. (transfer full) (nullable): none was */
char *pv_journey_draft_end (const PvJourney *journey);

/* journey-address.c */
/* To be asked for again, as the step is opened. */
void pv_journey_look_for_addresses (PvJourney *journey, const PvStep *step);
/* Of a question with PV_QUESTION_ADDRESS, or PLACE: TRUE: it was typed or chosen from what was found. */
gboolean pv_journey_answer_address (PvJourney *journey, const PvIntention *intention);
/* Who types on in another field wants none of the addresses offered under this one: they take the room of what is typed now. */
void pv_journey_type_elsewhere (PvJourney *journey, const char *path);
void pv_journey_forget_finding (PvJourney *journey);
void pv_screen_add_found (PvJourney *journey, PvField *field, const PvQuestion *question, const char *path);
/* Of a PLACE: nothing is found, or nothing can be. */
void pv_screen_add_place_notice (PvJourney *journey, PvScreenState *state, const PvQuestion *question,
                                 const char *path);

/* journey-assist.c */
void pv_journey_init_help (PvJourney *journey, const PvJourneyConfig *config);
void pv_journey_clear_help (PvJourney *journey);
void pv_journey_follow_assistance (PvJourney *journey, const PvAssistance *assistance);
void pv_journey_follow_pointing (PvJourney *journey, const char *target);
/* What a mediator fills in is shown to the citizen: it may stand on another page of the screen. */
void pv_journey_point_at_answer (PvJourney *journey, const PvIntention *intention);
void pv_journey_follow_explanation (PvJourney *journey, const char *text);
void pv_journey_follow_deed (PvJourney *journey, const char *verb, const char *target);
void pv_help_forget_explanation (PvHelp *help);
/* What goes with the mediator. */
void pv_help_forget_presence (PvHelp *help);
void pv_help_forget_deeds (PvHelp *help);
void pv_journey_end_help (PvJourney *journey, PvAssistanceEnd end);
/* What is shown over the screen: what was opened, or what is to be answered first. */
PvOverlay pv_journey_get_overlay (const PvJourney *journey);
gboolean pv_overlay_is_about_help (PvOverlay overlay);
gboolean pv_journey_is_helped (const PvJourney *journey);
/* The question that may be answered now. */
PvAssistanceQuestion pv_journey_get_question (const PvJourney *journey);
/* The step where the citizen is: what was pointed at or explained there means nothing elsewhere. (transfer full) */
char *pv_journey_where (const PvJourney *journey);
gint64 pv_journey_help_deadline_ms (const PvJourney *journey);
void pv_journey_tick_help (PvJourney *journey);
/* Before a screen is made: what was pointed at or explained on another one goes. */
void pv_journey_settle_help (PvJourney *journey);

/* journey-assist-touch.c */
/* "show", "propose", "hand", "handover" */
const char *pv_help_question_name (PvAssistanceQuestion question);
gboolean pv_journey_may_keep (const PvJourney *journey);
void pv_journey_handle_assistance (PvJourney *journey, const PvIntention *intention);
/* TRUE: a sheet about the help is open, and that was for it, or for nobody. */
gboolean pv_journey_handle_help_sheet (PvJourney *journey, const PvIntention *intention);
/* "Any touch takes the hand back": to be called for each intention of the citizen. */
void pv_journey_note_touch (PvJourney *journey, const PvIntention *intention);
gboolean pv_journey_mediator_may (const PvJourney *journey, const PvIntention *intention);
/* The procedure is over: TRUE: the sheet of what was done comes first. */
gboolean pv_journey_finish_help (PvJourney *journey);
/* The citizen is gone. */
void pv_journey_drop_help (PvJourney *journey);

/* journey-assist-sheet.c */
void pv_deed_free (PvDeed *deed);
/* There is a sentence for it; the rest is the protocol's own. */
gboolean pv_deed_is_told (const char *verb);
/* Sentences, in order. (transfer full) (element-type utf8) */
GPtrArray *pv_journey_list_deeds (const PvJourney *journey);
PvAssistSheet *pv_journey_make_sheet (const PvJourney *journey);

/* journey-assist-words.c */
/* "Claire" of "Claire M."; (transfer full) */
char *pv_help_short_name (const char *mediator);
/* "Claire M., Ville de Montclair". (transfer full) */
char *pv_help_full_name (const PvHelp *help);
char *pv_help_end_sentence (const PvHelp *help);
/* What the citizen sees of the help on any screen: banner, proposal, what glows, what stays private. */
void pv_journey_show_help (PvJourney *journey, PvScreenState *state, PvOverlay overlay);
/* Half-lines that it takes from the block. */
guint pv_journey_help_height (const PvJourney *journey);
/* "Claire explique : …", whole or cut to @max_chars. (transfer full) */
char *pv_help_explanation (const PvHelp *help, guint max_chars);
/* What a quick answer is called; NULL: no such answer. */
const char *pv_help_quick_label (const char *id);

/* journey-speech.c */
void pv_journey_listen (PvJourney *journey, const PvIntention *intention);
void pv_journey_handle_speech (PvJourney *journey, const PvIntention *intention);
void pv_journey_lift_curtain (PvJourney *journey);
/* Until when the voice holds time; 0: it is silent. */
gint64 pv_journey_speaking_end_ms (const PvJourney *journey);
PvScreenState *pv_screen_listen (PvJourney *journey);
/* "Listen", or "Voice" once it speaks, in the help band of @state; nothing where nothing speaks. */
void pv_screen_add_listen (PvJourney *journey, PvScreenState *state);
/* journey-screens-words.c */
/* "Explain the words", if the screen has words to explain and its band has room. */
void pv_screen_offer_words (PvJourney *journey, PvScreenState *state);
void pv_journey_open_words (PvJourney *journey);
/* While the sheet is open. TRUE: that was all. */
gboolean pv_journey_handle_words (PvJourney *journey, const PvIntention *intention);
PvScreenState *pv_screen_words (PvJourney *journey);

/* journey-screens-errors.c: what is wrong, at the top, with a way to each field; and who has the focus */
/* @has_several: more than one thing is asked for on the screen */
void pv_screen_summarise_errors (PvJourney *journey, PvScreenState *state, gboolean has_several);
/* A way to a field, which need not be on this page. */
void pv_screen_add_jump (PvScreenState *state, const char *path, const char *label, const char *error);
/* The field that was jumped to, else the first wrong one, else the first that is typed in. */
void pv_screen_choose_focus (const PvJourney *journey, PvScreenState *state);
void pv_journey_handle_jump (PvJourney *journey, const char *path);
/* The first wrong answer gets the focus, whatever has it. */
void pv_journey_show_errors (PvJourney *journey);

/* journey-time.c */
/* How long nobody may touch anything. */
guint pv_journey_patience_seconds (const PvJourney *journey);
void pv_journey_touch (PvJourney *journey);
void pv_journey_set_overlay (PvJourney *journey, PvOverlay overlay);

/* Screens: each makes the state of one. */
PvScreenState *pv_screen_welcome (PvJourney *journey);
PvScreenState *pv_screen_home (PvJourney *journey);
PvScreenState *pv_screen_list (PvJourney *journey);
PvScreenState *pv_screen_procedure (PvJourney *journey);
PvScreenState *pv_screen_identity (PvJourney *journey);
PvScreenState *pv_screen_question (PvJourney *journey);
PvScreenState *pv_screen_document (PvJourney *journey);
PvScreenState *pv_screen_follow (PvJourney *journey);
PvScreenState *pv_screen_pay (PvJourney *journey);
/* PV_AT_PHONE for what was looked up, or for the safe. */
PvScreenState *pv_screen_look_up_qr (PvJourney *journey);
PvScreenState *pv_screen_check (PvJourney *journey);
PvScreenState *pv_screen_sending (PvJourney *journey);
PvScreenState *pv_screen_done (PvJourney *journey);
PvScreenState *pv_screen_phone (PvJourney *journey);
PvScreenState *pv_screen_goodbye (PvJourney *journey);
PvScreenState *pv_screen_out_of_order (PvJourney *journey);
PvScreenState *pv_screen_maintenance (PvJourney *journey);
/* A field for each of @others (nullable), lines in other languages: pages end between them. */
void pv_screen_add_others (PvScreenState *state, const char *others);
gint64 pv_journey_maintenance_deadline_ms (const PvJourney *journey);
void pv_journey_tick_maintenance (PvJourney *journey);
/* "Come back at 14:30.", with the day if it is another one; NULL: @us is 0. (transfer full) */
char *pv_journey_say_when (gint64 us, const PvMoment *now);
PvScreenState *pv_screen_closed (PvJourney *journey);
PvScreenState *pv_screen_closing (PvJourney *journey);
gint64 pv_journey_opening_deadline_ms (const PvJourney *journey);
void pv_journey_tick_opening (PvJourney *journey);
/* It is out of order, or in maintenance: that is what is said. */
void pv_journey_forget_closed (PvJourney *journey);
/* Somebody is at a closed kiosk: the notice is seen for a minute. FALSE: it is not closed. */
gboolean pv_journey_light_up (PvJourney *journey);
/* What is asked over the screen was understood. */
void pv_journey_note_closing (PvJourney *journey);
PvScreenState *pv_screen_overlay (PvJourney *journey, PvOverlay overlay);
PvScreenState *pv_screen_mediator (PvJourney *journey);
PvScreenState *pv_screen_look (PvJourney *journey);
PvScreenState *pv_screen_call (PvJourney *journey);
PvScreenState *pv_screen_consent (PvJourney *journey);
PvScreenState *pv_screen_reply (PvJourney *journey);
PvScreenState *pv_screen_helped (PvJourney *journey);

/* journey-shared.c */
/* @own: what a screen decides by how long its texts are. Returns what was decided on the citizen's screen, while it is made
 * once more in another language. */
guint pv_journey_decide (PvJourney *journey, guint own);
/* Of the citizen, in whatever language the screen is being made. */
const char *pv_journey_get_read_language (const PvJourney *journey);
const PvTexts *pv_journey_get_read_texts (const PvJourney *journey);
/* The procedures of the list, or found. (transfer container) (element-type PvCatalogueEntry) */
GPtrArray *pv_journey_list_entries (PvJourney *journey);

/* journey-texts.c: what the portal wrote, as it is shown. @question: (nullable): of no question */
/* The translation, or the French itself. (transfer none) (nullable): as @french */
const char *pv_journey_say (const PvJourney *journey, const PvQuestion *question, const char *french);
/* Likewise, in the language of the citizen: what is searched. */
const char *pv_journey_say_read (const PvJourney *journey, const PvQuestion *question, const char *french);
/* What stands beside it in a state. (transfer full) (nullable) */
char *pv_journey_official (const PvJourney *journey, const PvQuestion *question, const char *french);
/* A sentence about an answer, or several in lines, if it is the portal's; else as it is. Takes @sentence (nullable). */
char *pv_journey_say_lines (const PvJourney *journey, const PvQuestion *question, char *sentence);
/* As pv_filing_display_masked(), or pv_filing_display(). (transfer full), wipe */
char *pv_journey_display (const PvJourney *journey, const PvQuestion *question, const char *path, gboolean is_masked);
/* The catalogue as it is shown and searched. (nullable) */
PvCatalogue *pv_journey_get_catalogue (PvJourney *journey);
void pv_journey_forget_texts (PvJourney *journey);
/* Whether the citizen may write otherwise than their documents do, and a name is asked for. */
gboolean pv_journey_wants_latin_name (const PvJourney *journey, const PvQuestion *question);

/* Shared by the screens. */
/* "The printer has no more paper. Call an agent." (transfer none) */
const char *pv_screen_print_reason (PvPrintReason reason);
/* The same for a job that failed, or of which nobody knows. */
const char *pv_screen_print_end (PvPrintState state, PvPrintReason reason);
/* A tile that leads to the portal's own safe, in a list; NULL if there is none. */
PvChoice *pv_screen_add_safe_tile (const PvJourney *journey, PvField *tiles);
/* Where the citizen is: "Espace numérique · Poste 3". (transfer full) (nullable) */
char *pv_journey_place (const PvJourney *journey);
/* "Responsible person 2"; of a table its row: "Line 2", or what the form calls it. */
char *pv_screen_row_title (const PvJourney *journey, const PvQuestion *block, guint row);
gboolean pv_step_is_of_table (const PvStep *step);
/* "Child 2 · Date of birth"; @label itself where there are no rows. */
char *pv_screen_name_row (const PvJourney *journey, const PvStep *step, const char *label);
/* Likewise, as the portal wrote it, to stand beside. (transfer full) (nullable) */
char *pv_screen_official_row (const PvJourney *journey, const PvStep *step, const char *french);
/* "Budget of the project · Line 1" */
char *pv_screen_table_title (const PvJourney *journey, const PvStep *step);
/* "Spent on: sound, Amount: 300": what is answered of a row, or of the columns in @step (nullable). @is_official: in French. Wipe. */
char *pv_screen_join_cells (const PvJourney *journey, const PvQuestion *block, guint row, const PvStep *step,
                            gboolean is_official);
/* Questions of the step that are not a mere text. */
guint pv_step_count_asked (const PvStep *step);
/* Where answers may become a draft: the button for it, as KEEP or HAND_OVER. */
void pv_screen_add_hand_over (PvJourney *journey, PvScreenState *state, PvIntentionKind intention);
/* The portal's own page of the procedure. (nullable) */
const char *pv_journey_page_url (const PvJourney *journey);
/* "Étape 2 sur 6" and the line. */
void pv_screen_set_progress (PvJourney *journey, PvScreenState *state, gboolean is_check);
PvScreenState *pv_journey_new_screen (PvJourney *journey, PvScreenId id, const char *key, const char *title);
PvAction *pv_screen_add_help_band (PvJourney *journey, PvScreenState *state, gboolean can_quit);
PvAction *pv_screen_add_back (PvScreenState *state);
PvAction *pv_screen_add_action_with_icon (PvScreenState *state, PvActionRole role, PvIntentionKind intention,
                                          const char *label, const char *icon);
PvScreenState *pv_screen_new_overlay (PvJourney *journey, PvScreenId id, const char *title, const char *help);
/* How to reach the town hall, as far as it is known; at most @max_rows. @summary: (nullable): rows are added to it. */
void pv_screen_add_contacts (PvJourney *journey, PvScreenState *state, PvField *summary, guint max_rows);

/* Half-lines that one answer to choose takes, and the room around it. */
guint pv_journey_choice_height (const PvJourney *journey);

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
