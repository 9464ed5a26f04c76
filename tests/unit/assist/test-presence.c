/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "people.h"

#include "assist/presence.h"

static const char *const communes[] = { "22050", NULL };
static People *people;

static GBytes *
say (const Person *person, PvPresence presence, guint64 created)
{
  PvPresenceWord word = { presence, created, created + PV_PRESENCE_MAX_SECONDS };
  GBytes *bytes = pv_presence_sign (&word, person->certificate, person->secret);

  assert_non_null (bytes);
  return bytes;
}

static gboolean
is_good (GBytes *bytes, const char *const *ours, const PvCertificateRoot *root, guint64 now)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  PvPresenceWord word = { .created = 7 };
  g_autoptr (PvCertificate) mediator = NULL;
  gboolean is_open = pv_presence_open (data, size, ours, root, 1, now, &word, &mediator, NULL);

  assert_true (is_open == (mediator != NULL) && is_open == (word.created != 7));
  return is_open;
}

static void
says_who_is_free_and_until_when (void **state)
{
  g_autoptr (GBytes) bytes = say (&people->mediator, PV_PRESENCE_ON_SITE, PEOPLE_NOW);
  g_autoptr (PvCertificate) mediator = NULL;
  PvPresenceWord word;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  (void) state;
  assert_true (size <= PV_PRESENCE_MAX_BYTES);
  assert_int_equal (data[0], 0x07);
  assert_true (pv_presence_open (data, size, communes, &people->root, 1, PEOPLE_NOW, &word, &mediator, NULL));
  assert_int_equal (word.presence, PV_PRESENCE_ON_SITE);
  assert_true (word.created == PEOPLE_NOW && word.expires == PEOPLE_NOW + PV_PRESENCE_MAX_SECONDS);
  assert_string_equal (mediator->name, "Person 2");
}

static void
every_changed_bit_and_every_cut_is_refused (void **state)
{
  g_autoptr (GBytes) bytes = say (&people->mediator, PV_PRESENCE_FREE, PEOPLE_NOW);
  gsize size = g_bytes_get_size (bytes);
  g_autofree guint8 *copy = g_malloc0 (size + 1);

  (void) state;
  memcpy (copy, g_bytes_get_data (bytes, NULL), size);
  for (gsize bit = 0; bit < 8 * size; bit++) {
    g_autoptr (GBytes) changed = NULL;

    copy[bit / 8] ^= (guint8) (1u << bit % 8);
    changed = g_bytes_new (copy, size);
    assert_false (is_good (changed, communes, &people->root, PEOPLE_NOW));
    copy[bit / 8] ^= (guint8) (1u << bit % 8);
  }
  for (gsize length = 0; length <= size + 1; length++) {
    g_autoptr (GBytes) cut = g_bytes_new (copy, length);

    assert_true (is_good (cut, communes, &people->root, PEOPLE_NOW) == (length == size));
  }
}

static void
only_a_mediator_of_a_commune_of_ours_is_believed (void **state)
{
  static const char *const theirs[] = { "22060", NULL }, *const far[] = { "22070", NULL },
                           *const both[] = { "22070", "22060", NULL };
  PvCertificateRoot elsewhere = people->root, unknown = people->root;
  const struct {
    const Person *person;
    const char *const *communes;
    const PvCertificateRoot *root;
    gboolean is_believed;
  } table[] = {
    { &people->mediator, communes, &people->root, TRUE }, { &people->mediator, theirs, &people->root, TRUE },
    { &people->mediator, both, &people->root, TRUE },     { &people->mediator, far, &people->root, FALSE },
    { &people->other, theirs, &people->root, FALSE },     { &people->kiosk, communes, &people->root, FALSE },
    { &people->mediator, communes, &elsewhere, FALSE },   { &people->mediator, communes, &unknown, FALSE },
  };

  (void) state;
  elsewhere.communes = theirs;
  unknown.key[0] ^= 1;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GBytes) bytes = say (table[i].person, PV_PRESENCE_FREE, PEOPLE_NOW);

    assert_true (is_good (bytes, table[i].communes, table[i].root, PEOPLE_NOW) == table[i].is_believed);
  }
  {
    /* Under the certificate of another. */
    PvPresenceWord word = { PV_PRESENCE_FREE, PEOPLE_NOW, PEOPLE_NOW + 1 };
    g_autoptr (GBytes) bytes = pv_presence_sign (&word, people->mediator.certificate, people->other.secret);

    assert_false (is_good (bytes, communes, &people->root, PEOPLE_NOW));
  }
}

static void
it_is_short_lived (void **state)
{
  PvPresenceWord longer = { PV_PRESENCE_FREE, PEOPLE_NOW, PEOPLE_NOW + PV_PRESENCE_MAX_SECONDS + 1 };
  PvPresenceWord backwards = { PV_PRESENCE_FREE, PEOPLE_NOW, PEOPLE_NOW - 1 };
  PvPresenceWord nothing = { PV_N_PRESENCES, PEOPLE_NOW, PEOPLE_NOW };
  g_autoptr (GBytes) bytes = say (&people->mediator, PV_PRESENCE_FREE, PEOPLE_NOW);
  const guint64 slack = PV_PRESENCE_SLACK_SECONDS, end = PEOPLE_NOW + PV_PRESENCE_MAX_SECONDS;

  (void) state;
  assert_null (pv_presence_sign (&longer, people->mediator.certificate, people->mediator.secret));
  assert_null (pv_presence_sign (&backwards, people->mediator.certificate, people->mediator.secret));
  assert_null (pv_presence_sign (&nothing, people->mediator.certificate, people->mediator.secret));
  assert_true (is_good (bytes, communes, &people->root, PEOPLE_NOW - slack));
  assert_false (is_good (bytes, communes, &people->root, PEOPLE_NOW - slack - 1));
  assert_true (is_good (bytes, communes, &people->root, end + slack));
  assert_false (is_good (bytes, communes, &people->root, end + slack + 1));
}

static gboolean
put (PvPresenceBoard *board, const Person *person, PvPresence presence, guint64 created, PvAssistTime now)
{
  g_autoptr (GBytes) bytes = say (person, presence, created);

  return pv_presence_board_add (board, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), now);
}

static void
the_board_counts_who_would_answer (void **state)
{
  g_autoptr (PvPresenceBoard) board = pv_presence_board_new (communes, &people->root, 1, NULL);
  PvAssistTime now = { 5000, PEOPLE_NOW };
  g_autoptr (GPtrArray) list = NULL;

  (void) state;
  assert_int_equal (pv_presence_board_count_free (board, now), 0);
  assert_true (pv_presence_board_next_deadline_ms (board) == G_MAXINT64);
  assert_true (put (board, &people->other, PV_PRESENCE_ON_SITE, PEOPLE_NOW, now));
  assert_true (put (board, &people->mediator, PV_PRESENCE_FREE, PEOPLE_NOW, now));
  assert_false (put (board, &people->kiosk, PV_PRESENCE_FREE, PEOPLE_NOW, now));
  assert_int_equal (pv_presence_board_count_free (board, now), 2);
  list = pv_presence_board_list (board, now);
  assert_int_equal (list->len, 2);
  assert_string_equal (((PvPresenceEntry *) list->pdata[0])->mediator->name, "Person 2");
  assert_true (put (board, &people->mediator, PV_PRESENCE_BUSY, PEOPLE_NOW + 1, now));
  assert_int_equal (pv_presence_board_count_free (board, now), 1);
  assert_true (put (board, &people->other, PV_PRESENCE_OFF, PEOPLE_NOW + 1, now));
  assert_int_equal (pv_presence_board_count_free (board, now), 0);
  g_ptr_array_unref (list);
  list = pv_presence_board_list (board, now);
  assert_int_equal (list->len, 1);
  assert_true (pv_presence_board_forget (board));
  assert_false (pv_presence_board_forget (board));
  assert_true (put (board, &people->mediator, PV_PRESENCE_FREE, PEOPLE_NOW + 2, now));
  assert_int_equal (pv_presence_board_count_free (board, now), 1);
}

static void
what_was_said_holds_no_longer_than_its_life (void **state)
{
  g_autoptr (PvPresenceBoard) board = pv_presence_board_new (communes, &people->root, 1, NULL);
  /* This clock is two minutes late: it does not make the word live longer. */
  PvAssistTime now = { 5000, PEOPLE_NOW - 120 };

  (void) state;
  assert_true (put (board, &people->mediator, PV_PRESENCE_FREE, PEOPLE_NOW, now));
  assert_true (pv_presence_board_next_deadline_ms (board) == 5000 + PV_PRESENCE_MAX_SECONDS * 1000);
  now.mono_ms += PV_PRESENCE_MAX_SECONDS * 1000 - 1;
  assert_false (pv_presence_board_expire (board, now));
  assert_int_equal (pv_presence_board_count_free (board, now), 1);
  now.mono_ms++;
  assert_int_equal (pv_presence_board_count_free (board, now), 0);
  assert_true (pv_presence_board_expire (board, now));
  assert_false (pv_presence_board_expire (board, now));
}

/* By the carrier, at any later time. */
static void
what_is_played_again_changes_nothing (void **state)
{
  g_autoptr (PvPresenceBoard) board = pv_presence_board_new (communes, &people->root, 1, NULL);
  guint seen = 0;

  (void) state;
  for (guint s = 0; s < 1000; s++) {
    PvAssistTime now = { 5000 + s * 1000, PEOPLE_NOW + s };

    put (board, &people->mediator, PV_PRESENCE_FREE, PEOPLE_NOW, now);
    if (s == 10)
      assert_true (put (board, &people->mediator, PV_PRESENCE_OFF, PEOPLE_NOW + 10, now));
    seen += pv_presence_board_count_free (board, now);
  }
  assert_int_equal (seen, 10);
}

static void
one_is_not_a_colleague_of_oneself (void **state)
{
  guint8 self[PV_CERTIFICATE_ID_BYTES];
  g_autoptr (PvPresenceBoard) board = NULL;
  PvAssistTime now = { 5000, PEOPLE_NOW };

  (void) state;
  memset (self, 2, sizeof self);
  board = pv_presence_board_new (communes, &people->root, 1, self);
  assert_false (put (board, &people->mediator, PV_PRESENCE_FREE, PEOPLE_NOW, now));
  assert_true (put (board, &people->other, PV_PRESENCE_FREE, PEOPLE_NOW, now));
  assert_int_equal (pv_presence_board_count_free (board, now), 1);
}

static void
the_board_has_room_for_so_many (void **state)
{
  g_autoptr (PvPresenceBoard) board = pv_presence_board_new (communes, &people->root, 1, NULL);
  PvAssistTime now = { 5000, PEOPLE_NOW };
  guint n = 0;

  (void) state;
  for (guint i = 0; i <= PV_PRESENCE_MAX_ON_BOARD; i++) {
    Person person = { 0 };
    guint8 id[PV_CERTIFICATE_ID_BYTES] = { (guint8) i, (guint8) (i >> 8), 200 };
    g_autoptr (PvCertificate) certificate = NULL;

    people_add (people, &person, PV_CERTIFICATE_MEDIATOR, 9, "22050");
    certificate =
      pv_certificate_parse (g_bytes_get_data (person.certificate, NULL), g_bytes_get_size (person.certificate), NULL);
    memcpy (certificate->id, id, sizeof id);
    g_bytes_unref (person.certificate);
    person.certificate = pv_certificate_sign (certificate, people->root_secret, NULL);
    n += put (board, &person, PV_PRESENCE_FREE, PEOPLE_NOW, now) ? 1 : 0;
    g_bytes_unref (person.certificate);
  }
  assert_int_equal (n, PV_PRESENCE_MAX_ON_BOARD);
  assert_int_equal (pv_presence_board_count_free (board, now), PV_PRESENCE_MAX_ON_BOARD);
  /* There is room again once nobody could play the old ones again. */
  now.mono_ms += 1000 * 1000;
  now.utc += 1000;
  pv_presence_board_expire (board, now);
  assert_true (put (board, &people->mediator, PV_PRESENCE_FREE, now.utc, now));
}

static int
set_up (void **state)
{
  (void) state;
  people = people_new ();
  return pv_assist_init () ? 0 : -1;
}

static int
tear_down (void **state)
{
  (void) state;
  people_free (people);
  return 0;
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (says_who_is_free_and_until_when),
    cmocka_unit_test (every_changed_bit_and_every_cut_is_refused),
    cmocka_unit_test (only_a_mediator_of_a_commune_of_ours_is_believed),
    cmocka_unit_test (it_is_short_lived),
    cmocka_unit_test (the_board_counts_who_would_answer),
    cmocka_unit_test (what_was_said_holds_no_longer_than_its_life),
    cmocka_unit_test (what_is_played_again_changes_nothing),
    cmocka_unit_test (one_is_not_a_colleague_of_oneself),
    cmocka_unit_test (the_board_has_room_for_so_many),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
