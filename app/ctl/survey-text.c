/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The survey for a terminal of 80 columns. */

#include <string.h>

#include "ctl/survey.h"

enum { COLUMNS = 80, INDENT = 12 };

/* Words up to the edge; what follows the first line stands under its text. A word that is longer is not cut: it may be a
 * line to copy. */
static void
add_wrapped (GString *out, const char *head, const char *text)
{
  g_autofree char *clean = pv_survey_clean (text);
  g_auto (GStrv) words = g_strsplit (clean, " ", -1);
  glong at = MAX (g_utf8_strlen (head, -1), INDENT);

  g_string_append_printf (out, "%s%*s", head, MAX (INDENT - (int) g_utf8_strlen (head, -1), 0), "");
  for (guint i = 0; words[i] != NULL; i++) {
    glong length = g_utf8_strlen (words[i], -1);

    if (i > 0 && at + 1 + length > COLUMNS) {
      g_string_append_printf (out, "\n%*s", INDENT, "");
      at = INDENT;
    } else if (i > 0) {
      g_string_append_c (out, ' ');
      at++;
    }
    g_string_append (out, words[i]);
    at += length;
  }
  g_string_append_c (out, '\n');
}

/* "page, question (field): what is wrong" */
static char *
describe (const PvFinding *finding)
{
  GString *text = g_string_new (NULL);

  if (finding->page != NULL)
    g_string_append_printf (text, "%s, ", finding->page);
  if (finding->label != NULL)
    g_string_append_printf (text, "“%s”", finding->label);
  if (finding->field != NULL)
    g_string_append_printf (text, finding->label != NULL ? " (%s)" : "field %s", finding->field);
  if (text->len > 0)
    g_string_append (text, ": ");
  g_string_append (text, finding->text);
  return g_string_free (text, FALSE);
}

static void
add_finding (GString *out, const PvFinding *finding)
{
  static const char *const heads[PV_N_WEIGHTS] = {
    [PV_WEIGHT_BLOCKS] = "  blocks",
    [PV_WEIGHT_TO_DO] = "  to do",
    [PV_WEIGHT_HINT] = "  hint",
  };
  g_autofree char *text = describe (finding);

  add_wrapped (out, heads[finding->weight], text);
  if (finding->at_portal != NULL) {
    g_autofree char *words = g_strdup_printf ("In the form: %s.", finding->at_portal);

    add_wrapped (out, "", words);
  }
  if (finding->line != NULL) {
    g_autofree char *line = pv_survey_clean (finding->line);

    /* On a line of its own, whole, to be copied. */
    g_string_append_printf (out, "%*s[%s]\n%*s%s\n", INDENT, "", finding->group, INDENT, "", line);
  }
}

static void
add_form (GString *out, const PvSurveyForm *form)
{
  g_autofree char *title = pv_survey_clean (form->title);
  g_autofree char *head = g_strdup_printf ("[%s]", pv_survey_place_word (form));

  g_string_append_printf (out, "\n%-*s%s\n%*s%s\n", INDENT, head, form->slug, INDENT, "", title);
  for (guint i = 0; i < form->documents->len; i++) {
    const PvSurveyDocument *document = form->documents->pdata[i];
    g_autofree char *text =
      g_strdup_printf ("%s (%s%s)", document->label, document->is_required ? "required" : "optional",
                       document->can_come_later ? ", may come later" : "");

    add_wrapped (out, "  document", text);
  }
  for (guint i = 0; i < form->findings->len; i++)
    add_finding (out, form->findings->pdata[i]);
  if (form->findings->len == 0)
    g_string_append_printf (out, "%*snothing to do\n", INDENT, "");
}

char *
pv_survey_to_text (const PvSurvey *survey)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "%s\n", survey->portal);
  g_string_append_printf (out, "%u forms: %u here, of which %u with something to do;\n", survey->forms->len,
                          survey->n_here, survey->n_to_do);
  g_string_append_printf (out, "%u by phone, of which %u work here with lines of the settings; %u not read\n",
                          survey->n_phone, survey->n_mendable, survey->n_unread);
  for (guint i = 0; i < survey->forms->len; i++)
    add_form (out, survey->forms->pdata[i]);
  return g_string_free (out, FALSE);
}
