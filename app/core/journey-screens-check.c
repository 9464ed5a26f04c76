/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Check, sending, done, and the phone. */

#include <glib/gi18n-lib.h>

#include "core/assist-class.h"
#include "core/date.h"
#include "core/journey-private.h"
#include "core/wipe.h"

enum { ROW_HEIGHT = 5, STATEMENT_HEIGHT = 5 }; /* half-lines */

/* One thing on the check: a row of the summary, or a statement. */
typedef struct {
  const PvStep *step; /* NULL: a statement */
  const char *path;
  char *label;
  PvSecretStr *value;
  guint height;
  PvProof proof;
} Item;

static void
item_clear (gpointer data)
{
  Item *item = data;

  g_free (item->label);
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
    g_autoptr (PvSecretStr) value = pv_filing_display_masked (journey->filing, step->paths->pdata[i]);

    if (value[0] == '\0')
      continue;
    if (text->len > 0)
      g_string_append (text, separator);
    g_string_append (text, value);
    separator = question->format == PV_FORMAT_POSTCODE_FR ? " " : ", ";
  }
  return g_string_free (text, FALSE);
}

/* What the screen asked, or the names of what it asked for. */
static char *
join_labels (const PvStep *step)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < step->questions->len; i++) {
    const PvQuestion *question = step->questions->pdata[i];

    if (question->group_title != NULL && step->questions->len > 1) {
      g_string_assign (text, question->group_title);
      break;
    }
    if (question->kind != PV_QUESTION_INFO)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", question->label);
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

/* Takes @label and @value. */
static void
add_item (PvJourney *journey, GArray *items, const PvStep *step, guint index, char *label, char *value, PvProof proof)
{
  /* Beside them stands "Change"; the answer is bold. */
  guint label_width = MAX (journey->capacity.chars_per_line * 8 / 10, 1);
  guint value_width = MAX (journey->capacity.chars_per_line * 13 / 20, 1);
  Item item = { step, step->paths->pdata[index], label, value, 0, proof };
  guint lines;

  /* Translators: no answer was given. */
  if (value[0] == '\0') {
    g_free (value);
    item.value = g_strdup (_ ("—"));
  }
  lines =
    2 + (guint) g_utf8_strlen (item.label, -1) / label_width + (guint) g_utf8_strlen (item.value, -1) / value_width;
  item.height = MAX (ROW_HEIGHT, 2 * lines + 1) + (proof == PV_PROOF_GENUINE ? 2 : 0);
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
      add_item (journey, items, step, 0, pv_screen_table_title (step),
                pv_screen_join_cells (journey, step->block, step->row, step), PV_PROOF_NONE);
      continue;
    }
    if (is_one_answer (step)) {
      g_autofree char *label = join_labels (step);

      add_item (journey, items, step, 0, pv_screen_name_row (step, label), join_values (journey, step),
                proof_of_step (journey, step));
      continue;
    }
    for (guint k = 0; k < step->questions->len; k++) {
      const PvQuestion *question = step->questions->pdata[k];

      if (question->kind != PV_QUESTION_INFO)
        add_item (journey, items, step, k, pv_screen_name_row (step, question->label),
                  pv_filing_display_masked (journey->filing, step->paths->pdata[k]),
                  pv_filing_get_proof (journey->filing, step->paths->pdata[k]));
    }
  }
  for (guint i = 0; i < statements->len; i++) {
    const PvQuestion *question = statements->pdata[i];
    Item item = { NULL,
                  question->id,
                  g_strdup (question->label),
                  NULL,
                  STATEMENT_HEIGHT - 2 + pv_journey_text_height (journey, question->label),
                  PV_PROOF_NONE };

    g_array_append_val (items, item);
  }
}

static void
add_row (PvField *summary, const Item *item)
{
  PvSummaryRow *row = pv_field_add_row (summary, item->label, item->value);

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
  if (journey->shows_errors)
    field->error = pv_filing_check_path (journey->filing, item->path, today);
}

/* Where there is no room for a frame of its own. */
static void
say_not_sent (PvScreenState *state)
{
  g_autofree char *page = g_steal_pointer (&state->page_text);

  state->page_text =
    page != NULL ? g_strdup_printf ("%s · %s", page, _ ("Not sent yet")) : g_strdup (_ ("Not sent yet"));
}

PvScreenState *
pv_screen_check (PvJourney *journey)
{
  PvScreenState *state = pv_journey_new_screen (journey, PV_SCREEN_CHECK, "check", _ ("Check, then send"));
  g_autoptr (GPtrArray) steps = pv_journey_list_steps (journey, NULL);
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_autoptr (GPtrArray) statements = NULL;
  g_autofree guint *heights = NULL;
  gboolean is_low = journey->capacity.lines < PV_FEW_LINES;
  guint first, end, n_pages;
  PvField *summary = NULL;
  GDate today;

  g_array_set_clear_func (items, item_clear);
  pv_journey_today (journey, &today);
  statements = pv_filing_list_statements (journey->filing, &today);
  collect_items (journey, steps, statements, items);
  heights = g_new0 (guint, items->len + 1);
  for (guint i = 0; i < items->len; i++)
    heights[i] = g_array_index (items, Item, i).height;
  n_pages = pv_journey_paginate (journey, heights, items->len, is_low ? 0 : 4, &first, &end);
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
  if (journey->has_store_failed)
    pv_screen_state_add_notice (state, PV_TONE_DANGER, "warning-triangle",
                                _ ("The kiosk could not keep your request. Try again, or call a mediator."));
  else if (!is_low)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle", _ ("Not sent yet"));
  pv_screen_add_back (state);
  pv_screen_add_pages (journey, state, n_pages);
  if (is_low)
    say_not_sent (state);
  if (journey->page + 1 == n_pages)
    pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_SEND, _ ("Send my request"));
  pv_screen_add_help_band (journey, state, TRUE);
  return state;
}

PvScreenState *
pv_screen_sending (PvJourney *journey)
{
  gboolean is_draft = journey->purpose == PV_SUBMISSION_DRAFT;
  PvScreenState *state =
    pv_journey_new_screen (journey, PV_SCREEN_SENDING, "sending",
                           is_draft ? _ ("Your answers are being kept") : _ ("Your request is leaving"));
  gint64 waited_ms = journey->now.monotonic_ms - journey->sent_ms;
  const char *text;

  if (!journey->is_stored)
    text = _ ("The kiosk keeps your request safe…");
  else if (waited_ms < PV_SENDING_PATIENCE_SECONDS * 1000)
    text = _ ("Your request is safe. The town hall is being called…");
  else
    text =
      _ ("The town hall is slow to answer. Your request is safe.\nIn a few seconds you can leave: it goes by itself.");
  pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "sending", text);
  pv_screen_add_help_band (journey, state, FALSE);
  return state;
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
  notice->strong = g_steal_pointer (&strong);
}

static void
describe_kept (PvJourney *journey, PvScreenState *state)
{
  PvOutcomeKind kind = journey->outcome != NULL ? journey->outcome->kind : PV_OUTCOME_PENDING;
  g_autofree char *when = pv_moment_display_here (journey->stored_us, journey->now.zone, journey->is_clock_verified);
  g_autofree char *registered = g_strdup_printf (_ ("Registered here on %s."), when);
  g_autofree char *text = NULL;
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
  state->help = g_strdup (_ ("With this reference, the town hall finds your request."));
  text = g_strdup_printf ("%s\n%s", registered, what);
  notice = pv_screen_state_add_notice (state, PV_TONE_WARNING, "clock", text);
  notice->strong = g_strdup (_ ("You have nothing to do again."));
}

static void
describe_draft (PvJourney *journey, PvScreenState *state)
{
  gboolean is_kept = journey->outcome != NULL && journey->outcome->kind == PV_OUTCOME_DRAFT;

  state->title = g_strdup (_ ("Your answers are kept"));
  state->help = g_strdup (is_kept ? _ ("With this code, carry on at home or with an agent.")
                                  : _ ("With this reference, the town hall finds your answers."));
  pv_screen_state_add_notice (state, PV_TONE_WARNING, "clock",
                              _ ("Your request is not sent. Nobody looks at it before you send it."));
}

static const char *
reason_sentence (PvPrintReason reason)
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
  case PV_PRINT_REASON_NONE:
  case PV_PRINT_REASON_OFFLINE:
  case PV_PRINT_REASON_OTHER:
    return _ ("The printer does not answer. Call an agent.");
  }
  return "";
}

static void
add_print_state (PvJourney *journey, PvScreenState *state)
{
  g_autofree char *text = NULL;

  if (!journey->is_print_asked)
    return;
  switch (journey->print_state) {
  case PV_PRINT_PREPARING:
  case PV_PRINT_SENDING:
    pv_screen_state_add_notice (state, PV_TONE_INFO, "printer", _ ("Your receipt goes to the printer…"));
    break;
  case PV_PRINT_PRINTING:
    pv_screen_state_add_notice (state, PV_TONE_INFO, "printer", _ ("Your receipt is being printed…"));
    break;
  case PV_PRINT_DONE:
    pv_screen_state_add_notice (state, PV_TONE_SUCCESS, "printer", _ ("Your receipt is printed. Take it."));
    break;
  case PV_PRINT_ATTENTION:
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "printer", reason_sentence (journey->print_reason));
    break;
  case PV_PRINT_FAILED:
  case PV_PRINT_UNKNOWN:
    text = g_strdup_printf ("%s\n%s", reason_sentence (journey->print_reason),
                            _ ("Your request is safe. Take the receipt on your phone."));
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "printer", text);
    break;
  }
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
  card = pv_screen_state_add_action (state, PV_ROLE_CARD, PV_DO_SHOW_QR, _ ("Phone"));
  card->icon = g_strdup ("phone");
}

PvScreenState *
pv_screen_done (PvJourney *journey)
{
  gboolean is_received = journey->outcome != NULL && journey->outcome->kind == PV_OUTCOME_RECEIVED;
  gboolean is_draft = journey->purpose == PV_SUBMISSION_DRAFT;
  PvScreenState *state = pv_journey_new_screen (journey, PV_SCREEN_DONE,
                                                is_draft      ? "done-kept"
                                                : is_received ? "done-received"
                                                              : "done-registered",
                                                NULL);
  g_autoptr (PvSecretStr) reference = NULL, code = NULL;
  const char *label;
  PvField *field;

  if (is_draft)
    describe_draft (journey, state);
  else if (is_received)
    describe_received (journey, state);
  else
    describe_kept (journey, state);
  reference = pv_journey_reference (journey, &label);
  code = pv_journey_tracking_code (journey);
  field = pv_screen_state_add_field (state, PV_FIELD_REFERENCE, "reference", label);
  field->value = g_strdup (reference);
  field->is_personal = TRUE;
  if (code != NULL)
    field->help = g_strdup_printf (_ ("Tracking code: %s"), code);
  add_print_state (journey, state);
  add_cards (journey, state);
  pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_ANOTHER, _ ("Another procedure"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_FINISH, _ ("I have finished"));
  pv_screen_add_help_band (journey, state, FALSE);
  return state;
}

PvScreenState *
pv_screen_phone (PvJourney *journey)
{
  gboolean is_done = journey->phone_from == PV_AT_DONE;
  PvScreenState *state = pv_journey_new_screen (
    journey, PV_SCREEN_PHONE, "phone", is_done ? _ ("Take your receipt on your phone") : _ ("Continue on your phone"));
  const PvCatalogueEntry *entry =
    journey->catalogue != NULL ? pv_catalogue_find (journey->catalogue, journey->slug) : NULL;
  const char *url = journey->procedure != NULL && journey->procedure->url != NULL ? journey->procedure->url
                    : entry != NULL                                               ? entry->url
                                                                                  : NULL;
  PvField *field;

  state->help = g_strdup (_ ("Open your phone’s camera. Hold it in front of the square."));
  field = pv_screen_state_add_field (state, PV_FIELD_QR, "qr", is_done ? _ ("Follow my request") : _ ("Open the form"));
  field->value = is_done ? pv_journey_qr_text (journey) : g_strdup (url != NULL ? url : "");
  field->is_personal = is_done;
  pv_screen_add_back (state);
  pv_screen_add_help_band (journey, state, !is_done);
  return state;
}
