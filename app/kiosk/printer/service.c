/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/printer/service.h"

#include "link/memfd.h"
#include "link/peer.h"
#include "platform/log.h"
#include "print/media.h"

#include "pv-link-printer1.h"

#include <gio/gunixfdlist.h>
#include <unistd.h>

#define OBJECT_PATH "/org/parvis/Printer1"
#define INTERFACE   "org.parvis.Printer1"
#define ERROR_NAME  "org.parvis.Error."

static const char *const state_words[] = {
  [PV_PRINT_PREPARING] = "preparing", [PV_PRINT_SENDING] = "sending", [PV_PRINT_PRINTING] = "printing",
  [PV_PRINT_ATTENTION] = "attention", [PV_PRINT_DONE] = "done",       [PV_PRINT_FAILED] = "failed",
  [PV_PRINT_UNKNOWN] = "unknown",
};

struct PvPrinterService {
  /* owned */
  PvPeerServer *server;
  PvLinkPrinter1 *skeleton; /* exported to every peer */
  PvPrinter *printer;
  GDBusConnection *owner; /* (nullable): of the session that prints */
  /* handles */
  gulong owner_closed_id;
};

static void
forget_owner (PvPrinterService *self)
{
  if (self->owner == NULL)
    return;
  g_signal_handler_disconnect (self->owner, self->owner_closed_id);
  g_clear_object (&self->owner);
}

/* Returns: is_clean */
static gboolean
finish_session (GAsyncResult *result)
{
  gboolean is_clean = pv_printer_end_session_finish (result);

  if (!is_clean)
    pv_log_event (PV_LOG_WARNING, "not-clean");
  return is_clean;
}

static void
swept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void) source;
  (void) user_data;
  finish_session (result);
}

/* A session that crashed: the supervisor tells it too, but may be the one that crashed. */
static void
owner_closed_cb (GDBusConnection *connection, gboolean is_remote, GError *error, gpointer user_data)
{
  PvPrinterService *self = user_data;
  const char *session = pv_printer_get_session (self->printer);

  (void) connection;
  (void) is_remote;
  (void) error;
  forget_owner (self);
  if (session != NULL)
    pv_printer_end_session_async (self->printer, session, swept_cb, NULL);
}

static void
set_owner (PvPrinterService *self, GDBusConnection *connection)
{
  if (self->owner == connection)
    return;
  forget_owner (self);
  self->owner = g_object_ref (connection);
  self->owner_closed_id = g_signal_connect (connection, "closed", G_CALLBACK (owner_closed_cb), self);
}

static void
changed_cb (gpointer user_data)
{
  PvPrinterService *self = user_data;
  gboolean is_available = pv_printer_is_available (self->printer);
  PvPrintReason reason = pv_printer_get_reason (self->printer);

  pv_link_printer1_set_longest (self->skeleton, pv_printer_get_longest_mm (self->printer));
  pv_link_printer1_set_is_available (self->skeleton, is_available);
  pv_link_printer1_set_reason (self->skeleton, reason);
  pv_log_event (is_available ? PV_LOG_INFO : PV_LOG_WARNING, "printer", PV_LOG_INT ("available", is_available),
                PV_LOG_WORD ("reason", pv_print_reason_word (reason)));
}

/* To the session that prints and to nobody else. */
static void
job_state_cb (guint job, PvPrintState state, PvPrintReason reason, gpointer user_data)
{
  PvPrinterService *self = user_data;

  if (state >= PV_PRINT_ATTENTION)
    pv_log_event (state == PV_PRINT_DONE ? PV_LOG_INFO : PV_LOG_WARNING, "job", PV_LOG_INT ("job", job),
                  PV_LOG_WORD ("state", state_words[state]), PV_LOG_WORD ("reason", pv_print_reason_word (reason)));
  if (self->owner != NULL)
    g_dbus_connection_emit_signal (self->owner, NULL, OBJECT_PATH, INTERFACE, "JobState",
                                   g_variant_new ("(uuu)", job, state, reason), NULL);
}

static void
refuse (GDBusMethodInvocation *invocation, const char *name)
{
  g_autofree char *error = g_strconcat (ERROR_NAME, name, NULL);

  g_dbus_method_invocation_return_dbus_error (invocation, error, "refused");
}

static const char *
get_error_name (const GError *error)
{
  if (error->domain != PV_PRINTER_ERROR)
    return "Offline";
  switch ((PvPrinterError) error->code) {
  case PV_PRINTER_ERROR_BUSY:
    return "Busy";
  case PV_PRINTER_ERROR_FULL:
    return "Full";
  case PV_PRINTER_ERROR_DENIED:
    return "BadRequest";
  case PV_PRINTER_ERROR_OFFLINE:
    break;
  }
  return "Offline";
}

static gboolean
print_cb (PvLinkPrinter1 *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds, const char *session,
          const char *language, GVariant *pdf, gpointer user_data)
{
  PvPrinterService *self = user_data;
  int fd = pv_memfd_take (fds, pdf);
  /* Only to see that it is sealed and small enough; the child reads it. */
  g_autoptr (GBytes) document = fd >= 0 ? pv_memfd_map (fd, PV_PDF_MAX_BYTES, NULL) : NULL;
  g_autoptr (GError) error = NULL;
  guint job;

  if (document == NULL)
    refuse (invocation, "BadRequest");
  else if (!pv_printer_print (self->printer, session, language, fd, &job, &error))
    refuse (invocation, get_error_name (error));
  else {
    set_owner (self, g_dbus_method_invocation_get_connection (invocation));
    pv_link_printer1_complete_print (skeleton, invocation, NULL, job);
  }
  if (fd >= 0)
    close (fd);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
session_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void) source;
  pv_link_printer1_complete_session_ended (NULL, user_data, finish_session (result));
}

static gboolean
end_session_cb (PvLinkPrinter1 *skeleton, GDBusMethodInvocation *invocation, const char *session, gpointer user_data)
{
  PvPrinterService *self = user_data;

  (void) skeleton;
  pv_printer_end_session_async (self->printer, session, session_ended_cb, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
connected_cb (GDBusConnection *connection, gpointer user_data)
{
  PvPrinterService *self = user_data;

  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection, OBJECT_PATH, NULL);
}

PvPrinterService *
pv_printer_service_new (const char *socket, const char *session_user, const char *media,
                        const char *const *child_arguments, GError **error)
{
  static const PvPrinterEvents events = { changed_cb, job_state_cb };
  PvPrinterService *self = g_new0 (PvPrinterService, 1);

  self->skeleton = pv_link_printer1_skeleton_new ();
  pv_link_printer1_set_media (self->skeleton, media);
  g_signal_connect (self->skeleton, "handle-print", G_CALLBACK (print_cb), self);
  g_signal_connect (self->skeleton, "handle-session-ended", G_CALLBACK (end_session_cb), self);
  self->printer = pv_printer_new (child_arguments, &events, self);
  pv_link_printer1_set_reason (self->skeleton, pv_printer_get_reason (self->printer));
  self->server = pv_peer_server_new (socket, session_user, connected_cb, self, error);
  if (self->server == NULL)
    g_clear_pointer (&self, pv_printer_service_free);
  return self;
}

void
pv_printer_service_free (PvPrinterService *self)
{
  if (self == NULL)
    return;
  forget_owner (self);
  g_clear_pointer (&self->server, pv_peer_server_free);
  g_clear_pointer (&self->printer, pv_printer_free);
  if (g_dbus_interface_skeleton_get_connection (G_DBUS_INTERFACE_SKELETON (self->skeleton)) != NULL)
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
  g_object_unref (self->skeleton);
  g_free (self);
}

gboolean
pv_printer_service_is_idle (const PvPrinterService *self)
{
  return pv_printer_get_session (self->printer) == NULL;
}

void
pv_printer_service_stop_async (PvPrinterService *self, GAsyncReadyCallback callback, gpointer user_data)
{
  const char *session = pv_printer_get_session (self->printer);

  pv_printer_end_session_async (self->printer, session != NULL ? session : "", callback, user_data);
}
