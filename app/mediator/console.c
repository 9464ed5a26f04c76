/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/console.h"

#include <sodium.h>
#include <string.h>

#include "mediator/console-private.h"
#include "platform/language.h"
#include "platform/log.h"

enum { MINUTE_MS = 60 * 1000 };

PvAssistTime
pv_console_now (const PvConsole *console)
{
  return (PvAssistTime){
    .mono_ms = pv_clock_get_monotonic_ms (console->clock),
    .utc = (guint64) (pv_clock_get_wall_us (console->clock) / G_USEC_PER_SEC),
  };
}

gboolean
pv_console_is_helping (const PvConsole *console)
{
  PvMediatorState state = console->machine != NULL ? pv_assist_mediator_get_state (console->machine) : PV_MEDIATOR_IDLE;

  return state == PV_MEDIATOR_JOINING || state == PV_MEDIATOR_SESSION || state == PV_MEDIATOR_LOST;
}

/* What the window hears, later, from the main loop */

static void
tell_free (gpointer data)
{
  PvTell *tell = data;

  g_free (tell->verb);
  g_free (tell->field);
  g_free (tell);
}

static void
call_hook (const PvConsoleHooks *hooks, const PvTell *tell)
{
  switch (tell->kind) {
  case PV_TELL_LINK:
    if (hooks->link != NULL)
      hooks->link (tell->flag, hooks->data);
    break;
  case PV_TELL_CALLS:
    if (hooks->calls != NULL)
      hooks->calls (tell->flag, hooks->data);
    break;
  case PV_TELL_COLLEAGUES:
    if (hooks->colleagues != NULL)
      hooks->colleagues (hooks->data);
    break;
  case PV_TELL_SESSION:
    if (hooks->session != NULL)
      hooks->session (hooks->data);
    break;
  case PV_TELL_MIRROR:
    if (hooks->mirror != NULL)
      hooks->mirror (hooks->data);
    break;
  case PV_TELL_QUICK:
    if (hooks->quick != NULL)
      hooks->quick (tell->code, hooks->data);
    break;
  case PV_TELL_ANSWER:
    if (hooks->answer != NULL)
      hooks->answer (tell->id, tell->code, hooks->data);
    break;
  case PV_TELL_NOTED:
    if (hooks->noted != NULL)
      hooks->noted (tell->verb, tell->field, hooks->data);
    break;
  }
}

/* One at a time: a hook may free the console. */
static gboolean
tell_cb (gpointer data)
{
  PvConsole *console = data;
  PvConsoleHooks hooks = console->hooks;
  PvTell *tell = g_queue_pop_head (&console->tells);
  gboolean has_more = !g_queue_is_empty (&console->tells);

  if (!has_more)
    console->tell_id = 0;
  if (tell != NULL) {
    call_hook (&hooks, tell);
    tell_free (tell);
  }
  return has_more ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

PvTell *
pv_console_tell (PvConsole *console, PvTellKind kind)
{
  PvTell *tell;

  /* "Look again" is said once. */
  if (kind == PV_TELL_CALLS || kind == PV_TELL_COLLEAGUES || kind == PV_TELL_SESSION || kind == PV_TELL_MIRROR)
    for (GList *at = console->tells.head; at != NULL; at = at->next)
      if (((PvTell *) at->data)->kind == kind)
        return at->data;
  tell = g_new0 (PvTell, 1);
  tell->kind = kind;
  g_queue_push_tail (&console->tells, tell);
  if (console->tell_id == 0)
    console->tell_id = g_idle_add_full (G_PRIORITY_DEFAULT, tell_cb, console, NULL);
  return tell;
}

/* Calls */

gboolean
pv_console_is_open (const PvConsole *console)
{
  return pv_opening_hours_is_open (console->hours, pv_clock_get_wall_us (console->clock), console->zone);
}

void
pv_console_ring (PvConsole *console, gboolean has_changed)
{
  PvRinging ringing = {
    .presence = pv_console_effective_presence (console),
    .group = console->group,
    .is_open = pv_console_is_open (console),
  };
  gboolean is_new = pv_call_list_ring (console->calls, &ringing);

  if (is_new)
    pv_console_tell (console, PV_TELL_CALLS)->flag = TRUE;
  else if (has_changed)
    pv_console_tell (console, PV_TELL_CALLS);
}

/* Time */

static gint64
next_deadline_ms (const PvConsole *console, gint64 now_ms)
{
  gint64 next =
    MIN (pv_call_list_next_deadline_ms (console->calls), pv_presence_board_next_deadline_ms (console->board));

  if (pv_carrier_is_up (console->carrier))
    next = MIN (next, console->say_again_ms);
  if (console->machine != NULL)
    next = MIN (next, pv_assist_mediator_next_deadline_ms (console->machine));
  /* The hours begin and end. */
  if (console->hours != NULL)
    next = MIN (next, now_ms + MINUTE_MS);
  return next;
}

static gboolean
timer_cb (gpointer data)
{
  PvConsole *console = data;
  PvAssistTime now = pv_console_now (console);

  console->timer_id = 0;
  if (console->machine != NULL)
    pv_assist_mediator_tick (console->machine, now);
  pv_console_collect (console);
  pv_console_ring (console, pv_call_list_expire (console->calls, now));
  if (pv_presence_board_expire (console->board, now))
    pv_console_list_colleagues (console);
  pv_console_say_presence (console, FALSE);
  pv_console_schedule (console);
  return G_SOURCE_REMOVE;
}

void
pv_console_schedule (PvConsole *console)
{
  gint64 now_ms = pv_console_now (console).mono_ms, next = next_deadline_ms (console, now_ms);

  g_clear_handle_id (&console->timer_id, g_source_remove);
  if (next != G_MAXINT64)
    console->timer_id = g_timeout_add ((guint) CLAMP (next - now_ms, 0, G_MAXINT), timer_cb, console);
}

/* After each thing that the machine was given. */
static void
settle (PvConsole *console)
{
  pv_console_collect (console);
  pv_console_ring (console, FALSE);
  pv_console_say_presence (console, FALSE);
  pv_console_schedule (console);
}

/* The carrier */

static gboolean
is_revoked (const PvConsole *console, const char *peer)
{
  return console->revoked != NULL && g_strv_contains ((const char *const *) console->revoked, peer);
}

/* Once for each change. */
static void
tell_administrator (PvConsole *console, PvMqttEvent event, int reason)
{
  if (event == PV_MQTT_REFUSED && !console->is_told_refused)
    pv_log_event (PV_LOG_WARNING, "broker-refused", PV_LOG_INT ("reason", reason));
  else if (event == PV_MQTT_UP)
    pv_log_event (PV_LOG_INFO, "broker", PV_LOG_INT ("reachable", 1));
  else if (event != PV_MQTT_REFUSED && !console->is_told_away)
    pv_log_event (PV_LOG_WARNING, "broker", PV_LOG_INT ("reachable", 0), PV_LOG_INT ("reason", reason));
  if (event == PV_MQTT_REFUSED)
    console->is_told_refused = TRUE;
  else
    console->is_told_away = event != PV_MQTT_UP;
}

static void
event_cb (PvMqttEvent event, int reason, gpointer data)
{
  PvConsole *console = data;

  tell_administrator (console, event, reason);
  if (event != PV_MQTT_UP && event != PV_MQTT_DOWN)
    return;
  if (console->machine != NULL && event == PV_MQTT_UP)
    pv_assist_mediator_link_up (console->machine, pv_console_now (console));
  else if (console->machine != NULL)
    pv_assist_mediator_link_down (console->machine, pv_console_now (console));
  pv_console_tell (console, PV_TELL_LINK)->flag = event == PV_MQTT_UP;
  if (event == PV_MQTT_UP)
    pv_console_say_presence (console, TRUE);
  else if (pv_presence_board_forget (console->board))
    pv_console_list_colleagues (console);
  settle (console);
}

static void
parcel_cb (const char *peer, gboolean is_call, GBytes *bytes, gpointer data)
{
  PvConsole *console = data;
  PvAssistTime now = pv_console_now (console);
  gsize size;
  const guint8 *received = g_bytes_get_data (bytes, &size);

  if (is_revoked (console, peer))
    return;
  if (is_call)
    pv_console_ring (console, pv_call_list_take (console->calls, peer, bytes, now));
  else if (console->machine != NULL && g_strcmp0 (peer, console->notes.kiosk_id) == 0)
    pv_assist_mediator_receive (console->machine, received, size, now);
  settle (console);
}

static void
presence_cb (const char *peer, GBytes *bytes, gpointer data)
{
  PvConsole *console = data;
  gsize size;
  const guint8 *received = g_bytes_get_data (bytes, &size);

  /* Who says so is signed; the broker lets nobody speak in another's place. */
  if (is_revoked (console, peer))
    return;
  if (pv_presence_board_add (console->board, received, size, pv_console_now (console)))
    pv_console_list_colleagues (console);
  pv_console_schedule (console);
}

/* Beginning */

static void
read_roots (PvConsole *console, char **texts)
{
  console->n_roots = g_strv_length (texts);
  console->roots = g_new0 (PvCertificateRoot, console->n_roots);
  for (guint i = 0; i < console->n_roots; i++) {
    gsize size = 0;
    g_autofree guchar *bytes = g_base64_decode (texts[i], &size);

    memcpy (console->roots[i].key, bytes, MIN (size, sizeof console->roots[i].key));
  }
}

/* Certificate, root, time, and that the key is its own: what a kiosk would refuse is told before. */
static gboolean
read_self (PvConsole *console, const PvConsoleSettings *settings, const guint8 *secret, GError **error)
{
  guint8 key[PV_CERTIFICATE_KEY_BYTES];
  guint64 now = pv_console_now (console).utc;

  read_roots (console, settings->roots);
  console->certificate = pv_console_settings_read_certificate (settings, error);
  if (console->certificate == NULL)
    return FALSE;
  console->self = pv_certificate_parse (g_bytes_get_data (console->certificate, NULL),
                                        g_bytes_get_size (console->certificate), error);
  if (console->self == NULL
      || !pv_certificate_verify (console->self, console->roots, console->n_roots, PV_CERTIFICATE_MEDIATOR,
                                 console->self->communes[0], now, error)) {
    g_prefix_error (error, "%s: ", settings->certificate_file);
    return FALSE;
  }
  crypto_sign_ed25519_sk_to_pk (key, secret);
  if (sodium_memcmp (key, console->self->key, sizeof key) != 0) {
    g_set_error (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_UNTRUSTED, "%s: not the key of the certificate",
                 settings->key_file);
    return FALSE;
  }
  console->secret = pv_secret_new (secret, PV_CERTIFICATE_SECRET_BYTES);
  return TRUE;
}

static void
fill_identity (PvConsole *console)
{
  console->identity = (PvAssistIdentity){
    .side = PV_SIDE_MEDIATOR,
    .certificate = console->certificate,
    .secret = pv_secret_get_bytes (console->secret, NULL),
    .roots = console->roots,
    .n_roots = console->n_roots,
    .newest = PV_ASSIST_VERSION,
    .oldest = PV_ASSIST_OLDEST_VERSION,
    .revoked = (const char *const *) console->revoked,
    .n_catalogues = 1,
  };
  pv_mirror_catalogue_hash (console->identity.catalogues[0]);
}

static gboolean
open_carrier (PvConsole *console, const PvConsoleSettings *settings, GError **error)
{
  char id[PV_CARRIER_ID_CHARS + 1];
  const PvCarrierOptions options = {
    .side = PV_CARRIER_MEDIATOR,
    .id = id,
    .communes = (const char *const *) console->self->communes,
    .host = settings->broker_host,
    .port = settings->broker_port,
    .ca_file = settings->ca_file,
    .cert_file = settings->client_cert_file,
    .key_file = settings->client_key_file,
  };
  const PvCarrierHooks hooks = { event_cb, parcel_cb, presence_cb, console };

  sodium_bin2hex (id, sizeof id, console->self->id, sizeof console->self->id);
  console->carrier = pv_carrier_new (&options, &hooks, error);
  return console->carrier != NULL;
}

PvConsole *
pv_console_new (const PvConsoleSettings *settings, const guint8 *secret, const PvConsoleHooks *hooks, GError **error)
{
  g_autoptr (PvConsole) console = g_new0 (PvConsole, 1);

  console->clock = pv_clock_get_system ();
  console->presence = PV_PRESENCE_FREE;
  console->group = settings->group;
  console->hours = settings->hours != NULL ? pv_opening_hours_parse (settings->hours, NULL) : NULL;
  console->zone = g_time_zone_new_local ();
  console->revoked = g_strdupv (settings->revoked);
  console->colleagues = pv_console_new_colleagues ();
  g_queue_init (&console->tells);
  if (!pv_assist_init ()) {
    g_set_error_literal (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_DENIED, "no randomness");
    return NULL;
  }
  if (!read_self (console, settings, secret, error))
    return NULL;
  fill_identity (console);
  console->calls = pv_call_list_new (console->self, console->roots, console->n_roots);
  console->board = pv_presence_board_new ((const char *const *) console->self->communes, console->roots,
                                          console->n_roots, console->self->id);
  console->activity = pv_activity_open (settings->activity_file, error);
  if (console->activity == NULL)
    return NULL;
  console->audit =
    pv_audit_file_open (settings->audit_file, settings->audit_days, (gint64) pv_console_now (console).utc, error);
  if (console->audit == NULL || !open_carrier (console, settings, error))
    return NULL;
  console->hooks = *hooks;
  return g_steal_pointer (&console);
}

void
pv_console_free (PvConsole *console)
{
  if (console == NULL)
    return;
  pv_console_end (console);
  pv_console_say_goodbye (console);
  g_clear_handle_id (&console->tell_id, g_source_remove);
  g_clear_handle_id (&console->timer_id, g_source_remove);
  g_queue_clear_full (&console->tells, tell_free);
  pv_assist_mediator_free (console->machine);
  pv_console_clear_notes (&console->notes);
  pv_carrier_free (console->carrier);
  pv_call_list_free (console->calls);
  g_clear_pointer (&console->board, pv_presence_board_free);
  g_ptr_array_unref (console->colleagues);
  pv_activity_free (console->activity);
  pv_audit_file_free (console->audit);
  pv_certificate_free (console->self);
  g_clear_pointer (&console->certificate, g_bytes_unref);
  pv_secret_free (console->secret);
  g_free (console->roots);
  pv_opening_hours_free (console->hours);
  g_time_zone_unref (console->zone);
  g_strfreev (console->revoked);
  g_free (console);
}

const PvCertificate *
pv_console_get_self (const PvConsole *console)
{
  return console->self;
}

gboolean
pv_console_is_up (const PvConsole *console)
{
  return pv_carrier_is_up (console->carrier);
}

void
pv_console_set_presence (PvConsole *console, PvPresence presence)
{
  g_return_if_fail (presence < PV_N_PRESENCES);

  console->presence = presence;
  settle (console);
}

PvPresence
pv_console_get_presence (const PvConsole *console)
{
  return console->presence;
}

const GPtrArray *
pv_console_get_calls (const PvConsole *console)
{
  return pv_call_list_get (console->calls);
}

const GPtrArray *
pv_console_get_colleagues (const PvConsole *console)
{
  return console->colleagues;
}

/* The session */

static void
fill_random (gpointer data, guint8 *bytes, gsize size)
{
  (void) data;
  randombytes_buf (bytes, size);
}

gboolean
pv_console_join (PvConsole *console, const char *call_id, const char *digits, GError **error)
{
  const PvWaitingCall *call = pv_call_list_find (console->calls, call_id);
  GBytes *bytes = pv_call_list_get_bytes (console->calls, call_id);
  PvAssistMediator *machine;

  if (call == NULL || pv_console_is_helping (console)) {
    g_set_error_literal (error, PV_ASSIST_ERROR, call == NULL ? PV_ASSIST_ERROR_ENDED : PV_ASSIST_ERROR_DENIED,
                         call == NULL ? "nobody waits there any more" : "one session at a time");
    return FALSE;
  }
  machine = pv_assist_mediator_new (&console->identity, (PvAssistRandom){ fill_random, NULL });
  pv_assist_mediator_set_language (machine, pv_language_get ());
  if (!pv_assist_mediator_join (machine, bytes, digits, pv_console_now (console), error)) {
    pv_assist_mediator_free (machine);
    return FALSE;
  }
  pv_assist_mediator_free (console->machine);
  console->machine = machine;
  pv_console_begin_notes (console, call, pv_call_list_get_delegation (console->calls, call_id));
  pv_carrier_set_urgent (console->carrier, TRUE);
  settle (console);
  return TRUE;
}

const PvAssistMediator *
pv_console_get_session (const PvConsole *console)
{
  return console->machine;
}

void
pv_console_ask (PvConsole *console, PvRight right)
{
  g_autofree char *verb = g_strconcat ("ask-", pv_console_right_name (right), NULL);

  if (!pv_console_is_helping (console))
    return;
  pv_assist_mediator_ask (console->machine, right, pv_console_now (console));
  pv_console_note (console, verb, NULL);
  settle (console);
}

void
pv_console_give_back (PvConsole *console, PvRight right)
{
  g_autofree char *verb = g_strconcat ("give-back-", pv_console_right_name (right), NULL);

  if (!pv_console_is_helping (console))
    return;
  pv_assist_mediator_give_back (console->machine, right, pv_console_now (console));
  pv_console_note (console, verb, NULL);
  settle (console);
}

guint32
pv_console_command (PvConsole *console, PvCommandKind kind, const char *target, const char *text)
{
  guint32 id;

  if (!pv_console_is_helping (console))
    return 0;
  id = pv_assist_mediator_command (console->machine, kind, target, text, pv_console_now (console));
  if (id != 0)
    pv_console_note_command (console, id, kind, target);
  settle (console);
  return id;
}

void
pv_console_hand_over (PvConsole *console, const char *colleague_name)
{
  if (!pv_console_is_helping (console))
    return;
  pv_assist_mediator_hand_over (console->machine, colleague_name, pv_console_now (console));
  pv_console_note (console, "ask-handover", NULL);
  settle (console);
}

void
pv_console_show_as_read (PvConsole *console, gboolean is_as_read)
{
  if (!pv_console_is_helping (console))
    return;
  pv_assist_mediator_show_as_read (console->machine, is_as_read, pv_console_now (console));
  settle (console);
}

void
pv_console_end (PvConsole *console)
{
  if (!pv_console_is_helping (console))
    return;
  pv_assist_mediator_end (console->machine, pv_console_now (console));
  settle (console);
}

PvActivity *
pv_console_get_activity (PvConsole *console)
{
  return console->activity;
}
