/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The virtual printers of parvis-demo: their faults are switched, and their paper looked at, through its third port. */

#include <fcntl.h>
#include <libsoup/soup.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "platform/json.h"
#include "tst.h"

enum {
  START_DEADLINE_MS = 20000,
  CALL_DEADLINE_S = 20,
  ANSWER_MS = 5000,
};

typedef struct Demo {
  char *folder, *paper, *roll;
  GSubprocess *process;
  SoupSession *session;
  char *control; /* "http://127.0.0.1:N" */
} Demo;

static int
set_up (void **state)
{
  Demo *demo = g_new0 (Demo, 1);
  g_autofree char *ports = NULL;
  g_autofree char *text = NULL;
  gint64 end = g_get_monotonic_time () + START_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  demo->folder = g_dir_make_tmp ("pv-demo-XXXXXX", NULL);
  ports = g_build_filename (demo->folder, "ports", NULL);
  demo->paper = g_build_filename (demo->folder, "paper", NULL);
  demo->roll = g_build_filename (demo->folder, "roll", NULL);
  demo->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL, g_getenv ("PV_DEMO_PROGRAM"), "--state",
                                    demo->folder, "--data", g_getenv ("PV_DEMO_DATA"), "--ports-file", ports,
                                    "--printer", demo->paper, "--roll", demo->roll, NULL);
  while (demo->process != NULL && text == NULL && g_get_monotonic_time () < end)
    if (!g_file_get_contents (ports, &text, NULL, NULL))
      g_usleep (5000);
  if (text == NULL)
    return 1;
  demo->control = g_strdup_printf ("http://127.0.0.1:%d",
                                   (int) g_ascii_strtoll (strstr (text, "CONTROL=") + strlen ("CONTROL="), NULL, 10));
  demo->session = soup_session_new_with_options ("timeout", CALL_DEADLINE_S, NULL);
  *state = demo;
  return 0;
}

static int
tear_down (void **state)
{
  Demo *demo = *state;
  gboolean ended_well;

  g_subprocess_send_signal (demo->process, SIGTERM);
  ended_well = g_subprocess_wait (demo->process, NULL, NULL) && g_subprocess_get_successful (demo->process);
  g_object_unref (demo->process);
  g_object_unref (demo->session);
  tst_remove_folder (demo->folder);
  g_free (demo->folder);
  g_free (demo->paper);
  g_free (demo->roll);
  g_free (demo->control);
  g_free (demo);
  return ended_well ? 0 : 1;
}

static GBytes *
call_bytes (Demo *demo, const char *path, const char *type, const char *body, guint expected)
{
  g_autofree char *uri = g_strconcat (demo->control, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (body != NULL ? "POST" : "GET", uri);
  g_autoptr (GBytes) sent = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  GBytes *received;

  if (sent != NULL)
    soup_message_set_request_body_from_bytes (message, type, sent);
  received = soup_session_send_and_read (demo->session, message, NULL, NULL);
  assert_non_null (received);
  assert_int_equal (soup_message_get_status (message), expected);
  return received;
}

/* The answer's text; @body NULL: GET. */
static char *
call (Demo *demo, const char *path, const char *type, const char *body, guint expected)
{
  g_autoptr (GBytes) received = call_bytes (demo, path, type, body, expected);
  gsize length;
  const char *text = g_bytes_get_data (received, &length);

  return g_strndup (text, length);
}

static void
set_fault (Demo *demo, const char *printer, const char *fault)
{
  g_autofree char *body = g_strdup_printf ("{\"printer\": \"%s\", \"fault\": \"%s\"}", printer, fault);
  g_autofree char *answer = call (demo, "/demo/printers", "application/json", body, 200);
  g_autofree char *told = g_strdup_printf ("\"fault\":\"%s\"", fault);

  assert_non_null (strstr (answer, told));
}

static void
assert_control_files (Demo *demo, const char *name, const char *content)
{
  g_autofree char *control = g_build_filename (demo->paper, "control", NULL);
  g_autoptr (GDir) dir = g_dir_open (control, 0, NULL);
  guint n = 0;

  assert_non_null (dir);
  for (const char *file; (file = g_dir_read_name (dir)) != NULL; n++) {
    g_autofree char *path = g_build_filename (control, file, NULL);
    g_autofree char *text = NULL;

    assert_non_null (name);
    assert_string_equal (file, name);
    assert_true (g_file_get_contents (path, &text, NULL, NULL));
    assert_string_equal (text, content);
  }
  assert_int_equal (n, name != NULL ? 1 : 0);
}

static void
tells_the_network_printer_one_fault_at_a_time (void **state)
{
  Demo *demo = *state;

  assert_control_files (demo, NULL, NULL);
  set_fault (demo, "paper", "media-empty");
  assert_control_files (demo, "state", "media-empty");
  set_fault (demo, "paper", "cover-open");
  assert_control_files (demo, "state", "cover-open");
  set_fault (demo, "paper", "media-low");
  assert_control_files (demo, "warn", "media-low");
  set_fault (demo, "paper", "off");
  assert_control_files (demo, "off", "");
  set_fault (demo, "paper", "none");
  assert_control_files (demo, NULL, NULL);
}

typedef struct {
  char *path, *query;
  gboolean is_heard;
} Heard;

static void
heard_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Heard *heard = user_data;

  (void) server;
  (void) query;
  g_free (heard->path);
  g_free (heard->query);
  heard->path = g_strdup (path);
  heard->query = g_strdup (g_uri_get_query (soup_server_message_get_uri (message)));
  heard->is_heard = TRUE;
  soup_server_message_set_status (message, 200, NULL);
}

/* One that is left out would be empty. */
static void
assert_asks_for_every_tray (const char *query, guint sheets)
{
  g_autoptr (GHashTable) words = g_uri_parse_params (query, -1, "&", G_URI_PARAMS_NONE, NULL);
  g_autofree char *attributes = NULL;
  g_autofree char *line = NULL;
  g_auto (GStrv) ready = NULL;
  const char *at;

  assert_non_null (words);
  assert_true (g_file_get_contents (g_getenv ("PV_VIRTUAL_PRINTER_ATTRIBUTES"), &attributes, NULL, NULL));
  at = strstr (attributes, "keyword media-ready ") + strlen ("keyword media-ready ");
  line = g_strndup (at, strcspn (at, "\n"));
  ready = g_strsplit (line, ",", -1);
  assert_int_equal (g_hash_table_size (words), 3 * g_strv_length (ready));
  for (guint i = 0; ready[i] != NULL; i++) {
    g_autofree char *size = g_strdup_printf ("size%u", i), *level = g_strdup_printf ("level%u", i);
    g_autofree char *wanted = g_strdup_printf ("%u", sheets);

    assert_string_equal (g_hash_table_lookup (words, size), ready[i]);
    assert_string_equal (g_hash_table_lookup (words, level), wanted);
  }
}

/* Else it would know it only when it is to print, and nobody would be told before. */
static void
tells_the_network_printer_at_once_that_paper_lacks (void **state)
{
  static const struct {
    const char *fault;
    guint sheets;
  } cases[] = { { "media-empty", 0 }, { "media-low", 5 }, { "none", 250 } };
  Demo *demo = *state;
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autofree char *file = g_build_filename (demo->paper, "uri", NULL);
  g_autofree char *address = NULL;
  g_autoslist (GUri) uris = NULL;
  Heard heard = { 0 };

  soup_server_add_handler (server, NULL, heard_cb, &heard, NULL);
  assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (server);
  address = g_strdup_printf ("ipp://127.0.0.1:%d/ipp/print\n", g_uri_get_port (uris->data));
  assert_true (g_file_set_contents (file, address, -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    heard.is_heard = FALSE;
    set_fault (demo, "paper", cases[i].fault);
    assert_true (tst_pump_until (NULL, &heard.is_heard, ANSWER_MS));
    assert_string_equal (heard.path, "/media");
    assert_asks_for_every_tray (heard.query, cases[i].sheets);
  }
  g_unlink (file);
  soup_server_disconnect (server);
  g_free (heard.path);
  g_free (heard.query);
}

static int
exchange (Demo *demo, const guint8 *bytes, gsize length, gboolean has_answer)
{
  int fd = open (demo->roll, O_RDWR | O_NOCTTY | O_CLOEXEC);
  struct pollfd wait = { fd, POLLIN, 0 };
  guint8 answer = 0;

  assert_true (fd >= 0);
  assert_int_equal (write (fd, bytes, length), length);
  if (has_answer) {
    assert_int_equal (poll (&wait, 1, ANSWER_MS), 1);
    assert_int_equal (read (fd, &answer, 1), 1);
  }
  close (fd);
  return answer;
}

static void
tells_the_thermal_printer_too (void **state)
{
  static const guint8 why_offline[] = { 0x10, 0x04, 2 };
  Demo *demo = *state;

  assert_int_equal (exchange (demo, why_offline, sizeof why_offline, TRUE), 0x12);
  set_fault (demo, "roll", "cover-open");
  assert_int_equal (exchange (demo, why_offline, sizeof why_offline, TRUE), 0x16);
  set_fault (demo, "roll", "none");
  assert_int_equal (exchange (demo, why_offline, sizeof why_offline, TRUE), 0x12);
}

static void
assert_is_png (GBytes *picture)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (picture, &size);

  assert_true (size > 8);
  assert_memory_equal (data, "\x89PNG\r\n\x1a\n", 8);
}

static void
shows_what_was_printed_last (void **state)
{
  static const char pdf[] = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                            "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                            "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 226 400]>>endobj\n"
                            "trailer<</Root 1 0 R>>\n%%EOF\n";
  /* A line of eight dots, a cut, and a question that is answered when both are done. */
  static const guint8 sheet[] = { 0x1d, 'v', '0', 0, 1, 0, 1, 0, 0xff, 0x1d, 'V', 65, 0, 0x1d, 'r', 1 };
  Demo *demo = *state;
  g_autofree char *documents = g_build_filename (demo->paper, "documents", NULL);
  g_autofree char *file = g_build_filename (documents, "1-recu.pdf", NULL);
  static const char *const nothing[] = { "/printers/paper.png", "/printers/roll.png", "/printers/laser.png" };
  g_autofree char *before = call (demo, "/printers", NULL, NULL, 200);
  g_autofree char *shown = NULL;
  g_autoptr (GBytes) page = NULL;
  g_autoptr (GBytes) roll = NULL;

  assert_null (strstr (before, "<img"));
  for (gsize i = 0; i < G_N_ELEMENTS (nothing); i++)
    g_free (call (demo, nothing[i], NULL, NULL, 404));
  assert_int_equal (g_mkdir_with_parents (documents, 0700), 0);
  assert_true (g_file_set_contents (file, pdf, -1, NULL));
  page = call_bytes (demo, "/printers/paper.png", NULL, NULL, 200);
  assert_is_png (page);
  assert_int_equal (exchange (demo, sheet, sizeof sheet, TRUE), 0);
  roll = call_bytes (demo, "/printers/roll.png", NULL, NULL, 200);
  assert_is_png (roll);
  shown = call (demo, "/printers", NULL, NULL, 200);
  assert_non_null (strstr (shown, "src=\"/printers/paper.png\""));
  assert_non_null (strstr (shown, "src=\"/printers/roll.png\""));
}

static void
can_be_used_by_hand_on_its_page (void **state)
{
  Demo *demo = *state;
  const char *form = "application/x-www-form-urlencoded";
  g_autofree char *home = call (demo, "/", NULL, NULL, 200);
  g_autofree char *page = call (demo, "/printers", NULL, NULL, 200);
  g_autofree char *set = call (demo, "/printers", form, "printer=roll&fault=cutter", 200);
  g_autofree char *json = call (demo, "/demo/printers", NULL, NULL, 200);
  g_autofree char *wrong = call (demo, "/printers", form, "printer=paper&fault=cutter", 200);
  g_autofree char *back = call (demo, "/printers", form, "printer=roll&fault=none", 200);

  assert_non_null (strstr (home, "href=\"/printers\""));
  assert_non_null (strstr (page, "value=\"media-empty\" aria-pressed=\"false\""));
  assert_non_null (strstr (page, "parvis-escpos:"));
  assert_non_null (strstr (set, "value=\"cutter\" aria-pressed=\"true\""));
  assert_non_null (strstr (json, "\"fault\":\"cutter\""));
  assert_non_null (strstr (wrong, "role=\"alert\""));
  assert_null (strstr (back, "value=\"cutter\" aria-pressed=\"true\""));
}

static void
refuses_what_a_printer_cannot_have (void **state)
{
  static const char *const bodies[] = {
    "{\"printer\": \"paper\", \"fault\": \"cutter\"}",
    "{\"printer\": \"roll\", \"fault\": \"toner-empty\"}",
    "{\"printer\": \"laser\", \"fault\": \"none\"}",
    "{\"printer\": \"paper\"}",
    "[]",
    "no JSON",
  };
  Demo *demo = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autofree char *answer = call (demo, "/demo/printers", "application/json", bodies[i], 400);

    assert_non_null (strstr (answer, "invalid-request"));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (tells_the_network_printer_one_fault_at_a_time),
    cmocka_unit_test (tells_the_network_printer_at_once_that_paper_lacks),
    cmocka_unit_test (tells_the_thermal_printer_too),
    cmocka_unit_test (shows_what_was_printed_last),
    cmocka_unit_test (can_be_used_by_hand_on_its_page),
    cmocka_unit_test (refuses_what_a_printer_cannot_have),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
