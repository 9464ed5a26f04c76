/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Check, sending, done, and the phone. */

#include <glib/gi18n-lib.h>

#include "core/assist-class.h"
#include "core/date.h"
#include "core/journey-private.h"
#include "core/wipe.h"

enum { ROW_HEIGHT = 5, STATEMENT_HEIGHT = 5, OPTION_HEIGHT = 5 }; /* half-lines */

/* One thing on the check: a row of the summary, or a statement. */
typedef struct {
  const PvStep *step; /* NULL: a statement */
  const char *path;
  char *label;
  char *official; /* (nullable) */
  PvSecretStr *value;
  guint height;
  PvProof proof;
} Item;

static void
item_clear (gpointer data)
{
  Item *item = data;

  g_free (item->label);
  g_free (item->official);
  pv_wipe_str (item->value);
}

/* A name or an address was asked in parts and is read as one; yes and no say nothing without their questions. */
static gboolean
is_one_answer (const PvStep *step)
{
  for (guint i = 0; i < step->questions->len; i++) {
    PvQuestionKind kind = ((const PvQuestion *) step->questions->pdata[i])->kind;

    if (kind != PV_QUESTION_TEXT && kind != PV_QUESTION_INFO)
      return FALSE;
  }
  return TRUE;
}

/* "4 rue des Tilleuls, 89100 Montclair" */
static char *
join_values (const PvJourney *journey, const PvStep *step)
{
  GString *text = g_string_sized_new (256); /* what it outgrows would stay behind */
  const char *separator = ", ";

  for (guint i = 0; i < step->questions->len; i++) {
    const PvQuestion *question = step->questions->pdata[i];
    g_autoptr (PvSecretStr) value = pv_journey_display (journey, question, step->paths->pdata[i], TRUE);

    if (value[0] == '\0')
      continue;
    if (text->len > 0)
      g_string_append (text, separator);
    g_string_append (text, value);
    separator = question->format == PV_FORMAT_POSTCODE_FR ? " " : ", ";
  }
  return g_string_free (text, FALSE);
}

/* What the screen asked, or the names of what it asked for. @is_official: in French */
static char *
join_labels (const PvJourney *journey, const PvStep *step, gboolean is_official)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < step->questions->len; i++) {
    const PvQuestion *question = step->questions->pdata[i];

    if (question->group_title != NULL && step->questions->len > 1) {
      g_string_assign (text,
                       is_official ? question->group_title : pv_journey_say (journey, question, question->group_title));
      break;
    }
    if (question->kind != PV_QUESTION_INFO)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              is_official ? question->label : pv_journey_say (journey, question, question->label));
  }
  return g_string_free (text, FALSE);
}

/* Of all that is answered of a screen that is read as one: the weakest. */
static PvProof
proof_of_step (const PvJourney *journey, const PvStep *step)
{
  PvProof proof = PV_PROOF_NONE;
  gboolean has_any = FALSE;

  for (guint i = 0; i < step->questions->len; i++) {
    const PvQuestion *question = step->questions->pdata[i];
    PvProof own = pv_filing_get_proof (journey->filing, step->paths->pdata[i]);
    g_autoptr (PvSecretStr) value = pv_filing_display (journey->filing, step->paths->pdata[i]);

    if (question->kind == PV_QUESTION_INFO || value[0] == '\0')
      continue;
    proof = has_any ? MIN (proof, own) : own;
    has_any = TRUE;
  }
  return proof;
}

/* Of the French under a label. With few lines it is left out before anything becomes a further page. */
static guint
official_height (const PvJourney *journey, const char *label, const char *official, guint width)
{
  const char *beside = pv_official_beside (label, official);

  if (beside == NULL || journey->capacity.lines < PV_FEW_LINES)
    return 0;
  return 2 + 2 * ((guint) g_utf8_strlen (beside, -1) / width);
}

/* Takes @label, @official (nullable) and @value. */
static void
add_item (PvJourney *journey, GArray *items, const PvStep *step, guint index, char *label, char *official, char *value,
          PvProof proof)
{
  /* Beside them stands "Change"; the answer is bold. */
  guint label_width = MAX (journey->capacity.chars_per_line * 8 / 10, 1);
  guint value_width = MAX (journey->capacity.chars_per_line * 13 / 20, 1);
  Item item = { .step = step,
                .path = step->paths->pdata[index],
                .label = label,
                .official = official,
                .value = value,
                .proof = proof };
  guint lines;

  /* Translators: no answer was given. */
  if (value[0] == '\0') {
    g_free (value);
    item.value = g_strdup (_ ("—"));
  }
  lines =
    2 + (guint) g_utf8_strlen (item.label, -1) / label_width + (guint) g_utf8_strlen (item.value, -1) / value_width;
  item.height = MAX (ROW_HEIGHT, 2 * lines + 1) + (proof == PV_PROOF_GENUINE ? 2 : 0)
                + official_height (journey, label, official, label_width);
  g_array_append_val (items, item);
}

static void
collect_items (PvJourney *journey, const GPtrArray *steps, const GPtrArray *statements, GArray *items)
{
  for (guint i = 0; i < steps->len; i++) {
    const PvStep *step = steps->pdata[i];

    if (step->kind != PV_STEP_QUESTIONS || pv_step_count_asked (step) == 0)
      continue;
    if (pv_step_is_of_table (step)) {
      add_item (journey, items, step, 0, pv_screen_table_title (journey, step),
                pv_screen_official_row (journey, step, step->block->label),
                pv_screen_join_cells (journey, step->block, step->row, step, FALSE), PV_PROOF_NONE);
      continue;
    }
    if (is_one_answer (step)) {
      g_autofree char *label = join_labels (journey, step, FALSE), *official = join_labels (journey, step, TRUE);

      add_item (journey, items, step, 0, pv_screen_name_row (journey, step, label),
                pv_screen_official_row (journey, step, official), join_values (journey, step),
                proof_of_step (journey, step));
      continue;
    }
    for (guint k = 0; k < step->questions->len; k++) {
      const PvQuestion *question = step->questions->pdata[k];

      if (question->kind != PV_QUESTION_INFO)
        add_item (journey, items, step, k,
                  pv_screen_name_row (journey, step, pv_journey_say (journey, question, question->label)),
                  pv_screen_official_row (journey, step, question->label),
                  pv_journey_display (journey, question, step->paths->pdata[k], TRUE),
                  pv_filing_get_proof (journey->filing, step->paths->pdata[k]));
    }
  }
  for (guint i = 0; i < statements->len; i++) {
    const PvQuestion *question = statements->pdata[i];
    const char *label = pv_journey_say (journey, question, question->label);
    Item item = { .path = question->id,
                  .label = g_strdup (label),
                  .official = pv_journey_official (journey, question, question->label),
                  .height = STATEMENT_HEIGHT - 2 + pv_journey_text_height (journey, label) };

    if (pv_official_beside (item.label, item.official) != NULL)
      item.height += pv_journey_text_height (journey, item.official);

    g_array_append_val (items, item);
  }
}

GPtrArray *
pv_journey_list_answers (PvJourney *journey)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_receipt_line_free);
  g_autoptr (GPtrArray) steps = pv_journey_list_steps (journey, NULL), statements = NULL;
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  GDate today;

  g_array_set_clear_func (items, item_clear);
  pv_journey_today (journey, &today);
  statements = pv_filing_list_statements (journey->filing, &today);
  collect_items (journey, steps, statements, items);
  for (guint i = 0; i < items->len; i++) {
    const Item *item = &g_array_index (items, Item, i);
    g_autoptr (PvSecretStr) value =
      item->step == NULL ? pv_filing_display (journey->filing, item->path) : g_strdup (item->value);

    g_ptr_array_add (lines, pv_receipt_line_new (item->label, value[0] != '\0' ? value : _ ("—")));
  }
  return lines;
}

static void
add_row (PvField *summary, const Item *item)
{
  PvSummaryRow *row = pv_field_add_row (summary, item->label, item->value);

  row->official_label = g_strdup (item->official);
  row->assist = pv_assist_class_of_all (item->step->questions);
  row->edit_target = g_strdup (item->step->key);
  row->edit_spoken = g_strdup_printf (_ ("Change: %s"), item->label);
  if (item->proof == PV_PROOF_GENUINE)
    row->mark = g_strdup (_ ("Read from the card"));
}

static void
add_statement (PvJourney *journey, PvScreenState *state, const Item *item, const GDate *today)
{
  const PvValue *value = pv_filing_get (journey->filing, item->path);
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_STATEMENT, item->path, item->label);
  PvChoice *box = pv_field_add_choice (field, "yes", item->label);

  box->selected = value != NULL && pv_value_get_bool (value);
  box->intention = PV_DO_TOGGLE;
  field->official_label = g_strdup (item->official);
  if (journey->shows_errors)
    field->error = pv_journey_say_lines (journey, pv_procedure_find_question (journey->procedure, item->path),
                                         pv_filing_check_path (journey->filing, item->path, today));
}

/* A statement that is missing may be on another page. */
static void
summarise_statements (PvJourney *journey, PvScreenState *state, const GPtrArray *statements, const GDate *today)
{
  g_autofree char *only = NULL;
  guint n_wrong = 0;

  for (guint i = 0; journey->shows_errors && i < statements->len; i++) {
    const PvQuestion *question = statements->pdata[i];
    g_autofree char *error = pv_filing_check_path (journey->filing, question->id, today);

    if (error == NULL)
      continue;
    pv_screen_add_jump (state, question->id, question->label, error);
    g_free (only);
    only = g_strdup (question->id);
    n_wrong++;
  }
  if (n_wrong == 1 && pv_screen_state_find_field (state, only) != NULL) /* it is before one's eyes */
    g_ptr_array_set_size (state->actions, 0);
  pv_screen_summarise_errors (journey, state, FALSE);
  pv_screen_choose_focus (journey, state);
}

/* To the page of the statement that was jumped to, or of the first that is missing. */
static guint
paginate (PvJourney *journey, const GArray *items, guint reserved, const GDate *today, guint *ret_first, guint *ret_end)
{
  g_autofree guint *heights = g_new0 (guint, items->len + 1);
  guint wanted = items->len, n_pages;

  for (guint i = 0; i < items->len; i++) {
    const Item *item = &g_array_index (items, Item, i);
    gboolean is_statement = item->step == NULL;
    g_autofree char *error = is_statement && journey->is_jumping && journey->jumped == NULL
                               ? pv_filing_check_path (journey->filing, item->path, today)
                               : NULL;

    heights[i] = item->height;
    if (wanted == items->len && is_statement && (error != NULL || g_strcmp0 (item->path, journey->jumped) == 0))
      wanted = i;
  }
  n_pages = pv_journey_paginate (journey, heights, items->len, reserved, ret_first, ret_end);
  for (guint page = 0; journey->is_jumping && wanted < items->len && page < n_pages; page++) {
    journey->page = page;
    pv_journey_paginate (journey, heights, items->len, reserved, ret_first, ret_end);
    if (wanted < *ret_end)
      break;
  }
  journey->is_jumping = FALSE;
  return n_pages;
}

/* Where there is no room for a frame of its own. */
static void
say_not_sent (PvScreenState *state)
{
  g_autofree char *page = g_steal_pointer (&state->page_text);

  state->page_text =
    page != NULL ? g_strdup_printf ("%s · %s", page, _ ("Not sent yet")) : g_strdup (_ ("Not sent yet"));
}

static const char *
send_label (const PvJourney *journey)
{
  return journey->procedure->is_handover ? _ ("Continue on my phone") : _ ("Send my request");
}

PvScreenState *
pv_screen_check (PvJourney *journey)
{
  gboolean is_handover = journey->procedure->is_handover;
  PvScreenState *state = pv_journey_new_screen (journey, PV_SCREEN_CHECK, "check",
                                                is_handover ? _ ("Check, then go on") : _ ("Check, then send"));
  g_autoptr (GPtrArray) steps = pv_journey_list_steps (journey, NULL);
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_autoptr (GPtrArray) statements = NULL;
  gboolean is_low = journey->capacity.lines < PV_FEW_LINES;
  guint reserved = is_low ? 0 : 4 + (pv_journey_may_keep (journey) ? OPTION_HEIGHT : 0);
  guint first, end, n_pages;
  PvField *summary = NULL;
  GDate today;

  g_array_set_clear_func (items, item_clear);
  pv_journey_today (journey, &today);
  statements = pv_filing_list_statements (journey->filing, &today);
  collect_items (journey, steps, statements, items);
  n_pages = paginate (journey, items, reserved, &today, &first, &end);
  pv_screen_set_progress (journey, state, TRUE);
  for (guint i = first; i < end; i++) {
    const Item *item = &g_array_index (items, Item, i);

    if (item->step == NULL) {
      add_statement (journey, state, item, &today);
      continue;
    }
    if (summary == NULL) {
      summary = pv_screen_state_add_field (state, PV_FIELD_SUMMARY, "answers", NULL);
      summary->is_personal = TRUE;
    }
    add_row (summary, item);
  }
  summarise_statements (journey, state, statements, &today);
  if (journey->has_store_failed)
    pv_screen_state_add_notice (state, PV_TONE_DANGER, "warning-triangle",
                                _ ("The kiosk could not keep your request. Try again, or call a mediator."));
  else if (!is_low)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle", _ ("Not sent yet"));
  pv_screen_add_back (state);
  pv_screen_add_pages (journey, state, n_pages);
  if (is_low)
    say_not_sent (state);
  if (!is_low)
    pv_screen_add_hand_over (journey, state, PV_DO_HAND_OVER);
  if (journey->page + 1 == n_pages)
    pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_SEND, send_label (journey));
  pv_screen_add_help_band (journey, state, TRUE);
  return state;
}

PvScreenState *
pv_screen_sending (PvJourney *journey)
{
  gboolean is_draft = journey->purpose == PV_SUBMISSION_DRAFT;
  PvScreenState *state =
    pv_journey_new_screen (journey, PV_SCREEN_SENDING, "sending",
                           journey->is_practising                     ? _ ("What happens when you send")
                           : is_draft                                 ? _ ("Your answers are being kept")
                           : journey->purpose == PV_SUBMISSION_BOOK   ? _ ("Your appointment is being booked")
                           : journey->purpose == PV_SUBMISSION_CANCEL ? _ ("Your appointment is being cancelled")
                                                                      : _ ("Your request is leaving"));
  gint64 waited_ms = journey->now.monotonic_ms - journey->sent_ms;
  const char *text;

  if (pv_filing_is_practice (journey->filing))
    text = _ ("In a real request, your answers would go to the town hall now.\nHere nothing is sent.");
  else if (!journey->is_stored)
    text = _ ("The kiosk keeps your request safe…");
  else if (journey->procedure->is_handover)
    text = _ ("Your answers go to the other site…");
  else if (waited_ms < PV_SENDING_PATIENCE_SECONDS * 1000)
    text = _ ("Your request is safe. The town hall is being called…");
  else
    text =
      _ ("The town hall is slow to answer. Your request is safe.\nIn a few seconds you can leave: it goes by itself.");
  pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "sending", text);
  pv_screen_add_help_band (journey, state, FALSE);
  return state;
}

/* "To be confirmed: jeudi 3 décembre 2026 à 9 h 20" */
static char *
tell_appointment (const PvJourney *journey)
{
  g_autofree char *when = pv_journey_appointment_time (journey);
  g_autofree char *note = pv_journey_appointment_note (journey);

  if (when == NULL || note == NULL)
    return g_steal_pointer (&when);
  return g_strdup_printf (_ ("To be confirmed: %s"), when);
}

/* With the agenda itself: there is no number but the kiosk's, by which it is moved or cancelled. */
static void
describe_booking (PvJourney *journey, PvScreenState *state)
{
  gboolean is_cancel = journey->purpose == PV_SUBMISSION_CANCEL;
  g_autofree char *when = pv_journey_appointment_time (journey);
  PvNotice *notice;

  if (is_cancel) {
    state->title = g_strdup (_ ("Your appointment is cancelled"));
    state->help = g_strdup (_ ("This time is free for somebody else now."));
    pv_screen_state_add_notice (state, PV_TONE_SUCCESS, "check-circle", when != NULL ? when : "");
    return;
  }
  if (!pv_journey_is_booked (journey)) {
    state->title = g_strdup (_ ("You are on the waiting list"));
    state->help = g_strdup (_ ("The town hall calls you when a place is free."));
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "clock", when != NULL ? when : "");
    return;
  }
  state->title = g_strdup (_ ("Your appointment is booked"));
  state->help = g_strdup (_ ("Keep this reference: it serves to move or cancel it here."));
  notice = pv_screen_state_add_notice (state, PV_TONE_SUCCESS, "check-circle",
                                       journey->appointment != NULL ? journey->appointment->place : NULL);
  notice->strong = g_steal_pointer (&when);
}

static void
describe_received (PvJourney *journey, PvScreenState *state)
{
  g_autofree char *when = pv_moment_display_here (journey->outcome->received_us, journey->now.zone, TRUE);
  g_autofree char *strong = NULL, *silence = pv_journey_silence_sentence (journey, &strong);
  g_autofree char *received = g_strdup_printf (_ ("Received on %s."), when);
  g_autofree char *text = silence != NULL ? g_strdup_printf ("%s\n%s", received, silence) : g_strdup (received);
  PvNotice *notice;

  state->title = g_strdup (_ ("The town hall has received your request"));
  /* What the printer says needs the room of a frame. */
  if (silence == NULL && journey->is_print_asked && journey->capacity.lines < PV_FEW_LINES) {
    state->help = g_steal_pointer (&received);
    return;
  }
  state->help = g_strdup (_ ("Keep this number: it serves to follow your request."));
  notice = pv_screen_state_add_notice (state, PV_TONE_SUCCESS, "check-circle", text);
  notice->strong = strong != NULL ? g_steal_pointer (&strong) : tell_appointment (journey);
  if (silence != NULL && journey->capacity.lines >= PV_FEW_LINES) {
    g_autofree char *appointment = tell_appointment (journey);

    if (appointment != NULL)
      pv_screen_state_add_notice (state, PV_TONE_INFO, "calendar", appointment);
  }
}

static void
describe_kept (PvJourney *journey, PvScreenState *state)
{
  PvOutcomeKind kind = journey->outcome != NULL ? journey->outcome->kind : PV_OUTCOME_PENDING;
  g_autofree char *when = pv_moment_display_here (journey->stored_us, journey->now.zone, journey->is_clock_verified);
  g_autofree char *registered = g_strdup_printf (_ ("Registered here on %s."), when);
  g_autofree char *text = NULL, *appointment = NULL;
  PvNotice *notice;
  const char *what;

  if (kind == PV_OUTCOME_UNKNOWN) {
    state->title = g_strdup (_ ("Request registered, to be checked"));
    what = _ ("The town hall may have it already. An agent will look.");
  } else if (kind == PV_OUTCOME_REFUSED) {
    state->title = g_strdup (_ ("Request registered, to be checked"));
    what = _ ("The portal did not take it. An agent will look at it.");
  } else {
    state->title = g_strdup (_ ("Request registered, not yet sent"));
    what = _ ("The town hall will receive it as soon as the network is back.");
  }
  appointment = tell_appointment (journey);
  state->help = g_strdup (_ ("With this reference, the town hall finds your request."));
  text = g_strdup_printf ("%s\n%s", registered, what);
  notice = pv_screen_state_add_notice (state, PV_TONE_WARNING, "clock", text);
  /* A time that nobody gave yet must not look as if it were. */
  notice->strong =
    appointment != NULL ? g_steal_pointer (&appointment) : g_strdup (_ ("You have nothing to do again."));
}

/* A ticket: what it is good for, where, and until when. */
static void
describe_draft (PvJourney *journey, PvScreenState *state)
{
  gboolean is_kept = journey->outcome != NULL && journey->outcome->kind == PV_OUTCOME_DRAFT;
  gboolean is_handover = journey->procedure->is_handover;
  g_autofree char *end = pv_journey_draft_end (journey);
  PvNotice *notice;

  state->title = g_strdup (is_handover && is_kept ? _ ("Your form is prepared") : _ ("Your answers are kept"));
  if (!is_kept)
    state->help = g_strdup (is_handover ? _ ("The other site does not answer. Your phone opens its empty form.")
                                        : _ ("With this reference, the town hall finds your answers."));
  else
    state->help = g_strdup (is_handover ? _ ("Scan the square with your phone, and go on there.")
                                        : _ ("Go on with this code, on a phone or a computer. Kiosks cannot open it."));
  notice = pv_screen_state_add_notice (state, PV_TONE_WARNING, "clock",
                                       is_handover
                                         ? _ ("Nothing is sent yet. Fill in the rest on the site, and send it there.")
                                         : _ ("Your request is not sent. Nobody looks at it before you send it."));
  /* Translators: %s is a date. */
  notice->strong = end != NULL ? g_strdup_printf (_ ("Valid until %s."), end) : NULL;
}

static void
describe_practice (PvScreenState *state)
{
  PvNotice *notice;

  state->title = g_strdup (_ ("Nothing was sent"));
  state->help = g_strdup (_ ("This was a practice. The town hall has received nothing."));
  notice = pv_screen_state_add_notice (state, PV_TONE_INFO, "info",
                                       _ ("A real request ends like this, with its number and a receipt."));
  notice->strong = g_strdup (_ ("To make a real one, leave the practice."));
}

const char *
pv_screen_print_reason (PvPrintReason reason)
{
  switch (reason) {
  case PV_PRINT_REASON_NO_PAPER:
    return _ ("The printer has no more paper. Call an agent.");
  case PV_PRINT_REASON_JAM:
    return _ ("The paper is stuck. Call an agent.");
  case PV_PRINT_REASON_OPEN:
    return _ ("The printer is open. Call an agent.");
  case PV_PRINT_REASON_TAKE_PAPER:
    return _ ("Take the paper that is already printed.");
  case PV_PRINT_REASON_INK:
    return _ ("The printer has no more ink. Call an agent.");
  case PV_PRINT_REASON_BUSY:
    return _ ("The printer is busy. Try again in a moment.");
  case PV_PRINT_REASON_SERVICE:
  case PV_PRINT_REASON_CERTIFICATE: /* what is behind it is for the staff */
    return _ ("The printer is out of service. Call an agent.");
  case PV_PRINT_REASON_NONE:
  case PV_PRINT_REASON_OFFLINE:
    return _ ("The printer does not answer. Call an agent.");
  case PV_PRINT_REASON_PAPER_LOW:
  case PV_PRINT_REASON_OTHER:
    break;
  }
  return _ ("The printer needs care. Call an agent.");
}

const char *
pv_screen_print_end (PvPrintState state, PvPrintReason reason)
{
  if (state == PV_PRINT_UNKNOWN)
    return _ ("It is not confirmed that it was printed. If no paper comes out, print again.");
  return pv_screen_print_reason (reason);
}

static gboolean
has_number (const PvJourney *journey)
{
  return !journey->is_practising && journey->purpose != PV_SUBMISSION_DRAFT;
}

/* Without paper there is the phone, and for who has none the desk. */
static void
add_other_ways (PvScreenState *state, PvTone tone, const char *phone)
{
  g_autofree char *text =
    g_strdup_printf ("%s\n%s", phone, _ ("Without a phone, note this number: it serves at the desk."));

  pv_screen_state_add_notice (state, tone, "printer", text);
}

static void
add_print_state (PvJourney *journey, PvScreenState *state)
{
  g_autofree char *text = NULL;

  if (!journey->is_print_asked) {
    if (has_number (journey) && !(journey->is_printer_enabled && journey->is_printer_available))
      add_other_ways (state, PV_TONE_INFO, _ ("Nothing can be printed here now. Take the receipt on your phone."));
    return;
  }
  switch (journey->print_state) {
  case PV_PRINT_PREPARING:
  case PV_PRINT_SENDING:
    pv_screen_state_add_notice (state, PV_TONE_INFO, "printer",
                                journey->is_other_paper ? _ ("Your paper goes to the printer…")
                                                        : _ ("Your receipt goes to the printer…"));
    break;
  case PV_PRINT_PRINTING:
    pv_screen_state_add_notice (state, PV_TONE_INFO, "printer",
                                journey->is_other_paper ? _ ("Your paper goes to the printer…")
                                                        : _ ("Your receipt is being printed…"));
    break;
  case PV_PRINT_DONE:
    pv_screen_state_add_notice (state, PV_TONE_SUCCESS, "printer",
                                journey->is_other_paper ? _ ("Your paper is printed. Take it.")
                                                        : _ ("Your receipt is printed. Take it."));
    break;
  case PV_PRINT_ATTENTION:
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "printer", pv_screen_print_reason (journey->print_reason));
    break;
  case PV_PRINT_FAILED:
  case PV_PRINT_UNKNOWN:
    text = g_strdup_printf ("%s\n%s", pv_screen_print_end (journey->print_state, journey->print_reason),
                            journey->is_practising ? _ ("Nothing is lost: it was a practice.")
                                                   : _ ("Your request is safe. Take the receipt on your phone."));
    if (has_number (journey))
      add_other_ways (state, PV_TONE_WARNING, text);
    else
      pv_screen_state_add_notice (state, PV_TONE_WARNING, "printer", text);
    break;
  }
}

/* A form on another site has nothing but its address: the square comes first, and no number says anything. */
static gboolean
shows_code (const PvJourney *journey)
{
  return journey->purpose == PV_SUBMISSION_DRAFT && journey->procedure->is_handover
         && journey->capacity.lines >= PV_FEW_LINES;
}

static void
add_cards (PvJourney *journey, PvScreenState *state)
{
  gboolean is_busy = journey->is_print_asked && journey->print_state < PV_PRINT_DONE;
  PvAction *card;

  if (journey->is_printer_enabled) {
    card = pv_screen_state_add_action (state, PV_ROLE_CARD, PV_DO_PRINT, _ ("Print"));
    card->icon = g_strdup ("printer");
    card->is_emphasised = TRUE;
    card->is_enabled = journey->is_printer_available && !is_busy;
  }
  if (journey->is_practising || shows_code (journey))
    return;
  card = pv_screen_state_add_action (state, PV_ROLE_CARD, PV_DO_SHOW_QR, _ ("Phone"));
  card->icon = g_strdup ("phone");
  if (pv_journey_has_papers (journey)) {
    card = pv_screen_add_action_with_icon (state, PV_ROLE_CARD, PV_DO_OPEN_PAPERS, _ ("Other papers"), "receipt");
    card->is_enabled = journey->is_printer_available && !is_busy;
  }
}

static void
add_reference (PvJourney *journey, PvScreenState *state)
{
  g_autoptr (PvSecretStr) reference = NULL, code = NULL;
  const char *label;
  PvField *field;

  reference = pv_journey_reference (journey, &label);
  code = pv_journey_tracking_code (journey);
  field = pv_screen_state_add_field (state, PV_FIELD_REFERENCE, "reference", label);
  field->value = g_strdup (reference);
  field->is_personal = TRUE;
  if (code != NULL)
    field->help = g_strdup_printf (_ ("Tracking code: %s"), code);
}

static void
add_code (PvJourney *journey, PvScreenState *state)
{
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_QR, "qr", _ ("Continue on my phone"));

  field->value = pv_journey_qr_text (journey);
  field->is_personal = TRUE;
}

PvScreenState *
pv_screen_done (PvJourney *journey)
{
  gboolean is_received = journey->outcome != NULL && journey->outcome->kind == PV_OUTCOME_RECEIVED;
  PvAction *card;
  gboolean is_draft = journey->purpose == PV_SUBMISSION_DRAFT, is_practice = journey->is_practising;
  PvScreenState *state = pv_journey_new_screen (journey, PV_SCREEN_DONE,
                                                is_practice   ? "done-practice"
                                                : is_draft    ? "done-kept"
                                                : is_received ? "done-received"
                                                              : "done-registered",
                                                NULL);

  if (is_practice)
    describe_practice (state);
  else if (is_draft)
    describe_draft (journey, state);
  else if (is_received && journey->purpose >= PV_SUBMISSION_BOOK)
    describe_booking (journey, state);
  else if (is_received)
    describe_received (journey, state);
  else
    describe_kept (journey, state);
  if (shows_code (journey))
    add_code (journey, state);
  else if (!is_practice)
    add_reference (journey, state);
  add_print_state (journey, state);
  add_cards (journey, state);
  if (journey->safe_url != NULL && is_received) {
    card = pv_screen_add_action_with_icon (state, PV_ROLE_CARD, PV_DO_SHOW_SAFE, _ ("Safe"), "safe");
    card->spoken = g_strdup_printf ("%s. %s", card->label, _ ("Put it into my digital safe"));
  }
  if (is_practice) {
    pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_ANOTHER, _ ("Practise again"));
    pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_HOME, _ ("I have finished"));
  } else {
    pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_ANOTHER, _ ("Another procedure"));
    pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_FINISH, _ ("I have finished"));
  }
  pv_screen_add_help_band (journey, state, is_practice);
  return state;
}

static PvScreenState *
phone (PvJourney *journey)
{
  gboolean is_done = journey->phone_from == PV_AT_DONE;
  PvScreenState *state =
    pv_journey_new_screen (journey, PV_SCREEN_PHONE, "phone",
                           is_done && journey->purpose != PV_SUBMISSION_DRAFT ? _ ("Take your receipt on your phone")
                                                                              : _ ("Continue on your phone"));
  const char *url = pv_journey_page_url (journey);
  g_autofree char *calendar = is_done ? pv_journey_calendar (journey) : NULL;
  gboolean is_calendar;
  PvField *field;

  if (journey->page > (calendar != NULL ? 1 : 0))
    journey->page = 0;
  is_calendar = journey->page == 1;
  state->help = g_strdup (_ ("Open your phone’s camera. Hold it in front of the square."));
  if (is_calendar) {
    g_free (state->title);
    state->title = g_strdup (_ ("Put the appointment in your phone"));
  }
  if (calendar != NULL)
    pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_NEXT_PAGE,
                                is_calendar ? _ ("Follow my request") : _ ("My appointment"));
  field = pv_screen_state_add_field (state, PV_FIELD_QR, "qr",
                                     is_calendar                                          ? _ ("My appointment")
                                     : is_done && journey->purpose != PV_SUBMISSION_DRAFT ? _ ("Follow my request")
                                                                                          : _ ("Open the form"));
  field->value = is_calendar ? g_steal_pointer (&calendar)
                 : is_done   ? pv_journey_qr_text (journey)
                             : g_strdup (url != NULL ? url : "");
  field->is_personal = is_done;
  pv_screen_add_back (state);
  pv_screen_add_help_band (journey, state, !is_done);
  return state;
}

PvScreenState *
pv_screen_phone (PvJourney *journey)
{
  return journey->look_up.qr != PV_QR_OTHER ? pv_screen_look_up_qr (journey) : phone (journey);
}
