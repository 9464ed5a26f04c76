/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules of "parvisctl doctor", without a machine. */

#include "tst.h"

#include <string.h>

#include "ctl/doctor-facts.h"
#include "ctl/doctor-rules.h"
#include "ctl/say.h"
#include "platform/json.h"

enum { DAY_S = 24 * 3600, HOUR_S = 3600 };

#define MB  G_GUINT64_CONSTANT (1000000)
#define NOW G_GINT64_CONSTANT (1796083200)

static void
expect (const char *what, GPtrArray *findings, PvHealth health)
{
  if (findings->len == 0)
    fail_msg ("%s: nothing is said", what);
  if (pv_findings_get_worst (findings) != health)
    fail_msg ("%s: %s, not %s: %s", what, pv_health_get_word (pv_findings_get_worst (findings)),
              pv_health_get_word (health), ((PvFinding *) findings->pdata[0])->sentence);
}

static gboolean
says (const GPtrArray *findings, const char *words)
{
  for (guint i = 0; i < findings->len; i++)
    if (strstr (((const PvFinding *) findings->pdata[i])->sentence, words) != NULL)
      return TRUE;
  return FALSE;
}

static void
signed_settings_are_judged_by_their_last_day (void **state)
{
  static const struct {
    gint64 left_s;
    PvHealth health;
    const char *words;
  } rows[] = {
    { -400 * (gint64) DAY_S, PV_HEALTH_WRONG, "expired on" },
    { -1, PV_HEALTH_WRONG, "and still in force" },
    { 0, PV_HEALTH_WRONG, "in 0 days" },
    { 7 * DAY_S - 1, PV_HEALTH_WRONG, "in 6 days" },
    { 7 * DAY_S, PV_HEALTH_NOTICE, "in 7 days" },
    { 30 * DAY_S - 1, PV_HEALTH_NOTICE, "in 29 days" },
    { 30 * DAY_S, PV_HEALTH_WELL, "good until" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) findings = pv_findings_new ();
    g_autofree char *what = g_strdup_printf ("row %u", (guint) i);

    pv_judge_signed_settings (findings, "settings", 17, NOW + rows[i].left_s, NOW);
    expect (what, findings, rows[i].health);
    assert_true (says (findings, rows[i].words));
    assert_true (says (findings, "settings, serial 17: "));
  }
}

static void
room_on_the_disk_is_judged_before_the_courier_stops (void **state)
{
  static const struct {
    guint64 free_bytes, inodes;
    PvHealth health;
  } rows[] = {
    { 0, 100000, PV_HEALTH_WRONG },
    { 127 * MB, 100000, PV_HEALTH_WRONG },
    { 255 * MB, 100000, PV_HEALTH_WRONG },
    { 256 * MB, 100000, PV_HEALTH_NOTICE },
    { 1023 * MB, 100000, PV_HEALTH_NOTICE },
    { 1024 * MB, 100000, PV_HEALTH_WELL },
    { 90000 * MB, 999, PV_HEALTH_WRONG },
    { 90000 * MB, 1000, PV_HEALTH_WELL },
    { 90000 * MB, G_MAXUINT64, PV_HEALTH_WELL },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) findings = pv_findings_new ();
    g_autofree char *what = g_strdup_printf ("row %u", (guint) i);

    pv_judge_disk (findings, "/var/lib/parvis", rows[i].free_bytes, rows[i].inodes);
    expect (what, findings, rows[i].health);
  }
}

static void
a_certificate_is_judged_a_month_before_its_end (void **state)
{
  static const struct {
    gint64 from_s, until_s; /* from now */
    PvHealth health;
  } rows[] = {
    { -DAY_S, -1, PV_HEALTH_WRONG },
    { -DAY_S, 0, PV_HEALTH_WRONG },
    { -DAY_S, 7 * DAY_S - 1, PV_HEALTH_WRONG },
    { -DAY_S, 7 * DAY_S, PV_HEALTH_NOTICE },
    { -DAY_S, 30 * DAY_S - 1, PV_HEALTH_NOTICE },
    { -DAY_S, 30 * DAY_S, PV_HEALTH_WELL },
    { 1, 400 * DAY_S, PV_HEALTH_WRONG },
    { 0, 400 * DAY_S, PV_HEALTH_WELL },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) findings = pv_findings_new ();
    g_autofree char *what = g_strdup_printf ("row %u", (guint) i);

    pv_judge_certificate (findings, "[portal] client-cert-file", NOW + rows[i].from_s, NOW + rows[i].until_s, NOW);
    expect (what, findings, rows[i].health);
  }
}

static void
a_clock_is_judged_before_the_portal_refuses (void **state)
{
  static const struct {
    gint64 skew_s;
    PvHealth health;
    const char *words;
  } rows[] = {
    { 0, PV_HEALTH_WELL, "agrees" },
    { 4, PV_HEALTH_WELL, "agrees" },
    { -4, PV_HEALTH_WELL, "agrees" },
    { 5, PV_HEALTH_NOTICE, "fast by 5" },
    { -24, PV_HEALTH_NOTICE, "slow by 24" },
    { 25, PV_HEALTH_WRONG, "fast by 25" },
    { -90000, PV_HEALTH_WRONG, "slow by 90000" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) findings = pv_findings_new ();

    pv_judge_skew (findings, rows[i].skew_s);
    expect (rows[i].words, findings, rows[i].health);
    assert_true (says (findings, rows[i].words));
  }
}

static void
a_clock_that_nobody_sets_is_told_unless_somebody_else_does (void **state)
{
  static const struct {
    gboolean is_synchronised, is_trusted;
    PvHealth health;
    const char *words;
  } rows[] = {
    { TRUE, FALSE, PV_HEALTH_WELL, "follows a time server" },
    { FALSE, FALSE, PV_HEALTH_NOTICE, "no time server" },
    { FALSE, TRUE, PV_HEALTH_WELL, "somebody else" },
    { TRUE, TRUE, PV_HEALTH_WELL, "somebody else" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) findings = pv_findings_new ();

    pv_judge_clock (findings, rows[i].is_synchronised, rows[i].is_trusted);
    expect (rows[i].words, findings, rows[i].health);
    assert_true (says (findings, rows[i].words));
  }
}

static void
a_list_of_yesterday_is_told_and_one_of_three_days_is_wrong (void **state)
{
  static const struct {
    gint64 age_s;
    PvHealth health;
  } rows[] = { { -60, PV_HEALTH_WELL },
               { 0, PV_HEALTH_WELL },
               { 24 * HOUR_S - 1, PV_HEALTH_WELL },
               { 24 * HOUR_S, PV_HEALTH_NOTICE },
               { 72 * HOUR_S - 1, PV_HEALTH_NOTICE },
               { 72 * HOUR_S, PV_HEALTH_WRONG } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) findings = pv_findings_new ();
    g_autofree char *what = g_strdup_printf ("row %u", (guint) i);

    pv_judge_list_age (findings, rows[i].age_s);
    expect (what, findings, rows[i].health);
  }
}

static void
a_secret_is_for_its_owner_who_serves_no_citizen (void **state)
{
  static const struct {
    mode_t mode;
    gboolean owner_is_session;
    PvHealth health;
  } rows[] = { { 0600, FALSE, PV_HEALTH_WELL },  { 0400, FALSE, PV_HEALTH_WELL },  { 0640, FALSE, PV_HEALTH_NOTICE },
               { 0644, FALSE, PV_HEALTH_WRONG }, { 0602, FALSE, PV_HEALTH_WRONG }, { 0600, TRUE, PV_HEALTH_WRONG } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) findings = pv_findings_new ();
    g_autofree char *what = g_strdup_printf ("%03o", (guint) rows[i].mode);

    pv_judge_secret (findings, "[outbox] private-key-file", "/etc/parvis/outbox.key", rows[i].mode,
                     rows[i].owner_is_session);
    expect (what, findings, rows[i].health);
  }
}

static void
a_screen_is_held_against_the_size_of_the_settings (void **state)
{
  /* 24 inches: 527 x 296 mm, 604 mm across. */
  static const PvScreenFacts large = { "HDMI-A-1", "1920x1080", 527, 296 }, silent = { "DP-1", NULL, 0, 0 };
  static const struct {
    const PvScreenFacts *screen;
    guint diagonal_mm;
    PvHealth health;
  } rows[] = {
    { &large, 604, PV_HEALTH_WELL },  { &large, 640, PV_HEALTH_WELL }, { &large, 690, PV_HEALTH_WRONG },
    { &large, 400, PV_HEALTH_WRONG }, { &large, 0, PV_HEALTH_NOTICE }, { &silent, 604, PV_HEALTH_WELL },
    { NULL, 604, PV_HEALTH_WRONG },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) findings = pv_findings_new ();
    g_autofree char *what = g_strdup_printf ("row %u", (guint) i);

    pv_judge_screens (findings, rows[i].screen, rows[i].screen != NULL ? 1 : 0, rows[i].diagonal_mm);
    expect (what, findings, rows[i].health);
  }
}

/* As Linux 6.1 shows them; names are those of common devices. */
#define BLOCK(name, properties, axes)                                                                                  \
  "I: Bus=0003 Vendor=222a Product=0001 Version=0110\nN: Name=\"" name                                                 \
  "\"\nP: Phys=usb-1/input0\nH: Handlers=event2\n"                                                                     \
  "B: PROP=" properties "\nB: EV=1b\nB: ABS=" axes "\n\n"

static void
touch_screens_are_told_from_pads_and_mice (void **state)
{
  static const char devices[] = BLOCK ("ILITEK Multi-Touch-V5100", "2", "3273800000000003")
    BLOCK ("SynPS/2 Synaptics TouchPad", "5", "663800011000003")
      BLOCK ("QEMU USB Tablet", "0", "100000003") "I: Bus=0011\nN: Name=\"AT keyboard\"\nB: PROP=0\nB: "
                                                  "EV=120013\n\n" BLOCK ("eGalax Inc. USB TouchController", "2", "3");
  g_autoptr (GPtrArray) names = pv_facts_find_touch_screens (devices);
  g_autoptr (GPtrArray) none = pv_facts_find_touch_screens ("N: Name=\nB: PROP=zz\nB: ABS=\n\n\n\nB: PROP=2");

  (void) state;
  assert_int_equal (names->len, 2);
  assert_string_equal (names->pdata[0], "ILITEK Multi-Touch-V5100");
  assert_string_equal (names->pdata[1], "eGalax Inc. USB TouchController");
  assert_int_equal (none->len, 0);
}

static void
the_size_of_a_screen_is_read_from_its_edid (void **state)
{
  guint8 edid[PV_EDID_BYTES] = { 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0 };
  guint width, height;

  (void) state;
  edid[21] = 53;
  edid[22] = 30;
  assert_true (pv_facts_read_edid (edid, sizeof edid, &width, &height));
  assert_int_equal (width, 530);
  assert_int_equal (height, 300);
  /* The preferred timing says it to the millimetre: 527 x 296. */
  edid[54] = 1;
  edid[54 + 12] = 527 & 0xff;
  edid[54 + 13] = 296 & 0xff;
  edid[54 + 14] = (527 >> 8) << 4 | 296 >> 8;
  assert_true (pv_facts_read_edid (edid, sizeof edid, &width, &height));
  assert_int_equal (width, 527);
  assert_int_equal (height, 296);
  assert_false (pv_facts_read_edid (edid, sizeof edid - 1, &width, &height));
  edid[1] = 0;
  assert_false (pv_facts_read_edid (edid, sizeof edid, &width, &height));
}

static const char *const needed_words[] = { "rd.shell=0", NULL };
static const char *const wanted_words[] = { "rd.shell=0", "quiet", NULL };

#define SWAPS "Filename\tType\tSize\tUsed\tPriority\n"

static PvLockdownFacts
make_good_facts (const GPtrArray *unmasked)
{
  return (PvLockdownFacts){ .sysrq = "0\n",
                            .core_pattern = "|/bin/false\n",
                            .swaps = SWAPS,
                            .command_line = "root=x rd.shell=0 quiet\n",
                            .needed_words = needed_words,
                            .wanted_words = wanted_words,
                            .unmasked = unmasked,
                            .has_inspector_override = 1,
                            .has_usb_rules = 1,
                            .has_firewall = 1,
                            .is_journal_volatile = 1 };
}

static void
each_hole_in_the_lock_down_is_named (void **state)
{
  static const struct {
    PvLockdownFacts facts; /* what differs */
    const char *words;
  } rows[] = {
    { { .sysrq = "438\n" }, "SysRq" },
    { { .core_pattern = "core\n" }, "core_pattern" },
    { { .swaps = SWAPS "/dev/sda2 partition 1 0 -2\n" }, "swap" },
    { { .command_line = "root=x quiet" }, "lacks: rd.shell=0" },
    { { .command_line = "rd.shell=0 quiet sysrq_always_enabled=0" }, "sysrq_always_enabled" },
    { { .has_inspector_override = 1 }, "inspector" },
    { { .has_usb_rules = 1 }, "USB" },
    { { .has_firewall = 1 }, "firewall" },
    { { .is_journal_volatile = 1 }, "journal" },
  };
  g_autoptr (GPtrArray) nothing = g_ptr_array_new (), open = g_ptr_array_new ();

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) findings = pv_findings_new ();
    const PvLockdownFacts *row = &rows[i].facts;
    PvLockdownFacts facts = make_good_facts (nothing);

    facts.sysrq = row->sysrq != NULL ? row->sysrq : facts.sysrq;
    facts.core_pattern = row->core_pattern != NULL ? row->core_pattern : facts.core_pattern;
    facts.swaps = row->swaps != NULL ? row->swaps : facts.swaps;
    facts.command_line = row->command_line != NULL ? row->command_line : facts.command_line;
    facts.has_inspector_override -= row->has_inspector_override;
    facts.has_usb_rules -= row->has_usb_rules;
    facts.has_firewall -= row->has_firewall;
    facts.is_journal_volatile -= row->is_journal_volatile;
    pv_judge_lockdown (findings, &facts);
    expect (rows[i].words, findings, PV_HEALTH_WRONG);
    assert_int_equal (findings->len, 1);
    assert_true (says (findings, rows[i].words));
  }
  {
    g_autoptr (GPtrArray) findings = pv_findings_new (), good = pv_findings_new (), unseen = pv_findings_new ();
    PvLockdownFacts facts = make_good_facts (nothing);

    pv_judge_lockdown (good, &facts);
    expect ("all is locked", good, PV_HEALTH_WELL);
    facts.command_line = "rd.shell=0";
    g_ptr_array_set_size (good, 0);
    pv_judge_lockdown (good, &facts);
    expect ("not quiet", good, PV_HEALTH_NOTICE);
    g_ptr_array_add (open, (gpointer) "getty@.service");
    facts.unmasked = open;
    pv_judge_lockdown (findings, &facts);
    assert_true (says (findings, "getty@.service"));
    facts = (PvLockdownFacts){
      .has_inspector_override = -1, .has_usb_rules = -1, .has_firewall = -1, .is_journal_volatile = -1
    };
    pv_judge_lockdown (unseen, &facts);
    expect ("nothing is seen", unseen, PV_HEALTH_UNKNOWN);
    assert_int_equal (unseen->len, 9);
  }
}

static void
values_of_systemd_are_found_in_their_group_and_the_last_one_counts (void **state)
{
  static const char text[] =
    "# Storage=auto\n[Other]\nStorage=none\n[Journal]\n Storage=persistent\nStorage=volatile\n";
  g_autofree char *value = pv_facts_find_value (text, "Journal", "Storage");
  g_autofree char *none = pv_facts_find_value (text, "Journal", "RuntimeMaxUse");
  g_auto (GStrv) lines = pv_facts_read_lines ("# a\n\n getty@.service \nrescue.service");

  (void) state;
  assert_string_equal (value, "volatile");
  assert_null (none);
  assert_int_equal (g_strv_length (lines), 2);
  assert_string_equal (lines[0], "getty@.service");
}

static void
the_worst_finding_makes_the_status_and_the_json_says_so (void **state)
{
  static const struct {
    PvHealth health;
    int status;
    const char *word, *whole;
  } rows[] = { { PV_HEALTH_WELL, 0, "ok", "ok" },
               { PV_HEALTH_NOTICE, 0, "notice", "ok" },
               { PV_HEALTH_UNKNOWN, 2, "unknown", "unknown" },
               { PV_HEALTH_WRONG, 1, "wrong", "wrong" } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) first = pv_findings_new (), second = pv_findings_new ();
    const PvCheckup checkups[] = { { "disk", "Disk", first }, { "touch", "Touch", second } };
    g_autoptr (PvJson) document = NULL, list = NULL, item = NULL;
    g_autofree char *text = NULL, *health = NULL, *whole = NULL;
    gint64 version;

    pv_findings_add (first, PV_HEALTH_WELL, "", "there is room");
    pv_findings_add (second, PV_HEALTH_NOTICE, "", "a \"name\"\n\x1b[31m");
    pv_findings_add (second, rows[i].health, "plug it in", "last");
    assert_int_equal (pv_doctor_get_status (checkups, 2), rows[i].status);
    text = pv_doctor_to_json (checkups, 2, "2026-12-01T04:00:00Z");
    document = pv_json_parse (text, strlen (text), NULL);
    assert_non_null (document);
    assert_true (pv_json_read_int (document, "version", 1, 1, &version, NULL));
    assert_true (pv_json_read_text (document, "health", 20, &whole, NULL));
    assert_string_equal (whole, rows[i].whole);
    assert_true (pv_json_read_array (document, "checks", 9, &list, NULL));
    item = pv_json_get_item (list, 1);
    assert_true (pv_json_read_text (item, "health", 20, &health, NULL));
    assert_string_equal (health, rows[i].health == PV_HEALTH_WELL ? "notice" : rows[i].word);
    assert_null (strchr (text, '\x1b'));
  }
}

static void
findings_come_from_a_child_whole_or_not_at_all (void **state)
{
  g_autoptr (GPtrArray) findings = pv_findings_new (), read = pv_findings_new (), nothing = pv_findings_new ();
  g_autoptr (GBytes) packed = NULL, cut = NULL, rubbish = g_bytes_new_static ("\x01\xff\x00zz", 5);

  (void) state;
  pv_findings_add (findings, PV_HEALTH_WRONG, "plug it in", "no screen");
  pv_findings_add (findings, PV_HEALTH_WELL, "", "é");
  packed = pv_findings_pack (findings);
  assert_true (pv_findings_parse (read, packed));
  assert_int_equal (read->len, 2);
  assert_string_equal (((PvFinding *) read->pdata[0])->to_do, "plug it in");
  assert_int_equal (((PvFinding *) read->pdata[0])->health, PV_HEALTH_WRONG);
  cut = g_bytes_new_from_bytes (packed, 0, g_bytes_get_size (packed) - 3);
  assert_false (pv_findings_parse (nothing, cut));
  assert_false (pv_findings_parse (nothing, rubbish));
  assert_int_equal (nothing->len, 0);
}

static void
a_french_machine_reads_french (void **state)
{
  g_autoptr (GPtrArray) findings = pv_findings_new ();
  const PvCheckup checkups[] = { { "disk", "Disque", findings } };
  g_autofree char *text = NULL;

  (void) state;
  pv_say_in (PV_SAY_FRENCH);
  pv_judge_disk (findings, "/", 100 * MB, 100000);
  text = pv_doctor_to_text (checkups, 1);
  pv_say_in (PV_SAY_ENGLISH);
  assert_non_null (strstr (text, "À FAIRE"));
  assert_non_null (strstr (text, "il ne reste que 100 Mo"));
  assert_non_null (strstr (text, "À faire : 1."));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (signed_settings_are_judged_by_their_last_day),
    cmocka_unit_test (room_on_the_disk_is_judged_before_the_courier_stops),
    cmocka_unit_test (a_certificate_is_judged_a_month_before_its_end),
    cmocka_unit_test (a_clock_is_judged_before_the_portal_refuses),
    cmocka_unit_test (a_clock_that_nobody_sets_is_told_unless_somebody_else_does),
    cmocka_unit_test (a_list_of_yesterday_is_told_and_one_of_three_days_is_wrong),
    cmocka_unit_test (a_secret_is_for_its_owner_who_serves_no_citizen),
    cmocka_unit_test (a_screen_is_held_against_the_size_of_the_settings),
    cmocka_unit_test (touch_screens_are_told_from_pads_and_mice),
    cmocka_unit_test (the_size_of_a_screen_is_read_from_its_edid),
    cmocka_unit_test (each_hole_in_the_lock_down_is_named),
    cmocka_unit_test (values_of_systemd_are_found_in_their_group_and_the_last_one_counts),
    cmocka_unit_test (the_worst_finding_makes_the_status_and_the_json_says_so),
    cmocka_unit_test (findings_come_from_a_child_whole_or_not_at_all),
    cmocka_unit_test (a_french_machine_reads_french),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
