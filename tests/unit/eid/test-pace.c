/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole dialogues of PACE: those of the worked examples, and the same gone wrong. */
#include "eid/pace.h"

#include "eid/pace-internal.h"
#include "eid/transport-script.h"
#include "hex.h"
#include "tst.h"

#include "examples-pace.h"
#include "examples-sm.h"

enum { STEPS = 5 };

typedef struct Dialogue {
  PvPaceInfo info;
  PvPaceSecrets secrets;
  PvCardPassword *password;
  const char *commands[STEPS], *answers[STEPS];
  gboolean is_ambiguous;
} Dialogue;

static BIGNUM *
number (const char *hex)
{
  BIGNUM *bn = NULL;

  if (hex != NULL)
    assert_true (BN_hex2bn (&bn, hex) > 0);
  return bn;
}

static void
begin (Dialogue *dialogue, const char *oid, gint id, const char *map_key, const char *nonce, const char *key)
{
  *dialogue = (Dialogue){ .info = { .cipher = PV_CIPHER_AES128, .parameter_id = id } };
  dialogue->info.oid_length = unhex (oid, dialogue->info.oid);
  dialogue->info.mapping = (PvMapping) dialogue->info.oid[8];
  dialogue->secrets.map_key = number (map_key);
  dialogue->secrets.key = number (key);
  if (nonce != NULL)
    unhex (nonce, dialogue->secrets.nonce);
}

static void
finish (Dialogue *dialogue)
{
  pv_pace_secrets_clear (&dialogue->secrets);
  pv_card_password_free (dialogue->password);
}

/* The example of appendix G.1, byte by byte. */
static void
begin_ecgm (Dialogue *dialogue)
{
  static const char *const commands[STEPS] = { ECGM_C1, ECGM_C2, ECGM_C3, ECGM_C4, ECGM_C5 };
  static const char *const answers[STEPS] = { "9000", ECGM_R2, ECGM_R3, ECGM_R4, ECGM_R5 };

  begin (dialogue, ECGM_OID, 13, ECGM_SKMAP_IFD, NULL, ECGM_SK_IFD);
  dialogue->password = pv_card_password_new_mrz ("T22000129", "640812", "101031");
  memcpy (dialogue->commands, commands, sizeof commands);
  memcpy (dialogue->answers, answers, sizeof answers);
}

/* Up to the first answer that is NULL. */
static char *
write_script (const Dialogue *dialogue, const char *before)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < STEPS && dialogue->answers[i] != NULL; i++)
    g_string_append_printf (text, "> %s\n%s%s\n", dialogue->commands[i],
                            g_ascii_isxdigit (dialogue->answers[i][0]) ? "< " : "", dialogue->answers[i]);
  return g_string_free (text, FALSE);
}

/* Plays it to the end of the script; the channel is kept if it is secured then. */
static gboolean
play (const Dialogue *dialogue, const char *before, const char *behind, PvPaceResult *ret_result, GError **error)
{
  g_autofree char *text = write_script (dialogue, before);
  g_autofree char *whole = g_strconcat (text, behind, NULL);
  g_autoptr (PvCardTransport) script = pv_card_script_play (whole, NULL);
  g_autoptr (PvChannel) channel = pv_channel_new (script);
  gboolean is_done;

  is_done = pv_pace_run_with (channel, &dialogue->info, dialogue->is_ambiguous, dialogue->password, &dialogue->secrets,
                              ret_result, error);
  assert_int_equal (pv_channel_is_secured (channel), is_done);
  if (is_done && behind != NULL) { /* the first command of the examples of secure messaging */
    guint8 bytes[64];
    guint16 sw;
    gsize length;
    PvApdu apdu;

    assert_true (pv_apdu_decode (bytes, unhex (sm_aes128[0].plain_cmd, bytes), &apdu));
    assert_true (pv_channel_send (channel, &apdu, bytes, sizeof bytes, &length, &sw, PV_CARD_TIMEOUT_MS, NULL));
    assert_int_equal (sw, PV_SW_OK);
  }
  if (!pv_card_script_is_done (script))
    fail_msg ("fewer commands than in the script");
  return is_done;
}

static void
speaks_as_in_the_example_and_secures_the_channel (void **state)
{
  g_autofree char *behind = g_strdup_printf ("> %s\n< %s\n", sm_aes128[0].cmd, sm_aes128[0].rsp);
  g_auto (PvPaceResult) result = { 0 };
  Dialogue dialogue;

  (void) state;
  begin_ecgm (&dialogue);
  assert_true (play (&dialogue, "", behind, &result, NULL));
  assert_int_equal (result.parameter_id, 13);
  assert_int_equal (result.cam_data.length, 0);
  assert_int_equal (result.mapping_key.length, 0);
  finish (&dialogue);
}

static void
speaks_every_other_mapping_as_in_its_example (void **state)
{
  static const struct {
    const char *oid;
    gint id;
    const char *map_key, *nonce, *key;
    const char *commands[STEPS], *answers[STEPS];
  } rows[] = {
    { DHGM_OID,
      0,
      DHGM_SKMAP_IFD,
      NULL,
      DHGM_SK_IFD,
      { "0022C1A40F800A" DHGM_OID "830101", "10860000027C0000", "10860000867C8183818180" DHGM_PKMAP_IFD "00",
        "10860000867C8183838180" DHGM_PK_IFD "00", DHGM_C5 },
      { "9000", "7C128010" DHGM_Z "9000", "7C8183828180" DHGM_PKMAP_IC "9000", "7C8183848180" DHGM_PK_IC "9000",
        DHGM_R5 } },
    { ECIM_OID,
      13,
      NULL,
      ECIM_T,
      ECIM_SK_IFD,
      { "0022C1A40F800A" ECIM_OID "830102", "10860000027C0000", ECIM_C3, ECIM_C4, ECIM_C5 },
      { "9000", "7C128010" ECIM_Z "9000", "7C009000", ECIM_R4, ECIM_R5 } },
    { ECIM_OID,
      13,
      NULL,
      ECIM_T,
      ECIM_SK_IFD,
      { "0022C1A40F800A" ECIM_OID "830102", "10860000027C0000", ECIM_C3, ECIM_C4, ECIM_C5 },
      { "9000", "7C128010" ECIM_Z "9000", "7C0282009000", ECIM_R4, ECIM_R5 } },
    { DHIM_OID,
      0,
      NULL,
      DHIM_T,
      DHIM_SK_IFD,
      { "0022C1A40F800A" DHIM_OID "830102", "10860000027C0000", "10860000147C128110" DHIM_T "00",
        "10860000867C8183838180" DHIM_PK_IFD "00", "008600000C7C0A8508" DHIM_T_IFD "00" },
      { "9000", "7C128010" DHIM_Z "9000", "7C009000", "7C8183848180" DHIM_PK_IC "9000", "7C0A8608" DHIM_T_IC "9000" } },
    { CAM_OID,
      13,
      CAM_SKMAP_IFD,
      NULL,
      CAM_SK_IFD,
      { "0022C1A40F800A" CAM_OID "830101", "10860000027C0000", "10860000457C438141" CAM_PKMAP_IFD "00",
        "10860000457C438341" CAM_PK_IFD "00", "008600000C7C0A8508" CAM_T_IFD "00" },
      { "9000", "7C128010" CAM_Z "9000", "7C438241" CAM_PKMAP_IC "9000", "7C438441" CAM_PK_IC "9000", CAM_R5 } },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (PvPaceResult) result = { 0 };
    g_autoptr (GError) error = NULL;
    gboolean is_cam = strcmp (rows[i].oid, CAM_OID) == 0, is_can = rows[i].nonce != NULL;
    Dialogue dialogue;

    begin (&dialogue, rows[i].oid, rows[i].id, rows[i].map_key, rows[i].nonce, rows[i].key);
    dialogue.password = is_can   ? pv_card_password_new_can ("123456")
                        : is_cam ? pv_card_password_new_mrz ("C11T002JM", "960812", "231031")
                                 : pv_card_password_new_mrz ("T22000129", "640812", "101031");
    memcpy (dialogue.commands, rows[i].commands, sizeof dialogue.commands);
    memcpy (dialogue.answers, rows[i].answers, sizeof dialogue.answers);
    if (!play (&dialogue, "", NULL, &result, &error))
      fail_msg ("row %zu: %s", i, error->message);
    assert_int_equal (result.cam_data.length, is_cam ? 32 : 0);
    assert_int_equal (result.mapping_key.length, is_cam ? 65 : 0);
    if (is_cam) {
      guint8 bytes[256];
      PvSecurityInfos infos;

      assert_true (pv_security_infos_parse (bytes, unhex (CAM_SECURITY_INFOS, bytes), &infos, NULL));
      assert_true (pv_pace_check_cam (&result, infos.keys[0].key, infos.keys[0].key_length));
    }
    finish (&dialogue);
  }
}

#define OFF_CURVE                                                                                                      \
  "049E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB7764B22277A2EDDC3C265A9F018F9C"                   \
  "B852E111B768B326904B59A0193776F095"
#define COMPRESSED "029E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB"
#define CAM_OBJECT                                                                                                     \
  "8A301EEA964DAAE372AC990E3EFDE6333353BFC89A6704D93DA8798CF77F5B7A54BD10CBA372B42BE0B9B5F28AA8DE2F4F92"

static const struct {
  const char *what;
  guint step; /* counted from 1, whose answer is replaced; what follows is never asked */
  const char *answer;
  PvCardError code;
} wrong[] = {
  { "protocol unknown", 1, "6A80", PV_CARD_ERROR_UNSUPPORTED },
  { "password not offered", 1, "6A88", PV_CARD_ERROR_UNSUPPORTED },
  { "no such command", 1, "6D00", PV_CARD_ERROR_UNSUPPORTED },
  { "blocked", 1, "6983", PV_CARD_ERROR_BLOCKED },
  { "unusable", 1, "6984", PV_CARD_ERROR_BLOCKED },
  { "no try left", 1, "63C0", PV_CARD_ERROR_BLOCKED },
  { "lost at once", 1, "! lost", PV_CARD_ERROR_LOST },
  { "reader gone", 1, "! reader", PV_CARD_ERROR_READER },
  { "password not offered, told late", 2, "6A88", PV_CARD_ERROR_UNSUPPORTED },
  { "conditions", 2, "6985", PV_CARD_ERROR_UNSUPPORTED },
  { "blocked at the nonce", 2, "6983", PV_CARD_ERROR_BLOCKED },
  { "no nonce", 2, "9000", PV_CARD_ERROR_BAD_DATA },
  { "an empty frame of objects", 2, "7C009000", PV_CARD_ERROR_BAD_DATA },
  { "nonce under another tag", 2,
    "7C1281100000000000000000000000000000000000"
    "9000",
    PV_CARD_ERROR_BAD_DATA },
  { "nonce of 15 bytes", 2, "7C11800F0000000000000000000000000000009000", PV_CARD_ERROR_BAD_DATA },
  { "nonce of 48 bytes", 2,
    "7C328030000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
    "9000",
    PV_CARD_ERROR_BAD_DATA },
  { "an empty nonce", 2, "7C0280009000", PV_CARD_ERROR_BAD_DATA },
  { "nonce cut short", 2, "7C12801095A3A016522EE98D01E76CB6B98B429000", PV_CARD_ERROR_BAD_DATA },
  { "bytes behind the nonce", 2, "7C12801095A3A016522EE98D01E76CB6B98B42C3009000", PV_CARD_ERROR_BAD_DATA },
  { "two nonces", 2, "7C24801095A3A016522EE98D01E76CB6B98B42C3801095A3A016522EE98D01E76CB6B98B42C39000",
    PV_CARD_ERROR_BAD_DATA },
  { "lost at the nonce", 2, "! lost", PV_CARD_ERROR_LOST },
  { "our mapping key again", 3, "7C438241" ECGM_PKMAP_IFD "9000", PV_CARD_ERROR_BAD_DATA },
  { "mapping key at infinity", 3, "7C038201009000", PV_CARD_ERROR_BAD_DATA },
  { "mapping key off the curve", 3, "7C438241" OFF_CURVE "9000", PV_CARD_ERROR_BAD_DATA },
  { "mapping key compressed", 3, "7C238221" COMPRESSED "9000", PV_CARD_ERROR_BAD_DATA },
  { "mapping key under the tag of the terminal", 3, "7C438141" ECGM_PKMAP_IC "9000", PV_CARD_ERROR_BAD_DATA },
  { "no mapping key", 3, "7C009000", PV_CARD_ERROR_BAD_DATA },
  { "lost at the mapping", 3, "! lost", PV_CARD_ERROR_LOST },
  { "our key again", 4, "7C438441" ECGM_PK_IFD "9000", PV_CARD_ERROR_BAD_DATA },
  { "key at infinity", 4, "7C038401009000", PV_CARD_ERROR_BAD_DATA },
  { "key off the curve", 4, "7C438441" OFF_CURVE "9000", PV_CARD_ERROR_BAD_DATA },
  { "a token before its time", 4, "7C0A86083ABB9674BCE93C089000", PV_CARD_ERROR_BAD_DATA },
  { "lost at the key", 4, "! lost", PV_CARD_ERROR_LOST },
  { "wrong code", 5, "6300", PV_CARD_ERROR_WRONG_CODE },
  { "wrong code, two tries left", 5, "63C2", PV_CARD_ERROR_WRONG_CODE },
  { "wrong code, the last try", 5, "63C0", PV_CARD_ERROR_WRONG_CODE },
  { "wrong code, in other words", 5, "6982", PV_CARD_ERROR_WRONG_CODE },
  { "blocked at the token", 5, "6983", PV_CARD_ERROR_BLOCKED },
  { "unusable at the token", 5, "6984", PV_CARD_ERROR_BLOCKED },
  { "no diagnosis", 5, "6F00", PV_CARD_ERROR_BAD_DATA },
  { "token changed", 5, "7C0A86083ABB9674BCE93C099000", PV_CARD_ERROR_BAD_DATA },
  { "our own token", 5, "7C0A8608C2B0BD78D94BA8669000", PV_CARD_ERROR_BAD_DATA },
  { "token cut short", 5, "7C0986073ABB9674BCE93C9000", PV_CARD_ERROR_BAD_DATA },
  { "no token", 5, "7C009000", PV_CARD_ERROR_BAD_DATA },
  { "nothing at all", 5, "9000", PV_CARD_ERROR_BAD_DATA },
  { "an unknown object behind the token", 5,
    "7C0D86083ABB9674BCE93C08890101"
    "9000",
    PV_CARD_ERROR_BAD_DATA },
  { "chip authentication data without that mapping", 5, "7C3C86083ABB9674BCE93C08" CAM_OBJECT "9000",
    PV_CARD_ERROR_BAD_DATA },
  { "lost at the token", 5, "! lost", PV_CARD_ERROR_LOST },
};

static void
names_what_went_wrong_and_says_no_more (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    PvPaceResult result = { .parameter_id = 4711 };
    g_autoptr (GError) error = NULL;
    Dialogue dialogue;

    begin_ecgm (&dialogue);
    dialogue.answers[wrong[i].step - 1] = wrong[i].answer;
    if (wrong[i].step < STEPS)
      dialogue.answers[wrong[i].step] = NULL;
    if (play (&dialogue, "", NULL, &result, &error))
      fail_msg ("%s: accepted", wrong[i].what);
    if (!g_error_matches (error, PV_CARD_ERROR, (gint) wrong[i].code))
      fail_msg ("%s: %s", wrong[i].what, error->message);
    /* It was refused, and not asked for something that the script has no more. */
    if (wrong[i].answer[0] != '!' && strstr (error->message, "script") != NULL)
      fail_msg ("%s: went on", wrong[i].what);
    assert_int_equal (result.parameter_id, 4711);
    finish (&dialogue);
  }
}

static void
accepts_names_of_certificates_and_a_warning_of_tries (void **state)
{
  g_auto (PvPaceResult) result = { 0 };
  Dialogue dialogue;

  (void) state;
  begin_ecgm (&dialogue);
  dialogue.answers[0] = "63C2";
  dialogue.answers[4] = "7C1286083ABB9674BCE93C08870241428802434"
                        "49000";
  assert_true (play (&dialogue, "", NULL, &result, NULL));
  finish (&dialogue);
}

static void
needs_the_chip_authentication_data_of_its_mapping (void **state)
{
  static const char *const answers[] = {
    "7C0A8608" CAM_T_IC "9000",
    "7C0C8608" CAM_T_IC "8A009000",
    "7C3B8608" CAM_T_IC
    "8A2F1EEA964DAAE372AC990E3EFDE6333353BFC89A6704D93DA8798CF77F5B7A54BD10CBA372B42BE0B9B5F28AA8DE2F4F9000",
    "7C1C8608" CAM_T_IC "8A10000102030405060708090A0B0C0D0E0F9000",
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    PvPaceResult result = { 0 };
    g_autoptr (GError) error = NULL;
    Dialogue dialogue;
    const char *const commands[STEPS] = { "0022C1A40F800A" CAM_OID "830101", "10860000027C0000",
                                          "10860000457C438141" CAM_PKMAP_IFD "00", "10860000457C438341" CAM_PK_IFD "00",
                                          "008600000C7C0A8508" CAM_T_IFD "00" };
    const char *const all[STEPS] = { "9000", "7C128010" CAM_Z "9000", "7C438241" CAM_PKMAP_IC "9000",
                                     "7C438441" CAM_PK_IC "9000", answers[i] };

    begin (&dialogue, CAM_OID, 13, CAM_SKMAP_IFD, NULL, CAM_SK_IFD);
    dialogue.password = pv_card_password_new_mrz ("C11T002JM", "960812", "231031");
    memcpy (dialogue.commands, commands, sizeof commands);
    memcpy (dialogue.answers, all, sizeof all);
    assert_false (play (&dialogue, "", NULL, &result, &error));
    assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA));
    finish (&dialogue);
  }
}

static void
refuses_data_in_the_answer_to_an_integrated_mapping (void **state)
{
  static const char *const answers[] = { "7C038201009000",
                                         "7C0481008200"
                                         "9000",
                                         "7C048200810"
                                         "09000",
                                         "9000",
                                         "7C028100"
                                         "9000" };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    PvPaceResult result = { 0 };
    g_autoptr (GError) error = NULL;
    Dialogue dialogue;
    const char *const commands[STEPS] = { "0022C1A40F800A" ECIM_OID "830102", "10860000027C0000", ECIM_C3 };
    const char *const all[STEPS] = { "9000", "7C128010" ECIM_Z "9000", answers[i] };

    begin (&dialogue, ECIM_OID, 13, NULL, ECIM_T, ECIM_SK_IFD);
    dialogue.password = pv_card_password_new_can ("123456");
    memcpy (dialogue.commands, commands, sizeof commands);
    memcpy (dialogue.answers, all, sizeof all);
    assert_false (play (&dialogue, "", NULL, &result, &error));
    assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA));
    assert_null (strstr (error->message, "script"));
    finish (&dialogue);
  }
}

static void
names_the_parameters_where_they_are_ambiguous (void **state)
{
  g_auto (PvPaceResult) result = { 0 };
  Dialogue dialogue;

  (void) state;
  begin_ecgm (&dialogue);
  dialogue.is_ambiguous = TRUE;
  dialogue.commands[0] = ECGM_C1_WITH_84;
  assert_true (play (&dialogue, "", NULL, &result, NULL));
  finish (&dialogue);
}

static void
leaves_them_out_once_where_the_card_refuses_them (void **state)
{
  g_auto (PvPaceResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  Dialogue dialogue;

  (void) state;
  begin_ecgm (&dialogue);
  dialogue.is_ambiguous = TRUE;
  assert_true (play (&dialogue, "> " ECGM_C1_WITH_84 "\n< 6A80\n", NULL, &result, NULL));
  dialogue.answers[0] = "6A80";
  dialogue.answers[1] = NULL;
  assert_false (play (&dialogue, "> " ECGM_C1_WITH_84 "\n< 6A80\n", NULL, &result, &error));
  assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_UNSUPPORTED));
  finish (&dialogue);
}

static void
says_nothing_where_the_parameters_are_not_for_it (void **state)
{
  static const struct {
    const char *oid;
    gint id;
  } rows[] = { { ECGM_OID, 0 },  { ECGM_OID, 19 }, { ECGM_OID, -1 }, { DHGM_OID, 13 },
               { ECIM_OID, 10 }, { CAM_OID, 2 },   { DHIM_OID, 8 } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvCardTransport) script = pv_card_script_play ("", NULL);
    g_autoptr (PvChannel) channel = pv_channel_new (script);
    g_autoptr (GError) error = NULL;
    PvPaceResult result = { 0 };
    Dialogue dialogue;

    begin (&dialogue, rows[i].oid, rows[i].id, NULL, NULL, NULL);
    dialogue.password = pv_card_password_new_can ("123456");
    assert_false (pv_pace_run (channel, &dialogue.info, FALSE, dialogue.password, &result, &error));
    assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_UNSUPPORTED));
    assert_int_equal (pv_channel_get_tally (channel)->commands, 0);
    finish (&dialogue);
  }
}

static void
needs_a_long_transport_for_numbers_of_2048_bits (void **state)
{
  PvPaceInfo info = { .mapping = PV_MAPPING_DH_GM };

  (void) state;
  for (info.parameter_id = 0; info.parameter_id <= 18; info.parameter_id++)
    assert_int_equal (pv_pace_needs_long (&info), info.parameter_id == 1 || info.parameter_id == 2);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (speaks_as_in_the_example_and_secures_the_channel),
    cmocka_unit_test (speaks_every_other_mapping_as_in_its_example),
    cmocka_unit_test (names_what_went_wrong_and_says_no_more),
    cmocka_unit_test (accepts_names_of_certificates_and_a_warning_of_tries),
    cmocka_unit_test (needs_the_chip_authentication_data_of_its_mapping),
    cmocka_unit_test (refuses_data_in_the_answer_to_an_integrated_mapping),
    cmocka_unit_test (names_the_parameters_where_they_are_ambiguous),
    cmocka_unit_test (leaves_them_out_once_where_the_card_refuses_them),
    cmocka_unit_test (says_nothing_where_the_parameters_are_not_for_it),
    cmocka_unit_test (needs_a_long_transport_for_numbers_of_2048_bits),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
