/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* avahi-stub.c: preloaded into ippeveprinter, which will not start without Avahi although nothing is registered there. */
#include <stddef.h>

void *avahi_client_new (const void *poll_api, int flags, void *callback, void *user_data, int *ret_error);
void avahi_client_free (void *client);

void *
avahi_client_new (const void *poll_api, int flags, void *callback, void *user_data, int *ret_error)
{
  static char client[64];

  (void) poll_api;
  (void) flags;
  (void) callback;
  (void) user_data;
  if (ret_error != NULL)
    *ret_error = 0;
  return client;
}

void
avahi_client_free (void *client)
{
  (void) client;
}
