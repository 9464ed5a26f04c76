/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/qr.h"

#include "core/wipe.h"

#include <qrencode.h>
#include <string.h>

struct PvQr {
  QRcode *code; /* owned */
};

PvQr *
pv_qr_new (const char *text)
{
  gsize length = strlen (text);
  QRcode *code;
  PvQr *qr;

  if (length == 0 || length > PV_QR_MAX_BYTES)
    return NULL;
  code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  if (code == NULL)
    return NULL;
  qr = g_new (PvQr, 1);
  qr->code = code;
  return qr;
}

void
pv_qr_free (PvQr *qr)
{
  if (qr == NULL)
    return;
  /* It may bear a tracking code. */
  pv_wipe_bytes (qr->code->data, (gsize) qr->code->width * (gsize) qr->code->width);
  QRcode_free (qr->code);
  g_free (qr);
}

guint
pv_qr_get_size (const PvQr *qr)
{
  return (guint) qr->code->width;
}

gboolean
pv_qr_is_dark (const PvQr *qr, guint x, guint y)
{
  g_return_val_if_fail (x < pv_qr_get_size (qr) && y < pv_qr_get_size (qr), FALSE);
  /* Lowest bit: 1 = dark (qrencode.h). */
  return (qr->code->data[y * pv_qr_get_size (qr) + x] & 1) != 0;
}
