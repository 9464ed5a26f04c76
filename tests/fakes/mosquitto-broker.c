/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mosquitto-broker.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/sealed-key.h"

enum { SECRET_BYTES = 64 };
enum { START_MS = 20 * 1000, PORT_TRIES = 10, FIRST_PORT = 10000, LAST_PORT = 30000 };

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);

  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;) {
    g_autofree char *inner = g_build_filename (path, name, NULL);

    if (g_file_test (inner, G_FILE_TEST_IS_DIR))
      remove_folder (inner);
    else
      g_remove (inner);
  }
  g_rmdir (path);
}

static char *
path_of (const Broker *broker, const char *name)
{
  return g_build_filename (broker->folder, name, NULL);
}

/* parvisctl enrol ...; what it said, or NULL after a message. */
static char *
run_enrol (const char *const *words)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *said = NULL, *complaint = NULL;
  int status = 1;

  g_ptr_array_add (argv, (gpointer) g_getenv ("PV_CTL_PROGRAM"));
  g_ptr_array_add (argv, (gpointer) "enrol");
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) words[i]);
  g_ptr_array_add (argv, NULL);
  if (g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, &complaint, &status, NULL)
      && status == 0)
    return g_steal_pointer (&said);
  g_printerr ("enrol %s: %s\n", words[0], complaint != NULL ? complaint : "cannot be started");
  return NULL;
}

static gboolean
make_root (const char *path)
{
  const char *words[] = { "root", path, "Montclair", NULL };
  g_autofree char *said = g_file_test (path, G_FILE_TEST_EXISTS) ? g_strdup ("") : run_enrol (words);

  return said != NULL;
}

static const char *
config_of (const Broker *broker)
{
  return g_getenv (broker->is_fleet ? "PV_FLEET_CONFIG" : "PV_BROKER_CONFIG");
}

/* To be added to. */
static gboolean
copy_rules (const Broker *broker, const char *name)
{
  g_autofree char *from = g_build_filename (config_of (broker), name, NULL), *text = NULL;
  g_autofree char *to = g_build_filename (broker->folder, "server", name, NULL);

  return g_file_get_contents (from, &text, NULL, NULL) && g_file_set_contents (to, text, -1, NULL);
}

static char *
copy_readers (Broker *broker)
{
  g_autofree char *root = path_of (broker, "root"), *from = path_of (broker, "reader/readers.pem"), *text = NULL,
                  *to = path_of (broker, "server/readers.pem");
  char *reader = path_of (broker, "reader");
  const char *words[] = { "reader", root, reader, NULL };
  g_autofree char *said = run_enrol (words);

  if (said != NULL && g_file_get_contents (from, &text, NULL, NULL) && g_file_set_contents (to, text, -1, NULL))
    return reader;
  g_free (reader);
  return NULL;
}

static Broker *
new_broker (gboolean is_fleet)
{
  Broker *broker = g_new0 (Broker, 1);
  g_autofree char *root = NULL, *server = NULL, *store = NULL;

  broker->is_fleet = is_fleet;
  broker->folder = g_dir_make_tmp ("pv-broker-XXXXXX", NULL);
  root = path_of (broker, "root");
  server = path_of (broker, "server");
  store = path_of (broker, "store");
  if (make_root (root)) {
    const char *words[] = { "broker", root, "127.0.0.1", server, NULL };
    g_autofree char *said = run_enrol (words);

    g_mkdir (store, 0777);
    g_chmod (store, 0777); /* whatever our mask is: it gives its rights up */
    if (said != NULL && is_fleet)
      broker->reader = copy_readers (broker);
    if (said != NULL && copy_rules (broker, "acl.kiosks")
        && copy_rules (broker, is_fleet ? "acl.readers" : "acl.mediators") && (!is_fleet || broker->reader != NULL))
      return broker;
  }
  broker_free (broker);
  return NULL;
}

Broker *
broker_new (void)
{
  return new_broker (FALSE);
}

Broker *
broker_new_fleet (void)
{
  return new_broker (TRUE);
}

void
broker_free (Broker *broker)
{
  broker_kill (broker);
  remove_folder (broker->folder);
  for (guint i = 0; i < broker->n_people; i++) {
    g_free (broker->people[i].folder);
    g_free (broker->people[i].id);
  }
  g_free (broker->reader);
  g_free (broker->folder);
  g_free (broker);
}

/* The common name, as OpenSSL's command reads it: "CN = x", and since 3.2 "CN=x". */
static char *
read_common_name (const char *certificate)
{
  const char *argv[] = { "openssl", "x509", "-in", certificate, "-noout", "-subject", NULL };
  g_autofree char *said = NULL;
  const char *name;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &said, NULL, NULL, NULL))
    return NULL;
  name = strstr (said, "CN");
  return name != NULL ? g_strndup (name + 2 + strspn (name + 2, " ="), 16) : NULL;
}

/* The sealed key, and beside it as it is, for tests that play the mediator themselves. */
static gboolean
open_key (const char *folder)
{
  g_autofree char *from = g_build_filename (folder, "mediator.key", NULL);
  g_autofree char *to = g_build_filename (folder, "assist.key", NULL);
  g_autoptr (PvSecret) secret = pv_sealed_key_read (from, SECRET_BYTES, BROKER_PASSPHRASE, NULL);
  g_autofree char *text = secret != NULL ? g_base64_encode (pv_secret_get_bytes (secret, NULL), SECRET_BYTES) : NULL;

  return text != NULL && g_file_set_contents_full (to, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
}

/* @words: as for a kiosk */
static char *
enrol_mediator (Broker *broker, const char *const *words)
{
  g_autofree char *passphrase = path_of (broker, "passphrase"), *said = NULL;
  const char *all[] = { words[0],   "--broker", "127.0.0.1", "--passphrase-file",
                        passphrase, words[1],   words[2],    words[3],
                        words[4],   words[5],   NULL };

  if (!g_file_set_contents (passphrase, BROKER_PASSPHRASE "\n", -1, NULL))
    return NULL;
  said = run_enrol (all);
  return said != NULL && open_key (words[5]) ? g_steal_pointer (&said) : NULL;
}

const BrokerPerson *
broker_enrol (Broker *broker, const char *root, const char *role, const char *communes)
{
  g_autofree char *root_path = path_of (broker, root), *certificate = NULL, *said = NULL, *acl = NULL, *old = NULL;
  BrokerPerson *person = &broker->people[broker->n_people];
  const char *lines;

  g_assert (broker->n_people < BROKER_MAX_PEOPLE);
  person->folder = g_strdup_printf ("%s/person-%u", broker->folder, broker->n_people);
  if (make_root (root_path)) {
    const char *words[] = { role, root_path, communes, "Claire M.", "Mairie", person->folder, NULL };

    said = strcmp (role, "mediator") == 0 ? enrol_mediator (broker, words) : run_enrol (words);
  }
  if (said == NULL)
    return NULL;
  broker->n_people++;
  certificate = g_build_filename (person->folder, "broker-client.pem", NULL);
  person->id = read_common_name (certificate);
  lines = strstr (said, "user ");
  acl = path_of (broker, strcmp (role, "kiosk") == 0 ? "server/acl.kiosks" : "server/acl.mediators");
  if (lines != NULL && !broker->is_fleet && g_file_get_contents (acl, &old, NULL, NULL)) {
    g_autofree char *text = g_strconcat (old, "\n", lines, NULL);

    g_file_set_contents (acl, text, -1, NULL);
  }
  return person;
}

static void
replace (char **text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (*text, from, -1);

  g_free (*text);
  *text = g_strjoinv (to, parts);
}

/* The shipped file with other paths and ports; loopback only. */
static gboolean
write_config (Broker *broker)
{
  const char *file = broker->is_fleet ? NULL : g_getenv ("PV_BROKER_FILE");
  g_autofree char *from = g_build_filename (config_of (broker), file != NULL ? file : "mosquitto.conf", NULL);
  g_autofree char *store = path_of (broker, "store/"), *to = path_of (broker, "mosquitto.conf"),
                  *server = path_of (broker, "server/"), *text = NULL;
  g_autofree char *first = g_strdup_printf ("listener %u 127.0.0.1", broker->kiosk_port);
  g_autofree char *second = g_strdup_printf ("listener %u 127.0.0.1", broker->mediator_port);

  if (!g_file_get_contents (from, &text, NULL, NULL))
    return FALSE;
  replace (&text, "/etc/parvis-broker/", server);
  replace (&text, "/etc/parvis/room/", server);
  replace (&text, "/run/credentials/parvis-room.service/room-", server);
  replace (&text, "/etc/parvis-fleet/", server);
  replace (&text, "/var/lib/parvis-fleet/", store);
  replace (&text, broker->is_fleet ? "listener 8885" : "listener 8883", first);
  replace (&text, broker->is_fleet ? "listener 8886" : "listener 8884", second);
  return g_file_set_contents (to, text, -1, NULL);
}

/* As root it gives its rights up before it reads its keys. */
static void
open_to_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_chmod (path, 0644);
  }
  g_chmod (folder, 0755);
}

static gboolean
accepts (guint port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) port, NULL, NULL);
  return connection != NULL;
}

static gboolean
start_on_ports (Broker *broker)
{
  g_autofree char *server = path_of (broker, "server"), *config = path_of (broker, "mosquitto.conf"),
                  *log = path_of (broker, "log"), *store = path_of (broker, "store");
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  const char *words[] = { "mosquitto", "-c", config, NULL };
  gint64 end = g_get_monotonic_time () + START_MS * G_TIME_SPAN_MILLISECOND;

  if (!write_config (broker))
    return FALSE;
  open_to_all (server);
  g_chmod (broker->folder, 0755);
  g_subprocess_launcher_set_stdout_file_path (launcher, log);
  g_subprocess_launcher_set_cwd (launcher, store);
  g_subprocess_launcher_set_flags (launcher, G_SUBPROCESS_FLAGS_STDERR_MERGE);
  words[0] = g_file_test ("/usr/sbin/mosquitto", G_FILE_TEST_IS_EXECUTABLE) ? "/usr/sbin/mosquitto" : "mosquitto";
  broker->process = g_subprocess_launcher_spawnv (launcher, words, NULL);
  /* Without an identifier it has ended. */
  while (broker->process != NULL && g_get_monotonic_time () < end
         && g_subprocess_get_identifier (broker->process) != NULL) {
    if (accepts (broker->kiosk_port) && accepts (broker->mediator_port))
      return TRUE;
    g_main_context_iteration (NULL, FALSE);
    g_usleep (2000);
  }
  broker_kill (broker);
  return FALSE;
}

gboolean
broker_start (Broker *broker)
{
  /* The same ports again after a kill. Below those that outgoing connections get by themselves. */
  for (guint i = 0; i < PORT_TRIES; i++) {
    gboolean is_again = broker->kiosk_port != 0;

    if (!is_again) {
      broker->kiosk_port = (guint) g_random_int_range (FIRST_PORT, LAST_PORT);
      broker->mediator_port = broker->kiosk_port + 1;
    }
    if (start_on_ports (broker))
      return TRUE;
    if (!is_again)
      broker->kiosk_port = 0;
  }
  return FALSE;
}

gboolean
broker_revoke (Broker *broker, const char *root, const BrokerPerson *person)
{
  static const char *const lists[] = { "kiosks.crl", "mediators.crl" };
  g_autofree char *root_path = path_of (broker, root), *server = path_of (broker, "server"), *said = NULL;
  const char *words[] = { "revoke", root_path, person->id, NULL };

  said = run_enrol (words);
  for (gsize i = 0; said != NULL && i < G_N_ELEMENTS (lists); i++) {
    g_autofree char *from = g_build_filename (root_path, lists[i], NULL),
                    *to = g_build_filename (server, lists[i], NULL), *text = NULL;

    if (!g_file_get_contents (from, &text, NULL, NULL) || !g_file_set_contents (to, text, -1, NULL))
      return FALSE;
  }
  open_to_all (server);
  return said != NULL;
}

void
broker_reload (Broker *broker)
{
  g_subprocess_send_signal (broker->process, SIGHUP);
}

void
broker_kill (Broker *broker)
{
  if (broker->process == NULL)
    return;
  g_subprocess_force_exit (broker->process);
  g_subprocess_wait (broker->process, NULL, NULL);
  g_clear_object (&broker->process);
}

void
broker_end (Broker *broker)
{
  g_subprocess_send_signal (broker->process, SIGTERM);
  g_subprocess_wait (broker->process, NULL, NULL);
  g_clear_object (&broker->process);
}

void
broker_freeze (Broker *broker, gboolean is_frozen)
{
  g_subprocess_send_signal (broker->process, is_frozen ? SIGSTOP : SIGCONT);
}

char *
broker_read_log (Broker *broker)
{
  g_autofree char *path = path_of (broker, "log");
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : g_strdup ("");
}

guint
broker_count_stored (Broker *broker)
{
  g_autofree char *path = path_of (broker, "store");
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

/* "socket:[INODE]" for each descriptor of the process. */
static GHashTable *
list_sockets (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "fd", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  GHashTable *sockets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;) {
    g_autofree char *link = g_build_filename (path, name, NULL);
    char *target = g_file_read_link (link, NULL);

    if (target != NULL)
      g_hash_table_add (sockets, target);
  }
  return sockets;
}

/* Of /proc/PID/net/tcp or tcp6: the fourth word is the state, 0A listens; the tenth the inode. */
static gint
count_listening (const char *pid, const char *table, GHashTable *sockets)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "net", table, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gint n = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++) {
    char state[8] = "";
    guint64 inode = 0;

    if (sscanf (lines[i], " %*s %*s %*s %7s %*s %*s %*s %*s %*s %" G_GUINT64_FORMAT, state, &inode) == 2
        && strcmp (state, "0A") == 0) {
      g_autofree char *socket = g_strdup_printf ("socket:[%" G_GUINT64_FORMAT "]", inode);

      n += g_hash_table_contains (sockets, socket) ? 1 : 0;
    }
  }
  return n;
}

gint
broker_count_doors (Broker *broker)
{
  const char *pid = g_subprocess_get_identifier (broker->process);
  g_autoptr (GHashTable) sockets = list_sockets (pid);

  if (g_hash_table_size (sockets) == 0)
    return -1;
  return count_listening (pid, "tcp", sockets) + count_listening (pid, "tcp6", sockets);
}
