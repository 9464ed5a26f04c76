/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "link/outbox-store.h"

#define REF "BCDFGHJKLM"

enum {
  NOW_MS = 100000,
  DYING_MS = 300,
  MANY_STEPS = 100,
};

static const gint64 now_us = 1795000000000000;

/* The real disk, until the power is cut after some steps; then a file that is being written is torn, and nothing works
 * any more. Or it is full: writing fails, removing does not. */
typedef struct FakeDisk {
  PvDisk disk; /* must stay first */
  guint steps_left;
  gboolean is_full;
  guint64 free_bytes;
  GString *journal;
} FakeDisk;

typedef struct Fixture {
  char *folder;
  FakeDisk fake;
  PvOutboxKeys *keys;
} Fixture;

static gboolean
has_power (PvDisk *disk, const char *step, GError **error)
{
  FakeDisk *fake = (FakeDisk *) disk;

  if (fake->steps_left == 0) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no power");
    return FALSE;
  }
  fake->steps_left--;
  g_string_append_printf (fake->journal, "%s ", step);
  return TRUE;
}

static gboolean
fake_create (PvDisk *disk, int folder, const char *name, GBytes *content, GError **error)
{
  FakeDisk *fake = (FakeDisk *) disk;
  PvDisk *real = pv_disk_get_default ();

  if (!has_power (disk, "create", error)) {
    g_autoptr (GBytes) torn = g_bytes_new_from_bytes (content, 0, g_bytes_get_size (content) / 2);

    real->create (real, folder, name, torn, NULL);
    return FALSE;
  }
  if (fake->is_full) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
    return FALSE;
  }
  return real->create (real, folder, name, content, error);
}

static gboolean
fake_rename (PvDisk *disk, int folder, const char *from, const char *to, GError **error)
{
  PvDisk *real = pv_disk_get_default ();

  return has_power (disk, "rename", error) && real->rename (real, folder, from, to, error);
}

static gboolean
fake_remove (PvDisk *disk, int folder, const char *name, GError **error)
{
  PvDisk *real = pv_disk_get_default ();

  return has_power (disk, "remove", error) && real->remove (real, folder, name, error);
}

static gboolean
fake_sync_folder (PvDisk *disk, int folder, GError **error)
{
  PvDisk *real = pv_disk_get_default ();

  return has_power (disk, "sync", error) && real->sync_folder (real, folder, error);
}

static guint64
fake_get_free_bytes (PvDisk *disk, int folder)
{
  (void) folder;
  return ((FakeDisk *) disk)->free_bytes;
}

static void
begin (Fixture *fixture)
{
  if (fixture->folder != NULL)
    tst_remove_folder (fixture->folder);
  g_free (fixture->folder);
  fixture->folder = g_dir_make_tmp ("pv-store-XXXXXX", NULL);
  fixture->fake.steps_left = MANY_STEPS;
  fixture->fake.is_full = FALSE;
  fixture->fake.free_bytes = G_MAXUINT32;
  g_string_truncate (fixture->fake.journal, 0);
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->fake.disk = (PvDisk){ fake_create, fake_rename, fake_remove, fake_sync_folder, fake_get_free_bytes };
  fixture->fake.journal = g_string_new (NULL);
  fixture->keys = pv_outbox_keys_new ();
  begin (fixture);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  tst_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_string_free (fixture->fake.journal, TRUE);
  pv_outbox_keys_free (fixture->keys);
  g_free (fixture);
  return 0;
}

static PvOutboxStore *
open_with (Fixture *fixture, PvDisk *disk)
{
  return pv_outbox_store_open (fixture->folder, disk, now_us, NOW_MS, NULL);
}

static GBytes *
container_of (Fixture *fixture, const char *ref, gboolean has_ref_field)
{
  PvOutboxHeader header = { (char *) ref, (char *) "acte", PV_OUTBOX_FILE, has_ref_field, now_us };

  return pv_outbox_seal (&header, g_variant_new_string ("words"), fixture->keys->public_key, fixture->keys->public_key,
                         NULL);
}

static PvOutboxItem *
add (PvOutboxStore *store, const char *ref, GBytes *container, GError **error)
{
  PvOutboxItem *item = NULL;

  return pv_outbox_store_add (store, ref, container, now_us, NOW_MS, &item, error) ? item : NULL;
}

/* A store on the real disk with one filing in @state, closed again. */
static void
prepare (Fixture *fixture, GBytes *container, PvDeliveryState delivery_state)
{
  g_autoptr (PvOutboxStore) store = open_with (fixture, pv_disk_get_default ());
  PvOutboxItem *item = add (store, REF, container, NULL);
  PvDelivery delivery = item->delivery;

  delivery.state = delivery_state;
  pv_outbox_store_update (store, item, &delivery, NULL, NULL, now_us, NULL);
}

static void
a_filing_is_acknowledged_only_when_the_disk_has_it (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) container = container_of (fixture, REF, TRUE);
  g_autoptr (PvOutboxStore) store = open_with (fixture, &fixture->fake.disk);

  assert_non_null (add (store, REF, container, NULL));
  assert_string_equal (fixture->fake.journal->str, "create rename sync ");
}

static void
what_was_acknowledged_survives_a_power_cut_at_any_step (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) container = container_of (fixture, REF, TRUE);
  guint n_acknowledged = 0;

  for (guint steps = 0; steps < 6; steps++) {
    g_autoptr (PvOutboxStore) store = NULL, after = NULL;
    gboolean is_acknowledged;
    PvOutboxItem *item;

    begin (fixture);
    store = open_with (fixture, &fixture->fake.disk);
    fixture->fake.steps_left = steps;
    is_acknowledged = add (store, REF, container, NULL) != NULL;
    g_clear_pointer (&store, pv_outbox_store_free);

    after = open_with (fixture, pv_disk_get_default ());
    item = pv_outbox_store_find (after, REF);
    assert_int_equal (pv_outbox_store_get_n_unreadable (after), 0);
    if (is_acknowledged) {
      n_acknowledged++;
      assert_non_null (item);
      assert_int_equal (item->delivery.state, PV_DELIVERY_QUEUED);
    }
  }
  assert_int_equal (n_acknowledged, 3);
}

static void
a_power_cut_while_the_state_changes_leaves_the_old_or_the_new_one (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) container = container_of (fixture, REF, TRUE);

  for (guint steps = 0; steps < 5; steps++) {
    g_autoptr (PvOutboxStore) store = NULL, after = NULL;
    PvOutboxItem *item;
    PvDelivery delivery;
    gboolean is_saved;

    begin (fixture);
    prepare (fixture, container, PV_DELIVERY_QUEUED);
    store = open_with (fixture, &fixture->fake.disk);
    item = pv_outbox_store_find (store, REF);
    delivery = item->delivery;
    assert_true (pv_delivery_step (&delivery, PV_DELIVERY_START, NOW_MS, 0));
    fixture->fake.steps_left = steps;
    is_saved = pv_outbox_store_update (store, item, &delivery, NULL, NULL, now_us, NULL);
    assert_int_equal (item->delivery.state, is_saved ? PV_DELIVERY_SENDING : PV_DELIVERY_QUEUED);
    g_clear_pointer (&store, pv_outbox_store_free);

    after = open_with (fixture, pv_disk_get_default ());
    item = pv_outbox_store_find (after, REF);
    assert_non_null (item);
    /* Once the disk says SENDING, a restart can only doubt; before, nothing was sent. */
    assert_true (item->delivery.state == PV_DELIVERY_DOUBT
                 || (!is_saved && item->delivery.state == PV_DELIVERY_QUEUED));
  }
}

static void
a_restart_finds_the_doubt_on_the_disk (void **state)
{
  const struct {
    gboolean has_ref_field;
    PvDeliveryState expected;
  } rows[] = { { TRUE, PV_DELIVERY_DOUBT }, { FALSE, PV_DELIVERY_UNKNOWN } };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) container = container_of (fixture, REF, rows[i].has_ref_field);
    g_autoptr (PvOutboxStore) reader = NULL;

    begin (fixture);
    prepare (fixture, container, PV_DELIVERY_SENDING);
    pv_outbox_store_free (open_with (fixture, pv_disk_get_default ()));
    reader = pv_outbox_store_open_to_read (fixture->folder, NULL);
    assert_int_equal (pv_outbox_store_find (reader, REF)->delivery.state, rows[i].expected);
  }
}

static void
a_delivered_filing_never_comes_back_after_a_power_cut (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) container = container_of (fixture, REF, TRUE);
  guint n_finished = 0;

  for (guint steps = 0; steps < 10; steps++) {
    g_autoptr (PvOutboxStore) store = NULL, after = NULL;
    PvOutboxItem *item = NULL;

    begin (fixture);
    prepare (fixture, container, PV_DELIVERY_RECEIVED);
    store = open_with (fixture, &fixture->fake.disk);
    fixture->fake.steps_left = steps;
    n_finished += pv_outbox_store_finish (store, pv_outbox_store_find (store, REF), NULL);
    g_clear_pointer (&store, pv_outbox_store_free);

    after = open_with (fixture, pv_disk_get_default ());
    item = pv_outbox_store_find (after, REF);
    assert_true (item == NULL || item->delivery.state == PV_DELIVERY_RECEIVED);
    /* A session that missed the answer asks again with the same container: it is known, whatever happened. */
    assert_true (pv_outbox_store_add (after, REF, container, now_us, NOW_MS, &item, NULL));
    assert_true (item == NULL || item->delivery.state == PV_DELIVERY_RECEIVED);
  }
  assert_int_equal (n_finished, 3);
}

static void
a_full_disk_is_told_before_and_leaves_nothing (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) container = container_of (fixture, REF, TRUE);
  g_autoptr (PvOutboxStore) store = open_with (fixture, &fixture->fake.disk);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = NULL;
  int folder;

  assert_true (pv_outbox_store_can_store (store));
  fixture->fake.free_bytes = PV_OUTBOX_STORE_RESERVE_BYTES + PV_OUTBOX_MAX_BYTES - 1;
  assert_false (pv_outbox_store_can_store (store));
  assert_non_null (add (store, REF, container, NULL)); /* a small one still fits, and was begun before */
  fixture->fake.free_bytes = PV_OUTBOX_STORE_RESERVE_BYTES;
  assert_null (add (store, "CCCCCCCCCC", container, &error));
  g_clear_error (&error);

  begin (fixture);
  g_clear_pointer (&store, pv_outbox_store_free);
  store = open_with (fixture, &fixture->fake.disk);
  fixture->fake.is_full = TRUE; /* somebody else filled it in the meantime */
  assert_null (add (store, REF, container, &error));
  assert_true (g_error_matches (error, PV_OUTBOX_STORE_ERROR, PV_OUTBOX_STORE_ERROR_FULL));
  folder = pv_disk_open_folder (fixture->folder, NULL);
  names = pv_disk_list (folder);
  close (folder);
  assert_int_equal (g_strv_length (names), 0);
}

static void
a_full_outbox_refuses_with_its_own_error (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) container = container_of (fixture, REF, TRUE);
  g_autoptr (PvOutboxStore) store = open_with (fixture, &fixture->fake.disk);
  g_autoptr (GError) error = NULL;

  fixture->fake.free_bytes = PV_OUTBOX_STORE_RESERVE_BYTES;
  assert_null (add (store, REF, container, &error));
  assert_true (g_error_matches (error, PV_OUTBOX_STORE_ERROR, PV_OUTBOX_STORE_ERROR_FULL));
}

static void
the_same_container_is_stored_once_and_another_with_its_reference_refused (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) container = container_of (fixture, REF, TRUE), other = container_of (fixture, REF, TRUE);
  g_autoptr (PvOutboxStore) store = open_with (fixture, &fixture->fake.disk);
  g_autoptr (GError) error = NULL;
  PvOutboxItem *item = add (store, REF, container, NULL);

  assert_ptr_equal (add (store, REF, container, NULL), item);
  assert_int_equal (pv_outbox_store_get_items (store)->len, 1);
  assert_null (add (store, REF, other, &error));
  assert_true (g_error_matches (error, PV_OUTBOX_STORE_ERROR, PV_OUTBOX_STORE_ERROR_CONFLICT));
  g_clear_error (&error);
  assert_null (add (store, "CCCCCCCCCC", container, &error));
  assert_true (g_error_matches (error, PV_OUTBOX_STORE_ERROR, PV_OUTBOX_STORE_ERROR_BAD_DATA));
}

static void
a_state_that_cannot_be_read_is_taken_as_perhaps_sent (void **state)
{
  const char *const contents[] = { "", "rubbish", "[filing]\nstate=later\n", "[filing]\nversion=1\n" };
  Fixture *fixture = *state;
  g_autoptr (GBytes) container = container_of (fixture, REF, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++) {
    g_autofree char *path = NULL;
    g_autoptr (PvOutboxStore) after = NULL;

    begin (fixture);
    prepare (fixture, container, PV_DELIVERY_QUEUED);
    path = g_build_filename (fixture->folder, REF ".state", NULL);
    assert_true (g_file_set_contents (path, contents[i], -1, NULL));
    after = open_with (fixture, pv_disk_get_default ());
    assert_int_equal (pv_outbox_store_find (after, REF)->delivery.state, PV_DELIVERY_UNKNOWN);
  }
}

static void
what_cannot_be_read_is_kept_and_counted (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->folder, REF ".filing", NULL);
  g_autofree char *temp = g_build_filename (fixture->folder, PV_DISK_TEMP_PREFIX REF ".filing", NULL);
  g_autofree char *orphan = g_build_filename (fixture->folder, "CCCCCCCCCC.state", NULL);
  g_autoptr (PvOutboxStore) store = NULL;

  assert_true (g_file_set_contents (path, "PVOB rubbish", -1, NULL));
  assert_true (g_file_set_contents (temp, "half", -1, NULL));
  assert_true (g_file_set_contents (orphan, "", -1, NULL));
  store = open_with (fixture, pv_disk_get_default ());
  assert_int_equal (pv_outbox_store_get_n_unreadable (store), 1);
  assert_int_equal (pv_outbox_store_get_items (store)->len, 0);
  assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_false (g_file_test (temp, G_FILE_TEST_EXISTS));
  assert_false (g_file_test (orphan, G_FILE_TEST_EXISTS));
}

/* Byte 5: the oldest version that can read it. */
static GBytes *
of_later_release (GBytes *container)
{
  gsize size;
  guint8 *bytes = g_bytes_unref_to_data (g_bytes_ref (container), &size);

  bytes[4] = bytes[5] = PV_OUTBOX_VERSION + 1;
  return g_bytes_new_take (bytes, size);
}

static void
a_filing_of_a_later_release_is_kept_as_it_is_and_told (void **state)
{
  static const char later_state[] = "[filing]\nversion=2\nstate=somewhere-new\n";
  Fixture *fixture = *state;
  g_autoptr (GBytes) container = container_of (fixture, REF, FALSE), later = of_later_release (container);
  g_autofree char *path = g_build_filename (fixture->folder, REF ".filing", NULL);
  g_autofree char *state_path = g_build_filename (fixture->folder, REF ".state", NULL);

  for (gsize is_state_only = 0; is_state_only < 2; is_state_only++) {
    GBytes *written = is_state_only ? container : later;
    g_autoptr (PvOutboxStore) store = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *filing = NULL, *known = NULL;
    gsize size, known_size;

    assert_true (
      g_file_set_contents (path, g_bytes_get_data (written, NULL), (gssize) g_bytes_get_size (written), NULL));
    assert_true (g_file_set_contents (state_path, later_state, -1, NULL));
    store = open_with (fixture, pv_disk_get_default ());
    assert_int_equal (pv_outbox_store_get_n_unreadable (store), 1);
    assert_int_equal (pv_outbox_store_get_items (store)->len, 0);
    assert_null (add (store, REF, container, &error));
    assert_true (g_error_matches (error, PV_OUTBOX_STORE_ERROR, PV_OUTBOX_STORE_ERROR_CONFLICT));
    pv_outbox_store_tidy (store, now_us + G_TIME_SPAN_DAY * 400);
    assert_true (g_file_get_contents (path, &filing, &size, NULL));
    assert_int_equal (size, g_bytes_get_size (written));
    assert_memory_equal (filing, g_bytes_get_data (written, NULL), size);
    assert_true (g_file_get_contents (state_path, &known, &known_size, NULL));
    assert_string_equal (known, later_state);
  }
}

static void
state_reason_and_outcome_survive_a_restart (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) container = container_of (fixture, REF, TRUE), outcome = g_bytes_new_static ("sealed", 6);
  g_autoptr (PvOutboxStore) store = open_with (fixture, pv_disk_get_default ());
  PvOutboxItem *item = add (store, REF, container, NULL);
  PvDelivery delivery = item->delivery;

  pv_delivery_step (&delivery, PV_DELIVERY_START, NOW_MS, 0);
  pv_delivery_step (&delivery, PV_DELIVERY_NOT_SENT, NOW_MS, 0);
  assert_true (pv_outbox_store_update (store, item, &delivery, "offline", outcome, now_us, NULL));
  assert_true (pv_outbox_store_claim (store, item, NULL));
  g_clear_pointer (&store, pv_outbox_store_free);
  store = open_with (fixture, pv_disk_get_default ());
  item = pv_outbox_store_find (store, REF);
  assert_int_equal (item->delivery.state, PV_DELIVERY_QUEUED);
  assert_int_equal (item->delivery.attempts, 1);
  assert_string_equal (item->reason, "offline");
  assert_true (g_bytes_equal (item->outcome, outcome));
  assert_true (item->is_exported);
  assert_string_equal (item->header->slug, "acte");
}

static void
an_agent_cannot_take_what_is_being_sent (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) container = container_of (fixture, REF, TRUE);
  g_autoptr (PvOutboxStore) reader = NULL;
  g_autoptr (GError) error = NULL;
  PvOutboxItem *item;

  prepare (fixture, container, PV_DELIVERY_SENDING);
  reader = pv_outbox_store_open_to_read (fixture->folder, NULL);
  item = pv_outbox_store_find (reader, REF);
  assert_false (pv_outbox_store_claim (reader, item, &error));
  assert_true (g_error_matches (error, PV_OUTBOX_STORE_ERROR, PV_OUTBOX_STORE_ERROR_BUSY));
  assert_false (pv_outbox_store_check_exported (reader, item));
}

static void
the_outbox_belongs_to_one_process (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutboxStore) store = open_with (fixture, pv_disk_get_default ());
  g_autoptr (GError) error = NULL;

  assert_non_null (store);
  assert_null (pv_outbox_store_open (fixture->folder, pv_disk_get_default (), now_us, NOW_MS, &error));
  assert_true (g_error_matches (error, PV_OUTBOX_STORE_ERROR, PV_OUTBOX_STORE_ERROR_BUSY));
}

static gpointer
die_slowly (gpointer data)
{
  g_usleep (DYING_MS * 1000);
  close (GPOINTER_TO_INT (data));
  return NULL;
}

static void
a_dying_process_is_waited_for (void **state)
{
  Fixture *fixture = *state;
  int fd = open (fixture->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  GThread *other;
  g_autoptr (PvOutboxStore) store = NULL;

  assert_int_equal (flock (fd, LOCK_EX), 0);
  other = g_thread_new ("dying", die_slowly, GINT_TO_POINTER (fd));
  store = open_with (fixture, pv_disk_get_default ());
  g_thread_join (other);
  assert_non_null (store);
}

static void
marks_of_delivered_filings_go_after_two_days (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) container = container_of (fixture, REF, TRUE);
  g_autoptr (PvOutboxStore) store = open_with (fixture, pv_disk_get_default ());
  gint64 real_us = g_get_real_time ();
  PvOutboxItem *item = add (store, REF, container, NULL);

  assert_true (pv_outbox_store_finish (store, item, NULL));
  pv_outbox_store_tidy (store, real_us + G_TIME_SPAN_DAY);
  assert_true (pv_outbox_store_add (store, REF, container, now_us, NOW_MS, &item, NULL));
  assert_null (item);
  pv_outbox_store_tidy (store, real_us + 3 * G_TIME_SPAN_DAY);
  assert_true (pv_outbox_store_add (store, REF, container, now_us, NOW_MS, &item, NULL));
  assert_non_null (item);
}

#define WITH_FOLDER(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_FOLDER (a_filing_is_acknowledged_only_when_the_disk_has_it),
    WITH_FOLDER (what_was_acknowledged_survives_a_power_cut_at_any_step),
    WITH_FOLDER (a_power_cut_while_the_state_changes_leaves_the_old_or_the_new_one),
    WITH_FOLDER (a_restart_finds_the_doubt_on_the_disk),
    WITH_FOLDER (a_delivered_filing_never_comes_back_after_a_power_cut),
    WITH_FOLDER (a_full_disk_is_told_before_and_leaves_nothing),
    WITH_FOLDER (a_full_outbox_refuses_with_its_own_error),
    WITH_FOLDER (the_same_container_is_stored_once_and_another_with_its_reference_refused),
    WITH_FOLDER (a_state_that_cannot_be_read_is_taken_as_perhaps_sent),
    WITH_FOLDER (what_cannot_be_read_is_kept_and_counted),
    WITH_FOLDER (a_filing_of_a_later_release_is_kept_as_it_is_and_told),
    WITH_FOLDER (state_reason_and_outcome_survive_a_restart),
    WITH_FOLDER (an_agent_cannot_take_what_is_being_sent),
    WITH_FOLDER (the_outbox_belongs_to_one_process),
    WITH_FOLDER (a_dying_process_is_waited_for),
    WITH_FOLDER (marks_of_delivered_filings_go_after_two_days),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
