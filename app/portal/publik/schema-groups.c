/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* schema-groups.c: which neighbours are one thing in a person's mind: a name, an address.
 *
 * Everything else is asked one question a screen. Only short texts of the same condition, under the same title, join. */

#include <string.h>

#include "portal/publik/schema-reader.h"

typedef enum {
  PART_NONE,
  PART_FIRST_NAME,
  PART_LAST_NAME,
  PART_STREET,
  PART_COMPLEMENT,
  PART_POSTCODE,
  PART_TOWN,
  PART_COUNTRY,
} Part;

static gboolean
is_name (Part part)
{
  return part == PART_FIRST_NAME || part == PART_LAST_NAME;
}

/* What a word of a varname or a label says, in small letters without accents. */
static Part
read_word (const char *word)
{
  static const struct {
    const char *word;
    Part part;
  } table[] = {
    { "nom", PART_LAST_NAME },         { "noms", PART_LAST_NAME }, { "prenom", PART_FIRST_NAME },
    { "prenoms", PART_FIRST_NAME },    { "rue", PART_STREET },     { "voie", PART_STREET },
    { "adresse", PART_STREET },        { "cp", PART_POSTCODE },    { "postal", PART_POSTCODE },
    { "complement", PART_COMPLEMENT }, { "ville", PART_TOWN },     { "commune", PART_TOWN },
    { "localite", PART_TOWN },         { "pays", PART_COUNTRY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (word, table[i].word))
      return table[i].part;
  return PART_NONE;
}

/* @ret_owner: the words that say whose: "demandeur" of "demandeur_nom"; so one person's name never joins another's. */
static Part
find_part (const PvQuestion *question, char **ret_owner)
{
  static const char *const qualifiers[] = { "code", "naissance", "usage", "famille", "de", "d", NULL };
  const char *text = question->name != NULL ? question->name : question->label;
  g_autofree char *ascii = g_str_to_ascii (text, "C");
  g_autofree char *lower = g_ascii_strdown (ascii, -1);
  g_auto (GStrv) words = g_strsplit_set (lower, " _-'.,()", -1);
  g_autoptr (GString) owner = g_string_new (NULL);
  Part part = PART_NONE;

  if (question->kind == PV_QUESTION_TEXT && (question->flags & (PV_QUESTION_HIDDEN | PV_QUESTION_LOCKED)) == 0)
    for (guint i = 0; words[i] != NULL; i++) {
      Part word = read_word (words[i]);

      if (word != PART_NONE)
        part = word == PART_COMPLEMENT || part == PART_NONE ? word : part;
      else if (!g_strv_contains (qualifiers, words[i]))
        g_string_append_printf (owner, "%s ", words[i]);
    }
  if (question->kind == PV_QUESTION_TEXT && question->format == PV_FORMAT_POSTCODE_FR)
    part = PART_POSTCODE;
  *ret_owner = g_string_free (g_steal_pointer (&owner), FALSE);
  return part;
}

static gboolean
share_condition (const PvQuestion *a, const PvQuestion *b)
{
  if (a->condition == NULL || b->condition == NULL)
    return a->condition == b->condition;
  return g_str_equal (pv_expression_get_text (a->condition), pv_expression_get_text (b->condition));
}

/* Whether @next goes on with what @previous is a part of. */
static gboolean
goes_on (const PvQuestion *previous, const PvQuestion *next)
{
  g_autofree char *owner = NULL;
  g_autofree char *next_owner = NULL;
  Part part = find_part (previous, &owner);
  Part next_part = find_part (next, &next_owner);

  if (part == PART_NONE || next_part == PART_NONE || !share_condition (previous, next)
      || g_strcmp0 (previous->group_title, next->group_title) != 0)
    return FALSE;
  if (is_name (part) || is_name (next_part))
    return is_name (part) && is_name (next_part) && g_str_equal (owner, next_owner);
  /* In the order in which an address is written; a second street is another address. */
  return next_part > part || (part == PART_TOWN && next_part == PART_POSTCODE);
}

/* A street needs its town; a town and a country alone are a place of birth. */
static gboolean
is_whole (GPtrArray *questions, guint first, guint end)
{
  gboolean has_first_name = FALSE, has_last_name = FALSE, has_postcode = FALSE, has_town = FALSE;

  for (guint i = first; i < end; i++) {
    g_autofree char *owner = NULL;
    Part part = find_part (g_ptr_array_index (questions, i), &owner);

    has_first_name |= part == PART_FIRST_NAME;
    has_last_name |= part == PART_LAST_NAME;
    has_postcode |= part == PART_POSTCODE;
    has_town |= part == PART_TOWN;
  }
  return (has_first_name && has_last_name) || (has_postcode && has_town);
}

/* In a group that has a town, so that what is found can be written down whole. */
static void
mark_address (PvQuestion *question)
{
  g_autofree char *owner = NULL;

  switch (find_part (question, &owner)) {
  case PART_STREET:
    question->flags |= PV_QUESTION_ADDRESS;
    break;
  case PART_POSTCODE:
    question->flags |= PV_QUESTION_ADDRESS_POSTCODE;
    break;
  case PART_TOWN:
    question->flags |= PV_QUESTION_ADDRESS_TOWN;
    break;
  case PART_NONE:
  case PART_FIRST_NAME:
  case PART_LAST_NAME:
  case PART_COMPLEMENT:
  case PART_COUNTRY:
    break;
  }
}

void
pv_publik_group_questions (GPtrArray *questions)
{
  guint end;

  for (guint first = 0; first < questions->len; first = end) {
    PvQuestion *head = g_ptr_array_index (questions, first);

    end = first + 1;
    while (end < questions->len && end - first < PV_PUBLIK_MAX_GROUP
           && goes_on (g_ptr_array_index (questions, end - 1), g_ptr_array_index (questions, end)))
      end++;
    if (!is_whole (questions, first, end))
      end = first + 1;
    /* A question alone under a title is a group of one, so that "Nom" says whose. */
    if (end == first + 1 && head->group_title == NULL)
      continue;
    for (guint i = first; i < end; i++) {
      PvQuestion *question = g_ptr_array_index (questions, i);

      if (end > first + 1)
        mark_address (question);

      question->group = g_strdup_printf ("group-%s", head->id);
      if (i > first)
        g_clear_pointer (&question->group_title, g_free);
    }
  }
}
