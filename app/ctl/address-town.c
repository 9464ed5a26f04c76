/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/address-town.h"

#include <math.h>
#include <string.h>

#define METRES_A_DEGREE 111195.0 /* of latitude: a 360th of the circumference, 6,371 km in radius */

static void
street_free (gpointer pointer)
{
  PvTownStreet *street = pointer;

  g_free (street->name);
  g_free (street->postcode);
  g_free (street->commune);
  g_free (street->insee);
  g_free (street->order);
  g_free (street);
}

PvTown *
pv_town_new (void)
{
  PvTown *town = g_new0 (PvTown, 1);

  town->streets = g_ptr_array_new_with_free_func (street_free);
  town->numbers = g_array_new (FALSE, FALSE, sizeof (PvTownNumber));
  town->crossings = g_array_new (FALSE, FALSE, sizeof (PvTownCrossing));
  town->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return town;
}

void
pv_town_free (PvTown *town)
{
  if (town == NULL)
    return;
  g_ptr_array_unref (town->streets);
  g_array_unref (town->numbers);
  g_array_unref (town->crossings);
  g_clear_pointer (&town->by_name, g_hash_table_unref);
  g_free (town);
}

static char *
make_order (const PvAddressRow *row)
{
  g_autoptr (PvWords) words = pv_street_words (row->street);
  g_autofree char *joined = g_strjoinv (" ", words->items);

  return g_strjoin ("\x1f", row->insee, joined, row->street, row->postcode, NULL);
}

static guint
find_street (PvTown *town, const PvAddressRow *row)
{
  g_autofree char *key = g_strjoin ("\x1f", row->insee, row->street, row->postcode, NULL);
  gpointer index;
  PvTownStreet *street;

  if (g_hash_table_lookup_extended (town->by_name, key, NULL, &index))
    return GPOINTER_TO_UINT (index);
  street = g_new0 (PvTownStreet, 1);
  street->name = g_strdup (row->street);
  street->postcode = g_strdup (row->postcode);
  street->commune = g_strdup (row->commune);
  street->insee = g_strdup (row->insee);
  street->order = make_order (row);
  g_hash_table_insert (town->by_name, g_steal_pointer (&key), GUINT_TO_POINTER (town->streets->len));
  g_ptr_array_add (town->streets, street);
  return town->streets->len - 1;
}

void
pv_town_take (PvTown *town, const PvAddressRow *row)
{
  PvTownNumber number = {
    .street = find_street (town, row), .number = row->number, .latitude = row->latitude, .longitude = row->longitude
  };

  g_strlcpy (number.repetition, row->repetition, sizeof number.repetition);
  g_array_append_val (town->numbers, number);
}

static int
compare_streets_cb (gconstpointer left, gconstpointer right, gpointer user_data)
{
  const PvTown *town = user_data;
  const PvTownStreet *a = town->streets->pdata[*(const guint *) left];
  const PvTownStreet *b = town->streets->pdata[*(const guint *) right];

  return strcmp (a->order, b->order);
}

static void
sort_streets (PvTown *town)
{
  guint n = town->streets->len;
  g_autofree guint *order = g_new (guint, n + 1), *places = g_new (guint, n + 1);
  GPtrArray *sorted = g_ptr_array_new_with_free_func (street_free);

  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (gint) n, sizeof *order, compare_streets_cb, town);
  for (guint i = 0; i < n; i++) {
    places[order[i]] = i;
    g_ptr_array_add (sorted, town->streets->pdata[order[i]]);
  }
  for (guint i = 0; i < town->numbers->len; i++) {
    PvTownNumber *number = &g_array_index (town->numbers, PvTownNumber, i);

    number->street = places[number->street];
  }
  g_ptr_array_set_free_func (town->streets, NULL);
  g_ptr_array_unref (town->streets);
  town->streets = sorted;
}

static int
compare_numbers (gconstpointer left, gconstpointer right)
{
  const PvTownNumber *a = left, *b = right;

  if (a->street != b->street)
    return a->street < b->street ? -1 : 1;
  if (a->number != b->number)
    return a->number < b->number ? -1 : 1;
  return strcmp (a->repetition, b->repetition);
}

static int
compare_numbers_and_places (gconstpointer left, gconstpointer right)
{
  const PvTownNumber *a = left, *b = right;
  int order = compare_numbers (a, b);

  if (order != 0)
    return order;
  if (a->latitude < b->latitude || a->latitude > b->latitude)
    return a->latitude < b->latitude ? -1 : 1;
  return a->longitude < b->longitude ? -1 : a->longitude > b->longitude;
}

/* One of each. */
static void
sort_numbers (PvTown *town)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (PvTownNumber));

  g_array_sort (town->numbers, compare_numbers_and_places);
  for (guint i = 0; i < town->numbers->len; i++) {
    const PvTownNumber *number = &g_array_index (town->numbers, PvTownNumber, i);

    if (kept->len == 0 || compare_numbers (&g_array_index (kept, PvTownNumber, kept->len - 1), number) != 0)
      g_array_append_val (kept, *number);
  }
  g_array_unref (town->numbers);
  town->numbers = kept;
}

static double
square_metres (double latitude_a, double longitude_a, double latitude_b, double longitude_b)
{
  double north = (latitude_a - latitude_b) * METRES_A_DEGREE;
  double east = (longitude_a - longitude_b) * METRES_A_DEGREE * cos (latitude_a * G_PI / 180);

  return north * north + east * east;
}

static void
place_street (PvTown *town, PvTownStreet *street, guint first, guint end)
{
  double latitude = 0, longitude = 0, nearest = G_MAXDOUBLE;

  for (guint i = first; i < end; i++) {
    latitude += g_array_index (town->numbers, PvTownNumber, i).latitude / (end - first);
    longitude += g_array_index (town->numbers, PvTownNumber, i).longitude / (end - first);
  }
  for (guint i = first; i < end; i++) {
    const PvTownNumber *number = &g_array_index (town->numbers, PvTownNumber, i);
    double far = square_metres (number->latitude, number->longitude, latitude, longitude);

    if (far < nearest) {
      nearest = far;
      street->latitude = number->latitude;
      street->longitude = number->longitude;
    }
  }
  street->n_places = end - first;
}

static void
place_streets (PvTown *town)
{
  for (guint first = 0, end; first < town->numbers->len; first = end) {
    guint street = g_array_index (town->numbers, PvTownNumber, first).street;

    for (end = first; end < town->numbers->len && g_array_index (town->numbers, PvTownNumber, end).street == street;)
      end++;
    place_street (town, town->streets->pdata[street], first, end);
  }
}

/* Squares of a grid, as wide as two streets may be apart; only neighbours need to be compared. */
static gint64
square_of (double latitude, double longitude, int north, int east)
{
  double degrees = PV_TOWN_CROSSING_METRES / METRES_A_DEGREE;
  gint64 row = (gint64) floor (latitude / degrees) + north;
  double at = ((double) row + 0.5) * degrees;
  gint64 column = (gint64) floor (longitude * cos (at * G_PI / 180) / degrees) + east;

  return row * 100000000 + column;
}

typedef struct {
  double far; /* square metres */
  PvTownCrossing crossing;
} Near;

/* One street through two communes, or with two postcodes. */
static gboolean
is_same_name (const PvTown *town, guint a, guint b)
{
  const PvTownStreet *street_a = town->streets->pdata[a], *street_b = town->streets->pdata[b];

  return g_str_equal (street_a->name, street_b->name);
}

static void
compare_two (const PvTown *town, GHashTable *nearest, guint i, guint j)
{
  const PvTownNumber *a = &g_array_index (town->numbers, PvTownNumber, i);
  const PvTownNumber *b = &g_array_index (town->numbers, PvTownNumber, j);
  double far;
  gint64 key;
  Near *near;

  if (a->street >= b->street || is_same_name (town, a->street, b->street))
    return;
  far = square_metres (a->latitude, a->longitude, b->latitude, b->longitude);
  if (far > (double) PV_TOWN_CROSSING_METRES * PV_TOWN_CROSSING_METRES)
    return;
  key = (gint64) a->street << 32 | b->street;
  near = g_hash_table_lookup (nearest, &key);
  if (near == NULL) {
    gint64 *own = g_new (gint64, 1);

    if (g_hash_table_size (nearest) >= PV_TOWN_MAX_CROSSINGS)
      return;
    near = g_new0 (Near, 1);
    near->far = G_MAXDOUBLE;
    near->crossing = (PvTownCrossing){ a->street, b->street, 0, 0 };
    *own = key;
    g_hash_table_insert (nearest, own, near);
  }
  if (far < near->far) { /* numbers are sorted: of equal ones the first */
    near->far = far;
    near->crossing.latitude = (a->latitude + b->latitude) / 2;
    near->crossing.longitude = (a->longitude + b->longitude) / 2;
  }
}

static int
compare_crossings (gconstpointer left, gconstpointer right)
{
  const PvTownCrossing *a = left, *b = right;

  if (a->a != b->a)
    return a->a < b->a ? -1 : 1;
  return a->b < b->b ? -1 : a->b > b->b;
}

static GHashTable *
make_grid (const PvTown *town)
{
  GHashTable *grid = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);

  for (guint i = 0; i < town->numbers->len; i++) {
    const PvTownNumber *number = &g_array_index (town->numbers, PvTownNumber, i);
    gint64 square = square_of (number->latitude, number->longitude, 0, 0);
    GArray *members = g_hash_table_lookup (grid, &square);

    if (members == NULL) {
      gint64 *key = g_new (gint64, 1);

      *key = square;
      members = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (grid, key, members);
    }
    g_array_append_val (members, i);
  }
  return grid;
}

/* A row of squares to the north or south is shifted by the meridians that come together: two to each side. */
static void
find_crossings (PvTown *town)
{
  g_autoptr (GHashTable) grid = make_grid (town);
  g_autoptr (GHashTable) nearest = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer near;

  for (guint i = 0; i < town->numbers->len; i++) {
    const PvTownNumber *number = &g_array_index (town->numbers, PvTownNumber, i);

    for (int north = -1; north <= 1; north++)
      for (int east = -2; east <= 2; east++) {
        gint64 square = square_of (number->latitude, number->longitude, north, east);
        const GArray *members = g_hash_table_lookup (grid, &square);

        for (guint k = 0; members != NULL && k < members->len; k++)
          compare_two (town, nearest, i, g_array_index (members, guint, k));
      }
  }
  g_hash_table_iter_init (&iter, nearest);
  while (g_hash_table_iter_next (&iter, NULL, &near))
    g_array_append_val (town->crossings, ((const Near *) near)->crossing);
  g_array_sort (town->crossings, compare_crossings);
}

void
pv_town_finish (PvTown *town)
{
  g_clear_pointer (&town->by_name, g_hash_table_unref);
  sort_streets (town);
  sort_numbers (town);
  place_streets (town);
  find_crossings (town);
}
