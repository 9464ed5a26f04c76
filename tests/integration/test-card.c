/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis-card as the session runs it: the real program and the real libnfc, with a virtual reader and cards. */

#include <fcntl.h>
#include <gio/gio.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "card-desk.h"
#include "core/wipe.h"
#include "demo/card/issuer.h"
#include "link/card-words.h"
#include "tst.h"

enum {
  STEP_MS = 8000,  /* for what takes less than a second on a quiet machine */
  TOKEN_APDU = 5,  /* EF.CardAccess, MSE:Set AT and three steps of PACE before it */
  QUIET_MS = 1200, /* long enough for a second try, if there were one */
};

typedef struct Rig {
  CardDesk *desk;
  GSubprocess *child;
  int line;
  PvCardReport last;
  GBytes *face; /* (nullable): beside the last report */
} Rig;

static void
write_settings (const char *folder, const char *reader, gboolean has_photo)
{
  g_autofree char *conf = g_build_filename (folder, "conf.d", NULL);
  g_autofree char *path = g_build_filename (conf, "10-test.conf", NULL);
  g_autofree char *text =
    g_strdup_printf ("[commune]\nname=Montclair\n[portal]\nmode=direct\nurl=http://127.0.0.1:9\norigin=x\n"
                     "access-key-file=%s/key\n[paths]\nruntime=%s\n[card]\nreader=%s\nmaster-list=%s/masterlist.ml\n"
                     "master-list-signer=%s/masterlist-signer.pem\ncrl-folder=%s/crl\n%s",
                     folder, folder, reader, folder, folder, folder, has_photo ? "photo=true\n" : "");

  assert_int_equal (g_mkdir_with_parents (conf, 0700), 0);
  assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
start_child (Rig *rig)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autofree char *conf = g_build_filename (rig->desk->folder, "conf.d", NULL);
  const char *const words[] = { g_getenv ("PV_CARD_PROGRAM"), "--config", conf, NULL };
  int ends[2];

  assert_int_equal (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
  g_subprocess_launcher_take_fd (launcher, ends[1], PV_CARD_FD);
  rig->child = g_subprocess_launcher_spawnv (launcher, words, NULL);
  assert_non_null (rig->child);
  rig->line = ends[0];
}

static Rig *
rig_new_with (gboolean has_photo)
{
  Rig *rig = g_new0 (Rig, 1);

  rig->desk = card_desk_new ();
  pv_chip_free (card_desk_make_chip (rig->desk->folder, "cnie", NULL));
  assert_true (pv_issuer_write_master_list (rig->desk->folder, NULL));
  write_settings (rig->desk->folder, pv_pn532_get_connection (rig->desk->reader), has_photo);
  start_child (rig);
  return rig;
}

static Rig *
rig_new (void)
{
  return rig_new_with (FALSE);
}

static void
end_child (Rig *rig)
{
  close (rig->line);
  assert_true (g_subprocess_wait (rig->child, NULL, NULL));
  g_clear_object (&rig->child);
}

static void
rig_free (Rig *rig)
{
  end_child (rig);
  pv_card_report_clear (&rig->last);
  g_clear_pointer (&rig->face, g_bytes_unref);
  card_desk_free (rig->desk);
  g_free (rig);
}

/* The next report within @ms. FALSE: none, or the child is gone (@ret_is_gone). */
static gboolean
next (Rig *rig, guint ms, gboolean *ret_is_gone)
{
  struct pollfd line = { rig->line, POLLIN, 0 };

  *ret_is_gone = FALSE;
  if (poll (&line, 1, (int) ms) <= 0)
    return FALSE;
  pv_card_report_clear (&rig->last);
  g_clear_pointer (&rig->face, g_bytes_unref);
  return pv_card_receive_report (rig->line, &rig->last, &rig->face, ret_is_gone);
}

static void
wait_for (Rig *rig, PvCardState state, PvCardTrouble trouble)
{
  gint64 end = g_get_monotonic_time () + (gint64) STEP_MS * G_TIME_SPAN_MILLISECOND;
  gboolean is_gone = FALSE;

  while (g_get_monotonic_time () < end && next (rig, STEP_MS, &is_gone))
    if (rig->last.state == state && rig->last.trouble == trouble)
      return;
  fail_msg ("waited for %s/%s, got %s/%s%s", pv_card_state_name (state), pv_card_trouble_name (trouble),
            pv_card_state_name (rig->last.state), pv_card_trouble_name (rig->last.trouble), is_gone ? ", gone" : "");
}

static void
ask (Rig *rig, const char *can)
{
  assert_true (pv_card_send_request (rig->line, PV_CARD_DO_CAN, can));
}

static void
assert_is_camille (const PvIdentity *identity)
{
  /* The clock of the machine that runs this need not be held right by anybody. */
  assert_true (identity->reason == PV_REASON_NONE || identity->reason == PV_REASON_NO_CLOCK);
  assert_string_equal (identity->texts[PV_IDENTITY_SURNAME], "SPÉCIMEN");
  assert_string_equal (identity->texts[PV_IDENTITY_GIVEN_NAMES], "Camille Zoé Anaïs");
  assert_string_equal (identity->texts[PV_IDENTITY_BIRTH_DATE], "1990-07-13");
  assert_string_equal (identity->texts[PV_IDENTITY_BIRTH_PLACE], "Montclair");
}

static void
code_and_card_may_come_in_either_order (void **state)
{
  Rig *rig = rig_new ();

  (void) state;
  wait_for (rig, PV_CARD_WAITING, PV_CARD_TROUBLE_NONE);
  card_desk_lay (rig->desk, "cnie", NULL);
  wait_for (rig, PV_CARD_PLACED, PV_CARD_TROUBLE_NONE);
  ask (rig, "123456");
  wait_for (rig, PV_CARD_READ, PV_CARD_TROUBLE_NONE);
  assert_is_camille (rig->last.identity);

  card_desk_remove (rig->desk);
  ask (rig, "123456");
  card_desk_lay (rig->desk, "cnie", NULL);
  wait_for (rig, PV_CARD_READ, PV_CARD_TROUBLE_NONE);
  assert_is_camille (rig->last.identity);
  rig_free (rig);
}

static void
a_wrong_code_is_told_and_never_tried_again (void **state)
{
  Rig *rig = rig_new ();
  gboolean is_gone;

  (void) state;
  card_desk_lay (rig->desk, "cnie", NULL);
  ask (rig, "654321");
  wait_for (rig, PV_CARD_FAILED, PV_CARD_TROUBLE_WRONG_CODE);
  assert_false (next (rig, QUIET_MS, &is_gone));
  assert_false (is_gone);
  card_desk_remove (rig->desk);
  assert_int_equal (pv_chip_count_wrong (rig->desk->chip), 1);
  card_desk_lay_again (rig->desk);
  ask (rig, "123456");
  wait_for (rig, PV_CARD_READ, PV_CARD_TROUBLE_NONE);
  card_desk_remove (rig->desk);
  assert_int_equal (pv_chip_count_wrong (rig->desk->chip), 1);
  rig_free (rig);
}

static void
a_card_that_slips_goes_on_by_itself_when_it_is_laid_again (void **state)
{
  Rig *rig = rig_new ();

  (void) state;
  card_desk_lay (rig->desk, "cnie", NULL);
  pv_pn532_set_fault (rig->desk->reader, PV_PN532_FAULT_LOST, 12, 0);
  ask (rig, "123456");
  wait_for (rig, PV_CARD_FAILED, PV_CARD_TROUBLE_LOST);
  card_desk_lay_again (rig->desk);
  wait_for (rig, PV_CARD_READ, PV_CARD_TROUBLE_NONE);
  assert_is_camille (rig->last.identity);
  rig_free (rig);
}

/* Some cards count, and drop the contact instead of an answer: what may have been wrong is not tried again. */
static void
a_card_that_slips_at_the_code_wants_it_typed_again (void **state)
{
  Rig *rig = rig_new ();
  gboolean is_gone;

  (void) state;
  card_desk_lay (rig->desk, "cnie", NULL);
  pv_pn532_set_fault (rig->desk->reader, PV_PN532_FAULT_LOST, TOKEN_APDU, 0);
  ask (rig, "123456");
  wait_for (rig, PV_CARD_FAILED, PV_CARD_TROUBLE_LOST_AT_CODE);
  card_desk_lay_again (rig->desk);
  while (next (rig, QUIET_MS, &is_gone))
    assert_int_not_equal (rig->last.state, PV_CARD_OPENING);
  ask (rig, "123456");
  wait_for (rig, PV_CARD_READ, PV_CARD_TROUBLE_NONE);
  rig_free (rig);
}

static void
a_reader_that_is_plugged_in_again_is_found (void **state)
{
  Rig *rig = rig_new ();

  (void) state;
  wait_for (rig, PV_CARD_WAITING, PV_CARD_TROUBLE_NONE);
  pv_pn532_unplug (rig->desk->reader);
  wait_for (rig, PV_CARD_NO_READER, PV_CARD_TROUBLE_NONE);
  assert_true (pv_pn532_plug (rig->desk->reader, NULL));
  wait_for (rig, PV_CARD_WAITING, PV_CARD_TROUBLE_NONE);
  card_desk_lay (rig->desk, "cnie", NULL);
  ask (rig, "123456");
  wait_for (rig, PV_CARD_READ, PV_CARD_TROUBLE_NONE);
  rig_free (rig);
}

static void
the_reader_of_the_session_before_is_waited_for (void **state)
{
  Rig *rig = rig_new ();
  Rig next_session = { .desk = rig->desk };

  (void) state;
  wait_for (rig, PV_CARD_WAITING, PV_CARD_TROUBLE_NONE);
  start_child (&next_session);
  wait_for (&next_session, PV_CARD_BUSY, PV_CARD_TROUBLE_NONE);
  end_child (rig);
  wait_for (&next_session, PV_CARD_WAITING, PV_CARD_TROUBLE_NONE);
  end_child (&next_session);
  pv_card_report_clear (&next_session.last);
  start_child (rig);
  rig_free (rig);
}

static void
another_card_than_an_identity_document_is_told (void **state)
{
  Rig *rig = rig_new ();

  (void) state;
  card_desk_lay (rig->desk, "bank", NULL);
  ask (rig, "123456");
  wait_for (rig, PV_CARD_FAILED, PV_CARD_TROUBLE_NO_CHIP);
  rig_free (rig);
}

static void
a_clone_shows_nothing_of_its_holder (void **state)
{
  Rig *rig = rig_new ();

  (void) state;
  card_desk_lay (rig->desk, "cloned", NULL);
  ask (rig, "123456");
  wait_for (rig, PV_CARD_READ, PV_CARD_TROUBLE_NONE);
  assert_int_equal (rig->last.identity->verdict, PV_VERDICT_REFUSED);
  assert_int_equal (rig->last.identity->reason, PV_REASON_CLONED_CHIP);
  for (guint i = 0; i < PV_N_IDENTITY_FIELDS; i++)
    assert_null (rig->last.identity->texts[i]);
  rig_free (rig);
}

/* What the chip has in DG2, found by how a picture begins and ends: the issuer made it. */
static void
assert_is_picture (GBytes *face, const char *magic, gsize length)
{
  assert_non_null (face);
  assert_true (g_bytes_get_size (face) > 1000);
  assert_memory_equal (g_bytes_get_data (face, NULL), magic, length);
}

static void
the_photo_comes_along_only_where_it_is_wanted (void **state)
{
  Rig *rig = rig_new_with (TRUE);

  (void) state;
  card_desk_lay (rig->desk, "cnie", NULL);
  ask (rig, "123456");
  wait_for (rig, PV_CARD_READ, PV_CARD_TROUBLE_NONE);
  assert_is_camille (rig->last.identity);
  assert_is_picture (rig->face, "\xFF\xD8\xFF", 3);

  card_desk_remove (rig->desk);
  card_desk_lay (rig->desk, "jp2", NULL);
  ask (rig, "123456");
  wait_for (rig, PV_CARD_READ, PV_CARD_TROUBLE_NONE);
  assert_is_camille (rig->last.identity);
  assert_is_picture (rig->face, "\0\0\0\x0CjP  ", 8);
  rig_free (rig);

  rig = rig_new ();
  card_desk_lay (rig->desk, "cnie", NULL);
  ask (rig, "123456");
  wait_for (rig, PV_CARD_READ, PV_CARD_TROUBLE_NONE);
  assert_is_camille (rig->last.identity);
  assert_null (rig->face);
  rig_free (rig);
}

static void
no_photo_comes_of_a_clone_or_a_document_without_one (void **state)
{
  Rig *rig = rig_new_with (TRUE);

  (void) state;
  card_desk_lay (rig->desk, "cloned", NULL);
  ask (rig, "123456");
  wait_for (rig, PV_CARD_READ, PV_CARD_TROUBLE_NONE);
  assert_int_equal (rig->last.identity->verdict, PV_VERDICT_REFUSED);
  assert_null (rig->face);

  card_desk_remove (rig->desk);
  card_desk_lay (rig->desk, "cnie", "card/without=dg2");
  ask (rig, "123456");
  wait_for (rig, PV_CARD_READ, PV_CARD_TROUBLE_NONE);
  assert_is_camille (rig->last.identity);
  assert_null (rig->face);
  rig_free (rig);
}

/* The status byte that libnfc 1.8 does not survive: whoever waits must be told, and the next one must be able to read. */
static void
a_reader_that_kills_libnfc_takes_nothing_else_along (void **state)
{
  Rig *rig = rig_new ();
  gboolean is_gone = FALSE;

  (void) state;
  card_desk_lay (rig->desk, "cnie", NULL);
  pv_pn532_set_fault (rig->desk->reader, PV_PN532_FAULT_NAD, 5, 0);
  ask (rig, "123456");
  while (next (rig, STEP_MS, &is_gone) && rig->last.state != PV_CARD_READ && rig->last.state != PV_CARD_FAILED)
    ;
  assert_true (is_gone || rig->last.state == PV_CARD_FAILED);
  if (is_gone) {
    g_subprocess_wait (rig->child, NULL, NULL);
    g_clear_object (&rig->child);
    close (rig->line);
    start_child (rig);
  }
  card_desk_lay_again (rig->desk);
  ask (rig, "123456");
  wait_for (rig, PV_CARD_READ, PV_CARD_TROUBLE_NONE);
  rig_free (rig);
}

static int
scan (const char *words, const char *pid)
{
  g_autoptr (GSubprocess) search =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
                      g_getenv ("PV_MEMORY_SCAN"), words, pid, NULL);

  assert_non_null (search);
  assert_true (g_subprocess_wait (search, NULL, NULL));
  return g_subprocess_get_if_exited (search) ? g_subprocess_get_exit_status (search) : -1;
}

static char *
hex_of (const guint8 *bytes, gsize length)
{
  GString *text = g_string_new ("#");

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free (text, FALSE);
}

/* While the process still lives: words of the card, its photo and the keys of its channel. That the search finds them is
 * shown by the process that plays the chip, which holds all. */
static void
nothing_of_a_card_stays_in_the_memory_of_its_reader (void **state)
{
  Rig *rig = rig_new_with (TRUE);
  g_autofree char *words = g_build_filename (rig->desk->folder, "words", NULL);
  g_autofree char *own = g_strdup_printf ("%d", getpid ());
  g_autofree char *key = NULL, *photo = NULL, *text = NULL;
  const guint8 *bytes;
  gsize length;

  (void) state;
  if (g_getenv ("PV_MEMORY_SCAN") == NULL) {
    rig_free (rig);
    skip ();
  }
  card_desk_lay (rig->desk, "cnie",
                 "card/number=Q7KZ1WX3V\ndg11/address=27 allee du Canari Bleu<98765<Trifouillis-les-Oies");
  ask (rig, "123456");
  wait_for (rig, PV_CARD_READ, PV_CARD_TROUBLE_NONE);
  assert_string_equal (rig->last.identity->texts[PV_IDENTITY_NUMBER], "Q7KZ1WX3V");
  card_desk_remove (rig->desk);
  assert_true (rig->desk->last_key_length >= 16);
  key = hex_of (rig->desk->last_key, MIN (rig->desk->last_key_length, 32));
  bytes = g_bytes_get_data (rig->face, &length);
  photo = hex_of (bytes + length - 600, 32);
  text = g_strdup_printf ("27 allee du Canari Bleu 98765\n=Q7KZ1WX3V\n%s\n%s\n", key, photo);
  assert_true (g_file_set_contents (words, text, -1, NULL));
  assert_int_equal (scan (words, own) & 1, 1);
  pv_wipe_bytes (text, strlen (text));
  assert_int_equal (scan (words, g_subprocess_get_identifier (rig->child)), 0);
  rig_free (rig);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (code_and_card_may_come_in_either_order),
    cmocka_unit_test (a_wrong_code_is_told_and_never_tried_again),
    cmocka_unit_test (a_card_that_slips_goes_on_by_itself_when_it_is_laid_again),
    cmocka_unit_test (a_card_that_slips_at_the_code_wants_it_typed_again),
    cmocka_unit_test (a_reader_that_is_plugged_in_again_is_found),
    cmocka_unit_test (the_reader_of_the_session_before_is_waited_for),
    cmocka_unit_test (another_card_than_an_identity_document_is_told),
    cmocka_unit_test (a_clone_shows_nothing_of_its_holder),
    cmocka_unit_test (the_photo_comes_along_only_where_it_is_wanted),
    cmocka_unit_test (no_photo_comes_of_a_clone_or_a_document_without_one),
    cmocka_unit_test (a_reader_that_kills_libnfc_takes_nothing_else_along),
    cmocka_unit_test (nothing_of_a_card_stays_in_the_memory_of_its_reader),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
