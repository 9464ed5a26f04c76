/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Portal and broker: whether they answer, to us, and what time they have. Nothing is asked of them. */

#include <unistd.h>

#include "ctl/doctor-rules.h"
#include "ctl/doctor.h"
#include "ctl/say.h"
#include "ctl/tls-look.h"
#include "platform/clock.h"
#include "platform/http.h"

enum { CONNECT_MS = 6000, TOTAL_MS = 10000, MAX_ANSWER_BYTES = 1024 * 1024 };

typedef struct Question {
  GMainLoop *loop;
  PvHttpClient *client;
  PvHttpResponse *response; /* (nullable): owned */
  GError *error;            /* (nullable): owned */
} Question;

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;

  (void) source;
  question->response = pv_http_send_finish (question->client, result, &question->error);
  g_main_loop_quit (question->loop);
}

static gboolean
may_read (const char *path)
{
  return path != NULL && access (path, R_OK) == 0;
}

static void
tell_trouble (GPtrArray *findings, const GError *error)
{
  if (g_error_matches (error, PV_HTTP_ERROR, PV_HTTP_ERROR_TLS))
    pv_findings_add (
      findings, PV_HEALTH_WRONG,
      pv_say ("See [portal] ca-file and the clock; else the portal's certificate is its operator's matter.",
              "Voyez [portal] ca-file et l’heure ; sinon, c’est à l’opérateur du portail d’agir."),
      pv_say ("somebody answers, and it is not the portal: its certificate is not believed",
              "quelqu’un répond, mais pas le portail : son certificat n’est pas reconnu"));
  else if (g_error_matches (error, PV_HTTP_ERROR, PV_HTTP_ERROR_NOT_ALLOWED))
    pv_findings_add (findings, PV_HEALTH_WRONG, pv_say ("Mend [portal] url.", "Corrigez [portal] url."),
                     pv_say ("the portal's address may not be used", "l’adresse du portail n’est pas permise"));
  else
    pv_findings_add (findings, PV_HEALTH_WRONG,
                     pv_say ("Is the network cable plugged in? Then [portal] url and proxy; the town hall's access.",
                             "Câble réseau branché ? Sinon [portal] url et proxy ; l’accès Internet de la mairie."),
                     pv_say ("the portal does not answer", "le portail ne répond pas"));
}

/* 400, 401, 403: of a relay, that it does not know our certificate. */
static void
tell_answer (GPtrArray *findings, const PvHttpResponse *response, gboolean is_relay, gboolean shows_certificate,
             gint64 now_s)
{
  guint status = pv_http_response_get_status (response);
  gint64 their_s;

  if (status >= 500)
    pv_findings_add (findings, PV_HEALTH_WRONG,
                     pv_say ("Tell its operator. The kiosk keeps what is filed until then.",
                             "Prévenez son opérateur. La borne garde les demandes en attendant."),
                     pv_say ("the portal answers that it is out of order (%u)", "le portail se dit en panne (%u)"),
                     status);
  else if (is_relay && shows_certificate && (status == 400 || status == 401 || status == 403))
    pv_findings_add (findings, PV_HEALTH_WRONG,
                     pv_say ("Ask the relay's operator whether this kiosk is known, and its certificate good.",
                             "Demandez à l’opérateur du relais si cette borne est connue, et son certificat valable."),
                     pv_say ("the relay does not let this kiosk in (%u)", "le relais refuse cette borne (%u)"), status);
  else
    pv_findings_add (findings, PV_HEALTH_WELL, "", pv_say ("the portal answers", "le portail répond"));
  if (is_relay && !shows_certificate)
    pv_findings_add (findings, PV_HEALTH_NOTICE, "",
                     pv_say ("whether it lets this kiosk in was not tried: the key is the courier's",
                             "son accord pour cette borne n’a pas été vérifié : la clé est au courrier"));
  if (pv_http_response_get_date (response, &their_s))
    pv_judge_skew (findings, now_s - their_s);
  else
    pv_findings_add (findings, PV_HEALTH_NOTICE, "",
                     pv_say ("the portal does not tell the time", "le portail ne donne pas l’heure"));
}

void
pv_doctor_check_portal (const PvDoctor *doctor, GPtrArray *findings)
{
  const PvSettings *settings = doctor->settings;
  const char *url = pv_settings_get_text (settings, PV_SETTING_PORTAL_URL);
  const char *cert = pv_settings_get_text (settings, PV_SETTING_PORTAL_CLIENT_CERT_FILE);
  const char *key = pv_settings_get_text (settings, PV_SETTING_PORTAL_CLIENT_KEY_FILE);
  gboolean shows = may_read (cert) && may_read (key);
  gboolean is_relay = g_str_equal (pv_settings_get_text (settings, PV_SETTING_PORTAL_MODE), "relay");
  const PvHttpOptions options = { .ca_file = pv_settings_get_text (settings, PV_SETTING_PORTAL_CA_FILE),
                                  .client_cert_file = shows ? cert : NULL,
                                  .client_key_file = shows ? key : NULL,
                                  .proxy = pv_settings_get_text (settings, PV_SETTING_PORTAL_PROXY),
                                  .connect_timeout_ms = CONNECT_MS,
                                  .total_timeout_ms = TOTAL_MS,
                                  .max_response_bytes = MAX_ANSWER_BYTES };
  g_autofree char *address = url != NULL ? g_strconcat (url, "/", NULL) : NULL;
  const PvHttpRequest request = { .method = "HEAD", .url = address };
  Question question = { 0 };

  if (address == NULL) {
    pv_findings_add (findings, PV_HEALTH_WRONG, pv_say ("Write [portal] url.", "Écrivez [portal] url."),
                     pv_say ("the settings name no portal", "les réglages ne nomment aucun portail"));
    return;
  }
  question.client = pv_http_client_new (&options);
  question.loop = g_main_loop_new (NULL, FALSE);
  pv_http_send_async (question.client, &request, NULL, answered_cb, &question);
  g_main_loop_run (question.loop);
  if (question.response != NULL)
    tell_answer (findings, question.response, is_relay, shows || cert == NULL,
                 pv_clock_get_wall_us (pv_clock_get_system ()) / G_USEC_PER_SEC);
  else
    tell_trouble (findings, question.error);
  g_clear_pointer (&question.response, pv_http_response_free);
  g_clear_error (&question.error);
  g_main_loop_unref (question.loop);
  pv_http_client_unref (question.client);
}

static void
tell_broker (GPtrArray *findings, PvTlsLookEnd end, gboolean shows)
{
  const char *network = pv_say ("Is the network up? Then [assist] broker-host and broker-port; the firewall.",
                                "Le réseau marche-t-il ? Sinon [assist] broker-host et broker-port ; le pare-feu.");

  switch (end) {
  case PV_TLS_LOOK_FINE:
    pv_findings_add (findings, shows ? PV_HEALTH_WELL : PV_HEALTH_NOTICE, "",
                     shows ? pv_say ("the broker answers and lets this kiosk in",
                                     "le serveur d’assistance répond et accepte cette borne")
                           : pv_say ("the broker answers; whether it lets this kiosk in was not tried",
                                     "le serveur d’assistance répond ; son accord n’a pas été vérifié"));
    return;
  case PV_TLS_LOOK_OFFLINE:
    pv_findings_add (findings, PV_HEALTH_WRONG, network,
                     pv_say ("the broker does not answer", "le serveur d’assistance ne répond pas"));
    return;
  case PV_TLS_LOOK_SILENT:
    pv_findings_add (findings, PV_HEALTH_WRONG, network,
                     pv_say ("the broker lets us connect, and says nothing",
                             "le serveur d’assistance accepte la connexion, puis se tait"));
    return;
  case PV_TLS_LOOK_STRANGER:
    pv_findings_add (findings, PV_HEALTH_WRONG, pv_say ("See [assist] ca-file.", "Voyez [assist] ca-file."),
                     pv_say ("somebody answers, and it is not the broker: its certificate is not believed",
                             "quelqu’un répond, mais son certificat n’est pas celui du serveur d’assistance"));
    return;
  case PV_TLS_LOOK_REFUSED:
    if (!shows)
      pv_findings_add (findings, PV_HEALTH_NOTICE, "",
                       pv_say ("the broker answers; whether it lets this kiosk in was not tried",
                               "le serveur d’assistance répond ; son accord n’a pas été vérifié"));
    else
      pv_findings_add (findings, PV_HEALTH_WRONG,
                       pv_say ("Ask its operator whether this kiosk was revoked; parvisctl enrol kiosk makes another.",
                               "Demandez à l’opérateur si cette borne a été révoquée ; parvisctl enrol kiosk."),
                       pv_say ("the broker does not let this kiosk in", "le serveur d’assistance refuse cette borne"));
    return;
  case PV_TLS_LOOK_FILES:
    break;
  }
  pv_findings_add (findings, PV_HEALTH_WRONG,
                   pv_say ("See client-cert-file, client-key-file and ca-file of [assist].",
                           "Voyez client-cert-file, client-key-file et ca-file de [assist]."),
                   pv_say ("the kiosk's files for the broker cannot be used",
                           "les fichiers de la borne pour l’assistance sont inutilisables"));
}

void
pv_doctor_check_broker (const PvDoctor *doctor, GPtrArray *findings)
{
  const PvSettings *settings = doctor->settings;
  const char *cert = pv_settings_get_text (settings, PV_SETTING_ASSIST_CLIENT_CERT_FILE);
  const char *key = pv_settings_get_text (settings, PV_SETTING_ASSIST_CLIENT_KEY_FILE);
  const char *ca = pv_settings_get_text (settings, PV_SETTING_ASSIST_CA_FILE);
  gboolean shows = may_read (cert) && may_read (key);
  const PvTlsLookTarget target = { .host = pv_settings_get_text (settings, PV_SETTING_ASSIST_BROKER_HOST),
                                   .port = (guint) pv_settings_get_int (settings, PV_SETTING_ASSIST_BROKER_PORT),
                                   .ca_file = ca,
                                   .cert_file = shows ? cert : NULL,
                                   .key_file = shows ? key : NULL,
                                   .waits_for_refusal = TRUE };
  gint64 not_before_s, not_after_s;

  if (!pv_settings_get_bool (settings, PV_SETTING_ASSIST_ENABLED) || target.host == NULL) {
    pv_doctor_not_used (findings, pv_say ("no assistance from afar ([assist] enabled)",
                                          "pas d’assistance à distance ([assist] enabled)"));
    return;
  }
  if (ca != NULL && !may_read (ca)) {
    pv_findings_add (findings, PV_HEALTH_UNKNOWN, pv_say ("Run it as root.", "Lancez la commande en root."),
                     pv_say ("%s cannot be read", "lecture impossible : %s"), ca);
    return;
  }
  tell_broker (findings, pv_tls_look (&target, &not_before_s, &not_after_s), shows);
  if (not_after_s != 0)
    pv_judge_certificate (findings, pv_say ("the broker's certificate", "certificat du serveur d’assistance"),
                          not_before_s, not_after_s, doctor->now_s);
}
