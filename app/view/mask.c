/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/mask.h"

#include <glib/gi18n-lib.h>

/* Dots of the longest short answer, and of the longest of middling length. */
enum { SHORT_DOTS = 4, MEDIUM_DOTS = 12 };

const char *
pv_mask_dots (const PvField *field)
{
  if (field->value != NULL && field->value[0] != '\0')
    return field->value;
  for (gsize i = 0; i < G_N_ELEMENTS (field->parts); i++)
    if (field->parts[i] != NULL && field->parts[i][0] != '\0')
      return field->parts[i];
  return NULL;
}

const char *
pv_mask_words (PvAssistClass assist, const char *dots)
{
  gboolean is_empty = dots == NULL || dots[0] == '\0';
  glong length = is_empty ? 0 : g_utf8_strlen (dots, -1);

  switch (assist) {
  case PV_ASSIST_HIDDEN:
    return is_empty ? _ ("Hidden. No answer yet.") : _ ("Hidden. There is an answer.");
  case PV_ASSIST_TYPING:
    return is_empty                ? NULL
           : length <= SHORT_DOTS  ? _ ("Masked: a short answer")
           : length <= MEDIUM_DOTS ? _ ("Masked: an answer of medium length")
                                   : _ ("Masked: a long answer");
  case PV_ASSIST_CLEAR:
  default:
    return NULL;
  }
}

const char *
pv_mask_words_of_choice (void)
{
  return _ ("Masked: you do not see what is chosen");
}
