/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scanner and phone, for a document: what is told goes to the journey, what is to be seen to the window. */

#include "kiosk/session/session-private.h"

static void
report_cb (const PvCaptureReport *report, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  pv_journey_capture_report (session->journey, report, &moment);
  pv_session_refresh_soon (session);
}

static void
picture_cb (GdkTexture *texture, gpointer user_data)
{
  PvSession *session = user_data;

  pv_kiosk_window_set_portrait (session->window, texture);
}

static void
document_cb (PvDocument *document, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  pv_journey_document_came (session->journey, document, &moment);
  pv_session_refresh_soon (session);
}

PvCaptureLink *
pv_session_make_capture (PvSession *session, const char *decode_program)
{
  static const PvCaptureLinkEvents events = { report_cb, picture_cb, document_cb };
  const PvCaptureLinkConfig config = {
    .program = decode_program,
    .device = pv_settings_get_text (session->settings, PV_SETTING_DOCUMENTS_SCANNER),
    .drop_url = pv_settings_get_text (session->settings, PV_SETTING_DOCUMENTS_DROP_URL),
    .courier = session->courier,
  };

  return pv_capture_link_new (&config, &events, session);
}

void
pv_session_perform_capture (PvSession *session, const PvEffect *effect)
{
  pv_capture_link_perform (session->capture, effect);
}
