/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/ask-worker.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/wipe.h"
#include "kiosk/courier/connection.h"
#include "link/memfd.h"

enum { SEALS = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL };

typedef struct Asking {
  /* owned */
  PvPortal *portal;
  GMainLoop *loop;
  char *text; /* wiped */
  guint64 cents;
  PvAskKind kind;
  PvAskEnd end;
  int answer_fd; /* borrowed */
} Asking;

static gboolean
write_whole (int fd, gconstpointer bytes, gsize size)
{
  const guint8 *data = bytes;

  while (size > 0) {
    ssize_t written = write (fd, data, size);

    if (written <= 0)
      return FALSE;
    data += written;
    size -= (gsize) written;
  }
  return TRUE;
}

/* Sealed, so that nothing between here and the session can change it. */
static void
answer (Asking *asking, gconstpointer data, gsize size)
{
  if (write_whole (asking->answer_fd, data, size) && fcntl (asking->answer_fd, F_ADD_SEALS, SEALS) == 0)
    asking->end = PV_ASK_FOUND;
}

/* A floating one is consumed. What it leaves in memory goes with the process, at once. */
static void
answer_variant (Asking *asking, GVariant *variant)
{
  g_autoptr (GVariant) own = g_variant_ref_sink (variant);

  answer (asking, g_variant_get_data (own), g_variant_get_size (own));
}

static void
end_without (Asking *asking, const GError *error)
{
  asking->end = g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_GONE) ? PV_ASK_NONE : PV_ASK_FAILED;
}

static void
followed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asking *asking = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PvFollowed) followed = pv_portal_follow_finish (PV_PORTAL (source), result, &error);

  if (followed != NULL)
    answer_variant (asking, pv_followed_to_variant (followed));
  else
    end_without (asking, error);
  g_main_loop_quit (asking->loop);
}

static void
invoice_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asking *asking = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PvInvoice) invoice = pv_portal_invoice_finish (PV_PORTAL (source), result, &error);

  if (invoice == NULL)
    end_without (asking, error);
  else if (invoice->kind == PV_INVOICE_NONE)
    asking->end = PV_ASK_NONE;
  else
    answer_variant (asking, pv_invoice_to_variant (invoice));
  g_main_loop_quit (asking->loop);
}

static void
pdf_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asking *asking = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = pv_portal_invoice_pdf_finish (PV_PORTAL (source), result, &error);
  gsize size = 0;
  gconstpointer data = pdf != NULL ? g_bytes_get_data (pdf, &size) : NULL;

  if (pdf != NULL)
    answer (asking, data, size);
  else
    end_without (asking, error);
  g_main_loop_quit (asking->loop);
}

static gboolean
start_cb (gpointer user_data)
{
  Asking *asking = user_data;

  switch (asking->kind) {
  case PV_ASK_FOLLOW:
    pv_portal_follow_async (asking->portal, asking->text, NULL, followed_cb, asking);
    break;
  case PV_ASK_INVOICE:
    pv_portal_invoice_async (asking->portal, asking->text, asking->cents, NULL, invoice_cb, asking);
    break;
  case PV_ASK_INVOICE_PDF:
    pv_portal_invoice_pdf_async (asking->portal, asking->text, asking->cents, NULL, pdf_cb, asking);
    break;
  case PV_N_ASKS:
    g_main_loop_quit (asking->loop);
    break;
  }
  return G_SOURCE_REMOVE;
}

static gboolean
read_question (Asking *asking, int question_fd)
{
  g_autoptr (GVariant) question =
    pv_memfd_read_variant (question_fd, G_VARIANT_TYPE (PV_ASK_QUESTION_TYPE), PV_ASK_MAX_QUESTION_BYTES, NULL);
  guint32 kind;

  if (question == NULL)
    return FALSE;
  g_variant_get (question, PV_ASK_QUESTION_TYPE, &kind, &asking->text, &asking->cents);
  asking->kind = MIN (kind, PV_N_ASKS);
  return asking->kind < PV_N_ASKS;
}

int
pv_ask_worker_run (const PvSettings *settings, int question_fd, int answer_fd, int report_fd)
{
  Asking asking = { .end = PV_ASK_FAILED, .answer_fd = answer_fd, .loop = g_main_loop_new (NULL, FALSE) };
  char letter;

  if (read_question (&asking, question_fd))
    asking.portal = pv_connection_open (settings, NULL);
  if (asking.portal != NULL) {
    g_idle_add (start_cb, &asking);
    g_main_loop_run (asking.loop);
  }
  letter = (char) asking.end;
  g_clear_object (&asking.portal);
  g_main_loop_unref (asking.loop);
  pv_wipe_str (asking.text);
  return write_whole (report_fd, &letter, 1) ? EXIT_SUCCESS : EXIT_FAILURE;
}
