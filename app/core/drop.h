/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* drop.h: how a document of a citizen's phone is addressed, sized and wrapped on its way through the relay.
 *
 * The same is written for the phone in kiosk-config/relay/page/page.js, and explained in kiosk-config/relay/README.md.
 * What the relay sees is NONCE, ciphertext, TAG of AES-256-GCM; what is inside begins with a header and ends in zeros, so
 * that the relay learns the size of a document by steps of 64 KiB only.
 */
#pragma once

#include "core/capture.h"

enum {
  PV_DROP_ID_BYTES = 16,
  PV_DROP_ID_LENGTH = 32, /* hexadecimal digits */
  PV_DROP_KEY_BYTES = 32,
  PV_DROP_NONCE_BYTES = 12,
  PV_DROP_TAG_BYTES = 16,
  PV_DROP_HEADER_BYTES = 6, /* version, type, length in 4 bytes, the highest first */
  PV_DROP_STEP_BYTES = 64 * 1024,
  PV_DROP_MAX_BYTES = 16 * 1024 * 1024, /* a photo of a phone; made smaller afterwards */
  PV_DROP_MAX_PLAIN_BYTES = PV_DROP_MAX_BYTES + PV_DROP_STEP_BYTES,
  PV_DROP_MAX_SEALED_BYTES = PV_DROP_NONCE_BYTES + PV_DROP_MAX_PLAIN_BYTES + PV_DROP_TAG_BYTES,
};

/* What the phone says it is; nobody believes it. */
typedef enum {
  PV_DROP_PDF = 1,
  PV_DROP_JPEG = 2,
  PV_DROP_PNG = 3,
} PvDropType;

/* 32 small hexadecimal digits. */
gboolean pv_drop_id_is_valid (const char *id);

/**
 * pv_drop_make_url:
 * @page_url: of the relay's page
 * @key: PV_DROP_KEY_BYTES
 * @rules: what the form takes: the page refuses the rest before it is sent
 *
 * "PAGE#v1.ID.KEY.BYTES.TYPES", as "pdf-jpeg-png": no browser sends what is behind the "#". BYTES is the form's limit, and
 * counts for a PDF, which stays what it is. Pictures are always taken: the page draws them anew, and the kiosk makes of
 * them, within the limit, whatever the form takes.
 *
 * Returns: (transfer full): a secret: pv_wipe_str()
 */
char *pv_drop_make_url (const char *page_url, const char *id, const guint8 *key,
                        const PvCaptureRules *rules) G_GNUC_WARN_UNUSED_RESULT;

/* What is authenticated without being sent: "v1.ID", so that a ciphertext counts in its own place only. (transfer full) */
char *pv_drop_make_associated (const char *id) G_GNUC_WARN_UNUSED_RESULT;

/* The size of header, document and zeros together. */
gsize pv_drop_get_plain_size (gsize content_size);

/**
 * pv_drop_find_content:
 * @plain: decrypted; by somebody who had the key, which does not make it right
 *
 * Returns: whether it is header, document of 1 to PV_DROP_MAX_BYTES, and zeros
 */
gboolean pv_drop_find_content (const guint8 *plain, gsize size, PvDropType *ret_type, gsize *ret_offset,
                               gsize *ret_size) G_GNUC_WARN_UNUSED_RESULT;
