/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mediator's window, from sign-in to the activity line, with the two real machines behind it. With PV_GALLERY_DIR a
 * picture of each page is kept. */
#include "tst.h"

#include <adwaita.h>
#include <mediator-resources.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "assist/people.h"
#include "mediator-console.h"
#include "mediator/mediator-voice.h"
#include "mediator/mediator-window.h"
#include "platform/language.h"
#include "view/theme.h"

enum { WAIT_MS = 30000, MAX_TRIES = 20 };

typedef struct {
  char *folder, *settings;
  AdwApplication *application;
  PvMediatorWindow *window;
} Fixture;

/* ---- a folder as enrolment leaves it ---- */

static char *
path_in (const Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
write_text (const Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = path_in (fixture, name);

  assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
enrol (Fixture *fixture)
{
  People *people = people_new ();
  g_autoptr (PvCertificate) certificate = g_new0 (PvCertificate, 1);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL, *root = NULL, *settings = NULL;

  certificate->role = PV_CERTIFICATE_MEDIATOR;
  memset (certificate->id, 2, sizeof certificate->id);
  certificate->not_after = PEOPLE_NOW * 2;
  certificate->name = g_strdup ("Claire Morin");
  certificate->place = g_strdup ("Ville de Montclair");
  certificate->communes = g_strsplit ("22050 22060", " ", -1);
  bytes = pv_certificate_sign (certificate, people->root_secret, NULL);
  assert_non_null (bytes);
  text = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  write_text (fixture, "assist.cert", text);
  root = g_base64_encode (people->root.key, sizeof people->root.key);
  settings =
    g_strdup_printf ("[console]\nbroker-host = broker.example\nroots = %s\nhours = mon-fri 09:00-12:00\n", root);
  write_text (fixture, "mediator.conf", settings);
  people_free (people);
}

/* ---- looking and waiting ---- */

static void
painted_cb (GdkFrameClock *clock, gpointer n_frames)
{
  (void) clock;
  ++*(guint *) n_frames;
}

/* All that waits is done, and what came of it is drawn. */
static void
settle (const Fixture *fixture)
{
  GtkWidget *widget = GTK_WIDGET (fixture->window);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gint64 end = g_get_monotonic_time () + (gint64) WAIT_MS * G_TIME_SPAN_MILLISECOND;
  guint n_frames = 0;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &n_frames);

  while (g_main_context_iteration (NULL, FALSE) && g_get_monotonic_time () < end)
    ;
  for (guint wanted = 1; wanted <= 2; wanted++) {
    gtk_widget_queue_draw (widget);
    while (n_frames < wanted && g_get_monotonic_time () < end)
      g_main_context_iteration (NULL, TRUE);
  }
  g_signal_handler_disconnect (clock, handler);
  assert_true (n_frames >= 2);
}

typedef gboolean (*Condition) (const Fixture *fixture);

static gboolean
wait_for (const Fixture *fixture, Condition condition)
{
  gint64 end = g_get_monotonic_time () + (gint64) WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (!condition (fixture) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  return condition (fixture);
}

typedef gboolean (*Visit) (GtkWidget *widget, gpointer data);

/* The first widget that is on the screen and that @visit says yes to. */
static GtkWidget *
find (GtkWidget *from, Visit visit, gpointer data)
{
  if (!gtk_widget_get_mapped (from) || !gtk_widget_get_child_visible (from))
    return NULL;
  if (visit (from, data))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, visit, data);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
has_text (GtkWidget *widget, gpointer text)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
}

static gboolean
shows (const Fixture *fixture, const char *text)
{
  return find (GTK_WIDGET (fixture->window), has_text, (gpointer) text) != NULL;
}

static gboolean
is_type (GtkWidget *widget, gpointer name)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (widget), name);
}

static GtkWidget *
find_type (const Fixture *fixture, const char *name)
{
  return find (GTK_WIDGET (fixture->window), is_type, (gpointer) name);
}

static void
act (const Fixture *fixture, const char *action, const char *parameter)
{
  g_autoptr (GVariant) target = parameter != NULL ? g_variant_ref_sink (g_variant_new_string (parameter)) : NULL;

  gtk_widget_activate_action_variant (GTK_WIDGET (fixture->window), action, target);
}

static gboolean
is_enabled (const Fixture *fixture, const char *action)
{
  g_auto (GStrv) parts = g_strsplit (action, ".", 2);
  GActionGroup *group = g_str_equal (parts[0], "win") ? G_ACTION_GROUP (fixture->window)
                                                      : pv_mediator_window_get_session_actions (fixture->window);

  return g_action_group_get_action_enabled (group, parts[1]);
}

/* ---- pictures ---- */

static void
draw (const Fixture *fixture, GtkWidget *widget, const char *name)
{
  const char *folder = g_getenv ("PV_GALLERY_DIR");
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = NULL;
  GskRenderNode *node = NULL;
  float width, height;

  if (folder == NULL)
    return;
  path = g_strdup_printf ("%s/mediator-%s-%s.png", folder, pv_language_get (), name);
  width = (float) gtk_widget_get_width (widget);
  height = (float) gtk_widget_get_height (widget);
  paintable = gtk_widget_paintable_new (widget);
  /* A caret that blinks takes the picture away until the next frame. */
  for (guint tries = 0; node == NULL && tries < MAX_TRIES; tries++) {
    GtkSnapshot *snapshot = gtk_snapshot_new ();

    settle (fixture);
    gdk_paintable_snapshot (paintable, snapshot, width, height);
    node = gtk_snapshot_free_to_node (snapshot);
  }
  assert_non_null (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (fixture->window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  gsk_render_node_unref (node);
  assert_true (gdk_texture_save_to_png (texture, path));
}

static void
keep (const Fixture *fixture, const char *name)
{
  draw (fixture, GTK_WIDGET (fixture->window), name);
}

/* The dialog over the window. */
static GtkWidget *
find_dialog (const Fixture *fixture)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (window != GTK_WIDGET (fixture->window) && gtk_widget_get_visible (window))
      return window;
  }
  return NULL;
}

/* ---- what can be used says what it is ---- */

static gboolean
is_nameless (GtkWidget *widget, gpointer data)
{
  gboolean is_named;

  (void) data;
  if (!GTK_IS_BUTTON (widget) && !GTK_IS_ENTRY (widget) && !GTK_IS_DROP_DOWN (widget) && !GTK_IS_MENU_BUTTON (widget)
      && !GTK_IS_SPIN_BUTTON (widget) && !GTK_IS_TEXT_VIEW (widget))
    return FALSE;
  /* Parts of libadwaita and GTK name themselves by what they are in. */
  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != NULL; parent = gtk_widget_get_parent (parent)) {
    const char *type = G_OBJECT_TYPE_NAME (parent);

    if (GTK_IS_SPIN_BUTTON (parent) || GTK_IS_DROP_DOWN (parent) || GTK_IS_MENU_BUTTON (parent)
        || GTK_IS_WINDOW_CONTROLS (parent) || ADW_IS_COMBO_ROW (parent) || ADW_IS_ENTRY_ROW (parent)
        || strstr (type, "Toast") != NULL)
      return FALSE;
  }
  is_named = gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
             || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY)
             || find (widget, has_text, (gpointer) "") != NULL;
  if (!is_named)
    fprintf (stderr, "# without a name: %s\n", G_OBJECT_TYPE_NAME (widget));
  return !is_named;
}

static void
assert_named (const Fixture *fixture)
{
  assert_null (find (GTK_WIDGET (fixture->window), is_nameless, NULL));
}

/* ---- steps that several tests go ---- */

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->folder = g_dir_make_tmp ("parvis-mediator-XXXXXX", NULL);
  fixture->settings = path_in (fixture, "mediator.conf");
  fixture->application = adw_application_new ("org.parvis.Mediator", G_APPLICATION_NON_UNIQUE);
  assert_true (g_application_register (G_APPLICATION (fixture->application), NULL, NULL));
  pv_mediator_window_set_keys (GTK_APPLICATION (fixture->application));
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_application_quit (G_APPLICATION (fixture->application));
  g_object_unref (fixture->application);
  tst_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->settings);
  g_free (fixture);
  return 0;
}

static void
open_window (Fixture *fixture)
{
  fixture->window =
    pv_mediator_window_new (GTK_APPLICATION (fixture->application), fixture->settings, PV_PRESENCE_FREE);
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle (fixture);
}

static gboolean
is_signed_in (const Fixture *fixture)
{
  return pv_desk_get_console (pv_mediator_window_get_desk (fixture->window)) != NULL;
}

static void
sign_in (Fixture *fixture)
{
  enrol (fixture);
  open_window (fixture);
  pv_mediator_window_sign_in (fixture->window, FAKE_PASSPHRASE);
  assert_true (wait_for (fixture, is_signed_in));
  settle (fixture);
}

static gboolean
is_in_session (const Fixture *fixture)
{
  return pv_desk_get_state (pv_mediator_window_get_desk (fixture->window)) == PV_MEDIATOR_SESSION;
}

static gboolean
sees_screen (const Fixture *fixture)
{
  return shows (fixture, "Adresse : numéro et rue");
}

static gboolean
may_propose (const Fixture *fixture)
{
  return pv_desk_has (pv_mediator_window_get_desk (fixture->window), PV_RIGHT_PROPOSE);
}

static gboolean
has_hand (const Fixture *fixture)
{
  return pv_desk_has (pv_mediator_window_get_desk (fixture->window), PV_RIGHT_HAND);
}

static PvScreenState *
make_screen (void)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_QUESTION, "question-2");
  PvField *field;

  state->commune = g_strdup ("Ville de Montclair");
  state->place = g_strdup ("Espace numérique");
  state->step_text = g_strdup ("Étape 2 sur 6");
  state->progress = 0.3;
  state->title = g_strdup ("Où habite l’enfant ?");
  field = pv_screen_state_add_field (state, PV_FIELD_INPUT, "street", "Adresse : numéro et rue");
  field->assist = PV_ASSIST_CLEAR;
  field->value = g_strdup ("12 rue des Lilas");
  field = pv_screen_state_add_field (state, PV_FIELD_INPUT, "name", "Nom du responsable");
  field->assist = PV_ASSIST_TYPING;
  field->value = g_strdup ("Martin");
  field = pv_screen_state_add_field (state, PV_FIELD_CHOICE, "canteen", "Déjeune-t-il à la cantine ?");
  field->assist = PV_ASSIST_CLEAR;
  pv_field_add_choice (field, "yes", "Oui")->selected = TRUE;
  pv_field_add_choice (field, "no", "Non");
  field = pv_screen_state_add_field (state, PV_FIELD_INPUT, "nir", "Numéro de sécurité sociale");
  field->assist = PV_ASSIST_HIDDEN;
  field->value = g_strdup ("185057800608436");
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_BACK, "Retour");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, "Continuer");
  pv_screen_state_add_action (state, PV_ROLE_HELP, PV_DO_STOP_HELP, "Arrêter l’aide");
  pv_screen_state_add_action (state, PV_ROLE_HELP, PV_DO_LISTEN, "Écouter");
  pv_screen_state_add_action (state, PV_ROLE_HELP, PV_DO_QUIT, "Quitter");
  return state;
}

static void
join (Fixture *fixture)
{
  g_autofree char *code = NULL;
  GtkWidget *digits;

  sign_in (fixture);
  fake_console_call (fake_console_get ());
  act (fixture, "win.join-oldest", NULL);
  settle (fixture);
  code = fake_console_code (fake_console_get ());
  digits = find_type (fixture, "GtkEntry");
  assert_non_null (digits);
  gtk_editable_set_text (GTK_EDITABLE (digits), code);
  g_signal_emit_by_name (digits, "activate");
  assert_true (wait_for (fixture, is_in_session));
}

static void
share (Fixture *fixture)
{
  join (fixture);
  fake_console_show (fake_console_get (), make_screen ());
  fake_console_touch (fake_console_get (), PV_TOUCH_GRANT);
  assert_true (wait_for (fixture, sees_screen));
}

static void
choose_row (const Fixture *fixture, const char *label)
{
  GtkWidget *targets = find_type (fixture, "PvMediatorTargets");
  GtkWidget *row = find (targets, has_text, (gpointer) label);

  assert_non_null (row);
  row = gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX_ROW);
  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (row)), GTK_LIST_BOX_ROW (row));
}

/* ---- tests ---- */

static void
without_settings_it_says_what_to_ask_for (void **state)
{
  Fixture *fixture = *state;

  open_window (fixture);
  assert_true (shows (fixture, "n’est pas encore réglé"));
  assert_true (shows (fixture, fixture->settings));
  assert_named (fixture);
  keep (fixture, "1-setup");
}

static gboolean
says_wrong (const Fixture *fixture)
{
  return shows (fixture, "pas la bonne phrase");
}

static void
a_wrong_passphrase_is_said_and_the_right_one_opens (void **state)
{
  Fixture *fixture = *state;

  enrol (fixture);
  open_window (fixture);
  assert_true (shows (fixture, "Claire Morin"));
  assert_true (shows (fixture, "Ville de Montclair"));
  assert_named (fixture);
  pv_mediator_window_sign_in (fixture->window, "quatre petits chats");
  assert_true (wait_for (fixture, says_wrong));
  assert_false (is_signed_in (fixture));
  keep (fixture, "2-sign-in");
  pv_mediator_window_sign_in (fixture->window, FAKE_PASSPHRASE);
  assert_true (wait_for (fixture, is_signed_in));
  assert_int_equal (pv_console_get_presence (fake_console_get ()), PV_PRESENCE_FREE);
  keep (fixture, "3-empty");
}

static void
a_call_is_listed_counted_and_answered_by_key (void **state)
{
  Fixture *fixture = *state;

  sign_in (fixture);
  fake_console_add_colleague (fake_console_get (), "Paul Garnier", PV_PRESENCE_BUSY);
  fake_console_add_colleague (fake_console_get (), "Nadia Benali", PV_PRESENCE_FREE);
  assert_false (is_enabled (fixture, "win.join-oldest"));
  fake_console_call (fake_console_get ());
  settle (fixture);
  assert_int_equal (fake_ring_count (), 1);
  assert_true (g_str_has_prefix (gtk_window_get_title (GTK_WINDOW (fixture->window)), "(2)"));
  assert_true (shows (fixture, "Borne de l’accueil"));
  assert_true (shows (fixture, "Borne de la médiathèque"));
  assert_true (shows (fixture, "Nadia Benali"));
  assert_named (fixture);
  keep (fixture, "4-waiting");
  act (fixture, "win.presence", "busy");
  assert_int_equal (pv_console_get_presence (fake_console_get ()), PV_PRESENCE_BUSY);
  act (fixture, "win.join-oldest", NULL);
  settle (fixture);
  assert_true (shows (fixture, "01 99 00 12 34"));
  assert_named (fixture);
  keep (fixture, "5-join");
}

static void
digits_are_taken_out_of_what_is_pasted (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *digits;

  sign_in (fixture);
  fake_console_call (fake_console_get ());
  act (fixture, "win.join-oldest", NULL);
  settle (fixture);
  digits = find_type (fixture, "GtkEntry");
  gtk_editable_set_text (GTK_EDITABLE (digits), "12 34-5x6 7");
  assert_string_equal (gtk_editable_get_text (GTK_EDITABLE (digits)), "123456");
}

static gboolean
says_code (const Fixture *fixture)
{
  return shows (fixture, "Ce code n’est pas le bon");
}

static void
a_wrong_code_asks_for_a_new_one (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *code = NULL;
  GtkWidget *digits;

  sign_in (fixture);
  fake_console_call (fake_console_get ());
  act (fixture, "win.join-oldest", NULL);
  settle (fixture);
  code = fake_console_code (fake_console_get ());
  code[5] = code[5] == '0' ? '1' : '0';
  digits = find_type (fixture, "GtkEntry");
  gtk_editable_set_text (GTK_EDITABLE (digits), code);
  g_signal_emit_by_name (digits, "activate");
  assert_true (wait_for (fixture, says_code));
  keep (fixture, "6-wrong-code");
}

static void
nothing_is_seen_before_the_consent (void **state)
{
  Fixture *fixture = *state;

  join (fixture);
  fake_console_show (fake_console_get (), make_screen ());
  settle (fixture);
  assert_true (shows (fixture, "Dans l’attente de l’accord"));
  assert_false (sees_screen (fixture));
  assert_false (is_enabled (fixture, "session.do"));
  assert_false (is_enabled (fixture, "session.ask"));
  assert_true (is_enabled (fixture, "session.end"));
  keep (fixture, "7-consent");
}

static void
what_is_chosen_is_shown_to_the_person (void **state)
{
  Fixture *fixture = *state;

  share (fixture);
  assert_false (is_enabled (fixture, "session.do"));
  choose_row (fixture, "Adresse : numéro et rue");
  assert_true (is_enabled (fixture, "session.do"));
  act (fixture, "session.do", NULL);
  assert_string_equal (fake_console_last_verb (fake_console_get ()), "point street");
  assert_named (fixture);
  keep (fixture, "8-session-show");
}

static void
hidden_and_masked_answers_are_not_in_the_window (void **state)
{
  Fixture *fixture = *state;

  share (fixture);
  assert_false (shows (fixture, "185057800608436"));
  assert_false (shows (fixture, "Martin"));
  choose_row (fixture, "Numéro de sécurité sociale");
  act (fixture, "session.verb", "propose");
  act (fixture, "session.ask", NULL);
  settle (fixture);
  fake_console_touch (fake_console_get (), PV_TOUCH_GRANT);
  assert_true (wait_for (fixture, may_propose));
  settle (fixture);
  assert_false (is_enabled (fixture, "session.do"));
  assert_true (shows (fixture, "C’est à la personne de le faire"));
}

static gboolean
says_accepted (const Fixture *fixture)
{
  return shows (fixture, "Accepté par la personne");
}

static gboolean
is_being_decided (const Fixture *fixture)
{
  return shows (fixture, "La personne décide");
}

static void
a_proposal_waits_for_the_person_and_its_answer_is_said (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *value;

  share (fixture);
  choose_row (fixture, "Adresse : numéro et rue");
  act (fixture, "session.verb", "propose");
  settle (fixture);
  assert_true (is_enabled (fixture, "session.ask"));
  keep (fixture, "9-session-ask");
  act (fixture, "session.ask", NULL);
  settle (fixture);
  fake_console_touch (fake_console_get (), PV_TOUCH_GRANT);
  assert_true (wait_for (fixture, may_propose));
  settle (fixture);
  assert_true (shows (fixture, "La personne est d’accord."));
  value = find (find_type (fixture, "PvMediatorValue"), is_type, (gpointer) "GtkEntry");
  assert_non_null (value);
  gtk_editable_set_text (GTK_EDITABLE (value), "21 rue des Lilas");
  act (fixture, "session.do", NULL);
  assert_string_equal (gtk_editable_get_text (GTK_EDITABLE (value)), "");
  assert_true (wait_for (fixture, is_being_decided));
  keep (fixture, "10-session-propose");
  assert_string_equal (fake_console_street (fake_console_get ()), "");
  fake_console_decide (fake_console_get (), TRUE);
  assert_true (wait_for (fixture, says_accepted));
  assert_string_equal (fake_console_street (fake_console_get ()), "21 rue des Lilas");
}

static void
the_hand_is_lent_by_the_minute_and_given_back (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *choices;

  share (fixture);
  choose_row (fixture, "Déjeune-t-il à la cantine ?");
  act (fixture, "session.verb", "hand");
  act (fixture, "session.ask", NULL);
  settle (fixture);
  fake_console_touch (fake_console_get (), PV_TOUCH_GRANT);
  assert_true (wait_for (fixture, has_hand));
  settle (fixture);
  assert_true (is_enabled (fixture, "session.act"));
  choices = find (find_type (fixture, "PvMediatorValue"), is_type, (gpointer) "GtkDropDown");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choices), 1);
  assert_named (fixture);
  keep (fixture, "11-session-hand");
  act (fixture, "session.do", NULL);
  assert_string_equal (fake_console_last_verb (fake_console_get ()), "set canteen");
  act (fixture, "session.give-back", NULL);
  settle (fixture);
  assert_false (has_hand (fixture));
  assert_false (is_enabled (fixture, "session.act"));
}

static gboolean
says_refused (const Fixture *fixture)
{
  return shows (fixture, "La personne refuse");
}

static void
a_refusal_is_said_and_may_be_asked_again (void **state)
{
  Fixture *fixture = *state;

  share (fixture);
  act (fixture, "session.verb", "propose");
  act (fixture, "session.ask", NULL);
  settle (fixture);
  assert_false (is_enabled (fixture, "session.ask"));
  fake_console_touch (fake_console_get (), PV_TOUCH_REFUSE);
  assert_true (wait_for (fixture, says_refused));
  assert_false (may_propose (fixture));
  assert_true (is_enabled (fixture, "session.ask"));
}

static void
any_touch_of_the_person_takes_the_hand (void **state)
{
  Fixture *fixture = *state;

  share (fixture);
  act (fixture, "session.verb", "hand");
  act (fixture, "session.ask", NULL);
  settle (fixture);
  fake_console_touch (fake_console_get (), PV_TOUCH_GRANT);
  assert_true (wait_for (fixture, has_hand));
  fake_console_touch (fake_console_get (), PV_TOUCH_ELSEWHERE);
  settle (fixture);
  assert_false (has_hand (fixture));
  assert_false (is_enabled (fixture, "session.do"));
}

static void
a_prepared_sentence_is_said (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *sentences;

  share (fixture);
  act (fixture, "session.verb", "explain");
  settle (fixture);
  assert_false (is_enabled (fixture, "session.do"));
  sentences = find (find_type (fixture, "PvMediatorVerbs"), is_type, (gpointer) "GtkDropDown");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (sentences), 2);
  assert_true (is_enabled (fixture, "session.do"));
  assert_named (fixture);
  keep (fixture, "12-session-explain");
  act (fixture, "session.do", NULL);
  assert_string_equal (fake_console_last_verb (fake_console_get ()), "explain ");
}

static void
a_private_screen_takes_the_picture_away (void **state)
{
  Fixture *fixture = *state;

  share (fixture);
  fake_console_set_private (fake_console_get (), TRUE);
  settle (fixture);
  assert_false (sees_screen (fixture));
  assert_true (shows (fixture, "Cet écran est privé"));
  assert_false (is_enabled (fixture, "session.do"));
  keep (fixture, "13-session-private");
}

static void
a_lost_link_and_no_link_are_said (void **state)
{
  Fixture *fixture = *state;

  share (fixture);
  fake_console_cut (fake_console_get (), TRUE);
  fake_console_set_up (fake_console_get (), FALSE);
  settle (fixture);
  assert_true (shows (fixture, "La liaison avec la borne est perdue"));
  assert_true (shows (fixture, "Pas de connexion"));
  assert_false (is_enabled (fixture, "session.do"));
  keep (fixture, "14-session-lost");
}

static void
a_quick_answer_is_seen_and_announced (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *voice;

  share (fixture);
  fake_console_quick (fake_console_get (), PV_QUICK_NOT_UNDERSTOOD);
  settle (fixture);
  assert_true (shows (fixture, "Je ne comprends pas"));
  voice = find_type (fixture, "PvMediatorVoice");
  assert_non_null (voice);
  assert_non_null (strstr (pv_mediator_voice_get_text (PV_MEDIATOR_VOICE (voice)), "Je ne comprends pas"));
  keep (fixture, "15-session-quick");
}

static void
a_hard_stop_says_its_sentence_and_is_in_the_activity (void **state)
{
  Fixture *fixture = *state;
  const GPtrArray *lines;
  GtkWidget *dialog;

  share (fixture);
  act (fixture, "session.refer", NULL);
  settle (fixture);
  dialog = find_dialog (fixture);
  assert_non_null (dialog);
  draw (fixture, dialog, "16-refer");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  settle (fixture);
  assert_string_equal (fake_console_last_verb (fake_console_get ()), "explain ");
  act (fixture, "session.end", NULL);
  settle (fixture);
  lines = pv_activity_get_today (pv_console_get_activity (fake_console_get ()), g_get_real_time () / G_USEC_PER_SEC);
  assert_int_equal (lines->len, 1);
  assert_string_equal (((const PvActivityLine *) lines->pdata[0])->redirected_to, "parent");
}

static void
a_call_can_be_passed_to_a_free_colleague_only (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *dialog;

  share (fixture);
  assert_false (is_enabled (fixture, "session.hand-over"));
  fake_console_add_colleague (fake_console_get (), "Paul Garnier", PV_PRESENCE_BUSY);
  assert_false (is_enabled (fixture, "session.hand-over"));
  fake_console_add_colleague (fake_console_get (), "Nadia Benali", PV_PRESENCE_FREE);
  assert_true (is_enabled (fixture, "session.hand-over"));
  act (fixture, "session.hand-over", NULL);
  settle (fixture);
  dialog = find_dialog (fixture);
  assert_non_null (dialog);
  draw (fixture, dialog, "17-hand-over");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  assert_string_equal (fake_console_last_verb (fake_console_get ()), "hand-over Nadia Benali");
}

static void
the_end_opens_the_activity_line_and_keeps_what_is_chosen (void **state)
{
  Fixture *fixture = *state;
  const GPtrArray *lines;
  GtkWidget *chip;

  share (fixture);
  fake_console_touch (fake_console_get (), PV_TOUCH_STOP);
  settle (fixture);
  assert_true (shows (fixture, "La personne a arrêté l’aide"));
  assert_false (sees_screen (fixture));
  chip = find (GTK_WIDGET (fixture->window), has_text, (gpointer) pv_activity_theme_label ("school"));
  assert_non_null (chip);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (chip, GTK_TYPE_TOGGLE_BUTTON)), TRUE);
  lines = pv_activity_get_today (pv_console_get_activity (fake_console_get ()), g_get_real_time () / G_USEC_PER_SEC);
  assert_int_equal (lines->len, 1);
  assert_string_equal (((const PvActivityLine *) lines->pdata[0])->themes[0], "school");
  assert_named (fixture);
  keep (fixture, "18-today");
}

static void
every_key_has_its_action_and_is_listed (void **state)
{
  Fixture *fixture = *state;
  g_auto (GStrv) described = NULL;
  GtkWidget *overlay;

  share (fixture);
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
  act (fixture, "win.show-help-overlay", NULL);
  settle (fixture);
  overlay = find_dialog (fixture);
  assert_non_null (overlay);
  draw (fixture, overlay, "19-shortcuts");
}

static void
dark_is_drawn_as_well (void **state)
{
  Fixture *fixture = *state;

  share (fixture);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  settle (fixture);
  assert_true (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  assert_true (sees_screen (fixture));
  fake_console_quick (fake_console_get (), PV_QUICK_YES);
  keep (fixture, "20-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (without_settings_it_says_what_to_ask_for, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_wrong_passphrase_is_said_and_the_right_one_opens, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_call_is_listed_counted_and_answered_by_key, set_up, tear_down),
    cmocka_unit_test_setup_teardown (digits_are_taken_out_of_what_is_pasted, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_wrong_code_asks_for_a_new_one, set_up, tear_down),
    cmocka_unit_test_setup_teardown (nothing_is_seen_before_the_consent, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_is_chosen_is_shown_to_the_person, set_up, tear_down),
    cmocka_unit_test_setup_teardown (hidden_and_masked_answers_are_not_in_the_window, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_proposal_waits_for_the_person_and_its_answer_is_said, set_up, tear_down),
    cmocka_unit_test_setup_teardown (the_hand_is_lent_by_the_minute_and_given_back, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_refusal_is_said_and_may_be_asked_again, set_up, tear_down),
    cmocka_unit_test_setup_teardown (any_touch_of_the_person_takes_the_hand, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_prepared_sentence_is_said, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_private_screen_takes_the_picture_away, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_lost_link_and_no_link_are_said, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_quick_answer_is_seen_and_announced, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_hard_stop_says_its_sentence_and_is_in_the_activity, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_call_can_be_passed_to_a_free_colleague_only, set_up, tear_down),
    cmocka_unit_test_setup_teardown (the_end_opens_the_activity_line_and_keeps_what_is_chosen, set_up, tear_down),
    cmocka_unit_test_setup_teardown (every_key_has_its_action_and_is_listed, set_up, tear_down),
    cmocka_unit_test_setup_teardown (dark_is_drawn_as_well, set_up, tear_down),
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
