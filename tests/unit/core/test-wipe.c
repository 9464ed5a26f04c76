/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/wipe.h"

static void
overwrites_every_byte (void **state)
{
  char text[] = "Maëlys";
  const char zero[sizeof text] = { 0 };

  (void) state;
  pv_wipe_bytes (text, sizeof text);
  assert_memory_equal (text, zero, sizeof text);
}

static void
accepts_nothing (void **state)
{
  (void) state;
  pv_wipe_str (NULL);
  pv_wipe_gstring (NULL);
  pv_wipe_bytes (NULL, 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (overwrites_every_byte),
    cmocka_unit_test (accepts_nothing),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
