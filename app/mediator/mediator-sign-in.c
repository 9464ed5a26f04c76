/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/mediator-sign-in.h"

#include <glib/gi18n-lib.h>

#include "mediator/mediator-voice.h"
#include "platform/sealed-key.h"
#include "view/relations.h"

struct _PvMediatorSignIn {
  GtkBox parent_instance;

  /* children */
  GtkStack *stack;
  AdwActionRow *path;
  GtkLabel *problem;
  GtkWidget *again;
  AdwAvatar *avatar;
  GtkLabel *name, *place, *error;
  GtkEditable *passphrase;
  GtkWidget *open;
  GtkSpinner *spinner;
  /* owned */
  PvDesk *desk;
  GCancellable *cancellable;
  char *settings_path;
};

G_DEFINE_FINAL_TYPE (PvMediatorSignIn, pv_mediator_sign_in, GTK_TYPE_BOX)

/* Every part of the certificate has been read, none verified: the kiosk does that. */
static void
show_person (PvMediatorSignIn *page)
{
  const PvCertificate *certificate = pv_desk_get_certificate (page->desk);

  adw_avatar_set_text (page->avatar, certificate->name);
  gtk_label_set_text (page->name, certificate->name);
  gtk_label_set_text (page->place, certificate->place);
  gtk_label_set_text (page->error, "");
  gtk_stack_set_visible_child_name (page->stack, "passphrase");
  gtk_widget_grab_focus (GTK_WIDGET (page->passphrase));
}

static void
look_at_settings (PvMediatorSignIn *page)
{
  g_autoptr (GError) error = NULL;

  if (pv_desk_load (page->desk, page->settings_path, &error)) {
    show_person (page);
    return;
  }
  adw_action_row_set_subtitle (page->path, page->settings_path);
  gtk_label_set_text (page->problem, g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? "" : error->message);
  gtk_stack_set_visible_child_name (page->stack, "setup");
  gtk_widget_grab_focus (page->again);
}

static void
set_busy (PvMediatorSignIn *page, gboolean is_busy)
{
  gtk_spinner_set_spinning (page->spinner, is_busy);
  gtk_widget_set_visible (GTK_WIDGET (page->spinner), is_busy);
  gtk_widget_set_sensitive (page->open, !is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (page->passphrase), !is_busy);
}

/* Beside the passphrase, which is wrong as long as there are words. */
static void
tell_error (PvMediatorSignIn *page, const char *text)
{
  gtk_label_set_text (page->error, text);
  pv_describe_by (GTK_WIDGET (page->passphrase), GTK_WIDGET (page->error), NULL, *text != '\0');
}

static void
show_error (PvMediatorSignIn *page, const char *text)
{
  tell_error (page, text);
  pv_mediator_say (GTK_WIDGET (page), text);
  gtk_widget_grab_focus (GTK_WIDGET (page->passphrase));
}

/* Nothing that a mediator can mend: the message is for whoever can. */
static void
show_trouble (PvMediatorSignIn *page, const GError *error)
{
  g_autofree char *text =
    g_strdup_printf (_ ("The console cannot start. Show this to your IT department: %s"), error->message);

  show_error (page, text);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PvMediatorSignIn) page = user_data;
  g_autoptr (GError) error = NULL;

  if (pv_desk_sign_in_finish (PV_DESK (source), result, &error)) {
    set_busy (page, FALSE);
    return;
  }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (page, FALSE);
  if (g_error_matches (error, PV_SEALED_KEY_ERROR, PV_SEALED_KEY_ERROR_PASSPHRASE))
    show_error (page, _ ("This is not the passphrase. Please type it again."));
  else
    show_trouble (page, error);
}

void
pv_mediator_sign_in_open (PvMediatorSignIn *page, const char *passphrase)
{
  if (pv_desk_get_settings (page->desk) == NULL || pv_desk_get_console (page->desk) != NULL
      || gtk_spinner_get_spinning (page->spinner))
    return;
  if (*passphrase == '\0') {
    show_error (page, _ ("Please type your passphrase."));
    return;
  }
  tell_error (page, "");
  set_busy (page, TRUE);
  pv_desk_sign_in_async (page->desk, passphrase, page->cancellable, signed_in_cb, g_object_ref (page));
  gtk_editable_set_text (page->passphrase, "");
}

static void
open_cb (PvMediatorSignIn *page)
{
  pv_mediator_sign_in_open (page, gtk_editable_get_text (page->passphrase));
}

void
pv_mediator_sign_in_start (PvMediatorSignIn *page, PvDesk *desk, const char *path)
{
  g_set_object (&page->desk, desk);
  g_free (page->settings_path);
  page->settings_path = g_strdup (path);
  look_at_settings (page);
}

static void
pv_mediator_sign_in_dispose (GObject *object)
{
  PvMediatorSignIn *page = PV_MEDIATOR_SIGN_IN (object);

  if (page->cancellable != NULL)
    g_cancellable_cancel (page->cancellable);
  g_clear_object (&page->cancellable);
  g_clear_object (&page->desk);
  G_OBJECT_CLASS (pv_mediator_sign_in_parent_class)->dispose (object);
}

static void
pv_mediator_sign_in_finalize (GObject *object)
{
  g_free (PV_MEDIATOR_SIGN_IN (object)->settings_path);
  G_OBJECT_CLASS (pv_mediator_sign_in_parent_class)->finalize (object);
}

static void
pv_mediator_sign_in_class_init (PvMediatorSignInClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pv_mediator_sign_in_dispose;
  G_OBJECT_CLASS (class)->finalize = pv_mediator_sign_in_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/parvis/Mediator/mediator-sign-in.ui");
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSignIn, stack);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSignIn, path);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSignIn, problem);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSignIn, again);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSignIn, avatar);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSignIn, name);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSignIn, place);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSignIn, error);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSignIn, passphrase);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSignIn, open);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSignIn, spinner);
}

static void
pv_mediator_sign_in_init (PvMediatorSignIn *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  page->cancellable = g_cancellable_new ();
  g_signal_connect_swapped (page->again, "clicked", G_CALLBACK (look_at_settings), page);
  g_signal_connect_swapped (page->open, "clicked", G_CALLBACK (open_cb), page);
  g_signal_connect_swapped (page->passphrase, "entry-activated", G_CALLBACK (open_cb), page);
}
