/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the courier passes on of a request or an invoice, between a session and the demo's relay. */

#include "tst.h"

#include <gio/gunixfdlist.h>
#include <string.h>
#include <unistd.h>

#include "core/followed.h"
#include "core/invoice.h"
#include "kiosk/courier/limiter.h"
#include "link/memfd.h"
#include "rig.h"

enum {
  CALL_MS = 60 * 1000,
  MAX_BYTES = 8 * 1024 * 1024,
};

#define UUID      "0f8b6c1e-52a7-4c0e-9d3b-6a1f2e3d4c5b"
#define PAID_UUID "2b9e5d17-03f6-4a8c-8e21-5c7d90b3f648"
#define NO_UUID   "00000000-0000-4000-8000-000000000000"

static int
set_up (void **state)
{
  Rig *rig = rig_new (1); /* the pauses of the limiter are real */

  *state = rig;
  return rig != NULL && rig_start_courier (rig) && rig_connect (rig) ? 0 : 1;
}

static int
tear_down (void **state)
{
  return rig_free (*state) ? 0 : 1;
}

/* The file that an answer names, or NULL. */
static GBytes *
take_file (GUnixFDList *fds, GVariant *handle)
{
  int fd = pv_memfd_take (fds, handle);
  GBytes *bytes = fd >= 0 ? pv_memfd_map (fd, MAX_BYTES, NULL) : NULL;

  if (fd >= 0)
    close (fd);
  return bytes;
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

/* NULL with the D-Bus error's name in @ret_error (if not NULL). */
static PvFollowed *
follow (Rig *rig, const char *code, char **ret_error)
{
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) handle = NULL, document = NULL;
  g_autoptr (GError) error = NULL;

  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (rig->proxy), CALL_MS);
  if (!pv_link_courier1_call_follow_sync (rig->proxy, code, G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL, &handle, &fds, NULL,
                                          &error)) {
    if (ret_error != NULL)
      *ret_error = g_dbus_error_get_remote_error (error);
    return NULL;
  }
  document = take_document (fds, handle, pv_followed_type ());
  return document != NULL ? pv_followed_from_variant (document) : NULL;
}

static PvInvoice *
find_invoice (Rig *rig, const char *uuid, guint64 cents, char **ret_error)
{
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) handle = NULL, document = NULL;
  g_autoptr (GError) error = NULL;

  if (!pv_link_courier1_call_find_invoice_sync (rig->proxy, uuid, cents, G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL, &handle,
                                                &fds, NULL, &error)) {
    if (ret_error != NULL)
      *ret_error = g_dbus_error_get_remote_error (error);
    return NULL;
  }
  document = take_document (fds, handle, pv_invoice_type ());
  return document != NULL ? pv_invoice_from_variant (document) : NULL;
}

static GBytes *
get_pdf (Rig *rig, const char *uuid, guint64 cents, char **ret_error)
{
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) handle = NULL;
  g_autoptr (GError) error = NULL;

  if (pv_link_courier1_call_get_invoice_pdf_sync (rig->proxy, uuid, cents, G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL,
                                                  &handle, &fds, NULL, &error))
    return take_file (fds, handle);
  *ret_error = g_dbus_error_get_remote_error (error);
  return NULL;
}

static void
a_request_is_followed_by_its_tracking_code (void **state)
{
  Rig *rig = *state;
  RigFiling *filing = rig_new_filing (rig, "encombrants", "parvis_ref", PV_OUTBOX_FILE);
  g_autoptr (PvFollowed) followed = NULL;
  g_autofree char *small = NULL;

  assert_true (rig_store (rig, filing));
  assert_true (rig_wait_outcome (rig, filing, PV_OUTCOME_RECEIVED, RIG_DEADLINE_MS));
  small = g_ascii_strdown (filing->outcome->tracking_code, -1);
  followed = follow (rig, small, NULL);
  assert_non_null (followed);
  assert_int_equal (followed->kind, PV_FOLLOWED_FOUND);
  assert_non_null (followed->status);
  /* As agents say it: the form's number before. */
  assert_true (g_str_has_suffix (followed->number, filing->outcome->number));
  assert_true (followed->received_us > 0);
}

static void
an_invoice_is_found_wrong_paid_and_printed (void **state)
{
  Rig *rig = *state;
  g_autoptr (PvInvoice) due = find_invoice (rig, UUID, 4250, NULL), wrong = find_invoice (rig, UUID, 4251, NULL);
  g_autoptr (PvInvoice) unknown = find_invoice (rig, NO_UUID, 4250, NULL);
  g_autoptr (PvInvoice) paid = find_invoice (rig, PAID_UUID, 13200, NULL);
  g_autofree char *error = NULL;
  g_autoptr (GBytes) pdf = get_pdf (rig, UUID, 4250, &error), none = NULL;

  assert_int_equal (due->kind, PV_INVOICE_FOUND);
  assert_int_equal (due->remaining_cents, 4250);
  assert_true (g_str_has_prefix (due->payment_url, "http://127.0.0.1:"));
  assert_int_equal (wrong->kind, PV_INVOICE_NONE);
  assert_int_equal (unknown->kind, PV_INVOICE_NONE);
  assert_true (paid->is_paid && paid->payment_url == NULL);
  assert_memory_equal (g_bytes_get_data (pdf, NULL), "%PDF-", strlen ("%PDF-"));
  none = get_pdf (rig, UUID, 1, &error);
  assert_null (none);
  assert_string_equal (error, "org.parvis.Error.NotFound");
}

static void
what_is_no_code_is_refused_and_not_asked (void **state)
{
  static const char *const codes[] = { "", "BCDFGHJ", "BCDFGHJKLM", "../../api/forms" };
  Rig *rig = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autofree char *error = NULL;

    assert_null (follow (rig, codes[i], &error));
    assert_string_equal (error, "org.parvis.Error.BadRequest");
  }
  for (gsize i = 0; i < 2; i++) {
    g_autofree char *error = NULL;

    assert_null (find_invoice (rig, i == 0 ? "x" : UUID "/pdf", 4250, &error));
    assert_string_equal (error, "org.parvis.Error.BadRequest");
  }
}

static void
without_the_portal_it_is_offline_and_not_counted (void **state)
{
  Rig *rig = *state;

  rig_stop_demo (rig);
  for (guint i = 0; i < PV_LIMITER_SESSION_WRONG + 1; i++) {
    g_autofree char *error = NULL;

    assert_null (follow (rig, "BCDFGHJK", &error));
    assert_string_equal (error, "org.parvis.Error.Offline");
  }
  assert_true (rig_start_demo (rig));
}

/* The next citizen. */
static gboolean
connect_again (Rig *rig)
{
  rig_disconnect (rig);
  return rig_connect (rig);
}

/* Whoever guesses is told how long to wait, and a right code is not answered either; another session starts anew, until
 * the kiosk as a whole has had enough. */
static void
wrong_codes_are_limited_for_the_session_and_for_the_kiosk (void **state)
{
  static const char name[] = "00000000000000000000000000000000";
  Rig *rig = *state;
  guint n_wrong = 0;

  while (n_wrong < PV_LIMITER_KIOSK_WRONG) {
    g_autoptr (PvFollowed) followed = NULL;
    g_autoptr (GVariant) record = NULL;
    g_autoptr (PvInvoice) invoice = NULL;

    for (guint i = 0; i + 1 < PV_LIMITER_SESSION_WRONG; i++, n_wrong++) {
      g_autoptr (PvFollowed) wrong = follow (rig, "BCDFGHJK", NULL);

      assert_int_equal (wrong->kind, PV_FOLLOWED_NONE);
    }
    assert_false (
      pv_link_courier1_call_find_record_sync (rig->proxy, name, G_DBUS_CALL_FLAGS_NONE, CALL_MS, &record, NULL, NULL));
    n_wrong++;
    followed = follow (rig, "BCDFGHJK", NULL);
    assert_int_equal (followed->kind, PV_FOLLOWED_LIMITED);
    assert_in_range (followed->retry_after_s, 1, 60);
    invoice = find_invoice (rig, UUID, 4250, NULL);
    assert_int_equal (invoice->kind, PV_INVOICE_LIMITED);
    if (n_wrong < PV_LIMITER_KIOSK_WRONG) {
      g_autoptr (PvInvoice) again = NULL;

      assert_true (connect_again (rig));
      again = find_invoice (rig, UUID, 4250, NULL);
      assert_int_equal (again->kind, PV_INVOICE_FOUND);
    }
  }
  assert_true (connect_again (rig));
  {
    g_autoptr (PvInvoice) invoice = find_invoice (rig, UUID, 4250, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (GVariant) record = NULL;
    g_autofree char *remote = NULL;

    assert_int_equal (invoice->kind, PV_INVOICE_LIMITED);
    assert_false (pv_link_courier1_call_find_record_sync (rig->proxy, name, G_DBUS_CALL_FLAGS_NONE, CALL_MS, &record,
                                                          NULL, &error));
    remote = g_dbus_error_get_remote_error (error);
    assert_string_equal (remote, "org.parvis.Error.Limited");
  }
}

/* A portal that says nonsense, or nothing, costs the question and no more. */
static void
each_fault_of_the_relay_is_offline (void **state)
{
  static const char *const faults[] = { "rubbish", "truncated", "cut", "error-500", "drop-before-store" };
  Rig *rig = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *json = g_strdup_printf ("{\"faults\":[{\"kind\":\"%s\",\"on\":\"invoice\"}]}", faults[i]);
    g_autofree char *error = NULL;

    assert_true (rig_set_faults (rig, json));
    assert_null (find_invoice (rig, UUID, 4250, &error));
    if (g_strcmp0 (error, "org.parvis.Error.Offline") != 0)
      fail_msg ("%s: %s", faults[i], error);
  }
}

#define WITH_RIG(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_RIG (a_request_is_followed_by_its_tracking_code),
    WITH_RIG (an_invoice_is_found_wrong_paid_and_printed),
    WITH_RIG (what_is_no_code_is_refused_and_not_asked),
    WITH_RIG (without_the_portal_it_is_offline_and_not_counted),
    WITH_RIG (wrong_codes_are_limited_for_the_session_and_for_the_kiosk),
    WITH_RIG (each_fault_of_the_relay_is_offline),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
