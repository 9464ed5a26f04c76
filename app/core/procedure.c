/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/procedure.h"

G_DEFINE_QUARK (pv_procedure_error, pv_procedure_error)

PvOption *
pv_option_new (const char *id, const char *label)
{
  PvOption *option = g_new0 (PvOption, 1);

  option->id = g_strdup (id);
  option->label = g_strdup (label);
  return option;
}

void
pv_option_free (PvOption *option)
{
  if (option == NULL)
    return;
  g_free (option->id);
  g_free (option->label);
  g_free (option->detail);
  g_strfreev (option->attributes);
  g_free (option);
}

PvQuestion *
pv_question_new (PvQuestionKind kind, const char *id, const char *label)
{
  PvQuestion *question = g_new0 (PvQuestion, 1);

  question->kind = kind;
  question->id = g_strdup (id);
  question->label = g_strdup (label);
  question->assist = PV_ASSIST_TYPING;
  question->options = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_option_free);
  if (kind == PV_QUESTION_BLOCK)
    question->questions = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_question_free);
  return question;
}

void
pv_question_free (PvQuestion *question)
{
  if (question == NULL)
    return;
  g_free (question->id);
  g_free (question->name);
  g_free (question->label);
  g_free (question->help);
  g_free (question->error_text);
  g_free (question->group);
  g_free (question->group_title);
  g_clear_pointer (&question->condition, pv_expression_unref);
  g_clear_pointer (&question->check, pv_expression_unref);
  g_free (question->pattern);
  g_free (question->min);
  g_free (question->max);
  g_ptr_array_unref (question->options);
  g_free (question->option_source);
  g_free (question->prefill);
  g_clear_pointer (&question->identity_condition, pv_expression_unref);
  g_strfreev (question->mime_types);
  g_clear_pointer (&question->questions, g_ptr_array_unref);
  g_free (question->add_label);
  g_free (question->row_label);
  g_strfreev (question->row_labels);
  g_free (question);
}

static void
post_condition_free (gpointer data)
{
  PvPostCondition *post = data;

  g_clear_pointer (&post->condition, pv_expression_unref);
  g_free (post->message);
  g_free (post);
}

PvPage *
pv_page_new (const char *id, const char *label)
{
  PvPage *page = g_new0 (PvPage, 1);

  page->id = g_strdup (id);
  page->label = g_strdup (label);
  page->post_conditions = g_ptr_array_new_with_free_func (post_condition_free);
  page->questions = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_question_free);
  return page;
}

void
pv_page_free (PvPage *page)
{
  if (page == NULL)
    return;
  g_free (page->id);
  g_free (page->label);
  g_clear_pointer (&page->condition, pv_expression_unref);
  g_ptr_array_unref (page->post_conditions);
  g_ptr_array_unref (page->questions);
  g_free (page);
}

PvProcedure *
pv_procedure_new (const char *slug, const char *title)
{
  PvProcedure *procedure = g_new0 (PvProcedure, 1);

  g_atomic_ref_count_init (&procedure->refs);
  procedure->slug = g_strdup (slug);
  procedure->title = g_strdup (title);
  procedure->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_page_free);
  return procedure;
}

PvProcedure *
pv_procedure_ref (PvProcedure *procedure)
{
  g_atomic_ref_count_inc (&procedure->refs);
  return procedure;
}

void
pv_procedure_unref (PvProcedure *procedure)
{
  if (procedure == NULL || !g_atomic_ref_count_dec (&procedure->refs))
    return;
  g_free (procedure->slug);
  g_free (procedure->form_id);
  g_free (procedure->version);
  g_free (procedure->title);
  g_free (procedure->description);
  g_free (procedure->category);
  g_strfreev (procedure->keywords);
  g_free (procedure->url);
  g_free (procedure->unfillable_reason);
  g_free (procedure->bring);
  g_free (procedure->cost);
  g_free (procedure->place);
  g_free (procedure->facts.appeal);
  g_free (procedure->facts.service);
  g_free (procedure->facts.address);
  g_free (procedure->facts.email);
  g_free (procedure->facts.phone);
  g_ptr_array_unref (procedure->pages);
  g_free (procedure);
}

typedef gboolean (*Predicate) (const PvQuestion *question, gconstpointer data);

static const PvQuestion *
find_in (const GPtrArray *questions, Predicate predicate, gconstpointer data)
{
  for (guint i = 0; i < questions->len; i++) {
    const PvQuestion *question = questions->pdata[i];
    const PvQuestion *inner = NULL;

    if (predicate (question, data))
      return question;
    if (question->questions != NULL)
      inner = find_in (question->questions, predicate, data);
    if (inner != NULL)
      return inner;
  }
  return NULL;
}

static const PvQuestion *
find_question (const PvProcedure *procedure, Predicate predicate, gconstpointer data)
{
  for (guint i = 0; i < procedure->pages->len; i++) {
    const PvPage *page = procedure->pages->pdata[i];
    const PvQuestion *question = find_in (page->questions, predicate, data);

    if (question != NULL)
      return question;
  }
  return NULL;
}

static gboolean
has_id (const PvQuestion *question, gconstpointer id)
{
  return g_str_equal (question->id, id);
}

gboolean
pv_question_may_come_later (const PvQuestion *question)
{
  return question->kind == PV_QUESTION_FILE
         && ((question->flags & PV_QUESTION_REQUIRED) == 0 || (question->flags & PV_QUESTION_LATER) != 0);
}

static gboolean
has_flag (const PvQuestion *question, gconstpointer flag)
{
  return (question->flags & GPOINTER_TO_UINT (flag)) != 0;
}

static gboolean
must_be_given (const PvQuestion *question, gconstpointer kind)
{
  return question->kind == GPOINTER_TO_UINT (kind) && (question->flags & PV_QUESTION_REQUIRED) != 0
         && (question->flags & PV_QUESTION_NOT_DECLINABLE) != 0;
}

const PvQuestion *
pv_procedure_find_question (const PvProcedure *procedure, const char *id)
{
  return find_question (procedure, has_id, id);
}

const PvQuestion *
pv_procedure_find_ref (const PvProcedure *procedure)
{
  return find_question (procedure, has_flag, GUINT_TO_POINTER (PV_QUESTION_REF));
}

gboolean
pv_procedure_needs_email (const PvProcedure *procedure)
{
  return find_question (procedure, must_be_given, GUINT_TO_POINTER (PV_QUESTION_EMAIL)) != NULL;
}

gboolean
pv_procedure_needs_phone (const PvProcedure *procedure)
{
  return find_question (procedure, must_be_given, GUINT_TO_POINTER (PV_QUESTION_PHONE)) != NULL;
}
