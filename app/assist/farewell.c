/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "assist/farewell.h"

#include <string.h>

#include "assist/wire.h"

void
pv_farewell_clear (PvFarewell *farewell)
{
  g_clear_pointer (&farewell->end, g_bytes_unref);
  *farewell = (PvFarewell){ 0 };
}

/* Takes @bytes. */
static void
send (const PvFarewell *farewell, GBytes *bytes, GQueue *outputs)
{
  PvOutput *output = pv_output_queue_add (outputs, PV_OUTPUT_SEND);

  output->bytes = bytes;
  memcpy (output->peer, farewell->peer, sizeof output->peer);
}

static void
send_ended (const PvFarewell *farewell, GQueue *outputs)
{
  g_autoptr (PvWireWriter) to = pv_wire_writer_new ();

  pv_wire_write_u8 (to, PV_WIRE_ENDED);
  pv_wire_write_bytes (to, farewell->session, sizeof farewell->session);
  send (farewell, pv_wire_writer_finish (to), outputs);
}

void
pv_farewell_start (PvFarewell *farewell, GBytes *end, const guint8 *session, const guint8 *peer, GQueue *outputs,
                   gint64 now_ms)
{
  pv_farewell_clear (farewell);
  farewell->end = end;
  memcpy (farewell->session, session, sizeof farewell->session);
  memcpy (farewell->peer, peer, sizeof farewell->peer);
  farewell->retry_ms = now_ms + PV_FAREWELL_RETRY_MS;
  farewell->until_ms = now_ms + PV_FAREWELL_LIFE_MS;
  if (end != NULL)
    send (farewell, g_bytes_ref (end), outputs);
  else
    send_ended (farewell, outputs);
}

void
pv_farewell_take (PvFarewell *farewell, const guint8 *bytes, gsize size, GQueue *outputs, gint64 now_ms)
{
  if (size == 0 || now_ms >= farewell->until_ms)
    return;
  if (bytes[0] == PV_WIRE_RECORD)
    send_ended (farewell, outputs);
  else if (bytes[0] == PV_WIRE_ENDED && size == PV_FAREWELL_ENDED_BYTES
           && memcmp (bytes + 1, farewell->session, sizeof farewell->session) == 0)
    g_clear_pointer (&farewell->end, g_bytes_unref);
}

void
pv_farewell_tick (PvFarewell *farewell, GQueue *outputs, gint64 now_ms)
{
  if (farewell->until_ms == 0)
    return;
  if (now_ms >= farewell->until_ms) {
    pv_farewell_clear (farewell);
  } else if (farewell->end != NULL && now_ms >= farewell->retry_ms) {
    send (farewell, g_bytes_ref (farewell->end), outputs);
    farewell->retry_ms = now_ms + PV_FAREWELL_RETRY_MS;
  }
}

gint64
pv_farewell_next_deadline_ms (const PvFarewell *farewell)
{
  if (farewell->until_ms == 0)
    return G_MAXINT64;
  return farewell->end != NULL ? MIN (farewell->retry_ms, farewell->until_ms) : farewell->until_ms;
}
