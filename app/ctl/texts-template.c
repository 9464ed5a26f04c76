/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file to translate in. */

#include <string.h>

#include "ctl/texts.h"

typedef struct {
  GString *out;
  const PvTexts *texts;
  const char *language;
  GHashTable *first;   /* squeezed French -> the first PvPortalText that says it */
  GHashTable *common;  /* squeezed French -> section that holds it for all: "*" and a field, or "*" alone */
  GPtrArray *changed;  /* (element-type PvTextEntry) */
  GHashTable *written; /* "form\nfield\nfrench" */
  char *section;       /* (nullable): of the last line */
} Writer;

typedef enum { OF_FORM, OF_FIELD, OF_ALL } Place;

/* A text that is said more than once stands once: of one field of several forms with that field, else for all. */
static Place
place_of (const Writer *writer, const PvPortalText *text)
{
  g_autofree char *french = pv_texts_squeeze (text->french);

  return (Place) GPOINTER_TO_INT (g_hash_table_lookup (writer->common, french));
}

/* Of a text that was changed at the portal there is still the old translation. */
static void
add_old (Writer *writer, const char *form, const char *field)
{
  for (guint i = 0; i < writer->changed->len; i++) {
    const PvTextEntry *entry = writer->changed->pdata[i];

    if (g_str_equal (entry->form, form) && g_strcmp0 (entry->field, field) == 0)
      g_string_append_printf (writer->out, "# was: %s\n#    %s: %s\n", entry->french, writer->language,
                              entry->translation);
  }
}

/* A line feed is written as people write it. */
static void
add_line (Writer *writer, const char *tag, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *joined = g_strjoinv ("\\n", lines);

  g_string_append_printf (writer->out, "%s:%s%s\n", tag, joined[0] != '\0' ? " " : "", joined);
}

static void
add_text (Writer *writer, const PvPortalText *text, const char *form, const char *field)
{
  g_autofree char *section = g_strdup_printf ("[%s%s%s]", form, field != NULL ? "/" : "", field != NULL ? field : "");
  g_autofree char *french = pv_texts_squeeze (text->french);
  const char *translation = pv_texts_find (writer->texts, text->form, text->field, text->french);
  g_auto (GStrv) words = g_strsplit_set (text->french, "\n\r", -1);
  g_autofree char *line = g_strjoinv (" ", words);

  if (!g_hash_table_add (writer->written, g_strdup_printf ("%s\n%s\n%s", form, field != NULL ? field : "", french)))
    return;
  if (g_strcmp0 (section, writer->section) != 0) {
    g_string_append_printf (writer->out, "\n%s\n", section);
    add_old (writer, form, field);
    g_free (writer->section);
    writer->section = g_steal_pointer (&section);
  }
  add_line (writer, PV_TEXTS_OFFICIAL, line);
  add_line (writer, writer->language, translation != NULL ? translation : "");
}

static void
find_common (Writer *writer, const GPtrArray *portal)
{
  for (guint i = 0; i < portal->len; i++) {
    PvPortalText *text = portal->pdata[i];
    char *french = pv_texts_squeeze (text->french);
    const PvPortalText *before = g_hash_table_lookup (writer->first, french);

    if (before == NULL) {
      g_hash_table_insert (writer->first, french, text);
      continue;
    }
    if (before->field == NULL || g_strcmp0 (before->field, text->field) != 0)
      g_hash_table_replace (writer->common, french, GINT_TO_POINTER (OF_ALL));
    else if (!g_hash_table_contains (writer->common, french))
      g_hash_table_replace (writer->common, french, GINT_TO_POINTER (OF_FIELD));
    else
      g_free (french);
  }
}

/* Those of one field stand together, wherever its form is read. */
static void
add_of_fields (Writer *writer, const GPtrArray *portal)
{
  for (guint i = 0; i < portal->len; i++) {
    const PvPortalText *first = portal->pdata[i];

    for (guint k = i; place_of (writer, first) == OF_FIELD && k < portal->len; k++) {
      const PvPortalText *text = portal->pdata[k];

      if (g_strcmp0 (text->field, first->field) == 0 && place_of (writer, text) == OF_FIELD)
        add_text (writer, text, PV_TEXTS_ANY, text->field);
    }
  }
}

static void
add_of_place (Writer *writer, const GPtrArray *portal, Place place)
{
  for (guint i = 0; i < portal->len; i++) {
    const PvPortalText *text = portal->pdata[i];

    if (place_of (writer, text) == place)
      add_text (writer, text, place == OF_ALL ? PV_TEXTS_ANY : text->form, place == OF_ALL ? NULL : text->field);
  }
}

char *
pv_texts_template (PvTexts *texts, const char *language, const GPtrArray *portal)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (PvTextsReport) report = pv_texts_judge (texts, language, portal, none);
  Writer writer = { .out = g_string_new (NULL), .texts = texts, .language = language, .changed = report->changed };

  writer.first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  writer.common = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  writer.written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  find_common (&writer, portal);
  g_string_append_printf (
    writer.out,
    "# What the portal says in French, in the language %s: texts-%s.txt in a folder of [texts] folder.\n"
    "# Write the translation after “%s:”, in one line; \\n begins a new line. The French stays as it is:\n"
    "# it tells which text is meant. [*/FIELD] is that field of any form, [*] any text.\n",
    language, language, language);
  add_of_place (&writer, portal, OF_ALL);
  add_of_fields (&writer, portal);
  add_of_place (&writer, portal, OF_FORM);
  g_hash_table_unref (writer.first);
  g_hash_table_unref (writer.common);
  g_hash_table_unref (writer.written);
  g_free (writer.section);
  return g_string_free (writer.out, FALSE);
}
