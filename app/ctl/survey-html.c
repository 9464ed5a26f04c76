/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The survey as one page that needs nothing else: no script, no picture, no font. To be read, sent and printed. */

#include "ctl/survey.h"

static const char head[] =
  "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
  "<meta name=\"viewport\" content=\"width=device-width\">\n"
  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
  "<title>Forms at the kiosk</title>\n<style>\n"
  "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#1b1b1b;background:#fff}\n"
  "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid "
  "#767676}\n"
  "td.n,th.n{text-align:right}section{border-top:2px solid #1b1b1b;margin-top:2rem;break-inside:avoid-page}\n"
  "dt{font-weight:bold;margin-top:.8rem}dd{margin:0 0 0 1.5rem}pre{white-space:pre-wrap;overflow-wrap:anywhere;"
  "background:#f2f2f2;padding:.5rem;margin:.3rem 0}\n"
  "@media print{body{max-width:none;padding:0;font-size:10pt}a{color:inherit;text-decoration:none}}\n"
  "</style>\n</head>\n<body>\n";

/* Everything that is not of this file comes through here. */
static void
add_text (GString *out, const char *text)
{
  g_autofree char *clean = pv_survey_clean (text);
  g_autofree char *escaped = g_markup_escape_text (clean, -1);

  g_string_append (out, escaped);
}

static void
add_element (GString *out, const char *element, const char *text)
{
  g_string_append_printf (out, "<%s>", element);
  add_text (out, text);
  g_string_append_printf (out, "</%s>", element);
}

static void
add_overview (GString *out, const PvSurvey *survey)
{
  g_string_append (out, "<h1>Forms at the kiosk</h1>\n<p>");
  add_text (out, survey->portal);
  g_string_append_printf (out,
                          "</p>\n<p>%u forms: %u here, of which %u with something to do; %u by phone, of which %u work "
                          "here with lines of the settings; %u not read.</p>\n",
                          survey->forms->len, survey->n_here, survey->n_to_do, survey->n_phone, survey->n_mendable,
                          survey->n_unread);
  g_string_append (out, "<table>\n<thead><tr><th scope=\"col\">Form</th><th scope=\"col\">Where</th>"
                        "<th scope=\"col\" class=\"n\">Blocks</th><th scope=\"col\" class=\"n\">To do</th>"
                        "<th scope=\"col\" class=\"n\">Hints</th></tr></thead>\n<tbody>\n");
  for (guint i = 0; i < survey->forms->len; i++) {
    const PvSurveyForm *form = survey->forms->pdata[i];

    g_string_append_printf (out, "<tr><th scope=\"row\"><a href=\"#form-%u\">", i + 1);
    add_text (out, form->title);
    g_string_append_printf (
      out, "</a></th><td>%s</td><td class=\"n\">%u</td><td class=\"n\">%u</td><td class=\"n\">%u</td></tr>\n",
      pv_survey_place_word (form), pv_survey_count (form, PV_WEIGHT_BLOCKS), pv_survey_count (form, PV_WEIGHT_TO_DO),
      pv_survey_count (form, PV_WEIGHT_HINT));
  }
  g_string_append (out, "</tbody>\n</table>\n");
}

static void
add_finding (GString *out, const PvFinding *finding)
{
  g_string_append_printf (out, "<dt>%s", pv_finding_weight_word (finding->weight));
  if (finding->page != NULL || finding->label != NULL || finding->field != NULL)
    g_string_append (out, ": ");
  if (finding->page != NULL) {
    add_text (out, finding->page);
    g_string_append (out, " › ");
  }
  if (finding->label != NULL)
    add_text (out, finding->label);
  if (finding->field != NULL) {
    g_string_append (out, " ");
    add_element (out, "code", finding->field);
  }
  g_string_append (out, "</dt><dd>");
  add_element (out, "p", finding->text);
  if (finding->at_portal != NULL) {
    g_string_append (out, "<p>In the form: ");
    add_text (out, finding->at_portal);
    g_string_append (out, ".</p>");
  }
  if (finding->line != NULL) {
    g_string_append (out, "<pre>[");
    add_text (out, finding->group);
    g_string_append (out, "]\n");
    add_text (out, finding->line);
    g_string_append (out, "</pre>");
  }
  g_string_append (out, "</dd>\n");
}

static void
add_form (GString *out, const PvSurveyForm *form, guint number)
{
  g_string_append_printf (out, "<section id=\"form-%u\">\n", number);
  add_element (out, "h2", form->title);
  g_string_append (out, "\n<p>");
  add_element (out, "code", form->slug);
  g_string_append_printf (out, " — %s</p>\n", pv_survey_place_word (form));
  if (form->documents->len > 0) {
    g_string_append (out, "<p>Documents:</p>\n<ul>\n");
    for (guint i = 0; i < form->documents->len; i++) {
      const PvSurveyDocument *document = form->documents->pdata[i];

      g_string_append (out, "<li>");
      add_text (out, document->label);
      g_string_append_printf (out, " (%s%s)</li>\n", document->is_required ? "required" : "optional",
                              document->can_come_later ? ", may come later" : "");
    }
    g_string_append (out, "</ul>\n");
  }
  g_string_append (out, form->findings->len > 0 ? "<dl>\n" : "<p>Nothing to do.</p>\n");
  for (guint i = 0; i < form->findings->len; i++)
    add_finding (out, form->findings->pdata[i]);
  g_string_append (out, form->findings->len > 0 ? "</dl>\n</section>\n" : "</section>\n");
}

char *
pv_survey_to_html (const PvSurvey *survey)
{
  GString *out = g_string_new (head);

  add_overview (out, survey);
  for (guint i = 0; i < survey->forms->len; i++)
    add_form (out, survey->forms->pdata[i], i + 1);
  g_string_append (out, "</body>\n</html>\n");
  return g_string_free (out, FALSE);
}
