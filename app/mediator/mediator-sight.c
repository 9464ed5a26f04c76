/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/mediator-sight.h"

GtkWidget *
pv_mediator_sight_new (void)
{
  return gtk_text_view_new ();
}
void
pv_mediator_sight_show (GtkWidget *sight, const PvScreenState *state)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (sight)), state != NULL ? state->title : "", -1);
}
void
pv_mediator_sight_set_target (GtkWidget *sight, const char *name)
{
  (void) sight;
  (void) name;
}
