/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is touched: one of several, several of several, a statement to tick, tiles that act at once, the search of Home. */
#include <string.h>

#include "view/choice-button.h"
#include "view/field-view.h"
#include "view/flow.h"
#include "view/icon.h"
#include "view/look-sample.h"

enum {
  GAP = 28,
  /* Labels this short stand three in a row: days, times, grades. */
  SHORT_LABEL_CHARS = 14,
};

struct _PvChoicesView {
  PvFieldView parent_instance;
  PvFieldKind kind;
  GtkWidget *flow;
  GPtrArray *buttons;  /* (element-type PvChoiceButton): owned by the flow */
  GtkWidget *official; /* (nullable): of a statement that stands under it, where both in one are higher than a page */
  char *signature;     /* ids of the choices: the same buttons serve as long as it stays */
};

#define PV_CHOICES_VIEW(object) (G_TYPE_CHECK_INSTANCE_CAST ((object), PV_TYPE_CHOICES_VIEW, PvChoicesView))
typedef struct _PvChoicesView PvChoicesView;
typedef struct {
  PvFieldViewClass parent_class;
} PvChoicesViewClass;

G_DEFINE_TYPE (PvChoicesView, pv_choices_view, PV_TYPE_FIELD_VIEW)

static void
clicked_cb (GtkButton *button, gpointer user_data)
{
  PvChoicesView *self = PV_CHOICES_VIEW (user_data);
  g_autofree char *id = g_strdup (pv_field_view_get_id (PV_FIELD_VIEW (self)));
  g_autofree char *choice = g_strdup (g_object_get_data (G_OBJECT (button), "pv-choice"));
  PvIntentionKind tile = (PvIntentionKind) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "pv-intention"));

  switch (self->kind) {
  case PV_FIELD_CHOICE:
  case PV_FIELD_DAYS:
  case PV_FIELD_TIMES: /* CHOOSE, or CHOOSE_DAY for a day, and for its further times */
    pv_send (GTK_WIDGET (button), tile, id, choice);
    break;
  case PV_FIELD_CHOICES:
    pv_send (GTK_WIDGET (button), PV_DO_TOGGLE, id, choice);
    break;
  case PV_FIELD_STATEMENT:
    pv_send (GTK_WIDGET (button), PV_DO_TOGGLE, id, NULL);
    break;
  case PV_FIELD_SEARCH:
    pv_send (GTK_WIDGET (button), PV_DO_OPEN_SEARCH, NULL, NULL);
    break;
  case PV_FIELD_TILES:
    pv_send (GTK_WIDGET (button), tile, choice, choice);
    break;
  case PV_FIELD_INPUT:
  case PV_FIELD_LONG_INPUT:
  case PV_FIELD_DATE:
  case PV_FIELD_SUMMARY:
  case PV_FIELD_TEXT:
  case PV_FIELD_REFERENCE:
  case PV_FIELD_QR:
  case PV_FIELD_FILE:
  case PV_FIELD_PROGRESS:
  case PV_FIELD_CARD:
  case PV_FIELD_CODE:
  case PV_FIELD_SCAN:
  default:
    break;
  }
}

/* There are no choices at all while they are being loaded. */
static gboolean
are_all_short (const PvField *field)
{
  if (field->choices == NULL || field->choices->len < 3)
    return FALSE;
  for (guint i = 0; i < field->choices->len; i++) {
    const PvChoice *choice = g_ptr_array_index (field->choices, i);
    if (choice->detail != NULL || choice->icon != NULL || g_utf8_strlen (choice->label, -1) > SHORT_LABEL_CHARS
        || (choice->official != NULL && g_utf8_strlen (choice->official, -1) > SHORT_LABEL_CHARS))
      return FALSE;
  }
  return TRUE;
}

static gboolean
has_icons (const PvField *field)
{
  return field->choices != NULL && field->choices->len > 0
         && ((const PvChoice *) g_ptr_array_index (field->choices, 0))->icon != NULL;
}

/* Screens whose tiles are a word or two, and one whose tiles must share a low or halved screen with what they answer. */
static gboolean
has_plain_tiles (const PvPlan *plan)
{
  return plan->screen == PV_SCREEN_LANGUAGES || plan->screen == PV_SCREEN_LISTEN
         || (plan->screen == PV_SCREEN_REPLY && plan->layout != PV_LAYOUT_PORTRAIT);
}

/* Each shows what it does. */
static gboolean
has_pictures (const PvField *field, const PvPlan *plan)
{
  return field->kind == PV_FIELD_TILES && plan->screen == PV_SCREEN_LOOK;
}

/* Days, and times, stand side by side. */
static gboolean
is_agenda (const PvField *field)
{
  return field->kind == PV_FIELD_DAYS || field->kind == PV_FIELD_TIMES;
}

/* A day in one line is as wide as the block. */
static gboolean
are_day_lines (const PvField *field)
{
  return field->kind == PV_FIELD_DAYS && field->choices != NULL && field->choices->len > 0
         && strchr (((const PvChoice *) g_ptr_array_index (field->choices, 0))->label, '\n') == NULL;
}

static guint
columns_for (const PvField *field, const PvPlan *plan)
{
  if (is_agenda (field))
    return are_day_lines (field) ? 1 : 3;
  if (field->kind == PV_FIELD_TILES && plan->screen == PV_SCREEN_IDENTITY)
    return 1;
  if (field->kind == PV_FIELD_TILES && plan->screen == PV_SCREEN_REPLY)
    return plan->layout == PV_LAYOUT_PORTRAIT ? 2 : 3;
  /* Large words: two and two, rather than three and one. */
  if (has_pictures (field, plan))
    return field->choices->len == 4 && plan->text_percent > 150 && plan->layout != PV_LAYOUT_COMPACT
             ? 2
             : field->choices->len;
  if (field->kind == PV_FIELD_TILES)
    return !has_plain_tiles (plan) ? (has_icons (field) ? 2 : 1) : field->choices->len == 4 ? 4 : 3;
  return field->kind == PV_FIELD_CHOICE && are_all_short (field) ? 3 : 1;
}

static PvChoiceStyle
style_for (const PvField *field, const PvPlan *plan)
{
  if (has_pictures (field, plan))
    return PV_CHOICE_PICTURE;
  if (field->kind == PV_FIELD_TILES)
    return has_plain_tiles (plan) ? PV_CHOICE_PLAIN_TILE : PV_CHOICE_TILE;
  if (field->kind == PV_FIELD_CHOICES || field->kind == PV_FIELD_STATEMENT)
    return PV_CHOICE_BOX;
  return is_agenda (field) || are_all_short (field) ? PV_CHOICE_CENTRED : PV_CHOICE_RADIO;
}

static char *
signature_of (const PvField *field)
{
  GString *ids = g_string_new (NULL);

  if (field->choices != NULL)
    for (guint i = 0; i < field->choices->len; i++) {
      const PvChoice *choice = g_ptr_array_index (field->choices, i);
      g_string_append_printf (ids, "%s%c%d;", choice->id, choice->icon != NULL ? '+' : '-', choice->intention);
    }
  if (field->choices != NULL && field->kind == PV_FIELD_CHOICE)
    g_string_append (ids, are_all_short (field) ? "short" : "long");
  if (are_day_lines (field))
    g_string_append (ids, "lines");
  return g_string_free (ids, FALSE);
}

static GtkWidget *
add_button (PvChoicesView *self, PvChoiceStyle style, const char *field_id, const char *choice_id)
{
  GtkWidget *button = pv_choice_button_new (style);

  g_object_set_data_full (G_OBJECT (button), "pv-choice", g_strdup (choice_id), g_free);
  pv_set_focus_id (button, "choice:%s:%s", field_id, choice_id != NULL ? choice_id : "");
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), self);
  g_ptr_array_add (self->buttons, button);
  return button;
}

static void
build_search (PvChoicesView *self, const PvField *field)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 28);
  GtkWidget *label = pv_text_new (field->label, NULL);

  gtk_box_append (GTK_BOX (box), pv_icon_new ("search"));
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "search");
  pv_set_spoken_name (button, field->spoken_label != NULL ? field->spoken_label : field->label);
  pv_set_focus_id (button, "search:%s", field->id);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_box_append (GTK_BOX (self), button);
}

static void
pv_choices_view_build (PvFieldView *view, const PvField *field)
{
  PvChoicesView *self = PV_CHOICES_VIEW (view);
  gboolean is_low = pv_field_view_get_plan (view)->layout == PV_LAYOUT_COMPACT;
  PvChoiceStyle style;

  self->kind = field->kind;
  self->signature = signature_of (field);
  if (field->kind == PV_FIELD_SEARCH) {
    build_search (self, field);
    return;
  }
  if (field->kind == PV_FIELD_STATEMENT) {
    GtkWidget *button = add_button (self, PV_CHOICE_BOX, field->id, NULL);
    gtk_widget_add_css_class (button, "statement");
    pv_choice_button_keep_official (PV_CHOICE_BUTTON (button));
    gtk_box_append (GTK_BOX (view), button);
    if (pv_field_view_get_plan (view)->layout == PV_LAYOUT_COMPACT) {
      self->official = pv_official_new ();
      gtk_box_append (GTK_BOX (view), self->official);
    }
    return;
  }
  self->flow = pv_flow_new (columns_for (field, pv_field_view_get_plan (view)), GAP);
  style = style_for (field, pv_field_view_get_plan (view));
  for (guint i = 0; field->choices != NULL && i < field->choices->len; i++) {
    const PvChoice *choice = g_ptr_array_index (field->choices, i);
    PvChoiceStyle own = choice->intention == PV_DO_SLOW_TOUCH ? PV_CHOICE_PICTURE_BOX : style;
    GtkWidget *button = add_button (self, own, field->id, choice->id);
    g_object_set_data (G_OBJECT (button), "pv-intention", GINT_TO_POINTER ((int) choice->intention));
    if (style == PV_CHOICE_PICTURE)
      pv_choice_button_set_picture (PV_CHOICE_BUTTON (button), pv_look_sample_new (choice->icon, is_low));
    pv_flow_append (PV_FLOW (self->flow), button);
  }
  gtk_box_append (GTK_BOX (view), self->flow);
}

static gboolean
pv_choices_view_update (PvFieldView *view, const PvField *field)
{
  PvChoicesView *self = PV_CHOICES_VIEW (view);
  g_autofree char *signature = signature_of (field);

  if (!g_str_equal (signature, self->signature))
    return FALSE;
  if (field->kind == PV_FIELD_STATEMENT)
    pv_choice_button_update (g_ptr_array_index (self->buttons, 0), field->label,
                             self->official == NULL ? field->official_label : NULL, NULL, NULL,
                             pv_field_is_ticked (field), !field->is_locked);
  if (self->official != NULL)
    pv_text_update (self->official, pv_official_beside (field->label, field->official_label));
  for (guint i = 0; field->kind != PV_FIELD_STATEMENT && field->choices != NULL && i < self->buttons->len; i++) {
    const PvChoice *choice = g_ptr_array_index (field->choices, i);
    pv_choice_button_update (g_ptr_array_index (self->buttons, i), choice->label, choice->official, choice->detail,
                             choice->icon, choice->selected, choice->enabled && !field->is_locked);
  }
  /* Which question the choices answer is said once, of all of them. */
  if (self->flow != NULL)
    pv_field_view_relate (view, self->flow, field, NULL);
  for (guint i = 0; i < self->buttons->len; i++) {
    GtkWidget *button = g_ptr_array_index (self->buttons, i);

    pv_describe (button, NULL, field->is_pointed);
    pv_field_view_relate_texts (view, button, field);
  }
  return TRUE;
}

static GtkWidget *
pv_choices_view_get_focus (PvFieldView *view)
{
  PvChoicesView *self = PV_CHOICES_VIEW (view);

  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_widget_has_css_class (g_ptr_array_index (self->buttons, i), "selected"))
      return g_ptr_array_index (self->buttons, i);
  return self->buttons->len > 0 ? g_ptr_array_index (self->buttons, 0) : NULL;
}

static void
pv_choices_view_finalize (GObject *object)
{
  PvChoicesView *self = PV_CHOICES_VIEW (object);

  g_ptr_array_unref (self->buttons);
  g_free (self->signature);
  G_OBJECT_CLASS (pv_choices_view_parent_class)->finalize (object);
}

static void
pv_choices_view_class_init (PvChoicesViewClass *klass)
{
  PvFieldViewClass *view_class = (PvFieldViewClass *) klass;

  G_OBJECT_CLASS (klass)->finalize = pv_choices_view_finalize;
  view_class->build = pv_choices_view_build;
  view_class->update = pv_choices_view_update;
  view_class->get_focus = pv_choices_view_get_focus;
}

static void
pv_choices_view_init (PvChoicesView *self)
{
  self->buttons = g_ptr_array_new ();
}
