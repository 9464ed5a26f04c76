/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules of the service screen: what leads where, what is asked for, what was answered. */

#include "core/service-private.h"

#include <string.h>

#include "core/date.h"
#include "core/wipe.h"

#define ALL_TOUCHED ((1U << PV_SERVICE_TARGETS) - 1)

enum {
  SOON_MINUTES = 60,
  EVENING_HOUR = 18, /* until then an agent is in the building, */
  MORNING_HOUR = 8,  /* and from then on again */
};

PvServiceFinding *
pv_service_finding_new (PvServiceHealth health, const char *title, const char *sentence, const char *to_do)
{
  PvServiceFinding *finding = g_new0 (PvServiceFinding, 1);

  finding->health = health;
  finding->title = g_strdup (title);
  finding->sentence = g_strdup (sentence);
  finding->to_do = to_do != NULL && *to_do != '\0' ? g_strdup (to_do) : NULL;
  return finding;
}

void
pv_service_finding_free (PvServiceFinding *finding)
{
  if (finding == NULL)
    return;
  g_free (finding->title);
  g_free (finding->sentence);
  g_free (finding->to_do);
  g_free (finding);
}

void
pv_service_effect_free (PvServiceEffect *effect)
{
  if (effect == NULL)
    return;
  pv_wipe_str (effect->text);
  g_free (effect);
}

static PvServiceEffect *
queue (PvService *service, PvServiceEffectKind kind, const char *text)
{
  PvServiceEffect *effect = g_new0 (PvServiceEffect, 1);

  effect->kind = kind;
  effect->text = g_strdup (text);
  g_queue_push_tail (&service->effects, effect);
  return effect;
}

static void
forget_screen (PvService *service)
{
  g_clear_pointer (&service->state, pv_screen_state_free);
}

static void
set_now (PvService *service, const PvMoment *now)
{
  GTimeZone *zone = g_time_zone_ref (now->zone);

  g_clear_pointer (&service->now.zone, g_time_zone_unref);
  service->now = *now;
  service->now.zone = zone;
  forget_screen (service);
}

static void
be_active (PvService *service)
{
  service->active_ms = service->now.monotonic_ms;
  service->is_asking = FALSE;
}

static void
look (PvService *service, PvServiceSubject subject)
{
  static const char *const parts[] = {
    [PV_SERVICE_OF_ALL] = NULL,
    [PV_SERVICE_OF_PRINTER] = "printer",
    [PV_SERVICE_OF_NETWORK] = "portal broker certificates",
  };

  service->looked_at = subject;
  service->is_looking = TRUE;
  service->could_not_look = FALSE;
  queue (service, PV_SERVICE_LOOK, parts[subject]);
}

static void
leave_stage (PvService *service)
{
  if (service->stage == PV_SERVICE_AT_CARD)
    queue (service, PV_SERVICE_STOP_CARD, NULL);
  service->page = 0;
  service->touched = 0;
  service->is_silent = FALSE;
  service->has_card_state = FALSE;
}

static void
go (PvService *service, PvServiceStage stage)
{
  leave_stage (service);
  service->stage = stage;
}

static void
go_home (PvService *service)
{
  go (service, PV_SERVICE_AT_HOME);
  service->print = service->close = service->restart = service->save = PV_SERVICE_NOT_ASKED;
  if (!service->is_looking)
    look (service, PV_SERVICE_OF_ALL);
  queue (service, PV_SERVICE_COUNT, NULL);
}

static void
end (PvService *service)
{
  go (service, PV_SERVICE_AT_END);
  service->is_asking = FALSE;
  pv_wipe_bytes (service->pin, sizeof service->pin);
  queue (service, PV_SERVICE_LEAVE, NULL);
}

PvService *
pv_service_new (const PvServiceConfig *config, const PvMoment *now)
{
  PvService *service = g_new0 (PvService, 1);

  service->commune = g_strdup (config->commune);
  service->place = g_strdup (config->place);
  service->can_speak = config->can_speak;
  service->has_printer = config->has_printer;
  service->has_reader = config->has_reader;
  service->look =
    (PvLook){ .text_percent = 100, .theme = "light", .is_low = config->starts_low, .language = PV_TEXTS_OFFICIAL };
  service->capacity = (PvCapacity){ .lines = 20, .chars_per_line = 40 };
  service->n_waiting = -1;
  g_queue_init (&service->effects);
  set_now (service, now);
  be_active (service);
  return service;
}

void
pv_service_free (PvService *service)
{
  if (service == NULL)
    return;
  g_queue_clear_full (&service->effects, (GDestroyNotify) pv_service_effect_free);
  g_clear_pointer (&service->findings, g_ptr_array_unref);
  g_clear_pointer (&service->part, g_ptr_array_unref);
  pv_screen_state_free (service->state);
  g_time_zone_unref (service->now.zone);
  g_free (service->commune);
  g_free (service->place);
  pv_wipe_bytes (service, sizeof *service);
  g_free (service);
}

void
pv_service_set_capacity (PvService *service, const PvCapacity *capacity)
{
  service->capacity = *capacity;
  forget_screen (service);
}

void
pv_service_set_can_speak (PvService *service, gboolean can_speak)
{
  service->can_speak = can_speak;
  forget_screen (service);
}

void
pv_service_set_closed (PvService *service, gboolean is_closed, gint64 until_us)
{
  service->is_closed = is_closed;
  service->closed_us = until_us;
  forget_screen (service);
}

/* Times ------------------------------------------------------------------------------------------------------------- */

/* The next time that it is @hour, at least an hour from now and @days days later at the earliest; 0: there is none. */
static gint64
next_hour_us (const PvService *service, int hour, int days)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (service->now.utc_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) here = utc != NULL ? g_date_time_to_timezone (utc, service->now.zone) : NULL;
  g_autoptr (GDateTime) day = here != NULL ? g_date_time_add_days (here, days) : NULL;
  g_autoptr (GDateTime) then = NULL;

  if (day == NULL)
    return 0;
  then = g_date_time_new (service->now.zone, g_date_time_get_year (day), g_date_time_get_month (day),
                          g_date_time_get_day_of_month (day), hour, 0, 0);
  return then != NULL ? g_date_time_to_unix (then) * G_USEC_PER_SEC : 0;
}

static int
days_to_monday (const PvService *service)
{
  GDate today;

  g_date_clear (&today, 1);
  if (!pv_moment_get_date (service->now.utc_us, service->now.zone, &today))
    return 0;
  return 8 - (int) g_date_get_weekday (&today);
}

guint
pv_service_list_times (const PvService *service, gint64 ret_us[PV_SERVICE_MAX_TIMES])
{
  const gint64 soon_us = service->now.utc_us + (gint64) SOON_MINUTES * 60 * G_USEC_PER_SEC;
  const gint64 wishes[] = { soon_us, next_hour_us (service, EVENING_HOUR, 0), next_hour_us (service, MORNING_HOUR, 1),
                            next_hour_us (service, MORNING_HOUR, days_to_monday (service)) };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    if (wishes[i] >= soon_us && (n == 0 || wishes[i] > ret_us[n - 1]))
      ret_us[n++] = wishes[i];
  return n;
}

/* Intentions -------------------------------------------------------------------------------------------------------- */

static void
type_pin (PvService *service, const char *value)
{
  gsize length = value != NULL ? strlen (value) : 0;

  if (service->is_trying || length > PV_SERVICE_PIN_DIGITS || (length > 0 && strspn (value, "0123456789") != length))
    return;
  pv_wipe_bytes (service->pin, sizeof service->pin);
  if (length > 0)
    memcpy (service->pin, value, length);
}

static void
try_pin (PvService *service)
{
  if (service->is_trying || strlen (service->pin) != PV_SERVICE_PIN_DIGITS)
    return;
  service->is_trying = TRUE;
  service->verdict = PV_SERVICE_OPEN;
  queue (service, PV_SERVICE_TRY_PIN, service->pin);
  pv_wipe_bytes (service->pin, sizeof service->pin);
}

static void
start_print (PvService *service)
{
  go (service, PV_SERVICE_AT_PRINT);
  service->print = PV_SERVICE_ASKED;
  service->print_state = PV_PRINT_PREPARING;
  queue (service, PV_SERVICE_PRINT, NULL);
}

static void
open_subject (PvService *service, PvServiceSubject subject)
{
  go (service, PV_SERVICE_AT_FINDINGS);
  service->subject = subject;
  if (subject != PV_SERVICE_OF_ALL) {
    g_clear_pointer (&service->part, g_ptr_array_unref);
    look (service, subject);
  }
}

static void
open_printer_after_paper (PvService *service)
{
  queue (service, PV_SERVICE_NOTE_PAPER, NULL);
  open_subject (service, PV_SERVICE_OF_PRINTER);
}

static void
reopen (PvService *service)
{
  service->close = PV_SERVICE_ASKED;
  queue (service, PV_SERVICE_REOPEN, NULL);
}

static void
open_tile (PvService *service, const char *tile)
{
  if (g_strcmp0 (tile, "findings") == 0)
    open_subject (service, PV_SERVICE_OF_ALL);
  else if (g_strcmp0 (tile, "paper") == 0 && service->has_printer)
    open_printer_after_paper (service);
  else if (g_strcmp0 (tile, "tests") == 0)
    go (service, PV_SERVICE_AT_TESTS);
  else if (g_strcmp0 (tile, "close") == 0 && !service->is_closed)
    go (service, PV_SERVICE_AT_CLOSE);
  else if (g_strcmp0 (tile, "reopen") == 0 && service->is_closed)
    reopen (service);
  else if (g_strcmp0 (tile, "save") == 0)
    go (service, PV_SERVICE_AT_SAVE);
  else if (g_strcmp0 (tile, "restart") == 0)
    go (service, PV_SERVICE_AT_RESTART);
}

static void
open_test (PvService *service, const char *test)
{
  if (g_strcmp0 (test, "print") == 0 && service->has_printer)
    start_print (service);
  else if (g_strcmp0 (test, "touch") == 0)
    go (service, PV_SERVICE_AT_TOUCH);
  else if (g_strcmp0 (test, "sound") == 0) {
    go (service, PV_SERVICE_AT_SOUND);
    if (service->can_speak)
      queue (service, PV_SERVICE_SPEECH, service->speaking.is_on ? "again" : "listen");
  } else if (g_strcmp0 (test, "card") == 0 && service->has_reader) {
    go (service, PV_SERVICE_AT_CARD);
    queue (service, PV_SERVICE_WATCH_CARD, NULL);
  } else if (g_strcmp0 (test, "network") == 0)
    open_subject (service, PV_SERVICE_OF_NETWORK);
}

static void
close_until (PvService *service, const char *value)
{
  gint64 times[PV_SERVICE_MAX_TIMES], until_us = 0;
  guint n = pv_service_list_times (service, times);
  guint64 chosen = 0;

  if (service->close == PV_SERVICE_ASKED)
    return;
  if (g_strcmp0 (value, "open") != 0) {
    if (value == NULL || !g_ascii_string_to_unsigned (value, 10, 0, n - 1, &chosen, NULL))
      return;
    until_us = times[chosen];
  }
  service->close = PV_SERVICE_ASKED;
  service->closed_us = until_us;
  queue (service, PV_SERVICE_CLOSE, NULL)->until_us = until_us;
}

static void
touch_target (PvService *service, const char *value)
{
  guint64 target = 0;

  if (value != NULL && g_ascii_string_to_unsigned (value, 10, 1, PV_SERVICE_TARGETS, &target, NULL))
    service->touched |= 1U << (target - 1);
}

static void
confirm (PvService *service, const char *what)
{
  if (g_strcmp0 (what, "confirm") != 0)
    return;
  if (service->stage == PV_SERVICE_AT_RESTART && service->restart != PV_SERVICE_ASKED) {
    service->restart = PV_SERVICE_ASKED;
    queue (service, PV_SERVICE_RESTART, NULL);
  } else if (service->stage == PV_SERVICE_AT_SAVE && service->save != PV_SERVICE_ASKED) {
    service->save = PV_SERVICE_ASKED;
    queue (service, PV_SERVICE_SAVE, NULL);
  }
}

static void
open_what_printer_says (PvService *service, const char *what)
{
  if (g_strcmp0 (what, "printer") == 0 && service->print == PV_SERVICE_FAILED)
    open_subject (service, PV_SERVICE_OF_PRINTER);
}

static void
note_silence (PvService *service, const char *what)
{
  if (g_strcmp0 (what, "silent") == 0)
    service->is_silent = TRUE;
}

static void
choose (PvService *service, const PvIntention *intention)
{
  static void (*const choices[]) (PvService * service, const char *what) = {
    [PV_SERVICE_AT_HOME] = open_tile,
    [PV_SERVICE_AT_TESTS] = open_test,
    [PV_SERVICE_AT_PRINT] = open_what_printer_says,
    [PV_SERVICE_AT_TOUCH] = touch_target,
    [PV_SERVICE_AT_SOUND] = note_silence,
    [PV_SERVICE_AT_CLOSE] = close_until,
    [PV_SERVICE_AT_RESTART] = confirm,
    [PV_SERVICE_AT_SAVE] = confirm,
    [PV_SERVICE_AT_END] = NULL,
  };

  /* Actions name it as target, choices as value. */
  if (choices[service->stage] != NULL)
    choices[service->stage](service, intention->value != NULL ? intention->value : intention->target);
}

static gboolean
is_test (PvServiceStage stage)
{
  return stage == PV_SERVICE_AT_PRINT || stage == PV_SERVICE_AT_TOUCH || stage == PV_SERVICE_AT_SOUND
         || stage == PV_SERVICE_AT_CARD;
}

/* Where somebody else is at work, it is waited for. */
static gboolean
is_busy (const PvService *service)
{
  return service->restart == PV_SERVICE_ASKED || service->save == PV_SERVICE_ASKED;
}

static void
go_back (PvService *service)
{
  if (service->stage == PV_SERVICE_AT_PIN || service->stage == PV_SERVICE_AT_END || is_busy (service))
    return;
  if (is_test (service->stage)
      || (service->stage == PV_SERVICE_AT_FINDINGS && service->subject == PV_SERVICE_OF_NETWORK))
    go (service, PV_SERVICE_AT_TESTS);
  else
    go_home (service);
}

static void
look_again (PvService *service)
{
  if (!service->is_looking)
    look (service, service->subject);
}

/* What leads on, of each screen. */
static void
handle_next (PvService *service)
{
  if (service->stage == PV_SERVICE_AT_PIN)
    try_pin (service);
  else if (service->stage == PV_SERVICE_AT_FINDINGS)
    look_again (service);
  else if (service->stage == PV_SERVICE_AT_SOUND)
    go (service, PV_SERVICE_AT_TESTS);
}

static void
handle_print (PvService *service)
{
  gboolean is_printer = service->stage == PV_SERVICE_AT_FINDINGS && service->subject == PV_SERVICE_OF_PRINTER;

  if ((is_printer || (service->stage == PV_SERVICE_AT_PRINT && service->print != PV_SERVICE_ASKED))
      && service->has_printer)
    start_print (service);
}

static void
handle_listen (PvService *service)
{
  if (service->can_speak)
    queue (service, PV_SERVICE_SPEECH, service->speaking.is_on ? "again" : "listen");
}

static void
set_low (PvService *service, gboolean is_low)
{
  service->look.is_low = is_low;
  queue (service, PV_SERVICE_SET_LOOK, NULL);
}

static void
lower (PvService *service)
{
  set_low (service, TRUE);
}

static void
raise_it (PvService *service)
{
  set_low (service, FALSE);
}

static void
turn_page (PvService *service)
{
  service->page++;
}

static void
finish (PvService *service)
{
  if (!is_busy (service))
    end (service);
}

void
pv_service_handle (PvService *service, const PvIntention *intention, const PvMoment *now)
{
  static const struct {
    PvIntentionKind kind;
    void (*handle) (PvService *service);
  } handlers[] = {
    { PV_DO_NEXT, handle_next },     { PV_DO_BACK, go_back },  { PV_DO_NEXT_PAGE, turn_page },
    { PV_DO_PRINT, handle_print },   { PV_DO_FINISH, finish }, { PV_DO_QUIT, finish },
    { PV_DO_LISTEN, handle_listen }, { PV_DO_LOWER, lower },   { PV_DO_RAISE, raise_it },
  };

  set_now (service, now);
  if (intention->actor != PV_ACTOR_CITIZEN || service->stage == PV_SERVICE_AT_END)
    return;
  be_active (service);
  if (intention->kind == PV_DO_TYPE && service->stage == PV_SERVICE_AT_PIN)
    type_pin (service, intention->value);
  else if (intention->kind == PV_DO_CHOOSE || intention->kind == PV_DO_SERVICE)
    choose (service, intention);
  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    if (handlers[i].kind == intention->kind)
      handlers[i].handle (service);
}

/* Answers ----------------------------------------------------------------------------------------------------------- */

void
pv_service_opened (PvService *service, PvServiceVerdict verdict, guint tries_left, gint64 until_us, const PvMoment *now)
{
  set_now (service, now);
  if (service->stage != PV_SERVICE_AT_PIN || !service->is_trying)
    return;
  service->is_trying = FALSE;
  service->verdict = verdict;
  service->tries_left = tries_left;
  service->locked_us = until_us;
  if (verdict == PV_SERVICE_OPEN)
    go_home (service);
}

void
pv_service_found (PvService *service, GPtrArray *findings, const PvMoment *now)
{
  GPtrArray **place = service->looked_at == PV_SERVICE_OF_ALL ? &service->findings : &service->part;

  set_now (service, now);
  service->is_looking = FALSE;
  service->could_not_look = findings == NULL;
  g_clear_pointer (place, g_ptr_array_unref);
  if (findings == NULL)
    return;
  g_ptr_array_set_free_func (findings, (GDestroyNotify) pv_service_finding_free);
  if (findings->len > PV_SERVICE_MAX_FINDINGS)
    g_ptr_array_set_size (findings, PV_SERVICE_MAX_FINDINGS);
  *place = findings;
}

void
pv_service_counted (PvService *service, int n_waiting, const PvMoment *now)
{
  set_now (service, now);
  service->n_waiting = n_waiting;
}

void
pv_service_print_state (PvService *service, PvPrintState state, const PvMoment *now)
{
  set_now (service, now);
  if (service->print != PV_SERVICE_ASKED)
    return;
  service->print_state = state;
  if (state == PV_PRINT_DONE)
    service->print = PV_SERVICE_SUCCEEDED;
  else if (state == PV_PRINT_FAILED || state == PV_PRINT_UNKNOWN)
    service->print = PV_SERVICE_FAILED;
}

void
pv_service_card_report (PvService *service, PvCardState state, const PvMoment *now)
{
  set_now (service, now);
  if (service->stage != PV_SERVICE_AT_CARD)
    return;
  service->card = state;
  service->has_card_state = TRUE;
}

void
pv_service_done (PvService *service, PvServiceEffectKind kind, gboolean is_done, const PvMoment *now)
{
  PvServiceAnswer answer = is_done ? PV_SERVICE_SUCCEEDED : PV_SERVICE_FAILED;

  set_now (service, now);
  if (kind == PV_SERVICE_CLOSE || kind == PV_SERVICE_REOPEN) {
    if (is_done)
      service->is_closed = kind == PV_SERVICE_CLOSE;
    if (service->stage == PV_SERVICE_AT_CLOSE)
      go_home (service);
    service->close = answer;
  } else if (kind == PV_SERVICE_RESTART)
    service->restart = answer;
  else if (kind == PV_SERVICE_SAVE)
    service->save = answer;
}

void
pv_service_speaking_changed (PvService *service, const PvSpeaking *speaking)
{
  service->speaking = *speaking;
  forget_screen (service);
}

/* Time -------------------------------------------------------------------------------------------------------------- */

void
pv_service_noticed (PvService *service, const PvMoment *now)
{
  if (service->is_asking || service->stage == PV_SERVICE_AT_END)
    return; /* whoever is asked answers with the button */
  service->active_ms = now->monotonic_ms;
}

gint64
pv_service_next_deadline_ms (const PvService *service)
{
  if (service->stage == PV_SERVICE_AT_END)
    return G_MAXINT64;
  if (service->is_asking)
    return service->asked_ms + PV_SERVICE_WARN_SECONDS * 1000;
  return service->active_ms + PV_SERVICE_IDLE_SECONDS * 1000;
}

gint64
pv_service_end_deadline_ms (const PvService *service)
{
  gint64 next_ms = pv_service_next_deadline_ms (service);

  return next_ms == G_MAXINT64 || service->is_asking ? next_ms : next_ms + PV_SERVICE_WARN_SECONDS * 1000;
}

void
pv_service_tick (PvService *service, const PvMoment *now)
{
  set_now (service, now);
  if (now->monotonic_ms < pv_service_next_deadline_ms (service))
    return;
  if (service->is_asking)
    end (service);
  else {
    service->is_asking = TRUE;
    service->asked_ms = now->monotonic_ms;
  }
}

/* What is seen of it ------------------------------------------------------------------------------------------------- */

const GPtrArray *
pv_service_get_findings (const PvService *service)
{
  return service->subject == PV_SERVICE_OF_ALL ? service->findings : service->part;
}

guint
pv_service_count_wrong (const PvService *service)
{
  guint n = 0;

  for (guint i = 0; service->findings != NULL && i < service->findings->len; i++)
    n += ((const PvServiceFinding *) service->findings->pdata[i])->health == PV_SERVICE_WRONG;
  return n;
}

PvLook
pv_service_get_look (const PvService *service)
{
  return service->look;
}

const PvScreenState *
pv_service_get_state (PvService *service)
{
  if (service->state == NULL) {
    service->state = pv_service_make_state (service);
    service->state->revision = ++service->revision;
    service->state->language = g_strdup (service->look.language);
  }
  return service->state;
}

PvServiceEffect *
pv_service_pop_effect (PvService *service)
{
  return g_queue_pop_head (&service->effects);
}
