/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Performing what the journey wants done. */

#include <sodium.h>

#include "core/language-code.h"
#include "kiosk/session/session-private.h"
#include "platform/language.h"
#include "platform/log.h"
#include "platform/texts-file.h"
#include "print/appointment-sheet-pdf.h"
#include "print/assist-sheet-pdf.h"
#include "print/invoice-slip-pdf.h"
#include "print/receipt-pdf.h"
#include "print/summary-pdf.h"

enum {
  GOODBYE_MS = 5000,  /* long enough to read two lines; nothing of anybody is left by then */
  GOODBYE_ROUNDS = 4, /* of that, as long as it is being said */
};

static void
give_reference (PvSession *session)
{
  guint8 random[4 * PV_REF_LENGTH];
  g_autofree char *ref = NULL;

  do {
    randombytes_buf (random, sizeof random);
    g_free (ref);
    ref = pv_ref_from_random (random, sizeof random);
  } while (ref == NULL);
  pv_journey_set_ref (session->journey, ref);
}

static void
print (PvSession *session, GBytes *pdf, const char *language)
{
  g_autofree char *tag = pv_language_to_tag (language != NULL ? language : "fr");

  pv_printer_link_print (session->printer, pdf, tag);
}

/* What the commune stands by is French: on a paper in another language it is there, too. */
static void
add_french (PvSession *session, PvReceipt *receipt)
{
  g_autofree char *before = g_strdup (pv_language_get ());

  if (g_str_equal (before, PV_TEXTS_OFFICIAL) || !pv_language_set (PV_TEXTS_OFFICIAL))
    return;
  pv_journey_complete_receipt (session->journey, receipt);
  pv_language_set (before);
}

static void
print_receipt (PvSession *session, PvReceipt *receipt)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  PvMoment moment = pv_session_now (session);

  add_french (session, receipt);
  pdf = pv_receipt_render_pdf (receipt, pv_printer_link_get_media (session->printer), &error);

  if (pdf != NULL) {
    print (session, pdf, receipt->language);
    return;
  }
  pv_log_event (PV_LOG_ERROR, "receipt-failed", PV_LOG_CAUSE (error));
  pv_journey_print_state (session->journey, PV_PRINT_FAILED, PV_PRINT_REASON_OTHER, &moment);
}

/* What a mediator did; nothing waits for this paper. */
static void
print_sheet (PvSession *session, const PvAssistSheet *sheet)
{
  PvLook look = pv_journey_get_look (session->journey);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf =
    pv_assist_sheet_render_pdf (sheet, pv_printer_link_get_media (session->printer), look.text_percent, &error);

  if (pdf != NULL)
    print (session, pdf, sheet->language);
  else
    pv_log_event (PV_LOG_ERROR, "assist-sheet-failed", PV_LOG_CAUSE (error));
}

static void
print_slip (PvSession *session, const PvInvoiceSlip *slip)
{
  PvLook look = pv_journey_get_look (session->journey);
  PvMoment moment = pv_session_now (session);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf =
    pv_invoice_slip_render_pdf (slip, pv_printer_link_get_media (session->printer), look.text_percent, &error);

  if (pdf != NULL) {
    print (session, pdf, slip->language);
    return;
  }
  pv_log_event (PV_LOG_ERROR, "slip-failed", PV_LOG_CAUSE (error));
  pv_journey_print_state (session->journey, PV_PRINT_FAILED, PV_PRINT_REASON_OTHER, &moment);
}

static void
print_summary (PvSession *session, const PvSummarySheet *sheet)
{
  PvMoment moment = pv_session_now (session);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = pv_summary_render_pdf (sheet, pv_printer_link_get_media (session->printer), &error);

  if (pdf != NULL) {
    print (session, pdf, sheet->language);
    return;
  }
  pv_log_event (PV_LOG_ERROR, "summary-failed", PV_LOG_CAUSE (error));
  pv_journey_print_state (session->journey, PV_PRINT_FAILED, PV_PRINT_REASON_OTHER, &moment);
}

static void
print_appointment (PvSession *session, const PvAppointmentSheet *sheet)
{
  PvMoment moment = pv_session_now (session);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf =
    pv_appointment_sheet_render_pdf (sheet, pv_printer_link_get_media (session->printer), &error);

  if (pdf != NULL) {
    print (session, pdf, sheet->language);
    return;
  }
  pv_log_event (PV_LOG_ERROR, "appointment-sheet-failed", PV_LOG_CAUSE (error));
  pv_journey_print_state (session->journey, PV_PRINT_FAILED, PV_PRINT_REASON_OTHER, &moment);
}

static void
forget_photo (PvSession *session)
{
  pv_photo_forget (session->photo);
  pv_kiosk_window_set_portrait (session->window, NULL);
}

/* A language is read when it is chosen: a few milliseconds, and nobody else needs it. */
PvTexts *
pv_session_read_texts (const PvSession *session, const char *code)
{
  const char *const *folders = pv_settings_get_list (session->settings, PV_SETTING_TEXTS_FOLDER);
  g_autoptr (GPtrArray) slips = g_ptr_array_new_with_free_func (g_free);
  PvTexts *texts = g_str_equal (code, PV_TEXTS_OFFICIAL) ? NULL : pv_texts_file_read_all (folders, code, slips);

  if (slips->len > 0) /* which ones: parvisctl check */
    pv_log_event (PV_LOG_WARNING, "texts-with-slips", PV_LOG_WORD ("language", code), PV_LOG_INT ("lines", slips->len));
  return texts;
}

void
pv_session_set_language (PvSession *session, const char *code)
{
  g_autoptr (PvTexts) texts = NULL;

  if (!pv_language_set (code))
    return;
  pv_kiosk_window_set_language (session->window, code, pv_language_is_right_to_left (code));
  texts = pv_session_read_texts (session, code);
  pv_journey_set_texts (session->journey, texts);
  pv_journey_language_changed (session->journey);
}

static gboolean
goodbye_cb (gpointer user_data)
{
  PvSession *session = user_data;

  if (session->speaking.is_speaking && ++session->goodbye_rounds < GOODBYE_ROUNDS)
    return G_SOURCE_CONTINUE;
  session->goodbye_source = 0;
  if (session->supervisor != NULL)
    pv_supervisor_link_goodbye (session->supervisor);
  else
    session->ended (session->user_data);
  return G_SOURCE_REMOVE;
}

static void
say_goodbye (PvSession *session)
{
  pv_courier_link_forget (session->courier);
  pv_look_up_link_forget (session->look_up);
  if (session->assist != NULL)
    pv_assist_link_end (session->assist);
  if (session->goodbye_source == 0)
    session->goodbye_source = g_timeout_add (GOODBYE_MS, goodbye_cb, session);
}

void
pv_session_perform (PvSession *session, const PvEffect *effect)
{
  PvLook look = pv_journey_get_look (session->journey);

  switch (effect->kind) {
  case PV_EFFECT_FETCH_CATALOGUE:
    pv_courier_link_fetch_catalogue (session->courier);
    break;
  case PV_EFFECT_FETCH_PROCEDURE:
    give_reference (session);
    pv_courier_link_fetch_procedure (session->courier, effect->text);
    break;
  case PV_EFFECT_GIVE_REF:
    give_reference (session);
    break;
  case PV_EFFECT_FETCH_OPTIONS:
    pv_courier_link_fetch_options (session->courier, effect->text, effect->path);
    break;
  case PV_EFFECT_STORE:
    pv_courier_link_store (session->courier, effect->submission);
    break;
  case PV_EFFECT_PRINT:
    print_receipt (session, effect->receipt);
    break;
  case PV_EFFECT_PRINT_SUMMARY:
    print_summary (session, effect->summary);
    break;
  case PV_EFFECT_PRINT_APPOINTMENT:
    print_appointment (session, effect->appointment);
    break;
  case PV_EFFECT_SET_LANGUAGE:
    pv_session_set_language (session, effect->text);
    break;
  case PV_EFFECT_SET_LOOK:
    pv_kiosk_window_set_look (session->window, &look);
    break;
  case PV_EFFECT_SPEECH:
    pv_session_perform_speech (session, effect);
    break;
  case PV_EFFECT_GOODBYE:
    say_goodbye (session);
    break;
  case PV_EFFECT_CARD_WATCH:
    pv_card_link_watch (session->card);
    break;
  case PV_EFFECT_CARD_CODE:
    pv_card_link_read (session->card, effect->text);
    break;
  case PV_EFFECT_CARD_STOP:
    pv_card_link_stop (session->card);
    break;
  case PV_EFFECT_PORTRAIT_FORGET:
    forget_photo (session);
    break;
  case PV_EFFECT_ASSIST_CALL:
  case PV_EFFECT_ASSIST_WITHDRAW:
  case PV_EFFECT_ASSIST_GRANT:
  case PV_EFFECT_ASSIST_REFUSE:
  case PV_EFFECT_ASSIST_RENEW:
  case PV_EFFECT_ASSIST_STEP_DOWN:
  case PV_EFFECT_ASSIST_STOP:
  case PV_EFFECT_ASSIST_ELSEWHERE:
  case PV_EFFECT_ASSIST_ACCEPT:
  case PV_EFFECT_ASSIST_DECLINE:
  case PV_EFFECT_ASSIST_QUICK:
  case PV_EFFECT_ASSIST_LIFT:
  case PV_EFFECT_ASSIST_FINISH:
    if (session->assist != NULL)
      pv_assist_link_perform (session->assist, effect, look.language);
    break;
  case PV_EFFECT_PRINT_SHEET:
    print_sheet (session, effect->sheet);
    break;
  case PV_EFFECT_PRINT_SLIP:
    print_slip (session, effect->slip);
    break;
  case PV_EFFECT_SCAN_OPEN:
  case PV_EFFECT_SCAN_PAGE:
  case PV_EFFECT_SCAN_TURN:
  case PV_EFFECT_SCAN_DROP:
  case PV_EFFECT_SCAN_SHOW:
  case PV_EFFECT_SCAN_FINISH:
  case PV_EFFECT_DROP_OPEN:
  case PV_EFFECT_CAPTURE_CLOSE:
    pv_session_perform_capture (session, effect);
    break;
  case PV_EFFECT_FOLLOW:
  case PV_EFFECT_FIND_INVOICE:
  case PV_EFFECT_PRINT_INVOICE:
    pv_session_perform_look_up (session, effect);
    break;
  case PV_EFFECT_FIND_ADDRESSES:
    pv_session_find_addresses (session, effect);
    break;
  case PV_EFFECT_PRACTICE:
    pv_session_set_practice (session, effect->number != 0);
    break;
  case PV_EFFECT_CLOSED:
    pv_session_perform_closed (session);
    break;
  case PV_EFFECT_TOUCHED:
    if (session->supervisor != NULL)
      pv_supervisor_link_touched (session->supervisor);
    break;
  }
}
