/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/supervisor/teller.h"

#include "link/peer.h"
#include "platform/log.h"

struct PvTeller {
  char *socket_path;
  guint time_scale;
  GQueue waiting; /* (element-type utf8): names; the head is being told */
  guint n_tries;  /* of the head */
  gboolean is_busy;
  GSource *pause; /* (nullable) */
  GDBusConnection *connection;
  GCancellable *cancellable;
  PvTellerIdle idle;
  gpointer user_data;
};

static void run (PvTeller *teller);

PvTeller *
pv_teller_new (const char *socket_path, guint time_scale, PvTellerIdle idle, gpointer user_data)
{
  PvTeller *teller = g_new0 (PvTeller, 1);

  teller->socket_path = g_strdup (socket_path);
  teller->time_scale = time_scale;
  g_queue_init (&teller->waiting);
  teller->cancellable = g_cancellable_new ();
  teller->idle = idle;
  teller->user_data = user_data;
  return teller;
}

static void
end_pause (PvTeller *teller)
{
  if (teller->pause == NULL)
    return;
  g_source_destroy (teller->pause);
  g_clear_pointer (&teller->pause, g_source_unref);
}

static void
hang_up (PvTeller *teller)
{
  if (teller->connection != NULL)
    g_dbus_connection_close (teller->connection, NULL, NULL, NULL);
  g_clear_object (&teller->connection);
}

void
pv_teller_free (PvTeller *teller)
{
  if (teller == NULL)
    return;
  g_cancellable_cancel (teller->cancellable);
  g_object_unref (teller->cancellable);
  end_pause (teller);
  hang_up (teller);
  g_queue_clear_full (&teller->waiting, g_free);
  g_free (teller->socket_path);
  g_free (teller);
}

static gboolean
pause_cb (gpointer user_data)
{
  PvTeller *teller = user_data;

  end_pause (teller);
  run (teller);
  return G_SOURCE_REMOVE;
}

static void
pass_on (PvTeller *teller)
{
  g_free (g_queue_pop_head (&teller->waiting));
  teller->n_tries = 0;
  run (teller);
  if (g_queue_is_empty (&teller->waiting))
    teller->idle (teller->user_data);
}

static void
try_later (PvTeller *teller, const GError *cause)
{
  guint pause_ms = PV_TELLER_PAUSE_MS;

  hang_up (teller);
  if (++teller->n_tries >= PV_TELLER_MAX_TRIES) {
    pv_log_event (PV_LOG_ERROR, "printer-not-told", PV_LOG_CAUSE (cause));
    pass_on (teller);
    return;
  }
  if (teller->n_tries == 1)
    pv_log_event (PV_LOG_WARNING, "printer-away", PV_LOG_CAUSE (cause));
  for (guint i = 1; i < teller->n_tries && pause_ms < PV_TELLER_MAX_PAUSE_MS; i++)
    pause_ms *= 2;
  teller->pause = g_timeout_source_new (MIN (pause_ms, PV_TELLER_MAX_PAUSE_MS) / teller->time_scale);
  g_source_set_callback (teller->pause, pause_cb, teller, NULL);
  g_source_attach (teller->pause, g_main_context_get_thread_default ());
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  PvTeller *teller = user_data;
  gboolean is_clean = FALSE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  teller->is_busy = FALSE;
  if (answer == NULL) {
    try_later (teller, error);
    return;
  }
  g_variant_get (answer, "(b)", &is_clean);
  if (!is_clean)
    pv_log_event (PV_LOG_ERROR, "printer-not-clean");
  pass_on (teller);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = pv_peer_connect_finish (result, &error);
  PvTeller *teller = user_data;

  (void) source;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  teller->is_busy = FALSE;
  if (connection == NULL) {
    try_later (teller, error);
    return;
  }
  teller->connection = connection;
  run (teller);
}

static void
run (PvTeller *teller)
{
  if (teller->is_busy || teller->pause != NULL || g_queue_is_empty (&teller->waiting))
    return;
  teller->is_busy = TRUE;
  if (teller->connection != NULL && g_dbus_connection_is_closed (teller->connection))
    g_clear_object (&teller->connection);
  if (teller->connection == NULL)
    pv_peer_connect_async (teller->socket_path, PV_TELLER_CONNECT_MS, teller->cancellable, connected_cb, teller);
  else
    g_dbus_connection_call (teller->connection, NULL, "/org/parvis/Printer1", "org.parvis.Printer1", "SessionEnded",
                            g_variant_new ("(s)", g_queue_peek_head (&teller->waiting)), G_VARIANT_TYPE ("(b)"),
                            G_DBUS_CALL_FLAGS_NONE, PV_TELLER_CALL_MS, teller->cancellable, told_cb, teller);
}

void
pv_teller_aim (PvTeller *teller, const char *socket_path)
{
  if (g_strcmp0 (teller->socket_path, socket_path) == 0)
    return;
  g_free (teller->socket_path);
  teller->socket_path = g_strdup (socket_path);
  if (!teller->is_busy)
    hang_up (teller);
}

void
pv_teller_tell (PvTeller *teller, const char *session)
{
  if (g_queue_get_length (&teller->waiting) >= PV_TELLER_MAX_WAITING) {
    pv_log_event (PV_LOG_ERROR, "printer-not-told");
    return;
  }
  g_queue_push_tail (&teller->waiting, g_strdup (session));
  run (teller);
}

gboolean
pv_teller_is_idle (const PvTeller *teller)
{
  return g_queue_is_empty ((GQueue *) &teller->waiting);
}
