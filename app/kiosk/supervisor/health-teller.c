/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/supervisor/health-teller.h"

#include "core/journey.h"
#include "link/peer.h"

/* One of the two services. */
typedef struct Line {
  PvHealthTeller *teller;
  char *path;                  /* (nullable) */
  GDBusConnection *connection; /* (nullable) */
  void (*call) (PvHealthTeller *teller);
  void (*failed) (PvHealthTeller *teller);
} Line;

struct PvHealthTeller {
  Line courier, printer;
  guint time_scale;
  PvHealthTellerLook look;
  gpointer user_data;
  GCancellable *cancellable;
  GSource *timer; /* (nullable) */
  gboolean is_busy, is_hurried;
  PvKioskPrinter health;
  guint reason;
};

static void begin (PvHealthTeller *teller);

static void
end_timer (PvHealthTeller *teller)
{
  if (teller->timer == NULL)
    return;
  g_source_destroy (teller->timer);
  g_clear_pointer (&teller->timer, g_source_unref);
}

static gboolean
timer_cb (gpointer user_data)
{
  PvHealthTeller *teller = user_data;

  end_timer (teller);
  begin (teller);
  return G_SOURCE_REMOVE;
}

static void
set_timer (PvHealthTeller *teller, guint ms)
{
  end_timer (teller);
  teller->timer = g_timeout_source_new (ms);
  g_source_set_callback (teller->timer, timer_cb, teller, NULL);
  g_source_attach (teller->timer, g_main_context_get_thread_default ());
}

/* A round is over. */
static void
finish (PvHealthTeller *teller)
{
  teller->is_busy = FALSE;
  set_timer (teller, teller->is_hurried ? 0 : PV_HEALTH_TELLER_MS / teller->time_scale);
  teller->is_hurried = FALSE;
}

static void
hang_up (Line *line)
{
  if (line->connection != NULL)
    g_dbus_connection_close (line->connection, NULL, NULL, NULL);
  g_clear_object (&line->connection);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = pv_peer_connect_finish (result, &error);
  Line *line = user_data;

  (void) source;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  line->connection = connection;
  if (connection != NULL)
    line->call (line->teller);
  else
    line->failed (line->teller);
}

/* Calls, over a connection that is made if there is none. */
static void
reach (Line *line)
{
  if (line->connection != NULL && g_dbus_connection_is_closed (line->connection))
    g_clear_object (&line->connection);
  if (line->connection != NULL)
    line->call (line->teller);
  else
    pv_peer_connect_async (line->path, PV_HEALTH_TELLER_CALL_MS, line->teller->cancellable, connected_cb, line);
}

/* ---- the courier ---- */

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  PvHealthTeller *teller = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (answer == NULL)
    hang_up (&teller->courier);
  finish (teller);
}

static void
tell_courier (PvHealthTeller *teller)
{
  PvHealthTellerFacts facts = teller->look (teller->user_data);

  g_dbus_connection_call (teller->courier.connection, NULL, "/org/parvis/Health1", "org.parvis.Health1", "Tell",
                          g_variant_new ("(yuuyu)", (guchar) facts.screen, facts.frame_age_ms, facts.n_crashes,
                                         (guchar) teller->health, teller->reason),
                          NULL, G_DBUS_CALL_FLAGS_NONE, PV_HEALTH_TELLER_CALL_MS, teller->cancellable, told_cb, teller);
}

/* ---- the printer service ---- */

/* One that prints for somebody is ready: when paper comes out is nothing to tell. */
static PvKioskPrinter
judge (gboolean is_available, guint reason)
{
  if (reason == PV_PRINT_REASON_BUSY)
    return PV_KIOSK_PRINTER_READY;
  if (!is_available)
    return PV_KIOSK_PRINTER_OUT;
  return reason == PV_PRINT_REASON_NONE ? PV_KIOSK_PRINTER_READY : PV_KIOSK_PRINTER_CARE;
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) properties = NULL;
  PvHealthTeller *teller = user_data;
  gboolean is_available = FALSE;
  guint reason = PV_PRINT_REASON_NONE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (answer == NULL)
    hang_up (&teller->printer);
  else {
    g_variant_get (answer, "(@a{sv})", &properties);
    if (g_variant_lookup (properties, "IsAvailable", "b", &is_available)
        && g_variant_lookup (properties, "Reason", "u", &reason)) {
      teller->reason = MIN (reason, PV_PRINT_REASON_OTHER);
      teller->health = judge (is_available, teller->reason);
    }
  }
  reach (&teller->courier);
}

static void
ask_printer (PvHealthTeller *teller)
{
  g_dbus_connection_call (teller->printer.connection, NULL, "/org/parvis/Printer1", "org.freedesktop.DBus.Properties",
                          "GetAll", g_variant_new ("(s)", "org.parvis.Printer1"), G_VARIANT_TYPE ("(a{sv})"),
                          G_DBUS_CALL_FLAGS_NONE, PV_HEALTH_TELLER_CALL_MS, teller->cancellable, asked_cb, teller);
}

static void
printer_away (PvHealthTeller *teller)
{
  reach (&teller->courier);
}

static void
begin (PvHealthTeller *teller)
{
  if (teller->is_busy || teller->courier.path == NULL)
    return;
  teller->is_busy = TRUE;
  teller->health = teller->printer.path != NULL ? PV_KIOSK_PRINTER_UNKNOWN : PV_KIOSK_PRINTER_NONE;
  teller->reason = PV_PRINT_REASON_NONE;
  reach (teller->printer.path != NULL ? &teller->printer : &teller->courier);
}

PvHealthTeller *
pv_health_teller_new (guint time_scale, PvHealthTellerLook look, gpointer user_data)
{
  PvHealthTeller *teller = g_new0 (PvHealthTeller, 1);

  teller->courier = (Line){ .teller = teller, .call = tell_courier, .failed = finish };
  teller->printer = (Line){ .teller = teller, .call = ask_printer, .failed = printer_away };
  teller->time_scale = MAX (time_scale, 1);
  teller->look = look;
  teller->user_data = user_data;
  teller->cancellable = g_cancellable_new ();
  return teller;
}

/* What is under way is not heard any more. */
static void
stop (PvHealthTeller *teller)
{
  g_cancellable_cancel (teller->cancellable);
  g_clear_object (&teller->cancellable);
  end_timer (teller);
  hang_up (&teller->courier);
  hang_up (&teller->printer);
  teller->is_busy = FALSE;
}

void
pv_health_teller_free (PvHealthTeller *teller)
{
  if (teller == NULL)
    return;
  stop (teller);
  g_free (teller->courier.path);
  g_free (teller->printer.path);
  g_free (teller);
}

void
pv_health_teller_aim (PvHealthTeller *teller, const char *courier_path, const char *printer_path)
{
  if (g_strcmp0 (teller->courier.path, courier_path) == 0 && g_strcmp0 (teller->printer.path, printer_path) == 0)
    return;
  stop (teller);
  teller->cancellable = g_cancellable_new ();
  g_free (teller->courier.path);
  g_free (teller->printer.path);
  teller->courier.path = g_strdup (courier_path);
  teller->printer.path = g_strdup (printer_path);
  if (courier_path != NULL)
    set_timer (teller, 0);
}

void
pv_health_teller_hurry (PvHealthTeller *teller)
{
  teller->is_hurried = teller->is_busy;
  if (!teller->is_busy && teller->courier.path != NULL)
    set_timer (teller, 0);
}
