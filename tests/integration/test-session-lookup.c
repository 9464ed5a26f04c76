/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A session's questions about requests and invoices, with the courier, the demo's relay and the decoder as programs. */

#include "tst.h"

#include <string.h>

#include "kiosk/session/look-up-link.h"
#include "print/pdf-file.h"
#include "rig.h"

#define UUID        "0f8b6c1e-52a7-4c0e-9d3b-6a1f2e3d4c5b"
#define NO_PDF_UUID "4d60c9b3-7e28-4f1a-9c54-82a1d3e5f706"

typedef struct Fixture {
  Rig *rig;
  PvCourierLink *courier;
  PvLookUpLink *link;
  gboolean is_up, can_store;
  PvFollowed *followed;
  PvInvoice *invoice;
  GBytes *paper;
  guint n_answers;
  gboolean is_answered;
} Fixture;

static void
state_cb (gboolean is_up, gboolean can_store, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->is_up = is_up;
  fixture->can_store = can_store;
}

static void
answered (Fixture *fixture)
{
  fixture->n_answers++;
  fixture->is_answered = TRUE;
}

static void
followed_cb (const PvFollowed *followed, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_clear_pointer (&fixture->followed, pv_followed_free);
  fixture->followed = followed != NULL ? pv_followed_copy (followed) : NULL;
  answered (fixture);
}

static void
invoice_cb (const PvInvoice *invoice, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_clear_pointer (&fixture->invoice, pv_invoice_free);
  fixture->invoice = invoice != NULL ? pv_invoice_copy (invoice) : NULL;
  answered (fixture);
}

static void
paper_cb (GBytes *pdf, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_clear_pointer (&fixture->paper, g_bytes_unref);
  fixture->paper = pdf != NULL ? g_bytes_ref (pdf) : NULL;
  answered (fixture);
}

static int
set_up (void **state)
{
  static const PvCourierEvents courier_events = { .state = state_cb };
  static const PvLookUpEvents events = { followed_cb, invoice_cb, paper_cb };
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autofree char *path = NULL;

  *state = fixture;
  fixture->rig = rig_new (1);
  if (fixture->rig == NULL || !rig_start_courier (fixture->rig) || !rig_connect (fixture->rig))
    return 1;
  path = g_build_filename (fixture->rig->folder, "run", "courier.sock", NULL);
  fixture->courier = pv_courier_link_new (path, &courier_events, fixture);
  fixture->link = pv_look_up_link_new (fixture->courier, g_getenv ("PV_DECODE_PROGRAM"), &events, fixture);
  return tst_pump_until (NULL, &fixture->is_up, RIG_DEADLINE_MS) ? 0 : 1;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;
  gboolean is_clean;

  pv_look_up_link_free (fixture->link);
  pv_courier_link_free (fixture->courier);
  is_clean = rig_free (fixture->rig);
  g_clear_pointer (&fixture->followed, pv_followed_free);
  g_clear_pointer (&fixture->invoice, pv_invoice_free);
  g_clear_pointer (&fixture->paper, g_bytes_unref);
  g_free (fixture);
  return is_clean ? 0 : 1;
}

static void
wait_answer (Fixture *fixture)
{
  assert_true (tst_pump_until (NULL, &fixture->is_answered, RIG_DEADLINE_MS));
  fixture->is_answered = FALSE;
}

static void
follow (Fixture *fixture, const char *code)
{
  pv_look_up_link_follow (fixture->link, code);
  wait_answer (fixture);
}

static void
a_reference_of_this_kiosk_leads_to_what_the_portal_says (void **state)
{
  Fixture *fixture = *state;
  RigFiling *filing = rig_new_filing (fixture->rig, "encombrants", "parvis_ref", PV_OUTBOX_FILE);

  assert_true (rig_store (fixture->rig, filing));
  assert_true (rig_wait_outcome (fixture->rig, filing, PV_OUTCOME_RECEIVED, RIG_DEADLINE_MS));
  assert_true (rig_wait_settled (fixture->rig, RIG_DEADLINE_MS));
  follow (fixture, filing->ref);
  assert_int_equal (fixture->followed->kind, PV_FOLLOWED_FOUND);
  assert_non_null (fixture->followed->title); /* only the portal knows it */
  follow (fixture, filing->outcome->tracking_code);
  assert_non_null (fixture->followed->title);
  /* While the portal is away, what the kiosk itself knows. */
  rig_stop_demo (fixture->rig);
  follow (fixture, filing->ref);
  assert_int_equal (fixture->followed->kind, PV_FOLLOWED_FOUND);
  assert_null (fixture->followed->title);
  assert_string_equal (fixture->followed->number, filing->outcome->number);
  follow (fixture, filing->outcome->tracking_code);
  assert_null (fixture->followed);
  assert_true (rig_start_demo (fixture->rig));
}

static void
what_is_not_sent_yet_is_waiting (void **state)
{
  Fixture *fixture = *state;
  RigFiling *filing;

  rig_stop_demo (fixture->rig);
  filing = rig_new_filing (fixture->rig, "encombrants", "parvis_ref", PV_OUTBOX_FILE);
  assert_true (rig_store (fixture->rig, filing));
  assert_true (rig_wait_outcome (fixture->rig, filing, PV_OUTCOME_PENDING, RIG_DEADLINE_MS));
  follow (fixture, filing->ref);
  assert_int_equal (fixture->followed->kind, PV_FOLLOWED_WAITING);
  assert_true (rig_start_demo (fixture->rig));
}

static void
unknown_codes_and_references_are_told_and_limited (void **state)
{
  Fixture *fixture = *state;

  for (guint i = 0; i < 5; i++) {
    follow (fixture, i % 2 == 0 ? "BCDFGHJKLM" : "BCDFGHJK");
    assert_int_equal (fixture->followed->kind, PV_FOLLOWED_NONE);
  }
  for (guint i = 0; i < 2; i++) {
    follow (fixture, i % 2 == 0 ? "BCDFGHJKLM" : "BCDFGHJK");
    assert_int_equal (fixture->followed->kind, PV_FOLLOWED_LIMITED);
    assert_in_range (fixture->followed->retry_after_s, 1, 60);
  }
  pv_look_up_link_find_invoice (fixture->link, UUID, 4250);
  wait_answer (fixture);
  assert_int_equal (fixture->invoice->kind, PV_INVOICE_LIMITED);
}

/* The portal's file never reaches the printer itself. */
static void
an_invoice_is_found_and_its_paper_written_anew (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) finished = NULL;
  PvPdfSize pages;
  gsize size;
  const char *data;

  pv_look_up_link_find_invoice (fixture->link, UUID, 4250);
  wait_answer (fixture);
  assert_int_equal (fixture->invoice->kind, PV_INVOICE_FOUND);
  pv_look_up_link_find_invoice (fixture->link, UUID, 4251);
  wait_answer (fixture);
  assert_int_equal (fixture->invoice->kind, PV_INVOICE_NONE);
  pv_look_up_link_get_paper (fixture->link, UUID, 4250);
  wait_answer (fixture);
  assert_non_null (fixture->paper);
  data = g_bytes_get_data (fixture->paper, &size);
  assert_memory_equal (data, "%PDF-", strlen ("%PDF-"));
  assert_null (memmem (data, size, "cairo", strlen ("cairo"))); /* who wrote the portal's one */
  finished = pv_pdf_file_finish (fixture->paper, "fr", NULL);   /* as the printer service takes it */
  assert_non_null (finished);
  assert_true (pv_pdf_file_measure (finished, &pages, NULL));
  assert_int_equal (pages.n_pages, 1);
  assert_in_range ((int) pages.width_mm, 209, 210);
  pv_look_up_link_get_paper (fixture->link, NO_PDF_UUID, 9000);
  wait_answer (fixture);
  assert_null (fixture->paper);
}

static void
what_is_forgotten_is_not_answered (void **state)
{
  Fixture *fixture = *state;
  guint before = fixture->n_answers;

  pv_look_up_link_follow (fixture->link, "BCDFGHJKLM");
  pv_look_up_link_find_invoice (fixture->link, UUID, 4250); /* drops the one before */
  wait_answer (fixture);
  assert_int_equal (fixture->n_answers, before + 1);
  pv_look_up_link_find_invoice (fixture->link, UUID, 4250);
  pv_look_up_link_forget (fixture->link);
  pv_look_up_link_get_paper (fixture->link, UUID, 4250);
  pv_look_up_link_forget (fixture->link);
  rig_pump (fixture->rig, 300);
  assert_int_equal (fixture->n_answers, before + 1);
}

#define WITH_RIG(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_RIG (a_reference_of_this_kiosk_leads_to_what_the_portal_says),
    WITH_RIG (what_is_not_sent_yet_is_waiting),
    WITH_RIG (unknown_codes_and_references_are_told_and_limited),
    WITH_RIG (an_invoice_is_found_and_its_paper_written_anew),
    WITH_RIG (what_is_forgotten_is_not_answered),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
