/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A presence, from anybody who may write to the broker: as it came, and signed again so that what a good signature hides
 * is read too. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/assist/people.h"

#include "assist/presence.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const char *const communes[] = { "22050", "22060", NULL };

/* Under the key of a mediator: what is accepted then is written again the same. */
static void
check_signed_again (const People *people, const uint8_t *data, size_t size)
{
  static const char purpose[] = "Parvis assist presence 1";
  g_autofree guint8 *copy = g_memdup2 (data, size);
  gsize body = size - PV_CERTIFICATE_SIGNATURE_BYTES;
  g_autoptr (PvCertificate) mediator = NULL;
  g_autoptr (GBytes) certificate = NULL, again = NULL;
  PvPresenceWord word;

  pv_assist_sign (purpose, copy, body, people->mediator.secret, copy + body);
  if (!pv_presence_open (copy, size, communes, &people->root, 1, PEOPLE_NOW, &word, &mediator, NULL))
    return;
  certificate = g_bytes_ref (people->mediator.certificate);
  again = pv_presence_sign (&word, certificate, people->mediator.secret);
  g_assert (again != NULL && g_bytes_get_size (again) == size
            && memcmp (g_bytes_get_data (again, NULL), copy, size) == 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static People *people;
  PvAssistTime now = { 1000, PEOPLE_NOW };
  g_autoptr (PvPresenceBoard) board = NULL;

  if (people == NULL) {
    if (!pv_assist_init ())
      abort ();
    people = people_new ();
  }
  board = pv_presence_board_new (communes, &people->root, 1, NULL);
  pv_presence_board_add (board, data, size, now);
  g_assert (pv_presence_board_count_free (board, now) <= 1);
  if (size >= PV_CERTIFICATE_SIGNATURE_BYTES && size <= PV_PRESENCE_MAX_BYTES)
    check_signed_again (people, data, size);
  return 0;
}
