/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/top-band.h"

#include <glib/gi18n-lib.h>

#include "view/controls.h"
#include "view/column.h"
#include "view/text-layout.h"

struct _PvTopBand {
  GtkBox parent_instance;
  GtkWidget *emblem, *commune, *place, *practice, *step;
};

G_DEFINE_FINAL_TYPE (PvTopBand, pv_top_band, GTK_TYPE_BOX)

static void
pv_top_band_class_init (PvTopBandClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PV_TYPE_COLUMN);
  g_type_ensure (PV_TYPE_TEXT_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/parvis/top-band.ui");
  gtk_widget_class_bind_template_child (widget_class, PvTopBand, emblem);
  gtk_widget_class_bind_template_child (widget_class, PvTopBand, commune);
  gtk_widget_class_bind_template_child (widget_class, PvTopBand, place);
  gtk_widget_class_bind_template_child (widget_class, PvTopBand, practice);
  gtk_widget_class_bind_template_child (widget_class, PvTopBand, step);
}

static void
pv_top_band_init (PvTopBand *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
pv_top_band_set_emblem (PvTopBand *self, GdkPaintable *emblem)
{
  gtk_image_set_from_paintable (GTK_IMAGE (self->emblem), emblem);
  gtk_widget_set_visible (self->emblem, emblem != NULL);
}

/* "Step 5 of 9 · Person 1": one line each, or the name of the town would be broken. (transfer full) (nullable) */
static char *
break_step (const char *text)
{
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, " · ", 2) : NULL;

  return parts != NULL ? g_strjoinv ("\n", parts) : NULL;
}

void
pv_top_band_update (PvTopBand *self, const PvScreenState *state)
{
  g_autofree char *step = break_step (state->step_text);

  pv_text_update (self->commune, state->commune);
  /* The mark takes its place: beside the step there may be no room for it. */
  pv_text_update (self->place, state->is_practice ? NULL : state->place);
  pv_text_update (self->step, step);
  /* Translators: on every screen of a procedure that is only tried out, nothing is sent */
  pv_text_update (self->practice, state->is_practice ? _ ("Practice") : NULL);
}
