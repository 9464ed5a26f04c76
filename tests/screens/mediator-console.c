/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator-console.h"

#include "assist/pair.h"
#include "mediator/key-store.h"
#include "mediator/ring.h"

struct PvConsole {
  PvConsoleHooks hooks;
  Pair *pair;
  PvCertificate *self;
  GPtrArray *calls, *colleagues;
  PvActivity *activity;
  PvPresence presence;
  gboolean is_up, has_joined, is_over;
  char *last_verb;
  guint timer;
};

static PvConsole *last_console;

PvConsole *
fake_console_get (void)
{
  return last_console;
}

static void
free_call (gpointer data)
{
  PvWaitingCall *call = data;

  g_free (call->id);
  g_free (call->kiosk);
  g_free (call->place);
  g_free (call->phone);
  g_free (call);
}

static void
free_colleague (gpointer data)
{
  PvColleague *colleague = data;

  g_free (colleague->id);
  g_free (colleague->name);
  g_free (colleague->place);
  g_free (colleague);
}

/* The pair's clock runs with the one that the window reads. */
static void
catch_up (PvConsole *console)
{
  gint64 now_ms = g_get_monotonic_time () / 1000;

  console->pair->now.mono_ms = now_ms;
  pv_assist_kiosk_tick (console->pair->kiosk, console->pair->now);
  pv_assist_mediator_tick (console->pair->mediator, console->pair->now);
}

static void
end_session (PvConsole *console)
{
  PvActivityLine line = { .began_utc = g_get_real_time () / G_USEC_PER_SEC - 7 * 60,
                          .minutes = 7,
                          .kiosk = (char *) "Borne de l’accueil",
                          .place = PV_PLACE_REMOTE,
                          .autonomy = PV_AUTONOMY_PARTLY,
                          .used_hand = TRUE };

  if (console->is_over)
    return;
  console->is_over = TRUE;
  pv_activity_add (console->activity, &line);
}

static void
tell (PvConsole *console, const PvOutput *output)
{
  switch (output->kind) {
  case PV_OUTPUT_CHANGED:
    if (pv_assist_mediator_get_state (console->pair->mediator) == PV_MEDIATOR_ENDED)
      end_session (console);
    console->hooks.session (console->hooks.data);
    break;
  case PV_OUTPUT_MIRROR:
    console->hooks.mirror (console->hooks.data);
    break;
  case PV_OUTPUT_ANSWER:
    console->hooks.answer (output->id, output->code, console->hooks.data);
    break;
  case PV_OUTPUT_QUICK:
    console->hooks.quick (output->code, console->hooks.data);
    break;
  case PV_OUTPUT_AUDIT:
    console->hooks.noted (output->text, output->target, console->hooks.data);
    break;
  case PV_OUTPUT_SEND:
  case PV_OUTPUT_PUBLISH:
  case PV_OUTPUT_POINT:
  case PV_OUTPUT_EXPLAIN:
  case PV_OUTPUT_INTENTION:
  case PV_OUTPUT_LANGUAGE:
  case PV_OUTPUT_CONSENT:
    break;
  }
}

static void
deliver (PvConsole *console)
{
  catch_up (console);
  pair_deliver (console->pair);
}

/* The pair empties the mediator's outputs itself: what a window must hear is told from here, by looking. */
static gboolean
turn_cb (gpointer data)
{
  PvConsole *console = data;

  deliver (console);
  return G_SOURCE_CONTINUE;
}

static void
heard_cb (Pair *pair, const PvOutput *output)
{
  tell (pair->data, output);
}

PvConsole *
pv_console_new (const PvConsoleSettings *settings, const guint8 *secret, const PvConsoleHooks *hooks, GError **error)
{
  PvConsole *console = g_new0 (PvConsole, 1);

  (void) settings;
  (void) secret;
  (void) error;
  console->hooks = *hooks;
  console->pair = pair_new (7);
  console->pair->data = console;
  console->pair->heard = heard_cb;
  console->self = g_new0 (PvCertificate, 1);
  console->self->role = PV_CERTIFICATE_MEDIATOR;
  console->self->name = g_strdup ("Claire Morin");
  console->self->place = g_strdup ("Ville de Montclair");
  console->calls = g_ptr_array_new_with_free_func (free_call);
  console->colleagues = g_ptr_array_new_with_free_func (free_colleague);
  console->activity = pv_activity_open (NULL, NULL);
  console->presence = PV_PRESENCE_FREE;
  console->is_up = TRUE;
  console->timer = g_timeout_add (20, turn_cb, console);
  last_console = console;
  return console;
}

void
pv_console_free (PvConsole *console)
{
  if (console == NULL)
    return;
  g_source_remove (console->timer);
  pair_free (console->pair);
  pv_certificate_free (console->self);
  g_ptr_array_unref (console->calls);
  g_ptr_array_unref (console->colleagues);
  pv_activity_free (console->activity);
  g_free (console->last_verb);
  g_free (console);
  last_console = NULL;
}

/* The real one takes a second by design; it has tests of its own. */
void
pv_key_store_open_async (const PvConsoleSettings *settings, const char *passphrase, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  const guint8 key[PV_CERTIFICATE_SECRET_BYTES] = { 1 };

  (void) settings;
  if (g_str_equal (passphrase, FAKE_PASSPHRASE))
    g_task_return_pointer (task, pv_secret_new (key, sizeof key), (GDestroyNotify) pv_secret_free);
  else
    g_task_return_new_error (task, PV_SEALED_KEY_ERROR, PV_SEALED_KEY_ERROR_PASSPHRASE, "not this one");
  g_object_unref (task);
}

PvSecret *
pv_key_store_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const PvCertificate *
pv_console_get_self (const PvConsole *console)
{
  return console->self;
}

gboolean
pv_console_is_up (const PvConsole *console)
{
  return console->is_up;
}

void
pv_console_set_presence (PvConsole *console, PvPresence presence)
{
  console->presence = presence;
}

PvPresence
pv_console_get_presence (const PvConsole *console)
{
  return console->presence;
}

const GPtrArray *
pv_console_get_calls (const PvConsole *console)
{
  return console->calls;
}

const GPtrArray *
pv_console_get_colleagues (const PvConsole *console)
{
  return console->colleagues;
}

gboolean
pv_console_join (PvConsole *console, const char *call_id, const char *digits, GError **error)
{
  (void) call_id;
  if (!pv_assist_mediator_join (console->pair->mediator, console->pair->call, digits, console->pair->now, error))
    return FALSE;
  console->has_joined = TRUE;
  return TRUE;
}

const PvAssistMediator *
pv_console_get_session (const PvConsole *console)
{
  return console->has_joined ? console->pair->mediator : NULL;
}

static void
note_verb (PvConsole *console, const char *verb, const char *target)
{
  g_free (console->last_verb);
  console->last_verb = g_strdup_printf ("%s %s", verb, target);
  console->hooks.noted (verb, *target != '\0' ? target : NULL, console->hooks.data);
}

void
pv_console_ask (PvConsole *console, PvRight right)
{
  static const char *const verbs[PV_N_RIGHTS] = { "ask-show", "ask-propose", "ask-hand" };

  pv_assist_mediator_ask (console->pair->mediator, right, console->pair->now);
  note_verb (console, verbs[right], "");
}

void
pv_console_give_back (PvConsole *console, PvRight right)
{
  static const char *const verbs[PV_N_RIGHTS] = { "give-back-show", "give-back-propose", "give-back-hand" };

  pv_assist_mediator_give_back (console->pair->mediator, right, console->pair->now);
  note_verb (console, verbs[right], "");
}

guint32
pv_console_command (PvConsole *console, PvCommandKind kind, const char *target, const char *text)
{
  guint32 id = pv_assist_mediator_command (console->pair->mediator, kind, target, text, console->pair->now);

  note_verb (console, pv_command_name (kind), target);
  return id;
}

void
pv_console_hand_over (PvConsole *console, const char *colleague_name)
{
  note_verb (console, "hand-over", colleague_name);
}

void
pv_console_show_as_read (PvConsole *console, gboolean is_as_read)
{
  pv_assist_mediator_show_as_read (console->pair->mediator, is_as_read, console->pair->now);
  deliver (console);
}

void
pv_console_end (PvConsole *console)
{
  pv_assist_mediator_end (console->pair->mediator, console->pair->now);
}

PvActivity *
pv_console_get_activity (PvConsole *console)
{
  return console->activity;
}

/* ---- what the test moves ---- */

static void
add_call (PvConsole *console, const char *id, const char *kiosk, const char *phone, gboolean is_here, guint age_s)
{
  PvWaitingCall *call = g_new0 (PvWaitingCall, 1);

  call->id = g_strdup (id);
  call->kiosk = g_strdup (kiosk);
  call->place = g_strdup ("Ville de Montclair");
  call->phone = g_strdup (phone);
  call->is_here = is_here;
  call->group = 1;
  call->since_ms = g_get_monotonic_time () / 1000 - age_s * 1000;
  g_ptr_array_add (console->calls, call);
}

void
fake_console_call (PvConsole *console)
{
  deliver (console);
  pv_assist_kiosk_call (console->pair->kiosk, FALSE, console->pair->now);
  pair_deliver (console->pair);
  g_ptr_array_set_size (console->calls, 0);
  add_call (console, "0101010101010101", "Borne de l’accueil", "01 99 00 12 34", FALSE, 48);
  add_call (console, "0202020202020202", "Borne de la médiathèque", NULL, TRUE, 12);
  console->hooks.calls (TRUE, console->hooks.data);
}

char *
fake_console_code (PvConsole *console)
{
  return g_strdup (pv_assist_kiosk_get_code (console->pair->kiosk, console->pair->now));
}

void
fake_console_add_colleague (PvConsole *console, const char *name, PvPresence presence)
{
  PvColleague *colleague = g_new0 (PvColleague, 1);

  colleague->id = g_strdup_printf ("%016x", console->colleagues->len + 3);
  colleague->name = g_strdup (name);
  colleague->place = g_strdup ("Communauté du Val");
  colleague->presence = presence;
  g_ptr_array_add (console->colleagues, colleague);
  console->hooks.colleagues (console->hooks.data);
}

void
fake_console_set_up (PvConsole *console, gboolean is_up)
{
  console->is_up = is_up;
  console->hooks.link (is_up, console->hooks.data);
}

void
fake_console_touch (PvConsole *console, PvTouch touch)
{
  deliver (console);
  pv_assist_kiosk_touch (console->pair->kiosk, touch, console->pair->now);
  deliver (console);
}

void
fake_console_decide (PvConsole *console, gboolean is_accepted)
{
  deliver (console);
  pv_assist_kiosk_decide (console->pair->kiosk, is_accepted, console->pair->now);
  deliver (console);
}

void
fake_console_quick (PvConsole *console, PvQuick quick)
{
  deliver (console);
  pv_assist_kiosk_quick (console->pair->kiosk, quick, console->pair->now);
  deliver (console);
}

void
fake_console_set_private (PvConsole *console, gboolean is_private)
{
  deliver (console);
  console->pair->is_private = is_private;
  pair_show (console->pair);
  deliver (console);
}

void
fake_console_show (PvConsole *console, PvScreenState *screen)
{
  deliver (console);
  pv_assist_kiosk_screen (console->pair->kiosk, screen, console->pair->now);
  pv_screen_state_free (console->pair->screen);
  console->pair->screen = screen;
  deliver (console);
}

const char *
fake_console_languages (PvConsole *console)
{
  deliver (console);
  return console->pair->languages->str;
}

const char *
fake_console_last_verb (PvConsole *console)
{
  return console->last_verb;
}

const char *
fake_console_street (PvConsole *console)
{
  return console->pair->street;
}

static void
drop_cb (Pair *pair, gboolean to_kiosk, GBytes *bytes)
{
  (void) pair;
  (void) to_kiosk;
  (void) bytes;
}

void
fake_console_cut (PvConsole *console, gboolean is_cut)
{
  deliver (console);
  console->pair->carry = is_cut ? drop_cb : NULL;
  if (is_cut)
    pv_assist_mediator_link_down (console->pair->mediator, console->pair->now);
  else
    pv_assist_mediator_link_up (console->pair->mediator, console->pair->now);
  deliver (console);
}

/* ---- the ring ---- */

struct PvRing {
  gboolean is_on;
};

static guint n_rings;

guint
fake_ring_count (void)
{
  return n_rings;
}

PvRing *
pv_ring_new (void)
{
  n_rings = 0;
  return g_new0 (PvRing, 1);
}

void
pv_ring_free (PvRing *ring)
{
  g_free (ring);
}

void
pv_ring_start (PvRing *ring)
{
  ring->is_on = TRUE;
  n_rings++;
}

void
pv_ring_stop (PvRing *ring)
{
  ring->is_on = FALSE;
}

gboolean
pv_ring_is_on (const PvRing *ring)
{
  return ring->is_on;
}
