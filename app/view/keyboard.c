/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/keyboard.h"

#include <glib/gi18n-lib.h>

#include "view/controls.h"
#include "view/icon.h"
#include "view/relations.h"
#include "view/theme.h"
#include "view/touch-gate.h"

/* Reference pixels; a key is 15 mm high at least, on the reference panel 54 px. */
enum {
  KEY_HEIGHT = 92,
  PAD_KEY_HEIGHT = 116,
  COMPACT_KEY_HEIGHT = 55,
  GAP = 12, /* 3 mm */
  MARGIN_SIDE = 20,
  MARGIN_END = 20,
  COMPACT_MARGIN_END = 12,
  MAX_CAPTION_CHARS = 7,
  MAX_NARROW_CHARS = 4,
};

struct _PvKeyboard {
  GtkWidget parent_instance;
  GtkWidget *target; /* weak */
  PvInput input;
  PvKeysPage page;
  PvKeysOrder order;
  PvKeys keys;
  GPtrArray *buttons; /* (element-type GtkButton), row by row; owned by the widget tree */
  gboolean has_shift;
  gboolean is_stale; /* the keys must be made anew */
  gboolean is_compact;
  gboolean is_narrow;
  guint debounce_ms;
  PvKeyKind last_kind;
  const char *last_text;
  gint64 last_us;
};

enum { SIGNAL_DONE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PvKeyboard, pv_keyboard, GTK_TYPE_WIDGET)

static void show_page (PvKeyboard *self, PvKeysPage page);

/* The last letter of a code may end the screen, and with it what is typed into. */
static void
insert (PvKeyboard *self, const char *text)
{
  g_autoptr (GObject) alive = self->target != NULL ? g_object_ref (G_OBJECT (self->target)) : NULL;

  (void) alive;
  if (GTK_IS_EDITABLE (self->target)) {
    GtkEditable *editable = GTK_EDITABLE (self->target);
    int position;
    gtk_editable_delete_selection (editable);
    position = gtk_editable_get_position (editable);
    gtk_editable_insert_text (editable, text, -1, &position);
    gtk_editable_set_position (editable, position);
  } else if (GTK_IS_TEXT_VIEW (self->target)) {
    GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->target));
    gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
    gtk_text_buffer_insert_interactive_at_cursor (buffer, text, -1, TRUE);
  }
}

static void
erase (PvKeyboard *self)
{
  if (GTK_IS_EDITABLE (self->target)) {
    GtkEditable *editable = GTK_EDITABLE (self->target);
    int position = gtk_editable_get_position (editable);
    int start, end;
    if (gtk_editable_get_selection_bounds (editable, &start, &end))
      gtk_editable_delete_selection (editable);
    else if (position > 0)
      gtk_editable_delete_text (editable, position - 1, position);
  } else if (GTK_IS_TEXT_VIEW (self->target)) {
    GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->target));
    GtkTextIter cursor;
    gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
    gtk_text_buffer_backspace (buffer, &cursor, TRUE, TRUE);
  }
}

static gboolean
target_is_empty (PvKeyboard *self)
{
  if (GTK_IS_EDITABLE (self->target))
    return gtk_editable_get_text (GTK_EDITABLE (self->target))[0] == '\0';
  return GTK_IS_TEXT_VIEW (self->target)
         && gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->target))) == 0;
}

static gboolean
types_upper_case (PvKeyboard *self)
{
  return self->has_shift || self->page == PV_KEYS_MIXED || self->page == PV_KEYS_ZONE || self->page == PV_KEYS_CODE;
}

/* Keys show capitals, as on a keyboard of plastic; where the case matters they show what they type. */
static char *
key_caption (PvKeyboard *self, const char *text)
{
  if ((self->page == PV_KEYS_LETTERS && self->input != PV_INPUT_EXACT) || types_upper_case (self))
    return g_utf8_strup (text, -1);
  return g_strdup (text);
}

/* GTK takes a new label for the accessible name, too: "e acute" is said each time. */
static void
label_text_key (PvKeyboard *self, GtkWidget *button, const char *text)
{
  g_autofree char *caption = key_caption (self, text);
  const char *spoken = pv_keys_spoken (text);

  if (g_strcmp0 (caption, gtk_button_get_label (GTK_BUTTON (button))) == 0)
    return;
  gtk_button_set_label (GTK_BUTTON (button), caption);
  pv_set_spoken_name (button, spoken != NULL ? spoken : text);
}

static const char *
describe_shift (PvKeyboard *self)
{
  return self->has_shift ? _ ("On: the next letter is a capital") : _ ("Off");
}

static void
set_shift (PvKeyboard *self, gboolean has_shift)
{
  guint i = 0;

  if (has_shift == self->has_shift)
    return;
  self->has_shift = has_shift;
  for (guint row = 0; row < self->keys.n_rows; row++)
    for (guint column = 0; column < self->keys.n_keys[row]; column++, i++) {
      const PvKey *key = &self->keys.rows[row][column];
      GtkWidget *button = g_ptr_array_index (self->buttons, i);
      if (key->kind == PV_KEY_SHIFT) {
        if (has_shift)
          gtk_widget_add_css_class (button, "active");
        else
          gtk_widget_remove_css_class (button, "active");
        gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                        describe_shift (self), -1);
      } else if (key->kind == PV_KEY_TEXT) {
        label_text_key (self, button, key->text);
      }
    }
}

/* Names and sentences begin with a capital. */
static gboolean
starts_with_capital (PvKeyboard *self)
{
  return self->page == PV_KEYS_LETTERS && self->input != PV_INPUT_EXACT && target_is_empty (self);
}

static void
press_key (PvKeyboard *self, const PvKey *key)
{
  switch (key->kind) {
  case PV_KEY_TEXT: {
    g_autofree char *text = types_upper_case (self) ? g_utf8_strup (key->text, -1) : g_strdup (key->text);
    insert (self, text);
    set_shift (self, FALSE);
    if (self->page == PV_KEYS_ACCENTS)
      show_page (self, PV_KEYS_LETTERS);
    break;
  }
  case PV_KEY_SPACE:
    insert (self, " ");
    break;
  case PV_KEY_BACKSPACE:
    erase (self);
    if (starts_with_capital (self))
      set_shift (self, TRUE);
    break;
  case PV_KEY_SHIFT:
    set_shift (self, !self->has_shift);
    pv_tell (GTK_WIDGET (self), describe_shift (self)); /* no letter tells it yet */
    break;
  case PV_KEY_GO_LETTERS:
    show_page (self, pv_keys_first_page (self->input));
    break;
  case PV_KEY_GO_ACCENTS:
    show_page (self, PV_KEYS_ACCENTS);
    break;
  case PV_KEY_GO_DIGITS:
    show_page (self, PV_KEYS_DIGITS);
    break;
  case PV_KEY_SWITCH_ORDER:
    self->order = self->order == PV_KEYS_AZERTY ? PV_KEYS_ABC : PV_KEYS_AZERTY;
    show_page (self, self->page);
    break;
  case PV_KEY_DONE:
    g_signal_emit (self, signals[SIGNAL_DONE], 0);
    break;
  case PV_KEY_NONE:
  default:
    break;
  }
}

static void
clicked_cb (GtkButton *button, gpointer user_data)
{
  PvKeyboard *self = PV_KEYBOARD (user_data);
  const PvKey key = *(const PvKey *) g_object_get_data (G_OBJECT (button), "pv-key");
  gint64 now_us = g_get_monotonic_time ();
  gboolean is_same = key.kind == self->last_kind && key.text == self->last_text;

  if (is_same && !pv_touch_gate_is_counting ()
      && now_us - self->last_us < (gint64) self->debounce_ms * G_TIME_SPAN_MILLISECOND)
    return;
  self->last_kind = key.kind;
  self->last_text = key.text;
  self->last_us = now_us;
  press_key (self, &key);
}

void
pv_keyboard_press (PvKeyboard *self)
{
  GtkWidget *button = gtk_widget_get_focus_child (GTK_WIDGET (self));
  const PvKey *key = button != NULL ? g_object_get_data (G_OBJECT (button), "pv-key") : NULL;

  if (key != NULL) {
    const PvKey pressed = *key;

    press_key (self, &pressed);
  }
}

static const char *
kind_caption (PvKeyboard *self, PvKeyKind kind)
{
  switch (kind) {
  case PV_KEY_BACKSPACE:
    return C_ ("key", "Delete");
  case PV_KEY_SHIFT:
    return C_ ("key", "Caps");
  case PV_KEY_SPACE:
    return C_ ("key", "Space");
  case PV_KEY_GO_LETTERS:
    return "ABC";
  case PV_KEY_GO_ACCENTS:
    return "à ç ê";
  case PV_KEY_GO_DIGITS:
    return "123";
  case PV_KEY_SWITCH_ORDER:
    return self->order == PV_KEYS_AZERTY ? "ABC" : "AZERTY";
  case PV_KEY_DONE:
  case PV_KEY_TEXT:
  case PV_KEY_NONE:
  default:
    return "";
  }
}

static const char *
kind_spoken (PvKeyboard *self, PvKeyKind kind)
{
  switch (kind) {
  case PV_KEY_BACKSPACE:
    return _ ("Delete the last character");
  case PV_KEY_SHIFT:
    return _ ("Capital letter");
  case PV_KEY_SPACE:
    return C_ ("key", "Space");
  case PV_KEY_GO_LETTERS:
    return _ ("Letters");
  case PV_KEY_GO_ACCENTS:
    return _ ("Letters with accents");
  case PV_KEY_GO_DIGITS:
    return _ ("Digits and signs");
  case PV_KEY_SWITCH_ORDER:
    return self->order == PV_KEYS_AZERTY ? _ ("Keys in the order of the alphabet") : _ ("Keys as on a French keyboard");
  case PV_KEY_DONE:
    return _ ("Done");
  case PV_KEY_TEXT:
  case PV_KEY_NONE:
  default:
    return NULL;
  }
}

static const char *
kind_icon (PvKeyKind kind)
{
  return kind == PV_KEY_BACKSPACE ? "backspace" : kind == PV_KEY_SHIFT ? "shift" : NULL;
}

static glong
max_caption_chars (PvKeyboard *self)
{
  return self->is_narrow && !pv_keys_is_pad (self->page) ? MAX_NARROW_CHARS : MAX_CAPTION_CHARS;
}

static void
set_key (GtkWidget *button, const PvKey *key)
{
  g_object_set_data_full (G_OBJECT (button), "pv-key", g_memdup2 (key, sizeof *key), g_free);
}

/* Also of a key that had another text before. */
static const char *
fill_text_key (PvKeyboard *self, GtkWidget *button, const char *text)
{
  const char *spoken = pv_keys_spoken (text);

  label_text_key (self, button, text);
  if (g_utf8_strlen (text, -1) > 2)
    gtk_widget_add_css_class (button, "key-word");
  else
    gtk_widget_remove_css_class (button, "key-word");
  return spoken != NULL ? spoken : text;
}

static GtkWidget *
make_button (PvKeyboard *self, const PvKey *key)
{
  GtkWidget *button = gtk_button_new ();
  const char *name;

  set_key (button, key);
  gtk_widget_add_css_class (button, "key");
  gtk_widget_set_focus_on_click (button, FALSE);
  if (key->kind == PV_KEY_TEXT) {
    name = fill_text_key (self, button, key->text);
  } else if (key->kind == PV_KEY_DONE) {
    gtk_button_set_child (GTK_BUTTON (button), pv_icon_new ("check"));
    name = kind_spoken (self, key->kind);
  } else {
    const char *icon = kind_icon (key->kind);
    const char *caption = kind_caption (self, key->kind);
    /* The word, or the drawing on the key of every keyboard where the word is too long for a key. */
    if (icon != NULL && g_utf8_strlen (caption, -1) > max_caption_chars (self))
      gtk_button_set_child (GTK_BUTTON (button), pv_icon_new (icon));
    else
      gtk_button_set_label (GTK_BUTTON (button), caption);
    gtk_widget_add_css_class (button, "key-text");
    name = kind_spoken (self, key->kind);
    if (!pv_keys_is_pad (self->page))
      gtk_widget_add_css_class (button, key->kind == PV_KEY_SPACE ? "key-word" : "key-special");
    if (key->kind == PV_KEY_SHIFT && self->has_shift)
      gtk_widget_add_css_class (button, "active");
  }
  pv_set_spoken_name (button, name);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), self);
  return button;
}

static void
clear_buttons (PvKeyboard *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->buttons, i));
  g_ptr_array_set_size (self->buttons, 0);
}

/* The button in the place number @index for @key: most pages have letters in the same places. */
static void
place_key (PvKeyboard *self, guint index, const PvKey *key)
{
  GtkWidget *old = index < self->buttons->len ? g_ptr_array_index (self->buttons, index) : NULL;
  const PvKey *old_key = old != NULL ? g_object_get_data (G_OBJECT (old), "pv-key") : NULL;
  GtkWidget *button;

  if (old != NULL && old_key->kind == PV_KEY_TEXT && key->kind == PV_KEY_TEXT) {
    set_key (old, key);
    pv_set_spoken_name (old, fill_text_key (self, old, key->text));
    return;
  }
  button = make_button (self, key);
  gtk_widget_insert_before (button, GTK_WIDGET (self), old);
  if (old == NULL) {
    g_ptr_array_add (self->buttons, button);
  } else {
    gtk_widget_unparent (old);
    g_ptr_array_index (self->buttons, index) = button;
  }
}

static void
show_page (PvKeyboard *self, PvKeysPage page)
{
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  guint n_keys = 0;

  self->page = page;
  if (self->is_stale)
    clear_buttons (self);
  self->is_stale = FALSE;
  if (pv_keys_is_pad (page))
    gtk_widget_add_css_class (GTK_WIDGET (self), "pad");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "pad");
  pv_keys_fill (page, self->order, self->is_compact, &self->keys);
  for (guint row = 0; row < self->keys.n_rows; row++)
    for (guint column = 0; column < self->keys.n_keys[row]; column++)
      place_key (self, n_keys++, &self->keys.rows[row][column]);
  while (self->buttons->len > n_keys)
    gtk_widget_unparent (g_ptr_array_steal_index (self->buttons, self->buttons->len - 1));
  if (had_focus && self->buttons->len > 0)
    gtk_widget_grab_focus (g_ptr_array_index (self->buttons, 0));
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static int
margin_end (PvKeyboard *self)
{
  return pv_theme_px (self->is_compact ? COMPACT_MARGIN_END : MARGIN_END);
}

static int
key_height (PvKeyboard *self)
{
  if (self->is_compact)
    return pv_theme_px (COMPACT_KEY_HEIGHT);
  return pv_theme_px (pv_keys_is_pad (self->page) ? PAD_KEY_HEIGHT : KEY_HEIGHT);
}

static void
pv_keyboard_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                     int *minimum_baseline, int *natural_baseline)
{
  PvKeyboard *self = PV_KEYBOARD (widget);
  int rows = (int) self->keys.n_rows;

  (void) for_size;
  /* Buttons are measured because GTK wants it before it allocates them; the place of each is ours. */
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_widget_measure (g_ptr_array_index (self->buttons, i), orientation, -1, NULL, NULL, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = 0;
  else
    *minimum = *natural = rows * key_height (self) + (rows - 1) * pv_theme_px (GAP) + 2 * margin_end (self);
  *minimum_baseline = *natural_baseline = -1;
}

/* Letters and digits keep their order in every script: nothing is mirrored here. */
static void
pv_keyboard_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PvKeyboard *self = PV_KEYBOARD (widget);
  int side = pv_theme_px (MARGIN_SIDE);
  int gap = pv_theme_px (GAP);
  int key = key_height (self);
  int top = height - margin_end (self) - (int) self->keys.n_rows * (key + gap) + gap;
  guint i = 0;

  (void) baseline;
  for (guint row = 0; row < self->keys.n_rows; row++) {
    guint quarters = 0, before = 0;
    int room = width - 2 * side - ((int) self->keys.n_keys[row] - 1) * gap;
    for (guint column = 0; column < self->keys.n_keys[row]; column++)
      quarters += self->keys.rows[row][column].width;
    for (guint column = 0; column < self->keys.n_keys[row]; column++, i++) {
      guint after = before + self->keys.rows[row][column].width;
      int left = side + (int) column * gap + room * (int) before / (int) quarters;
      int right = side + (int) column * gap + room * (int) after / (int) quarters;
      GtkAllocation place = { left, top, MAX (1, right - left), key };
      gtk_widget_size_allocate (g_ptr_array_index (self->buttons, i), &place, -1);
      before = after;
    }
    top += key + gap;
  }
}

/* Tab goes past in one step: from inside it leaves, from outside it enters once. */
static gboolean
pv_keyboard_focus (GtkWidget *widget, GtkDirectionType direction)
{
  PvKeyboard *self = PV_KEYBOARD (widget);

  if (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD) {
    if (gtk_widget_get_focus_child (widget) != NULL || self->buttons->len == 0)
      return FALSE;
    return gtk_widget_grab_focus (g_ptr_array_index (self->buttons, 0));
  }
  return GTK_WIDGET_CLASS (pv_keyboard_parent_class)->focus (widget, direction);
}

static gboolean
find_focus (PvKeyboard *self, guint *ret_row, guint *ret_column)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self));
  guint i = 0;

  for (guint row = 0; focus != NULL && row < self->keys.n_rows; row++)
    for (guint column = 0; column < self->keys.n_keys[row]; column++, i++)
      if (g_ptr_array_index (self->buttons, i) == focus) {
        *ret_row = row;
        *ret_column = column;
        return TRUE;
      }
  return FALSE;
}

/* Twice the middle of a key, in thousandths of its row: rows need not be equally many quarters wide. */
static int
middle_of (PvKeyboard *self, guint row, guint wanted)
{
  guint before = 0, quarters = 0;

  for (guint column = 0; column < self->keys.n_keys[row]; column++) {
    quarters += self->keys.rows[row][column].width;
    if (column < wanted)
      before = quarters;
  }
  return (int) (1000 * (2 * before + self->keys.rows[row][wanted].width) / MAX (quarters, 1));
}

static guint
find_nearest (PvKeyboard *self, guint row, int middle)
{
  guint nearest = 0;

  for (guint column = 1; column < self->keys.n_keys[row]; column++)
    if (ABS (middle_of (self, row, column) - middle) < ABS (middle_of (self, row, nearest) - middle))
      nearest = column;
  return nearest;
}

static GtkWidget *
key_at (PvKeyboard *self, guint row, guint column)
{
  for (guint above = 0; above < row; above++)
    column += self->keys.n_keys[above];
  return g_ptr_array_index (self->buttons, column);
}

gboolean
pv_keyboard_walk (PvKeyboard *self, GtkDirectionType direction)
{
  guint row, column, n_keys;
  int middle;

  if (!find_focus (self, &row, &column))
    return FALSE;
  n_keys = self->keys.n_keys[row];
  middle = middle_of (self, row, column);
  if (direction == GTK_DIR_LEFT)
    column = (column + n_keys - 1) % n_keys;
  else if (direction == GTK_DIR_RIGHT)
    column = (column + 1) % n_keys;
  else if (direction == GTK_DIR_UP ? row == 0 : row + 1 == self->keys.n_rows)
    return FALSE;
  else
    row = direction == GTK_DIR_UP ? row - 1 : row + 1;
  if (direction == GTK_DIR_UP || direction == GTK_DIR_DOWN)
    column = find_nearest (self, row, middle);
  gtk_widget_grab_focus (key_at (self, row, column));
  return TRUE;
}

gboolean
pv_keyboard_enter (PvKeyboard *self)
{
  return self->buttons->len > 0 && gtk_widget_grab_focus (g_ptr_array_index (self->buttons, 0));
}

void
pv_keyboard_set_order (PvKeyboard *self, PvKeysOrder order)
{
  if (order == self->order)
    return;
  self->order = order;
  if (self->buttons->len > 0)
    show_page (self, self->page);
}

static void
pv_keyboard_dispose (GObject *object)
{
  PvKeyboard *self = PV_KEYBOARD (object);

  g_clear_weak_pointer (&self->target);
  if (self->buttons != NULL)
    clear_buttons (self);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  G_OBJECT_CLASS (pv_keyboard_parent_class)->dispose (object);
}

static void
pv_keyboard_class_init (PvKeyboardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pv_keyboard_dispose;
  widget_class->measure = pv_keyboard_measure;
  widget_class->size_allocate = pv_keyboard_size_allocate;
  widget_class->focus = pv_keyboard_focus;
  gtk_widget_class_set_css_name (widget_class, "keyboard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_DONE] =
    g_signal_new ("done", PV_TYPE_KEYBOARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
pv_keyboard_init (PvKeyboard *self)
{
  self->buttons = g_ptr_array_new ();
  self->debounce_ms = 300;
  gtk_widget_add_css_class (GTK_WIDGET (self), "fixed");
}

GtkWidget *
pv_keyboard_new (void)
{
  return g_object_new (PV_TYPE_KEYBOARD, NULL);
}

void
pv_keyboard_set_target (PvKeyboard *self, GtkWidget *target, PvInput input)
{
  gboolean had_case = self->input == PV_INPUT_EXACT;

  if (target == self->target && (target == NULL || input == self->input))
    return;
  g_set_weak_pointer (&self->target, target);
  pv_set_controls (GTK_WIDGET (self), target);
  if (target == NULL)
    return;
  self->input = input;
  pv_set_spoken_name (GTK_WIDGET (self), _ ("Keyboard on the screen"));
  if (self->is_stale || self->page != pv_keys_first_page (input) || self->buttons->len == 0
      || had_case != (input == PV_INPUT_EXACT)) {
    self->has_shift = FALSE;
    show_page (self, pv_keys_first_page (input));
  }
  set_shift (self, starts_with_capital (self));
}

void
pv_keyboard_forget (PvKeyboard *self)
{
  self->is_stale = TRUE;
}

GtkWidget *
pv_keyboard_get_target (PvKeyboard *self)
{
  return self->target;
}

void
pv_keyboard_set_debounce_ms (PvKeyboard *self, guint debounce_ms)
{
  self->debounce_ms = debounce_ms;
}

void
pv_keyboard_set_shape (PvKeyboard *self, gboolean is_compact, gboolean is_narrow)
{
  if (is_compact == self->is_compact && is_narrow == self->is_narrow)
    return;
  self->is_compact = is_compact;
  self->is_narrow = is_narrow;
  if (self->buttons->len > 0)
    show_page (self, self->page);
}
