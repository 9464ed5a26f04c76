/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file of settings to be filled in: one group for each form, with what is not told yet. Every line of it is a comment,
 * so that it can be put in place before anybody has decided anything. */

#include <string.h>

#include "ctl/survey.h"

typedef struct {
  const char *key, *comment; /* (nullable) comment */
  const char *example;
} Row;

/* The address of a form, as a group of the settings may have it. */
static gboolean
is_group_slug (const char *slug)
{
  return *slug != '\0' && strspn (slug, "abcdefghijklmnopqrstuvwxyz0123456789-_") == strlen (slug);
}

static void
add_row (GString *out, const Row *row, gboolean is_told)
{
  if (is_told)
    return;
  if (row->comment != NULL)
    g_string_append_printf (out, "# %s\n", row->comment);
  g_string_append_printf (out, "#%s=%s\n", row->key, row->example);
}

static const char *
find_identity_line (const PvSurveyForm *form)
{
  for (guint i = 0; i < form->findings->len; i++) {
    const PvFinding *finding = form->findings->pdata[i];

    if (finding->kind == PV_FINDING_IDENTITY && finding->line != NULL)
      return finding->line;
  }
  return NULL;
}

static void
add_facts (GString *out, const PvLegalFacts *facts)
{
  add_row (out,
           &(Row){ "silence", "What silence means in the end (CRPA R112-11-1): accept, refuse or not-a-request.",
                   "not-a-request" },
           facts->silence != PV_SILENCE_UNKNOWN);
  add_row (out, &(Row){ "delay-months", "When it decides: accept and refuse need months or days.", "2" },
           facts->delay_months > 0 || facts->delay_days > 0 || facts->silence == PV_SILENCE_NOT_A_REQUEST);
  add_row (out, &(Row){ "appeal", "Where silence refuses: how to contest it.", "Deux mois pour saisir le tribunal" },
           facts->appeal != NULL || facts->silence == PV_SILENCE_NOT_A_REQUEST || facts->silence == PV_SILENCE_ACCEPT);
  add_row (out, &(Row){ "service", "The service in charge; its telephone, and its address or e-mail.", "Service" },
           facts->service != NULL);
  add_row (out, &(Row){ "phone", NULL, "01 99 00 00 00" }, facts->phone != NULL);
  add_row (out, &(Row){ "address", NULL, "1 place de la Mairie" }, facts->address != NULL);
  add_row (out, &(Row){ "email", NULL, "service@commune.example" }, facts->email != NULL);
}

static void
add_form (GString *out, const PvSurveyForm *form, const PvProcedureSettings *own)
{
  static const PvProcedureSettings none = { .is_declinable = TRUE };
  g_autofree char *title = pv_survey_clean (form->title);
  const char *identity = find_identity_line (form);

  if (own == NULL)
    own = &none;
  g_string_append_printf (out, "\n# %s (%s)\n", title, pv_survey_place_word (form));
  if (!is_group_slug (form->slug)) {
    g_string_append (out, "# Its address cannot be the name of a group: small letters, digits, - and _ only.\n");
    return;
  }
  g_string_append_printf (out, "[procedure %s]\n", form->slug);
  add_row (out, &(Row){ "category", "papiers, famille-ecole, sports-culture, rue-logement or rendez-vous.", "papiers" },
           own->category != NULL);
  add_row (out, &(Row){ "bring", NULL, "Votre pièce d’identité" }, own->bring != NULL);
  add_row (out, &(Row){ "cost", NULL, "Gratuit" }, own->cost != NULL);
  add_row (out, &(Row){ "duration-minutes", NULL, "5" }, own->duration_minutes > 0);
  add_row (out, &(Row){ "keywords", NULL, "mot;autre mot;" }, own->keywords != NULL);
  if (identity != NULL && own->identity == NULL) {
    g_autofree char *line = pv_survey_clean (identity);

    g_string_append_printf (out, "# If these are about the person who stands at the kiosk:\n#%s\n", line);
  }
  add_facts (out, &own->facts);
  if (form->needs_email || form->needs_phone)
    add_row (out, &(Row){ "allow-decline", "Whether \"I have none\" is offered.", "true" }, FALSE);
  if (form->documents->len > 0)
    add_row (out, &(Row){ "documents-later", "Whether a required document may be brought later.", "true" },
             own->takes_documents_later);
}

/* One line for all of them: of a key that stands there twice the last counts. */
static void
add_sources (GString *out, const PvSurvey *survey)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) items = g_string_new (NULL);

  for (guint i = 0; i < survey->forms->len; i++) {
    const PvSurveyForm *form = survey->forms->pdata[i];

    for (guint k = 0; k < form->findings->len; k++) {
      const PvFinding *finding = form->findings->pdata[k];

      if (finding->kind == PV_FINDING_SOURCE && finding->line != NULL && g_hash_table_add (seen, finding->line))
        g_string_append (items, finding->line + strlen ("sources=...;"));
    }
  }
  if (items->len > 0)
    g_string_append_printf (
      out,
      "\n# Where options come from that the portal only names; \"...\" keeps what other files say.\n"
      "# Guessed: compare with the portal's agendas and cards.\n[portal]\n#sources=...;%s\n",
      items->str);
}

char *
pv_survey_to_template (const PvSurvey *survey, const PvSettings *settings)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out,
                          "# What the forms of %s still need, by \"parvisctl portal survey --template\".\n"
                          "#\n# Everything is commented out: change what is behind the \"=\", and take the \"#\" away. "
                          "What another file\n# tells already is not here.\n",
                          survey->portal);
  add_sources (out, survey);
  for (guint i = 0; i < survey->forms->len; i++) {
    const PvSurveyForm *form = survey->forms->pdata[i];

    add_form (out, form, pv_settings_find_procedure (settings, form->slug));
  }
  return g_string_free (out, FALSE);
}
