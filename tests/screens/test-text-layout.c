/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A text that counts its lines says of its size what GTK finds out with many layouts of Pango. */
#include "tst.h"

#include <gtk/gtk.h>

#include "view/text-layout.h"

static const char *const texts[] = {
  "Retour",
  "Appeler un médiateur",
  "Je certifie que tout est exact, et que personne d’autre ne l’a écrit.",
  "Bonjour.\nVos démarches, pas à pas.",
  "Deux lignes vides\n\n",
  "ines.martin-deschamps@exemple.fr",
  "E-mail : ines.martin-deschamps.de-la-tour@mairie.exemple.fr ou 03 86 00 00 00",
  "  Des   espaces  partout",
  "تسجيل طلب في 23 نوفمبر الساعة 14:32، ولا شيء آخر",
  "AVAVAVAV ToToTo fi ffi fl WAVE",
  "",
};

enum { MODES = 6 };

static GtkWidget *
label_new (const char *text, guint mode)
{
  PangoWrapMode wrap = mode % 2 == 0 ? PANGO_WRAP_WORD : PANGO_WRAP_WORD_CHAR;
  gboolean has_width = mode == 2 || mode == 3;
  int spacing = mode >= 4 ? -200 : 0;
  GtkWidget *label = gtk_label_new (text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_attr_list_insert (attributes, pango_attr_line_height_new (1.3));
  if (spacing != 0)
    pango_attr_list_insert (attributes, pango_attr_letter_spacing_new (spacing));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), wrap);
  gtk_label_set_width_chars (GTK_LABEL (label), has_width ? 8 : -1);
  gtk_label_set_max_width_chars (GTK_LABEL (label), has_width ? 12 : -1);
  return g_object_ref_sink (label);
}

static void
assert_same (GtkWidget *ours, GtkWidget *theirs, GtkOrientation orientation, int for_size)
{
  int a[4] = { 0 }, b[4] = { 0 };

  gtk_widget_measure (ours, orientation, for_size, &a[0], &a[1], &a[2], &a[3]);
  gtk_widget_measure (theirs, orientation, for_size, &b[0], &b[1], &b[2], &b[3]);
  for (guint i = 0; i < G_N_ELEMENTS (a); i++)
    if (a[i] != b[i])
      fail_msg ("\"%s\", %s for %d, figure %u: %d is not %d", gtk_label_get_text (GTK_LABEL (ours)),
                orientation == GTK_ORIENTATION_HORIZONTAL ? "width" : "height", for_size, i, a[i], b[i]);
}

static void
assert_same_sizes (GtkWidget *ours, GtkWidget *theirs)
{
  assert_same (ours, theirs, GTK_ORIENTATION_HORIZONTAL, -1);
  assert_same (ours, theirs, GTK_ORIENTATION_VERTICAL, -1);
  for (int width = 20; width < 700; width += 113)
    assert_same (ours, theirs, GTK_ORIENTATION_VERTICAL, width);
  for (int height = 1; height < 200; height += 61)
    assert_same (ours, theirs, GTK_ORIENTATION_HORIZONTAL, height);
}

static void
for_every_text (void (*check) (GtkWidget *ours, GtkWidget *theirs))
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint mode = 0; mode < MODES; mode++) {
      g_autoptr (GtkWidget) ours = label_new (texts[i], mode);
      g_autoptr (GtkWidget) theirs = label_new (texts[i], mode);
      gtk_widget_set_layout_manager (ours, pv_text_layout_new ());
      check (ours, theirs);
    }
}

static void
a_new_text_has_the_size_that_gtk_finds (void **state)
{
  (void) state;
  for_every_text (assert_same_sizes);
}

static void
check_placed (GtkWidget *ours, GtkWidget *theirs)
{
  GtkWidget *both[] = { ours, theirs };

  for (guint i = 0; i < G_N_ELEMENTS (both); i++) {
    int width, height;
    gtk_widget_measure (both[i], GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
    width = MAX (width, 180);
    gtk_widget_measure (both[i], GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
    gtk_widget_allocate (both[i], width, height, -1, NULL);
  }
  assert_int_equal (pango_layout_get_width (gtk_label_get_layout (GTK_LABEL (ours))),
                    pango_layout_get_width (gtk_label_get_layout (GTK_LABEL (theirs))));
  assert_same_sizes (ours, theirs);
  /* Measuring must not touch what is drawn. */
  assert_int_equal (pango_layout_get_width (gtk_label_get_layout (GTK_LABEL (ours))),
                    gtk_widget_get_width (ours) * PANGO_SCALE);
}

static void
a_text_in_its_place_has_the_size_that_gtk_finds (void **state)
{
  (void) state;
  for_every_text (check_placed);
}

static void
check_changed (GtkWidget *ours, GtkWidget *theirs)
{
  g_autoptr (PangoAttrList) bold = pango_attr_list_new ();

  check_placed (ours, theirs);
  gtk_label_set_text (GTK_LABEL (ours), "Tout autre chose, et bien plus long qu’avant.");
  gtk_label_set_text (GTK_LABEL (theirs), "Tout autre chose, et bien plus long qu’avant.");
  assert_same_sizes (ours, theirs);
  pango_attr_list_insert (bold, pango_attr_scale_new (1.7));
  gtk_label_set_attributes (GTK_LABEL (ours), bold);
  gtk_label_set_attributes (GTK_LABEL (theirs), bold);
  assert_same_sizes (ours, theirs);
}

static void
a_changed_text_is_counted_anew (void **state)
{
  (void) state;
  for_every_text (check_changed);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_new_text_has_the_size_that_gtk_finds),
    cmocka_unit_test (a_text_in_its_place_has_the_size_that_gtk_finds),
    cmocka_unit_test (a_changed_text_is_counted_anew),
  };

  tst_init ();
  gtk_disable_setlocale ();
  if (!gtk_init_check ())
    return 77;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
