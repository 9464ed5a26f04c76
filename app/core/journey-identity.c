/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Screen 4: the card on the reader and its six digits, or the lines of a document, or neither. */

#include <string.h>

#include "core/identity-rule.h"
#include "core/identity-zone.h"
#include "core/journey-private.h"
#include "core/practice.h"
#include "core/wipe.h"

static void
forget_code (PvJourney *journey)
{
  g_clear_pointer (&journey->card_code, pv_wipe_str);
  journey->is_code_sent = FALSE;
}

static void
forget_zone (PvJourney *journey)
{
  for (guint i = 0; i < PV_ZONE_MAX_LINES; i++)
    g_clear_pointer (&journey->zone_lines[i], pv_wipe_str);
}

void
pv_journey_forget_identity (PvJourney *journey)
{
  forget_code (journey);
  forget_zone (journey);
  g_clear_pointer (&journey->identity, pv_identity_free);
  journey->is_identity_decided = FALSE;
}

gboolean
pv_journey_offers_identity (const PvJourney *journey)
{
  return journey->procedure != NULL && pv_procedure_takes_identity (journey->procedure, PV_N_IDENTITY_FIELDS);
}

gboolean
pv_journey_has_reader (const PvJourney *journey)
{
  return journey->is_card_enabled && journey->card_state != PV_CARD_NO_READER;
}

static gboolean
is_reading (PvCardState state)
{
  return state == PV_CARD_OPENING || state == PV_CARD_READING || state == PV_CARD_PROVING;
}

gboolean
pv_journey_has_portrait_place (const PvJourney *journey)
{
  return journey->stage == PV_AT_IDENTITY && journey->identity_view == PV_IDENTITY_CONFIRM && journey->identity != NULL
         && journey->identity->verdict != PV_VERDICT_REFUSED && !journey->is_identity_decided;
}

/* Shown to compare, and gone with the screen. */
static void
watch_portrait (PvJourney *journey)
{
  if (!journey->has_portrait || pv_journey_has_portrait_place (journey))
    return;
  journey->has_portrait = FALSE;
  pv_journey_queue (journey, PV_EFFECT_PORTRAIT_FORGET, NULL);
}

/* The reader works while something can be laid on it, and no longer. */
void
pv_journey_watch_card (PvJourney *journey)
{
  gboolean wants = journey->stage == PV_AT_IDENTITY && journey->is_card_enabled && !journey->is_practising
                   && journey->identity_view != PV_IDENTITY_CONFIRM;

  watch_portrait (journey);
  if (wants == journey->is_watching_card)
    return;
  journey->is_watching_card = wants;
  journey->is_code_sent = FALSE;
  pv_journey_queue (journey, wants ? PV_EFFECT_CARD_WATCH : PV_EFFECT_CARD_STOP, NULL);
  if (!wants) { /* the next watch begins anew */
    journey->card_state = PV_CARD_WAITING;
    journey->card_trouble = PV_CARD_TROUBLE_NONE;
  }
}

static void
show_view (PvJourney *journey, PvIdentityView view)
{
  journey->identity_view = view;
  journey->page = 0;
  journey->shows_errors = FALSE;
}

/* Where the person says who they are: by the card, or by what else there is. */
static PvIdentityView
first_view (const PvJourney *journey)
{
  return pv_journey_has_reader (journey) ? PV_IDENTITY_CARD : PV_IDENTITY_DOCUMENTS;
}

void
pv_journey_open_identity (PvJourney *journey)
{
  pv_journey_go (journey, PV_AT_IDENTITY);
  journey->card_state = PV_CARD_WAITING;
  journey->card_trouble = PV_CARD_TROUBLE_NONE;
  show_view (journey, journey->identity != NULL ? PV_IDENTITY_CONFIRM : first_view (journey));
}

static void
open_first_step (PvJourney *journey)
{
  g_autoptr (GPtrArray) steps = pv_journey_list_steps (journey, NULL);

  journey->is_identity_decided = TRUE;
  if (steps->len == 0)
    pv_journey_go (journey, PV_AT_CHECK);
  else
    pv_journey_open_step (journey, ((const PvStep *) steps->pdata[0])->key);
}

static void
go_without (PvJourney *journey)
{
  pv_journey_forget_identity (journey);
  pv_filing_set_identity (journey->filing, NULL);
  open_first_step (journey);
}

static void
confirm (PvJourney *journey)
{
  if (journey->identity_view != PV_IDENTITY_CONFIRM || journey->identity == NULL
      || journey->identity->verdict == PV_VERDICT_REFUSED)
    return;
  if (!journey->is_identity_decided) /* else these are the answers that are there */
    pv_filing_set_identity (journey->filing, journey->identity);
  open_first_step (journey);
}

static void
take_identity (PvJourney *journey, PvIdentity *identity)
{
  forget_code (journey);
  forget_zone (journey);
  g_clear_pointer (&journey->identity, pv_identity_free);
  journey->identity = identity;
  journey->is_identity_decided = FALSE;
  show_view (journey, PV_IDENTITY_CONFIRM);
}

void
pv_journey_take_sample_identity (PvJourney *journey)
{
  if (journey->identity_view != PV_IDENTITY_CONFIRM)
    take_identity (journey, pv_practice_new_identity ());
}

/* ---- the six digits ---- */

static void
send_code (PvJourney *journey)
{
  if (journey->is_practising) { /* whatever the digits are */
    pv_journey_take_sample_identity (journey);
    return;
  }
  journey->is_code_sent = TRUE;
  journey->is_zone_sent = FALSE;
  pv_journey_queue (journey, PV_EFFECT_CARD_CODE, journey->card_code);
}

gboolean
pv_journey_has_code (const PvJourney *journey)
{
  return journey->card_code != NULL && strlen (journey->card_code) == PV_CAN_DIGITS;
}

/* Digits of any script; what else is typed is no part of it. (transfer full) */
static char *
keep_digits (const char *text)
{
  char *digits = g_malloc0 (PV_CAN_DIGITS + 1);
  guint n = 0;

  for (const char *p = text; *p != '\0' && n < PV_CAN_DIGITS; p = g_utf8_next_char (p)) {
    int digit = g_unichar_digit_value (g_utf8_get_char (p));

    if (digit >= 0)
      digits[n++] = (char) ('0' + digit);
  }
  return digits;
}

static void
type_code (PvJourney *journey, const char *text)
{
  PvSecretStr *digits = keep_digits (text);

  if (g_strcmp0 (digits, journey->card_code != NULL ? journey->card_code : "") == 0) {
    pv_wipe_str (digits);
    return;
  }
  pv_wipe_str (journey->card_code);
  journey->card_code = digits;
  journey->shows_errors = FALSE;
  if (journey->card_trouble == PV_CARD_TROUBLE_WRONG_CODE)
    journey->card_trouble = PV_CARD_TROUBLE_NONE;
  if (pv_journey_has_code (journey)) {
    send_code (journey);
  } else if (journey->is_code_sent) { /* the reader must not try what was taken back */
    journey->is_code_sent = FALSE;
    pv_journey_queue (journey, PV_EFFECT_CARD_WATCH, NULL);
  }
}

/* ---- the lines of a document ---- */

/* As the zone has them: capitals, no blanks. (transfer full) */
static char *
keep_zone_chars (const char *text, guint length)
{
  char *line = g_malloc0 (length + 1);
  guint n = 0;

  for (const char *p = text; *p != '\0' && n < length; p++)
    if (g_ascii_isalnum (*p) || *p == '<')
      line[n++] = g_ascii_toupper (*p);
  return line;
}

static void
type_line (PvJourney *journey, const char *target, const char *text)
{
  guint n_lines, length;
  guint64 line;

  pv_mrz_get_shape (journey->zone_kind, &n_lines, &length);
  if (!g_str_has_prefix (target, PV_ZONE_FIELD)
      || !g_ascii_string_to_unsigned (target + strlen (PV_ZONE_FIELD), 10, 1, n_lines, &line, NULL))
    return;
  pv_wipe_str (journey->zone_lines[line - 1]);
  journey->zone_lines[line - 1] = keep_zone_chars (text, length);
}

char *
pv_journey_join_zone (const PvJourney *journey, gboolean has_all)
{
  GString *zone = g_string_sized_new (2 * PV_MRZ_MAX_TEXT_BYTES);
  guint n_lines, length;

  pv_mrz_get_shape (journey->zone_kind, &n_lines, &length);
  for (guint i = 0; i < n_lines; i++) {
    const char *line = journey->zone_lines[i] != NULL ? journey->zone_lines[i] : "";

    if (line[0] != '\0' || has_all)
      g_string_append_printf (zone, "%s%s", i > 0 ? "\n" : "", line);
    if (strlen (line) < length && !has_all)
      break;
  }
  return g_string_free (zone, FALSE);
}

/* What a scanner mistakes is mended, what a person mistakes is told. (transfer full) (nullable) */
static char *
complete_zone (const PvJourney *journey)
{
  g_autoptr (PvSecretStr) typed = pv_journey_join_zone (journey, TRUE);
  PvMrzKind kind;

  if (pv_mrz_check (typed, &kind) == PV_MRZ_OK)
    return g_steal_pointer (&typed);
  return pv_mrz_repair (typed);
}

static void
take_typed (PvJourney *journey, const char *zone)
{
  PvIdentity *identity;
  GDate today;

  pv_journey_today (journey, &today);
  identity = pv_identity_new_from_zone (zone, &today);
  if (identity != NULL)
    take_identity (journey, identity);
}

/* The lines open the chip of what lies on the reader: then it is more than typed. */
static void
use_zone (PvJourney *journey)
{
  g_autoptr (PvSecretStr) zone = complete_zone (journey);
  gboolean has_chip = journey->zone_kind == PV_MRZ_TD1 || journey->zone_kind == PV_MRZ_TD3;

  if (zone == NULL) {
    pv_journey_show_errors (journey);
    return;
  }
  if (has_chip && pv_journey_has_reader (journey) && journey->card_state == PV_CARD_PLACED) {
    journey->is_code_sent = journey->is_zone_sent = TRUE;
    pv_journey_queue (journey, PV_EFFECT_CARD_CODE, zone);
    return;
  }
  take_typed (journey, zone);
}

static void
open_document (PvJourney *journey, const char *name)
{
  static const struct {
    const char *name;
    PvMrzKind kind;
  } kinds[] = { { "card", PV_MRZ_TD1 }, { "passport", PV_MRZ_TD3 }, { "old-card", PV_MRZ_OLD_FRENCH_CARD } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].name, name) == 0) {
      if (journey->zone_kind != kinds[i].kind)
        forget_zone (journey);
      journey->zone_kind = kinds[i].kind;
      show_view (journey, PV_IDENTITY_ZONE);
      return;
    }
}

/* ---- what the person does ---- */

void
pv_journey_identity_back (PvJourney *journey)
{
  journey->card_trouble = PV_CARD_TROUBLE_NONE; /* what was said of digits is not true of lines, and the reverse */
  switch (journey->identity_view) {
  case PV_IDENTITY_ZONE:
    show_view (journey, PV_IDENTITY_DOCUMENTS);
    break;
  case PV_IDENTITY_DOCUMENTS:
    if (pv_journey_has_reader (journey))
      show_view (journey, PV_IDENTITY_CARD);
    else
      pv_journey_go (journey, PV_AT_PROCEDURE);
    break;
  case PV_IDENTITY_READING: /* the reading ends: the reader forgets the code */
    forget_code (journey);
    pv_journey_queue (journey, PV_EFFECT_CARD_WATCH, NULL);
    journey->card_state = PV_CARD_WAITING;
    journey->is_card_lost = FALSE;
    show_view (journey, journey->is_zone_sent ? PV_IDENTITY_ZONE : first_view (journey));
    break;
  case PV_IDENTITY_CONFIRM:
    if (journey->is_identity_decided) {
      pv_journey_go (journey, PV_AT_PROCEDURE);
      break;
    }
    g_clear_pointer (&journey->identity, pv_identity_free);
    show_view (journey, first_view (journey));
    break;
  case PV_IDENTITY_CARD:
    forget_code (journey);
    pv_journey_go (journey, PV_AT_PROCEDURE);
    break;
  }
}

static void
go_on (PvJourney *journey)
{
  if (journey->identity_view == PV_IDENTITY_ZONE)
    use_zone (journey);
  else if (journey->identity_view == PV_IDENTITY_CARD && !pv_journey_has_code (journey))
    pv_journey_show_errors (journey);
  else if (journey->identity_view == PV_IDENTITY_CARD && !journey->is_code_sent)
    send_code (journey);
}

void
pv_journey_handle_identity (PvJourney *journey, const PvIntention *intention)
{
  if (journey->stage != PV_AT_IDENTITY)
    return;
  switch ((gint) intention->kind) {
  case PV_DO_TYPE:
    /* Who types the code opens the card: nobody does it in the citizen's place. */
    if (intention->target == NULL || intention->value == NULL || intention->actor != PV_ACTOR_CITIZEN)
      break;
    if (journey->identity_view == PV_IDENTITY_CARD && g_str_equal (intention->target, PV_CODE_FIELD))
      type_code (journey, intention->value);
    else if (journey->identity_view == PV_IDENTITY_ZONE)
      type_line (journey, intention->target, intention->value);
    break;
  case PV_DO_NEXT:
    go_on (journey);
    break;
  case PV_DO_WITHOUT_CARD:
    go_without (journey);
    break;
  case PV_DO_OTHER_DOCUMENT:
    if (journey->identity_view == PV_IDENTITY_CARD) {
      forget_code (journey);
      journey->card_trouble = PV_CARD_TROUBLE_NONE;
      if (!journey->is_practising)
        pv_journey_queue (journey, PV_EFFECT_CARD_WATCH, NULL);
      show_view (journey, PV_IDENTITY_DOCUMENTS);
    }
    break;
  case PV_DO_OPEN_DOCUMENT:
    if (journey->identity_view == PV_IDENTITY_DOCUMENTS)
      open_document (journey, intention->target);
    break;
  case PV_DO_CONFIRM_IDENTITY:
    confirm (journey);
    break;
  default:
    break;
  }
}

/* ---- what the reader tells ---- */

/* Back to where the code, or the lines, can be typed. */
static void
leave_reading (PvJourney *journey)
{
  if (journey->identity_view == PV_IDENTITY_READING)
    show_view (journey, journey->is_zone_sent ? PV_IDENTITY_ZONE : PV_IDENTITY_CARD);
}

/* A chip that keeps silent takes nothing away: the lines are typed, and right. */
static void
fail_with_zone (PvJourney *journey)
{
  g_autoptr (PvSecretStr) zone = complete_zone (journey);

  journey->is_zone_sent = FALSE;
  if (journey->card_trouble != PV_CARD_TROUBLE_WRONG_CODE && journey->card_trouble != PV_CARD_TROUBLE_LOST_AT_CODE
      && zone != NULL)
    take_typed (journey, zone);
}

static void
fail (PvJourney *journey)
{
  gboolean was_zone = journey->is_zone_sent;

  if (journey->card_trouble == PV_CARD_TROUBLE_LOST) { /* goes on by itself when the card lies there again */
    journey->is_card_lost = TRUE;
    return;
  }
  leave_reading (journey);
  journey->is_card_lost = FALSE;
  journey->is_code_sent = FALSE;
  if (was_zone)
    fail_with_zone (journey);
  else if (journey->card_trouble != PV_CARD_TROUBLE_NO_CHIP && journey->card_trouble != PV_CARD_TROUBLE_READER)
    forget_code (journey); /* never tried again by itself */
}

static void
wait_for_card (PvJourney *journey)
{
  if (journey->is_card_lost)
    return;
  leave_reading (journey);
  /* Taken back with another card, or with the reader that began anew: it counts for the next card. */
  if (journey->identity_view == PV_IDENTITY_CARD && pv_journey_has_code (journey) && !journey->is_code_sent)
    send_code (journey);
}

static void
follow (PvJourney *journey, const PvCardReport *report, PvCardState before)
{
  switch (report->state) {
  case PV_CARD_NO_READER:
    journey->is_card_lost = FALSE;
    forget_code (journey);
    if (journey->identity_view == PV_IDENTITY_CARD || journey->identity_view == PV_IDENTITY_READING)
      show_view (journey, PV_IDENTITY_DOCUMENTS);
    break;
  case PV_CARD_BUSY:
    break;
  case PV_CARD_WAITING:
    wait_for_card (journey);
    break;
  case PV_CARD_PLACED:
    if (!journey->is_card_lost)
      leave_reading (journey);
    /* The reader began anew, and knows no code. */
    if (journey->card_trouble == PV_CARD_TROUBLE_READER)
      wait_for_card (journey);
    /* Another card: what is said of the one before goes; of wrong digits, when others are typed. */
    if (before != PV_CARD_FAILED && journey->card_trouble != PV_CARD_TROUBLE_WRONG_CODE)
      journey->card_trouble = PV_CARD_TROUBLE_NONE;
    break;
  case PV_CARD_OPENING:
  case PV_CARD_READING:
  case PV_CARD_PROVING:
    journey->is_card_lost = FALSE;
    journey->card_trouble = PV_CARD_TROUBLE_NONE;
    if (journey->identity_view != PV_IDENTITY_READING)
      show_view (journey, PV_IDENTITY_READING);
    break;
  case PV_CARD_READ:
    if (report->identity != NULL)
      take_identity (journey, pv_identity_copy (report->identity));
    break;
  case PV_CARD_FAILED:
    journey->card_trouble = report->trouble;
    fail (journey);
    break;
  case PV_N_CARD_STATES:
    break;
  }
}

void
pv_journey_follow_card (PvJourney *journey, const PvCardReport *report)
{
  PvCardState before = journey->card_state;
  gboolean is_progress = report->state != journey->card_state || report->percent != journey->card_percent;

  if (journey->stage != PV_AT_IDENTITY || !journey->is_watching_card)
    return;
  /* Only what was asked for: a word of a reading that was left counts no more. */
  if ((is_reading (report->state) || report->state == PV_CARD_READ) && !journey->is_code_sent)
    return;
  if (is_progress && report->state >= PV_CARD_PLACED) { /* somebody is there who lays and holds a card */
    journey->active_ms = journey->now.monotonic_ms;
    if (journey->overlay == PV_OVER_STILL_THERE)
      journey->overlay = PV_OVER_NONE;
  }
  journey->card_state = report->state;
  journey->card_percent = MIN (report->percent, 100);
  follow (journey, report, before);
}
