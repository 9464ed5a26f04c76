/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/drop-link.h"

#include <gio/gunixfdlist.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "core/wipe.h"
#include "kiosk/session/drop-open.h"
#include "link/memfd.h"
#include "pv-link-courier1.h"

enum {
  TAKE_CALL_MS = 70 * 1000, /* the courier gives up before */
  OPEN_TRIES = 3,
  MAX_FAILURES = 15,    /* answers in a row that are none, until the relay counts as away */
  GRACE_MS = 10 * 1000, /* by which the relay may count its ten minutes otherwise */
};

struct PvDropLink {
  /* owned */
  GCancellable *cancellable;
  char *id;
  char *url;      /* secret */
  GBytes *sealed; /* (nullable): come, and not yet opened */
  /* borrowed */
  PvCourierLink *courier;
  PvDropEvents events;
  gpointer user_data;
  /* handles */
  guint step_id, end_id;
  /* values */
  guint8 key[PV_DROP_KEY_BYTES];
  guint poll_ms, total_ms;
  guint n_tries, n_failures;
  gint64 opened_us; /* monotonic; 0: not yet */
  gboolean is_over; /* the ten minutes, while a call was under way */
  gboolean is_asking;
  gboolean is_waiting; /* at the place: a phone may still put something there */
};

static gboolean open_cb (gpointer user_data);
static gboolean take_cb (gpointer user_data);

/* Always the last thing of a callback: the link may be gone afterwards. */
static void
report (PvDropLink *link, PvCaptureState state, PvCaptureTrouble trouble)
{
  const PvCaptureReport said = {
    .state = state,
    .trouble = trouble,
    .url = state == PV_CAPTURE_READY ? link->url : NULL,
  };

  link->events.report (&said, link->user_data);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void) user_data;
  /* If it could not be said, the place ends by itself. */
  pv_link_courier1_call_close_drop_finish (PV_LINK_COURIER1 (source), result, NULL);
}

/* So that a phone does not send what nobody takes. Waits for nothing: the link may be gone when it is done. */
static void
close_place (PvDropLink *link)
{
  GDBusProxy *proxy = pv_courier_link_get_proxy (link->courier);

  if (link->is_waiting && proxy != NULL)
    pv_link_courier1_call_close_drop (PV_LINK_COURIER1 (proxy), link->id, G_DBUS_CALL_FLAGS_NONE, PV_COURIER_CALL_MS,
                                      NULL, closed_cb, NULL);
  link->is_waiting = FALSE;
}

/* Nothing comes after it; the key is of no use any more. */
static void
end (PvDropLink *link, PvCaptureTrouble trouble)
{
  g_clear_handle_id (&link->step_id, g_source_remove);
  g_clear_handle_id (&link->end_id, g_source_remove);
  g_clear_pointer (&link->sealed, g_bytes_unref);
  pv_wipe_bytes (link->key, sizeof link->key);
  close_place (link);
  report (link, PV_CAPTURE_FAILED, trouble);
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
is_called (const GError *error, const char *name)
{
  g_autofree char *remote = error != NULL ? g_dbus_error_get_remote_error (error) : NULL;

  return remote != NULL && g_str_has_prefix (remote, "org.parvis.Error.")
         && g_str_equal (remote + strlen ("org.parvis.Error."), name);
}

static gboolean
over_cb (gpointer user_data)
{
  PvDropLink *link = user_data;

  link->end_id = 0;
  link->is_over = TRUE;
  /* What is on its way may be the document. */
  if (!link->is_asking && link->sealed == NULL)
    end (link, PV_CAPTURE_TROUBLE_EXPIRED);
  return G_SOURCE_REMOVE;
}

/* Asking for the place --------------------------------------------------------------------------------------------- */

static void
try_again (PvDropLink *link)
{
  link->n_tries++;
  if (link->n_tries < OPEN_TRIES)
    link->step_id = g_timeout_add (link->poll_ms, open_cb, link);
  else
    end (link, PV_CAPTURE_TROUBLE_OFFLINE);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  PvDropLink *link;

  pv_link_courier1_call_open_drop_finish (PV_LINK_COURIER1 (source), result, &error);
  if (is_cancelled (error))
    return;
  link = user_data;
  /* A place of this name can only be ours: the answer to an earlier try was lost. */
  if (error != NULL && !is_called (error, "Gone")) {
    try_again (link);
    return;
  }
  link->opened_us = g_get_monotonic_time ();
  link->is_waiting = TRUE;
  link->end_id = g_timeout_add (link->total_ms, over_cb, link);
  link->step_id = g_timeout_add (link->poll_ms, take_cb, link);
  report (link, PV_CAPTURE_READY, PV_CAPTURE_TROUBLE_NONE);
}

static gboolean
open_cb (gpointer user_data)
{
  PvDropLink *link = user_data;
  GDBusProxy *proxy = pv_courier_link_get_proxy (link->courier);

  link->step_id = 0;
  if (proxy == NULL)
    try_again (link);
  else
    pv_link_courier1_call_open_drop (PV_LINK_COURIER1 (proxy), link->id, G_DBUS_CALL_FLAGS_NONE, TAKE_CALL_MS,
                                     link->cancellable, opened_cb, link);
  return G_SOURCE_REMOVE;
}

/* Asking for the document ------------------------------------------------------------------------------------------ */

static gboolean
unwrap_cb (gpointer user_data)
{
  PvDropLink *link = user_data;
  g_autoptr (GBytes) upload = pv_drop_open (link->sealed, link->id, link->key);

  link->step_id = 0;
  if (upload == NULL) {
    end (link, PV_CAPTURE_TROUBLE_CUT);
    return G_SOURCE_REMOVE;
  }
  g_clear_handle_id (&link->end_id, g_source_remove);
  g_clear_pointer (&link->sealed, g_bytes_unref);
  pv_wipe_bytes (link->key, sizeof link->key);
  link->events.arrived (upload, link->user_data);
  return G_SOURCE_REMOVE;
}

/* @handle: of a memory file; told as RECEIVING before it is opened, so that the screen can say so. */
static void
receive (PvDropLink *link, GUnixFDList *fds, GVariant *handle)
{
  g_autoptr (GError) error = NULL;
  int fd = pv_memfd_take (fds, handle);

  link->is_waiting = FALSE;
  link->sealed = fd >= 0 ? pv_memfd_map (fd, PV_DROP_MAX_SEALED_BYTES, &error) : NULL;
  if (fd >= 0)
    close (fd);
  if (link->sealed == NULL) {
    end (link, g_error_matches (error, PV_LINK_ERROR, PV_LINK_ERROR_TOO_LARGE) ? PV_CAPTURE_TROUBLE_TOO_LARGE
                                                                               : PV_CAPTURE_TROUBLE_CUT);
    return;
  }
  link->step_id = g_idle_add (unwrap_cb, link);
  report (link, PV_CAPTURE_RECEIVING, PV_CAPTURE_TROUBLE_NONE);
}

/* It did not come. */
static void
judge_refusal (PvDropLink *link, const GError *error)
{
  gint64 age_ms = (g_get_monotonic_time () - link->opened_us) / 1000;

  if (is_called (error, "Gone")) {
    link->is_waiting = FALSE;
    end (link, age_ms + MIN (GRACE_MS, link->total_ms / 2) >= link->total_ms ? PV_CAPTURE_TROUBLE_EXPIRED
                                                                             : PV_CAPTURE_TROUBLE_CUT);
    return;
  }
  link->n_failures = is_called (error, "NotFound") ? 0 : link->n_failures + 1;
  if (link->is_over)
    end (link, PV_CAPTURE_TROUBLE_EXPIRED);
  else if (link->n_failures >= MAX_FAILURES)
    end (link, PV_CAPTURE_TROUBLE_OFFLINE);
  else
    link->step_id = g_timeout_add (link->poll_ms, take_cb, link);
}

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) handle = NULL;
  g_autoptr (GUnixFDList) fds = NULL;
  PvDropLink *link;

  pv_link_courier1_call_take_drop_finish (PV_LINK_COURIER1 (source), &handle, &fds, result, &error);
  if (is_cancelled (error))
    return;
  link = user_data;
  link->is_asking = FALSE;
  if (error != NULL)
    judge_refusal (link, error);
  else
    receive (link, fds, handle);
}

static gboolean
take_cb (gpointer user_data)
{
  PvDropLink *link = user_data;
  GDBusProxy *proxy = pv_courier_link_get_proxy (link->courier);

  link->step_id = 0;
  if (proxy == NULL) {
    judge_refusal (link, NULL);
    return G_SOURCE_REMOVE;
  }
  link->is_asking = TRUE;
  pv_link_courier1_call_take_drop (PV_LINK_COURIER1 (proxy), link->id, G_DBUS_CALL_FLAGS_NONE, TAKE_CALL_MS, NULL,
                                   link->cancellable, taken_cb, link);
  return G_SOURCE_REMOVE;
}

/* ------------------------------------------------------------------------------------------------------------------ */

PvDropLink *
pv_drop_link_new (PvCourierLink *courier, const char *page_url, const PvCaptureRules *rules, const PvDropEvents *events,
                  gpointer user_data)
{
  PvDropLink *link = g_new0 (PvDropLink, 1);
  guint8 id[PV_DROP_ID_BYTES];

  link->courier = courier;
  link->events = *events;
  link->user_data = user_data;
  link->cancellable = g_cancellable_new ();
  link->poll_ms = PV_DROP_POLL_MS;
  link->total_ms = PV_DROP_SECONDS * 1000;
  /* Apart: the relay sees the id, and is to learn nothing of the key. */
  randombytes_buf (id, sizeof id);
  randombytes_buf (link->key, sizeof link->key);
  link->id = g_malloc (PV_DROP_ID_LENGTH + 1);
  sodium_bin2hex (link->id, PV_DROP_ID_LENGTH + 1, id, sizeof id);
  link->url = pv_drop_make_url (page_url, link->id, link->key, rules);
  link->step_id = g_idle_add (open_cb, link);
  return link;
}

void
pv_drop_link_set_pace (PvDropLink *link, guint poll_ms, guint total_ms)
{
  link->poll_ms = poll_ms;
  link->total_ms = total_ms;
}

void
pv_drop_link_free (PvDropLink *link)
{
  if (link == NULL)
    return;
  g_cancellable_cancel (link->cancellable);
  close_place (link);
  g_clear_handle_id (&link->step_id, g_source_remove);
  g_clear_handle_id (&link->end_id, g_source_remove);
  g_clear_pointer (&link->sealed, g_bytes_unref);
  g_object_unref (link->cancellable);
  pv_wipe_bytes (link->key, sizeof link->key);
  g_free (link->id);
  pv_wipe_str (link->url);
  g_free (link);
}
