/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When a kiosk looks for a newer image, what a hawkBit may say, and what of doctor makes an update go back. */

#include "tst.h"

#include <string.h>

#include "ctl/doctor-slot.h"
#include "ctl/update-ddi.h"
#include "ctl/update-hour.h"
#include "platform/json.h"

#define BASE "https://updates.example.org:8443/hawkbit"
#define SUM  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* ---- the hour ---- */

/* In Paris; the zone is put forward on 2027-03-28 at 2:00 and back on 2027-10-31 at 3:00. (UTC seconds) */
static gint64
paris (int year, int month, int day, int hour, int minute)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  g_autoptr (GDateTime) moment = g_date_time_new (zone, year, month, day, hour, minute, 0);

  return g_date_time_to_unix (moment);
}

static void
a_kiosk_looks_once_a_day_at_its_hour (void **state)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  const PvUpdateHour hour = { .at_min = 150, .spread_min = 0, .itself = "kiosk" };
  const gint64 today = paris (2026, 12, 1, 2, 30), hour_s = 3600;
  const struct {
    gint64 now_s, looked_s;
    gboolean is_due;
    gint64 left_s;
  } rows[] = {
    { today - 60, today - 24 * hour_s + 60, FALSE, 0 },
    { today, today - 24 * hour_s + 60, TRUE, 3 * hour_s },
    { today + 60, today, FALSE, 0 },
    { today + hour_s, today - 60, TRUE, 2 * hour_s },
    /* Off at night: it looks, and there is no time left to restart. */
    { today + 6 * hour_s, today - 60, TRUE, 0 },
    { today + 6 * hour_s, 0, TRUE, 0 },
    /* Looked tomorrow: the clock was set back. */
    { today + 60, today + 24 * hour_s, TRUE, 3 * hour_s - 60 },
    /* An hour that does not exist, and one that comes twice. */
    { paris (2027, 3, 28, 4, 0), paris (2027, 3, 27, 2, 31), TRUE, 2 * hour_s },
    { paris (2027, 10, 31, 8, 0), paris (2027, 10, 30, 2, 31), TRUE, 0 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    gint64 left_s = -1;
    gboolean is_due = pv_update_hour_is_due (&hour, rows[i].now_s, zone, rows[i].looked_s, &left_s);

    if (is_due != rows[i].is_due || (is_due && left_s != rows[i].left_s))
      fail_msg ("row %zu: %d, %" G_GINT64_FORMAT " s", i, is_due, left_s);
  }
}

static void
kiosks_spread_over_the_time_that_is_given (void **state)
{
  guint least = G_MAXUINT, most = 0;

  (void) state;
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *name = g_strdup_printf ("kiosk-%u", i);
    const PvUpdateHour hour = { .at_min = 1430, .spread_min = 120, .itself = name };
    guint delay = pv_update_hour_get_delay_min (&hour);

    assert_in_range (delay, 0, 119);
    assert_int_equal (delay, pv_update_hour_get_delay_min (&hour));
    least = MIN (least, delay);
    most = MAX (most, delay);
  }
  assert_true (least < 5 && most > 114);
}

static void
over_midnight_the_day_is_that_of_the_hour (void **state)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  PvUpdateHour hour = { .at_min = 1430, .spread_min = 240, .itself = NULL };
  g_autofree char *name = NULL;
  gint64 left_s = 0, start_s;
  guint delay = 0;

  (void) state;
  /* One whose minute comes after midnight. */
  for (guint i = 0; delay < 20; i++) {
    g_free (name);
    name = g_strdup_printf ("kiosk-%u", i);
    hour.itself = name;
    delay = pv_update_hour_get_delay_min (&hour);
  }
  start_s = paris (2026, 12, 1, 23, 50) + (gint64) delay * 60;
  assert_false (pv_update_hour_is_due (&hour, start_s - 1, zone, start_s - 24 * 3600, &left_s));
  assert_true (pv_update_hour_is_due (&hour, start_s, zone, start_s - 24 * 3600, &left_s));
  assert_int_equal (left_s, PV_UPDATE_WINDOW_S);
}

static void
an_hour_is_read_as_settings_have_it (void **state)
{
  (void) state;
  assert_int_equal (pv_update_hour_parse ("02:30"), 150);
  assert_int_equal (pv_update_hour_parse ("00:00"), 0);
  assert_int_equal (pv_update_hour_parse ("23:59"), 1439);
  assert_int_equal (pv_update_hour_parse ("24:00"), -1);
  assert_int_equal (pv_update_hour_parse ("2h30"), -1);
  assert_int_equal (pv_update_hour_parse ("02:30x"), -1);
  assert_int_equal (pv_update_hour_parse (NULL), -1);
}

/* ---- hawkBit ---- */

#define POLL(links) "{\"config\":{\"polling\":{\"sleep\":\"00:05:00\"}},\"_links\":{" links "}}"

static void
a_poll_leads_to_its_own_host_only (void **state)
{
  static const struct {
    const char *text, *deployment, *cancel;
    gboolean is_right;
  } rows[] = {
    { "{\"config\":{\"polling\":{\"sleep\":\"00:05:00\"}}}", NULL, NULL, TRUE },
    { POLL (""), NULL, NULL, TRUE },
    { POLL ("\"configData\":{\"href\":\"https://elsewhere.example.com/\"}"), NULL, NULL, TRUE },
    { POLL ("\"deploymentBase\":{\"href\":\"https://updates.example.org:8443/hawkbit/DEFAULT/controller/v1/k/"
            "deploymentBase/"
            "8?c=-2\"}"),
      "https://updates.example.org:8443/hawkbit/DEFAULT/controller/v1/k/deploymentBase/8?c=-2", NULL, TRUE },
    { POLL ("\"cancelAction\":{\"href\":\"https://updates.example.org:8443/x\"}"), NULL,
      "https://updates.example.org:8443/x", TRUE },
    { POLL ("\"deploymentBase\":{\"href\":\"https://elsewhere.example.com/8\"}"), NULL, NULL, FALSE },
    { POLL ("\"deploymentBase\":{\"href\":\"https://updates.example.org/8\"}"), NULL, NULL, FALSE },
    { POLL ("\"deploymentBase\":{\"href\":\"http://updates.example.org:8443/8\"}"), NULL, NULL, FALSE },
    { POLL ("\"deploymentBase\":{\"href\":\"https://updates.example.org:84433/8\"}"), NULL, NULL, FALSE },
    { POLL ("\"deploymentBase\":{\"href\":\"https://updates.example.org:8443@elsewhere.example.com/8\"}"), NULL, NULL,
      FALSE },
    { POLL ("\"deploymentBase\":{\"href\":\"https://updates.example.org:8443\"}"), NULL, NULL, FALSE },
    { POLL ("\"deploymentBase\":{\"href\":\"https://updates.example.org:8443/a b\"}"), NULL, NULL, FALSE },
    { POLL ("\"deploymentBase\":{\"href\":\"https://updates.example.org:8443/a\\r\\nX: y\"}"), NULL, NULL, FALSE },
    { POLL ("\"deploymentBase\":{\"href\":7}"), NULL, NULL, FALSE },
    { POLL ("\"deploymentBase\":{}"), NULL, NULL, FALSE },
    { "{\"_links\":[]}", NULL, NULL, FALSE },
    { "<html>", NULL, NULL, FALSE },
    { "", NULL, NULL, FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *deployment = NULL, *cancel = NULL;
    g_autoptr (GError) error = NULL;
    gboolean is_right = pv_ddi_parse_poll (BASE, rows[i].text, strlen (rows[i].text), &deployment, &cancel, &error);

    if (is_right != rows[i].is_right || g_strcmp0 (deployment, rows[i].deployment) != 0
        || g_strcmp0 (cancel, rows[i].cancel) != 0 || is_right != (error == NULL))
      fail_msg ("row %zu", i);
  }
}

#define FILE_(name, size, sum, url)                                                                                    \
  "{\"filename\":\"" name "\",\"hashes\":{\"sha1\":\"x\",\"md5\":\"y\",\"sha256\":\"" sum "\"},\"size\":" size         \
  ",\"_links\":{\"download\":{\"href\":\"" url "\"},\"md5sum\":{\"href\":\"https://elsewhere.example.com/\"}}}"
#define GOOD_FILE(name) FILE_ (name, "5", SUM, "https://updates.example.org:8443/f")
#define DEPLOYMENT_(id, download, update, files)                                                                       \
  "{\"id\":\"" id "\",\"deployment\":{\"download\":\"" download "\",\"update\":\"" update                              \
  "\",\"maintenanceWindow\":\"available\",\"chunks\":[{\"part\":\"os\",\"version\":\"2\",\"name\":\"Parvis\","         \
  "\"artifacts\":[" files "]}]}}"
#define WITH(files) DEPLOYMENT_ ("8", "forced", "attempt", files)

static void
only_files_of_an_image_are_taken_from_a_deployment (void **state)
{
  static const struct {
    const char *text;
    gboolean is_right, is_wanted;
    guint n_files;
  } rows[] = {
    { WITH (GOOD_FILE ("SHA256SUMS") "," GOOD_FILE ("SHA256SUMS.gpg") "," GOOD_FILE ("parvis_2.efi")), TRUE, TRUE, 3 },
    { DEPLOYMENT_ ("8", "skip", "forced", GOOD_FILE ("SHA256SUMS")), TRUE, FALSE, 1 },
    { DEPLOYMENT_ ("8", "forced", "skip", GOOD_FILE ("SHA256SUMS")), TRUE, FALSE, 1 },
    { DEPLOYMENT_ ("8/../9", "forced", "forced", GOOD_FILE ("SHA256SUMS")), FALSE, FALSE, 0 },
    { DEPLOYMENT_ ("", "forced", "forced", GOOD_FILE ("SHA256SUMS")), FALSE, FALSE, 0 },
    { DEPLOYMENT_ ("123456789012345678901", "forced", "forced", GOOD_FILE ("SHA256SUMS")), FALSE, FALSE, 0 },
    { WITH (""), FALSE, FALSE, 0 },
    { WITH (GOOD_FILE ("../confirm")), FALSE, FALSE, 0 },
    { WITH (GOOD_FILE ("parvis_/../../x")), FALSE, FALSE, 0 },
    { WITH (GOOD_FILE ("evil.sh")), FALSE, FALSE, 0 },
    { WITH (GOOD_FILE ("action")), FALSE, FALSE, 0 },
    { WITH (GOOD_FILE ("SHA256SUMS") "," GOOD_FILE ("SHA256SUMS")), FALSE, FALSE, 0 },
    { WITH (FILE_ ("SHA256SUMS", "0", SUM, "https://updates.example.org:8443/f")), FALSE, FALSE, 0 },
    { WITH (FILE_ ("SHA256SUMS", "-5", SUM, "https://updates.example.org:8443/f")), FALSE, FALSE, 0 },
    { WITH (FILE_ ("SHA256SUMS", "1073741825", SUM, "https://updates.example.org:8443/f")), FALSE, FALSE, 0 },
    { WITH (FILE_ ("SHA256SUMS", "5", "0123", "https://updates.example.org:8443/f")), FALSE, FALSE, 0 },
    { WITH (FILE_ ("SHA256SUMS", "5", SUM, "https://elsewhere.example.com/f")), FALSE, FALSE, 0 },
    { WITH (FILE_ ("SHA256SUMS", "5", SUM, "file:///etc/shadow")), FALSE, FALSE, 0 },
    { "{\"id\":\"8\",\"deployment\":{\"download\":\"forced\",\"update\":\"forced\",\"chunks\":{}}}", FALSE, FALSE, 0 },
    { "{\"id\":8,\"deployment\":{\"download\":\"forced\",\"update\":\"forced\",\"chunks\":[]}}", FALSE, FALSE, 0 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PvDdiDeployment) deployment =
      pv_ddi_parse_deployment (BASE, rows[i].text, strlen (rows[i].text), &error);

    if ((deployment != NULL) != rows[i].is_right || (deployment == NULL) != (error != NULL))
      fail_msg ("row %zu: %s", i, error != NULL ? error->message : "taken");
    if (deployment != NULL
        && (deployment->is_wanted != rows[i].is_wanted || deployment->artifacts->len != rows[i].n_files))
      fail_msg ("row %zu", i);
  }
}

static void
more_files_than_an_image_has_are_refused (void **state)
{
  GString *files = g_string_new (NULL);
  g_autofree char *text = NULL;

  (void) state;
  for (guint i = 0; i <= PV_DDI_MAX_ARTIFACTS; i++)
    g_string_append_printf (files,
                            "%s{\"artifacts\":[{\"filename\":\"parvis_%u\",\"size\":1,\"hashes\":{\"sha256\":\"" SUM
                            "\"},\"_links\":{\"download\":{\"href\":\"" BASE "/f\"}}}]}",
                            i > 0 ? "," : "", i);
  text = g_strdup_printf (
    "{\"id\":\"8\",\"deployment\":{\"download\":\"forced\",\"update\":\"forced\",\"chunks\":[%s]}}", files->str);
  assert_null (pv_ddi_parse_deployment (BASE, text, strlen (text), NULL));
  g_string_free (files, TRUE);
}

static void
what_is_taken_back_is_read (void **state)
{
  static const char good[] = "{\"id\":\"11\",\"cancelAction\":{\"stopId\":\"8\"}}";
  static const char *const wrong[] = { "{\"id\":\"11\"}", "{\"id\":\"11\",\"cancelAction\":{\"stopId\":\"x\"}}",
                                       "{\"id\":\"../8\",\"cancelAction\":{\"stopId\":\"8\"}}", "[]" };
  g_autofree char *id = NULL, *stopped = NULL;

  (void) state;
  assert_true (pv_ddi_parse_cancel (good, strlen (good), &id, &stopped, NULL));
  assert_string_equal (id, "11");
  assert_string_equal (stopped, "8");
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_false (pv_ddi_parse_cancel (wrong[i], strlen (wrong[i]), &id, &stopped, NULL));
}

static void
addresses_and_feedback_are_those_of_the_api (void **state)
{
  g_autofree char *url = pv_ddi_make_url ("https://h/", "DEFAULT", "mairie/../x y");
  g_autofree char *feedback = pv_ddi_make_feedback ("8", "closed", "success", "version \"2\" runs");

  (void) state;
  assert_string_equal (url, "https://h/DEFAULT/controller/v1/mairie%2F..%2Fx%20y");
  assert_string_equal (feedback,
                       "{\"id\":\"8\",\"status\":{\"execution\":\"closed\",\"result\":{\"finished\":\"success\"},"
                       "\"details\":[\"version \\\"2\\\" runs\"]}}");
}

/* ---- what of doctor counts ---- */

static void
only_what_may_be_the_images_fault_counts (void **state)
{
  static const struct {
    const char *id;
    PvHealth health;
    const char *text;
  } rows[] = {
    { "services", PV_HEALTH_WRONG, "services: no\n" },
    { "services", PV_HEALTH_UNKNOWN, "" },
    { "services", PV_HEALTH_NOTICE, "" },
    { "touch", PV_HEALTH_WRONG, "touch: no\n" },
    { "lock-down", PV_HEALTH_WRONG, "lock-down: no\n" },
    { "portal", PV_HEALTH_WRONG, "" },
    { "printer", PV_HEALTH_WRONG, "" },
    { "certificates", PV_HEALTH_WRONG, "" },
    { "update", PV_HEALTH_WRONG, "" },
    { "of a later release", PV_HEALTH_WRONG, "" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) findings = pv_findings_new ();
    const PvCheckup checkup = { rows[i].id, "", findings };
    g_autofree char *text = NULL;

    pv_findings_add (findings, PV_HEALTH_WELL, "", "yes");
    pv_findings_add (findings, rows[i].health, "", "no");
    text = pv_doctor_slot_to_text (&checkup, 1);
    if (strcmp (text, rows[i].text) != 0)
      fail_msg ("row %zu: %s", i, text);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_kiosk_looks_once_a_day_at_its_hour),
    cmocka_unit_test (kiosks_spread_over_the_time_that_is_given),
    cmocka_unit_test (over_midnight_the_day_is_that_of_the_hour),
    cmocka_unit_test (an_hour_is_read_as_settings_have_it),
    cmocka_unit_test (a_poll_leads_to_its_own_host_only),
    cmocka_unit_test (only_files_of_an_image_are_taken_from_a_deployment),
    cmocka_unit_test (more_files_than_an_image_has_are_refused),
    cmocka_unit_test (what_is_taken_back_is_read),
    cmocka_unit_test (addresses_and_feedback_are_those_of_the_api),
    cmocka_unit_test (only_what_may_be_the_images_fault_counts),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
