/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl doctor as a program: on a prepared machine, with a portal whose clock is wrong, and where nothing answers. */

#include "tst.h"

#include <arpa/inet.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ctl/doctor-slot.h"
#include "platform/json.h"

enum { WHOLE_RUN_S = 20 };

static char *folder;

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
write_bytes (const char *name, const void *bytes, gsize size)
{
  g_autofree char *path = path_of (name), *dir = g_path_get_dirname (path);

  assert_int_equal (g_mkdir_with_parents (dir, 0755), 0);
  assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
}

static void
write_file (const char *name, const char *text)
{
  write_bytes (name, text, strlen (text));
}

static void
mask (const char *unit)
{
  g_autofree char *name = g_strconcat ("root/usr/lib/systemd/system/", unit, NULL);
  g_autofree char *link = g_strdup_printf ("%s/root/etc/systemd/system/%s", folder, unit);
  g_autofree char *dir = g_path_get_dirname (link);

  write_file (name, "[Unit]\n");
  g_mkdir_with_parents (dir, 0755);
  assert_int_equal (symlink ("/dev/null", link), 0);
}

/* A kiosk as it should be, as far as files tell. */
static void
prepare_root (void)
{
  guint8 edid[128] = { 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, [21] = 53, [22] = 30 };

  write_file ("root/sys/class/drm/card0-DP-1/status", "disconnected\n");
  write_file ("root/sys/class/drm/card0-HDMI-A-1/status", "connected\n");
  write_file ("root/sys/class/drm/card0-HDMI-A-1/modes", "1920x1080\n1280x720\n");
  write_bytes ("root/sys/class/drm/card0-HDMI-A-1/edid", edid, sizeof edid);
  write_file ("root/proc/bus/input/devices", "N: Name=\"ILITEK Touch\"\nB: PROP=2\nB: ABS=3\n\n");
  write_file ("root/proc/sys/kernel/sysrq", "0\n");
  write_file ("root/proc/sys/kernel/core_pattern", "|/bin/false\n");
  write_file ("root/proc/swaps", "Filename\tType\tSize\tUsed\tPriority\n");
  write_file ("root/proc/cmdline", "quiet rd.shell=0 rd.emergency=reboot sysctl.kernel.sysrq=0\n");
  mask ("getty@.service");
  mask ("ctrl-alt-del.target");
  write_file ("root/usr/share/glib-2.0/schemas/99_parvis-kiosk.gschema.override", "[x]\n");
  write_file ("root/usr/share/glib-2.0/schemas/gschemas.compiled", "compiled");
  write_file ("root/usr/sbin/usbguard-daemon", "");
  write_file ("root/etc/usbguard/rules.conf", "reject\n");
  write_file ("root/etc/systemd/system/multi-user.target.wants/parvis-firewall.service", "");
  write_file ("root/usr/lib/systemd/journald.conf.d/90-parvis-kiosk.conf", "[Journal]\nStorage=volatile\n");
}

static void
write_settings (guint portal, guint other)
{
  g_autofree char *text = g_strdup_printf (
    "[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:%u\n[paths]\nstate=%s/state\nruntime=%s\ncache=%s\n"
    "[screen]\ndiagonal-mm=609\n[card]\nenabled=false\n[printer]\nuri=ipp://127.0.0.1:%u/ipp/print\n"
    "[assist]\nenabled=true\nbroker-host=127.0.0.1\nbroker-port=%u\nca-file=%s/ca.pem\nclient-cert-file=%s/none.pem\n"
    "client-key-file=%s/none.key\ncertificate-file=%s/none\nkey-file=%s/none\n",
    portal, folder, folder, folder, other, other, folder, folder, folder, folder, folder);

  write_file ("conf/10.conf", text);
  write_file ("ca.pem", "");
}

static int
set_up (void **state)
{
  (void) state;
  folder = g_dir_make_tmp ("pv-ctl-doctor-XXXXXX", NULL);
  prepare_root ();
  write_settings (1, 1);
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  tst_remove_folder (folder);
  g_clear_pointer (&folder, g_free);
  return 0;
}

/* The document that it writes. (transfer full) */
static PvJson *
run (const char *checks, int status)
{
  g_autofree char *line =
    g_strdup_printf ("%s --config %s/conf doctor --json --root %s/root%s%s", g_getenv ("PV_CTL_PROGRAM"), folder,
                     folder, *checks != '\0' ? " " : "", checks);
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);
  g_autoptr (GSubprocess) process =
    g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  g_autofree char *text = NULL;
  PvJson *document;

  assert_non_null (process);
  assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, NULL));
  if (g_subprocess_get_exit_status (process) != status)
    fail_msg ("%s: status %d, and it said: %s", checks, g_subprocess_get_exit_status (process), text);
  document = pv_json_parse (text, strlen (text), NULL);
  assert_non_null (document);
  return document;
}

/* "ok: HDMI-A-1: 1920x1080, 24 inches|...", all findings of a check. (transfer full) */
static char *
get_findings (const PvJson *document, const char *id)
{
  g_autoptr (PvJson) checks = pv_json_get_member (document, "checks");
  GString *said = g_string_new (NULL);

  for (gsize i = 0; i < pv_json_get_length (checks); i++) {
    g_autoptr (PvJson) check = pv_json_get_item (checks, i), findings = pv_json_get_member (check, "findings");
    g_autofree char *own = NULL;

    assert_true (pv_json_read_text (check, "id", 40, &own, NULL));
    for (gsize k = 0; k < pv_json_get_length (findings) && strcmp (own, id) == 0; k++) {
      g_autoptr (PvJson) finding = pv_json_get_item (findings, k);
      g_autofree char *health = NULL, *text = NULL;

      assert_true (pv_json_read_text (finding, "health", 40, &health, NULL));
      assert_true (pv_json_read_text (finding, "text", 4000, &text, NULL));
      g_string_append_printf (said, "%s: %s|", health, text);
    }
  }
  return g_string_free (said, FALSE);
}

static void
assert_finding (const PvJson *document, const char *id, const char *words)
{
  g_autofree char *said = get_findings (document, id);

  if (strstr (said, words) == NULL)
    fail_msg ("%s: expected \"%s\", it said: %s", id, words, said);
}

static void
a_machine_as_it_should_be_is_well (void **state)
{
  g_autoptr (PvJson) document = run ("screen touch lock-down", 0);

  (void) state;
  assert_finding (document, "screen", "ok: HDMI-A-1: 1920x1080, 24 inches|");
  assert_finding (document, "touch", "ok: ILITEK Touch|");
  assert_finding (document, "lock-down", "ok: keys, consoles");
}

static void
each_hole_is_found_in_the_files_of_the_machine (void **state)
{
  static const struct {
    const char *remove, *write, *text, *words;
  } rows[] = {
    { "root/etc/systemd/system/getty@.service", NULL, NULL, "wrong: these could start, and must not: getty@.service|" },
    { NULL, "root/proc/sys/kernel/sysrq", "438\n", "wrong: a keyboard can restart" },
    { NULL, "root/proc/cmdline", "quiet\n", "wrong: the boot line lacks: rd.shell=0" },
    { "root/usr/share/glib-2.0/schemas/gschemas.compiled", NULL, NULL, "wrong: a keyboard can open the inspector" },
    { NULL, "root/etc/usbguard/rules.conf", "", "wrong: any USB device" },
    { "root/etc/systemd/system/multi-user.target.wants/parvis-firewall.service", NULL, NULL, "wrong: no firewall" },
    { NULL, "root/etc/systemd/journald.conf.d/99.conf", "[Journal]\nStorage=persistent\n",
      "wrong: the journal is kept" },
    { "root/proc/swaps", NULL, NULL, "unknown: cannot be read: /proc/swaps" },
    { NULL, "root" PV_DATADIR "/lockdown/masks", "# none\n", NULL },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvJson) document = NULL;
    g_autofree char *path = rows[i].remove != NULL ? path_of (rows[i].remove) : NULL;

    tst_remove_folder (folder);
    g_free (folder);
    set_up (NULL);
    if (path != NULL) {
      g_autofree char *gone = path_of (rows[i].remove);

      assert_int_equal (unlink (gone), 0);
    }
    if (rows[i].write != NULL)
      write_file (rows[i].write, rows[i].text);
    document = run ("lock-down", rows[i].words == NULL ? 0 : g_str_has_prefix (rows[i].words, "unknown") ? 2 : 1);
    if (rows[i].words != NULL)
      assert_finding (document, "lock-down", rows[i].words);
  }
}

static void
secrets_and_certificates_of_the_settings_are_looked_at (void **state)
{
  g_autofree char *key = path_of ("outbox.key");
  g_autofree char *more = g_strdup_printf ("[outbox]\nprivate-key-file=%s\n[portal]\nca-file=%s/ca.pem\n", key, folder);
  g_autoptr (PvJson) document = NULL;

  (void) state;
  write_file ("outbox.key", "x");
  write_file ("conf/20.conf", more);
  assert_int_equal (chmod (key, 0644), 0);
  document = run ("secrets certificates", 1);
  assert_finding (document, "secrets", "wrong: [outbox] private-key-file: everybody on this machine may read");
  assert_finding (document, "certificates", "wrong: [portal] ca-file: no certificate in that file|");
}

/* Listens, takes what comes, and never says a word. */
static int
listen_mute (guint *ret_port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t size = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  assert_true (fd >= 0 && bind (fd, (struct sockaddr *) &address, sizeof address) == 0 && listen (fd, 32) == 0);
  assert_int_equal (getsockname (fd, (struct sockaddr *) &address, &size), 0);
  *ret_port = ntohs (address.sin_port);
  return fd;
}

static void
a_whole_run_ends_within_twenty_seconds_where_nothing_answers (void **state)
{
  guint portal, other;
  int first = listen_mute (&portal), second = listen_mute (&other);
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (PvJson) document = NULL, checks = NULL;
  double took_s;

  (void) state;
  write_settings (portal, other);
  document = run ("", 1);
  took_s = (double) (g_get_monotonic_time () - start_us) / G_USEC_PER_SEC;
  close (first);
  close (second);
  checks = pv_json_get_member (document, "checks");
  assert_int_equal (pv_json_get_length (checks), 16);
  /* Of each it is decided whether it makes an update go back. */
  for (gsize i = 0; i < pv_json_get_length (checks); i++) {
    g_autoptr (PvJson) check = pv_json_get_item (checks, i);
    g_autofree char *id = NULL;
    const char *row;
    guint at = 0;

    assert_true (pv_json_read_text (check, "id", 40, &id, NULL));
    while ((row = pv_doctor_slot_get_id (at)) != NULL && strcmp (row, id) != 0)
      at++;
    assert_non_null (row);
  }
  assert_finding (document, "portal", "wrong: the portal does not answer|");
  assert_finding (document, "printer", "wrong: ");
  assert_finding (document, "services", "wrong: the courier does not run|");
  print_message ("# {\"name\": \"doctor, nothing answers\", \"value\": %.1f, \"unit\": \"s\"}\n", took_s);
  if (took_s >= WHOLE_RUN_S)
    fail_msg ("it took %.1f s", took_s);
}

static void
of_an_image_only_its_own_faults_are_told (void **state)
{
  g_autofree char *conf = path_of ("conf"), *root = path_of ("root"), *said = NULL;
  const char *words[] = { g_getenv ("PV_CTL_PROGRAM"), "--config", conf, "doctor", "--slot", "--root", root, NULL };
  int status = 0;

  g_autofree char *text = g_strdup_printf ("[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:1\n[paths]\n"
                                           "state=%s/state\nruntime=%s\ncache=%s\n[card]\nenabled=false\n",
                                           folder, folder, folder);

  (void) state;
  write_file ("conf/10.conf", text);
  assert_true (g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, NULL, &status, NULL));
  assert_int_equal (WEXITSTATUS (status), 1);
  assert_non_null (strstr (said, "services: the courier does not run\n"));
  /* Nothing of the portal, nor of how old its list is; and nothing that is well. */
  assert_null (strstr (said, "portal"));
  assert_null (strstr (said, "procedures"));
  assert_null (strstr (said, "printer: "));
  assert_null (strstr (said, "screen: "));
  /* Files that are missing, whichever image runs. */
  assert_null (strstr (said, "settings: "));
}

static void
what_a_release_refuses_is_its_own_fault (void **state)
{
  static const struct {
    const char *name, *text, *words;
  } rows[] = {
    { "conf/20.conf", "[screen]\nwhat-another-release-knows=1\n", "settings: " },
    { "state/outbox/ABCDEFGHJK.filing", "of a later release",
      "settings: files of the outbox that cannot be read: 1\n" },
  };
  g_autofree char *conf = path_of ("conf"), *root = path_of ("root");
  const char *words[] = {
    g_getenv ("PV_CTL_PROGRAM"), "--config", conf, "doctor", "--slot", "--root", root, "settings", NULL
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = path_of (rows[i].name), *said = NULL;

    write_file (rows[i].name, rows[i].text);
    assert_true (g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, NULL, NULL, NULL));
    g_unlink (path);
    if (strstr (said, rows[i].words) == NULL)
      fail_msg ("row %zu: %s", i, said);
  }
}

static void
an_update_that_was_taken_back_is_told (void **state)
{
  static const struct {
    const char *refused, *confirmed;
    int status;
    const char *words;
  } rows[] = {
    { NULL, NULL, 0, "ok: not used here" },
    { NULL, "0.0.1\n", 0, "notice: release " },
    { "2026.12.1\n", NULL, 1, "wrong: version 2026.12.1 did not prove itself, and was taken back|" },
    { "2026.12.1\n", "0.0.1\n", 1, "wrong: version 2026.12.1" },
    /* Whoever wrote that, it is none. */
    { "Madame Martin\n", NULL, 0, "ok: not used here" },
    { "1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1\n", NULL, 0, "ok: not used here" },
    { "", NULL, 0, "ok: not used here" },
  };
  g_autofree char *refused = path_of ("update-refused"), *confirmed = path_of ("state/confirmed");

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvJson) document = NULL;

    g_unlink (refused);
    g_unlink (confirmed);
    if (rows[i].refused != NULL)
      write_file ("update-refused", rows[i].refused);
    if (rows[i].confirmed != NULL)
      write_file ("state/confirmed", rows[i].confirmed);
    document = run ("update", rows[i].status);
    assert_finding (document, "update", rows[i].words);
  }
}

static void
a_release_that_proved_itself_says_so (void **state)
{
  g_autofree char *conf = path_of ("conf"), *confirmed = path_of ("state/confirmed"), *text = NULL;
  const char *words[] = { g_getenv ("PV_CTL_PROGRAM"), "--config", conf, "update", "confirm", NULL };
  g_autoptr (PvJson) document = NULL;
  struct stat facts;
  int status = 1;

  (void) state;
  write_file ("state/confirmed", "0.0.1\n");
  assert_true (g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, NULL));
  assert_int_equal (status, 0);
  assert_int_equal (stat (confirmed, &facts), 0);
  assert_int_equal (facts.st_mode & 0777, 0644);
  document = run ("update", 0);
  assert_finding (document, "update", "ok: release ");
}

/* One connection, one answer, of long ago. */
static gpointer
answer_thread (gpointer data)
{
  static const char answer[] = "HTTP/1.1 200 OK\r\nDate: Mon, 01 Jan 2024 00:00:00 GMT\r\nContent-Length: 0\r\n\r\n";
  int fd = accept (GPOINTER_TO_INT (data), NULL, NULL);
  char question[4096];

  if (fd >= 0 && read (fd, question, sizeof question) > 0)
    (void) !write (fd, answer, sizeof answer - 1);
  if (fd >= 0)
    close (fd);
  return NULL;
}

static void
a_clock_that_is_not_the_portals_is_told (void **state)
{
  guint port;
  int fd = listen_mute (&port);
  GThread *thread = g_thread_new ("portal", answer_thread, GINT_TO_POINTER (fd));
  g_autoptr (PvJson) document = NULL;

  (void) state;
  write_settings (port, 1);
  document = run ("portal", 1);
  shutdown (fd, SHUT_RDWR);
  close (fd);
  g_thread_join (thread);
  assert_finding (document, "portal", "ok: the portal answers|");
  assert_finding (document, "portal", "wrong: the clock is fast by");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (a_machine_as_it_should_be_is_well, set_up, tear_down),
    cmocka_unit_test_setup_teardown (each_hole_is_found_in_the_files_of_the_machine, set_up, tear_down),
    cmocka_unit_test_setup_teardown (secrets_and_certificates_of_the_settings_are_looked_at, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_whole_run_ends_within_twenty_seconds_where_nothing_answers, set_up, tear_down),
    cmocka_unit_test_setup_teardown (of_an_image_only_its_own_faults_are_told, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_a_release_refuses_is_its_own_fault, set_up, tear_down),
    cmocka_unit_test_setup_teardown (an_update_that_was_taken_back_is_told, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_release_that_proved_itself_says_so, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_clock_that_is_not_the_portals_is_told, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
