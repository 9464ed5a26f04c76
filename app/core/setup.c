/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules of the first-start assistant: what leads where, what is asked for, what was answered. */

#include "core/setup-private.h"

#include <math.h>
#include <string.h>

#include "core/wipe.h"

#define ALL_TOUCHED ((1U << PV_SETUP_TARGETS) - 1)
#define CARD_MM     85.6 /* ISO/IEC 7810, ID-1 */

enum { MIN_CARD_PX = 120, MM_OF_CM = 10 };

void
pv_setup_effect_free (PvSetupEffect *effect)
{
  if (effect == NULL)
    return;
  pv_wipe_str (effect->line);
  g_free (effect);
}

static PvSetupEffect *
queue (PvSetup *setup, PvSetupEffectKind kind, const char *line)
{
  PvSetupEffect *effect = g_new0 (PvSetupEffect, 1);

  effect->kind = kind;
  effect->line = g_strdup (line);
  g_queue_push_tail (&setup->effects, effect);
  return effect;
}

static void
forget_screen (PvSetup *setup)
{
  g_clear_pointer (&setup->state, pv_screen_state_free);
}

static void
ask (PvSetup *setup, PvSetupVerb verb)
{
  g_autoptr (PvSecretStr) line = pv_setup_request_make (verb, &setup->answers);

  setup->is_asking = TRUE;
  setup->asked = verb;
  setup->reason = PV_SETUP_BECAUSE_NOTHING;
  setup->is_proved = FALSE;
  queue (setup, PV_SETUP_ASK, line)->verb = verb;
}

/* Measures ------------------------------------------------------------------------------------------------------------ */

static double
diagonal_px (const PvSetup *setup)
{
  return hypot (setup->width_px, setup->height_px);
}

int
pv_setup_measure_mm (const PvSetup *setup)
{
  return (int) lround (diagonal_px (setup) * CARD_MM / setup->card_px);
}

static guint
widest_card_px (const PvSetup *setup)
{
  return (guint) MAX (MIN_CARD_PX, MIN (setup->width_px, setup->height_px) * 9 / 10);
}

/* As it would be on the reference panel, or as it was measured before. */
static void
begin_card (PvSetup *setup)
{
  const char *known = pv_setup_answers_get (&setup->answers, PV_SETUP_DIAGONAL);
  double wide = known != NULL ? diagonal_px (setup) * CARD_MM / g_ascii_strtod (known, NULL)
                              : CARD_MM / PV_REACH_REFERENCE_MM_PER_PX;

  setup->card_px = CLAMP ((guint) lround (wide), MIN_CARD_PX, widest_card_px (setup));
}

static void
resize_card (PvSetup *setup, int by_px)
{
  setup->card_px = (guint) CLAMP ((int) setup->card_px + by_px, MIN_CARD_PX, (int) widest_card_px (setup));
}

/* Moving ------------------------------------------------------------------------------------------------------------- */

static void
begin_page (PvSetup *setup)
{
  const PvSetupPageRow *row = pv_setup_page_row (setup->page);

  if (row->kind == PV_SETUP_PAGE_PROOF)
    ask (setup, row->verb);
  else if (setup->page == PV_SETUP_AT_PRINTER && !setup->has_listed)
    ask (setup, PV_SETUP_LIST_PRINTERS);
  else if (setup->page == PV_SETUP_AT_DISK)
    ask (setup, PV_SETUP_LIST_DISKS);
  else if (setup->page == PV_SETUP_AT_SIZE)
    begin_card (setup);
  else if (setup->page == PV_SETUP_AT_SOUND && setup->can_speak)
    queue (setup, PV_SETUP_SPEECH, setup->speaking.is_on ? "again" : "listen");
  else if (setup->page == PV_SETUP_AT_READER)
    queue (setup, PV_SETUP_WATCH_CARD, NULL);
}

static void
go (PvSetup *setup, PvSetupPage page)
{
  if (setup->page == PV_SETUP_AT_READER)
    queue (setup, PV_SETUP_STOP_CARD, NULL);
  setup->page = page;
  setup->is_asking = setup->is_proved = setup->is_wrong = setup->is_silent = setup->has_card_state = FALSE;
  setup->reason = PV_SETUP_BECAUSE_NOTHING;
  setup->reach = PV_REACH_FINE;
  setup->touched = 0;
  setup->n_resized = 0;
  setup->percent = 0;
  g_clear_pointer (&setup->detail, g_free);
  begin_page (setup);
}

/* Says what the page has to say, and waits for the answer; where there is nothing, the next one comes at once. */
static void
leave_page (PvSetup *setup)
{
  PvSetupVerb verb = pv_setup_page_row (setup->page)->verb;

  if (verb != PV_SETUP_RESUME)
    ask (setup, verb);
  else
    go (setup, pv_setup_page_next (setup, setup->page));
}

PvSetup *
pv_setup_new (const PvSetupConfig *config)
{
  PvSetup *setup = g_new0 (PvSetup, 1);

  setup->can_speak = config->can_speak;
  setup->width_px = MAX (config->width_px, 1);
  setup->height_px = MAX (config->height_px, 1);
  setup->look =
    (PvLook){ .text_percent = 100,
              .theme = "light",
              .language = g_intern_string (config->language != NULL ? config->language : PV_TEXTS_OFFICIAL) };
  g_queue_init (&setup->effects);
  begin_card (setup);
  if (config->is_installing)
    go (setup, PV_SETUP_AT_DISK);
  else
    ask (setup, PV_SETUP_RESUME);
  return setup;
}

void
pv_setup_free (PvSetup *setup)
{
  if (setup == NULL)
    return;
  g_queue_clear_full (&setup->effects, (GDestroyNotify) pv_setup_effect_free);
  pv_setup_answers_clear (&setup->answers);
  for (guint i = 0; i < PV_N_SETUP_ANSWERS; i++)
    pv_wipe_str (setup->typed[i]);
  g_clear_pointer (&setup->printers, g_ptr_array_unref);
  g_clear_pointer (&setup->disks, g_ptr_array_unref);
  pv_screen_state_free (setup->state);
  g_free (setup->detail);
  g_free (setup);
}

void
pv_setup_set_can_speak (PvSetup *setup, gboolean can_speak)
{
  setup->can_speak = can_speak;
  forget_screen (setup);
}

/* Intentions ----------------------------------------------------------------------------------------------------------- */

static void
type (PvSetup *setup, const PvIntention *intention)
{
  const PvSetupPageRow *row = pv_setup_page_row (setup->page);
  char *copy;

  if (row->kind != PV_SETUP_PAGE_INPUT || setup->is_asking || intention->value == NULL
      || g_strcmp0 (intention->target, pv_setup_answer_name (row->answer)) != 0
      || strlen (intention->value) > PV_SETUP_MAX_VALUE_BYTES)
    return;
  copy = g_strdup (intention->value);
  pv_wipe_str (setup->typed[row->answer]);
  setup->typed[row->answer] = copy;
  setup->is_wrong = FALSE;
  setup->reach = PV_REACH_FINE;
}

/* Centimetres are typed, as a tape measure has them. FALSE: what is touched would stand too high, or too low. */
static gboolean
take_height (PvSetup *setup, const char *typed)
{
  g_autofree char *mm = NULL;
  const char *diagonal = pv_setup_answers_get (&setup->answers, PV_SETUP_DIAGONAL);
  guint64 cm = 0;
  PvMounting mounting = { .width_px = 1080, .height_px = 1920, .wish_mm = 0 };

  if (!g_ascii_string_to_unsigned (typed, 10, 1, PV_SETUP_MAX_HEIGHT_MM / MM_OF_CM, &cm, NULL))
    return FALSE;
  mounting.diagonal_mm = diagonal != NULL ? (int) g_ascii_strtoll (diagonal, NULL, 10) : 0;
  mounting.lower_edge_mm = (int) cm * MM_OF_CM;
  setup->reach = pv_reach_judge (&mounting, &setup->lowest_mm, &setup->highest_mm);
  mm = g_strdup_printf ("%d", mounting.lower_edge_mm);
  pv_setup_answers_set (&setup->answers, PV_SETUP_HEIGHT, mm);
  return setup->reach == PV_REACH_FINE;
}

static gboolean
take_typed (PvSetup *setup, const PvSetupPageRow *row)
{
  const char *typed = setup->typed[row->answer] != NULL ? setup->typed[row->answer] : "";
  g_autoptr (PvSecretStr) text = pv_setup_answer_tidy (row->answer, typed);

  if (row->answer == PV_SETUP_HEIGHT)
    return take_height (setup, text);
  if (*text == '\0' && !row->may_be_empty)
    return FALSE;
  if (*text != '\0' && !pv_setup_answer_check (row->answer, text))
    return FALSE;
  pv_setup_answers_set (&setup->answers, row->answer, text);
  return TRUE;
}

static void
take_choice (PvSetup *setup, const char *word)
{
  PvSetupAnswer answer = pv_setup_page_row (setup->page)->answer;

  if (word == NULL || !pv_setup_answer_check (answer, word))
    return;
  pv_setup_answers_set (&setup->answers, answer, word);
  for (PvSetupAnswer fixed = PV_SETUP_ADDRESS; strcmp (word, "automatic") == 0 && fixed <= PV_SETUP_NAMES; fixed++)
    pv_setup_answers_set (&setup->answers, fixed, NULL);
  go (setup, pv_setup_page_next (setup, setup->page));
}

/* Each is TARGET|TITLE. */
static gboolean
is_listed (const PvSetup *setup, const char *target)
{
  for (guint i = 0; setup->printers != NULL && i < setup->printers->len; i++) {
    const char *text = setup->printers->pdata[i], *bar = strchr (text, '|');

    if (strlen (target) == (gsize) (bar - text) && strncmp (text, target, strlen (target)) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
choose_printer (PvSetup *setup, const char *word)
{
  gboolean is_found = is_listed (setup, word);

  if (setup->is_asking && setup->asked != PV_SETUP_LIST_PRINTERS)
    return;
  if (strcmp (word, "none") == 0) {
    pv_setup_answers_set (&setup->answers, PV_SETUP_PRINTER, "none");
    pv_setup_answers_set (&setup->answers, PV_SETUP_TARGET, NULL);
    pv_setup_answers_set (&setup->answers, PV_SETUP_PAPER, NULL);
    leave_page (setup);
  } else if (strcmp (word, "uri") == 0) {
    pv_setup_answers_set (&setup->answers, PV_SETUP_PRINTER, "uri");
    go (setup, PV_SETUP_AT_TARGET);
  } else if (strcmp (word, "look") == 0) {
    ask (setup, PV_SETUP_LIST_PRINTERS);
  } else if (is_found) {
    pv_setup_answers_set (&setup->answers, PV_SETUP_PRINTER, strstr (word, "://") != NULL ? "uri" : "queue");
    pv_setup_answers_set (&setup->answers, PV_SETUP_TARGET, word);
    go (setup, PV_SETUP_AT_PAPER);
  }
}

/* The same way again and again goes faster; the other way begins with small steps anew. */
static void
change_size (PvSetup *setup, const char *word)
{
  static const int steps_px[] = { 2, 2, 2, 8, 8, 8, 20 };
  gboolean is_larger = strcmp (word, "larger") == 0;
  int by_px;

  if (!is_larger && strcmp (word, "smaller") != 0)
    return;
  if (is_larger != setup->was_larger)
    setup->n_resized = 0;
  setup->was_larger = is_larger;
  by_px = steps_px[MIN (setup->n_resized, G_N_ELEMENTS (steps_px) - 1)];
  setup->n_resized++;
  resize_card (setup, is_larger ? by_px : -by_px);
}

char **
pv_setup_chosen_disk (const PvSetup *setup)
{
  const char *name = pv_setup_answers_get (&setup->answers, PV_SETUP_DISK);

  for (guint i = 0; name != NULL && setup->disks != NULL && i < setup->disks->len; i++) {
    g_auto (GStrv) words = g_strsplit (setup->disks->pdata[i], "|", 4);

    if (strcmp (words[0], name) == 0)
      return g_steal_pointer (&words);
  }
  return NULL;
}

static void
choose_disk (PvSetup *setup, const char *word)
{
  g_auto (GStrv) disk = NULL;

  if (strcmp (word, "look") == 0) {
    ask (setup, PV_SETUP_LIST_DISKS);
    return;
  }
  pv_setup_answers_set (&setup->answers, PV_SETUP_DISK, word);
  disk = pv_setup_chosen_disk (setup);
  if (disk != NULL)
    go (setup, PV_SETUP_AT_ERASE);
  else
    pv_setup_answers_set (&setup->answers, PV_SETUP_DISK, NULL);
}

/* Twice, in two places of the screen: a finger that slips erases nothing. */
static void
confirm_erasing (PvSetup *setup, const char *word)
{
  if ((setup->page == PV_SETUP_AT_ERASE && strcmp (word, "erase") == 0)
      || (setup->page == PV_SETUP_AT_SURE && strcmp (word, "really-erase") == 0))
    go (setup, pv_setup_page_next (setup, setup->page));
}

static void
touch_target (PvSetup *setup, const char *word)
{
  guint64 target = 0;

  if (g_ascii_string_to_unsigned (word, 10, 1, PV_SETUP_TARGETS, &target, NULL))
    setup->touched |= 1U << (target - 1);
}

static void
decide (PvSetup *setup, PvSetupAnswer answer, const char *word)
{
  pv_setup_answers_set (&setup->answers, answer, word);
  leave_page (setup);
}

static void
choose_sound (PvSetup *setup, const char *word)
{
  if (strcmp (word, "silent") == 0)
    setup->is_silent = TRUE;
  else if (strcmp (word, "without") == 0)
    decide (setup, PV_SETUP_SOUND, "no");
}

/* The other one of the two. */
static void
change_language (PvSetup *setup)
{
  setup->look.language = strcmp (setup->look.language, "en") == 0 ? PV_TEXTS_OFFICIAL : "en";
  queue (setup, PV_SETUP_SET_LANGUAGE, setup->look.language);
}

/* Somebody looked, and no paper came out. */
static void
note_no_paper (PvSetup *setup)
{
  setup->is_proved = FALSE;
  setup->reason = PV_SETUP_BECAUSE_NOT_PRINTED;
}

static void
choose (PvSetup *setup, const PvIntention *intention)
{
  const char *word = intention->value != NULL ? intention->value : intention->target;

  if (word == NULL)
    return;
  if (setup->page == PV_SETUP_AT_PRINTER)
    choose_printer (setup, word);
  else if (setup->is_asking)
    return;
  else if (pv_setup_page_row (setup->page)->kind == PV_SETUP_PAGE_CHOICE)
    take_choice (setup, word);
  else if (setup->page == PV_SETUP_AT_DISK)
    choose_disk (setup, word);
  else if (setup->page == PV_SETUP_AT_ERASE || setup->page == PV_SETUP_AT_SURE)
    confirm_erasing (setup, word);
  else if (setup->page == PV_SETUP_AT_SIZE)
    change_size (setup, word);
  else if (setup->page == PV_SETUP_AT_TOUCH)
    touch_target (setup, word);
  else if (setup->page == PV_SETUP_AT_SOUND)
    choose_sound (setup, word);
  else if (setup->page == PV_SETUP_AT_READER && strcmp (word, "without") == 0)
    decide (setup, PV_SETUP_READER, "no");
  else if (setup->page == PV_SETUP_AT_WELCOME && strcmp (word, "language") == 0)
    change_language (setup);
  else if (pv_setup_page_row (setup->page)->kind == PV_SETUP_PAGE_PROOF && strcmp (word, "no-paper") == 0)
    note_no_paper (setup);
}

static void
leave_input (PvSetup *setup, const PvSetupPageRow *row)
{
  setup->is_wrong = !take_typed (setup, row);
  if (!setup->is_wrong)
    leave_page (setup);
}

/* Proved: on; else once more. */
static void
leave_proof (PvSetup *setup, const PvSetupPageRow *row)
{
  if (!setup->is_proved)
    ask (setup, row->verb);
  else if (setup->page == PV_SETUP_AT_PAGE)
    ask (setup, PV_SETUP_SAY_PRINTER);
  else
    go (setup, pv_setup_page_next (setup, setup->page));
}

static void
leave_size (PvSetup *setup)
{
  g_autofree char *mm = g_strdup_printf ("%d", pv_setup_measure_mm (setup));

  if (!pv_setup_answer_check (PV_SETUP_DIAGONAL, mm))
    return;
  pv_setup_answers_set (&setup->answers, PV_SETUP_DIAGONAL, mm);
  leave_page (setup);
}

static gboolean
is_card_seen (const PvSetup *setup)
{
  return setup->has_card_state && setup->card >= PV_CARD_PLACED;
}

/* What leads on, of each page. */
static void
handle_next (PvSetup *setup)
{
  const PvSetupPageRow *row = pv_setup_page_row (setup->page);

  if (setup->is_asking)
    return;
  if (setup->page == PV_SETUP_AT_WELCOME)
    go (setup, setup->resume != PV_SETUP_AT_WELCOME ? setup->resume : PV_SETUP_AT_NETWORK);
  else if (row->kind == PV_SETUP_PAGE_INPUT)
    leave_input (setup, row);
  else if (row->kind == PV_SETUP_PAGE_PROOF)
    leave_proof (setup, row);
  else if (setup->page == PV_SETUP_AT_UNPLUG)
    ask (setup, PV_SETUP_RESTART);
  else if (setup->page == PV_SETUP_AT_SIZE)
    leave_size (setup);
  else if (setup->page == PV_SETUP_AT_TOUCH && setup->touched == ALL_TOUCHED)
    leave_page (setup);
  else if (setup->page == PV_SETUP_AT_SOUND && setup->can_speak)
    decide (setup, PV_SETUP_SOUND, "yes");
  else if (setup->page == PV_SETUP_AT_READER && is_card_seen (setup))
    decide (setup, PV_SETUP_READER, "yes");
  else if (setup->page == PV_SETUP_AT_CHECK)
    leave_page (setup);
}

/* What is asked for goes on, and nobody waits for it any more; only the end is waited for. */
static void
go_back (PvSetup *setup)
{
  if (setup->page == PV_SETUP_AT_DONE || setup->page == PV_SETUP_AT_UNPLUG
      || (setup->is_asking && (setup->asked == PV_SETUP_FINISH || setup->asked == PV_SETUP_WRITE_DISK)))
    return;
  go (setup, pv_setup_page_before (setup, setup->page));
}

static void
set_low (PvSetup *setup, gboolean is_low)
{
  setup->look.is_low = is_low;
  queue (setup, PV_SETUP_SET_LOOK, NULL);
}

void
pv_setup_handle (PvSetup *setup, const PvIntention *intention)
{
  forget_screen (setup);
  if (intention->actor != PV_ACTOR_CITIZEN)
    return;
  if (intention->kind == PV_DO_TYPE)
    type (setup, intention);
  else if (intention->kind == PV_DO_CHOOSE || intention->kind == PV_DO_SERVICE)
    choose (setup, intention);
  else if (intention->kind == PV_DO_NEXT)
    handle_next (setup);
  else if (intention->kind == PV_DO_BACK)
    go_back (setup);
  else if (intention->kind == PV_DO_LISTEN && setup->can_speak)
    queue (setup, PV_SETUP_SPEECH, setup->speaking.is_on ? "again" : "listen");
  else if (intention->kind == PV_DO_LOWER || intention->kind == PV_DO_RAISE)
    set_low (setup, intention->kind == PV_DO_LOWER);
}

/* Answers ------------------------------------------------------------------------------------------------------------- */

static void
take_resumed (PvSetup *setup, const char *const *texts)
{
  g_autofree char *lines = texts != NULL ? g_strjoinv ("\n", (char **) texts) : NULL;

  if (lines != NULL)
    pv_setup_answers_from_text (&setup->answers, lines);
  setup->resume = pv_setup_page_to_resume (setup);
  for (guint i = 0; i < PV_N_SETUP_ANSWERS; i++)
    if (i != PV_SETUP_HEIGHT && setup->answers.texts[i] != NULL)
      setup->typed[i] = g_strdup (setup->answers.texts[i]);
}

static void
take_printers (PvSetup *setup, const char *const *texts)
{
  g_clear_pointer (&setup->printers, g_ptr_array_unref);
  setup->printers = g_ptr_array_new_with_free_func (g_free);
  setup->has_listed = TRUE;
  for (guint i = 0; texts != NULL && texts[i] != NULL && setup->printers->len < PV_SETUP_MAX_PRINTERS; i++) {
    const char *bar = strchr (texts[i], '|');
    g_autofree char *target = bar != NULL ? g_strndup (texts[i], (gsize) (bar - texts[i])) : NULL;

    if (target != NULL && bar[1] != '\0' && pv_setup_answer_check (PV_SETUP_TARGET, target))
      g_ptr_array_add (setup->printers, g_strdup (texts[i]));
  }
}

static void
take_disks (PvSetup *setup, const char *const *texts)
{
  g_clear_pointer (&setup->disks, g_ptr_array_unref);
  setup->disks = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; texts != NULL && texts[i] != NULL && setup->disks->len < PV_SETUP_MAX_DISKS; i++) {
    g_auto (GStrv) words = g_strsplit (texts[i], "|", 4);

    if (g_strv_length (words) == 4 && pv_setup_answer_check (PV_SETUP_DISK, words[0]))
      g_ptr_array_add (setup->disks, g_strdup (texts[i]));
  }
}

/* They are where they belong, or were good once. */
static void
forget_secrets (PvSetup *setup)
{
  for (guint i = 0; i < PV_N_SETUP_ANSWERS; i++)
    if (pv_setup_answer_is_secret (i)) {
      pv_setup_answers_set (&setup->answers, i, NULL);
      g_clear_pointer (&setup->typed[i], pv_wipe_str);
    }
}

/* Of a relay the commune comes with the enrolment. */
static void
take_proof (PvSetup *setup, const char *const *texts)
{
  setup->is_proved = TRUE;
  g_free (setup->detail);
  setup->detail = g_strdup (texts != NULL ? texts[0] : NULL);
  for (guint i = 1; texts != NULL && texts[0] != NULL && texts[i] != NULL; i++)
    pv_setup_answers_from_text (&setup->answers, texts[i]);
  for (PvSetupAnswer answer = PV_SETUP_COMMUNE; answer <= PV_SETUP_PHONE; answer++)
    if (setup->typed[answer] == NULL)
      setup->typed[answer] = g_strdup (setup->answers.texts[answer]);
  forget_secrets (setup);
}

void
pv_setup_answered (PvSetup *setup, PvSetupVerb verb, PvSetupReason reason, const char *const *texts)
{
  if (!setup->is_asking || verb != setup->asked)
    return;
  forget_screen (setup);
  setup->is_asking = FALSE;
  setup->reason = reason;
  if (verb == PV_SETUP_LIST_PRINTERS)
    take_printers (setup, reason == PV_SETUP_BECAUSE_NOTHING ? texts : NULL);
  else if (verb == PV_SETUP_LIST_DISKS)
    take_disks (setup, reason == PV_SETUP_BECAUSE_NOTHING ? texts : NULL);
  else if (reason != PV_SETUP_BECAUSE_NOTHING)
    return;
  else if (verb == PV_SETUP_WRITE_DISK)
    go (setup, PV_SETUP_AT_UNPLUG);
  else if (verb == PV_SETUP_RESTART)
    setup->is_proved = TRUE;
  else if (verb == PV_SETUP_RESUME)
    take_resumed (setup, texts);
  else if (pv_setup_page_row (setup->page)->kind == PV_SETUP_PAGE_PROOF
           && verb == pv_setup_page_row (setup->page)->verb)
    take_proof (setup, texts);
  else
    go (setup, pv_setup_page_next (setup, setup->page));
}

void
pv_setup_progress (PvSetup *setup, PvSetupVerb verb, guint percent)
{
  if (!setup->is_asking || verb != setup->asked)
    return;
  forget_screen (setup);
  setup->percent = MIN (percent, 100);
}

void
pv_setup_card_report (PvSetup *setup, PvCardState state)
{
  if (setup->page != PV_SETUP_AT_READER)
    return;
  forget_screen (setup);
  /* One that was seen and taken away again was seen. */
  if (!is_card_seen (setup) || state >= PV_CARD_PLACED)
    setup->card = state;
  setup->has_card_state = TRUE;
}

void
pv_setup_speaking_changed (PvSetup *setup, const PvSpeaking *speaking)
{
  setup->speaking = *speaking;
  forget_screen (setup);
}

void
pv_setup_retell (PvSetup *setup)
{
  forget_screen (setup);
}

/* What is seen of it -------------------------------------------------------------------------------------------------- */

PvLook
pv_setup_get_look (const PvSetup *setup)
{
  return setup->look;
}

const PvScreenState *
pv_setup_get_state (PvSetup *setup)
{
  if (setup->state == NULL) {
    setup->state = pv_setup_make_state (setup);
    setup->state->revision = ++setup->revision;
    setup->state->language = g_strdup (setup->look.language);
  }
  return setup->state;
}

PvSetupEffect *
pv_setup_pop_effect (PvSetup *setup)
{
  return g_queue_pop_head (&setup->effects);
}
