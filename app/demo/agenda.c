/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/agenda.h"

#include <string.h>

#include "core/calendar.h"
#include "demo/bookings.h"
#include "demo/slots.h"

#define TIME_ZONE "Europe/Paris"

/* {"err": 0, "data": [...]} is begun; the caller writes the items, and ends it. */
static PvJsonWriter *
begin_list (void)
{
  PvJsonWriter *writer = pv_json_writer_new ();

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "err", 0);
  pv_json_writer_begin_array (writer, "data");
  return writer;
}

static PvDemoReply *
end_list (PvJsonWriter *writer)
{
  pv_json_writer_end_array (writer);
  pv_json_writer_end_object (writer);
  return pv_demo_reply_new_json (writer);
}

/* Chrono refuses with 200 and a class in words. */
static PvDemoReply *
refuse (const char *err_class)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "err", 1);
  pv_json_writer_text (writer, "err_class", err_class);
  pv_json_writer_text (writer, "err_desc", err_class);
  pv_json_writer_end_object (writer);
  return pv_demo_reply_new_json (writer);
}

static void
write_url (PvJsonWriter *writer, const char *key, const char *agenda, const char *end)
{
  g_autofree char *url = g_strconcat (PV_DEMO_BASE, "api/agenda/", agenda, "/", end, NULL);

  pv_json_writer_text (writer, key, url);
}

PvDemoReply *
pv_demo_agenda_list (PvDemoPortal *portal, const PvDemoRequest *request)
{
  g_autoptr (PvJsonWriter) writer = begin_list ();
  g_autoptr (PvJson) agendas = pv_json_get_member (pv_demo_site_get_settings (portal->site), "agendas");
  g_autofree char *wanted = pv_demo_query_get (request->query, "kind");

  for (gsize i = 0; agendas != NULL && i < pv_json_get_length (agendas); i++) {
    g_autoptr (PvJson) agenda = pv_json_get_item (agendas, i);
    g_autofree char *slug = pv_demo_text (agenda, "agenda");
    g_autofree char *text = pv_demo_text (agenda, "text");
    g_autofree char *kind = pv_demo_slots_get_kind (agenda);

    if (wanted != NULL && !g_str_equal (wanted, kind))
      continue;
    pv_json_writer_begin_object (writer, NULL);
    pv_json_writer_text (writer, "id", slug);
    pv_json_writer_text (writer, "slug", slug);
    pv_json_writer_text (writer, "text", text);
    pv_json_writer_text (writer, "kind", kind);
    pv_json_writer_begin_object (writer, "api");
    if (g_str_equal (kind, "events"))
      write_url (writer, "datetimes_url", slug, "datetimes/");
    else
      write_url (writer, "meetings_url", slug, "meetings/");
    pv_json_writer_end_object (writer);
    pv_json_writer_end_object (writer);
  }
  return end_list (writer);
}

PvDemoReply *
pv_demo_agenda_meetings (PvDemoPortal *portal, const char *slug)
{
  g_autoptr (PvJson) agenda = pv_demo_slots_find_agenda (portal->site, slug);
  g_autofree char *type = agenda != NULL ? pv_demo_text (agenda, "meeting_type") : g_strdup ("");
  g_autofree char *text = agenda != NULL ? pv_demo_text (agenda, "text") : NULL;
  g_autofree char *end = g_strconcat ("meetings/", type, "/datetimes/", NULL);
  g_autoptr (PvJsonWriter) writer = NULL;
  gint64 minutes = 0;

  if (*type == '\0')
    return pv_demo_reply_new_not_found ();
  writer = begin_list ();
  pv_json_find_int (agenda, "duration_minutes", 0, 1000, &minutes, NULL);
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_text (writer, "id", type);
  pv_json_writer_text (writer, "text", text);
  pv_json_writer_int (writer, "duration", minutes);
  pv_json_writer_begin_object (writer, "api");
  write_url (writer, "datetimes_url", slug, end);
  pv_json_writer_end_object (writer);
  pv_json_writer_end_object (writer);
  return end_list (writer);
}

PvDemoReply *
pv_demo_agenda_datetimes (PvDemoPortal *portal, const PvDemoRequest *request, const char *slug,
                          const char *meeting_type)
{
  g_autoptr (PvJson) agenda = pv_demo_slots_find_agenda (portal->site, slug);
  g_autofree char *kind = agenda != NULL ? pv_demo_slots_get_kind (agenda) : NULL;
  g_autofree char *its_type = agenda != NULL ? pv_demo_text (agenda, "meeting_type") : NULL;
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autoptr (PvJson) slots = NULL;

  if (agenda == NULL || g_str_equal (kind, "events") != (meeting_type == NULL)
      || (meeting_type != NULL && !g_str_equal (its_type, meeting_type)))
    return pv_demo_reply_new_not_found ();
  slots = pv_demo_slots_list (portal->site, agenda, portal->store, request->now_us);
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "err", 0);
  pv_json_writer_value (writer, "data", slots);
  pv_json_writer_end_object (writer);
  return pv_demo_reply_new_json (writer);
}

/* @body: (nullable): as it was sent. NULL: it is gone; @ret_class: why. */
static PvDemoBooking *
book (PvDemoPortal *portal, gint64 now_us, const char *slug, const char *slot, const PvJson *body, gint64 cancels,
      const char **ret_class)
{
  g_autoptr (PvJson) agenda = pv_demo_slots_find_agenda (portal->site, slug);
  g_autofree char *datetime = NULL, *real = NULL;
  g_autoptr (PvDemoBooking) booking = NULL;
  PvDemoSlotState state =
    agenda != NULL ? pv_demo_slots_look_up (portal->site, agenda, slot, portal->store, now_us, &datetime, &real)
                   : PV_DEMO_SLOT_UNKNOWN;

  *ret_class = state == PV_DEMO_SLOT_UNKNOWN ? "unknown slot" : "sold out";
  if (state == PV_DEMO_SLOT_UNKNOWN || state == PV_DEMO_SLOT_FULL)
    return NULL;
  booking = pv_demo_booking_new (real, slot, datetime);
  booking->is_waiting = state == PV_DEMO_SLOT_WAITING;
  booking->ref = pv_demo_text (body, "user_external_id");
  booking->label = pv_demo_text (body, "label");
  booking->body = pv_json_to_text (body);
  *ret_class = "booking is cancelled";
  return pv_demo_bookings_add (portal->store, booking, cancels) ? g_steal_pointer (&booking) : NULL;
}

static void
write_booked (PvJsonWriter *writer, const PvDemoBooking *booking)
{
  static const char *const ends[][2] = { { "booking_url", "" }, { "cancel_url", "cancel/" }, { "ics_url", "ics/" } };

  pv_json_writer_int (writer, "booking_id", booking->id);
  pv_json_writer_text (writer, "datetime", booking->datetime);
  pv_json_writer_bool (writer, "in_waiting_list", booking->is_waiting);
  pv_json_writer_begin_object (writer, "agenda");
  pv_json_writer_text (writer, "slug", booking->agenda);
  pv_json_writer_end_object (writer);
  pv_json_writer_begin_object (writer, "api");
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autofree char *url =
      g_strdup_printf (PV_DEMO_BASE "api/booking/%" G_GINT64_FORMAT "/%s", booking->id, ends[i][1]);

    pv_json_writer_text (writer, ends[i][0], url);
  }
  pv_json_writer_end_object (writer);
}

static PvJson *
parse_body (const PvDemoRequest *request)
{
  g_autoptr (PvJson) body =
    request->body != NULL && request->body_size > 0 ? pv_json_parse (request->body, request->body_size, NULL) : NULL;

  return body != NULL && pv_json_get_type (body) == PV_JSON_OBJECT ? g_steal_pointer (&body) : NULL;
}

/* 0: none is to be replaced. */
static gint64
read_cancels (const PvJson *body)
{
  g_autoptr (PvJson) member = pv_json_get_member (body, "cancel_booking_id");
  g_autofree char *text = member != NULL ? pv_json_as_text (member) : NULL;
  gint64 id = 0;

  if (text != NULL && *text != '\0' && !g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL))
    return -1;
  return id;
}

PvDemoReply *
pv_demo_agenda_fillslot (PvDemoPortal *portal, const PvDemoRequest *request, const char *agenda, const char *slot)
{
  g_autoptr (PvJson) body = parse_body (request);
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autoptr (PvDemoBooking) booking = NULL;
  const char *err_class = NULL;
  gint64 cancels;

  if (body == NULL)
    return pv_demo_reply_new_invalid ("invalid payload");
  if (request->is_sold_out)
    return refuse ("sold out");
  cancels = read_cancels (body);
  if (cancels < 0)
    return refuse ("cancel_booking_id is not an integer");
  booking = book (portal, request->now_us, agenda, slot, body, cancels, &err_class);
  if (booking == NULL)
    return refuse (err_class);
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "err", 0);
  write_booked (writer, booking);
  pv_json_writer_end_object (writer);
  return pv_demo_reply_new_json (writer);
}

PvDemoReply *
pv_demo_agenda_bookings (PvDemoPortal *portal, const PvDemoRequest *request)
{
  g_autofree char *ref = pv_demo_query_get (request->query, "user_external_id");
  g_autoptr (PvJsonWriter) writer = NULL;
  g_autoptr (GPtrArray) bookings = NULL;

  if (ref == NULL || *ref == '\0')
    return pv_demo_reply_new_invalid ("missing param user_external_id");
  writer = begin_list ();
  bookings = pv_demo_bookings_list (portal->store, ref);
  for (guint i = 0; i < bookings->len; i++) {
    const PvDemoBooking *booking = bookings->pdata[i];
    g_autoptr (PvJson) sent = pv_json_parse (booking->body, strlen (booking->body), NULL);
    g_autofree char *own = sent != NULL ? pv_demo_text (sent, "parvis_ref") : g_strdup ("");

    pv_json_writer_begin_object (writer, NULL);
    pv_json_writer_int (writer, "id", booking->id);
    pv_json_writer_bool (writer, "in_waiting_list", booking->is_waiting);
    pv_json_writer_text (writer, "user_external_id", booking->ref);
    pv_json_writer_text (writer, "label", booking->label);
    pv_json_writer_text (writer, "datetime", booking->datetime);
    pv_json_writer_begin_object (writer, "extra_data");
    pv_json_writer_text (writer, "parvis_ref", own);
    pv_json_writer_end_object (writer);
    pv_json_writer_end_object (writer);
  }
  return end_list (writer);
}

static PvDemoBooking *
find_booking (PvDemoPortal *portal, const char *id)
{
  gint64 number;

  return id != NULL && g_ascii_string_to_signed (id, 10, 1, G_MAXINT64, &number, NULL)
           ? pv_demo_bookings_get (portal->store, number)
           : NULL;
}

PvDemoReply *
pv_demo_agenda_cancel (PvDemoPortal *portal, const char *id)
{
  g_autoptr (PvDemoBooking) booking = find_booking (portal, id);

  if (booking == NULL)
    return pv_demo_reply_new_not_found ();
  if (!pv_demo_bookings_cancel (portal->store, booking->id))
    return refuse ("already cancelled");
  return pv_demo_reply_new (200, g_strdup ("{\"err\": 0}"));
}

PvDemoReply *
pv_demo_agenda_ics (PvDemoPortal *portal, const PvDemoRequest *request, const char *id)
{
  g_autoptr (PvDemoBooking) booking = find_booking (portal, id);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (TIME_ZONE);
  g_autofree char *uid = g_strconcat ("booking-", id, "@montclair.example", NULL);
  g_autofree char *moment = booking != NULL ? g_strdelimit (g_strdup (booking->datetime), " ", 'T') : NULL;
  g_autoptr (GDateTime) start = moment != NULL ? g_date_time_new_from_iso8601 (moment, zone) : NULL;
  PvCalendarEvent event = { .uid = uid, .stamp_us = request->now_us };
  PvDemoReply *reply;

  if (start == NULL)
    return pv_demo_reply_new_not_found ();
  event.starts_us = g_date_time_to_unix (start) * G_USEC_PER_SEC;
  event.summary = booking->label;
  reply = pv_demo_reply_new (200, pv_calendar_make (&event));
  reply->is_calendar = TRUE;
  return reply;
}

/* What a workflow does --------------------------------------------------------------------------------------------- */

void
pv_demo_agenda_book_filed (PvDemoPortal *portal, const PvDemoRequest *request, const PvJson *form, const PvJson *data)
{
  g_autoptr (PvJson) fields = pv_json_get_member (form, "fields");
  g_autofree char *ref = pv_demo_text (data, "parvis_ref");
  g_autofree char *title = pv_demo_text (form, "name");

  for (gsize i = 0; fields != NULL && i < pv_json_get_length (fields); i++) {
    g_autoptr (PvJson) field = pv_json_get_item (fields, i);
    g_autoptr (PvJson) source = pv_json_get_member (field, "data_source");
    g_autofree char *type = source != NULL ? pv_demo_text (source, "type") : g_strdup ("");
    g_autofree char *name = pv_demo_text (field, "varname");
    g_autofree char *slot = *name != '\0' ? pv_demo_text (data, name) : g_strdup ("");
    g_autoptr (PvJson) agenda =
      *type != '\0' ? pv_demo_find_item (pv_demo_site_get_settings (portal->site), "agendas", "source", type) : NULL;
    g_autofree char *slug = agenda != NULL ? pv_demo_text (agenda, "agenda") : NULL;
    g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
    g_autoptr (PvJson) body = NULL;
    g_autoptr (PvDemoBooking) booking = NULL;
    const char *err_class, *text;
    gsize length;

    if (agenda == NULL || *slot == '\0' || request->is_sold_out)
      continue;
    pv_json_writer_begin_object (writer, NULL);
    pv_json_writer_text (writer, "user_external_id", ref);
    pv_json_writer_text (writer, "parvis_ref", ref);
    pv_json_writer_text (writer, "label", title);
    pv_json_writer_end_object (writer);
    text = pv_json_writer_get_text (writer, &length);
    body = pv_json_parse (text, length, NULL);
    booking = book (portal, request->now_us, slug, slot, body, 0, &err_class);
  }
}

/* The relay -------------------------------------------------------------------------------------------------------- */

PvDemoReply *
pv_demo_agenda_relay_find (PvDemoPortal *portal, const PvDemoRequest *request)
{
  g_autofree char *ref = pv_demo_query_get (request->query, "ref");
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autoptr (GPtrArray) bookings = NULL;

  if (ref == NULL || *ref == '\0')
    return pv_demo_reply_new_invalid ("Missing reference.");
  bookings = pv_demo_bookings_list (portal->store, ref);
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "err", 0);
  pv_json_writer_begin_object (writer, "data");
  pv_json_writer_bool (writer, "found", bookings->len > 0);
  if (bookings->len > 0) {
    g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, ((PvDemoBooking *) bookings->pdata[0])->id);

    pv_json_writer_text (writer, "number", id);
  }
  pv_json_writer_end_object (writer);
  pv_json_writer_end_object (writer);
  return pv_demo_reply_new_json (writer);
}

/* Numbers of bookings follow one another: the reference proves that it is theirs. */
static gboolean
is_theirs (PvDemoPortal *portal, const char *id, const char *ref)
{
  g_autoptr (PvDemoBooking) booking = find_booking (portal, id);

  return booking != NULL && ref != NULL && *ref != '\0' && g_str_equal (booking->ref, ref);
}

PvDemoReply *
pv_demo_agenda_relay_cancel (PvDemoPortal *portal, const PvDemoRequest *request)
{
  g_autofree char *id = pv_demo_query_get (request->query, "booking");
  g_autofree char *ref = pv_demo_query_get (request->query, "ref");

  return is_theirs (portal, id, ref) ? pv_demo_agenda_cancel (portal, id) : pv_demo_reply_new_not_found ();
}

PvDemoReply *
pv_demo_agenda_relay_fillslot (PvDemoPortal *portal, const PvDemoRequest *request, const char *agenda, const char *slot)
{
  g_autoptr (PvJson) body = parse_body (request);
  g_autofree char *owner = pv_demo_query_get (request->query, "owner");
  g_autofree char *cancels = body != NULL ? pv_demo_text (body, "cancel_booking_id") : NULL;

  if (body == NULL)
    return pv_demo_reply_new_invalid ("Invalid json payload.");
  if (*cancels != '\0' && !is_theirs (portal, cancels, owner))
    return pv_demo_reply_new_error (403, "relay-denied", "Not a booking of this reference.");
  return pv_demo_agenda_fillslot (portal, request, agenda, slot);
}
