/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the portal says, in two languages: where its French stands, and what gives way to what. */
#include "tst.h"

#include <gtk/gtk.h>
#include <string.h>

#include "samples.h"
#include "view/kiosk-window.h"
#include "view/theme.h"

enum { WAIT_MS = 5000 };

typedef struct {
  PvKioskWindow *window;
  gboolean is_painted;
} Fixture;

static void
painted_cb (PvKioskWindow *window, gpointer user_data)
{
  (void) window;
  ((Fixture *) user_data)->is_painted = TRUE;
}

static Fixture *
open_window (int width, int height)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  PvViewConfig config = { .commune = "Ville de Montclair", .width = width, .height = height };

  fixture->window = pv_kiosk_window_new (NULL, &config);
  g_signal_connect (fixture->window, "painted", G_CALLBACK (painted_cb), fixture);
  return fixture;
}

static void
close_window (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_free (fixture);
}

static void
show (Fixture *fixture, PvScreenState *state)
{
  pv_kiosk_window_show_state (fixture->window, state);
  pv_kiosk_window_present (fixture->window);
  assert_true (tst_pump_until (NULL, &fixture->is_painted, WAIT_MS));
}

static PvScreenState *
sample_of (const char *name, Tongue tongue)
{
  for (guint i = 0; i < n_samples; i++)
    if (g_str_equal (samples[i].name, name))
      return sample_new (i, tongue);
  fail_msg ("no sample %s", name);
  return NULL;
}

/* Every label of the class that is shown, in the order of the tree. */
static void
collect (GtkWidget *widget, const char *css_class, GPtrArray *labels)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget))
    return;
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, css_class))
    g_ptr_array_add (labels, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, css_class, labels);
}

static GPtrArray *
list_official (Fixture *fixture)
{
  GPtrArray *labels = g_ptr_array_new ();

  collect (GTK_WIDGET (fixture->window), "official", labels);
  return labels;
}

static const char *
text_at (const GPtrArray *labels, guint index)
{
  assert_true (index < labels->len);
  return gtk_label_get_text (GTK_LABEL (labels->pdata[index]));
}

static void
the_french_stands_under_each_text_and_is_marked_as_french (void **state)
{
  static const char *const expected[] = { "Votre enfant mangera-t-il à la cantine ?", "Vous pourrez changer d’avis.",
                                          "Oui, tous les jours", "Oui, certains jours", "Non" };
  Fixture *fixture = open_window (1080, 1900);
  g_autoptr (PvScreenState) screen = sample_of ("official-choice", TONGUE_EN);
  g_autoptr (GPtrArray) labels = NULL;

  (void) state;
  show (fixture, screen);
  labels = list_official (fixture);
  assert_int_equal (labels->len, G_N_ELEMENTS (expected));
  for (guint i = 0; i < labels->len; i++) {
    PangoAttrList *attributes = gtk_label_get_attributes (GTK_LABEL (labels->pdata[i]));
    g_autofree char *written = pango_attr_list_to_string (attributes);

    assert_string_equal (text_at (labels, i), expected[i]);
    assert_non_null (strstr (written, "language fr"));
  }
  close_window (fixture);
}

static void
on_a_french_screen_nothing_is_said_twice (void **state)
{
  Fixture *fixture = open_window (1080, 1900);
  g_autoptr (PvScreenState) screen = sample_of ("official-choice", TONGUE_FR);
  g_autoptr (GPtrArray) labels = NULL;

  (void) state;
  screen->official_title = g_strdup (screen->title); /* nobody translated it: it is French already */
  show (fixture, screen);
  labels = list_official (fixture);
  assert_int_equal (labels->len, 0);
  close_window (fixture);
}

static void
with_little_room_the_choices_give_their_french_up_first (void **state)
{
  Fixture *fixture = open_window (1024, 768);
  g_autoptr (PvScreenState) screen = sample_of ("official-choice", TONGUE_QPS);
  g_autoptr (GPtrArray) labels = NULL;

  (void) state;
  show (fixture, screen);
  labels = list_official (fixture);
  assert_int_equal (labels->len, 1);
  assert_string_equal (text_at (labels, 0), "Votre enfant mangera-t-il à la cantine ?");
  close_window (fixture);
}

static void
a_statement_keeps_its_french (void **state)
{
  static const int sizes[][2] = { { 1080, 1900 }, { 1920, 1080 }, { 1024, 768 } };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    Fixture *fixture = open_window (sizes[i][0], sizes[i][1]);
    g_autoptr (PvScreenState) screen = sample_of ("official-check", TONGUE_QPS);
    g_autoptr (GPtrArray) labels = NULL;

    show (fixture, screen);
    labels = list_official (fixture);
    assert_true (labels->len > 0);
    assert_string_equal (text_at (labels, labels->len - 1),
                         "Je déclare sur l’honneur que ces informations sont exactes.");
    close_window (fixture);
  }
}

static void
the_rows_have_their_french_where_there_is_room (void **state)
{
  static const struct {
    const char *sample, *first;
    int width, height;
    guint n;
  } rows[] = {
    { "official-check", "Enfant", 1080, 1900, 4 }, /* three rows and the statement */
    { "official-check", "Je déclare sur l’honneur que ces informations sont exactes.", 1024, 768, 1 },
    { "official-procedure", "Inscrire un enfant à l’école", 1080, 1900, 4 },
    { "official-procedure", "Inscrire un enfant à l’école", 1024, 768, 1 },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Fixture *fixture = open_window (rows[i].width, rows[i].height);
    g_autoptr (PvScreenState) screen = sample_of (rows[i].sample, TONGUE_EN);
    g_autoptr (GPtrArray) labels = NULL;

    show (fixture, screen);
    labels = list_official (fixture);
    assert_int_equal (labels->len, rows[i].n);
    assert_string_equal (text_at (labels, 0), rows[i].first);
    close_window (fixture);
  }
}

static void
from_the_right_the_french_is_still_read_from_the_left (void **state)
{
  Fixture *fixture = open_window (1080, 1900);
  g_autoptr (PvScreenState) screen = sample_of ("official-choice", TONGUE_QPA);
  g_autoptr (GPtrArray) labels = NULL;

  (void) state;
  pv_kiosk_window_set_language (fixture->window, "ar", TRUE);
  g_free (screen->official_title);
  screen->official_title = g_strdup ("3 (trois) enfants ?");
  show (fixture, screen);
  labels = list_official (fixture);
  assert_string_equal (text_at (labels, 0), "\342\200\2163 (trois) enfants ?");
  pv_kiosk_window_set_language (fixture->window, "fr", FALSE);
  close_window (fixture);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_french_stands_under_each_text_and_is_marked_as_french),
    cmocka_unit_test (on_a_french_screen_nothing_is_said_twice),
    cmocka_unit_test (with_little_room_the_choices_give_their_french_up_first),
    cmocka_unit_test (a_statement_keeps_its_french),
    cmocka_unit_test (the_rows_have_their_french_where_there_is_room),
    cmocka_unit_test (from_the_right_the_french_is_still_read_from_the_left),
  };

  tst_init ();
  gtk_disable_setlocale ();
  pv_theme_prepare ();
  if (!gtk_init_check ())
    return 77;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
