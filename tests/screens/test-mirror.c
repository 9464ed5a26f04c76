/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The citizen's screen inside a window of libadwaita: it looks as on the kiosk, and everything around it as on a desktop.
 *
 * How a kiosk draws the same is asked of a process of its own, since the style is one for a process: the program runs
 * itself with --kiosk. PV_TEST_FULL: every sample at every size. PV_GALLERY_DIR: the pictures are kept. */
#include "tst.h"

#include <X11/extensions/XTest.h>
#include <adwaita.h>
#include <gdk/x11/gdkx.h>
#include <stdlib.h>
#include <string.h>

#include "platform/language.h"
#include "samples.h"
#include "view/controls.h"
#include "view/kiosk-window.h"
#include "view/mirror-frame.h"
#include "view/theme-scope.h"
#include "view/theme.h"

enum {
  WAIT_MS = 10000,
  N_FRAMES = 3,
  /* Of 255, of each channel; a desktop's letters may have hinting, a kiosk's have none. */
  NEARLY = 48,
  MAX_OTHER_PER_MILLE = 1,
};

typedef struct {
  const char *name;
  int width, height;
} Size;

static const Size sizes[] = { { "portrait", 1080, 1780 }, { "landscape", 1800, 1080 }, { "compact", 1024, 768 } };

static const char *program;

/* ---- pictures ---- */

static void
painted_cb (GdkFrameClock *clock, gpointer user_data)
{
  (void) clock;
  (*(guint *) user_data)++;
}

/* The first lays out, the next follow what it found out. */
static gboolean
wait_for_frames (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  guint n_painted = 0;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &n_painted);

  gtk_widget_queue_draw (widget);
  while (n_painted < N_FRAMES && g_get_monotonic_time () < end) {
    guint before = n_painted;
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
    if (n_painted != before && n_painted < N_FRAMES)
      gtk_widget_queue_draw (widget);
  }
  g_signal_handler_disconnect (clock, handler);
  return n_painted >= N_FRAMES;
}

/* (transfer full): the widget as it is, at its own size */
static GdkTexture *
take_picture (GtkWidget *widget)
{
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  gdk_paintable_snapshot (paintable, snapshot, (double) width, (double) height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return NULL;
  return gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), node,
                                      &GRAPHENE_RECT_INIT (0, 0, width, height));
}

static void
keep (GdkTexture *texture, const char *name)
{
  const char *folder = g_getenv ("PV_GALLERY_DIR");
  g_autofree char *path = folder != NULL ? g_strdup_printf ("%s/%s.png", folder, name) : NULL;

  if (path != NULL)
    gdk_texture_save_to_png (texture, path);
}

/* Pixels of which a channel differs by more than NEARLY, in a thousand; 1000 if the sizes differ. */
static guint
count_other_per_mille (GdkTexture *one, GdkTexture *two)
{
  gsize width = (gsize) gdk_texture_get_width (one), height = (gsize) gdk_texture_get_height (one);
  g_autofree guint8 *first = g_malloc (width * height * 4), *second = g_malloc (width * height * 4);
  gsize n_other = 0;

  if ((gsize) gdk_texture_get_width (two) != width || (gsize) gdk_texture_get_height (two) != height)
    return 1000;
  gdk_texture_download (one, first, width * 4);
  gdk_texture_download (two, second, width * 4);
  for (gsize i = 0; i < width * height; i++) {
    gboolean is_other = FALSE;
    for (gsize channel = 0; channel < 4; channel++)
      is_other |= ABS (first[i * 4 + channel] - second[i * 4 + channel]) > NEARLY;
    n_other += is_other ? 1 : 0;
  }
  return (guint) (n_other * 1000 / (width * height));
}

/* ---- as on the kiosk ---- */

static gboolean
is_chosen (guint size, guint sample)
{
  return g_getenv ("PV_TEST_FULL") != NULL || sample % G_N_ELEMENTS (sizes) == size;
}

/* What a mediator may see in full, so that nothing is masked. */
static PvScreenState *
clear_sample (guint sample)
{
  PvScreenState *state = sample_new (sample, TONGUE_FR);

  for (guint i = 0; i < state->fields->len; i++) {
    PvField *field = g_ptr_array_index (state->fields, i);
    field->assist = PV_ASSIST_CLEAR;
    pv_field_open_rows (field);
  }
  return state;
}

static char *
picture_path (const char *folder, guint size, guint sample)
{
  return g_strdup_printf ("%s/%s-%s.png", folder, sizes[size].name, samples[sample].name);
}

static gboolean
draw_as_kiosk (const char *folder, guint size)
{
  PvViewConfig config = { .commune = "Montclair", .width = sizes[size].width, .height = sizes[size].height };
  PvLook look = { .text_percent = 100, .theme = "light", .language = "fr" };
  PvKioskWindow *window = pv_kiosk_window_new (NULL, &config);
  gboolean is_done = TRUE;

  pv_kiosk_window_set_look (window, &look);
  pv_kiosk_window_warm_up (window);
  pv_kiosk_window_present (window);
  for (guint sample = 0; sample < n_samples; sample++) {
    g_autoptr (PvScreenState) state = clear_sample (sample);
    g_autoptr (GdkTexture) picture = NULL;
    g_autofree char *path = picture_path (folder, size, sample);
    if (!is_chosen (size, sample))
      continue;
    pv_kiosk_window_show_state (window, state);
    gtk_window_set_focus (GTK_WINDOW (window), NULL);
    is_done &= wait_for_frames (GTK_WIDGET (window));
    picture = take_picture (GTK_WIDGET (window));
    is_done &= picture != NULL && gdk_texture_save_to_png (picture, path);
  }
  gtk_window_destroy (GTK_WINDOW (window));
  return is_done;
}

/* The other process. */
static int
be_kiosk (const char *folder)
{
  gboolean is_done = TRUE;

  pv_theme_prepare ();
  if (!gtk_init_check ())
    return EXIT_FAILURE;
  for (guint size = 0; size < G_N_ELEMENTS (sizes); size++)
    is_done &= draw_as_kiosk (folder, size);
  return is_done ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* ---- the desktop program ---- */

typedef struct {
  AdwApplicationWindow *window;
  GtkWidget *around; /* everything of the program's own: bar, entry, rows */
  GtkWidget *entry;
  PvMirrorFrame *mirror;
  GPtrArray *picked; /* (element-type char) */
  guint n_intentions;
} Fixture;

static void
picked_cb (PvMirrorFrame *mirror, const char *name, gpointer user_data)
{
  (void) mirror;
  g_ptr_array_add (((Fixture *) user_data)->picked, g_strdup (name));
}

static void
intention_cb (PvScreenView *view, const PvIntention *intention, gpointer user_data)
{
  (void) view;
  (void) intention;
  ((Fixture *) user_data)->n_intentions++;
}

/* Some of what a console is made of, with names that the kiosk's sheet knows, too. */
static GtkWidget *
make_around (Fixture *fixture)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *button = gtk_button_new_with_label ("Show");
  GtkWidget *icon = gtk_image_new_from_icon_name ("window-close-symbolic");

  fixture->entry = gtk_entry_new ();
  gtk_widget_add_css_class (button, "card");
  gtk_widget_set_hexpand (fixture->entry, TRUE);
  gtk_box_append (GTK_BOX (line), button);
  gtk_box_append (GTK_BOX (line), fixture->entry);
  gtk_box_append (GTK_BOX (line), gtk_label_new ("Mediator"));
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), line);
  return box;
}

static void
open_window (Fixture *fixture, int width, int height)
{
  fixture->window = ADW_APPLICATION_WINDOW (g_object_new (ADW_TYPE_APPLICATION_WINDOW, NULL));
  fixture->around = make_around (fixture);
  adw_application_window_set_content (fixture->window, gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_box_append (GTK_BOX (adw_application_window_get_content (fixture->window)), fixture->around);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, height);
}

static void
add_mirror (Fixture *fixture, const Size *size)
{
  GtkWidget *mirror = pv_mirror_frame_new (size->width, size->height);

  fixture->mirror = PV_MIRROR_FRAME (mirror);
  fixture->picked = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_set_hexpand (mirror, TRUE);
  gtk_widget_set_vexpand (mirror, TRUE);
  g_signal_connect (mirror, "picked", G_CALLBACK (picked_cb), fixture);
  g_signal_connect (pv_mirror_frame_get_view (fixture->mirror), "intention", G_CALLBACK (intention_cb), fixture);
  gtk_box_append (GTK_BOX (adw_application_window_get_content (fixture->window)), mirror);
}

static void
close_window (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_pointer (&fixture->picked, g_ptr_array_unref);
}

/* ---- first of all: before there is a mirror in this process ---- */

static char *
describe_settings (void)
{
  g_autofree char *theme = NULL, *font = NULL, *icons = NULL;
  gboolean has_animations, blinks;
  int dpi;

  g_object_get (gtk_settings_get_default (), "gtk-theme-name", &theme, "gtk-font-name", &font, "gtk-icon-theme-name",
                &icons, "gtk-enable-animations", &has_animations, "gtk-cursor-blink", &blinks, "gtk-xft-dpi", &dpi,
                NULL);
  return g_strdup_printf ("%s|%s|%s|%d|%d|%d", theme, font, icons, has_animations, blinks, dpi);
}

static void
around_a_mirror_everything_is_as_without (void **state)
{
  Fixture fixture = { 0 };
  g_autofree char *settings = describe_settings (), *settings_after = NULL;
  g_autoptr (GdkTexture) before = NULL, after = NULL;
  g_autoptr (PvScreenState) screen = clear_sample (0);
  GdkRGBA colour;

  (void) state;
  open_window (&fixture, 900, 700);
  gtk_window_present (GTK_WINDOW (fixture.window));
  assert_true (wait_for_frames (GTK_WIDGET (fixture.window)));
  before = take_picture (fixture.around);
  assert_non_null (before);
  /* Adwaita's: a bar of its height, and its colours. */
  assert_true (gtk_widget_get_height (gtk_widget_get_first_child (fixture.around)) >= 46);
  assert_true (
    gtk_style_context_lookup_color (gtk_widget_get_style_context (fixture.around), "headerbar_bg_color", &colour));

  pv_theme_start_embedded ();
  add_mirror (&fixture, &sizes[0]);
  pv_mirror_frame_show_state (fixture.mirror, screen);
  assert_true (wait_for_frames (GTK_WIDGET (fixture.window)));
  assert_true (gtk_widget_get_mapped (GTK_WIDGET (pv_mirror_frame_get_view (fixture.mirror))));
  after = take_picture (fixture.around);
  assert_int_equal (count_other_per_mille (before, after), 0);
  settings_after = describe_settings ();
  assert_string_equal (settings_after, settings);
  assert_false (gtk_style_context_lookup_color (gtk_widget_get_style_context (fixture.around), "danger", &colour));
  close_window (&fixture);
}

/* ---- then ---- */

static void
compare (const char *folder, Fixture *fixture, guint size, guint sample, guint *n_other)
{
  g_autoptr (PvScreenState) state = clear_sample (sample);
  g_autofree char *path = picture_path (folder, size, sample);
  g_autofree char *name = g_strdup_printf ("mirror-%s-%s", sizes[size].name, samples[sample].name);
  g_autofree char *kiosk_name = g_strdup_printf ("kiosk-%s-%s", sizes[size].name, samples[sample].name);
  g_autoptr (GdkTexture) expected = gdk_texture_new_from_filename (path, NULL);
  g_autoptr (GdkTexture) picture = NULL;
  guint other;

  assert_non_null (expected);
  pv_mirror_frame_show_state (fixture->mirror, state);
  assert_true (wait_for_frames (GTK_WIDGET (fixture->window)));
  assert_true (pv_mirror_frame_get_scale (fixture->mirror) > 0.9999);
  picture = take_picture (GTK_WIDGET (pv_mirror_frame_get_view (fixture->mirror)));
  assert_non_null (picture);
  other = count_other_per_mille (expected, picture);
  keep (expected, kiosk_name);
  keep (picture, name);
  if (other > MAX_OTHER_PER_MILLE) {
    fprintf (stderr, "%s %s: %u per mille\n", sizes[size].name, samples[sample].name, other);
    (*n_other)++;
  }
}

static void
a_mirror_is_what_the_kiosk_shows (void **state)
{
  g_autofree char *folder = g_dir_make_tmp ("pv-mirror-XXXXXX", NULL);
  char *argv[] = { (char *) program, (char *) "--kiosk", folder, NULL };
  guint n_other = 0;
  int status = 1;

  (void) state;
  assert_true (g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, NULL));
  assert_int_equal (status, 0);
  for (guint size = 0; size < G_N_ELEMENTS (sizes); size++) {
    Fixture fixture = { 0 };
    open_window (&fixture, sizes[size].width + 60, sizes[size].height + 120);
    add_mirror (&fixture, &sizes[size]);
    gtk_window_present (GTK_WINDOW (fixture.window));
    for (guint sample = 0; sample < n_samples; sample++)
      if (is_chosen (size, sample))
        compare (folder, &fixture, size, sample, &n_other);
    close_window (&fixture);
  }
  tst_remove_folder (folder);
  assert_int_equal (n_other, 0);
}

/* ---- a small one, with a window around it ---- */

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  pv_theme_start_embedded ();
  open_window (fixture, 800, 900);
  add_mirror (fixture, &sizes[0]);
  gtk_window_present (GTK_WINDOW (fixture->window));
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  close_window (*state);
  g_free (*state);
  return 0;
}

static PvScreenState *
question (void)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_QUESTION, "question-1");
  PvField *name = pv_screen_state_add_field (state, PV_FIELD_INPUT, "name", "Family name");
  PvField *number = pv_screen_state_add_field (state, PV_FIELD_INPUT, "number", "Number of the card");
  PvField *school = pv_screen_state_add_field (state, PV_FIELD_CHOICE, "school", "School");

  state->title = g_strdup ("Who is it?");
  state->progress = 0.5;
  name->value = g_strdup ("••••••••");
  name->assist = PV_ASSIST_TYPING;
  name->is_focused = TRUE;
  number->value = g_strdup ("•••");
  number->assist = PV_ASSIST_HIDDEN;
  school->assist = PV_ASSIST_CLEAR;
  pv_field_add_choice (school, "a", "Les Tilleuls")->selected = TRUE;
  pv_field_add_choice (school, "b", "Jean Moulin");
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_BACK, "Back")->is_enabled = TRUE;
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, "Continue")->is_enabled = TRUE;
  return state;
}

static void
show (Fixture *fixture, PvScreenState *state)
{
  pv_mirror_frame_show_state (fixture->mirror, state);
  pv_screen_state_free (state);
  assert_true (wait_for_frames (GTK_WIDGET (fixture->window)));
}

static GtkWidget *
find (Fixture *fixture, const char *focus_id)
{
  GtkWidget *widget = pv_find_focus_id (GTK_WIDGET (fixture->mirror), focus_id);

  assert_non_null (widget);
  return widget;
}

/* Of a real pointer, at the middle of what has this name. */
static void
click_on (Fixture *fixture, const char *name)
{
  GtkNative *native = GTK_NATIVE (fixture->window);
  GdkSurface *surface = gtk_native_get_surface (native);
  Display *display = gdk_x11_display_get_xdisplay (gdk_surface_get_display (surface));
  double x, y, left, top;
  graphene_rect_t bounds;
  Window child;
  int root_x, root_y;

  assert_true (pv_screen_view_find (pv_mirror_frame_get_view (fixture->mirror), name, &bounds));
  assert_true (gtk_widget_translate_coordinates (
    GTK_WIDGET (pv_mirror_frame_get_view (fixture->mirror)), GTK_WIDGET (native),
    (double) (bounds.origin.x + bounds.size.width / 2), (double) (bounds.origin.y + bounds.size.height / 2), &x, &y));
  gtk_native_get_surface_transform (native, &left, &top);
  XTranslateCoordinates (display, gdk_x11_surface_get_xid (surface), DefaultRootWindow (display), (int) (x + left),
                         (int) (y + top), &root_x, &root_y, &child);
  XTestFakeMotionEvent (display, -1, root_x, root_y, CurrentTime);
  XTestFakeButtonEvent (display, 1, True, CurrentTime);
  XTestFakeButtonEvent (display, 1, False, CurrentTime);
  XFlush (display);
  assert_true (wait_for_frames (GTK_WIDGET (fixture->window)));
}

static void
a_click_points_and_does_nothing_else (void **state)
{
  static const char *const names[] = { "action:next", "name", "number", "action:back" };
  Fixture *fixture = *state;

  show (fixture, question ());
  assert_true (pv_mirror_frame_get_scale (fixture->mirror) < 0.5);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    click_on (fixture, names[i]);
    assert_int_equal (fixture->picked->len, i + 1);
    assert_string_equal (g_ptr_array_index (fixture->picked, i), names[i]);
  }
  assert_int_equal (fixture->n_intentions, 0);
}

static void
nothing_of_it_takes_focus_or_enter (void **state)
{
  Fixture *fixture = *state;
  GtkWindow *window = GTK_WINDOW (fixture->window);
  GtkWidget *mirror = GTK_WIDGET (fixture->mirror);

  gtk_widget_grab_focus (fixture->entry);
  show (fixture, question ());
  assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (window), fixture->entry));
  assert_null (gtk_window_get_default_widget (window));
  assert_false (gtk_widget_grab_focus (find (fixture, "entry:name")));
  assert_false (gtk_widget_grab_focus (find (fixture, "action:next::")));
  for (int i = 0; i < 10; i++) {
    gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD);
    assert_false (gtk_window_get_focus (window) != NULL
                  && gtk_widget_is_ancestor (gtk_window_get_focus (window), mirror));
  }
}

static void
a_screen_reader_reads_it_and_cannot_use_it (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *entry, *next, *choice;

  show (fixture, question ());
  entry = find (fixture, "entry:name");
  next = find (fixture, "action:next::");
  choice = find (fixture, "choice:school:a");
  assert_null (gtk_test_accessible_check_property (GTK_ACCESSIBLE (next), GTK_ACCESSIBLE_PROPERTY_LABEL, "Continue"));
  assert_null (gtk_test_accessible_check_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                                   "Masked: an answer of medium length"));
  assert_null (gtk_test_accessible_check_state (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_STATE_CHECKED,
                                                GTK_ACCESSIBLE_TRISTATE_TRUE));
  assert_null (gtk_test_accessible_check_state (GTK_ACCESSIBLE (next), GTK_ACCESSIBLE_STATE_DISABLED, TRUE));
  assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (fixture->mirror), GTK_ACCESSIBLE_PROPERTY_LABEL));
  g_signal_emit_by_name (next, "clicked");
  g_signal_emit_by_name (choice, "clicked");
  assert_false (gtk_editable_get_editable (GTK_EDITABLE (entry)));
  assert_int_equal (fixture->n_intentions, 0);
}

static gboolean
says (GtkWidget *root, const char *text)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root)
      && strstr (gtk_label_get_text (GTK_LABEL (root)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

static PvScreenState *
check (void)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_CHECK, "check");
  PvField *summary = pv_screen_state_add_field (state, PV_FIELD_SUMMARY, "summary", NULL);

  state->title = g_strdup ("Check your request");
  pv_field_add_row (summary, "School", "Les Tilleuls")->assist = PV_ASSIST_CLEAR;
  pv_field_add_row (summary, "Name", "••••••••")->assist = PV_ASSIST_TYPING;
  pv_field_add_row (summary, "Account", "•••")->assist = PV_ASSIST_HIDDEN;
  return state;
}

static void
what_is_hidden_looks_hidden (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *mirror = GTK_WIDGET (fixture->mirror);
  PvScreenState *shown = question ();
  PvField *code = pv_screen_state_add_field (shown, PV_FIELD_QR, "code", "Your code");
  PvField *pupils = pv_screen_state_add_field (shown, PV_FIELD_CHOICE, "pupils", "Pupils");

  code->value = g_strdup ("•••");
  code->assist = PV_ASSIST_HIDDEN;
  pupils->assist = PV_ASSIST_TYPING;
  pv_field_add_choice (pupils, "1", "One");
  show (fixture, shown);
  assert_null (pv_find_focus_id (mirror, "entry:number"));
  assert_true (says (mirror, "Hidden. There is an answer."));
  assert_true (says (mirror, "Masked: you do not see what is chosen"));
  assert_true (gtk_widget_has_css_class (gtk_widget_get_parent (find (fixture, "entry:name")), "masked"));
  show (fixture, check ());
  assert_true (says (mirror, "Les Tilleuls"));
  assert_true (says (mirror, "••••••••"));
  assert_true (says (mirror, "Hidden. There is an answer."));
}

static void
what_the_citizen_lifts_is_seen (void **state)
{
  Fixture *fixture = *state;
  PvScreenState *lifted = question ();

  show (fixture, question ());
  ((PvField *) lifted->fields->pdata[0])->assist = PV_ASSIST_CLEAR;
  g_free (((PvField *) lifted->fields->pdata[0])->value);
  ((PvField *) lifted->fields->pdata[0])->value = g_strdup ("Martin");
  show (fixture, lifted);
  assert_string_equal (gtk_editable_get_text (GTK_EDITABLE (find (fixture, "entry:name"))), "Martin");
  assert_false (gtk_widget_has_css_class (gtk_widget_get_parent (find (fixture, "entry:name")), "masked"));
}

static void
what_is_pointed_at_is_outlined_until_it_goes (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GdkTexture) plain = NULL, outlined = NULL, gone = NULL;

  show (fixture, question ());
  plain = take_picture (GTK_WIDGET (fixture->mirror));
  pv_mirror_frame_set_target (fixture->mirror, "action:next");
  show (fixture, question ());
  outlined = take_picture (GTK_WIDGET (fixture->window));
  keep (outlined, "console");
  g_clear_object (&outlined);
  outlined = take_picture (GTK_WIDGET (fixture->mirror));
  assert_in_range (count_other_per_mille (plain, outlined), 1, 50);
  pv_mirror_frame_set_target (fixture->mirror, NULL);
  show (fixture, question ());
  gone = take_picture (GTK_WIDGET (fixture->mirror));
  assert_int_equal (count_other_per_mille (plain, gone), 0);
}

static void
a_screen_read_from_the_right_stays_inside (void **state)
{
  Fixture *fixture = *state;
  PvScreenView *view = pv_mirror_frame_get_view (fixture->mirror);
  graphene_rect_t back, next;

  pv_screen_view_set_language (view, "ar", TRUE);
  show (fixture, question ());
  assert_true (pv_screen_view_find (view, "action:back", &back) && pv_screen_view_find (view, "action:next", &next));
  assert_true (back.origin.x > next.origin.x);
  assert_int_equal (gtk_widget_get_direction (fixture->entry), GTK_TEXT_DIR_LTR);
  pv_screen_view_set_language (view, "fr", FALSE);
  show (fixture, question ());
  assert_true (pv_screen_view_find (view, "action:back", &back) && pv_screen_view_find (view, "action:next", &next));
  assert_true (back.origin.x < next.origin.x);
}

static void
larger_text_is_the_mirrors_alone (void **state)
{
  Fixture *fixture = *state;
  PvScreenView *view = pv_mirror_frame_get_view (fixture->mirror);
  const PvLook large = { .text_percent = 150, .theme = "dark", .language = "fr" },
               usual = { .text_percent = 100, .theme = "light", .language = "fr" };
  g_autoptr (GdkTexture) before = NULL, during = NULL;
  int small_width, large_width;

  show (fixture, question ());
  before = take_picture (fixture->around);
  gtk_widget_measure (find (fixture, "action:next::"), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &small_width, NULL, NULL);
  pv_screen_view_set_look (view, &large);
  show (fixture, question ());
  during = take_picture (fixture->around);
  gtk_widget_measure (find (fixture, "action:next::"), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &large_width, NULL, NULL);
  pv_screen_view_set_look (view, &usual);
  assert_true (large_width > small_width * 5 / 4);
  assert_int_equal (count_other_per_mille (before, during), 0);
}

static void
without_a_screen_nothing_is_drawn (void **state)
{
  Fixture *fixture = *state;

  show (fixture, question ());
  pv_mirror_frame_set_target (fixture->mirror, "name");
  pv_mirror_frame_show_state (fixture->mirror, NULL);
  assert_true (wait_for_frames (GTK_WIDGET (fixture->window)));
  assert_null (take_picture (GTK_WIDGET (fixture->mirror)));
  assert_null (pv_find_focus_id (GTK_WIDGET (fixture->mirror), "entry:name"));
}

static void
parsing_error_cb (GtkCssProvider *provider, GtkCssSection *section, const GError *error, gpointer user_data)
{
  (void) provider;
  (void) section;
  fprintf (stderr, "%s\n", error->message);
  (*(guint *) user_data)++;
}

static void
gtk_understands_the_scoped_sheets (void **state)
{
  static const char *const names[] = { "palette-light", "palette-dark", "palette-contrast", "style", "mirror" };
  guint n_errors = 0;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
    g_autofree char *path = g_strdup_printf ("/org/parvis/%s.css", names[i]);
    g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_autofree char *css = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    g_autofree char *scoped = pv_theme_scope (css, 16.0);
    g_signal_connect (provider, "parsing-error", G_CALLBACK (parsing_error_cb), &n_errors);
    gtk_css_provider_load_from_data (provider, scoped, -1);
  }
  assert_int_equal (n_errors, 0);
}

#define with_window(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (int argc, char **argv)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (around_a_mirror_everything_is_as_without), /* first: see there */
    cmocka_unit_test (gtk_understands_the_scoped_sheets),
    cmocka_unit_test (a_mirror_is_what_the_kiosk_shows),
    with_window (a_click_points_and_does_nothing_else),
    with_window (nothing_of_it_takes_focus_or_enter),
    with_window (a_screen_reader_reads_it_and_cannot_use_it),
    with_window (what_is_hidden_looks_hidden),
    with_window (what_the_citizen_lifts_is_seen),
    with_window (what_is_pointed_at_is_outlined_until_it_goes),
    with_window (a_screen_read_from_the_right_stays_inside),
    with_window (larger_text_is_the_mirrors_alone),
    with_window (without_a_screen_nothing_is_drawn),
  };

  tst_init ();
  pv_language_start ();
  gtk_disable_setlocale ();
  if (argc == 3 && g_str_equal (argv[1], "--kiosk"))
    return be_kiosk (argv[2]);
  program = argv[0];
  if (!gtk_init_check ())
    return 77;
  adw_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
