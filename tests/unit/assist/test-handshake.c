/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "people.h"

typedef struct {
  People *people;
  GRand *rand;
  PvCall call;
  GBytes *called;
} Fixture;

static void
sign_call (Fixture *fixture)
{
  g_clear_pointer (&fixture->called, g_bytes_unref);
  fixture->called = pv_call_sign (&fixture->call, fixture->people->kiosk.secret);
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->people = people_new ();
  fixture->rand = g_rand_new_with_seed (1);
  fixture->call = (PvCall){
    .newest = PV_ASSIST_VERSION,
    .oldest = PV_ASSIST_OLDEST_VERSION,
    .catalogue = { 11 },
    .group = 1,
    .random = { 77 },
    .created = PEOPLE_NOW,
    .expires = PEOPLE_NOW + 120,
    .certificate = fixture->people->kiosk.certificate,
    .delegation = fixture->people->kiosk.delegation,
  };
  sign_call (fixture);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  people_free (fixture->people);
  g_rand_free (fixture->rand);
  g_bytes_unref (fixture->called);
  g_free (fixture);
  return 0;
}

typedef enum { AT_JOIN, AT_ANSWER, AT_PROOF, AT_DONE, AT_END } Stage;

/* A run with what may be changed in it, and how far it came. */
typedef struct {
  const char *shown, *typed;
  Person *mediator;
  gssize flip_at; /* bit of the message of @flip_stage, or -1 */
  Stage flip_stage;
  Stage stopped_at;
  gint code; /* of the error */
} Run;

static Run
new_run (Fixture *fixture)
{
  return (Run){ .shown = "123456", .typed = "123456", .mediator = &fixture->people->mediator, .flip_at = -1 };
}

static GBytes *
pass (const Run *run, Stage stage, GBytes *bytes)
{
  gsize size;
  guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));

  g_bytes_unref (bytes);
  if (run->flip_at >= 0 && run->flip_stage == stage)
    copy[(gsize) run->flip_at / 8 % size] ^= (guint8) (1 << run->flip_at % 8);
  return g_bytes_new_take (copy, size);
}

#define DATA(bytes) g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)

static void
run_handshake (Fixture *fixture, Run *run)
{
  guint8 random[PV_HANDSHAKE_RANDOM_BYTES];
  g_autoptr (PvHandshake) mediator = NULL, kiosk = NULL;
  g_autoptr (PvRecord) kiosk_record = NULL, mediator_record = NULL;
  g_autoptr (GBytes) join = NULL, answer = NULL, proof = NULL, done = NULL, sealed = NULL, opened = NULL;
  g_autoptr (GError) error = NULL;

  people_random (fixture->rand, random, sizeof random);
  run->stopped_at = AT_JOIN;
  mediator =
    pv_handshake_join (&run->mediator->identity, fixture->called, run->typed, random, PEOPLE_NOW, &join, &error);
  if (mediator != NULL) {
    run->stopped_at = AT_ANSWER;
    join = pass (run, AT_JOIN, join);
    people_random (fixture->rand, random, sizeof random);
    if (pv_handshake_is_for (DATA (join), fixture->call.random))
      kiosk = pv_handshake_answer (&fixture->people->kiosk.identity, fixture->called, run->shown, DATA (join), random,
                                   PEOPLE_NOW, &answer, &error);
  }
  if (kiosk != NULL) {
    run->stopped_at = AT_PROOF;
    answer = pass (run, AT_ANSWER, answer);
    proof = pv_handshake_prove (mediator, DATA (answer), PEOPLE_NOW, &error);
  }
  if (proof != NULL) {
    run->stopped_at = AT_DONE;
    proof = pass (run, AT_PROOF, proof);
    done = pv_handshake_confirm (kiosk, DATA (proof), &kiosk_record, &error);
  }
  if (done != NULL) {
    done = pass (run, AT_DONE, done);
    mediator_record = pv_handshake_finish (mediator, DATA (done), &error);
  }
  if (mediator_record != NULL) {
    run->stopped_at = AT_END;
    sealed = pv_record_seal (kiosk_record, (const guint8 *) "hello", 5);
    opened = pv_record_open (mediator_record, DATA (sealed), NULL);
    assert_non_null (opened);
    assert_string_equal (pv_handshake_get_peer (kiosk)->name, "Person 2");
    assert_string_equal (pv_handshake_get_peer (mediator)->name, "Person 1");
  }
  run->code = error != NULL ? error->code : -1;
}

static void
the_right_code_and_two_certificates_make_a_session (void **state)
{
  Run run = new_run (*state);

  run_handshake (*state, &run);
  assert_int_equal (run.stopped_at, AT_END);
}

static void
a_wrong_code_is_noticed_by_the_kiosk_before_it_confirms (void **state)
{
  Run run = new_run (*state);

  run.typed = "123457";
  run_handshake (*state, &run);
  assert_int_equal (run.stopped_at, AT_DONE);
  assert_int_equal (run.code, PV_ASSIST_ERROR_CODE);
}

/* Every message, bits all over it: a change is noticed, and never taken for a wrong code, which would burn it. */
static void
a_changed_message_ends_the_run_without_burning_the_code (void **state)
{
  for (Stage stage = AT_JOIN; stage <= AT_DONE; stage++)
    for (gssize bit = 0; bit < 700 * 8; bit += 53) {
      Run run = new_run (*state);

      run.flip_stage = stage;
      run.flip_at = bit;
      run_handshake (*state, &run);
      assert_int_not_equal (run.stopped_at, AT_END);
      /* The last bits of the proof are the confirmation itself: the signature was right. */
      if (stage != AT_PROOF)
        assert_int_not_equal (run.code, PV_ASSIST_ERROR_CODE);
    }
}

static void
a_mediator_of_another_commune_or_root_is_refused (void **state)
{
  Fixture *fixture = *state;
  People *people = fixture->people;
  Person stranger = { 0 };
  Run run = new_run (fixture);
  guint8 seed[32] = { 42 }, good[PV_CERTIFICATE_SECRET_BYTES];
  PvCertificateRoot root;

  people_add (people, &stranger, PV_CERTIFICATE_MEDIATOR, 9, "22060");
  run.mediator = &stranger;
  run_handshake (fixture, &run);
  assert_int_equal (run.stopped_at, AT_JOIN);
  assert_int_equal (run.code, PV_ASSIST_ERROR_UNTRUSTED);
  g_bytes_unref (stranger.certificate);
  /* One who made a root of their own, and therefore trusts the kiosk's too. */
  memcpy (good, people->root_secret, sizeof good);
  crypto_sign_seed_keypair (root.key, people->root_secret, seed);
  people_add (people, &stranger, PV_CERTIFICATE_MEDIATOR, 9, "22050");
  memcpy (people->root_secret, good, sizeof good);
  run_handshake (fixture, &run);
  assert_int_equal (run.stopped_at, AT_ANSWER);
  assert_int_equal (run.code, PV_ASSIST_ERROR_UNTRUSTED);
  g_bytes_unref (stranger.certificate);
}

/* Each side for itself; who is not on the list is not concerned. */
static void
who_was_revoked_is_refused (void **state)
{
  static const char *const mediators[] = { "0000000000000000", "0202020202020202", NULL };
  static const char *const kiosks[] = { "0101010101010101", NULL };
  static const char *const others[] = { "0303030303030303", NULL };
  const struct {
    const char *const *of_kiosk, *const *of_mediator;
    Stage stopped_at;
  } rows[] = {
    { mediators, NULL, AT_ANSWER },
    { NULL, kiosks, AT_JOIN },
    { others, others, AT_END },
    { kiosks, mediators, AT_END },
  };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    Run run = new_run (fixture);

    fixture->people->kiosk.identity.revoked = rows[i].of_kiosk;
    fixture->people->mediator.identity.revoked = rows[i].of_mediator;
    run_handshake (fixture, &run);
    assert_int_equal (run.stopped_at, rows[i].stopped_at);
    assert_int_equal (run.code, run.stopped_at == AT_END ? -1 : (gint) PV_ASSIST_ERROR_UNTRUSTED);
  }
}

static void
a_release_speaks_with_the_one_before_and_no_further (void **state)
{
  static const struct {
    guint8 kiosk_newest, kiosk_oldest, mediator_newest, mediator_oldest;
    gboolean is_good;
  } rows[] = {
    { 2, 1, 2, 1, TRUE }, { 2, 1, 1, 1, TRUE }, { 1, 1, 2, 1, TRUE }, { 3, 2, 1, 1, FALSE }, { 1, 1, 3, 2, FALSE }
  };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    Run run = new_run (fixture);

    fixture->call.newest = fixture->people->kiosk.identity.newest = rows[i].kiosk_newest;
    fixture->call.oldest = fixture->people->kiosk.identity.oldest = rows[i].kiosk_oldest;
    fixture->people->mediator.identity.newest = rows[i].mediator_newest;
    fixture->people->mediator.identity.oldest = rows[i].mediator_oldest;
    sign_call (fixture);
    run_handshake (fixture, &run);
    assert_int_equal (run.stopped_at, rows[i].is_good ? AT_END : AT_JOIN);
    if (!rows[i].is_good)
      assert_int_equal (run.code, PV_ASSIST_ERROR_VERSION);
  }
}

/* A mediator (or who changed its words) who says the lower version although both speak the higher. */
static void
a_downgrade_is_refused_by_the_kiosk (void **state)
{
  Fixture *fixture = *state;
  Run run = new_run (fixture);

  fixture->call.newest = fixture->people->kiosk.identity.newest = 2;
  fixture->people->mediator.identity.newest = 2;
  sign_call (fixture);
  run.flip_stage = AT_JOIN;
  run.flip_at = 8 * (1 + PV_CALL_RANDOM_BYTES) + 1; /* chosen version 2 becomes 0 ... */
  run_handshake (fixture, &run);
  assert_int_equal (run.stopped_at, AT_ANSWER);
  assert_int_equal (run.code, PV_ASSIST_ERROR_VERSION);
  run.flip_at = 8 * (2 + PV_CALL_RANDOM_BYTES); /* ... or its newest 3: the choice does not follow */
  run_handshake (fixture, &run);
  assert_int_not_equal (run.stopped_at, AT_END);
}

static void
another_catalogue_of_screens_is_refused (void **state)
{
  Fixture *fixture = *state;
  Run run = new_run (fixture);

  fixture->call.catalogue[0] = fixture->people->kiosk.identity.catalogues[0][0] = 10; /* the one before */
  sign_call (fixture);
  run_handshake (fixture, &run);
  assert_int_equal (run.stopped_at, AT_END);
  fixture->call.catalogue[0] = fixture->people->kiosk.identity.catalogues[0][0] = 9;
  sign_call (fixture);
  run_handshake (fixture, &run);
  assert_int_equal (run.stopped_at, AT_JOIN);
  assert_int_equal (run.code, PV_ASSIST_ERROR_VERSION);
}

static void
a_call_is_good_for_its_time_and_as_it_was_signed (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvCertificate) mediator = pv_certificate_parse (DATA (fixture->people->mediator.certificate), NULL);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (fixture->called, &size);
  PvCertificateRoot *root = &fixture->people->root;
  g_autoptr (PvCall) good = pv_call_open (bytes, size, mediator, root, 1, PEOPLE_NOW, NULL, NULL);
  g_autofree guint8 *copy = g_memdup2 (bytes, size);

  assert_non_null (good);
  assert_null (pv_call_open (bytes, size, mediator, root, 1, PEOPLE_NOW + 120 + PV_CALL_SLACK_SECONDS + 1, NULL, NULL));
  assert_null (pv_call_open (bytes, size, mediator, root, 1, PEOPLE_NOW - PV_CALL_SLACK_SECONDS - 1, NULL, NULL));
  for (gsize i = 0; i < size; i++) {
    copy[i] ^= 1;
    assert_null (pv_call_open (copy, size, mediator, root, 1, PEOPLE_NOW, NULL, NULL));
    copy[i] ^= 1;
  }
}

static void
a_code_is_used_once_within_two_minutes (void **state)
{
  PvPairingCode code;
  guint8 random[8] = { 0 };

  (void) state;
  assert_true (pv_pairing_code_make (&code, random, 1000));
  assert_string_equal (code.digits, "000000");
  assert_true (pv_pairing_code_is_usable (&code, 1000));
  assert_true (pv_pairing_code_is_usable (&code, 120999));
  assert_false (pv_pairing_code_is_usable (&code, 121000));
  code.failures = PV_CODE_MAX_FAILURES;
  assert_false (pv_pairing_code_is_usable (&code, 1000));
  code.failures = 0;
  code.is_used = TRUE;
  assert_false (pv_pairing_code_is_usable (&code, 1000));
  memset (random, 0xff, sizeof random);
  assert_false (pv_pairing_code_make (&code, random, 1000));
}

#define TEST(function) cmocka_unit_test_setup_teardown (function, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (the_right_code_and_two_certificates_make_a_session),
    TEST (a_wrong_code_is_noticed_by_the_kiosk_before_it_confirms),
    TEST (a_changed_message_ends_the_run_without_burning_the_code),
    TEST (a_mediator_of_another_commune_or_root_is_refused),
    TEST (who_was_revoked_is_refused),
    TEST (a_release_speaks_with_the_one_before_and_no_further),
    TEST (a_downgrade_is_refused_by_the_kiosk),
    TEST (another_catalogue_of_screens_is_refused),
    TEST (a_call_is_good_for_its_time_and_as_it_was_signed),
    TEST (a_code_is_used_once_within_two_minutes),
  };

  tst_init ();
  g_assert (pv_assist_init ());
  return cmocka_run_group_tests (tests, NULL, NULL);
}
