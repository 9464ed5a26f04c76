/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/drops.h"

#include "tst.h"

#define ID    "00112233445566778899aabbccddeeff"
#define NOW   (G_GINT64_CONSTANT (1795467600) * G_USEC_PER_SEC)
#define LATER (NOW + PV_DEMO_DROP_SECONDS * G_USEC_PER_SEC)

static int
set_up (void **state)
{
  *state = pv_demo_drops_new ();
  return 0;
}

static int
tear_down (void **state)
{
  pv_demo_drops_free (*state);
  return 0;
}

static guint
put (PvDemoDrops *drops, const char *id, gsize size, gint64 now_us)
{
  g_autoptr (GBytes) sealed = g_bytes_new_take (g_malloc0 (size), size);

  return pv_demo_drops_put (drops, id, sealed, now_us);
}

static guint
take (PvDemoDrops *drops, const char *id, gint64 now_us, gsize *ret_size)
{
  g_autoptr (GBytes) sealed = NULL;
  guint status = pv_demo_drops_take (drops, id, now_us, &sealed);

  if (ret_size != NULL)
    *ret_size = sealed != NULL ? g_bytes_get_size (sealed) : 0;
  return status;
}

static void
a_document_is_put_once_and_taken_once (void **state)
{
  gsize size;

  assert_int_equal (pv_demo_drops_look (*state, ID, NOW), 404);
  assert_int_equal (pv_demo_drops_open (*state, ID, NOW), 201);
  assert_int_equal (take (*state, ID, NOW, NULL), 204);
  assert_int_equal (pv_demo_drops_look (*state, ID, NOW), 204);
  assert_int_equal (put (*state, ID, PV_DEMO_DROP_MIN_BYTES, NOW), 204);
  assert_int_equal (pv_demo_drops_look (*state, ID, NOW), 409);
  assert_int_equal (put (*state, ID, PV_DEMO_DROP_MIN_BYTES, NOW), 409);
  assert_int_equal (take (*state, ID, NOW, &size), 200);
  assert_int_equal (size, PV_DEMO_DROP_MIN_BYTES);
  assert_int_equal (take (*state, ID, NOW, &size), 404);
  assert_int_equal (size, 0);
  assert_int_equal (put (*state, ID, PV_DEMO_DROP_MIN_BYTES, NOW), 409);
}

static void
nobody_puts_where_no_kiosk_waits (void **state)
{
  assert_int_equal (put (*state, ID, PV_DEMO_DROP_MIN_BYTES, NOW), 404);
  assert_int_equal (take (*state, ID, NOW, NULL), 404);
  assert_int_equal (pv_demo_drops_open (*state, "not an id", NOW), 404);
  assert_int_equal (pv_demo_drops_open (*state, ID, NOW), 201);
  assert_int_equal (pv_demo_drops_open (*state, ID, NOW), 409);
}

static void
a_wrong_size_leaves_the_place_free (void **state)
{
  assert_int_equal (pv_demo_drops_open (*state, ID, NOW), 201);
  assert_int_equal (put (*state, ID, PV_DEMO_DROP_MAX_BYTES + 1, NOW), 413);
  assert_int_equal (put (*state, ID, PV_DEMO_DROP_MIN_BYTES - 1, NOW), 400);
  assert_int_equal (put (*state, ID, PV_DEMO_DROP_MAX_BYTES, NOW), 204);
}

static void
everything_is_gone_ten_minutes_after_it_was_opened (void **state)
{
  assert_int_equal (pv_demo_drops_open (*state, ID, NOW), 201);
  assert_int_equal (put (*state, ID, PV_DEMO_DROP_MIN_BYTES, LATER - 1), 204);
  assert_int_equal (pv_demo_drops_count (*state, LATER - 1), 1);
  assert_int_equal (take (*state, ID, LATER, NULL), 404);
  assert_int_equal (pv_demo_drops_count (*state, LATER), 0);
  assert_int_equal (put (*state, ID, PV_DEMO_DROP_MIN_BYTES, LATER), 404);
}

static void
there_is_room_again_once_others_are_over (void **state)
{
  for (guint i = 0; i < PV_DEMO_DROP_MAX_PLACES; i++) {
    g_autofree char *id = g_strdup_printf ("%032x", i);

    assert_int_equal (pv_demo_drops_open (*state, id, NOW), 201);
  }
  assert_int_equal (pv_demo_drops_open (*state, ID, LATER - 1), 503);
  assert_int_equal (pv_demo_drops_open (*state, ID, LATER), 201);
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (a_document_is_put_once_and_taken_once),    T (nobody_puts_where_no_kiosk_waits),
    T (a_wrong_size_leaves_the_place_free),       T (everything_is_gone_ten_minutes_after_it_was_opened),
    T (there_is_room_again_once_others_are_over),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
