/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-reader.h"

#include <gio/gio.h>
#include <string.h>

#define ROOT_PATH  "/org/a11y/atspi/accessible/root"
#define CACHE_PATH "/org/a11y/atspi/cache"
#define ACCESSIBLE "org.a11y.atspi.Accessible"
#define TEXT       "org.a11y.atspi.Text"

enum { CALL_MS = 10000, MAX_OBJECTS = 5000, MAX_CHARS = 100000 };

struct BusReader {
  GDBusConnection *asker, *monitor;
  GMutex lock;           /* of all that follows: the monitor hears in a thread of its own */
  GPtrArray *secrets;    /* (element-type utf8) */
  GPtrArray *heard;      /* (element-type utf8) */
  GPtrArray *texts;      /* (element-type utf8) */
  GHashTable *signalled; /* set of "name path" */
  GHashTable *met;       /* set of "role name" */
  guint n_objects, n_messages;
  GThread *thread;
  gboolean is_done;
};

typedef struct {
  BusReader *reader;
  GHashTable *known; /* set of "name path" */
  GQueue *queue;     /* of the same, owned by the set */
} Reading;

static void
listen_to (BusReader *reader, const char *words, const char *where)
{
  g_mutex_lock (&reader->lock);
  for (guint i = 0; i < reader->secrets->len; i++)
    if (strstr (words, reader->secrets->pdata[i]) != NULL)
      g_ptr_array_add (reader->heard, g_strdup_printf ("%s in %s", (char *) reader->secrets->pdata[i], where));
  g_mutex_unlock (&reader->lock);
}

static GDBusMessage *
heard_cb (GDBusConnection *connection, GDBusMessage *message, gboolean is_incoming, gpointer user_data)
{
  BusReader *reader = user_data;
  GVariant *body = g_dbus_message_get_body (message);
  const char *path = g_dbus_message_get_path (message), *sender = g_dbus_message_get_sender (message);
  const char *member = g_dbus_message_get_member (message);

  (void) connection;
  if (!is_incoming)
    return message;
  if (body != NULL) {
    g_autofree char *words = g_variant_print (body, FALSE);
    g_autofree char *where = g_strdup_printf ("a message %s", member != NULL ? member : "of reply");

    listen_to (reader, words, where);
  }
  g_mutex_lock (&reader->lock);
  reader->n_messages++;
  if (g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_SIGNAL && path != NULL && sender != NULL
      && strstr (path, "/a11y/") != NULL)
    g_hash_table_add (reader->signalled, g_strdup_printf ("%s %s", sender, path));
  g_mutex_unlock (&reader->lock);
  /* A monitor answers nobody. */
  g_object_unref (message);
  return NULL;
}

static GDBusConnection *
connect_to (const char *address)
{
  return g_dbus_connection_new_for_address_sync (
    address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL,
    NULL);
}

static char *
dup_address (void)
{
  g_autoptr (GDBusConnection) session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) reply = NULL;
  char *address = NULL;

  if (session != NULL)
    reply = g_dbus_connection_call_sync (session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", NULL,
                                         G_VARIANT_TYPE ("(s)"), G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL, NULL);
  if (reply != NULL)
    g_variant_get (reply, "(s)", &address);
  return address;
}

static gboolean
start_monitor (BusReader *reader)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
    reader->monitor, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.Monitoring",
    "BecomeMonitor", g_variant_new_parsed ("(@as [], @u 0)"), NULL, G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL, NULL);

  if (reply != NULL)
    g_dbus_connection_add_filter (reader->monitor, heard_cb, reader, NULL);
  return reply != NULL;
}

BusReader *
bus_reader_new (void)
{
  BusReader *reader = g_new0 (BusReader, 1);
  g_autofree char *address = dup_address ();

  g_mutex_init (&reader->lock);
  reader->secrets = g_ptr_array_new_with_free_func (g_free);
  reader->heard = g_ptr_array_new_with_free_func (g_free);
  reader->texts = g_ptr_array_new_with_free_func (g_free);
  reader->signalled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reader->met = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reader->asker = address != NULL ? connect_to (address) : NULL;
  reader->monitor = address != NULL ? connect_to (address) : NULL;
  if (reader->asker == NULL || reader->monitor == NULL || !start_monitor (reader)) {
    bus_reader_free (reader);
    return NULL;
  }
  return reader;
}

void
bus_reader_free (BusReader *reader)
{
  if (reader->asker != NULL)
    g_dbus_connection_close_sync (reader->asker, NULL, NULL);
  if (reader->monitor != NULL)
    g_dbus_connection_close_sync (reader->monitor, NULL, NULL);
  g_clear_object (&reader->asker);
  g_clear_object (&reader->monitor);
  g_ptr_array_unref (reader->secrets);
  g_ptr_array_unref (reader->heard);
  g_ptr_array_unref (reader->texts);
  g_hash_table_unref (reader->signalled);
  g_hash_table_unref (reader->met);
  g_mutex_clear (&reader->lock);
  g_free (reader);
}

void
bus_reader_add_secret (BusReader *reader, const char *word)
{
  g_mutex_lock (&reader->lock);
  g_ptr_array_add (reader->secrets, g_strdup (word));
  g_mutex_unlock (&reader->lock);
}

/* (nullable) (transfer full): an error is an answer, too */
static GVariant *
ask (Reading *reading, const char *name, const char *path, const char *interface, const char *method,
     GVariant *arguments)
{
  GVariant *reply = g_dbus_connection_call_sync (reading->reader->asker, name, path, interface, method, arguments, NULL,
                                                 G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_MS, NULL, NULL);

  if (reply != NULL) {
    g_autofree char *words = g_variant_print (reply, FALSE);
    g_autofree char *where = g_strdup_printf ("the reply of %s", method);

    listen_to (reading->reader, words, where);
  }
  return reply;
}

static void
add (Reading *reading, const char *name, const char *path)
{
  char *object = g_strdup_printf ("%s %s", name, path);

  if (*name == '\0' || g_str_has_suffix (path, "/null") || g_hash_table_size (reading->known) >= MAX_OBJECTS
      || g_hash_table_contains (reading->known, object)) {
    g_free (object);
    return;
  }
  g_hash_table_add (reading->known, object);
  g_queue_push_tail (reading->queue, object);
}

/* Every reference in a reply, however deep. */
static void
add_all (Reading *reading, GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE ("(so)"))) {
    const char *name, *path;

    g_variant_get (value, "(&s&o)", &name, &path);
    add (reading, name, path);
    return;
  }
  for (gsize i = 0; g_variant_is_container (value) && i < g_variant_n_children (value); i++) {
    g_autoptr (GVariant) child = g_variant_get_child_value (value, i);

    add_all (reading, child);
  }
}

static void
ask_and_follow (Reading *reading, const char *name, const char *path, const char *interface, const char *method)
{
  g_autoptr (GVariant) reply = ask (reading, name, path, interface, method, NULL);

  if (reply != NULL)
    add_all (reading, reply);
}

/* Its keys are no answer, and most of what there is. */
static gboolean
is_keyboard (const char *called)
{
  return g_str_equal (called, "Keyboard on the screen");
}

static guint
ask_role (Reading *reading, const char *name, const char *path)
{
  g_autoptr (GVariant) reply = ask (reading, name, path, ACCESSIBLE, "GetRole", NULL);
  guint role = 0;

  if (reply != NULL)
    g_variant_get (reply, "(u)", &role);
  return role;
}

static char *
ask_name (Reading *reading, const char *name, const char *path)
{
  g_autoptr (GVariant) reply =
    ask (reading, name, path, "org.freedesktop.DBus.Properties", "GetAll", g_variant_new ("(s)", ACCESSIBLE));
  g_autoptr (GVariant) all =
    reply != NULL && g_variant_n_children (reply) > 0 ? g_variant_get_child_value (reply, 0) : NULL;
  char *found = NULL;

  if (all != NULL)
    add_all (reading, all); /* its parent */
  return all != NULL && g_variant_lookup (all, "Name", "s", &found) ? found : g_strdup ("");
}

static void
read_object (Reading *reading, const char *name, const char *path)
{
  BusReader *reader = reading->reader;
  g_autofree char *called = ask_name (reading, name, path);
  g_autoptr (GVariant) text = ask (reading, name, path, TEXT, "GetText", g_variant_new ("(ii)", 0, MAX_CHARS));
  guint role = is_keyboard (called) ? 0 : ask_role (reading, name, path);

  if (!is_keyboard (called))
    ask_and_follow (reading, name, path, ACCESSIBLE, "GetChildren");
  ask_and_follow (reading, name, path, ACCESSIBLE, "GetRelationSet");
  g_mutex_lock (&reader->lock);
  reader->n_objects++;
  g_hash_table_add (reader->met, g_strdup_printf ("%u %s", role, called));
  if (text != NULL) {
    g_autofree char *words = NULL;

    g_variant_get (text, "(s)", &words);
    g_ptr_array_add (reader->texts, g_strdup_printf ("%u: %s", role, words));
  }
  g_mutex_unlock (&reader->lock);
}

static void
add_signalled (Reading *reading)
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer object;

  g_mutex_lock (&reading->reader->lock);
  g_hash_table_iter_init (&iter, reading->reader->signalled);
  while (g_hash_table_iter_next (&iter, &object, NULL))
    g_ptr_array_add (objects, g_strdup (object));
  g_hash_table_remove_all (reading->reader->signalled);
  g_mutex_unlock (&reading->reader->lock);
  for (guint i = 0; i < objects->len; i++) {
    g_auto (GStrv) parts = g_strsplit (objects->pdata[i], " ", 2);

    add (reading, parts[0], parts[1]);
  }
}

static gpointer
read_thread (gpointer user_data)
{
  BusReader *reader = user_data;
  Reading reading = { reader, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), g_queue_new () };

  add (&reading, "org.a11y.atspi.Registry", ROOT_PATH);
  add_signalled (&reading);
  for (const char *object; (object = g_queue_pop_head (reading.queue)) != NULL;) {
    g_auto (GStrv) parts = g_strsplit (object, " ", 2);

    read_object (&reading, parts[0], parts[1]);
    if (g_str_equal (parts[1], ROOT_PATH))
      ask_and_follow (&reading, parts[0], CACHE_PATH, "org.a11y.atspi.Cache", "GetItems");
    if (g_queue_is_empty (reading.queue))
      add_signalled (&reading); /* asking makes some objects, of which the bus is told */
  }
  g_queue_free (reading.queue);
  g_hash_table_unref (reading.known);
  g_mutex_lock (&reader->lock);
  reader->is_done = TRUE;
  g_mutex_unlock (&reader->lock);
  g_main_context_wakeup (NULL);
  return NULL;
}

static gboolean
is_done (BusReader *reader)
{
  gboolean done;

  g_mutex_lock (&reader->lock);
  done = reader->is_done;
  g_mutex_unlock (&reader->lock);
  return done;
}

void
bus_reader_read (BusReader *reader)
{
  g_hash_table_remove_all (reader->met);
  reader->is_done = FALSE;
  reader->thread = g_thread_new ("reader", read_thread, reader);
  while (!is_done (reader))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (g_steal_pointer (&reader->thread));
}

static GPtrArray *
steal (BusReader *reader, GPtrArray **list)
{
  GPtrArray *stolen;

  g_mutex_lock (&reader->lock);
  stolen = g_steal_pointer (list);
  *list = g_ptr_array_new_with_free_func (g_free);
  g_mutex_unlock (&reader->lock);
  return stolen;
}

GPtrArray *
bus_reader_steal_heard (BusReader *reader)
{
  return steal (reader, &reader->heard);
}

GPtrArray *
bus_reader_steal_texts (BusReader *reader)
{
  return steal (reader, &reader->texts);
}

gboolean
bus_reader_met (BusReader *reader, guint role, const char *name)
{
  g_autofree char *wanted = g_strdup_printf ("%u %s", role, name);

  return g_hash_table_contains (reader->met, wanted);
}

guint
bus_reader_count_objects (BusReader *reader)
{
  return reader->n_objects;
}

guint
bus_reader_count_messages (BusReader *reader)
{
  guint n;

  g_mutex_lock (&reader->lock);
  n = reader->n_messages;
  g_mutex_unlock (&reader->lock);
  return n;
}
