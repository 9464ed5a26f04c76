/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A time to come, and the file that says that the kiosk is being serviced. */

#include "tst.h"

#include <sys/stat.h>

#include "ctl/until.h"
#include "platform/maintenance-file.h"

#define NOW G_GINT64_CONSTANT (1795440720000000) /* 2026-11-23 13:32 UTC: 14:32 in Paris */

static void
an_hour_is_the_next_one_of_the_commune (void **state)
{
  static const struct {
    const char *text;
    gint64 minutes; /* from now; 0: refused */
  } rows[] = {
    { "14:33", 1 },
    { "15:30", 58 },
    { "9:05", 18 * 60 + 33 },
    { "15h30", 58 },
    { "14:32", 24 * 60 },
    { "24:00", 0 },
    { "12:60", 0 },
    { "1530", 0 },
    { "", 0 },
    { "15:30:00", 0 },
    { "2026-11-23T15:30", 58 },
    { "2026-11-23 15:30", 58 },
    { "2026-11-24T14:32", 24 * 60 },
    { "2026-11-23T14:32", 0 },
    { "2026-02-30T10:00", 0 },
    { "2028-01-01T10:00", 0 },
    { "tomorrow", 0 },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    gint64 until_us = 0;
    gboolean is_one = pv_until_parse (rows[i].text, NOW, zone, &until_us);

    if (is_one != (rows[i].minutes != 0) || (is_one && until_us != NOW + rows[i].minutes * 60 * G_USEC_PER_SEC))
      fail_msg ("\"%s\": %d, %" G_GINT64_FORMAT " minutes", rows[i].text, is_one,
                (until_us - NOW) / 60 / G_USEC_PER_SEC);
  }
}

static void
the_file_says_until_when_and_is_over_then (void **state)
{
  g_autofree char *folder = g_dir_make_tmp ("pv-maintenance-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, PV_MAINTENANCE_FILE, NULL);
  gint64 until_us;
  struct stat facts;

  (void) state;
  assert_false (pv_maintenance_file_read (folder, NOW, &until_us));
  assert_true (pv_maintenance_file_write (folder, NOW + G_USEC_PER_SEC, NULL));
  assert_true (pv_maintenance_file_read (folder, NOW, &until_us));
  assert_int_equal (until_us, NOW + G_USEC_PER_SEC);
  assert_false (pv_maintenance_file_read (folder, NOW + G_USEC_PER_SEC, &until_us));
  /* Sessions run as somebody else. */
  assert_int_equal (stat (path, &facts), 0);
  assert_int_equal (facts.st_mode & 0444, 0444);
  assert_true (pv_maintenance_file_write (folder, 0, NULL));
  assert_true (pv_maintenance_file_read (folder, NOW, &until_us));
  assert_int_equal (until_us, 0);
  /* Of another release, or half written: somebody services the kiosk all the same. */
  assert_true (g_file_set_contents (path, "parvis-maintenance 7\nuntil soon\n\xff", -1, NULL));
  assert_true (pv_maintenance_file_read (folder, NOW, &until_us));
  assert_int_equal (until_us, 0);
  assert_true (pv_maintenance_file_remove (folder, NULL));
  assert_true (pv_maintenance_file_remove (folder, NULL));
  assert_false (pv_maintenance_file_read (folder, NOW, &until_us));
  tst_remove_folder (folder);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_hour_is_the_next_one_of_the_commune),
    cmocka_unit_test (the_file_says_until_when_and_is_over_then),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
