/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/slot.h"

static PvOption *
option (const char *id, gboolean disabled, const char *const *attributes)
{
  PvOption *option = pv_option_new (id, id);

  option->disabled = disabled;
  option->attributes = g_strdupv ((char **) attributes);
  return option;
}

#define WITH(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void
a_time_is_read_only_where_there_is_one (void **state)
{
  static const struct {
    const char *datetime;
    gboolean is_read;
    guint hour, minute;
  } table[] = {
    { "2026-12-03 09:20:00", TRUE, 9, 20 }, { "2026-12-03T14:00", TRUE, 14, 0 }, { "2026-12-03", FALSE, 0, 0 },
    { "2026-02-30 09:20:00", FALSE, 0, 0 }, { "2026-12-03 25:00", FALSE, 0, 0 }, { "", FALSE, 0, 0 },
    { "jeudi à 9 h 20", FALSE, 0, 0 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (PvOption) one = option ("a", FALSE, WITH ("datetime", table[i].datetime));
    PvSlot slot;

    assert_int_equal (pv_slot_read (one, &slot), table[i].is_read);
    if (!table[i].is_read)
      continue;
    assert_int_equal (slot.hour, table[i].hour);
    assert_int_equal (slot.minute, table[i].minute);
  }
}

static void
the_agenda_s_own_name_of_a_time_tells_it_too (void **state)
{
  static const char *const none[] = { "30:2023-10-04", "judo-20261202", "2023-13-04-1000", "30:2023-10-04-2500",
                                      "-1000" };
  g_autoptr (PvOption) one = pv_option_new ("30:2023-10-04-1020", "x");
  PvSlot slot;

  (void) state;
  assert_true (pv_slot_read (one, &slot));
  assert_int_equal (slot.hour, 10);
  assert_int_equal (slot.minute, 20);
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++) {
    g_autoptr (PvOption) other = pv_option_new (none[i], "x");

    assert_false (pv_slot_read (other, &slot));
  }
}

static void
places_say_whether_it_is_free_full_or_a_waiting_list (void **state)
{
  static const struct {
    const char *available, *full, *has_list, *list_left;
    gboolean disabled, is_free, is_full, is_waiting;
  } table[] = {
    { "3", "false", "false", "", FALSE, TRUE, FALSE, FALSE }, { "0", "true", "false", "", TRUE, FALSE, TRUE, FALSE },
    { "0", "true", "true", "2", FALSE, TRUE, TRUE, TRUE },    { "0", "true", "true", "0", FALSE, FALSE, TRUE, FALSE },
    { "3", "false", "false", "", TRUE, FALSE, FALSE, FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (PvOption) one = option ("a", table[i].disabled,
                                       WITH ("datetime", "2026-12-03 09:20:00", "places_available", table[i].available,
                                             "places_full", table[i].full, "places_has_waiting_list", table[i].has_list,
                                             "places_waiting_list_available", table[i].list_left));
    PvSlot slot;

    assert_true (pv_slot_read (one, &slot));
    assert_int_equal (pv_slot_is_free (&slot), table[i].is_free);
    assert_int_equal (slot.is_full, table[i].is_full);
    assert_int_equal (slot.is_waiting, table[i].is_waiting);
  }
}

static void
times_come_in_order_and_without_what_others_have (void **state)
{
  g_autoptr (GPtrArray) options = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_option_free);
  g_autoptr (GArray) slots = NULL;

  (void) state;
  g_ptr_array_add (options, option ("late", FALSE, WITH ("datetime", "2026-12-03 14:00:00")));
  g_ptr_array_add (options, option ("taken", TRUE, WITH ("datetime", "2026-12-03 09:00:00")));
  g_ptr_array_add (options, option ("none", FALSE, WITH ("colour", "blue")));
  g_ptr_array_add (options, option ("early", FALSE, WITH ("datetime", "2026-12-02 16:00:00")));
  slots = pv_slots_read (options);
  assert_int_equal (slots->len, 2);
  assert_string_equal (g_array_index (slots, PvSlot, 0).option->id, "early");
  assert_string_equal (g_array_index (slots, PvSlot, 1).option->id, "late");
}

static void
a_time_is_the_commune_s_own (void **state)
{
  g_autoptr (PvOption) winter = option ("w", FALSE, WITH ("datetime", "2026-12-03 09:20:00"));
  g_autoptr (PvOption) summer = option ("s", FALSE, WITH ("datetime", "2026-07-03 09:20:00"));
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  PvSlot slot;

  (void) state;
  assert_true (pv_slot_read (winter, &slot));
  assert_int_equal (pv_slot_get_start_us (&slot, zone), G_GINT64_CONSTANT (1796286000000000));
  assert_true (pv_slot_read (summer, &slot));
  assert_int_equal (pv_slot_get_start_us (&slot, zone), G_GINT64_CONSTANT (1783063200000000));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_time_is_read_only_where_there_is_one),
    cmocka_unit_test (the_agenda_s_own_name_of_a_time_tells_it_too),
    cmocka_unit_test (places_say_whether_it_is_free_full_or_a_waiting_list),
    cmocka_unit_test (times_come_in_order_and_without_what_others_have),
    cmocka_unit_test (a_time_is_the_commune_s_own),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
