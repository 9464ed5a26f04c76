/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A journey at the question that asks for a document, and what scanner and phone tell it. */
#pragma once

#include "journey-steps.h"

static const char url[] = "https://relais.example/depot/#0123456789abcdef";

static inline void
use_config (Fixture *fixture, gboolean has_scanner, gboolean has_drop)
{
  PvJourneyConfig config = sample_config ();

  config.has_scanner = has_scanner;
  config.has_drop = has_drop;
  pv_journey_free (fixture->journey);
  fixture->journey = pv_journey_new (&config);
  pv_journey_set_ref (fixture->journey, ref);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 22, 42 });
  pv_journey_catalogue_loaded (fixture->journey, fixture->catalogue, &fixture->now);
  pv_journey_printer_available (fixture->journey, TRUE, PV_PRINT_REASON_NONE, &fixture->now);
}

static inline int
set_up_with_ways (void **state)
{
  set_up (state);
  use_config (*state, TRUE, TRUE);
  return 0;
}

static inline PvQuestion *
question (Fixture *fixture)
{
  return (PvQuestion *) pv_procedure_find_question (fixture->procedure, "11");
}

static inline void
forget_effects (Fixture *fixture)
{
  PvEffect *effect;

  while ((effect = pv_journey_pop_effect (fixture->journey)) != NULL)
    pv_effect_free (effect);
}

/* Up to the question that asks for a document. */
static inline void
open_question (Fixture *fixture)
{
  answer_up_to_check (fixture);
  act (fixture, PV_DO_EDIT, "11", NULL);
  assert_screen (fixture, "question-11");
  forget_effects (fixture);
}

/* The queued effects about documents, in order; others are dropped. */
static inline void
assert_effects (Fixture *fixture, const char *expected)
{
  static const char letters[] = {
    [PV_EFFECT_SCAN_OPEN] = 'O', [PV_EFFECT_SCAN_PAGE] = 'P',     [PV_EFFECT_SCAN_TURN] = 'T',
    [PV_EFFECT_SCAN_DROP] = 'D', [PV_EFFECT_SCAN_SHOW] = 'S',     [PV_EFFECT_SCAN_FINISH] = 'F',
    [PV_EFFECT_DROP_OPEN] = 'Q', [PV_EFFECT_CAPTURE_CLOSE] = 'C',
  };
  g_autoptr (GString) found = g_string_new (NULL);

  for (PvEffect *effect = pv_journey_pop_effect (fixture->journey); effect != NULL;
       effect = pv_journey_pop_effect (fixture->journey)) {
    if (effect->kind < G_N_ELEMENTS (letters) && letters[effect->kind] != '\0') {
      g_string_append_c (found, letters[effect->kind]);
      if (effect->kind == PV_EFFECT_SCAN_TURN || effect->kind == PV_EFFECT_SCAN_DROP
          || effect->kind == PV_EFFECT_SCAN_SHOW)
        g_string_append_printf (found, "%u", (guint) effect->number);
      if (effect->kind == PV_EFFECT_SCAN_OPEN || effect->kind == PV_EFFECT_DROP_OPEN)
        assert_string_equal (effect->capture->path, "11");
    }
    pv_effect_free (effect);
  }
  assert_string_equal (found->str, expected);
}

static inline void
tell (Fixture *fixture, const PvCaptureReport *report)
{
  pv_journey_capture_report (fixture->journey, report, &fixture->now);
}

static inline void
tell_page (Fixture *fixture, guint n_pages, guint page, PvCaptureHint hint)
{
  tell (fixture, &(PvCaptureReport){ .state = PV_CAPTURE_PAGE, .n_pages = n_pages, .page = page, .hint = hint });
}

static inline void
break_down (Fixture *fixture, PvCaptureTrouble trouble, guint n_pages)
{
  tell (fixture, &(PvCaptureReport){ .state = PV_CAPTURE_FAILED, .trouble = trouble, .n_pages = n_pages });
}

static inline void
come (Fixture *fixture, gsize size, const char *type, guint n_pages)
{
  g_autoptr (GBytes) content = g_bytes_new_take (g_malloc0 (size), size);
  g_autoptr (PvDocument) document = pv_document_new ("document-1.pdf", type, content, n_pages);

  pv_journey_document_came (fixture->journey, document, &fixture->now);
}

static inline gboolean
offers (Fixture *fixture, PvIntentionKind kind)
{
  const PvField *page = pv_screen_state_find_field (screen (fixture), "page");

  for (guint i = 0; page != NULL && page->choices != NULL && i < page->choices->len; i++)
    if (((PvChoice *) page->choices->pdata[i])->intention == kind)
      return TRUE;
  return pv_screen_state_find_action (screen (fixture), kind) != NULL;
}

static inline const char *
label_of (Fixture *fixture, PvIntentionKind kind)
{
  const PvAction *action = pv_screen_state_find_action (screen (fixture), kind);

  assert_non_null (action);
  return action->label;
}

static inline const char *
primary (Fixture *fixture)
{
  for (guint i = 0; i < screen (fixture)->actions->len; i++) {
    const PvAction *action = screen (fixture)->actions->pdata[i];

    if (action->role == PV_ROLE_PRIMARY)
      return action->label;
  }
  return "";
}

static inline void
open_scanner (Fixture *fixture)
{
  open_question (fixture);
  act (fixture, PV_DO_SCAN, "11", NULL);
  assert_effects (fixture, "O");
  assert_screen (fixture, "document-wait");
  tell (fixture, &(PvCaptureReport){ .state = PV_CAPTURE_READY });
  assert_screen (fixture, "document-lay");
}

static inline void
scan_pages (Fixture *fixture, guint n_pages)
{
  open_scanner (fixture);
  for (guint i = 0; i < n_pages; i++) {
    if (i > 0)
      act (fixture, PV_DO_SCAN, "11", NULL);
    act (fixture, PV_DO_SCAN_PAGE, NULL, NULL);
    tell_page (fixture, i + 1, i, PV_CAPTURE_CLEAR);
  }
  forget_effects (fixture);
}

static inline void
open_phone (Fixture *fixture)
{
  open_question (fixture);
  act (fixture, PV_DO_SEND_FROM_PHONE, "11", NULL);
  assert_effects (fixture, "Q");
  assert_screen (fixture, "document-wait");
  tell (fixture, &(PvCaptureReport){ .state = PV_CAPTURE_READY, .url = url });
  assert_screen (fixture, "document-code");
}

/* Nothing that was answered before is lost, and the check is one touch away. */
static inline void
assert_answers_kept (Fixture *fixture)
{
  g_autoptr (PvEffect) effect = NULL;
  guint n_found = 0;

  for (guint page = 0; screen (fixture)->id != PV_SCREEN_CHECK && page < 4; page++)
    act (fixture, page == 0 && screen (fixture)->id == PV_SCREEN_DOCUMENT ? PV_DO_BACK : PV_DO_NEXT, NULL, NULL);
  if (screen (fixture)->id != PV_SCREEN_CHECK)
    act (fixture, PV_DO_LATER, "11", NULL);
  assert_int_equal (screen (fixture)->id, PV_SCREEN_CHECK);
  while (offers (fixture, PV_DO_NEXT_PAGE))
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  act (fixture, PV_DO_TOGGLE, "12", NULL);
  act (fixture, PV_DO_SEND, NULL, NULL);
  effect = wait_effect (fixture, PV_EFFECT_STORE);
  assert_non_null (effect);
  for (guint i = 0; i < effect->submission->entries->len; i++) {
    const PvSubmissionEntry *entry = effect->submission->entries->pdata[i];

    if (g_str_equal (entry->id, "2"))
      n_found += g_str_equal (pv_value_get_text (entry->value), "Martin");
    if (g_str_equal (entry->id, "3"))
      n_found += g_str_equal (pv_value_get_text (entry->value), "2020-07-13");
    if (g_str_equal (entry->id, "4"))
      n_found += g_str_equal (pv_value_get_text (entry->value), "4 rue des Tilleuls");
    if (g_str_equal (entry->id, "6"))
      n_found += pv_value_has_id (entry->value, "tous");
  }
  assert_int_equal (n_found, 4);
}
