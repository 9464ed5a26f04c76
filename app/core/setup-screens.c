/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the first-start assistant shows: one question, in plain words, and the one thing that leads on. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/setup-private.h"

enum { TENTHS_OF_INCH_MM = 254 };

static PvScreenState *
new_screen (const PvSetup *setup, const char *title)
{
  const PvSetupPageRow *row = pv_setup_page_row (setup->page);
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_SERVICE, row->key);

  state->commune =
    g_strdup (setup->page > PV_SETUP_AT_DONE ? _ ("Installation of the kiosk") : _ ("First start of the kiosk"));
  state->title = g_strdup (title);
  if (row->step > 0) {
    /* Translators: the numbers of a step, and of all steps. */
    state->step_text = g_strdup_printf (_ ("Step %u of %u"), row->step, PV_SETUP_STEPS);
    state->progress = (double) (row->step - 1) / PV_SETUP_STEPS;
  }
  return state;
}

static PvAction *
add_deed (PvScreenState *state, PvActionRole role, const char *deed, const char *label)
{
  PvAction *action = pv_screen_state_add_action (state, role, PV_DO_SERVICE, label);

  action->target = g_strdup (deed);
  return action;
}

static void
add_next (PvScreenState *state, const char *label)
{
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, label);
}

static void
add_help (PvScreenState *state, PvIntentionKind intention, const char *label, const char *icon)
{
  pv_screen_state_add_action (state, PV_ROLE_HELP, intention, label)->icon = g_strdup (icon);
}

static void
add_bands (const PvSetup *setup, PvScreenState *state)
{
  if (setup->page != PV_SETUP_AT_WELCOME && setup->page != PV_SETUP_AT_DONE && setup->page != PV_SETUP_AT_DISK
      && setup->page != PV_SETUP_AT_UNPLUG
      && !(setup->is_asking && (setup->asked == PV_SETUP_FINISH || setup->asked == PV_SETUP_WRITE_DISK)))
    pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_BACK, _ ("Back"));
  if (setup->can_speak)
    add_help (state, PV_DO_LISTEN, _ ("Listen"), "speaker");
  if (setup->look.is_low)
    add_help (state, PV_DO_RAISE, _ ("Higher"), "arrow-up-to-line");
  else
    add_help (state, PV_DO_LOWER, _ ("Lower"), "arrow-down-to-line");
}

static PvChoice *
add_tile (PvField *tiles, const char *id, const char *label, const char *detail, const char *icon)
{
  PvChoice *choice = pv_field_add_choice (tiles, id, label);

  choice->detail = g_strdup (detail);
  choice->icon = g_strdup (icon);
  choice->intention = PV_DO_SERVICE;
  return choice;
}

static void
add_reason (const PvSetup *setup, PvScreenState *state)
{
  if (setup->reason != PV_SETUP_BECAUSE_NOTHING && !setup->is_asking)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle", pv_setup_say_reason (setup->reason));
}

/* Welcome ------------------------------------------------------------------------------------------------------------ */

static PvScreenState *
welcome (const PvSetup *setup)
{
  PvScreenState *state = new_screen (setup, _ ("This kiosk is new"));

  if (setup->is_asking) {
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "resuming", _ ("One moment, please."));
    return state;
  }
  state->help = g_strdup (_ ("You set it up here, in nine steps. It takes about a quarter of an hour."));
  add_reason (setup, state);
  if (setup->resume != PV_SETUP_AT_WELCOME)
    pv_screen_state_add_notice (state, PV_TONE_INFO, "info", _ ("What was done before is kept."));
  add_deed (state, PV_ROLE_OPTION, "language", strcmp (setup->look.language, "en") == 0 ? "Français" : "English");
  add_next (state, setup->resume != PV_SETUP_AT_WELCOME ? _ ("Go on") : _ ("Begin"));
  return state;
}

/* Choices and inputs -------------------------------------------------------------------------------------------------- */

static PvScreenState *
network (const PvSetup *setup)
{
  PvScreenState *state = new_screen (setup, _ ("How does the kiosk get its network address?"));
  PvField *tiles = pv_screen_state_add_field (state, PV_FIELD_TILES, "network", NULL);

  state->help = g_strdup (_ ("Plug in the cable first. If you do not know: by itself."));
  add_tile (tiles, "automatic", _ ("By itself"), _ ("The usual way (DHCP)"), "check-circle");
  add_tile (tiles, "fixed", _ ("A fixed address"), _ ("Your network’s manager gave you one"), "pencil");
  return state;
}

static PvScreenState *
way (const PvSetup *setup)
{
  PvScreenState *state = new_screen (setup, _ ("How does the kiosk reach the portal?"));
  PvField *tiles = pv_screen_state_add_field (state, PV_FIELD_TILES, "way", NULL);

  add_tile (tiles, "portal", _ ("Directly"), _ ("With the portal’s address and a key"), "globe");
  add_tile (tiles, "relay", _ ("With an enrolment code"), _ ("Your platform gave you one"), "letter-size");
  return state;
}

static PvScreenState *
paper (const PvSetup *setup)
{
  PvScreenState *state = new_screen (setup, _ ("Which paper is in the printer?"));
  PvField *tiles = pv_screen_state_add_field (state, PV_FIELD_TILES, "paper", NULL);

  add_tile (tiles, "roll-80mm", _ ("Roll, 80 mm"), _ ("As at a till"), "receipt");
  add_tile (tiles, "roll-58mm", _ ("Roll, 58 mm"), _ ("The narrow one"), "receipt");
  add_tile (tiles, "a4", _ ("Sheets, A4"), NULL, "printer");
  return state;
}

/* (transfer full) */
static char *
say_error (const PvSetup *setup, const PvSetupWords *words)
{
  int low = (setup->lowest_mm + 9) / 10, high = setup->highest_mm / 10;

  if (setup->reach == PV_REACH_FINE)
    return g_strdup (_ (words->error));
  if (high <= 0)
    return g_strdup (_ ("Nobody in a wheelchair reaches this screen."));
  if (setup->reach == PV_REACH_TOO_LOW)
    return g_strdup_printf (_ ("That is too low for a wheelchair. From %d to %d cm would do."), low, high);
  return g_strdup_printf (_ ("That is too high for a wheelchair. From %d to %d cm would do."), low, high);
}

static PvScreenState *
input (const PvSetup *setup)
{
  const PvSetupPageRow *row = pv_setup_page_row (setup->page);
  const PvSetupWords *words = pv_setup_page_words (setup->page);
  PvScreenState *state = new_screen (setup, _ (words->title));
  PvField *field;

  if (setup->is_asking) {
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "saying", _ ("One moment, please."));
    return state;
  }
  state->help = g_strdup (_ (words->help));
  add_reason (setup, state);
  field = pv_screen_state_add_field (state, PV_FIELD_INPUT, pv_setup_answer_name (row->answer), NULL);
  g_free (field->spoken_label);
  field->spoken_label = g_strdup (_ (words->title));
  field->value = g_strdup (setup->typed[row->answer]);
  field->input = words->input;
  field->max_chars = words->max_chars;
  field->is_focused = TRUE;
  field->is_personal = pv_setup_answer_is_secret (row->answer);
  field->assist = PV_ASSIST_HIDDEN;
  if (setup->is_wrong)
    field->error = say_error (setup, words);
  state->enter = PV_DO_NEXT;
  add_next (state, _ ("Continue"));
  return state;
}

/* Proofs ---------------------------------------------------------------------------------------------------------------- */

/* (transfer full) */
static char *
say_proof (const PvSetup *setup)
{
  guint n = setup->detail != NULL ? (guint) g_ascii_strtoull (setup->detail, NULL, 10) : 0;

  if (setup->page == PV_SETUP_AT_TRY_NETWORK)
    /* Translators: %s is an address of the network. */
    return g_strdup_printf (_ ("The network works. The kiosk has the address %s."),
                            setup->detail != NULL ? setup->detail : "");
  if (setup->page == PV_SETUP_AT_TRY_PORTAL || setup->page == PV_SETUP_AT_TRY_RELAY)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The portal answers. It offers %u procedure.",
                                         "The portal answers. It offers %u procedures.", n),
                            n);
  return g_strdup (_ ("The printer says that the page came out."));
}

static gboolean
is_paper (const PvSetup *setup)
{
  return setup->page == PV_SETUP_AT_PAGE || setup->page == PV_SETUP_AT_RECEIPT;
}

static void
add_proved (const PvSetup *setup, PvScreenState *state)
{
  g_autofree char *text = say_proof (setup);

  pv_screen_state_add_notice (state, PV_TONE_SUCCESS, "check-circle", text);
  if (!is_paper (setup)) {
    add_next (state, _ ("Continue"));
    return;
  }
  state->help = g_strdup (_ ("Look at the paper. Can both edges be read?"));
  add_next (state, _ ("Yes, the page came out"));
  add_deed (state, PV_ROLE_SECONDARY, "no-paper", _ ("No"));
}

static void
add_percent (const PvSetup *setup, PvScreenState *state)
{
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "writing", pv_setup_page_wait (setup->page));

  field->has_percent = TRUE;
  field->percent = setup->percent;
}

static PvScreenState *
proof (const PvSetup *setup)
{
  PvScreenState *state = new_screen (setup, pv_setup_page_title (setup->page));

  if (setup->is_asking && setup->page == PV_SETUP_AT_WRITE)
    add_percent (setup, state);
  else if (setup->is_asking)
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "trying",
                               setup->asked == PV_SETUP_SAY_PRINTER ? _ ("One moment, please.")
                                                                    : pv_setup_page_wait (setup->page));
  else if (setup->is_proved)
    add_proved (setup, state);
  else {
    add_reason (setup, state);
    add_next (state, _ ("Try again"));
  }
  return state;
}

/* Printer ------------------------------------------------------------------------------------------------------------- */

static PvScreenState *
printer (const PvSetup *setup)
{
  PvScreenState *state = new_screen (setup, _ ("Which printer does the kiosk use?"));
  PvField *tiles;

  if (setup->is_asking && setup->asked == PV_SETUP_SAY_PRINTER) {
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "saying", _ ("One moment, please."));
    return state;
  }
  if (setup->is_asking)
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "looking", _ ("The kiosk looks for printers…"));
  else if (setup->printers == NULL || setup->printers->len == 0)
    state->help = g_strdup (_ ("None was found. Is it switched on and connected?"));
  tiles = pv_screen_state_add_field (state, PV_FIELD_TILES, "printer", NULL);
  for (guint i = 0; !setup->is_asking && setup->printers != NULL && i < setup->printers->len; i++) {
    const char *text = setup->printers->pdata[i], *bar = strchr (text, '|');
    g_autofree char *target = g_strndup (text, (gsize) (bar - text));

    add_tile (tiles, target, bar + 1, NULL, "printer");
  }
  add_tile (tiles, "uri", _ ("Another one"), _ ("You know its address"), "pencil");
  add_tile (tiles, "none", _ ("No printer"), _ ("Receipts go to the phone"), "phone");
  if (!setup->is_asking)
    add_deed (state, PV_ROLE_SECONDARY, "look", _ ("Look again"));
  return state;
}

/* Screen and senses ------------------------------------------------------------------------------------------------------ */

static PvScreenState *
size (const PvSetup *setup)
{
  PvScreenState *state = new_screen (setup, _ ("Lay a bank card on the picture"));
  int mm = pv_setup_measure_mm (setup);
  g_autofree char *text = g_strdup_printf (_ ("Screen of %d cm (%d inches)"), (mm + 5) / 10,
                                           (mm * 10 + TENTHS_OF_INCH_MM / 2) / TENTHS_OF_INCH_MM);
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_CARD, "card", text), *steps;

  state->help = g_strdup (_ ("Change the picture until the card covers it exactly."));
  field->width_px = setup->card_px;
  steps = pv_screen_state_add_field (state, PV_FIELD_TIMES, "size", NULL);
  pv_field_add_choice (steps, "smaller", _ ("Smaller"));
  pv_field_add_choice (steps, "larger", _ ("Larger"));
  add_next (state, _ ("The card covers it"));
  return state;
}

static PvScreenState *
touch (const PvSetup *setup)
{
  PvScreenState *state = new_screen (setup, _ ("Touch each square"));
  PvField *targets = pv_screen_state_add_field (state, PV_FIELD_TIMES, "targets", NULL);
  guint n_left = 0;

  for (guint i = 0; i < PV_SETUP_TARGETS; i++) {
    g_autofree char *number = g_strdup_printf ("%u", i + 1);
    PvChoice *choice = pv_field_add_choice (targets, number, number);

    choice->selected = (setup->touched & 1U << i) != 0;
    n_left += !choice->selected;
  }
  if (n_left == 0) {
    pv_screen_state_add_notice (state, PV_TONE_SUCCESS, "check-circle", _ ("All squares have answered."));
    add_next (state, _ ("Continue"));
  } else {
    state->help = g_strdup (_ ("A square that does not answer shows where the screen is deaf."));
  }
  return state;
}

static PvScreenState *
sound (const PvSetup *setup)
{
  PvScreenState *state = new_screen (setup, _ ("Do you hear this sentence?"));

  if (setup->is_asking) {
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "saying", _ ("One moment, please."));
    return state;
  }
  add_reason (setup, state);
  if (!setup->can_speak)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "speaker", _ ("No voice works on this kiosk."));
  else if (setup->is_silent)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "speaker",
                                _ ("Look at the plug and at the volume of the loudspeaker. Then touch “Listen”."));
  else
    state->help = g_strdup (_ ("To hear it again, touch “Listen”."));
  if (!setup->can_speak || setup->is_silent)
    add_deed (state, PV_ROLE_OPTION, "without", _ ("Go on without sound"));
  if (setup->can_speak) {
    add_next (state, _ ("I hear it"));
    add_deed (state, PV_ROLE_SECONDARY, "silent", _ ("I hear nothing"));
  }
  return state;
}

static PvScreenState *
reader (const PvSetup *setup)
{
  PvScreenState *state = new_screen (setup, _ ("Lay a card on the reader"));

  if (setup->is_asking) {
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "saying", _ ("One moment, please."));
    return state;
  }
  add_reason (setup, state);
  if (!setup->has_card_state)
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "reader", _ ("One moment, please."));
  else if (setup->card == PV_CARD_NO_READER || setup->card == PV_CARD_BUSY)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "card", _ ("No reader answers. Look at its plug."));
  else if (setup->card == PV_CARD_WAITING)
    pv_screen_state_add_notice (state, PV_TONE_INFO, "card", _ ("The reader works. It sees no card yet."));
  else {
    pv_screen_state_add_notice (state, PV_TONE_SUCCESS, "check-circle", _ ("The reader sees the card."));
    add_next (state, _ ("Continue"));
  }
  state->help = g_strdup (_ ("Any card with a chip. Nothing of it is read."));
  add_deed (state, PV_ROLE_OPTION, "without", _ ("Go on without a reader"));
  return state;
}

/* The end -------------------------------------------------------------------------------------------------------------- */

static void
add_row (PvField *summary, const char *label, const char *value)
{
  if (value != NULL && *value != '\0')
    pv_field_add_row (summary, label, value);
}

static const char *
say_printer (const PvSetup *setup)
{
  const char *target = pv_setup_answers_get (&setup->answers, PV_SETUP_TARGET);

  return target != NULL ? target : _ ("No printer");
}

static const char *
say_yes (const PvSetup *setup, PvSetupAnswer answer)
{
  return pv_setup_answers_is (&setup->answers, answer, "yes") ? _ ("Yes") : _ ("None");
}

static PvScreenState *
check (const PvSetup *setup)
{
  PvScreenState *state = new_screen (setup, _ ("Everything is ready"));
  const PvSetupAnswers *answers = &setup->answers;
  g_autofree char *height = NULL, *diagonal = NULL;
  PvField *summary;

  if (setup->is_asking) {
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "finishing",
                               _ ("The kiosk keeps its settings and begins to serve."));
    return state;
  }
  add_reason (setup, state);
  summary = pv_screen_state_add_field (state, PV_FIELD_SUMMARY, "answers", NULL);
  height = g_strdup_printf (
    "%ld cm", strtol (answers->texts[PV_SETUP_HEIGHT] != NULL ? answers->texts[PV_SETUP_HEIGHT] : "0", NULL, 10) / 10);
  diagonal = g_strdup_printf (
    "%ld cm",
    strtol (answers->texts[PV_SETUP_DIAGONAL] != NULL ? answers->texts[PV_SETUP_DIAGONAL] : "0", NULL, 10) / 10);
  add_row (summary, _ ("Commune"), answers->texts[PV_SETUP_COMMUNE]);
  add_row (summary, _ ("Portal"),
           answers->texts[PV_SETUP_WAY] != NULL && pv_setup_answers_is (answers, PV_SETUP_WAY, "portal")
             ? answers->texts[PV_SETUP_URL]
             : answers->texts[PV_SETUP_SERVER]);
  add_row (summary, _ ("Printer"), say_printer (setup));
  add_row (summary, _ ("Screen"), diagonal);
  add_row (summary, _ ("Lower edge"), height);
  add_row (summary, _ ("Sound"), say_yes (setup, PV_SETUP_SOUND));
  add_row (summary, _ ("Card reader"), say_yes (setup, PV_SETUP_READER));
  pv_field_open_rows (summary);
  add_next (state, _ ("Open the kiosk"));
  return state;
}

static PvScreenState *
done (const PvSetup *setup)
{
  PvScreenState *state = new_screen (setup, _ ("The kiosk is set up"));

  pv_screen_state_add_notice (state, PV_TONE_SUCCESS, "check-circle", _ ("The welcome screen comes by itself."));
  return state;
}

/* Installation ---------------------------------------------------------------------------------------------------------- */

/* "Samsung SSD, 256 GB" (transfer full) */
static char *
say_disk (char **disk)
{
  guint64 gigabytes = g_ascii_strtoull (disk[1], NULL, 10) / G_GUINT64_CONSTANT (1000000000);

  /* Translators: a disk: what it is called, and how large it is. */
  return g_strdup_printf (_ ("%s, %u GB"), *disk[2] != '\0' ? disk[2] : disk[0], (guint) MIN (gigabytes, G_MAXUINT));
}

static PvScreenState *
disk (const PvSetup *setup)
{
  PvScreenState *state = new_screen (setup, _ ("On which disk is the kiosk installed?"));
  PvField *tiles;

  if (setup->is_asking) {
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "looking", _ ("One moment, please."));
    return state;
  }
  add_reason (setup, state);
  if (setup->disks == NULL || setup->disks->len == 0)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle", _ ("This machine has no disk for it."));
  tiles = pv_screen_state_add_field (state, PV_FIELD_TILES, "disk", NULL);
  for (guint i = 0; setup->disks != NULL && i < setup->disks->len; i++) {
    g_auto (GStrv) words = g_strsplit (setup->disks->pdata[i], "|", 4);
    g_autofree char *title = say_disk (words);

    add_tile (tiles, words[0], title, strcmp (words[3], "empty") == 0 ? _ ("Empty") : _ ("Something is on it"), "safe");
  }
  add_deed (state, PV_ROLE_SECONDARY, "look", _ ("Look again"));
  return state;
}

static PvScreenState *
erase (const PvSetup *setup)
{
  PvScreenState *state = new_screen (setup, _ ("Everything on this disk will be erased"));
  g_auto (GStrv) chosen = pv_setup_chosen_disk (setup);
  g_autofree char *title = chosen != NULL ? say_disk (chosen) : NULL;

  pv_screen_state_add_notice (state, PV_TONE_DANGER, "warning-triangle", title);
  state->help = g_strdup (_ ("Nobody can bring it back afterwards."));
  add_deed (state, PV_ROLE_DANGER, "erase", _ ("Erase this disk"));
  return state;
}

static PvScreenState *
sure (const PvSetup *setup)
{
  PvScreenState *state = new_screen (setup, _ ("Are you sure?"));
  g_auto (GStrv) chosen = pv_setup_chosen_disk (setup);
  g_autofree char *title = chosen != NULL ? say_disk (chosen) : NULL;

  pv_screen_state_add_notice (state, PV_TONE_DANGER, "warning-triangle", title);
  add_deed (state, PV_ROLE_SECONDARY, "really-erase", _ ("Yes, erase and install"));
  return state;
}

static PvScreenState *
unplug (const PvSetup *setup)
{
  PvScreenState *state = new_screen (setup, _ ("The kiosk is installed"));

  if (setup->is_asking || setup->is_proved) {
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "restarting", _ ("The kiosk restarts…"));
    return state;
  }
  add_reason (setup, state);
  pv_screen_state_add_notice (state, PV_TONE_SUCCESS, "check-circle", _ ("Take the stick out, then touch “Restart”."));
  add_next (state, _ ("Restart"));
  return state;
}

PvScreenState *
pv_setup_make_state (PvSetup *setup)
{
  static PvScreenState *(*const makers[PV_N_SETUP_PAGES]) (const PvSetup *setup) = {
    [PV_SETUP_AT_WELCOME] = welcome, [PV_SETUP_AT_NETWORK] = network, [PV_SETUP_AT_WAY] = way,
    [PV_SETUP_AT_PRINTER] = printer, [PV_SETUP_AT_PAPER] = paper,     [PV_SETUP_AT_SIZE] = size,
    [PV_SETUP_AT_TOUCH] = touch,     [PV_SETUP_AT_SOUND] = sound,     [PV_SETUP_AT_READER] = reader,
    [PV_SETUP_AT_CHECK] = check,     [PV_SETUP_AT_DONE] = done,       [PV_SETUP_AT_DISK] = disk,
    [PV_SETUP_AT_ERASE] = erase,     [PV_SETUP_AT_SURE] = sure,       [PV_SETUP_AT_UNPLUG] = unplug,
  };
  PvSetupPageKind kind = pv_setup_page_row (setup->page)->kind;
  PvScreenState *state;

  if (makers[setup->page] != NULL)
    state = makers[setup->page](setup);
  else
    state = kind == PV_SETUP_PAGE_PROOF ? proof (setup) : input (setup);
  add_bands (setup, state);
  pv_screen_state_sort_actions (state);
  return state;
}
