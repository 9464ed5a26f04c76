/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/handover-field.h"

#include <string.h>

#include "core/assist-class.h"
#include "core/identity-rule.h"

#define FIELD_PREFIX "champ_"

/* Types of fields that démarche numérique lets be filled in beforehand, and whose values a kiosk can ask for. */
static const struct {
  const char *name;
  PvQuestionKind kind;
  PvFormat format;
  guint flags;
} kinds[] = {
  { "text", PV_QUESTION_TEXT, PV_FORMAT_FREE, 0 },
  { "textarea", PV_QUESTION_LONG_TEXT, PV_FORMAT_FREE, 0 },
  { "integer", PV_QUESTION_NUMBER, PV_FORMAT_FREE, PV_QUESTION_INTEGER },
  { "decimal", PV_QUESTION_NUMBER, PV_FORMAT_FREE, 0 },
  { "email", PV_QUESTION_EMAIL, PV_FORMAT_EMAIL, 0 },
  { "phone", PV_QUESTION_PHONE, PV_FORMAT_PHONE, 0 }, /* of any country */
  { "iban", PV_QUESTION_TEXT, PV_FORMAT_IBAN, 0 },
  { "siret", PV_QUESTION_TEXT, PV_FORMAT_SIRET, 0 },
  { "date", PV_QUESTION_DATE, PV_FORMAT_FREE, 0 },
  { "yes-no", PV_QUESTION_YES_NO, PV_FORMAT_FREE, 0 },
  { "civility", PV_QUESTION_CHOICE, PV_FORMAT_FREE, 0 },
  { "choice", PV_QUESTION_CHOICE, PV_FORMAT_FREE, 0 },
  { "choices", PV_QUESTION_CHOICES, PV_FORMAT_FREE, 0 },
};

static const struct {
  const char *id;
  guint identity; /* 1 + PvIdentityField */
} identities[] = {
  { "identite_nom", 1 + PV_IDENTITY_SURNAME },
  { "identite_prenom", 1 + PV_IDENTITY_GIVEN_NAMES },
  { "identite_genre", 1 + PV_IDENTITY_SEX },
};

static gboolean
is_field (const char *text)
{
  const char *id = text + strlen (FIELD_PREFIX);

  for (gsize i = 0; i < G_N_ELEMENTS (identities); i++)
    if (g_str_equal (identities[i].id, text))
      return TRUE;
  return g_str_has_prefix (text, FIELD_PREFIX) && *id != '\0' && strlen (text) <= PV_HANDOVER_FIELD_MAX_ID_BYTES
         && strspn (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-=") == strlen (id);
}

/* What is chosen is what is sent. */
static gboolean
add_options (PvQuestion *question, const char *kind, const char *list)
{
  g_auto (GStrv) options = g_strsplit (g_str_equal (kind, "civility") ? "M.|Mme" : list != NULL ? list : "", "|", -1);

  for (guint i = 0; options[i] != NULL; i++)
    if (*g_strstrip (options[i]) != '\0')
      g_ptr_array_add (question->options, pv_option_new (options[i], options[i]));
  return question->options->len > 0 && question->options->len <= PV_PROCEDURE_MAX_OPTIONS;
}

static void
take_identity (PvQuestion *question)
{
  for (gsize i = 0; i < G_N_ELEMENTS (identities); i++)
    if (g_str_equal (identities[i].id, question->id) && pv_question_may_take (question, identities[i].identity - 1))
      question->identity = identities[i].identity;
}

static PvQuestion *
make_question (const char *label, const char *field, const char *kind, const char *options)
{
  gboolean is_optional = g_str_has_suffix (kind, "?");
  g_autofree char *name = g_strndup (kind, strlen (kind) - (is_optional ? 1 : 0));

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (PvQuestion) question = NULL;
    gboolean is_choice = kinds[i].kind == PV_QUESTION_CHOICE || kinds[i].kind == PV_QUESTION_CHOICES;

    if (!g_str_equal (kinds[i].name, name))
      continue;
    question = pv_question_new (kinds[i].kind, field, label);
    question->name = g_strdup (field);
    question->format = kinds[i].format;
    question->flags = kinds[i].flags | (is_optional ? 0 : PV_QUESTION_REQUIRED);
    if (is_choice ? !add_options (question, name, options) : options != NULL)
      return NULL;
    take_identity (question);
    question->assist = pv_assist_class_of (question, NULL);
    return g_steal_pointer (&question);
  }
  return NULL;
}

PvQuestion *
pv_handover_field_parse (const char *text)
{
  g_auto (GStrv) parts = NULL;
  guint n_parts;

  if (strlen (text) > PV_HANDOVER_FIELD_MAX_BYTES)
    return NULL;
  parts = g_strsplit (text, ":", 5);
  n_parts = g_strv_length (parts);
  for (guint i = 0; i < n_parts; i++)
    g_strstrip (parts[i]);
  if (n_parts < 3 || n_parts > 4 || parts[0][0] == '\0' || !is_field (parts[1]))
    return NULL;
  return make_question (parts[0], parts[1], parts[2], n_parts == 4 ? parts[3] : NULL);
}
