/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "link/secret.h"

#include "core/wipe.h"

PvLinkSecret *
pv_link_secret_new (gsize size)
{
  PvLinkSecret *secret = g_new (PvLinkSecret, 1);

  secret->size = size;
  secret->data = g_malloc (MAX (size, 1));
  return secret;
}

void
pv_link_secret_free (PvLinkSecret *secret)
{
  if (secret == NULL)
    return;
  pv_wipe_bytes (secret->data, secret->size);
  g_free (secret->data);
  g_free (secret);
}

PvLinkSecret *
pv_link_secret_from_variant (GVariant *variant)
{
  g_autoptr (GVariant) box = g_variant_ref_sink (g_variant_new_variant (variant));
  PvLinkSecret *secret = pv_link_secret_new (g_variant_get_size (box));

  g_variant_store (box, secret->data);
  return secret;
}

static void
free_cb (gpointer data)
{
  pv_link_secret_free (data);
}

GVariant *
pv_link_secret_to_variant (PvLinkSecret *secret, gsize offset, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (secret->data + offset, secret->size - offset, free_cb, secret);
  g_autoptr (GVariant) box = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARIANT, bytes, FALSE));

  if (!g_variant_is_normal_form (box)) {
    g_set_error_literal (error, PV_LINK_ERROR, PV_LINK_ERROR_BAD_DATA, "sealed part without a document");
    return NULL;
  }
  return g_variant_get_variant (box);
}
