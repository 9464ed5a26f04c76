/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files of texts.h. */

#include <stdarg.h>
#include <string.h>

#include "core/texts-private.h"

#define OFFICIAL_TAG PV_TEXTS_OFFICIAL ":"

typedef struct {
  PvTexts *texts;
  const char *file;
  GPtrArray *errors;
  char *tag;          /* "en:" */
  char *form, *field; /* (nullable): of the section */
  gboolean is_lost;   /* the section's name is wrong: its texts are passed over, and not complained about one by one */
  gboolean is_passed; /* likewise the translation of a French text that is wrong */
  char *french;       /* (nullable): waits for its translation */
  guint french_line;
  guint line;
} Reader;

G_GNUC_PRINTF (3, 4)
static void
add_error (Reader *reader, guint line, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list values;

  if (reader->errors == NULL || reader->errors->len >= PV_TEXTS_MAX_ERRORS)
    return;
  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  g_ptr_array_add (reader->errors,
                   g_strdup_printf ("%s:%u: %s", reader->file != NULL ? reader->file : "texts", line, text));
}

/* Two texts one after the other, or the end: what waits has got no line of its own. */
static void
miss_translation (Reader *reader)
{
  if (reader->french != NULL)
    add_error (reader, reader->french_line, "“%s” is missing under this text", reader->tag);
  g_clear_pointer (&reader->french, g_free);
}

static gboolean
is_name (const char *name)
{
  gsize length = strlen (name);

  return length > 0 && length <= PV_TEXTS_MAX_NAME_BYTES && strpbrk (name, "[]/ \t") == NULL;
}

/* "[FORM/FIELD]" */
static void
read_section (Reader *reader, const char *line)
{
  gsize length = strlen (line);
  g_autofree char *name = g_strndup (line + 1, length - 1);
  char *slash;

  miss_translation (reader);
  reader->is_passed = FALSE;
  g_clear_pointer (&reader->form, g_free);
  g_clear_pointer (&reader->field, g_free);
  reader->is_lost = TRUE;
  if (line[length - 1] != ']') {
    add_error (reader, reader->line, "“]” is missing at the end");
    return;
  }
  name[length - 2] = '\0';
  slash = strchr (name, '/');
  if (slash != NULL)
    *slash++ = '\0';
  if (!is_name (name) || (slash != NULL && !is_name (slash))) {
    add_error (reader, reader->line, "expected [FORM/FIELD], [FORM], [*/FIELD] or [*]");
    return;
  }
  reader->is_lost = FALSE;
  reader->form = g_strdup (name);
  reader->field = g_strdup (slash);
}

static void
read_french (Reader *reader, const char *text)
{
  miss_translation (reader);
  reader->is_passed = TRUE;
  reader->french_line = reader->line;
  if (reader->is_lost)
    return;
  if (reader->form == NULL)
    add_error (reader, reader->line, "a line like [FORM/FIELD] is missing before the first text");
  else if (text[0] == '\0')
    add_error (reader, reader->line, "the French text is missing after “" OFFICIAL_TAG "”");
  else if (strlen (text) > PV_TEXTS_MAX_TEXT_BYTES)
    add_error (reader, reader->line, "more than %d bytes", PV_TEXTS_MAX_TEXT_BYTES);
  else
    reader->french = g_strdup (text);
  reader->is_passed = reader->french == NULL;
}

/* "\n" as it is written is a new line; nothing else is special. (transfer full) */
static char *
read_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_strstrip (lines[i]);
  return g_strjoinv ("\n", lines);
}

/* Of what C0 and C1 hold, and of what turns the direction of others' text, nothing belongs into a sentence. */
static gboolean
is_plain (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_iscntrl (c) || (c >= 0x202A && c <= 0x202E))
      return FALSE;
  }
  return TRUE;
}

static void
read_translation (Reader *reader, const char *text)
{
  g_autofree char *french = g_steal_pointer (&reader->french);
  g_autofree char *translation = NULL;
  PvTextEntry entry = { .form = reader->form, .field = reader->field, .french = french, .line = reader->french_line };
  guint before = 0;

  if (french == NULL) {
    if (!reader->is_lost && !reader->is_passed)
      add_error (reader, reader->line, "“" OFFICIAL_TAG "” is missing above this text");
    return;
  }
  if (text[0] == '\0') /* not yet translated */
    return;
  if (strlen (text) > PV_TEXTS_MAX_TEXT_BYTES) {
    add_error (reader, reader->line, "more than %d bytes", PV_TEXTS_MAX_TEXT_BYTES);
    return;
  }
  if (!is_plain (text)) {
    add_error (reader, reader->line, "a character that cannot be seen");
    return;
  }
  translation = read_lines (text);
  entry.translation = translation;
  entry.file = (char *) reader->file;
  if (!pv_texts_add (reader->texts, &entry, &before))
    add_error (reader, reader->line, "more than %d texts", PV_TEXTS_MAX_ENTRIES);
  else if (before > 0)
    add_error (reader, reader->french_line, "the same text as in line %u", before);
}

static void
read_line (Reader *reader, char *line)
{
  gsize tag = strlen (reader->tag);

  g_strstrip (line);
  if (line[0] == '\0' || line[0] == '#')
    return;
  if (line[0] == '[')
    read_section (reader, line);
  else if (strncmp (line, OFFICIAL_TAG, strlen (OFFICIAL_TAG)) == 0)
    read_french (reader, g_strstrip (line + strlen (OFFICIAL_TAG)));
  else if (strncmp (line, reader->tag, tag) == 0)
    read_translation (reader, g_strstrip (line + tag));
  else
    add_error (reader, reader->line, "expected [FORM/FIELD], “" OFFICIAL_TAG "” or “%s” at the beginning", reader->tag);
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
pv_texts_parse (PvTexts *texts, const char *text, gsize length, const char *file, GPtrArray *errors)
{
  static const char mark[] = "\xEF\xBB\xBF"; /* what some editors begin a file with */
  Reader reader = { .texts = texts, .file = file, .errors = errors };
  const char *end = text;

  reader.tag = g_strdup_printf ("%s:", pv_texts_get_language (texts));
  if (length > PV_TEXTS_MAX_BYTES) {
    add_error (&reader, 1, "%" G_GSIZE_FORMAT " bytes, at most %d are read", length, PV_TEXTS_MAX_BYTES);
  } else if (!g_utf8_validate (text, (gssize) length, &end)) {
    add_error (&reader, count_lines (text, (gsize) (end - text)), "not UTF-8");
  } else {
    g_autofree char *copy = g_strndup (text, length);
    char *line = copy + (g_str_has_prefix (copy, mark) ? strlen (mark) : 0), *next;

    for (; line != NULL; line = next) {
      next = strchr (line, '\n');
      if (next != NULL)
        *next++ = '\0';
      reader.line++;
      read_line (&reader, line);
    }
    miss_translation (&reader);
  }
  g_free (reader.tag);
  g_free (reader.form);
  g_free (reader.field);
  g_free (reader.french);
}
