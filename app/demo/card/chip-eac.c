/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/chip-eac.h"

#include <eac/eac.h>
#include <glib.h>
#include <openssl/evp.h>

void
pv_chip_eac_start (void)
{
  static gsize once;

  if (!g_once_init_enter (&once))
    return;
  /* libeac loads the provider of old algorithms for its retail MAC. OpenSSL begins with the usual one by itself only as
   * long as nobody has loaded any: without this first use, the process would be left with the old algorithms alone. */
  EVP_MD_free (EVP_MD_fetch (NULL, "SHA256", NULL));
  EAC_init ();
  g_once_init_leave (&once, 1);
}
