/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Screen 4: the card and its six digits, the lines of a document, and "Is this you?". */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/date.h"
#include "core/identity-rule.h"
#include "core/journey-private.h"
#include "core/wipe.h"

enum { ROW_HEIGHT = 4, NOTICE_HEIGHT = 8, SHORT_NOTICE_HEIGHT = 4 }; /* half-lines */

static PvScreenState *
new_screen (PvJourney *journey, const char *key, const char *title)
{
  PvScreenState *state = pv_journey_new_screen (journey, PV_SCREEN_IDENTITY, key, title);

  pv_screen_set_progress (journey, state, FALSE);
  pv_screen_add_back (state);
  return state;
}

static void
add_without_card (PvScreenState *state, PvActionRole role)
{
  pv_screen_state_add_action (state, role, PV_DO_WITHOUT_CARD, _ ("Without a card"));
}

/* Where there is little room, the digits do it as well. */
static void
add_sample_card (const PvJourney *journey, PvScreenState *state, gboolean is_low)
{
  if (journey->is_practising && !is_low)
    pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_USE_SAMPLE, _ ("Use a made-up card"));
}

/* ---- the card ---- */

/* Beside the picture of the card: what to do next, in its place whatever happens. */
static const char *
next_thing (const PvJourney *journey)
{
  if (journey->is_practising)
    return _ ("In practice no card is read: any 6 digits open a made-up one.");
  if (journey->card_state == PV_CARD_BUSY)
    return _ ("One moment: the reader is getting ready.");
  if (pv_journey_has_code (journey) && journey->is_code_sent)
    return _ ("Now lay your card on the reader.");
  if (journey->card_state == PV_CARD_PLACED)
    return _ ("Your card is there. Type the 6 digits at its bottom right.");
  return _ ("These 6 digits are at the bottom right of your card.");
}

static char *
code_error (const PvJourney *journey, gboolean is_low)
{
  guint n_missing = PV_CAN_DIGITS - (journey->card_code != NULL ? (guint) strlen (journey->card_code) : 0);

  if (journey->card_trouble == PV_CARD_TROUBLE_WRONG_CODE)
    return g_strdup (is_low ? _ ("Wrong digits: type them again.")
                            : _ ("These are not the digits of this card. Look at it, and type them again."));
  if (!journey->shows_errors || n_missing == 0)
    return NULL;
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u digit is missing.", "%u digits are missing.", n_missing),
                          n_missing);
}

static const char *
trouble_sentence (PvCardTrouble trouble)
{
  switch (trouble) {
  case PV_CARD_TROUBLE_BLOCKED:
    return _ ("This card takes no more digits for now. Continue without it.");
  case PV_CARD_TROUBLE_REFUSED:
    return _ ("This card does not let itself be read here. Continue without it.");
  case PV_CARD_TROUBLE_NO_CHIP:
    return _ ("This is not an identity card. Take it away, and lay your identity card.");
  case PV_CARD_TROUBLE_BAD_DATA:
    return _ ("This card could not be read. Type the digits again, or continue without it.");
  case PV_CARD_TROUBLE_READER:
    return _ ("The reader stopped. Take your card away, and lay it again.");
  case PV_CARD_TROUBLE_LOST_AT_CODE:
    return _ ("The card moved. Lay it again, and type the digits again.");
  case PV_CARD_TROUBLE_NONE:
  case PV_CARD_TROUBLE_LOST:
  case PV_CARD_TROUBLE_WRONG_CODE: /* beside the digits */
  case PV_N_CARD_TROUBLES:
    return NULL;
  }
  return NULL;
}

/* Where the keypad leaves no room for a picture, the title says what to do next. */
static const char *
card_title (const PvJourney *journey, gboolean is_low, const char *trouble)
{
  gboolean is_beginning =
    journey->card_state != PV_CARD_BUSY && journey->card_state != PV_CARD_PLACED && !journey->is_code_sent;

  if (!is_low)
    return _ ("Lay your card, then type 6 digits");
  if (trouble != NULL)
    return trouble;
  if (journey->card_trouble == PV_CARD_TROUBLE_WRONG_CODE || journey->shows_errors)
    return _ ("The 6 digits of the card"); /* what is wrong with them stands below */
  return is_beginning ? _ ("Lay your card, then type the 6 digits at its bottom right") : next_thing (journey);
}

static PvScreenState *
card_screen (PvJourney *journey)
{
  gboolean is_low = journey->capacity.lines < PV_LOW_LINES;
  const char *trouble = trouble_sentence (journey->card_trouble);
  PvScreenState *state = new_screen (journey, "identity-card", card_title (journey, is_low, trouble));
  PvAction *other;
  PvField *field;

  state->help = g_strdup (_ ("We read your name and your date of birth. Nothing is kept."));
  state->enter = PV_DO_NEXT;
  if (is_low)
    g_clear_pointer (&state->help, g_free);
  else if (trouble != NULL)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle", trouble);
  else
    pv_screen_state_add_field (state, PV_FIELD_CARD, "card", next_thing (journey));
  field = pv_screen_state_add_field (state, PV_FIELD_CODE, PV_CODE_FIELD, NULL);
  g_free (field->spoken_label);
  field->spoken_label = g_strdup (_ ("The 6 digits of the card"));
  field->value = g_strdup (journey->card_code);
  field->input = PV_INPUT_DIGITS;
  field->max_chars = PV_CAN_DIGITS;
  field->is_focused = TRUE;
  field->is_personal = TRUE;
  field->assist = PV_ASSIST_HIDDEN;
  field->error = code_error (journey, is_low);
  /* Translators: a button where there is little room: another document than the card. */
  other = pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_OTHER_DOCUMENT,
                                      is_low ? C_ ("document", "Other") : _ ("Other document"));
  if (is_low)
    other->spoken = g_strdup (_ ("Other document"));
  add_sample_card (journey, state, is_low);
  add_without_card (state, PV_ROLE_PRIMARY);
  return state;
}

static const char *
reading_words (const PvJourney *journey)
{
  if (journey->card_state == PV_CARD_OPENING)
    return _ ("Your card is being opened…");
  if (journey->card_state == PV_CARD_PROVING)
    return _ ("Your card is being verified…");
  return _ ("Your card is being read…");
}

static guint
reading_percent (const PvJourney *journey)
{
  if (journey->card_state == PV_CARD_OPENING)
    return 5;
  if (journey->card_state == PV_CARD_PROVING)
    return 95;
  return 10 + journey->card_percent * 8 / 10;
}

static PvScreenState *
reading_screen (PvJourney *journey)
{
  PvScreenState *state =
    new_screen (journey, "identity-reading",
                journey->is_card_lost ? _ ("Lay your card on the reader again") : _ ("Do not move the card"));
  PvField *field;

  if (journey->is_card_lost)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle",
                                _ ("The card moved. Lay it again: the reading goes on by itself."));
  field = pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "reading",
                                     journey->is_card_lost ? _ ("Waiting for your card…") : reading_words (journey));
  field->has_percent = TRUE;
  field->percent = reading_percent (journey);
  add_without_card (state, PV_ROLE_PRIMARY);
  return state;
}

/* ---- the lines of a document ---- */

static PvScreenState *
documents_screen (PvJourney *journey)
{
  static const struct {
    const char *id, *label, *detail, *icon;
  } documents[] = {
    { "card", N_ ("Identity card, since 2021"), N_ ("Three lines on its back. Also a residence permit."), "zone-card" },
    { "old-card", N_ ("Identity card, before 2021"), N_ ("Two lines at the bottom of its front."), "zone-old-card" },
    { "passport", N_ ("Passport"), N_ ("Two lines under the photo."), "zone-passport" },
  };
  PvScreenState *state = new_screen (journey, "identity-documents", _ ("Which document do you have?"));
  PvField *tiles;

  if (journey->is_card_enabled && journey->card_state == PV_CARD_NO_READER)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle",
                                _ ("The card reader does not work now. You can type, or continue without."));
  state->help = g_strdup (_ ("You type the lines of letters and digits that stand on it."));
  tiles = pv_screen_state_add_field (state, PV_FIELD_TILES, "documents", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++) {
    PvChoice *choice = pv_field_add_choice (tiles, documents[i].id, _ (documents[i].label));

    choice->detail = g_strdup (_ (documents[i].detail));
    choice->icon = g_strdup (documents[i].icon);
    choice->intention = PV_DO_OPEN_DOCUMENT;
  }
  add_sample_card (journey, state, FALSE);
  add_without_card (state, PV_ROLE_PRIMARY);
  return state;
}

static const char *
what_is_wrong (PvMrzVerdict verdict)
{
  switch (verdict) {
  case PV_MRZ_BAD_NUMBER:
    return _ ("Check the number of the document");
  case PV_MRZ_BAD_BIRTH:
    return _ ("Check the date of birth");
  case PV_MRZ_BAD_EXPIRY:
    return _ ("Check the date until which it is valid");
  case PV_MRZ_BAD_PERSONAL:
    return _ ("Check the end of the line");
  case PV_MRZ_BAD_CODE:
    return _ ("Check the first letters");
  case PV_MRZ_BAD_STATE:
    return _ ("Check the letters of the country");
  case PV_MRZ_BAD_NAMES:
    return _ ("Check the names");
  case PV_MRZ_BAD_SEX:
    return _ ("Check the letter M or F");
  case PV_MRZ_BAD_SHAPE:
  case PV_MRZ_BAD_COMPOSITE:
  case PV_MRZ_OK:
  case PV_N_MRZ_VERDICTS:
    return _ ("Compare each character with your document");
  }
  return "";
}

/* NULL: nothing is wrong in this line, as far as it is typed. */
static char *
line_error (const PvJourney *journey, guint line, guint length, const PvMrzFault *fault)
{
  guint n_typed = journey->zone_lines[line - 1] != NULL ? (guint) strlen (journey->zone_lines[line - 1]) : 0;

  if (fault->verdict != PV_MRZ_OK && fault->line == line && (fault->verdict != PV_MRZ_BAD_SHAPE || n_typed == length)) {
    if (fault->verdict == PV_MRZ_BAD_COMPOSITE || fault->first == 0 || fault->last <= fault->first)
      return g_strdup_printf ("%s.", what_is_wrong (fault->verdict));
    /* Translators: what to check, and between which characters of the line it stands. */
    return g_strdup_printf (_ ("%s: characters %u to %u."), what_is_wrong (fault->verdict), fault->first, fault->last);
  }
  if (!journey->shows_errors || n_typed == length)
    return NULL;
  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u character is missing.", "%u characters are missing.", length - n_typed),
    length - n_typed);
}

/* "Line 2: 12 more characters" */
static char *
line_label (guint line, guint n_typed, guint length, gboolean is_wrong)
{
  if (n_typed == length)
    return g_strdup_printf (is_wrong ? _ ("Line %u") : _ ("Line %u: complete"), line);
  if (n_typed == 0)
    return g_strdup_printf (_ ("Line %u: %u characters"), line, length);
  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "Line %u: %u more character", "Line %u: %u more characters", length - n_typed), line,
    length - n_typed);
}

static gboolean
add_line (PvJourney *journey, PvScreenState *state, guint line, guint length, const PvMrzFault *fault, gboolean is_open)
{
  const char *typed = journey->zone_lines[line - 1];
  guint n_typed = typed != NULL ? (guint) strlen (typed) : 0;
  g_autofree char *error = line_error (journey, line, length, fault);
  g_autofree char *label = line_label (line, n_typed, length, error != NULL);
  g_autofree char *id = g_strdup_printf ("%s%u", PV_ZONE_FIELD, line);
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_INPUT, id, label);

  g_free (field->spoken_label);
  field->spoken_label = g_strdup_printf (_ ("Line %u"), line);
  field->value = g_strdup (typed);
  field->input = PV_INPUT_ZONE;
  field->max_chars = length;
  field->hands_over = TRUE;
  field->is_personal = TRUE;
  field->assist = PV_ASSIST_HIDDEN;
  field->is_focused = is_open && (n_typed < length || error != NULL);
  field->error = g_steal_pointer (&error);
  return is_open && !field->is_focused;
}

static PvScreenState *
zone_screen (PvJourney *journey)
{
  PvScreenState *state = new_screen (journey, "identity-zone", _ ("Type these lines as they stand"));
  g_autoptr (PvSecretStr) typed = pv_journey_join_zone (journey, FALSE);
  PvMrzFault fault = { PV_MRZ_OK, 0, 0, 0 };
  gboolean is_open = TRUE;
  guint n_lines, length;

  pv_mrz_get_shape (journey->zone_kind, &n_lines, &length);
  fault.verdict = pv_mrz_check_prefix (journey->zone_kind, typed, &fault);
  state->help = g_strdup (_ ("Type < for each sign that points to the left."));
  if (journey->card_trouble == PV_CARD_TROUBLE_WRONG_CODE)
    pv_screen_state_add_notice (
      state, PV_TONE_WARNING, "warning-triangle",
      _ ("These lines are not those of the document on the reader. Check them, or take it away."));
  if (journey->card_trouble == PV_CARD_TROUBLE_LOST_AT_CODE)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle",
                                _ ("The document moved. Lay it again, then touch Continue."));
  for (guint line = 1; line <= n_lines; line++)
    is_open = add_line (journey, state, line, length, &fault, is_open);
  if (journey->capacity.lines >= PV_LOW_LINES) /* else one step back */
    add_without_card (state, PV_ROLE_SECONDARY);
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, _ ("Continue"));
  return state;
}

/* ---- is this you? ---- */

/* Why it is not proven, or not used. */
static const char *
reason_sentence (PvReason reason)
{
  switch (reason) {
  case PV_REASON_NONE:
    return _ ("Your card is genuine.");
  case PV_REASON_TYPED:
    return _ ("You typed this. Nobody has verified it.");
  case PV_REASON_NO_ROOTS:
  case PV_REASON_NO_CLOCK:
    return _ ("This kiosk cannot verify cards at present.");
  case PV_REASON_UNKNOWN_ISSUER:
    return _ ("This kiosk cannot verify documents of this country.");
  case PV_REASON_NO_SIGNATURE:
  case PV_REASON_CHIP_UNPROVEN:
  case PV_REASON_UNSUPPORTED:
  case PV_REASON_WEAK:
    return _ ("This kiosk cannot verify a document of this kind.");
  case PV_REASON_EXPIRED:
    return _ ("Your document is no longer valid.");
  case PV_REASON_INCOMPLETE:
    return _ ("A part of your card could not be read.");
  case PV_REASON_MRZ_DIFFERS:
    return _ ("What you typed is not of the card on the reader.");
  case PV_REASON_BAD_SOD:
  case PV_REASON_BAD_SIGNATURE:
  case PV_REASON_CHANGED_DATA:
  case PV_REASON_WRONG_SIGNER:
  case PV_REASON_SIGNER_NOT_VALID:
  case PV_REASON_REVOKED:
  case PV_REASON_WRONG_STATE:
  case PV_REASON_CLONED_CHIP:
  case PV_REASON_DOWNGRADED:
  case PV_REASON_BAD_DATA:
  case PV_N_REASONS:
    return _ ("This kiosk did not recognise the card as genuine.");
  }
  return "";
}

static PvScreenState *
refused_screen (PvJourney *journey)
{
  PvScreenState *state = new_screen (journey, "identity-refused", _ ("This card cannot be used here"));
  PvNotice *notice = pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle",
                                                 reason_sentence (journey->identity->reason));

  notice->strong = g_strdup (_ ("Nothing of it is used. Continue without it, or ask at the desk."));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_WITHOUT_CARD, _ ("Continue without a card"));
  return state;
}

static const struct {
  PvIdentityField field;
  const char *label;
  gboolean is_always_shown; /* else only what the form takes */
} rows[] = {
  { PV_IDENTITY_SURNAME, N_ ("Name"), TRUE },
  { PV_IDENTITY_USED_SURNAME, N_ ("Name used"), TRUE },
  { PV_IDENTITY_GIVEN_NAMES, N_ ("First names"), TRUE },
  { PV_IDENTITY_BIRTH_DATE, N_ ("Born on"), TRUE },
  { PV_IDENTITY_BIRTH_PLACE, N_ ("Born in"), TRUE },
  { PV_IDENTITY_SEX, N_ ("Sex"), FALSE },
  { PV_IDENTITY_NATIONALITY, N_ ("Nationality"), FALSE },
  { PV_IDENTITY_ADDRESS, N_ ("Address"), FALSE },
  { PV_IDENTITY_NUMBER, N_ ("Document"), FALSE },
};

static char *
shown_value (PvIdentityField field, const char *text)
{
  if (field == PV_IDENTITY_BIRTH_DATE)
    return pv_date_display_text (text);
  if (field == PV_IDENTITY_SEX)
    return g_strdup (g_str_equal (text, "F") ? _ ("Female") : g_str_equal (text, "M") ? _ ("Male") : _ ("Not told"));
  return g_strdup (text);
}

static gboolean
is_shown (const PvJourney *journey, guint row)
{
  return journey->identity->texts[rows[row].field] != NULL
         && (rows[row].is_always_shown || pv_procedure_takes_identity (journey->procedure, rows[row].field));
}

/* @end: the first row, counted over those shown, that is on a further page */
static void
add_values (const PvJourney *journey, PvScreenState *state, guint first, guint end)
{
  PvField *summary = pv_screen_state_add_field (state, PV_FIELD_SUMMARY, "identity", NULL);
  guint n_shown = 0;

  summary->is_personal = TRUE;
  summary->assist = PV_ASSIST_HIDDEN;
  if (journey->has_portrait)
    summary->portrait = g_strdup (_ ("The photo of your document"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (!is_shown (journey, i))
      continue;
    if (n_shown >= first && n_shown < end) {
      g_autoptr (PvSecretStr) value = shown_value (rows[i].field, journey->identity->texts[rows[i].field]);

      pv_field_add_row (summary, _ (rows[i].label), value);
    }
    n_shown++;
  }
}

/* "Your document was valid until 3 March 2024." (transfer full) (nullable) */
static char *
expiry_sentence (const PvJourney *journey)
{
  const char *text = journey->identity->texts[PV_IDENTITY_EXPIRY];
  g_autofree char *day = NULL;
  GDate expiry, today;

  pv_journey_today (journey, &today);
  if (text == NULL || !pv_date_parse (text, &expiry) || g_date_compare (&expiry, &today) >= 0)
    return NULL;
  day = pv_date_display (&expiry);
  return g_strdup_printf (_ ("Your document was valid until %s."), day);
}

static void
add_proof (const PvJourney *journey, PvScreenState *state)
{
  gboolean is_genuine = journey->identity->verdict == PV_VERDICT_GENUINE;
  g_autofree char *expired = expiry_sentence (journey);
  const char *reason = journey->is_practising ? _ ("This card is made up. This person does not exist.")
                                              : reason_sentence (journey->identity->reason);
  g_autofree char *text = expired == NULL ? g_strdup (reason)
                          : journey->identity->reason == PV_REASON_EXPIRED
                            ? g_strdup (expired)
                            : g_strdup_printf ("%s\n%s", reason, expired);
  PvNotice *notice =
    pv_screen_state_add_notice (state, is_genuine && expired == NULL ? PV_TONE_SUCCESS : PV_TONE_WARNING,
                                is_genuine && expired == NULL ? "check-circle" : "info", text);

  if (!is_genuine)
    notice->strong = g_strdup (_ ("You can go on all the same: check what is written."));
}

/* One line where there is nothing to warn of. */
static guint
proof_height (const PvJourney *journey)
{
  g_autofree char *expired = expiry_sentence (journey);

  return journey->identity->verdict == PV_VERDICT_GENUINE && expired == NULL ? SHORT_NOTICE_HEIGHT : NOTICE_HEIGHT;
}

static PvScreenState *
confirm_screen (PvJourney *journey)
{
  guint heights[G_N_ELEMENTS (rows)], n_rows = 0, first, end, n_pages;
  PvScreenState *state;

  if (journey->identity->verdict == PV_VERDICT_REFUSED)
    return refused_screen (journey);
  state = new_screen (journey, "identity-confirm", _ ("Is this you?"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (is_shown (journey, i))
      heights[n_rows++] = ROW_HEIGHT;
  n_pages = pv_journey_paginate (journey, heights, n_rows, proof_height (journey), &first, &end);
  add_proof (journey, state);
  add_values (journey, state, first, end);
  pv_screen_add_pages (journey, state, n_pages);
  if (journey->page + 1 == n_pages) {
    pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_WITHOUT_CARD, _ ("No, without a card"));
    pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_CONFIRM_IDENTITY, _ ("Yes, continue"));
  }
  return state;
}

PvScreenState *
pv_screen_identity (PvJourney *journey)
{
  PvScreenState *state = NULL;

  switch (journey->identity_view) {
  case PV_IDENTITY_CARD:
    state = card_screen (journey);
    break;
  case PV_IDENTITY_READING:
    state = reading_screen (journey);
    break;
  case PV_IDENTITY_DOCUMENTS:
    state = documents_screen (journey);
    break;
  case PV_IDENTITY_ZONE:
    state = zone_screen (journey);
    break;
  case PV_IDENTITY_CONFIRM:
    state = confirm_screen (journey);
    break;
  }
  pv_screen_add_help_band (journey, state, TRUE);
  return state;
}
