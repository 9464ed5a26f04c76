/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may leave the kiosk in a support bundle. Persons are fictional. */

#include "tst.h"

#include <string.h>

#include "ctl/bundle-filter.h"

static void
settings_that_a_person_wrote_are_only_named (void **state)
{
  static const char *const kept[] = {
    "[portal] url = https://relais.example  # 10.conf:4",
    "[screen] diagonal-mm = 604  # 10.conf:9",
    "[outbox] private-key-file = /etc/parvis/outbox.key  # 10.conf:3",
    "[printer] uri = ipp://192.0.2.7/ipp/print  # a b.conf:1",
    "[commune] name = Montclair  # 10.conf:2",
  };
  static const struct {
    const char *line, *filtered;
  } withheld[] = {
    { "[contact] email = claire.martin@montclair.example  # 10.conf:7", "[contact] email = (withheld)  # 10.conf:7\n" },
    { "[contact] dpo = Mme  # Martin  # 10.conf:8", "[contact] dpo = (withheld)  # 10.conf:8\n" },
    { "[portal] proxy = http://jean:secret@proxy:3128  # 1.conf:1", "[portal] proxy = (withheld)  # 1.conf:1\n" },
    { "[portal] name-id = jean  # 1.conf:1", "[portal] name-id = (withheld)  # 1.conf:1\n" },
    { "[procedure ecole] email = claire@x.example  # 1.conf:1", "[procedure ecole] email = (withheld)  # 1.conf:1\n" },
    { "[unheard-of] key = value  # 1.conf:1", "[unheard-of] key = (withheld)  # 1.conf:1\n" },
    { "no setting at all: Jean Martin", "" },
    { "[contact] email: Jean Martin", "" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++) {
    g_autofree char *filtered = pv_bundle_filter_settings (kept[i]), *whole = g_strconcat (kept[i], "\n", NULL);

    assert_string_equal (filtered, whole);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (withheld); i++) {
    g_autofree char *filtered = pv_bundle_filter_settings (withheld[i].line);

    assert_string_equal (filtered, withheld[i].filtered);
  }
}

#define AT "2026-12-01T04:05:06+0100"

static void
only_events_of_our_own_leave_the_log (void **state)
{
  static const struct {
    const char *line, *filtered;
  } rows[] = {
    { AT " borne parvis[12]: session-crashed session=3 signal=11 status=0",
      AT " parvis[12]: session-crashed session=3 signal=11 status=0\n" },
    { AT " borne parvis-courier[9]: parvis-courier: filing id=1a2b3c4d state=received",
      AT " parvis-courier[9]: parvis-courier: filing id=1a2b3c4d state=received\n" },
    { AT " borne systemd[1]: Started parvis-courier.service - Parvis: what goes to the portal.",
      AT " systemd[1]: Started parvis-courier.service - Parvis: what goes to the portal.\n" },
    { AT " borne parvis-session[13]: Gtk-WARNING: \"Durand\" is no text", AT " (withheld)\n" },
    { AT " borne parvis-session[13]: event name=Durand", AT " (withheld)\n" },
    { AT " borne cupsd[4]: job 3 of Durand", AT " (withheld)\n" },
    { "Durand", "" },
    { "-- Boot 0123 --", "" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *filtered = pv_bundle_filter_log (rows[i].line);

    assert_string_equal (filtered, rows[i].filtered);
  }
}

static void
what_looks_like_something_of_a_person_is_blotted_out (void **state)
{
  static const char *const persons[] = {
    "jean.durand+kiosk@mail.example.fr",
    "06 12 34 56 78",
    "0612345678",
    "+33 6 12 34 56 78",
    "06.12.34.56.78",
    "FR76 3000 6000 0112 3456 7890 189",
    "FR7630006000011234567890189",
    "2 85 05 75 123 456 08",
    "285057512345608",
    "BCDFGHJKLM",
    "123456789012",
  };
  static const char *const harmless[] = {
    "getty@.service",        "2026-12-01T04:05:06Z",  "80.5 GB are free", "192.0.2.7",    "parvis 0.1.0",
    "libc6 2.36-9+deb12u10", "kernel 6.1.0-28-amd64", "uid=1000",         "id=1a2b3c4d",  "1920x1080",
    "\"version\":1",         "rd.timeout=20",         "1:2.3.4-5",        "0.0.20230711",
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (persons); i++) {
    g_autofree char *line = g_strdup_printf ("before \"%s\", after\n", persons[i]), *blotted = pv_bundle_blot (line);

    assert_string_equal (blotted, "before \"(withheld)\", after\n");
  }
  for (gsize i = 0; i < G_N_ELEMENTS (harmless); i++) {
    g_autofree char *blotted = pv_bundle_blot (harmless[i]);

    assert_string_equal (blotted, harmless[i]);
  }
  {
    g_autofree char *address = pv_bundle_blot ("https://jean:secret@portail.example/");
    g_autofree char *broken = pv_bundle_blot ("\xff Durand");

    assert_null (strstr (address, "jean"));
    assert_null (strstr (broken, "Durand"));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (settings_that_a_person_wrote_are_only_named),
    cmocka_unit_test (only_events_of_our_own_leave_the_log),
    cmocka_unit_test (what_looks_like_something_of_a_person_is_blotted_out),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
