/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Certificates, delegations, calls: from anybody. What parses has one form, and nothing that a root did not sign is
 * believed. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/assist/people.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Signed again by a root of ours it is the same but for root and signature. */
static void
check_form (People *people, PvCertificate *certificate, const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) again = pv_certificate_sign (certificate, people->root_secret, NULL);
  const gsize tail = PV_CERTIFICATE_ID_BYTES + PV_CERTIFICATE_SIGNATURE_BYTES;

  g_assert (again != NULL && g_bytes_get_size (again) == size
            && memcmp (g_bytes_get_data (again, NULL), data, size - tail) == 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static People *people;
  static PvCertificate *mediator;
  g_autoptr (PvCertificate) certificate = NULL;
  g_autoptr (PvCall) call = NULL;
  PvDelegation delegation;

  if (people == NULL) {
    if (!pv_assist_init ())
      abort ();
    people = people_new ();
    mediator = pv_certificate_parse (g_bytes_get_data (people->mediator.certificate, NULL),
                                     g_bytes_get_size (people->mediator.certificate), NULL);
  }
  certificate = pv_certificate_parse (data, size, NULL);
  if (certificate != NULL) {
    pv_certificate_verify (certificate, &people->root, 1, certificate->role, certificate->communes[0], PEOPLE_NOW,
                           NULL);
    check_form (people, certificate, data, size);
  }
  if (pv_delegation_parse (data, size, &delegation, NULL))
    pv_delegation_verify (&delegation, mediator, PEOPLE_NOW, NULL);
  call = pv_call_open (data, size, mediator, &people->root, 1, PEOPLE_NOW, NULL, NULL);
  return 0;
}
