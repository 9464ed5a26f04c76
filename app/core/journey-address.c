/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Addresses and places, completed from the local index.
 *
 * What is typed stays what is typed: an address that nobody lists is as good as one that is. Only a place on a map has to be
 * touched in the list, since the portal wants to know where on earth it is. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/journey-private.h"
#include "core/street-words.h"
#include "core/wipe.h"

enum {
  MIN_WORDS_CHARS = 3,
  FOUND_HEIGHT = 6,     /* half-lines of a button, with the gap above it */
  KEYBOARD_HEIGHT = 16, /* of the keyboard, and of the field itself */
  TINY_LINES = 7,       /* below: two buttons are more than a page */
  MAX_OF_ADDRESS = 4,   /* postcode and town still have to be typed if none is right */
};

static const PvQuestion *
find_completed (const PvJourney *journey, const char *path)
{
  const char *last = strrchr (path, '/');
  const PvQuestion *question = pv_procedure_find_question (journey->procedure, last != NULL ? last + 1 : path);
  gboolean is_completed =
    question != NULL && (question->kind == PV_QUESTION_PLACE || (question->flags & PV_QUESTION_ADDRESS) != 0);

  return is_completed ? question : NULL;
}

static gboolean
is_found_for (const PvJourney *journey, const char *path)
{
  return journey->finding.addresses != NULL && g_strcmp0 (journey->finding.path, path) == 0;
}

static const PvAddress *
find_found (const PvJourney *journey, const char *path, const char *id)
{
  for (guint i = 0; is_found_for (journey, path) && i < journey->finding.addresses->len; i++) {
    const PvAddress *address = journey->finding.addresses->pdata[i];

    if (g_strcmp0 (address->id, id) == 0)
      return address;
  }
  return NULL;
}

/* What is already chosen, or too short, is not looked for. */
static void
look_for (PvJourney *journey, const PvQuestion *question, const char *path)
{
  const PvValue *value = pv_filing_get (journey->filing, path);
  const char *words = value != NULL && pv_value_get_type (value) == PV_VALUE_TEXT ? pv_value_get_text (value) : NULL;
  PvEffect *effect;

  pv_journey_forget_finding (journey);
  if (!journey->has_addresses || words == NULL || g_utf8_strlen (words, -1) < MIN_WORDS_CHARS)
    return;
  journey->finding.path = g_strdup (path);
  journey->finding.words = g_strdup (words);
  effect = pv_journey_queue (journey, PV_EFFECT_FIND_ADDRESSES, words);
  effect->path = g_strdup (path);
  effect->number = question->kind == PV_QUESTION_PLACE ? 1 : 0;
}

void
pv_journey_look_for_addresses (PvJourney *journey, const PvStep *step)
{
  for (guint i = 0; i < step->questions->len; i++) {
    const PvQuestion *question = step->questions->pdata[i];

    /* An address that was typed is right until somebody types on; a place is not yet one. */
    if (question->kind == PV_QUESTION_PLACE && g_strcmp0 (journey->finding.path, step->paths->pdata[i]) != 0)
      look_for (journey, question, step->paths->pdata[i]);
  }
}

/* In the same group, and in the same row of a block. (transfer full) (nullable) */
static char *
find_neighbour (const PvJourney *journey, const PvQuestion *question, const char *path, PvQuestionFlags flag)
{
  const char *last = strrchr (path, '/');
  g_autofree char *before = g_strndup (path, last != NULL ? (gsize) (last + 1 - path) : 0);
  g_autoptr (GPtrArray) steps = pv_journey_list_steps (journey, NULL);

  for (guint i = 0; question->group != NULL && i < steps->len; i++) {
    const PvStep *step = steps->pdata[i];

    for (guint k = 0; k < step->questions->len; k++) {
      const PvQuestion *other = step->questions->pdata[k];
      g_autofree char *wanted = g_strconcat (before, other->id, NULL);

      if ((other->flags & flag) != 0 && g_strcmp0 (other->group, question->group) == 0
          && g_str_equal (step->paths->pdata[k], wanted))
        return g_steal_pointer (&wanted);
    }
  }
  return NULL;
}

static void
fill_neighbour (PvJourney *journey, const PvIntention *intention, const PvQuestion *question, PvQuestionFlags flag,
                const char *text)
{
  g_autofree char *path = find_neighbour (journey, question, intention->target, flag);

  if (path != NULL && text != NULL)
    pv_journey_set_answer (journey, intention, path, pv_value_new_text (text));
}

/* Cut where the form takes less, as the keyboard would. (transfer full) */
static char *
fit (const PvQuestion *question, const char *text)
{
  return question->max_chars > 0 && g_utf8_strlen (text, -1) > question->max_chars
           ? g_utf8_substring (text, 0, question->max_chars)
           : g_strdup (text);
}

static void
take_address (PvJourney *journey, const PvIntention *intention, const PvQuestion *question, const PvAddress *address)
{
  g_autoptr (PvSecretStr) line = fit (question, address->label);

  pv_journey_set_answer (journey, intention, intention->target, pv_value_new_text (line));
  fill_neighbour (journey, intention, question, PV_QUESTION_ADDRESS_POSTCODE, address->postcode);
  fill_neighbour (journey, intention, question, PV_QUESTION_ADDRESS_TOWN, address->commune);
}

static void
take_place (PvJourney *journey, const PvIntention *intention, const PvAddress *address)
{
  g_autoptr (PvSecretStr) id = pv_location_format (address->latitude, address->longitude);
  g_autoptr (PvSecretStr) label = g_strdup_printf ("%s, %s", address->label, address->commune);

  pv_journey_set_answer (journey, intention, intention->target,
                         pv_value_new_options ((const char *[]){ id, NULL }, (const char *[]){ label, NULL }));
}

/* What was found tells what was typed: who may not see that does not choose from it. */
static void
choose_found (PvJourney *journey, const PvIntention *intention, const PvQuestion *question)
{
  const PvAddress *address = find_found (journey, intention->target, intention->value);

  if (address == NULL || (intention->actor != PV_ACTOR_CITIZEN && question->assist != PV_ASSIST_CLEAR))
    return;
  if (question->kind == PV_QUESTION_PLACE)
    take_place (journey, intention, address);
  else
    take_address (journey, intention, question, address);
  pv_journey_forget_finding (journey);
}

gboolean
pv_journey_answer_address (PvJourney *journey, const PvIntention *intention)
{
  const PvQuestion *question = find_completed (journey, intention->target);

  if (question == NULL)
    return FALSE;
  if (intention->kind == PV_DO_CHOOSE) {
    choose_found (journey, intention, question);
    return TRUE;
  }
  if (intention->kind != PV_DO_TYPE || intention->value == NULL)
    return FALSE;
  pv_journey_set_answer (journey, intention, intention->target, pv_value_new_text (intention->value));
  look_for (journey, question, intention->target);
  return TRUE;
}

void
pv_journey_type_elsewhere (PvJourney *journey, const char *path)
{
  const PvQuestion *question = journey->finding.path != NULL ? find_completed (journey, journey->finding.path) : NULL;

  if (question != NULL && question->kind != PV_QUESTION_PLACE && g_strcmp0 (journey->finding.path, path) != 0)
    pv_journey_forget_finding (journey);
}

void
pv_journey_addresses_found (PvJourney *journey, const char *path, const char *words, GPtrArray *addresses,
                            const PvMoment *now)
{
  gboolean is_asked = g_strcmp0 (journey->finding.path, path) == 0 && g_strcmp0 (journey->finding.words, words) == 0;

  pv_journey_set_now (journey, now);
  if (addresses == NULL)
    journey->has_addresses = FALSE; /* and the screen says so where it matters */
  if (addresses == NULL || !is_asked) {
    g_clear_pointer (&addresses, g_ptr_array_unref);
    return;
  }
  g_clear_pointer (&journey->finding.addresses, g_ptr_array_unref);
  journey->finding.addresses = addresses;
}

void
pv_journey_forget_finding (PvJourney *journey)
{
  g_clear_pointer (&journey->finding.path, g_free);
  g_clear_pointer (&journey->finding.words, pv_wipe_str);
  g_clear_pointer (&journey->finding.addresses, g_ptr_array_unref);
}

/* The town is said where it is not always the same. */
static gboolean
are_of_one_commune (const GPtrArray *addresses)
{
  const PvAddress *first = addresses->pdata[0];

  for (guint i = 1; i < addresses->len; i++)
    if (g_strcmp0 (((const PvAddress *) addresses->pdata[i])->insee, first->insee) != 0)
      return FALSE;
  return TRUE;
}

static guint
found_height (const PvJourney *journey, const PvAddress *address, gboolean has_commune)
{
  guint width = MAX (journey->capacity.chars_per_line * 13 / 20, 1);

  return FOUND_HEIGHT + 2 * ((guint) g_utf8_strlen (address->label, -1) / width) + (has_commune ? 2 : 0);
}

/* What fits between the field and the keyboard; on all but the smallest screens at least two. */
void
pv_screen_add_found (PvJourney *journey, PvField *field, const PvQuestion *question, const char *path)
{
  const GPtrArray *addresses = is_found_for (journey, path) ? journey->finding.addresses : NULL;
  guint room = 2 * journey->capacity.lines,
        used = pv_journey_decide (journey, KEYBOARD_HEIGHT + pv_journey_help_height (journey));
  guint max = question->kind == PV_QUESTION_PLACE ? PV_ADDRESS_MAX_FOUND : MAX_OF_ADDRESS;
  gboolean has_commune = addresses != NULL && addresses->len > 0 && !are_of_one_commune (addresses);

  for (guint i = 0; addresses != NULL && i < MIN (addresses->len, max); i++) {
    const PvAddress *address = addresses->pdata[i];
    PvChoice *choice;

    used += found_height (journey, address, has_commune);
    if (i >= (journey->capacity.lines >= TINY_LINES ? 2 : 1) && used > room)
      break;
    choice = pv_field_add_choice (field, address->id, address->label);
    choice->intention = PV_DO_CHOOSE;
    if (has_commune)
      choice->detail = g_strdup_printf ("%s %s", address->postcode, address->commune);
  }
}

void
pv_screen_add_place_notice (PvJourney *journey, PvScreenState *state, const PvQuestion *question, const char *path)
{
  const PvValue *value = pv_filing_get (journey->filing, path);
  gboolean is_typed = value != NULL && pv_value_get_type (value) == PV_VALUE_TEXT;

  if (question->kind != PV_QUESTION_PLACE)
    return;
  if (!journey->has_addresses)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle",
                                _ ("Places cannot be looked up now. Please call a mediator."));
  else if (is_typed && is_found_for (journey, path) && journey->finding.addresses->len == 0)
    pv_screen_state_add_notice (state, PV_TONE_INFO, "info",
                                _ ("Nothing was found. Write a street, or two streets that meet."));
}
