/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong: named at the top of the screen, with a way to each field, which has the sentence beside it. */

#include <glib/gi18n-lib.h>

#include "core/journey-private.h"
#include "core/wipe.h"

enum { JUMP_MAX_CHARS = 32 }; /* on the button; the whole is said */

/* ---- the screen ---- */

static char *
shorten (const char *label)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (label, -1) <= JUMP_MAX_CHARS)
    return g_strdup (label);
  start = g_utf8_substring (label, 0, JUMP_MAX_CHARS - 1);
  return g_strconcat (g_strchomp (start), "…", NULL);
}

void
pv_screen_add_jump (PvScreenState *state, const char *path, const char *label, const char *error)
{
  g_autofree char *name = shorten (label);
  PvAction *jump = pv_screen_state_add_action (state, PV_ROLE_JUMP, PV_DO_JUMP, name);

  jump->target = g_strdup (path);
  jump->spoken = g_strdup_printf ("%s: %s", name, error);
}

static guint
count_jumps (const PvScreenState *state)
{
  guint n = 0;

  for (guint i = 0; i < state->actions->len; i++)
    n += ((const PvAction *) state->actions->pdata[i])->role == PV_ROLE_JUMP ? 1 : 0;
  return n;
}

void
pv_screen_summarise_errors (PvJourney *journey, PvScreenState *state, gboolean has_several)
{
  guint n_errors;

  for (guint i = 0; has_several && i < state->fields->len; i++) {
    const PvField *field = state->fields->pdata[i];

    if (field->error != NULL)
      pv_screen_add_jump (state, field->id, field->label != NULL ? field->label : field->spoken_label, field->error);
  }
  n_errors = count_jumps (state);
  if (journey->page_error != NULL)
    state->error_summary = pv_journey_say_lines (journey, NULL, g_strdup (journey->page_error));
  else if (n_errors > 0)
    state->error_summary = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u answer is to be mended.", "%u answers are to be mended.", n_errors), n_errors);
}

static gboolean
is_typed (const PvField *field)
{
  return field->kind == PV_FIELD_INPUT || field->kind == PV_FIELD_LONG_INPUT || field->kind == PV_FIELD_DATE;
}

void
pv_screen_choose_focus (const PvJourney *journey, PvScreenState *state)
{
  PvField *jumped = NULL, *wrong = NULL, *typed = NULL;

  for (guint i = 0; i < state->fields->len; i++) {
    PvField *field = state->fields->pdata[i];

    if (g_strcmp0 (field->id, journey->jumped) == 0)
      jumped = field;
    if (wrong == NULL && field->error != NULL)
      wrong = field;
    if (typed == NULL && is_typed (field))
      typed = field;
  }
  if (jumped == NULL)
    jumped = wrong != NULL ? wrong : typed;
  if (jumped != NULL)
    jumped->is_focused = TRUE;
}

/* ---- what is touched ---- */

static void
jump (PvJourney *journey)
{
  journey->n_jumps++;
  journey->is_jumping = TRUE;
}

void
pv_journey_show_errors (PvJourney *journey)
{
  journey->shows_errors = TRUE;
  g_clear_pointer (&journey->jumped, g_free);
  jump (journey);
}

/* Only where a way is offered. */
void
pv_journey_handle_jump (PvJourney *journey, const char *path)
{
  g_autofree char *name = g_strdup_printf ("%s:%s", pv_intention_kind_name (PV_DO_JUMP), path != NULL ? path : "");

  if (pv_screen_state_find_action_named (pv_journey_get_state (journey), name) == NULL)
    return;
  g_free (journey->jumped);
  journey->jumped = g_strdup (path);
  jump (journey);
}
