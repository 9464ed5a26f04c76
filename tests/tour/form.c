/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "form.h"

#include "eye.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_BYTES = 8192, MAX_FIELDS = 500, FUTURE_DAYS = 30 };

/* What is answered where the kind of field does not say it. "*": in any form. */
static const struct {
  const char *slug, *variable, *answer, *stored;
} answers[] = {
  { "acte-naissance", "acte", "Acte de naissance", NULL },
  { "acte-naissance", "lien", "C’est moi", NULL },
  { "acte-naissance", "forme", "Extrait sans filiation", NULL },
  { "acte-naissance", "remise", "Par courrier", NULL },
  { "acte-naissance", "identite", TOUR_SCAN, NULL },
  { "inscription-scolaire", "livret", TOUR_SCAN, NULL },
  { "signalement-rue", "position", "12 rue des", NULL },
  { "cantine-periscolaire", "naissance", "14/03/2018", NULL },
  { "cantine-periscolaire", "prelevement", "Oui", NULL },
  { "cantine-periscolaire", "services", "La cantine", NULL },
  { "cantine-periscolaire", "tarif", "Avec mon numéro d’allocataire CAF", NULL },
  { "cantine-periscolaire", "rythme", "Toutes les semaines", NULL },
  { "ecole-musique", "naissance", "14/03/2015", NULL },
  { "ecole-musique", "instrument2", "Piano", NULL },
  { "activite-sportive", "naissance", "14/03/2015", NULL },
  { "inscription-scolaire", "naissance", "14/03/2020", NULL },
  { "inscription-scolaire", "naissance_lieu", "Ailleurs en France", NULL },
  { "inscription-scolaire", "derogation", "Oui", NULL },
  { "recensement-citoyen", "naissance", "14/03/2010", NULL },
  { "occupation-rue", "nature", "Un déménagement", NULL },
  { "occupation-rue", "qui", "Pour une entreprise", NULL },
  { "*", "adresse", "12 rue des Écoles", NULL },
  { "*", "commune", "Montclair", NULL },
  { "*", "nom", "Lefèvre", NULL },
  { "*", "prenom", "Lina", NULL },
  { "*", "prenoms", "Lina Rose", NULL },
  { "*", "adresse_complement", "", NULL },
};

static const struct {
  const char *validation, *answer;
} by_validation[] = {
  { "zipcode-fr", "89999" },
  { "phone", "0639980012" },
  { "phone-fr", "0639980012" },
  { "siret-fr", "73282932000074" },
  { "caf-beneficiary-number-fr", "1234567" },
  { "iban", "FR7630006000011234567890189" },
  { "ants-predemand-fr", "AB12CD34EF" },
  { "regex", "AB-123-CD" },
};

static void
ask_free (gpointer data)
{
  TourAsk *ask = data;

  g_free (ask->variable);
  g_free (ask->label);
  g_free (ask->answer);
  g_free (ask->stored);
  g_free (ask);
}

static char *
read_text (const PvJson *object, const char *key)
{
  char *text = NULL;

  if (!pv_json_read_text (object, key, TEXT_BYTES, &text, NULL))
    return g_strdup ("");
  return tour_with_plain_spaces (text);
}

static const char *
find_answer (const char *slug, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_str_equal (answers[i].slug, slug) && g_str_equal (answers[i].variable, name))
      return answers[i].answer;
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_str_equal (answers[i].slug, "*") && g_str_equal (answers[i].variable, name))
      return answers[i].answer;
  return NULL;
}

static const char *
find_by_validation (const PvJson *field)
{
  g_autoptr (PvJson) validation = pv_json_get_member (field, "validation");
  g_autofree char *type = validation != NULL && pv_json_get_type (validation) == PV_JSON_OBJECT
                            ? read_text (validation, "type")
                            : g_strdup ("");

  for (guint i = 0; i < G_N_ELEMENTS (by_validation); i++)
    if (g_str_equal (by_validation[i].validation, type))
      return by_validation[i].answer;
  return NULL;
}

/* A day long ago, or one that is far enough ahead. */
static char *
make_date (const PvJson *field)
{
  gboolean is_ahead = FALSE;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, FUTURE_DAYS);

  pv_json_find_bool (field, "minimum_is_future", &is_ahead, NULL);
  return is_ahead ? g_date_time_format (then, "%d/%m/%Y") : g_strdup ("14/03/1990");
}

static char *
as_stored_date (const char *typed)
{
  g_auto (GStrv) parts = g_strsplit (typed, "/", 3);

  return g_strdup_printf ("%s-%s-%s", parts[2], parts[1], parts[0]);
}

static TourAskKind
kind_of (const PvJson *field, const char *type, gboolean is_required, gboolean is_in_block)
{
  g_autoptr (PvJson) source = pv_json_get_member (field, "data_source");
  g_autofree char *source_type =
    source != NULL && pv_json_get_type (source) == PV_JSON_OBJECT ? read_text (source, "type") : g_strdup ("");

  if (g_str_equal (type, "date"))
    return TOUR_ASK_DATE;
  if (g_str_equal (type, "item"))
    return g_str_has_prefix (source_type, "chrono") ? TOUR_ASK_SLOT : TOUR_ASK_CHOICE;
  if (g_str_equal (type, "items"))
    return TOUR_ASK_CHOICES;
  if (g_str_equal (type, "bool"))
    return is_required && !is_in_block ? TOUR_ASK_STATEMENT : TOUR_ASK_YES_NO;
  if (g_str_equal (type, "file"))
    return TOUR_ASK_FILE;
  if (g_str_equal (type, "map"))
    return TOUR_ASK_PLACE;
  if (g_str_equal (type, "block"))
    return TOUR_ASK_BLOCK;
  return TOUR_ASK_TEXT;
}

static char *
choose_answer (const TourForm *form, const PvJson *field, const TourAsk *ask, const char *type, const char *name)
{
  const char *known = find_answer (form->slug, name), *valid = find_by_validation (field);

  if (known != NULL)
    return *known != '\0' ? g_strdup (known) : NULL;
  if (ask->kind == TOUR_ASK_DATE)
    return make_date (field);
  if (ask->kind == TOUR_ASK_YES_NO)
    return g_strdup ("Non");
  if (ask->kind == TOUR_ASK_STATEMENT)
    return g_strdup ("Oui");
  if (ask->kind != TOUR_ASK_TEXT)
    return NULL;
  if (valid != NULL)
    return g_strdup (valid);
  if (g_str_equal (type, "email"))
    return g_strdup ("lina@example.fr");
  if (g_str_equal (type, "numeric"))
    return g_strdup ("2");
  return g_strdup (strstr (name, "nom") != NULL ? "Lefèvre" : strstr (name, "tel") != NULL ? "0639980012" : "Auxerre");
}

static gboolean
has_value (const PvJson *field)
{
  g_autoptr (PvJson) prefill = pv_json_get_member (field, "prefill");
  g_autofree char *value = prefill != NULL ? read_text (prefill, "value") : NULL;

  return value != NULL && *value != '\0';
}

static void
add_field (TourForm *form, const PvJson *field, const char *block)
{
  static const char *const shown[] = { "page", "title", "subtitle", "comment", "computed" };
  g_autofree char *type = read_text (field, "type"), *name = read_text (field, "varname"),
                  *required = read_text (field, "required");
  TourAsk *ask;

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    if (g_str_equal (type, shown[i]))
      return;
  if (g_str_equal (name, "parvis_ref"))
    return;
  ask = g_new0 (TourAsk, 1);
  ask->label = read_text (field, "label");
  ask->is_required = g_str_equal (required, "required");
  ask->kind = kind_of (field, type, ask->is_required, block != NULL);
  ask->variable = block != NULL ? g_strdup_printf ("%s/0/%s", block, name) : g_strdup (name);
  ask->answer = choose_answer (form, field, ask, type, name);
  ask->is_contact = g_str_equal (type, "email") || g_strcmp0 (ask->answer, "0639980012") == 0;
  ask->is_filled = has_value (field);
  if (ask->kind == TOUR_ASK_DATE)
    ask->stored = as_stored_date (ask->answer);
  g_ptr_array_add (form->asks, ask);
  if (ask->kind == TOUR_ASK_BLOCK) {
    g_autoptr (PvJson) schema = pv_json_get_member (field, "schema");
    g_autoptr (PvJson) inner = schema != NULL ? pv_json_get_member (schema, "fields") : NULL;

    for (gsize i = 0; inner != NULL && i < pv_json_get_length (inner); i++) {
      g_autoptr (PvJson) item = pv_json_get_item (inner, i);

      add_field (form, item, name);
    }
  }
}

TourForm *
tour_form_new (const char *folder, const char *slug)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.json", folder, slug);
  g_autofree char *text = NULL;
  g_autoptr (PvJson) json = NULL, fields = NULL;
  TourForm *form = g_new0 (TourForm, 1);
  gsize size;

  if (g_file_get_contents (path, &text, &size, NULL))
    json = pv_json_parse (text, size, NULL);
  if (json == NULL || !pv_json_find_array (json, "fields", MAX_FIELDS, &fields, NULL) || fields == NULL) {
    g_printerr ("The form %s cannot be read.\n", path);
    exit (EXIT_FAILURE);
  }
  form->slug = g_strdup (slug);
  form->title = read_text (json, "name");
  form->asks = g_ptr_array_new_with_free_func (ask_free);
  for (gsize i = 0; i < pv_json_get_length (fields); i++) {
    g_autoptr (PvJson) field = pv_json_get_item (fields, i);

    add_field (form, field, NULL);
  }
  return form;
}

void
tour_form_free (TourForm *form)
{
  if (form == NULL)
    return;
  g_free (form->slug);
  g_free (form->title);
  g_ptr_array_unref (form->asks);
  g_free (form);
}

static gboolean
is_called (const TourAsk *ask, const char *title, const char *label)
{
  return (label != NULL && g_str_equal (ask->label, label)) || (title != NULL && g_str_equal (ask->label, title));
}

TourAsk *
tour_form_find (const TourForm *form, guint from, const char *title, const char *label, guint *ret_index)
{
  for (guint i = 0; i < 2 * form->asks->len; i++) {
    guint index = (from + i) % MAX (form->asks->len, 1);
    TourAsk *ask = form->asks->pdata[index];

    if (i >= form->asks->len)
      break;
    if (is_called (ask, NULL, label) || (label == NULL && is_called (ask, title, NULL))) {
      *ret_index = index;
      return ask;
    }
  }
  return label != NULL && title != NULL ? tour_form_find (form, from, title, NULL, ret_index) : NULL;
}
