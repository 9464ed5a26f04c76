/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/slots.h"

#include <string.h>

#include "demo/bookings.h"

enum { MAX_PLACES = 1000 };

/* One time, or one class of one week. */
typedef struct {
  char *id, *text, *datetime;
  gint64 duration_minutes;
  guint n_places, n_taken, n_waiting_places, n_waiting;
  GPtrArray *free_in; /* (nullable) (element-type utf8): VIRTUAL: slugs of the agendas that have it free */
} Slot;

static void
slot_free (gpointer data)
{
  Slot *slot = data;

  g_free (slot->id);
  g_free (slot->text);
  g_free (slot->datetime);
  g_clear_pointer (&slot->free_in, g_ptr_array_unref);
  g_free (slot);
}

/* Below @n, by the name alone: names that end alike are not drawn alike. */
static guint
draw (const char *name, guint n)
{
  return (g_str_hash (name) * 2654435761U >> 16) % n;
}

static gint64
read_number (const PvJson *object, const char *key)
{
  gint64 number = 0;

  pv_json_find_int (object, key, 0, MAX_PLACES, &number, NULL);
  return number;
}

PvJson *
pv_demo_slots_find_agenda (const PvDemoSite *site, const char *slug)
{
  return pv_demo_find_item (pv_demo_site_get_settings (site), "agendas", "agenda", slug);
}

char *
pv_demo_slots_get_kind (const PvJson *agenda)
{
  char *kind = pv_demo_text (agenda, "kind");

  if (*kind != '\0')
    return kind;
  g_free (kind);
  return g_strdup ("meetings");
}

static Slot *
new_slot (const PvDemoSite *site, const char *id, GDateTime *time, const char *name)
{
  Slot *slot = g_new0 (Slot, 1);
  g_autofree char *day = pv_demo_site_format_day (site, time);

  slot->id = g_strdup (id);
  slot->datetime = g_date_time_format (time, "%Y-%m-%d %H:%M:%S");
  slot->text = name != NULL ? g_strdup (name)
                            : g_strdup_printf ("%s à %d\u00a0h\u00a0%02d", day, g_date_time_get_hour (time),
                                               g_date_time_get_minute (time));
  return slot;
}

static void
add_meeting (const PvDemoSite *site, GPtrArray *slots, const PvJson *agenda, GDateTime *time, PvDemoStore *store)
{
  g_autofree char *slug = pv_demo_text (agenda, "agenda");
  g_autofree char *meeting_type = pv_demo_text (agenda, "meeting_type");
  g_autofree char *stamp = g_date_time_format (time, "%Y-%m-%d-%H%M");
  g_autofree char *id = g_strconcat (meeting_type, ":", stamp, NULL);
  g_autofree char *seed = g_strconcat (slug, "/", id, NULL);
  Slot *slot = new_slot (site, id, time, NULL);

  slot->duration_minutes = read_number (agenda, "duration_minutes");
  slot->n_places = 1;
  /* A third has been taken by others. */
  slot->n_taken = draw (seed, 3) == 0 || (store != NULL && pv_demo_bookings_count (store, slug, id, FALSE) > 0);
  g_ptr_array_add (slots, slot);
}

static void
add_meetings (const PvDemoSite *site, GPtrArray *slots, const PvJson *agenda, PvDemoStore *store, gint64 now_us)
{
  g_autoptr (GDateTime) start = pv_demo_commune_today (now_us);
  gint64 days = read_number (agenda, "days");
  gint64 first_minute = read_number (agenda, "first_hour") * 60;

  for (int ahead = 2; days > 0; ahead++) {
    g_autoptr (GDateTime) day = g_date_time_add_days (start, ahead);

    if (g_date_time_get_day_of_week (day) > 5)
      continue;
    days--;
    for (gint64 i = 0; i < read_number (agenda, "slots"); i++) {
      g_autoptr (GDateTime) time =
        g_date_time_add_minutes (day, (int) (first_minute + i * read_number (agenda, "duration_minutes")));

      add_meeting (site, slots, agenda, time, store);
    }
  }
}

static void
add_event (const PvDemoSite *site, GPtrArray *slots, const char *agenda, const PvJson *event, GDateTime *time,
           PvDemoStore *store)
{
  g_autofree char *slug = pv_demo_text (event, "slug");
  g_autofree char *text = pv_demo_text (event, "text");
  g_autofree char *stamp = g_date_time_format (time, "%Y%m%d");
  g_autofree char *id = g_strconcat (slug, "-", stamp, NULL);
  Slot *slot = new_slot (site, id, time, text);

  slot->duration_minutes = read_number (event, "duration_minutes");
  slot->n_places = (guint) read_number (event, "places");
  slot->n_waiting_places = (guint) read_number (event, "waiting");
  slot->n_taken = draw (id, slot->n_places + 1);
  if (store != NULL) {
    slot->n_taken = MIN (slot->n_places, slot->n_taken + pv_demo_bookings_count (store, agenda, id, FALSE));
    slot->n_waiting = pv_demo_bookings_count (store, agenda, id, TRUE);
  }
  g_ptr_array_add (slots, slot);
}

static void
add_events (const PvDemoSite *site, GPtrArray *slots, const PvJson *agenda, PvDemoStore *store, gint64 now_us)
{
  g_autoptr (GDateTime) start = pv_demo_commune_today (now_us);
  g_autoptr (PvJson) events = pv_json_get_member (agenda, "events");
  g_autofree char *slug = pv_demo_text (agenda, "agenda");

  for (gsize i = 0; events != NULL && i < pv_json_get_length (events); i++) {
    g_autoptr (PvJson) event = pv_json_get_item (events, i);
    int wait = 1 + (int) ((read_number (event, "weekday") + 6 - g_date_time_get_day_of_week (start)) % 7);

    for (int week = 0; week < read_number (agenda, "weeks"); week++) {
      g_autoptr (GDateTime) day = g_date_time_add_days (start, wait + 7 * week);
      g_autoptr (GDateTime) time = g_date_time_add_hours (day, (int) read_number (event, "hour"));

      add_event (site, slots, slug, event, time, store);
    }
  }
}

static Slot *
find_slot (const GPtrArray *slots, const char *id)
{
  for (guint i = 0; i < slots->len; i++) {
    Slot *slot = slots->pdata[i];

    if (g_str_equal (slot->id, id))
      return slot;
  }
  return NULL;
}

static GPtrArray *make_slots (const PvDemoSite *site, const PvJson *agenda, PvDemoStore *store, gint64 now_us);

/* Free where one of them has it free. */
static void
add_virtual (const PvDemoSite *site, GPtrArray *slots, const PvJson *agenda, PvDemoStore *store, gint64 now_us)
{
  g_autoptr (PvJson) parts = pv_json_get_member (agenda, "agendas");

  for (gsize i = 0; parts != NULL && i < pv_json_get_length (parts); i++) {
    g_autoptr (PvJson) name = pv_json_get_item (parts, i);
    g_autofree char *slug = pv_json_as_text (name);
    g_autoptr (PvJson) part = pv_demo_slots_find_agenda (site, slug);
    g_autoptr (GPtrArray) own = part != NULL ? make_slots (site, part, store, now_us) : g_ptr_array_new ();

    for (guint k = 0; k < own->len; k++) {
      const Slot *from = own->pdata[k];
      Slot *slot = find_slot (slots, from->id);

      if (slot == NULL) {
        slot = g_new0 (Slot, 1);
        slot->id = g_strdup (from->id);
        slot->text = g_strdup (from->text);
        slot->datetime = g_strdup (from->datetime);
        slot->duration_minutes = from->duration_minutes;
        slot->free_in = g_ptr_array_new_with_free_func (g_free);
        g_ptr_array_add (slots, slot);
      }
      slot->n_places += from->n_places;
      slot->n_taken += from->n_taken;
      if (from->n_taken < from->n_places)
        g_ptr_array_add (slot->free_in, g_strdup (slug));
    }
  }
}

static GPtrArray *
make_slots (const PvDemoSite *site, const PvJson *agenda, PvDemoStore *store, gint64 now_us)
{
  GPtrArray *slots = g_ptr_array_new_with_free_func (slot_free);
  g_autofree char *kind = pv_demo_slots_get_kind (agenda);

  if (g_str_equal (kind, "events"))
    add_events (site, slots, agenda, store, now_us);
  else if (g_str_equal (kind, "virtual"))
    add_virtual (site, slots, agenda, store, now_us);
  else
    add_meetings (site, slots, agenda, store, now_us);
  return slots;
}

static PvDemoSlotState
state_of (const Slot *slot)
{
  if (slot->n_taken < slot->n_places)
    return PV_DEMO_SLOT_FREE;
  return slot->n_waiting < slot->n_waiting_places ? PV_DEMO_SLOT_WAITING : PV_DEMO_SLOT_FULL;
}

static void
write_places (PvJsonWriter *writer, const Slot *slot)
{
  pv_json_writer_begin_object (writer, "places");
  pv_json_writer_int (writer, "total", slot->n_places);
  pv_json_writer_int (writer, "reserved", slot->n_taken);
  pv_json_writer_int (writer, "available", slot->n_places - slot->n_taken);
  pv_json_writer_bool (writer, "full", slot->n_taken >= slot->n_places);
  pv_json_writer_bool (writer, "has_waiting_list", slot->n_waiting_places > 0);
  if (slot->n_waiting_places > 0) {
    pv_json_writer_int (writer, "waiting_list_total", slot->n_waiting_places);
    pv_json_writer_int (writer, "waiting_list_reserved", slot->n_waiting);
    pv_json_writer_int (writer, "waiting_list_available", slot->n_waiting_places - slot->n_waiting);
  }
  pv_json_writer_end_object (writer);
}

static void
write_agendas (const PvDemoSite *site, PvJsonWriter *writer, const Slot *slot)
{
  pv_json_writer_begin_array (writer, "agendas");
  for (guint i = 0; i < slot->free_in->len; i++) {
    const char *slug = slot->free_in->pdata[i];
    g_autoptr (PvJson) agenda = pv_demo_slots_find_agenda (site, slug);
    g_autofree char *text = agenda != NULL ? pv_demo_text (agenda, "text") : g_strdup ("");

    pv_json_writer_begin_object (writer, NULL);
    pv_json_writer_text (writer, "id", slug);
    pv_json_writer_text (writer, "text", text);
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_array (writer);
}

static void
write_slot (const PvDemoSite *site, PvJsonWriter *writer, const char *agenda, const char *kind, const Slot *slot)
{
  g_autofree char *url = g_strconcat (PV_DEMO_BASE, "api/agenda/", agenda, "/fillslot/", slot->id, "/", NULL);

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_text (writer, "id", slot->id);
  pv_json_writer_text (writer, "text", slot->text);
  pv_json_writer_text (writer, "datetime", slot->datetime);
  pv_json_writer_int (writer, "duration", slot->duration_minutes);
  pv_json_writer_bool (writer, "disabled", state_of (slot) == PV_DEMO_SLOT_FULL);
  if (g_str_equal (kind, "events"))
    write_places (writer, slot);
  if (slot->free_in != NULL)
    write_agendas (site, writer, slot);
  pv_json_writer_begin_object (writer, "api");
  pv_json_writer_text (writer, "fillslot_url", url);
  pv_json_writer_end_object (writer);
  pv_json_writer_end_object (writer);
}

PvJson *
pv_demo_slots_list (const PvDemoSite *site, const PvJson *agenda, PvDemoStore *store, gint64 now_us)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autoptr (GPtrArray) slots = make_slots (site, agenda, store, now_us);
  g_autofree char *slug = pv_demo_text (agenda, "agenda");
  g_autofree char *kind = pv_demo_slots_get_kind (agenda);
  const char *text;
  gsize length;

  pv_json_writer_begin_array (writer, NULL);
  for (guint i = 0; i < slots->len; i++)
    write_slot (site, writer, slug, kind, slots->pdata[i]);
  pv_json_writer_end_array (writer);
  text = pv_json_writer_get_text (writer, &length);
  return pv_json_parse (text, length, NULL);
}

PvDemoSlotState
pv_demo_slots_look_up (const PvDemoSite *site, const PvJson *agenda, const char *slot, PvDemoStore *store,
                       gint64 now_us, char **ret_datetime, char **ret_agenda)
{
  g_autoptr (GPtrArray) slots = make_slots (site, agenda, store, now_us);
  const Slot *found = find_slot (slots, slot);

  if (found == NULL)
    return PV_DEMO_SLOT_UNKNOWN;
  *ret_datetime = g_strdup (found->datetime);
  *ret_agenda = found->free_in != NULL && found->free_in->len > 0 ? g_strdup (found->free_in->pdata[0])
                                                                  : pv_demo_text (agenda, "agenda");
  return state_of (found);
}
