/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "samples-end.h"

#include "samples.h"

void
fill_sending (PvScreenState *state)
{
  PvField *field;

  sample_set (&state->title, t ("We are sending your request", "Nous envoyons votre demande"));
  field = sample_add_field (state, PV_FIELD_PROGRESS, "progress", NULL);
  sample_set (&field->value, t ("Your request is kept here. We are waiting for the town hall’s answer.",
                                "Votre demande est gardée ici. Nous attendons la réponse de la mairie."));
  sample_add_help_band (state, FALSE);
}

static void
add_done_actions (PvScreenState *state)
{
  sample_add_icon_action (state, PV_ROLE_CARD, PV_DO_PRINT, t ("Print", "Imprimer"), "printer");
  ((PvAction *) g_ptr_array_index (state->actions, state->actions->len - 1))->is_emphasised = TRUE;
  sample_add_icon_action (state, PV_ROLE_CARD, PV_DO_SHOW_QR, t ("Phone", "Téléphone"), "phone");
  pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_ANOTHER, t ("Other procedure", "Autre démarche"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_FINISH, t ("I have finished", "J’ai fini"));
  sample_add_help_band (state, FALSE);
}

void
fill_received (PvScreenState *state)
{
  PvField *field;
  PvNotice *notice;

  sample_set (&state->title, t ("Your request is received by the town hall", "Votre demande est reçue par la mairie"));
  sample_set (&state->help,
              t ("Keep this number: it follows your request.", "Gardez ce numéro : il sert à suivre votre demande."));
  notice =
    pv_screen_state_add_notice (state, PV_TONE_SUCCESS, "check-circle",
                                t ("Received on 23 November 2026 at 14:32.\nWithout an answer on 23 January 2027:",
                                   "Reçue le 23 novembre 2026 à 14 h 32.\nSans réponse le 23 janvier 2027 :"));
  sample_set (&notice->strong, t ("your request is accepted.", "elle est acceptée."));
  field = sample_add_field (state, PV_FIELD_REFERENCE, "number", t ("Number of the request", "Numéro de demande"));
  sample_set (&field->value, "18-2047");
  sample_set (&field->help, t ("Tracking code: BCDF GHJK", "Code de suivi : BCDF GHJK"));
  add_done_actions (state);
}

void
fill_registered (PvScreenState *state)
{
  PvField *field;
  PvNotice *notice;

  sample_set (&state->title, t ("Request registered, not yet sent on", "Demande enregistrée, pas encore transmise"));
  sample_set (&state->help, t ("With this reference the town hall finds your request.",
                               "Avec cette référence, la mairie retrouve votre demande."));
  notice = pv_screen_state_add_notice (
    state, PV_TONE_WARNING, "clock",
    t ("Registered here on 23 November 2026 at 14:32.\nThe town hall receives it when the network is back.",
       "Enregistrée ici le 23 novembre 2026 à 14 h 32.\nLa mairie la recevra dès que le réseau revient."));
  sample_set (&notice->strong, t ("You have nothing to do again.", "Vous n’avez rien à refaire."));
  field =
    sample_add_field (state, PV_FIELD_REFERENCE, "reference", t ("Reference of the kiosk", "Référence de la borne"));
  sample_set (&field->value, "BCDFG-HJKLM");
  add_done_actions (state);
}

void
fill_phone (PvScreenState *state)
{
  PvField *field;

  sample_set (&state->title, t ("Follow on your phone", "Suivre sur votre téléphone"));
  sample_set (&state->help, t ("Point the phone’s camera at this square.", "Visez ce carré avec l’appareil photo."));
  field = sample_add_field (state, PV_FIELD_QR, "qr", t ("Your request at the town hall", "Votre demande à la mairie"));
  sample_set (&field->value, "https://demarches.montclair.example/code/BCDFGHJK/");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_CLOSE, t ("Done", "C’est fait"));
  sample_add_help_band (state, FALSE);
}

void
fill_paper (PvScreenState *state)
{
  sample_set (&state->title, t ("Would you like a paper?", "Voulez-vous un papier ?"));
  sample_set (&state->help, t ("It bears the number of your request.", "Il porte le numéro de votre demande."));
  state->is_overlay = TRUE;
  sample_add_icon_action (state, PV_ROLE_OPTION, PV_DO_PRINT, t ("Yes, print", "Oui, imprimer"), "printer");
  pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_NO_PAPER, t ("No, thank you", "Non merci"));
  sample_add_help_band (state, FALSE);
}

static void
offer_paper (PvScreenState *state, const char *paper, const char *label, const char *icon)
{
  PvAction *action = pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_PRINT_PAPER, label);

  action->value = g_strdup (paper);
  action->icon = g_strdup (icon);
}

/* With everything that it can offer. */
void
fill_papers (PvScreenState *state)
{
  PvField *large = pv_screen_state_add_field (state, PV_FIELD_CHOICES, "large-print", NULL);
  PvChoice *choice = pv_field_add_choice (large, "large-print", t ("In large letters", "En gros caractères"));

  sample_set (&state->title, t ("What would you like on paper?", "Que voulez-vous sur papier ?"));
  state->is_overlay = TRUE;
  choice->intention = PV_DO_TOGGLE;
  choice->selected = TRUE;
  pv_screen_state_add_notice (state, PV_TONE_WARNING, "info",
                              t ("The paper with your answers is for you alone. Take it with you.",
                                 "Le papier avec vos réponses n’est que pour vous. Emportez-le."));
  offer_paper (state, PV_PAPER_RECEIPT, t ("Print my receipt", "Imprimer mon reçu"), "receipt");
  offer_paper (state, PV_PAPER_APPOINTMENT, t ("Print my appointment", "Imprimer mon rendez-vous"), "calendar");
  offer_paper (state, PV_PAPER_ANSWERS, t ("Print my answers", "Imprimer mes réponses"), "pencil");
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_CLOSE, t ("Close", "Fermer"));
}

void
fill_still_there (PvScreenState *state)
{
  sample_set (&state->title, t ("Are you still there?", "Êtes-vous toujours là ?"));
  sample_set (&state->help, t ("Without an answer, everything is erased in 60 seconds.",
                               "Sans réponse, tout s’efface dans 60 secondes."));
  state->is_overlay = TRUE;
  pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_MORE_TIME, t ("I need time", "J’ai besoin de temps"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_STILL_HERE, t ("I am here", "Je suis là"));
  sample_add_help_band (state, FALSE);
}

void
fill_need_time (PvScreenState *state)
{
  sample_set (&state->title, t ("Take your time", "Prenez votre temps"));
  sample_set (&state->help,
              t ("Your answers are hidden for 5 minutes.", "Vos réponses sont cachées pendant 5 minutes."));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_STILL_HERE,
                              t ("Continue my request", "Reprendre ma demande"));
  sample_add_help_band (state, FALSE);
}

void
fill_quit (PvScreenState *state)
{
  sample_set (&state->title, t ("Your request is not sent.", "Votre demande n’est pas envoyée."));
  sample_set (&state->help, t ("What would you like to do?", "Que voulez-vous faire ?"));
  state->is_overlay = TRUE;
  sample_add_icon_action (state, PV_ROLE_OPTION, PV_DO_KEEP, t ("Keep it for later", "Garder pour plus tard"), "clock");
  sample_add_icon_action (state, PV_ROLE_DANGER, PV_DO_ERASE,
                          t ("Erase everything and leave", "Tout effacer et quitter"), "close");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_STAY, t ("Stay", "Rester"));
  sample_add_help_band (state, FALSE);
}

void
fill_goodbye (PvScreenState *state)
{
  PvNotice *notice;

  sample_set (&state->title, t ("Goodbye", "Au revoir"));
  sample_set (&state->help, t ("Everything is erased from this screen.", "Tout est effacé de cet écran."));
  notice = pv_screen_state_add_notice (state, PV_TONE_INFO, "hand", NULL);
  sample_set (&notice->strong, t ("Take your papers and your card.", "Reprenez vos papiers et votre carte."));
}

void
fill_out_of_order (PvScreenState *state)
{
  PvField *field;

  sample_set (&state->title, t ("This kiosk does not work today", "Cette borne ne marche pas aujourd’hui"));
  sample_set (&state->help, t ("We are sorry.", "Nous en sommes désolés."));
  field = sample_add_field (state, PV_FIELD_TEXT, "where", t ("Where to go", "Où aller"));
  sample_set (&field->value, t ("Town hall desk, 1 place de l’Église\nMonday to Friday, 9 to 12",
                                "Accueil de la mairie, 1 place de l’Église\nDu lundi au vendredi, de 9 h à 12 h"));
  field = sample_add_field (state, PV_FIELD_REFERENCE, "phone", t ("By phone", "Par téléphone"));
  sample_set (&field->value, "03 86 00 00 00");
}

/* In each other language of the kiosk, each with its own script. */
static void
say_to_others (PvScreenState *state, const char *lines)
{
  g_auto (GStrv) each = g_strsplit (lines, "\n", -1);

  for (guint i = 0; each[i] != NULL; i++) {
    g_autofree char *id = g_strdup_printf ("others-%u", i);

    sample_set (&sample_add_field (state, PV_FIELD_TEXT, id, NULL)->value, each[i]);
  }
}

/* With everything that it can have: another day, a phone, seven other languages. */
void
fill_maintenance (PvScreenState *state)
{
  PvField *field;

  sample_set (&state->title, t ("This kiosk is being serviced", "Cette borne est en maintenance"));
  field = sample_add_field (state, PV_FIELD_TEXT, "when", NULL);
  sample_set (&field->value,
              t ("Come back on Wednesday 25 November at 14:30.", "Revenez le mercredi 25 novembre à 14 h 30."));
  field = sample_add_field (state, PV_FIELD_SUMMARY, "contacts", NULL);
  pv_field_add_row (field, t ("Phone", "Téléphone"), "03 86 00 00 00");
  pv_field_open_rows (field);
  say_to_others (state, "This kiosk is being serviced. Come back on Wednesday 25 November at 14:30.\n"
                        "هذا الجهاز قيد الصيانة. عودوا يوم الأربعاء 25 نوفمبر في الساعة 14:30.\n"
                        "Emeur o kempenn ar bonn-mañ. Distroit : dʼar Mercʼher 25 a viz Du, da 14:30.\n"
                        "Este quiosque está em manutenção. Volte em quarta-feira, 25 de novembro às 14:30.\n"
                        "Bu kiosk bakımda. 25 Kasım Çarşamba günü, saat 14:30 olunca tekrar gelin.\n"
                        "Цей термінал на технічному обслуговуванні. Приходьте в середу, 25 листопада о 14:30.\n"
                        "On répare cette borne. Revenez le mercredi 25 novembre à 14 h 30.");
}

/* Between two days, with the week and all languages. */
void
fill_closed (PvScreenState *state)
{
  PvField *field;

  sample_set (&state->title, t ("This kiosk is closed", "Cette borne est fermée"));
  field = sample_add_field (state, PV_FIELD_TEXT, "when", NULL);
  sample_set (&field->value,
              t ("Come back on Wednesday 25 November at 9:00.", "Revenez le mercredi 25 novembre à 9 h."));
  field = sample_add_field (state, PV_FIELD_SUMMARY, "hours", NULL);
  pv_field_add_row (field, t ("Monday – Friday", "lundi – vendredi"),
                    t ("9:00 – 12:00 · 14:00 – 17:30", "9 h – 12 h · 14 h – 17 h 30"));
  pv_field_add_row (field, t ("Saturday – Sunday", "samedi – dimanche"), t ("Closed", "Fermé"));
  pv_field_add_row (field, t ("Phone", "Téléphone"), "03 86 00 00 00");
  pv_field_open_rows (field);
  say_to_others (state, "This kiosk is closed. Come back on Wednesday 25 November at 9:00.\n"
                        "هذا الجهاز مغلق. عودوا يوم الأربعاء 25 نوفمبر في الساعة 9:00.\n"
                        "Serr eo ar bonn-mañ. Distroit : dʼar Mercʼher 25 a viz Du, da 9:00.\n"
                        "Este quiosque está encerrado. Volte em quarta-feira, 25 de novembro às 9:00.\n"
                        "Bu kiosk kapalı. 25 Kasım Çarşamba günü, saat 9:00 olunca tekrar gelin.\n"
                        "Цей термінал зачинено. Приходьте в середу, 25 листопада о 9:00.");
}

void
fill_closing (PvScreenState *state)
{
  sample_set (&state->title, t ("This kiosk closes at 17:30", "Cette borne ferme à 17 h 30"));
  sample_set (&state->help, t ("You can go on until 18:00.", "Vous pouvez continuer jusqu’à 18 h."));
  state->is_overlay = TRUE;
  sample_add_icon_action (state, PV_ROLE_OPTION, PV_DO_KEEP,
                          t ("Continue at home or on my phone", "Finir chez moi ou sur mon téléphone"), "phone");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_STILL_HERE, t ("Continue", "Continuer"));
  sample_add_help_band (state, FALSE);
}
