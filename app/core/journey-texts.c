/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the portal wrote, in the language of the screen. The filing keeps its French and its options: only what is shown
 * changes, so the language may change at any time. */

#include <string.h>

#include "core/journey-private.h"
#include "core/wipe.h"

static gboolean
is_foreign (const PvJourney *journey)
{
  return g_strcmp0 (journey->look.language, PV_TEXTS_OFFICIAL) != 0;
}

static const char *
find_in (const PvTexts *texts, const PvJourney *journey, const PvQuestion *question, const char *french)
{
  return pv_texts_find (texts, journey->procedure != NULL ? journey->procedure->slug : journey->slug,
                        question != NULL ? pv_question_text_name (question) : NULL, french);
}

static const char *
find (const PvJourney *journey, const PvQuestion *question, const char *french)
{
  return find_in (journey->texts, journey, question, french);
}

const char *
pv_journey_say (const PvJourney *journey, const PvQuestion *question, const char *french)
{
  const char *translation = journey != NULL && journey->texts != NULL ? find (journey, question, french) : NULL;

  return translation != NULL ? translation : french;
}

const char *
pv_journey_say_read (const PvJourney *journey, const PvQuestion *question, const char *french)
{
  const char *translation = find_in (pv_journey_get_read_texts (journey), journey, question, french);

  return translation != NULL ? translation : french;
}

char *
pv_journey_official (const PvJourney *journey, const PvQuestion *question, const char *french)
{
  (void) question;
  return journey != NULL && is_foreign (journey) && french != NULL && french[0] != '\0' ? g_strdup (french) : NULL;
}

char *
pv_journey_say_lines (const PvJourney *journey, const PvQuestion *question, char *sentence)
{
  g_autofree char *owned = sentence;
  g_auto (GStrv) lines = NULL;

  if (owned == NULL || journey->texts == NULL || find (journey, question, owned) != NULL)
    return g_strdup (pv_journey_say (journey, question, owned));
  lines = g_strsplit (owned, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    const char *translation = find (journey, question, lines[i]);

    if (translation == NULL)
      continue;
    g_free (lines[i]);
    lines[i] = g_strdup (translation);
  }
  return g_strjoinv ("\n", lines);
}

char *
pv_journey_display (const PvJourney *journey, const PvQuestion *question, const char *path, gboolean is_masked)
{
  const PvValue *value = pv_filing_get (journey->filing, path);
  g_autoptr (PvSecretStr) official =
    is_masked ? pv_filing_display_masked (journey->filing, path) : pv_filing_display (journey->filing, path);
  GString *text;

  if (journey->texts == NULL || official[0] == '\0' || value == NULL || pv_value_get_type (value) != PV_VALUE_OPTIONS
      || (question->flags & PV_QUESTION_SLOT) != 0 || question->kind == PV_QUESTION_PLACE)
    return g_steal_pointer (&official);
  text = g_string_sized_new (256); /* what it outgrows would stay behind */
  for (guint i = 0; i < pv_value_get_n (value); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            pv_journey_say (journey, question, pv_value_get_label (value, i)));
  return g_string_free (text, FALSE);
}

PvCatalogue *
pv_journey_get_catalogue (PvJourney *journey)
{
  if (journey->catalogue == NULL || journey->texts == NULL)
    return journey->catalogue;
  if (journey->translated == NULL)
    journey->translated = pv_catalogue_translate (journey->catalogue, journey->texts);
  return journey->translated;
}

void
pv_journey_forget_texts (PvJourney *journey)
{
  g_clear_pointer (&journey->texts, pv_texts_unref);
  g_clear_pointer (&journey->translated, pv_catalogue_unref);
}

void
pv_journey_set_texts (PvJourney *journey, PvTexts *texts)
{
  PvTexts *wanted = texts != NULL ? pv_texts_ref (texts) : NULL;

  pv_journey_forget_texts (journey);
  journey->texts = wanted;
  pv_journey_forget_screens (journey);
}

/* ---- names, which are sent as documents write them ---- */

/* "enfant_nom", "parent1_prenom"; not "association_nom". */
static gboolean
is_name_of_person (const char *name)
{
  static const char *const names[] = { "nom", "noms", "prenom", "prenoms", NULL };
  static const char *const others[] = { "association", "ecole",     "entreprise", "lieu", "organisme",
                                        "rue",         "evenement", "societe",    "voie", NULL };
  g_autofree char *folded = g_ascii_strdown (name, -1);
  g_auto (GStrv) words = g_strsplit_set (folded, "_-", -1);
  gboolean is_name = FALSE;

  for (guint i = 0; words[i] != NULL; i++) {
    if (g_strv_contains (others, words[i]))
      return FALSE;
    is_name |= g_strv_contains (names, words[i]);
  }
  return is_name;
}

gboolean
pv_journey_wants_latin_name (const PvJourney *journey, const PvQuestion *question)
{
  guint identity = question->identity;

  if (question->kind != PV_QUESTION_TEXT || pv_texts_is_latin (pv_journey_get_read_language (journey)))
    return FALSE;
  return identity == 1 + PV_IDENTITY_SURNAME || identity == 1 + PV_IDENTITY_GIVEN_NAMES
         || (identity == 0 && question->name != NULL && is_name_of_person (question->name));
}
