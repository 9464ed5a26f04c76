/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* phone.h: what the page of kiosk-config/relay does in a phone, written a second time, so that what opens a document is
 * tested against another hand.
 */
#pragma once

#include <glib.h>

typedef struct FakePhone {
  char *page; /* the address before the "#" */
  char *id;
  guint8 key[32];
  guint64 max_bytes;
  char **types;
} FakePhone;

/* What the QR code says. NULL: not such an address. */
FakePhone *fake_phone_new (const char *url);
void fake_phone_free (FakePhone *phone);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakePhone, fake_phone_free)

/* Header (type 1 PDF, 2 JPEG, 3 PNG), document, zeros up to a multiple of 65536. */
GBytes *fake_phone_wrap (guint8 type, gconstpointer data, gsize size);
/* Nonce, ciphertext, tag, of any bytes. */
GBytes *fake_phone_encrypt (const FakePhone *phone, GBytes *plain);
/* Both. */
GBytes *fake_phone_seal (const FakePhone *phone, guint8 type, gconstpointer data, gsize size);
