/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/identity-rule.h"

#include <string.h>

#include "core/country-words.h"
#include "core/date.h"
#include "core/wipe.h"

void
pv_identity_rule_free (PvIdentityRule *rule)
{
  if (rule == NULL)
    return;
  g_free (rule->block);
  g_free (rule->name);
  g_clear_pointer (&rule->condition, pv_expression_unref);
  g_free (rule);
}

static gboolean
parse_field (const char *name, PvIdentityField *ret_field)
{
  for (guint field = 0; field < PV_N_IDENTITY_FIELDS; field++)
    if (g_str_equal (pv_identity_field_name (field), name)) {
      *ret_field = field;
      return TRUE;
    }
  return FALSE;
}

/* "block/name" or "name" */
static gboolean
parse_name (PvIdentityRule *rule, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 3);
  guint n_parts = g_strv_length (parts);

  if (n_parts < 1 || n_parts > 2 || parts[0][0] == '\0' || (n_parts == 2 && parts[1][0] == '\0'))
    return FALSE;
  rule->block = n_parts == 2 ? g_strdup (parts[0]) : NULL;
  rule->name = g_strdup (parts[n_parts - 1]);
  return TRUE;
}

PvIdentityRule *
pv_identity_rule_parse (const char *text)
{
  g_autoptr (PvIdentityRule) rule = g_new0 (PvIdentityRule, 1);
  const char *colon = strchr (text, ':');
  g_autofree char *name = NULL, *field = NULL;
  const char *when;

  if (colon == NULL || strlen (text) > PV_IDENTITY_RULE_MAX_BYTES)
    return NULL;
  name = g_strstrip (g_strndup (text, (gsize) (colon - text)));
  when = strstr (colon, " if ");
  field = g_strstrip (when != NULL ? g_strndup (colon + 1, (gsize) (when - colon - 1)) : g_strdup (colon + 1));
  if (!parse_name (rule, name) || !parse_field (field, &rule->field))
    return NULL;
  if (when != NULL) {
    rule->condition = pv_expression_parse (when + strlen (" if "), NULL);
    if (rule->condition == NULL)
      return NULL;
  }
  return g_steal_pointer (&rule);
}

gboolean
pv_question_may_take (const PvQuestion *question, PvIdentityField field)
{
  if ((question->flags & (PV_QUESTION_HIDDEN | PV_QUESTION_LOCKED)) != 0)
    return FALSE;
  switch (question->kind) {
  case PV_QUESTION_TEXT:
    return question->format == PV_FORMAT_FREE || question->format == PV_FORMAT_NAME
           || (field == PV_IDENTITY_NUMBER && question->format == PV_FORMAT_DIGITS);
  case PV_QUESTION_LONG_TEXT:
    return TRUE;
  case PV_QUESTION_DATE:
    return field == PV_IDENTITY_BIRTH_DATE || field == PV_IDENTITY_EXPIRY;
  case PV_QUESTION_CHOICE:
    return field == PV_IDENTITY_SEX || field == PV_IDENTITY_NATIONALITY || field == PV_IDENTITY_ISSUER
           || field == PV_IDENTITY_BIRTH_PLACE;
  case PV_QUESTION_EMAIL:
  case PV_QUESTION_PHONE:
  case PV_QUESTION_NUMBER:
  case PV_QUESTION_AMOUNT:
  case PV_QUESTION_YES_NO:
  case PV_QUESTION_CHOICES:
  case PV_QUESTION_FILE:
  case PV_QUESTION_INFO:
  case PV_QUESTION_STATEMENT:
  case PV_QUESTION_PLACE:
  case PV_QUESTION_BLOCK:
  case PV_N_QUESTION_KINDS:
    return FALSE;
  }
  return FALSE;
}

static PvQuestion *
find_named (const GPtrArray *questions, const char *name)
{
  for (guint i = 0; i < questions->len; i++) {
    PvQuestion *question = questions->pdata[i];

    if (g_strcmp0 (question->name, name) == 0 || g_str_equal (question->id, name))
      return question;
  }
  return NULL;
}

static PvQuestion *
find_question (const PvProcedure *procedure, const char *name)
{
  PvQuestion *found = NULL;

  for (guint i = 0; i < procedure->pages->len && found == NULL; i++)
    found = find_named (((const PvPage *) procedure->pages->pdata[i])->questions, name);
  return found;
}

gboolean
pv_identity_rule_apply (const PvIdentityRule *rule, PvProcedure *procedure)
{
  PvQuestion *question = find_question (procedure, rule->block != NULL ? rule->block : rule->name);

  if (question != NULL && rule->block != NULL)
    question = question->kind == PV_QUESTION_BLOCK ? find_named (question->questions, rule->name) : NULL;
  if (question == NULL || !pv_question_may_take (question, rule->field))
    return FALSE;
  question->identity = 1 + rule->field;
  g_clear_pointer (&question->identity_condition, pv_expression_unref);
  if (rule->condition != NULL)
    question->identity_condition = pv_expression_ref (rule->condition);
  return TRUE;
}

static gboolean
any_takes (const GPtrArray *questions, PvIdentityField field)
{
  for (guint i = 0; questions != NULL && i < questions->len; i++) {
    const PvQuestion *question = questions->pdata[i];

    if ((question->identity != 0 && (field == PV_N_IDENTITY_FIELDS || question->identity == 1 + field))
        || any_takes (question->questions, field)) /* one level: blocks hold no blocks */
      return TRUE;
  }
  return FALSE;
}

gboolean
pv_procedure_takes_identity (const PvProcedure *procedure, PvIdentityField field)
{
  for (guint i = 0; i < procedure->pages->len; i++)
    if (any_takes (((const PvPage *) procedure->pages->pdata[i])->questions, field))
      return TRUE;
  return FALSE;
}

/* How forms call what a document says with a letter, in small letters without accents. */
static const struct {
  PvIdentityField field;
  const char *code;
  const char *words[8];
} called[] = {
  { PV_IDENTITY_SEX, "M", { "m", "m.", "masculin", "homme", "monsieur", "male" } },
  { PV_IDENTITY_SEX, "F", { "f", "feminin", "femme", "madame", "mme", "female" } },
};

static gboolean
is_called (PvIdentityField field, const char *code, const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text, "C");
  g_autofree char *word = g_strstrip (g_ascii_strdown (ascii, -1));

  for (guint i = 0; i < G_N_ELEMENTS (called); i++)
    for (guint k = 0; called[i].field == field && g_str_equal (called[i].code, code) && called[i].words[k] != NULL; k++)
      if (g_str_equal (called[i].words[k], word))
        return TRUE;
  return g_ascii_strcasecmp (code, word) == 0;
}

/* "KYIV, UKRAINE" of a list of towns, or of countries. */
static gboolean
is_place (const char *place, const char *text)
{
  g_autoptr (PvSecretStr) folded = pv_country_fold (place);
  g_autofree char *called_so = pv_country_fold (text);
  const char *country = pv_country_find (place);

  return (folded[0] != '\0' && g_str_equal (folded, called_so))
         || (country != NULL && pv_country_is_called (country, text, FALSE));
}

static gboolean
is_said (PvIdentityField field, const char *said, const char *text)
{
  if (field == PV_IDENTITY_BIRTH_PLACE)
    return is_place (said, text);
  if (field == PV_IDENTITY_SEX)
    return is_called (field, said, text);
  return pv_country_is_called (said, text, field == PV_IDENTITY_NATIONALITY) || g_ascii_strcasecmp (said, text) == 0;
}

static PvValue *
choose (const PvQuestion *question, PvIdentityField field, const char *said)
{
  for (guint i = 0; i < question->options->len; i++) {
    const PvOption *option = question->options->pdata[i];

    if (!option->disabled && (is_said (field, said, option->id) || is_said (field, said, option->label)))
      return pv_value_new_options ((const char *[]){ option->id, NULL }, (const char *[]){ option->label, NULL });
  }
  return NULL;
}

/* Whole, or else a part of it: the country stands last. */
static PvValue *
choose_place (const PvQuestion *question, const char *said)
{
  PvValue *value = choose (question, PV_IDENTITY_BIRTH_PLACE, said);
  g_auto (GStrv) parts = g_strsplit (said, ",", -1);

  for (guint i = g_strv_length (parts); i-- > 0;) {
    if (value == NULL)
      value = choose (question, PV_IDENTITY_BIRTH_PLACE, parts[i]);
    pv_wipe_bytes (parts[i], strlen (parts[i]));
  }
  return value;
}

/* What is unknown of a date stays empty in its boxes; a question that wants all of it is left to the person. */
static PvValue *
read_date (const PvQuestion *question, const char *text)
{
  g_autoptr (PvSecretStr) boxes = NULL;
  PvPartialDate date;

  if (!pv_date_parse_partial (text, &date))
    return NULL;
  if (date.month != 0 && date.day != 0)
    return pv_value_new_text (text);
  if ((question->flags & PV_QUESTION_UNKNOWN_DAY) == 0)
    return NULL;
  boxes =
    date.month != 0 ? g_strdup_printf ("/%02u/%04u", date.month, date.year) : g_strdup_printf ("//%04u", date.year);
  return pv_value_new_text (boxes);
}

static PvValue *
read_line (const PvQuestion *question, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (PvSecretStr) line = g_strjoinv (", ", lines);
  PvValue *value =
    question->max_chars > 0 && g_utf8_strlen (line, -1) > question->max_chars ? NULL : pv_value_new_text (line);

  for (guint i = 0; lines[i] != NULL; i++)
    pv_wipe_bytes (lines[i], strlen (lines[i]));
  return value;
}

PvValue *
pv_question_read_identity (const PvQuestion *question, const PvIdentity *identity)
{
  PvIdentityField field;
  const char *text;

  if (question->identity == 0 || question->identity > PV_N_IDENTITY_FIELDS)
    return NULL;
  field = question->identity - 1;
  text = identity->texts[field];
  if (field == PV_IDENTITY_USED_SURNAME && text == NULL && (question->flags & PV_QUESTION_REQUIRED) != 0)
    text = identity->texts[PV_IDENTITY_SURNAME]; /* who has no other uses the one of birth */
  if (text == NULL || identity->verdict == PV_VERDICT_REFUSED || !pv_question_may_take (question, field))
    return NULL;
  if (question->kind == PV_QUESTION_DATE)
    return read_date (question, text);
  if (question->kind == PV_QUESTION_CHOICE)
    return field == PV_IDENTITY_BIRTH_PLACE ? choose_place (question, text) : choose (question, field, text);
  return question->kind == PV_QUESTION_LONG_TEXT ? pv_value_new_text (text) : read_line (question, text);
}
