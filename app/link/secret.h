/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* secret.h: documents of a citizen in memory that is wiped when freed.  For the files of this folder. */
#pragma once

#include "link/error.h"

typedef struct PvLinkSecret {
  gsize size;
  guint8 *data; /* aligned for any variant */
} PvLinkSecret;

PvLinkSecret *pv_link_secret_new (gsize size) G_GNUC_WARN_UNUSED_RESULT;
void pv_link_secret_free (PvLinkSecret *secret);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvLinkSecret, pv_link_secret_free)

/* Serialised inside a "v", so that its type travels with it; a floating one is consumed. */
PvLinkSecret *pv_link_secret_from_variant (GVariant *variant) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_link_secret_to_variant:
 * @secret: (transfer full): freed with the last reference to the variant, or at once on error
 * @offset: where the "v" begins; a multiple of 8
 */
GVariant *pv_link_secret_to_variant (PvLinkSecret *secret, gsize offset, GError **error) G_GNUC_WARN_UNUSED_RESULT;
