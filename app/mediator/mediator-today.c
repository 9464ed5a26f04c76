/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/mediator-today.h"

#include <glib/gi18n-lib.h>

#include "mediator/mediator-activity-row.h"
#include "platform/clock.h"

struct _PvMediatorToday {
  GtkBox parent_instance;

  /* children */
  AdwPreferencesGroup *lines;
  GtkWidget *nothing, *file_group;
  AdwActionRow *file;
  /* owned */
  PvDesk *desk;
  GPtrArray *rows; /* oldest first */
};

enum { PROBLEM, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PvMediatorToday, pv_mediator_today, GTK_TYPE_BOX)

static void
edited_cb (PvMediatorToday *today, PvMediatorActivityRow *row)
{
  g_autoptr (GError) error = NULL;
  guint index;

  if (!g_ptr_array_find (today->rows, row, &index) || pv_desk_get_console (today->desk) == NULL)
    return;
  if (!pv_activity_replace (pv_console_get_activity (pv_desk_get_console (today->desk)), index,
                            pv_mediator_activity_row_get_line (row), &error))
    g_signal_emit (today, signals[PROBLEM], 0, error->message);
}

static void
clear (PvMediatorToday *today)
{
  for (guint i = 0; i < today->rows->len; i++)
    adw_preferences_group_remove (today->lines, today->rows->pdata[i]);
  g_ptr_array_set_size (today->rows, 0);
}

static const GPtrArray *
get_lines (PvMediatorToday *today)
{
  PvConsole *console = pv_desk_get_console (today->desk);
  PvActivity *activity = console != NULL ? pv_console_get_activity (console) : NULL;

  return activity != NULL
           ? pv_activity_get_today (activity, pv_clock_get_wall_us (pv_clock_get_system ()) / G_USEC_PER_SEC)
           : NULL;
}

static void
show_file (PvMediatorToday *today)
{
  const PvConsoleSettings *settings = pv_desk_get_settings (today->desk);
  const char *path = settings != NULL ? settings->activity_file : NULL;

  gtk_widget_set_visible (today->file_group, path != NULL);
  adw_action_row_set_subtitle (today->file, path != NULL ? path : "");
}

void
pv_mediator_today_show (PvMediatorToday *today, gboolean opens_last)
{
  const GPtrArray *lines = get_lines (today);
  guint n_lines = lines != NULL ? lines->len : 0;

  clear (today);
  for (guint i = 0; i < n_lines; i++) {
    GtkWidget *row = pv_mediator_activity_row_new (lines->pdata[i]);

    g_signal_connect_swapped (row, "edited", G_CALLBACK (edited_cb), today);
    g_ptr_array_add (today->rows, row);
  }
  /* The newest on top: it is the one that is looked for. */
  for (guint i = n_lines; i > 0; i--)
    adw_preferences_group_add (today->lines, today->rows->pdata[i - 1]);
  gtk_widget_set_visible (today->nothing, n_lines == 0);
  show_file (today);
  if (opens_last && n_lines > 0) {
    adw_expander_row_set_expanded (today->rows->pdata[n_lines - 1], TRUE);
    gtk_widget_grab_focus (today->rows->pdata[n_lines - 1]);
  }
}

void
pv_mediator_today_set_desk (PvMediatorToday *today, PvDesk *desk)
{
  g_set_object (&today->desk, desk);
}

static void
pv_mediator_today_dispose (GObject *object)
{
  PvMediatorToday *today = PV_MEDIATOR_TODAY (object);

  g_clear_object (&today->desk);
  g_clear_pointer (&today->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (pv_mediator_today_parent_class)->dispose (object);
}

static void
pv_mediator_today_class_init (PvMediatorTodayClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pv_mediator_today_dispose;
  signals[PROBLEM] = g_signal_new ("problem", PV_TYPE_MEDIATOR_TODAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/parvis/Mediator/mediator-today.ui");
  gtk_widget_class_bind_template_child (widget_class, PvMediatorToday, lines);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorToday, nothing);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorToday, file_group);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorToday, file);
}

static void
pv_mediator_today_init (PvMediatorToday *today)
{
  gtk_widget_init_template (GTK_WIDGET (today));
  today->rows = g_ptr_array_new ();
}
