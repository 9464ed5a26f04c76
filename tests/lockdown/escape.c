/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* escape KIND COMPOSITOR WIDTH HEIGHT WHAT...: tries to get out of what the compositor shows.
 *
 *   KIND  locked: a kiosk; nothing may have an effect
 *         open: a window of open-window; what can be tried with a pointer and keys must have one there
 *   WHAT  welcome: what needs no text; before a screen that is left by a touch anywhere nothing is touched
 *         text: the same and more, in the entry that is on the screen
 *         again: what a citizen before could have left for the entry on the screen
 *         shortcuts: every key, with every set of modifiers that has Ctrl, Alt or Super: nothing may happen
 *         keys: every key alone and with Shift: whatever they do, nobody is out
 *
 * "escape display" only says by its exit status whether there is a display.
 *
 * One line for each thing that was tried, as TAP without numbers. Exit status: how many were not as they should be. */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "facts.h"

enum {
  SETTLE_MS = 350, /* until what was tried may be seen; the picture is waited for beyond that */
  LONG_PRESS_MS = 1500,
  ERASED = 24, /* more letters than anything here types */
  START_LIMIT_MS = 60000,
  KEYS_PAUSE_MS = 4,
};

typedef struct Try {
  Grip *grip;
  GPid compositor;
  gboolean is_open;
  const char *program;
  int x, y, width, height; /* of the entry, or of the middle of the screen */
  Facts *before;
  guint n_wrong;
} Try;

static void
settle (void)
{
  g_usleep (SETTLE_MS * 1000);
}

/* What comes now is measured against what there is now. */
static void
begin (Try *try)
{
  settle ();
  facts_free (try->before);
  try->before = facts_take (try->grip, try->compositor);
}

static void
erase (Try *try)
{
  grip_press_named (try->grip, "End", GRIP_PLAIN);
  for (guint i = 0; i < ERASED; i++)
    grip_press_named (try->grip, "BackSpace", GRIP_PLAIN);
}

static int
middle_y (const Try *try)
{
  /* The first line of a tall one. */
  return try->y + MIN (try->height / 2, 40);
}

/* ---- what is tried; each begins() once what it needs is there */

#define CHORD(function, key, modifiers)                                                                                \
  static void function (Try *try)                                                                                      \
  {                                                                                                                    \
    begin (try);                                                                                                       \
    grip_press_named (try->grip, key, modifiers);                                                                      \
  }

CHORD (inspector_i, "i", GRIP_CTRL | GRIP_SHIFT)
CHORD (inspector_d, "d", GRIP_CTRL | GRIP_SHIFT)
CHORD (emoji_period, "period", GRIP_CTRL)
CHORD (emoji_semicolon, "semicolon", GRIP_CTRL)
CHORD (menu_key, "Menu", GRIP_PLAIN)
CHORD (menu_f10, "F10", GRIP_SHIFT)
CHORD (alt_f4, "F4", GRIP_ALT)
CHORD (alt_tab, "Tab", GRIP_ALT)
CHORD (alt_escape, "Escape", GRIP_ALT)
CHORD (alt_space, "space", GRIP_ALT)
CHORD (alt_f2, "F2", GRIP_ALT)
CHORD (ctrl_q, "q", GRIP_CTRL)
CHORD (ctrl_w, "w", GRIP_CTRL)
CHORD (ctrl_alt_delete, "Delete", GRIP_CTRL | GRIP_ALT)
CHORD (ctrl_alt_backspace, "BackSpace", GRIP_CTRL | GRIP_ALT)
CHORD (ctrl_alt_f2, "F2", GRIP_CTRL | GRIP_ALT)
CHORD (alt_sysrq, "Print", GRIP_ALT)
CHORD (print_key, "Print", GRIP_PLAIN)
CHORD (super_key, "Super_L", GRIP_PLAIN)
CHORD (super_d, "d", GRIP_SUPER)
CHORD (f1, "F1", GRIP_PLAIN)
CHORD (f10, "F10", GRIP_PLAIN)
CHORD (f11, "F11", GRIP_PLAIN)
CHORD (f12, "F12", GRIP_PLAIN)

static void
unicode_entry (Try *try)
{
  erase (try);
  grip_type (try->grip, "20ac");
  grip_press_named (try->grip, "space", GRIP_PLAIN);
  begin (try);
  erase (try);
  grip_press_named (try->grip, "u", GRIP_CTRL | GRIP_SHIFT);
  grip_type (try->grip, "20ac");
  grip_press_named (try->grip, "space", GRIP_PLAIN);
}

static void
menu_right (Try *try)
{
  begin (try);
  grip_click (try->grip, 3, try->x + try->width / 2, middle_y (try), 0);
}

static void
menu_long_press (Try *try)
{
  begin (try);
  grip_click (try->grip, 1, try->x + try->width / 2, middle_y (try), LONG_PRESS_MS);
}

static void
copy_and_paste (Try *try)
{
  erase (try);
  grip_type (try->grip, "abc");
  begin (try);
  grip_press_named (try->grip, "a", GRIP_CTRL);
  grip_press_named (try->grip, "c", GRIP_CTRL);
  settle ();
  grip_press_named (try->grip, "v", GRIP_CTRL);
  settle ();
  grip_press_named (try->grip, "v", GRIP_CTRL);
}

static void
copy_by_insert (Try *try)
{
  erase (try);
  grip_type (try->grip, "abc");
  begin (try);
  grip_press_named (try->grip, "a", GRIP_CTRL);
  grip_press_named (try->grip, "Insert", GRIP_CTRL);
  settle ();
  grip_press_named (try->grip, "Insert", GRIP_SHIFT);
  settle ();
  grip_press_named (try->grip, "Insert", GRIP_SHIFT);
}

/* Selecting shows itself, too. */
static void
select_word (Try *try)
{
  erase (try);
  grip_type (try->grip, "abcdefgh");
  begin (try);
  grip_double_click (try->grip, try->x + 40, middle_y (try));
}

static void
paste_selected (Try *try)
{
  select_word (try);
  grip_click (try->grip, 2, try->x + try->width / 2, middle_y (try), 0);
}

static void
drag_word (Try *try)
{
  select_word (try);
  settle ();
  grip_drag (try->grip, try->x + 40, middle_y (try), try->x + try->width / 2, middle_y (try));
}

static void
undo (Try *try)
{
  erase (try);
  grip_type (try->grip, "abc");
  erase (try);
  begin (try);
  grip_press_named (try->grip, "z", GRIP_CTRL);
}

static void
paste (Try *try)
{
  begin (try);
  grip_press_named (try->grip, "v", GRIP_CTRL);
  grip_press_named (try->grip, "Insert", GRIP_SHIFT);
  grip_press_named (try->grip, "z", GRIP_CTRL);
  grip_press_named (try->grip, "z", GRIP_CTRL | GRIP_SHIFT);
  grip_click (try->grip, 2, try->x + try->width / 2, middle_y (try), 0);
}

/* Of whatever is on the screen: a citizen's screen has none. */
static void
links (Try *try)
{
  g_autoptr (GPtrArray) things = tour_look (try->program);

  begin (try);
  for (guint i = 0; i < things->len; i++) {
    const TourThing *thing = things->pdata[i];

    if (thing->role == ATSPI_ROLE_LINK)
      grip_click (try->grip, 1, thing->x + thing->width / 2, thing->y + thing->height / 2, 0);
  }
}

typedef enum { ON_WELCOME = 1 << 0, ON_TEXT = 1 << 1, ON_AGAIN = 1 << 2 } Where;

static const struct {
  const char *name;
  void (*attempt) (Try *try);
  Where where;
  gboolean is_seen_when_open; /* else it takes a finger, another compositor, or a citizen before */
} rows[] = {
  { "inspector-i", inspector_i, ON_WELCOME | ON_TEXT, TRUE },
  { "inspector-d", inspector_d, ON_WELCOME | ON_TEXT, TRUE },
  { "unicode-entry", unicode_entry, ON_TEXT, TRUE },
  { "emoji-period", emoji_period, ON_WELCOME | ON_TEXT, TRUE },
  { "emoji-semicolon", emoji_semicolon, ON_WELCOME | ON_TEXT, TRUE },
  { "menu-right-button", menu_right, ON_TEXT, TRUE },
  { "menu-key", menu_key, ON_WELCOME | ON_TEXT, TRUE },
  { "menu-shift-f10", menu_f10, ON_WELCOME | ON_TEXT, TRUE },
  { "menu-long-press", menu_long_press, ON_TEXT, FALSE },
  { "copy-and-paste", copy_and_paste, ON_TEXT, TRUE },
  { "copy-by-insert", copy_by_insert, ON_TEXT, TRUE },
  { "paste-selected", paste_selected, ON_TEXT, FALSE }, /* cage 0.1.4 has no such clipboard */
  { "drag-word", drag_word, ON_TEXT, TRUE },
  { "undo", undo, ON_TEXT, TRUE },
  { "paste-of-the-citizen-before", paste, ON_AGAIN, FALSE },
  { "links", links, ON_WELCOME | ON_TEXT, TRUE },
  { "alt-f4", alt_f4, ON_WELCOME | ON_TEXT, TRUE },
  { "ctrl-q", ctrl_q, ON_WELCOME | ON_TEXT, TRUE },
  { "ctrl-w", ctrl_w, ON_WELCOME | ON_TEXT, TRUE },
  { "f1", f1, ON_WELCOME | ON_TEXT, TRUE },
  { "f10", f10, ON_WELCOME | ON_TEXT, TRUE },
  { "f11", f11, ON_WELCOME | ON_TEXT, TRUE },
  { "f12", f12, ON_WELCOME | ON_TEXT, TRUE },
  { "alt-tab", alt_tab, ON_WELCOME | ON_TEXT, TRUE },
  { "alt-escape", alt_escape, ON_WELCOME | ON_TEXT, TRUE },
  { "alt-space", alt_space, ON_WELCOME | ON_TEXT, TRUE },
  { "alt-f2", alt_f2, ON_WELCOME | ON_TEXT, TRUE },
  { "ctrl-alt-delete", ctrl_alt_delete, ON_WELCOME | ON_TEXT, TRUE },
  { "ctrl-alt-backspace", ctrl_alt_backspace, ON_WELCOME | ON_TEXT, TRUE },
  { "ctrl-alt-f2", ctrl_alt_f2, ON_WELCOME | ON_TEXT, FALSE }, /* the X server outside keeps it: tests/image tries it */
  { "alt-sysrq", alt_sysrq, ON_WELCOME | ON_TEXT, TRUE },
  { "print", print_key, ON_WELCOME | ON_TEXT, TRUE },
  { "super", super_key, ON_WELCOME | ON_TEXT, TRUE },
  { "super-d", super_d, ON_WELCOME | ON_TEXT, TRUE },
};

/* ---- trying */

static gboolean
find_entry (Try *try)
{
  gint64 end_us = g_get_monotonic_time () + START_LIMIT_MS * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end_us) {
    g_autoptr (GPtrArray) things = tour_look (try->program);

    for (guint i = 0; i < things->len; i++) {
      const TourThing *thing = things->pdata[i];

      if (!tour_is_entry (thing) || thing->width < 100)
        continue;
      try->x = thing->x;
      try->y = thing->y;
      try->width = thing->width;
      try->height = thing->height;
      return TRUE;
    }
    settle ();
  }
  fprintf (stderr, "There is no entry on the screen.\n");
  return FALSE;
}

/* A window that was tried is another one afterwards. */
static gboolean
start_again (Try *try)
{
  g_autoptr (GArray) running = facts_find_processes (try->compositor, try->program);

  for (guint i = 0; i < running->len; i++)
    kill (g_array_index (running, GPid, i), SIGKILL);
  settle ();
  return find_entry (try);
}

static void
judge (Try *try, const char *what, const char *name, const char *effect, gboolean must_have)
{
  gboolean is_right = must_have == (effect != NULL);

  if (!is_right)
    try->n_wrong++;
  printf ("%sok - %s, %s: %s\n", is_right ? "" : "not ", what, name, effect != NULL ? effect : "nothing");
  fflush (stdout);
}

static void
try_all (Try *try, const char *what, Where where)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (Facts) after = NULL;
    g_autofree char *effect = NULL;

    if (!(rows[i].where & where) || (try->is_open && !rows[i].is_seen_when_open))
      continue;
    if (try->is_open && !start_again (try)) {
      judge (try, what, rows[i].name, "no window", FALSE);
      return;
    }
    if (where != ON_WELCOME) {
      grip_click (try->grip, 1, try->x + try->width - 20, middle_y (try), 0);
      settle ();
    }
    rows[i].attempt (try);
    settle ();
    after = facts_take (try->grip, try->compositor);
    effect = facts_compare (try->before, after);
    judge (try, what, rows[i].name, effect, try->is_open);
    /* What was pasted would be in the way of the next. */
    if (!try->is_open && where == ON_TEXT)
      erase (try);
  }
}

static char *
name_modifiers (GripModifiers modifiers)
{
  static const char *const names[] = { "Shift", "Ctrl", "Alt", "Super" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (modifiers & (1u << i))
      g_string_append_printf (text, "%s%s", text->len > 0 ? "+" : "", names[i]);
  return g_string_free (text->len > 0 ? text : g_string_append (text, "alone"), FALSE);
}

/* FALSE: a modifier by itself, or Caps Lock and Num Lock, which would change what the next ones mean. */
static gboolean
is_worth_trying (guint code)
{
  static const guint codes[] = { 37, 50, 62, 64, 66, 77, 105, 108, 133, 134 };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i] == code)
      return FALSE;
  return TRUE;
}

/* All of them take a quarter of an hour with the sanitizers: otherwise one modifier, and the two that systems listen to most. */
static gboolean
is_in_sample (guint modifiers)
{
  static const guint sets[] = {
    0, GRIP_SHIFT, GRIP_CTRL, GRIP_ALT, GRIP_SUPER, GRIP_CTRL | GRIP_SHIFT, GRIP_CTRL | GRIP_ALT
  };

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    if (sets[i] == modifiers)
      return TRUE;
  return g_getenv ("PV_TEST_FULL") != NULL;
}

static void
sweep (Try *try, const char *what, gboolean is_of_shortcuts)
{
  guint n_keys = 0, n_sets = 0;

  for (guint modifiers = 0; modifiers < 16; modifiers++) {
    gboolean is_shortcut = (modifiers & (GRIP_CTRL | GRIP_ALT | GRIP_SUPER)) != 0;
    g_autofree char *name = name_modifiers (modifiers), *effect = NULL;
    g_autoptr (Facts) after = NULL;

    if (is_shortcut != is_of_shortcuts || !is_in_sample (modifiers))
      continue;
    begin (try);
    for (guint code = GRIP_FIRST_CODE; code <= GRIP_LAST_CODE; code++) {
      if (!is_worth_trying (code))
        continue;
      grip_press (try->grip, code, modifiers);
      g_usleep (KEYS_PAUSE_MS * 1000);
      n_keys++;
    }
    n_sets++;
    settle ();
    after = facts_take (try->grip, try->compositor);
    effect = is_of_shortcuts ? facts_compare (try->before, after) : facts_compare_loosely (try->before, after);
    judge (try, what, name, effect, FALSE);
  }
  printf ("# %s: %u keys in %u sets of modifiers\n", what, n_keys, n_sets);
}

int
main (int argc, char **argv)
{
  Try try = { 0 };

  if (argc == 2 && g_str_equal (argv[1], "display"))
    return grip_has_display () ? 0 : 1;
  if (argc < 6 || atspi_init () > 1)
    return 99;
  try.is_open = g_str_equal (argv[1], "open");
  try.program = try.is_open ? "open-window" : "parvis-session";
  try.compositor = (GPid) g_ascii_strtoll (argv[2], NULL, 10);
  try.width = (int) g_ascii_strtoll (argv[3], NULL, 10);
  try.height = (int) g_ascii_strtoll (argv[4], NULL, 10);
  try.grip = grip_new ((guint) try.width, (guint) try.height);
  if (try.grip == NULL)
    return 99;
  for (int i = 5; i < argc; i++) {
    if (g_str_equal (argv[i], "welcome"))
      try_all (&try, "welcome", ON_WELCOME);
    else if (g_str_equal (argv[i], "text") && find_entry (&try))
      try_all (&try, try.is_open ? "open window" : "text", ON_TEXT);
    else if (g_str_equal (argv[i], "again") && find_entry (&try))
      try_all (&try, "next citizen", ON_AGAIN);
    else if (g_str_equal (argv[i], "shortcuts"))
      sweep (&try, "shortcuts", TRUE);
    else if (g_str_equal (argv[i], "keys"))
      sweep (&try, "keys", FALSE);
    else
      return 99;
  }
  facts_free (try.before);
  grip_free (try.grip);
  return (int) MIN (try.n_wrong, 90);
}
