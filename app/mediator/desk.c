/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/desk.h"

#include "mediator/key-store.h"
#include "platform/clock.h"

enum { MAX_NOTES = 500 };

enum { LINK, CALLS, COLLEAGUES, SESSION, MIRROR, QUICK, ANSWER, NOTED, SIGNED_IN, N_SIGNALS };
static guint signals[N_SIGNALS];

struct _PvDesk {
  GObject parent_instance;

  /* owned */
  PvConsoleSettings *settings;
  PvCertificate *certificate;
  PvConsole *console;
  PvWaitingCall *call;
  GPtrArray *notes;
  char *referred_to;
  /* values */
  gint64 joined_ms;
  PvMediatorState last_state;
};

G_DEFINE_FINAL_TYPE (PvDesk, pv_desk, G_TYPE_OBJECT)

static gint64
now_ms (void)
{
  return pv_clock_get_monotonic_ms (pv_clock_get_system ());
}

static void
free_call (PvWaitingCall *call)
{
  if (call == NULL)
    return;
  g_free (call->id);
  g_free (call->kiosk);
  g_free (call->place);
  g_free (call->phone);
  g_free (call);
}

static PvWaitingCall *
copy_call (const PvWaitingCall *from)
{
  PvWaitingCall *call = g_new0 (PvWaitingCall, 1);

  *call = *from;
  call->id = g_strdup (from->id);
  call->kiosk = g_strdup (from->kiosk);
  call->place = g_strdup (from->place);
  call->phone = g_strdup (from->phone);
  return call;
}

static void
free_note (gpointer data)
{
  PvDeskNote *note = data;

  g_free (note->verb);
  g_free (note->field);
  g_free (note);
}

static void
pv_desk_finalize (GObject *object)
{
  PvDesk *desk = PV_DESK (object);

  g_clear_pointer (&desk->console, pv_console_free);
  g_clear_pointer (&desk->settings, pv_console_settings_free);
  g_clear_pointer (&desk->certificate, pv_certificate_free);
  g_clear_pointer (&desk->call, free_call);
  g_clear_pointer (&desk->notes, g_ptr_array_unref);
  g_clear_pointer (&desk->referred_to, g_free);
  G_OBJECT_CLASS (pv_desk_parent_class)->finalize (object);
}

static guint
add_signal (PvDeskClass *class, const char *name, guint n_params, ...)
{
  GType types[2] = { G_TYPE_NONE, G_TYPE_NONE };
  va_list list;

  va_start (list, n_params);
  for (guint i = 0; i < n_params; i++)
    types[i] = va_arg (list, GType);
  va_end (list);
  return g_signal_newv (name, G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, NULL, NULL, NULL, NULL, G_TYPE_NONE,
                        n_params, types);
}

static void
pv_desk_class_init (PvDeskClass *class)
{
  G_OBJECT_CLASS (class)->finalize = pv_desk_finalize;
  signals[LINK] = add_signal (class, "link", 0);
  signals[CALLS] = add_signal (class, "calls", 1, G_TYPE_BOOLEAN);
  signals[COLLEAGUES] = add_signal (class, "colleagues", 0);
  signals[SESSION] = add_signal (class, "session", 0);
  signals[MIRROR] = add_signal (class, "mirror", 0);
  signals[QUICK] = add_signal (class, "quick", 1, G_TYPE_UINT);
  signals[ANSWER] = add_signal (class, "answer", 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[NOTED] = add_signal (class, "noted", 0);
  signals[SIGNED_IN] = add_signal (class, "signed-in", 0);
}

static void
pv_desk_init (PvDesk *desk)
{
  desk->notes = g_ptr_array_new_with_free_func (free_note);
}

PvDesk *
pv_desk_new (void)
{
  return g_object_new (PV_TYPE_DESK, NULL);
}

/* ---- hooks ---- */

static void
link_cb (gboolean is_up, gpointer data)
{
  (void) is_up;
  g_signal_emit (data, signals[LINK], 0);
}

static void
calls_cb (gboolean is_new, gpointer data)
{
  g_signal_emit (data, signals[CALLS], 0, is_new);
}

static void
colleagues_cb (gpointer data)
{
  g_signal_emit (data, signals[COLLEAGUES], 0);
}

/* The line of the session that has just ended is the last one of today. */
static void
write_referral (PvDesk *desk)
{
  PvActivity *activity = pv_console_get_activity (desk->console);
  const GPtrArray *today =
    activity != NULL ? pv_activity_get_today (activity, pv_clock_get_wall_us (pv_clock_get_system ()) / G_USEC_PER_SEC)
                     : NULL;
  PvActivityLine *line;

  if (desk->referred_to == NULL || today == NULL || today->len == 0)
    return;
  line = pv_activity_line_copy (today->pdata[today->len - 1]);
  g_free (line->redirected_to);
  line->redirected_to = g_steal_pointer (&desk->referred_to);
  pv_activity_replace (activity, today->len - 1, line, NULL); /* the mediator sees the line next, and can mend it */
  pv_activity_line_free (line);
}

static void
session_cb (gpointer data)
{
  PvDesk *desk = data;
  PvMediatorState state = pv_desk_get_state (desk);

  if (state == PV_MEDIATOR_ENDED && desk->last_state != PV_MEDIATOR_ENDED)
    write_referral (desk);
  desk->last_state = state;
  g_signal_emit (desk, signals[SESSION], 0);
}

static void
mirror_cb (gpointer data)
{
  g_signal_emit (data, signals[MIRROR], 0);
}

static void
quick_cb (PvQuick quick, gpointer data)
{
  g_signal_emit (data, signals[QUICK], 0, (guint) quick);
}

static void
answer_cb (guint32 id, PvResult result, gpointer data)
{
  g_signal_emit (data, signals[ANSWER], 0, (guint) id, (guint) result);
}

static void
noted_cb (const char *verb, const char *field, gpointer data)
{
  PvDesk *desk = data;
  PvDeskNote *note = g_new0 (PvDeskNote, 1);

  if (desk->notes->len >= MAX_NOTES)
    g_ptr_array_remove_index (desk->notes, 0);
  note->at_utc = pv_clock_get_wall_us (pv_clock_get_system ()) / G_USEC_PER_SEC;
  note->verb = g_strdup (verb);
  note->field = g_strdup (field);
  g_ptr_array_add (desk->notes, note);
  g_signal_emit (desk, signals[NOTED], 0);
}

/* ---- signing in ---- */

static PvCertificate *
read_certificate (const PvConsoleSettings *settings, GError **error)
{
  g_autoptr (GBytes) bytes = pv_console_settings_read_certificate (settings, error);
  gsize size;
  const guint8 *data;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  return pv_certificate_parse (data != NULL ? data : (const guint8 *) "", size, error);
}

gboolean
pv_desk_load (PvDesk *desk, const char *settings_path, GError **error)
{
  PvConsoleSettings *settings = pv_console_settings_read (settings_path, error);
  PvCertificate *certificate;

  if (settings == NULL)
    return FALSE;
  certificate = read_certificate (settings, error);
  if (certificate == NULL) {
    pv_console_settings_free (settings);
    return FALSE;
  }
  g_clear_pointer (&desk->settings, pv_console_settings_free);
  g_clear_pointer (&desk->certificate, pv_certificate_free);
  desk->settings = settings;
  desk->certificate = certificate;
  return TRUE;
}

const PvConsoleSettings *
pv_desk_get_settings (PvDesk *desk)
{
  return desk->settings;
}

const PvCertificate *
pv_desk_get_certificate (PvDesk *desk)
{
  return desk->certificate;
}

static gboolean
start_console (PvDesk *desk, const guint8 *secret, GError **error)
{
  const PvConsoleHooks hooks = {
    .link = link_cb,
    .calls = calls_cb,
    .colleagues = colleagues_cb,
    .session = session_cb,
    .mirror = mirror_cb,
    .quick = quick_cb,
    .answer = answer_cb,
    .noted = noted_cb,
    .data = desk,
  };

  desk->console = pv_console_new (desk->settings, secret, &hooks, error);
  return desk->console != NULL;
}

static void
key_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PvDesk *desk = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (PvSecret) secret = pv_key_store_open_finish (result, &error);

  (void) source;
  if (secret == NULL || !start_console (desk, pv_secret_get_bytes (secret, NULL), &error)) {
    g_task_return_error (task, error);
    return;
  }
  g_task_return_boolean (task, TRUE);
  g_signal_emit (desk, signals[SIGNED_IN], 0);
}

void
pv_desk_sign_in_async (PvDesk *desk, const char *passphrase, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (desk, cancellable, callback, user_data);

  g_assert (desk->settings != NULL && desk->console == NULL);
  pv_key_store_open_async (desk->settings, passphrase, cancellable, key_opened_cb, task);
}

gboolean
pv_desk_sign_in_finish (PvDesk *desk, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, desk), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
pv_desk_sign_out (PvDesk *desk)
{
  g_clear_pointer (&desk->console, pv_console_free);
  g_clear_pointer (&desk->call, free_call);
  g_clear_pointer (&desk->referred_to, g_free);
  g_ptr_array_set_size (desk->notes, 0);
  desk->last_state = PV_MEDIATOR_IDLE;
}

/* ---- the session ---- */

PvConsole *
pv_desk_get_console (PvDesk *desk)
{
  return desk->console;
}

gboolean
pv_desk_join (PvDesk *desk, const PvWaitingCall *call, const char *digits, GError **error)
{
  PvWaitingCall *copy = copy_call (call); /* the list may change under us */

  if (!pv_console_join (desk->console, copy->id, digits, error)) {
    free_call (copy);
    return FALSE;
  }
  g_clear_pointer (&desk->call, free_call);
  g_clear_pointer (&desk->referred_to, g_free);
  g_ptr_array_set_size (desk->notes, 0);
  desk->call = copy;
  desk->joined_ms = now_ms ();
  desk->last_state = PV_MEDIATOR_JOINING;
  return TRUE;
}

PvMediatorState
pv_desk_get_state (PvDesk *desk)
{
  const PvAssistMediator *machine = desk->console != NULL ? pv_console_get_session (desk->console) : NULL;

  return machine != NULL ? pv_assist_mediator_get_state (machine) : PV_MEDIATOR_IDLE;
}

gboolean
pv_desk_is_in_session (PvDesk *desk)
{
  PvMediatorState state = pv_desk_get_state (desk);

  return state == PV_MEDIATOR_SESSION || state == PV_MEDIATOR_LOST;
}

const PvWaitingCall *
pv_desk_get_call (PvDesk *desk)
{
  return desk->call;
}

gint64
pv_desk_get_joined_ms (PvDesk *desk)
{
  return desk->joined_ms;
}

const GPtrArray *
pv_desk_get_notes (PvDesk *desk)
{
  return desk->notes;
}

gboolean
pv_desk_has (PvDesk *desk, PvRight right)
{
  const PvMediatorRights *rights;

  if (pv_desk_get_state (desk) != PV_MEDIATOR_SESSION)
    return FALSE;
  rights = pv_assist_mediator_get_rights (pv_console_get_session (desk->console));
  return rights->is_granted[right] && !rights->is_paused
         && (right != PV_RIGHT_HAND || rights->lease_until_ms > now_ms ());
}

void
pv_desk_refer (PvDesk *desk, const char *to)
{
  g_free (desk->referred_to);
  desk->referred_to = g_strdup (to);
}
