/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* controls.h: the few parts that every screen is made of: texts, buttons, and how they send an intention. */
#pragma once

#include <gtk/gtk.h>

#include "core/screen-state.h"

/* How the screen is divided, see README.md. */
typedef enum { PV_LAYOUT_PORTRAIT, PV_LAYOUT_LANDSCAPE, PV_LAYOUT_COMPACT } PvLayout;

/* What a part of a screen needs to know of the whole. */
typedef struct PvPlan {
  PvScreenId screen;
  PvLayout layout;
  guint text_percent;
  guint n_fields;
  gboolean is_low;
  gboolean is_inert; /* only to look at: a mirror */
  GtkWidget *title;  /* (nullable): asks what a field without a label asks; outlives the fields */
  GtkWidget *help;   /* (nullable): under the title, helps with a field that is alone; likewise */
} PvPlan;

/* Emits "intention" of the PvScreenView that @from is in, unless it is inert. The handler may replace the screen: do not touch @from afterwards.
 * The same touch again within the debounce time is dropped, but never a text. */
void pv_send (GtkWidget *from, PvIntentionKind kind, const char *target, const char *value);
/* Says to who listens what a control of the view did that stands nowhere in the state: "focus-moved" with these words. */
void pv_tell (GtkWidget *from, const char *words);
void pv_send_set_debounce_ms (guint debounce_ms);

/* A text that wraps between words. @text: (nullable): then it is hidden. */
GtkWidget *pv_text_new (const char *text, const char *css_class);
/* As pv_text_new() without a text, for what people typed: breaks inside a word where it must, and adds no hyphen there,
 * which would look like a part of an address. */
GtkWidget *pv_answer_text_new (const char *css_class);
/* Touches the widget only if the text changed. */
void pv_text_update (GtkWidget *label, const char *text);

/* For the official French of a text that is shown in another language, under it. */
GtkWidget *pv_official_new (void);
/* Both at once. @official: (nullable): as in screen-state.h; it is hidden where it says the same, and the text is then
 * itself marked as French. @label has no attributes of its own. */
void pv_text_update_official (GtkWidget *label, GtkWidget *official_label, const char *text, const char *official);

/* What a screen reader says of a control, whatever is written on it: to be called after its label was set. */
void pv_set_spoken_name (GtkWidget *widget, const char *name);

/* As it was set last; NULL: it was not. (transfer none) */
const char *pv_get_spoken_name (GtkWidget *widget);

/* What a screen reader says after its name. @text: (nullable); @is_pointed: a mediator shows it, which is said first */
void pv_describe (GtkWidget *widget, const char *text, gboolean is_pointed);

/* A button for an action of the state, with icon and words as its role asks. */
GtkWidget *pv_action_button_new (const PvAction *action, const PvPlan *plan);
/* The name of its place for the focus. (transfer full) */
char *pv_action_focus_id (const PvAction *action) G_GNUC_WARN_UNUSED_RESULT;
/* What it sends; NOTHING for any other widget. */
PvIntentionKind pv_action_button_get_kind (GtkWidget *button);

/* A name by which the focus finds its place again when a screen is built anew: "choice:menu:yes". */
void pv_set_focus_id (GtkWidget *widget, const char *format, ...) G_GNUC_PRINTF (2, 3);
const char *pv_get_focus_id (GtkWidget *widget);
/* First descendant, in order, with this name; NULL if there is none. */
GtkWidget *pv_find_focus_id (GtkWidget *root, const char *focus_id);

/* To be called before what has the focus goes with all of @part: GTK would hold on to it until the next frame, and a key that goes
 * up meanwhile would be lost. */
void pv_drop_focus_within (GtkWidget *part);

/* What a mediator calls it when pointing: a field's id, "action:next". */
void pv_set_point_name (GtkWidget *widget, const char *format, ...) G_GNUC_PRINTF (2, 3);
const char *pv_get_point_name (GtkWidget *widget);
/* First descendant, in order, with this name that is shown; NULL if there is none. */
GtkWidget *pv_find_point_name (GtkWidget *root, const char *name);

/* Shown while there is room for it: hidden from this fit level on (1..6, see frame.c). */
void pv_set_optional (GtkWidget *widget, int from_level);
/* Hidden where the answer is shown as pages, too: they are for what must be read. */
void pv_set_unpaged (GtkWidget *widget);
/* Hides all descendants of this kind, until a fit level is applied again. */
void pv_hide_unpaged (GtkWidget *root);
/* Shows what was hidden. GTK 4.8 does not tell the parents of its new size if it changed while it was hidden. */
void pv_show_again (GtkWidget *widget);
/* Applies a fit level to all descendants. */
void pv_apply_fit (GtkWidget *root, int level);

/* A screen that is only looked at: whatever could be used, by touch, by keys, or by a screen reader, cannot. It reads as
 * before, and looks as before. */
void pv_disarm (GtkWidget *root);
/* The direction of a part of a window; GTK has one for all. @direction: NONE: that one again */
/* What Pango shapes texts for. @code: as pv_language_is_code() */
void pv_set_text_language (GtkWidget *widget, const char *code);
void pv_set_direction (GtkWidget *root, GtkTextDirection direction);
