/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every screen of the journeys with the keys of a pad alone: each control is reached in its order and does what a touch does, and
 * a whole request is filed. */
#include "tst.h"

#include <gtk/gtk.h>
#include <string.h>

#include "pad-hands.h"
#include "platform/language.h"
#include "view/controls.h"
#include "view/theme.h"
#include "walker.h"

enum {
  MAX_STOPS = 120,
  MEDIAN_PRESSES = 25, /* accessibility: presses a question */
};

static const struct {
  const char *name;
  int width, height;
} sizes[] = { { "portrait", 1080, 1900 }, { "compact", 1024, 768 } };

static const char *const forms[] = {
  "inscription-scolaire",   "acte-naissance",      "activite-sportive",
  "carte-bibliotheque",     "encombrants",         "liste-electorale",
  "question-facture",       "recensement-citoyen", "rendez-vous-identite",
  "reservation-salle",      "signalement-rue",     "stationnement-resident",
  "subvention-association",
};

/* Without PV_TEST_FULL one form is walked through, which has every kind of screen but a table. */
#define SAMPLE "signalement-rue"

static gboolean
is_full (void)
{
  return g_getenv ("PV_TEST_FULL") != NULL;
}

static PvProcedure *
read_form (const char *slug)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PV_SOURCE_DIR"), "app", "demo", "procedures", NULL);

  return walker_read_form (folder, slug);
}

/* ---- every control of every screen ---- */

typedef struct {
  PadHands *hands;
  const char *size;
  guint n_screens, n_controls, n_wrong;
} Inspection;

static void complain (Inspection *inspection, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
complain (Inspection *inspection, const char *name, const char *format, ...)
{
  va_list arguments;
  g_autofree char *words = NULL;

  va_start (arguments, format);
  words = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  print_error ("%s, %s: %s\n", inspection->size, name, words);
  inspection->n_wrong++;
}

static gboolean
is_of_the_view (const char *where)
{
  return g_str_has_prefix (where, "keys:") || g_str_has_prefix (where, "page:");
}

/* What the check mark sends, and then a touch on the same. */
static void
compare_with_touch (Inspection *inspection, const char *name, const char *where)
{
  PadHands *hands = inspection->hands;
  GtkWidget *button = gtk_window_get_focus (GTK_WINDOW (hands->window));
  g_autofree char *by_key = NULL;

  g_ptr_array_set_size (hands->said, 0);
  if (!GTK_IS_BUTTON (button) || !pad_hands_press (hands, "Return"))
    return;
  if (hands->said->len != 1)
    complain (inspection, name, "%s sends %u intentions", where, hands->said->len);
  by_key = g_strdup (pad_hands_last_said (hands));
  g_ptr_array_set_size (hands->said, 0);
  g_signal_emit_by_name (button, "clicked");
  if (!g_str_equal (by_key, pad_hands_last_said (hands)))
    complain (inspection, name, "%s sends %s by the keys, %s by a touch", where, by_key, pad_hands_last_said (hands));
}

/* Once around: (transfer full) (element-type char) */
static GPtrArray *
go_around (Inspection *inspection, const char *name)
{
  GPtrArray *met = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < MAX_STOPS; i++) {
    char *where = pad_hands_where (inspection->hands);

    if (met->len > 0 && g_str_equal (where, met->pdata[0])) {
      g_free (where);
      return met;
    }
    g_ptr_array_add (met, where);
    if (g_str_has_prefix (where, "keys:") == FALSE && g_str_has_prefix (where, "page:") == FALSE)
      compare_with_touch (inspection, name, where);
    pad_hands_press (inspection->hands, "Tab");
  }
  complain (inspection, name, "it does not come around");
  return met;
}

/* Ways to what is wrong are the last to give way to the answer: each says beside itself that it is wrong. */
static void
pass_over_hidden_ways (Inspection *inspection, GPtrArray *wanted)
{
  GtkWidget *root = gtk_window_get_child (GTK_WINDOW (inspection->hands->window));

  while (wanted->len > 0 && g_str_has_prefix (wanted->pdata[0], "action:jump:")) {
    GtkWidget *way = pv_find_focus_id (root, wanted->pdata[0]);

    if (way != NULL && gtk_widget_get_mapped (way))
      return;
    g_ptr_array_remove_index (wanted, 0);
  }
}

static void
shown_cb (const PvScreenState *state, const char *name, gpointer user_data)
{
  Inspection *inspection = user_data;
  g_autoptr (GPtrArray) wanted = pad_hands_list_controls (state), met = NULL;
  guint at = 0, n_met = 0;

  pad_hands_show (inspection->hands, state);
  pass_over_hidden_ways (inspection, wanted);
  inspection->n_screens++;
  inspection->n_controls += wanted->len;
  if (wanted->len == 0)
    return;
  met = go_around (inspection, name);
  for (guint i = 0; i < met->len; i++) {
    if (is_of_the_view (met->pdata[i]))
      continue;
    n_met++;
    /* It may begin where something is to be mended. */
    while (n_met == 1 && at < wanted->len && !g_str_equal (wanted->pdata[at], met->pdata[i]))
      at++;
    if (at == wanted->len && n_met == 1)
      complain (inspection, name, "begins at %s", (char *) met->pdata[i]);
    if (!g_str_equal (wanted->pdata[at % wanted->len], met->pdata[i]))
      complain (inspection, name, "%s instead of %s", (char *) met->pdata[i], (char *) wanted->pdata[at % wanted->len]);
    at++;
  }
  if (n_met != wanted->len)
    complain (inspection, name, "%u controls of %u are met", n_met, wanted->len);
}

static void
inspect (guint size)
{
  PadHands *hands = pad_hands_new (sizes[size].width, sizes[size].height, 0);
  Inspection inspection = { .hands = hands, .size = sizes[size].name };
  const char *only = g_getenv ("PV_KEYPAD_ONLY");
  gboolean is_presented;

  is_presented = pad_hands_present (hands);
  for (guint form = 0; is_presented && form < G_N_ELEMENTS (forms); form++) {
    g_autoptr (PvProcedure) procedure = read_form (forms[form]);
    Walk walk = {
      .has_ends = form == 0, .only = only, .shown = shown_cb, .user_data = &inspection, .has_help = form == 0
    };

    if (!is_full () && !g_str_equal (forms[form], SAMPLE))
      continue;
    pad_hands_press (hands, "Tab"); /* somebody uses the pad */
    pv_kiosk_window_get_capacity (hands->window, &walk.capacity);
    if (procedure == NULL || !walker_run (&walk, procedure) || (form == 0 && !walker_run_elsewhere (&walk, procedure)))
      complain (&inspection, forms[form], "cannot be filled");
  }
  pad_hands_free (hands);
  print_message ("%s: %u screens, %u controls\n", inspection.size, inspection.n_screens, inspection.n_controls);
  assert_true (is_presented);
  assert_int_equal (inspection.n_wrong, 0);
  if (only == NULL)
    assert_true (inspection.n_screens > (is_full () ? 200U : 10U));
}

static void
every_control_is_reached_in_its_order_and_does_what_a_touch_does (void **state)
{
  (void) state;
  for (guint size = 0; size < (is_full () ? G_N_ELEMENTS (sizes) : 1); size++)
    inspect (size);
}

/* ---- answering ---- */

/* What somebody comes for, and by which touch it is done. "Bring it later", what ends a session and what answers a mediator is
 * reached on its screen, above; yes, no and stop with a key each, in screens-keypad. */
static const struct {
  const char *name;
  PvIntentionKind kind;
} tasks[] = {
  { "begin", PV_DO_START },
  { "search", PV_DO_OPEN_SEARCH },
  { "choose a life event", PV_DO_OPEN_CATEGORY },
  { "choose a procedure", PV_DO_OPEN_PROCEDURE },
  { "begin a request", PV_DO_BEGIN },
  { "go on without a card", PV_DO_WITHOUT_CARD },
  { "choose the document", PV_DO_OPEN_DOCUMENT },
  { "say that the card is right", PV_DO_CONFIRM_IDENTITY },
  { "type", PV_DO_TYPE },
  { "type a date", PV_DO_TYPE_PART },
  { "choose", PV_DO_CHOOSE },
  { "tick", PV_DO_TOGGLE },
  { "choose a day", PV_DO_CHOOSE_DAY },
  { "scan", PV_DO_SCAN },
  { "scan a page", PV_DO_SCAN_PAGE },
  { "use the scan", PV_DO_USE_DOCUMENT },
  { "remove it", PV_DO_REMOVE_DOCUMENT },
  { "send from the phone", PV_DO_SEND_FROM_PHONE },
  { "follow a request", PV_DO_OPEN_FOLLOW },
  { "pay an invoice", PV_DO_OPEN_PAY },
  { "look it up", PV_DO_LOOK_UP },
  { "practise", PV_DO_OPEN_PRACTICE },
  { "use a made-up answer", PV_DO_USE_SAMPLE },
  { "call a mediator", PV_DO_CALL_MEDIATOR },
  { "call one far away", PV_DO_CALL_AFAR },
  { "reply to them", PV_DO_QUICK },
  { "look", PV_DO_OPEN_LOOK },
  { "words", PV_DO_OPEN_WORDS },
  { "listen", PV_DO_LISTEN },
  { "languages", PV_DO_OPEN_LANGUAGES },
  { "still there", PV_DO_STILL_HERE },
  { "need time", PV_DO_MORE_TIME },
  { "quit", PV_DO_QUIT },
  { "keep it for later", PV_DO_KEEP },
  { "send", PV_DO_SEND },
  { "receipt on paper", PV_DO_PRINT },
  { "receipt on the phone", PV_DO_SHOW_QR },
  { "digital safe", PV_DO_SHOW_SAFE },
  { "another procedure", PV_DO_ANOTHER },
  { "turn a page", PV_DO_NEXT_PAGE },
  { "back", PV_DO_BACK },
  { "close a sheet", PV_DO_CLOSE },
  { "finish", PV_DO_FINISH },
};

typedef struct {
  PadHands *hands;
  PvJourney *journey;
  const PvMoment *now;
  GArray *counts;                /* (element-type guint): presses of each question that was answered */
  guint from;                    /* presses before this question */
  guint n_done[PV_N_INTENTIONS]; /* by keys */
  gboolean is_filed;
  guint n_failed;
} Filer;

static void
obey_cb (const PvIntention *intention, gpointer user_data)
{
  Filer *filer = user_data;

  pv_journey_handle (filer->journey, intention, filer->now);
  pv_kiosk_window_show_state (filer->hands->window, pv_journey_get_state (filer->journey));
}

static gboolean
is_typing (PvIntentionKind kind)
{
  return kind == PV_DO_TYPE || kind == PV_DO_TYPE_PART || kind == PV_DO_SEARCH;
}

static gboolean
type (Filer *filer, const char *control, const char *text)
{
  g_autofree char *keys = g_strconcat ("keys:", control, NULL);
  g_autofree char *where = NULL;

  if (!pad_hands_go (filer->hands, control) || !pad_hands_press (filer->hands, "Return"))
    return FALSE;
  where = pad_hands_where (filer->hands);
  return g_str_equal (where, keys) && pad_hands_erase (filer->hands) && pad_hands_type (filer->hands, text);
}

/* As somebody would: to the next page while it is not on this one. */
static char *
find_control (Filer *filer, PvIntentionKind kind, const char *target, const char *value)
{
  for (guint page = 0; page < 6; page++) {
    const PvScreenState *state = pv_journey_get_state (filer->journey);
    char *control = pad_hands_find_control (state, kind, target, value);
    g_autofree char *turn = NULL;

    if (control != NULL || kind == PV_DO_NEXT)
      return control;
    turn = pad_hands_find_control (state, PV_DO_NEXT_PAGE, NULL, NULL);
    if (turn == NULL || !pad_hands_go (filer->hands, turn) || !pad_hands_press (filer->hands, "Return"))
      return NULL;
    pad_hands_show (filer->hands, pv_journey_get_state (filer->journey));
  }
  return NULL;
}

/* What a hand scanner alone types has no keys. */
static gboolean
is_for_a_scanner (const PvScreenState *state, const char *target)
{
  const PvField *field = target != NULL ? pv_screen_state_find_field (state, target) : NULL;

  return field != NULL && field->input == PV_INPUT_SCANNED;
}

/* What a screen offers to nobody: the walk tries it, or takes a short way. */
static void
do_without_keys (Filer *filer, PvIntentionKind kind, const char *target, const char *value)
{
  g_autoptr (PvIntention) intention = pv_intention_new (kind, PV_ACTOR_CITIZEN, target, value);
  const PvScreenState *state = pv_journey_get_state (filer->journey);
  g_autofree char *key = g_strdup (state->key), *page = g_strdup (state->page_text);

  pv_journey_handle (filer->journey, intention, filer->now);
  state = pv_journey_get_state (filer->journey);
  if (!g_str_equal (key, state->key) || g_strcmp0 (page, state->page_text) != 0)
    print_message ("offered to nobody: %s on %s, which leads to %s\n", pv_intention_kind_name (kind), key, state->key);
}

static gboolean
hands_cb (PvJourney *journey, const PvMoment *now, PvIntentionKind kind, const char *target, const char *value,
          gpointer user_data)
{
  Filer *filer = user_data;
  PadHands *hands = filer->hands;
  g_autofree char *control = NULL, *key = NULL;
  gboolean is_done, is_question;

  filer->journey = journey;
  filer->now = now;
  pad_hands_show (hands, pv_journey_get_state (journey));
  is_question = pv_journey_get_state (journey)->id == PV_SCREEN_QUESTION;
  key = g_strdup (pv_journey_get_state (journey)->key);
  control = find_control (filer, kind, target, value);
  if (control == NULL || is_for_a_scanner (pv_journey_get_state (journey), target)) {
    do_without_keys (filer, kind, target, value);
    return TRUE;
  }
  is_done = is_typing (kind) ? type (filer, control, value)
                             : pad_hands_go (hands, control) && pad_hands_press (hands, "Return");
  if (is_done) {
    filer->n_done[kind]++;
  } else {
    g_autofree char *where = pad_hands_where (hands);

    print_error ("%s: %s %s, but at %s\n", key, pv_intention_kind_name (kind), control, where);
    filer->n_failed++;
  }
  if (kind == PV_DO_NEXT) {
    guint n_presses = hands->n_presses - filer->from;

    if (is_question && !g_str_equal (pv_journey_get_state (journey)->key, key))
      g_array_append_val (filer->counts, n_presses);
    filer->from = hands->n_presses;
  }
  return TRUE;
}

static void
look_cb (const PvScreenState *state, const char *name, gpointer user_data)
{
  Filer *filer = user_data;

  (void) name;
  filer->is_filed |= state->id == PV_SCREEN_DONE;
}

static gint
compare_counts_cb (gconstpointer a, gconstpointer b)
{
  guint first = *(const guint *) a, second = *(const guint *) b;

  return first < second ? -1 : first > second;
}

static void
tell (const Filer *filer, const char *size, guint n_forms, guint n_filled)
{
  guint n = filer->counts->len;

  g_array_sort (filer->counts, compare_counts_cb);
  print_message (
    "%s: %u questions of %u forms of %u, presses a question: median %u, most %u; %u presses in all; keys not seen "
    "to go up: %u\n",
    size, n, n_filled, n_forms, n > 0 ? g_array_index (filer->counts, guint, n / 2) : 0,
    n > 0 ? g_array_index (filer->counts, guint, n - 1) : 0, filer->hands->n_presses, filer->hands->n_unseen);
}

/* FALSE: something that somebody comes for was not done by keys. */
static gboolean
tell_tasks (const Filer *filer)
{
  guint n_done = 0;

  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++) {
    guint n = filer->n_done[tasks[i].kind];

    n_done += n > 0;
    print_message ("task: %s: %u times\n", tasks[i].name, n);
  }
  print_message ("%u tasks of %u done by keys alone\n", n_done, (guint) G_N_ELEMENTS (tasks));
  return n_done == G_N_ELEMENTS (tasks);
}

/* @does_all: also everything that is not a question, a mediator's help, practising, and what goes on elsewhere */
static void
fill (guint size, guint n_forms, const char *const *slugs, gboolean does_all)
{
  PadHands *hands = pad_hands_new (sizes[size].width, sizes[size].height, 0);
  Filer filer = { .hands = hands, .counts = g_array_new (FALSE, FALSE, sizeof (guint)) };
  guint median = 0, n_filled = 0, n_failed, n_unseen;
  gboolean is_presented = pad_hands_present (hands), are_done = TRUE;

  hands->obey = obey_cb;
  hands->user_data = &filer;
  for (guint form = 0; is_presented && form < n_forms; form++) {
    g_autoptr (PvProcedure) procedure = read_form (slugs[form]);
    Walk walk = {
      .has_ends = does_all, .has_help = does_all, .shown = look_cb, .user_data = &filer, .hands = hands_cb
    };

    filer.journey = NULL;
    pv_kiosk_window_get_capacity (hands->window, &walk.capacity);
    n_filled += procedure != NULL && walker_run (&walk, procedure)
                && (!does_all || form > 0 || walker_run_elsewhere (&walk, procedure));
  }
  tell (&filer, sizes[size].name, n_forms, n_filled);
  if (does_all)
    are_done = tell_tasks (&filer);
  if (filer.counts->len > 0)
    median = g_array_index (filer.counts, guint, filer.counts->len / 2);
  n_failed = filer.n_failed;
  n_unseen = hands->n_unseen;
  pad_hands_free (hands);
  g_array_unref (filer.counts);
  assert_true (is_presented);
  assert_int_equal (n_filled, n_forms);
  assert_int_equal (n_failed, 0);
  assert_int_equal (n_unseen, 0);
  assert_true (median <= MEDIAN_PRESSES);
  assert_true (!does_all || filer.is_filed);
  assert_true (are_done);
}

static void
everything_that_somebody_comes_for_is_done (void **state)
{
  static const char *const slugs[] = { "inscription-scolaire", "rendez-vous-identite", "recensement-citoyen" };

  (void) state;
  for (guint size = 0; size < (is_full () ? G_N_ELEMENTS (sizes) : 1); size++)
    fill (size, G_N_ELEMENTS (slugs), slugs, TRUE);
}

static void
every_form_is_filled_with_few_presses (void **state)
{
  static const char *const sample[] = { SAMPLE };

  (void) state;
  if (!is_full ()) {
    fill (1, 1, sample, FALSE);
    return;
  }
  for (guint size = 0; size < G_N_ELEMENTS (sizes); size++)
    fill (size, G_N_ELEMENTS (forms), forms, FALSE);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (everything_that_somebody_comes_for_is_done),
    cmocka_unit_test (every_form_is_filled_with_few_presses),
    cmocka_unit_test (every_control_is_reached_in_its_order_and_does_what_a_touch_does),
  };

  tst_init ();
  pv_language_start ();
  gtk_disable_setlocale ();
  pv_theme_prepare ();
  if (!gtk_init_check ())
    return 77;
  pv_language_set ("fr");
  if (g_getenv ("PV_KEYPAD_TEST") != NULL)
    cmocka_set_test_filter (g_getenv ("PV_KEYPAD_TEST"));
  return cmocka_run_group_tests (tests, NULL, NULL);
}
