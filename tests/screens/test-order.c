/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* On every screen of the journeys: what is said, where the keys go and what is seen have one order (EN 301 549, 5.1.3.3, 11.1.3.1.2,
 * 11.1.3.2.2, 11.2.4.3).  Seen: part by part (what is over the answer, the answer, the keyboard, the action band, the help band), in each
 * from top to bottom, and in a row in the direction of reading.  In landscape the action band stands under the question, beside
 * the answer that it comes after. */
#include "tst.h"

#include <gtk/gtk.h>
#include <string.h>

#include "platform/language.h"
#include "survey.h"
#include "view/controls.h"
#include "view/frame.h"
#include "view/hearing.h"
#include "view/keypad-stops.h"
#include "view/theme.h"
#include "walker.h"

static const char *const forms[] = {
  "inscription-scolaire",   "acte-naissance",      "activite-sportive",
  "carte-bibliotheque",     "encombrants",         "liste-electorale",
  "question-facture",       "recensement-citoyen", "rendez-vous-identite",
  "reservation-salle",      "signalement-rue",     "stationnement-resident",
  "subvention-association",
};

enum {
  N_SIZES = 3, /* of the setups: portrait, landscape, compact */
  SHARE = 4,   /* of the screens, where not all are looked at; the six walks together look at each of them */
  SLACK_PX = 2,
};

typedef struct {
  PvKioskWindow *window;
  const Setup *setup;
  const char *language, *name; /* of the screen */
  gboolean is_mirrored;
  guint share;
  guint n_screens, n_controls, n_wrong, n_silent;
} Look;

typedef struct {
  GtkWidget *widget;
  guint part;
  graphene_rect_t box; /* in its part */
} Control;

/* In their order. */
enum { PART_START, PART_LANGUAGES, PART_HEAD, PART_ANSWER, PART_PAGES, PART_ACTIONS, PART_HELP, N_PARTS };

static gboolean
is_full (void)
{
  return g_getenv ("PV_TEST_FULL") != NULL;
}

static void complain (Look *look, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
complain (Look *look, const char *format, ...)
{
  va_list arguments;
  g_autofree char *words = NULL;

  va_start (arguments, format);
  words = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  print_error ("%s, %s, %s: %s\n", look->setup->name, look->language, look->name, words);
  look->n_wrong++;
}

static const char *
name_of (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (pv_get_focus_id (widget) != NULL)
      return pv_get_focus_id (widget);
  return "something without a name";
}

/* ---- what is seen ---- */

static GtkWidget *
find_class (GtkWidget *root, const char *css_class)
{
  if (gtk_widget_has_css_class (root, css_class))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_class (child, css_class);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
list_parts (Look *look, GtkWidget *ret_parts[N_PARTS], GtkWidget **ret_frame)
{
  GtkWidget *frame = gtk_widget_get_first_child (gtk_window_get_child (GTK_WINDOW (look->window)));
  const PvFrameParts *parts = pv_frame_get_parts (PV_FRAME (frame));

  *ret_frame = frame;
  ret_parts[PART_START] = find_class (GTK_WIDGET (parts->welcome), "welcome-top");
  ret_parts[PART_LANGUAGES] = find_class (GTK_WIDGET (parts->welcome), "welcome-bottom");
  ret_parts[PART_HEAD] = GTK_WIDGET (parts->head);
  ret_parts[PART_ANSWER] = GTK_WIDGET (parts->body);
  ret_parts[PART_PAGES] = find_class (GTK_WIDGET (parts->pager), "turn-bar");
  ret_parts[PART_ACTIONS] = GTK_WIDGET (parts->action_band);
  ret_parts[PART_HELP] = GTK_WIDGET (parts->help_band);
}

static float
end_of (const graphene_rect_t *box)
{
  return box->origin.y + box->size.height;
}

/* TRUE if the eye meets @later before @box. */
static gboolean
is_before (const Look *look, const graphene_rect_t *later, const graphene_rect_t *box)
{
  float common = MIN (end_of (later), end_of (box)) - MAX (later->origin.y, box->origin.y);

  if (common < MIN (later->size.height, box->size.height) / 2)
    return later->origin.y < box->origin.y;
  if (look->is_mirrored)
    return later->origin.x + SLACK_PX >= box->origin.x + box->size.width;
  return later->origin.x + later->size.width <= box->origin.x + SLACK_PX;
}

/* (transfer full) (element-type Control) */
static GArray *
list_controls (Look *look, GtkWidget *parts[N_PARTS])
{
  g_autoptr (GArray) stops = pv_keypad_list_stops (gtk_window_get_child (GTK_WINDOW (look->window)));
  GArray *controls = g_array_new (FALSE, TRUE, sizeof (Control));

  for (guint i = 0; i < stops->len; i++) {
    const PvKeypadStop *stop = &g_array_index (stops, PvKeypadStop, i);
    Control control = { .widget = stop->widget, .part = N_PARTS };

    if (stop->is_keyboard)
      continue;
    for (guint part = 0; part < N_PARTS; part++)
      if (parts[part] != NULL && gtk_widget_is_ancestor (stop->widget, parts[part]))
        control.part = part;
    if (control.part == N_PARTS || !gtk_widget_compute_bounds (stop->widget, parts[control.part], &control.box))
      complain (look, "%s is nowhere", name_of (stop->widget));
    else
      g_array_append_val (controls, control);
  }
  return controls;
}

/* Where the part is on the screen; of the answer the page that is shown, or with it the buttons that turn pages. FALSE: nowhere */
static gboolean
find_part (GtkWidget *parts[N_PARTS], GtkWidget *frame, guint part, gboolean is_page, graphene_rect_t *ret_box)
{
  GtkWidget *widget = parts[part];

  if (widget != NULL && part == PART_ANSWER)
    widget = is_page ? gtk_widget_get_parent (widget) : gtk_widget_get_ancestor (widget, PV_TYPE_PAGER);
  return widget != NULL && gtk_widget_get_mapped (widget) && gtk_widget_compute_bounds (widget, frame, ret_box)
         && ret_box->size.height > 0;
}

static void
compare_with_sight (Look *look, const GArray *controls, GtkWidget *parts[N_PARTS], GtkWidget *frame)
{
  gboolean is_beside = look->setup->width > look->setup->height && look->setup->height >= 900;

  for (guint j = 1; j < controls->len; j++)
    for (guint i = 0; i < j; i++) {
      const Control *first = &g_array_index (controls, Control, i), *second = &g_array_index (controls, Control, j);

      if (first->part > second->part || (first->part == second->part && is_before (look, &second->box, &first->box)))
        complain (look, "the keys go to %s, then to %s; it is seen before it", name_of (first->widget),
                  name_of (second->widget));
    }
  for (guint j = 1; j < N_PARTS; j++)
    for (guint i = 0; i < j; i++) {
      graphene_rect_t first, second;

      if ((is_beside && j == PART_ACTIONS && i != PART_HEAD) || !find_part (parts, frame, i, j == PART_PAGES, &first)
          || !find_part (parts, frame, j, FALSE, &second) || !is_before (look, &second, &first))
        continue;
      complain (look, "part %u is seen before part %u", j, i);
    }
}

/* ---- what is said ---- */

/* What is said of the control, and of which field; FALSE: of the field only, with no words of its own. */
static gboolean
words_of (const PvScreenState *state, const PvFocus *focus, char **ret_words, const char **ret_field)
{
  const PvField *field = focus->id != NULL ? pv_screen_state_find_field (state, focus->id) : NULL;
  const PvAction *action;
  PvUtterance *choice;

  *ret_words = NULL;
  *ret_field = field != NULL ? field->id : NULL;
  switch (focus->kind) {
  case PV_FOCUS_ACTION:
    action = state->actions->pdata[focus->index];
    *ret_words = g_strdup (action->spoken != NULL ? action->spoken : action->label);
    return TRUE;
  case PV_FOCUS_CHOICE:
    choice = pv_field_speak_choice (field, focus->index);
    *ret_words = g_strdup (choice->text);
    pv_utterance_free (choice);
    return TRUE;
  case PV_FOCUS_ROW:
    *ret_words = g_strdup (((const PvSummaryRow *) field->rows->pdata[focus->index])->edit_spoken);
    return TRUE;
  case PV_FOCUS_ACCEPT:
    *ret_words = g_strdup (field->accept_label);
    return TRUE;
  case PV_FOCUS_KEEP:
    *ret_words = g_strdup (field->keep_label);
    return TRUE;
  case PV_FOCUS_LIFT:
    *ret_words = g_strdup (field->lift_label);
    return TRUE;
  case PV_FOCUS_FIELD:
    if (field->kind == PV_FIELD_DATE)
      *ret_words = g_strdup (field->part_labels[focus->index]);
    return *ret_words != NULL;
  case PV_FOCUS_KEY:
  case PV_FOCUS_BUTTON:
  case PV_FOCUS_NOWHERE:
  default:
    return FALSE;
  }
}

static int
find_said (const GPtrArray *speech, guint from, const char *words, const char *field)
{
  for (guint i = from; i < speech->len; i++) {
    const PvUtterance *said = speech->pdata[i];

    if (g_strcmp0 (said->field_id, field) == 0 && (words == NULL || g_str_equal (said->text, words)))
      return (int) i;
  }
  return -1;
}

static void
compare_with_speech (Look *look, const PvScreenState *state, const GArray *controls)
{
  g_autoptr (GPtrArray) speech = pv_screen_state_speech (state);
  guint at = 0;

  for (guint i = 0; i < controls->len; i++) {
    const Control *control = &g_array_index (controls, Control, i);
    g_autofree char *words = NULL;
    const char *field;
    PvFocus focus;
    gboolean has_words;
    int found;

    if (!pv_hearing_name_focus (state, control->widget, &focus)) {
      complain (look, "%s is no part of the state", name_of (control->widget));
      continue;
    }
    if (focus.kind == PV_FOCUS_KEY)
      continue;
    has_words = words_of (state, &focus, &words, &field);
    found = find_said (speech, at, words, field);
    if (found >= 0)
      at = (guint) found + (has_words ? 1 : 0);
    else if (!has_words && find_said (speech, 0, NULL, field) < 0)
      look->n_silent++; /* one empty line that the title asks for */
    else if (!has_words && at > 0 && g_strcmp0 (((const PvUtterance *) speech->pdata[at - 1])->field_id, field) == 0)
      continue; /* an empty line: its name stands over what stands over it */
    else
      complain (look, "%s is said %s", name_of (control->widget),
                find_said (speech, 0, words, field) >= 0 ? "before what the keys came from" : "nowhere");
  }
}

/* ---- every screen ---- */

static void
shown_cb (const PvScreenState *state, const char *name, gpointer user_data)
{
  Look *look = user_data;
  GtkWidget *parts[N_PARTS], *frame;
  g_autoptr (GArray) controls = NULL;

  if (!is_full () && g_getenv ("PV_ORDER_ONLY") == NULL && (g_str_hash (name) + look->share) % SHARE != 0)
    return;
  look->name = name;
  look->n_screens++;
  pv_kiosk_window_show_state (look->window, state);
  assert_true (survey_wait (GTK_WIDGET (look->window)));
  list_parts (look, parts, &frame);
  controls = list_controls (look, parts);
  look->n_controls += controls->len;
  compare_with_sight (look, controls, parts, frame);
  compare_with_speech (look, state, controls);
}

static void
walk_through (Look *look)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PV_SOURCE_DIR"), "app", "demo", "procedures", NULL);

  for (guint form = 0; form < (is_full () ? G_N_ELEMENTS (forms) : 1); form++) {
    g_autoptr (PvProcedure) procedure = walker_read_form (folder, forms[form]);
    Walk walk = { .has_ends = form == 0,
                  .only = g_getenv ("PV_ORDER_ONLY"),
                  .shown = shown_cb,
                  .user_data = look,
                  .has_help = form == 0 };

    pv_kiosk_window_get_capacity (look->window, &walk.capacity);
    assert_non_null (procedure);
    assert_true (walker_run (&walk, procedure));
    assert_true (form > 0 || walker_run_elsewhere (&walk, procedure));
  }
}

static void
what_is_said_reached_and_seen_has_one_order (void **state)
{
  static const char *const languages[] = { "fr", "ar" };
  static const Setup setups[N_SIZES] = {
    { .name = "portrait", .width = 1080, .height = 1920, .text_percent = 100, .theme = "light" },
    { .name = "landscape", .width = 1920, .height = 1080, .text_percent = 100, .theme = "light" },
    { .name = "compact", .width = 1024, .height = 768, .text_percent = 100, .theme = "light" },
  };
  Look look = { 0 };

  (void) state;
  for (guint size = 0; size < N_SIZES; size++) {
    look.setup = &setups[size];
    look.window = survey_open_window (look.setup);
    for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
      look.language = languages[i];
      pv_language_set (languages[i]);
      look.is_mirrored = pv_language_is_right_to_left (languages[i]);
      pv_kiosk_window_set_language (look.window, languages[i], look.is_mirrored);
      walk_through (&look);
      look.share++;
    }
    gtk_window_destroy (GTK_WINDOW (look.window));
  }
  print_message ("%u screens, %u controls; %u lines are named by their title only\n", look.n_screens, look.n_controls,
                 look.n_silent);
  assert_int_equal (look.n_wrong, 0);
  assert_true (look.n_screens > 100 || g_getenv ("PV_ORDER_ONLY") != NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test (what_is_said_reached_and_seen_has_one_order) };

  tst_init ();
  pv_language_start ();
  gtk_disable_setlocale ();
  pv_theme_prepare ();
  if (!gtk_init_check ())
    return 77;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
