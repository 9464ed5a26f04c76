/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "pad.h"

#include <stdarg.h>
#include <string.h>

enum {
  SAME_KEY_MS = 330, /* the kiosk takes the same key again within 300 ms for a trembling hand */
  MAX_STEPS = 60,
  TOLD_AT_FAILURE = 25,
};

static const char *const keys[TOUR_PAD_N_KEYS] = {
  [TOUR_PAD_NEXT] = "Tab",        [TOUR_PAD_PREVIOUS] = "ISO_Left_Tab",
  [TOUR_PAD_UP] = "Up",           [TOUR_PAD_DOWN] = "Down",
  [TOUR_PAD_LEFT] = "Left",       [TOUR_PAD_RIGHT] = "Right",
  [TOUR_PAD_VALIDATE] = "Return", [TOUR_PAD_HELP] = "F13",
  [TOUR_PAD_REPEAT] = "F14",      [TOUR_PAD_LOUDER] = "XF86AudioRaiseVolume",
  [TOUR_PAD_YES] = "F17",         [TOUR_PAD_STOP_HELP] = "F16",
};

void
tour_pad_fail (TourPad *pad, const char *format, ...)
{
  guint count = tour_ear_count (pad->ear);
  g_autofree char *text = NULL;
  va_list arguments;

  for (guint i = count > TOLD_AT_FAILURE ? count - TOLD_AT_FAILURE : 0; i < count; i++)
    tour_say ("  heard \"%s\"", tour_ear_get (pad->ear, i, 0)->text);
  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  tour_fail (pad->walk, "%s", text);
}

/* ---- keys ---- */

void
tour_pad_press (TourPad *pad, TourPadKey key)
{
  gint64 due_us = pad->pressed_us[key] + SAME_KEY_MS * G_TIME_SPAN_MILLISECOND;
  gint64 now_us = g_get_monotonic_time ();

  if (now_us < due_us)
    g_usleep ((gulong) (due_us - now_us));
  pad->next = tour_ear_count (pad->ear);
  if (!tour_hand_press (pad->walk->hand, keys[key]))
    tour_pad_fail (pad, "the display has no key \"%s\".", keys[key]);
  pad->pressed_us[key] = g_get_monotonic_time ();
  pad->n_presses++;
}

/* ---- what is said ---- */

static const char *
hear_within (TourPad *pad, guint ms)
{
  const TourHeard *heard = tour_ear_get (pad->ear, pad->next, ms);

  if (heard == NULL)
    return NULL;
  if (!g_str_equal (heard->language, "fr"))
    tour_pad_fail (pad, "\"%s\" is said by the voice \"%s\".", heard->text, heard->language);
  pad->next++;
  return heard->text;
}

const char *
tour_pad_hear (TourPad *pad)
{
  const char *text = hear_within (pad, TOUR_LIMIT_MS);

  if (text == NULL)
    tour_pad_fail (pad, "nothing is said.");
  return text;
}

const char *
tour_pad_hear_beginning (TourPad *pad, const char *start)
{
  const char *text;

  while ((text = hear_within (pad, TOUR_LIMIT_MS)) != NULL)
    if (g_str_has_prefix (text, start))
      return text;
  tour_pad_fail (pad, "\"%s\" is not said.", start);
}

void
tour_pad_hear_all (TourPad *pad, const char *const *sentences)
{
  for (guint i = 0; sentences[i] != NULL; i++)
    tour_say ("Heard \"%s\"", tour_pad_hear_beginning (pad, sentences[i]));
}

gboolean
tour_pad_is_control (const char *sentence)
{
  static const char *const marks[] = { ", bouton", ", choix ", ", case ", ", à remplir" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (strstr (sentence, marks[i]) != NULL)
      return TRUE;
  return g_str_has_prefix (sentence, "Case : ") || g_regex_match_simple (", [0-9]+ sur [0-9]+$", sentence, 0, 0);
}

/* ---- moving ---- */

const char *
tour_pad_move (TourPad *pad, TourPadKey key)
{
  const char *text;

  tour_pad_press (pad, key);
  do
    text = tour_pad_hear (pad);
  while (pad->is_reading && !tour_pad_is_control (text) && g_utf8_strlen (text, -1) > 2);
  pad->is_reading = FALSE;
  return text;
}

void
tour_pad_go_to_first (TourPad *pad)
{
  tour_pad_move (pad, TOUR_PAD_PREVIOUS);
}

const char *
tour_pad_find (TourPad *pad, const char *start)
{
  for (guint i = 0; i < MAX_STEPS; i++) {
    const char *text = tour_pad_move (pad, TOUR_PAD_NEXT);

    if (g_str_has_prefix (text, start)) {
      tour_say ("Heard \"%s\"", text);
      return text;
    }
  }
  tour_pad_fail (pad, "no control is called \"%s\".", start);
}

void
tour_pad_choose (TourPad *pad, const char *start)
{
  tour_pad_find (pad, start);
  pad->is_reading = TRUE;
  tour_pad_press (pad, TOUR_PAD_VALIDATE);
}
