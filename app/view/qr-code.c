/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/qr-code.h"

#include <qrencode.h>
#include <string.h>

#include "core/wipe.h"

enum {
  QUIET_MODULES = 4,
  MIN_PIXELS = 300,
  NATURAL_PIXELS = 560,
};

struct _PvQrCode {
  GtkWidget parent_instance;
  char *text;
  QRcode *code;
};

G_DEFINE_FINAL_TYPE (PvQrCode, pv_qr_code, GTK_TYPE_WIDGET)

static void
clear_code (PvQrCode *self)
{
  if (self->code != NULL)
    pv_wipe_bytes (self->code->data, (gsize) self->code->width * (gsize) self->code->width);
  g_clear_pointer (&self->code, QRcode_free);
  g_clear_pointer (&self->text, pv_wipe_str);
}

static void
pv_qr_code_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                    int *minimum_baseline, int *natural_baseline)
{
  (void) widget;
  (void) orientation;
  (void) for_size;
  *minimum = MIN_PIXELS;
  *natural = gtk_widget_has_css_class (widget, "small") ? MIN_PIXELS : NATURAL_PIXELS;
  *minimum_baseline = *natural_baseline = -1;
}

static void
pv_qr_code_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PvQrCode *self = PV_QR_CODE (widget);
  const GdkRGBA white = { 1, 1, 1, 1 };
  const GdkRGBA black = { 0, 0, 0, 1 };
  int side = MIN (gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  int modules, module, left, top;

  if (self->code == NULL)
    return;
  /* Whole pixels, so that all modules are equally wide. */
  modules = self->code->width + 2 * QUIET_MODULES;
  module = MAX (1, side / modules);
  left = (gtk_widget_get_width (widget) - module * modules) / 2;
  top = (gtk_widget_get_height (widget) - module * modules) / 2;
  gtk_snapshot_append_color (
    snapshot, &white,
    &GRAPHENE_RECT_INIT ((float) left, (float) top, (float) (module * modules), (float) (module * modules)));
  left += QUIET_MODULES * module;
  top += QUIET_MODULES * module;
  for (int y = 0; y < self->code->width; y++)
    for (int x = 0; x < self->code->width; x++)
      if (self->code->data[y * self->code->width + x] & 1)
        gtk_snapshot_append_color (snapshot, &black,
                                   &GRAPHENE_RECT_INIT ((float) (left + x * module), (float) (top + y * module),
                                                        (float) module, (float) module));
}

static void
pv_qr_code_finalize (GObject *object)
{
  clear_code (PV_QR_CODE (object));
  G_OBJECT_CLASS (pv_qr_code_parent_class)->finalize (object);
}

static void
pv_qr_code_class_init (PvQrCodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = pv_qr_code_finalize;
  widget_class->measure = pv_qr_code_measure;
  widget_class->snapshot = pv_qr_code_snapshot;
  gtk_widget_class_set_css_name (widget_class, "qrcode");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
pv_qr_code_init (PvQrCode *self)
{
  (void) self;
}

GtkWidget *
pv_qr_code_new (void)
{
  return g_object_new (PV_TYPE_QR_CODE, NULL);
}

gboolean
pv_qr_code_set_text (PvQrCode *self, const char *text)
{
  if (g_strcmp0 (text, self->text) == 0)
    return self->code != NULL;
  clear_code (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (text == NULL || text[0] == '\0' || strlen (text) > PV_QR_MAX_BYTES)
    return FALSE;
  self->text = g_strdup (text);
  self->code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  return self->code != NULL;
}
