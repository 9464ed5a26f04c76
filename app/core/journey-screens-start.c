/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Welcome, home, list, procedure; and what all screens share. */

#include <glib/gi18n-lib.h>

#include "core/journey-private.h"

/* Half-lines of what is touched: a control is 112 px high with a gap of 24, a line of text 53. */
enum { CHOICE_HEIGHT = 5, DETAIL_HEIGHT = 2, TILE_HEIGHT = 4, WIDE_TILE_HEIGHT = 7, NARROW_CHARS = 26 };

char *
pv_journey_place (const PvJourney *journey)
{
  g_autofree char *post = NULL;

  if (journey->post == NULL)
    return g_strdup (journey->place);
  /* Translators: number of one of several computers in a room. */
  post = g_strdup_printf (_ ("Post %s"), journey->post);
  return journey->place != NULL ? g_strdup_printf ("%s · %s", journey->place, post) : g_steal_pointer (&post);
}

PvScreenState *
pv_journey_new_screen (PvJourney *journey, PvScreenId id, const char *key, const char *title)
{
  PvScreenState *state = pv_screen_state_new (id, key);

  state->commune = g_strdup (journey->commune);
  state->place = pv_journey_place (journey);
  state->title = g_strdup (title);
  state->is_practice = journey->filing != NULL && pv_filing_is_practice (journey->filing);
  return state;
}

PvAction *
pv_screen_add_action_with_icon (PvScreenState *state, PvActionRole role, PvIntentionKind intention, const char *label,
                                const char *icon)
{
  PvAction *action = pv_screen_state_add_action (state, role, intention, label);

  action->icon = g_strdup (icon);
  return action;
}

PvAction *
pv_screen_add_back (PvScreenState *state)
{
  return pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_BACK, _ ("Back"));
}

const char *
pv_language_own_name (const char *code)
{
  static const struct {
    const char *code, *name;
  } names[] = {
    { "fr", "Français" }, { "en", "English" },   { "ar", "العربية" }, { "uk", "Українська" }, { "pt", "Português" },
    { "tr", "Türkçe" },   { "br", "Brezhoneg" }, { "qps", "Pseudo" }, { "qpa", "ﭙﺴﻭﺩﻭ" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].code, code))
      return names[i].name;
  return code;
}

/* The way to a human; while one helps, the way to be alone again. */
static PvAction *
add_help (PvJourney *journey, PvScreenState *state)
{
  PvAction *first;

  if (!pv_journey_is_helped (journey)) {
    gboolean is_calling = journey->help.now.state == PV_ASSISTANCE_CALLING;

    return pv_screen_add_action_with_icon (state, PV_ROLE_HELP, PV_DO_CALL_MEDIATOR,
                                           is_calling ? _ ("Call under way") : _ ("Call a mediator"), "person");
  }
  first = pv_screen_add_action_with_icon (state, PV_ROLE_HELP, PV_DO_STOP_HELP, _ ("Stop the help"), "hand");
  pv_screen_add_action_with_icon (state, PV_ROLE_HELP, PV_DO_OPEN_REPLY, C_ ("help", "Reply"), "person");
  return first;
}

/* The same order on every screen. */
PvAction *
pv_screen_add_help_band (PvJourney *journey, PvScreenState *state, gboolean can_quit)
{
  PvAction *first = add_help (journey, state);
  PvAction *language;

  if (journey->can_speak)
    pv_screen_add_action_with_icon (state, PV_ROLE_HELP, PV_DO_LISTEN, _ ("Listen"), "speaker");
  pv_screen_add_action_with_icon (state, PV_ROLE_HELP, PV_DO_OPEN_LOOK, _ ("Read better"), "letter-size");
  language = pv_screen_add_action_with_icon (state, PV_ROLE_HELP, PV_DO_OPEN_LANGUAGES,
                                             pv_language_own_name (journey->look.language), "globe");
  language->spoken = g_strdup_printf ("%s, %s", language->label, _ ("change the language"));
  /* Who sits at a table reaches all of the screen. */
  if (!journey->is_post && journey->look.is_low)
    pv_screen_add_action_with_icon (state, PV_ROLE_HELP, PV_DO_RAISE, _ ("Higher"), "arrow-up-to-line");
  else if (!journey->is_post)
    pv_screen_add_action_with_icon (state, PV_ROLE_HELP, PV_DO_LOWER, _ ("Lower"), "arrow-down-to-line");
  if (can_quit)
    pv_screen_add_action_with_icon (state, PV_ROLE_HELP, PV_DO_QUIT, _ ("Quit"), "exit");
  return first;
}

guint
pv_journey_text_height (const PvJourney *journey, const char *text)
{
  guint width = journey->capacity.chars_per_line, lines = 0;
  g_auto (GStrv) paragraphs = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (guint i = 0; paragraphs[i] != NULL; i++)
    lines += 1 + (guint) g_utf8_strlen (paragraphs[i], -1) / width;
  return 2 * lines;
}

guint
pv_journey_paginate (PvJourney *journey, const guint *heights, guint n_items, guint reserved, guint *ret_first,
                     guint *ret_end)
{
  guint taken = reserved + pv_journey_help_height (journey);
  guint budget = MAX (2 * journey->capacity.lines, taken + CHOICE_HEIGHT) - taken;
  guint n_pages = 0, used = budget + 1, starts_len = 0;
  g_autofree guint *starts = g_new0 (guint, n_items + 1);

  for (guint i = 0; i < n_items; i++) {
    if (used + heights[i] > budget) {
      starts[starts_len++] = i;
      used = 0;
      n_pages++;
    }
    used += heights[i];
  }
  n_pages = MAX (n_pages, 1);
  if (journey->page >= n_pages) /* after the last comes the first */
    journey->page = 0;
  *ret_first = starts_len > 0 ? starts[journey->page] : 0;
  *ret_end = journey->page + 1 < starts_len ? starts[journey->page + 1] : n_items;
  return n_pages;
}

char *
pv_journey_page_text (const PvJourney *journey, guint n_pages)
{
  return g_strdup_printf (_ ("Page %u of %u"), journey->page + 1, n_pages);
}

void
pv_screen_add_pages (PvJourney *journey, PvScreenState *state, guint n_pages)
{
  if (n_pages <= 1)
    return;
  state->page_text = pv_journey_page_text (journey, n_pages);
  if (journey->page + 1 < n_pages)
    pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT_PAGE, _ ("Next page"));
}

/* Not just not yet: a wait must have an end. */
static gboolean
has_nothing_to_offer (const PvJourney *journey)
{
  if (journey->catalogue != NULL)
    return journey->catalogue->entries->len == 0;
  return journey->is_catalogue_missing || !journey->has_courier;
}

/* The worst only: what does not work, and what still does. */
static void
add_service_notices (const PvJourney *journey, PvScreenState *state)
{
  if (has_nothing_to_offer (journey))
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle",
                                _ ("No procedure can be shown now. Please go to the town hall, or call it."));
  else if (!journey->has_courier || !journey->can_store)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle",
                                _ ("No request can be sent now. You can look at the procedures."));
  else if (journey->is_printer_enabled && !journey->is_printer_available)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "printer",
                                _ ("The printer does not work. Your receipt can go to your phone."));
}

PvScreenState *
pv_screen_welcome (PvJourney *journey)
{
  PvScreenState *state = pv_journey_new_screen (journey, PV_SCREEN_WELCOME, "welcome",
                                                /* Translators: three short lines. */
                                                _ ("Hello.\nYour procedures,\nstep by step."));
  PvField *languages;

  add_service_notices (journey, state);
  if (state->notices->len == 0) /* on a fault, what still works takes its place */
    state->help = g_strdup (_ ("Enrolment, certificate, appointment, invoice.\nAlone, or with a mediator."));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_START,
                              journey->is_post ? _ ("Click to begin") : _ ("Touch to begin"));
  languages = pv_screen_state_add_field (state, PV_FIELD_TILES, "languages", NULL);
  g_free (languages->spoken_label);
  languages->spoken_label = g_strdup (_ ("Language"));
  for (guint i = 0; journey->languages[i] != NULL; i++) {
    PvChoice *choice =
      pv_field_add_choice (languages, journey->languages[i], pv_language_own_name (journey->languages[i]));

    choice->intention = PV_DO_SET_LANGUAGE;
    choice->selected = g_str_equal (journey->languages[i], journey->look.language);
  }
  pv_screen_add_action_with_icon (state, PV_ROLE_HELP, PV_DO_OPEN_LOOK, _ ("Read better"), "letter-size");
  if (journey->look.is_low)
    pv_screen_add_action_with_icon (state, PV_ROLE_HELP, PV_DO_RAISE, _ ("Higher"), "arrow-up-to-line");
  else if (!journey->is_post)
    pv_screen_add_action_with_icon (state, PV_ROLE_HELP, PV_DO_LOWER, _ ("Lower"), "arrow-down-to-line");
  return state;
}

static const struct {
  const char *id, *label, *detail, *icon;
} life_events[] = {
  { "papiers", N_ ("My papers"), N_ ("Certificate, identity card"), "id-card" },
  { "famille-ecole", N_ ("Family and school"), N_ ("Enrolment, canteen"), "graduation-cap" },
  { "sports-culture", N_ ("Sports and culture"), N_ ("Classes, music school"), "ball" },
  { "rue-logement", N_ ("Street and housing"), N_ ("Report, move"), "house" },
  { "rendez-vous", N_ ("Appointment"), N_ ("Town hall, mediator"), "calendar" },
};

PvScreenState *
pv_screen_home (PvJourney *journey)
{
  PvScreenState *state = pv_journey_new_screen (journey, PV_SCREEN_HOME, "home", _ ("What would you like to do?"));
  PvField *tiles;

  add_service_notices (journey, state);
  if (journey->catalogue == NULL || has_nothing_to_offer (journey)) {
    if (!has_nothing_to_offer (journey))
      pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "loading", _ ("One moment, please."));
    pv_screen_add_help_band (journey, state, TRUE);
    return state;
  }
  pv_screen_state_add_field (state, PV_FIELD_SEARCH, "search", _ ("Look for a procedure"));
  tiles = pv_screen_state_add_field (state, PV_FIELD_TILES, "life-events", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (life_events); i++) {
    g_autoptr (GPtrArray) entries = pv_catalogue_list (journey->catalogue, life_events[i].id);
    PvChoice *choice;

    if (entries->len == 0)
      continue;
    choice = pv_field_add_choice (tiles, life_events[i].id, _ (life_events[i].label));
    choice->detail = g_strdup (_ (life_events[i].detail));
    choice->icon = g_strdup (life_events[i].icon);
    choice->intention = PV_DO_OPEN_CATEGORY;
  }
  pv_screen_add_help_band (journey, state, TRUE);
  return state;
}

static const char *
category_label (const char *category)
{
  for (guint i = 0; i < G_N_ELEMENTS (life_events); i++)
    if (g_strcmp0 (life_events[i].id, category) == 0)
      return _ (life_events[i].label);
  return _ ("Procedures");
}

static void
add_entries (PvJourney *journey, PvScreenState *state, const GPtrArray *entries)
{
  PvField *tiles = pv_screen_state_add_field (state, PV_FIELD_TILES, "procedures", NULL);
  g_autofree guint *heights = g_new0 (guint, entries->len + 1);
  gboolean has_details = journey->capacity.lines >= PV_LOW_LINES;
  guint first, end, n_pages;

  for (guint i = 0; i < entries->len; i++)
    heights[i] = CHOICE_HEIGHT + (has_details ? DETAIL_HEIGHT : 0);
  n_pages = pv_journey_paginate (journey, heights, entries->len, journey->is_searching ? 14 : 4, &first, &end);
  for (guint i = first; i < end; i++) {
    const PvCatalogueEntry *entry = entries->pdata[i];
    PvChoice *choice = pv_field_add_choice (tiles, entry->slug, entry->title);

    if (has_details && entry->description != NULL && g_utf8_strlen (entry->description, -1) <= 80)
      choice->detail = g_strdup (entry->description);
    choice->intention = PV_DO_OPEN_PROCEDURE;
  }
  pv_screen_add_pages (journey, state, n_pages);
  if (journey->is_searching && journey->capacity.lines < PV_LOW_LINES)
    g_clear_pointer (&state->page_text, g_free); /* no room for a number that says little */
}

PvScreenState *
pv_screen_list (PvJourney *journey)
{
  PvScreenState *state = pv_journey_new_screen (journey, PV_SCREEN_LIST, journey->is_searching ? "search" : "list",
                                                !journey->is_searching ? category_label (journey->category)
                                                /* The keyboard leaves little of a low screen. */
                                                : journey->capacity.lines < PV_LOW_LINES ? C_ ("title", "Search")
                                                                                         : _ ("Look for a procedure"));
  g_autoptr (GPtrArray) entries = NULL;

  if (journey->is_searching) {
    PvField *search = pv_screen_state_add_field (state, PV_FIELD_SEARCH, "search", NULL);

    if (journey->capacity.lines >= PV_LOW_LINES)
      state->help = g_strdup (_ ("Write one word: school, certificate, sports…"));
    search->value = g_strdup (journey->words);
    search->is_focused = TRUE;
    search->max_chars = 40;
  }
  pv_screen_add_back (state);
  if (journey->catalogue == NULL)
    entries = g_ptr_array_new ();
  else if (journey->is_searching)
    entries = pv_catalogue_search (journey->catalogue, journey->words != NULL ? journey->words : "");
  else
    entries = pv_catalogue_list (journey->catalogue, journey->category);
  if (entries->len > 0)
    add_entries (journey, state, entries);
  else if (journey->words != NULL && journey->words[0] != '\0')
    pv_screen_state_add_notice (state, PV_TONE_INFO, "info",
                                _ ("Nothing was found. Try another word, or call a mediator."));
  pv_screen_add_help_band (journey, state, TRUE);
  return state;
}

static const char *
email_sentence (const PvProcedure *procedure)
{
  if (pv_procedure_needs_email (procedure) && pv_procedure_needs_phone (procedure))
    return _ ("You need an e-mail address and a phone.");
  if (pv_procedure_needs_email (procedure))
    return _ ("You need an e-mail address.");
  if (pv_procedure_needs_phone (procedure))
    return _ ("You need a phone.");
  return _ ("You need neither e-mail nor phone.");
}

static void
add_facts (PvJourney *journey, PvScreenState *state)
{
  const PvProcedure *procedure = journey->procedure;
  PvField *facts = pv_screen_state_add_field (state, PV_FIELD_SUMMARY, "facts", NULL);

  if (procedure->duration_minutes > 0) {
    g_autofree char *minutes = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "About %u minute", "About %u minutes", procedure->duration_minutes),
      procedure->duration_minutes);

    pv_field_add_row (facts, _ ("Time"), minutes);
  }
  if (procedure->bring != NULL)
    pv_field_add_row (facts, _ ("Bring"), procedure->bring);
  if (procedure->cost != NULL)
    pv_field_add_row (facts, _ ("Price"), procedure->cost);
  pv_field_add_row (facts, _ ("E-mail"), email_sentence (procedure));
  pv_field_add_row (facts, _ ("Your data"), _ ("They go to the town hall only. Nothing stays on this kiosk."));
  pv_field_open_rows (facts);
}

PvScreenState *
pv_screen_procedure (PvJourney *journey)
{
  const PvCatalogueEntry *entry =
    journey->catalogue != NULL ? pv_catalogue_find (journey->catalogue, journey->slug) : NULL;
  const char *title = journey->procedure != NULL ? journey->procedure->title
                      : entry != NULL            ? entry->title
                                                 : _ ("Procedures");
  PvScreenState *state = pv_journey_new_screen (journey, PV_SCREEN_PROCEDURE, "procedure", title);
  gboolean has_page =
    (journey->procedure != NULL && journey->procedure->url != NULL) || (entry != NULL && entry->url != NULL);
  PvAction *phone;

  pv_screen_add_back (state);
  if (journey->procedure == NULL && !journey->is_procedure_missing) {
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "loading", _ ("One moment, please."));
    pv_screen_add_help_band (journey, state, TRUE);
    return state;
  }
  if (journey->procedure == NULL) {
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle",
                                _ ("This procedure cannot be opened now. Try again later, or call a mediator."));
  } else {
    state->help = g_strdup (journey->procedure->description);
    add_facts (journey, state);
    if (!journey->can_store || !journey->has_courier)
      pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle",
                                  _ ("This kiosk cannot send requests now. Please use another way."));
    else if (pv_journey_is_fillable (journey->procedure))
      pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_BEGIN, _ ("Begin"));
    else
      pv_screen_state_add_notice (state, PV_TONE_INFO, "phone", _ ("This procedure is done on a phone or a computer."));
  }
  if (has_page) {
    phone = pv_screen_add_action_with_icon (state, PV_ROLE_OPTION, PV_DO_CONTINUE_ON_PHONE, _ ("Continue on my phone"),
                                            "phone");
    if (journey->procedure != NULL && !pv_journey_is_fillable (journey->procedure))
      phone->role = PV_ROLE_PRIMARY;
  }
  pv_screen_add_help_band (journey, state, TRUE);
  return state;
}
