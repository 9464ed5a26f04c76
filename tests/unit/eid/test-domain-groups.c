/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/domain-groups.h"

#include "hex.h"
#include "tst.h"

#include "examples-pace.h"

/* ICAO Doc 9303-11, table of section 9.5.1: bits. */
static const struct {
  gint id;
  gboolean is_ec;
  gint prime_bits, order_bits;
} rows[] = {
  { 0, FALSE, 1024, 160 }, { 1, FALSE, 2048, 224 }, { 2, FALSE, 2048, 256 }, { 8, TRUE, 192, 192 },
  { 9, TRUE, 192, 192 },   { 10, TRUE, 224, 224 },  { 11, TRUE, 224, 224 },  { 12, TRUE, 256, 256 },
  { 13, TRUE, 256, 256 },  { 14, TRUE, 320, 320 },  { 15, TRUE, 384, 384 },  { 16, TRUE, 384, 384 },
  { 17, TRUE, 512, 512 },  { 18, TRUE, 521, 521 },
};

static void
knows_the_standardized_groups_and_no_other (void **state)
{
  guint found = 0;
  gboolean is_ec;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvDomain) domain = pv_domain_new (rows[i].id);

    assert_non_null (domain);
    assert_int_equal (domain->is_ec, rows[i].is_ec);
    assert_int_equal (BN_num_bits (domain->prime), rows[i].prime_bits);
    assert_int_equal (BN_num_bits (domain->order), rows[i].order_bits);
    assert_int_equal (domain->field_bytes, (rows[i].prime_bits + 7) / 8);
    assert_true (pv_domain_is_known (rows[i].id, &is_ec));
    assert_int_equal (is_ec, rows[i].is_ec);
  }
  for (gint id = -1; id < 40; id++) {
    g_autoptr (PvDomain) domain = pv_domain_new (id);

    found += domain != NULL ? 1 : 0;
    assert_int_equal (domain != NULL, pv_domain_is_known (id, &is_ec));
  }
  assert_int_equal (found, G_N_ELEMENTS (rows));
}

static void
has_the_numbers_of_rfc_5114 (void **state)
{
  g_autoptr (PvDomain) domain = pv_domain_new (0);
  g_autofree guint8 *bytes = g_malloc (128);
  guint8 wanted[128];

  (void) state;
  unhex (RFC5114_1024_160_P, wanted);
  assert_int_equal (BN_bn2bin (domain->prime, bytes), 128);
  assert_memory_equal (bytes, wanted, 128);
  unhex (RFC5114_1024_160_G, wanted);
  assert_int_equal (BN_bn2bin (domain->generator, bytes), 128);
  assert_memory_equal (bytes, wanted, 128);
  unhex (RFC5114_1024_160_Q, wanted);
  assert_int_equal (BN_bn2bin (domain->order, bytes), 20);
  assert_memory_equal (bytes, wanted, 20);
}

static void
has_generators_of_their_order (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvDomain) domain = pv_domain_new (rows[i].id);
    g_autoptr (PvElement) generator = pv_element_new_generator (domain);
    g_autoptr (PvElement) raised = pv_element_raise (domain, generator, domain->order);

    assert_false (pv_element_is_neutral (domain, generator));
    assert_true (pv_element_is_neutral (domain, raised));
  }
}

static void
agrees_on_a_secret_in_each_group (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvDomain) domain = pv_domain_new (rows[i].id);
    g_autoptr (PvElement) generator = pv_element_new_generator (domain);
    g_autoptr (BIGNUM) a = pv_domain_random (domain);
    g_autoptr (BIGNUM) b = pv_domain_random (domain);
    g_autoptr (PvElement) public_a = pv_element_raise (domain, generator, a);
    g_autoptr (PvElement) public_b = pv_element_raise (domain, generator, b);
    g_autoptr (PvElement) ab = pv_element_raise (domain, public_a, b);
    g_autoptr (PvElement) ba = pv_element_raise (domain, public_b, a);
    guint8 bytes[PV_DOMAIN_MAX_KEY_BYTES];
    g_autoptr (PvElement) back = NULL;

    assert_true (pv_element_equal (domain, ab, ba));
    assert_false (pv_element_equal (domain, public_a, public_b));
    assert_true (pv_element_write (domain, public_a, bytes));
    back = pv_element_read (domain, bytes, domain->key_bytes);
    assert_true (pv_element_equal (domain, back, public_a));
  }
}

static void
refuses_points_that_are_none (void **state)
{
  g_autoptr (PvDomain) domain = pv_domain_new (13);
  guint8 good[65], bytes[80] = { 0 };

  (void) state;
  unhex (ECGM_PK_IC, good);
  assert_null (pv_element_read (domain, bytes, 1)); /* infinity */
  assert_null (pv_element_read (domain, bytes, 65));
  assert_null (pv_element_read (domain, good, 0));
  assert_null (pv_element_read (domain, good, 64));
  memcpy (bytes, good, 65);
  assert_null (pv_element_read (domain, bytes, 66));
  bytes[64] ^= 1; /* off the curve */
  assert_null (pv_element_read (domain, bytes, 65));
  memcpy (bytes, good, 65);
  bytes[0] = 0x02 + (bytes[64] & 1); /* compressed */
  assert_null (pv_element_read (domain, bytes, 33));
  bytes[0] = 0x06 + (bytes[64] & 1); /* hybrid */
  assert_null (pv_element_read (domain, bytes, 65));
  bytes[0] = 0x04;
  memset (bytes + 1, 0xFF, 64); /* coordinates above p */
  assert_null (pv_element_read (domain, bytes, 65));
}

static void
refuses_numbers_outside_the_subgroup (void **state)
{
  static const gint ids[] = { 0, 1, 2 };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (PvDomain) domain = pv_domain_new (ids[i]);
    g_autoptr (BIGNUM) bn = BN_dup (domain->prime);
    guint8 bytes[PV_DOMAIN_MAX_KEY_BYTES + 1] = { 0 };
    gsize length = domain->key_bytes;

    assert_null (pv_element_read (domain, bytes, length)); /* 0 */
    assert_null (pv_element_read (domain, bytes, 0));
    bytes[length - 1] = 1;
    assert_null (pv_element_read (domain, bytes, length)); /* 1 */
    bytes[length - 1] = 3;
    assert_null (pv_element_read (domain, bytes, length)); /* of another order */
    BN_sub_word (bn, 1);
    BN_bn2binpad (bn, bytes, (int) length);
    assert_null (pv_element_read (domain, bytes, length)); /* p - 1, of order 2 */
    BN_add (bn, domain->prime, domain->generator);
    if (BN_num_bytes (bn) == (int) length) {
      BN_bn2binpad (bn, bytes, (int) length);
      assert_null (pv_element_read (domain, bytes, length)); /* p + g */
    }
    memset (bytes, 0, sizeof bytes);
    BN_bn2binpad (domain->generator, bytes + 1, (int) length);
    assert_null (pv_element_read (domain, bytes, length + 1)); /* longer than p */
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (knows_the_standardized_groups_and_no_other),
    cmocka_unit_test (has_the_numbers_of_rfc_5114),
    cmocka_unit_test (has_generators_of_their_order),
    cmocka_unit_test (agrees_on_a_secret_in_each_group),
    cmocka_unit_test (refuses_points_that_are_none),
    cmocka_unit_test (refuses_numbers_outside_the_subgroup),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
