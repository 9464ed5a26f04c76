/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fuzz-sod.c: what is read as signed is within limits, and a verdict is always one.
 *
 * Input: one byte, what the object is; two bytes, length of a master list; the list; the object. So a seed holds the roots
 * that its object verifies against.
 */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "eid/cert.h"
#include "eid/sod.h"
#include "eid/trust-private.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define NOW G_GINT64_CONSTANT (1788220800)

static void
check (gboolean is_true)
{
  if (!is_true)
    abort ();
}

static PvTrust *
load_list (const guint8 *data, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  PvTrust *trust = pv_trust_load_bytes (bytes, NULL, NOW, &error);

  check ((trust == NULL) == (error != NULL));
  if (trust == NULL)
    return NULL;
  check (pv_trust_list_roots (trust)->len <= PV_TRUST_MAX_CERTIFICATES);
  for (guint i = 0; i < pv_trust_list_roots (trust)->len; i++) {
    const PvRootNote *note = pv_trust_list_roots (trust)->pdata[i];

    check (g_utf8_validate (note->subject, -1, NULL) && note->verdict < PV_N_ROOT_VERDICTS);
  }
  return trust;
}

static void
try_sod (const guint8 *data, gsize length, const PvSodContext *context)
{
  static const guint8 group[] = { 0x61, 0x03, 0x5F, 0x1F, 0x00 };
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSod) sod = pv_sod_parse (data, length, &error);
  PvReason reason;

  check ((sod == NULL) == (error != NULL));
  if (sod == NULL)
    return;
  reason = pv_sod_verify (sod, context);
  check (reason < PV_N_REASONS);
  check (reason != PV_REASON_NONE || (context->trust != NULL && strcmp (pv_sod_get_country (sod), "UT") == 0));
  for (guint i = 0; i <= PV_SOD_MAX_GROUPS + 1; i++)
    check (!pv_sod_check_group (sod, i, group, sizeof group) || pv_sod_has_group (sod, i));
}

static void
try_card_security (const guint8 *data, gsize length, const PvSodContext *context)
{
  const guint8 *infos = NULL;
  gsize infos_length = 0;
  PvReason reason = pv_card_security_verify (data, length, context, &infos, &infos_length);

  check ((infos == NULL) == (pv_reason_verdict (reason) == PV_VERDICT_REFUSED));
  check (infos == NULL || (infos >= data && infos + infos_length <= data + length));
}

static void
try_certificate (const guint8 *data, gsize length)
{
  g_autoptr (PvCert) cert = pv_cert_parse (data, length);
  g_autofree char *subject = cert != NULL ? pv_cert_describe_subject (cert) : NULL;

  if (cert == NULL)
    return;
  check (g_utf8_validate (subject, -1, NULL) && strlen (cert->country) < sizeof cert->country);
  check ((cert->key.key != NULL) == (cert->key.fate == PV_KEY_USABLE));
  pv_cert_is_signed_by (cert, &cert->key);
}

static void
try_crl (const guint8 *data, gsize length, PvTrust *trust)
{
  g_autoptr (GBytes) file = g_bytes_new (data, length);

  if (trust == NULL)
    return;
  pv_trust_add_crl (trust, "fuzz", file);
  check (pv_trust_count_crls (trust) + g_strv_length ((char **) pv_trust_list_refused_crls (trust)) == 1);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  gsize list_length;
  g_autoptr (PvTrust) trust = NULL;
  PvSodContext context = { .issuer = "UTO", .now = NOW, .is_clock_verified = TRUE };

  if (size < 3)
    return 0;
  list_length = MIN ((gsize) data[1] << 8 | data[2], size - 3);
  trust = load_list (data + 3, list_length);
  context.trust = trust;
  switch (data[0] % 4) {
  case 0:
    try_sod (data + 3 + list_length, size - 3 - list_length, &context);
    break;
  case 1:
    try_card_security (data + 3 + list_length, size - 3 - list_length, &context);
    break;
  case 2:
    try_certificate (data + 3 + list_length, size - 3 - list_length);
    break;
  default:
    try_crl (data + 3 + list_length, size - 3 - list_length, trust);
  }
  return 0;
}
