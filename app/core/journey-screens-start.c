/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Welcome, home, list, procedure; and what all screens share. */

#include <glib/gi18n-lib.h>

#include "core/journey-private.h"

/* Half-lines of what is touched: a control is 112 px high with a gap of 24, a line of text 53. */
#define PV_SAFE_CATEGORY "papiers" /* the life event whose list leads to the digital safe */

enum {
  CHOICE_HEIGHT = 5,
  LARGE_CHOICE_HEIGHT = 4,
  DETAIL_HEIGHT = 2,
  TILE_HEIGHT = 4,
  WIDE_TILE_HEIGHT = 7,
  NARROW_CHARS = 26
};

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
  state->is_practice = journey->is_practising;
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

  pv_screen_add_listen (journey, state);
  pv_screen_add_action_with_icon (state, PV_ROLE_HELP, PV_DO_OPEN_LOOK, _ ("Read better"), "letter-size");
  language = pv_screen_add_action_with_icon (state, PV_ROLE_HELP, PV_DO_OPEN_LANGUAGES,
                                             pv_language_own_name (pv_journey_get_read_language (journey)), "globe");
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
pv_journey_choice_height (const PvJourney *journey)
{
  /* What is around its words does not grow with them. */
  return journey->look.text_percent >= PV_LARGE_TEXT_PERCENT ? LARGE_CHOICE_HEIGHT : CHOICE_HEIGHT;
}

guint
pv_journey_paginate (PvJourney *journey, const guint *heights, guint n_items, guint reserved, guint *ret_first,
                     guint *ret_end)
{
  guint taken = reserved + pv_journey_help_height (journey);
  guint budget = MAX (2 * journey->capacity.lines, taken + pv_journey_choice_height (journey)) - taken;
  guint n_pages = 0, used = budget + 1, starts_len = 0, first, end;
  g_autofree guint *starts = g_new0 (guint, n_items + 1);

  for (guint i = 0; i < n_items; i++) {
    if (used + heights[i] > budget) {
      starts[starts_len++] = i;
      used = 0;
      n_pages++;
    }
    used += heights[i];
  }
  n_pages = pv_journey_decide (journey, MAX (n_pages, 1));
  if (journey->page >= n_pages) /* after the last comes the first */
    journey->page = 0;
  first = pv_journey_decide (journey, journey->page < starts_len ? starts[journey->page] : 0);
  end = pv_journey_decide (journey, journey->page + 1 < starts_len ? starts[journey->page + 1] : n_items);
  *ret_end = MIN (end, n_items);
  *ret_first = MIN (first, *ret_end);
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
  if (journey->speaking.has_headset && state->notices->len == 0)
    pv_screen_state_add_notice (state, PV_TONE_INFO, "speaker",
                                _ ("Your headset is plugged in. The voice tells you what is on the screen."));
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
    choice->selected = g_str_equal (journey->languages[i], pv_journey_get_read_language (journey));
  }
  pv_screen_add_listen (journey, state);
  pv_screen_add_action_with_icon (state, PV_ROLE_HELP, PV_DO_OPEN_LOOK, _ ("Read better"), "letter-size");
  if (journey->look.is_low)
    pv_screen_add_action_with_icon (state, PV_ROLE_HELP, PV_DO_RAISE, _ ("Higher"), "arrow-up-to-line");
  else if (!journey->is_post)
    pv_screen_add_action_with_icon (state, PV_ROLE_HELP, PV_DO_LOWER, _ ("Lower"), "arrow-down-to-line");
  return state;
}

static gboolean
has_pay (const PvJourney *journey)
{
  return journey->can_pay && !journey->is_practising;
}

/* The kiosk's own references can always be looked up. */
static gboolean
has_follow (const PvJourney *journey)
{
  return journey->has_courier && !journey->is_practising;
}

static gboolean
has_practice (const PvJourney *journey)
{
  return !journey->is_practising;
}

/* What Home offers, eight at most. A life event is offered when it has procedures, anything else when it works. */
static const struct {
  const char *id, *label, *detail, *icon;
  PvIntentionKind intention;
  gboolean (*is_offered) (const PvJourney *journey); /* NULL: a life event */
} offers[] = {
  { "papiers", N_ ("My papers"), N_ ("Certificate, identity card"), "id-card", PV_DO_OPEN_CATEGORY, NULL },
  { "famille-ecole", N_ ("Family and school"), N_ ("Enrolment, canteen"), "graduation-cap", PV_DO_OPEN_CATEGORY, NULL },
  { "sports-culture", N_ ("Sports and culture"), N_ ("Classes, music school"), "ball", PV_DO_OPEN_CATEGORY, NULL },
  { "rue-logement", N_ ("Street and housing"), N_ ("Report, move"), "house", PV_DO_OPEN_CATEGORY, NULL },
  { "rendez-vous", N_ ("Appointment"), N_ ("Town hall, mediator"), "calendar", PV_DO_OPEN_CATEGORY, NULL },
  { "pay", N_ ("Pay"), N_ ("An invoice of the town hall"), "euro", PV_DO_OPEN_PAY, has_pay },
  { "follow", N_ ("Follow"), N_ ("Where is my request?"), "follow", PV_DO_OPEN_FOLLOW, has_follow },
  { "practice", N_ ("Practise"), N_ ("Nothing is sent"), "hand", PV_DO_OPEN_PRACTICE, has_practice },
};

static gboolean
is_offered (const PvJourney *journey, guint index)
{
  g_autoptr (GPtrArray) entries = NULL;

  if (offers[index].is_offered != NULL)
    return offers[index].is_offered (journey);
  entries = pv_catalogue_list (journey->catalogue, offers[index].id);
  return entries->len > 0;
}

PvScreenState *
pv_screen_home (PvJourney *journey)
{
  PvScreenState *state = pv_journey_new_screen (
    journey, PV_SCREEN_HOME, journey->is_practising ? "home-practice" : "home",
    journey->is_practising ? _ ("What would you like to practise?") : _ ("What would you like to do?"));
  PvField *tiles;

  if (journey->is_practising) {
    if (journey->capacity.lines >= PV_LOW_LINES)
      state->help = g_strdup (_ ("All answers are made up. Nothing is sent, and nothing is kept."));
    pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_HOME, _ ("Leave the practice"));
  }
  add_service_notices (journey, state);
  if (journey->catalogue == NULL || has_nothing_to_offer (journey)) {
    if (!has_nothing_to_offer (journey))
      pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "loading", _ ("One moment, please."));
    pv_screen_add_help_band (journey, state, TRUE);
    return state;
  }
  pv_screen_state_add_field (state, PV_FIELD_SEARCH, "search", _ ("Look for a procedure"));
  tiles = pv_screen_state_add_field (state, PV_FIELD_TILES, "life-events", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (offers); i++) {
    PvChoice *choice;

    if (!is_offered (journey, i))
      continue;
    choice = pv_field_add_choice (tiles, offers[i].id, _ (offers[i].label));
    choice->detail = g_strdup (_ (offers[i].detail));
    choice->icon = g_strdup (offers[i].icon);
    choice->intention = offers[i].intention;
  }
  pv_screen_add_help_band (journey, state, TRUE);
  return state;
}

static const char *
category_label (const char *category)
{
  for (guint i = 0; i < G_N_ELEMENTS (offers); i++)
    if (offers[i].is_offered == NULL && g_strcmp0 (offers[i].id, category) == 0)
      return _ (offers[i].label);
  return _ ("Procedures");
}

static void
add_entries (PvJourney *journey, PvScreenState *state, const GPtrArray *entries)
{
  PvField *tiles = pv_screen_state_add_field (state, PV_FIELD_TILES, "procedures", NULL);
  g_autofree guint *heights = g_new0 (guint, entries->len + 2);
  gboolean has_details = journey->capacity.lines >= PV_LOW_LINES;
  gboolean has_safe = journey->safe_url != NULL && g_strcmp0 (journey->category, PV_SAFE_CATEGORY) == 0;
  guint first, end, n_pages, n_items = entries->len + (has_safe ? 1 : 0);

  for (guint i = 0; i < n_items; i++)
    heights[i] = pv_journey_choice_height (journey) + (has_details ? DETAIL_HEIGHT : 0);
  n_pages = pv_journey_paginate (journey, heights, n_items, journey->is_searching ? 14 : 4, &first, &end);
  for (guint i = first; i < end; i++) {
    const PvCatalogueEntry *entry = i < entries->len ? entries->pdata[i] : NULL;
    PvChoice *choice;

    if (entry == NULL) { /* after the procedures */
      pv_screen_add_safe_tile (journey, tiles);
      continue;
    }
    choice = pv_field_add_choice (tiles, entry->slug, entry->title);
    choice->official = g_strdup (entry->official);

    if (has_details && entry->fillable == PV_FILLABLE_ON_PHONE)
      choice->detail = g_strdup (_ ("On your phone"));
    else if (has_details && pv_official_beside (entry->title, entry->official) == NULL && entry->description != NULL
             && g_utf8_strlen (entry->description, -1) <= 80)
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
  g_autoptr (GPtrArray) entries = pv_journey_list_entries (journey);

  if (journey->is_searching) {
    PvField *search = pv_screen_state_add_field (state, PV_FIELD_SEARCH, "search", NULL);

    if (journey->capacity.lines >= PV_LOW_LINES)
      state->help = g_strdup (_ ("Write one word: school, certificate, sports…"));
    search->value = g_strdup (journey->words);
    search->is_focused = TRUE;
    search->max_chars = 40;
  }
  pv_screen_add_back (state);
  if (entries->len > 0)
    add_entries (journey, state, entries);
  else if (journey->words != NULL && journey->words[0] != '\0')
    pv_screen_state_add_notice (state, PV_TONE_INFO, "info",
                                _ ("Nothing was found. Try another word. You can also go back and choose a subject, "
                                   "or call a mediator."));
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

/* A fact of the portal's, with its French. */
static void
add_fact (PvJourney *journey, PvField *facts, const char *label, const char *french)
{
  PvSummaryRow *row;

  if (french == NULL)
    return;
  row = pv_field_add_row (facts, label, pv_journey_say (journey, NULL, french));
  row->official_value = pv_journey_official (journey, NULL, french);
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
  add_fact (journey, facts, _ ("Bring"), procedure->bring);
  add_fact (journey, facts, _ ("Price"), procedure->cost);
  pv_field_add_row (facts, _ ("E-mail"), email_sentence (procedure));
  pv_field_add_row (facts, _ ("Your data"),
                    procedure->is_handover ? _ ("They go to the site of this procedure. Nothing stays on this kiosk.")
                                           : _ ("They go to the town hall only. Nothing stays on this kiosk."));
  pv_field_open_rows (facts);
}

const char *
pv_journey_page_url (const PvJourney *journey)
{
  const PvCatalogueEntry *entry =
    journey->catalogue != NULL && journey->slug != NULL ? pv_catalogue_find (journey->catalogue, journey->slug) : NULL;

  if (journey->procedure != NULL && journey->procedure->url != NULL)
    return journey->procedure->url;
  return entry != NULL ? entry->url : NULL;
}

/* Beyond the kiosk: why, and the square at once. */
static gboolean
shows_page (const PvJourney *journey)
{
  return journey->procedure != NULL && !pv_journey_is_fillable (journey, journey->procedure) && !journey->is_practising
         && journey->capacity.lines >= PV_FEW_LINES && pv_journey_page_url (journey) != NULL;
}

static PvBeyond
why_beyond (const PvProcedure *procedure)
{
  if (procedure->beyond != PV_BEYOND_NOTHING)
    return procedure->beyond;
  return procedure->fillable == PV_FILLABLE ? PV_BEYOND_DOCUMENT : PV_BEYOND_NOTHING;
}

static void
add_page_code (const PvJourney *journey, PvScreenState *state)
{
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_QR, "qr", _ ("Scan it: the form opens on your phone"));

  field->value = g_strdup (pv_journey_page_url (journey));
}

/* What can be done with the procedure here, or why nothing can. */
static void
add_ways (PvJourney *journey, PvScreenState *state)
{
  PvNotice *notice;

  if (!pv_journey_is_fillable (journey, journey->procedure)) {
    notice = pv_screen_state_add_notice (state, PV_TONE_INFO, "phone",
                                         pv_journey_beyond_sentence (why_beyond (journey->procedure)));
    notice->strong = g_strdup (_ ("You can do it on your phone, or at home."));
    if (shows_page (journey))
      add_page_code (journey, state);
  } else if (!journey->is_practising && (!journey->can_store || !journey->has_courier)) {
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle",
                                _ ("This kiosk cannot send requests now. Please use another way."));
  } else {
    if (journey->procedure->is_handover)
      pv_screen_state_add_notice (state, PV_TONE_INFO, "phone",
                                  _ ("A few questions here. You finish on another site, on your phone or at home."));
    pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_BEGIN, _ ("Begin"));
  }
}

void
pv_screen_add_hand_over (PvJourney *journey, PvScreenState *state, PvIntentionKind intention)
{
  if (pv_journey_may_keep (journey))
    pv_screen_add_action_with_icon (state, PV_ROLE_OPTION, intention, _ ("Continue at home or on my phone"), "phone");
}

/* Who came back to this screen takes the answers along; else it is the empty form. */
static void
add_phone (PvJourney *journey, PvScreenState *state)
{
  gboolean is_only_way = journey->procedure != NULL && !pv_journey_is_fillable (journey, journey->procedure);

  if (journey->is_practising || shows_page (journey))
    return;
  if (pv_journey_may_keep (journey))
    pv_screen_add_hand_over (journey, state, PV_DO_HAND_OVER);
  else if (is_only_way) /* a word more would not fit beside "Back" in the largest letters */
    pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_CONTINUE_ON_PHONE, _ ("On my phone"));
  else
    pv_screen_add_action_with_icon (state, PV_ROLE_OPTION, PV_DO_CONTINUE_ON_PHONE, _ ("Continue on my phone"),
                                    "phone");
}

PvScreenState *
pv_screen_procedure (PvJourney *journey)
{
  const PvCatalogueEntry *entry =
    journey->catalogue != NULL ? pv_catalogue_find (journey->catalogue, journey->slug) : NULL;
  const char *official = journey->procedure != NULL ? journey->procedure->title : entry != NULL ? entry->title : NULL;
  PvScreenState *state =
    pv_journey_new_screen (journey, PV_SCREEN_PROCEDURE, "procedure",
                           official != NULL ? pv_journey_say (journey, NULL, official) : _ ("Procedures"));
  gboolean has_page = pv_journey_page_url (journey) != NULL;

  state->official_title = pv_journey_official (journey, NULL, official);
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
    state->help = g_strdup (pv_journey_say (journey, NULL, journey->procedure->description));
    state->official_help = pv_journey_official (journey, NULL, journey->procedure->description);
    if (!shows_page (journey)) /* the square needs their room, and is what the person came for */
      add_facts (journey, state);
    add_ways (journey, state);
  }
  if (has_page)
    add_phone (journey, state);
  pv_screen_add_help_band (journey, state, TRUE);
  return state;
}
