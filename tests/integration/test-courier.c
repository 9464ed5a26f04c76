/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The courier as a program, between a session and the demo portal; and parvisctl beside it. */

#include "tst.h"

#include <gio/gunixfdlist.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "link/follow.h"
#include "link/memfd.h"
#include "link/receipt-key.h"
#include "rig.h"

enum {
  TIME_SCALE = 60,
  MAX_DOCUMENT_BYTES = 8 * 1024 * 1024,
  SMALL_DISK_MB = 100, /* the courier leaves 128 MB of a disk free */
};

#define WITH_REF    "encombrants", "parvis_ref", PV_OUTBOX_FILE
#define WITHOUT_REF "carte-bibliotheque", NULL, PV_OUTBOX_FILE

static int
set_up (void **state)
{
  Rig *rig = rig_new (TIME_SCALE);

  *state = rig;
  return rig != NULL && rig_start_courier (rig) ? 0 : 1;
}

static int
tear_down (void **state)
{
  return rig_free (*state) ? 0 : 1;
}

/* parvisctl with this rig's settings; all that it says, or NULL if it ended with another status. */
static char *
run_ctl (Rig *rig, int status, const char *arguments)
{
  g_autofree char *line =
    g_strdup_printf ("%s --config %s/conf %s", g_getenv ("PV_CTL_PROGRAM"), rig->folder, arguments);
  g_auto (GStrv) words = NULL;
  char *output = NULL, *errors = NULL;
  int wait_status = 0;

  if (!g_shell_parse_argv (line, NULL, &words, NULL)
      || !g_spawn_sync (NULL, words, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, &errors, &wait_status, NULL))
    return NULL;
  if (!WIFEXITED (wait_status) || WEXITSTATUS (wait_status) != status) {
    g_printerr ("%s: status %d: %s%s\n", arguments, WEXITSTATUS (wait_status), output, errors);
    g_clear_pointer (&output, g_free);
  } else {
    char *both = g_strconcat (output, errors, NULL);

    g_free (output);
    output = both;
  }
  g_free (errors);
  return output;
}

static void
a_session_learns_what_the_portal_answered (void **state)
{
  Rig *rig = *state;
  RigFiling *filing = rig_new_filing (rig, WITH_REF);

  assert_true (rig_store (rig, filing));
  assert_true (rig_wait_outcome (rig, filing, PV_OUTCOME_RECEIVED, RIG_DEADLINE_MS));
  assert_non_null (filing->outcome->number);
  assert_int_equal (strlen (filing->outcome->tracking_code), 8);
  assert_true (filing->outcome->received_us > 0);
  assert_int_equal (rig_count_filed (rig, filing), 1);
}

/* With a key of receipts. */
static gboolean
start_signing (Rig *rig, PvReceiptKey *ret_key)
{
  g_autofree char *arguments = g_strdup_printf ("keygen receipt %s", rig->folder),
                  *output = run_ctl (rig, 0, arguments);
  g_autofree char *settings = g_strdup_printf (
    "[receipt]\nprivate-key-file=%s/receipt.key\npublic-key-files=%s/receipt.pub;\n", rig->folder, rig->folder);
  g_autofree char *path = g_build_filename (rig->folder, "receipt.pub", NULL), *text = NULL;

  rig_kill_courier (rig);
  rig_add_settings (rig, "80-receipt.conf", settings);
  return output != NULL && g_file_get_contents (path, &text, NULL, NULL) && pv_receipt_key_parse (text, ret_key)
         && rig_start_courier (rig) && rig_connect (rig);
}

/* FALSE: nothing was signed. */
static gboolean
ask_signature (Rig *rig, const char *ref, gint64 *ret_us, GVariant **ret_registered, GVariant **ret_received)
{
  return pv_link_courier1_call_sign_receipt_sync (rig->proxy, ref, G_DBUS_CALL_FLAGS_NONE, 20000, ret_us,
                                                  ret_registered, ret_received, NULL, NULL);
}

static void
it_signs_what_it_saw_itself_and_nothing_else (void **state)
{
  Rig *rig = *state;
  RigFiling *filing = rig_new_filing (rig, WITH_REF);
  g_autoptr (GVariant) registered = NULL, received = NULL, later = NULL;
  g_autoptr (PvReceiptFacts) stored_facts = NULL, facts = NULL;
  g_autofree char *code = NULL, *arguments = NULL, *output = NULL;
  PvReceiptKey key;
  gint64 stored_us;

  assert_true (start_signing (rig, &key));
  assert_false (ask_signature (rig, filing->ref, &stored_us, &registered, &received));
  rig_kill_demo (rig);
  assert_true (rig_store (rig, filing));
  assert_true (ask_signature (rig, filing->ref, &stored_us, &registered, &received));
  stored_facts = pv_receipt_facts_of_storing (filing->ref, stored_us, filing->slug);
  assert_true (pv_receipt_key_verify (&key, stored_facts, g_variant_get_data (registered)));
  assert_int_equal (g_variant_get_size (received), 0);
  g_clear_pointer (&registered, g_variant_unref);
  assert_true (rig_start_demo (rig));
  assert_true (rig_wait_outcome (rig, filing, PV_OUTCOME_RECEIVED, RIG_DEADLINE_MS));
  assert_true (ask_signature (rig, filing->ref, &stored_us, &registered, &later));
  facts = pv_receipt_facts_of_outcome (filing->outcome, filing->slug);
  assert_int_equal (g_variant_get_size (later), PV_RECEIPT_SIGNATURE_BYTES);
  assert_true (pv_receipt_key_verify (&key, facts, g_variant_get_data (later)));
  /* What parvisctl says of it, and of another number. */
  code = pv_receipt_code_make (facts, g_variant_get_data (later));
  arguments = g_strdup_printf ("receipt verify %s", code);
  output = run_ctl (rig, 0, arguments);
  assert_non_null (strstr (output, "received by the town hall"));
  assert_non_null (strstr (output, filing->outcome->number));
  g_free (facts->number);
  facts->number = g_strdup ("1-1");
  assert_false (pv_receipt_key_verify (&key, facts, g_variant_get_data (later)));
}

static void
another_session_gets_no_signature (void **state)
{
  Rig *rig = *state;
  RigFiling *filing = rig_new_filing (rig, WITH_REF);
  g_autoptr (GVariant) registered = NULL, received = NULL;
  PvReceiptKey key;
  gint64 stored_us;

  assert_true (start_signing (rig, &key));
  assert_true (rig_store (rig, filing));
  assert_true (rig_wait_outcome (rig, filing, PV_OUTCOME_RECEIVED, RIG_DEADLINE_MS));
  rig_disconnect (rig);
  assert_true (rig_connect (rig));
  assert_false (ask_signature (rig, filing->ref, &stored_us, &registered, &received));
}

static void
a_draft_comes_back_with_the_way_to_resume_it (void **state)
{
  Rig *rig = *state;
  RigFiling *filing = rig_new_filing (rig, "encombrants", "parvis_ref", PV_OUTBOX_DRAFT);

  assert_true (rig_store (rig, filing));
  assert_true (rig_wait_outcome (rig, filing, PV_OUTCOME_DRAFT, RIG_DEADLINE_MS));
  assert_non_null (filing->outcome->tracking_code);
}

static void
a_draft_holds_its_large_document (void **state)
{
  enum { DOCUMENT_BYTES = 9 * 1000 * 1000 };
  Rig *rig = *state;
  RigFiling *filing = rig_new_filing_with_document (rig, "signalement-rue", PV_OUTBOX_DRAFT, DOCUMENT_BYTES);

  assert_true (rig_store (rig, filing));
  assert_true (rig_wait_outcome (rig, filing, PV_OUTCOME_DRAFT, RIG_DEADLINE_MS));
  assert_true (g_str_has_suffix (filing->outcome->resume_url, "/load"));
  assert_true (rig_measure_filed (rig, filing) > DOCUMENT_BYTES); /* in base64 */
}

static void
whoever_has_the_reference_can_follow_it_later (void **state)
{
  Rig *rig = *state;
  RigFiling *filing = rig_new_filing (rig, WITH_REF);
  g_autoptr (PvFollowKey) key = pv_follow_key_new (filing->ref, rig->keys->public_key);
  g_autoptr (GVariant) record = NULL, variant = NULL;
  g_autoptr (PvOutcome) outcome = NULL;
  g_autoptr (GBytes) bytes = NULL;

  assert_true (rig_store (rig, filing));
  assert_true (rig_wait_outcome (rig, filing, PV_OUTCOME_RECEIVED, RIG_DEADLINE_MS));
  assert_true (rig_wait_settled (rig, RIG_DEADLINE_MS));
  rig_kill_courier (rig);
  assert_true (rig_start_courier (rig) && rig_connect (rig));
  assert_true (pv_link_courier1_call_find_record_sync (rig->proxy, pv_follow_key_get_name (key), G_DBUS_CALL_FLAGS_NONE,
                                                       20000, &record, NULL, NULL));
  bytes = g_variant_get_data_as_bytes (record);
  variant = pv_follow_open (key, bytes, NULL);
  assert_non_null (variant);
  outcome = pv_outcome_from_variant (variant);
  assert_string_equal (outcome->tracking_code, filing->outcome->tracking_code);
  assert_false (pv_link_courier1_call_find_record_sync (rig->proxy, "00000000000000000000000000000000",
                                                        G_DBUS_CALL_FLAGS_NONE, 20000, &record, NULL, NULL));
}

/* What the portal does, what the citizen is told, and how often the filing is in the portal's database in the end. */
static void
each_fault_ends_as_it_must (void **state)
{
  static const struct {
    const char *faults;
    gboolean has_ref_field;
    PvOutcomeKind kind;
    PvDeliveryState in_the_end;
    guint n_filed;
  } rows[] = {
    { "{\"kind\":\"drop-after-store\",\"on\":\"submit\",\"times\":1}", TRUE, PV_OUTCOME_RECEIVED, PV_DELIVERY_RECEIVED,
      1 },
    { "{\"kind\":\"drop-after-store\",\"on\":\"submit\",\"times\":1}", FALSE, PV_OUTCOME_UNKNOWN, PV_DELIVERY_UNKNOWN,
      1 },
    { "{\"kind\":\"drop-before-store\",\"on\":\"submit\",\"times\":1}", TRUE, PV_OUTCOME_RECEIVED, PV_DELIVERY_RECEIVED,
      1 },
    { "{\"kind\":\"drop-before-store\",\"on\":\"submit\",\"times\":1}", FALSE, PV_OUTCOME_UNKNOWN, PV_DELIVERY_UNKNOWN,
      0 },
    { "{\"kind\":\"rubbish\",\"on\":\"submit\",\"times\":1}", TRUE, PV_OUTCOME_RECEIVED, PV_DELIVERY_RECEIVED, 1 },
    { "{\"kind\":\"truncated\",\"on\":\"submit\",\"times\":1}", FALSE, PV_OUTCOME_UNKNOWN, PV_DELIVERY_UNKNOWN, 1 },
    { "{\"kind\":\"error-500-after-store\",\"on\":\"submit\",\"times\":1}", TRUE, PV_OUTCOME_RECEIVED,
      PV_DELIVERY_RECEIVED, 1 },
    { "{\"kind\":\"delay\",\"on\":\"submit\",\"times\":1,\"seconds\":1}", FALSE, PV_OUTCOME_RECEIVED,
      PV_DELIVERY_RECEIVED, 1 },
    { "{\"kind\":\"form-deleted\",\"slug\":\"encombrants\"}", TRUE, PV_OUTCOME_REFUSED, PV_DELIVERY_REFUSED, 0 },
    { "{\"kind\":\"refuse\",\"on\":\"submit\",\"status\":400,\"code\":\"invalid-request\"}", FALSE, PV_OUTCOME_REFUSED,
      PV_DELIVERY_REFUSED, 0 },
  };
  Rig *rig = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *json = g_strdup_printf ("{\"faults\":[%s]}", rows[i].faults);
    RigFiling *filing = rows[i].has_ref_field ? rig_new_filing (rig, WITH_REF) : rig_new_filing (rig, WITHOUT_REF);

    assert_true (rig_set_faults (rig, json));
    assert_true (rig_store (rig, filing));
    if (!rig_wait_outcome (rig, filing, rows[i].kind, RIG_DEADLINE_MS) || !rig_wait_settled (rig, RIG_DEADLINE_MS)
        || rig_state_of (rig, filing) != rows[i].in_the_end || rig_count_filed (rig, filing) != rows[i].n_filed)
      fail_msg ("row %zu: told %d, %s, filed %u times", i, filing->outcome != NULL ? (int) filing->outcome->kind : -1,
                pv_delivery_state_name (rig_state_of (rig, filing)), rig_count_filed (rig, filing));
  }
}

/* What the courier has of a procedure, or NULL. */
static GBytes *
get_procedure (Rig *rig, const char *slug)
{
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) handle = NULL;
  GBytes *document;
  int fd;

  if (!pv_link_courier1_call_get_procedure_sync (rig->proxy, slug, G_DBUS_CALL_FLAGS_NONE, 20000, NULL, &handle, &fds,
                                                 NULL, NULL))
    return NULL;
  fd = g_unix_fd_list_get (fds, g_variant_get_handle (handle), NULL);
  document = pv_memfd_map (fd, MAX_DOCUMENT_BYTES, NULL);
  close (fd);
  return document;
}

/* The courier learns what the portal offers beside its other work. */
static gboolean
wait_procedure (Rig *rig, const char *slug)
{
  gint64 end = g_get_monotonic_time () + RIG_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end) {
    g_autoptr (GBytes) document = get_procedure (rig, slug);

    if (document != NULL)
      return TRUE;
    rig_pump (rig, 20);
  }
  return FALSE;
}

static void
without_a_portal_the_filing_waits_and_the_screens_go_on (void **state)
{
  Rig *rig = *state;
  RigFiling *first = rig_new_filing (rig, WITH_REF), *second = rig_new_filing (rig, WITH_REF);
  g_autoptr (GBytes) document = NULL;

  assert_true (rig_store (rig, first));
  assert_true (wait_procedure (rig, "encombrants"));
  assert_true (rig_wait_outcome (rig, first, PV_OUTCOME_RECEIVED, RIG_DEADLINE_MS));
  /* Kept from here on, however far the courier has come by itself. */
  assert_true (pv_link_courier1_call_get_procedure_sync (rig->proxy, "encombrants", G_DBUS_CALL_FLAGS_NONE, 20000, NULL,
                                                         NULL, NULL, NULL, NULL));
  rig_stop_demo (rig);
  assert_true (rig_store (rig, second));
  assert_true (rig_wait_outcome (rig, second, PV_OUTCOME_PENDING, RIG_DEADLINE_MS));
  assert_true (rig_wait_reachable (rig, FALSE, RIG_DEADLINE_MS));

  rig_kill_courier (rig);
  assert_true (rig_start_courier (rig) && rig_connect (rig));
  document = get_procedure (rig, "encombrants");
  assert_non_null (document);

  assert_true (rig_start_demo (rig));
  assert_true (rig_wait_settled (rig, RIG_DEADLINE_MS));
  assert_int_equal (rig_count_filed (rig, second), 1);
  assert_int_equal (rig_state_of (rig, second), PV_DELIVERY_RECEIVED);
}

/* Told over the same wire by which the session decides whether anybody may begin. */
static void
a_full_disk_is_told_before_a_citizen_begins (void **state)
{
  Rig *rig = *state;
  RigFiling *filing = rig_new_filing (rig, WITH_REF);
  g_autofree char *problem = NULL;

  assert_true (rig_connect (rig));
  assert_true (pv_link_courier1_get_can_store (rig->proxy));
  rig_kill_courier (rig);
  if (!rig_start_courier_on_disk (rig, SMALL_DISK_MB))
    skip ();
  assert_true (rig_connect (rig));
  assert_false (pv_link_courier1_get_can_store (rig->proxy));
  problem = rig_try_store (rig, filing);
  assert_string_equal (problem, "org.parvis.Error.Full");
}

static void
a_container_that_is_none_is_refused (void **state)
{
  Rig *rig = *state;
  RigFiling *filing = rig_new_filing (rig, WITH_REF), *other = rig_new_filing (rig, WITH_REF);
  g_autofree char *rubbish = NULL, *wrong_ref = NULL;

  g_bytes_unref (filing->container);
  filing->container = g_bytes_new_static ("rubbish", 7);
  rubbish = rig_try_store (rig, filing);
  assert_string_equal (rubbish, "org.parvis.Error.BadRequest");
  g_bytes_unref (filing->container);
  filing->container = g_bytes_ref (other->container);
  wrong_ref = rig_try_store (rig, filing);
  assert_string_equal (wrong_ref, "org.parvis.Error.BadRequest");
}

static void
a_filing_on_the_disk_holds_no_word_of_the_citizen (void **state)
{
  Rig *rig = *state;
  RigFiling *filing = rig_new_filing (rig, WITHOUT_REF);
  g_autofree char *grep = NULL;
  int status = 0;

  assert_true (rig_set_faults (
    rig, "{\"faults\":[{\"kind\":\"refuse\",\"on\":\"submit\",\"status\":400,\"code\":\"invalid-request\"}]}"));
  assert_true (rig_store (rig, filing));
  assert_true (rig_wait_outcome (rig, filing, PV_OUTCOME_REFUSED, RIG_DEADLINE_MS));
  grep = g_strdup_printf ("grep -rqa Quémener %s/state %s/cache %s/run", rig->folder, rig->folder, rig->folder);
  assert_true (g_spawn_command_line_sync (grep, NULL, NULL, &status, NULL));
  assert_int_equal (WEXITSTATUS (status), 1);
}

static void
an_agent_gets_what_was_refused_sealed_to_the_commune (void **state)
{
  Rig *rig = *state;
  RigFiling *filing = rig_new_filing (rig, WITHOUT_REF);
  g_autofree char *keygen = g_strdup_printf ("keygen commune %s", rig->folder);
  g_autofree char *export = g_strdup_printf ("outbox export --all --to %s/export.pvob", rig->folder);
  g_autofree char *show = g_strdup_printf ("outbox show %s/export.pvob --key %s/commune.key", rig->folder, rig->folder);
  g_autofree char *settings = g_build_filename (rig->folder, "conf", "20.conf", NULL);
  g_autofree char *text = g_strdup_printf ("[outbox]\ncommune-key-file=%s/commune.pub\n", rig->folder);
  g_autofree char *file = g_build_filename (rig->folder, "export.pvob", NULL);
  g_autofree char *content = NULL, *answer = NULL;
  gsize size;

  assert_true (rig_set_faults (
    rig, "{\"faults\":[{\"kind\":\"refuse\",\"on\":\"submit\",\"status\":400,\"code\":\"invalid-request\"}]}"));
  assert_true (rig_store (rig, filing));
  assert_true (rig_wait_outcome (rig, filing, PV_OUTCOME_REFUSED, RIG_DEADLINE_MS));
  assert_true (rig_wait_settled (rig, RIG_DEADLINE_MS));

  answer = run_ctl (rig, 0, "outbox list");
  assert_non_null (answer);
  assert_non_null (strstr (answer, filing->ref));
  assert_non_null (strstr (answer, "NEEDS AN AGENT"));
  assert_null (strstr (answer, "Quémener"));
  g_free (answer);
  answer = run_ctl (rig, 1, "check");
  assert_non_null (strstr (answer, "need an agent"));
  g_free (answer);
  answer = run_ctl (rig, 0, keygen);
  assert_non_null (answer);
  g_free (answer);
  assert_true (g_file_set_contents (settings, text, -1, NULL));
  answer = run_ctl (rig, 0, export);
  assert_non_null (answer);
  assert_true (g_file_get_contents (file, &content, &size, NULL));
  assert_null (memmem (content, size, "Quémener", strlen ("Quémener")));
  g_free (answer);
  answer = run_ctl (rig, 0, show);
  assert_non_null (answer);
  assert_non_null (strstr (answer, "Quémener"));
  g_free (answer);
  answer = run_ctl (rig, 0, "check");
  assert_non_null (answer);
  g_free (answer);
  answer = run_ctl (rig, 1, keygen); /* never over a key that is there */
  assert_non_null (answer);
}

#define WITH_RIG(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_RIG (a_session_learns_what_the_portal_answered),
    WITH_RIG (it_signs_what_it_saw_itself_and_nothing_else),
    WITH_RIG (another_session_gets_no_signature),
    WITH_RIG (a_draft_comes_back_with_the_way_to_resume_it),
    WITH_RIG (a_draft_holds_its_large_document),
    WITH_RIG (whoever_has_the_reference_can_follow_it_later),
    WITH_RIG (each_fault_ends_as_it_must),
    WITH_RIG (without_a_portal_the_filing_waits_and_the_screens_go_on),
    WITH_RIG (a_full_disk_is_told_before_a_citizen_begins),
    WITH_RIG (a_container_that_is_none_is_refused),
    WITH_RIG (a_filing_on_the_disk_holds_no_word_of_the_citizen),
    WITH_RIG (an_agent_gets_what_was_refused_sealed_to_the_commune),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
