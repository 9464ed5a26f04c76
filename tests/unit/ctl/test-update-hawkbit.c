/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is fetched from a hawkBit, and what it is told, over a server that answers as one does, or as one that wishes us ill. */

#include "tst.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "http-server.h"
#include "ctl/update-ddi.h"
#include "ctl/update-hawkbit.h"
#include "platform/http.h"

enum { LARGE_BYTES = 2 * PV_HAWKBIT_PART_BYTES + 1000 };

#define BIG_NAME   "parvis_2_00112233445566778899aabbccddeeff.squashfs"
#define SMALL_NAME "SHA256SUMS"
#define SMALL_TEXT "sums\n"
#define CONTROLLER "/DEFAULT/controller/v1/kiosk-1"

typedef enum {
  WELL,
  NO_RANGES,      /* whole files, whatever is asked for */
  OTHER_BYTES,    /* of the right number */
  SHORT_PARTS,    /* fewer bytes than the header of the part says */
  OTHER_PARTS,    /* another part than was asked for */
  CUT_ONCE,       /* no answer to the second part, once */
  SENT_ELSEWHERE, /* by a redirection */
  LINKS_ELSEWHERE,
  FORBIDDEN,
  ENDLESS_POLL, /* more than a poll has */
  NO_JSON,
} Mood;

static char *folder;
static FakeHttpServer *server;
static PvSettings *settings;
static GBytes *big;
static char *big_sum, *small_sum;
static Mood mood;
static gboolean has_deployment, has_cancel, refuses_feedback;
static GPtrArray *told; /* (element-type utf8): path and body of each feedback */
static gboolean has_cut;

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static int
set_up (void **state)
{
  g_autofree char *conf = NULL, *file = NULL, *token = NULL, *text = NULL, *url = NULL;
  guint8 *bytes = g_malloc (LARGE_BYTES);

  (void) state;
  for (gsize i = 0; i < LARGE_BYTES; i++)
    bytes[i] = (guint8) (i * 7 + i / 251);
  big = g_bytes_new_take (bytes, LARGE_BYTES);
  big_sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, big);
  small_sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, SMALL_TEXT, -1);
  folder = g_dir_make_tmp ("pv-hawkbit-XXXXXX", NULL);
  server = fake_http_server_new (NULL);
  url = fake_http_server_get_url (server, "");
  conf = path_of ("conf");
  token = path_of ("token");
  file = g_build_filename (conf, "10.conf", NULL);
  g_mkdir (conf, 0700);
  text = g_strdup_printf ("[update]\nhawkbit-url=%s\nhawkbit-controller=kiosk-1\nhawkbit-token-file=%s\n", url, token);
  assert_true (g_file_set_contents (file, text, -1, NULL));
  assert_true (g_file_set_contents_full (token, "s3cret\n", -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  settings = pv_settings_load_what_is_right (conf);
  told = g_ptr_array_new_with_free_func (g_free);
  mood = WELL;
  has_deployment = TRUE;
  has_cancel = refuses_feedback = has_cut = FALSE;
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  pv_settings_free (settings);
  fake_http_server_free (server);
  tst_remove_folder (folder);
  g_ptr_array_unref (told);
  g_bytes_unref (big);
  g_free (big_sum);
  g_free (small_sum);
  g_free (folder);
  return 0;
}

/* ---- the server ---- */

static char *
link_to (const char *path)
{
  return mood == LINKS_ELSEWHERE ? g_strconcat ("http://127.0.0.2:1", path, NULL)
                                 : fake_http_server_get_url (server, path);
}

static FakeHttpStep
answer_poll (void)
{
  g_autofree char *deployment = link_to (CONTROLLER "/deploymentBase/8?c=1"),
                  *cancel = link_to (CONTROLLER "/cancelAction/11");
  g_autofree char *links = has_cancel       ? g_strdup_printf ("\"cancelAction\":{\"href\":\"%s\"}", cancel)
                           : has_deployment ? g_strdup_printf ("\"deploymentBase\":{\"href\":\"%s\"}", deployment)
                                            : g_strdup ("");
  g_autofree char *padding = mood == ENDLESS_POLL ? g_strnfill (PV_DDI_MAX_ANSWER_BYTES, ' ') : g_strdup ("");
  g_autofree char *body =
    g_strdup_printf ("{\"config\":{\"polling\":{\"sleep\":\"00:05:00\"}},%s\"_links\":{%s}}", padding, links);

  return fake_http_answer (200, NULL, "application/hal+json", mood == NO_JSON ? "<html>" : body);
}

static FakeHttpStep
answer_deployment (void)
{
  g_autofree char *first = link_to ("/files/" SMALL_NAME), *second = link_to ("/files/" BIG_NAME);
  g_autofree char *body = g_strdup_printf (
    "{\"id\":\"8\",\"deployment\":{\"download\":\"forced\",\"update\":\"forced\",\"chunks\":[{\"part\":\"os\","
    "\"version\":"
    "\"2\",\"name\":\"Parvis\",\"artifacts\":["
    "{\"filename\":\"" SMALL_NAME "\",\"size\":%zu,\"hashes\":{\"sha256\":\"%s\"},\"_links\":{\"download-http\":{"
    "\"href\":\"%s\"}}},"
    "{\"filename\":\"" BIG_NAME "\",\"size\":%d,\"hashes\":{\"sha256\":\"%s\"},\"_links\":{\"download-http\":{\"href\":"
    "\"%s\"}}}]}]}}",
    strlen (SMALL_TEXT), small_sum, first, LARGE_BYTES, big_sum, second);

  return fake_http_answer (200, NULL, "application/hal+json", body);
}

static FakeHttpStep
answer_bytes (guint status, const char *headers, const guint8 *bytes, gsize size)
{
  g_autofree char *head = g_strdup_printf (
    "HTTP/1.1 %u x\r\n%sContent-Type: application/octet-stream\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", status,
    headers, size);
  GByteArray *whole = g_byte_array_new ();

  g_byte_array_append (whole, (const guint8 *) head, (guint) strlen (head));
  g_byte_array_append (whole, bytes, (guint) size);
  return (FakeHttpStep){ .kind = FAKE_HTTP_ANSWER, .bytes = g_byte_array_free_to_bytes (whole) };
}

static FakeHttpStep
answer_file (const FakeHttpRequest *request)
{
  gboolean is_big = g_str_has_suffix (request->target, BIG_NAME);
  gsize size = is_big ? LARGE_BYTES : strlen (SMALL_TEXT), first = 0, last = 0;
  const guint8 *bytes = is_big ? g_bytes_get_data (big, NULL) : (const guint8 *) SMALL_TEXT;
  g_autofree char *range = fake_http_request_get_header (request, "range");
  g_autofree guint8 *others = NULL;
  g_autofree char *header = NULL;

  if (mood == SENT_ELSEWHERE)
    return fake_http_answer (302, "Location: http://127.0.0.2:1/\r\n", "text/plain", "");
  if (mood == NO_RANGES)
    return answer_bytes (200, "", bytes, size);
  assert_non_null (range);
  assert_int_equal (sscanf (range, "bytes=%zu-%zu", &first, &last), 2);
  assert_true (first <= last && last < size);
  if (mood == CUT_ONCE && first > 0 && !has_cut) {
    has_cut = TRUE;
    return (FakeHttpStep){ .kind = FAKE_HTTP_CLOSE_AFTER_REQUEST };
  }
  if (mood == OTHER_BYTES) {
    others = g_malloc0 (size);
    bytes = others;
  }
  header =
    g_strdup_printf ("Content-Range: bytes %zu-%zu/%zu\r\n", mood == OTHER_PARTS ? first + 1 : first, last, size);
  return answer_bytes (206, header, bytes + first, last - first + 1 - (mood == SHORT_PARTS ? 1 : 0));
}

static FakeHttpStep
handle (const FakeHttpRequest *request, gpointer user_data)
{
  g_autofree char *authorization = fake_http_request_get_header (request, "authorization");

  (void) user_data;
  if (mood == FORBIDDEN || g_strcmp0 (authorization, "TargetToken s3cret") != 0)
    return fake_http_answer (401, NULL, "text/plain", "");
  if (g_str_has_suffix (request->target, "/feedback")) {
    g_ptr_array_add (told, g_strdup_printf ("%s %.*s", request->target + strlen (CONTROLLER),
                                            (int) g_bytes_get_size (request->body),
                                            (const char *) g_bytes_get_data (request->body, NULL)));
    return fake_http_answer (refuses_feedback ? 500 : 200, NULL, "application/json", "");
  }
  if (g_str_has_prefix (request->target, "/files/"))
    return answer_file (request);
  if (strcmp (request->target, CONTROLLER) == 0)
    return answer_poll ();
  if (strcmp (request->target, CONTROLLER "/deploymentBase/8?c=1") == 0)
    return answer_deployment ();
  if (strcmp (request->target, CONTROLLER "/cancelAction/11") == 0)
    return fake_http_answer (200, NULL, "application/json", "{\"id\":\"11\",\"cancelAction\":{\"stopId\":\"8\"}}");
  return fake_http_answer (404, NULL, "text/plain", "");
}

/* ---- what is seen ---- */

static gboolean
fetch (gboolean *ret_is_there)
{
  g_autoptr (GError) error = NULL;
  gboolean is_well;

  fake_http_server_set_handler (server, handle, NULL);
  is_well = pv_update_hawkbit_fetch (settings, folder, ret_is_there, &error);
  assert_int_equal (is_well, error == NULL);
  return is_well;
}

static gboolean
has_file (const char *name)
{
  g_autofree char *path = path_of (name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
assert_files_are_there (void)
{
  g_autofree char *path = path_of ("files/" BIG_NAME), *text = NULL;
  gsize size = 0;

  assert_true (g_file_get_contents (path, &text, &size, NULL));
  assert_int_equal (size, LARGE_BYTES);
  assert_memory_equal (text, g_bytes_get_data (big, NULL), size);
  assert_true (has_file ("files/" SMALL_NAME));
  assert_false (has_file ("files/" BIG_NAME ".part"));
}

static void
assert_told (guint index, const char *path, const char *words)
{
  assert_true (told->len > index);
  if (!g_str_has_prefix (told->pdata[index], path) || strstr (told->pdata[index], words) == NULL)
    fail_msg ("%s", (const char *) told->pdata[index]);
}

static void
what_is_handed_over_is_fetched_in_parts_and_told (void **state)
{
  gboolean is_there = FALSE;

  (void) state;
  assert_true (fetch (&is_there));
  assert_true (is_there);
  assert_files_are_there ();
  assert_int_equal (told->len, 1);
  assert_told (0, "/deploymentBase/8/feedback", "\"execution\":\"proceeding\"");
}

static void
nothing_to_do_is_nothing (void **state)
{
  gboolean is_there = TRUE;

  (void) state;
  has_deployment = FALSE;
  assert_true (fetch (&is_there));
  assert_false (is_there);
  assert_int_equal (told->len, 0);
  assert_false (has_file ("files"));
}

static void
a_cut_costs_one_part (void **state)
{
  gboolean is_there = FALSE;
  guint n_before;

  (void) state;
  mood = CUT_ONCE;
  /* libcurl repeats a GET on a stale connection once by itself. */
  if (!fetch (&is_there)) {
    assert_true (has_file ("files/" BIG_NAME ".part"));
    n_before = fake_http_server_count_requests (server);
    assert_true (fetch (&is_there));
    /* Poll, deployment, two parts of three, feedback: the small file and the first part are there. */
    assert_int_equal (fake_http_server_count_requests (server) - n_before, 5);
  }
  assert_true (is_there);
  assert_files_are_there ();
}

static void
whoever_answers_otherwise_is_not_believed (void **state)
{
  static const Mood moods[] = { NO_RANGES, OTHER_BYTES,     SHORT_PARTS, OTHER_PARTS, SENT_ELSEWHERE,
                                FORBIDDEN, LINKS_ELSEWHERE, NO_JSON,     ENDLESS_POLL };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (moods); i++) {
    gboolean is_there = TRUE;

    mood = moods[i];
    if (fetch (&is_there) || is_there || has_file ("files/" BIG_NAME) || has_file ("action"))
      fail_msg ("mood %d", moods[i]);
    /* A wrong one is not kept to be gone on with. */
    if (mood == OTHER_BYTES)
      assert_false (has_file ("files/" SMALL_NAME ".part"));
  }
  assert_int_equal (told->len, 0);
}

static void
success_is_told_once_and_then_forgotten (void **state)
{
  g_autoptr (GError) error = NULL;
  gboolean is_there = FALSE;

  (void) state;
  assert_true (fetch (&is_there));
  refuses_feedback = TRUE;
  assert_false (pv_update_hawkbit_tell (settings, folder, TRUE, "version 2 runs", &error));
  assert_non_null (error);
  assert_true (has_file ("action"));
  refuses_feedback = FALSE;
  assert_true (pv_update_hawkbit_tell (settings, folder, TRUE, "version 2 runs", NULL));
  assert_false (has_file ("action"));
  assert_int_equal (told->len, 3);
  assert_told (2, "/deploymentBase/8/feedback", "\"execution\":\"closed\",\"result\":{\"finished\":\"success\"}");
  assert_true (pv_update_hawkbit_tell (settings, folder, TRUE, "again", NULL));
  assert_int_equal (told->len, 3);
}

static void
a_failure_is_told_as_one (void **state)
{
  gboolean is_there = FALSE;

  (void) state;
  assert_true (fetch (&is_there));
  assert_true (pv_update_hawkbit_tell (settings, folder, FALSE, "version 2 did not prove itself", NULL));
  assert_told (1, "/deploymentBase/8/feedback", "\"finished\":\"failure\"");
}

static void
what_is_installed_is_not_fetched_again (void **state)
{
  g_autofree char *version = path_of (PV_HAWKBIT_VERSION_FILE);
  gboolean is_there = FALSE;
  guint n_before;

  (void) state;
  assert_true (fetch (&is_there));
  assert_true (g_file_set_contents (version, "2\n", -1, NULL));
  n_before = fake_http_server_count_requests (server);
  assert_true (fetch (&is_there));
  assert_false (is_there);
  assert_int_equal (fake_http_server_count_requests (server) - n_before, 2);
}

static void
what_is_taken_back_is_given_up_unless_it_is_installed (void **state)
{
  g_autofree char *version = path_of (PV_HAWKBIT_VERSION_FILE);
  gboolean is_there = FALSE;

  (void) state;
  assert_true (fetch (&is_there));
  has_cancel = TRUE;
  assert_true (fetch (&is_there));
  assert_false (is_there);
  assert_told (1, "/cancelAction/11/feedback", "\"execution\":\"closed\"");
  assert_false (has_file ("action"));
  assert_false (has_file ("files/" BIG_NAME));
  has_cancel = FALSE;
  assert_true (fetch (&is_there));
  assert_true (g_file_set_contents (version, "2\n", -1, NULL));
  has_cancel = TRUE;
  assert_true (fetch (&is_there));
  assert_told (3, "/cancelAction/11/feedback", "\"execution\":\"rejected\"");
  assert_true (has_file ("action"));
}

static void
files_of_another_action_go (void **state)
{
  g_autofree char *files = path_of ("files"), *old = path_of ("files/parvis_1.efi");
  gboolean is_there = FALSE;

  (void) state;
  assert_int_equal (g_mkdir (files, 0700), 0);
  assert_true (g_file_set_contents (old, "old", -1, NULL));
  assert_true (fetch (&is_there));
  assert_false (has_file ("files/parvis_1.efi"));
}

int
main (void)
{
#define WITH_SERVER(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    WITH_SERVER (what_is_handed_over_is_fetched_in_parts_and_told),
    WITH_SERVER (nothing_to_do_is_nothing),
    WITH_SERVER (a_cut_costs_one_part),
    WITH_SERVER (whoever_answers_otherwise_is_not_believed),
    WITH_SERVER (success_is_told_once_and_then_forgotten),
    WITH_SERVER (a_failure_is_told_as_one),
    WITH_SERVER (what_is_installed_is_not_fetched_again),
    WITH_SERVER (what_is_taken_back_is_given_up_unless_it_is_installed),
    WITH_SERVER (files_of_another_action_go),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
