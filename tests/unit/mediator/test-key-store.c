/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/key-store.h"

#include <string.h>

#include "tst.h"

#include "assist/certificate.h"

enum { WAIT_MS = 60 * 1000 };

static const char passphrase[] = "quatre mots au hasard";
static const guint8 key[PV_CERTIFICATE_SECRET_BYTES] = { 42, 0, 7 };
static char *folder;
static PvConsoleSettings settings;

typedef struct Answer {
  gboolean is_there, is_done;
  guint n_turns; /* of the main loop, meanwhile */
  PvSecret *secret;
  GError *error;
} Answer;

static int
set_up (void **state)
{
  (void) state;
  folder = g_dir_make_tmp ("pv-key-XXXXXX", NULL);
  settings.key_file = g_build_filename (folder, "mediator.key", NULL);
  return pv_sealed_key_write (settings.key_file, key, sizeof key, passphrase, NULL) ? 0 : -1;
}

static int
tear_down (void **state)
{
  (void) state;
  tst_remove_folder (folder);
  g_clear_pointer (&folder, g_free);
  g_clear_pointer (&settings.key_file, g_free);
  return 0;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  (void) source;
  answer->secret = pv_key_store_open_finish (result, &answer->error);
  answer->is_there = TRUE;
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  (void) source;
  answer->is_done = pv_key_store_change_finish (result, &answer->error);
  answer->is_there = TRUE;
}

static gboolean
turn_cb (gpointer data)
{
  ((Answer *) data)->n_turns++;
  return G_SOURCE_CONTINUE;
}

static void
answer_clear (Answer *answer)
{
  pv_secret_free (answer->secret);
  g_clear_error (&answer->error);
}

static void
try_to_open (const char *words, Answer *answer)
{
  guint timer = g_timeout_add (5, turn_cb, answer);

  pv_key_store_open_async (&settings, words, NULL, opened_cb, answer);
  assert_true (tst_pump_until (NULL, &answer->is_there, WAIT_MS));
  g_source_remove (timer);
}

static void
opens_while_the_window_lives (void **state)
{
  Answer answer = { 0 };

  (void) state;
  try_to_open (passphrase, &answer);
  assert_non_null (answer.secret);
  assert_memory_equal (pv_secret_get_bytes (answer.secret, NULL), key, sizeof key);
  assert_true (answer.n_turns > 0);
  answer_clear (&answer);
}

static void
a_wrong_passphrase_has_an_error_of_its_own (void **state)
{
  static const char *const wrong[] = { "", "quatre mots au hasar" };
  g_autofree char *longer = g_strnfill (PV_SEALED_KEY_MAX_PASSPHRASE_BYTES + 1, 'a');

  (void) state;
  for (gsize i = 0; i <= G_N_ELEMENTS (wrong); i++) {
    Answer answer = { 0 };

    try_to_open (i < G_N_ELEMENTS (wrong) ? wrong[i] : longer, &answer);
    assert_null (answer.secret);
    assert_true (g_error_matches (answer.error, PV_SEALED_KEY_ERROR, PV_SEALED_KEY_ERROR_PASSPHRASE));
    answer_clear (&answer);
  }
}

static void
a_cancelled_try_gives_nothing (void **state)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Answer answer = { 0 };

  (void) state;
  pv_key_store_open_async (&settings, passphrase, cancellable, opened_cb, &answer);
  g_cancellable_cancel (cancellable);
  assert_true (tst_pump_until (NULL, &answer.is_there, WAIT_MS));
  assert_null (answer.secret);
  assert_true (g_error_matches (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  answer_clear (&answer);
}

static void
change (const char *from, const char *to, Answer *answer)
{
  pv_key_store_change_async (&settings, from, to, NULL, changed_cb, answer);
  assert_true (tst_pump_until (NULL, &answer->is_there, WAIT_MS));
}

static void
changes_the_passphrase_and_keeps_the_key (void **state)
{
  Answer changed = { 0 }, old = { 0 }, new = { 0 };

  (void) state;
  change (passphrase, "une autre phrase", &changed);
  assert_true (changed.is_done);
  try_to_open (passphrase, &old);
  assert_true (g_error_matches (old.error, PV_SEALED_KEY_ERROR, PV_SEALED_KEY_ERROR_PASSPHRASE));
  try_to_open ("une autre phrase", &new);
  assert_non_null (new.secret);
  assert_memory_equal (pv_secret_get_bytes (new.secret, NULL), key, sizeof key);
  answer_clear (&changed);
  answer_clear (&old);
  answer_clear (&new);
}

static void
a_change_that_fails_leaves_the_file_alone (void **state)
{
  static const struct {
    const char *from, *to;
    PvSealedKeyError code;
  } cases[] = {
    { "wrong passphrase", "une autre phrase", PV_SEALED_KEY_ERROR_PASSPHRASE },
    { passphrase, "court", PV_SEALED_KEY_ERROR_WEAK },
    { passphrase, "", PV_SEALED_KEY_ERROR_WEAK },
  };
  g_autofree char *before = NULL, *after = NULL;

  (void) state;
  assert_true (g_file_get_contents (settings.key_file, &before, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    Answer answer = { 0 };

    change (cases[i].from, cases[i].to, &answer);
    assert_false (answer.is_done);
    assert_true (g_error_matches (answer.error, PV_SEALED_KEY_ERROR, (gint) cases[i].code));
    answer_clear (&answer);
  }
  assert_true (g_file_get_contents (settings.key_file, &after, NULL, NULL));
  assert_string_equal (before, after);
}

int
main (void)
{
#define T(test) cmocka_unit_test_setup_teardown (test, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    T (opens_while_the_window_lives),
    T (a_wrong_passphrase_has_an_error_of_its_own),
    T (a_cancelled_try_gives_nothing),
    T (changes_the_passphrase_and_keeps_the_key),
    T (a_change_that_fails_leaves_the_file_alone),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
