/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fetching bundles from a server that does what the test says: what counts, what is refused and told, and that the last good one
 * stays. */

#include "tst.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bundle-maker.h"
#include "http-server.h"
#include "platform/bundle-pull.h"
#include "platform/bundle-store.h"
#include "platform/settings.h"
#include "settings-folder.h"

typedef struct {
  char *config, *secret, *commune_secret;
  FakeHttpServer *server;
  GHashTable *files; /* target -> GBytes */
} Fixture;

static FakeHttpStep
answer (guint status, const char *headers, GBytes *body)
{
  gsize size = body != NULL ? g_bytes_get_size (body) : 0;
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 %u x\r\n%sContent-Length: %zu\r\n\r\n", status, headers, size);
  GByteArray *all = g_byte_array_new ();

  g_byte_array_append (all, (const guint8 *) head, (guint) strlen (head));
  if (body != NULL)
    g_byte_array_append (all, g_bytes_get_data (body, NULL), (guint) size);
  return (FakeHttpStep){ .kind = FAKE_HTTP_ANSWER, .bytes = g_byte_array_free_to_bytes (all) };
}

static FakeHttpStep
serve_cb (const FakeHttpRequest *request, gpointer user_data)
{
  Fixture *fixture = user_data;
  GBytes *body = g_hash_table_lookup (fixture->files, request->target);

  return body != NULL ? answer (200, "", body) : answer (404, "", NULL);
}

static void
write_site (Fixture *fixture, const char *more)
{
  g_autofree char *url = fake_http_server_get_url (fixture->server, "/parvis");
  g_autofree char *text = g_strdup_printf (SETTINGS_ENOUGH "[settings]\nurl=%s\n%s", url, more);

  settings_folder_write (fixture->config, "site/10.conf", text);
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autofree char *platform = NULL, *commune = NULL, *more = NULL;

  *state = fixture;
  fixture->config = g_dir_make_tmp ("pv-pull-XXXXXX", NULL);
  pv_bundle_keys_new (&fixture->secret, &platform);
  pv_bundle_keys_new (&fixture->commune_secret, &commune);
  fixture->server = fake_http_server_new (NULL);
  fixture->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  fake_http_server_set_handler (fixture->server, serve_cb, fixture);
  more = g_strdup_printf ("platform-keys=%s;\ncommune=89999\ncommune-keys=%s;\n", platform, commune);
  write_site (fixture, more);
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  fake_http_server_free (fixture->server);
  g_hash_table_unref (fixture->files);
  tst_remove_folder (fixture->config);
  g_free (fixture->config);
  g_free (fixture->secret);
  g_free (fixture->commune_secret);
  g_free (fixture);
  return 0;
}

/* On the server: what the platform signed with @serial. */
static void
publish (Fixture *fixture, gint64 serial, const char *content)
{
  g_hash_table_insert (fixture->files, g_strdup ("/parvis/platform.pvb"),
                       maker_bundle ("platform", serial, "2027-01-31", content, fixture->secret));
}

static void
publish_commune (Fixture *fixture, gint64 serial, const char *content)
{
  g_hash_table_insert (fixture->files, g_strdup ("/parvis/89999.pvb"),
                       maker_bundle ("89999", serial, "2027-01-31", content, fixture->commune_secret));
}

/* (transfer full): what state.ini says afterwards, read anew */
static PvBundleState *
pull (Fixture *fixture, gboolean is_fine)
{
  g_autoptr (GError) error = NULL;
  gboolean is_done = pv_bundle_pull (fixture->config, MAKER_NOW_S, 400, NULL, &error);

  if (is_done != is_fine)
    fail_msg ("%s", error != NULL ? error->message : "no error");
  return pv_bundle_state_read (fixture->config);
}

static void
assert_idle (const Fixture *fixture, int seconds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSettings) settings = pv_settings_load (fixture->config, &error);

  if (settings == NULL)
    fail_msg ("%s", error->message);
  assert_int_equal (pv_settings_get_int (settings, PV_SETTING_SCREEN_IDLE_SECONDS), seconds);
}

static void
assert_refused (const PvBundleState *state, PvLayer layer, PvBundleResult result, const char *words)
{
  const PvBundleFacts *facts = &state->facts[layer];

  if (facts->result != result || facts->reason == NULL || strstr (facts->reason, words) == NULL)
    fail_msg ("expected \"%s\", it was %s: %s", words, pv_bundle_result_get_name (facts->result), facts->reason);
}

static void
both_layers_are_fetched_and_count_at_once (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvBundleState) first = NULL, second = NULL;
  struct stat status;
  g_autofree char *path = g_build_filename (fixture->config, "platform", NULL);

  publish (fixture, 17, "[screen]\nidle-seconds=120\nwarn-seconds=30\n");
  publish_commune (fixture, 3, "[screen]\nidle-seconds=150\n");
  first = pull (fixture, TRUE);
  assert_idle (fixture, 150);
  assert_int_equal (first->facts[PV_LAYER_PLATFORM].result, PV_BUNDLE_RESULT_INSTALLED);
  assert_int_equal (first->facts[PV_LAYER_PLATFORM].serial, 17);
  assert_int_equal (first->facts[PV_LAYER_COMMUNE].serial, 3);
  assert_string_equal (first->facts[PV_LAYER_COMMUNE].scope, "89999");
  assert_string_equal (first->facts[PV_LAYER_COMMUNE].expires, "2027-01-31");
  assert_int_equal (first->facts[PV_LAYER_COMMUNE].installed_s, MAKER_NOW_S);
  assert_int_equal (fake_http_server_count_requests (fixture->server), 2);
  assert_string_equal (fake_http_server_get_request (fixture->server, 0)->target, "/parvis/platform.pvb");
  /* Everybody of the kiosk reads it. */
  assert_int_equal (stat (path, &status), 0);
  assert_int_equal (status.st_mode & 0777, 0755);
  second = pull (fixture, TRUE);
  assert_int_equal (second->facts[PV_LAYER_PLATFORM].result, PV_BUNDLE_RESULT_UNCHANGED);
  publish (fixture, 18, "[screen]\nidle-seconds=100\n");
  pv_bundle_state_free (pull (fixture, TRUE));
  assert_idle (fixture, 150);
  publish_commune (fixture, 4, "# nothing any more\n");
  pv_bundle_state_free (pull (fixture, TRUE));
  assert_idle (fixture, 100);
}

/* Each with a good bundle in place, which stays. */
static void
what_is_wrong_changes_nothing_and_is_told (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *large = g_strnfill (PV_BUNDLE_MAX_BYTES + 100, '#');
  g_autoptr (GBytes) right =
    maker_bundle ("platform", 18, "2027-01-31", "[screen]\nidle-seconds=60\n", fixture->secret);
  const struct {
    const char *what;
    GBytes *body;
    FakeHttpStep step; /* where there is no body */
    PvBundleResult result;
    const char *words;
  } rows[] = {
    { "an older one",
      maker_bundle ("platform", 16, "2027-01-31", "#\n", fixture->secret),
      { 0 },
      PV_BUNDLE_RESULT_REFUSED,
      "older than one that counted already (serial 17)" },
    { "the same serial with other words",
      maker_bundle ("platform", 17, "2027-01-31", "#\n", fixture->secret),
      { 0 },
      PV_BUNDLE_RESULT_REFUSED,
      "another bundle with the serial 17" },
    { "the key of the commune",
      maker_bundle ("platform", 18, "2027-01-31", "#\n", fixture->commune_secret),
      { 0 },
      PV_BUNDLE_RESULT_REFUSED,
      "signed by nobody who may sign it" },
    { "that of a commune",
      maker_bundle ("89999", 18, "2027-01-31", "#\n", fixture->secret),
      { 0 },
      PV_BUNDLE_RESULT_REFUSED,
      "for 89999, and not for platform" },
    { "expired",
      maker_bundle ("platform", 18, "2026-11-30", "#\n", fixture->secret),
      { 0 },
      PV_BUNDLE_RESULT_REFUSED,
      "expired after 2026-11-30" },
    { "good for ever",
      maker_bundle ("platform", 18, "2099-01-01", "#\n", fixture->secret),
      { 0 },
      PV_BUNDLE_RESULT_REFUSED,
      "more than 400 days" },
    { "an unknown key of the settings",
      maker_bundle ("platform", 18, "2027-01-31", "[screen]\nidle-secs=1\n", fixture->secret),
      { 0 },
      PV_BUNDLE_RESULT_REFUSED,
      "platform/10.conf:2: [screen] idle-secs: unknown key" },
    { "who may sign",
      maker_bundle ("platform", 18, "2027-01-31", "[settings]\nplatform-keys=...;\n", fixture->secret),
      { 0 },
      PV_BUNDLE_RESULT_REFUSED,
      "is never taken from a bundle" },
    { "a private key's path",
      maker_bundle ("platform", 18, "2027-01-31", "[outbox]\npublic-key-file=/x\n", fixture->secret),
      { 0 },
      PV_BUNDLE_RESULT_REFUSED,
      "is never taken from a bundle" },
    { "a lock that the site offends",
      maker_bundle ("platform", 18, "2027-01-31", "[locks]\nkeys=portal/url;\n", fixture->secret),
      { 0 },
      PV_BUNDLE_RESULT_REFUSED,
      "site/10.conf:4: [portal] url: is locked by platform/10.conf:2" },
    { "something that lacks something else",
      maker_bundle ("platform", 18, "2027-01-31", "[portal]\nmode=direct\n", fixture->secret),
      { 0 },
      PV_BUNDLE_RESULT_REFUSED,
      "mode=direct needs it" },
    { "a page", g_bytes_new_static ("<html>Please log in</html>", 26), { 0 }, PV_BUNDLE_RESULT_REFUSED, "no bundle" },
    { "nothing", g_bytes_new_static ("", 0), { 0 }, PV_BUNDLE_RESULT_REFUSED, "too short" },
    { "cut",
      g_bytes_new_from_bytes (right, 0, g_bytes_get_size (right) - 40),
      { 0 },
      PV_BUNDLE_RESULT_REFUSED,
      "no bundle" },
    { "too large", g_bytes_new (large, strlen (large)), { 0 }, PV_BUNDLE_RESULT_UNREACHABLE, "not fetched" },
    { "sent to another scheme", NULL, answer (302, "Location: file:///etc/passwd\r\n", NULL),
      PV_BUNDLE_RESULT_UNREACHABLE, "answered 302" },
    { "sent to plain http", NULL, answer (301, "Location: http://reglages.montclair.example/platform.pvb\r\n", NULL),
      PV_BUNDLE_RESULT_UNREACHABLE, "answered 301" },
    { "sent elsewhere here", NULL, answer (302, "Location: /other/platform.pvb\r\n", NULL),
      PV_BUNDLE_RESULT_UNREACHABLE, "answered 302" },
    { "an error of the server", NULL, answer (500, "", right), PV_BUNDLE_RESULT_UNREACHABLE, "answered 500" },
    { "a part", NULL, answer (206, "", right), PV_BUNDLE_RESULT_UNREACHABLE, "answered 206" },
    { "not there any more", NULL, answer (404, "", NULL), PV_BUNDLE_RESULT_UNREACHABLE, "no platform.pvb any more" },
    { "silence", NULL, { .kind = FAKE_HTTP_SILENCE }, PV_BUNDLE_RESULT_UNREACHABLE, "not fetched" },
    { "an end", NULL, { .kind = FAKE_HTTP_CLOSE_AFTER_REQUEST }, PV_BUNDLE_RESULT_UNREACHABLE, "not fetched" },
    { "a byte now and then",
      NULL,
      { .kind = FAKE_HTTP_ANSWER, .drip_ms = 50, .bytes = g_bytes_new_static ("HTTP/1.1 200 OK\r\n\r\n", 19) },
      PV_BUNDLE_RESULT_UNREACHABLE,
      "not fetched" },
    { "fewer bytes than announced",
      NULL,
      { .kind = FAKE_HTTP_ANSWER_THEN_CLOSE,
        .bytes = g_bytes_new_static ("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nparvis-settings-bundle", 63) },
      PV_BUNDLE_RESULT_UNREACHABLE,
      "not fetched" },
  };
  guint n_accepted = 0;

  publish (fixture, 17, "[screen]\nidle-seconds=120\n");
  publish_commune (fixture, 3, "#\n");
  pv_bundle_state_free (pull (fixture, TRUE));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvBundleState) after = NULL;

    if (rows[i].body != NULL)
      g_hash_table_insert (fixture->files, g_strdup ("/parvis/platform.pvb"), rows[i].body);
    else
      fake_http_server_push (fixture->server, rows[i].step);
    after = pull (fixture, FALSE);
    n_accepted += after->facts[PV_LAYER_PLATFORM].serial != 17 ? 1 : 0;
    assert_refused (after, PV_LAYER_PLATFORM, rows[i].result, rows[i].words);
    assert_int_equal (after->facts[PV_LAYER_PLATFORM].serial, 17);
    assert_int_equal (after->facts[PV_LAYER_COMMUNE].result,
                      PV_BUNDLE_RESULT_UNCHANGED); /* one does not stop the other */
    assert_idle (fixture, 120);
  }
  g_printerr ("# wrong answers: %zu, accepted: %u\n", G_N_ELEMENTS (rows), n_accepted);
  g_hash_table_insert (fixture->files, g_strdup ("/parvis/platform.pvb"), g_bytes_ref (right));
  pv_bundle_state_free (pull (fixture, TRUE));
  assert_idle (fixture, 60);
}

/* Neither a folder that was removed nor another commune in between brings an old one back. */
static void
what_counted_once_is_not_forgotten (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->config, "platform", NULL);
  g_autoptr (PvBundleState) old = NULL;

  publish (fixture, 17, "[screen]\nidle-seconds=120\n");
  publish_commune (fixture, 3, "#\n");
  pv_bundle_state_free (pull (fixture, TRUE));
  assert_int_equal (unlink (path), 0);
  publish (fixture, 16, "[screen]\nidle-seconds=30\n");
  old = pull (fixture, FALSE);
  assert_refused (old, PV_LAYER_PLATFORM, PV_BUNDLE_RESULT_REFUSED, "serial 17");
  assert_idle (fixture, 90);
  publish (fixture, 17, "[screen]\nidle-seconds=120\n"); /* the same again */
  pv_bundle_state_free (pull (fixture, TRUE));
  assert_idle (fixture, 120);
}

/* A cut between the turn of the link and state.ini: the bundle that counts says its serial itself. */
static void
without_the_state_the_bundle_that_counts_says_its_serial (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->config, PV_LAYERS_STATE_FILE, NULL);
  g_autoptr (PvBundleState) old = NULL;

  publish (fixture, 17, "[screen]\nidle-seconds=120\n");
  publish_commune (fixture, 3, "#\n");
  pv_bundle_state_free (pull (fixture, TRUE));
  assert_int_equal (unlink (path), 0);
  publish (fixture, 16, "[screen]\nidle-seconds=30\n");
  old = pull (fixture, FALSE);
  assert_refused (old, PV_LAYER_PLATFORM, PV_BUNDLE_RESULT_REFUSED, "serial 17");
  assert_idle (fixture, 120);
}

static void
the_bundle_of_another_commune_goes (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *text = NULL, *path = g_build_filename (fixture->config, "site", "10.conf", NULL);
  g_autofree char *link = g_build_filename (fixture->config, "commune", NULL);
  g_auto (GStrv) parts = NULL;
  g_autofree char *moved = NULL;
  g_autoptr (PvBundleState) after = NULL;

  publish (fixture, 17, "#\n");
  publish_commune (fixture, 300, "[screen]\nidle-seconds=150\n");
  pv_bundle_state_free (pull (fixture, TRUE));
  assert_idle (fixture, 150);
  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  parts = g_strsplit (text, "commune=89999", 2);
  moved = g_strjoinv ("commune=89998", parts);
  assert_true (g_file_set_contents (path, moved, -1, NULL));
  /* The server offers that of the other one under the new name: it does not serve. */
  g_hash_table_insert (
    fixture->files, g_strdup ("/parvis/89998.pvb"),
    maker_bundle ("89999", 301, "2027-01-31", "[screen]\nidle-seconds=200\n", fixture->commune_secret));
  after = pull (fixture, FALSE);
  assert_refused (after, PV_LAYER_COMMUNE, PV_BUNDLE_RESULT_REFUSED, "for 89999, and not for 89998");
  assert_false (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  assert_idle (fixture, 90);
  g_hash_table_insert (
    fixture->files, g_strdup ("/parvis/89998.pvb"),
    maker_bundle ("89998", 1, "2027-01-31", "[screen]\nidle-seconds=200\n", fixture->commune_secret));
  pv_bundle_state_free (pull (fixture, TRUE));
  assert_idle (fixture, 200);
}

/* A kiosk that has nothing yet: what is needed comes out of both. */
static void
two_that_need_each_other_come_together (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvBundleState) alone = NULL;

  publish (fixture, 17, "[assist]\nanswer-minutes=5\n[locks]\nkeys=screen/idle-seconds;\n");
  publish_commune (fixture, 3, "[screen]\nidle-seconds=150\n"); /* which offends the lock */
  alone = pull (fixture, FALSE);
  assert_int_equal (alone->facts[PV_LAYER_PLATFORM].result, PV_BUNDLE_RESULT_INSTALLED);
  assert_refused (alone, PV_LAYER_COMMUNE, PV_BUNDLE_RESULT_REFUSED,
                  "commune/10.conf:2: [screen] idle-seconds: is locked by");
  assert_idle (fixture, 90);
  /* Both change what only both together make right. */
  publish (fixture, 18, "[screen]\nidle-seconds=150\n[locks]\nkeys=screen/idle-seconds;\n");
  pv_bundle_state_free (pull (fixture, TRUE));
  assert_idle (fixture, 150);
}

static void
without_an_address_nothing_is_fetched (void **state)
{
  Fixture *fixture = *state;
  PvBundleState *told = NULL;

  settings_folder_write (fixture->config, "site/10.conf", SETTINGS_ENOUGH);
  assert_true (pv_bundle_pull (fixture->config, MAKER_NOW_S, 400, &told, NULL));
  assert_null (told);
  assert_int_equal (fake_http_server_count_requests (fixture->server), 0);
}

static void
two_do_not_fetch_at_the_same_time (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;
  int other = open (fixture->config, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  assert_int_equal (flock (other, LOCK_EX | LOCK_NB), 0);
  publish (fixture, 17, "[screen]\nidle-seconds=120\n");
  assert_false (pv_bundle_pull (fixture->config, MAKER_NOW_S, 400, NULL, &error));
  assert_non_null (strstr (error->message, "another one is fetching settings"));
  assert_int_equal (fake_http_server_count_requests (fixture->server), 0);
  close (other);
  pv_bundle_state_free (pull (fixture, TRUE));
  assert_idle (fixture, 120);
}

static void
a_commune_without_a_bundle_is_no_error (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvBundleState) told = NULL;

  publish (fixture, 17, "[screen]\nidle-seconds=120\n");
  told = pull (fixture, TRUE);
  assert_int_equal (told->facts[PV_LAYER_COMMUNE].result, PV_BUNDLE_RESULT_ABSENT);
  assert_idle (fixture, 120);
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (both_layers_are_fetched_and_count_at_once, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_is_wrong_changes_nothing_and_is_told, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_counted_once_is_not_forgotten, set_up, tear_down),
    cmocka_unit_test_setup_teardown (without_the_state_the_bundle_that_counts_says_its_serial, set_up, tear_down),
    cmocka_unit_test_setup_teardown (the_bundle_of_another_commune_goes, set_up, tear_down),
    cmocka_unit_test_setup_teardown (two_that_need_each_other_come_together, set_up, tear_down),
    cmocka_unit_test_setup_teardown (without_an_address_nothing_is_fetched, set_up, tear_down),
    cmocka_unit_test_setup_teardown (two_do_not_fetch_at_the_same_time, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_commune_without_a_bundle_is_no_error, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
