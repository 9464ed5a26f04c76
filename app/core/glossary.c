/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/glossary.h"

#include <stdarg.h>
#include <string.h>

#define MISSING_WORD "a word is missing beside a semicolon or “=”"

/* A word of a text, or of a form. */
typedef struct {
  char *letters;      /* small, as they are written */
  char *key;          /* likewise, without the accent of the first one */
  gboolean is_joined; /* to the one before, by blanks, hyphens and apostrophes only */
} Word;

/* One way to write an entry. */
typedef struct {
  GArray *words; /* (element-type Word) */
  const PvGlossaryEntry *entry;
} Form;

struct PvGlossary {
  gatomicrefcount refs;
  GPtrArray *entries; /* (element-type PvGlossaryEntry) */
  GHashTable *forms;  /* key of the first word -> (element-type Form), the last ones first */
};

/* Where the slips of one file go. */
typedef struct {
  PvGlossary *glossary;
  const char *language;
  guint first_entry; /* those before are of other files */
  GHashTable *known; /* forms of this one */
  GPtrArray *errors; /* (nullable) */
  guint line;
} Reader;

static void
entry_free (gpointer pointer)
{
  PvGlossaryEntry *entry = pointer;

  g_free (entry->word);
  g_free (entry->explanation);
  g_free (entry->language);
  g_free (entry);
}

static void
word_clear (gpointer pointer)
{
  Word *word = pointer;

  g_free (word->letters);
  g_free (word->key);
}

static void
form_free (gpointer pointer)
{
  Form *form = pointer;

  g_array_unref (form->words);
  g_free (form);
}

/* ---- words ---- */

/* What parts the words of an expression without ending it. */
static gboolean
is_joint (gunichar letter)
{
  return letter == '-' || letter == '\'' || letter == 0x2019 || letter == 0x2010 || letter == 0x2011
         || (letter != '\n' && g_unichar_isspace (letter));
}

static char *
without_first_accent (const char *letters)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  GString *key = g_string_new (NULL);

  g_unichar_fully_decompose (g_utf8_get_char (letters), FALSE, parts, G_N_ELEMENTS (parts));
  g_string_append_unichar (key, parts[0]);
  g_string_append (key, g_utf8_next_char (letters));
  return g_string_free (key, FALSE);
}

static void
end_word (GArray *words, GString *letters, gboolean is_joined)
{
  Word word = { NULL, NULL, is_joined };

  if (letters->len == 0)
    return;
  word.letters = g_strdup (letters->str);
  word.key = without_first_accent (letters->str);
  g_array_append_val (words, word);
  g_string_truncate (letters, 0);
}

/* (element-type Word): @text may be of a portal, so it may be anything. */
static GArray *
split_words (const char *text)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  g_autoptr (GString) letters = g_string_new (NULL);
  gboolean is_joined = TRUE;

  g_array_set_clear_func (words, word_clear);
  for (const char *at = composed; at != NULL && *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar letter = g_utf8_get_char (at);

    if (g_unichar_isalnum (letter) || g_unichar_ismark (letter)) {
      g_string_append_unichar (letters, g_unichar_tolower (letter));
      continue;
    }
    if (letters->len > 0) {
      end_word (words, letters, is_joined);
      is_joined = TRUE;
    }
    is_joined = is_joined && is_joint (letter);
  }
  end_word (words, letters, is_joined);
  return words;
}

static const Word *
word_at (const GArray *words, guint index)
{
  return &g_array_index (words, Word, index);
}

/* ---- reading ---- */

G_GNUC_PRINTF (2, 3)
static void
add_error (const Reader *reader, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list values;

  if (reader->errors == NULL || reader->errors->len >= PV_GLOSSARY_MAX_ERRORS)
    return;
  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  g_ptr_array_add (reader->errors, g_strdup_printf ("line %u: %s", reader->line, text));
}

/* Each form is explained once in a file. FALSE: it was already. */
static gboolean
note_form (const Reader *reader, const GArray *words)
{
  GString *form = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (form, "%s ", word_at (words, i)->letters);
  return g_hash_table_add (reader->known, g_string_free (form, FALSE));
}

/* It could not be found. */
static gboolean
has_signs (const GArray *words)
{
  for (guint i = 1; i < words->len; i++)
    if (!word_at (words, i)->is_joined)
      return TRUE;
  return FALSE;
}

/* The forms of a line; NULL: an error was told. */
static GPtrArray *
read_forms (const Reader *reader, const char *side)
{
  g_auto (GStrv) texts = g_strsplit (side, ";", PV_GLOSSARY_MAX_FORMS + 2);
  g_autoptr (GPtrArray) forms = g_ptr_array_new_with_free_func (form_free);

  for (guint i = 0; texts[i] != NULL; i++) {
    Form *form = g_new0 (Form, 1);
    const char *error;

    form->words = split_words (g_strstrip (texts[i]));
    g_ptr_array_add (forms, form);
    error = form->words->len == 0                                       ? MISSING_WORD
            : form->words->len > PV_GLOSSARY_MAX_WORDS                  ? "too many words in one form"
            : g_utf8_strlen (texts[i], -1) > PV_GLOSSARY_MAX_FORM_CHARS ? "a form is too long"
            : forms->len > PV_GLOSSARY_MAX_FORMS                        ? "too many forms in one line"
            : has_signs (form->words)                                   ? "signs between the words of a form"
            : !note_form (reader, form->words)                          ? "a form stands in two lines"
                                                                        : NULL;
    if (error != NULL) {
      add_error (reader, "%s", error);
      return NULL;
    }
  }
  if (forms->len == 0)
    add_error (reader, "%s", MISSING_WORD);
  return forms->len > 0 ? g_steal_pointer (&forms) : NULL;
}

static void
add_form (PvGlossary *self, Form *form)
{
  const char *key = word_at (form->words, 0)->key;
  GPtrArray *forms = g_hash_table_lookup (self->forms, key);

  if (forms == NULL) {
    forms = g_ptr_array_new_with_free_func (form_free);
    g_hash_table_insert (self->forms, g_strdup (key), forms);
  }
  g_ptr_array_insert (forms, 0, form);
}

static void
add_entry (const Reader *reader, const char *side, const char *explanation, GPtrArray *forms)
{
  PvGlossaryEntry *entry = g_new0 (PvGlossaryEntry, 1);
  g_auto (GStrv) texts = g_strsplit (side, ";", 2);

  entry->word = g_strdup (g_strstrip (texts[0]));
  entry->explanation = g_strdup (explanation);
  entry->language = g_strdup (reader->language);
  g_ptr_array_add (reader->glossary->entries, entry);
  g_ptr_array_set_free_func (forms, NULL);
  for (guint i = 0; i < forms->len; i++) {
    ((Form *) forms->pdata[i])->entry = entry;
    add_form (reader->glossary, forms->pdata[i]);
  }
}

static void
read_line (const Reader *reader, const char *line)
{
  g_auto (GStrv) sides = g_strsplit (line, "=", 2);
  g_autoptr (GPtrArray) forms = NULL;
  char *explanation;

  if (g_strv_length (sides) != 2) {
    add_error (reader, "expected WORD; OTHER FORM = EXPLANATION");
    return;
  }
  explanation = g_strstrip (sides[1]);
  if (explanation[0] == '\0') {
    add_error (reader, "the explanation is missing");
    return;
  }
  if (g_utf8_strlen (explanation, -1) > PV_GLOSSARY_MAX_CHARS) {
    add_error (reader, "the explanation has more than %d characters", PV_GLOSSARY_MAX_CHARS);
    return;
  }
  forms = read_forms (reader, sides[0]);
  if (forms != NULL)
    add_entry (reader, sides[0], explanation, forms);
}

static void
read_lines (Reader *reader, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    char *line = g_strstrip (lines[i]);

    reader->line = i + 1;
    if (line[0] == '\0' || line[0] == '#')
      continue;
    if (reader->glossary->entries->len - reader->first_entry >= PV_GLOSSARY_MAX_ENTRIES) {
      add_error (reader, "more than %d words", PV_GLOSSARY_MAX_ENTRIES);
      return;
    }
    read_line (reader, line);
  }
}

static guint
count_lines (const char *text, gsize length)
{
  guint n = 1;

  for (gsize i = 0; i < length; i++)
    n += text[i] == '\n' ? 1 : 0;
  return n;
}

void
pv_glossary_add (PvGlossary *glossary, const char *language, const char *text, gsize length, GPtrArray *errors)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reader reader = { glossary, language, glossary->entries->len, known, errors, 1 };
  const char *end = text;

  if (length > PV_GLOSSARY_MAX_BYTES) {
    add_error (&reader, "%" G_GSIZE_FORMAT " bytes, at most %d are read", length, PV_GLOSSARY_MAX_BYTES);
  } else if (!g_utf8_validate (text, (gssize) length, &end)) {
    reader.line = count_lines (text, (gsize) (end - text));
    add_error (&reader, "not UTF-8");
  } else {
    g_autofree char *copy = g_strndup (text, length);

    read_lines (&reader, copy);
  }
}

/* ---- finding ---- */

/* "fr" and "fr@facile" are one language. */
static gboolean
is_language (const char *code, const char *wanted)
{
  gsize length = strcspn (code, "_@");

  return length == strcspn (wanted, "_@") && strncmp (code, wanted, length) == 0;
}

static gboolean
stands_at (const Form *form, const GArray *words, guint index)
{
  if (index + form->words->len > words->len)
    return FALSE;
  for (guint i = 1; i < form->words->len; i++) {
    const Word *word = word_at (words, index + i);

    if (!word->is_joined || !g_str_equal (word->letters, word_at (form->words, i)->letters))
      return FALSE;
  }
  return TRUE;
}

/* The longest form; of equal ones what was read last, but as it is written before what only lacks an accent. */
static const Form *
find_at (const PvGlossary *self, const char *language, const GArray *words, guint index)
{
  const GPtrArray *forms = g_hash_table_lookup (self->forms, word_at (words, index)->key);
  const Form *best = NULL;

  for (guint i = 0; forms != NULL && i < forms->len; i++) {
    const Form *form = forms->pdata[i];
    gboolean is_longer = best == NULL || form->words->len > best->words->len;
    gboolean is_exact = g_str_equal (word_at (form->words, 0)->letters, word_at (words, index)->letters);
    gboolean was_exact =
      best != NULL && g_str_equal (word_at (best->words, 0)->letters, word_at (words, index)->letters);

    if (is_language (form->entry->language, language) && stands_at (form, words, index)
        && (is_longer || (form->words->len == best->words->len && is_exact && !was_exact)))
      best = form;
  }
  return best;
}

void
pv_glossary_find (const PvGlossary *glossary, const char *language, const char *text, GPtrArray *found)
{
  g_autoptr (GArray) words = NULL;
  guint step;

  if (text == NULL || found->len >= PV_GLOSSARY_MAX_FOUND)
    return;
  words = split_words (text);
  for (guint i = 0; i < words->len && found->len < PV_GLOSSARY_MAX_FOUND; i += step) {
    const Form *form = find_at (glossary, language, words, i);

    step = form != NULL ? form->words->len : 1;
    if (form != NULL && !g_ptr_array_find (found, form->entry, NULL))
      g_ptr_array_add (found, (gpointer) form->entry);
  }
}

/* ---- the object ---- */

PvGlossary *
pv_glossary_new (void)
{
  PvGlossary *self = g_new0 (PvGlossary, 1);

  g_atomic_ref_count_init (&self->refs);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

PvGlossary *
pv_glossary_ref (PvGlossary *glossary)
{
  g_atomic_ref_count_inc (&glossary->refs);
  return glossary;
}

void
pv_glossary_unref (PvGlossary *glossary)
{
  if (glossary == NULL || !g_atomic_ref_count_dec (&glossary->refs))
    return;
  g_hash_table_unref (glossary->forms);
  g_ptr_array_unref (glossary->entries);
  g_free (glossary);
}

guint
pv_glossary_get_n_entries (const PvGlossary *glossary)
{
  return glossary->entries->len;
}
