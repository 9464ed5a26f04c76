/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/assist-notes.h"

#include "platform/log.h"

/* One line or one record. */
typedef struct Note {
  const char *method;
  GVariant *arguments;
} Note;

struct PvAssistNotes {
  GQueue waiting; /* of Note */
  GCancellable *cancellable;
  PvLinkAssist1 *proxy; /* (nullable), borrowed */
  void (*empty) (gpointer);
  gpointer user_data;
  guint again_id;
  gboolean is_saying; /* the first one is on its way */
};

static void say_next (PvAssistNotes *notes);

static void
note_free (gpointer data)
{
  Note *note = data;

  g_variant_unref (note->arguments);
  g_free (note);
}

static gboolean
again_cb (gpointer user_data)
{
  PvAssistNotes *notes = user_data;

  notes->again_id = 0;
  say_next (notes);
  return G_SOURCE_REMOVE;
}

/* Refused for good: the courier does not take it now or later. */
static gboolean
is_refused (const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  return g_strcmp0 (name, "org.parvis.Error.BadRequest") == 0 || g_strcmp0 (name, "org.parvis.Error.Full") == 0;
}

static void
said_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GVariant *nothing = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  PvAssistNotes *notes = user_data;

  g_clear_pointer (&nothing, g_variant_unref);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || (gpointer) notes->proxy != (gpointer) source)
    return; /* of a line that is gone: said again on the next */
  notes->is_saying = FALSE;
  if (error != NULL && !is_refused (error)) {
    if (notes->again_id == 0)
      notes->again_id = g_timeout_add (PV_ASSIST_NOTES_AGAIN_MS, again_cb, notes);
    return;
  }
  if (error != NULL)
    pv_log_event (PV_LOG_WARNING, "assist-note-refused", PV_LOG_CAUSE (error));
  note_free (g_queue_pop_head (&notes->waiting));
  if (notes->waiting.length > 0)
    say_next (notes);
  else
    notes->empty (notes->user_data);
}

static void
say_next (PvAssistNotes *notes)
{
  const Note *note = g_queue_peek_head (&notes->waiting);

  if (note == NULL || notes->proxy == NULL || notes->is_saying || notes->again_id != 0)
    return;
  notes->is_saying = TRUE;
  g_dbus_proxy_call (G_DBUS_PROXY (notes->proxy), note->method, note->arguments, G_DBUS_CALL_FLAGS_NONE,
                     PV_ASSIST_NOTES_CALL_MS, notes->cancellable, said_cb, notes);
}

PvAssistNotes *
pv_assist_notes_new (void (*empty) (gpointer), gpointer user_data)
{
  PvAssistNotes *notes = g_new0 (PvAssistNotes, 1);

  g_queue_init (&notes->waiting);
  notes->cancellable = g_cancellable_new ();
  notes->empty = empty;
  notes->user_data = user_data;
  return notes;
}

void
pv_assist_notes_free (PvAssistNotes *notes)
{
  if (notes == NULL)
    return;
  g_cancellable_cancel (notes->cancellable);
  pv_assist_notes_set_line (notes, NULL);
  pv_assist_notes_clear (notes);
  g_object_unref (notes->cancellable);
  g_free (notes);
}

void
pv_assist_notes_set_line (PvAssistNotes *notes, PvLinkAssist1 *proxy)
{
  notes->proxy = proxy;
  notes->is_saying = FALSE;
  g_clear_handle_id (&notes->again_id, g_source_remove);
  say_next (notes);
}

/* Takes @arguments, which float. */
static void
add (PvAssistNotes *notes, const char *method, GVariant *arguments)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (arguments);
  Note *note;

  if (notes->waiting.length >= PV_ASSIST_NOTES_MAX) {
    pv_log_event (PV_LOG_WARNING, "assist-notes-full");
    return;
  }
  note = g_new0 (Note, 1);
  *note = (Note){ method, g_steal_pointer (&owned) };
  g_queue_push_tail (&notes->waiting, note);
  say_next (notes);
}

void
pv_assist_notes_add (PvAssistNotes *notes, const char *verb, const char *field)
{
  add (notes, "Note", g_variant_new ("(ss)", verb, field != NULL ? field : ""));
}

void
pv_assist_notes_add_consent (PvAssistNotes *notes, GBytes *record)
{
  add (notes, "Consent", g_variant_new ("(@ay)", g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, record, TRUE)));
}

void
pv_assist_notes_clear (PvAssistNotes *notes)
{
  if (notes->waiting.length > 0)
    pv_log_event (PV_LOG_WARNING, "assist-notes-lost", PV_LOG_INT ("number", (gint64) notes->waiting.length));
  g_queue_clear_full (&notes->waiting, note_free);
}

guint
pv_assist_notes_count (const PvAssistNotes *notes)
{
  return notes->waiting.length;
}
