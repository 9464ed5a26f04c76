/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A procedure and a catalogue on their way from the courier to a session: each struct is an a{sv}, written and read by
 * the same table of members, so that one cannot forget what the other knows. */

#include <string.h>

#include "core/catalogue.h"
#include "core/identity.h"
#include "core/procedure.h"

typedef enum {
  MEMBER_TEXT,
  MEMBER_TEXTS,
  MEMBER_UINT,   /* guint, gboolean, enum */
  MEMBER_UINT64, /* guint64 */
  MEMBER_EXPRESSION,
} MemberType;

typedef struct {
  const char *key;
  MemberType type;
  gsize offset;
  guint max; /* UINT: largest value; 0 = any */
} Member;

#define MEMBER(structure, name, type)                                                                                  \
  {                                                                                                                    \
#name, MEMBER_##type, G_STRUCT_OFFSET(structure, name), 0                                                          \
  }
#define MEMBER_MAX(structure, name, max)                                                                               \
  {                                                                                                                    \
#name, MEMBER_UINT, G_STRUCT_OFFSET(structure, name), max                                                          \
  }

static const Member option_members[] = {
  MEMBER (PvOption, id, TEXT),       MEMBER (PvOption, label, TEXT),       MEMBER (PvOption, detail, TEXT),
  MEMBER (PvOption, disabled, UINT), MEMBER (PvOption, attributes, TEXTS),
};

static const Member question_members[] = {
  MEMBER (PvQuestion, id, TEXT),
  MEMBER (PvQuestion, name, TEXT),
  MEMBER_MAX (PvQuestion, kind, PV_N_QUESTION_KINDS - 1),
  MEMBER_MAX (PvQuestion, format, PV_N_FORMATS - 1),
  MEMBER (PvQuestion, flags, UINT),
  MEMBER_MAX (PvQuestion, assist, PV_ASSIST_HIDDEN),
  MEMBER (PvQuestion, label, TEXT),
  MEMBER (PvQuestion, help, TEXT),
  MEMBER (PvQuestion, error_text, TEXT),
  MEMBER (PvQuestion, group, TEXT),
  MEMBER (PvQuestion, group_title, TEXT),
  MEMBER (PvQuestion, condition, EXPRESSION),
  MEMBER (PvQuestion, check, EXPRESSION),
  MEMBER (PvQuestion, pattern, TEXT),
  MEMBER (PvQuestion, max_chars, UINT),
  MEMBER (PvQuestion, min, TEXT),
  MEMBER (PvQuestion, max, TEXT),
  MEMBER (PvQuestion, min_choices, UINT),
  MEMBER (PvQuestion, max_choices, UINT),
  MEMBER (PvQuestion, option_source, TEXT),
  MEMBER (PvQuestion, prefill, TEXT),
  MEMBER_MAX (PvQuestion, identity, PV_N_IDENTITY_FIELDS),
  MEMBER (PvQuestion, identity_condition, EXPRESSION),
  MEMBER (PvQuestion, mime_types, TEXTS),
  MEMBER (PvQuestion, max_bytes, UINT64),
  MEMBER (PvQuestion, max_files, UINT),
  MEMBER (PvQuestion, min_rows, UINT),
  MEMBER_MAX (PvQuestion, max_rows, PV_PROCEDURE_MAX_ROWS),
  MEMBER_MAX (PvQuestion, first_rows, PV_PROCEDURE_MAX_ROWS),
  MEMBER (PvQuestion, add_label, TEXT),
  MEMBER (PvQuestion, row_label, TEXT),
  MEMBER (PvQuestion, row_labels, TEXTS),
};

static const Member post_members[] = {
  MEMBER (PvPostCondition, condition, EXPRESSION),
  MEMBER (PvPostCondition, message, TEXT),
};

static const Member page_members[] = {
  MEMBER (PvPage, id, TEXT),
  MEMBER (PvPage, label, TEXT),
  MEMBER (PvPage, condition, EXPRESSION),
};

static const Member procedure_members[] = {
  MEMBER (PvProcedure, slug, TEXT),
  MEMBER (PvProcedure, form_id, TEXT),
  MEMBER (PvProcedure, version, TEXT),
  MEMBER (PvProcedure, title, TEXT),
  MEMBER (PvProcedure, description, TEXT),
  MEMBER (PvProcedure, category, TEXT),
  MEMBER (PvProcedure, keywords, TEXTS),
  MEMBER (PvProcedure, url, TEXT),
  MEMBER_MAX (PvProcedure, fillable, PV_FILLABLE_ON_PHONE),
  MEMBER (PvProcedure, unfillable_reason, TEXT),
  MEMBER_MAX (PvProcedure, beyond, PV_N_BEYONDS - 1),
  MEMBER (PvProcedure, has_tracking_code, UINT),
  MEMBER (PvProcedure, is_handover, UINT),
  MEMBER (PvProcedure, draft_days, UINT),
  MEMBER (PvProcedure, duration_minutes, UINT),
  MEMBER (PvProcedure, bring, TEXT),
  MEMBER (PvProcedure, cost, TEXT),
  MEMBER_MAX (PvProcedure, facts.silence, PV_SILENCE_NOT_A_REQUEST),
  MEMBER (PvProcedure, facts.delay_months, UINT),
  MEMBER (PvProcedure, facts.delay_days, UINT),
  MEMBER (PvProcedure, facts.appeal, TEXT),
  MEMBER (PvProcedure, facts.service, TEXT),
  MEMBER (PvProcedure, facts.address, TEXT),
  MEMBER (PvProcedure, facts.email, TEXT),
  MEMBER (PvProcedure, facts.phone, TEXT),
  MEMBER (PvProcedure, place, TEXT),
  MEMBER (PvProcedure, is_booking, UINT),
};

static const Member entry_members[] = {
  MEMBER (PvCatalogueEntry, slug, TEXT),
  MEMBER (PvCatalogueEntry, title, TEXT),
  MEMBER (PvCatalogueEntry, description, TEXT),
  MEMBER (PvCatalogueEntry, category, TEXT),
  MEMBER (PvCatalogueEntry, keywords, TEXTS),
  MEMBER (PvCatalogueEntry, url, TEXT),
  MEMBER_MAX (PvCatalogueEntry, fillable, PV_FILLABLE_ON_PHONE),
  MEMBER_MAX (PvCatalogueEntry, beyond, PV_N_BEYONDS - 1),
  MEMBER (PvCatalogueEntry, popularity, UINT),
};

static void
put_members (GVariantDict *dict, gconstpointer structure, const Member *members, guint n_members)
{
  for (guint i = 0; i < n_members; i++) {
    const Member *member = &members[i];
    gconstpointer at = G_STRUCT_MEMBER_P (structure, member->offset);

    switch (member->type) {
    case MEMBER_TEXT:
      if (*(char *const *) at != NULL)
        g_variant_dict_insert (dict, member->key, "s", *(char *const *) at);
      break;
    case MEMBER_TEXTS:
      if (*(char **const *) at != NULL)
        g_variant_dict_insert (dict, member->key, "^as", *(char **const *) at);
      break;
    case MEMBER_UINT:
      if (*(const guint *) at != 0)
        g_variant_dict_insert (dict, member->key, "u", *(const guint *) at);
      break;
    case MEMBER_UINT64:
      if (*(const guint64 *) at != 0)
        g_variant_dict_insert (dict, member->key, "t", *(const guint64 *) at);
      break;
    case MEMBER_EXPRESSION:
      if (*(PvExpression *const *) at != NULL)
        g_variant_dict_insert (dict, member->key, "s", pv_expression_get_text (*(PvExpression *const *) at));
      break;
    }
  }
}

static gboolean
fail (GError **error, const char *where)
{
  g_set_error (error, PV_PROCEDURE_ERROR, PV_PROCEDURE_ERROR_BAD_DATA, "not a procedure: %s", where);
  return FALSE;
}

static gboolean
take_text (GVariantDict *dict, const Member *member, char **text, GError **error)
{
  const char *found;

  if (!g_variant_dict_lookup (dict, member->key, "&s", &found))
    return TRUE;
  if (strlen (found) > PV_PROCEDURE_MAX_TEXT_BYTES)
    return fail (error, member->key);
  g_free (*text);
  *text = g_strdup (found);
  return TRUE;
}

static gboolean
take_expression (GVariantDict *dict, const Member *member, PvExpression **expression, GError **error)
{
  const char *found;

  if (!g_variant_dict_lookup (dict, member->key, "&s", &found))
    return TRUE;
  *expression = pv_expression_parse (found, NULL);
  return *expression != NULL || fail (error, member->key);
}

static gboolean
take_members (GVariantDict *dict, gpointer structure, const Member *members, guint n_members, GError **error)
{
  for (guint i = 0; i < n_members; i++) {
    const Member *member = &members[i];
    gpointer at = G_STRUCT_MEMBER_P (structure, member->offset);

    switch (member->type) {
    case MEMBER_TEXT:
      if (!take_text (dict, member, at, error))
        return FALSE;
      break;
    case MEMBER_TEXTS:
      g_variant_dict_lookup (dict, member->key, "^as", at);
      break;
    case MEMBER_UINT:
      g_variant_dict_lookup (dict, member->key, "u", at);
      if (member->max != 0 && *(guint *) at > member->max)
        return fail (error, member->key);
      break;
    case MEMBER_UINT64:
      g_variant_dict_lookup (dict, member->key, "t", at);
      break;
    case MEMBER_EXPRESSION:
      if (!take_expression (dict, member, at, error))
        return FALSE;
      break;
    }
  }
  return TRUE;
}

#define PUT(dict, structure, members)         put_members (dict, structure, members, G_N_ELEMENTS (members))
#define TAKE(dict, structure, members, error) take_members (dict, structure, members, G_N_ELEMENTS (members), error)

/* Lists of structs: aa{sv} */
typedef GVariant *(*Writer) (gconstpointer structure);
typedef gpointer (*Reader) (GVariantDict *dict, GError **error);

static void
put_list (GVariantDict *dict, const char *key, const GPtrArray *list, Writer writer)
{
  GVariantBuilder builder;

  if (list == NULL || list->len == 0)
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < list->len; i++)
    g_variant_builder_add_value (&builder, writer (list->pdata[i]));
  g_variant_dict_insert_value (dict, key, g_variant_builder_end (&builder));
}

static gboolean
read_list (GVariant *list, GPtrArray *into, Reader reader, guint max, GError **error)
{
  gsize n = g_variant_n_children (list);

  if (n > max)
    return fail (error, "too many");
  for (gsize i = 0; i < n; i++) {
    g_autoptr (GVariant) child = g_variant_get_child_value (list, i);
    g_autoptr (GVariantDict) dict = g_variant_dict_new (child);
    gpointer item = reader (dict, error);

    if (item == NULL)
      return FALSE;
    g_ptr_array_add (into, item);
  }
  return TRUE;
}

static gboolean
take_list (GVariantDict *dict, const char *key, GPtrArray *into, Reader reader, guint max, GError **error)
{
  g_autoptr (GVariant) list = g_variant_dict_lookup_value (dict, key, G_VARIANT_TYPE ("aa{sv}"));

  return list == NULL || read_list (list, into, reader, max, error);
}

static GVariant *
option_to_variant (gconstpointer structure)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  PUT (&dict, structure, option_members);
  return g_variant_dict_end (&dict);
}

static gpointer
option_read (GVariantDict *dict, GError **error)
{
  g_autoptr (PvOption) option = g_new0 (PvOption, 1);

  if (!TAKE (dict, option, option_members, error))
    return NULL;
  if (option->id == NULL || option->label == NULL) {
    fail (error, "option");
    return NULL;
  }
  return g_steal_pointer (&option);
}

static GVariant *
question_to_variant (gconstpointer structure)
{
  const PvQuestion *question = structure;
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  PUT (&dict, question, question_members);
  put_list (&dict, "options", question->options, option_to_variant);
  put_list (&dict, "questions", question->questions, question_to_variant);
  return g_variant_dict_end (&dict);
}

static gpointer question_read (GVariantDict *dict, GError **error);

static gpointer
inner_question_read (GVariantDict *dict, GError **error)
{
  PvQuestion *question = question_read (dict, error);

  /* One level only: the recursion of hostile data ends here. */
  if (question != NULL && question->kind == PV_QUESTION_BLOCK) {
    pv_question_free (question);
    fail (error, "block in a block");
    return NULL;
  }
  return question;
}

static gpointer
question_read (GVariantDict *dict, GError **error)
{
  g_autoptr (PvQuestion) question = pv_question_new (PV_QUESTION_TEXT, NULL, NULL);

  if (!TAKE (dict, question, question_members, error)
      || !take_list (dict, "options", question->options, option_read, PV_PROCEDURE_MAX_OPTIONS, error))
    return NULL;
  if (question->id == NULL || question->label == NULL || strchr (question->id, '/') != NULL) {
    fail (error, "question");
    return NULL;
  }
  if (question->kind == PV_QUESTION_BLOCK) {
    question->questions = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_question_free);
    if (!take_list (dict, "questions", question->questions, inner_question_read, PV_PROCEDURE_MAX_QUESTIONS, error))
      return NULL;
  }
  return g_steal_pointer (&question);
}

static GVariant *
post_to_variant (gconstpointer structure)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  PUT (&dict, structure, post_members);
  return g_variant_dict_end (&dict);
}

static gpointer
post_read (GVariantDict *dict, GError **error)
{
  PvPostCondition *post = g_new0 (PvPostCondition, 1);

  if (TAKE (dict, post, post_members, error)) {
    if (post->condition != NULL && post->message != NULL)
      return post;
    fail (error, "post-condition");
  }
  g_clear_pointer (&post->condition, pv_expression_unref);
  g_free (post->message);
  g_free (post);
  return NULL;
}

static GVariant *
page_to_variant (gconstpointer structure)
{
  const PvPage *page = structure;
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  PUT (&dict, page, page_members);
  put_list (&dict, "post_conditions", page->post_conditions, post_to_variant);
  put_list (&dict, "questions", page->questions, question_to_variant);
  return g_variant_dict_end (&dict);
}

static gpointer
page_read (GVariantDict *dict, GError **error)
{
  g_autoptr (PvPage) page = pv_page_new (NULL, NULL);

  if (!TAKE (dict, page, page_members, error)
      || !take_list (dict, "post_conditions", page->post_conditions, post_read, PV_PROCEDURE_MAX_QUESTIONS, error)
      || !take_list (dict, "questions", page->questions, question_read, PV_PROCEDURE_MAX_QUESTIONS, error))
    return NULL;
  return g_steal_pointer (&page);
}

GVariant *
pv_procedure_to_variant (const PvProcedure *procedure)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  PUT (&dict, procedure, procedure_members);
  put_list (&dict, "pages", procedure->pages, page_to_variant);
  return g_variant_dict_end (&dict);
}

/* Ids are keys of answers: two of the same would overwrite each other. */
static gboolean
collect_ids (const GPtrArray *questions, GHashTable *ids, GError **error)
{
  for (guint i = 0; i < questions->len; i++) {
    const PvQuestion *question = questions->pdata[i];

    if (!g_hash_table_add (ids, question->id))
      return fail (error, "same id twice");
    if (question->questions != NULL && !collect_ids (question->questions, ids, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_ids (const PvProcedure *procedure, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < procedure->pages->len; i++) {
    const PvPage *page = procedure->pages->pdata[i];

    if (!collect_ids (page->questions, ids, error))
      return FALSE;
  }
  return g_hash_table_size (ids) <= PV_PROCEDURE_MAX_QUESTIONS || fail (error, "too many questions");
}

PvProcedure *
pv_procedure_from_variant (GVariant *variant, GError **error)
{
  g_autoptr (PvProcedure) procedure = pv_procedure_new (NULL, NULL);
  g_autoptr (GVariantDict) dict = NULL;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT)) {
    fail (error, "type");
    return NULL;
  }
  dict = g_variant_dict_new (variant);
  if (!TAKE (dict, procedure, procedure_members, error)
      || !take_list (dict, "pages", procedure->pages, page_read, PV_PROCEDURE_MAX_PAGES, error)
      || !check_ids (procedure, error))
    return NULL;
  if (procedure->slug == NULL || procedure->title == NULL) {
    fail (error, "no name");
    return NULL;
  }
  return g_steal_pointer (&procedure);
}

GVariant *
pv_options_to_variant (const GPtrArray *options)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < options->len; i++)
    g_variant_builder_add_value (&builder, option_to_variant (options->pdata[i]));
  return g_variant_builder_end (&builder);
}

GPtrArray *
pv_options_from_variant (GVariant *variant, GError **error)
{
  g_autoptr (GPtrArray) options = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_option_free);

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE ("aa{sv}"))) {
    fail (error, "options");
    return NULL;
  }
  if (!read_list (variant, options, option_read, PV_PROCEDURE_MAX_OPTIONS, error))
    return NULL;
  return g_steal_pointer (&options);
}

static GVariant *
entry_to_variant (gconstpointer structure)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  PUT (&dict, structure, entry_members);
  return g_variant_dict_end (&dict);
}

static gpointer
entry_read (GVariantDict *dict, GError **error)
{
  PvCatalogueEntry *entry = pv_catalogue_entry_new (NULL, NULL);

  if (TAKE (dict, entry, entry_members, error)) {
    if (entry->slug != NULL && entry->title != NULL)
      return entry;
    fail (error, "catalogue entry");
  }
  pv_catalogue_entry_free (entry);
  return NULL;
}

GVariant *
pv_catalogue_to_variant (const PvCatalogue *catalogue)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < catalogue->entries->len; i++)
    g_variant_builder_add_value (&builder, entry_to_variant (catalogue->entries->pdata[i]));
  return g_variant_new ("(x@aa{sv}s)", catalogue->fetched_us, g_variant_builder_end (&builder),
                        catalogue->synonyms != NULL ? pv_synonyms_get_text (catalogue->synonyms) : "");
}

PvCatalogue *
pv_catalogue_from_variant (GVariant *variant, GError **error)
{
  g_autoptr (PvCatalogue) catalogue = pv_catalogue_new ();
  gboolean has_synonyms = g_variant_is_of_type (variant, G_VARIANT_TYPE (PV_CATALOGUE_DOCUMENT));
  g_autoptr (GVariant) list = NULL;
  const char *synonyms;

  if (!has_synonyms && !g_variant_is_of_type (variant, G_VARIANT_TYPE ("(xaa{sv})"))) {
    fail (error, "catalogue");
    return NULL;
  }
  g_variant_get_child (variant, 0, "x", &catalogue->fetched_us);
  g_variant_get_child (variant, 1, "@aa{sv}", &list);
  if (!read_list (list, catalogue->entries, entry_read, PV_CATALOGUE_MAX_ENTRIES, error))
    return NULL;
  if (has_synonyms) {
    g_variant_get_child (variant, 2, "&s", &synonyms);
    catalogue->synonyms = synonyms[0] != '\0' ? pv_synonyms_parse (synonyms, strlen (synonyms), NULL) : NULL;
  }
  return g_steal_pointer (&catalogue);
}
