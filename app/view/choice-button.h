/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* choice-button.h: one answer among several, a box to tick, or a tile that acts at once. */
#pragma once

#include <gtk/gtk.h>

#include "core/screen-state.h"

#define PV_TYPE_CHOICE_BUTTON (pv_choice_button_get_type ())
G_DECLARE_FINAL_TYPE (PvChoiceButton, pv_choice_button, PV, CHOICE_BUTTON, GtkButton)

typedef enum {
  PV_CHOICE_RADIO,
  PV_CHOICE_BOX,
  PV_CHOICE_CENTRED, /* a radio without its mark: days and times */
  PV_CHOICE_TILE,
  PV_CHOICE_PLAIN_TILE,  /* one or two words, centred: languages */
  PV_CHOICE_PICTURE,     /* likewise one of several, under a picture of what it does; its detail is only said */
  PV_CHOICE_PICTURE_BOX, /* such a one that is on or off */
  PV_CHOICE_OFFER,       /* under what is typed: what it may be completed to */
} PvChoiceStyle;

GtkWidget *pv_choice_button_new (PvChoiceStyle style);
/* @official, @detail, @icon: (nullable) */
void pv_choice_button_update (PvChoiceButton *button, const char *label, const char *official, const char *detail,
                              const char *icon, gboolean is_selected, gboolean is_enabled);
/* Over the words of a PICTURE. */
void pv_choice_button_set_picture (PvChoiceButton *button, GtkWidget *picture);
/* Its French is what the person agrees to: it stays, however little room there is. */
void pv_choice_button_keep_official (PvChoiceButton *button);
