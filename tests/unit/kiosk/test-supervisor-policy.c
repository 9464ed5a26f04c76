/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "kiosk/supervisor/policy.h"

/* One thing that happens, and the commands that must follow, separated by spaces: "+2" start, "service2" start the service screen, "show2", "ooo2", "ping2",
 * "finish2", "kill2", "print2" (tell the printer), "feed2". */
typedef enum { READY, SHOWN, TOUCHED, GOODBYE, EXITED, ANSWERED, DEADLINE, REPLACE, HOLD, SERVICE, STOP, TICK } Event;

typedef struct Step {
  gint64 at_ms;
  Event event;
  guint session;
  guint value; /* of ANSWERED: age of the frame; of DEADLINE: seconds */
  const char *expected;
} Step;

/* The first lines of nearly every story: session 1 shown at 100 ms, session 2 warm at 300. */
#define ONE_SHOWN                                                                                                      \
  { 50, READY, 1, 0, "show1" },                                                                                        \
  {                                                                                                                    \
    100, SHOWN, 1, 0, "feed1 +2"                                                                                       \
  }
#define TWO_WARM                                                                                                       \
  ONE_SHOWN,                                                                                                           \
  {                                                                                                                    \
    300, READY, 2, 0, ""                                                                                               \
  }

#define ONE_SHOWN_ALONE                                                                                                \
  { 50, READY, 1, 0, "show1" },                                                                                        \
  {                                                                                                                    \
    100, SHOWN, 1, 0, "feed1"                                                                                          \
  }

static char *
take_all (PvPolicy *policy)
{
  static const char *const verbs[] = {
    [PV_POLICY_START] = "+",
    [PV_POLICY_SHOW] = "show",
    [PV_POLICY_OUT_OF_ORDER] = "ooo",
    [PV_POLICY_PING] = "ping",
    [PV_POLICY_FINISH] = "finish",
    [PV_POLICY_KILL] = "kill",
    [PV_POLICY_FEED] = "feed",
    [PV_POLICY_START_SERVICE] = "service",
    [PV_POLICY_TELL_PRINTER] = "print",
  };
  GString *text = g_string_new (NULL);
  PvPolicyCommand command;

  while (pv_policy_take (policy, &command))
    g_string_append_printf (text, "%s%s%u", text->len > 0 ? " " : "", verbs[command.verb], command.session);
  return g_string_free (text, FALSE);
}

static void
happen (PvPolicy *policy, const Step *step)
{
  switch (step->event) {
  case READY:
    pv_policy_ready (policy, step->session, step->at_ms);
    break;
  case SHOWN:
    pv_policy_shown (policy, step->session, step->at_ms);
    break;
  case TOUCHED:
    pv_policy_touched (policy, step->session, step->at_ms);
    break;
  case GOODBYE:
    pv_policy_goodbye (policy, step->session, step->at_ms);
    break;
  case EXITED:
    pv_policy_exited (policy, step->session, step->at_ms);
    break;
  case ANSWERED:
    pv_policy_answered (policy, step->session, step->value, step->at_ms);
    break;
  case DEADLINE:
    pv_policy_deadline (policy, step->session, step->value, step->at_ms);
    break;
  case REPLACE:
    pv_policy_replace (policy, step->at_ms);
    break;
  case HOLD:
    pv_policy_hold (policy, step->value != 0, step->at_ms);
    break;
  case SERVICE:
    pv_policy_service (policy, step->value != 0, step->at_ms);
    break;
  case STOP:
    pv_policy_stop (policy, step->at_ms);
    break;
  case TICK:
    /* The owner would have come by itself by now: a story may not tick at a moment that nobody asked for. */
    if (pv_policy_get_wake_ms (policy) > step->at_ms)
      fail_msg ("at %" G_GINT64_FORMAT ": the next wake is only at %" G_GINT64_FORMAT, step->at_ms,
                pv_policy_get_wake_ms (policy));
    pv_policy_tick (policy, step->at_ms);
    break;
  }
}

static void
play (PvPolicy *policy, const Step *steps, gsize n_steps)
{
  for (gsize i = 0; i < n_steps; i++) {
    g_autofree char *commands = NULL;

    happen (policy, &steps[i]);
    commands = take_all (policy);
    if (g_strcmp0 (commands, steps[i].expected) != 0)
      fail_msg ("line %u, at %" G_GINT64_FORMAT " ms: expected \"%s\", got \"%s\"", (guint) i + 1, steps[i].at_ms,
                steps[i].expected, commands);
    if (!pv_policy_is_done (policy))
      assert_true (pv_policy_get_wake_ms (policy) > steps[i].at_ms);
  }
}

static PvPolicy *
begin (void)
{
  PvPolicy *policy = pv_policy_new (0);
  g_autofree char *commands = take_all (policy);

  assert_string_equal (commands, "+1");
  return policy;
}

/* The policy stays readable after the story. */
#define PLAY(...)                                                                                                      \
  g_autoptr (PvPolicy) policy = begin ();                                                                              \
  const Step steps[] = { __VA_ARGS__ };                                                                                \
  play (policy, steps, G_N_ELEMENTS (steps))

static void
goodbye_stays_until_the_next_one_is_shown (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 400, TOUCHED, 1, 0, "" }, { 1000, GOODBYE, 1, 0, "show2" }, { 1050, SHOWN, 2, 0, "finish1 feed2" },
        { 1200, EXITED, 1, 0, "print1 +3" }, { 1400, READY, 3, 0, "" });
  assert_int_equal (pv_policy_get_shown (policy), 2);
}

static void
goodbye_waits_for_one_that_is_not_ready_yet (void **state)
{
  (void) state;
  PLAY (ONE_SHOWN, { 200, GOODBYE, 1, 0, "" }, { 900, READY, 2, 0, "show2" }, { 950, SHOWN, 2, 0, "finish1 feed2" },
        { 960, EXITED, 1, 0, "print1 +3" });
}

static void
a_session_that_does_not_finish_is_killed (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 1000, GOODBYE, 1, 0, "show2" }, { 1050, SHOWN, 2, 0, "finish1 feed2" },
        { 3050, TICK, 0, 0, "kill1" }, { 3060, EXITED, 1, 0, "print1 +3" });
  assert_false (pv_policy_is_out_of_order (policy));
}

static void
a_process_that_cannot_even_be_killed_is_not_waited_for (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 1000, GOODBYE, 1, 0, "show2" }, { 1050, SHOWN, 2, 0, "finish1 feed2" },
        { 3050, TICK, 0, 0, "kill1" }, { 6050, TICK, 0, 0, "ping2" }, { 6060, ANSWERED, 2, 10, "feed2" },
        { 8050, TICK, 0, 0, "print1 +3" }, { 9000, EXITED, 1, 0, "" });
}

static void
after_a_crash_the_next_one_is_shown_at_once (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 400, TOUCHED, 1, 0, "" }, { 1000, EXITED, 1, 0, "print1 show2" },
        { 1050, SHOWN, 2, 0, "feed2 +3" });
}

static void
after_a_crash_one_that_is_not_ready_is_shown_when_it_is (void **state)
{
  (void) state;
  PLAY (ONE_SHOWN, { 200, EXITED, 1, 0, "print1" }, { 700, READY, 2, 0, "show2" }, { 750, SHOWN, 2, 0, "feed2 +3" });
}

static void
a_hidden_one_that_crashes_is_started_again_and_no_printer_told (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 400, EXITED, 2, 0, "+3" }, { 500, EXITED, 3, 0, "" }, { 1000, TICK, 0, 0, "+4" },
        { 1100, READY, 4, 0, "" }, { 1200, GOODBYE, 1, 0, "show4" });
}

static void
one_that_never_gets_ready_is_killed (void **state)
{
  (void) state;
  PLAY ({ 30000, TICK, 0, 0, "kill1 +2" }, { 30010, EXITED, 1, 0, "" }, { 30500, READY, 2, 0, "show2" });
}

static void
one_that_never_gets_shown_is_killed (void **state)
{
  (void) state;
  PLAY ({ 50, READY, 1, 0, "show1" }, { 10050, TICK, 0, 0, "kill1 +2" }, { 10060, EXITED, 1, 0, "print1" });
}

static void
a_silent_one_is_killed_and_the_next_one_shown_when_it_is_gone (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 5100, TICK, 0, 0, "ping1" }, { 10100, TICK, 0, 0, "kill1" },
        { 10110, EXITED, 1, 0, "print1 show2" }, { 10160, SHOWN, 2, 0, "feed2 +3" });
}

static void
answers_keep_it_alive_and_feed_the_watchdog (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 5100, TICK, 0, 0, "ping1" }, { 5110, ANSWERED, 1, 4900, "feed1" }, { 10100, TICK, 0, 0, "ping1" },
        { 10110, ANSWERED, 1, 5000, "feed1" }, { 15100, TICK, 0, 0, "ping1" }, { 15110, ANSWERED, 1, 5000, "feed1" });
}

static void
one_that_answers_but_no_longer_draws_is_killed (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 5100, TICK, 0, 0, "ping1" }, { 5110, ANSWERED, 1, 5000, "feed1" }, { 10100, TICK, 0, 0, "ping1" },
        { 10110, ANSWERED, 1, 10000, "" }, { 15100, TICK, 0, 0, "ping1" }, { 15105, ANSWERED, 1, 15000, "" },
        { 15110, TICK, 0, 0, "kill1" });
}

static void
our_own_sleep_is_not_held_against_the_session (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 65000, TICK, 0, 0, "ping1" }, { 65010, ANSWERED, 1, 5000, "feed1" });
}

static void
a_silent_goodbye_is_killed_too (void **state)
{
  (void) state;
  PLAY (ONE_SHOWN, { 200, GOODBYE, 1, 0, "" }, { 5100, TICK, 0, 0, "ping1" }, { 10100, TICK, 0, 0, "kill1" },
        { 10110, EXITED, 1, 0, "print1" }, { 10200, READY, 2, 0, "show2" });
}

static void
a_session_is_killed_ten_seconds_after_its_deadline (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 1000, DEADLINE, 1, 2, "" }, { 5100, TICK, 0, 0, "ping1" }, { 5110, ANSWERED, 1, 0, "feed1" },
        { 10100, TICK, 0, 0, "ping1" }, { 10110, ANSWERED, 1, 0, "feed1" }, { 13000, TICK, 0, 0, "kill1" },
        { 13010, EXITED, 1, 0, "print1 show2" });
}

static void
a_new_deadline_no_deadline_and_goodbye_put_the_old_one_off (void **state)
{
  static const Step ends[] = { { 9000, DEADLINE, 1, 60, "" },
                               { 9000, DEADLINE, 1, 0, "" },
                               { 9000, GOODBYE, 1, 0, "" } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++) {
    PLAY (ONE_SHOWN, { 1000, DEADLINE, 1, 2, "" }, { 5100, TICK, 0, 0, "ping1" }, { 5110, ANSWERED, 1, 0, "feed1" },
          ends[i], { 10100, TICK, 0, 0, "ping1" }, { 10110, ANSWERED, 1, 0, "feed1" }, { 15100, TICK, 0, 0, "ping1" });
  }
}

static void
a_change_replaces_the_hidden_one_then_the_untouched_one (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 400, REPLACE, 0, 0, "finish2" }, { 450, EXITED, 2, 0, "+3" }, { 700, READY, 3, 0, "show3" },
        { 750, SHOWN, 3, 0, "finish1 feed3" }, { 800, EXITED, 1, 0, "print1 +4" }, { 900, READY, 4, 0, "" });
}

static void
a_change_leaves_whom_somebody_touched_alone (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 350, TOUCHED, 1, 0, "" }, { 400, REPLACE, 0, 0, "finish2" }, { 450, EXITED, 2, 0, "+3" },
        { 700, READY, 3, 0, "" }, { 800, GOODBYE, 1, 0, "show3" });
}

static void
it_is_idle_until_somebody_touches_it_and_again_after_goodbye (void **state)
{
  (void) state;
  {
    PLAY (TWO_WARM);
    assert_true (pv_policy_is_idle (policy));
  }
  {
    PLAY (TWO_WARM, { 350, TOUCHED, 1, 0, "" });
    assert_false (pv_policy_is_idle (policy));
  }
  {
    PLAY (TWO_WARM, { 350, TOUCHED, 1, 0, "" }, { 800, GOODBYE, 1, 0, "show2" });
    assert_false (pv_policy_is_idle (policy));
  }
  {
    PLAY (TWO_WARM, { 350, TOUCHED, 1, 0, "" }, { 800, GOODBYE, 1, 0, "show2" }, { 850, SHOWN, 2, 0, "finish1 feed2" });
    assert_true (pv_policy_is_idle (policy));
  }
}

static void
a_change_stops_a_hidden_start (void **state)
{
  (void) state;
  PLAY (ONE_SHOWN, { 150, REPLACE, 0, 0, "kill2" }, { 160, EXITED, 2, 0, "+3" }, { 700, READY, 3, 0, "show3" });
  assert_false (pv_policy_is_out_of_order (policy));
}

static void
a_change_during_a_hand_over_comes_after_it (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 400, GOODBYE, 1, 0, "show2" }, { 410, REPLACE, 0, 0, "" }, { 450, SHOWN, 2, 0, "finish1 feed2" },
        { 460, EXITED, 1, 0, "print1 +3" }, { 700, READY, 3, 0, "show3" }, { 750, SHOWN, 3, 0, "finish2 feed3" },
        { 760, EXITED, 2, 0, "print2 +4" });
}

static void
who_waits_at_goodbye_gets_the_old_one_rather_than_none (void **state)
{
  (void) state;
  PLAY (ONE_SHOWN, { 200, GOODBYE, 1, 0, "" }, { 300, REPLACE, 0, 0, "" }, { 400, READY, 2, 0, "show2" });
}

static void
a_touch_while_it_is_replaced_does_not_stop_the_hand_over (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 400, REPLACE, 0, 0, "finish2" }, { 450, EXITED, 2, 0, "+3" }, { 700, READY, 3, 0, "show3" },
        { 710, TOUCHED, 1, 0, "" }, { 750, SHOWN, 3, 0, "finish1 feed3" });
}

static void
after_an_hour_both_are_replaced (void **state)
{
  PvPolicyCommand command;
  gint64 now_ms;

  (void) state;
  PLAY (TWO_WARM);
  while ((now_ms = pv_policy_get_wake_ms (policy)) < PV_POLICY_MAX_AGE_MS) {
    pv_policy_tick (policy, now_ms);
    assert_true (pv_policy_take (policy, &command));
    assert_int_equal (command.verb, PV_POLICY_PING);
    pv_policy_answered (policy, 1, 20, now_ms + 5);
    assert_true (pv_policy_take (policy, &command));
    assert_int_equal (command.verb, PV_POLICY_FEED);
    assert_false (pv_policy_take (policy, &command));
  }
  {
    /* Session 1 began at 0, session 2 at 100 ms. */
    const Step later[] = { { 3600100, TICK, 0, 0, "finish2 ping1" },
                           { 3600200, EXITED, 2, 0, "+3" },
                           { 3600500, READY, 3, 0, "show3" } };

    play (policy, later, G_N_ELEMENTS (later));
  }
}

static void
while_it_holds_what_is_good_stays_and_what_is_needed_starts (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 400, HOLD, 0, 1, "" }, { 500, REPLACE, 0, 0, "" }, { 1000, GOODBYE, 1, 0, "show2" },
        { 1050, SHOWN, 2, 0, "finish1 feed2" }, { 1200, EXITED, 1, 0, "print1" }, { 2000, GOODBYE, 2, 0, "+3" },
        { 2500, READY, 3, 0, "show3" }, { 2600, SHOWN, 3, 0, "finish2 feed3" }, { 2700, EXITED, 2, 0, "print2" },
        { 3000, REPLACE, 0, 0, "" }, { 3000, HOLD, 0, 0, "+4" }, { 3300, READY, 4, 0, "show4" },
        { 3400, SHOWN, 4, 0, "finish3 feed4" });
}

static void
while_it_holds_a_dark_screen_gets_a_session (void **state)
{
  (void) state;
  PLAY ({ 10, HOLD, 0, 1, "" }, ONE_SHOWN_ALONE, { 200, EXITED, 1, 0, "print1 +2" }, { 300, READY, 2, 0, "show2" },
        { 400, SHOWN, 2, 0, "feed2" }, { 500, HOLD, 0, 0, "+3" });
}

/* Never beside a session: it starts when the last one is gone, and nothing is kept warm behind it. */
static void
the_service_screen_lives_alone (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 1000, SERVICE, 0, 1, "finish1 finish2" }, { 1050, EXITED, 2, 0, "" },
        { 1100, EXITED, 1, 0, "print1 service3" }, { 1500, READY, 3, 0, "show3" }, { 1600, SHOWN, 3, 0, "feed3" },
        { 6600, TICK, 0, 0, "ping3" }, { 6610, ANSWERED, 3, 10, "feed3" }, { 7000, TOUCHED, 3, 0, "" },
        { 8000, REPLACE, 0, 0, "" }, { 9000, EXITED, 3, 0, "print3 +4" }, { 9500, READY, 4, 0, "show4" });
}

static void
the_service_screen_waits_for_whom_somebody_touched_and_for_their_goodbye (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 1000, TOUCHED, 1, 0, "" }, { 2000, SERVICE, 0, 1, "finish2" }, { 2050, EXITED, 2, 0, "" },
        { 3000, GOODBYE, 1, 0, "" }, { 5100, TICK, 0, 0, "ping1" }, { 5110, ANSWERED, 1, 10, "feed1" },
        { 8000, TICK, 0, 0, "finish1" }, { 8050, EXITED, 1, 0, "print1 service3" });
}

static void
a_key_that_goes_ends_the_service_screen_whenever_that_is (void **state)
{
  (void) state;
  {
    PLAY (ONE_SHOWN, { 200, SERVICE, 0, 1, "finish1 kill2" }, { 210, EXITED, 1, 0, "print1" },
          { 220, EXITED, 2, 0, "service3" }, { 300, SERVICE, 0, 0, "kill3" }, { 320, EXITED, 3, 0, "+4" });
  }
  {
    PLAY (TWO_WARM, { 400, SERVICE, 0, 1, "finish1 finish2" }, { 410, SERVICE, 0, 0, "" },
          { 450, EXITED, 1, 0, "print1 +3" });
  }
  {
    PLAY (TWO_WARM, { 400, SERVICE, 0, 1, "finish1 finish2" }, { 410, EXITED, 1, 0, "print1" },
          { 420, EXITED, 2, 0, "service3" }, { 500, READY, 3, 0, "show3" }, { 600, SHOWN, 3, 0, "feed3" },
          { 900, SERVICE, 0, 0, "finish3" }, { 950, EXITED, 3, 0, "print3 +4" });
  }
}

/* Whatever becomes of it, the kiosk is not out of order because of it, and it is not tried again by itself. */
static void
a_service_screen_that_crashes_hangs_or_is_overdue_gives_way_to_sessions (void **state)
{
  (void) state;
  {
    PLAY (TWO_WARM, { 400, SERVICE, 0, 1, "finish1 finish2" }, { 410, EXITED, 1, 0, "print1" },
          { 420, EXITED, 2, 0, "service3" }, { 500, EXITED, 3, 0, "+4" }, { 600, SERVICE, 0, 1, "kill4" },
          { 610, EXITED, 4, 0, "service5" }, { 620, EXITED, 5, 0, "+6" }, { 630, SERVICE, 0, 1, "kill6" },
          { 640, EXITED, 6, 0, "service7" }, { 650, EXITED, 7, 0, "+8" });
    assert_false (pv_policy_is_out_of_order (policy));
  }
  {
    PLAY (TWO_WARM, { 400, SERVICE, 0, 1, "finish1 finish2" }, { 410, EXITED, 1, 0, "print1" },
          { 420, EXITED, 2, 0, "service3" }, { 500, READY, 3, 0, "show3" }, { 600, SHOWN, 3, 0, "feed3" },
          { 5600, TICK, 0, 0, "ping3" }, { 10600, TICK, 0, 0, "kill3" }, { 10650, EXITED, 3, 0, "print3 +4" });
  }
  {
    PLAY (TWO_WARM, { 400, SERVICE, 0, 1, "finish1 finish2" }, { 410, EXITED, 1, 0, "print1" },
          { 420, EXITED, 2, 0, "service3" }, { 30420, TICK, 0, 0, "kill3" }, { 30450, EXITED, 3, 0, "+4" });
  }
}

static void
three_crashes_within_a_minute_are_out_of_order (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 1000, EXITED, 1, 0, "print1 show2" }, { 1050, SHOWN, 2, 0, "feed2 +3" }, { 1300, READY, 3, 0, "" },
        { 2000, EXITED, 2, 0, "print2 show3" }, { 2050, SHOWN, 3, 0, "feed3" }, { 2500, TICK, 0, 0, "+4" },
        { 2800, READY, 4, 0, "" }, { 3000, EXITED, 3, 0, "print3 ooo4 show4" }, { 3050, SHOWN, 4, 0, "feed4" },
        { 8050, TICK, 0, 0, "ping4" }, { 8060, ANSWERED, 4, 10, "feed4" });
  assert_true (pv_policy_is_out_of_order (policy));
}

static void
crashes_far_apart_are_not_out_of_order (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 1000, EXITED, 1, 0, "print1 show2" }, { 1050, SHOWN, 2, 0, "feed2 +3" }, { 1300, READY, 3, 0, "" },
        { 2000, EXITED, 2, 0, "print2 show3" }, { 2050, SHOWN, 3, 0, "feed3" }, { 2500, TICK, 0, 0, "+4" },
        { 2800, READY, 4, 0, "" }, { 61000, EXITED, 3, 0, "print3 show4" });
  assert_false (pv_policy_is_out_of_order (policy));
}

/* Sessions 1 to 3 died before their first frame; 4 shows "out of order" since 2050 ms. */
#define OUT_OF_ORDER                                                                                                   \
  { 10, EXITED, 1, 0, "+2" }, { 20, EXITED, 2, 0, "" }, { 520, TICK, 0, 0, "+3" }, { 600, EXITED, 3, 0, "" },          \
    { 1600, TICK, 0, 0, "+4" }, { 2000, READY, 4, 0, "ooo4 show4" },                                                   \
  {                                                                                                                    \
    2050, SHOWN, 4, 0, "feed4"                                                                                         \
  }
#define ALIVE(at, id)                                                                                                  \
  { at, TICK, 0, 0, "ping" #id },                                                                                      \
  {                                                                                                                    \
    at + 1, ANSWERED, id, 0, "feed" #id                                                                                \
  }
#define ALIVE_A_MINUTE                                                                                                 \
  ALIVE (7050, 4), ALIVE (12050, 4), ALIVE (17050, 4), ALIVE (22050, 4), ALIVE (27050, 4), ALIVE (32050, 4),           \
    ALIVE (37050, 4), ALIVE (42050, 4), ALIVE (47050, 4), ALIVE (52050, 4), ALIVE (57050, 4)

static void
out_of_order_tries_again_every_minute_and_ends_when_one_is_shown (void **state)
{
  (void) state;
  PLAY (OUT_OF_ORDER, ALIVE_A_MINUTE, { 60600, TICK, 0, 0, "+5" }, { 61000, EXITED, 5, 0, "" }, ALIVE (62050, 4),
        ALIVE (67050, 4), ALIVE (72050, 4), ALIVE (77050, 4), ALIVE (82050, 4), ALIVE (87050, 4), ALIVE (92050, 4),
        ALIVE (97050, 4), ALIVE (102050, 4), ALIVE (107050, 4), ALIVE (112050, 4), ALIVE (117050, 4),
        { 121000, TICK, 0, 0, "+6" }, { 121400, READY, 6, 0, "show6" }, { 121450, SHOWN, 6, 0, "finish4 feed6" },
        { 121500, EXITED, 4, 0, "print4 +7" });
  assert_false (pv_policy_is_out_of_order (policy));
}

static void
out_of_order_gives_way_to_the_service_screen_and_comes_back (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 1000, EXITED, 1, 0, "print1 show2" }, { 1050, SHOWN, 2, 0, "feed2 +3" }, { 1300, READY, 3, 0, "" },
        { 2000, EXITED, 2, 0, "print2 show3" }, { 2050, SHOWN, 3, 0, "feed3" }, { 2500, TICK, 0, 0, "+4" },
        { 2800, READY, 4, 0, "" }, { 3000, EXITED, 3, 0, "print3 ooo4 show4" }, { 3050, SHOWN, 4, 0, "feed4" },
        { 4000, SERVICE, 0, 1, "finish4" }, { 4050, EXITED, 4, 0, "print4 service5" }, { 4500, READY, 5, 0, "show5" },
        { 4600, SHOWN, 5, 0, "feed5" }, { 5000, EXITED, 5, 0, "print5 +6" }, { 5500, READY, 6, 0, "ooo6 show6" });
}

static void
one_crash_right_after_it_is_out_of_order_again (void **state)
{
  (void) state;
  PLAY (OUT_OF_ORDER, ALIVE_A_MINUTE, { 60600, TICK, 0, 0, "+5" }, { 61000, READY, 5, 0, "show5" },
        { 61050, SHOWN, 5, 0, "finish4 feed5" }, { 61100, EXITED, 4, 0, "print4 +6" }, { 61500, READY, 6, 0, "" },
        { 62000, EXITED, 5, 0, "print5 ooo6 show6" });
}

static void
out_of_order_that_crashes_itself_comes_back_with_growing_pauses (void **state)
{
  (void) state;
  PLAY (OUT_OF_ORDER, { 3000, EXITED, 4, 0, "print4" }, { 5000, TICK, 0, 0, "+5" }, { 5100, EXITED, 5, 0, "" },
        { 9100, TICK, 0, 0, "+6" }, { 9200, READY, 6, 0, "ooo6 show6" }, { 9210, EXITED, 6, 0, "print6" },
        { 17210, TICK, 0, 0, "+7" });
}

static void
a_change_is_tried_at_once_when_out_of_order (void **state)
{
  (void) state;
  PLAY (OUT_OF_ORDER, { 5000, REPLACE, 0, 0, "+5" }, { 5500, READY, 5, 0, "show5" },
        { 5600, SHOWN, 5, 0, "finish4 feed5" });
}

static void
hidden_crashes_do_not_disturb_the_citizen_but_end_a_goodbye (void **state)
{
  (void) state;
  PLAY (ONE_SHOWN, { 150, TOUCHED, 1, 0, "" }, { 200, EXITED, 2, 0, "+3" }, { 300, EXITED, 3, 0, "" },
        { 800, TICK, 0, 0, "+4" }, { 900, EXITED, 4, 0, "" }, { 1000, GOODBYE, 1, 0, "" }, { 1900, TICK, 0, 0, "+5" },
        { 2000, EXITED, 5, 0, "ooo1" }, { 5100, TICK, 0, 0, "ping1" });
  assert_true (pv_policy_is_out_of_order (policy));
}

static void
a_crash_loop_never_starts_more_than_a_few_sessions_a_minute (void **state)
{
  g_autoptr (PvPolicy) policy = begin ();
  guint n_starts = 1, id = 1;
  gint64 now_ms = 0;
  PvPolicyCommand command;

  (void) state;
  while (now_ms < 10 * 60 * 1000) {
    pv_policy_exited (policy, id, now_ms);
    for (gboolean has_started = FALSE; !has_started;) {
      while (pv_policy_take (policy, &command))
        if (command.verb == PV_POLICY_START) {
          id = command.session;
          n_starts++;
          has_started = TRUE;
        }
      if (!has_started) {
        assert_true (pv_policy_get_wake_ms (policy) > now_ms);
        now_ms = pv_policy_get_wake_ms (policy);
        pv_policy_tick (policy, now_ms);
      }
    }
  }
  /* 0.5 + 1 + 2 + 4 + 8 + 16 s, then every 30 s */
  assert_in_range (n_starts, 20, 30);
}

static void
a_crash_during_the_hand_over_leaves_the_other_one (void **state)
{
  (void) state;
  {
    PLAY (TWO_WARM, { 400, GOODBYE, 1, 0, "show2" }, { 420, EXITED, 2, 0, "print2 +3" }, { 700, READY, 3, 0, "show3" },
          { 750, SHOWN, 3, 0, "finish1 feed3" });
  }
  {
    PLAY (TWO_WARM, { 400, GOODBYE, 1, 0, "show2" }, { 420, EXITED, 1, 0, "print1" }, { 450, SHOWN, 2, 0, "feed2 +3" });
  }
}

static void
signals_that_do_not_fit_change_nothing (void **state)
{
  (void) state;
  PLAY ({ 10, SHOWN, 1, 0, "" }, { 11, GOODBYE, 1, 0, "" }, { 12, ANSWERED, 1, 0, "" }, { 13, READY, 9, 0, "" },
        { 14, EXITED, 9, 0, "" }, { 15, DEADLINE, 9, 1, "" }, ONE_SHOWN, { 110, READY, 1, 0, "" },
        { 120, SHOWN, 1, 0, "" }, { 130, GOODBYE, 2, 0, "" }, { 140, SHOWN, 2, 0, "" }, { 150, ANSWERED, 2, 0, "" });
  assert_int_equal (pv_policy_get_shown (policy), 1);
}

static void
stopping_ends_all_within_two_seconds (void **state)
{
  (void) state;
  PLAY (TWO_WARM, { 1000, STOP, 0, 0, "finish1 finish2" }, { 1100, EXITED, 2, 0, "" }, { 2000, TICK, 0, 0, "kill1" },
        { 2010, EXITED, 1, 0, "print1" });
  assert_true (pv_policy_is_done (policy));
}

static void
stopping_does_not_wait_for_what_cannot_die (void **state)
{
  (void) state;
  PLAY (ONE_SHOWN, { 1000, STOP, 0, 0, "finish1 kill2" }, { 1500, TICK, 0, 0, "" }, { 2000, TICK, 0, 0, "kill1" },
        { 2500, TICK, 0, 0, "print1" });
  assert_true (pv_policy_is_done (policy));
}

static void
somebody_is_served_from_the_first_touch_until_the_goodbye (void **state)
{
  (void) state;
  {
    PLAY (TWO_WARM);
    assert_false (pv_policy_is_serving (policy));
  }
  {
    PLAY (TWO_WARM, { 400, TOUCHED, 1, 0, "" });
    assert_true (pv_policy_is_serving (policy));
  }
  {
    PLAY (TWO_WARM, { 400, TOUCHED, 2, 0, "" }); /* a hidden one is nobody's */
    assert_false (pv_policy_is_serving (policy));
  }
  {
    PLAY (TWO_WARM, { 400, TOUCHED, 1, 0, "" }, { 1000, GOODBYE, 1, 0, "show2" });
    assert_false (pv_policy_is_serving (policy));
  }
  {
    PLAY (TWO_WARM, { 400, TOUCHED, 1, 0, "" }, { 1000, EXITED, 1, 0, "print1 show2" },
          { 1050, SHOWN, 2, 0, "feed2 +3" });
    assert_false (pv_policy_is_serving (policy));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (goodbye_stays_until_the_next_one_is_shown),
    cmocka_unit_test (goodbye_waits_for_one_that_is_not_ready_yet),
    cmocka_unit_test (a_session_that_does_not_finish_is_killed),
    cmocka_unit_test (a_process_that_cannot_even_be_killed_is_not_waited_for),
    cmocka_unit_test (after_a_crash_the_next_one_is_shown_at_once),
    cmocka_unit_test (after_a_crash_one_that_is_not_ready_is_shown_when_it_is),
    cmocka_unit_test (a_hidden_one_that_crashes_is_started_again_and_no_printer_told),
    cmocka_unit_test (one_that_never_gets_ready_is_killed),
    cmocka_unit_test (one_that_never_gets_shown_is_killed),
    cmocka_unit_test (a_silent_one_is_killed_and_the_next_one_shown_when_it_is_gone),
    cmocka_unit_test (answers_keep_it_alive_and_feed_the_watchdog),
    cmocka_unit_test (one_that_answers_but_no_longer_draws_is_killed),
    cmocka_unit_test (our_own_sleep_is_not_held_against_the_session),
    cmocka_unit_test (a_silent_goodbye_is_killed_too),
    cmocka_unit_test (a_session_is_killed_ten_seconds_after_its_deadline),
    cmocka_unit_test (a_new_deadline_no_deadline_and_goodbye_put_the_old_one_off),
    cmocka_unit_test (a_change_replaces_the_hidden_one_then_the_untouched_one),
    cmocka_unit_test (a_change_leaves_whom_somebody_touched_alone),
    cmocka_unit_test (it_is_idle_until_somebody_touches_it_and_again_after_goodbye),
    cmocka_unit_test (a_change_stops_a_hidden_start),
    cmocka_unit_test (a_change_during_a_hand_over_comes_after_it),
    cmocka_unit_test (who_waits_at_goodbye_gets_the_old_one_rather_than_none),
    cmocka_unit_test (a_touch_while_it_is_replaced_does_not_stop_the_hand_over),
    cmocka_unit_test (after_an_hour_both_are_replaced),
    cmocka_unit_test (while_it_holds_what_is_good_stays_and_what_is_needed_starts),
    cmocka_unit_test (while_it_holds_a_dark_screen_gets_a_session),
    cmocka_unit_test (the_service_screen_lives_alone),
    cmocka_unit_test (the_service_screen_waits_for_whom_somebody_touched_and_for_their_goodbye),
    cmocka_unit_test (a_key_that_goes_ends_the_service_screen_whenever_that_is),
    cmocka_unit_test (a_service_screen_that_crashes_hangs_or_is_overdue_gives_way_to_sessions),
    cmocka_unit_test (out_of_order_gives_way_to_the_service_screen_and_comes_back),
    cmocka_unit_test (three_crashes_within_a_minute_are_out_of_order),
    cmocka_unit_test (crashes_far_apart_are_not_out_of_order),
    cmocka_unit_test (out_of_order_tries_again_every_minute_and_ends_when_one_is_shown),
    cmocka_unit_test (one_crash_right_after_it_is_out_of_order_again),
    cmocka_unit_test (out_of_order_that_crashes_itself_comes_back_with_growing_pauses),
    cmocka_unit_test (a_change_is_tried_at_once_when_out_of_order),
    cmocka_unit_test (hidden_crashes_do_not_disturb_the_citizen_but_end_a_goodbye),
    cmocka_unit_test (a_crash_loop_never_starts_more_than_a_few_sessions_a_minute),
    cmocka_unit_test (a_crash_during_the_hand_over_leaves_the_other_one),
    cmocka_unit_test (signals_that_do_not_fit_change_nothing),
    cmocka_unit_test (somebody_is_served_from_the_first_touch_until_the_goodbye),
    cmocka_unit_test (stopping_ends_all_within_two_seconds),
    cmocka_unit_test (stopping_does_not_wait_for_what_cannot_die),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
