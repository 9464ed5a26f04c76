/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/invoice-slip-pdf.h"

#include <string.h>

#include "tst.h"

#include "sample.h"

static const PvPrintMedia all_media[] = { PV_PRINT_MEDIA_ROLL_80MM, PV_PRINT_MEDIA_A4 };
static const guint all_sizes[] = { 100, 200 };

static PvInvoiceSlip *
sample_slip (void)
{
  PvInvoiceSlip *slip = pv_invoice_slip_new ();

  slip->language = g_strdup ("fr");
  slip->commune = g_strdup ("Montclair-sur-Loire");
  slip->place = g_strdup ("Borne de l’hôtel de ville");
  slip->title = g_strdup ("Ce que vous devez payer");
  slip->looked_up = g_strdup ("30 novembre 2026, 10 h 12");
  slip->payment_url = g_strdup ("https://demarches.montclair.example/facture/0f8b6c1e/payer/");
  g_ptr_array_add (slip->rows, pv_receipt_line_new ("À payer", "42,50 €"));
  g_ptr_array_add (slip->rows, pv_receipt_line_new ("Numéro", "F26-000104"));
  return slip;
}

static void
says_what_is_due_and_that_it_is_not_the_invoice (void **state)
{
  static const char *const wanted[] = {
    "Montclair-sur-Loire",
    "Borne de l’hôtel de ville",
    "Ce que vous devez payer",
    "À payer",
    "42,50 €",
    "F26-000104",
    "pay on your phone",
    "Looked up on 30 novembre 2026, 10 h 12.",
    "This paper is not the invoice",
    "End of the paper",
  };
  g_autoptr (PvInvoiceSlip) slip = sample_slip ();

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (all_media); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (all_sizes); k++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) pdf = pv_invoice_slip_render_pdf (slip, all_media[i], all_sizes[k], &error);
      g_autofree char *letters = NULL;
      const char *from;

      assert_null (error);
      letters = sample_letters (pdf);
      from = letters;
      for (gsize w = 0; w < G_N_ELEMENTS (wanted); w++) {
        g_autofree char *squeezed = sample_squeeze (wanted[w]);
        const char *at = strstr (from, squeezed);

        if (at == NULL)
          fail_msg ("\"%s\" is missing, or too early, in: %s", wanted[w], letters);
        from = at + strlen (squeezed);
      }
    }
}

static void
what_is_not_paid_online_has_no_code (void **state)
{
  g_autoptr (PvInvoiceSlip) slip = sample_slip ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;

  (void) state;
  g_clear_pointer (&slip->payment_url, g_free);
  pdf = pv_invoice_slip_render_pdf (slip, PV_PRINT_MEDIA_ROLL_80MM, 100, &error);
  assert_null (error);
  assert_false (sample_has (pdf, "pay on your phone"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (says_what_is_due_and_that_it_is_not_the_invoice),
    cmocka_unit_test (what_is_not_paid_online_has_no_code),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
