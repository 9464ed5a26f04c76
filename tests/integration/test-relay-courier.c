/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The real courier through the shipped relay, up to the demo's portal: what a kiosk does, with nothing in its place. */

#include "tst.h"

#include <gio/gunixfdlist.h>
#include <string.h>
#include <unistd.h>

#include "core/drop.h"
#include "core/followed.h"
#include "core/invoice.h"
#include "link/memfd.h"
#include "relay-rig.h"
#include "rig.h"

enum {
  SKIPPED = 77,
  CALL_MS = 60 * 1000,
  SCALE = 60,        /* a minute is a second */
  HOUR_SCALE = 1200, /* an hour is three */
  DOCUMENT_BYTES = 9 * 1000 * 1000,
  MAX_BYTES = 8 * 1024 * 1024,
  SEALED_BYTES = 12 + 65536 + 16,
};

#define UUID     "0f8b6c1e-52a7-4c0e-9d3b-6a1f2e3d4c5b"
#define DROP_ID  "cafe0000000000000000000000000001"
#define WITH_REF "encombrants", "parvis_ref", PV_OUTBOX_FILE

typedef struct Fixture {
  Rig *rig;
  RelayRig *relay;
} Fixture;

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autofree char *settings = NULL;

  *state = fixture;
  fixture->rig = rig_new (SCALE);
  fixture->relay = fixture->rig != NULL ? relay_rig_new_before (fixture->rig->portal_port) : NULL;
  if (fixture->relay == NULL)
    return -1;
  settings =
    g_strdup_printf ("[portal]\nurl=%s\nca-file=%s/relay.pem\nclient-cert-file=%s/kiosk.pem\n"
                     "client-key-file=%s/kiosk.key\n",
                     fixture->relay->kiosks, fixture->relay->folder, fixture->relay->folder, fixture->relay->folder);
  rig_add_settings (fixture->rig, "90-relay.conf", settings);
  return rig_start_courier (fixture->rig) && rig_connect (fixture->rig) ? 0 : -1;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;
  gboolean is_clean = rig_free (fixture->rig);

  relay_rig_free (fixture->relay);
  g_free (fixture);
  return is_clean ? 0 : -1;
}

static GVariant *
take_document (GUnixFDList *fds, GVariant *handle, const GVariantType *type)
{
  int fd = pv_memfd_take (fds, handle);
  GVariant *document = fd >= 0 ? pv_memfd_read_variant (fd, type, MAX_BYTES, NULL) : NULL;

  if (fd >= 0)
    close (fd);
  return document;
}

static PvFollowed *
follow (Rig *rig, const char *code)
{
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) handle = NULL, document = NULL;

  if (!pv_link_courier1_call_follow_sync (rig->proxy, code, G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL, &handle, &fds, NULL,
                                          NULL))
    return NULL;
  document = take_document (fds, handle, pv_followed_type ());
  return document != NULL ? pv_followed_from_variant (document) : NULL;
}

static PvInvoice *
find_invoice (Rig *rig, guint64 cents)
{
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) handle = NULL, document = NULL;

  if (!pv_link_courier1_call_find_invoice_sync (rig->proxy, UUID, cents, G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL, &handle,
                                                &fds, NULL, NULL))
    return NULL;
  document = take_document (fds, handle, pv_invoice_type ());
  return document != NULL ? pv_invoice_from_variant (document) : NULL;
}

/* @handle: of a file that was passed. (transfer full) (nullable) */
static GBytes *
take_file (GUnixFDList *fds, GVariant *handle)
{
  int fd = pv_memfd_take (fds, handle);
  GBytes *bytes = fd >= 0 ? pv_memfd_map (fd, MAX_BYTES, NULL) : NULL;

  if (fd >= 0)
    close (fd);
  return bytes;
}

static GBytes *
get_pdf (Rig *rig, guint64 cents)
{
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) handle = NULL;

  return pv_link_courier1_call_get_invoice_pdf_sync (rig->proxy, UUID, cents, G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL,
                                                     &handle, &fds, NULL, NULL)
           ? take_file (fds, handle)
           : NULL;
}

static void
assert_relay_has_nothing_of (Fixture *fixture, const RigFiling *filing)
{
  assert_false (relay_rig_has_file_with (fixture->relay, filing->ref));
  if (filing->outcome->tracking_code != NULL)
    assert_false (relay_rig_has_file_with (fixture->relay, filing->outcome->tracking_code));
}

static void
a_filing_is_received_and_followed (void **state)
{
  Fixture *fixture = *state;
  RigFiling *filing = rig_new_filing (fixture->rig, WITH_REF);
  g_autoptr (PvFollowed) followed = NULL;

  assert_true (rig_store (fixture->rig, filing));
  assert_true (rig_wait_outcome (fixture->rig, filing, PV_OUTCOME_RECEIVED, RIG_DEADLINE_MS));
  assert_int_equal (rig_count_filed (fixture->rig, filing), 1);
  assert_true (filing->outcome->received_us > 0);
  followed = follow (fixture->rig, filing->outcome->tracking_code);
  assert_non_null (followed);
  assert_int_equal (followed->kind, PV_FOLLOWED_FOUND);
  assert_true (g_str_has_suffix (followed->number, filing->outcome->number));
  assert_true (relay_rig_has_file_with (fixture->relay, " submit 200 - "));
  assert_relay_has_nothing_of (fixture, filing);
}

/* The date is the portal's, which an nginx between would say otherwise. */
static void
the_date_of_a_receipt_is_the_portals (void **state)
{
  Fixture *fixture = *state;
  RigFiling *filing = rig_new_filing (fixture->rig, WITH_REF);
  const gint64 ahead_us = 20 * G_USEC_PER_SEC; /* within what a signature allows */
  gint64 start_us = g_get_real_time ();

  assert_true (rig_set_faults (fixture->rig, "{\"faults\":[{\"kind\":\"clock\",\"seconds\":20}]}"));
  assert_true (rig_store (fixture->rig, filing));
  assert_true (rig_wait_outcome (fixture->rig, filing, PV_OUTCOME_RECEIVED, RIG_DEADLINE_MS));
  assert_true (filing->outcome->received_us >= start_us + ahead_us - G_USEC_PER_SEC);
}

static void
a_large_document_passes_in_memory (void **state)
{
  Fixture *fixture = *state;
  RigFiling *filing = rig_new_filing_with_document (fixture->rig, "signalement-rue", PV_OUTBOX_DRAFT, DOCUMENT_BYTES);

  assert_true (rig_store (fixture->rig, filing));
  assert_true (rig_wait_outcome (fixture->rig, filing, PV_OUTCOME_DRAFT, RIG_DEADLINE_MS));
  assert_true (rig_measure_filed (fixture->rig, filing) > DOCUMENT_BYTES);
  assert_int_equal (relay_rig_count_files (fixture->relay, "tmp-body"), 0);
  assert_relay_has_nothing_of (fixture, filing);
}

static void
an_answer_that_was_lost_is_found_and_nothing_filed_twice (void **state)
{
  static const char *const kinds[] = { "drop-after-store", "drop-before-store", "cut", "truncated", "rubbish" };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    RigFiling *filing = rig_new_filing (fixture->rig, WITH_REF);
    g_autofree char *faults =
      g_strdup_printf ("{\"faults\":[{\"kind\":\"%s\",\"on\":\"submit\",\"times\":1}]}", kinds[i]);

    assert_true (rig_set_faults (fixture->rig, faults));
    assert_true (rig_store (fixture->rig, filing));
    assert_true (rig_wait_outcome (fixture->rig, filing, PV_OUTCOME_RECEIVED, RIG_DEADLINE_MS));
    assert_non_null (filing->outcome->number);
    assert_int_equal (rig_count_filed (fixture->rig, filing), 1);
    assert_false (relay_rig_has_file_with (fixture->relay, filing->ref));
  }
  assert_true (relay_rig_has_file_with (fixture->relay, " submit 502 relay-lost "));
  assert_true (relay_rig_has_file_with (fixture->relay, " find 200 - "));
}

/* The relay goes on, the portal is away: surely not sent, and sent when it is back. */
static void
while_the_portal_is_away_filings_wait (void **state)
{
  Fixture *fixture = *state;
  RigFiling *filing = rig_new_filing (fixture->rig, WITH_REF);

  /* Its door hangs up before anything is stored, as often as it is asked. */
  assert_true (rig_set_faults (fixture->rig,
                               "{\"faults\":[{\"kind\":\"refuse\",\"on\":\"submit\",\"times\":3,\"status\":503,"
                               "\"code\":\"busy\",\"desc\":\"Later.\"}]}"));
  assert_true (rig_store (fixture->rig, filing));
  assert_true (rig_wait_outcome (fixture->rig, filing, PV_OUTCOME_RECEIVED, RIG_DEADLINE_MS));
  assert_int_equal (rig_count_filed (fixture->rig, filing), 1);
}

static void
an_invoice_is_found_and_printed_by_its_amount (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvInvoice) due = find_invoice (fixture->rig, 4250), wrong = find_invoice (fixture->rig, 4251);
  g_autoptr (GBytes) pdf = get_pdf (fixture->rig, 4250), none = get_pdf (fixture->rig, 4251);

  assert_non_null (due);
  assert_int_equal (due->kind, PV_INVOICE_FOUND);
  assert_int_equal (due->remaining_cents, 4250);
  assert_true (g_str_has_prefix (due->payment_url, "http://127.0.0.1:"));
  assert_true (g_date_valid (&due->due));
  assert_int_equal (wrong->kind, PV_INVOICE_NONE);
  assert_non_null (pdf);
  assert_memory_equal (g_bytes_get_data (pdf, NULL), "%PDF-", 5);
  assert_null (none);
  assert_false (relay_rig_has_file_with (fixture->relay, UUID));
}

static void
a_document_of_a_phone_comes_through (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvHttpClient) phone = relay_rig_new_client (fixture->relay, NULL);
  g_autofree guint8 *data = g_malloc (SEALED_BYTES);
  g_autoptr (GBytes) sealed = NULL, taken = NULL;
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) handle = NULL;

  memset (data, 'x', SEALED_BYTES);
  sealed = g_bytes_new (data, SEALED_BYTES);
  assert_true (
    pv_link_courier1_call_open_drop_sync (fixture->rig->proxy, DROP_ID, G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL, NULL));
  assert_int_equal (relay_rig_call (phone, "PUT", fixture->relay->phones, "/drop/" DROP_ID, sealed, NULL), 204);
  assert_true (pv_link_courier1_call_take_drop_sync (fixture->rig->proxy, DROP_ID, G_DBUS_CALL_FLAGS_NONE, CALL_MS,
                                                     NULL, &handle, &fds, NULL, NULL));
  taken = take_file (fds, handle);
  assert_true (g_bytes_equal (taken, sealed));
}

/* A kiosk that is taken out keeps what was filed, and files it when it is let in again. */
static void
a_revoked_kiosk_files_nothing_and_loses_nothing (void **state)
{
  Fixture *fixture = *state;
  RigFiling *filing = rig_new_filing (fixture->rig, WITH_REF);

  /* What an administrator has to mend is tried again each hour. */
  rig_kill_courier (fixture->rig);
  fixture->rig->time_scale = HOUR_SCALE;
  assert_true (rig_start_courier (fixture->rig) && rig_connect (fixture->rig));
  assert_true (relay_rig_revoke (fixture->relay, "kiosk"));
  assert_true (rig_store (fixture->rig, filing));
  assert_true (rig_wait_reason (fixture->rig, filing, "configuration", RIG_DEADLINE_MS));
  assert_int_equal (rig_count_filed (fixture->rig, filing), 0);
  assert_true (relay_rig_revoke (fixture->relay, "kiosk-2"));
  assert_true (rig_wait_outcome (fixture->rig, filing, PV_OUTCOME_RECEIVED, RIG_DEADLINE_MS));
  assert_int_equal (rig_count_filed (fixture->rig, filing), 1);
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (a_filing_is_received_and_followed),     T (the_date_of_a_receipt_is_the_portals),
    T (a_large_document_passes_in_memory),     T (an_answer_that_was_lost_is_found_and_nothing_filed_twice),
    T (while_the_portal_is_away_filings_wait), T (an_invoice_is_found_and_printed_by_its_amount),
    T (a_document_of_a_phone_comes_through),   T (a_revoked_kiosk_files_nothing_and_loses_nothing),
  };

  tst_init ();
  if (!relay_rig_is_possible ())
    return SKIPPED;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
