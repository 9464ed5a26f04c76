/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is practised, and what goes on elsewhere: home, on the phone, on another site. */

#include <stdio.h>
#include <string.h>

#include "walker.h"

enum { MAX_STEPS = 200, MAX_PAGES = 16 };

static const char ref[] = "BCDFGHJKLM";

typedef struct {
  const Walk *walk;
  PvJourney *journey;
  PvProcedure *procedure;
  PvCatalogue *catalogue;
  PvMoment now;
  GHashTable *seen;
  const char *prefix;
} Walker;

static const PvScreenState *
screen (Walker *walker)
{
  return pv_journey_get_state (walker->journey);
}

static void
act (Walker *walker, PvIntentionKind kind, const char *target, const char *value)
{
  g_autoptr (PvIntention) intention = pv_intention_new (kind, PV_ACTOR_CITIZEN, target, value);
  const Walk *walk = walker->walk;

  if (walk->hands == NULL || !walk->hands (walker->journey, &walker->now, kind, target, value, walk->user_data))
    pv_journey_handle (walker->journey, intention, &walker->now);
}

static void
answer_effects (Walker *walker)
{
  for (PvEffect *effect = pv_journey_pop_effect (walker->journey); effect != NULL;
       effect = pv_journey_pop_effect (walker->journey)) {
    if (effect->kind == PV_EFFECT_FETCH_OPTIONS) {
      GPtrArray *options = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_option_free);

      g_ptr_array_add (options, pv_option_new ("o1", "École des Tilleuls"));
      g_ptr_array_add (options, pv_option_new ("o2", "École du Vieux-Pont"));
      pv_journey_options_loaded (walker->journey, effect->path, options, &walker->now);
    }
    pv_effect_free (effect);
  }
}

static void
show (Walker *walker, const char *suffix)
{
  g_auto (GStrv) parts = g_strsplit (walker->walk->only != NULL ? walker->walk->only : "", ",", -1);
  g_autofree char *name = NULL;
  gboolean is_asked_for = parts[0] == NULL;

  answer_effects (walker);
  name = g_strdup_printf ("%s-%s%s%s", walker->prefix, screen (walker)->key, suffix[0] != '\0' ? "-" : "", suffix);
  g_strdelimit (name, "/+:#", '_');
  for (guint i = 0; parts[i] != NULL; i++)
    is_asked_for |= strstr (name, parts[i]) != NULL;
  if (is_asked_for && g_hash_table_add (walker->seen, g_strdup (name)))
    walker->walk->shown (screen (walker), name, walker->walk->user_data);
}

static void
show_pages (Walker *walker)
{
  show (walker, "");
  for (guint page = 2; page <= MAX_PAGES && pv_screen_state_find_action (screen (walker), PV_DO_NEXT_PAGE) != NULL;
       page++) {
    g_autofree char *suffix = g_strdup_printf ("page%u", page);

    act (walker, PV_DO_NEXT_PAGE, NULL, NULL);
    show (walker, suffix);
  }
}

static void
pass_seconds (Walker *walker, guint seconds)
{
  walker->now.monotonic_ms += (gint64) seconds * 1000;
  walker->now.utc_us += (gint64) seconds * G_USEC_PER_SEC;
  pv_journey_tick (walker->journey, &walker->now);
}

static void
open_procedure (Walker *walker)
{
  act (walker, PV_DO_OPEN_CATEGORY, "famille-ecole", NULL);
  show (walker, "");
  act (walker, PV_DO_OPEN_PROCEDURE, walker->procedure->slug, NULL);
  pv_journey_procedure_loaded (walker->journey, walker->procedure->slug, walker->procedure, &walker->now);
}

/* The first of each choice, which is an answer of the form's own. */
static void
choose (Walker *walker)
{
  for (guint i = 0; i < screen (walker)->fields->len; i++) {
    const PvField *field = screen (walker)->fields->pdata[i];
    g_autofree char *id = g_strdup (field->id), *value = NULL;
    gboolean is_one = field->kind == PV_FIELD_CHOICE;

    if ((!is_one && field->kind != PV_FIELD_CHOICES) || field->choices == NULL || field->choices->len == 0)
      continue;
    value = g_strdup (((PvChoice *) field->choices->pdata[0])->id);
    act (walker, is_one ? PV_DO_CHOOSE : PV_DO_TOGGLE, id, value);
  }
}

static gboolean
answer_screen (Walker *walker)
{
  g_autofree char *before = g_strdup (screen (walker)->key);

  answer_effects (walker);
  choose (walker);
  act (walker, PV_DO_USE_SAMPLE, NULL, NULL);
  show (walker, "sample");
  act (walker, PV_DO_NEXT, NULL, NULL);
  if (g_str_equal (screen (walker)->key, before)) {
    const PvAction *later = pv_screen_state_find_action (screen (walker), PV_DO_LATER);
    const PvAction *decline = pv_screen_state_find_action (screen (walker), PV_DO_DECLINE);
    const PvAction *way = later != NULL ? later : decline;
    g_autofree char *target = way != NULL ? g_strdup (way->target) : NULL;

    if (way == NULL)
      return FALSE;
    act (walker, way->intention, target, NULL);
  }
  return !g_str_equal (screen (walker)->key, before);
}

static gboolean
answer_up_to_check (Walker *walker)
{
  if (screen (walker)->id == PV_SCREEN_IDENTITY) {
    show (walker, "");
    act (walker, PV_DO_OTHER_DOCUMENT, NULL, NULL);
    show (walker, "");
    act (walker, PV_DO_USE_SAMPLE, NULL, NULL);
    show_pages (walker);
    act (walker, PV_DO_CONFIRM_IDENTITY, NULL, NULL);
  }
  for (guint i = 0; i < MAX_STEPS && screen (walker)->id == PV_SCREEN_QUESTION; i++) {
    show (walker, "");
    if (!answer_screen (walker))
      return FALSE;
  }
  return screen (walker)->id == PV_SCREEN_CHECK;
}

static void
tick_statements (Walker *walker)
{
  for (guint page = 0; page < MAX_PAGES; page++) {
    for (guint i = 0; i < screen (walker)->fields->len; i++) {
      const PvField *field = screen (walker)->fields->pdata[i];
      g_autofree char *id = g_strdup (field->id);

      if (field->kind == PV_FIELD_STATEMENT && !((PvChoice *) field->choices->pdata[0])->selected)
        act (walker, PV_DO_TOGGLE, id, NULL);
    }
    if (pv_screen_state_find_action (screen (walker), PV_DO_NEXT_PAGE) == NULL)
      return;
    act (walker, PV_DO_NEXT_PAGE, NULL, NULL);
  }
}

static gboolean
walk_practice (Walker *walker)
{
  walker->prefix = "practice";
  act (walker, PV_DO_START, NULL, NULL);
  act (walker, PV_DO_OPEN_PRACTICE, NULL, NULL);
  show (walker, "");
  open_procedure (walker);
  show (walker, "");
  act (walker, PV_DO_BEGIN, NULL, NULL);
  if (!answer_up_to_check (walker)) {
    printf ("# %s: cannot be practised, %s\n", walker->procedure->slug, screen (walker)->key);
    return FALSE;
  }
  act (walker, PV_DO_QUIT, NULL, NULL);
  show (walker, "");
  act (walker, PV_DO_STAY, NULL, NULL);
  show_pages (walker);
  tick_statements (walker);
  act (walker, PV_DO_SEND, NULL, NULL);
  show (walker, "");
  pass_seconds (walker, 4);
  show (walker, "");
  act (walker, PV_DO_PRINT, NULL, NULL);
  pv_journey_print_state (walker->journey, PV_PRINT_DONE, PV_PRINT_REASON_NONE, &walker->now);
  show (walker, "printed");
  pv_journey_print_state (walker->journey, PV_PRINT_FAILED, PV_PRINT_REASON_NO_PAPER, &walker->now);
  show (walker, "no-paper");
  act (walker, PV_DO_HOME, NULL, NULL);
  return g_str_equal (screen (walker)->key, "home");
}

static void
tell_draft (Walker *walker, gboolean has_code)
{
  g_autoptr (PvOutcome) outcome = pv_outcome_new (PV_OUTCOME_DRAFT, ref);

  outcome->tracking_code = has_code ? g_strdup ("BCDFGHJK") : NULL;
  outcome->number = has_code ? NULL : g_strdup ("21075665");
  outcome->resume_url = g_strdup (
    has_code ? "https://demarches.montclair.example/code/BCDFGHJK/load"
             : "https://demarche.numerique.gouv.example/commencer/bourse?prefill_token=W3LFL68vStyL62kRBdJSGU1f");
  pv_journey_stored (walker->journey, TRUE, &walker->now);
  pv_journey_outcome (walker->journey, outcome, &walker->now);
}

/* The answers so far become a draft. */
static void
walk_draft (Walker *walker)
{
  walker->prefix = "draft";
  pv_journey_set_ref (walker->journey, ref);
  open_procedure (walker);
  act (walker, PV_DO_BEGIN, NULL, NULL);
  act (walker, PV_DO_WITHOUT_CARD, NULL, NULL);
  act (walker, PV_DO_BACK, NULL, NULL);
  act (walker, PV_DO_BACK, NULL, NULL);
  show (walker, "");
  act (walker, PV_DO_QUIT, NULL, NULL);
  show (walker, "");
  act (walker, PV_DO_KEEP, NULL, NULL);
  show (walker, "");
  tell_draft (walker, TRUE);
  show (walker, "");
  act (walker, PV_DO_PRINT, NULL, NULL);
  pv_journey_print_state (walker->journey, PV_PRINT_FAILED, PV_PRINT_REASON_NO_PAPER, &walker->now);
  show (walker, "no-paper");
  act (walker, PV_DO_SHOW_QR, NULL, NULL);
  show (walker, "");
  act (walker, PV_DO_BACK, NULL, NULL);
  act (walker, PV_DO_ANOTHER, NULL, NULL);
}

/* A form of another site, as the settings would have it. (transfer full) */
static PvProcedure *
make_handover (const PvProcedure *procedure)
{
  PvProcedure *form = pv_procedure_new (procedure->slug, "Bourse départementale pour les jeunes");
  PvPage *page = pv_page_new ("page-1", "Bourse");
  PvQuestion *question = pv_question_new (PV_QUESTION_TEXT, "identite_nom", "Quel est votre nom ?");

  question->flags = PV_QUESTION_REQUIRED;
  g_ptr_array_add (page->questions, question);
  g_ptr_array_add (form->pages, page);
  form->category = g_strdup ("famille-ecole");
  form->version = g_strdup ("1");
  form->url = g_strdup ("https://demarche.numerique.gouv.example/commencer/bourse");
  form->is_handover = TRUE;
  form->draft_days = 5;
  return form;
}

static void
walk_handover (Walker *walker, gboolean has_answer)
{
  g_autoptr (PvProcedure) form = make_handover (walker->procedure);
  PvProcedure *before = walker->procedure;

  walker->prefix = has_answer ? "handover" : "handover-silent";
  walker->procedure = form;
  pv_journey_set_ref (walker->journey, ref);
  open_procedure (walker);
  act (walker, PV_DO_BEGIN, NULL, NULL);
  act (walker, PV_DO_TYPE, "identite_nom", "Quémener");
  act (walker, PV_DO_NEXT, NULL, NULL);
  show (walker, "");
  act (walker, PV_DO_SEND, NULL, NULL);
  if (has_answer) {
    tell_draft (walker, FALSE);
  } else {
    pv_journey_stored (walker->journey, TRUE, &walker->now);
    pass_seconds (walker, 15);
  }
  show (walker, "");
  act (walker, PV_DO_SHOW_QR, NULL, NULL);
  show (walker, "");
  act (walker, PV_DO_BACK, NULL, NULL);
  act (walker, PV_DO_ANOTHER, NULL, NULL);
  walker->procedure = before;
}

/* Each reason why it is not done here. */
static void
walk_beyond (Walker *walker)
{
  static const char *const names[PV_N_BEYONDS] = { "nothing",  "elsewhere", "login",   "captcha",
                                                   "question", "options",   "document" };

  walker->prefix = "beyond";
  ((PvCatalogueEntry *) walker->catalogue->entries->pdata[0])->fillable = PV_FILLABLE_ON_PHONE;
  for (guint beyond = PV_BEYOND_ELSEWHERE; beyond < PV_N_BEYONDS; beyond++) {
    g_autoptr (PvProcedure) form = make_handover (walker->procedure);
    PvProcedure *before = walker->procedure;

    form->is_handover = FALSE;
    form->fillable = PV_FILLABLE_ON_PHONE;
    form->beyond = beyond;
    form->description = g_strdup ("Une aide du département pour les études, de 16 à 25 ans.");
    walker->procedure = form;
    open_procedure (walker);
    show (walker, names[beyond]);
    act (walker, PV_DO_BACK, NULL, NULL);
    act (walker, PV_DO_BACK, NULL, NULL);
    walker->procedure = before;
  }
  ((PvCatalogueEntry *) walker->catalogue->entries->pdata[0])->fillable = PV_FILLABLE;
}

static PvCatalogue *
make_catalogue (const PvProcedure *procedure)
{
  static const char *const events[] = { "papiers", "famille-ecole", "sports-culture", "rue-logement", "rendez-vous" };
  PvCatalogue *catalogue = pv_catalogue_new ();

  for (guint i = 0; i < G_N_ELEMENTS (events); i++) {
    gboolean is_own = i == 1;
    PvCatalogueEntry *entry =
      pv_catalogue_entry_new (is_own ? procedure->slug : events[i], is_own ? procedure->title : "Autre démarche");

    entry->category = g_strdup (events[i]);
    entry->url = g_strdup ("https://demarches.montclair.example/");
    g_ptr_array_insert (catalogue->entries, is_own ? 0 : -1, entry);
  }
  return catalogue;
}

gboolean
walker_run_elsewhere (const Walk *walk, PvProcedure *procedure)
{
  static const char *const languages[] = { "fr", "en", NULL };
  const PvJourneyConfig config = {
    .commune = "Ville de Montclair",
    .place = "Espace numérique",
    .tracking_url = "https://demarches.montclair.example/code/",
    .languages = languages,
    .idle_seconds = 900,
    .warn_seconds = 60,
    .is_printer_enabled = TRUE,
    .is_clock_verified = TRUE,
    .is_card_enabled = TRUE,
    .can_speak = TRUE,
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  g_autoptr (PvCatalogue) catalogue = make_catalogue (procedure);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Walker walker = { .walk = walk, .procedure = procedure, .catalogue = catalogue, .seen = seen };
  gboolean is_whole;

  walker.now = (PvMoment){ G_GINT64_CONSTANT (1795440720000000), 1000, zone }; /* 2026-11-23 13:32 UTC */
  walker.journey = pv_journey_new (&config);
  pv_journey_set_capacity (walker.journey, &walk->capacity);
  pv_journey_catalogue_loaded (walker.journey, catalogue, &walker.now);
  pv_journey_printer_available (walker.journey, TRUE, PV_PRINT_REASON_NONE, &walker.now);
  is_whole = walk_practice (&walker);
  if (is_whole) {
    walk_draft (&walker);
    walk_handover (&walker, TRUE);
    walk_handover (&walker, FALSE);
    walk_beyond (&walker);
  }
  pv_journey_free (walker.journey);
  return is_whole;
}
