/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mediator's window, from sign-in to the activity line, with the two real machines behind it. */
#include "tst.h"

#include <mediator-resources.h>
#include <sodium.h>
#include <string.h>

#include "mediator-fixture.h"
#include "mediator/mediator-voice.h"
#include "platform/language.h"
#include "view/theme.h"

static void
without_settings_it_says_what_to_ask_for (void **state)
{
  Fixture *fixture = *state;

  fixture_open_window (fixture);
  assert_true (fixture_shows (fixture, "n’est pas encore réglé"));
  assert_true (fixture_shows (fixture, fixture->settings));
  fixture_assert_named (fixture);
  fixture_keep (fixture, "1-setup");
}

static gboolean
says_wrong (const Fixture *fixture)
{
  return fixture_shows (fixture, "pas la bonne phrase");
}

static void
a_wrong_passphrase_is_said_and_the_right_one_opens (void **state)
{
  Fixture *fixture = *state;

  fixture_enrol (fixture);
  fixture_open_window (fixture);
  assert_true (fixture_shows (fixture, "Claire Morin"));
  assert_true (fixture_shows (fixture, "Ville de Montclair"));
  fixture_assert_named (fixture);
  pv_mediator_window_sign_in (fixture->window, "quatre petits chats");
  assert_true (fixture_wait_for (fixture, says_wrong));
  assert_false (fixture_is_signed_in (fixture));
  fixture_keep (fixture, "2-sign-in");
  pv_mediator_window_sign_in (fixture->window, FAKE_PASSPHRASE);
  assert_true (fixture_wait_for (fixture, fixture_is_signed_in));
  assert_int_equal (pv_console_get_presence (fake_console_get ()), PV_PRESENCE_FREE);
  fixture_keep (fixture, "3-empty");
}

static void
a_call_is_listed_counted_and_answered_by_key (void **state)
{
  Fixture *fixture = *state;

  fixture_sign_in (fixture);
  fake_console_add_colleague (fake_console_get (), "Paul Garnier", PV_PRESENCE_BUSY);
  fake_console_add_colleague (fake_console_get (), "Nadia Benali", PV_PRESENCE_FREE);
  assert_false (fixture_is_enabled (fixture, "win.join-oldest"));
  fake_console_call (fake_console_get ());
  fixture_settle (fixture);
  assert_int_equal (fake_ring_count (), 1);
  assert_true (g_str_has_prefix (gtk_window_get_title (GTK_WINDOW (fixture->window)), "(2)"));
  assert_true (fixture_shows (fixture, "Borne de l’accueil"));
  assert_true (fixture_shows (fixture, "Borne de la médiathèque"));
  assert_true (fixture_shows (fixture, "Nadia Benali"));
  fixture_assert_named (fixture);
  fixture_keep (fixture, "4-waiting");
  fixture_act (fixture, "win.presence", "busy");
  assert_int_equal (pv_console_get_presence (fake_console_get ()), PV_PRESENCE_BUSY);
  fixture_act (fixture, "win.join-oldest", NULL);
  fixture_settle (fixture);
  assert_true (fixture_shows (fixture, "01 99 00 12 34"));
  fixture_assert_named (fixture);
  fixture_keep (fixture, "5-join");
}

static void
digits_are_taken_out_of_what_is_pasted (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *digits;

  fixture_sign_in (fixture);
  fake_console_call (fake_console_get ());
  fixture_act (fixture, "win.join-oldest", NULL);
  fixture_settle (fixture);
  digits = fixture_find_type (fixture, "GtkEntry");
  gtk_editable_set_text (GTK_EDITABLE (digits), "12 34-5x6 7");
  assert_string_equal (gtk_editable_get_text (GTK_EDITABLE (digits)), "123456");
}

static gboolean
says_code (const Fixture *fixture)
{
  return fixture_shows (fixture, "Ce code n’est pas le bon");
}

static void
a_wrong_code_asks_for_a_new_one (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *code = NULL;
  GtkWidget *digits;

  fixture_sign_in (fixture);
  fake_console_call (fake_console_get ());
  fixture_act (fixture, "win.join-oldest", NULL);
  fixture_settle (fixture);
  code = fake_console_code (fake_console_get ());
  code[5] = code[5] == '0' ? '1' : '0';
  digits = fixture_find_type (fixture, "GtkEntry");
  gtk_editable_set_text (GTK_EDITABLE (digits), code);
  g_signal_emit_by_name (digits, "activate");
  assert_null (gtk_test_accessible_check_state (GTK_ACCESSIBLE (digits), GTK_ACCESSIBLE_STATE_INVALID,
                                                GTK_ACCESSIBLE_INVALID_FALSE));
  assert_true (fixture_wait_for (fixture, says_code));
  assert_null (gtk_test_accessible_check_state (GTK_ACCESSIBLE (digits), GTK_ACCESSIBLE_STATE_INVALID,
                                                GTK_ACCESSIBLE_INVALID_TRUE));
  assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (digits), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY));
  fixture_keep (fixture, "6-wrong-code");
}

static gboolean
leads_to_nothing (GtkWidget *widget, gpointer label)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0
         && !gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_CONTROLS);
}

static gboolean
is_labelled_so (GtkWidget *widget, gpointer label)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static void
what_opens_something_says_what (void **state)
{
  static const char *const labels[] = { "E_xpliquer", "_Proposer", "Prendre la mai_n", "Appels du _jour" };
  Fixture *fixture = *state;

  fixture_share (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    assert_non_null (fixture_find (GTK_WIDGET (fixture->window), is_labelled_so, (gpointer) labels[i]));
    assert_null (fixture_find (GTK_WIDGET (fixture->window), leads_to_nothing, (gpointer) labels[i]));
  }
}

static void
nothing_is_seen_before_the_consent (void **state)
{
  Fixture *fixture = *state;

  fixture_join (fixture);
  fake_console_show (fake_console_get (), fixture_make_screen ());
  fixture_settle (fixture);
  assert_true (fixture_shows (fixture, "Dans l’attente de l’accord"));
  assert_false (fixture_sees_screen (fixture));
  assert_false (fixture_is_enabled (fixture, "session.do"));
  assert_false (fixture_is_enabled (fixture, "session.ask"));
  assert_true (fixture_is_enabled (fixture, "session.end"));
  fixture_keep (fixture, "7-consent");
}

static void
what_is_chosen_is_shown_to_the_person (void **state)
{
  Fixture *fixture = *state;

  fixture_share (fixture);
  assert_false (fixture_is_enabled (fixture, "session.do"));
  fixture_choose_row (fixture, "Adresse : numéro et rue");
  assert_true (fixture_is_enabled (fixture, "session.do"));
  fixture_act (fixture, "session.do", NULL);
  assert_string_equal (fake_console_last_verb (fake_console_get ()), "point street");
  fixture_assert_named (fixture);
  fixture_keep (fixture, "8-session-show");
}

static void
hidden_and_masked_answers_are_not_in_the_window (void **state)
{
  Fixture *fixture = *state;

  fixture_share (fixture);
  assert_false (fixture_shows (fixture, "185057800608436"));
  assert_false (fixture_shows (fixture, "Martin"));
  fixture_choose_row (fixture, "Numéro de sécurité sociale");
  fixture_act (fixture, "session.verb", "propose");
  fixture_act (fixture, "session.ask", NULL);
  fixture_settle (fixture);
  fake_console_touch (fake_console_get (), PV_TOUCH_GRANT);
  assert_true (fixture_wait_for (fixture, fixture_may_propose));
  fixture_settle (fixture);
  assert_false (fixture_is_enabled (fixture, "session.do"));
  assert_true (fixture_shows (fixture, "C’est à la personne de le faire"));
}

static void
show_in (Fixture *fixture, const char *title, const char *language, const char *read_language)
{
  PvScreenState *screen = fixture_make_screen ();

  g_free (screen->title);
  screen->title = g_strdup (title);
  screen->language = g_strdup (language);
  screen->read_language = g_strdup (read_language);
  fake_console_show (fake_console_get (), screen);
  fixture_settle (fixture);
}

static void
the_screen_is_in_her_language_or_as_the_person_reads_it (void **state)
{
  Fixture *fixture = *state;
  const char *offer = "Comme la personne le lit (Українська)";

  fixture_share (fixture);
  show_in (fixture, "Où habite l’enfant ?", "fr", "fr");
  assert_false (fixture_is_enabled (fixture, "session.as-read"));
  assert_false (fixture_shows (fixture, "Comme la personne le lit"));
  show_in (fixture, "Où habite l’enfant ?", "fr", "uk");
  assert_true (fixture_shows (fixture, offer));
  assert_true (fixture_is_enabled (fixture, "session.as-read"));
  fixture_assert_named (fixture);
  fixture_keep (fixture, "8-language");
  fixture_act (fixture, "session.as-read", NULL);
  fixture_settle (fixture);
  assert_true (g_str_has_suffix (fake_console_languages (fake_console_get ()), "as-read;"));
  show_in (fixture, "Де живе дитина?", "uk", "uk");
  assert_true (fixture_shows (fixture, "Де живе дитина?"));
  assert_true (fixture_shows (fixture, offer)); /* the way back */
  fixture_keep (fixture, "8-language-person");
  fixture_act (fixture, "session.as-read", NULL);
  fixture_settle (fixture);
  assert_false (g_str_has_suffix (fake_console_languages (fake_console_get ()), "as-read;"));
}

static gboolean
says_accepted (const Fixture *fixture)
{
  return fixture_shows (fixture, "Accepté par la personne");
}

static gboolean
is_being_decided (const Fixture *fixture)
{
  return fixture_shows (fixture, "La personne décide");
}

static void
a_proposal_waits_for_the_person_and_its_answer_is_said (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *value;

  fixture_share (fixture);
  fixture_choose_row (fixture, "Adresse : numéro et rue");
  fixture_act (fixture, "session.verb", "propose");
  fixture_settle (fixture);
  assert_true (fixture_is_enabled (fixture, "session.ask"));
  fixture_keep (fixture, "9-session-ask");
  fixture_act (fixture, "session.ask", NULL);
  fixture_settle (fixture);
  fake_console_touch (fake_console_get (), PV_TOUCH_GRANT);
  assert_true (fixture_wait_for (fixture, fixture_may_propose));
  fixture_settle (fixture);
  assert_true (fixture_shows (fixture, "La personne est d’accord."));
  value = fixture_find (fixture_find_type (fixture, "PvMediatorValue"), fixture_is_type, (gpointer) "GtkEntry");
  assert_non_null (value);
  gtk_editable_set_text (GTK_EDITABLE (value), "21 rue des Lilas");
  fixture_act (fixture, "session.do", NULL);
  assert_string_equal (gtk_editable_get_text (GTK_EDITABLE (value)), "");
  assert_true (fixture_wait_for (fixture, is_being_decided));
  fixture_keep (fixture, "10-session-propose");
  assert_string_equal (fake_console_street (fake_console_get ()), "");
  fake_console_decide (fake_console_get (), TRUE);
  assert_true (fixture_wait_for (fixture, says_accepted));
  assert_string_equal (fake_console_street (fake_console_get ()), "21 rue des Lilas");
}

static void
the_hand_is_lent_by_the_minute_and_given_back (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *choices;

  fixture_share (fixture);
  fixture_choose_row (fixture, "Déjeune-t-il à la cantine ?");
  fixture_act (fixture, "session.verb", "hand");
  fixture_act (fixture, "session.ask", NULL);
  fixture_settle (fixture);
  fake_console_touch (fake_console_get (), PV_TOUCH_GRANT);
  assert_true (fixture_wait_for (fixture, fixture_has_hand));
  fixture_settle (fixture);
  assert_true (fixture_is_enabled (fixture, "session.act"));
  choices = fixture_find (fixture_find_type (fixture, "PvMediatorValue"), fixture_is_type, (gpointer) "GtkDropDown");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choices), 1);
  fixture_assert_named (fixture);
  fixture_keep (fixture, "11-session-hand");
  fixture_act (fixture, "session.do", NULL);
  assert_string_equal (fake_console_last_verb (fake_console_get ()), "set canteen");
  fixture_act (fixture, "session.give-back", NULL);
  fixture_settle (fixture);
  assert_false (fixture_has_hand (fixture));
  assert_false (fixture_is_enabled (fixture, "session.act"));
}

static gboolean
says_refused (const Fixture *fixture)
{
  return fixture_shows (fixture, "La personne refuse");
}

static void
a_refusal_is_said_and_may_be_asked_again (void **state)
{
  Fixture *fixture = *state;

  fixture_share (fixture);
  fixture_act (fixture, "session.verb", "propose");
  fixture_act (fixture, "session.ask", NULL);
  fixture_settle (fixture);
  assert_false (fixture_is_enabled (fixture, "session.ask"));
  fake_console_touch (fake_console_get (), PV_TOUCH_REFUSE);
  assert_true (fixture_wait_for (fixture, says_refused));
  assert_false (fixture_may_propose (fixture));
  assert_true (fixture_is_enabled (fixture, "session.ask"));
}

static void
any_touch_of_the_person_takes_the_hand (void **state)
{
  Fixture *fixture = *state;

  fixture_share (fixture);
  fixture_act (fixture, "session.verb", "hand");
  fixture_act (fixture, "session.ask", NULL);
  fixture_settle (fixture);
  fake_console_touch (fake_console_get (), PV_TOUCH_GRANT);
  assert_true (fixture_wait_for (fixture, fixture_has_hand));
  fake_console_touch (fake_console_get (), PV_TOUCH_ELSEWHERE);
  fixture_settle (fixture);
  assert_false (fixture_has_hand (fixture));
  assert_false (fixture_is_enabled (fixture, "session.do"));
}

static void
a_prepared_sentence_is_said (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *sentences;

  fixture_share (fixture);
  fixture_act (fixture, "session.verb", "explain");
  fixture_settle (fixture);
  assert_false (fixture_is_enabled (fixture, "session.do"));
  sentences = fixture_find (fixture_find_type (fixture, "PvMediatorVerbs"), fixture_is_type, (gpointer) "GtkDropDown");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (sentences), 2);
  assert_true (fixture_is_enabled (fixture, "session.do"));
  fixture_assert_named (fixture);
  fixture_keep (fixture, "12-session-explain");
  fixture_act (fixture, "session.do", NULL);
  assert_string_equal (fake_console_last_verb (fake_console_get ()), "explain ");
}

static void
a_private_screen_takes_the_picture_away (void **state)
{
  Fixture *fixture = *state;

  fixture_share (fixture);
  fake_console_set_private (fake_console_get (), TRUE);
  fixture_settle (fixture);
  assert_false (fixture_sees_screen (fixture));
  assert_true (fixture_shows (fixture, "Cet écran est privé"));
  assert_false (fixture_is_enabled (fixture, "session.do"));
  fixture_keep (fixture, "13-session-private");
}

static void
a_lost_link_and_no_link_are_said (void **state)
{
  Fixture *fixture = *state;

  fixture_share (fixture);
  fake_console_cut (fake_console_get (), TRUE);
  fake_console_set_up (fake_console_get (), FALSE);
  fixture_settle (fixture);
  assert_true (fixture_shows (fixture, "La liaison avec la borne est perdue"));
  assert_true (fixture_shows (fixture, "Pas de connexion"));
  assert_false (fixture_is_enabled (fixture, "session.do"));
  fixture_keep (fixture, "14-session-lost");
}

static void
a_quick_answer_is_seen_and_announced (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *voice;

  fixture_share (fixture);
  fake_console_quick (fake_console_get (), PV_QUICK_NOT_UNDERSTOOD);
  fixture_settle (fixture);
  assert_true (fixture_shows (fixture, "Je ne comprends pas"));
  voice = fixture_find_type (fixture, "PvMediatorVoice");
  assert_non_null (voice);
  assert_non_null (strstr (pv_mediator_voice_get_text (PV_MEDIATOR_VOICE (voice)), "Je ne comprends pas"));
  fixture_keep (fixture, "15-session-quick");
}

static void
a_hard_stop_says_its_sentence_and_is_in_the_activity (void **state)
{
  Fixture *fixture = *state;
  const GPtrArray *lines;
  GtkWidget *dialog;

  fixture_share (fixture);
  fixture_act (fixture, "session.refer", NULL);
  fixture_settle (fixture);
  dialog = fixture_find_dialog (fixture);
  assert_non_null (dialog);
  fixture_draw (fixture, dialog, "16-refer");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  fixture_settle (fixture);
  assert_string_equal (fake_console_last_verb (fake_console_get ()), "explain ");
  fixture_act (fixture, "session.end", NULL);
  fixture_settle (fixture);
  lines = pv_activity_get_today (pv_console_get_activity (fake_console_get ()), g_get_real_time () / G_USEC_PER_SEC);
  assert_int_equal (lines->len, 1);
  assert_string_equal (((const PvActivityLine *) lines->pdata[0])->redirected_to, "parent");
}

static void
a_call_can_be_passed_to_a_free_colleague_only (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *dialog;

  fixture_share (fixture);
  assert_false (fixture_is_enabled (fixture, "session.hand-over"));
  fake_console_add_colleague (fake_console_get (), "Paul Garnier", PV_PRESENCE_BUSY);
  assert_false (fixture_is_enabled (fixture, "session.hand-over"));
  fake_console_add_colleague (fake_console_get (), "Nadia Benali", PV_PRESENCE_FREE);
  assert_true (fixture_is_enabled (fixture, "session.hand-over"));
  fixture_act (fixture, "session.hand-over", NULL);
  fixture_settle (fixture);
  dialog = fixture_find_dialog (fixture);
  assert_non_null (dialog);
  fixture_draw (fixture, dialog, "17-hand-over");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  assert_string_equal (fake_console_last_verb (fake_console_get ()), "hand-over Nadia Benali");
}

static void
the_end_opens_the_activity_line_and_keeps_what_is_chosen (void **state)
{
  Fixture *fixture = *state;
  const GPtrArray *lines;
  GtkWidget *chip;

  fixture_share (fixture);
  fake_console_touch (fake_console_get (), PV_TOUCH_STOP);
  fixture_settle (fixture);
  assert_true (fixture_shows (fixture, "La personne a arrêté l’aide"));
  assert_false (fixture_sees_screen (fixture));
  chip = fixture_find (GTK_WIDGET (fixture->window), fixture_has_text, (gpointer) pv_activity_theme_label ("school"));
  assert_non_null (chip);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (chip, GTK_TYPE_TOGGLE_BUTTON)), TRUE);
  lines = pv_activity_get_today (pv_console_get_activity (fake_console_get ()), g_get_real_time () / G_USEC_PER_SEC);
  assert_int_equal (lines->len, 1);
  assert_string_equal (((const PvActivityLine *) lines->pdata[0])->themes[0], "school");
  fixture_assert_named (fixture);
  fixture_keep (fixture, "18-today");
}

static void
every_key_has_its_action_and_is_listed (void **state)
{
  Fixture *fixture = *state;
  g_auto (GStrv) described = NULL;
  GtkWidget *overlay;

  fixture_share (fixture);
  described = gtk_application_list_action_descriptions (GTK_APPLICATION (fixture->application));
  assert_true (g_strv_length (described) > 20);
  for (guint i = 0; described[i] != NULL; i++) {
    g_autofree char *name = NULL;
    g_autoptr (GVariant) target = NULL;
    g_auto (GStrv) parts = NULL;

    assert_true (g_action_parse_detailed_name (described[i], &name, &target, NULL));
    parts = g_strsplit (name, ".", 2);
    if (g_str_equal (parts[0], "win"))
      assert_true (g_action_group_has_action (G_ACTION_GROUP (fixture->window), parts[1]));
    if (g_str_equal (parts[0], "session"))
      assert_true (g_action_group_has_action (pv_mediator_window_get_session_actions (fixture->window), parts[1]));
  }
  fixture_act (fixture, "win.show-help-overlay", NULL);
  fixture_settle (fixture);
  overlay = fixture_find_dialog (fixture);
  assert_non_null (overlay);
  fixture_draw (fixture, overlay, "19-shortcuts");
}

static void
dark_is_drawn_as_well (void **state)
{
  Fixture *fixture = *state;

  fixture_share (fixture);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  fixture_settle (fixture);
  assert_true (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  assert_true (fixture_sees_screen (fixture));
  fake_console_quick (fake_console_get (), PV_QUICK_YES);
  fixture_keep (fixture, "20-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (without_settings_it_says_what_to_ask_for, fixture_set_up, fixture_tear_down),
    cmocka_unit_test_setup_teardown (a_wrong_passphrase_is_said_and_the_right_one_opens, fixture_set_up,
                                     fixture_tear_down),
    cmocka_unit_test_setup_teardown (a_call_is_listed_counted_and_answered_by_key, fixture_set_up, fixture_tear_down),
    cmocka_unit_test_setup_teardown (digits_are_taken_out_of_what_is_pasted, fixture_set_up, fixture_tear_down),
    cmocka_unit_test_setup_teardown (a_wrong_code_asks_for_a_new_one, fixture_set_up, fixture_tear_down),
    cmocka_unit_test_setup_teardown (what_opens_something_says_what, fixture_set_up, fixture_tear_down),
    cmocka_unit_test_setup_teardown (nothing_is_seen_before_the_consent, fixture_set_up, fixture_tear_down),
    cmocka_unit_test_setup_teardown (what_is_chosen_is_shown_to_the_person, fixture_set_up, fixture_tear_down),
    cmocka_unit_test_setup_teardown (the_screen_is_in_her_language_or_as_the_person_reads_it, fixture_set_up,
                                     fixture_tear_down),
    cmocka_unit_test_setup_teardown (hidden_and_masked_answers_are_not_in_the_window, fixture_set_up,
                                     fixture_tear_down),
    cmocka_unit_test_setup_teardown (a_proposal_waits_for_the_person_and_its_answer_is_said, fixture_set_up,
                                     fixture_tear_down),
    cmocka_unit_test_setup_teardown (the_hand_is_lent_by_the_minute_and_given_back, fixture_set_up, fixture_tear_down),
    cmocka_unit_test_setup_teardown (a_refusal_is_said_and_may_be_asked_again, fixture_set_up, fixture_tear_down),
    cmocka_unit_test_setup_teardown (any_touch_of_the_person_takes_the_hand, fixture_set_up, fixture_tear_down),
    cmocka_unit_test_setup_teardown (a_prepared_sentence_is_said, fixture_set_up, fixture_tear_down),
    cmocka_unit_test_setup_teardown (a_private_screen_takes_the_picture_away, fixture_set_up, fixture_tear_down),
    cmocka_unit_test_setup_teardown (a_lost_link_and_no_link_are_said, fixture_set_up, fixture_tear_down),
    cmocka_unit_test_setup_teardown (a_quick_answer_is_seen_and_announced, fixture_set_up, fixture_tear_down),
    cmocka_unit_test_setup_teardown (a_hard_stop_says_its_sentence_and_is_in_the_activity, fixture_set_up,
                                     fixture_tear_down),
    cmocka_unit_test_setup_teardown (a_call_can_be_passed_to_a_free_colleague_only, fixture_set_up, fixture_tear_down),
    cmocka_unit_test_setup_teardown (the_end_opens_the_activity_line_and_keeps_what_is_chosen, fixture_set_up,
                                     fixture_tear_down),
    cmocka_unit_test_setup_teardown (every_key_has_its_action_and_is_listed, fixture_set_up, fixture_tear_down),
    cmocka_unit_test_setup_teardown (dark_is_drawn_as_well, fixture_set_up, fixture_tear_down),
  };

  tst_init ();
  pv_language_start ();
  gtk_disable_setlocale ();
  pv_language_set ("fr");
  if (sodium_init () < 0 || !gtk_init_check ())
    return 77;
  pv_mediator_resources_register_resource ();
  pv_theme_start_embedded ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-cursor-blink", FALSE, NULL);
  return cmocka_run_group_tests (tests, NULL, NULL);
}
