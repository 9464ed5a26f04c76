/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sample-procedure.h: a small school enrolment with one of everything, for the tests of filing and journey. */
#pragma once

#include "core/procedure.h"

static inline PvQuestion *
sample_question (GPtrArray *into, PvQuestionKind kind, const char *id, const char *name, const char *label, guint flags)
{
  PvQuestion *question = pv_question_new (kind, id, label);

  question->name = g_strdup (name);
  question->flags = flags;
  if (kind == PV_QUESTION_EMAIL)
    question->format = PV_FORMAT_EMAIL;
  if (kind == PV_QUESTION_PHONE)
    question->format = PV_FORMAT_PHONE_FR;
  g_ptr_array_add (into, question);
  return question;
}

static inline void
sample_option (PvQuestion *question, const char *id, const char *label)
{
  g_ptr_array_add (question->options, pv_option_new (id, label));
}

static inline PvPage *
sample_page (PvProcedure *procedure, const char *id, const char *label)
{
  PvPage *page = pv_page_new (id, label);

  g_ptr_array_add (procedure->pages, page);
  return page;
}

static inline PvProcedure *
sample_procedure (void)
{
  PvProcedure *procedure = pv_procedure_new ("ecole", "Inscription à l’école");
  PvPage *page = sample_page (procedure, "p1", "L’enfant");
  PvQuestion *question;
  PvPostCondition *post;

  procedure->form_id = g_strdup ("18");
  procedure->version = g_strdup ("0123");
  procedure->category = g_strdup ("famille-ecole");
  procedure->keywords = g_strsplit ("rentrée scolaire", " ", -1);
  procedure->has_tracking_code = TRUE;
  procedure->facts.silence = PV_SILENCE_ACCEPT;
  procedure->facts.delay_months = 2;
  procedure->facts.service = g_strdup ("Service Enfance");
  procedure->facts.phone = g_strdup ("01 99 00 00 00");
  procedure->facts.address = g_strdup ("1 place de la Mairie");

  sample_question (page->questions, PV_QUESTION_INFO, "1", NULL, "Prenez le livret de famille.", 0);
  sample_question (page->questions, PV_QUESTION_TEXT, "2", "nom", "Quel est le nom de l’enfant ?",
                   PV_QUESTION_REQUIRED);
  question = sample_question (page->questions, PV_QUESTION_DATE, "3", "naissance", "Date de naissance",
                              PV_QUESTION_REQUIRED | PV_QUESTION_PAST_ONLY);
  question->min = g_strdup ("2010-01-01");

  page = sample_page (procedure, "p2", "L’adresse");
  question = sample_question (page->questions, PV_QUESTION_TEXT, "4", "rue", "Rue", PV_QUESTION_REQUIRED);
  question->group = g_strdup ("adresse");
  question->group_title = g_strdup ("Où habitez-vous ?");
  question = sample_question (page->questions, PV_QUESTION_TEXT, "5", "cp", "Code postal", PV_QUESTION_REQUIRED);
  question->group = g_strdup ("adresse");
  question->format = PV_FORMAT_POSTCODE_FR;
  question = sample_question (page->questions, PV_QUESTION_CHOICE, "6", "cantine", "Cantine ?", PV_QUESTION_REQUIRED);
  sample_option (question, "tous", "Tous les jours");
  sample_option (question, "jours", "Certains jours");
  sample_option (question, "non", "Non");
  question =
    sample_question (page->questions, PV_QUESTION_CHOICES, "7", "jours", "Quels jours ?", PV_QUESTION_REQUIRED);
  question->condition = pv_expression_parse ("form_var_cantine_raw == \"jours\"", NULL);
  question->max_choices = 2;
  sample_option (question, "lu", "Lundi");
  sample_option (question, "ma", "Mardi");
  sample_option (question, "je", "Jeudi");
  post = g_new0 (PvPostCondition, 1);
  post->condition = pv_expression_parse ("form_var_cp != \"99999\"", NULL);
  post->message = g_strdup ("Ce code postal n’est pas de la commune.");
  g_ptr_array_add (page->post_conditions, post);

  page = sample_page (procedure, "p3", "Les responsables");
  question =
    sample_question (page->questions, PV_QUESTION_BLOCK, "8", "responsables", "Responsables", PV_QUESTION_REQUIRED);
  question->max_rows = 2;
  question->row_label = g_strdup ("Responsable");
  question->add_label = g_strdup ("Ajouter un responsable");
  sample_question (question->questions, PV_QUESTION_TEXT, "81", "prenom", "Prénom", PV_QUESTION_REQUIRED);
  sample_question (question->questions, PV_QUESTION_EMAIL, "82", "courriel", "E-mail", PV_QUESTION_REQUIRED);

  page = sample_page (procedure, "p4", "Pour finir");
  sample_question (page->questions, PV_QUESTION_EMAIL, "9", "email", "Votre e-mail", PV_QUESTION_REQUIRED);
  question = sample_question (page->questions, PV_QUESTION_NUMBER, "10", "freres", "Combien de frères et sœurs ?",
                              PV_QUESTION_INTEGER);
  question->min = g_strdup ("0");
  question->max = g_strdup ("12");
  sample_question (page->questions, PV_QUESTION_FILE, "11", "justif", "Justificatif",
                   PV_QUESTION_REQUIRED | PV_QUESTION_LATER);
  sample_question (page->questions, PV_QUESTION_STATEMENT, "12", "exact", "Je certifie que tout est exact.",
                   PV_QUESTION_REQUIRED);
  sample_question (page->questions, PV_QUESTION_TEXT, "13", "parvis_ref", "Référence",
                   PV_QUESTION_HIDDEN | PV_QUESTION_REF);
  return procedure;
}
