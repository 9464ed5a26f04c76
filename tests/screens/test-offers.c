/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is offered under what is typed: touched, reached with the keypad, told to a screen reader. */
#include "tst.h"

#include <gtk/gtk.h>
#include <string.h>

#include "view/choice-button.h"
#include "view/controls.h"
#include "view/kiosk-window.h"
#include "view/theme.h"
#include "view/top-band.h"

enum { WAIT_MS = 5000 };

typedef struct {
  PvKioskWindow *window;
  char *said; /* (nullable): "kind|target|value" of the last intention */
  gboolean is_painted;
} Fixture;

static void
intention_cb (PvKioskWindow *window, const PvIntention *intention, gpointer user_data)
{
  Fixture *fixture = user_data;

  (void) window;
  g_free (fixture->said);
  fixture->said =
    g_strdup_printf ("%s|%s|%s", pv_intention_kind_name (intention->kind), intention->target, intention->value);
}

static void
painted_cb (PvKioskWindow *window, gpointer user_data)
{
  (void) window;
  ((Fixture *) user_data)->is_painted = TRUE;
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  PvViewConfig config = { .commune = "Ville de Montclair", .width = 1080, .height = 1900 };

  fixture->window = pv_kiosk_window_new (NULL, &config);
  g_signal_connect (fixture->window, "intention", G_CALLBACK (intention_cb), fixture);
  g_signal_connect (fixture->window, "painted", G_CALLBACK (painted_cb), fixture);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_free (fixture->said);
  g_free (fixture);
  return 0;
}

/* A street with @n offers, and a town. */
static void
show (Fixture *fixture, const char *value, guint n)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_QUESTION, "question-1");
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_INPUT, "street", "Street");

  state->title = g_strdup ("Where do you live?");
  field->value = g_strdup (value);
  field->is_focused = TRUE;
  for (guint i = 0; i < n; i++) {
    g_autofree char *id = g_strdup_printf ("s%u", i);
    g_autofree char *label = g_strdup_printf ("%u rue des Écoles", i);

    pv_field_add_choice (field, id, label);
  }
  pv_screen_state_add_field (state, PV_FIELD_INPUT, "town", "Town");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, "Continue");
  pv_kiosk_window_show_state (fixture->window, state);
  pv_screen_state_free (state);
}

static void
present (Fixture *fixture)
{
  pv_kiosk_window_present (fixture->window);
  assert_true (tst_pump_until (NULL, &fixture->is_painted, WAIT_MS));
}

static GtkWidget *
look_for (Fixture *fixture, const char *focus_id)
{
  return pv_find_focus_id (GTK_WIDGET (fixture->window), focus_id);
}

static gboolean
has_focus_in (Fixture *fixture, GtkWidget *widget)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static GtkWidget *
find_top_band (GtkWidget *widget)
{
  GtkWidget *found = PV_IS_TOP_BAND (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_top_band (child);
  return found;
}

/* What becomes pages all the same leaves the top band where it is, unless the letters are so large that each line counts. */
static void
the_top_band_stays_while_offers_become_pages (void **state)
{
  static const struct {
    guint text_percent;
    gboolean has_top;
  } table[] = { { 100, TRUE }, { 200, FALSE } };
  Fixture *fixture = *state;

  present (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    PvLook look = { .text_percent = table[i].text_percent, .theme = "light", .language = "fr" };

    pv_kiosk_window_set_look (fixture->window, &look);
    show (fixture, "12", 9);
    assert_int_equal (gtk_widget_get_visible (find_top_band (GTK_WIDGET (fixture->window))), table[i].has_top);
  }
}

static void
an_offer_is_chosen_with_one_touch (void **state)
{
  Fixture *fixture = *state;

  show (fixture, "1 r", 3);
  present (fixture);
  assert_true (gtk_widget_activate (look_for (fixture, "offer:street:s1")));
  assert_string_equal (fixture->said, "choose|street|s1");
}

/* While somebody types, offers come and go; the entry, its caret and the focus do not. */
static void
what_is_typed_is_not_disturbed (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *entry;

  show (fixture, "1 r", 0);
  present (fixture);
  entry = look_for (fixture, "entry:street");
  gtk_editable_set_position (GTK_EDITABLE (entry), 2);
  show (fixture, "1 r", 4);
  assert_ptr_equal (look_for (fixture, "entry:street"), entry);
  assert_non_null (look_for (fixture, "offer:street:s3"));
  assert_int_equal (gtk_editable_get_position (GTK_EDITABLE (entry)), 2);
  assert_true (has_focus_in (fixture, entry));
  show (fixture, "1 r", 2);
  assert_null (look_for (fixture, "offer:street:s3"));
  show (fixture, "1 r", 0);
  assert_null (look_for (fixture, "offer:street:s0"));
  assert_true (has_focus_in (fixture, entry));
}

/* From the entry to each offer, then to what comes next. */
static void
the_keypad_reaches_every_offer (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *window = GTK_WIDGET (fixture->window);

  show (fixture, "1 r", 2);
  present (fixture);
  assert_true (has_focus_in (fixture, look_for (fixture, "entry:street")));
  for (guint i = 0; i < 2; i++) {
    g_autofree char *id = g_strdup_printf ("offer:street:s%u", i);

    assert_true (gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD));
    assert_ptr_equal (gtk_window_get_focus (GTK_WINDOW (window)), look_for (fixture, id));
  }
  assert_true (gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD));
  assert_true (has_focus_in (fixture, look_for (fixture, "entry:town")));
}

/* It was chosen with the keypad, and all offers go. */
static void
who_was_on_an_offer_is_in_the_entry_again (void **state)
{
  Fixture *fixture = *state;

  show (fixture, "1 r", 2);
  present (fixture);
  gtk_widget_grab_focus (look_for (fixture, "offer:street:s1"));
  show (fixture, "1 rue des Écoles", 0);
  assert_true (has_focus_in (fixture, look_for (fixture, "entry:street")));
  assert_string_equal (gtk_editable_get_text (GTK_EDITABLE (look_for (fixture, "entry:street"))), "1 rue des Écoles");
}

static void
a_screen_reader_hears_how_many_there_are (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *wrong = NULL;

  show (fixture, "1 r", 3);
  present (fixture);
  wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (look_for (fixture, "entry:street")),
                                              GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "3 suggestions");
  assert_null (wrong);
  show (fixture, "1 r", 1);
  wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (look_for (fixture, "entry:street")),
                                              GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "1 suggestion");
  assert_null (wrong);
  /* What it offers is said by the voice of the kiosk only. */
  wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (look_for (fixture, "offer:street:s0")),
                                              GTK_ACCESSIBLE_PROPERTY_LABEL, "Street, choice 1 of 1");
  assert_null (wrong);
  assert_string_equal (pv_get_spoken_name (look_for (fixture, "offer:street:s0")), "0 rue des Écoles");
}

#define with_window(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_window (the_top_band_stays_while_offers_become_pages),
    with_window (an_offer_is_chosen_with_one_touch),
    with_window (what_is_typed_is_not_disturbed),
    with_window (the_keypad_reaches_every_offer),
    with_window (who_was_on_an_offer_is_in_the_entry_again),
    with_window (a_screen_reader_hears_how_many_there_are),
  };

  tst_init ();
  gtk_disable_setlocale ();
  pv_theme_prepare ();
  if (!gtk_init_check ())
    return 77;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
