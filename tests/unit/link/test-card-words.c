/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "link/card-words.h"

#include <sys/socket.h>
#include <unistd.h>

#include "core/wipe.h"
#include "tst.h"

typedef struct Pair {
  int ends[2];
} Pair;

static void
pair_open (Pair *pair)
{
  assert_int_equal (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair->ends), 0);
}

static void
pair_close (Pair *pair)
{
  close (pair->ends[0]);
  close (pair->ends[1]);
}

static void
a_request_arrives_as_it_was_sent (void **state)
{
  Pair pair;
  PvCardRequestKind kind;
  g_autoptr (PvSecretStr) text = NULL;
  gboolean is_gone;

  (void) state;
  pair_open (&pair);
  assert_false (pv_card_receive_request (pair.ends[1], &kind, &text, &is_gone));
  assert_false (is_gone);
  assert_true (pv_card_send_request (pair.ends[0], PV_CARD_DO_CAN, "123456"));
  assert_true (pv_card_receive_request (pair.ends[1], &kind, &text, &is_gone));
  assert_int_equal (kind, PV_CARD_DO_CAN);
  assert_string_equal (text, "123456");
  pair_close (&pair);
}

static void
an_identity_arrives_with_all_its_fields (void **state)
{
  Pair pair;
  g_auto (PvCardReport) sent = { PV_CARD_READ, PV_CARD_TROUBLE_NONE, 100, pv_identity_new () };
  g_auto (PvCardReport) got = { 0 };
  gboolean is_gone;

  (void) state;
  pair_open (&pair);
  sent.identity->verdict = PV_VERDICT_GENUINE;
  sent.identity->reason = PV_REASON_NONE;
  assert_true (pv_identity_set (sent.identity, PV_IDENTITY_SURNAME, "ÉRIKSSON"));
  assert_true (pv_identity_set (sent.identity, PV_IDENTITY_ISSUER, "UTO"));
  assert_true (pv_card_send_report (pair.ends[1], &sent));
  assert_true (pv_card_receive_report (pair.ends[0], &got, &is_gone));
  assert_int_equal (got.state, PV_CARD_READ);
  assert_int_equal (got.identity->verdict, PV_VERDICT_GENUINE);
  assert_string_equal (got.identity->texts[PV_IDENTITY_SURNAME], "ÉRIKSSON");
  assert_string_equal (got.identity->texts[PV_IDENTITY_ISSUER], "UTO");
  assert_null (got.identity->texts[PV_IDENTITY_ADDRESS]);
  pair_close (&pair);
}

static void
the_end_of_the_other_side_is_told (void **state)
{
  Pair pair;
  g_auto (PvCardReport) got = { 0 };
  gboolean is_gone = FALSE;

  (void) state;
  pair_open (&pair);
  close (pair.ends[1]);
  assert_false (pv_card_receive_report (pair.ends[0], &got, &is_gone));
  assert_true (is_gone);
  assert_false (pv_card_send_request (pair.ends[0], PV_CARD_DO_STOP, NULL));
  close (pair.ends[0]);
}

/* Packets of the child, which reads hostile cards, that the session must not take. */
static const struct {
  const char *what;
  guint8 bytes[16];
  gsize length;
} strange[] = {
  { "another letter", { 'X', 1, PV_CARD_WAITING }, 8 },
  { "another version", { 'R', 9, PV_CARD_WAITING }, 8 },
  { "cut short", { 'R', 1, PV_CARD_WAITING }, 7 },
  { "too long", { 'R', 1, PV_CARD_WAITING }, 9 },
  { "a state that is none", { 'R', 1, PV_N_CARD_STATES }, 8 },
  { "a trouble that is none", { 'R', 1, PV_CARD_FAILED, PV_N_CARD_TROUBLES }, 8 },
  { "more than a hundred percent", { 'R', 1, PV_CARD_READING, 0, 101 }, 8 },
  { "read without an identity", { 'R', 1, PV_CARD_READ }, 8 },
  { "an identity without having read",
    { 'R', 1, PV_CARD_WAITING, 0, 0, 1, PV_VERDICT_NOT_PROVEN, PV_REASON_TYPED },
    8 },
  { "an identity cut short", { 'R', 1, PV_CARD_READ, 0, 100, 1, PV_VERDICT_NOT_PROVEN, PV_REASON_TYPED, 0, 9 }, 10 },
  { "genuine in spite of a reason", { 'R', 1, PV_CARD_READ, 0, 100, 1, PV_VERDICT_GENUINE, PV_REASON_REVOKED }, 8 },
};

static void
takes_no_strange_report (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (strange); i++) {
    Pair pair;
    PvCardReport got = { 0 };
    gboolean is_gone;

    pair_open (&pair);
    assert_int_equal (send (pair.ends[1], strange[i].bytes, strange[i].length, 0), strange[i].length);
    if (pv_card_receive_report (pair.ends[0], &got, &is_gone))
      fail_msg ("taken: %s", strange[i].what);
    assert_false (is_gone);
    pair_close (&pair);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_request_arrives_as_it_was_sent),
    cmocka_unit_test (an_identity_arrives_with_all_its_fields),
    cmocka_unit_test (the_end_of_the_other_side_is_told),
    cmocka_unit_test (takes_no_strange_report),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
