/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* survey-private.h: what the files survey*.c share; nobody else includes it. */
#pragma once

#include "survey.h"

/* survey-pictures.c: a face of nobody, and a letter that says nothing, where a state has a place for one. (transfer full) */
GdkTexture *survey_draw_face (void);
GdkTexture *survey_draw_page (void);

/* survey-names.c: its role, and its name, which begins with the words that are seen on it */
void survey_check_name (GtkWidget *widget);
