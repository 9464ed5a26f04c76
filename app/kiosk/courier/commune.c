/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/commune.h"

#include "core/assist-class.h"
#include "core/identity-rule.h"
#include "platform/log.h"
#include "platform/synonyms-file.h"

static void
replace (char **text, const char *by)
{
  if (by == NULL)
    return;
  g_free (*text);
  *text = g_strdup (by);
}

static void
replace_list (char ***list, char **by)
{
  if (by == NULL)
    return;
  g_strfreev (*list);
  *list = g_strdupv (by);
}

static void
set_what_may_be_left_out (const PvProcedureSettings *own, GPtrArray *questions)
{
  for (guint i = 0; questions != NULL && i < questions->len; i++) {
    PvQuestion *question = questions->pdata[i];

    if (!own->is_declinable && (question->kind == PV_QUESTION_EMAIL || question->kind == PV_QUESTION_PHONE))
      question->flags |= PV_QUESTION_NOT_DECLINABLE;
    if (own->takes_documents_later && question->kind == PV_QUESTION_FILE)
      question->flags |= PV_QUESTION_LATER;
    set_what_may_be_left_out (own, question->questions);
  }
}

/* Never less strict than what is hidden, nor stricter than the portal's driver was. */
static void
set_what_a_mediator_may_read (const char *const *names, GPtrArray *questions)
{
  for (guint i = 0; names != NULL && questions != NULL && i < questions->len; i++) {
    PvQuestion *question = questions->pdata[i];

    if (question->assist == PV_ASSIST_TYPING)
      question->assist = pv_assist_class_of (question, names);
    set_what_a_mediator_may_read (names, question->questions);
  }
}

static gboolean
is_place (const PvQuestion *question)
{
  if (question->kind == PV_QUESTION_PLACE)
    return TRUE;
  for (guint i = 0; question->questions != NULL && i < question->questions->len; i++)
    if (is_place (question->questions->pdata[i]))
      return TRUE;
  return FALSE;
}

/* A place is found in the index, or not at all: without one, a question that may be left empty is left out. In a block,
 * all of it is. */
static void
do_without_places (PvProcedure *procedure, GPtrArray *questions)
{
  for (guint i = questions->len; i > 0; i--) {
    const PvQuestion *question = questions->pdata[i - 1];

    if (!is_place (question))
      continue;
    if ((question->flags & PV_QUESTION_REQUIRED) == 0) {
      g_ptr_array_remove_index (questions, i - 1);
    } else if (procedure->fillable == PV_FILLABLE) {
      procedure->fillable = PV_FILLABLE_ON_PHONE;
      procedure->beyond = PV_BEYOND_QUESTION;
      procedure->unfillable_reason = g_strdup ("a place on a map, and [addresses] file is not set");
    }
  }
}

static void
complete_questions (const PvSettings *settings, const PvProcedureSettings *own, PvProcedure *procedure)
{
  const char *const *names = pv_settings_get_list (settings, PV_SETTING_ASSIST_CLEAR_NAMES);

  for (guint i = 0; i < procedure->pages->len; i++) {
    GPtrArray *questions = ((PvPage *) procedure->pages->pdata[i])->questions;

    set_what_a_mediator_may_read (names, questions);
    if (pv_settings_get_text (settings, PV_SETTING_ADDRESSES_FILE) == NULL)
      do_without_places (procedure, questions);
    if (own != NULL)
      set_what_may_be_left_out (own, questions);
  }
}

void
pv_commune_complete_procedure (const PvSettings *settings, PvProcedure *procedure)
{
  const PvProcedureSettings *own = pv_settings_find_procedure (settings, procedure->slug);

  complete_questions (settings, own, procedure);
  if (own == NULL)
    return;
  replace (&procedure->category, own->category);
  replace (&procedure->bring, own->bring);
  replace (&procedure->cost, own->cost);
  replace (&procedure->place, own->place);
  replace_list (&procedure->keywords, own->keywords);
  if (own->duration_minutes > 0)
    procedure->duration_minutes = own->duration_minutes;
  /* A booking is no request: nobody waits for a decision. */
  procedure->facts.silence = own->is_appointment ? PV_SILENCE_NOT_A_REQUEST : own->facts.silence;
  procedure->facts.delay_months = own->facts.delay_months;
  procedure->facts.delay_days = own->facts.delay_days;
  replace (&procedure->facts.appeal, own->facts.appeal);
  replace (&procedure->facts.service, own->facts.service);
  replace (&procedure->facts.address, own->facts.address);
  replace (&procedure->facts.email, own->facts.email);
  replace (&procedure->facts.phone, own->facts.phone);
  for (guint i = 0; own->identity != NULL && own->identity[i] != NULL; i++) {
    g_autoptr (PvIdentityRule) rule = pv_identity_rule_parse (own->identity[i]);

    /* A form that was changed since has fewer questions answered, and is filled all the same. */
    if (rule != NULL)
      pv_identity_rule_apply (rule, procedure);
  }
}

static PvSynonyms *
read_synonyms (const PvSettings *settings)
{
  const char *path = pv_settings_get_text (settings, PV_SETTING_SEARCH_SYNONYMS_FILE);
  g_autoptr (GPtrArray) slips = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  PvSynonyms *synonyms = path != NULL ? pv_synonyms_file_read (path, slips, &error) : NULL;

  if (error != NULL)
    pv_log_event (PV_LOG_WARNING, "synonyms-not-read", PV_LOG_CAUSE (error));
  if (slips->len > 0) /* which ones: parvisctl check */
    pv_log_event (PV_LOG_WARNING, "synonyms-with-slips", PV_LOG_INT ("lines", slips->len));
  return synonyms;
}

void
pv_commune_complete_catalogue (const PvSettings *settings, PvCatalogue *catalogue)
{
  catalogue->synonyms = read_synonyms (settings);
  for (guint i = 0; i < catalogue->entries->len; i++) {
    PvCatalogueEntry *entry = catalogue->entries->pdata[i];
    const PvProcedureSettings *own = pv_settings_find_procedure (settings, entry->slug);

    if (own == NULL)
      continue;
    replace (&entry->category, own->category);
    replace_list (&entry->keywords, own->keywords);
  }
}
