/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a program on the accessibility bus learns of what citizens type and typed: names, but not one word. */
#include "tst.h"

#include <gtk/gtk.h>
#include <string.h>

#include "bus-reader.h"
#include "samples.h"
#include "view/controls.h"
#include "view/kiosk-window.h"
#include "view/theme.h"

enum {
  WAIT_MS = 10000,
  WIDTH = 1080,
  HEIGHT = 1900,
  ROLE_TEXT = 61, /* of AT-SPI: an entry, a box of several lines */
  ROLE_ENTRY = 79,
};

/* What stands there, and what is typed. */
#define HELD  "Zwqxhold"
#define TYPED "Zwqxtype"

typedef struct {
  PvKioskWindow *window;
  BusReader *reader;
  gboolean is_painted;
  guint n_secrets; /* that were on the screen */
} Fixture;

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
  PvViewConfig config = { .commune = "Ville de Montclair", .width = WIDTH, .height = HEIGHT };

  fixture->reader = bus_reader_new ();
  assert_non_null (fixture->reader);
  bus_reader_add_secret (fixture->reader, HELD);
  bus_reader_add_secret (fixture->reader, TYPED);
  fixture->window = pv_kiosk_window_new (NULL, &config);
  g_signal_connect (fixture->window, "painted", G_CALLBACK (painted_cb), fixture);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  bus_reader_free (fixture->reader);
  g_free (fixture);
  return 0;
}

static void
show (Fixture *fixture, const PvScreenState *screen)
{
  fixture->is_painted = FALSE;
  pv_kiosk_window_show_state (fixture->window, screen);
  pv_kiosk_window_present (fixture->window);
  assert_true (tst_pump_until (NULL, &fixture->is_painted, WAIT_MS));
}

static void
hold (Fixture *fixture, char **place)
{
  g_free (*place);
  *place = g_strdup (HELD);
  fixture->n_secrets++;
}

/* Everything that is a person's own is a secret word. */
static void
hold_field (Fixture *fixture, PvField *field)
{
  gboolean is_typed =
    field->kind == PV_FIELD_INPUT || field->kind == PV_FIELD_LONG_INPUT || field->kind == PV_FIELD_CODE;

  if (is_typed)
    hold (fixture, &field->value);
  for (guint i = 0; field->kind == PV_FIELD_INPUT && field->choices != NULL && i < field->choices->len; i++)
    hold (fixture, &((PvChoice *) field->choices->pdata[i])->label);
  for (guint i = 0; field->kind == PV_FIELD_SUMMARY && field->rows != NULL && i < field->rows->len; i++) {
    PvSummaryRow *row = field->rows->pdata[i];

    if (row->is_heading || row->assist == PV_ASSIST_CLEAR)
      continue;
    hold (fixture, &row->value);
    if (row->official_value != NULL)
      hold (fixture, &row->official_value);
  }
  if (field->proposal != NULL) {
    hold (fixture, &field->proposal_value);
    hold (fixture, &field->keep_label);
  }
}

static void
pump (void)
{
  for (guint i = 0; i < 200 && g_main_context_pending (NULL); i++)
    g_main_context_iteration (NULL, FALSE);
}

static void
collect_typed (GtkWidget *root, GPtrArray *typed)
{
  if ((GTK_IS_ENTRY (root) || GTK_IS_TEXT_VIEW (root)) && gtk_widget_get_sensitive (root))
    g_ptr_array_add (typed, root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect_typed (child, typed);
}

/* The focus is told of, and so is each letter, where it is. */
static void
type_everywhere (Fixture *fixture)
{
  g_autoptr (GPtrArray) typed = g_ptr_array_new ();

  collect_typed (GTK_WIDGET (fixture->window), typed);
  for (guint i = 0; i < typed->len; i++) {
    GtkWidget *widget = typed->pdata[i];
    int position = 0;

    gtk_widget_grab_focus (widget);
    pump ();
    if (GTK_IS_TEXT_VIEW (widget)) {
      gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)), TYPED, -1);
    } else {
      gtk_editable_delete_text (GTK_EDITABLE (widget), 0, -1);
      gtk_editable_insert_text (GTK_EDITABLE (widget), TYPED, -1, &position);
    }
    fixture->n_secrets++;
    pump ();
  }
}

/* Of an entry not even how long its text is. */
static guint
count_entries_with_text (BusReader *reader, const char *screen)
{
  g_autoptr (GPtrArray) texts = bus_reader_steal_texts (reader);
  g_autofree char *box = g_strdup_printf ("%d: ", ROLE_TEXT), *entry = g_strdup_printf ("%d: ", ROLE_ENTRY);
  guint n = 0;

  for (guint i = 0; i < texts->len; i++)
    if (g_str_has_prefix (texts->pdata[i], box) || g_str_has_prefix (texts->pdata[i], entry)) {
      print_error ("%s: an entry gives its text, %s\n", screen, (char *) texts->pdata[i]);
      n++;
    }
  return n;
}

static guint
count_heard (BusReader *reader, const char *screen)
{
  g_autoptr (GPtrArray) heard = bus_reader_steal_heard (reader);

  for (guint i = 0; i < heard->len; i++)
    print_error ("%s: %s\n", screen, (char *) heard->pdata[i]);
  return heard->len;
}

/* With PV_TEST_FULL every screen; else one of each that is made of the same kinds of things. */
static gboolean
is_worth_its_time (GHashTable *met, const PvScreenState *screen)
{
  GString *kinds = g_string_new (NULL);

  for (guint i = 0; i < screen->fields->len; i++) {
    const PvField *field = screen->fields->pdata[i];

    if (strchr (kinds->str, 'A' + (int) field->kind) == NULL)
      g_string_append_c (kinds, (char) ('A' + (int) field->kind));
    if (field->proposal != NULL)
      g_string_append (kinds, "proposed");
    if (field->choices != NULL)
      g_string_append (kinds, "offered");
  }
  return g_hash_table_add (met, g_string_free (kinds, FALSE)) || g_getenv ("PV_TEST_FULL") != NULL;
}

static void
of_what_is_typed_and_was_no_word_is_on_the_bus (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GHashTable) met = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_told = 0, n_screens = 0;

  for (guint i = 0; i < n_samples; i++) {
    g_autoptr (PvScreenState) screen = sample_new (i, TONGUE_FR);
    guint n_before = fixture->n_secrets;

    for (guint k = 0; k < screen->fields->len; k++)
      hold_field (fixture, screen->fields->pdata[k]);
    if (fixture->n_secrets == n_before || !is_worth_its_time (met, screen)) { /* nothing to keep, or the same again */
      fixture->n_secrets = n_before;
      continue;
    }
    n_screens++;
    show (fixture, screen);
    type_everywhere (fixture);
    bus_reader_read (fixture->reader);
    n_told += count_heard (fixture->reader, samples[i].name);
    n_told += count_entries_with_text (fixture->reader, samples[i].name);
  }
  print_message ("# %u screens, %u secret words, %u objects asked, %u messages heard, %u words told\n", n_screens,
                 fixture->n_secrets, bus_reader_count_objects (fixture->reader),
                 bus_reader_count_messages (fixture->reader), n_told);
  assert_true (n_screens > 8 && fixture->n_secrets > 30);
  assert_int_equal (n_told, 0);
}

/* A reader still has what to fill in, by its role and its name. */
static void
what_is_private_is_there_by_role_and_name (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvScreenState) screen = pv_screen_state_new (PV_SCREEN_QUESTION, "private");
  PvField *field;

  screen->title = g_strdup ("Vous");
  sample_add_field (screen, PV_FIELD_INPUT, "name", "Votre nom");
  sample_add_field (screen, PV_FIELD_LONG_INPUT, "message", "Votre message");
  field = sample_add_field (screen, PV_FIELD_DATE, "birth", "Votre naissance");
  sample_set (&field->part_labels[0], "Jour");
  sample_set (&field->part_labels[1], "Mois");
  sample_set (&field->part_labels[2], "Année");
  show (fixture, screen);
  bus_reader_read (fixture->reader);
  assert_true (bus_reader_met (fixture->reader, ROLE_TEXT, "Votre nom"));
  assert_true (bus_reader_met (fixture->reader, ROLE_TEXT, "Votre message"));
  assert_true (bus_reader_met (fixture->reader, ROLE_TEXT, "Votre naissance Jour"));
}

/* What was not heard above was not missed by the one who listened. */
static void
the_same_in_an_entry_of_gtk_is_heard (void **state)
{
  static const char *const expected[] = { HELD " in the reply of GetText", TYPED " in the reply of GetText",
                                          TYPED " in a message TextChanged" };
  Fixture *fixture = *state;
  GtkWidget *window = gtk_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *entry = gtk_entry_new (), *label = gtk_label_new (HELD);
  gint64 end_us = g_get_monotonic_time () + WAIT_MS * 1000;
  gboolean is_heard[G_N_ELEMENTS (expected)] = { FALSE };

  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  while (!(is_heard[0] && is_heard[1] && is_heard[2]) && g_get_monotonic_time () < end_us) {
    g_autoptr (GPtrArray) heard = NULL;

    gtk_widget_grab_focus (entry);
    pump ();
    gtk_editable_set_text (GTK_EDITABLE (entry), "");
    gtk_editable_set_text (GTK_EDITABLE (entry), TYPED);
    bus_reader_read (fixture->reader);
    heard = bus_reader_steal_heard (fixture->reader);
    for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
      is_heard[i] |= g_ptr_array_find_with_equal_func (heard, expected[i], g_str_equal, NULL);
  }
  gtk_window_destroy (GTK_WINDOW (window));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    assert_true (is_heard[i]);
  assert_int_not_equal (count_entries_with_text (fixture->reader, "of GTK"), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (the_same_in_an_entry_of_gtk_is_heard, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_is_private_is_there_by_role_and_name, set_up, tear_down),
    cmocka_unit_test_setup_teardown (of_what_is_typed_and_was_no_word_is_on_the_bus, set_up, tear_down),
  };

  tst_init ();
  gtk_disable_setlocale ();
  pv_theme_prepare ();
  if (!gtk_init_check ())
    return 77;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
