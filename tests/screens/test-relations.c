/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a screen reader is told on every sample: role, name, and by which texts of the screen it is named and described. */
#include "tst.h"

#include <gtk/gtk.h>
#include <string.h>

#include "samples.h"
#include "view/controls.h"
#include "view/field-view.h"
#include "view/kiosk-window.h"
#include "view/relations.h"
#include "view/theme.h"

enum { WAIT_MS = 5000, MAX_TURNS = 500, WIDTH = 1080, HEIGHT = 1900 };

typedef struct {
  PvKioskWindow *window;
  gboolean is_painted;
} Fixture;

/* How much was looked at: nothing wrong with nothing proves nothing. */
static struct {
  guint n_controls, n_labelled, n_groups, n_wrong, n_helped, n_links;
} seen;

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

  fixture->window = pv_kiosk_window_new (NULL, &config);
  g_signal_connect (fixture->window, "painted", G_CALLBACK (painted_cb), fixture);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  gtk_window_destroy (GTK_WINDOW (((Fixture *) *state)->window));
  g_free (*state);
  return 0;
}

static void
show (Fixture *fixture, const PvScreenState *screen)
{
  fixture->is_painted = FALSE;
  pv_kiosk_window_show_state (fixture->window, screen);
  pv_kiosk_window_present (fixture->window);
  assert_true (tst_pump_until (NULL, &fixture->is_painted, WAIT_MS));
  /* Buttons that turn a page are named once its size is known. */
  for (guint i = 0; i < MAX_TURNS && g_main_context_pending (NULL); i++)
    g_main_context_iteration (NULL, FALSE);
}

static gboolean
is_shown (GtkWidget *widget)
{
  return gtk_widget_get_visible (widget) && gtk_widget_get_child_visible (widget);
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget);
}

/* First descendant, itself included, of this class of CSS. */
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

static GtkWidget *
text_of_class (GtkWidget *view, const char *css_class)
{
  GtkWidget *found = find_class (view, css_class);

  if (found != NULL && !GTK_IS_LABEL (found))
    found = gtk_widget_get_last_child (found);
  return found != NULL && GTK_IS_LABEL (found) ? found : NULL;
}

static const char *
words_of (GtkWidget *label)
{
  return label != NULL ? gtk_label_get_text (GTK_LABEL (label)) : "";
}

static gboolean
has_relation (GtkWidget *widget, GtkAccessibleRelation relation)
{
  return gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), relation);
}

/* What is wrong is told through @fault, so that the sample is named with it. */
static char *
check_control (GtkWidget *control)
{
  GtkWidget *widget = pv_get_told (control);
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget));
  const char *name = pv_get_spoken_name (widget);
  gboolean has_name = gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL);
  gboolean has_label = has_relation (widget, GTK_ACCESSIBLE_RELATION_LABELLED_BY);

  seen.n_controls++;
  if (role == GTK_ACCESSIBLE_ROLE_WIDGET || role == GTK_ACCESSIBLE_ROLE_GENERIC || role == GTK_ACCESSIBLE_ROLE_NONE)
    return g_strdup_printf ("%s has no role", G_OBJECT_TYPE_NAME (widget));
  if (name == NULL || (name[0] == '\0' && !gtk_widget_has_css_class (widget, "key")))
    return g_strdup_printf ("%s has no name", G_OBJECT_TYPE_NAME (widget));
  /* GTK 4.8 says one after the other. */
  if (has_name == has_label)
    return g_strdup_printf ("\"%s\" has %s", name, has_name ? "two names" : "no name");
  return NULL;
}

static char *
check_controls (GtkWidget *root)
{
  char *fault = NULL;

  if (!is_shown (root))
    return NULL;
  if (is_control (root) && gtk_widget_get_focusable (root) && (fault = check_control (root)) != NULL)
    return fault;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && fault == NULL;
       child = gtk_widget_get_next_sibling (child))
    fault = check_controls (child);
  return fault;
}

/* What a field is answered with: what is typed into, the group of its choices, the box to tick. */
static void
collect_answers (GtkWidget *root, GPtrArray *answers)
{
  if (gtk_widget_has_css_class (root, "proposal") || gtk_widget_has_css_class (root, "privacy")
      || gtk_widget_has_css_class (root, "offers"))
    return;
  if (GTK_IS_ENTRY (root) || GTK_IS_TEXT_VIEW (root) || gtk_widget_has_css_class (root, "choice")
      || (g_str_equal (G_OBJECT_TYPE_NAME (root), "PvFlow")))
    g_ptr_array_add (answers, root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect_answers (child, answers);
}

static gboolean
is_answered (const PvField *field)
{
  switch ((int) field->kind) {
  case PV_FIELD_INPUT:
  case PV_FIELD_LONG_INPUT:
  case PV_FIELD_DATE:
  case PV_FIELD_CHOICE:
  case PV_FIELD_CHOICES:
  case PV_FIELD_STATEMENT:
  case PV_FIELD_DAYS:
  case PV_FIELD_TIMES:
  case PV_FIELD_CODE:
    return TRUE;
  default:
    return FALSE;
  }
}

/* The texts of a field that are seen, and the controls beside them. */
typedef struct {
  const PvField *field;
  GtkWidget *label, *help, *error;
} Texts;

static char *
check_label (GtkWidget *answer, const Texts *texts)
{
  GtkWidget *part =
    GTK_IS_ENTRY (answer) && texts->field->kind == PV_FIELD_DATE ? gtk_widget_get_prev_sibling (answer) : NULL;

  /* A choice is named by its own words; which question it answers, its group says. */
  if (gtk_widget_has_css_class (answer, "choice"))
    return NULL;
  if (texts->label == NULL || g_strcmp0 (words_of (texts->label), texts->field->spoken_label) != 0)
    return NULL;
  seen.n_labelled++;
  seen.n_groups += g_str_equal (G_OBJECT_TYPE_NAME (answer), "PvFlow") ? 1 : 0;
  return part != NULL ? gtk_test_accessible_check_relation (
           GTK_ACCESSIBLE (answer), GTK_ACCESSIBLE_RELATION_LABELLED_BY, texts->label, part, NULL)
                      : gtk_test_accessible_check_relation (GTK_ACCESSIBLE (answer),
                                                            GTK_ACCESSIBLE_RELATION_LABELLED_BY, texts->label, NULL);
}

static char *
check_description (GtkWidget *answer, const Texts *texts)
{
  gboolean is_wrong = texts->field->error != NULL, is_helped = words_of (texts->help)[0] != '\0';
  char *fault = gtk_test_accessible_check_state (GTK_ACCESSIBLE (answer), GTK_ACCESSIBLE_STATE_INVALID,
                                                 is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE);

  if (fault != NULL)
    return fault;
  seen.n_wrong += is_wrong ? 1 : 0;
  seen.n_helped += is_helped ? 1 : 0;
  if (is_wrong && !g_str_equal (words_of (texts->error), texts->field->error))
    return g_strdup_printf ("the error is %s", words_of (texts->error));
  if (is_wrong && is_helped)
    return gtk_test_accessible_check_relation (GTK_ACCESSIBLE (answer), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                               texts->error, texts->help, NULL);
  if (is_wrong || is_helped)
    return gtk_test_accessible_check_relation (GTK_ACCESSIBLE (answer), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                               is_wrong ? texts->error : texts->help, NULL);
  return has_relation (answer, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY) ? g_strdup ("described by nothing") : NULL;
}

static char *
check_field (GtkWidget *window, const PvField *field, gboolean is_alone)
{
  GtkWidget *view = pv_find_point_name (window, field->id);
  g_autoptr (GPtrArray) answers = g_ptr_array_new ();
  Texts texts = { field, NULL, NULL, NULL };
  char *fault = NULL;

  if (view == NULL || !is_answered (field))
    return NULL;
  texts.label = field->label != NULL ? text_of_class (view, "field-label") : text_of_class (window, "title");
  texts.help = text_of_class (view, "field-help");
  if (is_alone && words_of (texts.help)[0] == '\0')
    texts.help = text_of_class (window, "help");
  texts.error = text_of_class (view, "field-error");
  collect_answers (view, answers);
  if (answers->len == 0)
    return g_strdup_printf ("%s is answered with nothing", field->id);
  for (guint i = 0; i < answers->len && fault == NULL; i++) {
    GtkWidget *told = pv_get_told (answers->pdata[i]);
    g_autofree char *found = check_label (told, &texts);

    if (found == NULL)
      found = check_description (told, &texts);
    if (found != NULL)
      fault = g_strdup_printf ("%s of %s: %s", G_OBJECT_TYPE_NAME (answers->pdata[i]), field->id, found);
  }
  return fault;
}

/* The ways to what is to be mended, and the buttons that turn a page. */
static char *
check_links (GtkWidget *root, GtkWidget *window, const PvScreenState *screen)
{
  const char *field_id = g_object_get_data (G_OBJECT (root), "pv-leads-to");
  GtkWidget *field = field_id != NULL ? pv_find_point_name (window, field_id) : NULL;
  char *fault = NULL;

  if (gtk_widget_has_css_class (root, "turn") || field != NULL) {
    seen.n_links++;
    fault = field != NULL ? gtk_test_accessible_check_relation (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_RELATION_CONTROLS,
                                                                field, NULL)
            : has_relation (root, GTK_ACCESSIBLE_RELATION_CONTROLS) ? NULL
                                                                    : g_strdup ("a page is turned by nothing");
  }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && fault == NULL;
       child = gtk_widget_get_next_sibling (child))
    fault = check_links (child, window, screen);
  return fault;
}

static char *
check_screen (GtkWidget *window, const PvScreenState *screen)
{
  char *fault = check_controls (window);

  for (guint i = 0; i < screen->fields->len && fault == NULL; i++)
    fault = check_field (window, screen->fields->pdata[i], screen->fields->len == 1);
  return fault != NULL ? fault : check_links (window, window, screen);
}

static void
on_every_sample_controls_are_named_and_described_by_what_is_seen (void **state)
{
  Fixture *fixture = *state;
  guint n_faults = 0;

  memset (&seen, 0, sizeof seen);
  for (guint i = 0; i < n_samples; i++) {
    g_autoptr (PvScreenState) screen = sample_new (i, TONGUE_FR);
    g_autofree char *fault = NULL;

    show (fixture, screen);
    fault = check_screen (GTK_WIDGET (fixture->window), screen);
    if (fault != NULL)
      print_error ("%s: %s\n", samples[i].name, fault);
    n_faults += fault != NULL ? 1 : 0;
  }
  print_message ("# %u controls, %u labelled (%u groups), %u wrong, %u helped, %u that lead elsewhere\n",
                 seen.n_controls, seen.n_labelled, seen.n_groups, seen.n_wrong, seen.n_helped, seen.n_links);
  assert_int_equal (n_faults, 0);
  assert_true (seen.n_controls > 500 && seen.n_labelled > 30 && seen.n_groups > 5);
  assert_true (seen.n_wrong > 5 && seen.n_helped > 2 && seen.n_links > 5);
}

/* The same view, mended: nothing of the error stays. */
static void
a_mended_answer_is_no_longer_described_by_its_error (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvScreenState) screen = pv_screen_state_new (PV_SCREEN_QUESTION, "mended");
  PvField *field;
  GtkWidget *entry;

  screen->title = g_strdup ("Votre adresse");
  field = sample_add_field (screen, PV_FIELD_INPUT, "postcode", "Code postal");
  sample_set (&field->error, "Il manque un chiffre.");
  show (fixture, screen);
  entry = pv_find_focus_id (GTK_WIDGET (fixture->window), "entry:postcode");
  assert_non_null (entry);
  assert_true (has_relation (entry, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY));
  g_clear_pointer (&field->error, g_free);
  screen->revision++;
  pv_kiosk_window_show_state (fixture->window, screen);
  assert_ptr_equal (pv_find_focus_id (GTK_WIDGET (fixture->window), "entry:postcode"), entry);
  assert_false (has_relation (entry, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY));
  assert_null (gtk_test_accessible_check_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                                                GTK_ACCESSIBLE_INVALID_FALSE));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (on_every_sample_controls_are_named_and_described_by_what_is_seen, set_up,
                                     tear_down),
    cmocka_unit_test_setup_teardown (a_mended_answer_is_no_longer_described_by_its_error, set_up, tear_down),
  };

  tst_init ();
  gtk_disable_setlocale ();
  pv_theme_prepare ();
  if (!gtk_init_check ())
    return 77;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
