/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "samples-official.h"

#include "samples.h"

/* As the journey does: nothing stands beside French. */
static char *
official (const char *fr)
{
  return g_str_equal (t ("x", ""), "") ? NULL : g_strdup (fr);
}

static void
set_title (PvScreenState *state, const char *en, const char *fr)
{
  sample_set (&state->title, t (en, fr));
  state->official_title = official (fr);
}

static void
set_help (PvScreenState *state, const char *en, const char *fr)
{
  sample_set (&state->help, t (en, fr));
  state->official_help = official (fr);
}

void
fill_official_choice (PvScreenState *state)
{
  static const char *const choices[][3] = { { "all", "Yes, every day", "Oui, tous les jours" },
                                            { "some", "Yes, on some days", "Oui, certains jours" },
                                            { "no", "No", "Non" } };
  PvField *field;

  sample_fill (state, "choice");
  set_title (state, "Will your child eat at the canteen?", "Votre enfant mangera-t-il à la cantine ?");
  set_help (state, "You can change this later.", "Vous pourrez changer d’avis.");
  field = g_ptr_array_index (state->fields, 0);
  g_ptr_array_set_size (field->choices, 0);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++) {
    PvChoice *choice = pv_field_add_choice (field, choices[i][0], t (choices[i][1], choices[i][2]));

    choice->official = official (choices[i][2]);
    choice->selected = i == 0;
  }
}

void
fill_official_group (PvScreenState *state)
{
  static const char *const fields[][4] = { { "street", "House number and street", "Numéro et rue", "" },
                                           { "postcode", "Postcode", "Code postal", "" },
                                           { "town", "Town", "Commune", "" } };

  sample_fill (state, "group");
  set_title (state, "Where do you live?", "Où habitez-vous ?");
  g_ptr_array_set_size (state->fields, 0);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    PvField *field = sample_add_field (state, PV_FIELD_INPUT, fields[i][0], t (fields[i][1], fields[i][2]));

    field->official_label = official (fields[i][2]);
    if (i == 0) {
      sample_set (&field->help, t ("For example: 4 rue des Tilleuls.", "Par exemple 4 rue des Tilleuls."));
      field->official_help = official ("Par exemple 4 rue des Tilleuls.");
    }
  }
}

void
fill_official_check (PvScreenState *state)
{
  static const char *const labels[] = { "Enfant", "Quand votre enfant est-il né ?", "Où habitez-vous ?" };
  PvField *field;

  sample_fill (state, "check");
  field = g_ptr_array_index (state->fields, 0);
  g_ptr_array_set_size (field->rows, G_N_ELEMENTS (labels)); /* as many as the journey puts on a page */
  for (guint i = 0; i < field->rows->len; i++)
    ((PvSummaryRow *) field->rows->pdata[i])->official_label = official (labels[i]);
  field = g_ptr_array_index (state->fields, state->fields->len - 1);
  sample_set (&field->label, t ("I declare on my honour that this information is correct.",
                                "Je déclare sur l’honneur que ces informations sont exactes."));
  field->official_label = official ("Je déclare sur l’honneur que ces informations sont exactes.");
}

void
fill_official_procedure (PvScreenState *state)
{
  PvField *field;
  PvSummaryRow *bring, *price;

  sample_fill (state, "procedure");
  set_title (state, "Enrol a child at school", "Inscrire un enfant à l’école");
  set_help (state, "For a child who enters a school of the town.",
            "Pour un enfant qui entre dans une école de la ville.");
  field = g_ptr_array_index (state->fields, 0);
  bring = field->rows->pdata[1];
  price = field->rows->pdata[2];
  bring->is_open = price->is_open = TRUE;
  bring->official_value = official ("Livret de famille, justificatif de domicile");
  price->official_value = official ("Gratuit");
}

void
fill_official_list (PvScreenState *state)
{
  static const char *const entries[][3] = {
    { "ecole", "School enrolment", "Inscription scolaire" },
    { "cantine", "School canteen, childcare and leisure centre", "Cantine, accueil et centre de loisirs" },
    { "facture", "Question about an invoice", "Question sur une facture" },
  };
  PvField *tiles;

  sample_fill (state, "list");
  tiles = g_ptr_array_index (state->fields, 0);
  g_ptr_array_set_size (tiles->choices, 0);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++) {
    PvChoice *choice = pv_field_add_choice (tiles, entries[i][0], t (entries[i][1], entries[i][2]));

    choice->official = official (entries[i][2]);
    choice->intention = PV_DO_OPEN_PROCEDURE;
  }
}
