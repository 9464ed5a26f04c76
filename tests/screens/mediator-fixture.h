/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mediator-fixture.h: the mediator's window in a test: opened, led, looked at. With PV_GALLERY_DIR a picture of each page
 * is kept. */
#pragma once

#include <adwaita.h>

#include "mediator-console.h"
#include "mediator/mediator-window.h"

typedef struct {
  char *folder, *settings;
  AdwApplication *application;
  PvMediatorWindow *window;
} Fixture;

typedef gboolean (*Condition) (const Fixture *fixture);
typedef gboolean (*Visit) (GtkWidget *widget, gpointer data);

int fixture_set_up (void **state);
int fixture_tear_down (void **state);
/* A folder as enrolment leaves it. */
void fixture_enrol (Fixture *fixture);

/* All that waits is done, and what came of it is drawn. */
void fixture_settle (const Fixture *fixture);
/* FALSE when it did not come true within half a minute. */
gboolean fixture_wait_for (const Fixture *fixture, Condition condition);
/* The first widget that is on the screen and that @visit says yes to; NULL if there is none. */
GtkWidget *fixture_find (GtkWidget *from, Visit visit, gpointer data);
gboolean fixture_has_text (GtkWidget *widget, gpointer text);
gboolean fixture_is_type (GtkWidget *widget, gpointer name);
gboolean fixture_shows (const Fixture *fixture, const char *text);
GtkWidget *fixture_find_type (const Fixture *fixture, const char *name);
/* The dialog over the window. */
GtkWidget *fixture_find_dialog (const Fixture *fixture);
void fixture_act (const Fixture *fixture, const char *action, const char *parameter);
gboolean fixture_is_enabled (const Fixture *fixture, const char *action);

/* A picture of one widget, or of the window, where pictures are kept. */
void fixture_draw (const Fixture *fixture, GtkWidget *widget, const char *name);
void fixture_keep (const Fixture *fixture, const char *name);

/* What can be used says what it is. */
void fixture_assert_named (const Fixture *fixture);

/* Steps that several tests go, each with those before it. */
void fixture_open_window (Fixture *fixture);
void fixture_sign_in (Fixture *fixture);
void fixture_join (Fixture *fixture);
void fixture_share (Fixture *fixture);
void fixture_choose_row (const Fixture *fixture, const char *label);

/* Conditions. */
gboolean fixture_is_signed_in (const Fixture *fixture);
gboolean fixture_sees_screen (const Fixture *fixture);
gboolean fixture_may_propose (const Fixture *fixture);
gboolean fixture_has_hand (const Fixture *fixture);

/* The citizen's screen. (transfer full) */
PvScreenState *fixture_make_screen (void);
