/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/texts.h"

#include <string.h>

#include "ctl/survey.h"
#include "platform/json.h"

typedef struct {
  PvTexts *texts;
  GHashTable *used;     /* PvTextEntry that some text of the portal takes, or would take elsewhere */
  GHashTable *sections; /* "form\nfield", with "*" and without a field as well: what the portal has */
} Judge;

static char *
name_section (const char *form, const char *field)
{
  return g_strdup_printf ("%s\n%s", form, field != NULL ? field : "");
}

/* Every section that may hold a translation of it, whichever goes first. */
static void
mark (Judge *judge, const PvPortalText *text)
{
  const struct {
    const char *form, *field;
  } places[] = {
    { text->form, text->field }, { PV_TEXTS_ANY, text->field }, { text->form, NULL }, { PV_TEXTS_ANY, NULL }
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    const PvTextEntry *entry = pv_texts_find_entry (judge->texts, places[i].form, places[i].field, text->french);

    if (entry != NULL)
      g_hash_table_add (judge->used, (gpointer) entry);
    g_hash_table_add (judge->sections, name_section (places[i].form, places[i].field));
  }
}

static gboolean
is_of_portal (const Judge *judge, const PvTextEntry *entry)
{
  g_autofree char *name = name_section (entry->form, entry->field);

  /* "[*]" holds anything: what nobody says any more has not been changed, it is only not needed. */
  return g_hash_table_contains (judge->sections, name)
         && !(entry->field == NULL && g_str_equal (entry->form, PV_TEXTS_ANY));
}

PvTextsReport *
pv_texts_judge (PvTexts *texts, const char *language, const GPtrArray *portal, GPtrArray *slips)
{
  PvTextsReport *report = g_new0 (PvTextsReport, 1);
  Judge judge = { .texts = texts != NULL ? pv_texts_ref (texts) : pv_texts_new (language) };
  g_autoptr (GPtrArray) entries = pv_texts_list (judge.texts);

  report->texts = judge.texts;
  judge.used = g_hash_table_new (NULL, NULL);
  judge.sections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  report->language = g_strdup (language);
  report->n_texts = portal->len;
  report->missing = g_ptr_array_new ();
  report->changed = g_ptr_array_new ();
  report->unused = g_ptr_array_new ();
  report->slips = g_ptr_array_ref (slips);
  for (guint i = 0; i < portal->len; i++) {
    PvPortalText *text = portal->pdata[i];

    mark (&judge, text);
    if (pv_texts_find (judge.texts, text->form, text->field, text->french) == NULL)
      g_ptr_array_add (report->missing, text);
  }
  for (guint i = 0; i < entries->len; i++) {
    PvTextEntry *entry = entries->pdata[i];

    if (!g_hash_table_contains (judge.used, entry))
      g_ptr_array_add (is_of_portal (&judge, entry) ? report->changed : report->unused, entry);
  }
  g_hash_table_unref (judge.used);
  g_hash_table_unref (judge.sections);
  return report;
}

void
pv_texts_report_free (PvTextsReport *report)
{
  if (report == NULL)
    return;
  g_free (report->language);
  g_ptr_array_unref (report->missing);
  g_ptr_array_unref (report->changed);
  g_ptr_array_unref (report->unused);
  g_ptr_array_unref (report->slips);
  pv_texts_unref (report->texts);
  g_free (report);
}

gboolean
pv_texts_report_has_to_do (const PvTextsReport *report)
{
  return report->missing->len > 0 || report->changed->len > 0 || report->slips->len > 0;
}

/* ---- in words ---- */

static void
add_text (GString *out, const char *head, const char *form, const char *field, const char *french)
{
  g_autofree char *clean = pv_survey_clean (french);

  g_string_append_printf (out, "  %-8s [%s%s%s] %s\n", head, form, field != NULL ? "/" : "", field != NULL ? field : "",
                          clean);
}

static void
add_entries (GString *out, const char *head, const GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++) {
    const PvTextEntry *entry = entries->pdata[i];

    add_text (out, head, entry->form, entry->field, entry->french);
    if (entry->file != NULL)
      g_string_append_printf (out, "           %s:%u\n", entry->file, entry->line);
  }
}

char *
pv_texts_reports_to_text (const GPtrArray *reports)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < reports->len; i++) {
    const PvTextsReport *report = reports->pdata[i];

    g_string_append_printf (out, "%s: %u texts, %u missing, %u changed, %u unused, %u lines to mend\n",
                            report->language, report->n_texts, report->missing->len, report->changed->len,
                            report->unused->len, report->slips->len);
    for (guint k = 0; k < report->slips->len; k++) {
      g_autofree char *slip = pv_survey_clean (report->slips->pdata[k]);

      g_string_append_printf (out, "  %-8s %s\n", "mend", slip);
    }
    for (guint k = 0; k < report->missing->len; k++) {
      const PvPortalText *text = report->missing->pdata[k];

      add_text (out, "missing", text->form, text->field, text->french);
    }
    add_entries (out, "changed", report->changed);
    add_entries (out, "unused", report->unused);
  }
  return g_string_free (out, FALSE);
}

/* ---- for programs; its members are told in README.md ---- */

static void
write_text (PvJsonWriter *writer, const char *form, const char *field, const char *french)
{
  pv_json_writer_text (writer, "form", form);
  pv_json_writer_text (writer, "field", field);
  pv_json_writer_text (writer, "french", french);
}

static void
write_entries (PvJsonWriter *writer, const char *key, const GPtrArray *entries)
{
  pv_json_writer_begin_array (writer, key);
  for (guint i = 0; i < entries->len; i++) {
    const PvTextEntry *entry = entries->pdata[i];

    pv_json_writer_begin_object (writer, NULL);
    write_text (writer, entry->form, entry->field, entry->french);
    pv_json_writer_text (writer, "translation", entry->translation);
    pv_json_writer_text (writer, "file", entry->file);
    pv_json_writer_int (writer, "line", entry->line);
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_array (writer);
}

static void
write_report (PvJsonWriter *writer, const PvTextsReport *report)
{
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_text (writer, "language", report->language);
  pv_json_writer_int (writer, "texts", report->n_texts);
  pv_json_writer_begin_array (writer, "missing");
  for (guint i = 0; i < report->missing->len; i++) {
    const PvPortalText *text = report->missing->pdata[i];

    pv_json_writer_begin_object (writer, NULL);
    write_text (writer, text->form, text->field, text->french);
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_array (writer);
  write_entries (writer, "changed", report->changed);
  write_entries (writer, "unused", report->unused);
  pv_json_writer_begin_array (writer, "slips");
  for (guint i = 0; i < report->slips->len; i++)
    pv_json_writer_text (writer, NULL, report->slips->pdata[i]);
  pv_json_writer_end_array (writer);
  pv_json_writer_end_object (writer);
}

char *
pv_texts_reports_to_json (const GPtrArray *reports)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_text (writer, "format", "parvis-texts-1");
  pv_json_writer_begin_array (writer, "languages");
  for (guint i = 0; i < reports->len; i++)
    write_report (writer, reports->pdata[i]);
  pv_json_writer_end_array (writer);
  pv_json_writer_end_object (writer);
  return g_strdup_printf ("%s\n", pv_json_writer_get_text (writer, NULL));
}
