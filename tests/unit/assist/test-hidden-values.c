/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A property over whole procedures: of a hidden or masked answer not one piece leaves in a mirror, on any screen.
 *
 * Each typed answer is random letters of an alphabet that no text has; then every snapshot, every difference and every
 * message made of them is searched for any four of them in a row. The procedures are the sample and the forms of the
 * demo, with all their questions made askable: validation and conditions would only keep the test out. */

#include "journey-steps.h"

#include "assist/message.h"
#include "assist/mirror.h"
#include "core/assist-class.h"
#include "portal/publik/schema.h"

enum { PIECE = 4, SECRET_CHARS = 24, MAX_SCREENS = 400 };

typedef struct {
  GHashTable *secrets; /* piece of PIECE letters of what must not leave -> name of its field */
  GHashTable *open;    /* what may: clear answers, to see that the search finds */
  GRand *rand;
  PvMirror *last;
  guint n_screens, n_fields[PV_ASSIST_HIDDEN + 1], n_found_open, n_differences;
  guint64 snapshot_bytes, difference_bytes; /* sealed */
} Watch;

static char *
invent (Watch *watch, const char *field, PvAssistClass class)
{
  static const char letters[] = "QXZWKJVYqxzwkjvy";
  char *text = g_malloc0 (SECRET_CHARS + 1);

  for (guint i = 0; i < SECRET_CHARS; i++)
    text[i] = letters[g_rand_int_range (watch->rand, 0, sizeof letters - 1)];
  for (guint i = 0; i + PIECE <= SECRET_CHARS; i++)
    g_hash_table_insert (class == PV_ASSIST_CLEAR ? watch->open : watch->secrets, g_strndup (text + i, PIECE),
                         g_strdup (field));
  return text;
}

/* The letters of clear answers are digits, so that no piece of one is a piece of a secret. */
static char *
invent_open (Watch *watch, const char *field)
{
  char *text = invent (watch, field, PV_ASSIST_CLEAR);

  g_hash_table_remove_all (watch->open);
  for (guint i = 0; i < SECRET_CHARS; i++)
    text[i] = (char) ('0' + text[i] % 10);
  g_hash_table_insert (watch->open, g_strndup (text, SECRET_CHARS), g_strdup (field));
  return text;
}

static void
search (Watch *watch, GBytes *bytes, const char *screen)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  GHashTableIter iter;
  gpointer text;

  for (gsize i = 0; i + PIECE <= size; i++) {
    char piece[PIECE + 1] = { 0 };
    const char *field;

    memcpy (piece, data + i, PIECE);
    field = g_hash_table_lookup (watch->secrets, piece);
    if (field != NULL)
      fail_msg ("%s: a piece of the answer to %s", screen, field);
  }
  g_hash_table_iter_init (&iter, watch->open);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    watch->n_found_open += memmem (data, size, text, SECRET_CHARS) != NULL ? 1 : 0;
}

static void
watch_screen (Watch *watch, const PvScreenState *state)
{
  g_autoptr (PvMirror) mirror = pv_mirror_new (state, NULL);
  g_autoptr (GBytes) snapshot = pv_mirror_snapshot (mirror), difference = NULL, sent = NULL;
  g_autoptr (PvMirror) read = pv_mirror_read (g_bytes_get_data (snapshot, NULL), g_bytes_get_size (snapshot), NULL);
  g_autoptr (PvScreenState) seen = NULL;
  PvMessage message = { .kind = PV_MESSAGE_SNAPSHOT, .block = snapshot, .hash = pv_mirror_hash (mirror) };

  watch->n_screens++;
  sent = pv_message_write (&message);
  assert_non_null (sent);
  search (watch, sent, state->key);
  if (watch->last != NULL)
    difference = pv_mirror_difference (watch->last, mirror);
  if (difference != NULL) {
    g_autoptr (PvMirror) applied =
      pv_mirror_apply (watch->last, g_bytes_get_data (difference, NULL), g_bytes_get_size (difference), NULL);

    search (watch, difference, state->key);
    assert_true (pv_mirror_equal (applied, mirror));
    watch->n_differences++;
    watch->difference_bytes += 29 + pv_record_padded_size (19 + g_bytes_get_size (difference));
    watch->snapshot_bytes += 29 + pv_record_padded_size (15 + g_bytes_get_size (snapshot));
  }
  assert_non_null (read);
  seen = pv_mirror_to_screen (read);
  assert_true (pv_mirror_is_private (mirror) || seen->fields->len == state->fields->len);
  g_clear_pointer (&watch->last, pv_mirror_free);
  watch->last = g_steal_pointer (&mirror);
}

/* What was decided about a question stays; that it refuses an answer goes. */
static void
open_question (PvQuestion *question)
{
  question->format = PV_FORMAT_FREE;
  g_clear_pointer (&question->pattern, g_free);
  g_clear_pointer (&question->min, g_free);
  g_clear_pointer (&question->max, g_free);
  g_clear_pointer (&question->condition, pv_expression_unref);
  g_clear_pointer (&question->check, pv_expression_unref);
  g_clear_pointer (&question->prefill, g_free);
  question->max_chars = 0;
  question->min_choices = question->max_choices = 0;
  question->flags &= ~(guint) (PV_QUESTION_LOCKED | PV_QUESTION_PAST_ONLY | PV_QUESTION_FUTURE_ONLY);
  if (question->kind == PV_QUESTION_EMAIL || question->kind == PV_QUESTION_PHONE || question->kind == PV_QUESTION_NUMBER
      || question->kind == PV_QUESTION_AMOUNT)
    question->kind = PV_QUESTION_TEXT;
  if (question->kind == PV_QUESTION_FILE)
    question->flags |= PV_QUESTION_LATER;
  if (question->kind == PV_QUESTION_CHOICE || question->kind == PV_QUESTION_CHOICES) {
    g_clear_pointer (&question->option_source, g_free);
    if (question->options->len == 0)
      g_ptr_array_add (question->options, pv_option_new ("only", "Seul choix"));
  }
}

static void
open_questions (GPtrArray *questions)
{
  for (guint i = 0; i < questions->len; i++) {
    PvQuestion *question = questions->pdata[i];

    open_question (question);
    if (question->questions != NULL)
      open_questions (question->questions);
  }
}

static void
open_procedure (PvProcedure *procedure)
{
  for (guint i = 0; i < procedure->pages->len; i++) {
    PvPage *page = procedure->pages->pdata[i];

    g_clear_pointer (&page->condition, pv_expression_unref);
    g_ptr_array_set_size (page->post_conditions, 0);
    open_questions (page->questions);
  }
}

typedef struct {
  char *id;
  PvFieldKind kind;
  PvAssistClass class;
  char *choice;
} Asked;

static void
asked_clear (gpointer data)
{
  Asked *asked = data;

  g_free (asked->id);
  g_free (asked->choice);
}

static GArray *
list_asked (const PvScreenState *state)
{
  GArray *list = g_array_new (FALSE, TRUE, sizeof (Asked));

  g_array_set_clear_func (list, asked_clear);
  for (guint i = 0; i < state->fields->len; i++) {
    const PvField *field = state->fields->pdata[i];
    Asked asked = { g_strdup (field->id), field->kind, field->assist, NULL };

    if (field->choices != NULL && field->choices->len > 0)
      asked.choice = g_strdup (((const PvChoice *) field->choices->pdata[0])->id);
    g_array_append_val (list, asked);
  }
  return list;
}

static void
answer_field (Fixture *fixture, Watch *watch, const Asked *asked)
{
  g_autofree char *text = NULL;
  g_autofree char *part = NULL;

  watch->n_fields[asked->class]++;
  if (asked->kind == PV_FIELD_INPUT || asked->kind == PV_FIELD_LONG_INPUT) {
    text = asked->class == PV_ASSIST_CLEAR ? invent_open (watch, asked->id) : invent (watch, asked->id, asked->class);
    act (fixture, PV_DO_TYPE, asked->id, text);
  } else if (asked->kind == PV_FIELD_DATE) {
    static const char *const parts[][2] = { { "day", "13" }, { "month", "7" }, { "year", "2020" } };

    for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
      g_autofree char *target = g_strdup_printf ("%s/%s", asked->id, parts[i][0]);

      act (fixture, PV_DO_TYPE_PART, target, parts[i][1]);
    }
  } else if (asked->kind == PV_FIELD_CHOICE && asked->choice != NULL) {
    act (fixture, PV_DO_CHOOSE, asked->id, asked->choice);
  } else if (asked->kind == PV_FIELD_CHOICES && asked->choice != NULL) {
    act (fixture, PV_DO_TOGGLE, asked->id, asked->choice);
  } else if (asked->kind == PV_FIELD_FILE) {
    act (fixture, PV_DO_LATER, asked->id, NULL);
  }
}

/* From the first question to the check, and a little beyond. */
static gboolean
walk (Fixture *fixture, Watch *watch)
{
  for (guint i = 0; i < MAX_SCREENS; i++) {
    g_autofree char *before = g_strdup (screen (fixture)->key);
    g_autoptr (GArray) asked = list_asked (screen (fixture));

    watch_screen (watch, screen (fixture));
    if (screen (fixture)->id != PV_SCREEN_QUESTION)
      break;
    for (guint j = 0; j < asked->len; j++) {
      answer_field (fixture, watch, &g_array_index (asked, Asked, j));
      watch_screen (watch, screen (fixture));
      if (!g_str_equal (screen (fixture)->key, before))
        break;
    }
    if (g_str_equal (screen (fixture)->key, before))
      act (fixture,
           pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE) != NULL ? PV_DO_NEXT_PAGE : PV_DO_NEXT, NULL,
           NULL);
  }
  for (guint i = 0; i < 30 && pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE) != NULL; i++) {
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
    watch_screen (watch, screen (fixture));
  }
  return screen (fixture)->id == PV_SCREEN_CHECK;
}

static void
look_elsewhere (Fixture *fixture, Watch *watch)
{
  static const PvIntentionKind ways[][2] = {
    { PV_DO_CALL_MEDIATOR, PV_DO_CLOSE },
    { PV_DO_OPEN_LOOK, PV_DO_CLOSE },
    { PV_DO_QUIT, PV_DO_STAY },
    { PV_DO_CONTINUE_ON_PHONE, PV_DO_BACK },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    act (fixture, ways[i][0], NULL, NULL);
    watch_screen (watch, screen (fixture));
    act (fixture, ways[i][1], NULL, NULL);
    watch_screen (watch, screen (fixture));
  }
  pass_seconds (fixture, 65);
  watch_screen (watch, screen (fixture));
}

static gboolean
walk_procedure (Watch *watch, PvProcedure *procedure)
{
  void *state = NULL;
  Fixture *fixture;
  gboolean is_through;

  set_up (&state);
  fixture = state;
  pv_procedure_unref (fixture->procedure);
  g_free (procedure->slug);
  procedure->slug = g_strdup ("ecole"); /* the one that the fixture's catalogue has */
  fixture->procedure = pv_procedure_ref (procedure);
  begin (fixture);
  is_through = walk (fixture, watch);
  look_elsewhere (fixture, watch);
  tear_down (&state);
  g_clear_pointer (&watch->last, pv_mirror_free);
  return is_through;
}

static Watch
watch_new (void)
{
  return (Watch){ .secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
                  .open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
                  .rand = g_rand_new_with_seed (7) };
}

static void
watch_clear (Watch *watch)
{
  g_hash_table_unref (watch->secrets);
  g_hash_table_unref (watch->open);
  g_rand_free (watch->rand);
}

static PvQuestion *
add_text (PvProcedure *procedure, const char *id, const char *label)
{
  PvPage *page = procedure->pages->pdata[0];
  PvQuestion *question = pv_question_new (PV_QUESTION_TEXT, id, label);

  question->flags = PV_QUESTION_REQUIRED;
  g_ptr_array_add (page->questions, question);
  return question;
}

static void
classify (GPtrArray *questions, const char *const *clear_names)
{
  for (guint i = 0; i < questions->len; i++) {
    PvQuestion *question = questions->pdata[i];

    question->assist = pv_assist_class_of (question, clear_names);
    if (question->questions != NULL)
      classify (question->questions, clear_names);
  }
}

static void
nothing_hidden_leaves_the_sample_procedure (void **state)
{
  static const char *const clear_names[] = { "rue", NULL };
  g_autoptr (PvProcedure) procedure = sample_procedure ();
  Watch watch = watch_new ();

  (void) state;
  add_text (procedure, "101", "Numéro de sécurité sociale");
  add_text (procedure, "102", "Votre IBAN");
  for (guint i = 0; i < procedure->pages->len; i++)
    classify (((PvPage *) procedure->pages->pdata[i])->questions, clear_names);
  open_procedure (procedure);
  assert_true (walk_procedure (&watch, procedure));
  print_message ("# %u screens, %u differences, fields: %u clear, %u masked, %u hidden\n", watch.n_screens,
                 watch.n_differences, watch.n_fields[0], watch.n_fields[1], watch.n_fields[2]);
  assert_true (watch.n_fields[PV_ASSIST_CLEAR] > 0 && watch.n_fields[PV_ASSIST_TYPING] > 5);
  assert_true (watch.n_fields[PV_ASSIST_HIDDEN] >= 3);
  assert_true (watch.n_found_open > 0); /* the search finds what is there */
  watch_clear (&watch);
}

static void
nothing_hidden_leaves_the_forms_of_the_demo (void **state)
{
  g_autoptr (GDir) folder = g_dir_open (PV_TEST_FORMS, 0, NULL);
  g_autoptr (GHashTable) sources = g_hash_table_new (g_str_hash, g_str_equal);
  Watch watch = watch_new ();
  guint n_forms = 0, n_through = 0;

  (void) state;
  assert_non_null (folder);
  for (const char *name; (name = g_dir_read_name (folder)) != NULL;) {
    g_autofree char *path = g_build_filename (PV_TEST_FORMS, name, NULL);
    g_autofree char *text = NULL;
    g_autoptr (PvJson) json = NULL;
    g_autoptr (PvProcedure) procedure = NULL;
    gsize size;

    assert_true (g_file_get_contents (path, &text, &size, NULL));
    json = pv_json_parse (text, size, NULL);
    procedure = pv_publik_read_schema (json, "form", sources, NULL);
    assert_non_null (procedure);
    procedure->fillable = PV_FILLABLE;
    open_procedure (procedure);
    n_forms++;
    n_through += walk_procedure (&watch, procedure) ? 1 : 0;
  }
  print_message ("# %u of %u forms to the check, %u screens, fields: %u clear, %u masked, %u hidden\n"
                 "# sealed, on average: difference %u bytes, snapshot %u bytes\n",
                 n_through, n_forms, watch.n_screens, watch.n_fields[0], watch.n_fields[1], watch.n_fields[2],
                 (guint) (watch.difference_bytes / watch.n_differences),
                 (guint) (watch.snapshot_bytes / watch.n_differences));
  assert_true (n_forms >= 13);
  assert_true (n_through >= 11);
  assert_true (watch.n_fields[PV_ASSIST_TYPING] > 50);
  watch_clear (&watch);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (nothing_hidden_leaves_the_sample_procedure),
    cmocka_unit_test (nothing_hidden_leaves_the_forms_of_the_demo),
  };

  tst_init ();
  g_assert (pv_assist_init ());
  return cmocka_run_group_tests (tests, NULL, NULL);
}
