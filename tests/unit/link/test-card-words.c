/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "link/card-words.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/wipe.h"
#include "link/memfd.h"
#include "tst.h"

typedef struct Pair {
  int ends[2];
} Pair;

static void
pair_open (Pair *pair)
{
  assert_int_equal (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair->ends), 0);
}

static void
pair_close (Pair *pair)
{
  close (pair->ends[0]);
  close (pair->ends[1]);
}

static void
a_request_arrives_as_it_was_sent (void **state)
{
  Pair pair;
  PvCardRequestKind kind;
  g_autoptr (PvSecretStr) text = NULL;
  gboolean is_gone;

  (void) state;
  pair_open (&pair);
  assert_false (pv_card_receive_request (pair.ends[1], &kind, &text, &is_gone));
  assert_false (is_gone);
  assert_true (pv_card_send_request (pair.ends[0], PV_CARD_DO_CAN, "123456"));
  assert_true (pv_card_receive_request (pair.ends[1], &kind, &text, &is_gone));
  assert_int_equal (kind, PV_CARD_DO_CAN);
  assert_string_equal (text, "123456");
  pair_close (&pair);
}

static void
an_identity_arrives_with_all_its_fields (void **state)
{
  Pair pair;
  g_auto (PvCardReport) sent = { PV_CARD_READ, PV_CARD_TROUBLE_NONE, 100, pv_identity_new () };
  g_auto (PvCardReport) got = { 0 };
  GBytes *face = NULL;
  gboolean is_gone;

  (void) state;
  pair_open (&pair);
  sent.identity->verdict = PV_VERDICT_GENUINE;
  sent.identity->reason = PV_REASON_NONE;
  assert_true (pv_identity_set (sent.identity, PV_IDENTITY_SURNAME, "ÉRIKSSON"));
  assert_true (pv_identity_set (sent.identity, PV_IDENTITY_ISSUER, "UTO"));
  assert_true (pv_card_send_report (pair.ends[1], &sent, NULL));
  assert_true (pv_card_receive_report (pair.ends[0], &got, &face, &is_gone));
  assert_null (face);
  assert_int_equal (got.state, PV_CARD_READ);
  assert_int_equal (got.identity->verdict, PV_VERDICT_GENUINE);
  assert_string_equal (got.identity->texts[PV_IDENTITY_SURNAME], "ÉRIKSSON");
  assert_string_equal (got.identity->texts[PV_IDENTITY_ISSUER], "UTO");
  assert_null (got.identity->texts[PV_IDENTITY_ADDRESS]);
  pair_close (&pair);
}

static void
the_end_of_the_other_side_is_told (void **state)
{
  Pair pair;
  g_auto (PvCardReport) got = { 0 };
  GBytes *face = NULL;
  gboolean is_gone = FALSE;

  (void) state;
  pair_open (&pair);
  close (pair.ends[1]);
  assert_false (pv_card_receive_report (pair.ends[0], &got, &face, &is_gone));
  assert_true (is_gone);
  assert_false (pv_card_send_request (pair.ends[0], PV_CARD_DO_STOP, NULL));
  close (pair.ends[0]);
}

/* Packets of the child, which reads hostile cards, that the session must not take. */
static const struct {
  const char *what;
  guint8 bytes[16];
  gsize length;
} strange[] = {
  { "another letter", { 'X', 1, PV_CARD_WAITING }, 8 },
  { "another version", { 'R', 9, PV_CARD_WAITING }, 8 },
  { "cut short", { 'R', 1, PV_CARD_WAITING }, 7 },
  { "too long", { 'R', 1, PV_CARD_WAITING }, 9 },
  { "a state that is none", { 'R', 1, PV_N_CARD_STATES }, 8 },
  { "a trouble that is none", { 'R', 1, PV_CARD_FAILED, PV_N_CARD_TROUBLES }, 8 },
  { "more than a hundred percent", { 'R', 1, PV_CARD_READING, 0, 101 }, 8 },
  { "read without an identity", { 'R', 1, PV_CARD_READ }, 8 },
  { "an identity without having read",
    { 'R', 1, PV_CARD_WAITING, 0, 0, 1, PV_VERDICT_NOT_PROVEN, PV_REASON_TYPED },
    8 },
  { "an identity cut short", { 'R', 1, PV_CARD_READ, 0, 100, 1, PV_VERDICT_NOT_PROVEN, PV_REASON_TYPED, 0, 9 }, 10 },
  { "genuine in spite of a reason", { 'R', 1, PV_CARD_READ, 0, 100, 1, PV_VERDICT_GENUINE, PV_REASON_REVOKED }, 8 },
};

static void
takes_no_strange_report (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (strange); i++) {
    Pair pair;
    PvCardReport got = { 0 };
    GBytes *face = NULL;
    gboolean is_gone;

    pair_open (&pair);
    assert_int_equal (send (pair.ends[1], strange[i].bytes, strange[i].length, 0), strange[i].length);
    if (pv_card_receive_report (pair.ends[0], &got, &face, &is_gone))
      fail_msg ("taken: %s", strange[i].what);
    assert_false (is_gone);
    pair_close (&pair);
  }
}

/* ---- the photo beside a report ---- */

enum { FACE_BYTES = 20000 };

/* A document that was read, with nothing in its fields: what an honest child sends. */
static const guint8 read_packet[8 + 2 * PV_N_IDENTITY_FIELDS] = { 'R', 1, PV_CARD_READ,          0,
                                                                  100, 1, PV_VERDICT_NOT_PROVEN, PV_REASON_NO_CLOCK };
static const guint8 refused_packet[8 + 2 * PV_N_IDENTITY_FIELDS] = {
  'R', 1, PV_CARD_READ, 0, 100, 1, PV_VERDICT_REFUSED, PV_REASON_CLONED_CHIP
};
static const guint8 waiting_packet[8] = { 'R', 1, PV_CARD_WAITING };

static GBytes *
make_face (gsize size)
{
  guint8 *data = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i * 7 + i / 251);
  return g_bytes_new_take (data, size);
}

static guint
count_files (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static void
a_face_arrives_beside_its_report (void **state)
{
  Pair pair;
  g_auto (PvCardReport) sent = { PV_CARD_READ, PV_CARD_TROUBLE_NONE, 100, pv_identity_new () };
  g_auto (PvCardReport) got = { 0 };
  g_autoptr (GBytes) face = make_face (PV_CARD_FACE_MAX_BYTES);
  g_autoptr (GBytes) got_face = NULL;
  gboolean is_gone;
  guint n_files;

  (void) state;
  pair_open (&pair);
  n_files = count_files ();
  sent.identity->verdict = PV_VERDICT_GENUINE;
  sent.identity->reason = PV_REASON_NONE;
  assert_true (pv_card_send_report (pair.ends[1], &sent, face));
  assert_true (pv_card_receive_report (pair.ends[0], &got, &got_face, &is_gone));
  assert_int_equal (got.identity->verdict, PV_VERDICT_GENUINE);
  assert_true (g_bytes_equal (face, got_face));
  assert_int_equal (count_files (), n_files);
  pair_close (&pair);
}

static void
no_face_is_sent_of_what_is_refused_or_too_large (void **state)
{
  Pair pair;
  g_auto (PvCardReport) sent = { PV_CARD_READ, PV_CARD_TROUBLE_NONE, 100, pv_identity_new () };
  g_auto (PvCardReport) got = { 0 };
  g_autoptr (GBytes) face = make_face (FACE_BYTES);
  g_autoptr (GBytes) large = make_face (PV_CARD_FACE_MAX_BYTES + 1);
  const PvCardReport waiting = { .state = PV_CARD_WAITING };
  GBytes *got_face = NULL;
  gboolean is_gone;
  guint n_files;

  (void) state;
  pair_open (&pair);
  n_files = count_files ();
  sent.identity->verdict = PV_VERDICT_REFUSED;
  sent.identity->reason = PV_REASON_CLONED_CHIP;
  assert_false (pv_card_send_report (pair.ends[1], &sent, face));
  assert_false (pv_card_send_report (pair.ends[1], &waiting, face));
  sent.identity->verdict = PV_VERDICT_GENUINE;
  sent.identity->reason = PV_REASON_NONE;
  assert_false (pv_card_send_report (pair.ends[1], &sent, large));
  assert_false (pv_card_receive_report (pair.ends[0], &got, &got_face, &is_gone));
  assert_false (is_gone);
  assert_int_equal (count_files (), n_files);
  pair_close (&pair);
}

typedef enum { SEALED, EMPTY, LARGE, OPEN_TO_CHANGE, A_PIPE, A_FOLDER } FileKind;

static int
make_file (FileKind kind)
{
  static const gsize sizes[] = { [SEALED] = FACE_BYTES, [EMPTY] = 0, [LARGE] = PV_CARD_FACE_MAX_BYTES + 1 };
  int ends[2];

  if (kind == OPEN_TO_CHANGE) {
    int fd = memfd_create ("face", MFD_CLOEXEC | MFD_ALLOW_SEALING);

    assert_int_equal (ftruncate (fd, FACE_BYTES), 0);
    assert_int_equal (fcntl (fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW), 0);
    return fd;
  }
  if (kind == A_PIPE) {
    assert_int_equal (pipe2 (ends, O_CLOEXEC), 0);
    close (ends[1]);
    return ends[0];
  }
  if (kind == A_FOLDER)
    return open ("/proc", O_RDONLY | O_CLOEXEC);
  g_autoptr (GBytes) bytes = make_face (sizes[kind]);
  return pv_memfd_from_bytes (bytes, NULL);
}

/* As a child that was taken over can: any packet, any descriptors. */
static void
send_with_files (int fd, const guint8 *bytes, gsize length, const int *files, gsize n_files)
{
  union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE (4 * sizeof (int))];
  } control = { 0 };
  struct iovec part = { (void *) bytes, length };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = CMSG_SPACE (n_files * sizeof (int))
  };

  control.header.cmsg_level = SOL_SOCKET;
  control.header.cmsg_type = SCM_RIGHTS;
  control.header.cmsg_len = CMSG_LEN (n_files * sizeof (int));
  memcpy (CMSG_DATA (&control.header), files, n_files * sizeof (int));
  assert_int_equal (sendmsg (fd, &message, 0), length);
}

static const struct {
  const char *what;
  const guint8 *bytes;
  gsize length;
  gsize n_files;
  FileKind kind;
  gboolean is_taken;
} with_files[] = {
  { "one picture of a document that was read", read_packet, sizeof read_packet, 1, SEALED, TRUE },
  { "of one that is refused", refused_packet, sizeof refused_packet, 1, SEALED, FALSE },
  { "beside nothing read", waiting_packet, sizeof waiting_packet, 1, SEALED, FALSE },
  { "two", read_packet, sizeof read_packet, 2, SEALED, FALSE },
  { "four", read_packet, sizeof read_packet, 4, SEALED, FALSE },
  { "empty", read_packet, sizeof read_packet, 1, EMPTY, FALSE },
  { "too large", read_packet, sizeof read_packet, 1, LARGE, FALSE },
  { "that can still be changed", read_packet, sizeof read_packet, 1, OPEN_TO_CHANGE, FALSE },
  { "a pipe", read_packet, sizeof read_packet, 1, A_PIPE, FALSE },
  { "a folder", read_packet, sizeof read_packet, 1, A_FOLDER, FALSE },
  { "beside a report cut short", read_packet, sizeof read_packet - 1, 1, SEALED, FALSE },
  { "beside a request", (const guint8 *) "Q\1\2\0", 5, 1, SEALED, FALSE },
};

static void
takes_no_strange_file_and_leaves_none_open (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (with_files); i++) {
    Pair pair;
    g_auto (PvCardReport) got = { 0 };
    g_autoptr (GBytes) face = NULL;
    int files[4];
    gboolean is_gone;
    guint n_files;

    pair_open (&pair);
    n_files = count_files ();
    for (gsize k = 0; k < with_files[i].n_files; k++)
      files[k] = make_file (with_files[i].kind);
    send_with_files (pair.ends[1], with_files[i].bytes, with_files[i].length, files, with_files[i].n_files);
    for (gsize k = 0; k < with_files[i].n_files; k++)
      close (files[k]);
    if (pv_card_receive_report (pair.ends[0], &got, &face, &is_gone) != with_files[i].is_taken)
      fail_msg ("%s: %s", with_files[i].is_taken ? "refused" : "taken", with_files[i].what);
    assert_int_equal (face != NULL, with_files[i].is_taken);
    assert_false (is_gone);
    if (count_files () != n_files)
      fail_msg ("left open: %s", with_files[i].what);
    pair_close (&pair);
  }
}

static void
takes_no_request_with_a_file (void **state)
{
  Pair pair;
  PvCardRequestKind kind;
  char *text = NULL;
  int file = make_file (SEALED);
  gboolean is_gone;
  guint n_files;

  (void) state;
  pair_open (&pair);
  n_files = count_files ();
  send_with_files (pair.ends[0], (const guint8 *) "Q\1\2\0", 5, &file, 1);
  assert_false (pv_card_receive_request (pair.ends[1], &kind, &text, &is_gone));
  assert_false (is_gone);
  assert_int_equal (count_files (), n_files);
  close (file);
  pair_close (&pair);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_request_arrives_as_it_was_sent),
    cmocka_unit_test (an_identity_arrives_with_all_its_fields),
    cmocka_unit_test (the_end_of_the_other_side_is_told),
    cmocka_unit_test (takes_no_strange_report),
    cmocka_unit_test (a_face_arrives_beside_its_report),
    cmocka_unit_test (no_face_is_sent_of_what_is_refused_or_too_large),
    cmocka_unit_test (takes_no_strange_file_and_leaves_none_open),
    cmocka_unit_test (takes_no_request_with_a_file),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
