/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/texts.h"

#include <string.h>

#include "core/texts-private.h"

struct PvTexts {
  gatomicrefcount refs;
  char *language;
  GHashTable *entries; /* form, field and French as one text -> PvTextEntry */
  guint n_added;       /* ever: the order */
};

typedef struct {
  PvTextEntry entry;
  guint order;
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->entry.form);
  g_free (row->entry.field);
  g_free (row->entry.french);
  g_free (row->entry.translation);
  g_free (row->entry.file);
  g_free (row);
}

PvTexts *
pv_texts_new (const char *language)
{
  PvTexts *texts = g_new0 (PvTexts, 1);

  g_atomic_ref_count_init (&texts->refs);
  texts->language = g_strdup (language);
  texts->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, row_free);
  return texts;
}

PvTexts *
pv_texts_ref (PvTexts *texts)
{
  g_atomic_ref_count_inc (&texts->refs);
  return texts;
}

void
pv_texts_unref (PvTexts *texts)
{
  if (texts == NULL || !g_atomic_ref_count_dec (&texts->refs))
    return;
  g_free (texts->language);
  g_hash_table_unref (texts->entries);
  g_free (texts);
}

char *
pv_texts_squeeze (const char *text)
{
  GString *squeezed = g_string_sized_new (strlen (text) + 1);
  gboolean has_space = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_isspace (c)) {
      has_space = TRUE;
      continue;
    }
    if (has_space && squeezed->len > 0)
      g_string_append_c (squeezed, ' ');
    has_space = FALSE;
    g_string_append_unichar (squeezed, c == 0x2019 ? '\'' : c);
  }
  return g_string_free (squeezed, FALSE);
}

/* A line feed is in none of them. */
static char *
make_key (const char *form, const char *field, const char *squeezed)
{
  return g_strdup_printf ("%s\n%s\n%s", form, field != NULL ? field : "", squeezed);
}

gboolean
pv_texts_add (PvTexts *texts, const PvTextEntry *entry, guint *ret_before)
{
  g_autofree char *squeezed = pv_texts_squeeze (entry->french);
  g_autofree char *key = make_key (entry->form, entry->field, squeezed);
  const Row *before = g_hash_table_lookup (texts->entries, key);
  Row *row;

  if (ret_before != NULL)
    *ret_before = before != NULL && g_strcmp0 (before->entry.file, entry->file) == 0 ? before->entry.line : 0;
  if (before == NULL && g_hash_table_size (texts->entries) >= PV_TEXTS_MAX_ENTRIES)
    return FALSE;
  row = g_new0 (Row, 1);
  row->order = texts->n_added++;
  row->entry.form = g_strdup (entry->form);
  row->entry.field = g_strdup (entry->field);
  row->entry.french = g_strdup (entry->french);
  row->entry.translation = g_strdup (entry->translation);
  row->entry.file = g_strdup (entry->file);
  row->entry.line = entry->line;
  g_hash_table_replace (texts->entries, g_steal_pointer (&key), row);
  return TRUE;
}

const PvTextEntry *
pv_texts_find_entry (const PvTexts *texts, const char *form, const char *field, const char *french)
{
  const struct {
    const char *form, *field;
  } places[] = { { form, field }, { PV_TEXTS_ANY, field }, { form, NULL }, { PV_TEXTS_ANY, NULL } };
  g_autofree char *squeezed = NULL;

  if (texts == NULL || french == NULL || french[0] == '\0')
    return NULL;
  squeezed = pv_texts_squeeze (french);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autofree char *key = places[i].form != NULL ? make_key (places[i].form, places[i].field, squeezed) : NULL;
    const Row *row = key != NULL ? g_hash_table_lookup (texts->entries, key) : NULL;

    if (row != NULL)
      return &row->entry;
  }
  return NULL;
}

const char *
pv_texts_find (const PvTexts *texts, const char *form, const char *field, const char *french)
{
  const PvTextEntry *entry = pv_texts_find_entry (texts, form, field, french);

  return entry != NULL ? entry->translation : NULL;
}

const char *
pv_texts_get_language (const PvTexts *texts)
{
  return texts->language;
}

static gint
compare_order (gconstpointer a, gconstpointer b)
{
  const Row *one = *(const Row *const *) a, *other = *(const Row *const *) b;

  return one->order < other->order ? -1 : 1;
}

GPtrArray *
pv_texts_list (const PvTexts *texts)
{
  GPtrArray *rows = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, texts->entries);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_ptr_array_add (rows, row);
  g_ptr_array_sort (rows, compare_order);
  return rows; /* an entry is the first member of its row */
}

gboolean
pv_texts_is_code (const char *code)
{
  gsize letters = strspn (code, "abcdefghijklmnopqrstuvwxyz");
  const char *rest = code + letters;

  if (letters < 2 || letters > 3 || strlen (code) > PV_TEXTS_MAX_CODE_BYTES)
    return FALSE;
  if (*rest == '_' && g_ascii_isupper (rest[1]) && g_ascii_isupper (rest[2]))
    rest += 3;
  if (*rest == '@' && g_ascii_islower (rest[1]))
    rest += 1 + strspn (rest + 1, "abcdefghijklmnopqrstuvwxyz");
  return *rest == '\0';
}

gboolean
pv_texts_is_latin (const char *code)
{
  /* "qpa" is the tests' English in Arabic letters. */
  static const char *const others[] = { "am", "ar", "be", "bg", "bn", "el", "fa", "he", "hi", "hy", "ja",  "ka", "ko",
                                        "mk", "pa", "ps", "ru", "sr", "ta", "th", "ti", "uk", "ur", "qpa", "zh", NULL };
  g_autofree char *language = g_strndup (code, strcspn (code, "_@"));

  return !g_strv_contains (others, language);
}
