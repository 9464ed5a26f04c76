/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* survey-hints.c: guesses, which a person looks at: what a card may answer, where options may be. */

#include <string.h>

#include "core/identity-rule.h"
#include "ctl/survey.h"

/* Small letters without accents, blanks around and between: to look for words. */
static char *
make_words (const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text != NULL ? text : "", "C");
  g_autofree char *lower = g_ascii_strdown (ascii, -1);

  g_strcanon (lower, "abcdefghijklmnopqrstuvwxyz0123456789", ' ');
  return g_strdup_printf (" %s ", lower);
}

/* PV_N_IDENTITY_FIELDS: none. */
static PvIdentityField
guess_field (const PvQuestion *question)
{
  static const char *const others[] = { " association ", " entreprise ", " enfant ", " ecole ", " conjoint ",
                                        " pere ",        " mere ",       " rue ",    " voie " };
  static const struct {
    const char *word, *and_word; /* (nullable) */
    PvIdentityField field;
  } words[] = {
    { " prenom ", NULL, PV_IDENTITY_GIVEN_NAMES },
    { " prenoms ", NULL, PV_IDENTITY_GIVEN_NAMES },
    { " nom ", " usage ", PV_IDENTITY_USED_SURNAME },
    { " nom ", NULL, PV_IDENTITY_SURNAME },
    { " naissance ", " lieu ", PV_IDENTITY_BIRTH_PLACE },
    { " naissance ", " ville ", PV_IDENTITY_BIRTH_PLACE },
    { " naissance ", " commune ", PV_IDENTITY_BIRTH_PLACE },
    { " naissance ", NULL, PV_IDENTITY_BIRTH_DATE },
    { " nationalite ", NULL, PV_IDENTITY_NATIONALITY },
    { " sexe ", NULL, PV_IDENTITY_SEX },
    { " civilite ", NULL, PV_IDENTITY_SEX },
  };
  g_autofree char *name = make_words (question->name != NULL ? question->name : question->label);
  g_autofree char *label = make_words (question->label);

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (strstr (name, others[i]) != NULL || strstr (label, others[i]) != NULL)
      return PV_N_IDENTITY_FIELDS;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (name, words[i].word) != NULL && (words[i].and_word == NULL || strstr (name, words[i].and_word) != NULL)
        && pv_question_may_take (question, words[i].field))
      return words[i].field;
  return PV_N_IDENTITY_FIELDS;
}

/* @fields: those that are suggested already: of two surnames the first is the likelier. */
static void
suggest (GString *line, const GPtrArray *questions, const char *block, gboolean *fields)
{
  for (guint i = 0; i < questions->len; i++) {
    const PvQuestion *question = questions->pdata[i];
    const char *name = question->name != NULL ? question->name : question->id;
    PvIdentityField field;

    if (question->kind == PV_QUESTION_BLOCK && (question->flags & PV_QUESTION_TABLE) == 0 && block == NULL)
      suggest (line, question->questions, name, fields);
    field = question->identity == 0 ? guess_field (question) : PV_N_IDENTITY_FIELDS;
    /* A rule names the question as the form has it, without what the driver put before the id. */
    if (field == PV_N_IDENTITY_FIELDS || fields[field] || strpbrk (name, ":#") != NULL)
      continue;
    g_string_append_printf (line, "%s%s%s:%s;", block != NULL ? block : "", block != NULL ? "/" : "", name,
                            pv_identity_field_name (field));
    fields[field] = TRUE;
  }
}

char *
pv_survey_suggest_identity (const PvProcedure *procedure)
{
  g_autoptr (GString) line = g_string_new ("identity=");
  gboolean fields[PV_N_IDENTITY_FIELDS] = { FALSE };
  gsize length = line->len;

  if (pv_procedure_takes_identity (procedure, PV_N_IDENTITY_FIELDS))
    return NULL;
  for (guint i = 0; i < procedure->pages->len; i++)
    suggest (line, ((const PvPage *) procedure->pages->pdata[i])->questions, NULL, fields);
  return line->len > length ? g_string_free (g_steal_pointer (&line), FALSE) : NULL;
}

/* w.c.s. names the sources that it makes of Chrono's agendas itself; "_" may stand for "-" in them (publik-api, 2.6). */
char *
pv_survey_suggest_source (const char *source)
{
  static const char meetings[] = "chrono_ds_agenda_meetings_", events[] = "chrono_ds_agenda_events_";
  const char *type = g_str_has_prefix (source, meetings) ? strstr (source, "_mt_") : NULL;
  const char *agenda = source + strlen (meetings);

  if (type != NULL && type > agenda)
    return g_strdup_printf ("agenda:%.*s/%s", (int) (type - agenda), agenda, type + strlen ("_mt_"));
  if (g_str_has_prefix (source, events))
    return g_strdup_printf ("events:%s", source + strlen (events));
  if (g_str_has_prefix (source, "chrono_ds_"))
    return g_strdup ("agenda:AGENDA/TYPE");
  return g_strdup ("cards:SLUG");
}

const char *
pv_survey_place_word (const PvSurveyForm *form)
{
  switch (form->place) {
  case PV_SURVEY_HERE:
    return "here";
  case PV_SURVEY_PHONE:
    return "phone";
  case PV_SURVEY_UNREAD:
    return "unread";
  }
  return "";
}

const char *
pv_finding_kind_word (PvFindingKind kind)
{
  static const char *const words[PV_N_FINDINGS] = {
    [PV_FINDING_UNREAD] = "unread",     [PV_FINDING_BEYOND] = "beyond",       [PV_FINDING_SOURCE] = "source",
    [PV_FINDING_DOCUMENT] = "document", [PV_FINDING_REFERENCE] = "reference", [PV_FINDING_SILENCE] = "silence",
    [PV_FINDING_SERVICE] = "service",   [PV_FINDING_APPEAL] = "appeal",       [PV_FINDING_CATEGORY] = "category",
    [PV_FINDING_IDENTITY] = "identity", [PV_FINDING_CONTACT] = "contact",     [PV_FINDING_KEYWORDS] = "keywords",
  };

  return words[kind];
}

const char *
pv_finding_weight_word (PvFindingWeight weight)
{
  static const char *const words[PV_N_WEIGHTS] = {
    [PV_WEIGHT_BLOCKS] = "blocks",
    [PV_WEIGHT_TO_DO] = "to-do",
    [PV_WEIGHT_HINT] = "hint",
  };

  return words[weight];
}

char *
pv_survey_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *clean = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    GUnicodeType type = g_unichar_type (c);

    /* Marks of direction would turn the rest of the line round. */
    if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR
        || type == G_UNICODE_PARAGRAPH_SEPARATOR)
      c = ' ';
    if (c != ' ' || (clean->len > 0 && clean->str[clean->len - 1] != ' '))
      g_string_append_unichar (clean, c);
  }
  return g_strchomp (g_string_free (clean, FALSE));
}
