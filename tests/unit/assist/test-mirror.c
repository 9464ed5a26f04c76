/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <string.h>

#include "assist/mirror.h"

static PvScreenState *
new_screen (void)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_QUESTION, "question-3");
  PvField *field;

  state->title = g_strdup ("Où habitez-vous ?");
  state->step_text = g_strdup ("Étape 2 sur 6");
  state->progress = 0.25;
  pv_screen_state_add_notice (state, PV_TONE_INFO, "info", "Gardez votre facture.");
  field = pv_screen_state_add_field (state, PV_FIELD_INPUT, "street", "Rue");
  field->assist = PV_ASSIST_CLEAR;
  field->value = g_strdup ("4 rue des Tilleuls");
  field->error = g_strdup ("Cette rue est inconnue.");
  field = pv_screen_state_add_field (state, PV_FIELD_INPUT, "name", "Nom");
  field->value = g_strdup ("Martin");
  field = pv_screen_state_add_field (state, PV_FIELD_INPUT, "nir", "Numéro");
  field->assist = PV_ASSIST_HIDDEN;
  field->value = g_strdup ("185057800608436");
  field->error = g_strdup ("Il manque deux chiffres.");
  field = pv_screen_state_add_field (state, PV_FIELD_CHOICE, "school", "École");
  field->assist = PV_ASSIST_CLEAR;
  pv_field_add_choice (field, "a", "Jules Ferry")->selected = TRUE;
  pv_field_add_choice (field, "b", "Jean Jaurès");
  field = pv_screen_state_add_field (state, PV_FIELD_CHOICE, "bank", "Banque");
  field->assist = PV_ASSIST_HIDDEN;
  pv_field_add_choice (field, "x", "Banque X")->selected = TRUE;
  field = pv_screen_state_add_field (state, PV_FIELD_SUMMARY, "answers", NULL);
  pv_field_add_row (field, "Rue", "clear row")->assist = PV_ASSIST_CLEAR;
  pv_field_add_row (field, "Nom", "masked row")->assist = PV_ASSIST_TYPING;
  pv_field_add_row (field, "IBAN", "hidden row");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, "Continuer");
  return state;
}

static gboolean
says (const PvMirror *mirror, const char *text)
{
  g_autoptr (GBytes) snapshot = pv_mirror_snapshot (mirror);
  gsize size;
  const char *bytes = g_bytes_get_data (snapshot, &size);

  return memmem (bytes, size, text, strlen (text)) != NULL;
}

static PvMirror *
read_back (const PvMirror *mirror)
{
  g_autoptr (GBytes) snapshot = pv_mirror_snapshot (mirror);

  return pv_mirror_read (g_bytes_get_data (snapshot, NULL), g_bytes_get_size (snapshot), NULL);
}

/* By its code: a name that is shown, and where lines begin. */
static void
says_the_language_and_what_the_citizen_reads (void **state)
{
  static const struct {
    const char *language, *read;
    gboolean is_good;
  } rows[] = { { NULL, NULL, TRUE }, { "fr", "uk", TRUE }, { "fr", "../uk", FALSE }, { "French", "uk", FALSE } };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvScreenState) screen = new_screen (), seen = NULL;
    g_autoptr (PvMirror) mirror = NULL, read = NULL;

    screen->language = g_strdup (rows[i].language);
    screen->read_language = g_strdup (rows[i].read);
    mirror = pv_mirror_new (screen, NULL);
    read = read_back (mirror);
    assert_int_equal (read != NULL, rows[i].is_good);
    if (read == NULL)
      continue;
    seen = pv_mirror_to_screen (read);
    assert_true (g_strcmp0 (seen->language, rows[i].language) == 0);
    assert_true (g_strcmp0 (seen->read_language, rows[i].read) == 0);
  }
}

static void
says_what_is_clear_and_only_how_long_the_rest_is (void **state)
{
  g_autoptr (PvScreenState) screen = new_screen ();
  g_autoptr (PvMirror) mirror = pv_mirror_new (screen, NULL), read = read_back (mirror);
  g_autoptr (PvScreenState) seen = pv_mirror_to_screen (read);
  const PvField *answers = pv_screen_state_find_field (seen, "answers");

  (void) state;
  assert_true (says (mirror, "Tilleuls"));
  assert_false (says (mirror, "Martin"));
  assert_false (says (mirror, "185057800608436"));
  assert_false (says (mirror, "Il manque deux chiffres"));
  assert_false (says (mirror, "Banque X"));
  assert_false (says (mirror, "masked row"));
  assert_false (says (mirror, "hidden row"));
  assert_string_equal (seen->title, "Où habitez-vous ?");
  assert_true (seen->progress > 0.24 && seen->progress < 0.26);
  assert_string_equal (pv_screen_state_find_field (seen, "street")->value, "4 rue des Tilleuls");
  assert_string_equal (pv_screen_state_find_field (seen, "street")->error, "Cette rue est inconnue.");
  assert_string_equal (pv_screen_state_find_field (seen, "name")->value, "••••••••");
  assert_string_equal (pv_screen_state_find_field (seen, "nir")->value, "•••");
  assert_string_equal (pv_screen_state_find_field (seen, "nir")->error, "…");
  assert_true (((PvChoice *) pv_screen_state_find_field (seen, "school")->choices->pdata[0])->selected);
  assert_null (pv_screen_state_find_field (seen, "bank")->choices);
  assert_string_equal (((PvSummaryRow *) answers->rows->pdata[0])->value, "clear row");
  assert_string_equal (((PvSummaryRow *) answers->rows->pdata[2])->value, "•••");
  assert_int_equal (pv_screen_state_find_action (seen, PV_DO_NEXT)->role, PV_ROLE_PRIMARY);
  assert_true (pv_mirror_equal (mirror, read));
  assert_true (pv_mirror_hash (mirror) == pv_mirror_hash (read));
}

/* What is offered for what was typed tells it. */
static void
offers_are_as_private_as_what_is_typed (void **state)
{
  static const struct {
    PvAssistClass assist;
    gboolean is_told;
  } cases[] = { { PV_ASSIST_CLEAR, TRUE }, { PV_ASSIST_TYPING, FALSE }, { PV_ASSIST_HIDDEN, FALSE } };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvScreenState) screen = pv_screen_state_new (PV_SCREEN_QUESTION, "question-3"), seen = NULL;
    PvField *field = pv_screen_state_add_field (screen, PV_FIELD_INPUT, "street", "Rue");
    g_autoptr (PvMirror) mirror = NULL, read = NULL;

    field->assist = cases[i].assist;
    field->value = g_strdup ("12 r");
    pv_field_add_choice (field, "s1", "12 rue des Écoles");
    mirror = pv_mirror_new (screen, NULL);
    read = read_back (mirror);
    assert_non_null (read);
    seen = pv_mirror_to_screen (read);
    assert_int_equal (says (mirror, "12 rue des Écoles"), cases[i].is_told);
    assert_int_equal (((PvField *) seen->fields->pdata[0])->choices != NULL, cases[i].is_told);
  }
}

static void
says_how_it_is_filled_in_and_how_far_it_is (void **state)
{
  g_autoptr (PvScreenState) screen = new_screen (), seen = NULL;
  PvField *street = screen->fields->pdata[0];
  PvField *sending = pv_screen_state_add_field (screen, PV_FIELD_PROGRESS, "sending", "Envoi"), *drawn;
  g_autoptr (PvMirror) mirror = NULL, read = NULL;

  (void) state;
  screen->enter = PV_DO_NEXT_PAGE;
  street->max_chars = 38;
  street->hands_over = TRUE;
  sending->has_percent = TRUE;
  sending->percent = 40;
  mirror = pv_mirror_new (screen, NULL);
  read = read_back (mirror);
  seen = pv_mirror_to_screen (read);
  assert_int_equal (seen->enter, PV_DO_NEXT_PAGE);
  drawn = seen->fields->pdata[0];
  assert_int_equal (drawn->max_chars, 38);
  assert_true (drawn->hands_over && !drawn->has_percent);
  drawn = seen->fields->pdata[1];
  assert_true (drawn->max_chars == 0 && !drawn->hands_over);
  drawn = seen->fields->pdata[seen->fields->len - 1];
  assert_true (drawn->has_percent && drawn->percent == 40);
}

/* What the screen says of the mediator is the citizen's: with it the mirror is the same, byte by byte. */
static void
what_the_citizen_is_told_of_the_mediator_is_never_mirrored (void **state)
{
  g_autoptr (PvScreenState) screen = new_screen (), plain = new_screen ();
  g_autoptr (PvMirror) mirror = NULL, without = pv_mirror_new (plain, NULL);

  (void) state;
  pv_screen_state_set_banner (screen, PV_TONE_SUCCESS, "Claire, Ville de Montclair", "vous aide.");
  for (guint i = 0; i < screen->fields->len; i++) {
    PvField *field = screen->fields->pdata[i];

    field->is_pointed = TRUE;
    field->proposal = g_strdup ("Claire propose :");
    field->proposal_value = g_strdup ("5 rue des Lilas");
    field->accept_label = g_strdup ("Accepter");
    field->keep_label = g_strdup ("Garder la mienne");
    field->privacy = g_strdup ("Le médiateur ne voit pas ceci.");
    field->lift_label = g_strdup ("Montrer");
    field->portrait = g_strdup ("Photo de la carte");
  }
  for (guint i = 0; i < screen->actions->len; i++)
    ((PvAction *) screen->actions->pdata[i])->is_pointed = TRUE;
  screen->revision = 77;
  mirror = pv_mirror_new (screen, NULL);
  assert_true (pv_mirror_equal (mirror, without));
}

/* Of a masked answer not even its length is told, but its class. */
static void
typing_in_a_class_changes_nothing (void **state)
{
  static const struct {
    const char *from, *to;
    gboolean is_same;
  } rows[] = { { "Martin", "Dupont", TRUE },
               { "Marti", "Martinezzzzz", TRUE },
               { "", "M", FALSE },
               { "Mart", "Marti", FALSE },
               { "Martinezzzzz", "Martinezzzzzz", FALSE } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvScreenState) before = new_screen (), after = new_screen ();
    PvField *one = before->fields->pdata[1], *other = after->fields->pdata[1];
    g_autoptr (PvMirror) from = NULL, to = NULL;

    g_free (one->value);
    g_free (other->value);
    one->value = g_strdup (rows[i].from);
    other->value = g_strdup (rows[i].to);
    from = pv_mirror_new (before, NULL);
    to = pv_mirror_new (after, NULL);
    assert_int_equal (pv_mirror_equal (from, to), rows[i].is_same);
  }
}

static void
a_difference_makes_the_same_mirror (void **state)
{
  g_autoptr (PvScreenState) screen = new_screen ();
  g_autoptr (PvMirror) old = pv_mirror_new (screen, NULL), mirror = NULL, applied = NULL;
  g_autoptr (GBytes) difference = NULL;
  PvField *street = screen->fields->pdata[0];
  gsize size;
  const guint8 *bytes;

  (void) state;
  g_free (street->value);
  street->value = g_strdup ("5 rue des Tilleuls");
  mirror = pv_mirror_new (screen, NULL);
  difference = pv_mirror_difference (old, mirror);
  bytes = g_bytes_get_data (difference, &size);
  assert_true (size < 100);
  applied = pv_mirror_apply (old, bytes, size, NULL);
  assert_true (pv_mirror_equal (applied, mirror));
  assert_false (pv_mirror_equal (old, mirror));
  for (gsize cut = 0; cut < size; cut++)
    assert_null (pv_mirror_apply (old, bytes, cut, NULL));
}

/* One letter, in the smallest record; a splice that points beside its item is refused. */
static void
a_letter_more_costs_a_letter (void **state)
{
  g_autoptr (PvScreenState) screen = new_screen ();
  g_autoptr (PvMirror) old = pv_mirror_new (screen, NULL), mirror = NULL, applied = NULL;
  g_autoptr (GBytes) difference = NULL;
  PvField *street = screen->fields->pdata[0];
  g_autofree char *longer = g_strconcat (street->value != NULL ? street->value : "", "x", NULL);
  g_autofree guint8 *broken = NULL;
  gsize size;

  (void) state;
  g_free (street->value);
  street->value = g_steal_pointer (&longer);
  mirror = pv_mirror_new (screen, NULL);
  difference = pv_mirror_difference (old, mirror);
  broken = g_memdup2 (g_bytes_get_data (difference, &size), g_bytes_get_size (difference));
  assert_true (1 + 4 + 4 + 8 + 2 + size + 2 <= 64);
  applied = pv_mirror_apply (old, broken, size, NULL);
  assert_true (pv_mirror_equal (applied, mirror));
  for (gsize i = 2; i < size; i++) {
    g_autoptr (PvMirror) other = NULL;

    broken[i] ^= 0x80;
    other = pv_mirror_apply (old, broken, size, NULL);
    assert_true (other == NULL || !pv_mirror_equal (other, mirror));
    broken[i] ^= 0x80;
  }
}

/* What stays on the next screen, and what comes back in another order, is not sent again. */
static void
another_screen_costs_what_is_new_on_it (void **state)
{
  g_autoptr (PvScreenState) screen = new_screen (), other = pv_screen_state_new (PV_SCREEN_QUESTION, "question-4");
  g_autoptr (PvMirror) old = NULL, mirror = NULL, applied = NULL, back = NULL;
  g_autoptr (GBytes) difference = NULL, reverse = NULL;

  (void) state;
  pv_screen_state_add_action (screen, PV_ROLE_HELP, PV_DO_LISTEN, "Écouter");
  pv_screen_state_add_action (other, PV_ROLE_HELP, PV_DO_LISTEN, "Écouter");
  pv_screen_state_add_action (other, PV_ROLE_PRIMARY, PV_DO_NEXT, "Continuer");
  old = pv_mirror_new (screen, NULL);
  mirror = pv_mirror_new (other, NULL);
  difference = pv_mirror_difference (old, mirror);
  assert_true (g_bytes_get_size (difference) < 64);
  applied = pv_mirror_apply (old, g_bytes_get_data (difference, NULL), g_bytes_get_size (difference), NULL);
  assert_true (pv_mirror_equal (applied, mirror));
  reverse = pv_mirror_difference (mirror, old);
  back = pv_mirror_apply (mirror, g_bytes_get_data (reverse, NULL), g_bytes_get_size (reverse), NULL);
  assert_true (pv_mirror_equal (back, old));
}

/* Which screens a mediator sees is a list; a screen that nobody thought of is private. */
static void
screens_with_codes_are_private (void **state)
{
  static const PvScreenId private[] = { PV_SCREEN_DONE,         PV_SCREEN_PHONE,    PV_SCREEN_NEED_TIME,
                                        PV_SCREEN_MEDIATOR,     PV_SCREEN_GOODBYE,  PV_SCREEN_WELCOME,
                                        PV_SCREEN_OUT_OF_ORDER, PV_SCREEN_IDENTITY, PV_SCREEN_CALL,
                                        PV_SCREEN_CONSENT,      PV_SCREEN_REPLY,    PV_SCREEN_HELPED,
                                        PV_SCREEN_DOCUMENT,     PV_SCREEN_FOLLOW,   PV_SCREEN_PAY,
                                        PV_SCREEN_PAPERS,       PV_SCREEN_SERVICE };

  guint n_shared = 0;

  (void) state;
  for (PvScreenId id = 0; id < PV_N_SCREENS + 5; id++)
    n_shared += pv_mirror_is_shared_screen (id) ? 1 : 0;
  assert_int_equal (n_shared + G_N_ELEMENTS (private), PV_N_SCREENS);
  for (gsize i = 0; i < G_N_ELEMENTS (private); i++) {
    g_autoptr (PvScreenState) screen = new_screen ();
    g_autoptr (PvMirror) mirror = NULL, read = NULL;
    g_autoptr (PvScreenState) seen = NULL;

    screen->id = private[i];
    mirror = pv_mirror_new (screen, NULL);
    assert_true (pv_mirror_is_private (mirror));
    assert_false (says (mirror, "Tilleuls"));
    assert_false (says (mirror, "habitez"));
    read = read_back (mirror);
    seen = pv_mirror_to_screen (read);
    assert_int_equal (seen->fields->len, 0);
  }
  {
    g_autoptr (PvMirror) none = pv_mirror_new (NULL, NULL);

    assert_true (pv_mirror_is_private (none));
  }
}

static void
kinds_that_are_codes_stay_hidden_whatever_their_class (void **state)
{
  static const PvFieldKind kinds[] = { PV_FIELD_QR,   PV_FIELD_FILE, PV_FIELD_REFERENCE,
                                       PV_FIELD_CARD, PV_FIELD_CODE, PV_FIELD_SCAN };
  g_autoptr (GHashTable) lifted = g_hash_table_new (g_str_hash, g_str_equal);

  (void) state;
  g_hash_table_add (lifted, (gpointer) "x");
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (PvScreenState) screen = pv_screen_state_new (PV_SCREEN_QUESTION, "q");
    PvField *field = pv_screen_state_add_field (screen, kinds[i], "x", "Code");

    field->assist = PV_ASSIST_CLEAR;
    assert_int_equal (pv_mirror_class_of (field, lifted), PV_ASSIST_HIDDEN);
  }
}

static void
a_screen_that_is_too_large_is_private (void **state)
{
  g_autoptr (PvScreenState) screen = new_screen ();
  g_autoptr (PvMirror) mirror = NULL;

  (void) state;
  for (guint i = 0; i < 20; i++) {
    g_autofree char *text = g_strnfill (4000, 'x');

    pv_screen_state_add_notice (screen, PV_TONE_INFO, "info", text);
  }
  mirror = pv_mirror_new (screen, NULL);
  assert_true (pv_mirror_is_private (mirror));
}

/* A kiosk that forgot to mask: the console does not show it. */
static void
a_masked_answer_with_a_text_is_refused (void **state)
{
  g_autoptr (PvScreenState) screen = new_screen ();
  g_autoptr (PvMirror) mirror = pv_mirror_new (screen, NULL);
  g_autoptr (GBytes) snapshot = pv_mirror_snapshot (mirror);
  gsize size;
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (snapshot, &size), g_bytes_get_size (snapshot));
  guint8 *at = memmem (copy, size, "street", 6);

  (void) state;
  assert_non_null (at);
  assert_int_equal (at[7], PV_ASSIST_CLEAR);
  at[7] = PV_ASSIST_TYPING; /* the class of the street, whose value follows in clear */
  assert_null (pv_mirror_read (copy, size, NULL));
}

static void
cut_bytes_are_refused (void **state)
{
  g_autoptr (PvScreenState) screen = new_screen ();
  g_autoptr (PvMirror) mirror = pv_mirror_new (screen, NULL);
  g_autoptr (GBytes) snapshot = pv_mirror_snapshot (mirror);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (snapshot, &size);

  (void) state;
  for (gsize cut = 0; cut < size; cut++)
    assert_null (pv_mirror_read (bytes, cut, NULL));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (says_the_language_and_what_the_citizen_reads),
    cmocka_unit_test (says_what_is_clear_and_only_how_long_the_rest_is),
    cmocka_unit_test (offers_are_as_private_as_what_is_typed),
    cmocka_unit_test (says_how_it_is_filled_in_and_how_far_it_is),
    cmocka_unit_test (what_the_citizen_is_told_of_the_mediator_is_never_mirrored),
    cmocka_unit_test (typing_in_a_class_changes_nothing),
    cmocka_unit_test (a_difference_makes_the_same_mirror),
    cmocka_unit_test (a_letter_more_costs_a_letter),
    cmocka_unit_test (another_screen_costs_what_is_new_on_it),
    cmocka_unit_test (screens_with_codes_are_private),
    cmocka_unit_test (kinds_that_are_codes_stay_hidden_whatever_their_class),
    cmocka_unit_test (a_screen_that_is_too_large_is_private),
    cmocka_unit_test (a_masked_answer_with_a_text_is_refused),
    cmocka_unit_test (cut_bytes_are_refused),
  };

  tst_init ();
  g_assert (pv_assist_init ());
  return cmocka_run_group_tests (tests, NULL, NULL);
}
