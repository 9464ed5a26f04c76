/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "samples.h"

#include "samples-assist.h"
#include "samples-end.h"
#include "samples-finding.h"
#include "samples-official.h"

void
sample_add_help_band (PvScreenState *state, gboolean can_quit)
{
  static const struct {
    PvIntentionKind kind;
    const char *en, *fr, *icon;
  } band[] = {
    { PV_DO_CALL_MEDIATOR, "Call a mediator", "Appeler un médiateur", "person" },
    { PV_DO_LISTEN, "Listen", "Écouter", "speaker" },
    { PV_DO_OPEN_LOOK, "Read better", "Lire mieux", "letter-size" },
    { PV_DO_OPEN_LANGUAGES, "English", "Français", "globe" },
    { PV_DO_LOWER, "Lower", "Plus bas", "arrow-down-to-line" },
    { PV_DO_QUIT, "Quit", "Quitter", "exit" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (band); i++) {
    PvAction *action;
    if (band[i].kind == PV_DO_QUIT && !can_quit)
      continue;
    action = pv_screen_state_add_action (state, PV_ROLE_HELP, band[i].kind, t (band[i].en, band[i].fr));
    action->icon = g_strdup (band[i].icon);
  }
}

void
sample_set (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

void
sample_add_icon_action (PvScreenState *state, PvActionRole role, PvIntentionKind kind, const char *label,
                        const char *icon)
{
  PvAction *action = pv_screen_state_add_action (state, role, kind, label);

  sample_set (&action->icon, icon);
}

static void
add_question_band (PvScreenState *state)
{
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_BACK, t ("Back", "Retour"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, t ("Continue", "Continuer"));
  sample_add_help_band (state, TRUE);
}

static void
set_step (PvScreenState *state, guint step)
{
  g_autofree char *fr = g_strdup_printf ("Étape %u sur 6", step);
  g_autofree char *en = g_strdup_printf ("Step %u of 6", step);

  sample_set (&state->step_text, t (en, fr));
  state->progress = (step - 0.4) / 6.0;
}

PvField *
sample_add_field (PvScreenState *state, PvFieldKind kind, const char *id, const char *label)
{
  PvField *field = pv_screen_state_add_field (state, kind, id, label);

  if (field->spoken_label == NULL)
    field->spoken_label = g_strdup (label != NULL ? label : state->title);
  return field;
}

static PvChoice *
add_choice (PvField *field, const char *id, const char *label, const char *detail, const char *icon)
{
  PvChoice *choice = pv_field_add_choice (field, id, label);

  choice->enabled = TRUE;
  sample_set (&choice->detail, detail);
  sample_set (&choice->icon, icon);
  return choice;
}

static PvField *
add_languages (PvScreenState *state)
{
  static const char *const names[][2] = {
    { "fr", "Français" },   { "fr-easy", "Français facile" },
    { "en", "English" },    { "ar", "العربية" },
    { "uk", "Українська" }, { "pt", "Português" },
    { "tr", "Türkçe" },     { "br", "Brezhoneg" },
  };
  PvField *field = sample_add_field (state, PV_FIELD_TILES, "languages", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    add_choice (field, names[i][0], names[i][1], NULL, NULL)->intention = PV_DO_SET_LANGUAGE;
  return field;
}

static void
fill_welcome (PvScreenState *state)
{
  sample_set (&state->title, t ("Hello.\nYour procedures, step by step.", "Bonjour.\nVos démarches, pas à pas."));
  sample_set (&state->help, t ("Enrolment, certificate, appointment, invoice.\nAlone, or with a mediator.",
                               "Inscription, acte, rendez-vous, facture.\nSeul, ou avec un médiateur."));
  add_languages (state);
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_START, t ("Touch to start", "Touchez pour commencer"));
  sample_add_icon_action (state, PV_ROLE_HELP, PV_DO_OPEN_LOOK, t ("Read better", "Lire mieux"), "letter-size");
  sample_add_icon_action (state, PV_ROLE_HELP, PV_DO_LOWER, t ("Lower", "Plus bas"), "arrow-down-to-line");
}

static void
fill_home (PvScreenState *state)
{
  static const struct {
    const char *id, *en, *fr, *detail_en, *detail_fr, *icon;
  } tiles[] = {
    { "papiers", "My papers", "Mes papiers", "Certificate, identity card", "Acte, carte d’identité", "id-card" },
    { "famille", "Family and school", "Famille et école", "Enrolment, meals", "Inscription, cantine",
      "graduation-cap" },
    { "sports", "Sports and culture", "Sports et culture", "Classes, music school", "Cours, école de musique", "ball" },
    { "rue", "Street and home", "Rue et logement", "Report, move", "Signaler, déménager", "house" },
    { "rendez-vous", "Appointments", "Rendez-vous", "Town hall, mediator", "Mairie, médiateur", "calendar" },
    { "payer", "Pay", "Payer", "See an invoice", "Voir une facture", "receipt" },
    { "suivre", "Follow", "Suivre", "Where is my request", "Où en est ma demande", "clock" },
    { "entrainer", "Practise", "S’entraîner", "Nothing is sent", "Rien n’est envoyé", "book" },
  };
  PvField *field;

  sample_set (&state->title, t ("What would you like to do?", "Que voulez-vous faire ?"));
  sample_add_field (state, PV_FIELD_SEARCH, "search", t ("Search for a procedure", "Chercher une démarche"));
  field = sample_add_field (state, PV_FIELD_TILES, "events", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tiles); i++)
    add_choice (field, tiles[i].id, t (tiles[i].en, tiles[i].fr), t (tiles[i].detail_en, tiles[i].detail_fr),
                tiles[i].icon)
      ->intention = PV_DO_OPEN_CATEGORY;
  sample_add_help_band (state, TRUE);
}

static void
fill_list (PvScreenState *state)
{
  PvField *field;

  sample_set (&state->title, t ("Family and school", "Famille et école"));
  field = sample_add_field (state, PV_FIELD_TILES, "procedures", NULL);
  add_choice (field, "school", t ("Enrol a child at school", "Inscrire un enfant à l’école"),
              t ("About 10 minutes", "10 minutes environ"), NULL)
    ->intention = PV_DO_OPEN_PROCEDURE;
  add_choice (field, "meals", t ("School meals", "Cantine scolaire"), t ("About 5 minutes", "5 minutes environ"), NULL)
    ->intention = PV_DO_OPEN_PROCEDURE;
  add_choice (field, "holidays", t ("Holiday activities", "Centre de loisirs"),
              t ("On your phone only", "Sur votre téléphone seulement"), NULL)
    ->intention = PV_DO_OPEN_PROCEDURE;
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_BACK, t ("Back", "Retour"));
  sample_add_help_band (state, TRUE);
}

static void
fill_search (PvScreenState *state)
{
  PvField *field;

  sample_set (&state->title, t ("Search for a procedure", "Chercher une démarche"));
  field = sample_add_field (state, PV_FIELD_SEARCH, "search", t ("Your words", "Vos mots"));
  sample_set (&field->value, "naissance");
  field->is_focused = TRUE;
  field = sample_add_field (state, PV_FIELD_TILES, "found", NULL);
  add_choice (field, "birth", t ("Birth certificate", "Acte de naissance"), NULL, NULL)->intention =
    PV_DO_OPEN_PROCEDURE;
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_BACK, t ("Back", "Retour"));
  sample_add_help_band (state, TRUE);
}

static void
fill_procedure (PvScreenState *state)
{
  PvField *field;

  sample_set (&state->title, t ("Enrol a child at school", "Inscrire un enfant à l’école"));
  sample_set (&state->help, t ("For a child who enters a school of the town.",
                               "Pour un enfant qui entre dans une école de la ville."));
  field = sample_add_field (state, PV_FIELD_SUMMARY, "facts", NULL);
  pv_field_add_row (field, t ("Time", "Durée"), t ("About 10 minutes", "10 minutes environ"));
  pv_field_add_row (field, t ("Bring", "À apporter"),
                    t ("Family record book, proof of address", "Livret de famille, justificatif de domicile"));
  pv_field_add_row (field, t ("Cost", "Prix"), t ("Free", "Gratuit"));
  field = sample_add_field (state, PV_FIELD_TEXT, "privacy", NULL);
  sample_set (&field->value, t ("The town hall uses your answers for this request only.",
                                "La mairie utilise vos réponses pour cette demande seulement."));
  sample_add_icon_action (state, PV_ROLE_OPTION, PV_DO_CONTINUE_ON_PHONE,
                          t ("Continue on my phone", "Continuer sur mon téléphone"), "phone");
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_BACK, t ("Back", "Retour"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_BEGIN, t ("Start", "Commencer"));
  sample_add_help_band (state, TRUE);
}

static void
fill_input (PvScreenState *state)
{
  PvField *field;

  set_step (state, 2);
  sample_set (&state->title, t ("What is the child’s name?", "Quel est le nom de l’enfant ?"));
  sample_set (&state->help, t ("As in the family record book, the passport or the birth certificate.",
                               "Comme sur le livret de famille, le passeport ou l’acte de naissance."));
  field = sample_add_field (state, PV_FIELD_INPUT, "name", t ("Family name", "Nom de famille"));
  sample_set (&field->value, "Martin");
  field->is_focused = TRUE;
  add_question_band (state);
}

static void
fill_email (PvScreenState *state)
{
  PvField *field;

  set_step (state, 3);
  sample_set (&state->title, t ("What is your e-mail address?", "Quelle est votre adresse e-mail ?"));
  field = sample_add_field (state, PV_FIELD_INPUT, "email", t ("E-mail", "E-mail"));
  field->input = PV_INPUT_EMAIL;
  sample_set (&field->value, "ines.martin@exemple.fr");
  field->is_focused = TRUE;
  pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_DECLINE, t ("I have none", "Je n’en ai pas"));
  add_question_band (state);
}

static void
fill_mixed (PvScreenState *state)
{
  PvField *field;

  set_step (state, 3);
  sample_set (&state->title, t ("Your number plate?", "Votre plaque d’immatriculation ?"));
  field = sample_add_field (state, PV_FIELD_INPUT, "plate", t ("Number plate", "Plaque"));
  field->input = PV_INPUT_MIXED;
  sample_set (&field->value, "AB-123-CD");
  field->is_focused = TRUE;
  add_question_band (state);
}

static void
fill_error (PvScreenState *state)
{
  PvField *field;

  set_step (state, 3);
  sample_set (&state->title, t ("Where do you live?", "Où habitez-vous ?"));
  field = sample_add_field (state, PV_FIELD_INPUT, "postcode", t ("Postcode", "Code postal"));
  field->input = PV_INPUT_DIGITS;
  sample_set (&field->value, "8910");
  sample_set (&field->error, t ("One digit is missing.\nA postcode has 5 digits.",
                                "Il manque un chiffre.\nUn code postal a 5 chiffres."));
  field->is_focused = TRUE;
  add_question_band (state);
}

static void
fill_phone_number (PvScreenState *state)
{
  PvField *field;

  set_step (state, 3);
  sample_set (&state->title, t ("What is your phone number?", "Quel est votre numéro de téléphone ?"));
  field = sample_add_field (state, PV_FIELD_INPUT, "phone", t ("Phone", "Téléphone"));
  field->input = PV_INPUT_PHONE;
  field->is_focused = TRUE;
  pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_DECLINE, t ("I have none", "Je n’en ai pas"));
  add_question_band (state);
}

static void
fill_group (PvScreenState *state)
{
  PvField *field;

  set_step (state, 3);
  sample_set (&state->title, t ("Where do you live?", "Où habitez-vous ?"));
  sample_set (&state->error_summary, t ("Two answers are to be corrected.", "Deux réponses sont à corriger."));
  field = sample_add_field (state, PV_FIELD_INPUT, "street", t ("Number and street", "Numéro et rue"));
  sample_set (&field->error, t ("Give the number and the street.", "Indiquez le numéro et la rue."));
  field->is_focused = TRUE;
  field = sample_add_field (state, PV_FIELD_INPUT, "town", t ("Town", "Commune"));
  sample_set (&field->value, "Montclair");
  sample_set (&field->error, t ("Give the town.", "Indiquez la commune."));
  add_question_band (state);
}

static void
fill_long (PvScreenState *state)
{
  PvField *field;

  set_step (state, 4);
  sample_set (&state->title, t ("What is wrong?", "Que se passe-t-il ?"));
  field = sample_add_field (state, PV_FIELD_LONG_INPUT, "what", t ("Describe it", "Décrivez"));
  sample_set (&field->value, "Le lampadaire devant le 4 rue des Tilleuls ne s’allume plus depuis lundi.");
  field->is_focused = TRUE;
  add_question_band (state);
}

static void
fill_date (PvScreenState *state)
{
  PvField *field;

  set_step (state, 2);
  sample_set (&state->title, t ("When was the child born?", "Quand l’enfant est-il né ?"));
  field = sample_add_field (state, PV_FIELD_DATE, "birth", t ("Date of birth", "Naissance"));
  sample_set (&field->parts[0], "13");
  sample_set (&field->parts[1], "7");
  sample_set (&field->part_labels[0], t ("Day", "Jour"));
  sample_set (&field->part_labels[1], t ("Month", "Mois"));
  sample_set (&field->part_labels[2], t ("Year", "Année"));
  field->input = PV_INPUT_DATE;
  field->is_focused = TRUE;
  pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_UNKNOWN_DAY,
                              t ("I do not know the day", "Je ne connais pas le jour"));
  add_question_band (state);
}

static void
fill_choice (PvScreenState *state)
{
  PvField *field;

  set_step (state, 4);
  sample_set (&state->title, t ("Will your child eat at school?", "Votre enfant mangera-t-il à la cantine ?"));
  sample_set (&state->help, t ("You can change later.", "Vous pourrez changer plus tard."));
  field = sample_add_field (state, PV_FIELD_CHOICE, "meals", NULL);
  add_choice (field, "all", t ("Yes, every day", "Oui, tous les jours"), t ("4 meals a week", "4 repas par semaine"),
              NULL)
    ->selected = TRUE;
  add_choice (field, "some", t ("Yes, some days", "Oui, certains jours"),
              t ("You will choose the days next", "Vous choisirez les jours ensuite"), NULL);
  add_choice (field, "none", t ("No", "Non"), NULL, NULL);
  add_question_band (state);
}

static void
fill_yes_no (PvScreenState *state)
{
  PvField *field;

  set_step (state, 4);
  sample_set (&state->title, t ("Does your child have an allergy?", "Votre enfant a-t-il une allergie ?"));
  field = sample_add_field (state, PV_FIELD_CHOICE, "allergy", NULL);
  sample_set (&field->error, t ("Choose yes or no.", "Choisissez oui ou non."));
  add_choice (field, "yes", t ("Yes", "Oui"), NULL, NULL);
  add_choice (field, "no", t ("No", "Non"), NULL, NULL);
  add_question_band (state);
}

static void
fill_choices (PvScreenState *state)
{
  static const char *const days[][3] = { { "mon", "Monday", "Lundi" },
                                         { "tue", "Tuesday", "Mardi" },
                                         { "thu", "Thursday", "Jeudi" },
                                         { "fri", "Friday", "Vendredi" } };
  PvField *field;

  set_step (state, 4);
  sample_set (&state->title,
              t ("Which days will your child eat at school?", "Quels jours votre enfant mange-t-il à la cantine ?"));
  field = sample_add_field (state, PV_FIELD_CHOICES, "days", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    add_choice (field, days[i][0], t (days[i][1], days[i][2]), NULL, NULL)->selected = i % 2 == 0;
  add_question_band (state);
}

static void
fill_appointment (PvScreenState *state)
{
  static const char *const days[][3] = { { "2026-12-01", "Tuesday\n1 Dec", "Mardi\n1 déc." },
                                         { "2026-12-03", "Thursday\n3 Dec", "Jeudi\n3 déc." },
                                         { "2026-12-04", "Friday\n4 Dec", "Vendredi\n4 déc." } };
  static const char *const times[][2] = { { "9:00", "9 h 00" },   { "9:20", "9 h 20" },   { "10:40", "10 h 40" },
                                          { "11:00", "11 h 00" }, { "14:20", "14 h 20" }, { "15:40", "15 h 40" } };
  PvField *field = sample_add_field (state, PV_FIELD_DAYS, "days", NULL);

  sample_set (&field->spoken_label, t ("Days", "Jours"));
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    add_choice (field, days[i][0], t (days[i][1], days[i][2]), NULL, NULL)->selected = i == 1;
  field = sample_add_field (state, PV_FIELD_TIMES, "slot",
                            t ("Thursday 3 December, town hall", "Jeudi 3 décembre, Hôtel de ville"));
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    add_choice (field, times[i][1], t (times[i][0], times[i][1]), NULL, NULL)->selected = i == 2;
  set_step (state, 5);
  sample_set (&state->title, t ("Which day suits you?", "Quel jour vous convient ?"));
  sample_set (&state->help,
              t ("Each person must come, children too.", "Chaque personne doit venir, même les enfants."));
  pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_NEXT_PAGE, t ("Other days", "Autres jours"));
  add_question_band (state);
}

static void
fill_file (PvScreenState *state)
{
  PvField *field;

  set_step (state, 5);
  sample_set (&state->title, t ("Your proof of address", "Votre justificatif de domicile"));
  sample_set (&state->help, t ("An invoice of less than three months.", "Une facture de moins de trois mois."));
  field = sample_add_field (state, PV_FIELD_FILE, "proof", t ("Proof of address", "Justificatif de domicile"));
  sample_set (&field->value, t ("No document yet", "Pas encore de document"));
  sample_add_icon_action (state, PV_ROLE_OPTION, PV_DO_LATER, t ("I will bring it later", "Je l’apporterai plus tard"),
                          "clock");
  add_question_band (state);
}

static void
fill_rows (PvScreenState *state)
{
  PvField *field;

  set_step (state, 3);
  sample_set (&state->title, t ("Which children live with you?", "Quels enfants vivent avec vous ?"));
  field = sample_add_field (state, PV_FIELD_SUMMARY, "children", NULL);
  for (guint i = 1; i <= 2; i++) {
    PvSummaryRow *row = pv_field_add_row (field, t ("Child", "Enfant"), i == 1 ? "Maëlys Martin" : "Noé Martin");
    row->edit_target = g_strdup_printf ("children/%u", i);
    sample_set (&row->edit_spoken, t ("Change: child", "Modifier : enfant"));
  }
  sample_add_icon_action (state, PV_ROLE_OPTION, PV_DO_ADD_ROW, t ("Add a child", "Ajouter un enfant"), "plus");
  add_question_band (state);
}

static void
fill_check (PvScreenState *state)
{
  static const char *const rows[][3] = {
    { "Child", "Enfant", "Maëlys Martin" },         { "Born on", "Née le", "13 juillet 2020" },
    { "Address", "Adresse", "4 rue des Tilleuls" }, { "School", "École", "Jean-Moulin" },
    { "Meals", "Cantine", "Tous les jours" },       { "E-mail", "E-mail", "ines.martin-deschamps@exemple.fr" },
  };
  PvField *field;

  set_step (state, 6);
  sample_set (&state->title, t ("Check, then send", "Vérifiez, puis envoyez"));
  pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle", NULL)->strong =
    g_strdup (t ("Not sent yet", "Pas encore envoyée"));
  field = sample_add_field (state, PV_FIELD_SUMMARY, "answers", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PvSummaryRow *row = pv_field_add_row (field, t (rows[i][0], rows[i][1]), rows[i][2]);
    row->edit_target = g_strdup_printf ("question-%u", i);
    row->edit_spoken = g_strdup_printf ("%s: %s", t ("Change", "Modifier"), t (rows[i][0], rows[i][1]));
    if (i < 2)
      sample_set (&row->mark, t ("Read from the card", "Lu sur la carte"));
  }
  field = sample_add_field (state, PV_FIELD_STATEMENT, "exact",
                            t ("I certify that everything is exact.", "Je certifie que tout est exact."));
  sample_set (&field->value, "yes");
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_BACK, t ("Back", "Retour"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_SEND, t ("Send my request", "Envoyer ma demande"));
  sample_add_help_band (state, TRUE);
}

static void
add_card_actions (PvScreenState *state)
{
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_BACK, t ("Back", "Retour"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_WITHOUT_CARD, t ("Without a card", "Sans carte"));
  sample_add_help_band (state, TRUE);
}

static void
fill_card (PvScreenState *state)
{
  PvField *field;

  sample_set (&state->title, t ("Lay your card, then type 6 digits", "Posez votre carte, puis tapez 6 chiffres"));
  sample_set (&state->help, t ("We read your name and your date of birth. Nothing is kept.",
                               "Nous lisons votre nom et votre date de naissance. Rien n’est gardé."));
  state->enter = PV_DO_NEXT;
  sample_add_field (
    state, PV_FIELD_CARD, "card",
    t ("These 6 digits are at the bottom right.", "Ces 6 chiffres sont en bas à droite de votre carte."));
  field = sample_add_field (state, PV_FIELD_CODE, "card-code", NULL);
  sample_set (&field->value, "481");
  field->input = PV_INPUT_DIGITS;
  field->max_chars = 6;
  field->is_focused = TRUE;
  add_card_actions (state);
}

static void
fill_reading (PvScreenState *state)
{
  PvField *field;

  sample_set (&state->title, t ("Do not move the card", "Ne bougez pas la carte"));
  field =
    sample_add_field (state, PV_FIELD_PROGRESS, "reading", t ("Your card is being read…", "Votre carte est lue…"));
  field->has_percent = TRUE;
  field->percent = 60;
  add_card_actions (state);
}

static void
fill_confirm (PvScreenState *state)
{
  static const char *const rows[][3] = {
    { "Name", "Nom", "MARTIN-DESCHAMPS" },
    { "Name used", "Nom d’usage", "LEFÈVRE" },
    { "First names", "Prénoms", "Inès Zoé Anaïs" },
    { "Born on", "Naissance", "13 juillet 1990" },
    { "Born in", "Lieu", "Saint-Rémy-lès-Chevreuse" },
  };
  PvField *field;

  set_step (state, 1);
  sample_set (&state->title, t ("Is this you?", "Est-ce bien vous ?"));
  pv_screen_state_add_notice (state, PV_TONE_SUCCESS, "check-circle",
                              t ("Your card is genuine.", "Votre carte est authentique."));
  field = sample_add_field (state, PV_FIELD_SUMMARY, "identity", NULL);
  sample_set (&field->portrait, t ("The photo of your document", "La photo de votre document"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    pv_field_add_row (field, t (rows[i][0], rows[i][1]), rows[i][2]);
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_BACK, t ("Back", "Retour"));
  pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_WITHOUT_CARD,
                              t ("No, without a card", "Non, sans carte"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_CONFIRM_IDENTITY, t ("Yes, continue", "Oui, continuer"));
  sample_add_help_band (state, TRUE);
}

static void
fill_languages (PvScreenState *state)
{
  sample_set (&state->title, t ("Choose your language", "Choisissez votre langue"));
  state->is_overlay = TRUE;
  add_languages (state);
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_CLOSE, t ("Back", "Retour"));
  sample_add_help_band (state, TRUE);
}

static void
fill_look (PvScreenState *state)
{
  PvField *field;

  sample_set (&state->title, t ("Read better", "Lire mieux"));
  state->is_overlay = TRUE;
  field = sample_add_field (state, PV_FIELD_TILES, "text-size", t ("Size of the letters", "Taille des lettres"));
  add_choice (field, "100", t ("Usual", "Normal"), NULL, "letter-100")->selected = TRUE;
  add_choice (field, "125", t ("Large", "Grand"), NULL, "letter-125");
  add_choice (field, "150", t ("Larger", "Plus grand"), NULL, "letter-150");
  add_choice (field, "200", t ("Very large", "Très grand"), NULL, "letter-200");
  field = sample_add_field (state, PV_FIELD_TILES, "theme", t ("Colours", "Couleurs"));
  add_choice (field, "light", t ("Usual", "Normales"), NULL, "colours-light");
  add_choice (field, "dark", t ("White on black", "Blanc sur noir"), NULL, "colours-dark")->selected = TRUE;
  add_choice (field, "contrast", t ("Black on white", "Noir sur blanc"), NULL, "colours-contrast");
  field = sample_add_field (state, PV_FIELD_TILES, "hand", t ("Your hand", "Votre main"));
  add_choice (field, "right", t ("Right hand", "Main droite"), NULL, "hand-right")->selected = TRUE;
  add_choice (field, "left", t ("Left hand", "Main gauche"), NULL, "hand-left");
  add_choice (field, "slow", t ("I tremble", "Je tremble"), NULL, "hand-slow");
  for (guint i = 0; i < state->fields->len; i++) {
    static const PvIntentionKind kinds[] = { PV_DO_SET_TEXT_SIZE, PV_DO_SET_THEME, PV_DO_SET_HAND };
    PvField *tiles = g_ptr_array_index (state->fields, i);
    for (guint j = 0; j < tiles->choices->len; j++)
      ((PvChoice *) g_ptr_array_index (tiles->choices, j))->intention = kinds[i];
  }
  pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_RESET_LOOK, t ("As before", "Comme avant"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_CLOSE, t ("Done", "C’est fait"));
  sample_add_help_band (state, TRUE);
}

const Sample samples[] = {
  { "welcome", fill_welcome, PV_SCREEN_WELCOME },
  { "home", fill_home, PV_SCREEN_HOME },
  { "input", fill_input, PV_SCREEN_QUESTION },
  { "check", fill_check, PV_SCREEN_CHECK },
  { "list", fill_list, PV_SCREEN_LIST },
  { "search", fill_search, PV_SCREEN_LIST },
  { "procedure", fill_procedure, PV_SCREEN_PROCEDURE },
  { "offers", fill_offers, PV_SCREEN_QUESTION },
  { "place", fill_place, PV_SCREEN_QUESTION },
  { "email", fill_email, PV_SCREEN_QUESTION },
  { "mixed", fill_mixed, PV_SCREEN_QUESTION },
  { "error", fill_error, PV_SCREEN_QUESTION },
  { "phone-number", fill_phone_number, PV_SCREEN_QUESTION },
  { "group", fill_group, PV_SCREEN_QUESTION },
  { "long", fill_long, PV_SCREEN_QUESTION },
  { "date", fill_date, PV_SCREEN_QUESTION },
  { "choice", fill_choice, PV_SCREEN_QUESTION },
  { "yes-no", fill_yes_no, PV_SCREEN_QUESTION },
  { "choices", fill_choices, PV_SCREEN_QUESTION },
  { "appointment", fill_appointment, PV_SCREEN_QUESTION },
  { "appointment-none", fill_appointment_none, PV_SCREEN_QUESTION },
  { "appointment-taken", fill_appointment_taken, PV_SCREEN_QUESTION },
  { "file", fill_file, PV_SCREEN_QUESTION },
  { "rows", fill_rows, PV_SCREEN_QUESTION },
  { "card", fill_card, PV_SCREEN_IDENTITY },
  { "reading", fill_reading, PV_SCREEN_IDENTITY },
  { "confirm", fill_confirm, PV_SCREEN_IDENTITY },
  { "sending", fill_sending, PV_SCREEN_SENDING },
  { "received", fill_received, PV_SCREEN_DONE },
  { "registered", fill_registered, PV_SCREEN_DONE },
  { "phone", fill_phone, PV_SCREEN_PHONE },
  { "paper", fill_paper, PV_SCREEN_PAPER },
  { "papers", fill_papers, PV_SCREEN_PAPERS },
  { "still-there", fill_still_there, PV_SCREEN_STILL_THERE },
  { "need-time", fill_need_time, PV_SCREEN_NEED_TIME },
  { "quit", fill_quit, PV_SCREEN_QUIT },
  { "languages", fill_languages, PV_SCREEN_LANGUAGES },
  { "look", fill_look, PV_SCREEN_LOOK },
  { "mediator", fill_mediator, PV_SCREEN_MEDIATOR },
  { "goodbye", fill_goodbye, PV_SCREEN_GOODBYE },
  { "out-of-order", fill_out_of_order, PV_SCREEN_OUT_OF_ORDER },
  { "maintenance", fill_maintenance, PV_SCREEN_OUT_OF_ORDER },
  { "closed", fill_closed, PV_SCREEN_OUT_OF_ORDER },
  { "closing", fill_closing, PV_SCREEN_STILL_THERE },
  { "official-choice", fill_official_choice, PV_SCREEN_QUESTION },
  { "official-group", fill_official_group, PV_SCREEN_QUESTION },
  { "official-check", fill_official_check, PV_SCREEN_CHECK },
  { "official-procedure", fill_official_procedure, PV_SCREEN_PROCEDURE },
  { "official-list", fill_official_list, PV_SCREEN_LIST },
  { "assist-input", fill_assist_input, PV_SCREEN_QUESTION },
  { "assist-date", fill_assist_date, PV_SCREEN_QUESTION },
  { "assist-long", fill_assist_long, PV_SCREEN_QUESTION },
  { "assist-choice", fill_assist_choice, PV_SCREEN_QUESTION },
  { "assist-choices", fill_assist_choices, PV_SCREEN_QUESTION },
  { "pointed-field", fill_pointed_field, PV_SCREEN_QUESTION },
  { "pointed-choice", fill_pointed_choice, PV_SCREEN_QUESTION },
  { "pointed-next", fill_pointed_next, PV_SCREEN_QUESTION },
  { "pointed-help", fill_pointed_help, PV_SCREEN_QUESTION },
  { "pointed-option", fill_pointed_option, PV_SCREEN_QUESTION },
  { "pointed-done", fill_pointed_done, PV_SCREEN_DONE },
  { "private-typing", fill_private_typing, PV_SCREEN_QUESTION },
  { "private-hidden", fill_private_hidden, PV_SCREEN_QUESTION },
  { "private-lifted", fill_private_lifted, PV_SCREEN_QUESTION },
  { "private-check", fill_private_check, PV_SCREEN_CHECK },
  { "lent", fill_lent, PV_SCREEN_QUESTION },
  { "lost", fill_lost, PV_SCREEN_QUESTION },
  { "unanswered", fill_unanswered, PV_SCREEN_HOME },
  { "call", fill_call, PV_SCREEN_CALL },
  { "no-answer", fill_no_answer, PV_SCREEN_CALL },
  { "consent", fill_consent, PV_SCREEN_CONSENT },
  { "reply", fill_reply, PV_SCREEN_REPLY },
  { "helped", fill_helped, PV_SCREEN_HELPED },
};
const guint n_samples = G_N_ELEMENTS (samples);

void
sample_fill (PvScreenState *state, const char *name)
{
  for (guint i = 0; i < n_samples; i++)
    if (g_str_equal (samples[i].name, name))
      samples[i].fill (state);
}

PvScreenState *
sample_new (guint index, Tongue which)
{
  g_autofree char *key = g_strdup_printf ("sample-%s-%s", samples[index].name, tongue_name (which));
  PvScreenState *state = pv_screen_state_new (samples[index].id, key);

  tongue_set (which);
  state->progress = -1;
  sample_set (&state->commune, "Ville de Montclair");
  sample_set (&state->place, "Espace numérique");
  samples[index].fill (state);
  for (guint i = 0; i < state->actions->len; i++)
    ((PvAction *) g_ptr_array_index (state->actions, i))->is_enabled = TRUE;
  pv_screen_state_sort_actions (state);
  return state;
}
