/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* journey.h: one citizen's way through the screens, as a pure state machine.
 *
 * Intentions and events go in; a screen-state and effects come out. No I/O, no clock: the time is an argument of each
 * call. The session program performs the effects and feeds the answers back.
 */
#pragma once

#include "core/appointment-sheet.h"
#include "core/assist-sheet.h"
#include "core/assistance.h"
#include "core/address.h"
#include "core/capture.h"
#include "core/card.h"
#include "core/catalogue.h"
#include "core/filing.h"
#include "core/followed.h"
#include "core/glossary.h"
#include "core/invoice.h"
#include "core/invoice-slip.h"
#include "core/opening.h"
#include "core/receipt.h"
#include "core/screen-state.h"
#include "core/summary-sheet.h"
#include "core/texts.h"

/* What the journey needs to know of the commune and the kiosk; copied. */
typedef struct PvJourneyConfig {
  const char *commune, *place;
  const char *service, *address, *email, *phone, *dpo,
    *hours;                     /* (nullable): defaults for receipts and "out of order" */
  const char *tracking_url;     /* (nullable): "https://.../code/", the tracking code is appended */
  const char *const *languages; /* codes, first is the default: "fr", "en" */
  guint idle_seconds;           /* 90 */
  guint warn_seconds;           /* 60 */
  gboolean is_printer_enabled;
  gboolean is_clock_verified;
  gboolean starts_low;             /* reach: the screen is too high */
  gboolean can_speak;              /* something speaks: offers "Listen" */
  gboolean speaks_in_headset_only; /* there is no loudspeaker, or none is wanted */
  gboolean is_card_enabled;        /* identity cards can be read here */
  /* assistance */
  const char *assist_phone;   /* (nullable): the mediators' number */
  const char *assist_hours;   /* (nullable): when they answer, in the words of core/opening-hours.h; NULL: always */
  guint assist_minutes;       /* until they answer, roughly; 0: not said */
  gboolean has_mediator_here; /* one may be in the room */
  /* documents, payment, safe */
  gboolean has_scanner;   /* a device is configured */
  gboolean has_drop;      /* a relay takes documents from phones */
  gboolean can_pay;       /* invoices can be looked up */
  gboolean can_follow;    /* requests can be looked up by their tracking code; the kiosk's own reference always can */
  const char *safe_url;   /* (nullable): the portal's own login, in front of the person's documents */
  const char *login_url;  /* (nullable): the same in front of invoices */
  gboolean has_addresses; /* the local index is there */
  gboolean is_post;       /* profile `post`: an ordinary computer, with mouse and keyboard */
  const char *post;       /* (nullable): its number in the room */
  PvOpening *opening; /* (nullable): referenced: when the kiosk serves; NULL: always. Only a verified clock closes it */
  guint closing_minutes;         /* 10: who uses it is told so long before it closes */
  guint dark_minutes;            /* 5: so long after it closed the screen turns black; 0: never */
  PvGlossary *glossary;          /* (nullable): referenced: difficult words that are explained */
  const char *const *directions; /* (nullable): to places, as in core/directions.h */
} PvJourneyConfig;

/* How much fits on a screen; told by the view for the present size, orientation and text size. */
typedef struct PvCapacity {
  guint lines; /* text lines of the block between title and action band */
  guint chars_per_line;
} PvCapacity;

typedef struct PvMoment {
  gint64 utc_us; /* wall clock */
  gint64 monotonic_ms;
  GTimeZone *zone; /* of the commune */
} PvMoment;

typedef enum {
  PV_EFFECT_FETCH_CATALOGUE,
  PV_EFFECT_FETCH_PROCEDURE,   /* text: slug */
  PV_EFFECT_FETCH_OPTIONS,     /* text: slug, path: question */
  PV_EFFECT_STORE,             /* submission: seal it and give it to the outbox */
  PV_EFFECT_PRINT,             /* receipt */
  PV_EFFECT_PRINT_SUMMARY,     /* summary */
  PV_EFFECT_PRINT_APPOINTMENT, /* appointment */
  PV_EFFECT_SET_LANGUAGE,      /* text: code; then call pv_journey_language_changed() */
  PV_EFFECT_SET_LOOK,          /* the look changed: see pv_journey_get_look() */
  PV_EFFECT_SPEECH,            /* text: word of PvNarrate, "echo-letters", "echo-words", "echo-nothing" */
  PV_EFFECT_GOODBYE,           /* Goodbye is shown: ask the supervisor for the next session, then leave */
  PV_EFFECT_CARD_WATCH,        /* look for cards; forget any code */
  PV_EFFECT_CARD_CODE, /* text: six digits, or the lines of a zone: read the card that lies there, or the next */
  PV_EFFECT_CARD_STOP,
  PV_EFFECT_PORTRAIT_FORGET, /* the photo has no place any more */
  PV_EFFECT_TOUCHED,         /* first touch of this citizen: the supervisor must know */
  PV_EFFECT_ASSIST_CALL,     /* text: "here" or "afar" */
  PV_EFFECT_ASSIST_WITHDRAW,
  PV_EFFECT_ASSIST_GRANT, /* these six: the citizen's touch on the question, or on the right */
  PV_EFFECT_ASSIST_REFUSE,
  PV_EFFECT_ASSIST_RENEW,
  PV_EFFECT_ASSIST_STEP_DOWN,
  PV_EFFECT_ASSIST_STOP,
  PV_EFFECT_ASSIST_ELSEWHERE, /* any other touch: takes the hand back */
  PV_EFFECT_ASSIST_ACCEPT,    /* the proposal that waits */
  PV_EFFECT_ASSIST_DECLINE,
  PV_EFFECT_ASSIST_QUICK,  /* text: as PV_DO_QUICK */
  PV_EFFECT_ASSIST_LIFT,   /* text: field */
  PV_EFFECT_ASSIST_FINISH, /* the procedure is over, or the citizen leaves */
  PV_EFFECT_PRINT_SHEET,   /* sheet: what was done */
  PV_EFFECT_SCAN_OPEN,     /* capture: what the document may be */
  PV_EFFECT_SCAN_PAGE,
  PV_EFFECT_SCAN_TURN, /* number: page */
  PV_EFFECT_SCAN_DROP, /* number: page */
  PV_EFFECT_SCAN_SHOW, /* number: the page whose picture is to be shown */
  PV_EFFECT_SCAN_FINISH,
  PV_EFFECT_DROP_OPEN,      /* capture */
  PV_EFFECT_CAPTURE_CLOSE,  /* ends either; nothing of it is kept */
  PV_EFFECT_FOLLOW,         /* text: code or reference, normalised */
  PV_EFFECT_FIND_INVOICE,   /* text: its uuid, number: amount in cents */
  PV_EFFECT_PRINT_INVOICE,  /* likewise */
  PV_EFFECT_PRINT_SLIP,     /* slip: what is due, where the invoice itself cannot be printed */
  PV_EFFECT_FIND_ADDRESSES, /* path, text: words; number: 1: crossings too */
  PV_EFFECT_PRACTICE,       /* number: 1: from now on nothing may be written; 0: the practice is over */
  PV_EFFECT_CLOSED,         /* the kiosk is closed now: pv_journey_set_closed_others() */
  PV_EFFECT_GIVE_REF,       /* a new kiosk reference is needed: pv_journey_set_ref() */
} PvEffectKind;

typedef struct PvEffect {
  PvEffectKind kind;
  char *text;                      /* (nullable): wiped */
  char *path;                      /* (nullable) */
  PvSubmission *submission;        /* (nullable), owned */
  PvReceipt *receipt;              /* (nullable), owned */
  PvAssistSheet *sheet;            /* (nullable), owned */
  PvCaptureRules *capture;         /* (nullable), owned */
  PvInvoiceSlip *slip;             /* (nullable), owned */
  PvSummarySheet *summary;         /* (nullable), owned */
  PvAppointmentSheet *appointment; /* (nullable), owned */
  guint64 number;
} PvEffect;

void pv_effect_free (PvEffect *effect);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvEffect, pv_effect_free)

typedef struct PvLook {
  guint text_percent; /* 100, 125, 150, 200 */
  const char *theme;  /* "light", "dark", "contrast" */
  gboolean is_low;
  const char *language;
  gboolean is_curtained;   /* nothing is to be seen: who listens does not want to be read over the shoulder */
  gboolean is_left_handed; /* what is touched stands to the left */
  gboolean is_slow;        /* a trembling hand: touches count later, and less often */
} PvLook;

/* What is known of the voice; replaced as a whole. */
typedef struct PvSpeaking {
  gboolean is_on;       /* it says what is shown */
  gboolean is_speaking; /* at this moment, or is about to */
  gboolean has_headset;
  gboolean has_failed;  /* it was asked for, and is away */
  gboolean lacks_voice; /* nothing speaks the language of the screen */
} PvSpeaking;

typedef enum {
  PV_PRINT_PREPARING,
  PV_PRINT_SENDING,
  PV_PRINT_PRINTING,
  PV_PRINT_ATTENTION,
  PV_PRINT_DONE,
  PV_PRINT_FAILED,
  PV_PRINT_UNKNOWN,
} PvPrintState;

/* Why printing stands still or failed, as the citizen can be told. */
typedef enum {
  PV_PRINT_REASON_NONE,
  PV_PRINT_REASON_NO_PAPER,
  PV_PRINT_REASON_JAM,
  PV_PRINT_REASON_OPEN,
  PV_PRINT_REASON_TAKE_PAPER,
  PV_PRINT_REASON_INK,
  PV_PRINT_REASON_OFFLINE,
  PV_PRINT_REASON_BUSY,        /* with something else: soon */
  PV_PRINT_REASON_SERVICE,     /* stopped, full, or not for this paper: out of service until somebody has looked */
  PV_PRINT_REASON_PAPER_LOW,   /* prints; for the staff only */
  PV_PRINT_REASON_CERTIFICATE, /* another printer answers: out of service for the citizen, an alarm for the staff */
  PV_PRINT_REASON_OTHER,       /* the last, as on org.parvis.Printer1 */
} PvPrintReason;

/* For logs and documents: "no-paper"; "other" for what is none. */
const char *pv_print_reason_word (PvPrintReason reason);

typedef struct PvJourney PvJourney;

PvJourney *pv_journey_new (const PvJourneyConfig *config);
void pv_journey_free (PvJourney *journey);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvJourney, pv_journey_free)

/* A random kiosk reference for the next filing; copied. Must be given before BEGIN and again after each ANOTHER. */
void pv_journey_set_ref (PvJourney *journey, const char *ref);
void pv_journey_set_capacity (PvJourney *journey, const PvCapacity *capacity);

/* Everything below may change the screen and queue effects. */
void pv_journey_handle (PvJourney *journey, const PvIntention *intention, const PvMoment *now);
void pv_journey_tick (PvJourney *journey, const PvMoment *now);
/**
 * pv_journey_noticed:
 * @is_button: what was pressed does something by itself, or leads to what does: a button, Tab, Enter
 *
 * A press of a finger, a pointer or a key, before anything comes of it: somebody is there. Any but that of a button answers
 * "Are you still there?"; a button is to be there when the finger leaves it, but is given its time anew.
 *
 * Returns: TRUE if screen or deadlines changed; presses that follow one another within seconds change nothing
 */
gboolean pv_journey_noticed (PvJourney *journey, gboolean is_button, const PvMoment *now);
/* Monotonic ms at which tick has something to do; G_MAXINT64 = never. */
gint64 pv_journey_next_deadline_ms (const PvJourney *journey);
/* Monotonic ms at which the journey ends if nobody touches the screen; G_MAXINT64 = never. For the supervisor. */
gint64 pv_journey_end_deadline_ms (const PvJourney *journey);
/* NULL: could not be had so far. */
void pv_journey_catalogue_loaded (PvJourney *journey, PvCatalogue *catalogue, const PvMoment *now);
/* NULL: could not be had (offline and not cached). */
void pv_journey_procedure_loaded (PvJourney *journey, const char *slug, PvProcedure *procedure, const PvMoment *now);
/* Takes @options; NULL: could not be had. */
void pv_journey_options_loaded (PvJourney *journey, const char *path, GPtrArray *options, const PvMoment *now);
/* The outbox has it on disk, or could not (full disk). */
void pv_journey_stored (PvJourney *journey, gboolean is_stored, const PvMoment *now);
void pv_journey_outcome (PvJourney *journey, const PvOutcome *outcome, const PvMoment *now);
/* What the receipt of the filing with this reference can be proven with (receipt-code.h); of another filing it is passed over. */
void pv_journey_set_proof (PvJourney *journey, const char *ref, const char *code);
void pv_journey_print_state (PvJourney *journey, PvPrintState state, PvPrintReason reason, const PvMoment *now);
void pv_journey_printer_available (PvJourney *journey, gboolean is_available, PvPrintReason reason,
                                   const PvMoment *now);
/* What the reader tells between PV_EFFECT_CARD_WATCH and _STOP; copied. */
void pv_journey_card_report (PvJourney *journey, const PvCardReport *report, const PvMoment *now);
/* A photo came beside a report that was told just now. TRUE: "Is this you?" has a place for it, until
 * PV_EFFECT_PORTRAIT_FORGET; else it is nobody's. The journey never has it. */
gboolean pv_journey_portrait_came (PvJourney *journey, const PvMoment *now);
/* It is no picture: its place goes. */
void pv_journey_portrait_failed (PvJourney *journey, const PvMoment *now);
/* What is known of the help now; copied. */
void pv_journey_assistance_changed (PvJourney *journey, const PvAssistance *assistance, const PvMoment *now);
/* The mediator points: @target is a field's id, or "action:" and the name of an intention. Glows for a while. */
void pv_journey_pointed (PvJourney *journey, const char *target, const PvMoment *now);
/* The mediator's plain sentences: shown, and said, until they are answered or the screen changes. */
void pv_journey_explained (PvJourney *journey, const char *text, const PvMoment *now);
/* Something was done in this assistance: a verb of the audit log and the id of a field, for the sheet at its end. */
void pv_journey_assistance_noted (PvJourney *journey, const char *verb, const char *field, const PvMoment *now);
/* What scanner, or phone, and the decoding of what they gave tell while a document is being made; copied. */
void pv_journey_capture_report (PvJourney *journey, const PvCaptureReport *report, const PvMoment *now);
/* The document is there: (transfer none): referenced. */
void pv_journey_document_came (PvJourney *journey, const PvDocument *document, const PvMoment *now);
/* Whether the printer has sheets on which a document from elsewhere can be read; a roll has not. */
void pv_journey_prints_pages (PvJourney *journey, gboolean prints_pages, const PvMoment *now);
/* NULL: could not be asked; else what is known; copied. */
void pv_journey_followed (PvJourney *journey, const PvFollowed *followed, const PvMoment *now);
void pv_journey_invoice_came (PvJourney *journey, const PvInvoice *invoice, const PvMoment *now);
/* @words: as they were asked for. Takes @addresses (element-type PvAddress). */
void pv_journey_addresses_found (PvJourney *journey, const char *path, const char *words, GPtrArray *addresses,
                                 const PvMoment *now);
/* What does not work at present, for Welcome and "out of order". */
void pv_journey_service_state (PvJourney *journey, gboolean has_courier, gboolean can_store, const PvMoment *now);
/* The supervisor says so: too many crashes. */
void pv_journey_show_out_of_order (PvJourney *journey, const PvMoment *now);
/**
 * pv_journey_show_maintenance:
 * @until_us: UTC; 0: until somebody ends it; then Welcome comes by itself
 * @others: (nullable): a line of pv_journey_say_maintenance() in each other language
 *
 * Somebody services the kiosk. Only for a journey that nobody has touched.
 */
void pv_journey_show_maintenance (PvJourney *journey, gint64 until_us, const char *const *others, const PvMoment *now);
/* One line that says so, in the language in use. (transfer full) */
char *pv_journey_say_maintenance (gint64 until_us, const PvMoment *now) G_GNUC_WARN_UNUSED_RESULT;
/* A line of pv_journey_say_closed() in each other language; @others: (nullable). */
void pv_journey_set_closed_others (PvJourney *journey, const char *const *others);
/* One line that says that the kiosk is closed, and when it opens, in the language in use. (transfer full) */
char *pv_journey_say_closed (const PvJourney *journey) G_GNUC_WARN_UNUSED_RESULT;
/* The receipt of PV_EFFECT_PRINT in French as well, beside another language: to be called at once, with French in use by
 * gettext. */
void pv_journey_complete_receipt (const PvJourney *journey, PvReceipt *receipt);
/* What the portal writes, in the language that is set; referenced. NULL: nothing is translated, or it is French. To be
 * called before pv_journey_language_changed(). */
void pv_journey_set_texts (PvJourney *journey, PvTexts *texts);
void pv_journey_language_changed (PvJourney *journey);
/* Whether anything speaks, once that is known: the sound device is opened when the kiosk is this citizen's. */
void pv_journey_set_can_speak (PvJourney *journey, gboolean can_speak);
/* The voice began, ended, or failed; a headset came or went. No time runs out while something is said; after it, who
 * listened has their time anew. A headset that comes is somebody; one that is there at the first call may have been left. */
void pv_journey_speaking_changed (PvJourney *journey, const PvSpeaking *speaking, const PvMoment *now);

/* (transfer none): valid until the next call above. */
const PvScreenState *pv_journey_get_state (PvJourney *journey);
/* What a mediator may see if the citizen lets them: the screen, or the one below a sheet that is about the assistance
 * itself, without what is only for the citizen. (transfer none): valid as above. */
const PvScreenState *pv_journey_get_shared (PvJourney *journey);
/* The commune's own code of this language; its first one if it does not have it, or @code (nullable) is nonsense. */
const char *pv_journey_find_language (const PvJourney *journey, const char *code);
/**
 * pv_journey_make_shared_in:
 * @language: one of the commune's, which gettext must be using now
 * @texts: (nullable): what the portal writes, in it
 *
 * What pv_journey_get_shared() gave just now, in the language of the mediator: the same page of the same fields, choices, rows and
 * actions, with the same answers and masks. Nothing of the journey changes.
 *
 * Returns: (transfer full) (nullable): NULL: it would not be the same screen
 */
PvScreenState *pv_journey_make_shared_in (PvJourney *journey, const char *language,
                                          PvTexts *texts) G_GNUC_WARN_UNUSED_RESULT;
PvLook pv_journey_get_look (const PvJourney *journey);
/* Oldest queued effect, or NULL. (transfer full) */
PvEffect *pv_journey_pop_effect (PvJourney *journey) G_GNUC_WARN_UNUSED_RESULT;
