/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/survey.h"

#include <string.h>

#include "core/identity-rule.h"
#include "core/receipt.h"

static void
finding_free (gpointer data)
{
  PvFinding *finding = data;

  g_free (finding->page);
  g_free (finding->field);
  g_free (finding->label);
  g_free (finding->text);
  g_free (finding->at_portal);
  g_free (finding->group);
  g_free (finding->line);
  g_free (finding);
}

static void
document_free (gpointer data)
{
  PvSurveyDocument *document = data;

  g_free (document->label);
  g_free (document);
}

static void
form_free (gpointer data)
{
  PvSurveyForm *form = data;

  g_free (form->slug);
  g_free (form->title);
  g_free (form->url);
  g_free (form->category);
  g_strfreev (form->keywords);
  g_ptr_array_unref (form->documents);
  g_ptr_array_unref (form->findings);
  g_free (form);
}

PvSurvey *
pv_survey_new (const char *portal)
{
  PvSurvey *survey = g_new0 (PvSurvey, 1);

  survey->portal = g_strdup (portal);
  survey->forms = g_ptr_array_new_with_free_func (form_free);
  return survey;
}

void
pv_survey_free (PvSurvey *survey)
{
  if (survey == NULL)
    return;
  g_free (survey->portal);
  g_ptr_array_unref (survey->forms);
  g_free (survey);
}

guint
pv_survey_count (const PvSurveyForm *form, PvFindingWeight weight)
{
  guint n = 0;

  for (guint i = 0; i < form->findings->len; i++)
    n += ((const PvFinding *) form->findings->pdata[i])->weight == weight ? 1 : 0;
  return n;
}

gboolean
pv_survey_has_to_do (const PvSurvey *survey)
{
  /* A form that is beyond the kiosk whatever one writes is in order: it is offered by phone from the start. */
  return survey->n_to_do > 0 || survey->n_mendable > 0 || survey->n_unread > 0;
}

/* Whether lines of the settings would be enough. */
static gboolean
is_mendable (const PvSurveyForm *form)
{
  for (guint i = 0; i < form->findings->len; i++) {
    const PvFinding *finding = form->findings->pdata[i];

    if (finding->weight == PV_WEIGHT_BLOCKS && finding->line == NULL)
      return FALSE;
  }
  return TRUE;
}

/* Judging one form ------------------------------------------------------------------------------------------------- */

typedef struct {
  PvSurveyForm *form;
  const PvSettings *settings;
  const PvProcedureSettings *own; /* (nullable) */
  PvProcedure *procedure;
} Judge;

static PvFinding *
add (Judge *judge, PvFindingKind kind, PvFindingWeight weight, const char *text)
{
  PvFinding *finding = g_new0 (PvFinding, 1);

  finding->kind = kind;
  finding->weight = weight;
  finding->text = g_strdup (text);
  g_ptr_array_add (judge->form->findings, finding);
  return finding;
}

/* Takes @line, of [procedure SLUG]. */
static void
set_line (Judge *judge, PvFinding *finding, char *line)
{
  finding->group = g_strdup_printf ("procedure %s", judge->form->slug);
  finding->line = line;
}

static void
judge_faults (Judge *judge, const GPtrArray *faults)
{
  for (guint i = 0; i < faults->len; i++) {
    const PvPortalFault *fault = faults->pdata[i];
    g_autofree char *place = NULL;
    PvFinding *finding =
      add (judge, fault->source != NULL ? PV_FINDING_SOURCE : PV_FINDING_BEYOND, PV_WEIGHT_BLOCKS,
           fault->source == NULL ? fault->reason : "the settings do not say where its answers come from");

    finding->page = g_strdup (fault->page);
    finding->field = g_strdup (fault->name != NULL ? fault->name : fault->field);
    finding->label = g_strdup (fault->label);
    if (fault->source == NULL || finding->field == NULL)
      continue;
    place = pv_survey_suggest_source (fault->source);
    finding->group = g_strdup ("portal");
    /* By the name of the source, which serves every form; an address has characters that a name has not. */
    if (strpbrk (fault->source, ":/=; ") == NULL && !g_str_equal (fault->source, "json"))
      finding->line = g_strdup_printf ("sources=...;%s=%s;", fault->source, place);
    else
      finding->line = g_strdup_printf ("sources=...;%s/%s=%s;", judge->form->slug, finding->field, place);
  }
}

static gboolean
can_take_documents (const PvSettings *settings)
{
  return g_strcmp0 (pv_settings_get_text (settings, PV_SETTING_DOCUMENTS_SCANNER), "none") != 0
         || pv_settings_get_text (settings, PV_SETTING_DOCUMENTS_DROP_URL) != NULL;
}

static void
note_document (Judge *judge, const PvQuestion *question)
{
  PvSurveyDocument *document = g_new0 (PvSurveyDocument, 1);

  document->label = g_strdup (question->label);
  document->is_required = (question->flags & PV_QUESTION_REQUIRED) != 0;
  document->can_come_later = !document->is_required || (judge->own != NULL && judge->own->takes_documents_later);
  g_ptr_array_add (judge->form->documents, document);
}

static void
judge_documents (Judge *judge)
{
  g_autoptr (GString) labels = g_string_new (NULL);
  PvFinding *finding;

  for (guint i = 0; i < judge->form->documents->len; i++) {
    const PvSurveyDocument *document = judge->form->documents->pdata[i];

    if (!document->can_come_later)
      g_string_append_printf (labels, "%s%s", labels->len > 0 ? "; " : "", document->label);
  }
  if (labels->len == 0 || can_take_documents (judge->settings))
    return;
  finding = add (judge, PV_FINDING_DOCUMENT, PV_WEIGHT_BLOCKS,
                 "must be there, and this kiosk has neither a scanner ([documents] scanner) nor takes documents from a "
                 "phone ([documents] drop-url)");
  finding->label = g_string_free (g_steal_pointer (&labels), FALSE);
  set_line (judge, finding, g_strdup ("documents-later=true"));
}

static void
judge_questions (Judge *judge, const GPtrArray *questions)
{
  PvSurveyForm *form = judge->form;

  for (guint i = 0; questions != NULL && i < questions->len; i++) {
    const PvQuestion *question = questions->pdata[i];
    gboolean is_required = (question->flags & PV_QUESTION_REQUIRED) != 0;

    form->has_reference |= (question->flags & PV_QUESTION_REF) != 0;
    form->needs_email |= is_required && question->kind == PV_QUESTION_EMAIL;
    form->needs_phone |= is_required && question->kind == PV_QUESTION_PHONE;
    if (question->kind == PV_QUESTION_FILE)
      note_document (judge, question);
    judge_questions (judge, question->questions);
  }
}

/* A proof of absence needs it: without it, nothing is sent again after an unclear answer (app/portal/README.md). */
static void
judge_reference (Judge *judge)
{
  PvFinding *finding;

  if (judge->form->has_reference)
    return;
  finding = add (judge, PV_FINDING_REFERENCE, PV_WEIGHT_TO_DO,
                 "no field parvis_ref: after an unclear answer nobody can tell whether a request arrived, and an agent "
                 "has to look");
  finding->at_portal =
    g_strdup ("add a text field of one line, not required, variable name parvis_ref, CSS class hidden, "
              "label Référence de la borne");
}

static void
judge_contact (Judge *judge)
{
  const PvSurveyForm *form = judge->form;

  if (form->may_decline || (!form->needs_email && !form->needs_phone))
    return;
  set_line (judge,
            add (judge, PV_FINDING_CONTACT, PV_WEIGHT_HINT,
                 form->needs_email ? "who has no e-mail address cannot file it here: allow-decline is false"
                                   : "who has no telephone cannot file it here: allow-decline is false"),
            g_strdup ("allow-decline=true"));
}

static const PvLegalFacts *
get_facts (const Judge *judge)
{
  static const PvLegalFacts none = { 0 };

  return judge->own != NULL ? &judge->own->facts : &none;
}

static void
note_receipt (Judge *judge)
{
  const PvOutcome received = { .kind = PV_OUTCOME_RECEIVED };

  judge->form->silence = get_facts (judge)->silence;
  judge->form->can_acknowledge = pv_receipt_kind_for (&received, get_facts (judge)) == PV_RECEIPT_RECEIVED;
}

/* CRPA R112-11-1: without these a receipt says "registered", and no more. */
static void
judge_facts (Judge *judge)
{
  const PvLegalFacts *facts = get_facts (judge);

  if (facts->silence == PV_SILENCE_UNKNOWN)
    set_line (
      judge,
      add (judge, PV_FINDING_SILENCE, PV_WEIGHT_TO_DO,
           "what the town hall's silence means is not told (with accept and refuse: delay-months or delay-days); "
           "the receipt never says more than registered"),
      g_strdup ("silence=accept|refuse|not-a-request"));
  if (facts->service == NULL || facts->phone == NULL || (facts->address == NULL && facts->email == NULL))
    set_line (judge,
              add (judge, PV_FINDING_SERVICE, PV_WEIGHT_TO_DO,
                   "the service in charge is not told whole: its name, its telephone, and its address or e-mail; the "
                   "receipt never says more than registered"),
              g_strdup (facts->service == NULL ? "service=NAME"
                        : facts->phone == NULL ? "phone=NUMBER"
                                               : "email=ADDRESS"));
  if (facts->silence == PV_SILENCE_REFUSE && facts->appeal == NULL)
    set_line (judge,
              add (judge, PV_FINDING_APPEAL, PV_WEIGHT_TO_DO,
                   "silence refuses, and the ways of appeal are not told; the receipt never says more than registered"),
              g_strdup ("appeal=TEXT"));
}

static gboolean
is_life_event (const char *category)
{
  static const char *const events[] = { "papiers",      "famille-ecole", "sports-culture",
                                        "rue-logement", "rendez-vous",   NULL };

  return category != NULL && g_strv_contains (events, category);
}

static void
judge_finding (Judge *judge)
{
  PvSurveyForm *form = judge->form;

  if (!is_life_event (form->category)) {
    g_autofree char *text = g_strdup_printf (
      "under none of the life events of the home screen, only found by searching%s%s",
      form->category != NULL && *form->category != '\0' ? "; [portal] categories can map its category " : "",
      form->category != NULL ? form->category : "");

    set_line (judge, add (judge, PV_FINDING_CATEGORY, PV_WEIGHT_TO_DO, text),
              g_strdup ("category=papiers|famille-ecole|sports-culture|rue-logement|rendez-vous"));
  }
  if (form->keywords == NULL || form->keywords[0] == NULL)
    set_line (judge, add (judge, PV_FINDING_KEYWORDS, PV_WEIGHT_HINT, "no words to be found by, but its title"),
              g_strdup ("keywords=WORD;WORD;"));
}

static void
judge_identity (Judge *judge)
{
  char **rules = judge->own != NULL ? judge->own->identity : NULL;
  g_autofree char *line = NULL;

  for (guint i = 0; rules != NULL && rules[i] != NULL; i++) {
    g_autoptr (PvIdentityRule) rule = pv_identity_rule_parse (rules[i]);

    if (rule == NULL || !pv_identity_rule_apply (rule, judge->procedure)) {
      PvFinding *finding = add (judge, PV_FINDING_IDENTITY, PV_WEIGHT_TO_DO,
                                "a rule of identity= is about a question that the form has not");

      finding->field = g_strdup (rule != NULL ? rule->name : rules[i]);
    }
  }
  line = pv_survey_suggest_identity (judge->procedure);
  if (line != NULL)
    set_line (judge,
              add (judge, PV_FINDING_IDENTITY, PV_WEIGHT_HINT,
                   "an identity card may answer these, if they are about the person who stands at the kiosk"),
              g_steal_pointer (&line));
}

static int
compare_findings_cb (gconstpointer a, gconstpointer b)
{
  const PvFinding *one = *(PvFinding *const *) a, *other = *(PvFinding *const *) b;

  return one->weight != other->weight ? (int) one->weight - (int) other->weight : (int) one->kind - (int) other->kind;
}

static void
count (PvSurvey *survey, const PvSurveyForm *form)
{
  switch (form->place) {
  case PV_SURVEY_HERE:
    survey->n_here++;
    survey->n_to_do += pv_survey_count (form, PV_WEIGHT_TO_DO) > 0 ? 1 : 0;
    break;
  case PV_SURVEY_PHONE:
    survey->n_phone++;
    survey->n_mendable += is_mendable (form) ? 1 : 0;
    break;
  case PV_SURVEY_UNREAD:
    survey->n_unread++;
    break;
  }
}

static PvSurveyForm *
form_new (const PvCatalogueEntry *entry, const PvProcedureSettings *own, const PvProcedure *procedure)
{
  PvSurveyForm *form = g_new0 (PvSurveyForm, 1);
  const char *category = own != NULL && own->category != NULL ? own->category : entry->category;

  form->slug = g_strdup (entry->slug);
  form->title = g_strdup (entry->title);
  form->url = g_strdup (entry->url);
  form->category = g_strdup (category);
  form->keywords = g_strdupv (own != NULL && own->keywords != NULL ? own->keywords
                              : entry->keywords != NULL            ? entry->keywords
                              : procedure != NULL                  ? procedure->keywords
                                                                   : NULL);
  form->may_decline = own == NULL || own->is_declinable;
  form->documents = g_ptr_array_new_with_free_func (document_free);
  form->findings = g_ptr_array_new_with_free_func (finding_free);
  return form;
}

static void
judge_form (Judge *judge, const PvPortalSurvey *read)
{
  judge_faults (judge, read->faults);
  for (guint i = 0; i < judge->procedure->pages->len; i++)
    judge_questions (judge, ((const PvPage *) judge->procedure->pages->pdata[i])->questions);
  judge_documents (judge);
  judge->form->place = pv_survey_count (judge->form, PV_WEIGHT_BLOCKS) > 0 ? PV_SURVEY_PHONE : PV_SURVEY_HERE;
  note_receipt (judge);
  judge_finding (judge);
  /* What is never filed here needs no receipt. */
  if (!is_mendable (judge->form))
    return;
  judge_reference (judge);
  judge_facts (judge);
  judge_identity (judge);
  judge_contact (judge);
}

void
pv_survey_add (PvSurvey *survey, const PvSettings *settings, const PvCatalogueEntry *entry, const PvPortalSurvey *read,
               const char *fault)
{
  const PvProcedureSettings *own = pv_settings_find_procedure (settings, entry->slug);
  PvSurveyForm *form = form_new (entry, own, read != NULL ? read->procedure : NULL);
  Judge judge = { form, settings, own, read != NULL ? read->procedure : NULL };

  if (read != NULL) {
    judge_form (&judge, read);
  } else {
    form->place = PV_SURVEY_UNREAD;
    add (&judge, PV_FINDING_UNREAD, PV_WEIGHT_BLOCKS, fault != NULL ? fault : "not read");
  }
  g_ptr_array_sort (form->findings, compare_findings_cb);
  g_ptr_array_add (survey->forms, form);
  count (survey, form);
}
