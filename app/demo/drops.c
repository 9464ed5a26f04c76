/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/drops.h"

#include "core/drop.h"

typedef struct Place {
  gint64 opened_us;
  GBytes *sealed; /* (nullable) */
  gboolean is_used;
} Place;

struct PvDemoDrops {
  GHashTable *places; /* (element-type utf8 Place) */
};

static void
place_free (gpointer data)
{
  Place *place = data;

  g_clear_pointer (&place->sealed, g_bytes_unref);
  g_free (place);
}

PvDemoDrops *
pv_demo_drops_new (void)
{
  PvDemoDrops *drops = g_new0 (PvDemoDrops, 1);

  drops->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, place_free);
  return drops;
}

void
pv_demo_drops_free (PvDemoDrops *drops)
{
  if (drops == NULL)
    return;
  g_hash_table_unref (drops->places);
  g_free (drops);
}

static gboolean
is_over_cb (gpointer key, gpointer value, gpointer user_data)
{
  const gint64 *now_us = user_data;

  (void) key;
  return *now_us - ((const Place *) value)->opened_us >= PV_DEMO_DROP_SECONDS * G_USEC_PER_SEC;
}

guint
pv_demo_drops_count (PvDemoDrops *drops, gint64 now_us)
{
  g_hash_table_foreach_remove (drops->places, is_over_cb, &now_us);
  return g_hash_table_size (drops->places);
}

static Place *
find (PvDemoDrops *drops, const char *id, gint64 now_us)
{
  pv_demo_drops_count (drops, now_us);
  return g_hash_table_lookup (drops->places, id);
}

guint
pv_demo_drops_open (PvDemoDrops *drops, const char *id, gint64 now_us)
{
  Place *place;

  if (!pv_drop_id_is_valid (id))
    return 404;
  if (find (drops, id, now_us) != NULL)
    return 409;
  if (g_hash_table_size (drops->places) >= PV_DEMO_DROP_MAX_PLACES)
    return 503;
  place = g_new0 (Place, 1);
  place->opened_us = now_us;
  g_hash_table_insert (drops->places, g_strdup (id), place);
  return 201;
}

guint
pv_demo_drops_look (PvDemoDrops *drops, const char *id, gint64 now_us)
{
  const Place *place = find (drops, id, now_us);

  return place == NULL ? 404 : place->is_used ? 409 : 204;
}

guint
pv_demo_drops_put (PvDemoDrops *drops, const char *id, GBytes *sealed, gint64 now_us)
{
  Place *place = find (drops, id, now_us);

  if (place == NULL || place->is_used)
    return pv_demo_drops_look (drops, id, now_us);
  if (g_bytes_get_size (sealed) > PV_DEMO_DROP_MAX_BYTES)
    return 413;
  if (g_bytes_get_size (sealed) < PV_DEMO_DROP_MIN_BYTES)
    return 400;
  place->is_used = TRUE;
  place->sealed = g_bytes_ref (sealed);
  return 204;
}

guint
pv_demo_drops_take (PvDemoDrops *drops, const char *id, gint64 now_us, GBytes **ret_sealed)
{
  Place *place = find (drops, id, now_us);

  *ret_sealed = NULL;
  if (place == NULL || (place->is_used && place->sealed == NULL))
    return 404;
  if (!place->is_used)
    return 204;
  *ret_sealed = g_steal_pointer (&place->sealed);
  return 200;
}
