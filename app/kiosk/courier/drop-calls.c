/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/drop-calls.h"

#include <gio/gunixfdlist.h>

#include "core/drop.h"
#include "link/memfd.h"

/* The words of an error name neither place nor document. */
static void
refuse (GDBusMethodInvocation *invocation, const char *name, const char *message)
{
  g_autofree char *full = g_strconcat ("org.parvis.Error.", name, NULL);

  g_dbus_method_invocation_return_dbus_error (invocation, full, message);
}

static const char *
error_name (const GError *error)
{
  if (error->domain != PV_PORTAL_ERROR)
    return "Offline";
  switch ((PvPortalError) error->code) {
  case PV_PORTAL_ERROR_UNSUPPORTED:
    return "NotFound";
  case PV_PORTAL_ERROR_GONE:
  case PV_PORTAL_ERROR_BAD_ANSWER: /* larger than anything that was agreed: it was taken, and is of no use */
    return "Gone";
  case PV_PORTAL_ERROR_BUSY:
    return "Busy";
  case PV_PORTAL_ERROR_OFFLINE:
  case PV_PORTAL_ERROR_AMBIGUOUS:
  case PV_PORTAL_ERROR_DENIED:
  case PV_PORTAL_ERROR_CLOCK:
  case PV_PORTAL_ERROR_CONFIGURATION:
  case PV_PORTAL_ERROR_TAKEN:
    break;
  }
  return "Offline";
}

static gboolean
check (PvPortal *portal, GDBusMethodInvocation *invocation, const char *id)
{
  if (!pv_drop_id_is_valid (id))
    refuse (invocation, "BadRequest", "not a place");
  else if (portal == NULL || (pv_portal_get_features (portal) & PV_PORTAL_CAN_DROP) == 0)
    refuse (invocation, "NotFound", "a document from a phone needs a relay");
  else
    return TRUE;
  return FALSE;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (pv_portal_open_drop_finish (PV_PORTAL (source), result, &error))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    refuse (invocation, error_name (error), error->message);
}

void
pv_drop_calls_open (PvPortal *portal, GDBusMethodInvocation *invocation, const char *id)
{
  if (check (portal, invocation, id))
    pv_portal_open_drop_async (portal, id, NULL, opened_cb, invocation);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (pv_portal_close_drop_finish (PV_PORTAL (source), result, &error))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    refuse (invocation, error_name (error), error->message);
}

void
pv_drop_calls_close (PvPortal *portal, GDBusMethodInvocation *invocation, const char *id)
{
  if (check (portal, invocation, id))
    pv_portal_close_drop_async (portal, id, NULL, closed_cb, invocation);
}

static void
return_sealed (GDBusMethodInvocation *invocation, GBytes *sealed)
{
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GError) error = NULL;
  int fd = pv_memfd_from_bytes (sealed, &error);

  /* It is gone at the relay: there is nothing to try again. */
  if (fd < 0) {
    refuse (invocation, "Gone", error->message);
    return;
  }
  fds = g_unix_fd_list_new_from_array (&fd, 1); /* takes it */
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", 0), fds);
}

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sealed = NULL;

  if (!pv_portal_take_drop_finish (PV_PORTAL (source), result, &sealed, &error))
    refuse (invocation, error_name (error), error->message);
  else if (sealed == NULL)
    refuse (invocation, "NotFound", "nothing yet");
  else
    return_sealed (invocation, sealed);
}

void
pv_drop_calls_take (PvPortal *portal, GDBusMethodInvocation *invocation, const char *id)
{
  if (check (portal, invocation, id))
    pv_portal_take_drop_async (portal, id, NULL, taken_cb, invocation);
}
