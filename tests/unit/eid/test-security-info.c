/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/security-info.h"

#include <openssl/obj_mac.h>

#include "hex.h"
#include "tst.h"

#include "examples-pace.h"

/* EF.CardAccess of documents in the field. */
#define CARDACCESS_NL     "31143012060A04007F0007020204020402010202010E"
#define CARDACCESS_IT     "31143012060A04007F00070202040101020102020102"
#define CARDACCESS_GM_CAM "31283012060A04007F000702020402040201020201103012060A04007F00070202040604020102020110"

static gboolean
parse (const char *hex, guint8 *bytes, PvSecurityInfos *infos)
{
  return pv_security_infos_parse (bytes, unhex (hex, bytes), infos, NULL);
}

static void
reads_what_cards_announce (void **state)
{
  static const struct {
    const char *bytes;
    guint count;
    PvMapping mapping;
    PvCipher cipher;
    gint id;
  } rows[] = {
    { ECGM_CARDACCESS, 1, PV_MAPPING_ECDH_GM, PV_CIPHER_AES128, 13 },
    { CARDACCESS_NL, 1, PV_MAPPING_ECDH_GM, PV_CIPHER_AES256, 14 },
    { CARDACCESS_IT, 1, PV_MAPPING_DH_GM, PV_CIPHER_3DES, 2 },
    { CARDACCESS_GM_CAM, 2, PV_MAPPING_ECDH_CAM, PV_CIPHER_AES256, 16 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint8 bytes[256];
    PvSecurityInfos infos;
    const PvPaceInfo *info;

    assert_true (parse (rows[i].bytes, bytes, &infos));
    assert_int_equal (infos.n_pace, rows[i].count);
    info = pv_security_infos_choose_pace (&infos);
    assert_non_null (info);
    assert_int_equal (info->mapping, rows[i].mapping);
    assert_int_equal (info->cipher, rows[i].cipher);
    assert_int_equal (info->parameter_id, rows[i].id);
    assert_false (pv_security_infos_is_ambiguous (&infos, info));
  }
}

/* Each set of infos and which of them is taken; -1: none. */
static void
prefers_the_stronger_of_what_can_be_done (void **state)
{
  static const struct {
    const char *bytes;
    gint chosen;
    gboolean is_ambiguous;
  } rows[] = {
    { "3128"
      "3012060A04007F0007020204020202010202010D"
      "3012060A04007F0007020204020402010202010D",
      1, FALSE },
    { "3128"
      "3012060A04007F0007020204020402010202010D"
      "3012060A04007F0007020204040202010202010D",
      1, FALSE },
    { "3128"
      "3012060A04007F00070202040104020102020102"
      "3012060A04007F0007020204020102010202010C",
      0, FALSE },
    { "3128"
      "3012060A04007F00070202040102020102020102"
      "3012060A04007F0007020204020202010202010C",
      1, FALSE },
    { "3128"
      "3012060A04007F0007020204020202010202010C"
      "3012060A04007F0007020204020202010202010D",
      0, TRUE },
    /* integrated mapping onto P-224 */
    { "3128"
      "3012060A04007F0007020204040202010202010A"
      "3012060A04007F0007020204020202010202010A",
      1, FALSE },
    /* a group of numbers for a protocol of curves, a number that is reserved, chip-authentication mapping with 3DES */
    { "313C"
      "3012060A04007F00070202040202020102020102"
      "3012060A04007F00070202040202020102020113"
      "3012060A04007F0007020204060102010202010D",
      -1, FALSE },
    /* version 1; without parameters */
    { "3125"
      "3012060A04007F0007020204020202010102010D"
      "300F060A04007F00070202040202020102",
      -1, FALSE },
    { "3100", -1, FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint8 bytes[256];
    PvSecurityInfos infos;
    const PvPaceInfo *info;

    if (!parse (rows[i].bytes, bytes, &infos))
      fail_msg ("row %zu", i);
    info = pv_security_infos_choose_pace (&infos);
    if (rows[i].chosen < 0 ? info != NULL : info != &infos.pace[rows[i].chosen])
      fail_msg ("row %zu: another one", i);
    if (info != NULL)
      assert_int_equal (pv_security_infos_is_ambiguous (&infos, info), rows[i].is_ambiguous);
  }
}

static void
reads_what_the_chip_proves_itself_with (void **state)
{
  guint8 bytes[512];
  PvSecurityInfos infos;

  (void) state;
  /* ChipAuthenticationInfo with and without an identifier, ActiveAuthenticationInfo with SHA-256, and one unknown. */
  assert_true (parse ("314A"
                      "3012060A04007F00070202030204020101020107"
                      "300F060A04007F00070202030101020101"
                      "30170606678108010105020101060A04007F00070101040103"
                      "300A06066781080101060500",
                      bytes, &infos));
  assert_true (infos.has_active_auth_hash);
  assert_int_equal (infos.active_auth_nid, NID_sha256);
  assert_int_equal (infos.n_chip, 2);
  assert_true (infos.chip[0].is_ecdh);
  assert_int_equal (infos.chip[0].cipher, PV_CIPHER_AES256);
  assert_int_equal (infos.chip[0].key_id, 7);
  assert_false (infos.chip[1].is_ecdh);
  assert_int_equal (infos.chip[1].cipher, PV_CIPHER_3DES);
  assert_int_equal (infos.chip[1].key_id, -1);
  assert_int_equal (infos.n_pace, 0);
}

static void
refuses_what_is_malformed (void **state)
{
  static const char *const wrong[] = {
    "",
    "30143012060A04007F0007020204020202010202010D",   /* no SET */
    "31143012060A04007F0007020204020202010202010D00", /* something behind */
    "31133012060A04007F0007020204020202010202010D",
    "31153012060A04007F0007020204020202010202010D00",
    "31143112060A04007F0007020204020202010202010D", /* no SEQUENCE */
    "31143012040A04007F0007020204020202010202010D", /* no OID */
    "3115"
    "3013060A04007F000702020402020201020200"
    "0D",                                           /* parameters are no number */
    "31143012060A04007F00070202040202020102020180", /* a negative number */
    "3112"
    "3010060A04007F000702020402020201"
    "02"
    "0200", /* a number of no byte */
    "3117"
    "3015060A04007F0007020204020202010202010D020101", /* one field too many */
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    guint8 bytes[256];
    PvSecurityInfos infos;

    if (pv_security_infos_parse (bytes, unhex (wrong[i], bytes), &infos, &error))
      fail_msg ("row %zu", i);
    assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA));
  }
}

static void
refuses_more_than_it_has_room_for (void **state)
{
  static const char *const info = "3012060A04007F0007020204020202010202010D";
  g_autoptr (GString) text = g_string_new (NULL);
  guint8 bytes[1024];
  PvSecurityInfos infos;

  (void) state;
  for (guint i = 0; i < PV_SECURITY_MAX_INFOS; i++)
    g_string_append (text, info);
  g_string_prepend (text, "31820280");
  assert_true (parse (text->str, bytes, &infos));
  assert_int_equal (infos.n_pace, PV_SECURITY_MAX_INFOS);
  g_string_append (text, info);
  memcpy (text->str, "31820294", 8);
  assert_false (parse (text->str, bytes, &infos));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (reads_what_cards_announce),
    cmocka_unit_test (prefers_the_stronger_of_what_can_be_done),
    cmocka_unit_test (reads_what_the_chip_proves_itself_with),
    cmocka_unit_test (refuses_what_is_malformed),
    cmocka_unit_test (refuses_more_than_it_has_room_for),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
