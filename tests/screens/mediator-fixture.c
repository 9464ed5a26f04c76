/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "mediator-fixture.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "assist/people.h"
#include "platform/language.h"

enum { WAIT_MS = 30000, MAX_TRIES = 20 };

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

void
fixture_enrol (Fixture *fixture)
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

void
fixture_settle (const Fixture *fixture)
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

gboolean
fixture_wait_for (const Fixture *fixture, Condition condition)
{
  gint64 end = g_get_monotonic_time () + (gint64) WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (!condition (fixture) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  return condition (fixture);
}

GtkWidget *
fixture_find (GtkWidget *from, Visit visit, gpointer data)
{
  if (!gtk_widget_get_mapped (from) || !gtk_widget_get_child_visible (from))
    return NULL;
  if (visit (from, data))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = fixture_find (child, visit, data);

    if (found != NULL)
      return found;
  }
  return NULL;
}

gboolean
fixture_has_text (GtkWidget *widget, gpointer text)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
}

gboolean
fixture_shows (const Fixture *fixture, const char *text)
{
  return fixture_find (GTK_WIDGET (fixture->window), fixture_has_text, (gpointer) text) != NULL;
}

gboolean
fixture_is_type (GtkWidget *widget, gpointer name)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (widget), name);
}

GtkWidget *
fixture_find_type (const Fixture *fixture, const char *name)
{
  return fixture_find (GTK_WIDGET (fixture->window), fixture_is_type, (gpointer) name);
}

void
fixture_act (const Fixture *fixture, const char *action, const char *parameter)
{
  g_autoptr (GVariant) target = parameter != NULL ? g_variant_ref_sink (g_variant_new_string (parameter)) : NULL;

  gtk_widget_activate_action_variant (GTK_WIDGET (fixture->window), action, target);
}

gboolean
fixture_is_enabled (const Fixture *fixture, const char *action)
{
  g_auto (GStrv) parts = g_strsplit (action, ".", 2);
  GActionGroup *group = g_str_equal (parts[0], "win") ? G_ACTION_GROUP (fixture->window)
                                                      : pv_mediator_window_get_session_actions (fixture->window);

  return g_action_group_get_action_enabled (group, parts[1]);
}

/* ---- pictures ---- */

void
fixture_draw (const Fixture *fixture, GtkWidget *widget, const char *name)
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

    fixture_settle (fixture);
    gdk_paintable_snapshot (paintable, snapshot, width, height);
    node = gtk_snapshot_free_to_node (snapshot);
  }
  assert_non_null (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (fixture->window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  gsk_render_node_unref (node);
  assert_true (gdk_texture_save_to_png (texture, path));
}

void
fixture_keep (const Fixture *fixture, const char *name)
{
  fixture_draw (fixture, GTK_WIDGET (fixture->window), name);
}

GtkWidget *
fixture_find_dialog (const Fixture *fixture)
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
             || fixture_find (widget, fixture_has_text, (gpointer) "") != NULL;
  if (!is_named)
    fprintf (stderr, "# without a name: %s\n", G_OBJECT_TYPE_NAME (widget));
  return !is_named;
}

void
fixture_assert_named (const Fixture *fixture)
{
  assert_null (fixture_find (GTK_WIDGET (fixture->window), is_nameless, NULL));
}

/* ---- steps that several tests go ---- */

int
fixture_set_up (void **state)
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

int
fixture_tear_down (void **state)
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

void
fixture_open_window (Fixture *fixture)
{
  fixture->window =
    pv_mediator_window_new (GTK_APPLICATION (fixture->application), fixture->settings, PV_PRESENCE_FREE);
  gtk_window_present (GTK_WINDOW (fixture->window));
  fixture_settle (fixture);
}

gboolean
fixture_is_signed_in (const Fixture *fixture)
{
  return pv_desk_get_console (pv_mediator_window_get_desk (fixture->window)) != NULL;
}

void
fixture_sign_in (Fixture *fixture)
{
  fixture_enrol (fixture);
  fixture_open_window (fixture);
  pv_mediator_window_sign_in (fixture->window, FAKE_PASSPHRASE);
  assert_true (fixture_wait_for (fixture, fixture_is_signed_in));
  fixture_settle (fixture);
}

static gboolean
is_in_session (const Fixture *fixture)
{
  return pv_desk_get_state (pv_mediator_window_get_desk (fixture->window)) == PV_MEDIATOR_SESSION;
}

gboolean
fixture_sees_screen (const Fixture *fixture)
{
  return fixture_shows (fixture, "Adresse : numéro et rue");
}

gboolean
fixture_may_propose (const Fixture *fixture)
{
  return pv_desk_has (pv_mediator_window_get_desk (fixture->window), PV_RIGHT_PROPOSE);
}

gboolean
fixture_has_hand (const Fixture *fixture)
{
  return pv_desk_has (pv_mediator_window_get_desk (fixture->window), PV_RIGHT_HAND);
}

PvScreenState *
fixture_make_screen (void)
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

void
fixture_join (Fixture *fixture)
{
  g_autofree char *code = NULL;
  GtkWidget *digits;

  fixture_sign_in (fixture);
  fake_console_call (fake_console_get ());
  fixture_act (fixture, "win.join-oldest", NULL);
  fixture_settle (fixture);
  code = fake_console_code (fake_console_get ());
  digits = fixture_find_type (fixture, "GtkEntry");
  assert_non_null (digits);
  gtk_editable_set_text (GTK_EDITABLE (digits), code);
  g_signal_emit_by_name (digits, "activate");
  assert_true (fixture_wait_for (fixture, is_in_session));
}

void
fixture_share (Fixture *fixture)
{
  fixture_join (fixture);
  fake_console_show (fake_console_get (), fixture_make_screen ());
  fake_console_touch (fake_console_get (), PV_TOUCH_GRANT);
  assert_true (fixture_wait_for (fixture, fixture_sees_screen));
}

void
fixture_choose_row (const Fixture *fixture, const char *label)
{
  GtkWidget *targets = fixture_find_type (fixture, "PvMediatorTargets");
  GtkWidget *row = fixture_find (targets, fixture_has_text, (gpointer) label);

  assert_non_null (row);
  row = gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX_ROW);
  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (row)), GTK_LIST_BOX_ROW (row));
}
