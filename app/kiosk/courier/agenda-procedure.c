/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/agenda-procedure.h"

#include <glib/gi18n-lib.h>

#include "core/identity-rule.h"

enum { MAX_NAME_CHARS = 100 };

#define OWN_CATEGORY "rendez-vous"

void
pv_agenda_complete_catalogue (const PvSettings *settings, PvCatalogue *catalogue)
{
  g_auto (GStrv) slugs = pv_settings_list_appointments (settings);

  for (guint i = 0; slugs[i] != NULL && catalogue->entries->len < PV_CATALOGUE_MAX_ENTRIES; i++) {
    const PvProcedureSettings *own = pv_settings_find_procedure (settings, slugs[i]);
    PvCatalogueEntry *entry;

    if (pv_catalogue_find (catalogue, slugs[i]) != NULL)
      continue;
    entry = pv_catalogue_entry_new (slugs[i], own->title);
    g_free (entry->category);
    entry->category = g_strdup (own->category != NULL ? own->category : OWN_CATEGORY);
    entry->keywords = g_strdupv (own->keywords);
    g_ptr_array_add (catalogue->entries, entry);
  }
}

static PvQuestion *
add_question (PvPage *page, PvQuestionKind kind, const char *name, const char *label, PvQuestionFlags flags)
{
  PvQuestion *question = pv_question_new (kind, name, label);

  question->name = g_strdup (name);
  question->flags |= flags;
  g_ptr_array_add (page->questions, question);
  return question;
}

static void
add_name (PvPage *page)
{
  const struct {
    const char *name, *label;
  } parts[] = { { "surname", _ ("Surname") }, { "given-names", _ ("Given names") } };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    PvQuestion *question = add_question (page, PV_QUESTION_TEXT, parts[i].name, parts[i].label, PV_QUESTION_REQUIRED);

    question->format = PV_FORMAT_NAME;
    question->max_chars = MAX_NAME_CHARS;
    question->group = g_strdup ("name");
    if (i == 0)
      question->group_title = g_strdup (_ ("Who comes to the appointment?"));
  }
}

static void
add_field (PvPage *page, const char *field)
{
  PvQuestion *question;

  if (g_str_equal (field, "name")) {
    add_name (page);
  } else if (g_str_equal (field, "phone")) {
    question = add_question (page, PV_QUESTION_PHONE, "phone", _ ("Phone number"), PV_QUESTION_REQUIRED);
    question->format = PV_FORMAT_PHONE; /* of any country */
    question->help = g_strdup (_ ("To tell you if the appointment changes."));
  } else if (g_str_equal (field, "email")) {
    question = add_question (page, PV_QUESTION_EMAIL, "email", _ ("E-mail address"), 0);
    question->format = PV_FORMAT_EMAIL;
  } else if (g_str_equal (field, "ants")) {
    question = add_question (page, PV_QUESTION_TEXT, "predemande", _ ("Number of the pre-application"), 0);
    question->format = PV_FORMAT_ANTS_PREAPPLICATION;
    question->help = g_strdup (_ ("Ten letters or digits. Without one, continue."));
  }
}

/* What it was built from: a changed group makes another version. */
static char *
make_version (const PvProcedureSettings *own)
{
  g_autofree char *fields = own->fields != NULL ? g_strjoinv (";", own->fields) : g_strdup ("");
  g_autofree char *text = g_strjoin ("\n", own->title, own->source, fields, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

PvProcedure *
pv_agenda_make_procedure (const PvSettings *settings, const char *slug)
{
  const PvProcedureSettings *own = pv_settings_find_procedure (settings, slug);
  PvProcedure *procedure;
  PvPage *times, *person;
  PvQuestion *slot;

  if (own == NULL || !own->is_appointment)
    return NULL;
  procedure = pv_procedure_new (slug, own->title);
  procedure->is_booking = TRUE;
  procedure->version = make_version (own);
  g_free (procedure->category);
  procedure->category = g_strdup (own->category != NULL ? own->category : OWN_CATEGORY);
  times = pv_page_new ("times", _ ("The appointment"));
  g_ptr_array_add (procedure->pages, times);
  slot = add_question (times, PV_QUESTION_CHOICE, "slot", _ ("Which appointment suits you?"),
                       PV_QUESTION_REQUIRED | PV_QUESTION_SLOT);
  slot->option_source = g_strdup (own->source);
  person = pv_page_new ("person", _ ("Who comes"));
  g_ptr_array_add (procedure->pages, person);
  for (guint i = 0; own->fields != NULL && own->fields[i] != NULL; i++)
    add_field (person, own->fields[i]);
  return procedure;
}
