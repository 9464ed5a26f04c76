/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A document of a phone between relay and session: what the courier does with it, and what it does not. */

#include "tst.h"

#include <gio/gunixfdlist.h>
#include <string.h>
#include <unistd.h>

#include "core/drop.h"
#include "link/memfd.h"
#include "platform/http.h"
#include "rig.h"

enum { WAIT_MS = 30000, SMALL = 12 + 65536 + 16, ANSWER_BYTES = 256 * 1024 };

#define ID     "cafe112233445566778899aabbccddee"
#define CANARY "KANINCHEN-4711-STILL-ENCRYPTED"

static int
set_up (void **state)
{
  Rig *rig = rig_new (1);

  *state = rig;
  return rig != NULL && rig_start_courier (rig) && rig_connect (rig) ? 0 : -1;
}

static int
tear_down (void **state)
{
  return rig_free (*state) ? 0 : -1;
}

/* The last part of the error's name, or NULL. (transfer full) */
static char *
name_of (const GError *error)
{
  g_autofree char *name = error != NULL ? g_dbus_error_get_remote_error (error) : NULL;

  assert_true (error == NULL || g_str_has_prefix (name, "org.parvis.Error."));
  assert_true (error == NULL || strstr (error->message, ID) == NULL);
  return name != NULL ? g_strdup (name + strlen ("org.parvis.Error.")) : NULL;
}

static char *
open_place (Rig *rig, const char *id)
{
  g_autoptr (GError) error = NULL;

  pv_link_courier1_call_open_drop_sync (rig->proxy, id, G_DBUS_CALL_FLAGS_NONE, WAIT_MS, NULL, &error);
  return name_of (error);
}

static char *
close_place (Rig *rig, const char *id)
{
  g_autoptr (GError) error = NULL;

  pv_link_courier1_call_close_drop_sync (rig->proxy, id, G_DBUS_CALL_FLAGS_NONE, WAIT_MS, NULL, &error);
  return name_of (error);
}

/* @ret_sealed: (transfer full) */
static char *
take (Rig *rig, const char *id, GBytes **ret_sealed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) handle = NULL;
  g_autoptr (GUnixFDList) fds = NULL;
  int fd;

  *ret_sealed = NULL;
  if (!pv_link_courier1_call_take_drop_sync (rig->proxy, id, G_DBUS_CALL_FLAGS_NONE, WAIT_MS, NULL, &handle, &fds, NULL,
                                             &error))
    return name_of (error);
  fd = pv_memfd_take (fds, handle);
  *ret_sealed = fd >= 0 ? pv_memfd_map (fd, PV_DROP_MAX_SEALED_BYTES, NULL) : NULL;
  if (fd >= 0)
    close (fd);
  assert_non_null (*ret_sealed);
  return NULL;
}

#define ASSERT_ERROR(call, expected)                                                                                   \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *said = (call);                                                                                    \
    if (g_strcmp0 (said, (expected)) != 0)                                                                             \
      print_error ("%s: %s\n", #call, said != NULL ? said : "no error");                                               \
    assert_true (g_strcmp0 (said, (expected)) == 0);                                                                   \
  }                                                                                                                    \
  G_STMT_END

typedef struct Putting {
  PvHttpClient *client;
  guint status;
  gboolean is_done;
} Putting;

static void
put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Putting *putting = user_data;
  PvHttpResponse *response = pv_http_send_finish (putting->client, result, NULL);

  (void) source;
  putting->status = response != NULL ? pv_http_response_get_status (response) : 0;
  g_clear_pointer (&response, pv_http_response_free);
  putting->is_done = TRUE;
}

static GBytes *
new_sealed (gsize size)
{
  guint8 *data = g_malloc0 (size);

  memcpy (data, CANARY, strlen (CANARY));
  data[size - 1] = 1;
  return g_bytes_new_take (data, size);
}

/* As a phone. */
static guint
put (Rig *rig, GBytes *sealed)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/drop/" ID, rig->relay_port);
  g_autoptr (PvHttpClient) client = pv_http_client_new (NULL);
  const PvHttpRequest request = { .method = "PUT", .url = url, .body = sealed };
  Putting putting = { .client = client };

  pv_http_send_async (client, &request, NULL, put_cb, &putting);
  assert_true (tst_pump_until (NULL, &putting.is_done, WAIT_MS));
  return putting.status;
}

static void
what_a_phone_put_comes_once_and_unchanged (void **state)
{
  static const gsize sizes[] = { SMALL, PV_DROP_MAX_SEALED_BYTES };
  Rig *rig = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GBytes) sealed = new_sealed (sizes[i]), taken = NULL, nothing = NULL;

    ASSERT_ERROR (open_place (rig, ID), NULL);
    ASSERT_ERROR (open_place (rig, ID), "Gone");
    ASSERT_ERROR (take (rig, ID, &nothing), "NotFound");
    assert_int_equal (put (rig, sealed), 204);
    ASSERT_ERROR (take (rig, ID, &taken), NULL);
    assert_true (g_bytes_equal (taken, sealed));
    ASSERT_ERROR (take (rig, ID, &nothing), "Gone");
    ASSERT_ERROR (close_place (rig, ID), NULL);
  }
}

static void
what_is_asked_wrongly_is_refused (void **state)
{
  Rig *rig = *state;
  g_autoptr (GBytes) nothing = NULL;

  ASSERT_ERROR (open_place (rig, "../relay/find"), "BadRequest");
  ASSERT_ERROR (open_place (rig, ""), "BadRequest");
  ASSERT_ERROR (take (rig, "CAFE112233445566778899AABBCCDDEE", &nothing), "BadRequest");
  ASSERT_ERROR (close_place (rig, "x"), "BadRequest");
  ASSERT_ERROR (take (rig, ID, &nothing), "Gone");
  ASSERT_ERROR (close_place (rig, ID), "Gone");
}

static void
a_relay_that_is_away_is_told_and_nothing_is_lost (void **state)
{
  Rig *rig = *state;
  g_autoptr (GBytes) sealed = new_sealed (SMALL), nothing = NULL, taken = NULL;

  ASSERT_ERROR (open_place (rig, ID), NULL);
  assert_int_equal (put (rig, sealed), 204);
  assert_true (rig_set_faults (rig, "{\"faults\": [{\"kind\": \"drop-before-store\", \"on\": \"drop\"}]}"));
  ASSERT_ERROR (take (rig, ID, &nothing), "Offline");
  assert_true (rig_set_faults (rig, "{\"faults\": []}"));
  ASSERT_ERROR (take (rig, ID, &taken), NULL);
  assert_true (g_bytes_equal (taken, sealed));
  rig_kill_demo (rig);
  ASSERT_ERROR (open_place (rig, ID), "Offline");
}

static void
a_relay_without_room_is_busy (void **state)
{
  Rig *rig = *state;

  for (guint i = 0; i < 50; i++) {
    g_autofree char *id = g_strdup_printf ("%032x", i);

    ASSERT_ERROR (open_place (rig, id), NULL);
  }
  ASSERT_ERROR (open_place (rig, ID), "Busy");
}

/* Any file below @path but those of the demo's settings. */
static gboolean
says (const char *path, const char *text)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  g_autofree char *content = NULL;
  gsize size;

  if (folder == NULL)
    return g_file_test (path, G_FILE_TEST_IS_REGULAR) && g_file_get_contents (path, &content, &size, NULL)
           && memmem (content, size, text, strlen (text)) != NULL;
  for (const char *name; (name = g_dir_read_name (folder)) != NULL;) {
    g_autofree char *inner = g_build_filename (path, name, NULL);

    if (says (inner, text)) {
      print_error ("%s\n", inner);
      return TRUE;
    }
  }
  return FALSE;
}

/* State, cache, and what the processes wrote on standard error, the demo's among them. */
static void
nothing_of_it_is_on_the_disk_or_in_a_log (void **state)
{
  Rig *rig = *state;
  g_autoptr (GBytes) sealed = new_sealed (SMALL), taken = NULL, nothing = NULL;

  ASSERT_ERROR (open_place (rig, ID), NULL);
  assert_int_equal (put (rig, sealed), 204);
  ASSERT_ERROR (take (rig, ID, &taken), NULL);
  ASSERT_ERROR (take (rig, ID, &nothing), "Gone");
  rig_kill_demo (rig);
  ASSERT_ERROR (take (rig, ID, &nothing), "Offline");
  assert_true (says (rig->folder, "Montclair")); /* files are looked at */
  assert_false (says (rig->folder, CANARY));
  assert_false (says (rig->folder, ID));
}

/* (transfer full) */
static char *
fetch (Rig *rig, const char *path)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) rig->relay_port, NULL, NULL);
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", path);
  char *answer = g_malloc0 (ANSWER_BYTES);
  gsize size;

  assert_non_null (connection);
  assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                                          strlen (request), NULL, NULL, NULL));
  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer, ANSWER_BYTES - 1, &size,
                           NULL, NULL);
  return answer;
}

/* What the demo allows its page, the relay does; no more, and no less. */
static void
the_page_of_the_demo_has_the_policy_of_the_relay (void **state)
{
  Rig *rig = *state;
  g_autofree char *config = g_build_filename (g_getenv ("PV_RELAY_CONFIG"), "nginx.conf", NULL);
  g_autofree char *shipped = NULL;
  g_autofree char *page = fetch (rig, "/d"), *none = fetch (rig, "/d/README.md");
  const char *at = strstr (page, "Content-Security-Policy: ");
  g_autofree char *policy = NULL, *expected = NULL;

  assert_true (g_str_has_prefix (page, "HTTP/1.1 200"));
  assert_true (g_str_has_prefix (none, "HTTP/1.1 404"));
  assert_non_null (at);
  at += strlen ("Content-Security-Policy: ");
  policy = g_strndup (at, strcspn (at, "\r"));
  expected = g_strdup_printf ("add_header Content-Security-Policy \"%s\" always;", policy);
  assert_true (g_file_get_contents (config, &shipped, NULL, NULL));
  assert_non_null (strstr (shipped, expected));
  assert_non_null (strstr (policy, "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"));
  assert_null (strstr (page, "Set-Cookie"));
}

static void
without_a_relay_it_is_not_offered (void **state)
{
  Rig *rig = *state;
  g_autofree char *path = g_build_filename (rig->folder, "conf", "20.conf", NULL);
  g_autofree char *key = g_build_filename (rig->folder, "access", NULL);
  g_autofree char *text = g_strdup_printf ("[portal]\nmode=direct\norigin=borne\naccess-key-file=%s\n", key);
  g_autoptr (GBytes) nothing = NULL;

  assert_true (g_file_set_contents_full (key, "1234", -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  assert_true (g_file_set_contents (path, text, -1, NULL));
  rig_kill_courier (rig);
  assert_true (rig_start_courier (rig));
  assert_true (rig_connect (rig));
  ASSERT_ERROR (open_place (rig, ID), "NotFound");
  ASSERT_ERROR (take (rig, ID, &nothing), "NotFound");
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (what_a_phone_put_comes_once_and_unchanged),
    T (what_is_asked_wrongly_is_refused),
    T (a_relay_that_is_away_is_told_and_nothing_is_lost),
    T (a_relay_without_room_is_busy),
    T (nothing_of_it_is_on_the_disk_or_in_a_log),
    T (the_page_of_the_demo_has_the_policy_of_the_relay),
    T (without_a_relay_it_is_not_offered),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
