/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/assist-self.h"

#include <sodium.h>
#include <string.h>

#include "assist/mirror.h"

struct PvAssistSelf {
  guint8 *secret; /* locked memory */
  guint8 key[PV_CERTIFICATE_KEY_BYTES];
  PvAssistIdentity identity; /* certificate and delegation are owned */
};

PvAssistSelf *
pv_assist_self_new (const PvCertificateRoot *roots, gsize n_roots, const char *const *revoked)
{
  guint8 *secret = sodium_malloc (PV_CERTIFICATE_SECRET_BYTES);
  PvAssistSelf *self;

  if (secret == NULL)
    return NULL;
  self = g_new0 (PvAssistSelf, 1);
  self->secret = secret;
  crypto_sign_keypair (self->key, secret);
  sodium_mprotect_readonly (secret);
  self->identity = (PvAssistIdentity){
    .side = PV_SIDE_KIOSK,
    .secret = secret,
    .roots = roots,
    .n_roots = n_roots,
    .revoked = revoked,
    .newest = PV_ASSIST_VERSION,
    .oldest = PV_ASSIST_OLDEST_VERSION,
    .n_catalogues = 1,
  };
  pv_mirror_catalogue_hash (self->identity.catalogues[0]);
  return self;
}

void
pv_assist_self_free (PvAssistSelf *self)
{
  if (self == NULL)
    return;
  sodium_free (self->secret); /* wipes */
  g_clear_pointer (&self->identity.certificate, g_bytes_unref);
  g_clear_pointer (&self->identity.delegation, g_bytes_unref);
  g_free (self);
}

void
pv_assist_self_wipe_key (PvAssistSelf *self)
{
  sodium_mprotect_readwrite (self->secret);
  sodium_memzero (self->secret, PV_CERTIFICATE_SECRET_BYTES);
}

const guint8 *
pv_assist_self_get_key (const PvAssistSelf *self)
{
  return self->key;
}

static gboolean
is_ours (const PvAssistSelf *self, GBytes *certificate, GBytes *delegation, guint64 now)
{
  gsize certificate_size, delegation_size;
  const guint8 *certificate_bytes = g_bytes_get_data (certificate, &certificate_size);
  const guint8 *delegation_bytes = g_bytes_get_data (delegation, &delegation_size);
  g_autoptr (PvCertificate) kiosk = pv_certificate_parse (certificate_bytes, certificate_size, NULL);
  PvDelegation lent;

  return kiosk != NULL && kiosk->role == PV_CERTIFICATE_KIOSK
         && pv_delegation_parse (delegation_bytes, delegation_size, &lent, NULL)
         && memcmp (lent.key, self->key, sizeof self->key) == 0 && pv_delegation_verify (&lent, kiosk, now, NULL);
}

gboolean
pv_assist_self_take_name (PvAssistSelf *self, GBytes *certificate, GBytes *delegation, guint64 now)
{
  if (!is_ours (self, certificate, delegation, now))
    return FALSE;
  if (self->identity.certificate != NULL)
    return g_bytes_equal (certificate, self->identity.certificate);
  self->identity.certificate = g_bytes_ref (certificate);
  self->identity.delegation = g_bytes_ref (delegation);
  return TRUE;
}

const PvAssistIdentity *
pv_assist_self_get_identity (const PvAssistSelf *self)
{
  return &self->identity;
}
