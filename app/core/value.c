/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/value.h"

#include "core/wipe.h"

typedef struct {
  char *id, *label;
} Option;

typedef struct {
  char *filename, *content_type;
  GBytes *content;
  guint n_pages;
} File;

struct PvValue {
  gatomicrefcount refs;
  PvValueType type;
  gboolean flag;
  char *text;
  GPtrArray *items; /* Option, File or PvAnswers by type */
};

typedef struct {
  char *id;
  PvValue *value;
} Answer;

struct PvAnswers {
  GPtrArray *list; /* Answer */
};

enum {
  MAX_ITEMS = 4096,
  MAX_TEXT_BYTES = 256 * 1024,
};

static void
option_free (gpointer data)
{
  Option *option = data;

  pv_wipe_str (option->id);
  pv_wipe_str (option->label);
  g_free (option);
}

static void
file_free (gpointer data)
{
  File *file = data;

  pv_wipe_str (file->filename);
  g_free (file->content_type);
  g_bytes_unref (file->content);
  g_free (file);
}

static PvValue *
value_new (PvValueType type)
{
  PvValue *value = g_new0 (PvValue, 1);

  g_atomic_ref_count_init (&value->refs);
  value->type = type;
  return value;
}

PvValue *
pv_value_new_text (const char *text)
{
  PvValue *value = value_new (PV_VALUE_TEXT);

  value->text = g_strdup (text);
  return value;
}

PvValue *
pv_value_new_bool (gboolean flag)
{
  PvValue *value = value_new (PV_VALUE_BOOL);

  value->flag = flag;
  return value;
}

PvValue *
pv_value_new_options (const char *const *ids, const char *const *labels)
{
  PvValue *value = value_new (PV_VALUE_OPTIONS);

  value->items = g_ptr_array_new_with_free_func (option_free);
  for (guint i = 0; ids[i] != NULL; i++) {
    Option *option = g_new0 (Option, 1);

    option->id = g_strdup (ids[i]);
    option->label = g_strdup (labels[i]);
    g_ptr_array_add (value->items, option);
  }
  return value;
}

PvValue *
pv_value_new_files (void)
{
  PvValue *value = value_new (PV_VALUE_FILES);

  value->items = g_ptr_array_new_with_free_func (file_free);
  return value;
}

PvValue *
pv_value_new_rows (void)
{
  PvValue *value = value_new (PV_VALUE_ROWS);

  value->items = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_answers_free);
  return value;
}

PvValue *
pv_value_new_declined (void)
{
  return value_new (PV_VALUE_DECLINED);
}

PvValue *
pv_value_ref (PvValue *value)
{
  g_atomic_ref_count_inc (&value->refs);
  return value;
}

void
pv_value_unref (PvValue *value)
{
  if (value == NULL || !g_atomic_ref_count_dec (&value->refs))
    return;
  pv_wipe_str (value->text);
  g_clear_pointer (&value->items, g_ptr_array_unref);
  value->flag = FALSE;
  g_free (value);
}

void
pv_value_add_file (PvValue *files, const char *filename, const char *content_type, GBytes *content)
{
  File *file;

  g_return_if_fail (files->type == PV_VALUE_FILES);
  file = g_new0 (File, 1);
  file->filename = g_strdup (filename);
  file->content_type = g_strdup (content_type);
  file->content = g_bytes_ref (content);
  g_ptr_array_add (files->items, file);
}

void
pv_value_set_n_pages (PvValue *files, guint n_pages)
{
  g_return_if_fail (files->type == PV_VALUE_FILES && files->items->len > 0);
  ((File *) files->items->pdata[files->items->len - 1])->n_pages = n_pages;
}

void
pv_value_add_row (PvValue *rows, PvAnswers *row)
{
  g_return_if_fail (rows->type == PV_VALUE_ROWS);
  g_ptr_array_add (rows->items, row);
}

PvValueType
pv_value_get_type (const PvValue *value)
{
  return value->type;
}

const char *
pv_value_get_text (const PvValue *value)
{
  return value->text;
}

gboolean
pv_value_get_bool (const PvValue *value)
{
  return value->flag;
}

guint
pv_value_get_n (const PvValue *value)
{
  return value->items != NULL ? value->items->len : 0;
}

static gpointer
get_item (const PvValue *value, PvValueType type, guint index)
{
  g_return_val_if_fail (value->type == type && index < value->items->len, NULL);
  return value->items->pdata[index];
}

const char *
pv_value_get_id (const PvValue *value, guint index)
{
  const Option *option = get_item (value, PV_VALUE_OPTIONS, index);

  return option != NULL ? option->id : NULL;
}

const char *
pv_value_get_label (const PvValue *value, guint index)
{
  const Option *option = get_item (value, PV_VALUE_OPTIONS, index);

  return option != NULL ? option->label : NULL;
}

const char *
pv_value_get_filename (const PvValue *value, guint index)
{
  const File *file = get_item (value, PV_VALUE_FILES, index);

  return file != NULL ? file->filename : NULL;
}

const char *
pv_value_get_content_type (const PvValue *value, guint index)
{
  const File *file = get_item (value, PV_VALUE_FILES, index);

  return file != NULL ? file->content_type : NULL;
}

GBytes *
pv_value_get_content (const PvValue *value, guint index)
{
  const File *file = get_item (value, PV_VALUE_FILES, index);

  return file != NULL ? file->content : NULL;
}

guint
pv_value_get_n_pages (const PvValue *value, guint index)
{
  const File *file = get_item (value, PV_VALUE_FILES, index);

  return file != NULL ? file->n_pages : 0;
}

const PvAnswers *
pv_value_get_row (const PvValue *value, guint index)
{
  return get_item (value, PV_VALUE_ROWS, index);
}

gboolean
pv_value_has_id (const PvValue *value, const char *id)
{
  if (value->type != PV_VALUE_OPTIONS)
    return FALSE;
  for (guint i = 0; i < value->items->len; i++)
    if (g_str_equal (pv_value_get_id (value, i), id))
      return TRUE;
  return FALSE;
}

/* One variant per type, inside a variant, tagged by its number: (yv). */
GVariant *
pv_value_to_variant (const PvValue *value)
{
  GVariantBuilder builder;
  GVariant *inner = NULL;

  switch (value->type) {
  case PV_VALUE_TEXT:
    inner = g_variant_new_string (value->text);
    break;
  case PV_VALUE_BOOL:
    inner = g_variant_new_boolean (value->flag);
    break;
  case PV_VALUE_OPTIONS:
    g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
    for (guint i = 0; i < value->items->len; i++)
      g_variant_builder_add (&builder, "(ss)", pv_value_get_id (value, i), pv_value_get_label (value, i));
    inner = g_variant_builder_end (&builder);
    break;
  case PV_VALUE_FILES:
    g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ssay)"));
    for (guint i = 0; i < value->items->len; i++)
      g_variant_builder_add (
        &builder, "(ss@ay)", pv_value_get_filename (value, i), pv_value_get_content_type (value, i),
        g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, pv_value_get_content (value, i), TRUE));
    inner = g_variant_builder_end (&builder);
    break;
  case PV_VALUE_ROWS:
    g_variant_builder_init (&builder, G_VARIANT_TYPE ("av"));
    for (guint i = 0; i < value->items->len; i++)
      g_variant_builder_add (&builder, "v", pv_answers_to_variant (pv_value_get_row (value, i)));
    inner = g_variant_builder_end (&builder);
    break;
  case PV_VALUE_DECLINED:
    inner = g_variant_new_boolean (TRUE);
    break;
  }
  return g_variant_new ("(yv)", (guchar) value->type, inner);
}

static PvValue *
options_from_variant (GVariant *inner)
{
  PvValue *value;
  GVariantIter iter;
  const char *id, *label;
  const char *none[] = { NULL };

  if (!g_variant_is_of_type (inner, G_VARIANT_TYPE ("a(ss)")) || g_variant_n_children (inner) > MAX_ITEMS)
    return NULL;
  value = pv_value_new_options (none, none);
  g_variant_iter_init (&iter, inner);
  while (g_variant_iter_next (&iter, "(&s&s)", &id, &label)) {
    Option *option = g_new0 (Option, 1);

    option->id = g_strdup (id);
    option->label = g_strdup (label);
    g_ptr_array_add (value->items, option);
  }
  return value;
}

static PvValue *
files_from_variant (GVariant *inner)
{
  PvValue *value;
  GVariantIter iter;
  const char *filename, *content_type;
  GVariant *bytes;

  if (!g_variant_is_of_type (inner, G_VARIANT_TYPE ("a(ssay)")) || g_variant_n_children (inner) > MAX_ITEMS)
    return NULL;
  value = pv_value_new_files ();
  g_variant_iter_init (&iter, inner);
  while (g_variant_iter_next (&iter, "(&s&s@ay)", &filename, &content_type, &bytes)) {
    g_autoptr (GBytes) content = g_variant_get_data_as_bytes (bytes);

    pv_value_add_file (value, filename, content_type, content);
    g_variant_unref (bytes);
  }
  return value;
}

static PvValue *
rows_from_variant (GVariant *inner)
{
  g_autoptr (PvValue) value = NULL;
  GVariantIter iter;
  GVariant *child;

  if (!g_variant_is_of_type (inner, G_VARIANT_TYPE ("av")) || g_variant_n_children (inner) > MAX_ITEMS)
    return NULL;
  value = pv_value_new_rows ();
  g_variant_iter_init (&iter, inner);
  while (g_variant_iter_next (&iter, "v", &child)) {
    PvAnswers *row = pv_answers_from_variant (child);

    g_variant_unref (child);
    if (row == NULL)
      return NULL;
    pv_value_add_row (value, row);
  }
  return g_steal_pointer (&value);
}

PvValue *
pv_value_from_variant (GVariant *variant)
{
  g_autoptr (GVariant) inner = NULL;
  guchar type;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE ("(yv)")))
    return NULL;
  g_variant_get (variant, "(yv)", &type, &inner);
  switch ((PvValueType) type) {
  case PV_VALUE_TEXT:
    if (!g_variant_is_of_type (inner, G_VARIANT_TYPE_STRING) || g_variant_get_size (inner) > MAX_TEXT_BYTES)
      return NULL;
    return pv_value_new_text (g_variant_get_string (inner, NULL));
  case PV_VALUE_BOOL:
    if (!g_variant_is_of_type (inner, G_VARIANT_TYPE_BOOLEAN))
      return NULL;
    return pv_value_new_bool (g_variant_get_boolean (inner));
  case PV_VALUE_OPTIONS:
    return options_from_variant (inner);
  case PV_VALUE_FILES:
    return files_from_variant (inner);
  case PV_VALUE_ROWS:
    return rows_from_variant (inner);
  case PV_VALUE_DECLINED:
    return pv_value_new_declined ();
  default:
    return NULL;
  }
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->id);
  pv_value_unref (answer->value);
  g_free (answer);
}

PvAnswers *
pv_answers_new (void)
{
  PvAnswers *answers = g_new0 (PvAnswers, 1);

  answers->list = g_ptr_array_new_with_free_func (answer_free);
  return answers;
}

void
pv_answers_free (PvAnswers *answers)
{
  if (answers == NULL)
    return;
  g_ptr_array_unref (answers->list);
  g_free (answers);
}

static Answer *
find_answer (const PvAnswers *answers, const char *id)
{
  for (guint i = 0; i < answers->list->len; i++) {
    Answer *answer = answers->list->pdata[i];

    if (g_str_equal (answer->id, id))
      return answer;
  }
  return NULL;
}

void
pv_answers_set (PvAnswers *answers, const char *id, PvValue *value)
{
  Answer *answer = find_answer (answers, id);

  if (value == NULL) {
    if (answer != NULL)
      g_ptr_array_remove (answers->list, answer);
    return;
  }
  if (answer == NULL) {
    answer = g_new0 (Answer, 1);
    answer->id = g_strdup (id);
    g_ptr_array_add (answers->list, answer);
  }
  pv_value_ref (value);
  pv_value_unref (answer->value);
  answer->value = value;
}

const PvValue *
pv_answers_get (const PvAnswers *answers, const char *id)
{
  const Answer *answer = find_answer (answers, id);

  return answer != NULL ? answer->value : NULL;
}

guint
pv_answers_get_n (const PvAnswers *answers)
{
  return answers->list->len;
}

const char *
pv_answers_get_id (const PvAnswers *answers, guint index)
{
  const Answer *answer = answers->list->pdata[index];

  return answer->id;
}

GVariant *
pv_answers_to_variant (const PvAnswers *answers)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sv)"));
  for (guint i = 0; i < answers->list->len; i++) {
    const Answer *answer = answers->list->pdata[i];

    g_variant_builder_add (&builder, "(sv)", answer->id, pv_value_to_variant (answer->value));
  }
  return g_variant_builder_end (&builder);
}

PvAnswers *
pv_answers_from_variant (GVariant *variant)
{
  g_autoptr (PvAnswers) answers = NULL;
  GVariantIter iter;
  const char *id;
  GVariant *child;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE ("a(sv)")) || g_variant_n_children (variant) > MAX_ITEMS)
    return NULL;
  answers = pv_answers_new ();
  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "(&sv)", &id, &child)) {
    g_autoptr (PvValue) value = pv_value_from_variant (child);

    g_variant_unref (child);
    if (value == NULL)
      return NULL;
    pv_answers_set (answers, id, value);
  }
  return g_steal_pointer (&answers);
}
