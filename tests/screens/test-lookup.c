/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Follow" and "pay" in their window, with a real journey behind it: fingers on the keys of codes, and a hand scanner, which
 * is a keyboard that types fast and ends with Enter. */
#include "tst.h"

#include <X11/XKBlib.h>
#include <X11/extensions/XTest.h>
#include <gdk/x11/gdkx.h>
#include <gtk/gtk.h>
#include <string.h>

#include "core/journey.h"
#include "view/keyboard.h"
#include "view/kiosk-window.h"
#include "view/theme.h"

enum { WAIT_MS = 10000 };

#define UUID "0f8b6c1e-52a7-4c0e-9d3b-6a1f2e3d4c5b"

typedef struct {
  PvKioskWindow *window;
  PvJourney *journey;
  PvMoment now;
  char *asked; /* the last that was asked for */
  gboolean is_asked, is_painted;
} Fixture;

static void
refresh (Fixture *fixture)
{
  PvEffect *effect;

  while ((effect = pv_journey_pop_effect (fixture->journey)) != NULL) {
    if (effect->kind == PV_EFFECT_FOLLOW || effect->kind == PV_EFFECT_FIND_INVOICE) {
      g_free (fixture->asked);
      fixture->asked = g_strdup (effect->text);
      fixture->is_asked = TRUE;
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
act (Fixture *fixture, PvIntentionKind kind)
{
  g_autoptr (PvIntention) intention = pv_intention_new (kind, PV_ACTOR_CITIZEN, NULL, NULL);

  pv_journey_handle (fixture->journey, intention, &fixture->now);
  refresh (fixture);
}

static int
set_up (void **state)
{
  static const char *const languages[] = { "en", NULL };
  g_autoptr (PvCatalogue) catalogue = pv_catalogue_new ();
  PvCatalogueEntry *entry = pv_catalogue_entry_new ("ecole", "École");
  Fixture *fixture = g_new0 (Fixture, 1);
  PvViewConfig view = { .commune = "Ville de Montclair", .width = 1080, .height = 1900, .touch.debounce_ms = 300 };
  PvJourneyConfig config = { .commune = "Ville de Montclair",
                             .languages = languages,
                             .idle_seconds = 90,
                             .warn_seconds = 60,
                             .can_follow = TRUE,
                             .can_pay = TRUE };

  entry->category = g_strdup ("famille-ecole");
  g_ptr_array_add (catalogue->entries, entry);
  fixture->now = (PvMoment){ G_GINT64_CONSTANT (1795440720000000), 1000, g_time_zone_new_utc () };
  fixture->journey = pv_journey_new (&config);
  fixture->window = pv_kiosk_window_new (NULL, &view);
  pv_journey_catalogue_loaded (fixture->journey, catalogue, &fixture->now);
  act (fixture, PV_DO_START);
  g_signal_connect (fixture->window, "intention", G_CALLBACK (intention_cb), fixture);
  g_signal_connect (fixture->window, "painted", G_CALLBACK (painted_cb), fixture);
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
  g_free (fixture->asked);
  g_free (fixture);
  return 0;
}

/* ---- a hand scanner ---- */

static void
press (Display *display, guint keysym)
{
  KeyCode keycode = XKeysymToKeycode (display, keysym);
  gboolean needs_shift =
    XkbKeycodeToKeysym (display, keycode, 0, 0) != keysym && XkbKeycodeToKeysym (display, keycode, 0, 1) == keysym;
  KeyCode shift = XKeysymToKeycode (display, GDK_KEY_Shift_L);

  if (needs_shift)
    XTestFakeKeyEvent (display, shift, True, CurrentTime);
  XTestFakeKeyEvent (display, keycode, True, CurrentTime);
  XTestFakeKeyEvent (display, keycode, False, CurrentTime);
  if (needs_shift)
    XTestFakeKeyEvent (display, shift, False, CurrentTime);
}

/* All at once, without waiting for the screen, as a scanner does. */
static void
scan (Fixture *fixture, const char *text)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (fixture->window));
  Display *display = gdk_x11_display_get_xdisplay (gdk_surface_get_display (surface));

  XSetInputFocus (display, gdk_x11_surface_get_xid (surface), RevertToParent, CurrentTime);
  for (const char *c = text; *c != '\0'; c++)
    press (display, gdk_unicode_to_keyval ((guint32) *c));
  press (display, GDK_KEY_Return);
  XFlush (display);
}

static gboolean
wait_screen (Fixture *fixture, const char *key)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end) {
    if (g_str_equal (pv_journey_get_state (fixture->journey)->key, key))
      return TRUE;
    g_main_context_iteration (NULL, FALSE);
    g_usleep (500);
  }
  return FALSE;
}

static void
a_receipts_square_is_scanned_and_looked_up (void **state)
{
  static const char *const squares[] = {
    "https://demarches.montclair.example/code/BCDFGHJK",
    "https://demarches.montclair.example/code/bcdfghjk/load",
    "BCDFGHJK",
  };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (squares); i++) {
    fixture->is_asked = FALSE;
    act (fixture, PV_DO_OPEN_FOLLOW);
    assert_true (wait_screen (fixture, "follow"));
    scan (fixture, squares[i]);
    assert_true (tst_pump_until (NULL, &fixture->is_asked, WAIT_MS));
    assert_string_equal (fixture->asked, "BCDFGHJK");
    assert_string_equal (pv_journey_get_state (fixture->journey)->key, "follow-asking");
    act (fixture, PV_DO_BACK);
  }
}

static void
an_invoices_square_is_scanned_and_its_amount_asked_for (void **state)
{
  Fixture *fixture = *state;

  act (fixture, PV_DO_OPEN_PAY);
  assert_true (wait_screen (fixture, "pay"));
  scan (fixture, "https://demarches.montclair.example/facture/" UUID "/");
  assert_true (wait_screen (fixture, "pay-amount"));
  scan (fixture, "42,50");
  assert_true (tst_pump_until (NULL, &fixture->is_asked, WAIT_MS));
  assert_string_equal (fixture->asked, UUID);
}

static void
another_square_is_told_and_the_next_one_is_read (void **state)
{
  Fixture *fixture = *state;
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  act (fixture, PV_DO_OPEN_PAY);
  assert_true (wait_screen (fixture, "pay"));
  scan (fixture, "https://elsewhere.example/menu");
  while (pv_screen_state_find_field (pv_journey_get_state (fixture->journey), "invoice")->error == NULL
         && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  assert_non_null (pv_screen_state_find_field (pv_journey_get_state (fixture->journey), "invoice")->error);
  scan (fixture, UUID);
  assert_true (wait_screen (fixture, "pay-amount"));
}

/* ---- fingers ---- */

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

static const char *
code_of (Fixture *fixture)
{
  return pv_screen_state_find_field (pv_journey_get_state (fixture->journey), "code")->value;
}

static void
a_code_is_typed_with_its_own_keys (void **state)
{
  static const char *const letters[] = { "B", "C", "D", "F", "G", "H", "J", "K", "L" };
  static const char *const shown[] = {
    "B", "BC", "BCD", "BCDF", "BCDF G", "BCDF GH", "BCDF GHJ", "BCDF GHJK", "BCDFG HJKL",
  };
  Fixture *fixture = *state;

  act (fixture, PV_DO_OPEN_FOLLOW);
  assert_true (wait_screen (fixture, "follow"));
  assert_null (find_key (GTK_WIDGET (fixture->window), "A"));
  assert_null (find_key (GTK_WIDGET (fixture->window), "1"));
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++) {
    GtkWidget *key = find_key (GTK_WIDGET (fixture->window), letters[i]);

    assert_non_null (key);
    g_signal_emit_by_name (key, "clicked");
    while (g_main_context_iteration (NULL, FALSE)) /* a finger is slower */
      ;
    assert_string_equal (code_of (fixture), shown[i]);
  }
  g_signal_emit_by_name (find_key (GTK_WIDGET (fixture->window), "Delete"), "clicked");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_string_equal (code_of (fixture), "BCDF GHJK");
}

/* A uuid is not typed: there are no keys that would say it is. */
static void
the_invoice_has_no_keyboard_on_the_screen (void **state)
{
  Fixture *fixture = *state;

  act (fixture, PV_DO_OPEN_PAY);
  assert_true (wait_screen (fixture, "pay"));
  for (guint i = 0; i < 5; i++)
    g_main_context_iteration (NULL, FALSE);
  {
    GtkWidget *key = find_key (GTK_WIDGET (fixture->window), "A");

    assert_true (key == NULL || !gtk_widget_get_mapped (key));
  }
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_receipts_square_is_scanned_and_looked_up),
    TEST (an_invoices_square_is_scanned_and_its_amount_asked_for),
    TEST (another_square_is_told_and_the_next_one_is_read),
    TEST (a_code_is_typed_with_its_own_keys),
    TEST (the_invoice_has_no_keyboard_on_the_screen),
  };

  tst_init ();
  gtk_disable_setlocale ();
  pv_theme_prepare ();
  if (!gtk_init_check ())
    return 77;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
