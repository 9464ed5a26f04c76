/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* reading-ease.h: how easily French is read: words, sentences, syllables, and the figure of Kandel and Moles made of them. */
#pragma once

#include <glib.h>

typedef struct ReadingEase {
  guint words, sentences, syllables;
  guint longest; /* words of the longest sentence */
} ReadingEase;

/* Adds a text, or what of it is a sentence of its own: a line, or what ends with a stop. */
void reading_ease_add (ReadingEase *ease, const char *text);
/* 207 - 1.015 words a sentence - 73.6 syllables a word (Kandel and Moles 1958, after Flesch); higher is easier. Of no words: 207. */
double reading_ease_score (const ReadingEase *ease);
