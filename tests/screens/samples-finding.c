/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "samples-finding.h"

#include "samples.h"

/* The sample of one input, with other words. Returns: its field. */
static PvField *
fill_input_with (PvScreenState *state, const char *title, const char *help, const char *label, const char *value)
{
  PvField *field;

  sample_fill (state, "input");
  field = g_ptr_array_index (state->fields, 0);
  sample_set (&state->title, title);
  sample_set (&state->help, help);
  sample_set (&field->label, label);
  sample_set (&field->spoken_label, label != NULL ? label : title);
  sample_set (&field->value, value);
  return field;
}

static void
offer (PvField *field, const char *id, const char *label, const char *detail)
{
  sample_set (&pv_field_add_choice (field, id, label)->detail, detail);
}

/* Beside the rest of an address. */
void
fill_offers (PvScreenState *state)
{
  PvField *field = fill_input_with (state, t ("Where do you live?", "Où habitez-vous ?"), NULL,
                                    t ("Number and street", "Numéro et rue"), "12 r des ec");

  offer (field, "a", "12 rue des Écoles", NULL);
  offer (field, "b", "12 bis rue des Écoles", NULL);
  offer (field, "c", "12 rue de l’Écluse", NULL);
  pv_screen_state_add_field (state, PV_FIELD_INPUT, "more", t ("Building, floor", "Bâtiment, étage"));
  pv_screen_state_add_field (state, PV_FIELD_INPUT, "postcode", t ("Postcode", "Code postal"))->input = PV_INPUT_DIGITS;
  pv_screen_state_add_field (state, PV_FIELD_INPUT, "town", t ("Town", "Ville"));
}

void
fill_place (PvScreenState *state)
{
  PvField *field = fill_input_with (
    state, t ("Where is it?", "Où est-ce ?"),
    t ("Write an address, or two streets that meet.", "Écrivez une adresse, ou deux rues qui se croisent."), NULL,
    "ecoles");

  offer (field, "a", "Rue des Écoles", "89999 Montclair");
  offer (field, "b", "Rue des Écoles, angle rue du Port", "89999 Montclair");
  offer (field, "c", "Rue de l’Abbé Grégoire, angle rue des Écoles", "89998 Saint-Clair");
}
