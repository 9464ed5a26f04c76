/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which sentence is next, and where it may be heard.
 *
 * One sentence is with the voice at a time: so pause, rate, volume and route take effect at its end at the latest, and what
 * was stopped is known to the sentence. */

#include "core/narrator-private.h"

#include <string.h>

#include "core/wipe.h"

enum { N_ROUTES = PV_ROUTE_HEADSET + 1 };

static const guint rates[] = { PV_SPEECH_SLOW, PV_SPEECH_USUAL, PV_SPEECH_FAST, PV_SPEECH_FASTEST };

/* A sentence that waits. */
typedef struct {
  PvUtterance *said;
  gboolean is_reading; /* of the screen as a whole: it is gone on with after a pause */
} Line;

struct PvNarrator {
  PvNarratorConfig config;
  char *keys_place, *keys_language; /* (nullable) */

  const PvScreenState *state;   /* (nullable): shown */
  const PvScreenState *content; /* (nullable): likewise, but never the sheet of the voice itself: the one below it */
  char *language;
  char *typed, *typed_text; /* (nullable): the field that was typed into last, and what stands in it; wiped */
  gboolean is_typing;       /* and the state does not have it yet */
  gboolean has_news;        /* a letter or a screen came, and nothing was touched or pressed since */

  gboolean is_on, has_failed, is_plugged;
  gboolean is_discreet;       /* the voice */
  gboolean is_paused;         /* on purpose */
  gboolean was_cut;           /* the last touch stopped something */
  gboolean has_told_withheld; /* on this screen */
  gboolean has_said_hello;
  PvSpeechRoute route;
  PvSpeechEcho echo;
  guint volumes[N_ROUTES];
  guint rate; /* index */

  GQueue lines;  /* of Line: to be said */
  GQueue kept;   /* of Line: the rest of a reading that was stopped */
  Line *current; /* (nullable): with the voice */
  guint id;      /* of it */
  GQueue orders; /* of PvSpeechOrder */
};

/* ---- names ---- */

gboolean
pv_narrate_parse (const char *word, PvNarrate *ret_what)
{
  static const char *const words[PV_N_NARRATES] = {
    [PV_NARRATE_LISTEN] = "listen", [PV_NARRATE_PAUSE] = "pause",   [PV_NARRATE_AGAIN] = "again",
    [PV_NARRATE_SLOWER] = "slower", [PV_NARRATE_FASTER] = "faster", [PV_NARRATE_LOUDER] = "louder",
    [PV_NARRATE_SOFTER] = "softer", [PV_NARRATE_SPELL] = "spell",   [PV_NARRATE_CURTAINED] = "curtained",
    [PV_NARRATE_OFF] = "off",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i], word) == 0) {
      *ret_what = (PvNarrate) i;
      return TRUE;
    }
  return FALSE;
}

gboolean
pv_speech_echo_parse (const char *word, PvSpeechEcho *ret_echo)
{
  static const char *const words[] = {
    [PV_ECHO_LETTERS] = "letters",
    [PV_ECHO_WORDS] = "words",
    [PV_ECHO_NOTHING] = "nothing",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i], word) == 0) {
      *ret_echo = (PvSpeechEcho) i;
      return TRUE;
    }
  return FALSE;
}

/* ---- making and freeing ---- */

static void
line_free (gpointer data)
{
  Line *line = data;

  pv_utterance_free (line->said);
  g_free (line);
}

static void
empty (GQueue *lines)
{
  g_queue_clear_full (lines, line_free);
}

void
pv_speech_order_free (PvSpeechOrder *order)
{
  if (order == NULL)
    return;
  pv_wipe_str (order->text);
  g_free (order->language);
  g_free (order);
}

PvNarrator *
pv_narrator_new (const PvNarratorConfig *config)
{
  PvNarrator *narrator = g_new0 (PvNarrator, 1);

  if (config != NULL)
    narrator->config = *config;
  narrator->config.keys_place = narrator->keys_place = g_strdup (narrator->config.keys_place);
  narrator->config.keys_language = narrator->keys_language = g_strdup (narrator->config.keys_language);
  for (guint i = 0; i < N_ROUTES; i++)
    narrator->volumes[i] = narrator->config.volume > 0
                             ? CLAMP (narrator->config.volume, PV_SPEECH_SOFTEST, PV_SPEECH_LOUDEST)
                             : PV_SPEECH_USUAL_VOLUME;
  narrator->is_discreet = TRUE;
  narrator->rate = 1;
  for (guint i = 0; i < G_N_ELEMENTS (rates) && narrator->config.rate > 0; i++)
    if (rates[i] <= narrator->config.rate)
      narrator->rate = i;
  narrator->language = g_strdup ("");
  return narrator;
}

static void
forget_typed (PvNarrator *narrator)
{
  g_clear_pointer (&narrator->typed, g_free);
  g_clear_pointer (&narrator->typed_text, pv_wipe_str);
  narrator->is_typing = FALSE;
}

void
pv_narrator_free (PvNarrator *narrator)
{
  if (narrator == NULL)
    return;
  empty (&narrator->lines);
  empty (&narrator->kept);
  g_clear_pointer (&narrator->current, line_free);
  g_queue_clear_full (&narrator->orders, (GDestroyNotify) pv_speech_order_free);
  pv_screen_state_free ((PvScreenState *) narrator->state);
  pv_screen_state_free ((PvScreenState *) narrator->content);
  forget_typed (narrator);
  g_free (narrator->language);
  g_free (narrator->keys_place);
  g_free (narrator->keys_language);
  g_free (narrator);
}

/* ---- orders ---- */

static PvSpeechOrder *
order (PvNarrator *narrator, PvSpeechOrderKind kind, guint number)
{
  PvSpeechOrder *new = g_new0 (PvSpeechOrder, 1);

  new->kind = kind;
  new->number = number;
  g_queue_push_tail (&narrator->orders, new);
  return new;
}

PvSpeechOrder *
pv_narrator_pop (PvNarrator *narrator)
{
  return g_queue_pop_head (&narrator->orders);
}

/* Words that wait as orders are forgotten with the sentence: nothing personal follows a headset that is gone. */
static void
drop_said_orders (PvNarrator *narrator)
{
  for (GList *link = narrator->orders.head, *next; link != NULL; link = next) {
    PvSpeechOrder *waiting = link->data;

    next = link->next;
    if (waiting->kind != PV_SPEECH_SAY)
      continue;
    pv_speech_order_free (waiting);
    g_queue_delete_link (&narrator->orders, link);
  }
}

static void
set_route (PvNarrator *narrator, PvSpeechRoute route)
{
  if (narrator->route == route)
    return;
  narrator->route = route;
  order (narrator, PV_SPEECH_ROUTE, route);
  if (route != PV_ROUTE_NONE)
    order (narrator, PV_SPEECH_VOLUME, narrator->volumes[route]);
}

/* Where sound may go when somebody asks for it. */
static PvSpeechRoute
best_route (const PvNarrator *narrator)
{
  return narrator->is_plugged               ? PV_ROUTE_HEADSET
         : narrator->config.is_headset_only ? PV_ROUTE_NONE
                                            : PV_ROUTE_LOUDSPEAKER;
}

static gboolean
is_private (const PvNarrator *narrator)
{
  return narrator->route == PV_ROUTE_HEADSET && narrator->is_discreet;
}

/* What of it may be heard here; NULL: nothing. */
static const char *
audible (const PvNarrator *narrator, const PvUtterance *said)
{
  return !said->is_personal || is_private (narrator) ? said->text : said->plain;
}

static void
say_line (PvNarrator *narrator, Line *line)
{
  PvSpeechOrder *say = order (narrator, PV_SPEECH_SAY, 0);

  narrator->current = line;
  say->id = ++narrator->id;
  say->text = g_strdup (audible (narrator, line->said));
  say->language = g_strdup (line->said->language != NULL ? line->said->language : narrator->language);
  say->rate = rates[narrator->rate];
  say->is_personal = line->said->is_personal && is_private (narrator);
}

/* Once a screen: that there is more, and how to hear it. */
static void
tell_withheld (PvNarrator *narrator)
{
  g_autoptr (GPtrArray) script = NULL;
  Line *line;

  if (narrator->has_told_withheld)
    return;
  narrator->has_told_withheld = TRUE;
  script = pv_script_withheld (narrator->is_discreet);
  line = g_new0 (Line, 1);
  line->said = g_steal_pointer (&script->pdata[0]);
  g_queue_push_head (&narrator->lines, line);
}

/* Hands the next sentence to the voice, if it has none. */
static void
go_on (PvNarrator *narrator)
{
  if (!narrator->is_on || narrator->route == PV_ROUTE_NONE)
    return;
  while (narrator->current == NULL && !g_queue_is_empty (&narrator->lines)) {
    Line *line = g_queue_pop_head (&narrator->lines);

    if (audible (narrator, line->said) != NULL) {
      say_line (narrator, line);
      return;
    }
    if (line->is_reading || line->said->kind == PV_SAID_CODE)
      tell_withheld (narrator);
    line_free (line);
  }
}

/* Takes what is in @script. */
static void
add (PvNarrator *narrator, GPtrArray *script, gboolean is_reading)
{
  for (guint i = 0; i < script->len; i++) {
    Line *line = g_new0 (Line, 1);

    line->said = g_steal_pointer (&script->pdata[i]);
    line->is_reading = is_reading;
    g_queue_push_tail (&narrator->lines, line);
  }
  g_ptr_array_unref (script);
}

/* Silence. The rest of a reading is kept, from the sentence that was being said. */
static void
stop (PvNarrator *narrator)
{
  GQueue rest = G_QUEUE_INIT;
  Line *line;

  if (narrator->current != NULL) {
    drop_said_orders (narrator);
    order (narrator, PV_SPEECH_STOP, 0);
    g_queue_push_head (&narrator->lines, g_steal_pointer (&narrator->current));
  }
  while ((line = g_queue_pop_head (&narrator->lines)) != NULL) {
    if (line->is_reading)
      g_queue_push_tail (&rest, line);
    else
      line_free (line);
  }
  if (g_queue_is_empty (&rest))
    return;
  empty (&narrator->kept);
  narrator->kept = rest;
}

static void
say_after_stop (PvNarrator *narrator, GPtrArray *script)
{
  stop (narrator);
  add (narrator, script, FALSE);
  go_on (narrator);
}

/* From the sentence that was stopped. */
static void
resume (PvNarrator *narrator)
{
  Line *line;

  narrator->is_paused = FALSE;
  while ((line = g_queue_pop_head (&narrator->kept)) != NULL)
    g_queue_push_tail (&narrator->lines, line);
  go_on (narrator);
}

/* The screen from its beginning; of the sheet of the voice, the screen below it. */
static void
read_content (PvNarrator *narrator)
{
  stop (narrator);
  empty (&narrator->kept);
  narrator->is_paused = narrator->has_told_withheld = FALSE;
  if (narrator->content != NULL)
    add (narrator, pv_script_screen (narrator->content), TRUE);
  go_on (narrator);
}

/* ---- what happens ---- */

static void
start_in_headset (PvNarrator *narrator)
{
  gboolean is_welcome = narrator->content->id == PV_SCREEN_WELCOME;

  narrator->is_on = TRUE;
  narrator->has_failed = FALSE;
  set_route (narrator, PV_ROUTE_HEADSET);
  if (!g_queue_is_empty (&narrator->kept) && !narrator->is_paused) {
    resume (narrator);
    return;
  }
  empty (&narrator->kept);
  if (is_welcome || !narrator->has_said_hello)
    add (narrator, pv_script_hello (&narrator->config, narrator->language), TRUE);
  narrator->has_said_hello = TRUE;
  add (narrator, pv_script_screen (narrator->content), TRUE);
  go_on (narrator);
}

/* A sentence that the voice has already is not taken back: it is set before there is one. */
void
pv_narrator_set_discreet (PvNarrator *narrator, gboolean is_discreet)
{
  narrator->is_discreet = is_discreet;
}

void
pv_narrator_headset (PvNarrator *narrator, gboolean is_plugged)
{
  if (narrator->is_plugged == is_plugged)
    return;
  narrator->is_plugged = is_plugged;
  stop (narrator); /* the sentence begins anew where it is heard */
  if (!is_plugged) {
    if (narrator->route == PV_ROUTE_HEADSET) {
      narrator->is_on = FALSE;
      set_route (narrator, PV_ROUTE_NONE);
    }
    return;
  }
  if (narrator->content != NULL)
    start_in_headset (narrator);
}

static void
remember (const PvScreenState **place, const PvScreenState *state)
{
  const PvScreenState *old = *place;

  *place = pv_screen_state_ref (state);
  pv_screen_state_free ((PvScreenState *) old);
}

static gboolean
is_sheet (const PvScreenState *state)
{
  return state->id == PV_SCREEN_LISTEN;
}

/* What waits to be gone on with is of the screen below. */
static void
show_sheet (PvNarrator *narrator, const PvScreenState *before, const PvScreenState *state)
{
  GPtrArray *script;

  if (before == NULL || !is_sheet (before)) {
    stop (narrator);
    script = pv_script_screen (state);
  } else {
    script = pv_script_changes (before, state, NULL);
  }
  add (narrator, script, FALSE);
}

static gboolean
has_error (const GPtrArray *script)
{
  return script->len > 0 && ((const PvUtterance *) script->pdata[0])->kind == PV_SAID_ERROR;
}

static void
show_changes (PvNarrator *narrator, const PvScreenState *before, const PvScreenState *state)
{
  GPtrArray *script = pv_script_changes (before, state, narrator->is_typing ? narrator->typed : NULL);

  if (has_error (script))
    stop (narrator);
  add (narrator, script, FALSE);
  if (state->n_jumps != before->n_jumps) /* the keys are elsewhere, and no key told so */
    add (narrator, pv_script_jump (state), FALSE);
}

static void
show_another (PvNarrator *narrator, const PvScreenState *state)
{
  stop (narrator);
  empty (&narrator->kept);
  narrator->is_paused = narrator->has_told_withheld = FALSE;
  forget_typed (narrator);
  add (narrator, pv_script_screen (state), TRUE);
}

void
pv_narrator_show (PvNarrator *narrator, const PvScreenState *state, const char *language)
{
  const PvScreenState *before = narrator->state, *content = narrator->content;
  gboolean is_new_language = !g_str_equal (narrator->language, language);

  if (before == state)
    return;
  if (before != NULL)
    pv_screen_state_ref (before);
  if (content != NULL)
    pv_screen_state_ref (content);
  if (is_new_language) {
    g_free (narrator->language);
    narrator->language = g_strdup (language);
  }
  remember (&narrator->state, state);
  if (!is_sheet (state) || content == NULL)
    remember (&narrator->content, state);
  if (!narrator->is_on) {
    if (pv_script_is_another (content, state) || is_new_language)
      empty (&narrator->kept);
    if (narrator->is_plugged && content == NULL) /* it was there before the screen was */
      start_in_headset (narrator);
  } else if (is_sheet (state) && content != NULL) {
    show_sheet (narrator, before, state);
  } else if (is_new_language || pv_script_is_another (content, state)) {
    show_another (narrator, state);
  } else if (before != NULL && is_sheet (before)) { /* back from the sheet: where it was stopped */
    stop (narrator);
    add (narrator, pv_script_changes (content, state, NULL), FALSE);
    if (!narrator->is_paused)
      resume (narrator);
  } else {
    show_changes (narrator, content, state);
  }
  narrator->is_typing = FALSE;
  narrator->has_news = TRUE;
  go_on (narrator);
  pv_screen_state_free ((PvScreenState *) before);
  pv_screen_state_free ((PvScreenState *) content);
}

void
pv_narrator_focus (PvNarrator *narrator, const PvFocus *focus)
{
  if (!narrator->is_on || narrator->state == NULL)
    return;
  if (!narrator->has_news) { /* else it was not a hand that moved the keys: what did is heard first */
    say_after_stop (narrator, pv_script_focus (narrator->state, focus));
    return;
  }
  add (narrator, pv_script_focus (narrator->state, focus), FALSE);
  go_on (narrator);
}

void
pv_narrator_place (PvNarrator *narrator, const PvFocus *focus)
{
  if (!narrator->is_on || narrator->state == NULL)
    return;
  add (narrator, pv_script_focus (narrator->state, focus), TRUE);
  go_on (narrator);
}

/* The part of a date has a name of its own behind the field's. */
static const PvField *
find_typed (const PvScreenState *state, const char *name, const char **ret_value)
{
  static const char *const parts[] = { "day", "month", "year" };
  const char *slash = strrchr (name, '/');
  const PvField *field = pv_screen_state_find_field (state, name);

  if (field != NULL) {
    *ret_value = field->value;
    return field;
  }
  for (guint i = 0; slash != NULL && i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *id = g_strndup (name, (gsize) (slash - name));

    if (!g_str_equal (slash + 1, parts[i]))
      continue;
    field = pv_screen_state_find_field (state, id);
    *ret_value = field != NULL ? field->parts[i] : NULL;
    return field;
  }
  return NULL;
}

void
pv_narrator_typed (PvNarrator *narrator, const char *name, const char *text)
{
  const char *value = NULL;
  const PvField *field = narrator->state != NULL ? find_typed (narrator->state, name, &value) : NULL;
  g_autoptr (PvSecretStr) before = NULL;

  if (field == NULL)
    return;
  before = narrator->is_typing && g_strcmp0 (narrator->typed, name) == 0 ? g_steal_pointer (&narrator->typed_text)
                                                                         : g_strdup (value != NULL ? value : "");
  forget_typed (narrator);
  narrator->typed = g_strdup (name);
  narrator->typed_text = g_strdup (text != NULL ? text : "");
  narrator->is_typing = narrator->has_news = TRUE;
  if (narrator->is_on)
    say_after_stop (narrator, pv_script_typed (field, before, narrator->typed_text, narrator->echo));
}

void
pv_narrator_interrupt (PvNarrator *narrator)
{
  narrator->was_cut = pv_narrator_is_speaking (narrator);
  narrator->has_news = FALSE;
  stop (narrator);
}

/* ---- what is asked for ---- */

static void
listen (PvNarrator *narrator)
{
  PvSpeechRoute route = best_route (narrator);

  if (route == PV_ROUTE_NONE)
    return;
  narrator->is_on = TRUE;
  narrator->has_failed = FALSE;
  set_route (narrator, route);
  read_content (narrator);
}

/* The touch on "pause" has stopped what was being said already. */
static void
pause_or_go_on (PvNarrator *narrator)
{
  gboolean was_speaking = narrator->was_cut || pv_narrator_is_speaking (narrator);

  narrator->was_cut = FALSE;
  if (was_speaking) {
    stop (narrator);
    narrator->is_paused = TRUE;
  } else if (g_queue_is_empty (&narrator->kept)) {
    read_content (narrator);
  } else {
    resume (narrator);
  }
}

/* Says the change, and goes on with what was being said. */
static void
tell (PvNarrator *narrator, GPtrArray *script)
{
  gboolean goes_on = narrator->was_cut || pv_narrator_is_speaking (narrator);

  stop (narrator);
  add (narrator, script, FALSE);
  if (goes_on && !narrator->is_paused)
    resume (narrator);
  go_on (narrator);
}

static void
change_volume (PvNarrator *narrator, int step)
{
  guint *volume = &narrator->volumes[narrator->route];

  *volume = (guint) CLAMP ((int) *volume + step, PV_SPEECH_SOFTEST, PV_SPEECH_LOUDEST);
  order (narrator, PV_SPEECH_VOLUME, *volume);
  tell (narrator, pv_script_volume (*volume));
}

static void
change_rate (PvNarrator *narrator, int step)
{
  narrator->rate = (guint) CLAMP ((int) narrator->rate + step, 0, (int) G_N_ELEMENTS (rates) - 1);
  tell (narrator, pv_script_rate (rates[narrator->rate]));
}

/* It falls as the sheet of the voice goes, which must not cut this off: it is one with the reading that goes on. */
static void
tell_curtained (PvNarrator *narrator)
{
  GPtrArray *script = pv_script_curtained ();

  stop (narrator);
  for (guint i = script->len; i > 0; i--) {
    Line *line = g_new0 (Line, 1);

    line->said = g_steal_pointer (&script->pdata[i - 1]);
    line->is_reading = TRUE;
    g_queue_push_head (&narrator->kept, line);
  }
  g_ptr_array_unref (script);
  resume (narrator);
}

static void
turn_off (PvNarrator *narrator)
{
  stop (narrator);
  empty (&narrator->kept);
  narrator->is_on = narrator->is_paused = FALSE;
  set_route (narrator, PV_ROUTE_NONE);
}

void
pv_narrator_do (PvNarrator *narrator, PvNarrate what)
{
  if (what == PV_NARRATE_LISTEN) {
    listen (narrator);
    return;
  }
  if (!narrator->is_on)
    return;
  switch (what) {
  case PV_NARRATE_PAUSE:
    pause_or_go_on (narrator);
    break;
  case PV_NARRATE_AGAIN:
    read_content (narrator);
    break;
  case PV_NARRATE_SLOWER:
  case PV_NARRATE_FASTER:
    change_rate (narrator, what == PV_NARRATE_FASTER ? 1 : -1);
    break;
  case PV_NARRATE_LOUDER:
  case PV_NARRATE_SOFTER:
    change_volume (narrator, what == PV_NARRATE_LOUDER ? PV_SPEECH_STEP : -PV_SPEECH_STEP);
    break;
  case PV_NARRATE_SPELL:
    narrator->has_told_withheld = FALSE;
    if (narrator->content != NULL)
      say_after_stop (narrator, pv_script_spelled (narrator->content));
    break;
  case PV_NARRATE_CURTAINED:
    tell_curtained (narrator);
    break;
  case PV_NARRATE_OFF:
    turn_off (narrator);
    break;
  case PV_NARRATE_LISTEN:
  case PV_N_NARRATES:
    break;
  }
}

void
pv_narrator_set_echo (PvNarrator *narrator, PvSpeechEcho echo)
{
  narrator->echo = echo;
}

/* ---- what the voice tells ---- */

void
pv_narrator_event (PvNarrator *narrator, const PvSpeechEvent *event)
{
  if (narrator->current == NULL || event->id != narrator->id)
    return; /* of a sentence that was stopped */
  if (event->kind == PV_SPEECH_ENDED) {
    g_clear_pointer (&narrator->current, line_free);
    go_on (narrator);
  } else if (event->kind == PV_SPEECH_FAILED) {
    turn_off (narrator);
    narrator->has_failed = TRUE;
  }
}

/* ---- what is to be known ---- */

gboolean
pv_narrator_is_speaking (const PvNarrator *narrator)
{
  return narrator->is_on && (narrator->current != NULL || !g_queue_is_empty ((GQueue *) &narrator->lines));
}

gboolean
pv_narrator_is_on (const PvNarrator *narrator)
{
  return narrator->is_on;
}

gboolean
pv_narrator_has_failed (const PvNarrator *narrator)
{
  return narrator->has_failed;
}

PvSpeechRoute
pv_narrator_get_route (const PvNarrator *narrator)
{
  return narrator->route;
}

guint
pv_narrator_get_volume (const PvNarrator *narrator)
{
  return narrator->volumes[narrator->route];
}

guint
pv_narrator_get_rate (const PvNarrator *narrator)
{
  return rates[narrator->rate];
}

const char *
pv_narrator_get_spoken_field (const PvNarrator *narrator)
{
  return narrator->current != NULL ? narrator->current->said->field_id : NULL;
}
