/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Screen 4 in its window, with a real journey behind it: fingers, a keyboard that is plugged in, a document scanner. */
#include "tst.h"

#include <gtk/gtk.h>
#include <string.h>

#include "core/journey.h"
#include "unit/core/sample-procedure.h"
#include "view/answer-entry.h"
#include "view/controls.h"
#include "view/keyboard.h"
#include "view/kiosk-window.h"
#include "view/portrait.h"
#include "view/theme.h"

enum { WAIT_MS = 5000 };

typedef struct {
  PvKioskWindow *window;
  PvJourney *journey;
  PvMoment now;
  char *code; /* the last that went to the reader */
  gboolean is_painted;
} Fixture;

static void
refresh (Fixture *fixture)
{
  PvEffect *effect;

  while ((effect = pv_journey_pop_effect (fixture->journey)) != NULL) {
    if (effect->kind == PV_EFFECT_CARD_CODE) {
      g_free (fixture->code);
      fixture->code = g_strdup (effect->text);
    }
    pv_effect_free (effect);
  }
  pv_kiosk_window_show_state (fixture->window, pv_journey_get_state (fixture->journey));
}

static void
intention_cb (PvKioskWindow *window, const PvIntention *intention, gpointer user_data)
{
  Fixture *fixture = user_data;

  (void) window;
  pv_journey_handle (fixture->journey, intention, &fixture->now);
  refresh (fixture);
}

static void
painted_cb (PvKioskWindow *window, gpointer user_data)
{
  (void) window;
  ((Fixture *) user_data)->is_painted = TRUE;
}

static void
act (Fixture *fixture, PvIntentionKind kind, const char *target)
{
  g_autoptr (PvIntention) intention = pv_intention_new (kind, PV_ACTOR_CITIZEN, target, NULL);

  pv_journey_handle (fixture->journey, intention, &fixture->now);
}

static void
begin (Fixture *fixture)
{
  g_autoptr (PvProcedure) procedure = sample_procedure ();
  g_autoptr (PvCatalogue) catalogue = pv_catalogue_new ();
  PvCatalogueEntry *entry = pv_catalogue_entry_new ("ecole", "École");

  entry->category = g_strdup ("famille-ecole");
  g_ptr_array_add (catalogue->entries, entry);
  ((PvQuestion *) pv_procedure_find_question (procedure, "2"))->identity = 1 + PV_IDENTITY_SURNAME;
  pv_journey_set_ref (fixture->journey, "BCDFGHJKLM");
  pv_journey_catalogue_loaded (fixture->journey, catalogue, &fixture->now);
  act (fixture, PV_DO_START, NULL);
  act (fixture, PV_DO_OPEN_CATEGORY, "famille-ecole");
  act (fixture, PV_DO_OPEN_PROCEDURE, "ecole");
  pv_journey_procedure_loaded (fixture->journey, "ecole", procedure, &fixture->now);
  act (fixture, PV_DO_BEGIN, NULL);
}

static int
set_up (void **state)
{
  static const char *const languages[] = { "en", NULL };
  Fixture *fixture = g_new0 (Fixture, 1);
  PvViewConfig view = { .commune = "Ville de Montclair", .width = 1080, .height = 1900, .touch.debounce_ms = 300 };
  PvJourneyConfig config = { .commune = "Ville de Montclair",
                             .languages = languages,
                             .idle_seconds = 90,
                             .warn_seconds = 60,
                             .is_card_enabled = TRUE };

  fixture->now = (PvMoment){ G_GINT64_CONSTANT (1795440720000000), 1000, g_time_zone_new_utc () };
  fixture->journey = pv_journey_new (&config);
  fixture->window = pv_kiosk_window_new (NULL, &view);
  begin (fixture);
  g_signal_connect (fixture->window, "intention", G_CALLBACK (intention_cb), fixture);
  g_signal_connect (fixture->window, "painted", G_CALLBACK (painted_cb), fixture);
  refresh (fixture);
  pv_kiosk_window_present (fixture->window);
  *state = fixture;
  return tst_pump_until (NULL, &fixture->is_painted, WAIT_MS) ? 0 : 1;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  pv_journey_free (fixture->journey);
  g_time_zone_unref (fixture->now.zone);
  g_free (fixture->code);
  g_free (fixture);
  return 0;
}

static void
assert_screen (Fixture *fixture, const char *key)
{
  assert_string_equal (pv_journey_get_state (fixture->journey)->key, key);
}

static GtkWidget *
find_key (GtkWidget *root, const char *label)
{
  if (GTK_IS_BUTTON (root) && gtk_widget_has_css_class (root, "key")
      && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_key (child, label);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
touch_keys (Fixture *fixture, const char *digits)
{
  for (const char *digit = digits; *digit != '\0'; digit++) {
    GtkWidget *key = find_key (GTK_WIDGET (fixture->window), (const char[]){ *digit, '\0' });

    assert_non_null (key);
    g_signal_emit_by_name (key, "clicked");
  }
}

/* As GtkText inserts what a keyboard types: at the caret of what has the focus. */
static void
type_with_keys (Fixture *fixture, const char *text)
{
  for (const char *c = text; *c != '\0'; c++) {
    GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

    assert_true (GTK_IS_TEXT (focus));
    if (*c == '\n') {
      g_signal_emit_by_name (focus, "activate");
    } else {
      int position = gtk_editable_get_position (GTK_EDITABLE (focus));

      gtk_editable_insert_text (GTK_EDITABLE (focus), c, 1, &position);
      gtk_editable_set_position (GTK_EDITABLE (focus), position);
    }
  }
}

static const char *
digits_shown (Fixture *fixture)
{
  return gtk_editable_get_text (GTK_EDITABLE (pv_find_focus_id (GTK_WIDGET (fixture->window), "entry:card-code")));
}

static void
six_touches_are_a_code (void **state)
{
  Fixture *fixture = *state;

  touch_keys (fixture, "48151");
  assert_string_equal (digits_shown (fixture), "48151");
  assert_null (fixture->code);
  touch_keys (fixture, "6");
  assert_string_equal (fixture->code, "481516");
}

static void
only_digits_go_into_the_boxes (void **state)
{
  Fixture *fixture = *state;

  type_with_keys (fixture, "4a8 1");
  assert_string_equal (digits_shown (fixture), "481");
}

/* There is no place between two boxes to type at. */
static void
the_caret_stays_behind_the_last_digit (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *entry = pv_find_focus_id (GTK_WIDGET (fixture->window), "entry:card-code");

  touch_keys (fixture, "481");
  gtk_editable_set_position (GTK_EDITABLE (entry), 0);
  touch_keys (fixture, "5");
  assert_string_equal (digits_shown (fixture), "4815");
}

static GtkWidget *
find_keyboard (GtkWidget *root)
{
  GtkWidget *found = PV_IS_KEYBOARD (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_keyboard (child);
  return found;
}

/* The primary action goes on without a card: nobody who ends a code means that. */
static void
enter_and_the_check_mark_never_leave_without_the_card (void **state)
{
  Fixture *fixture = *state;

  type_with_keys (fixture, "48\n");
  assert_screen (fixture, "identity-card");
  assert_non_null (pv_screen_state_find_field (pv_journey_get_state (fixture->journey), "card-code")->error);
  type_with_keys (fixture, "1");
  g_signal_emit_by_name (find_keyboard (GTK_WIDGET (fixture->window)), "done");
  assert_screen (fixture, "identity-card");
  assert_non_null (pv_screen_state_find_field (pv_journey_get_state (fixture->journey), "card-code")->error);
}

static void
open_lines (Fixture *fixture, const char *document)
{
  act (fixture, PV_DO_OTHER_DOCUMENT, NULL);
  act (fixture, PV_DO_OPEN_DOCUMENT, document);
  refresh (fixture);
}

static void
a_scanner_types_all_lines (void **state)
{
  static const struct {
    const char *document, *text;
  } cases[] = {
    { "card", "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<\n9007138F3002119FRA<<<<<<<<<<<6\nMARTIN<<MAELYS<GAELLE<MARIE<<<\n" },
    { "card", "idfrax4rtbpfw46<<<<<<<<<<<<<<<9007138f3002119fra<<<<<<<<<<<6martin<<maelys<gaelle<marie<<<\n" },
    { "passport", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Fixture *fixture;

    tear_down (state);
    assert_int_equal (set_up (state), 0);
    fixture = *state;
    open_lines (fixture, cases[i].document);
    type_with_keys (fixture, cases[i].text);
    assert_screen (fixture, "identity-confirm");
  }
}

static void
the_keyboard_has_what_a_zone_has (void **state)
{
  Fixture *fixture = *state;

  open_lines (fixture, "card");
  touch_keys (fixture, "ID<7");
  assert_string_equal (
    gtk_editable_get_text (GTK_EDITABLE (pv_find_focus_id (GTK_WIDGET (fixture->window), "entry:zone-1"))), "ID<7");
  assert_null (find_key (GTK_WIDGET (fixture->window), "É"));
}

/* ---- the photo to compare ---- */

static GtkWidget *
find_portrait (GtkWidget *root)
{
  GtkWidget *found = PV_IS_PORTRAIT (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_portrait (child);
  return found;
}

static void
read_document (Fixture *fixture)
{
  g_auto (PvCardReport) report = { PV_CARD_READ, PV_CARD_TROUBLE_NONE, 100, pv_identity_new () };

  report.identity->verdict = PV_VERDICT_GENUINE;
  report.identity->reason = PV_REASON_NONE;
  pv_identity_set (report.identity, PV_IDENTITY_SURNAME, "MARTIN");
  type_with_keys (fixture, "481516");
  pv_journey_card_report (fixture->journey, &report, &fixture->now);
}

static GdkTexture *
red_texture (void)
{
  enum { WIDTH = 35, HEIGHT = 45 };
  guint32 *pixels = g_new (guint32, WIDTH * HEIGHT);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    pixels[i] = 0xFFFF0000;
  bytes = g_bytes_new_take (pixels, WIDTH * HEIGHT * sizeof *pixels);
  return gdk_memory_texture_new (WIDTH, HEIGHT, GDK_MEMORY_DEFAULT, bytes, WIDTH * sizeof *pixels);
}

static void
painted_again_cb (GdkFrameClock *clock, gpointer user_data)
{
  (void) clock;
  *(gboolean *) user_data = TRUE;
}

static void
paint (Fixture *fixture)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window));
  gboolean is_painted = FALSE;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_again_cb), &is_painted);

  gtk_widget_queue_draw (GTK_WIDGET (fixture->window));
  assert_true (tst_pump_until (NULL, &is_painted, WAIT_MS));
  g_signal_handler_disconnect (clock, handler);
}

/* What the window draws in the middle of the portrait's place. */
static guint32
portrait_pixel (Fixture *fixture)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) picture = NULL;
  graphene_rect_t place;
  guint32 pixel = 0;

  assert_true (gtk_widget_compute_bounds (find_portrait (window), window, &place));
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window), gtk_widget_get_height (window));
  node = gtk_snapshot_free_to_node (snapshot);
  graphene_rect_inset (&place, place.size.width / 2.0F - 1.0F, place.size.height / 2.0F - 1.0F);
  place = GRAPHENE_RECT_INIT ((float) (int) place.origin.x, (float) (int) place.origin.y, 1.0F, 1.0F);
  picture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, &place);
  gdk_texture_download (picture, (guchar *) &pixel, sizeof pixel);
  return pixel;
}

static void
a_photo_is_there_while_it_is_compared_and_no_longer (void **state)
{
  Fixture *fixture = *state;
  GdkTexture *texture = red_texture ();

  g_object_add_weak_pointer (G_OBJECT (texture), (gpointer *) &texture);
  read_document (fixture);
  refresh (fixture);
  assert_null (find_portrait (GTK_WIDGET (fixture->window)));
  assert_true (pv_journey_portrait_came (fixture->journey, &fixture->now));
  refresh (fixture);
  paint (fixture);
  assert_int_not_equal (portrait_pixel (fixture), 0xFFFF0000); /* its place, before it is decoded */
  pv_kiosk_window_set_portrait (fixture->window, texture);
  g_object_unref (texture);
  paint (fixture);
  assert_int_equal (portrait_pixel (fixture), 0xFFFF0000);
  act (fixture, PV_DO_OPEN_LOOK, NULL); /* built anew afterwards, with it */
  refresh (fixture);
  act (fixture, PV_DO_CLOSE, NULL);
  refresh (fixture);
  paint (fixture);
  assert_int_equal (portrait_pixel (fixture), 0xFFFF0000);
  act (fixture, PV_DO_CONFIRM_IDENTITY, NULL);
  pv_kiosk_window_set_portrait (fixture->window, NULL);
  refresh (fixture);
  paint (fixture);
  assert_null (find_portrait (GTK_WIDGET (fixture->window)));
  assert_null (texture); /* nobody holds it */
}

static void
what_is_no_picture_leaves_the_rows (void **state)
{
  Fixture *fixture = *state;

  read_document (fixture);
  pv_journey_portrait_came (fixture->journey, &fixture->now);
  refresh (fixture);
  assert_non_null (find_portrait (GTK_WIDGET (fixture->window)));
  pv_journey_portrait_failed (fixture->journey, &fixture->now);
  refresh (fixture);
  assert_null (find_portrait (GTK_WIDGET (fixture->window)));
  assert_screen (fixture, "identity-confirm");
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (six_touches_are_a_code),
    T (only_digits_go_into_the_boxes),
    T (the_caret_stays_behind_the_last_digit),
    T (enter_and_the_check_mark_never_leave_without_the_card),
    T (a_scanner_types_all_lines),
    T (the_keyboard_has_what_a_zone_has),
    T (a_photo_is_there_while_it_is_compared_and_no_longer),
    T (what_is_no_picture_leaves_the_rows),
  };

  tst_init ();
  gtk_disable_setlocale ();
  pv_theme_prepare ();
  if (!gtk_init_check ())
    return 77;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
