/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "samples-assist.h"

#include "samples.h"

static PvField *
field_of (PvScreenState *state, guint index)
{
  return g_ptr_array_index (state->fields, index);
}

/* While Claire helps, the way to call her is the way to stop her help. */
static void
add_assisted (PvScreenState *state)
{
  pv_screen_state_set_banner (
    state, PV_TONE_SUCCESS, t ("Claire, Town of Montclair", "Claire, Ville de Montclair"),
    t ("helps you. May see this screen and propose.", "vous aide. Peut voir cet écran et proposer."));
  for (guint i = 0; i < state->actions->len; i++) {
    PvAction *action = g_ptr_array_index (state->actions, i);
    if (action->intention != PV_DO_CALL_MEDIATOR)
      continue;
    action->intention = PV_DO_STOP_HELP;
    sample_set (&action->label, t ("Stop the help", "Arrêter l’aide"));
    sample_set (&action->icon, "hand");
  }
}

static void
fill_helped_sample (PvScreenState *state, const char *name)
{
  sample_fill (state, name);
  add_assisted (state);
}

static void
propose (PvField *field, const char *value, const char *keep_en, const char *keep_fr)
{
  sample_set (&field->proposal, t ("Claire proposes:", "Claire propose :"));
  sample_set (&field->proposal_value, value);
  sample_set (&field->accept_label, t ("Accept", "Accepter"));
  sample_set (&field->keep_label, t (keep_en, keep_fr));
}

void
fill_assist_input (PvScreenState *state)
{
  fill_helped_sample (state, "input");
  sample_set (&state->help, NULL);
  propose (field_of (state, 0), "« Martin-Dubois »", "Keep “Martin”", "Garder « Martin »");
}

void
fill_assist_date (PvScreenState *state)
{
  fill_helped_sample (state, "date");
  propose (field_of (state, 0), t ("13 July 2020", "13 juillet 2020"), "Keep my answer", "Garder ma réponse");
}

void
fill_assist_long (PvScreenState *state)
{
  fill_helped_sample (state, "long");
  propose (field_of (state, 0),
           t ("“The street lamp at 4 rue des Tilleuls has been out since Monday. The street is dark.”",
              "« Le lampadaire du 4 rue des Tilleuls est éteint depuis lundi. La rue est dans le noir. »"),
           "Keep my answer", "Garder ma réponse");
}

void
fill_assist_choice (PvScreenState *state)
{
  fill_helped_sample (state, "choice");
  propose (field_of (state, 0), t ("“Yes, some days”", "« Oui, certains jours »"), "Keep my answer",
           "Garder ma réponse");
}

void
fill_assist_choices (PvScreenState *state)
{
  fill_helped_sample (state, "choices");
  propose (field_of (state, 0), t ("Monday, Tuesday, Thursday", "lundi, mardi, jeudi"), "Keep mine",
           "Garder la mienne");
}

static void
point_at (PvScreenState *state, PvIntentionKind kind)
{
  ((PvAction *) pv_screen_state_find_action (state, kind))->is_pointed = TRUE;
}

void
fill_pointed_field (PvScreenState *state)
{
  fill_helped_sample (state, "group");
  field_of (state, 1)->is_pointed = TRUE;
}

void
fill_pointed_choice (PvScreenState *state)
{
  fill_helped_sample (state, "choice");
  field_of (state, 0)->is_pointed = TRUE;
}

void
fill_pointed_next (PvScreenState *state)
{
  fill_helped_sample (state, "input");
  point_at (state, PV_DO_NEXT);
}

void
fill_pointed_help (PvScreenState *state)
{
  fill_helped_sample (state, "input");
  point_at (state, PV_DO_OPEN_LOOK);
}

void
fill_pointed_option (PvScreenState *state)
{
  fill_helped_sample (state, "email");
  point_at (state, PV_DO_DECLINE);
}

void
fill_pointed_done (PvScreenState *state)
{
  fill_helped_sample (state, "received");
  point_at (state, PV_DO_SHOW_QR);
}

void
fill_private_typing (PvScreenState *state)
{
  PvField *field;

  fill_helped_sample (state, "email");
  field = field_of (state, 0);
  sample_set (&field->privacy, t ("Claire does not see what you write.", "Claire ne voit pas ce texte."));
  sample_set (&field->lift_label, t ("Show this field", "Montrer ce champ"));
  field->assist = PV_ASSIST_TYPING;
}

void
fill_private_hidden (PvScreenState *state)
{
  fill_helped_sample (state, "card");
  sample_set (&field_of (state, 1)->privacy, t ("Claire never sees this.", "Claire ne voit jamais ceci."));
}

void
fill_private_lifted (PvScreenState *state)
{
  fill_helped_sample (state, "input");
  sample_set (&field_of (state, 0)->privacy, t ("Claire sees this field.", "Claire voit ce champ."));
  field_of (state, 0)->assist = PV_ASSIST_TYPING;
}

void
fill_private_check (PvScreenState *state)
{
  fill_helped_sample (state, "check");
  sample_set (&field_of (state, 0)->privacy,
              t ("Claire does not see what you wrote.", "Claire ne voit pas ce que vous avez écrit."));
}

void
fill_lent (PvScreenState *state)
{
  PvAction *action;

  fill_helped_sample (state, "input");
  sample_set (&state->help, NULL);
  state->banner->tone = PV_TONE_WARNING;
  sample_set (&state->banner->icon, "hand");
  sample_set (&state->banner->may, t ("has the hand for 60 more seconds. Touch the screen to take it back.",
                                      "a la main pour 60 secondes encore. Touchez l’écran pour la reprendre."));
  action = pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_RENEW_HAND,
                                       t ("Lend it for another minute", "La prêter une minute de plus"));
  sample_set (&action->icon, "hand");
}

void
fill_lost (PvScreenState *state)
{
  fill_helped_sample (state, "choice");
  state->banner->tone = PV_TONE_WARNING;
  sample_set (&state->banner->may,
              t ("has lost the link. You can go on.", "a perdu la liaison. Vous pouvez continuer."));
}

void
fill_unanswered (PvScreenState *state)
{
  sample_fill (state, "home");
  pv_screen_state_set_banner (state, PV_TONE_WARNING, t ("Nobody", "Personne"),
                              t ("has answered. Touch “Call a mediator”: there are other ways.",
                                 "n’a répondu. Touchez « Appeler un médiateur » : il y a d’autres moyens."));
}

void
fill_mediator (PvScreenState *state)
{
  PvField *field;

  sample_set (&state->title, t ("Somebody can help you", "Quelqu’un peut vous aider"));
  sample_set (&state->help,
              t ("At the desk, Monday to Friday, 9 to 12.", "À l’accueil, du lundi au vendredi, de 9 h à 12 h."));
  field = pv_screen_state_add_field (state, PV_FIELD_REFERENCE, "phone", t ("By phone", "Par téléphone"));
  sample_set (&field->value, "03 86 00 00 00");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_CLOSE, t ("Continue", "Continuer"));
  sample_add_help_band (state, TRUE);
}

void
fill_call (PvScreenState *state)
{
  PvField *field;

  state->is_overlay = TRUE;
  sample_set (&state->title, t ("Say this code to the mediator", "Dites ce code au médiateur"));
  sample_set (&state->help, t ("By telephone: 03 86 00 00 00.\nSay it to nobody else.",
                               "Par téléphone : 03 86 00 00 00.\nNe le dites à personne d’autre."));
  field = pv_screen_state_add_field (state, PV_FIELD_REFERENCE, "call-code", t ("Your code", "Votre code"));
  sample_set (&field->value, "482\302\240913");
  pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_STOP_CALLING, t ("Stop calling", "Ne plus appeler"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_CLOSE, t ("Go on meanwhile", "Continuer en attendant"));
  sample_add_help_band (state, TRUE);
}

void
fill_no_answer (PvScreenState *state)
{
  PvField *field;

  sample_set (&state->title, t ("Nobody answers at the moment", "Personne ne répond pour le moment"));
  field = pv_screen_state_add_field (state, PV_FIELD_REFERENCE, "phone", t ("By phone", "Par téléphone"));
  sample_set (&field->value, "03 86 00 00 00");
  pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_CALL_AFAR, t ("Call again", "Rappeler"));
  pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_KEEP, t ("Keep it for later", "Garder pour plus tard"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_CLOSE, t ("Continue alone", "Continuer seul"));
  sample_add_help_band (state, TRUE);
}

void
fill_consent (PvScreenState *state)
{
  PvAction *action;

  state->is_overlay = TRUE;
  sample_set (&state->title, t ("May Claire propose answers?", "Claire peut-elle proposer des réponses ?"));
  sample_set (&state->help,
              t ("Claire, Town of Montclair\nIdentity verified.", "Claire, Ville de Montclair\nIdentité vérifiée."));
  pv_screen_state_add_notice (state, PV_TONE_INFO, "person",
                              t ("Claire will write beside your answer. You accept, or keep yours.",
                                 "Claire écrira à côté de votre réponse. Vous acceptez, ou gardez la vôtre."));
  sample_set (&pv_screen_state_add_notice (
                 state, PV_TONE_INFO, "lock",
                 t ("Claire will still not see what you write.", "Claire ne verra toujours pas ce que vous écrivez."))
                 ->strong,
              t ("Only you can send.", "Vous seul pouvez envoyer."));
  pv_screen_state_add_field (state, PV_FIELD_TEXT, "silence",
                             t ("Without an answer, it is no.", "Sans réponse, c’est non."));
  action = pv_screen_state_add_action (state, PV_ROLE_CARD, PV_DO_GRANT, t ("Yes", "Oui"));
  sample_set (&action->icon, "check");
  action = pv_screen_state_add_action (state, PV_ROLE_CARD, PV_DO_REFUSE, t ("No", "Non"));
  sample_set (&action->icon, "close");
  sample_add_help_band (state, TRUE);
  add_assisted (state);
}

void
fill_reply (PvScreenState *state)
{
  static const char *const replies[][3] = { { "yes", "Yes", "Oui" },
                                            { "no", "No", "Non" },
                                            { "not-understood", "I do not understand", "Je ne comprends pas" },
                                            { "repeat", "Repeat", "Répétez" },
                                            { "wait", "Wait", "Attendez" } };
  PvField *field;

  state->is_overlay = TRUE;
  sample_set (&state->title, t ("Reply to Claire", "Répondre à Claire"));
  pv_screen_state_add_notice (state, PV_TONE_INFO, "person",
                              t ("The name is the one on the birth certificate. Do you have it here?",
                                 "Le nom est celui de l’acte de naissance. L’avez-vous ici ?"));
  field = pv_screen_state_add_field (state, PV_FIELD_TILES, "reply", NULL);
  sample_set (&field->spoken_label, state->title);
  for (guint i = 0; i < G_N_ELEMENTS (replies); i++) {
    PvChoice *choice = pv_field_add_choice (field, replies[i][0], t (replies[i][1], replies[i][2]));
    choice->enabled = TRUE;
    choice->intention = PV_DO_QUICK;
  }
  pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_STEP_DOWN,
                              t ("Claire may no longer propose", "Claire ne peut plus proposer"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_CLOSE, t ("Close", "Fermer"));
  sample_add_help_band (state, TRUE);
  add_assisted (state);
}

void
fill_helped (PvScreenState *state)
{
  static const char *const lines[][2] = {
    { "Claire showed you: Family name.", "Claire vous a montré : Nom de famille." },
    { "She proposed: Family name. You accepted.", "Elle a proposé : Nom de famille. Vous avez accepté." },
    { "She took the hand: Address.", "Elle a pris la main : Adresse." },
  };
  PvField *field;

  sample_set (&state->title, t ("The help is over", "L’aide est terminée"));
  sample_set (&state->help, t ("Claire, Town of Montclair, from 10:12 to 10:24.",
                               "Claire, Ville de Montclair, de 10 h 12 à 10 h 24."));
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *id = g_strdup_printf ("line-%u", i);
    field = pv_screen_state_add_field (state, PV_FIELD_TEXT, id, NULL);
    sample_set (&field->value, t (lines[i][0], lines[i][1]));
  }
  pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_PRINT_SHEET, t ("Print this", "Imprimer"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_CLOSE, t ("Continue", "Continuer"));
  sample_add_help_band (state, TRUE);
}

void
fill_appointment_taken (PvScreenState *state)
{
  sample_fill (state, "appointment");
  sample_set (&state->help, NULL);
  pv_screen_state_add_notice (state, PV_TONE_WARNING, "clock",
                              t ("This time was just taken. Choose another one: your other answers are kept.",
                                 "Cet horaire vient d’être pris. Choisissez-en un autre : vos réponses sont gardées."));
}

void
fill_appointment_none (PvScreenState *state)
{
  sample_fill (state, "appointment");
  g_ptr_array_set_size (state->fields, 0);
  g_ptr_array_remove_index (state->actions, 0); /* "Other days" */
  pv_screen_state_add_notice (state, PV_TONE_WARNING, "calendar",
                              t ("No time is free at the moment. Come back another day, or ask a mediator for help.",
                                 "Aucun horaire n’est libre. Revenez un autre jour, ou demandez à un médiateur."));
}
