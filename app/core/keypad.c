/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/keypad.h"

#include <string.h>

enum {
  KEYSYM_KP_0 = 0xffb0,
  KEYSYM_F1 = 0xffbe,
  LAST_F = 35,
  /* Of Linux (KEY_F13 = 183), and 8 more, as X11 and GDK count. */
  KEYCODE_F13 = 191,
  KEYCODE_F24 = 202,
};

/* X11's keysymdef.h and XF86keysym.h. */
static const struct {
  const char *name;
  guint32 keysym;
} key_names[] = {
  { "BackSpace", 0xff08 },
  { "Tab", 0xff09 },
  { "ISO_Left_Tab", 0xfe20 },
  { "Clear", 0xff0b },
  { "Return", 0xff0d },
  { "ISO_Enter", 0xfe34 },
  { "Pause", 0xff13 },
  { "Scroll_Lock", 0xff14 },
  { "Escape", 0xff1b },
  { "Delete", 0xffff },
  { "Home", 0xff50 },
  { "Left", 0xff51 },
  { "Up", 0xff52 },
  { "Right", 0xff53 },
  { "Down", 0xff54 },
  { "Page_Up", 0xff55 },
  { "Page_Down", 0xff56 },
  { "End", 0xff57 },
  { "Begin", 0xff58 },
  { "Select", 0xff60 },
  { "Print", 0xff61 },
  { "Execute", 0xff62 },
  { "Insert", 0xff63 },
  { "Undo", 0xff65 },
  { "Redo", 0xff66 },
  { "Menu", 0xff67 },
  { "Find", 0xff68 },
  { "Cancel", 0xff69 },
  { "Help", 0xff6a },
  { "Break", 0xff6b },
  { "KP_Enter", 0xff8d },
  { "KP_Home", 0xff95 },
  { "KP_Left", 0xff96 },
  { "KP_Up", 0xff97 },
  { "KP_Right", 0xff98 },
  { "KP_Down", 0xff99 },
  { "KP_Page_Up", 0xff9a },
  { "KP_Page_Down", 0xff9b },
  { "KP_End", 0xff9c },
  { "KP_Begin", 0xff9d },
  { "KP_Insert", 0xff9e },
  { "KP_Delete", 0xff9f },
  { "KP_Multiply", 0xffaa },
  { "KP_Add", 0xffab },
  { "KP_Separator", 0xffac },
  { "KP_Subtract", 0xffad },
  { "KP_Decimal", 0xffae },
  { "KP_Divide", 0xffaf },
  { "KP_Equal", 0xffbd },
  { "XF86AudioLowerVolume", 0x1008ff11 },
  { "XF86AudioMute", 0x1008ff12 },
  { "XF86AudioRaiseVolume", 0x1008ff13 },
  { "XF86AudioPlay", 0x1008ff14 },
  { "XF86AudioStop", 0x1008ff15 },
  { "XF86AudioPrev", 0x1008ff16 },
  { "XF86AudioNext", 0x1008ff17 },
  { "XF86AudioPause", 0x1008ff31 },
  { "XF86AudioRepeat", 0x1008ff98 },
  { "XF86AudioMicMute", 0x1008ffb2 },
  { "XF86HomePage", 0x1008ff18 },
  { "XF86Back", 0x1008ff26 },
  { "XF86Forward", 0x1008ff27 },
  { "XF86Tools", 0x1008ff81 },
  { "XF86Launch5", 0x1008ff45 },
  { "XF86Launch6", 0x1008ff46 },
  { "XF86Launch7", 0x1008ff47 },
  { "XF86Launch8", 0x1008ff48 },
  { "XF86Launch9", 0x1008ff49 },
};

static PvKeypadMeaning
find_keysym (const PvKeypadMap *map, guint32 keysym)
{
  for (guint i = 0; i < map->n_keys; i++)
    if (map->keys[i].keysym == keysym)
      return map->keys[i].meaning;
  return PV_KEYPAD_NOTHING;
}

gboolean
pv_keypad_map_add (PvKeypadMap *map, guint32 keysym, PvKeypadMeaning meaning)
{
  PvKeypadMeaning before = find_keysym (map, keysym);

  g_return_val_if_fail (keysym != 0 && meaning > PV_KEYPAD_NOTHING && meaning < PV_N_KEYPAD_MEANINGS, FALSE);

  if (before != PV_KEYPAD_NOTHING)
    return before == meaning;
  if (map->n_keys >= PV_KEYPAD_MAX_KEYS)
    return FALSE;
  map->keys[map->n_keys++] = (PvKeypadKey){ keysym, meaning };
  return TRUE;
}

PvKeypadMeaning
pv_keypad_map_find (const PvKeypadMap *map, guint32 keysym, guint keycode)
{
  PvKeypadMeaning meaning = find_keysym (map, keysym);

  if (meaning == PV_KEYPAD_NOTHING && keycode >= KEYCODE_F13 && keycode <= KEYCODE_F24)
    meaning = find_keysym (map, KEYSYM_F1 + 12 + keycode - KEYCODE_F13);
  return meaning;
}

const char *
pv_keypad_meaning_name (PvKeypadMeaning meaning)
{
  static const char *const meanings[PV_N_KEYPAD_MEANINGS] = {
    [PV_KEYPAD_NOTHING] = "nothing",
    [PV_KEYPAD_NEXT] = "next",
    [PV_KEYPAD_PREVIOUS] = "previous",
    [PV_KEYPAD_UP] = "up",
    [PV_KEYPAD_DOWN] = "down",
    [PV_KEYPAD_LEFT] = "left",
    [PV_KEYPAD_RIGHT] = "right",
    [PV_KEYPAD_VALIDATE] = "validate",
    [PV_KEYPAD_BACK] = "back",
    [PV_KEYPAD_HELP] = "help",
    [PV_KEYPAD_REPEAT] = "repeat",
    [PV_KEYPAD_LOUDER] = "louder",
    [PV_KEYPAD_SOFTER] = "softer",
    [PV_KEYPAD_YES] = "yes",
    [PV_KEYPAD_NO] = "no",
    [PV_KEYPAD_STOP_HELP] = "stop-help",
  };

  g_return_val_if_fail (meaning < PV_N_KEYPAD_MEANINGS, "nothing");
  return meanings[meaning];
}

/* "F13": the number behind @prefix, without a leading zero but in "0"; -1: none */
static int
number_after (const char *name, const char *prefix, guint max)
{
  guint64 number = 0;

  if (!g_str_has_prefix (name, prefix))
    return -1;
  name += strlen (prefix);
  if ((name[0] == '0' && name[1] != '\0') || !g_ascii_string_to_unsigned (name, 10, 0, max, &number, NULL))
    return -1;
  return (int) number;
}

guint32
pv_keypad_key_from_name (const char *name)
{
  int number = number_after (name, "F", LAST_F);

  if (number > 0)
    return KEYSYM_F1 + (guint32) number - 1;
  number = number_after (name, "KP_", 9);
  if (number >= 0)
    return KEYSYM_KP_0 + (guint32) number;
  for (gsize i = 0; i < G_N_ELEMENTS (key_names); i++)
    if (strcmp (key_names[i].name, name) == 0)
      return key_names[i].keysym;
  return 0;
}

const char *
pv_keypad_get_key_name (guint index)
{
  return index < G_N_ELEMENTS (key_names) ? key_names[index].name : NULL;
}

gboolean
pv_keypad_press (PvKeypadPresses *presses, guint key, guint32 now_ms, guint debounce_ms)
{
  gboolean is_held = presses->held == key && now_ms - presses->held_ms < PV_KEYPAD_LET_GO_MS;

  presses->held = key;
  presses->held_ms = now_ms;
  if (is_held || (presses->last == key && now_ms - presses->last_ms < debounce_ms))
    return FALSE;
  presses->last = key;
  presses->last_ms = now_ms;
  return TRUE;
}

void
pv_keypad_release (PvKeypadPresses *presses, guint key)
{
  if (presses->held == key)
    presses->held = 0;
}
