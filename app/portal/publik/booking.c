/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/publik/booking.h"

#include <string.h>

#include "portal/publik/answer.h"
#include "portal/publik/body.h"
#include "portal/publik/schema.h"

#define AGENDA "agenda:"
#define EVENTS "events:"

gboolean
pv_publik_is_agenda (const char *source)
{
  return g_str_has_prefix (source, AGENDA) || g_str_has_prefix (source, EVENTS);
}

/* "titres:2026-12-03-0920", an event's number or slug */
static gboolean
is_slot (const char *slot)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:";

  return *slot != '\0' && strlen (slot) <= PV_PUBLIK_MAX_SLOT_BYTES && strspn (slot, letters) == strlen (slot);
}

char *
pv_publik_make_fillslot_path (const char *source, const char *slot)
{
  g_auto (GStrv) parts = NULL;

  if (!pv_publik_is_agenda (source) || !is_slot (slot))
    return NULL;
  parts = g_strsplit (strchr (source, ':') + 1, "/", 2);
  if (parts[0] == NULL || !pv_publik_is_slug (parts[0]))
    return NULL;
  return g_strdup_printf ("/api/agenda/%s/fillslot/%s/", parts[0], slot);
}

static gboolean
is_number (const char *text)
{
  return *text != '\0' && strlen (text) <= 18 && strspn (text, "0123456789") == strlen (text);
}

char *
pv_publik_make_cancel_path (const char *booking)
{
  return is_number (booking) ? g_strdup_printf ("/api/booking/%s/cancel/", booking) : NULL;
}

/* Names of the questions of [appointment SLUG], as the agenda calls them; others travel under their own. */
static const char *
key_for (const char *name)
{
  static const struct {
    const char *name, *key;
  } table[] = {
    { "surname", "user_last_name" },
    { "given-names", "user_first_name" },
    { "phone", "user_phone_number" },
    { "email", "user_email" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].name, name))
      return table[i].key;
  return name;
}

PvJsonWriter *
pv_publik_build_booking (const PvSubmission *submission)
{
  const PvAppointment *appointment = submission->appointment;
  PvJsonWriter *writer = pv_json_writer_new ();

  pv_json_writer_begin_object (writer, NULL);
  if (appointment->label != NULL)
    pv_json_writer_text (writer, "label", appointment->label);
  pv_json_writer_text (writer, PV_BOOKING_REF_FIELD, submission->ref);
  pv_json_writer_text (writer, PV_PUBLIK_REF_NAME, submission->ref);
  if (appointment->cancels != NULL)
    pv_json_writer_text (writer, "cancel_booking_id", appointment->cancels);
  for (guint i = 0; i < submission->entries->len; i++) {
    const PvSubmissionEntry *entry = submission->entries->pdata[i];

    if (entry->name != NULL && entry->value != NULL && pv_value_get_type (entry->value) == PV_VALUE_TEXT
        && *pv_value_get_text (entry->value) != '\0')
      pv_json_writer_text (writer, key_for (entry->name), pv_value_get_text (entry->value));
  }
  pv_json_writer_end_object (writer);
  return writer;
}

static char *
read_text (const PvJson *json, const char *key, gsize max_bytes)
{
  g_autoptr (PvJson) member = pv_json_get_type (json) == PV_JSON_OBJECT ? pv_json_get_member (json, key) : NULL;
  g_autofree char *text = member != NULL ? pv_json_as_text (member) : NULL;

  return text != NULL && *text != '\0' && strlen (text) <= max_bytes ? g_steal_pointer (&text) : NULL;
}

PvOutcome *
pv_publik_read_booked (const PvJson *json, const PvSubmission *submission, gint64 received_us, GError **error)
{
  g_autofree char *id = read_text (json, "booking_id", PV_PUBLIK_MAX_NUMBER_BYTES);
  gboolean is_waiting = FALSE;
  PvOutcome *outcome;

  if (id == NULL) {
    g_set_error (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_AMBIGUOUS, "the agenda's answer has no number");
    return NULL;
  }
  pv_json_find_bool (json, "in_waiting_list", &is_waiting, NULL);
  outcome = pv_outcome_new (PV_OUTCOME_RECEIVED, submission->ref);
  outcome->number = g_strdup (id);
  outcome->received_us = received_us;
  if (!is_waiting)
    outcome->booking = pv_submission_make_booking (submission, id);
  return outcome;
}

/* As it was sent: in its own field, or among what was sent along. */
static gboolean
row_has_ref (const PvJson *row, const char *ref)
{
  static const char *const keys[] = { PV_BOOKING_REF_FIELD, PV_PUBLIK_REF_NAME };
  g_autoptr (PvJson) extra = pv_json_get_member (row, "extra_data");

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autofree char *own = read_text (row, keys[i], PV_PUBLIK_MAX_CODE_BYTES);
    g_autofree char *sent = extra != NULL ? read_text (extra, keys[i], PV_PUBLIK_MAX_CODE_BYTES) : NULL;

    if (g_strcmp0 (own, ref) == 0 || g_strcmp0 (sent, ref) == 0)
      return TRUE;
  }
  return FALSE;
}

PvFound *
pv_publik_read_bookings (const PvJson *json, const char *ref, GError **error)
{
  g_autoptr (PvFound) found = pv_found_new ();
  g_autoptr (PvJson) rows = NULL;

  if (pv_json_get_type (json) != PV_JSON_OBJECT
      || !pv_json_read_array (json, "data", PV_PUBLIK_MAX_BOOKINGS, &rows, NULL)) {
    g_set_error (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_BAD_ANSWER, "the list of bookings is not one, or too long");
    return NULL;
  }
  for (gsize i = 0; i < pv_json_get_length (rows); i++) {
    g_autoptr (PvJson) row = pv_json_get_item (rows, i);
    g_autofree char *cancelled = NULL, *id = NULL;

    if (pv_json_get_type (row) != PV_JSON_OBJECT || !row_has_ref (row, ref)) {
      g_set_error (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_BAD_ANSWER, "the agenda did not filter by the reference");
      return NULL;
    }
    cancelled = read_text (row, "cancellation_datetime", PV_PUBLIK_MAX_NUMBER_BYTES);
    id = read_text (row, "id", PV_PUBLIK_MAX_NUMBER_BYTES);
    if (cancelled != NULL || id == NULL || found->found)
      continue;
    found->found = TRUE;
    found->number = g_steal_pointer (&id);
  }
  return g_steal_pointer (&found);
}
