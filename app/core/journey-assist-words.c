/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the citizen sees and hears of a mediator's help on any screen: who, what they may do, what they propose, what
 * stays private. None of it is mirrored. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/journey-private.h"
#include "core/wipe.h"

enum {
  KEPT_MAX_CHARS = 20, /* longer answers do not fit on a button */
  VALUE_MAX_CHARS = 300,
  PROPOSAL_HEIGHT = 10, /* half-lines: a frame with a line and two buttons */
  NOTICE_HEIGHT = 4,
  HAND_STEP_SECONDS = 10,
};

/* ---- names ---- */

char *
pv_help_short_name (const char *mediator)
{
  const char *blank = mediator != NULL ? strchr (mediator, ' ') : NULL;

  if (mediator == NULL || mediator[0] == '\0')
    return g_strdup (_ ("The mediator"));
  /* "M. Durand" is not called "M." */
  return blank == NULL || blank == mediator || blank[-1] == '.' ? g_strdup (mediator)
                                                                : g_strndup (mediator, (gsize) (blank - mediator));
}

char *
pv_help_full_name (const PvHelp *help)
{
  const char *name = help->mediator != NULL && help->mediator[0] != '\0' ? help->mediator : _ ("The mediator");

  return help->place != NULL && help->place[0] != '\0' ? g_strdup_printf ("%s, %s", name, help->place)
                                                       : g_strdup (name);
}

char *
pv_help_end_sentence (const PvHelp *help)
{
  g_autofree char *who = pv_help_short_name (help->mediator);

  switch (help->end) {
  case PV_ENDED_BY_CITIZEN:
    return g_strdup (_ ("You stopped the help."));
  case PV_ENDED_BY_MEDIATOR:
    return g_strdup_printf (_ ("%s ended the help."), who);
  case PV_ENDED_LOST:
    return g_strdup (_ ("The link was cut, and did not come back."));
  case PV_ENDED_IDLE:
    return g_strdup (_ ("Nobody did anything for two minutes."));
  case PV_ENDED_PROCEDURE:
    return g_strdup (_ ("Your procedure is over."));
  case PV_ENDED_HANDOVER:
    return g_strdup_printf (_ ("%s passed the help on to a colleague."), who);
  case PV_ENDED_NONE:
    break;
  }
  return g_strdup_printf (_ ("%s no longer helps you."), who);
}

const char *
pv_help_quick_label (const char *id)
{
  static const struct {
    const char *id, *label;
  } answers[] = {
    { "yes", NC_ ("answer", "Yes") },
    { "no", NC_ ("answer", "No") },
    { "not-understood", NC_ ("answer", "I do not understand") },
    { "repeat", NC_ ("answer", "Say it again") },
    { "wait", NC_ ("answer", "Wait") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_strcmp0 (answers[i].id, id) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "answer", answers[i].label);
  return NULL;
}

/* ---- banner ---- */

static char *
say_hand (const PvJourney *journey)
{
  gint64 left_ms = journey->help.now.hand_until_ms - journey->now.monotonic_ms;
  gint64 tens = left_ms > 0 ? 1 + (left_ms - 1) / (HAND_STEP_SECONDS * 1000) : 1;
  guint seconds = (guint) MIN (tens, 6) * HAND_STEP_SECONDS;

  if (journey->capacity.lines < PV_LOW_LINES) /* one line */
    return g_strdup_printf (_ ("has the hand for %u seconds. Touch the screen to take it back."), seconds);
  return g_strdup_printf (_ ("has the hand for %u more seconds. Touch the screen to take it back."), seconds);
}

static char *
say_rights (const PvJourney *journey, const PvScreenState *state, PvOverlay overlay)
{
  const PvAssistance *now = &journey->help.now;
  gboolean is_shared = pv_overlay_is_about_help (overlay) || pv_screen_id_is_shared (state->id);

  if (now->state == PV_ASSISTANCE_LOST)
    return g_strdup (_ ("has lost the link. You can go on."));
  if (!now->may_show)
    return g_strdup (_ ("is there. Sees nothing for now."));
  if (now->has_hand)
    return say_hand (journey);
  if (!is_shared)
    return g_strdup (_ ("helps you. Does not see this screen."));
  return g_strdup (now->may_propose ? _ ("helps you. Can see this screen and propose.")
                                    : _ ("helps you. Can see this screen and show."));
}

static void
add_banner (PvJourney *journey, PvScreenState *state, PvOverlay overlay)
{
  const PvHelp *help = &journey->help;
  gboolean is_warning = help->now.state == PV_ASSISTANCE_LOST || help->now.has_hand;
  g_autofree char *who = NULL, *may = NULL;

  if (pv_journey_is_helped (journey)) {
    /* With few lines, the question needs what the place would take; who asks for a right says it again. */
    who = overlay != PV_OVER_CONSENT && journey->capacity.lines < PV_LOW_LINES && help->mediator != NULL
              && help->mediator[0] != '\0'
            ? g_strdup (help->mediator)
            : pv_help_full_name (help);
    may = say_rights (journey, state, overlay);
    pv_screen_state_set_banner (state, is_warning ? PV_TONE_WARNING : PV_TONE_SUCCESS, who, may);
    if (help->now.has_hand) {
      g_free (state->banner->icon);
      state->banner->icon = g_strdup ("hand");
    }
  } else if (help->now.state == PV_ASSISTANCE_NO_ANSWER && !help->has_seen_no_answer && overlay == PV_OVER_NONE) {
    pv_screen_state_set_banner (state, PV_TONE_WARNING, C_ ("banner", "Nobody"),
                                _ ("has answered. Touch “Call a mediator”: there are other ways."));
  }
}

/* ---- what the mediator says and points at ---- */

char *
pv_help_explanation (const PvHelp *help, guint max_chars)
{
  g_autofree char *who = pv_help_short_name (help->mediator);
  glong length = g_utf8_strlen (help->explanation, -1);
  g_autoptr (PvSecretStr) cut =
    length > (glong) max_chars ? g_utf8_substring (help->explanation, 0, (glong) max_chars) : NULL;

  if (cut != NULL)
    return g_strdup_printf (_ ("%s explains: %s… Touch “Reply” to read on."), who, cut);
  return g_strdup_printf (_ ("%s explains: %s"), who, help->explanation);
}

/* What leaves room for the question itself. */
static guint
explanation_room (const PvJourney *journey)
{
  return MAX (journey->capacity.lines / 4, 2) * journey->capacity.chars_per_line;
}

/* It goes before what else is told. */
static void
add_first_notice (PvScreenState *state, PvTone tone, const char *icon, const char *text)
{
  pv_screen_state_add_notice (state, tone, icon, text);
  g_ptr_array_insert (state->notices, 0, g_ptr_array_steal_index (state->notices, state->notices->len - 1));
}

static void
add_words (PvJourney *journey, PvScreenState *state)
{
  const PvHelp *help = &journey->help;

  if (help->said != NULL) {
    g_autofree char *sent = g_strdup_printf (_ ("Your answer left: “%s”."), pv_help_quick_label (help->said));

    add_first_notice (state, PV_TONE_SUCCESS, "check-circle", sent);
  }
  if (help->explanation != NULL) {
    g_autoptr (PvSecretStr) text = pv_help_explanation (help, explanation_room (journey));

    add_first_notice (state, PV_TONE_INFO, "person", text);
  }
}

static void
add_pointing (const PvHelp *help, PvScreenState *state)
{
  const char *action =
    help->pointed != NULL && g_str_has_prefix (help->pointed, "action:") ? help->pointed + strlen ("action:") : NULL;

  if (help->pointed == NULL)
    return;
  for (guint i = 0; action == NULL && i < state->fields->len; i++) {
    PvField *field = state->fields->pdata[i];

    field->is_pointed = g_strcmp0 (field->id, help->pointed) == 0;
  }
  for (guint i = 0; action != NULL && i < state->actions->len; i++) {
    PvAction *candidate = state->actions->pdata[i];
    g_autofree char *name = pv_action_dup_name (candidate);

    if (g_str_equal (name, action)) {
      candidate->is_pointed = TRUE;
      break;
    }
  }
}

/* ---- what the mediator proposes ---- */

static const PvQuestion *
find_question (const PvJourney *journey, const PvField *field)
{
  const char *last = strrchr (field->id, '/');

  return journey->procedure != NULL
           ? pv_procedure_find_question (journey->procedure, last != NULL ? last + 1 : field->id)
           : NULL;
}

static const char *
find_choice_label (const PvJourney *journey, const PvField *field, const char *id)
{
  const GPtrArray *options = journey->filing != NULL ? pv_filing_get_options (journey->filing, field->id) : NULL;

  for (guint i = 0; field->choices != NULL && i < field->choices->len; i++)
    if (g_strcmp0 (((const PvChoice *) field->choices->pdata[i])->id, id) == 0)
      return ((const PvChoice *) field->choices->pdata[i])->label;
  for (guint i = 0; options != NULL && i < options->len; i++) /* on another page */
    if (g_str_equal (((const PvOption *) options->pdata[i])->id, id))
      return pv_journey_say (journey, find_question (journey, field), ((const PvOption *) options->pdata[i])->label);
  return NULL;
}

/* "13/7/2020", as it is typed, to the long date. (transfer full) (nullable) */
static char *
display_day (const char *value)
{
  char *parts[3] = { NULL, NULL, NULL };
  g_autoptr (PvSecretStr) date = NULL;
  PvDateVerdict verdict;

  pv_journey_split_date (value, parts);
  verdict = pv_date_check_boxes (parts[0], parts[1], parts[2], TRUE, &date);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    pv_wipe_str (parts[i]);
  return verdict == PV_DATE_OK ? pv_date_display_text (date) : NULL;
}

static char *
display_text (const PvJourney *journey, const PvField *field, const char *value)
{
  const PvQuestion *question = find_question (journey, field);
  g_autoptr (PvSecretStr) normalised = NULL;

  if (question != NULL && question->format != PV_FORMAT_FREE
      && pv_format_check (question->format, value, &normalised, NULL) == PV_FORMAT_OK)
    return pv_format_display (question->format, normalised);
  return g_utf8_substring (value, 0, MIN (g_utf8_strlen (value, -1), VALUE_MAX_CHARS));
}

/* As people read it, not as it is sent. (transfer full), wipe */
static char *
display_value (const PvJourney *journey, const PvField *field, const char *value)
{
  g_autoptr (PvSecretStr) valid = g_utf8_make_valid (value != NULL ? value : "", -1);
  char *shown = NULL;

  if (field->kind == PV_FIELD_DATE)
    shown = display_day (valid);
  else if (field->kind == PV_FIELD_CHOICE || field->kind == PV_FIELD_CHOICES)
    shown = g_strdup (find_choice_label (journey, field, valid));
  return shown != NULL ? shown : display_text (journey, field, valid);
}

/* What is there now; "" if nothing is. (transfer full), wipe */
static char *
display_own (const PvJourney *journey, const PvField *field)
{
  g_autoptr (PvSecretStr) joined = NULL;

  if (field->kind == PV_FIELD_DATE) {
    joined = g_strdup_printf ("%s/%s/%s", field->parts[0], field->parts[1], field->parts[2]);
    return g_str_equal (joined, "//") ? g_strdup ("") : display_value (journey, field, joined);
  }
  for (guint i = 0; field->kind == PV_FIELD_CHOICE && field->choices != NULL && i < field->choices->len; i++)
    if (((const PvChoice *) field->choices->pdata[i])->selected)
      return g_strdup (((const PvChoice *) field->choices->pdata[i])->label);
  return field->value != NULL ? display_text (journey, field, field->value) : g_strdup ("");
}

static void
add_proposal (PvJourney *journey, PvField *field)
{
  const PvHelp *help = &journey->help;
  g_autofree char *who = pv_help_short_name (help->mediator);
  g_autoptr (PvSecretStr) own = display_own (journey, field);
  g_autoptr (PvSecretStr) proposed = display_value (journey, field, help->now.proposal_value);
  glong length = g_utf8_strlen (own, -1);

  field->proposal = g_strdup_printf (_ ("%s proposes:"), who);
  field->proposal_value = g_strdup_printf (_ ("“%s”"), proposed);
  field->accept_label = g_strdup (_ ("Accept"));
  field->keep_label =
    length > 0 && length <= KEPT_MAX_CHARS ? g_strdup_printf (_ ("Keep “%s”"), own) : g_strdup (_ ("Keep my answer"));
}

/* ---- what stays private ---- */

static gboolean
holds_an_answer (const PvScreenState *state, const PvField *field)
{
  switch (field->kind) {
  case PV_FIELD_INPUT:
  case PV_FIELD_LONG_INPUT:
  case PV_FIELD_DATE:
  case PV_FIELD_CHOICE:
  case PV_FIELD_CHOICES:
  case PV_FIELD_REFERENCE:
  case PV_FIELD_QR:
  case PV_FIELD_FILE:
  case PV_FIELD_CARD:
  case PV_FIELD_CODE:
  case PV_FIELD_DAYS:
  case PV_FIELD_TIMES:
  case PV_FIELD_SCAN:
    return TRUE;
  case PV_FIELD_SEARCH: /* on Home it is a button */
    return state->id != PV_SCREEN_HOME;
  case PV_FIELD_STATEMENT:
  case PV_FIELD_TILES:
  case PV_FIELD_SUMMARY:
  case PV_FIELD_TEXT:
  case PV_FIELD_PROGRESS:
    return FALSE;
  }
  return FALSE;
}

static gboolean
has_masked_rows (const PvField *field)
{
  for (guint i = 0; field->kind == PV_FIELD_SUMMARY && field->rows != NULL && i < field->rows->len; i++)
    if (((const PvSummaryRow *) field->rows->pdata[i])->assist != PV_ASSIST_CLEAR)
      return TRUE;
  return FALSE;
}

static void
add_privacy (const PvHelp *help, const PvScreenState *state, PvField *field)
{
  g_autofree char *who = pv_help_short_name (help->mediator);
  gboolean is_lifted = g_hash_table_contains (help->lifted, field->id);

  if (has_masked_rows (field)) {
    field->privacy = g_strdup_printf (_ ("%s does not see what you wrote."), who);
    return;
  }
  if (!holds_an_answer (state, field))
    return;
  switch (pv_field_assist_class (field, NULL)) {
  case PV_ASSIST_HIDDEN:
    field->privacy = g_strdup_printf (_ ("%s never sees this."), who);
    break;
  case PV_ASSIST_TYPING:
    field->privacy = is_lifted ? g_strdup_printf (_ ("%s sees this field."), who)
                     : field->kind == PV_FIELD_CHOICE || field->kind == PV_FIELD_CHOICES
                       ? g_strdup_printf (_ ("%s does not see what you choose."), who)
                       : g_strdup_printf (_ ("%s does not see what you write."), who);
    field->lift_label = is_lifted ? NULL : g_strdup (_ ("Show this field"));
    break;
  case PV_ASSIST_CLEAR:
    break;
  }
}

/* ---- all of it ---- */

/* It is the most urgent: it comes first. */
static void
add_renewal (PvScreenState *state)
{
  pv_screen_add_action_with_icon (state, PV_ROLE_OPTION, PV_DO_RENEW_HAND, _ ("Lend it for another minute"), "hand");
  g_ptr_array_insert (state->actions, 0, g_ptr_array_steal_index (state->actions, state->actions->len - 1));
}

guint
pv_journey_help_height (const PvJourney *journey)
{
  const PvHelp *help = &journey->help;
  guint height = 0;

  if (!pv_journey_is_helped (journey))
    return 0;
  if (help->explanation != NULL) {
    g_autoptr (PvSecretStr) text = pv_help_explanation (help, explanation_room (journey));

    height += pv_journey_text_height (journey, text) + NOTICE_HEIGHT;
  }
  if (help->now.proposal_field != NULL && journey->stage == PV_AT_QUESTION)
    height += PROPOSAL_HEIGHT;
  return height;
}

void
pv_journey_show_help (PvJourney *journey, PvScreenState *state, PvOverlay overlay)
{
  const PvHelp *help = &journey->help;

  add_banner (journey, state, overlay);
  if (!pv_journey_is_helped (journey) || pv_overlay_is_about_help (overlay))
    return;
  add_pointing (help, state);
  if (overlay != PV_OVER_NONE)
    return;
  add_words (journey, state);
  if (help->now.has_hand)
    add_renewal (state);
  for (guint i = 0; i < state->fields->len; i++) {
    PvField *field = state->fields->pdata[i];

    if (help->now.may_propose && g_strcmp0 (help->now.proposal_field, field->id) == 0)
      add_proposal (journey, field);
    if (help->now.may_show && pv_screen_id_is_shared (state->id))
      add_privacy (help, state, field);
  }
}
