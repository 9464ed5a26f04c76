/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Follow, and pay; and the squares for the phone that belong to them. */

#include <glib/gi18n-lib.h>

#include "core/date.h"
#include "core/journey-private.h"
#include "core/lookup-code.h"
#include "core/wipe.h"

enum {
  NOTICE_HEIGHT = 4, /* half-lines */
  ROW_HEIGHT = 5,
  LOW_ROW_HEIGHT = 4, /* a low screen is wide: label and value are beside each other */
  OPTION_HEIGHT = 5,
  CARD_HEIGHT = 6,
  MAX_EXPECTED_CHARS = 300, /* agents write it; more is not read on a screen */
  MAX_SAFE_DOCUMENTS = 4,
};

/* Little else than the question itself has room. */
static gboolean
is_low (const PvJourney *journey)
{
  return journey->capacity.lines < PV_LOW_LINES;
}

/* Trouble ---------------------------------------------------------------------------------------------------------- */

/* "in 3 minutes": whole ones, so that nobody comes back too early. */
static char *
later_sentence (guint seconds)
{
  guint minutes = (seconds + 59) / 60;

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Too many wrong codes. Try again in %u minute.",
                                       "Too many wrong codes. Try again in %u minutes.", minutes),
                          minutes);
}

/* What is wrong with the last try, and what to do about it. */
static void
add_trouble (PvJourney *journey, PvScreenState *state)
{
  const PvLookUp *look_up = &journey->look_up;
  gboolean has_room = journey->capacity.lines >= PV_FEW_LINES;
  g_autofree char *text = NULL, *later = NULL;
  PvNotice *notice;

  if (look_up->retry_after_s > 0) {
    later = later_sentence (look_up->retry_after_s);
    text = g_strdup_printf ("%s\n%s", later, _ ("Or ask the town hall, or a mediator."));
  } else if (look_up->has_failed) {
    text = g_strdup (_ ("The town hall does not answer now. Try again, or call it."));
  } else if (look_up->may_be_draft) {
    text = g_strdup (pv_journey_draft_gone_sentence ());
  }
  if (text == NULL)
    return;
  g_clear_pointer (&state->help, g_free); /* its place is needed */
  notice = pv_screen_state_add_notice (state, look_up->may_be_draft ? PV_TONE_INFO : PV_TONE_WARNING,
                                       look_up->has_failed ? "warning-triangle" : "clock",
                                       !has_room && later != NULL ? later : text);
  if (look_up->may_be_draft)
    notice->strong = g_strdup (_ ("If it was a draft:"));
  if (has_room && journey->phone != NULL)
    pv_screen_add_contacts (journey, state, NULL, 4);
}

static PvScreenState *
asking (PvJourney *journey, PvScreenId id, const char *key, const char *title)
{
  PvScreenState *state = pv_journey_new_screen (journey, id, key, title);

  pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "asking",
                             _ ("The town hall is being asked. One moment, please."));
  pv_screen_add_back (state);
  pv_screen_add_help_band (journey, state, TRUE);
  return state;
}

static PvField *
add_input (PvScreenState *state, const char *id, const char *label, PvInput input, const char *value)
{
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_INPUT, id, label);

  field->input = input;
  field->value = g_strdup (value);
  field->max_chars = PV_CODE_MAX_BYTES;
  field->is_focused = TRUE;
  field->is_personal = TRUE;
  field->assist = PV_ASSIST_HIDDEN;
  return field;
}

/* Rows that may need more than one page ---------------------------------------------------------------------------- */

typedef struct {
  char *label, *value;
} Row;

static void
row_clear (gpointer data)
{
  Row *row = data;

  g_free (row->label);
  pv_wipe_str (row->value);
}

static GArray *
new_rows (void)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));

  g_array_set_clear_func (rows, row_clear);
  return rows;
}

/* Takes @value; NULL is no row. */
static void
add_row (GArray *rows, const char *label, char *value)
{
  Row row = { g_strdup (label), value };

  if (value != NULL)
    g_array_append_val (rows, row);
  else
    g_free (row.label);
}

/* What else stands on the present page. */
typedef struct {
  guint first_option, end_option;
  gboolean is_last;
} Rest;

/* The rows of the present page. What can be done about them comes after the last row, and takes no room before it.
 * @reserved: on every page; @option_height: of each of the @n_options; both in half-lines */
static Rest
show_rows (PvJourney *journey, PvScreenState *state, const GArray *rows, guint reserved, guint option_height,
           guint n_options)
{
  g_autofree guint *heights = g_new0 (guint, rows->len + n_options + 1);
  guint least = is_low (journey) ? LOW_ROW_HEIGHT : ROW_HEIGHT;
  PvField *summary = NULL;
  guint first, end, n_pages;

  for (guint i = 0; i < rows->len + n_options; i++) {
    const Row *row = i < rows->len ? &g_array_index (rows, Row, i) : NULL;

    heights[i] = row != NULL ? MAX (least, least - 2 + pv_journey_text_height (journey, row->value)) : option_height;
  }
  n_pages = pv_journey_paginate (journey, heights, rows->len + n_options, reserved, &first, &end);
  for (guint i = first; i < MIN (end, rows->len); i++) {
    const Row *row = &g_array_index (rows, Row, i);

    if (summary == NULL)
      summary = pv_screen_state_add_field (state, PV_FIELD_SUMMARY, "found", NULL);
    summary->is_personal = TRUE;
    pv_field_add_row (summary, row->label, row->value);
  }
  pv_screen_add_pages (journey, state, n_pages);
  return (Rest){ MAX (first, rows->len) - rows->len, MAX (end, rows->len) - rows->len, journey->page + 1 >= n_pages };
}

static char *
moment_or_null (const PvJourney *journey, gint64 utc_us)
{
  return utc_us != 0 ? pv_moment_display_here (utc_us, journey->now.zone, TRUE) : NULL;
}

/* Follow ----------------------------------------------------------------------------------------------------------- */

static PvScreenState *
ask_code (PvJourney *journey)
{
  PvScreenState *state = pv_journey_new_screen (journey, PV_SCREEN_FOLLOW, "follow", _ ("Where is my request?"));
  PvField *field;

  state->help = g_strdup (_ ("Write the code of your receipt, or hold its square under the scanner."));
  add_trouble (journey, state);
  field = add_input (state, "code", NULL, PV_INPUT_CODE, journey->look_up.code);
  g_free (field->spoken_label);
  field->spoken_label = g_strdup (_ ("Code of the receipt, 8 or 10 letters"));
  field->error = g_strdup (journey->look_up.error);
  pv_screen_add_back (state);
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_LOOK_UP, _ ("Look it up"));
  pv_screen_add_help_band (journey, state, TRUE);
  return state;
}

static char *
cut_expected (const char *expected)
{
  g_autofree char *start = NULL;

  if (expected == NULL || g_utf8_strlen (expected, -1) <= MAX_EXPECTED_CHARS)
    return g_strdup (expected);
  start = g_utf8_substring (expected, 0, MAX_EXPECTED_CHARS);
  return g_strdup_printf ("%s…", start);
}

static void
collect_followed (const PvJourney *journey, const PvFollowed *followed, GArray *rows)
{
  const PvBooking *booking = followed->booking;

  add_row (rows, _ ("State"), g_strdup (followed->status));
  add_row (rows, _ ("What you have to do"),
           followed->expected != NULL ? cut_expected (followed->expected) : g_strdup (_ ("Nothing for now.")));
  if (booking != NULL) {
    add_row (rows, _ ("Appointment"), moment_or_null (journey, booking->starts_us));
    add_row (rows, _ ("Where"), g_strdup (booking->place));
    add_row (rows, _ ("Bring"), g_strdup (booking->bring));
  }
  add_row (rows, _ ("Number of the request"), g_strdup (followed->number));
  add_row (rows, _ ("Received"), moment_or_null (journey, followed->received_us));
  if (followed->changed_us > followed->received_us)
    add_row (rows, _ ("Last change"), moment_or_null (journey, followed->changed_us));
}

static void add_print_notice (const PvJourney *journey, PvScreenState *state);

typedef struct {
  PvIntentionKind intention;
  const char *label, *icon;
  const char *value; /* (nullable) */
} Option;

enum { MAX_OPTIONS = 4 };

/* Returns: how many there are in @ret_options */
static guint
list_followed_options (const PvJourney *journey, Option ret_options[MAX_OPTIONS])
{
  guint n = 0;

  if (pv_journey_may_print_followed (journey))
    ret_options[n++] =
      (Option){ PV_DO_PRINT_PAPER, _ ("Print my appointment"), "printer", .value = PV_PAPER_APPOINTMENT };
  if (pv_journey_get_booking (journey) != NULL) {
    ret_options[n++] = (Option){ PV_DO_MOVE_APPOINTMENT, _ ("Move the appointment"), "calendar", NULL };
    ret_options[n++] = (Option){ PV_DO_CANCEL_APPOINTMENT, _ ("Cancel the appointment"), "close", NULL };
  }
  if (journey->safe_url != NULL)
    ret_options[n++] = (Option){ PV_DO_SHOW_SAFE, _ ("Put it into my digital safe"), "safe", NULL };
  return n;
}

static PvScreenState *
show_followed (PvJourney *journey, const PvFollowed *followed)
{
  PvScreenState *state = pv_journey_new_screen (journey, PV_SCREEN_FOLLOW, "follow-found",
                                                followed->title != NULL ? followed->title : _ ("Your request"));
  g_autoptr (GArray) rows = new_rows ();
  Option options[MAX_OPTIONS];
  guint n_options = list_followed_options (journey, options);
  Rest rest;

  collect_followed (journey, followed, rows);
  if (journey->is_print_asked)
    add_print_notice (journey, state);
  rest = show_rows (journey, state, rows, journey->is_print_asked ? NOTICE_HEIGHT : 0, OPTION_HEIGHT, n_options);
  for (guint i = rest.first_option; i < rest.end_option; i++)
    pv_screen_add_action_with_icon (state, PV_ROLE_OPTION, options[i].intention, options[i].label, options[i].icon)
      ->value = g_strdup (options[i].value);
  pv_screen_add_back (state);
  if (rest.is_last) {
    pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_OPEN_FOLLOW, _ ("Another code"));
    pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_FINISH, _ ("I have finished"));
  }
  pv_screen_add_help_band (journey, state, TRUE);
  return state;
}

/* What only this kiosk knows of it. */
static PvScreenState *
show_kept (PvJourney *journey, PvFollowedKind kind)
{
  gboolean is_waiting = kind == PV_FOLLOWED_WAITING;
  PvScreenState *state = pv_journey_new_screen (
    journey, PV_SCREEN_FOLLOW, is_waiting ? "follow-waiting" : "follow-to-check",
    is_waiting ? _ ("Your request is here, not yet sent") : _ ("Your request is here, to be checked"));
  PvNotice *notice =
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "clock",
                                is_waiting ? _ ("The town hall will receive it as soon as the network is back.")
                                           : _ ("An agent has to look at it. You can ask the town hall about it."));

  notice->strong = g_strdup (_ ("You have nothing to do again."));
  if (!is_waiting && journey->capacity.lines >= PV_FEW_LINES)
    pv_screen_add_contacts (journey, state, NULL, 4);
  pv_screen_add_back (state);
  pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_OPEN_FOLLOW, _ ("Another code"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_FINISH, _ ("I have finished"));
  pv_screen_add_help_band (journey, state, TRUE);
  return state;
}

/* The answers in it are the portal's to keep, and it keeps them for so long only. */
static PvScreenState *
show_gone_draft (PvJourney *journey)
{
  PvScreenState *state =
    pv_journey_new_screen (journey, PV_SCREEN_FOLLOW, "follow-draft-gone", _ ("Your draft is no longer there"));
  PvNotice *notice = pv_screen_state_add_notice (state, PV_TONE_WARNING, "clock", pv_journey_draft_gone_sentence ());

  notice->strong = g_strdup (_ ("Nothing of it was sent."));
  if (journey->capacity.lines >= PV_FEW_LINES)
    pv_screen_add_contacts (journey, state, NULL, 4);
  pv_screen_add_back (state);
  pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_OPEN_FOLLOW, _ ("Another code"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_HOME, _ ("Begin again"));
  pv_screen_add_help_band (journey, state, TRUE);
  return state;
}

PvScreenState *
pv_screen_follow (PvJourney *journey)
{
  const PvFollowed *followed = journey->look_up.followed;

  if (journey->look_up.is_asked)
    return asking (journey, PV_SCREEN_FOLLOW, "follow-asking", _ ("Where is my request?"));
  if (followed == NULL)
    return ask_code (journey);
  if (followed->kind == PV_FOLLOWED_DRAFT_GONE)
    return show_gone_draft (journey);
  return followed->kind == PV_FOLLOWED_FOUND ? show_followed (journey, followed) : show_kept (journey, followed->kind);
}

/* Pay -------------------------------------------------------------------------------------------------------------- */

static void
say_no_money (PvScreenState *state)
{
  pv_screen_state_add_notice (state, PV_TONE_INFO, "info", _ ("This kiosk takes no card and no money."));
}

static PvScreenState *
ask_square (PvJourney *journey)
{
  PvScreenState *state = pv_journey_new_screen (journey, PV_SCREEN_PAY, "pay", _ ("See an invoice"));
  PvAction *without;
  PvField *field;

  state->help = g_strdup (_ ("Hold the square of your invoice under the scanner."));
  say_no_money (state);
  field = add_input (state, "invoice", _ ("What the scanner reads"), PV_INPUT_SCANNED, journey->look_up.code);
  field->error = g_strdup (journey->look_up.error);
  without = pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_DECLINE, _ ("I do not have this square"));
  without->target = g_strdup ("invoice");
  pv_screen_add_back (state);
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_LOOK_UP, _ ("Continue"));
  pv_screen_add_help_band (journey, state, TRUE);
  return state;
}

static PvScreenState *
ask_amount (PvJourney *journey)
{
  PvScreenState *state =
    pv_journey_new_screen (journey, PV_SCREEN_PAY, "pay-amount", _ ("What is the amount of the invoice?"));
  PvField *field;

  state->help = g_strdup (_ ("In euros, as it is printed on the invoice."));
  add_trouble (journey, state);
  field = add_input (state, "amount", NULL, PV_INPUT_DECIMAL, journey->look_up.amount);
  field->max_chars = 14;
  field->error = g_strdup (journey->look_up.error);
  pv_screen_add_back (state);
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_LOOK_UP, _ ("Continue"));
  pv_screen_add_help_band (journey, state, TRUE);
  return state;
}

/* No square, no invoice here: the portal shows it to who signs in there, and the town hall to who comes. */
static PvScreenState *
show_other_ways (PvJourney *journey)
{
  PvScreenState *state = pv_journey_new_screen (journey, PV_SCREEN_PAY, "pay-without", _ ("Without the square"));
  gboolean has_room = journey->capacity.lines >= PV_FEW_LINES;
  PvField *field;

  if (journey->login_url != NULL) {
    state->help = g_strdup (_ ("On your phone, sign in to the portal: it shows your invoices."));
    field = pv_screen_state_add_field (state, PV_FIELD_QR, "qr", _ ("See my invoices"));
    field->value = g_strdup (journey->login_url);
  } else {
    state->help = g_strdup (_ ("The town hall can tell you what is due."));
  }
  if (journey->login_url == NULL || has_room)
    pv_screen_add_contacts (journey, state, NULL, journey->login_url != NULL ? 2 : 4);
  pv_screen_add_back (state);
  pv_screen_add_help_band (journey, state, TRUE);
  return state;
}

static gboolean
is_late (const PvJourney *journey, const PvInvoice *invoice)
{
  GDate today;

  pv_journey_today (journey, &today);
  return !invoice->is_paid && g_date_valid (&invoice->due) && g_date_compare (&invoice->due, &today) < 0;
}

static void
collect_invoice (const PvJourney *journey, const PvInvoice *invoice, gboolean is_short, GArray *rows)
{
  guint64 paid = invoice->total_cents - MIN (invoice->remaining_cents, invoice->total_cents);

  add_row (rows, _ ("To pay"), pv_cents_display (invoice->remaining_cents));
  if (!invoice->is_paid && g_date_valid (&invoice->due)) {
    g_autofree char *day = pv_date_display (&invoice->due);

    add_row (rows, _ ("Before"),
             is_late (journey, invoice) ? g_strdup_printf (_ ("%s: this date is past"), day) : g_strdup (day));
  }
  if (paid > 0)
    add_row (rows, _ ("Already paid"), pv_cents_display (paid));
  add_row (rows, _ ("Invoice"), g_strdup (invoice->label));
  if (is_short) /* they hold it in their hand */
    return;
  add_row (rows, _ ("Number"), g_strdup (invoice->number));
  add_row (rows, _ ("Amount of the invoice"), pv_cents_display (invoice->total_cents));
}

static const char *
print_sentence (const PvJourney *journey)
{
  switch (journey->print_state) {
  case PV_PRINT_PREPARING:
  case PV_PRINT_SENDING:
  case PV_PRINT_PRINTING:
    return pv_journey_prints_invoice (journey) ? _ ("Your invoice goes to the printer…")
                                               : _ ("Your paper goes to the printer…");
  case PV_PRINT_DONE:
    return pv_journey_prints_invoice (journey) ? _ ("Your invoice is printed. Take it.")
                                               : _ ("Your paper is printed. Take it.");
  case PV_PRINT_ATTENTION:
    return pv_screen_print_reason (journey->print_reason);
  case PV_PRINT_FAILED:
  case PV_PRINT_UNKNOWN:
    break;
  }
  /* The document itself may be at fault, and the reason then is none of the printer's. */
  if (journey->print_state == PV_PRINT_UNKNOWN || journey->print_reason != PV_PRINT_REASON_NONE)
    return pv_screen_print_end (journey->print_state, journey->print_reason);
  return pv_journey_prints_invoice (journey) ? _ ("This invoice cannot be printed here. The town hall can print it.")
                                             : pv_screen_print_reason (PV_PRINT_REASON_OTHER);
}

static gboolean
can_be_paid (const PvInvoice *invoice)
{
  return !invoice->is_paid && invoice->payment_url != NULL;
}

PvInvoiceSlip *
pv_journey_make_slip (const PvJourney *journey)
{
  const PvInvoice *invoice = journey->look_up.invoice;
  PvInvoiceSlip *slip = pv_invoice_slip_new ();
  g_autoptr (GArray) rows = new_rows ();

  slip->language = g_strdup (journey->look.language);
  slip->commune = g_strdup (journey->commune);
  slip->place = pv_journey_place (journey);
  slip->title = g_strdup (invoice->is_paid ? _ ("This invoice is paid") : _ ("What you have to pay"));
  slip->looked_up = pv_moment_display_here (journey->now.utc_us, journey->now.zone, journey->is_clock_verified);
  slip->payment_url = can_be_paid (invoice) ? g_strdup (invoice->payment_url) : NULL;
  collect_invoice (journey, invoice, FALSE, rows);
  for (guint i = 0; i < rows->len; i++) {
    const Row *row = &g_array_index (rows, Row, i);

    g_ptr_array_add (slip->rows, pv_receipt_line_new (row->label, row->value));
  }
  return slip;
}

static void
add_print_notice (const PvJourney *journey, PvScreenState *state)
{
  gboolean is_bad = journey->print_state >= PV_PRINT_ATTENTION && journey->print_state != PV_PRINT_DONE;

  pv_screen_state_add_notice (state, is_bad ? PV_TONE_WARNING : PV_TONE_INFO, "printer", print_sentence (journey));
}

static void
add_invoice_notice (const PvJourney *journey, PvScreenState *state, const PvInvoice *invoice)
{
  if (journey->is_print_asked)
    add_print_notice (journey, state);
  else if (invoice->is_paid)
    pv_screen_state_add_notice (state, PV_TONE_SUCCESS, "check-circle", _ ("Nothing is left to pay."));
  else if (invoice->payment_url == NULL)
    pv_screen_state_add_notice (state, PV_TONE_INFO, "info",
                                _ ("It cannot be paid online. This kiosk takes no card and no money."));
  else if (!is_low (journey)) /* it was said before */
    say_no_money (state);
}

static void
add_invoice_cards (const PvJourney *journey, PvScreenState *state, const PvInvoice *invoice)
{
  gboolean is_busy = journey->is_print_asked && journey->print_state < PV_PRINT_DONE;
  PvAction *card;

  if (can_be_paid (invoice)) {
    card = pv_screen_add_action_with_icon (state, PV_ROLE_CARD, PV_DO_SHOW_PAYMENT, _ ("Pay on my phone"), "phone");
    card->is_emphasised = TRUE;
  }
  if (journey->is_printer_enabled) {
    card = pv_screen_add_action_with_icon (
      state, PV_ROLE_CARD, PV_DO_PRINT_INVOICE,
      pv_journey_prints_invoice (journey) ? _ ("Print it") : _ ("Print this summary"), "printer");
    card->is_enabled = journey->is_printer_available && !is_busy;
  }
}

static PvScreenState *
show_invoice (PvJourney *journey, const PvInvoice *invoice)
{
  PvScreenState *state =
    pv_journey_new_screen (journey, PV_SCREEN_PAY, invoice->is_paid ? "pay-paid" : "pay-due",
                           invoice->is_paid ? _ ("This invoice is paid") : _ ("What you have to pay"));
  g_autoptr (GArray) rows = new_rows ();
  Rest rest;

  add_invoice_notice (journey, state, invoice);
  collect_invoice (journey, invoice, is_low (journey), rows);
  pv_screen_add_back (state);
  /* The cards stand side by side. */
  rest = show_rows (journey, state, rows, state->notices->len > 0 ? NOTICE_HEIGHT : 0, CARD_HEIGHT,
                    can_be_paid (invoice) || journey->is_printer_enabled ? 1 : 0);
  if (rest.is_last) {
    add_invoice_cards (journey, state, invoice);
    pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_OPEN_PAY, _ ("Another invoice"));
    pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_FINISH, _ ("I have finished"));
  }
  pv_screen_add_help_band (journey, state, TRUE);
  return state;
}

PvScreenState *
pv_screen_pay (PvJourney *journey)
{
  const PvLookUp *look_up = &journey->look_up;

  if (look_up->has_nothing)
    return show_other_ways (journey);
  if (look_up->is_asked)
    return asking (journey, PV_SCREEN_PAY, "pay-asking", _ ("See an invoice"));
  if (look_up->invoice != NULL)
    return show_invoice (journey, look_up->invoice);
  return look_up->uuid != NULL ? ask_amount (journey) : ask_square (journey);
}

/* On the phone ----------------------------------------------------------------------------------------------------- */

/* What is worth keeping in the safe, by name: the person puts it there on their phone. */
static char *
safe_sentence (PvJourney *journey)
{
  g_autoptr (PvReceipt) receipt =
    journey->phone_from == PV_AT_DONE && journey->filing != NULL ? pv_journey_make_receipt (journey) : NULL;
  g_autoptr (GString) text = NULL;

  if (receipt == NULL)
    return g_strdup (_ ("Keep your receipts and documents there."));
  text = g_string_new (NULL);
  g_string_append_printf (text, _ ("To keep there: the receipt %s"), receipt->reference);
  for (guint i = 0; i < receipt->documents->len && i < MAX_SAFE_DOCUMENTS; i++)
    g_string_append_printf (text, ", %s", ((const PvReceiptLine *) receipt->documents->pdata[i])->label);
  g_string_append_c (text, '.');
  return g_strdup (text->str);
}

PvScreenState *
pv_screen_look_up_qr (PvJourney *journey)
{
  gboolean is_safe = journey->look_up.qr == PV_QR_SAFE;
  const PvInvoice *invoice = journey->look_up.invoice;
  PvScreenState *state = pv_journey_new_screen (journey, PV_SCREEN_PHONE, is_safe ? "phone-safe" : "phone-payment",
                                                is_safe ? _ ("Your digital safe") : _ ("Pay on your phone"));
  PvField *field;

  state->help = g_strdup (is_safe ? _ ("Sign in on your phone. Nothing of your account opens here.")
                                  : _ ("Open your phone’s camera. Hold it in front of the square."));
  field = pv_screen_state_add_field (state, PV_FIELD_QR, "qr", is_safe ? _ ("Open my safe") : _ ("Open the payment"));
  field->value = g_strdup (is_safe ? journey->safe_url : invoice != NULL ? invoice->payment_url : "");
  field->is_personal = !is_safe;
  if (is_safe) {
    g_autofree char *sentence = safe_sentence (journey);

    pv_screen_state_add_field (state, PV_FIELD_TEXT, "safe", sentence)->is_personal = TRUE;
  }
  pv_screen_add_back (state);
  pv_screen_add_help_band (journey, state, journey->phone_from != PV_AT_DONE);
  return state;
}

PvChoice *
pv_screen_add_safe_tile (const PvJourney *journey, PvField *tiles)
{
  PvChoice *tile;

  if (journey->safe_url == NULL)
    return NULL;
  tile = pv_field_add_choice (tiles, "safe", _ ("My digital safe"));
  tile->detail = g_strdup (_ ("On my phone"));
  tile->icon = g_strdup ("safe");
  tile->intention = PV_DO_SHOW_SAFE;
  return tile;
}
