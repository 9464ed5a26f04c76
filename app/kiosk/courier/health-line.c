/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/health-line.h"

#include "core/journey.h"
#include "platform/log.h"
#include "pv-link-health1.h"

#define OBJECT_PATH "/org/parvis/Health1"

struct PvHealthLine {
  PvFleet *fleet; /* (nullable), borrowed */
  PvLinkHealth1 *skeleton;
};

static gboolean
tell_cb (PvLinkHealth1 *skeleton, GDBusMethodInvocation *invocation, guchar screen, guint frame_age_ms, guint crashes,
         guchar printer, guint reason, gpointer user_data)
{
  PvHealthLine *line = user_data;
  const PvFleetScreen told = {
    .screen = (PvKioskScreen) screen,
    .frame_age_ms = frame_age_ms,
    .n_crashes = crashes,
    .printer = (PvKioskPrinter) printer,
    .printer_reason = pv_print_reason_word ((PvPrintReason) reason),
  };

  if (screen >= PV_N_KIOSK_SCREENS || printer >= PV_N_KIOSK_PRINTERS || reason > PV_PRINT_REASON_OTHER) {
    g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, "out of range");
    return TRUE;
  }
  if (line->fleet != NULL)
    pv_fleet_note_screen (line->fleet, &told);
  pv_link_health1_complete_tell (skeleton, invocation);
  return TRUE;
}

PvHealthLine *
pv_health_line_new (GDBusConnection *connection, PvFleet *fleet)
{
  PvHealthLine *line = g_new0 (PvHealthLine, 1);
  g_autoptr (GError) error = NULL;

  line->fleet = fleet;
  line->skeleton = pv_link_health1_skeleton_new ();
  g_signal_connect (line->skeleton, "handle-tell", G_CALLBACK (tell_cb), line);
  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (line->skeleton), connection, OBJECT_PATH, &error))
    pv_log_event (PV_LOG_ERROR, "health-not-served", PV_LOG_CAUSE (error));
  return line;
}

void
pv_health_line_free (PvHealthLine *line)
{
  if (line == NULL)
    return;
  g_signal_handlers_disconnect_by_data (line->skeleton, line);
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (line->skeleton));
  g_object_unref (line->skeleton);
  g_free (line);
}
