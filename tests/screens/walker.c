/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "walker-private.h"

#include <stdio.h>
#include <string.h>

#include "core/identity-rule.h"
#include "portal/publik/schema.h"
#include "walker-lookup.h"

enum { MAX_STEPS = 200, MAX_TRIES = 6 };

static const char ref[] = "BCDFGHJKLM";

/* As a commune would say it; what a form does not have is passed over. */
static void
add_identity (PvProcedure *procedure)
{
  static const char *const rules[] = {
    "responsables/nom:surname",
    "responsables/prenom:given-names",
    "demandeur_nom:surname",
    "demandeur_prenom:given-names",
    "nom_naissance:surname",
    "nom_usage:used-surname",
    "sexe:sex",
    "naissance_lieu:birth-place",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    g_autoptr (PvIdentityRule) rule = pv_identity_rule_parse (rules[i]);

    if (rule != NULL)
      pv_identity_rule_apply (rule, procedure);
  }
}

/* As documents-later=true says: a walk has no document with it. */
static void
let_documents_wait (PvProcedure *procedure)
{
  for (guint p = 0; p < procedure->pages->len; p++) {
    GPtrArray *questions = ((PvPage *) procedure->pages->pdata[p])->questions;

    for (guint i = 0; i < questions->len; i++)
      if (((PvQuestion *) questions->pdata[i])->kind == PV_QUESTION_FILE)
        ((PvQuestion *) questions->pdata[i])->flags |= PV_QUESTION_LATER;
  }
}

PvProcedure *
walker_read_form (const char *folder, const char *slug)
{
  g_autofree char *name = g_strconcat (slug, ".json", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GHashTable) sources = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (PvJson) json = NULL;
  g_autoptr (GError) error = NULL;
  PvProcedure *procedure = NULL;
  gsize size;

  g_hash_table_insert (sources, (gpointer) "chrono_ds_agenda_meetings_mairie_mt_titres",
                       (gpointer) "agenda:mairie/titres");
  if (g_file_get_contents (path, &text, &size, &error))
    json = pv_json_parse (text, size, &error);
  if (json != NULL)
    procedure = pv_publik_read_schema (json, slug, sources, &error);
  if (procedure == NULL) {
    printf ("# %s: %s\n", slug, error->message);
    return NULL;
  }
  add_identity (procedure);
  let_documents_wait (procedure);
  return procedure;
}

const PvScreenState *
walker_screen (Walker *walker)
{
  return pv_journey_get_state (walker->journey);
}

void
walker_act (Walker *walker, PvIntentionKind kind, const char *target, const char *value)
{
  g_autoptr (PvIntention) intention = NULL;
  const Walk *walk = walker->walk;

  if (walk->hands != NULL && walk->hands (walker->journey, &walker->now, kind, target, value, walk->user_data))
    return;
  intention = pv_intention_new (kind, PV_ACTOR_CITIZEN, target, value);
  pv_journey_handle (walker->journey, intention, &walker->now);
}

/* Options of a source, as the portal would list them: more than fit on a screen. */
static void
answer_effects (Walker *walker)
{
  for (PvEffect *effect = pv_journey_pop_effect (walker->journey); effect != NULL;
       effect = pv_journey_pop_effect (walker->journey)) {
    if (effect->kind == PV_EFFECT_FIND_ADDRESSES)
      pv_journey_addresses_found (walker->journey, effect->path, effect->text, walker_list_addresses (), &walker->now);
    if (effect->kind == PV_EFFECT_FETCH_OPTIONS) {
      GPtrArray *options = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_option_free);

      for (guint i = 1; i <= 24; i++) {
        g_autofree char *id = g_strdup_printf ("o%u", i);
        g_autofree char *label = g_strdup_printf ("Jeudi %u décembre 2026 à 10 h 40", i);

        PvOption *option = pv_option_new (id, label);
        g_autofree char *datetime = g_strdup_printf ("2026-12-%02u %02u:40:00", 1 + (i - 1) / 6, 9 + (i - 1) % 6);

        option->attributes = g_strdupv ((char **) (const char *[]){ "datetime", datetime, NULL });
        g_ptr_array_add (options, option);
      }
      pv_journey_options_loaded (walker->journey, effect->path, options, &walker->now);
    }
    pv_effect_free (effect);
  }
}

/* @only: (nullable): parts of names, with commas between them */
static gboolean
is_asked_for (const char *only, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (only != NULL ? only : "", ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (strstr (name, parts[i]) != NULL)
      return TRUE;
  return parts[0] == NULL;
}

void
walker_show (Walker *walker, const char *suffix)
{
  const PvScreenState *state;
  g_autofree char *name = NULL;

  answer_effects (walker);
  state = walker_screen (walker);
  name = g_strdup_printf ("%s%s%s", state->key, suffix[0] != '\0' ? "-" : "", suffix);
  g_strdelimit (name, "/+:#", '_');
  if (!is_asked_for (walker->walk->only, name))
    return;
  if (g_hash_table_add (walker->seen, g_strdup (name)))
    walker->walk->shown (state, name, walker->walk->user_data);
}

void
walker_show_pages (Walker *walker, const char *suffix)
{
  walker_show (walker, suffix);
  for (guint page = 2; page <= 3 && pv_screen_state_find_action (walker_screen (walker), PV_DO_NEXT_PAGE) != NULL;
       page++) {
    g_autofree char *name = g_strdup_printf ("%s%spage%u", suffix, suffix[0] != '\0' ? "-" : "", page);

    walker_act (walker, PV_DO_NEXT_PAGE, NULL, NULL);
    walker_show (walker, name);
  }
}

static const char *
text_for (PvInput input, guint try)
{
  static const char *const letters[] = { "Martin", "Montclair", "AB-123-CD", "89100", "12345", "F26-004512" };
  static const char *const digits[] = { "2", "89999", "12", "1234567", "1234567890123", "73282932000074" };
  static const char *const mixed[] = {
    "AB-123-CD", "W891000001", "ABCDEFGH12", "FR7630006000011234567890189", "12", "x"
  };

  switch (input) {
  case PV_INPUT_EMAIL:
    return "claire.martin@exemple.fr";
  case PV_INPUT_PHONE:
    return "06 12 34 56 78";
  case PV_INPUT_DIGITS:
    return digits[try % G_N_ELEMENTS (digits)];
  case PV_INPUT_DECIMAL:
    return "12,50";
  case PV_INPUT_CODE:
  case PV_INPUT_WEB:
  case PV_INPUT_EXACT:
  case PV_INPUT_SCANNED:
  case PV_INPUT_ZONE:
  case PV_INPUT_MIXED:
    return mixed[try % G_N_ELEMENTS (mixed)];
  case PV_INPUT_LETTERS:
  case PV_INPUT_DATE:
    return letters[try % G_N_ELEMENTS (letters)];
  }
  return "";
}

static void
type_date (Walker *walker, const char *id, guint try)
{
  static const char *const years[] = { "2020", "1980", "2010", "2027", "2008", "2026" };
  static const char *const parts[] = { "day", "month", "year" };
  const char *values[] = { "13", "1", years[(walker->first_year + try) % G_N_ELEMENTS (years)] };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *target = g_strdup_printf ("%s/%s", id, parts[i]);

    walker_act (walker, PV_DO_TYPE_PART, target, values[i]);
  }
}

typedef struct {
  PvFieldKind kind;
  PvInput input;
  char *id, *choice;
  gboolean is_chosen;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_free (asked->id);
  g_free (asked->choice);
  g_free (asked);
}

/* What is asked, noted down: each answer makes a new state. */
static GPtrArray *
list_asked (Walker *walker, guint try)
{
  const PvScreenState *state = walker_screen (walker);
  GPtrArray *list = g_ptr_array_new_with_free_func (asked_free);

  for (guint i = 0; i < state->fields->len; i++) {
    const PvField *field = state->fields->pdata[i];
    Asked *asked = g_new0 (Asked, 1);

    asked->kind = field->kind;
    asked->input = field->input;
    asked->id = g_strdup (field->id);
    if (field->choices != NULL && field->choices->len > 0) {
      const PvChoice *choice = field->choices->pdata[try % field->choices->len];

      asked->choice = g_strdup (choice->id);
      asked->is_chosen = choice->selected;
    }
    g_ptr_array_add (list, asked);
  }
  return list;
}

/* The last one, which is the longest. */
static void
choose_offered (Walker *walker, const char *id, guint try)
{
  const PvField *field;
  g_autofree char *choice = NULL;

  answer_effects (walker);
  field = pv_screen_state_find_field (walker_screen (walker), id);
  if (field == NULL || field->choices == NULL)
    return;
  if (try == 0)
    walker_show (walker, "offers");
  choice = g_strdup (((const PvChoice *) field->choices->pdata[field->choices->len - 1])->id);
  walker_act (walker, PV_DO_CHOOSE, id, choice);
}

/* Of the day that is open: on a small screen its times come after it. */
static void
choose_time (Walker *walker)
{
  for (guint i = 0; i < walker_screen (walker)->fields->len; i++) {
    const PvField *field = walker_screen (walker)->fields->pdata[i];

    if (field->kind == PV_FIELD_TIMES && field->choices != NULL && field->choices->len > 0) {
      g_autofree char *id = g_strdup (field->id);
      g_autofree char *time = g_strdup (((const PvChoice *) field->choices->pdata[0])->id);

      walker_show (walker, "times");
      walker_act (walker, PV_DO_CHOOSE, id, time);
      return;
    }
  }
}

static void
answer (Walker *walker, guint try)
{
  g_autoptr (GPtrArray) list = list_asked (walker, try);

  for (guint i = 0; i < list->len; i++) {
    const Asked *asked = list->pdata[i];

    if (asked->kind == PV_FIELD_INPUT || asked->kind == PV_FIELD_LONG_INPUT) {
      walker_act (walker, PV_DO_TYPE, asked->id, text_for (asked->input, try));
      choose_offered (walker, asked->id, try);
    } else if (asked->kind == PV_FIELD_DATE)
      type_date (walker, asked->id, try);
    else if (asked->kind == PV_FIELD_CHOICE && asked->choice != NULL)
      walker_act (walker, PV_DO_CHOOSE, asked->id, asked->choice);
    else if (asked->kind == PV_FIELD_CHOICES && asked->choice != NULL && !asked->is_chosen)
      walker_act (walker, PV_DO_TOGGLE, asked->id, asked->choice);
    else if (asked->kind == PV_FIELD_DAYS && asked->choice != NULL)
      walker_act (walker, PV_DO_CHOOSE_DAY, asked->id, asked->choice);
  }
  choose_time (walker);
}

static gboolean
answer_step (Walker *walker)
{
  g_autofree char *key = g_strdup (walker_screen (walker)->key);

  walker_show_pages (walker, "");
  if (walker->walk->has_ends)
    walker_walk_document (walker);
  walker_act (walker, PV_DO_NEXT, NULL, NULL);
  if (g_strcmp0 (walker_screen (walker)->key, key) != 0)
    return TRUE; /* needs no answer */
  walker_show (walker, "error");
  for (guint try = 0; try < MAX_TRIES; try++) {
    const PvAction *later = pv_screen_state_find_action (walker_screen (walker), PV_DO_LATER);

    if (later != NULL) {
      g_autofree char *target = g_strdup (later->target);

      walker_act (walker, PV_DO_LATER, target, NULL);
    } else {
      walker_attach_document (walker);
      /* No answer of this page may be the right one. */
      if (try > 0 && pv_screen_state_find_action (walker_screen (walker), PV_DO_NEXT_PAGE) != NULL)
        walker_act (walker, PV_DO_NEXT_PAGE, NULL, NULL);
      answer (walker, try);
      if (try == 0)
        walker_show (walker, "answered");
      walker_act (walker, PV_DO_NEXT, NULL, NULL);
    }
    answer_effects (walker);
    if (g_strcmp0 (walker_screen (walker)->key, key) != 0)
      return TRUE;
  }
  g_free (walker->stuck);
  walker->stuck = g_strdup_printf ("%s: %s", key, walker_screen (walker)->title);
  return FALSE;
}

static gboolean
walk_questions (Walker *walker)
{
  for (guint i = 0; i < MAX_STEPS && walker_screen (walker)->id == PV_SCREEN_QUESTION; i++)
    if (!answer_step (walker))
      return FALSE;
  if (walker_screen (walker)->id != PV_SCREEN_CHECK) {
    g_free (walker->stuck);
    walker->stuck = g_strdup ("does not come to its end");
    return FALSE;
  }
  return TRUE;
}

static void
tick_statements (Walker *walker)
{
  g_autoptr (GPtrArray) list = list_asked (walker, 0);

  for (guint i = 0; i < list->len; i++) {
    const Asked *asked = list->pdata[i];

    if (asked->kind == PV_FIELD_STATEMENT && !asked->is_chosen)
      walker_act (walker, PV_DO_TOGGLE, asked->id, NULL);
  }
}

static void
walk_check (Walker *walker)
{
  walker_show_pages (walker, "");
  for (;;) {
    tick_statements (walker);
    if (pv_screen_state_find_action (walker_screen (walker), PV_DO_NEXT_PAGE) == NULL)
      break;
    walker_act (walker, PV_DO_NEXT_PAGE, NULL, NULL);
  }
  walker_show (walker, "ticked");
}

static void
pass_seconds (Walker *walker, guint seconds)
{
  walker->now.monotonic_ms += (gint64) seconds * 1000;
  pv_journey_tick (walker->journey, &walker->now);
}

static void
tell_voice (Walker *walker, gboolean is_on, gboolean has_headset, gboolean has_failed)
{
  const PvSpeaking speaking = { .is_on = is_on, .has_headset = has_headset, .has_failed = has_failed };

  pv_journey_speaking_changed (walker->journey, &speaking, &walker->now);
}

/* The sheet of the voice: on the loudspeaker, in a headset, and without a voice. */
static void
walk_voice (Walker *walker, const char *suffix)
{
  g_autofree char *headset = g_strconcat (suffix, "headset", NULL);
  g_autofree char *plain = g_strconcat (suffix, "plain", NULL), *failed = g_strconcat (suffix, "failed", NULL);

  walker_act (walker, PV_DO_CLOSE, NULL, NULL); /* the sheet before it */
  tell_voice (walker, TRUE, FALSE, FALSE);
  walker_act (walker, PV_DO_LISTEN, NULL, NULL);
  walker_show (walker, plain);
  tell_voice (walker, TRUE, TRUE, FALSE);
  walker_show (walker, headset);
  tell_voice (walker, FALSE, FALSE, TRUE);
  walker_show (walker, failed);
  walker_act (walker, PV_DO_CLOSE, NULL, NULL);
  tell_voice (walker, FALSE, FALSE, FALSE);
}

static void
end_with (Walker *walker, PvOutcomeKind kind, const char *suffix)
{
  g_autoptr (PvOutcome) outcome = pv_outcome_new (kind, ref);

  if (kind == PV_OUTCOME_RECEIVED) {
    outcome->number = g_strdup ("18-2047");
    outcome->tracking_code = g_strdup ("BCDFGHJK");
    outcome->received_us = walker->now.utc_us;
  }
  pv_journey_outcome (walker->journey, outcome, &walker->now);
  walker_show (walker, suffix);
}

static void
walk_printing (Walker *walker)
{
  static const struct {
    PvPrintState state;
    PvPrintReason reason;
    const char *suffix;
  } prints[] = {
    { PV_PRINT_PRINTING, PV_PRINT_REASON_NONE, "printing" },
    { PV_PRINT_ATTENTION, PV_PRINT_REASON_NO_PAPER, "no-paper" },
    { PV_PRINT_FAILED, PV_PRINT_REASON_OFFLINE, "not-printed" },
    { PV_PRINT_DONE, PV_PRINT_REASON_NONE, "printed" },
  };

  walker_act (walker, PV_DO_PRINT, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (prints); i++) {
    pv_journey_print_state (walker->journey, prints[i].state, prints[i].reason, &walker->now);
    walker_show (walker, prints[i].suffix);
  }
}

static void
walk_end (Walker *walker)
{
  walker_act (walker, PV_DO_SEND, NULL, NULL);
  walker_show (walker, "");
  pv_journey_stored (walker->journey, TRUE, &walker->now);
  walker_show (walker, "stored");
  pass_seconds (walker, 10);
  walker_show (walker, "slow");
  pass_seconds (walker, 5);
  walker_show (walker, "");
  end_with (walker, PV_OUTCOME_UNKNOWN, "unknown");
  end_with (walker, PV_OUTCOME_REFUSED, "refused");
  end_with (walker, PV_OUTCOME_RECEIVED, "");
  walker_act (walker, PV_DO_FINISH, NULL, NULL);
  walker_show (walker, "");
  walker_act (walker, PV_DO_CLOSE, NULL, NULL);
  walk_voice (walker, "done-");
  walk_printing (walker);
  walker_act (walker, PV_DO_OPEN_PAPERS, NULL, NULL);
  walker_show (walker, "");
  walker_act (walker, PV_DO_CLOSE, NULL, NULL);
  walker_act (walker, PV_DO_SHOW_QR, NULL, NULL);
  walker_show (walker, "");
  walker_act (walker, PV_DO_BACK, NULL, NULL);
  walker_act (walker, PV_DO_SHOW_SAFE, NULL, NULL);
  walker_show (walker, "");
  walker_act (walker, PV_DO_BACK, NULL, NULL);
  walker_act (walker, PV_DO_FINISH, NULL, NULL);
  walker_show (walker, "");
}

/* Where a screen has words to explain, over it. */
static void
walk_words (Walker *walker)
{
  if (pv_screen_state_find_action (walker_screen (walker), PV_DO_OPEN_WORDS) == NULL)
    return;
  walker_act (walker, PV_DO_OPEN_WORDS, NULL, NULL);
  walker_show_pages (walker, "");
  walker_act (walker, PV_DO_CLOSE, NULL, NULL);
}

/* Each overlay, over the screen that is there. */
static void
walk_overlays (Walker *walker)
{
  static const PvIntentionKind opening[] = { PV_DO_OPEN_LANGUAGES, PV_DO_OPEN_LOOK, PV_DO_CALL_MEDIATOR, PV_DO_QUIT };

  for (guint i = 0; i < G_N_ELEMENTS (opening); i++) {
    walker_act (walker, opening[i], NULL, NULL);
    walker_show (walker, "");
    walker_act (walker, PV_DO_STAY, NULL, NULL);
  }
  walk_voice (walker, "");
  pass_seconds (walker, 90);
  walker_show (walker, "");
  walker_act (walker, PV_DO_MORE_TIME, NULL, NULL);
  walker_show (walker, "");
  walker_act (walker, PV_DO_STILL_HERE, NULL, NULL);
}

static PvCatalogue *
make_catalogue (const PvProcedure *procedure)
{
  static const char *const events[] = { "papiers", "famille-ecole", "sports-culture", "rue-logement", "rendez-vous" };
  PvCatalogue *catalogue = pv_catalogue_new ();
  PvCatalogueEntry *own = pv_catalogue_entry_new (procedure->slug, procedure->title);

  own->category = g_strdup (events[1]);
  own->url = g_strdup ("https://demarches.montclair.example/");
  own->description = g_strdup (procedure->description);
  g_ptr_array_add (catalogue->entries, own);
  for (guint i = 0; i < 20; i++) {
    g_autofree char *slug = g_strdup_printf ("autre-%u", i);
    g_autofree char *title = g_strdup_printf ("Inscription à l’accueil de loisirs n° %u", i);
    PvCatalogueEntry *entry = pv_catalogue_entry_new (slug, title);

    entry->category = g_strdup (events[i % G_N_ELEMENTS (events)]);
    entry->description = g_strdup ("Les mercredis et les vacances, pour les enfants de 3 à 11 ans.");
    g_ptr_array_add (catalogue->entries, entry);
  }
  return catalogue;
}

static void
show_cb (const char *suffix, gpointer user_data)
{
  walker_show (user_data, suffix);
}

static void
act_cb (PvIntentionKind kind, const char *target, const char *value, gpointer user_data)
{
  walker_act (user_data, kind, target, value);
}

static void
walk_start (Walker *walker)
{
  const WalkLookUp look_up = { walker->journey, &walker->now, show_cb, act_cb, walker };

  walker_show (walker, "");
  pv_journey_service_state (walker->journey, TRUE, FALSE, &walker->now);
  pv_journey_printer_available (walker->journey, FALSE, PV_PRINT_REASON_OFFLINE, &walker->now);
  walker_show (walker, "faults");
  tell_voice (walker, TRUE, TRUE, FALSE);
  walker_show (walker, "faults-headset");
  tell_voice (walker, FALSE, FALSE, FALSE);
  pv_journey_service_state (walker->journey, TRUE, TRUE, &walker->now);
  pv_journey_printer_available (walker->journey, TRUE, PV_PRINT_REASON_NONE, &walker->now);
  tell_voice (walker, TRUE, TRUE, FALSE);
  walker_show (walker, "headset");
  tell_voice (walker, FALSE, FALSE, FALSE);
  walker_act (walker, PV_DO_START, NULL, NULL);
  walker_show (walker, "");
  walk_look_ups (&look_up);
  walker_act (walker, PV_DO_OPEN_SEARCH, NULL, NULL);
  walker_show (walker, "");
  walker_act (walker, PV_DO_SEARCH, "search", "inscription");
  walker_show_pages (walker, "found");
  walker_act (walker, PV_DO_SEARCH, "search", "piscine");
  walker_show (walker, "nothing");
  walker_act (walker, PV_DO_BACK, NULL, NULL);
  walker_act (walker, PV_DO_OPEN_CATEGORY, "famille-ecole", NULL);
  walker_show_pages (walker, "");
}

/* (nullable): the one that is shipped: nearly every screen has a word of it. */
static PvGlossary *
read_glossary (void)
{
  g_autoptr (PvGlossary) glossary = pv_glossary_new ();
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (PV_GLOSSARY_FILE, &text, &length, NULL))
    return NULL;
  pv_glossary_add (glossary, "fr", text, length, NULL);
  return g_steal_pointer (&glossary);
}

static PvJourney *
make_journey (PvTexts *texts, PvOpening *opening)
{
  static const char *const french[] = { "fr", "en", NULL }, *const other[] = { "en", "fr", NULL };
  g_autoptr (PvGlossary) glossary = read_glossary ();
  const char *const *languages = texts != NULL ? other : french;
  PvJourney *journey;
  PvJourneyConfig config = {
    .commune = "Ville de Montclair",
    .place = "Espace numérique",
    .service = "Accueil de la mairie",
    .address = "1 place de la Mairie, 89999 Montclair",
    .phone = "03 53 01 00 00",
    .hours = "Du lundi au vendredi, de 9 h à 12 h et de 14 h à 17 h",
    .tracking_url = "https://demarches.montclair.example/code/",
    .languages = languages,
    .idle_seconds = 90,
    .warn_seconds = 60,
    .is_printer_enabled = TRUE,
    .is_clock_verified = TRUE,
    .is_card_enabled = TRUE,
    .can_speak = TRUE, /* the fullest help band */
    .assist_phone = "03 53 01 00 10",
    .assist_minutes = 2,
    .has_mediator_here = TRUE,
    .has_addresses = TRUE,
    .can_follow = TRUE,
    .can_pay = TRUE,
    .safe_url = "https://demarches.montclair.example/porte-documents/",
    .login_url = "https://demarches.montclair.example/factures/",
    .has_scanner = TRUE,
    .has_drop = TRUE,
    .glossary = glossary,
    .opening = opening,
    .closing_minutes = 10,
    .dark_minutes = 5,
  };

  journey = pv_journey_new (&config);
  pv_journey_set_texts (journey, texts);
  return journey;
}

/* With a day and without, and with what it says in the other languages of a kiosk that has them all. */
static void
show_maintenance (Walker *walker)
{
  static const char *const others[] = {
    "This kiosk is being serviced. Come back on Wednesday 25 November at 14:30.",
    "هذا الجهاز قيد الصيانة. عودوا يوم الأربعاء 25 نوفمبر في الساعة 14:30.",
    "Emeur o kempenn ar bonn-mañ. Distroit : dʼar Mercʼher 25 a viz Du, da 14:30.",
    "Este quiosque está em manutenção. Volte em quarta-feira, 25 de novembro às 14:30.",
    "Bu kiosk bakımda. 25 Kasım Çarşamba günü, saat 14:30 olunca tekrar gelin.",
    "Цей термінал на технічному обслуговуванні. Приходьте в середу, 25 листопада о 14:30.",
    NULL,
  };

  pv_journey_show_maintenance (walker->journey, walker->now.utc_us + 2 * G_TIME_SPAN_DAY, others, &walker->now);
  walker_show (walker, "");
  pv_journey_show_maintenance (walker->journey, 0, others, &walker->now);
  walker_show (walker, "open");
}

/* Another citizen, ten minutes before closing, and the screen that nobody uses after it. */
static void
show_closed (Walker *walker)
{
  static const char *const others[] = { "This kiosk is closed. Come back on Tuesday 24 November at 9:00.",
                                        "هذا الجهاز مغلق. عودوا يوم الثلاثاء 24 نوفمبر في الساعة 9:00.", NULL };
  g_autoptr (PvOpening) opening =
    pv_opening_new ("mon-fri 09:00-12:00 13:00-14:40; sat 09:00-12:00", NULL, PV_HOLIDAYS_NONE, NULL);
  PvJourney *before = walker->journey;

  walker->journey = make_journey (walker->walk->texts, opening);
  pv_journey_set_capacity (walker->journey, &walker->walk->capacity);
  walker_act (walker, PV_DO_START, NULL, NULL);
  pv_journey_tick (walker->journey, &walker->now);
  walker_show (walker, "");
  walker->now.utc_us += 34 * (gint64) 60 * G_USEC_PER_SEC;
  pv_journey_tick (walker->journey, &walker->now);
  walker_show (walker, "");
  pv_journey_free (walker->journey);
  walker->journey = make_journey (walker->walk->texts, opening);
  pv_journey_set_capacity (walker->journey, &walker->walk->capacity);
  pv_journey_tick (walker->journey, &walker->now);
  pv_journey_noticed (walker->journey, FALSE, &walker->now); /* it is dark, until somebody touches it */
  pv_journey_set_closed_others (walker->journey, others);
  walker_show (walker, "");
  pv_journey_free (walker->journey);
  walker->journey = before;
}

static gboolean
walk_all (Walker *walker)
{
  gboolean has_ends = walker->walk->has_ends;
  gboolean is_whole;

  if (has_ends)
    walk_start (walker);
  else
    walker_act (walker, PV_DO_START, NULL, NULL);
  walker_act (walker, PV_DO_OPEN_CATEGORY, "famille-ecole", NULL);
  walker_act (walker, PV_DO_OPEN_PROCEDURE, walker->procedure->slug, NULL);
  walker_show (walker, "loading");
  pv_journey_procedure_loaded (walker->journey, walker->procedure->slug, walker->procedure, &walker->now);
  walker_show (walker, "");
  if (!pv_screen_state_find_action (walker_screen (walker), PV_DO_BEGIN)) { /* on a phone */
    walker_act (walker, PV_DO_CONTINUE_ON_PHONE, NULL, NULL);
    walker_show (walker, "form");
    return TRUE;
  }
  if (has_ends)
    walk_words (walker);
  walker_act (walker, PV_DO_BEGIN, NULL, NULL);
  if (has_ends)
    walk_overlays (walker);
  if (walker_screen (walker)->id == PV_SCREEN_IDENTITY && has_ends)
    walker_walk_identity (walker);
  else
    walker_act (walker, PV_DO_WITHOUT_CARD, NULL, NULL);
  if (walker->walk->has_help && walker_screen (walker)->id == PV_SCREEN_QUESTION)
    walker_walk_help (walker);
  is_whole = walk_questions (walker);
  if (is_whole)
    walk_check (walker);
  if (is_whole && has_ends) {
    walk_end (walker);
    pv_journey_show_out_of_order (walker->journey, &walker->now);
    walker_show (walker, "");
    show_maintenance (walker);
    show_closed (walker);
  }
  return is_whole;
}

static gboolean
run_once (Walker *walker, PvCatalogue *catalogue)
{
  gboolean is_whole;

  walker->journey = make_journey (walker->walk->texts, NULL);
  pv_journey_set_ref (walker->journey, ref);
  pv_journey_set_capacity (walker->journey, &walker->walk->capacity);
  pv_journey_catalogue_loaded (walker->journey, catalogue, &walker->now);
  pv_journey_printer_available (walker->journey, TRUE, PV_PRINT_REASON_NONE, &walker->now);
  pv_journey_prints_pages (walker->journey, TRUE, &walker->now);
  is_whole = walk_all (walker);
  pv_journey_free (walker->journey);
  return is_whole;
}

gboolean
walker_run (const Walk *walk, PvProcedure *procedure)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  g_autoptr (PvCatalogue) catalogue = make_catalogue (procedure);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Walker walker = { .walk = walk, .procedure = procedure, .seen = seen };
  gboolean is_whole = FALSE;

  walker.now = (PvMoment){ G_GINT64_CONSTANT (1795440720000000), 1000, zone }; /* 2026-11-23 13:32 UTC */
  for (; !is_whole && walker.first_year < MAX_TRIES; walker.first_year++)
    is_whole = run_once (&walker, catalogue);
  if (!is_whole)
    printf ("# %s: cannot be filled, %s\n", procedure->slug, walker.stuck);
  g_free (walker.stuck);
  return is_whole;
}
