/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "answers.h"

#include "walk.h"

#define CHILD   "Quel est le nom de l’enfant ?"
#define BIRTH   "Quelle est la date de naissance de l’enfant ?"
#define PARENTS "Les parents ou responsables"
#define ADDRESS "Où habite l’enfant ?"
#define REACH   "Comment vous joindre ?"

/* Further members by their names. */
#define ROW(screen, entry, how, what, field, ...)                                                                      \
  {                                                                                                                    \
    .title = screen, .label = entry, .way = how, .answer = what, .variable = field, __VA_ARGS__                        \
  }
#define TYPE(screen, entry, how, what, field, ...) ROW (screen, entry, TOUR_BY_##how, what, field, __VA_ARGS__)
#define CHOOSE(screen, what, field, ...)           ROW (screen, NULL, TOUR_BY_CHOICE, what, field, __VA_ARGS__)
#define PRESS(screen, what)                        ROW (screen, NULL, TOUR_BY_BUTTON, what, NULL, )
#define LEAVE(screen, entry)                       ROW (screen, entry, TOUR_LEFT_EMPTY, NULL, NULL, )

/* A fictional person, and what the town hall must hold of it. No-break spaces are written as spaces here. */
static const TourAnswer answers[] = {
  TYPE (CHILD, "Nom de famille", SCREEN, "Lefèvre", "enfant_nom", ),
  TYPE (CHILD, "Prénoms", KEYBOARD, "Lina Rose", "enfant_prenoms", ),
  TYPE (BIRTH, "Jour", SCREEN, "14", NULL, ),
  TYPE (BIRTH, "Mois", SCREEN, "03", NULL, ),
  TYPE (BIRTH, "Année", KEYBOARD, "2020", "naissance", .stored = "2020-03-14"),
  CHOOSE ("Où l’enfant est-il né ?", "Ailleurs en France", "naissance_lieu", ),
  TYPE ("Commune de naissance", "Commune de naissance", KEYBOARD, "Auxerre", "naissance_commune", ),
  CHOOSE ("Dans quelle classe entre-t-il ?", "CP", "niveau", ),
  CHOOSE ("Quelle est l’école de votre quartier ?", "École des Tilleuls", "ecole", ),
  CHOOSE ("Voulez-vous une autre école que celle du quartier ?", "Non", "derogation", ),
  CHOOSE ("Votre enfant va-t-il déjà à l’école ?", "Non", "deja_scolarise", ),
  CHOOSE ("Quelle est la situation de la famille ?", "Les parents vivent ensemble", "situation", ),
  CHOOSE ("Lien avec l’enfant", "Mère", "responsables/0/lien", ),
  TYPE (PARENTS, "Nom de famille", KEYBOARD, "Martin", "responsables/0/nom", .is_on_card = TRUE),
  TYPE (PARENTS, "Prénom", SCREEN, "Anna", "responsables/0/prenom", .is_on_card = TRUE),
  TYPE ("Téléphone", "Téléphone", SCREEN, "0611223344", "responsables/0/telephone", .is_contact = TRUE,
        .is_required_phone = TRUE),
  CHOOSE ("Cette personne a-t-elle l’autorité parentale ?", "Oui", "responsables/0/autorite", ),
  LEAVE ("Responsables de l’enfant", NULL),
  TYPE (ADDRESS, "Numéro et rue", KEYBOARD, "12 rue des Lilas", "adresse", ),
  LEAVE (ADDRESS, "Complément"),
  TYPE (ADDRESS, "Code postal", SCREEN, "89999", "code_postal", .wrong = "8999",
        .error = "Il manque un chiffre. Un code postal a 5 chiffres."),
  TYPE (ADDRESS, "Commune", KEYBOARD, "Montclair", "commune", ),
  TYPE (REACH, "Numéro de téléphone", KEYBOARD, "0311223344", "telephone", .is_contact = TRUE),
  TYPE (REACH, "Adresse e-mail", SCREEN, "anna@example.fr", "courriel", .is_contact = TRUE),
  CHOOSE ("Votre enfant mangera-t-il à la cantine ?", "Oui, certains jours", "cantine", ),
  CHOOSE ("Quels jours ?", "Lundi", NULL, ),
  CHOOSE ("Quels jours ?", "Jeudi", "cantine_jours", .stored = "Lundi, Jeudi"),
  CHOOSE ("Quel repas ?", "Repas habituel", "repas", ),
  LEAVE ("Autres personnes à prévenir", NULL),
  LEAVE ("Livret de famille ou acte de naissance", NULL),
  LEAVE ("Justificatif de domicile", NULL),
  LEAVE ("Carnet de vaccinations", NULL),
  LEAVE (NULL, "Chercher dans la liste"),
};

static gboolean
is_of (const TourWalk *walk, const TourAnswer *answer, const char *title)
{
  return answer->title == NULL || g_str_equal (tour_translate (walk, answer->title), title);
}

static gboolean
is_label (const TourWalk *walk, const TourAnswer *answer, const char *title, const char *label)
{
  const char *wanted = tour_translate (walk, answer->label);

  return g_str_equal (wanted, label) || (g_str_has_prefix (label, title) && g_str_has_suffix (label, wanted));
}

const TourAnswer *
tour_answer_for (const TourWalk *walk, const char *title, const char *label)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (is_of (walk, &answers[i], title) && answers[i].label != NULL && is_label (walk, &answers[i], title, label))
      return &answers[i];
  return NULL;
}

const TourAnswer *
tour_answer_touched (const TourWalk *walk, const char *title, const TourAnswer *last)
{
  guint first = last != NULL ? (guint) (last - answers) + 1 : 0;

  for (guint i = first; i < G_N_ELEMENTS (answers); i++)
    if (answers[i].label == NULL && is_of (walk, &answers[i], title))
      return &answers[i];
  return NULL;
}

const char *
tour_answer_title (const TourWalk *walk, const char *title)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (answers[i].title != NULL && g_str_equal (tour_translate (walk, answers[i].title), title))
      return answers[i].title;
  return NULL;
}
