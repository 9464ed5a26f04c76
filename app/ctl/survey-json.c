/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The survey for programs; its members are told in README.md. What is added later gets new names. */

#include "ctl/survey.h"
#include "platform/json.h"

static const char *
silence_word (PvSilence silence)
{
  switch (silence) {
  case PV_SILENCE_ACCEPT:
    return "accept";
  case PV_SILENCE_REFUSE:
    return "refuse";
  case PV_SILENCE_NOT_A_REQUEST:
    return "not-a-request";
  case PV_SILENCE_UNKNOWN:
    break;
  }
  return NULL;
}

static void
write_finding (PvJsonWriter *writer, const PvFinding *finding)
{
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_text (writer, "kind", pv_finding_kind_word (finding->kind));
  pv_json_writer_text (writer, "weight", pv_finding_weight_word (finding->weight));
  pv_json_writer_text (writer, "page", finding->page);
  pv_json_writer_text (writer, "field", finding->field);
  pv_json_writer_text (writer, "label", finding->label);
  pv_json_writer_text (writer, "text", finding->text);
  pv_json_writer_text (writer, "in_the_form", finding->at_portal);
  pv_json_writer_text (writer, "settings_group", finding->group);
  pv_json_writer_text (writer, "settings_line", finding->line);
  pv_json_writer_end_object (writer);
}

static void
write_form (PvJsonWriter *writer, const PvSurveyForm *form)
{
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_text (writer, "slug", form->slug);
  pv_json_writer_text (writer, "title", form->title);
  pv_json_writer_text (writer, "url", form->url);
  pv_json_writer_text (writer, "category", form->category);
  pv_json_writer_begin_array (writer, "keywords");
  for (guint i = 0; form->keywords != NULL && form->keywords[i] != NULL; i++)
    pv_json_writer_text (writer, NULL, form->keywords[i]);
  pv_json_writer_end_array (writer);
  pv_json_writer_text (writer, "place", pv_survey_place_word (form));
  pv_json_writer_bool (writer, "has_reference", form->has_reference);
  pv_json_writer_bool (writer, "needs_email", form->needs_email);
  pv_json_writer_bool (writer, "needs_phone", form->needs_phone);
  pv_json_writer_bool (writer, "may_decline", form->may_decline);
  pv_json_writer_text (writer, "silence", silence_word (form->silence));
  pv_json_writer_bool (writer, "can_acknowledge", form->can_acknowledge);
  pv_json_writer_begin_array (writer, "documents");
  for (guint i = 0; i < form->documents->len; i++) {
    const PvSurveyDocument *document = form->documents->pdata[i];

    pv_json_writer_begin_object (writer, NULL);
    pv_json_writer_text (writer, "label", document->label);
    pv_json_writer_bool (writer, "is_required", document->is_required);
    pv_json_writer_bool (writer, "can_come_later", document->can_come_later);
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_array (writer);
  pv_json_writer_begin_array (writer, "findings");
  for (guint i = 0; i < form->findings->len; i++)
    write_finding (writer, form->findings->pdata[i]);
  pv_json_writer_end_array (writer);
  pv_json_writer_end_object (writer);
}

char *
pv_survey_to_json (const PvSurvey *survey)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_text (writer, "format", "parvis-portal-survey-1");
  pv_json_writer_text (writer, "portal", survey->portal);
  pv_json_writer_begin_object (writer, "summary");
  pv_json_writer_int (writer, "forms", survey->forms->len);
  pv_json_writer_int (writer, "here", survey->n_here);
  pv_json_writer_int (writer, "to_do", survey->n_to_do);
  pv_json_writer_int (writer, "phone", survey->n_phone);
  pv_json_writer_int (writer, "mendable", survey->n_mendable);
  pv_json_writer_int (writer, "unread", survey->n_unread);
  pv_json_writer_end_object (writer);
  pv_json_writer_begin_array (writer, "forms");
  for (guint i = 0; i < survey->forms->len; i++)
    write_form (writer, survey->forms->pdata[i]);
  pv_json_writer_end_array (writer);
  pv_json_writer_end_object (writer);
  return g_strdup_printf ("%s\n", pv_json_writer_get_text (writer, NULL));
}
