/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/look-ups.h"

#include <gio/gunixfdlist.h>
#include <string.h>

#include "core/followed.h"
#include "core/invoice.h"
#include "core/lookup-code.h"
#include "core/wipe.h"
#include "link/memfd.h"

/* Of one session, and of its question that is still being asked when it has gone. */
typedef struct Account {
  PvLookUpDesk *desk; /* (nullable) */
  PvLimiter limiter;
  gboolean is_asking;
} Account;

struct PvLookUps {
  PvLinkCourier1 *skeleton; /* borrowed */
  Account *account;         /* (rc box) */
};

typedef struct Call {
  Account *account; /* (rc box) */
  GDBusMethodInvocation *invocation;
  PvAskKind kind;
} Call;

/* Desk ------------------------------------------------------------------------------------------------------------- */

PvLookUpDesk *
pv_look_up_desk_new (const char *const *arguments, PvClock *clock)
{
  PvLookUpDesk *desk = g_new0 (PvLookUpDesk, 1);

  desk->asker = pv_asker_new (arguments);
  desk->clock = clock;
  pv_limiter_init (&desk->limiter, PV_LIMITER_KIOSK_WRONG);
  return desk;
}

void
pv_look_up_desk_free (PvLookUpDesk *desk)
{
  if (desk == NULL)
    return;
  pv_asker_free (desk->asker);
  g_free (desk);
}

/* Limits ----------------------------------------------------------------------------------------------------------- */

static gint64
now_ms (const Account *account)
{
  return pv_clock_get_monotonic_ms (account->desk->clock);
}

static guint
get_wait_s (const Account *account)
{
  if (account->desk == NULL)
    return 0;
  return MAX (pv_limiter_get_wait_s (&account->limiter, now_ms (account)),
              pv_limiter_get_wait_s (&account->desk->limiter, now_ms (account)));
}

static void
note_wrong (Account *account)
{
  if (account->desk == NULL)
    return;
  pv_limiter_note_wrong (&account->limiter, now_ms (account));
  pv_limiter_note_wrong (&account->desk->limiter, now_ms (account));
}

guint
pv_look_ups_get_wait_s (const PvLookUps *look_ups)
{
  return get_wait_s (look_ups->account);
}

void
pv_look_ups_note_wrong (PvLookUps *look_ups)
{
  note_wrong (look_ups->account);
}

/* Answering -------------------------------------------------------------------------------------------------------- */

static void
refuse (GDBusMethodInvocation *invocation, const char *name, const char *message)
{
  g_autofree char *full = g_strconcat ("org.parvis.Error.", name, NULL);

  g_dbus_method_invocation_return_dbus_error (invocation, full, message);
}

/* Takes @fd. */
static void
send_file (GDBusMethodInvocation *invocation, int fd)
{
  g_autoptr (GUnixFDList) list = g_unix_fd_list_new_from_array (&fd, 1);

  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", 0), list);
}

/* What the courier says itself: that there is none, or not now. @wait_s: 0: none */
static void
say_none (GDBusMethodInvocation *invocation, PvAskKind kind, guint wait_s)
{
  g_autoptr (PvFollowed) followed = pv_followed_new (wait_s > 0 ? PV_FOLLOWED_LIMITED : PV_FOLLOWED_NONE, NULL);
  g_autoptr (PvInvoice) invoice = pv_invoice_new (wait_s > 0 ? PV_INVOICE_LIMITED : PV_INVOICE_NONE);
  g_autoptr (GError) error = NULL;
  int fd;

  followed->retry_after_s = invoice->retry_after_s = wait_s;
  if (kind == PV_ASK_INVOICE_PDF) {
    refuse (invocation, wait_s > 0 ? "Busy" : "NotFound", "no such invoice, or not now");
    return;
  }
  fd = pv_memfd_from_variant (
    kind == PV_ASK_FOLLOW ? pv_followed_to_variant (followed) : pv_invoice_to_variant (invoice), &error);
  if (fd >= 0)
    send_file (invocation, fd);
  else
    refuse (invocation, "Busy", error->message);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  g_autoptr (GError) error = NULL;
  PvAskEnd end;
  int answer;

  (void) source;
  call->account->is_asking = FALSE;
  if (!pv_asker_ask_finish (result, &end, &answer, &error)) {
    refuse (call->invocation, "Busy", error->message);
  } else if (end == PV_ASK_FOUND) {
    send_file (call->invocation, answer);
  } else if (end == PV_ASK_NONE) {
    note_wrong (call->account);
    say_none (call->invocation, call->kind, 0);
  } else {
    refuse (call->invocation, "Offline", "the portal did not answer");
  }
  g_rc_box_release (call->account);
  g_free (call);
}

/* One at a time, so that nobody guesses faster than is counted. */
static gboolean
ask (PvLookUps *look_ups, GDBusMethodInvocation *invocation, PvAskKind kind, const char *text, guint64 cents)
{
  Account *account = look_ups->account;
  guint wait_s = get_wait_s (account);
  Call *call;

  if (account->desk == NULL || account->is_asking) {
    refuse (invocation, "Busy", "one question at a time");
    return TRUE;
  }
  if (wait_s > 0) {
    say_none (invocation, kind, wait_s);
    return TRUE;
  }
  call = g_new0 (Call, 1);
  call->account = g_rc_box_acquire (account);
  call->invocation = invocation;
  call->kind = kind;
  account->is_asking = TRUE;
  pv_asker_ask_async (account->desk->asker, kind, text, cents, asked_cb, call);
  return TRUE;
}

static gboolean
follow_cb (PvLinkCourier1 *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds, const char *code,
           gpointer user_data)
{
  g_autoptr (PvSecretStr) tidy = NULL;
  guint length;

  (void) skeleton;
  (void) fds;
  if (pv_code_read (code, &tidy, &length) != PV_CODE_TRACKING) {
    refuse (invocation, "BadRequest", "not a tracking code");
    return TRUE;
  }
  return ask (user_data, invocation, PV_ASK_FOLLOW, tidy, 0);
}

static gboolean
is_uuid (const char *text)
{
  g_autoptr (PvSecretStr) uuid = NULL;

  return pv_uuid_find (text, &uuid) && strlen (uuid) == strlen (text);
}

static gboolean
ask_invoice (PvLookUps *look_ups, GDBusMethodInvocation *invocation, PvAskKind kind, const char *uuid, guint64 cents)
{
  if (!is_uuid (uuid)) {
    refuse (invocation, "BadRequest", "not the code of an invoice");
    return TRUE;
  }
  return ask (look_ups, invocation, kind, uuid, cents);
}

static gboolean
find_invoice_cb (PvLinkCourier1 *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds, const char *uuid,
                 guint64 cents, gpointer user_data)
{
  (void) skeleton;
  (void) fds;
  return ask_invoice (user_data, invocation, PV_ASK_INVOICE, uuid, cents);
}

static gboolean
get_invoice_pdf_cb (PvLinkCourier1 *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds, const char *uuid,
                    guint64 cents, gpointer user_data)
{
  (void) skeleton;
  (void) fds;
  return ask_invoice (user_data, invocation, PV_ASK_INVOICE_PDF, uuid, cents);
}

PvLookUps *
pv_look_ups_new (PvLinkCourier1 *skeleton, PvLookUpDesk *desk)
{
  PvLookUps *look_ups = g_new0 (PvLookUps, 1);

  look_ups->skeleton = skeleton;
  look_ups->account = g_rc_box_new0 (Account);
  look_ups->account->desk = desk;
  pv_limiter_init (&look_ups->account->limiter, PV_LIMITER_SESSION_WRONG);
  g_signal_connect (skeleton, "handle-follow", G_CALLBACK (follow_cb), look_ups);
  g_signal_connect (skeleton, "handle-find-invoice", G_CALLBACK (find_invoice_cb), look_ups);
  g_signal_connect (skeleton, "handle-get-invoice-pdf", G_CALLBACK (get_invoice_pdf_cb), look_ups);
  return look_ups;
}

void
pv_look_ups_free (PvLookUps *look_ups)
{
  if (look_ups == NULL)
    return;
  g_signal_handlers_disconnect_by_data (look_ups->skeleton, look_ups);
  g_rc_box_release (look_ups->account);
  g_free (look_ups);
}
