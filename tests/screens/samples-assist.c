/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "samples-assist.h"

#include "samples.h"

static void
put (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

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
    put (&action->label, t ("Stop the help", "Arrêter l’aide"));
    put (&action->icon, "hand");
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
  put (&field->proposal, t ("Claire proposes:", "Claire propose :"));
  put (&field->proposal_value, value);
  put (&field->accept_label, t ("Accept", "Accepter"));
  put (&field->keep_label, t (keep_en, keep_fr));
}

void
fill_assist_input (PvScreenState *state)
{
  fill_helped_sample (state, "input");
  put (&state->help, NULL);
  propose (field_of (state, 0), "« Martin-Dubois »", "Keep “Martin”", "Garder « Martin »");
}

void
fill_assist_date (PvScreenState *state)
{
  fill_helped_sample (state, "date");
  propose (field_of (state, 0), t ("13 July 2020", "13 juillet 2020"), "Keep mine", "Garder la mienne");
}

void
fill_assist_long (PvScreenState *state)
{
  fill_helped_sample (state, "long");
  propose (field_of (state, 0),
           t ("“The street lamp at 4 rue des Tilleuls has been out since Monday. The street is dark.”",
              "« Le lampadaire du 4 rue des Tilleuls est éteint depuis lundi. La rue est dans le noir. »"),
           "Keep mine", "Garder la mienne");
}

void
fill_assist_choice (PvScreenState *state)
{
  fill_helped_sample (state, "choice");
  propose (field_of (state, 0), t ("“Yes, some days”", "« Oui, certains jours »"), "Keep mine", "Garder la mienne");
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
  fill_helped_sample (state, "email");
  put (&field_of (state, 0)->privacy, t ("The mediator does not see this.", "Le médiateur ne voit pas ceci."));
  put (&field_of (state, 0)->lift_label, t ("Show", "Montrer"));
}

void
fill_private_hidden (PvScreenState *state)
{
  fill_helped_sample (state, "card");
  put (&field_of (state, 1)->privacy, t ("The mediator never sees this.", "Le médiateur ne voit jamais ceci."));
}

void
fill_private_check (PvScreenState *state)
{
  fill_helped_sample (state, "check");
  put (&field_of (state, 0)->privacy,
       t ("The mediator does not see your answers.", "Le médiateur ne voit pas vos réponses."));
}

void
fill_lent (PvScreenState *state)
{
  PvAction *action;

  fill_helped_sample (state, "input");
  put (&state->help, NULL);
  state->banner->tone = PV_TONE_WARNING;
  put (&state->banner->icon, "hand");
  put (&state->banner->may, t ("types for you for 60 seconds. Touch the screen to stop.",
                               "tape à votre place pendant 60 secondes. Touchez l’écran pour l’arrêter."));
  action =
    pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_RENEW_HAND, t ("One more minute", "Encore une minute"));
  put (&action->icon, "clock");
}

void
fill_lost (PvScreenState *state)
{
  fill_helped_sample (state, "choice");
  state->banner->tone = PV_TONE_WARNING;
  put (&state->banner->icon, "warning-triangle");
  put (&state->banner->who, t ("The link with Claire is lost.", "La liaison avec Claire est coupée."));
  put (&state->banner->may,
       t ("It comes back by itself. You can go on.", "Elle revient toute seule. Vous pouvez continuer."));
}

void
fill_call (PvScreenState *state)
{
  PvField *field;

  put (&state->title, t ("We are calling a mediator", "Nous appelons un médiateur"));
  put (&state->help, t ("An answer in about 2 minutes. Tell these digits to nobody else.",
                        "Réponse en 2 minutes environ. Ne dites ces chiffres à personne d’autre."));
  field = pv_screen_state_add_field (state, PV_FIELD_REFERENCE, "code",
                                     t ("Tell the mediator this code", "Dites ce code au médiateur"));
  put (&field->value, "482 913");
  put (&field->help, t ("By phone: 03 86 00 00 00", "Par téléphone : 03 86 00 00 00"));
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_CLOSE, t ("Back", "Retour"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_STOP_CALLING, t ("Stop calling", "Ne plus appeler"));
  sample_add_help_band (state);
}

void
fill_no_answer (PvScreenState *state)
{
  PvField *field;

  put (&state->title, t ("Nobody answers at the moment", "Personne ne répond pour le moment"));
  field = pv_screen_state_add_field (state, PV_FIELD_REFERENCE, "phone", t ("By phone", "Par téléphone"));
  put (&field->value, "03 86 00 00 00");
  pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_CALL_AFAR, t ("Call again", "Rappeler"));
  pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_KEEP, t ("Keep it for later", "Garder pour plus tard"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_CLOSE, t ("Continue alone", "Continuer seul"));
  sample_add_help_band (state);
}

void
fill_consent (PvScreenState *state)
{
  state->is_overlay = TRUE;
  put (&state->title, t ("May Claire take the hand?", "Claire peut-elle prendre la main ?"));
  put (&state->help, t ("She types for you for one minute. Touch the screen and she stops.",
                        "Elle tape à votre place une minute. Touchez l’écran et elle s’arrête."));
  pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_REFUSE, t ("No", "Non"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_GRANT, t ("Yes, for one minute", "Oui, une minute"));
  sample_add_help_band (state);
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
  put (&state->title, t ("Answer Claire", "Répondre à Claire"));
  field = pv_screen_state_add_field (state, PV_FIELD_TILES, "reply", NULL);
  put (&field->spoken_label, state->title);
  for (guint i = 0; i < G_N_ELEMENTS (replies); i++) {
    PvChoice *choice = pv_field_add_choice (field, replies[i][0], t (replies[i][1], replies[i][2]));
    choice->enabled = TRUE;
    choice->intention = PV_DO_QUICK;
  }
  pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_STEP_DOWN,
                              t ("Claire may see, and no longer propose", "Claire peut voir, et ne plus proposer"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_CLOSE, t ("Back to my request", "Revenir à ma demande"));
  sample_add_help_band (state);
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

  put (&state->title, t ("The help is over", "L’aide est terminée"));
  put (&state->help,
       t ("Claire, Town of Montclair, from 10:12 to 10:24.", "Claire, Ville de Montclair, de 10 h 12 à 10 h 24."));
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *id = g_strdup_printf ("line-%u", i);
    field = pv_screen_state_add_field (state, PV_FIELD_TEXT, id, NULL);
    put (&field->value, t (lines[i][0], lines[i][1]));
  }
  pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_PRINT_SHEET, t ("Print this", "Imprimer"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_CLOSE, t ("Continue", "Continuer"));
  sample_add_help_band (state);
}
