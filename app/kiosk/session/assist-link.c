/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/assist-link.h"

#include <sodium.h>
#include <string.h>

#include "assist/machine-kiosk.h"
#include "kiosk/session/assist-courier.h"
#include "kiosk/session/assist-free.h"
#include "kiosk/session/assist-self.h"
#include "kiosk/session/assist-shown.h"
#include "platform/log.h"

/* Of the words with which a right is asked for (core/journey-screens-assist.c): to be raised when their meaning changes. */
#define TEXT_VERSION "1"

enum { MAX_ROOTS = 40 }; /* as many as the settings take */

struct PvAssistLink {
  /* owned */
  char *socket_path, *certificate_file, *phone;
  GArray *roots;               /* of PvCertificateRoot */
  char **revoked;              /* (nullable) */
  PvAssistCourier *courier;    /* (nullable): asleep */
  PvAssistFree *free;          /* (nullable): which mediators are free */
  PvAssistSelf *self;          /* (nullable): for one assistance */
  PvAssistKiosk *kiosk;        /* (nullable): nobody calls or helps */
  char *text_version;          /* of the call */
  const PvScreenState *screen; /* (nullable): a reference */
  GBytes *call;                /* (nullable): what rings, until somebody has joined */
  PvAssistance told;
  /* borrowed */
  PvAssistLinkEvents events;
  gpointer user_data;
  PvClock *clock;
  /* handles */
  guint timer_id;
  /* values */
  gint64 timer_ms;
  PvAssistanceState over; /* NO_ANSWER or ENDED, until the next call; OFF: neither */
  gboolean is_opening;    /* the citizen called; the line is not ours yet */
  gboolean is_farewell;   /* it is over; the end is said until it is heard */
  gboolean is_here;
  gint64 called_ms;
  gboolean is_working;     /* outputs are being carried out */
  gboolean is_leaving;     /* nobody is told anything any more */
  gboolean was_hand_taken; /* by the touch that is under way */
};

static void work (PvAssistLink *link);

static PvAssistTime
now (const PvAssistLink *link)
{
  return (PvAssistTime){ pv_clock_get_monotonic_ms (link->clock),
                         (guint64) (pv_clock_get_wall_us (link->clock) / G_USEC_PER_SEC) };
}

static void
random_cb (gpointer data, guint8 *bytes, gsize size)
{
  (void) data;
  randombytes_buf (bytes, size);
}

/* Somebody is called, or helps. */
static gboolean
is_on (const PvAssistLink *link)
{
  return link->kiosk != NULL && !link->is_farewell;
}

/* What is told */

static void
tell (PvAssistLink *link)
{
  g_auto (PvAssistance) shown = { .state = PV_ASSISTANCE_OFF };
  PvAssistReach reach = link->courier != NULL ? pv_assist_courier_get_reach (link->courier) : PV_ASSIST_REACH_NONE;
  PvAssistTime moment = now (link);

  if (is_on (link)) {
    pv_assist_shown_from_kiosk (&shown, link->kiosk, moment);
    if (shown.state == PV_ASSISTANCE_CALLING && pv_assistance_is_on (&link->told)) {
      link->called_ms = moment.mono_ms; /* a colleague, wherever they are */
      link->is_here = FALSE;
    }
    shown.is_here = link->is_here;
    shown.group = moment.mono_ms < link->called_ms + PV_ASSIST_GROUP_MS ? 1 : 2;
  } else if (link->over != PV_ASSISTANCE_OFF) {
    pv_assistance_copy (&shown, &link->told);
    shown.state = link->over;
  } else {
    shown.state = reach == PV_ASSIST_REACH_UP     ? PV_ASSISTANCE_READY
                  : reach == PV_ASSIST_REACH_AWAY ? PV_ASSISTANCE_AWAY
                                                  : PV_ASSISTANCE_OFF;
  }
  shown.n_free = link->free != NULL ? pv_assist_free_count (link->free) : 0;
  if (link->is_leaving || pv_assist_shown_equal (&shown, &link->told))
    return;
  pv_assistance_copy (&link->told, &shown);
  link->events.changed (&shown, link->user_data);
}

/* The clock */

static gboolean
timer_cb (gpointer user_data)
{
  PvAssistLink *link = user_data;

  link->timer_id = 0;
  pv_assist_kiosk_tick (link->kiosk, now (link));
  work (link);
  return G_SOURCE_REMOVE;
}

static void
plan (PvAssistLink *link)
{
  gint64 next_ms = link->kiosk != NULL ? pv_assist_kiosk_next_deadline_ms (link->kiosk) : G_MAXINT64;
  gint64 wait_ms = next_ms - now (link).mono_ms;

  if (link->timer_id != 0 && next_ms == link->timer_ms)
    return;
  g_clear_handle_id (&link->timer_id, g_source_remove);
  if (next_ms == G_MAXINT64)
    return;
  link->timer_ms = next_ms;
  link->timer_id = g_timeout_add ((guint) CLAMP (wait_ms, 1, G_MAXINT), timer_cb, link);
}

/* Carrying out what the machine wants */

static void
publish (PvAssistLink *link, GBytes *call)
{
  g_clear_pointer (&link->call, g_bytes_unref);
  if (pv_assist_kiosk_get_state (link->kiosk) == PV_KIOSK_CALLING)
    link->call = g_bytes_ref (call);
  pv_assist_courier_call (link->courier, call);
}

/* What the journey must know. */
static void
report (PvAssistLink *link, const PvOutput *output)
{
  if (output->kind == PV_OUTPUT_POINT)
    link->events.pointed (output->target, link->user_data);
  else if (output->kind == PV_OUTPUT_EXPLAIN)
    link->events.explained (output->text, link->user_data);
  else if (output->kind == PV_OUTPUT_INTENTION)
    link->events.intention (output->intention, link->user_data);
  else if (output->kind == PV_OUTPUT_AUDIT)
    link->events.noted (output->text, output->target, link->user_data);
  else if (output->kind == PV_OUTPUT_LANGUAGE)
    link->events.language (output->text, link->user_data);
}

static void
carry_out (PvAssistLink *link, const PvOutput *output)
{
  if (output->kind == PV_OUTPUT_PUBLISH)
    publish (link, output->bytes);
  else if (output->kind == PV_OUTPUT_SEND)
    pv_assist_courier_send (link->courier, output->peer, output->bytes, output->is_beat);
  else if (output->kind == PV_OUTPUT_CONSENT)
    pv_assist_courier_keep_consent (link->courier, output->bytes);
  else if (output->kind == PV_OUTPUT_AUDIT)
    pv_assist_courier_note (link->courier, output->text, output->target);
  if (!link->is_leaving)
    report (link, output);
}

static void
keep_screen (PvAssistLink *link, const PvScreenState *state)
{
  const PvScreenState *old = link->screen;

  link->screen = state != NULL ? pv_screen_state_ref (state) : NULL;
  pv_assist_kiosk_screen (link->kiosk, state, now (link));
  pv_screen_state_free ((PvScreenState *) old);
}

/* Nothing of it stays but what the citizen is told. */
static void
put_away (PvAssistLink *link)
{
  g_clear_handle_id (&link->timer_id, g_source_remove);
  link->timer_ms = 0;
  link->is_farewell = FALSE;
  g_clear_pointer (&link->kiosk, pv_assist_kiosk_free);
  g_clear_pointer (&link->call, g_bytes_unref);
  pv_screen_state_free ((PvScreenState *) g_steal_pointer (&link->screen));
  pv_assist_courier_close (link->courier);
  g_clear_pointer (&link->self, pv_assist_self_free);
  g_clear_pointer (&link->text_version, g_free);
}

/* Nobody calls or helps any more: the screen and the key go at once, the machine when its end was heard. */
static void
settle (PvAssistLink *link)
{
  PvKioskState state;

  if (link->kiosk == NULL)
    return;
  state = pv_assist_kiosk_get_state (link->kiosk);
  if (state == PV_KIOSK_CALLING || state == PV_KIOSK_SESSION)
    return;
  if (!link->is_farewell) {
    tell (link);
    link->over = state != PV_KIOSK_IDLE ? link->told.state : PV_ASSISTANCE_OFF;
    link->is_farewell = TRUE;
    keep_screen (link, NULL);
    g_clear_pointer (&link->call, g_bytes_unref);
    pv_assist_self_wipe_key (link->self);
  }
  if (pv_assist_kiosk_next_deadline_ms (link->kiosk) == G_MAXINT64)
    put_away (link);
}

/* What is carried out may ask for more; that is seen to by the first one here. */
static void
work (PvAssistLink *link)
{
  PvOutput *output;

  if (link->is_working)
    return;
  link->is_working = TRUE;
  while (link->kiosk != NULL && (output = pv_assist_kiosk_pop (link->kiosk)) != NULL) {
    carry_out (link, output);
    pv_output_free (output);
  }
  settle (link);
  tell (link);
  plan (link);
  link->is_working = FALSE;
}

/* Its end */

static void
withdraw (PvAssistLink *link)
{
  link->over = PV_ASSISTANCE_OFF;
  if (is_on (link)) {
    pv_assist_kiosk_withdraw (link->kiosk, now (link));
  } else if (link->is_opening) {
    link->is_opening = FALSE;
    put_away (link);
  }
}

/* The procedure is over, or the citizen leaves. */
static void
finish (PvAssistLink *link)
{
  withdraw (link);
  if (is_on (link))
    pv_assist_kiosk_end (link->kiosk, PV_END_PROCEDURE, now (link));
}

/* The courier */

static void
start_call (PvAssistLink *link)
{
  link->is_opening = FALSE;
  link->kiosk = pv_assist_kiosk_new (pv_assist_self_get_identity (link->self), (PvAssistRandom){ random_cb, NULL },
                                     link->text_version);
  pv_assist_kiosk_set_phone (link->kiosk, link->phone);
  link->over = PV_ASSISTANCE_OFF;
  link->called_ms = now (link).mono_ms;
  pv_assist_kiosk_call (link->kiosk, link->is_here, now (link));
}

static void
not_reached (PvAssistLink *link)
{
  link->is_opening = FALSE;
  if (link->kiosk == NULL || pv_assist_kiosk_get_state (link->kiosk) == PV_KIOSK_CALLING) {
    link->over = PV_ASSISTANCE_NO_ANSWER;
    put_away (link);
  }
}

/* A courier that started again lends our key another name, if somebody enrolled the kiosk anew: the mediator would not
 * know us. */
static void
opened_cb (GBytes *certificate, GBytes *delegation, gpointer user_data)
{
  PvAssistLink *link = user_data;

  if (certificate == NULL) {
    not_reached (link);
  } else if (!pv_assist_self_take_name (link->self, certificate, delegation, now (link).utc)) {
    pv_log_event (PV_LOG_ERROR, "assist-identity-not-ours");
    pv_assist_courier_close (link->courier);
    not_reached (link);
    if (link->kiosk != NULL)
      pv_assist_kiosk_end (link->kiosk, PV_END_LOST, now (link));
  } else if (link->kiosk == NULL) {
    start_call (link);
  } else if (link->call != NULL) {
    pv_assist_courier_call (link->courier, link->call);
  }
  work (link);
}

static void
received_cb (GBytes *parcel, gpointer user_data)
{
  PvAssistLink *link = user_data;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (parcel, &size);

  if (link->kiosk == NULL)
    return;
  pv_assist_kiosk_receive (link->kiosk, bytes, size, now (link));
  work (link);
}

static void
presence_cb (GBytes *presence, gpointer user_data)
{
  PvAssistLink *link = user_data;

  if (link->free != NULL && !link->is_leaving)
    pv_assist_free_hear (link->free, presence);
}

/* That a call did not go out is seen here: what rings goes out again. */
static void
reach_cb (PvAssistReach reach, gpointer user_data)
{
  PvAssistLink *link = user_data;

  if (reach != PV_ASSIST_REACH_UP && link->free != NULL)
    pv_assist_free_forget (link->free);
  if (reach == PV_ASSIST_REACH_UP) {
    if (link->call != NULL)
      pv_assist_courier_call (link->courier, link->call);
  } else if (link->kiosk != NULL) {
    pv_assist_kiosk_link_down (link->kiosk, now (link));
  } else if (link->is_opening) {
    not_reached (link);
  }
  work (link);
}

/* The citizen */

static const PvCertificateRoot *
get_roots (const PvAssistLink *link)
{
  return (const PvCertificateRoot *) (gpointer) link->roots->data;
}

static void
call (PvAssistLink *link, gboolean is_here, const char *language)
{
  link->is_here = is_here;
  if (is_on (link)) {
    pv_assist_kiosk_call (link->kiosk, is_here, now (link));
    return;
  }
  if (link->is_opening)
    return;
  if (link->is_farewell)
    put_away (link);
  if (link->courier == NULL || pv_assist_courier_get_reach (link->courier) != PV_ASSIST_REACH_UP) {
    link->over = PV_ASSISTANCE_OFF;
    return;
  }
  link->self = pv_assist_self_new (get_roots (link), link->roots->len, (const char *const *) link->revoked);
  if (link->self == NULL)
    return;
  link->text_version = g_strdup_printf ("%s/%s", TEXT_VERSION, language);
  link->is_opening = TRUE;
  pv_assist_courier_open (link->courier, pv_assist_self_get_key (link->self));
}

static void
quick (PvAssistLink *link, const char *word)
{
  static const char *const words[PV_N_QUICKS] = { "yes", "no", "not-understood", "repeat", "wait" };

  for (PvQuick i = 0; i < PV_N_QUICKS; i++)
    if (g_strcmp0 (word, words[i]) == 0)
      pv_assist_kiosk_quick (link->kiosk, i, now (link));
}

/* What only means something while there is a machine. */
static void
perform_with_kiosk (PvAssistLink *link, const PvEffect *effect)
{
  static const struct {
    PvEffectKind kind;
    PvTouch touch;
  } touches[] = {
    { PV_EFFECT_ASSIST_GRANT, PV_TOUCH_GRANT },         { PV_EFFECT_ASSIST_REFUSE, PV_TOUCH_REFUSE },
    { PV_EFFECT_ASSIST_RENEW, PV_TOUCH_RENEW },         { PV_EFFECT_ASSIST_STEP_DOWN, PV_TOUCH_STEP_DOWN },
    { PV_EFFECT_ASSIST_ELSEWHERE, PV_TOUCH_ELSEWHERE }, { PV_EFFECT_ASSIST_STOP, PV_TOUCH_STOP },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (touches); i++) {
    PvTouch touch = touches[i].touch;

    if (effect->kind != touches[i].kind)
      continue;
    /* The highest right was the hand, and the same touch took it back already. */
    if (touch == PV_TOUCH_STEP_DOWN && link->was_hand_taken)
      touch = PV_TOUCH_ELSEWHERE;
    pv_assist_kiosk_touch (link->kiosk, touch, now (link));
  }
  if (effect->kind == PV_EFFECT_ASSIST_ACCEPT || effect->kind == PV_EFFECT_ASSIST_DECLINE)
    pv_assist_kiosk_decide (link->kiosk, effect->kind == PV_EFFECT_ASSIST_ACCEPT, now (link));
  else if (effect->kind == PV_EFFECT_ASSIST_QUICK)
    quick (link, effect->text);
  else if (effect->kind == PV_EFFECT_ASSIST_LIFT && effect->text != NULL)
    pv_assist_kiosk_lift (link->kiosk, effect->text, now (link));
}

gboolean
pv_assist_link_perform (PvAssistLink *link, const PvEffect *effect, const char *language)
{
  if (effect->kind < PV_EFFECT_ASSIST_CALL || effect->kind > PV_EFFECT_ASSIST_FINISH)
    return FALSE;
  if (link->is_leaving)
    return TRUE;
  if (effect->kind == PV_EFFECT_ASSIST_CALL)
    call (link, g_strcmp0 (effect->text, "here") == 0, language);
  else if (effect->kind == PV_EFFECT_ASSIST_WITHDRAW)
    withdraw (link);
  else if (effect->kind == PV_EFFECT_ASSIST_FINISH)
    finish (link);
  else if (is_on (link))
    perform_with_kiosk (link, effect);
  link->was_hand_taken = FALSE;
  work (link);
  return TRUE;
}

void
pv_assist_link_touched (PvAssistLink *link, gboolean is_renewal)
{
  link->was_hand_taken = FALSE;
  if (!is_on (link) || is_renewal)
    return;
  link->was_hand_taken = pv_rights_has (pv_assist_kiosk_get_rights (link->kiosk), PV_RIGHT_HAND);
  pv_assist_kiosk_touch (link->kiosk, PV_TOUCH_ELSEWHERE, now (link));
  work (link);
}

gboolean
pv_assist_link_wants_screen (const PvAssistLink *link)
{
  return is_on (link);
}

void
pv_assist_link_screen (PvAssistLink *link, const PvScreenState *state)
{
  if (!is_on (link) || state == link->screen)
    return;
  keep_screen (link, state);
  work (link);
}

/* The link itself */

static GArray *
read_roots (const char *const *texts)
{
  GArray *roots = g_array_new (FALSE, FALSE, sizeof (PvCertificateRoot));

  for (gsize i = 0; texts != NULL && texts[i] != NULL && roots->len < MAX_ROOTS; i++) {
    PvCertificateRoot root = { .communes = NULL };
    gsize size = 0;
    g_autofree guchar *bytes = g_base64_decode (texts[i], &size);

    if (size == sizeof root.key) {
      memcpy (root.key, bytes, size);
      g_array_append_val (roots, root);
    } else {
      pv_log_event (PV_LOG_WARNING, "bad-assist-root", PV_LOG_INT ("number", (gint64) i + 1));
    }
  }
  return roots;
}

PvAssistLink *
pv_assist_link_new (const PvAssistLinkConfig *config, const PvAssistLinkEvents *events, gpointer user_data)
{
  g_autoptr (GArray) roots = read_roots (config->roots);
  PvAssistLink *link;

  if (roots->len == 0 || !pv_assist_init ())
    return NULL;
  link = g_new0 (PvAssistLink, 1);
  link->socket_path = g_strdup (config->socket_path);
  link->roots = g_steal_pointer (&roots);
  link->certificate_file = g_strdup (config->certificate_file);
  link->revoked = g_strdupv ((char **) config->revoked);
  link->phone = g_strdup (config->room_phone);
  link->clock = config->clock;
  link->events = *events;
  link->user_data = user_data;
  return link;
}

static void
free_cb (gpointer user_data)
{
  work (user_data);
}

void
pv_assist_link_wake (PvAssistLink *link)
{
  static const PvAssistCourierEvents events = { reach_cb, opened_cb, received_cb, presence_cb };

  if (link->courier != NULL)
    return;
  link->free =
    pv_assist_free_new (link->certificate_file, get_roots (link), link->roots->len, link->clock, free_cb, link);
  link->courier = pv_assist_courier_new (link->socket_path, &events, link);
}

void
pv_assist_link_end (PvAssistLink *link)
{
  link->is_leaving = TRUE;
  g_clear_pointer (&link->free, pv_assist_free_free);
  finish (link);
  work (link);
  pv_assistance_clear (&link->told); /* no code, no proposal */
}

void
pv_assist_link_free (PvAssistLink *link)
{
  if (link == NULL)
    return;
  pv_assist_link_end (link);
  if (link->kiosk != NULL)
    put_away (link);
  pv_assist_courier_free (link->courier);
  g_array_unref (link->roots);
  g_strfreev (link->revoked);
  g_free (link->socket_path);
  g_free (link->certificate_file);
  g_free (link->phone);
  g_free (link);
}
