/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/hearing.h"

#include "view/controls.h"
#include "view/curtain.h"
#include "view/field-view.h"
#include "view/keyboard.h"

#define SPOKEN_CLASS "spoken"

struct PvHearing {
  GtkWidget *view;            /* borrowed */
  GtkWidget *curtain;         /* (nullable): child of it */
  GtkWidget *darkness;        /* (nullable): likewise */
  const PvScreenState *state; /* (nullable) */
  char *spoken;               /* (nullable): id of the field that is being said */
  gboolean is_showing;
};

PvHearing *
pv_hearing_new (GtkWidget *view)
{
  PvHearing *hearing = g_new0 (PvHearing, 1);

  hearing->view = view;
  return hearing;
}

void
pv_hearing_free (PvHearing *hearing)
{
  if (hearing == NULL)
    return;
  g_clear_pointer (&hearing->curtain, gtk_widget_unparent);
  g_clear_pointer (&hearing->darkness, gtk_widget_unparent);
  pv_screen_state_free ((PvScreenState *) hearing->state);
  g_free (hearing->spoken);
  g_free (hearing);
}

/* ---- what is being said ---- */

static void
mark (PvHearing *hearing, GPtrArray *field_views)
{
  for (guint i = 0; i < field_views->len; i++) {
    PvFieldView *view = g_ptr_array_index (field_views, i);

    if (g_strcmp0 (pv_field_view_get_id (view), hearing->spoken) == 0)
      gtk_widget_add_css_class (GTK_WIDGET (view), SPOKEN_CLASS);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (view), SPOKEN_CLASS);
  }
}

void
pv_hearing_set_spoken (PvHearing *hearing, GPtrArray *field_views, const char *field_id)
{
  if (g_strcmp0 (hearing->spoken, field_id) == 0)
    return;
  g_free (hearing->spoken);
  hearing->spoken = g_strdup (field_id);
  mark (hearing, field_views);
}

void
pv_hearing_begin_show (PvHearing *hearing)
{
  hearing->is_showing = TRUE;
}

void
pv_hearing_end_show (PvHearing *hearing, const PvScreenState *state, GPtrArray *field_views)
{
  const PvScreenState *before = hearing->state;

  hearing->state = pv_screen_state_ref (state);
  pv_screen_state_free ((PvScreenState *) before);
  hearing->is_showing = FALSE;
  if (hearing->spoken != NULL)
    mark (hearing, field_views);
}

void
pv_hearing_set_curtained (PvHearing *hearing, gboolean is_curtained)
{
  if (!is_curtained) {
    g_clear_pointer (&hearing->curtain, gtk_widget_unparent);
  } else if (hearing->curtain == NULL) {
    hearing->curtain = pv_curtain_new ();
    gtk_widget_set_parent (hearing->curtain, hearing->view);
  }
}

void
pv_hearing_set_dark (PvHearing *hearing, gboolean is_dark)
{
  if (!is_dark) {
    g_clear_pointer (&hearing->darkness, gtk_widget_unparent);
  } else if (hearing->darkness == NULL) {
    hearing->darkness = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
    gtk_widget_add_css_class (hearing->darkness, "darkness");
    gtk_widget_set_parent (hearing->darkness, hearing->view);
  }
}

/* ---- where the keys are ---- */

/* The names of places are made where the controls are; here they are made again, and compared. */
static gboolean
is_named (const char *name, const char *kind, const char *field, const char *part)
{
  g_autofree char *wanted =
    part != NULL ? g_strdup_printf ("%s:%s:%s", kind, field, part) : g_strdup_printf ("%s:%s", kind, field);

  return g_str_equal (name, wanted);
}

static gboolean
find_choice (const PvField *field, const char *name, guint *ret_index)
{
  for (guint i = 0; field->choices != NULL && i < field->choices->len; i++) {
    const char *id = ((const PvChoice *) field->choices->pdata[i])->id;

    if (!is_named (name, "choice", field->id, id) && !is_named (name, "offer", field->id, id))
      continue;
    *ret_index = i;
    return TRUE;
  }
  *ret_index = 0;
  return field->kind == PV_FIELD_STATEMENT && is_named (name, "choice", field->id, "");
}

static gboolean
find_row (const PvField *field, const char *name, guint *ret_index)
{
  for (guint i = 0; field->rows != NULL && i < field->rows->len; i++) {
    const char *target = ((const PvSummaryRow *) field->rows->pdata[i])->edit_target;

    if (target == NULL || (!is_named (name, "edit", target, NULL) && !is_named (name, "remove", field->id, target)))
      continue;
    *ret_index = i;
    return TRUE;
  }
  return FALSE;
}

static gboolean
find_line (const PvField *field, const char *name, guint *ret_index)
{
  static const char *const parts[] = { "day", "month", "year" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (is_named (name, "part", field->id, parts[i])) {
      *ret_index = i;
      return TRUE;
    }
  *ret_index = 0;
  return is_named (name, "entry", field->id, NULL) || is_named (name, "search", field->id, NULL);
}

static gboolean
find_beside (const PvField *field, const char *name, PvFocusKind *ret_kind)
{
  static const struct {
    PvIntentionKind intention;
    PvFocusKind kind;
  } buttons[] = {
    { PV_DO_ACCEPT, PV_FOCUS_ACCEPT },
    { PV_DO_KEEP_MINE, PV_FOCUS_KEEP },
    { PV_DO_LIFT, PV_FOCUS_LIFT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++) {
    g_autofree char *wanted =
      g_strdup_printf ("action:%s:%s:", pv_intention_kind_name (buttons[i].intention), field->id);

    if (!g_str_equal (name, wanted))
      continue;
    *ret_kind = buttons[i].kind;
    return TRUE;
  }
  return FALSE;
}

static gboolean
find_in_field (const PvField *field, const char *name, PvFocus *ret_focus)
{
  guint index = 0;
  PvFocusKind kind;

  if (find_choice (field, name, &index))
    kind = PV_FOCUS_CHOICE;
  else if (find_row (field, name, &index))
    kind = PV_FOCUS_ROW;
  else if (find_line (field, name, &index))
    kind = PV_FOCUS_FIELD;
  else if (!find_beside (field, name, &kind))
    return FALSE;
  *ret_focus = (PvFocus){ kind, field->id, index };
  return TRUE;
}

static gboolean
find_in_state (const PvScreenState *state, const char *name, PvFocus *ret_focus)
{
  for (guint i = 0; i < state->fields->len; i++)
    if (find_in_field (state->fields->pdata[i], name, ret_focus))
      return TRUE;
  for (guint i = 0; i < state->actions->len; i++) {
    g_autofree char *id = pv_action_focus_id (state->actions->pdata[i]);

    if (!g_str_equal (name, id))
      continue;
    *ret_focus = (PvFocus){ PV_FOCUS_ACTION, NULL, i };
    return TRUE;
  }
  return FALSE;
}

gboolean
pv_hearing_name_focus (const PvScreenState *state, GtkWidget *widget, PvFocus *ret_focus)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget)) {
    const char *name = pv_get_focus_id (widget);

    if (name != NULL && find_in_state (state, name, ret_focus))
      return TRUE;
    /* Keys of the keyboard, what turns pages, and what is done with a scanned page: the view's own. */
    if (GTK_IS_BUTTON (widget) && pv_get_spoken_name (widget) != NULL) {
      PvFocusKind kind = gtk_widget_get_ancestor (widget, PV_TYPE_KEYBOARD) != NULL ? PV_FOCUS_KEY : PV_FOCUS_BUTTON;

      *ret_focus = (PvFocus){ kind, pv_get_spoken_name (widget), 0 };
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
is_typed_into (GtkWidget *widget)
{
  return GTK_IS_TEXT (widget) || GTK_IS_TEXT_VIEW (widget);
}

void
pv_hearing_follow_focus (PvHearing *hearing, GtkWindow *window, GtkWidget *focus)
{
  PvFocus moved;

  if (hearing->is_showing || hearing->state == NULL || focus == NULL
      || (!gtk_window_get_focus_visible (window) && !is_typed_into (focus)))
    return;
  if (pv_hearing_name_focus (hearing->state, focus, &moved))
    g_signal_emit_by_name (hearing->view, "focus-moved", &moved);
}
