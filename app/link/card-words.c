/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A packet: letter, version, then single bytes; texts as two bytes of length and the bytes. One descriptor at most. */

#include "link/card-words.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/wipe.h"
#include "link/memfd.h"

enum {
  VERSION = 1,
  REQUEST_HEADER = 3, /* letter, version, kind */
  REPORT_HEADER = 8,  /* letter, version, state, trouble, percent, has identity, verdict, reason */
};

typedef struct Packet {
  guint8 bytes[PV_CARD_WORD_MAX_BYTES];
  gsize length;
  int file; /* -1: none */
} Packet;

/* Room and alignment for the header of one descriptor. */
typedef union Control {
  struct cmsghdr header;
  char bytes[CMSG_SPACE (sizeof (int))];
} Control;

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
  struct iovec part = { packet->bytes, packet->length };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
  Control control = { 0 };
  gssize sent;

  if (packet->file >= 0) {
    message.msg_control = &control;
    message.msg_controllen = sizeof control;
    control.header.cmsg_level = SOL_SOCKET;
    control.header.cmsg_type = SCM_RIGHTS;
    control.header.cmsg_len = CMSG_LEN (sizeof (int));
    memcpy (CMSG_DATA (&control.header), &packet->file, sizeof (int));
  }
  do
    sent = sendmsg (fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
  while (sent < 0 && errno == EINTR);
  pv_wipe_bytes (packet->bytes, packet->length);
  return sent == (gssize) packet->length;
}

/* Keeps one descriptor, and closes whatever else came along. FALSE: there was something else. */
static gboolean
take_file (struct msghdr *message, Packet *packet)
{
  gboolean is_good = (message->msg_flags & MSG_CTRUNC) == 0;

  for (struct cmsghdr *header = CMSG_FIRSTHDR (message); header != NULL; header = CMSG_NXTHDR (message, header)) {
    gsize n_files = (header->cmsg_len - CMSG_LEN (0)) / sizeof (int);

    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) {
      is_good = FALSE;
      continue;
    }
    for (gsize i = 0; i < n_files; i++) {
      int file;

      memcpy (&file, CMSG_DATA (header) + i * sizeof file, sizeof file);
      if (packet->file < 0) {
        packet->file = file;
      } else {
        close (file);
        is_good = FALSE;
      }
    }
  }
  return is_good;
}

static gboolean
get (int fd, Packet *packet, gboolean *ret_is_gone)
{
  struct iovec part = { packet->bytes, sizeof packet->bytes };
  Control control = { 0 };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control };
  gssize got;

  packet->file = -1;
  message.msg_controllen = sizeof control;
  do
    got = recvmsg (fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  *ret_is_gone = got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
  packet->length = got > 0 ? (gsize) got : 0;
  return got > 0 && take_file (&message, packet) && (message.msg_flags & MSG_TRUNC) == 0;
}

static void
clear (Packet *packet)
{
  if (packet->file >= 0)
    close (packet->file);
  pv_wipe_bytes (packet->bytes, packet->length);
}

gboolean
pv_card_send_request (int fd, PvCardRequestKind kind, const char *text)
{
  Packet packet = { .bytes = { 'Q', VERSION, (guint8) kind }, .length = REQUEST_HEADER, .file = -1 };

  return add_text (&packet, text) && put (fd, &packet);
}

gboolean
pv_card_receive_request (int fd, PvCardRequestKind *ret_kind, char **ret_text, gboolean *ret_is_gone)
{
  Packet packet;
  gboolean is_good = get (fd, &packet, ret_is_gone) && packet.file < 0 && packet.length > REQUEST_HEADER
                     && packet.bytes[0] == 'Q' && packet.bytes[1] == VERSION && packet.bytes[2] < PV_N_CARD_REQUESTS;

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
  clear (&packet);
  return is_good;
}

/* Whose photo may be shown. */
static gboolean
may_have_face (const PvCardReport *report)
{
  return report->state == PV_CARD_READ && report->identity != NULL && report->identity->verdict != PV_VERDICT_REFUSED;
}

gboolean
pv_card_send_report (int fd, const PvCardReport *report, GBytes *face)
{
  const PvIdentity *identity = report->identity;
  Packet packet = { .bytes = { 'R', VERSION, (guint8) report->state, (guint8) report->trouble, (guint8) report->percent,
                               identity != NULL ? 1 : 0 },
                    .length = REPORT_HEADER,
                    .file = -1 };
  gboolean fits = TRUE, is_sent;

  if (face != NULL) {
    if (!may_have_face (report) || g_bytes_get_size (face) > PV_CARD_FACE_MAX_BYTES)
      return FALSE;
    packet.file = pv_memfd_from_bytes (face, NULL);
    if (packet.file < 0)
      return FALSE;
  }
  if (identity != NULL) {
    packet.bytes[6] = (guint8) identity->verdict;
    packet.bytes[7] = (guint8) identity->reason;
    for (guint i = 0; fits && i < PV_N_IDENTITY_FIELDS; i++)
      fits = add_text (&packet, identity->texts[i]);
  }
  is_sent = put (fd, &packet) && fits;
  clear (&packet);
  return is_sent;
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

/* (transfer full) (nullable) */
static GBytes *
read_face (const Packet *packet, const PvCardReport *report)
{
  GBytes *face = may_have_face (report) ? pv_memfd_map (packet->file, PV_CARD_FACE_MAX_BYTES, NULL) : NULL;

  if (face != NULL && g_bytes_get_size (face) == 0)
    g_clear_pointer (&face, g_bytes_unref);
  return face;
}

gboolean
pv_card_receive_report (int fd, PvCardReport *ret_report, GBytes **ret_face, gboolean *ret_is_gone)
{
  Packet packet;
  g_auto (PvCardReport) report = { 0 };
  GBytes *face = NULL;
  gboolean is_good = get (fd, &packet, ret_is_gone) && read_header (&packet);

  if (is_good) {
    report = (PvCardReport){ packet.bytes[2], packet.bytes[3], packet.bytes[4], NULL };
    if (packet.bytes[5] == 1)
      is_good = (report.identity = read_identity (&packet)) != NULL;
    else
      is_good = packet.length == REPORT_HEADER;
  }
  if (is_good && packet.file >= 0)
    is_good = (face = read_face (&packet, &report)) != NULL;
  if (is_good) {
    *ret_report = report;
    report.identity = NULL;
    *ret_face = face;
  }
  clear (&packet);
  return is_good;
}
