/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A session's part of an assistance, with a courier that answers wrongly, late or not at all. With a real one:
 * tests/integration/test-session-assist.c. */

#include "tst.h"

#include <sodium.h>
#include <string.h>

#include "fake-clock.h"
#include "people.h"

#include "assist/rights.h"
#include "kiosk/session/assist-courier.h"
#include "kiosk/session/assist-link.h"
#include "kiosk/session/assist-self.h"
#include "link/peer.h"
#include "platform/carrier-name.h"
#include "pv-link-assist1.h"

enum { WAIT_MS = 20000, QUIET_MS = 60, LINK_UP = 2 };

typedef enum {
  OPENS,
  OPENS_EMPTY,
  OPENS_LARGE_CERTIFICATE,
  OPENS_LARGE_DELEGATION,
  OPENS_GARBAGE,
  OPENS_OTHER_KEY,
  OPENS_EXPIRED,
  OPENS_FORGED,
  OPENS_MEDIATOR,
  REFUSES,
  IS_BUSY_TWICE,
} Manners;

typedef struct {
  char *folder, *path;
  FakeClock clock;
  People *people;
  guint8 long_secret[PV_CERTIFICATE_SECRET_BYTES]; /* the kiosk's */
  PvPeerServer *server;
  PvLinkAssist1 *skeleton;
  Manners manners;
  guint n_opens, n_calls, n_closes;
  gboolean holds_calls; /* they get no answer */
  GPtrArray *held;
  GString *kept; /* what Note was called with */
  guint n_busy;  /* notes to refuse */
  const char *refused_verb;
  PvAssistLink *link;
  PvAssistance told;
  guint n_changed;
} Fixture;

static GVariant *
bytes_of (GBytes *bytes)
{
  return g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE);
}

static GVariant *
new_bytes (const void *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  return bytes_of (bytes);
}

static GVariant *
zeros (gsize size)
{
  g_autofree guint8 *bytes = g_malloc0 (size);

  return new_bytes (bytes, size);
}

static GVariant *
delegate (Fixture *fixture, GVariant *key)
{
  PvDelegation delegation = { .not_before = PEOPLE_NOW - 60, .not_after = PEOPLE_NOW + 3600 };
  guint8 bytes[PV_DELEGATION_BYTES];

  memset (delegation.kiosk, 1, sizeof delegation.kiosk);
  memcpy (delegation.key, g_variant_get_data (key), sizeof delegation.key);
  if (fixture->manners == OPENS_OTHER_KEY)
    delegation.key[0] ^= 1;
  if (fixture->manners == OPENS_EXPIRED)
    delegation.not_after = PEOPLE_NOW - 30;
  pv_delegation_sign (&delegation, fixture->long_secret, bytes);
  if (fixture->manners == OPENS_FORGED)
    bytes[sizeof bytes - 1] ^= 1;
  return new_bytes (bytes, sizeof bytes);
}

static GVariant *
certificate_of (const Fixture *fixture)
{
  switch ((gint) fixture->manners) {
  case OPENS_EMPTY:
    return zeros (0);
  case OPENS_LARGE_CERTIFICATE:
    return zeros (PV_CERTIFICATE_MAX_BYTES + 1);
  case OPENS_GARBAGE:
    return zeros (PV_CERTIFICATE_MAX_BYTES);
  case OPENS_MEDIATOR:
    return bytes_of (fixture->people->mediator.certificate);
  default:
    return bytes_of (fixture->people->kiosk.certificate);
  }
}

static gboolean
open_cb (PvLinkAssist1 *skeleton, GDBusMethodInvocation *invocation, GVariant *key, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_opens++;
  if (fixture->manners == REFUSES)
    g_dbus_method_invocation_return_dbus_error (invocation, "org.parvis.Error.Offline", "no");
  else if (fixture->manners == IS_BUSY_TWICE && fixture->n_opens <= 2)
    g_dbus_method_invocation_return_dbus_error (invocation, "org.parvis.Error.Busy", "no");
  else
    pv_link_assist1_complete_open (skeleton, invocation, certificate_of (fixture),
                                   fixture->manners == OPENS_LARGE_DELEGATION ? zeros (PV_DELEGATION_BYTES + 1)
                                                                              : delegate (fixture, key));
  return TRUE;
}

static gboolean
call_cb (PvLinkAssist1 *skeleton, GDBusMethodInvocation *invocation, GVariant *call, gpointer user_data)
{
  Fixture *fixture = user_data;

  (void) call;
  fixture->n_calls++;
  if (fixture->holds_calls)
    g_ptr_array_add (fixture->held, invocation);
  else
    pv_link_assist1_complete_call (skeleton, invocation);
  return TRUE;
}

static gboolean
close_cb (PvLinkAssist1 *skeleton, GDBusMethodInvocation *invocation, gpointer user_data)
{
  ((Fixture *) user_data)->n_closes++;
  pv_link_assist1_complete_close (skeleton, invocation);
  return TRUE;
}

static gboolean
note_cb (PvLinkAssist1 *skeleton, GDBusMethodInvocation *invocation, const char *verb, const char *subject,
         gpointer user_data)
{
  Fixture *fixture = user_data;

  (void) subject;
  if (fixture->n_busy > 0) {
    fixture->n_busy--;
    g_dbus_method_invocation_return_dbus_error (invocation, "org.parvis.Error.Busy", "no");
  } else if (g_strcmp0 (verb, fixture->refused_verb) == 0) {
    g_dbus_method_invocation_return_dbus_error (invocation, "org.parvis.Error.BadRequest", "no");
  } else {
    g_string_append_printf (fixture->kept, "%s ", verb);
    pv_link_assist1_complete_note (skeleton, invocation);
  }
  return TRUE;
}

static void
connected_cb (GDBusConnection *connection, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (fixture->skeleton), connection, "/org/parvis/Assist1",
                                    NULL);
}

static void
changed_cb (const PvAssistance *assistance, gpointer user_data)
{
  Fixture *fixture = user_data;

  pv_assistance_copy (&fixture->told, assistance);
  fixture->n_changed++;
}

static void
text_cb (const char *text, gpointer user_data)
{
  (void) text;
  (void) user_data;
  fail_msg ("nobody said anything");
}

static void
intention_cb (const PvIntention *intention, gpointer user_data)
{
  text_cb (pv_intention_kind_name (intention->kind), user_data);
}

static void
noted_cb (const char *verb, const char *field, gpointer user_data)
{
  (void) verb;
  (void) field;
  (void) user_data;
}

static void
language_cb (const char *language, gpointer user_data)
{
  (void) language, (void) user_data;
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  guint8 key[PV_CERTIFICATE_KEY_BYTES];
  const guint8 seed[32] = { 100, 1 };

  fixture->folder = g_dir_make_tmp ("pv-assist-link-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "c.sock", NULL);
  fake_clock_init (&fixture->clock, "2026-11-24T10:00:00Z");
  fixture->clock.wall_us = (gint64) PEOPLE_NOW * G_USEC_PER_SEC;
  fixture->people = people_new ();
  crypto_sign_seed_keypair (key, fixture->long_secret, seed);
  fixture->held = g_ptr_array_new ();
  fixture->kept = g_string_new (NULL);
  fixture->skeleton = pv_link_assist1_skeleton_new ();
  pv_link_assist1_set_link (fixture->skeleton, LINK_UP);
  g_signal_connect (fixture->skeleton, "handle-open", G_CALLBACK (open_cb), fixture);
  g_signal_connect (fixture->skeleton, "handle-call", G_CALLBACK (call_cb), fixture);
  g_signal_connect (fixture->skeleton, "handle-close", G_CALLBACK (close_cb), fixture);
  g_signal_connect (fixture->skeleton, "handle-note", G_CALLBACK (note_cb), fixture);
  fixture->server = pv_peer_server_new (fixture->path, NULL, connected_cb, fixture, NULL);
  *state = fixture;
  return fixture->server != NULL ? 0 : -1;
}

static void
drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_assist_link_free (fixture->link);
  for (guint i = 0; i < fixture->held->len; i++)
    g_dbus_method_invocation_return_dbus_error (fixture->held->pdata[i], "org.parvis.Error.Offline", "late");
  drain ();
  pv_peer_server_free (fixture->server);
  g_object_unref (fixture->skeleton);
  drain ();
  pv_assistance_clear (&fixture->told);
  people_free (fixture->people);
  g_ptr_array_unref (fixture->held);
  g_string_free (fixture->kept, TRUE);
  tst_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture);
  return 0;
}

static void
make_link (Fixture *fixture)
{
  static const PvAssistLinkEvents events = { changed_cb, text_cb, text_cb, intention_cb, noted_cb, language_cb };
  g_autofree char *root = g_base64_encode (fixture->people->root.key, sizeof fixture->people->root.key);
  const char *roots[] = { "no root", root, NULL };
  const PvAssistLinkConfig config = { fixture->path, roots, NULL, NULL, NULL, &fixture->clock.clock };

  fixture->link = pv_assist_link_new (&config, &events, fixture);
  assert_non_null (fixture->link);
}

#define wait_for(condition)                                                                                            \
  do {                                                                                                                 \
    gint64 wait_until = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;                                   \
    while (!(condition) && g_get_monotonic_time () < wait_until)                                                       \
      if (!g_main_context_iteration (NULL, FALSE))                                                                     \
        g_usleep (500);                                                                                                \
    assert_true (condition);                                                                                           \
  } while (FALSE)

/* Lets what is under way arrive. */
static void
pump (void)
{
  const gboolean never = FALSE;

  tst_pump_until (NULL, &never, QUIET_MS);
}

static void
perform (Fixture *fixture, PvEffectKind kind, const char *text)
{
  g_autoptr (PvEffect) effect = g_new0 (PvEffect, 1);

  effect->kind = kind;
  effect->text = g_strdup (text);
  assert_true (pv_assist_link_perform (fixture->link, effect, "fr"));
}

static void
be_ready (Fixture *fixture)
{
  make_link (fixture);
  pv_assist_link_wake (fixture->link);
  wait_for (fixture->told.state == PV_ASSISTANCE_READY);
}

static void
ring (Fixture *fixture)
{
  be_ready (fixture);
  perform (fixture, PV_EFFECT_ASSIST_CALL, "afar");
  wait_for (fixture->told.code != NULL && fixture->n_calls == 1);
}

/* Milliseconds until the main loop would wake by itself; -1: never. */
static int
next_wakeup (void)
{
  GMainContext *context = g_main_context_default ();
  int priority = G_PRIORITY_LOW, timeout = -1;
  GPollFD fds[32];

  drain ();
  assert_true (g_main_context_acquire (context));
  g_main_context_prepare (context, &priority);
  g_main_context_query (context, G_PRIORITY_LOW, &timeout, fds, G_N_ELEMENTS (fds));
  g_main_context_release (context);
  return timeout;
}

static void
a_name_that_is_not_lent_to_us_calls_nobody (void **state)
{
  static const Manners bad[] = { OPENS_EMPTY,   OPENS_LARGE_CERTIFICATE, OPENS_LARGE_DELEGATION,
                                 OPENS_GARBAGE, OPENS_OTHER_KEY,         OPENS_EXPIRED,
                                 OPENS_FORGED,  OPENS_MEDIATOR,          REFUSES };
  Fixture *fixture = *state;

  be_ready (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    fixture->manners = bad[i];
    perform (fixture, PV_EFFECT_ASSIST_CALL, "afar");
    wait_for (fixture->told.state == PV_ASSISTANCE_NO_ANSWER);
    assert_false (pv_assist_link_wants_screen (fixture->link));
    perform (fixture, PV_EFFECT_ASSIST_WITHDRAW, NULL);
    assert_int_equal (fixture->told.state, PV_ASSISTANCE_READY);
  }
  pump ();
  assert_int_equal (fixture->n_opens, G_N_ELEMENTS (bad));
  assert_int_equal (fixture->n_calls, 0);
  /* And the right one does. */
  fixture->manners = OPENS;
  perform (fixture, PV_EFFECT_ASSIST_CALL, "afar");
  wait_for (fixture->told.code != NULL && fixture->n_calls == 1);
}

static void
a_busy_line_is_asked_for_again (void **state)
{
  Fixture *fixture = *state;

  fixture->manners = IS_BUSY_TWICE;
  ring (fixture);
  assert_int_equal (fixture->n_opens, 3);
}

static void
what_is_no_parcel_changes_nothing (void **state)
{
  static const char *const peers[] = { "", "0123456789ABCDEF", "0123456789abcdef0", "#", "0202020202020202" };
  static const gsize sizes[] = { 0, 1, 17, 400, PV_CARRIER_MAX_PARCEL_BYTES, PV_CARRIER_MAX_PARCEL_BYTES + 1, 100000 };
  Fixture *fixture = *state;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autofree char *code = NULL;
  guint n_changed;

  ring (fixture);
  code = g_strdup (fixture->told.code);
  n_changed = fixture->n_changed;
  for (guint first = 0; first < 20; first++)
    for (gsize p = 0; p < G_N_ELEMENTS (peers); p++)
      for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++) {
        g_autofree guint8 *bytes = g_malloc0 (MAX (sizes[s], 1));

        people_random (rand, bytes, MIN (sizes[s], 400));
        bytes[0] = (guint8) first; /* all kinds that there are */
        pv_link_assist1_emit_received (fixture->skeleton, peers[p], new_bytes (bytes, sizes[s]));
        pv_link_assist1_emit_presence (fixture->skeleton, new_bytes (bytes, sizes[s]));
      }
  pump ();
  assert_int_equal (fixture->n_changed, n_changed);
  assert_string_equal (fixture->told.code, code);
  assert_true (pv_assist_link_wants_screen (fixture->link));
}

static void
a_courier_that_does_not_answer_holds_nothing_up (void **state)
{
  Fixture *fixture = *state;
  gint64 began_us;

  ring (fixture);
  pump (); /* the first one is answered */
  fixture->holds_calls = TRUE;
  began_us = g_get_monotonic_time ();
  for (guint i = 0; i < 5 * PV_ASSIST_COURIER_MAX_CALLS; i++)
    perform (fixture, PV_EFFECT_ASSIST_CALL, "afar");
  assert_true (g_get_monotonic_time () - began_us < G_USEC_PER_SEC);
  wait_for (fixture->held->len == PV_ASSIST_COURIER_MAX_CALLS);
  pump ();
  assert_int_equal (fixture->held->len, PV_ASSIST_COURIER_MAX_CALLS);
  assert_non_null (fixture->told.code);
}

static void
what_the_courier_says_of_the_broker_is_told (void **state)
{
  static const struct {
    guint8 link;
    PvAssistanceState state;
  } table[] = {
    { 1, PV_ASSISTANCE_AWAY },  { 2, PV_ASSISTANCE_READY }, { 0, PV_ASSISTANCE_OFF },
    { 2, PV_ASSISTANCE_READY }, { 9, PV_ASSISTANCE_AWAY },
  };
  Fixture *fixture = *state;

  be_ready (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    pv_link_assist1_set_link (fixture->skeleton, table[i].link);
    wait_for (fixture->told.state == table[i].state);
  }
}

/* A call that was not sent goes out when the broker is there again, with the code that the citizen has read. */
static void
what_rings_rings_again_when_the_broker_is_back (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *code = NULL;

  ring (fixture);
  code = g_strdup (fixture->told.code);
  pv_link_assist1_set_link (fixture->skeleton, 1);
  pump ();
  assert_int_equal (fixture->told.state, PV_ASSISTANCE_CALLING);
  pv_link_assist1_set_link (fixture->skeleton, LINK_UP);
  wait_for (fixture->n_calls == 2);
  assert_string_equal (fixture->told.code, code);
  perform (fixture, PV_EFFECT_ASSIST_WITHDRAW, NULL);
  wait_for (fixture->n_calls == 3); /* that it is withdrawn */
  pv_link_assist1_set_link (fixture->skeleton, 1);
  pv_link_assist1_set_link (fixture->skeleton, LINK_UP);
  pump ();
  assert_int_equal (fixture->n_calls, 3);
}

static void
nothing_wakes_the_process_while_nobody_calls (void **state)
{
  Fixture *fixture = *state;

  make_link (fixture);
  pump ();
  assert_int_equal (next_wakeup (), -1);
  assert_int_equal (fixture->n_changed, 0);
  pv_assist_link_wake (fixture->link);
  wait_for (fixture->told.state == PV_ASSISTANCE_READY);
  pump ();
  assert_int_equal (next_wakeup (), -1);
  perform (fixture, PV_EFFECT_ASSIST_CALL, "afar");
  wait_for (fixture->told.code != NULL);
  assert_int_not_equal (next_wakeup (), -1);
  perform (fixture, PV_EFFECT_ASSIST_WITHDRAW, NULL);
  wait_for (fixture->n_closes == 1);
  pump ();
  assert_int_equal (next_wakeup (), -1);
}

static void
a_code_that_is_over_is_told_and_the_clock_rests (void **state)
{
  Fixture *fixture = *state;

  ring (fixture);
  fake_clock_advance_ms (&fixture->clock, 121 * 1000);
  pv_assist_link_touched (fixture->link, FALSE);
  perform (fixture, PV_EFFECT_ASSIST_ELSEWHERE, NULL);
  assert_null (fixture->told.code);
  assert_int_equal (fixture->told.state, PV_ASSISTANCE_CALLING);
  assert_int_equal (fixture->told.group, 2);
  pump ();
  assert_in_range (next_wakeup (), 50 * 1000, 59 * 1000); /* nothing to do before nobody has answered */
  fake_clock_advance_ms (&fixture->clock, 60 * 1000);
  pv_assist_link_touched (fixture->link, FALSE);
  wait_for (fixture->told.state == PV_ASSISTANCE_NO_ANSWER);
  wait_for (fixture->n_closes == 1);
}

static void
the_log_has_no_hole_and_keeps_its_order (void **state)
{
  Fixture *fixture = *state;

  fixture->n_busy = 1;
  fixture->refused_verb = "withdraw";
  ring (fixture);
  perform (fixture, PV_EFFECT_ASSIST_WITHDRAW, NULL);
  /* The line is given back when all was said. */
  assert_int_equal (fixture->n_closes, 0);
  wait_for (fixture->n_closes == 1);
  assert_string_equal (fixture->kept->str, "call ");
  fixture->refused_verb = NULL;
  perform (fixture, PV_EFFECT_ASSIST_CALL, "afar");
  perform (fixture, PV_EFFECT_ASSIST_WITHDRAW, NULL);
  perform (fixture, PV_EFFECT_ASSIST_CALL, "afar");
  wait_for (fixture->told.code != NULL);
  perform (fixture, PV_EFFECT_ASSIST_WITHDRAW, NULL);
  wait_for (g_str_equal (fixture->kept->str, "call call withdraw "));
}

static void
a_key_that_was_wiped_is_gone (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvAssistSelf) self = pv_assist_self_new (&fixture->people->root, 1, NULL);
  const guint8 *secret = pv_assist_self_get_identity (self)->secret;

  assert_false (sodium_is_zero (secret, PV_CERTIFICATE_SECRET_BYTES));
  pv_assist_self_wipe_key (self);
  assert_true (sodium_is_zero (secret, PV_CERTIFICATE_SECRET_BYTES));
}

static void
without_a_root_there_is_no_assistance (void **state)
{
  static const char *const roots[] = { "", "dG9vIHNob3J0", NULL };
  static const PvAssistLinkEvents events = { changed_cb, text_cb, text_cb, intention_cb, noted_cb, language_cb };
  Fixture *fixture = *state;
  const PvAssistLinkConfig config = { fixture->path, roots, NULL, NULL, NULL, &fixture->clock.clock };

  assert_null (pv_assist_link_new (&config, &events, fixture));
}

#define with_courier(test) cmocka_unit_test_setup_teardown (test, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_courier (a_name_that_is_not_lent_to_us_calls_nobody),
    with_courier (a_busy_line_is_asked_for_again),
    with_courier (what_is_no_parcel_changes_nothing),
    with_courier (a_courier_that_does_not_answer_holds_nothing_up),
    with_courier (what_the_courier_says_of_the_broker_is_told),
    with_courier (what_rings_rings_again_when_the_broker_is_back),
    with_courier (nothing_wakes_the_process_while_nobody_calls),
    with_courier (a_code_that_is_over_is_told_and_the_clock_rests),
    with_courier (the_log_has_no_hole_and_keeps_its_order),
    with_courier (a_key_that_was_wiped_is_gone),
    with_courier (without_a_root_there_is_no_assistance),
  };

  tst_init ();
  return pv_assist_init () ? cmocka_run_group_tests (tests, NULL, NULL) : 1;
}
