/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Screen 6: a document of a question, by the scanner or by the phone. Here are states and page numbers; the pictures are the
 * window's, and the bytes come once, as a whole. Whatever goes wrong costs this one document. */

#include "core/journey-private.h"
#include "core/wipe.h"

static void
clear_making (PvMaking *making)
{
  g_free (making->path);
  pv_wipe_str (making->url);
  pv_document_unref (making->arrived);
  *making = (PvMaking){ 0 };
}

void
pv_journey_forget_document (PvJourney *journey)
{
  if (journey->making.path == NULL)
    return;
  clear_making (&journey->making);
  pv_journey_queue (journey, PV_EFFECT_CAPTURE_CLOSE, NULL);
}

/* The question, if a document may be added to it where the citizen is now. */
static const PvQuestion *
find_open_question (const PvJourney *journey, const char *path)
{
  guint index;
  g_autoptr (GPtrArray) steps = pv_journey_list_steps (journey, &index);
  const PvStep *step = index < steps->len ? steps->pdata[index] : NULL;

  for (guint i = 0; step != NULL && path != NULL && i < step->paths->len; i++)
    if (g_str_equal (step->paths->pdata[i], path)) {
      const PvQuestion *question = step->questions->pdata[i];

      return question->kind == PV_QUESTION_FILE ? question : NULL;
    }
  return NULL;
}

const PvQuestion *
pv_journey_making_question (const PvJourney *journey)
{
  return journey->making.path != NULL ? find_open_question (journey, journey->making.path) : NULL;
}

/* What was made before is given up. */
static void
begin_making (PvJourney *journey, const char *path, gboolean is_by_phone)
{
  g_autofree char *wanted = g_strdup (path); /* may be our own */
  g_autoptr (PvCaptureRules) rules = NULL;

  if (!(is_by_phone ? journey->has_drop : pv_journey_may_scan (journey))
      || find_open_question (journey, wanted) == NULL)
    return;
  rules = pv_filing_make_capture_rules (journey->filing, wanted);
  if (rules == NULL)
    return;
  pv_journey_go (journey, PV_AT_DOCUMENT);
  pv_journey_forget_document (journey);
  journey->making.path = g_steal_pointer (&wanted);
  journey->making.is_by_phone = is_by_phone;
  journey->making.max_pages = MIN (rules->max_pages, PV_CAPTURE_MAX_PAGES);
  journey->making.max_bytes = rules->max_bytes;
  pv_journey_queue (journey, is_by_phone ? PV_EFFECT_DROP_OPEN : PV_EFFECT_SCAN_OPEN, NULL)->capture =
    g_steal_pointer (&rules);
}

static void
queue_number (PvJourney *journey, PvEffectKind kind, guint number)
{
  pv_journey_queue (journey, kind, NULL)->number = number;
}

gboolean
pv_making_shows_page (const PvMaking *making)
{
  return making->state == PV_CAPTURE_PAGE && !making->is_laying && making->n_pages > 0;
}

/* The glass is free, and the next page can be laid on it. */
gboolean
pv_making_is_laying (const PvMaking *making)
{
  return !making->is_by_phone
         && (making->is_laying || making->state == PV_CAPTURE_READY
             || (making->state == PV_CAPTURE_PAGE && making->n_pages == 0));
}

/* ---- what the citizen does ---- */

/* After a failure: where there are pages, they stay. */
static void
try_again (PvJourney *journey)
{
  PvMaking *making = &journey->making;

  if (making->n_pages == 0)
    begin_making (journey, making->path, FALSE);
  else if (making->trouble == PV_CAPTURE_TROUBLE_TOO_LARGE || making->trouble == PV_CAPTURE_TROUBLE_TOO_MANY_PAGES)
    queue_number (journey, PV_EFFECT_SCAN_SHOW, making->n_pages - 1); /* to see which one can go */
  else
    making->is_laying = TRUE;
}

static void
open_scanner (PvJourney *journey, const PvIntention *intention)
{
  PvMaking *making = &journey->making;

  if (making->is_by_phone) {
    begin_making (journey, making->path, FALSE);
  } else if (making->state == PV_CAPTURE_FAILED) {
    try_again (journey);
  } else if (pv_making_shows_page (making) && g_strcmp0 (intention->value, PV_SCAN_AGAIN) == 0) {
    queue_number (journey, PV_EFFECT_SCAN_DROP, making->page);
    making->is_laying = TRUE;
  } else if (pv_making_shows_page (making) && making->n_pages < making->max_pages) {
    making->is_laying = TRUE;
  }
}

static void
scan_page (PvJourney *journey)
{
  PvMaking *making = &journey->making;

  if (!pv_making_is_laying (making))
    return;
  making->is_laying = making->is_kept = FALSE;
  making->state = PV_CAPTURE_SCANNING;
  making->percent = 0;
  pv_journey_queue (journey, PV_EFFECT_SCAN_PAGE, NULL);
}

/* Twice the same touch must not cost two pages. */
static void
drop_page (PvJourney *journey)
{
  PvMaking *making = &journey->making;

  if (making->is_by_phone || !pv_making_shows_page (making) || making->is_dropping)
    return;
  making->is_dropping = TRUE;
  queue_number (journey, PV_EFFECT_SCAN_DROP, making->page);
}

static void
turn_leaf (PvJourney *journey, guint steps)
{
  PvMaking *making = &journey->making;

  if (!making->is_by_phone && pv_making_shows_page (making) && making->n_pages > 1)
    queue_number (journey, PV_EFFECT_SCAN_SHOW, (making->page + steps) % making->n_pages);
}

/* Back to the question, which has it now. */
static void
attach (PvJourney *journey, const PvDocument *document)
{
  PvMaking *making = &journey->making;
  gboolean is_too_large = g_bytes_get_size (document->content) > making->max_bytes;

  if (!pv_filing_add_document (journey->filing, making->path, document, PV_ACTOR_CITIZEN)) {
    making->state = PV_CAPTURE_FAILED;
    making->trouble = is_too_large ? PV_CAPTURE_TROUBLE_TOO_LARGE : PV_CAPTURE_TROUBLE_TYPE;
    g_clear_pointer (&making->arrived, pv_document_unref);
    return;
  }
  g_clear_pointer (&journey->page_error, pv_wipe_str);
  journey->has_store_failed = FALSE;
  pv_journey_go (journey, PV_AT_QUESTION);
}

static void
use_document (PvJourney *journey)
{
  PvMaking *making = &journey->making;
  g_autoptr (PvDocument) arrived = g_steal_pointer (&making->arrived);

  if (arrived != NULL) {
    attach (journey, arrived);
  } else if (!making->is_by_phone && making->n_pages > 0
             && (pv_making_shows_page (making) || making->state == PV_CAPTURE_FAILED)) {
    making->state = PV_CAPTURE_FINISHING;
    pv_journey_queue (journey, PV_EFFECT_SCAN_FINISH, NULL);
  }
}

static void
bring_later (PvJourney *journey, const PvIntention *intention)
{
  if (g_strcmp0 (intention->target, journey->making.path) != 0)
    return;
  pv_journey_go (journey, PV_AT_QUESTION);
  pv_journey_answer (journey, intention);
}

static void
go_back (PvJourney *journey)
{
  PvMaking *making = &journey->making;

  if (making->is_laying && making->n_pages > 0) /* to the pages that are there */
    making->is_laying = FALSE;
  else
    pv_journey_go (journey, PV_AT_QUESTION);
}

static void
remove_document (PvJourney *journey, const PvIntention *intention)
{
  guint64 index;

  if (find_open_question (journey, intention->target) == NULL || intention->value == NULL
      || !g_ascii_string_to_unsigned (intention->value, 10, 0, G_MAXUINT, &index, NULL))
    return;
  pv_filing_remove_document (journey->filing, intention->target, (guint) index, intention->actor);
  g_clear_pointer (&journey->page_error, pv_wipe_str);
}

static void
handle_question (PvJourney *journey, const PvIntention *intention)
{
  if (intention->kind == PV_DO_SCAN || intention->kind == PV_DO_SEND_FROM_PHONE)
    begin_making (journey, intention->target, intention->kind == PV_DO_SEND_FROM_PHONE);
  else if (intention->kind == PV_DO_REMOVE_DOCUMENT)
    remove_document (journey, intention);
}

void
pv_journey_handle_document (PvJourney *journey, const PvIntention *intention)
{
  PvMaking *making = &journey->making;

  if (intention->actor != PV_ACTOR_CITIZEN)
    return;
  if (journey->stage == PV_AT_QUESTION) {
    handle_question (journey, intention);
    return;
  }
  if (journey->stage != PV_AT_DOCUMENT || making->path == NULL)
    return;
  switch ((gint) intention->kind) {
  case PV_DO_SCAN:
    open_scanner (journey, intention);
    break;
  case PV_DO_SEND_FROM_PHONE:
    begin_making (journey, making->path, TRUE);
    break;
  case PV_DO_SCAN_PAGE:
    scan_page (journey);
    break;
  case PV_DO_TURN_PAGE:
    if (!making->is_by_phone && pv_making_shows_page (making))
      queue_number (journey, PV_EFFECT_SCAN_TURN, making->page);
    break;
  case PV_DO_DROP_PAGE:
    drop_page (journey);
    break;
  case PV_DO_NEXT_PAGE:
    turn_leaf (journey, 1);
    break;
  case PV_DO_PREVIOUS_PAGE:
    turn_leaf (journey, making->n_pages - MIN (making->n_pages, 1));
    break;
  case PV_DO_KEEP:
    making->is_kept = pv_making_shows_page (making);
    break;
  case PV_DO_USE_DOCUMENT:
    use_document (journey);
    break;
  case PV_DO_LATER:
    bring_later (journey, intention);
    break;
  case PV_DO_BACK:
    go_back (journey);
    break;
  default:
    break;
  }
}

/* ---- what is told ---- */

/* Somebody is there who scans, or holds a phone. */
static void
note_life (PvJourney *journey)
{
  journey->active_ms = journey->now.monotonic_ms;
  if (journey->overlay == PV_OVER_STILL_THERE)
    journey->overlay = PV_OVER_NONE;
}

void
pv_journey_follow_capture (PvJourney *journey, const PvCaptureReport *report)
{
  PvMaking *making = &journey->making;
  guint n_pages = MIN (report->n_pages, PV_CAPTURE_MAX_PAGES);
  guint page = n_pages > 0 ? MIN (report->page, n_pages - 1) : 0;
  gboolean is_scanning = report->state == PV_CAPTURE_SCANNING;

  if (journey->stage != PV_AT_DOCUMENT || making->path == NULL || making->arrived != NULL)
    return;
  if (report->state != making->state || report->percent != making->percent)
    if (report->state >= PV_CAPTURE_SCANNING) /* also that it failed: what is over is to be read */
      note_life (journey);
  if (n_pages != making->n_pages || page != making->page)
    making->is_kept = FALSE;
  if (report->state == PV_CAPTURE_FAILED)
    making->is_laying = FALSE;
  making->state = report->state;
  making->trouble = report->trouble;
  making->percent = is_scanning ? MIN (report->percent, 100) : 0;
  making->n_pages = n_pages;
  making->page = page;
  making->hint = report->hint;
  making->is_dropping = FALSE;
  pv_wipe_str (making->url);
  making->url = report->state == PV_CAPTURE_READY ? g_strdup (report->url) : NULL;
}

/* What the scanner made is what was looked at page by page; what a phone sent is looked at first. */
void
pv_journey_take_document (PvJourney *journey, const PvDocument *document)
{
  PvMaking *making = &journey->making;

  if (journey->stage != PV_AT_DOCUMENT || making->path == NULL)
    return;
  note_life (journey);
  if (!making->is_by_phone) {
    attach (journey, document);
    return;
  }
  pv_document_unref (making->arrived);
  making->arrived = pv_document_ref ((PvDocument *) document);
  making->state = PV_CAPTURE_PAGE;
  making->n_pages = document->n_pages;
  making->page = 0;
}
