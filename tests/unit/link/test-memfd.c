/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "link/memfd.h"

static GVariant *
sample (void)
{
  return g_variant_new ("(sxas)", "état civil", (gint64) -7, NULL);
}

static void
a_document_comes_back_as_it_was (void **state)
{
  g_autoptr (GVariant) sent = g_variant_ref_sink (sample ()), read = NULL;
  g_autoptr (GError) error = NULL;
  int fd = pv_memfd_from_variant (sent, &error);

  (void) state;
  assert_true (fd >= 0);
  read = pv_memfd_read_variant (fd, G_VARIANT_TYPE ("(sxas)"), 4096, &error);
  close (fd);
  assert_non_null (read);
  assert_true (g_variant_equal (sent, read));
  assert_false (g_variant_is_floating (read));
}

static void
a_sealed_file_can_no_longer_change (void **state)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3), read = NULL;
  int fd = pv_memfd_from_bytes (bytes, NULL);

  (void) state;
  assert_true (fd >= 0);
  assert_int_equal (pwrite (fd, "x", 1, 0), -1);
  assert_int_equal (ftruncate (fd, 1), -1);
  assert_ptr_equal (mmap (NULL, 3, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), MAP_FAILED);
  read = pv_memfd_map (fd, 3, NULL);
  close (fd);
  assert_true (g_bytes_equal (bytes, read));
}

static void
nothing_is_a_document_too (void **state)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("", 0), read = NULL;
  int fd = pv_memfd_from_bytes (bytes, NULL);

  (void) state;
  read = pv_memfd_map (fd, 0, NULL);
  close (fd);
  assert_non_null (read);
  assert_int_equal (g_bytes_get_size (read), 0);
}

/* What a peer that is not one of ours could send. */
static void
anything_but_a_sealed_file_is_refused (void **state)
{
  const int partial[] = { 0, F_SEAL_WRITE, F_SEAL_GROW | F_SEAL_SHRINK, F_SEAL_WRITE | F_SEAL_GROW };
  g_autoptr (GError) error = NULL;
  int pipes[2];

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (partial); i++) {
    int fd = memfd_create ("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);

    assert_int_equal (write (fd, "abc", 3), 3);
    assert_int_equal (fcntl (fd, F_ADD_SEALS, partial[i]), 0);
    assert_null (pv_memfd_map (fd, 4096, &error));
    assert_true (g_error_matches (error, PV_LINK_ERROR, PV_LINK_ERROR_BAD_DATA));
    g_clear_error (&error);
    close (fd);
  }
  assert_int_equal (pipe (pipes), 0);
  assert_null (pv_memfd_map (pipes[0], 4096, &error));
  assert_true (g_error_matches (error, PV_LINK_ERROR, PV_LINK_ERROR_BAD_DATA));
  close (pipes[0]);
  close (pipes[1]);
  g_clear_error (&error);
  assert_null (pv_memfd_map (-1, 4096, &error));
}

static void
a_file_over_the_limit_is_refused (void **state)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abcd", 4);
  g_autoptr (GError) error = NULL;
  int fd = pv_memfd_from_bytes (bytes, NULL);

  (void) state;
  assert_null (pv_memfd_map (fd, 3, &error));
  assert_true (g_error_matches (error, PV_LINK_ERROR, PV_LINK_ERROR_TOO_LARGE));
  close (fd);
}

static void
bytes_that_are_no_document_are_refused (void **state)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\xff\xff\xff\xff\xff\xff\xff", 7);
  g_autoptr (GError) error = NULL;
  int fd = pv_memfd_from_bytes (bytes, NULL);

  (void) state;
  assert_null (pv_memfd_read_variant (fd, G_VARIANT_TYPE ("(sxas)"), 4096, &error));
  assert_true (g_error_matches (error, PV_LINK_ERROR, PV_LINK_ERROR_BAD_DATA));
  close (fd);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_document_comes_back_as_it_was),  cmocka_unit_test (a_sealed_file_can_no_longer_change),
    cmocka_unit_test (nothing_is_a_document_too),        cmocka_unit_test (anything_but_a_sealed_file_is_refused),
    cmocka_unit_test (a_file_over_the_limit_is_refused), cmocka_unit_test (bytes_that_are_no_document_are_refused),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
