/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the service screen shows: in plain words, what is wrong and what to do. */

#include <glib/gi18n-lib.h>

#include "core/date.h"
#include "core/service-private.h"

enum {
  FINDING_LINES = 3, /* around the words of one: its name, and what parts it from the next */
  BAND_LINES = 4,    /* title and what stands above */
};

static PvScreenState *
new_screen (const PvService *service, const char *key, const char *title)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_SERVICE, key);

  state->commune = g_strdup (service->commune);
  state->place = g_strdup (service->place);
  state->title = g_strdup (title);
  return state;
}

static PvAction *
add_action (PvScreenState *state, PvActionRole role, PvIntentionKind intention, const char *label, const char *icon)
{
  PvAction *action = pv_screen_state_add_action (state, role, intention, label);

  action->icon = g_strdup (icon);
  return action;
}

static PvAction *
add_deed (PvScreenState *state, PvActionRole role, const char *deed, const char *label)
{
  PvAction *action = pv_screen_state_add_action (state, role, PV_DO_SERVICE, label);

  action->target = g_strdup (deed);
  return action;
}

static void
add_back (PvScreenState *state)
{
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_BACK, _ ("Back"));
}

static void
add_band (const PvService *service, PvScreenState *state)
{
  if (service->can_speak)
    add_action (state, PV_ROLE_HELP, PV_DO_LISTEN, _ ("Listen"), "speaker");
  if (service->look.is_low)
    add_action (state, PV_ROLE_HELP, PV_DO_RAISE, _ ("Higher"), "arrow-up-to-line");
  else
    add_action (state, PV_ROLE_HELP, PV_DO_LOWER, _ ("Lower"), "arrow-down-to-line");
  add_action (state, PV_ROLE_HELP, PV_DO_QUIT, _ ("Quit"), "exit");
}

static void
add_tile (PvField *tiles, const char *id, const char *label, const char *detail, const char *icon)
{
  PvChoice *choice = pv_field_add_choice (tiles, id, label);

  choice->detail = g_strdup (detail);
  choice->icon = g_strdup (icon);
  choice->intention = PV_DO_SERVICE;
}

/* The PIN ------------------------------------------------------------------------------------------------------------ */

/* (transfer full) (nullable) */
static char *
pin_error (const PvService *service)
{
  switch (service->verdict) {
  case PV_SERVICE_WRONG_PIN:
    return service->tries_left > 0
             ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "This PIN is wrong. You have %u more try.",
                                             "This PIN is wrong. You have %u more tries.", service->tries_left),
                                service->tries_left)
             : g_strdup (_ ("This PIN is wrong."));
  case PV_SERVICE_LOCKED: {
    g_autofree char *when = pv_moment_display_here (service->locked_us, service->now.zone, TRUE);

    /* Translators: %s is a date and a time. */
    return g_strdup_printf (_ ("Too many wrong PINs. You can try again on %s."), when);
  }
  case PV_SERVICE_KEY_REFUSED:
    return g_strdup (_ ("This key does not open the kiosk. Take it out and plug it in again, or ask for another key."));
  case PV_SERVICE_AWAY:
    return g_strdup (_ ("The kiosk does not answer. Try again."));
  case PV_SERVICE_OPEN:
    break;
  }
  return NULL;
}

static PvScreenState *
ask_pin (const PvService *service)
{
  PvScreenState *state = new_screen (service, "service-pin", _ ("Service of the kiosk"));
  PvField *field;

  if (service->is_trying) {
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "trying", _ ("One moment, please."));
    add_band (service, state);
    return state;
  }
  state->help = g_strdup (_ ("Type the eight digits of your key’s PIN."));
  field = pv_screen_state_add_field (state, PV_FIELD_CODE, "pin", NULL);
  g_free (field->spoken_label);
  field->spoken_label = g_strdup (_ ("PIN, eight digits"));
  field->value = g_strdup (service->pin);
  field->input = PV_INPUT_DIGITS;
  field->max_chars = PV_SERVICE_PIN_DIGITS;
  field->is_veiled = TRUE;
  field->is_focused = TRUE;
  field->is_personal = TRUE;
  field->assist = PV_ASSIST_HIDDEN;
  field->error = pin_error (service);
  state->enter = PV_DO_NEXT;
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, _ ("Continue"));
  add_band (service, state);
  return state;
}

/* Home --------------------------------------------------------------------------------------------------------------- */

static void
add_health (const PvService *service, PvScreenState *state)
{
  guint n_wrong = pv_service_count_wrong (service);

  if (service->findings == NULL && service->could_not_look)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle",
                                _ ("The kiosk could not look what is wrong with it."));
  else if (service->findings == NULL)
    pv_screen_state_add_notice (state, PV_TONE_INFO, "hourglass", _ ("The kiosk looks what is wrong with it…"));
  else if (n_wrong == 0)
    pv_screen_state_add_notice (state, PV_TONE_SUCCESS, "check-circle", _ ("Nothing wrong was found."));
  else {
    g_autofree char *text =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u thing needs care.", "%u things need care.", n_wrong), n_wrong);

    pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle", text);
  }
}

/* (transfer full) */
static char *
say_closed (const PvService *service)
{
  g_autofree char *when =
    service->closed_us != 0 ? pv_moment_display_here (service->closed_us, service->now.zone, TRUE) : NULL;

  /* Translators: %s is a date and a time. */
  return when != NULL ? g_strdup_printf (_ ("It is closed until %s."), when)
                      : g_strdup (_ ("It is closed until you open it."));
}

static void
add_close_tile (const PvService *service, PvField *tiles)
{
  g_autofree char *closed = service->is_closed ? say_closed (service) : NULL;

  if (closed != NULL)
    add_tile (tiles, "reopen", _ ("Open the kiosk"), closed, "clock");
  else
    add_tile (tiles, "close", _ ("Close the kiosk"), _ ("Until a time that you choose"), "clock");
}

static PvScreenState *
home (const PvService *service)
{
  PvScreenState *state = new_screen (service, "service-home", _ ("What needs to be done?"));
  PvField *tiles;

  if (service->n_waiting == 0)
    state->help = g_strdup (_ ("No request waits to be sent."));
  else if (service->n_waiting > 0)
    state->help = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d request waits to be sent.",
                                                "%d requests wait to be sent.", (gulong) service->n_waiting),
                                   service->n_waiting);
  state->is_help_vital = TRUE;
  add_health (service, state);
  if (service->close == PV_SERVICE_FAILED)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "clock", _ ("That could not be changed. Try again."));
  tiles = pv_screen_state_add_field (state, PV_FIELD_TILES, "deeds", NULL);
  add_tile (tiles, "findings", _ ("What is wrong"), _ ("And what to do"), "warning-triangle");
  if (service->has_printer)
    add_tile (tiles, "paper", _ ("Paper changed"), _ ("Looks at the printer again"), "printer");
  add_tile (tiles, "tests", _ ("Try it out"), _ ("Printer, touch, sound"), "check-circle");
  add_close_tile (service, tiles);
  add_tile (tiles, "save", _ ("File for support"), _ ("Onto this key"), "safe");
  add_tile (tiles, "restart", _ ("Restart"), _ ("The whole machine"), "turn");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_FINISH, _ ("I have finished"));
  add_band (service, state);
  return state;
}

/* Findings ------------------------------------------------------------------------------------------------------------ */

static guint
text_lines (const PvService *service, const char *text)
{
  guint width = MAX (service->capacity.chars_per_line, 10);

  return text != NULL ? 1 + (guint) g_utf8_strlen (text, -1) / width : 0;
}

static guint
finding_lines (const PvService *service, const PvServiceFinding *finding)
{
  return FINDING_LINES + text_lines (service, finding->sentence) + text_lines (service, finding->to_do);
}

/* Of everything only what there is to do; of one part all of it, so that it is seen that it is well. */
static gboolean
is_shown (const PvService *service, const PvServiceFinding *finding)
{
  return service->subject != PV_SERVICE_OF_ALL || finding->health != PV_SERVICE_WELL;
}

/* (transfer container): the worst first */
static GPtrArray *
list_shown (const PvService *service, const GPtrArray *findings)
{
  GPtrArray *shown = g_ptr_array_new ();

  for (int health = PV_SERVICE_WRONG; health >= PV_SERVICE_WELL; health--)
    for (guint i = 0; findings != NULL && i < findings->len; i++) {
      PvServiceFinding *finding = findings->pdata[i];

      if ((int) finding->health == health && is_shown (service, finding))
        g_ptr_array_add (shown, finding);
    }
  return shown;
}

/* Where pages begin; how many there are. */
static guint
paginate (const PvService *service, const GPtrArray *shown, guint *ret_first, guint *ret_end)
{
  guint budget = MAX (service->capacity.lines, BAND_LINES + 1) - BAND_LINES, used = 0, n_pages = 0;
  g_autofree guint *starts = g_new0 (guint, shown->len + 1);

  for (guint i = 0; i < shown->len; i++) {
    guint lines = finding_lines (service, shown->pdata[i]);

    if (n_pages == 0 || used + lines > budget) {
      starts[n_pages++] = i;
      used = 0;
    }
    used += lines;
  }
  *ret_first = n_pages > 0 ? starts[service->page % n_pages] : 0;
  *ret_end = n_pages > 0 && service->page % n_pages + 1 < n_pages ? starts[service->page % n_pages + 1] : shown->len;
  return n_pages;
}

static void
add_finding (PvScreenState *state, const PvServiceFinding *finding, guint number)
{
  g_autofree char *id = g_strdup_printf ("finding-%u", number);
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_TEXT, id, finding->title);

  field->value = finding->to_do != NULL ? g_strdup_printf ("%s\n%s", finding->sentence, finding->to_do)
                                        : g_strdup (finding->sentence);
}

static const char *
findings_title (const PvService *service)
{
  switch (service->subject) {
  case PV_SERVICE_OF_PRINTER:
    return _ ("What the printer says");
  case PV_SERVICE_OF_NETWORK:
    return _ ("Whom the kiosk reaches");
  case PV_SERVICE_OF_ALL:
    break;
  }
  return _ ("What is wrong, and what to do");
}

/* One leads on, one stands beside it. */
static void
add_ways_on (const PvService *service, PvScreenState *state, guint n_pages)
{
  gboolean has_pages = n_pages > 1, is_printer = service->subject == PV_SERVICE_OF_PRINTER;

  if (has_pages) {
    state->page_text = g_strdup_printf (_ ("Page %u of %u"), service->page % n_pages + 1, n_pages);
    pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT_PAGE, _ ("Next page"));
  }
  if (is_printer)
    pv_screen_state_add_action (state, has_pages ? PV_ROLE_SECONDARY : PV_ROLE_PRIMARY, PV_DO_PRINT,
                                _ ("Print a test page"));
  if (!is_printer || !has_pages)
    pv_screen_state_add_action (state, has_pages || is_printer ? PV_ROLE_SECONDARY : PV_ROLE_PRIMARY, PV_DO_NEXT,
                                _ ("Look again"));
}

static PvScreenState *
findings (const PvService *service)
{
  static const char *const keys[] = { "service-findings", "service-printer", "service-network" };
  PvScreenState *state = new_screen (service, keys[service->subject], findings_title (service));
  g_autoptr (GPtrArray) shown = list_shown (service, pv_service_get_findings (service));
  guint first, end, n_pages = paginate (service, shown, &first, &end);

  add_back (state);
  if (service->is_looking)
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "looking",
                               _ ("The kiosk looks. This takes up to 20 seconds."));
  else if (pv_service_get_findings (service) == NULL)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle",
                                _ ("The kiosk could not look what is wrong with it."));
  else if (shown->len == 0)
    pv_screen_state_add_notice (state, PV_TONE_SUCCESS, "check-circle", _ ("Nothing wrong was found."));
  for (guint i = first; i < end && !service->is_looking; i++)
    add_finding (state, shown->pdata[i], i);
  if (!service->is_looking)
    add_ways_on (service, state, n_pages);
  add_band (service, state);
  return state;
}

/* Tests --------------------------------------------------------------------------------------------------------------- */

static PvScreenState *
tests (const PvService *service)
{
  PvScreenState *state = new_screen (service, "service-tests", _ ("What would you like to try?"));
  PvField *tiles = pv_screen_state_add_field (state, PV_FIELD_TILES, "tests", NULL);

  add_back (state);
  if (service->has_printer)
    add_tile (tiles, "print", _ ("Printer"), _ ("Prints a test page"), "printer");
  add_tile (tiles, "touch", _ ("Touch"), _ ("Nine squares"), "hand");
  add_tile (tiles, "sound", _ ("Sound"), _ ("Says a sentence"), "speaker");
  if (service->has_reader)
    add_tile (tiles, "card", _ ("Card reader"), _ ("Nothing of the card is read"), "card");
  add_tile (tiles, "network", _ ("Network"), _ ("Portal and mediators"), "globe");
  add_band (service, state);
  return state;
}

static PvScreenState *
print (const PvService *service)
{
  PvScreenState *state = new_screen (service, "service-print", _ ("Test page"));

  if (service->print == PV_SERVICE_ASKED) {
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "printing",
                               service->print_state == PV_PRINT_PRINTING    ? _ ("The printer prints…")
                               : service->print_state == PV_PRINT_ATTENTION ? _ ("The printer waits for somebody.")
                                                                            : _ ("The page goes to the printer…"));
  } else if (service->print == PV_SERVICE_SUCCEEDED) {
    pv_screen_state_add_notice (state, PV_TONE_SUCCESS, "check-circle",
                                _ ("It is printed. Look whether both edges can be read."));
    pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_PRINT, _ ("Print again"));
  } else {
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "printer", _ ("It was not printed."));
    add_deed (state, PV_ROLE_PRIMARY, "printer", _ ("What the printer says"));
    pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_PRINT, _ ("Print again"));
  }
  add_back (state);
  add_band (service, state);
  return state;
}

static PvScreenState *
touch (const PvService *service)
{
  PvScreenState *state = new_screen (service, "service-touch", _ ("Touch each square"));
  PvField *targets = pv_screen_state_add_field (state, PV_FIELD_TIMES, "targets", NULL);
  guint n_left = 0;

  for (guint i = 0; i < PV_SERVICE_TARGETS; i++) {
    g_autofree char *number = g_strdup_printf ("%u", i + 1);
    PvChoice *choice = pv_field_add_choice (targets, number, number);

    choice->selected = (service->touched & 1U << i) != 0;
    n_left += !choice->selected;
  }
  if (n_left == 0)
    pv_screen_state_add_notice (state, PV_TONE_SUCCESS, "check-circle", _ ("All squares have answered."));
  else
    state->help = g_strdup (_ ("A square that does not answer shows where the screen is deaf."));
  add_back (state);
  add_band (service, state);
  return state;
}

static PvScreenState *
sound (const PvService *service)
{
  PvScreenState *state = new_screen (service, "service-sound", _ ("Do you hear this sentence?"));

  if (!service->can_speak)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "speaker", _ ("No voice works on this kiosk."));
  else if (service->is_silent)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "speaker",
                                _ ("Look at the plug and at the volume of the loudspeaker. Then touch “Listen”."));
  else
    state->help = g_strdup (_ ("To hear it again, touch “Listen”."));
  if (service->can_speak) {
    pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, _ ("I hear it"));
    add_deed (state, PV_ROLE_SECONDARY, "silent", _ ("I hear nothing"));
  }
  add_back (state);
  add_band (service, state);
  return state;
}

static PvScreenState *
card (const PvService *service)
{
  PvScreenState *state = new_screen (service, "service-card", _ ("Lay a card on the reader"));

  if (!service->has_card_state)
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "reader", _ ("One moment, please."));
  else if (service->card == PV_CARD_NO_READER || service->card == PV_CARD_BUSY)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "card", _ ("No reader answers. Look at its plug."));
  else if (service->card == PV_CARD_WAITING)
    pv_screen_state_add_notice (state, PV_TONE_INFO, "card", _ ("The reader works. It sees no card yet."));
  else
    pv_screen_state_add_notice (state, PV_TONE_SUCCESS, "check-circle", _ ("The reader sees the card."));
  state->help = g_strdup (_ ("Any card with a chip. Nothing of it is read."));
  add_back (state);
  add_band (service, state);
  return state;
}

/* Deeds --------------------------------------------------------------------------------------------------------------- */

static PvScreenState *
close_kiosk (const PvService *service)
{
  PvScreenState *state = new_screen (service, "service-close", _ ("Until when does the kiosk stay closed?"));
  PvField *tiles;
  gint64 times[PV_SERVICE_MAX_TIMES];
  guint n = pv_service_list_times (service, times);

  if (service->close == PV_SERVICE_ASKED)
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "closing", _ ("One moment, please."));
  else {
    tiles = pv_screen_state_add_field (state, PV_FIELD_TILES, "times", NULL);
    for (guint i = 0; i < n; i++) {
      g_autofree char *id = g_strdup_printf ("%u", i);
      g_autofree char *when = pv_moment_display_here (times[i], service->now.zone, TRUE);

      add_tile (tiles, id, when, NULL, NULL);
    }
    add_tile (tiles, "open", _ ("Until somebody opens it here"), NULL, NULL);
  }
  state->help = g_strdup (_ ("The screen says so. At that time it opens by itself."));
  add_back (state);
  add_band (service, state);
  return state;
}

static PvScreenState *
restart (const PvService *service)
{
  PvScreenState *state = new_screen (service, "service-restart", _ ("Restart the kiosk?"));

  if (service->restart == PV_SERVICE_ASKED) {
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "restarting", _ ("The kiosk restarts…"));
    return state;
  }
  state->help = g_strdup (_ ("It takes about two minutes. Requests that wait are kept."));
  if (service->restart == PV_SERVICE_FAILED)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "turn", _ ("The kiosk could not be restarted."));
  add_deed (state, PV_ROLE_DANGER, "confirm", _ ("Restart now"));
  add_back (state);
  add_band (service, state);
  return state;
}

static PvScreenState *
save (const PvService *service)
{
  PvScreenState *state = new_screen (service, "service-save", _ ("File for support"));

  if (service->save == PV_SERVICE_ASKED) {
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "saving",
                               _ ("The file is being written. Leave the key plugged in."));
    return state;
  }
  state->help = g_strdup (_ ("Settings, findings and logs. Nothing of a citizen."));
  if (service->save == PV_SERVICE_SUCCEEDED)
    pv_screen_state_add_notice (state, PV_TONE_SUCCESS, "check-circle", _ ("The file is on the key."));
  else if (service->save == PV_SERVICE_FAILED)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle",
                                _ ("The file could not be written. The key is too small, or is gone."));
  add_deed (state, PV_ROLE_PRIMARY, "confirm",
            service->save == PV_SERVICE_SUCCEEDED ? _ ("Write it again") : _ ("Write it onto this key"));
  add_back (state);
  add_band (service, state);
  return state;
}

static PvScreenState *
over (const PvService *service)
{
  PvScreenState *state = new_screen (service, "service-over", _ ("The service screen closes"));
  PvNotice *notice = pv_screen_state_add_notice (state, PV_TONE_INFO, "hand", NULL);

  notice->strong = g_strdup (_ ("Take your key with you."));
  return state;
}

static PvScreenState *
still_there (const PvService *service)
{
  PvScreenState *state = new_screen (service, "service-still-there", _ ("Are you still there?"));

  state->is_overlay = TRUE;
  state->help = g_strdup (_ ("Without an answer, this screen closes in one minute."));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_STILL_HERE, _ ("I am still here"));
  return state;
}

PvScreenState *
pv_service_make_state (PvService *service)
{
  static PvScreenState *(*const makers[]) (const PvService *service) = {
    [PV_SERVICE_AT_PIN] = ask_pin,     [PV_SERVICE_AT_HOME] = home,   [PV_SERVICE_AT_FINDINGS] = findings,
    [PV_SERVICE_AT_TESTS] = tests,     [PV_SERVICE_AT_PRINT] = print, [PV_SERVICE_AT_TOUCH] = touch,
    [PV_SERVICE_AT_SOUND] = sound,     [PV_SERVICE_AT_CARD] = card,   [PV_SERVICE_AT_CLOSE] = close_kiosk,
    [PV_SERVICE_AT_RESTART] = restart, [PV_SERVICE_AT_SAVE] = save,   [PV_SERVICE_AT_END] = over,
  };
  PvScreenState *state = service->is_asking ? still_there (service) : makers[service->stage](service);

  pv_screen_state_sort_actions (state);
  return state;
}
