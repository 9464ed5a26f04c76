/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/transport.h"

void
pv_card_transport_free (PvCardTransport *transport)
{
  if (transport != NULL)
    transport->ops->free (transport);
}
