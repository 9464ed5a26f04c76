/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A packet: letter, version, then single bytes; texts as two bytes of length and the bytes. */

#include "link/card-words.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "core/wipe.h"

enum {
  VERSION = 1,
  REQUEST_HEADER = 3, /* letter, version, kind */
  REPORT_HEADER = 8,  /* letter, version, state, trouble, percent, has identity, verdict, reason */
};

typedef struct Packet {
  guint8 bytes[PV_CARD_WORD_MAX_BYTES];
  gsize length;
} Packet;

/* What is left to read. */
typedef struct Rest {
  const guint8 *bytes;
  gsize length;
} Rest;

static gboolean
add_text (Packet *packet, const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (length > G_MAXUINT16 || packet->length + 2 + length > sizeof packet->bytes)
    return FALSE;
  packet->bytes[packet->length++] = (guint8) (length >> 8);
  packet->bytes[packet->length++] = (guint8) length;
  if (length > 0)
    memcpy (packet->bytes + packet->length, text, length);
  packet->length += length;
  return TRUE;
}

/* "" for none. (transfer full) */
static char *
take_text (Rest *rest)
{
  gsize length;
  char *text;

  if (rest->length < 2)
    return NULL;
  length = (gsize) rest->bytes[0] << 8 | rest->bytes[1];
  if (rest->length - 2 < length || memchr (rest->bytes + 2, 0, length) != NULL)
    return NULL;
  text = g_strndup ((const char *) rest->bytes + 2, length);
  rest->bytes += 2 + length;
  rest->length -= 2 + length;
  return text;
}

static gboolean
put (int fd, Packet *packet)
{
  gssize sent;

  do
    sent = send (fd, packet->bytes, packet->length, MSG_NOSIGNAL | MSG_DONTWAIT);
  while (sent < 0 && errno == EINTR);
  pv_wipe_bytes (packet->bytes, packet->length);
  return sent == (gssize) packet->length;
}

static gboolean
get (int fd, Packet *packet, gboolean *ret_is_gone)
{
  gssize got;

  do
    got = recv (fd, packet->bytes, sizeof packet->bytes, MSG_DONTWAIT | MSG_TRUNC);
  while (got < 0 && errno == EINTR);
  *ret_is_gone = got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
  packet->length = got > 0 ? MIN ((gsize) got, sizeof packet->bytes) : 0;
  return got > 0 && (gsize) got <= sizeof packet->bytes;
}

gboolean
pv_card_send_request (int fd, PvCardRequestKind kind, const char *text)
{
  Packet packet = { .bytes = { 'Q', VERSION, (guint8) kind }, .length = REQUEST_HEADER };

  return add_text (&packet, text) && put (fd, &packet);
}

gboolean
pv_card_receive_request (int fd, PvCardRequestKind *ret_kind, char **ret_text, gboolean *ret_is_gone)
{
  Packet packet;
  gboolean is_good = get (fd, &packet, ret_is_gone) && packet.length > REQUEST_HEADER && packet.bytes[0] == 'Q'
                     && packet.bytes[1] == VERSION && packet.bytes[2] < PV_N_CARD_REQUESTS;

  if (is_good) {
    Rest rest = { packet.bytes + REQUEST_HEADER, packet.length - REQUEST_HEADER };
    char *text = take_text (&rest);

    is_good = text != NULL && rest.length == 0;
    if (is_good) {
      *ret_kind = packet.bytes[2];
      *ret_text = text;
    } else {
      pv_wipe_str (text);
    }
  }
  pv_wipe_bytes (packet.bytes, packet.length);
  return is_good;
}

gboolean
pv_card_send_report (int fd, const PvCardReport *report)
{
  const PvIdentity *identity = report->identity;
  Packet packet = { .bytes = { 'R', VERSION, (guint8) report->state, (guint8) report->trouble, (guint8) report->percent,
                               identity != NULL ? 1 : 0 },
                    .length = REPORT_HEADER };
  gboolean fits = TRUE;

  if (identity != NULL) {
    packet.bytes[6] = (guint8) identity->verdict;
    packet.bytes[7] = (guint8) identity->reason;
    for (guint i = 0; fits && i < PV_N_IDENTITY_FIELDS; i++)
      fits = add_text (&packet, identity->texts[i]);
  }
  return put (fd, &packet) && fits;
}

static gboolean
read_header (const Packet *packet)
{
  const guint8 *bytes = packet->bytes;

  return packet->length >= REPORT_HEADER && bytes[0] == 'R' && bytes[1] == VERSION && bytes[2] < PV_N_CARD_STATES
         && bytes[3] < PV_N_CARD_TROUBLES && bytes[4] <= 100 && bytes[5] <= 1
         && (bytes[5] == 1) == (bytes[2] == PV_CARD_READ);
}

static PvIdentity *
read_identity (const Packet *packet)
{
  Rest rest = { packet->bytes + REPORT_HEADER, packet->length - REPORT_HEADER };
  g_autoptr (PvIdentity) identity = pv_identity_new ();

  if (packet->bytes[7] >= PV_N_REASONS || pv_reason_verdict (packet->bytes[7]) != packet->bytes[6])
    return NULL;
  identity->verdict = packet->bytes[6];
  identity->reason = packet->bytes[7];
  for (guint i = 0; i < PV_N_IDENTITY_FIELDS; i++) {
    g_autoptr (PvSecretStr) text = take_text (&rest);

    if (text == NULL || !pv_identity_set (identity, i, text))
      return NULL;
  }
  return rest.length == 0 ? g_steal_pointer (&identity) : NULL;
}

gboolean
pv_card_receive_report (int fd, PvCardReport *ret_report, gboolean *ret_is_gone)
{
  Packet packet;
  g_autoptr (PvIdentity) identity = NULL;
  gboolean is_good = get (fd, &packet, ret_is_gone) && read_header (&packet);

  if (is_good && packet.bytes[5] == 1)
    is_good = (identity = read_identity (&packet)) != NULL;
  else if (is_good)
    is_good = packet.length == REPORT_HEADER;
  if (is_good)
    *ret_report = (PvCardReport){ packet.bytes[2], packet.bytes[3], packet.bytes[4], g_steal_pointer (&identity) };
  pv_wipe_bytes (packet.bytes, packet.length);
  return is_good;
}
