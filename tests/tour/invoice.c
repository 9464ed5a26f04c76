/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "invoice.h"

#include <string.h>

#include "control.h"
#include "finish.h"
#include "platform/json.h"
#include "proof.h"

enum { MAX_INVOICES = 100, TEXT_BYTES = 200, CENTS_PER_EURO = 100 };

/* What the square on the paper says before the uuid. */
static const char SQUARE_BEGINS[] = "https://demarches.montclair.example/facture/";

typedef struct Invoice {
  char *uuid, *number;
  gint64 total_cents, remaining_cents;
} Invoice;

static void
invoice_clear (Invoice *invoice)
{
  g_free (invoice->uuid);
  g_free (invoice->number);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Invoice, invoice_clear)

/* The first that is due and paid online; or that of @uuid. */
static gboolean
read_invoice (TourWalk *walk, const char *control, const char *uuid, Invoice *invoice)
{
  g_autofree char *text = tour_control (walk, control, "GET", "/demo/invoices");
  g_autoptr (PvJson) answer = pv_json_parse (text, strlen (text), NULL);
  g_autoptr (PvJson) all = NULL;

  if (answer == NULL || !pv_json_read_array (answer, "invoices", MAX_INVOICES, &all, NULL))
    tour_fail (walk, "the demo does not tell its invoices.");
  for (gsize i = 0; i < pv_json_get_length (all); i++) {
    g_autoptr (PvJson) one = pv_json_get_item (all, i);
    g_autoptr (PvJson) is_online = pv_json_get_member (one, "online");
    gboolean is_read = pv_json_read_text (one, "uuid", TEXT_BYTES, &invoice->uuid, NULL)
                       && pv_json_read_text (one, "number", TEXT_BYTES, &invoice->number, NULL)
                       && pv_json_read_int (one, "total_cents", 0, G_MAXINT32, &invoice->total_cents, NULL)
                       && pv_json_read_int (one, "remaining_cents", 0, G_MAXINT32, &invoice->remaining_cents, NULL);

    if (is_read && is_online != NULL
        && (uuid != NULL ? g_str_equal (uuid, invoice->uuid)
                         : invoice->remaining_cents > 0 && pv_json_get_bool (is_online)))
      return TRUE;
    invoice_clear (invoice);
    *invoice = (Invoice){ 0 };
  }
  return FALSE;
}

/* A hand scanner is a keyboard: the text of the square, and the return key. */
static void
hold_under_scanner (TourWalk *walk, const Invoice *invoice)
{
  g_autofree char *square = g_strconcat (SQUARE_BEGINS, invoice->uuid, "/\n", NULL);

  tour_say ("Hold the square of invoice \"%s\" under the scanner", invoice->number);
  for (const char *at = square; *at != '\0'; at++)
    if (!tour_hand_type (walk->hand, (gunichar) *at))
      tour_fail (walk, "the keyboard of this display cannot type '%c'.", *at);
}

static void
type_amount (TourWalk *walk, const Invoice *invoice)
{
  const TourThing *thing;
  g_autofree char *amount =
    g_strdup_printf ("%d,%02d", (int) (invoice->total_cents / CENTS_PER_EURO), (int) (invoice->total_cents % 100));
  g_autoptr (GPtrArray) things = tour_wait (walk, TOUR_TITLE, "Quel est le montant de la facture ?", &thing);

  for (guint i = 0; i < things->len; i++)
    if (tour_is_entry (things->pdata[i]))
      tour_type (walk, ((const TourThing *) things->pdata[i])->name, TOUR_BY_KEYBOARD, amount, amount);
  tour_picture (walk, "invoice-amount");
  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CONTINUE));
}

/* The square that leads a phone to the payment, and back. */
static void
show_payment (TourWalk *walk)
{
  const TourThing *thing;

  tour_touch (walk, TOUR_BUTTON, "Payer sur mon téléphone");
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, "Payer sur votre téléphone", &thing));
  tour_picture (walk, "invoice-payment");
  tour_touch (walk, TOUR_BUTTON, "Retour");
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, "Ce que vous devez payer", &thing));
}

void
tour_see_invoice (TourWalk *walk, const char *control, const char *printer_folder)
{
  g_auto (Invoice) invoice = { 0 };
  g_auto (Invoice) after = { 0 };
  g_autofree char *due = NULL;
  const TourThing *thing;

  tour_say ("== An invoice");
  if (!read_invoice (walk, control, NULL, &invoice))
    tour_fail (walk, "the demo has no invoice that can be paid.");
  g_ptr_array_unref (tour_wait (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_TOUCH_TO_BEGIN), &thing));
  tour_begin (walk);
  tour_touch_beginning (walk, TOUR_BUTTON, "Payer");
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, "Voir une facture", &thing));
  tour_picture (walk, "invoice");
  hold_under_scanner (walk, &invoice);
  type_amount (walk, &invoice);
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, "Ce que vous devez payer", &thing));
  tour_picture (walk, "invoice-due");
  due = g_strdup_printf ("%d,%02d", (int) (invoice.remaining_cents / CENTS_PER_EURO),
                         (int) (invoice.remaining_cents % 100));
  show_payment (walk);
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, "Ce que vous devez payer", &thing));
  tour_touch_beginning (walk, TOUR_BUTTON, "Imprimer");
  g_ptr_array_unref (tour_wait_beginning (walk, TOUR_ANY, "Votre papier est imprimé", &thing));
  tour_picture (walk, "invoice-printed");
  /* What is somebody's own on the screen no program is told: the paper says it. */
  tour_prove_paper (walk, printer_folder, "invoice.pdf", invoice.number);
  tour_prove_paper (walk, printer_folder, "invoice.pdf", due);
  tour_leave (walk);
  if (!read_invoice (walk, control, invoice.uuid, &after) || after.remaining_cents != invoice.remaining_cents)
    tour_fail (walk, "to look at an invoice has changed it.");
  tour_say ("The portal's invoice is as it was");
}
