/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl card read: an administrator tries the reader with a card, over the real libnfc. */

#include <gio/gio.h>
#include <string.h>

#include "card-desk.h"
#include "demo/card/issuer.h"
#include "platform/json.h"
#include "tst.h"

static CardDesk *desk;

static int
set_up (void **state)
{
  g_autofree char *conf = NULL, *path = NULL, *text = NULL;

  (void) state;
  desk = card_desk_new ();
  card_desk_lay (desk, "cnie", NULL);
  assert_true (pv_issuer_write_master_list (desk->folder, NULL));
  conf = g_build_filename (desk->folder, "conf", NULL);
  path = g_build_filename (conf, "10.conf", NULL);
  text = g_strdup_printf ("[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:1\n[clock]\ntrusted=true\n"
                          "[paths]\nruntime=%s\n[card]\nreader=%s\nmaster-list=%s/masterlist.ml\n"
                          "master-list-signer=%s/masterlist-signer.pem\n",
                          desk->folder, pv_pn532_get_connection (desk->reader), desk->folder, desk->folder);
  g_mkdir (conf, 0755);
  assert_true (g_file_set_contents (path, text, -1, NULL));
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  card_desk_free (desk);
  return 0;
}

/* Returns: what it printed; the exit status beside it. */
static char *
run (const char *input, int *ret_status, const char *const *words)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *conf = g_build_filename (desk->folder, "conf", NULL);
  g_autoptr (GSubprocess) process = NULL;
  char *output = NULL;

  g_ptr_array_add (argv, (gpointer) g_getenv ("PV_CTL_PROGRAM"));
  g_ptr_array_add (argv, (gpointer) "--config");
  g_ptr_array_add (argv, conf);
  g_ptr_array_add (argv, (gpointer) "card");
  g_ptr_array_add (argv, (gpointer) "read");
  for (; *words != NULL; words++)
    g_ptr_array_add (argv, (gpointer) *words);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv (
    (const char *const *) argv->pdata,
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
  assert_non_null (process);
  assert_true (g_subprocess_communicate_utf8 (process, input, NULL, &output, NULL, NULL));
  assert_true (g_subprocess_get_if_exited (process));
  *ret_status = g_subprocess_get_exit_status (process);
  return output;
}

static void
prints_the_proof_and_the_names_of_the_fields_but_no_value (void **state)
{
  int status;
  g_autofree char *output = run (NULL, &status, (const char *const[]){ "--can", "123456", "--json", NULL });
  g_autoptr (PvJson) json = pv_json_parse (output, strlen (output), NULL);
  g_autoptr (PvJson) verdict = NULL, fields = NULL;
  g_autofree char *word = NULL;

  (void) state;
  assert_int_equal (status, 0);
  assert_non_null (json);
  verdict = pv_json_get_member (json, "verdict");
  word = pv_json_as_text (verdict);
  assert_string_equal (word, "genuine");
  fields = pv_json_get_member (json, "fields");
  assert_int_equal (pv_json_get_type (fields), PV_JSON_ARRAY);
  assert_non_null (strstr (output, "\"birth-place\""));
  assert_null (strstr (output, "Camille"));
  assert_null (strstr (output, "1990"));
  assert_null (strstr (output, "X4RTBPFW4"));
}

static void
prints_the_values_only_when_asked (void **state)
{
  int status;
  g_autofree char *output = run ("123456\n", &status, (const char *const[]){ "--can", "-", "--show", NULL });

  (void) state;
  assert_int_equal (status, 0);
  assert_non_null (strstr (output, "given-names: Camille Zoé Anaïs"));
  assert_non_null (strstr (output, "verdict: genuine"));
}

static void
fails_with_another_code_and_refuses_what_is_none (void **state)
{
  int status;
  g_autofree char *wrong = run (NULL, &status, (const char *const[]){ "--can", "654321", NULL });
  g_autofree char *none = NULL, *neither = NULL;

  (void) state;
  assert_int_equal (status, 1);
  assert_string_equal (wrong, "");
  none = run (NULL, &status, (const char *const[]){ "--can", "12345", NULL });
  assert_int_equal (status, 1);
  neither = run (NULL, &status, (const char *const[]){ "--json", NULL });
  assert_int_equal (status, 2);
}

static void
refuses_a_clone_by_its_status (void **state)
{
  int status;
  g_autofree char *output = NULL;

  (void) state;
  card_desk_lay (desk, "cloned", NULL);
  output = run (NULL, &status, (const char *const[]){ "--can", "123456", "--show", NULL });
  assert_int_equal (status, 1);
  assert_non_null (strstr (output, "reason: cloned-chip"));
  assert_null (strstr (output, "Camille"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (prints_the_proof_and_the_names_of_the_fields_but_no_value),
    cmocka_unit_test (prints_the_values_only_when_asked),
    cmocka_unit_test (fails_with_another_code_and_refuses_what_is_none),
    cmocka_unit_test (refuses_a_clone_by_its_status),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
