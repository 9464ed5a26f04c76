/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/call-list.h"

#include <sodium.h>
#include <string.h>

#include "assist/call.h"
#include "platform/carrier-name.h"

/* The public part first, so that an array of entries is one of waiting calls. */
typedef struct Entry {
  PvWaitingCall call;
  GBytes *bytes, *delegation;
  guint8 random[PV_CALL_RANDOM_BYTES];
  guint64 created;
  gint64 until_ms;
  gboolean has_rung;
} Entry;

struct PvCallList {
  const PvCertificate *self;
  const PvCertificateRoot *roots;
  gsize n_roots;
  GPtrArray *entries; /* Entry, oldest first */
  GHashTable *closed; /* random, hexadecimal -> monotonic ms until when it might be brought again */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->call.id);
  g_free (entry->call.kiosk);
  g_free (entry->call.place);
  g_free (entry->call.phone);
  g_bytes_unref (entry->bytes);
  g_bytes_unref (entry->delegation);
  g_free (entry);
}

PvCallList *
pv_call_list_new (const PvCertificate *self, const PvCertificateRoot *roots, gsize n_roots)
{
  PvCallList *list = g_new0 (PvCallList, 1);

  list->self = self;
  list->roots = roots;
  list->n_roots = n_roots;
  list->entries = g_ptr_array_new_with_free_func (entry_free);
  list->closed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return list;
}

void
pv_call_list_free (PvCallList *list)
{
  if (list == NULL)
    return;
  g_ptr_array_unref (list->entries);
  g_hash_table_unref (list->closed);
  g_free (list);
}

static char *
hex_of (const guint8 *bytes, gsize size)
{
  char *hex = g_malloc (2 * size + 1);

  return sodium_bin2hex (hex, 2 * size + 1, bytes, size);
}

static Entry *
find (const PvCallList *list, const char *id, guint *ret_index)
{
  for (guint i = 0; i < list->entries->len; i++) {
    Entry *entry = list->entries->pdata[i];

    if (strcmp (entry->call.id, id) == 0) {
      if (ret_index != NULL)
        *ret_index = i;
      return entry;
    }
  }
  return NULL;
}

/* A signed call may be brought again as long as its signature is good for somebody's clock. */
static void
close_call (PvCallList *list, const guint8 *random, PvAssistTime now)
{
  gint64 until_ms = now.mono_ms + (gint64) (PV_CALL_MAX_SECONDS + 2 * PV_CALL_SLACK_SECONDS) * 1000;

  if (g_hash_table_size (list->closed) >= PV_CALL_LIST_MAX_CLOSED)
    g_hash_table_remove_all (list->closed); /* a flood: nothing worse comes of it than a call that rings in vain */
  g_hash_table_replace (list->closed, hex_of (random, PV_CALL_RANDOM_BYTES), g_memdup2 (&until_ms, sizeof until_ms));
}

static gboolean
is_closed (const PvCallList *list, const guint8 *random)
{
  g_autofree char *hex = hex_of (random, PV_CALL_RANDOM_BYTES);

  return g_hash_table_contains (list->closed, hex);
}

static gboolean
is_closed_before_cb (gpointer key, gpointer value, gpointer data)
{
  (void) key;
  return *(const gint64 *) value <= *(const gint64 *) data;
}

static void
fill (Entry *entry, const PvCall *call, GBytes *bytes, PvAssistTime now)
{
  g_clear_pointer (&entry->bytes, g_bytes_unref);
  entry->bytes = g_bytes_ref (bytes);
  g_clear_pointer (&entry->delegation, g_bytes_unref);
  entry->delegation = g_bytes_ref (call->delegation);
  memcpy (entry->random, call->random, sizeof entry->random);
  entry->created = call->created;
  /* Its life, not its end: the two clocks differ. */
  entry->until_ms = now.mono_ms + (gint64) (call->expires - call->created) * 1000;
  g_free (entry->call.phone);
  entry->call.phone = g_strdup (call->phone);
  entry->call.is_here = call->is_here;
  entry->call.group = call->group;
}

static gboolean
add (PvCallList *list, const char *id, const PvCertificate *kiosk, const PvCall *call, GBytes *bytes, PvAssistTime now)
{
  Entry *entry;

  if (list->entries->len >= PV_CALL_LIST_MAX)
    return FALSE;
  entry = g_new0 (Entry, 1);
  entry->call.id = g_strdup (id);
  entry->call.kiosk = g_strdup (kiosk->name);
  entry->call.place = g_strdup (kiosk->place);
  entry->call.since_ms = now.mono_ms;
  fill (entry, call, bytes, now);
  g_ptr_array_add (list->entries, entry);
  return TRUE;
}

/* A new code, or the next group: whoever waits has waited since their first call. */
static gboolean
renew (PvCallList *list, Entry *entry, const PvCall *call, GBytes *bytes, PvAssistTime now)
{
  if (call->created < entry->created || g_bytes_equal (entry->bytes, bytes))
    return FALSE;
  if (memcmp (call->random, entry->random, sizeof entry->random) != 0) {
    close_call (list, entry->random, now);
    entry->has_rung = FALSE;
  }
  fill (entry, call, bytes, now);
  return TRUE;
}

static gboolean
end (PvCallList *list, const char *id, const PvCall *call, PvAssistTime now)
{
  guint index = 0;
  const Entry *entry = find (list, id, &index);

  close_call (list, call->random, now);
  if (entry == NULL || memcmp (entry->random, call->random, sizeof entry->random) != 0)
    return FALSE;
  g_ptr_array_remove_index (list->entries, index);
  return TRUE;
}

gboolean
pv_call_list_take (PvCallList *list, const char *peer, GBytes *bytes, PvAssistTime now)
{
  g_autoptr (PvCertificate) kiosk = NULL;
  g_autoptr (PvCall) call = NULL;
  g_autofree char *id = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  Entry *entry;

  call = pv_call_open (data, size, list->self, list->roots, list->n_roots, now.utc, &kiosk, NULL);
  if (call == NULL)
    return FALSE;
  id = hex_of (kiosk->id, sizeof kiosk->id);
  if (strcmp (id, peer) != 0)
    return FALSE;
  if (call->state != PV_CALL_RINGING)
    return end (list, id, call, now);
  if (is_closed (list, call->random))
    return FALSE;
  entry = find (list, id, NULL);
  return entry != NULL ? renew (list, entry, call, bytes, now) : add (list, id, kiosk, call, bytes, now);
}

gboolean
pv_call_list_expire (PvCallList *list, PvAssistTime now)
{
  guint before = list->entries->len;

  for (guint i = list->entries->len; i > 0; i--) {
    const Entry *entry = list->entries->pdata[i - 1];

    if (now.mono_ms < entry->until_ms)
      continue;
    close_call (list, entry->random, now);
    g_ptr_array_remove_index (list->entries, i - 1);
  }
  g_hash_table_foreach_remove (list->closed, is_closed_before_cb, &now.mono_ms);
  return list->entries->len != before;
}

gboolean
pv_call_list_close (PvCallList *list, const char *id, PvAssistTime now)
{
  guint index = 0;
  const Entry *entry = find (list, id, &index);

  if (entry == NULL)
    return FALSE;
  close_call (list, entry->random, now);
  g_ptr_array_remove_index (list->entries, index);
  return TRUE;
}

gint64
pv_call_list_next_deadline_ms (const PvCallList *list)
{
  gint64 next = G_MAXINT64;

  for (guint i = 0; i < list->entries->len; i++)
    next = MIN (next, ((const Entry *) list->entries->pdata[i])->until_ms);
  return next;
}

const GPtrArray *
pv_call_list_get (const PvCallList *list)
{
  return list->entries;
}

GBytes *
pv_call_list_get_bytes (const PvCallList *list, const char *id)
{
  const Entry *entry = find (list, id, NULL);

  return entry != NULL ? entry->bytes : NULL;
}

GBytes *
pv_call_list_get_delegation (const PvCallList *list, const char *id)
{
  const Entry *entry = find (list, id, NULL);

  return entry != NULL ? entry->delegation : NULL;
}

const PvWaitingCall *
pv_call_list_find (const PvCallList *list, const char *id)
{
  const Entry *entry = find (list, id, NULL);

  return entry != NULL ? &entry->call : NULL;
}

gboolean
pv_call_rings (const PvWaitingCall *call, const PvRinging *ringing)
{
  if (!ringing->is_open)
    return FALSE;
  switch (ringing->presence) {
  case PV_PRESENCE_FREE:
    return call->group >= ringing->group;
  case PV_PRESENCE_ON_SITE:
    return call->is_here || call->group >= 2;
  case PV_PRESENCE_OFF:
  case PV_PRESENCE_BUSY:
  case PV_N_PRESENCES:
    break;
  }
  return FALSE;
}

gboolean
pv_call_list_ring (PvCallList *list, const PvRinging *ringing)
{
  gboolean is_new = FALSE;

  for (guint i = 0; i < list->entries->len; i++) {
    Entry *entry = list->entries->pdata[i];

    if (entry->has_rung || !pv_call_rings (&entry->call, ringing))
      continue;
    entry->has_rung = is_new = TRUE;
  }
  return is_new;
}
