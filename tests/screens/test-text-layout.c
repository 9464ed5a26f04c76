/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A text and a column say of their height what GTK says, and of their width the same whatever the height. */
#include "tst.h"

#include <gtk/gtk.h>

#include "view/column.h"
#include "view/text-layout.h"

static const char *const texts[] = {
  "Retour",
  "Je certifie que tout est exact, et que personne d’autre ne l’a écrit.",
  "Bonjour.\nVos démarches, pas à pas.",
  "E-mail : ines.martin-deschamps.de-la-tour@mairie.exemple.fr ou 03 86 00 00 00",
  "تسجيل طلب في 23 نوفمبر الساعة 14:32، ولا شيء آخر",
  "",
};

static GtkWidget *
label_new (const char *text, gboolean is_ours)
{
  GtkWidget *label = gtk_label_new (text);

  if (is_ours)
    gtk_widget_set_layout_manager (label, pv_text_layout_new ());
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  return label;
}

static void
assert_sizes (GtkWidget *ours, GtkWidget *theirs, GtkOrientation orientation, int our_size, int their_size)
{
  int a[4] = { 0 }, b[4] = { 0 };

  gtk_widget_measure (ours, orientation, our_size, &a[0], &a[1], &a[2], &a[3]);
  gtk_widget_measure (theirs, orientation, their_size, &b[0], &b[1], &b[2], &b[3]);
  for (guint i = 0; i < G_N_ELEMENTS (a); i++)
    if (a[i] != b[i])
      fail_msg ("%s for %d, figure %u: %d is not %d", orientation == GTK_ORIENTATION_HORIZONTAL ? "width" : "height",
                our_size, i, a[i], b[i]);
}

static void
assert_same (GtkWidget *ours, GtkWidget *theirs)
{
  for (int width = -1; width < 700; width += 113)
    assert_sizes (ours, theirs, GTK_ORIENTATION_VERTICAL, width, width);
  for (int height = -1; height < 200; height += 61)
    assert_sizes (ours, theirs, GTK_ORIENTATION_HORIZONTAL, height, -1);
}

static void
a_text_is_as_high_as_gtk_finds_and_as_wide_at_any_height (void **state)
{
  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GtkWidget) ours = g_object_ref_sink (label_new (texts[i], TRUE));
    g_autoptr (GtkWidget) theirs = g_object_ref_sink (label_new (texts[i], FALSE));

    assert_same (ours, theirs);
    gtk_label_set_text (GTK_LABEL (ours), "Tout autre chose, et bien plus long qu’avant.");
    gtk_label_set_text (GTK_LABEL (theirs), "Tout autre chose, et bien plus long qu’avant.");
    assert_same (ours, theirs);
  }
}

static void
a_column_is_as_high_as_gtk_finds_and_as_wide_at_any_height (void **state)
{
  g_autoptr (GtkWidget) ours = g_object_ref_sink (pv_column_new ());
  g_autoptr (GtkWidget) theirs = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    gtk_box_append (GTK_BOX (ours), label_new (texts[i], TRUE));
    gtk_box_append (GTK_BOX (theirs), label_new (texts[i], FALSE));
  }
  assert_same (ours, theirs);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_text_is_as_high_as_gtk_finds_and_as_wide_at_any_height),
    cmocka_unit_test (a_column_is_as_high_as_gtk_finds_and_as_wide_at_any_height),
  };

  tst_init ();
  gtk_disable_setlocale ();
  if (!gtk_init_check ())
    return 77;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
