/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/texts-list.h"

typedef struct {
  GPtrArray *texts;
  GHashTable *seen; /* "field\nfrench" */
  const char *form;
} Lister;

PvPortalText *
pv_portal_text_new (const char *form, const char *field, const char *french)
{
  PvPortalText *text = g_new0 (PvPortalText, 1);

  text->form = g_strdup (form);
  text->field = g_strdup (field);
  text->french = g_strdup (french);
  return text;
}

void
pv_portal_text_free (PvPortalText *text)
{
  if (text == NULL)
    return;
  g_free (text->form);
  g_free (text->field);
  g_free (text->french);
  g_free (text);
}

const char *
pv_question_text_name (const PvQuestion *question)
{
  return question->name != NULL && question->name[0] != '\0' ? question->name : question->id;
}

/* What has no letter, "—" or "2026", is the same in every language. */
static gboolean
has_letter (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

static void
add (Lister *lister, const char *field, const char *french)
{
  g_autofree char *squeezed = NULL;
  char *key;

  if (french == NULL || !has_letter (french))
    return;
  squeezed = pv_texts_squeeze (french);
  key = g_strdup_printf ("%s\n%s", field != NULL ? field : "", squeezed);
  if (g_hash_table_add (lister->seen, key))
    g_ptr_array_add (lister->texts, pv_portal_text_new (lister->form, field, french));
}

static void
add_question (Lister *lister, const PvQuestion *question)
{
  const char *name = pv_question_text_name (question);

  if ((question->flags & PV_QUESTION_HIDDEN) != 0)
    return;
  add (lister, name, question->group_title);
  add (lister, name, question->label);
  add (lister, name, question->help);
  for (guint i = 0; i < question->options->len; i++) {
    const PvOption *option = question->options->pdata[i];

    add (lister, name, option->label);
    add (lister, name, option->detail);
  }
  add (lister, name, question->error_text);
  add (lister, name, question->row_label);
  add (lister, name, question->add_label);
  for (guint i = 0; question->row_labels != NULL && question->row_labels[i] != NULL; i++)
    add (lister, name, question->row_labels[i]);
  for (guint i = 0; question->questions != NULL && i < question->questions->len; i++)
    add_question (lister, question->questions->pdata[i]);
}

static void
add_page (Lister *lister, const PvPage *page)
{
  add (lister, NULL, page->label);
  for (guint i = 0; i < page->questions->len; i++)
    add_question (lister, page->questions->pdata[i]);
  for (guint i = 0; i < page->post_conditions->len; i++)
    add (lister, NULL, ((const PvPostCondition *) page->post_conditions->pdata[i])->message);
}

GPtrArray *
pv_procedure_list_texts (const PvProcedure *procedure)
{
  Lister lister = { .form = procedure->slug };

  lister.texts = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_portal_text_free);
  lister.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  add (&lister, NULL, procedure->title);
  add (&lister, NULL, procedure->description);
  add (&lister, NULL, procedure->bring);
  add (&lister, NULL, procedure->cost);
  add (&lister, NULL, procedure->facts.appeal);
  for (guint i = 0; i < procedure->pages->len; i++)
    add_page (&lister, procedure->pages->pdata[i]);
  g_hash_table_unref (lister.seen);
  return lister.texts;
}

static char **
join_keywords (const PvCatalogueEntry *entry)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (entry->keywords != NULL)
    g_strv_builder_addv (builder, (const char **) entry->keywords);
  g_strv_builder_add (builder, entry->title);
  if (entry->description != NULL)
    g_strv_builder_add (builder, entry->description);
  return g_strv_builder_end (builder);
}

static PvCatalogueEntry *
translate_entry (const PvCatalogueEntry *entry, const PvTexts *texts)
{
  const char *title = pv_texts_find (texts, entry->slug, NULL, entry->title);
  const char *description = pv_texts_find (texts, entry->slug, NULL, entry->description);
  PvCatalogueEntry *copy = pv_catalogue_entry_new (entry->slug, title != NULL ? title : entry->title);

  copy->official = g_strdup (entry->title);
  copy->description = g_strdup (description != NULL ? description : entry->description);
  g_free (copy->category);
  copy->category = g_strdup (entry->category);
  copy->keywords = join_keywords (entry);
  copy->url = g_strdup (entry->url);
  copy->fillable = entry->fillable;
  copy->beyond = entry->beyond;
  copy->popularity = entry->popularity;
  return copy;
}

PvCatalogue *
pv_catalogue_translate (const PvCatalogue *catalogue, const PvTexts *texts)
{
  PvCatalogue *translated = pv_catalogue_new ();

  translated->fetched_us = catalogue->fetched_us;
  translated->synonyms = catalogue->synonyms != NULL ? pv_synonyms_ref (catalogue->synonyms) : NULL;
  for (guint i = 0; i < catalogue->entries->len; i++)
    g_ptr_array_add (translated->entries, translate_entry (catalogue->entries->pdata[i], texts));
  return translated;
}
