/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "answers.h"

#define CHILD "Quel est le nom de l’enfant ?"
#define BIRTH "Quelle est la date de naissance de l’enfant ?"
#define HOME  "Où habite l’enfant ?"

/* A fictional person. No-break spaces of the screen are written as spaces here. */
static const TourAnswer answers[] = {
  { CHILD, "Nom de famille", TOUR_BY_SCREEN, "Lefèvre", "enfant_nom", NULL, FALSE, NULL, NULL },
  { CHILD, "Prénoms", TOUR_BY_KEYBOARD, "Lina Rose", "enfant_prenoms", NULL, FALSE, NULL, NULL },
  { BIRTH, "Jour", TOUR_BY_SCREEN, "14", NULL, NULL, FALSE, NULL, NULL },
  { BIRTH, "Mois", TOUR_BY_SCREEN, "03", NULL, NULL, FALSE, NULL, NULL },
  { BIRTH, "Année", TOUR_BY_KEYBOARD, "2023", "naissance", "2023-03-14", FALSE, NULL, NULL },
  { "Où l’enfant est-il né ?", NULL, TOUR_BY_CHOICE, "À Montclair", "naissance_lieu", NULL, FALSE, NULL, NULL },
};

static gboolean
is_of (const TourAnswer *answer, const char *title)
{
  return answer->title == NULL || g_str_equal (answer->title, title);
}

const TourAnswer *
tour_answer_for (const char *title, const char *label)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (is_of (&answers[i], title) && answers[i].label != NULL
        && (g_str_equal (answers[i].label, label)
            || (g_str_has_prefix (label, title) && g_str_has_suffix (label, answers[i].label))))
      return &answers[i];
  return NULL;
}

const TourAnswer *
tour_answer_touched (const char *title, const TourAnswer *last)
{
  guint first = last != NULL ? (guint) (last - answers) + 1 : 0;

  for (guint i = first; i < G_N_ELEMENTS (answers); i++)
    if (answers[i].label == NULL && is_of (&answers[i], title))
      return &answers[i];
  return NULL;
}

gboolean
tour_answer_is_known (const char *title)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (is_of (&answers[i], title))
      return TRUE;
  return FALSE;
}
