/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program through its client: link/decode.c starts it; scripts stand in for one that goes wrong. */

#include "tst.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "link/decode-private.h"
#include "link/memfd.h"
#include "pictures.h"

enum {
  PATIENCE_MS = 30 * 1000,
  SHORT_MS = 300,
};

typedef struct Fixture {
  char *folder;
  PvDecoded *decoded;
  GError *error;
  gboolean is_called;
} Fixture;

static const char *
program (void)
{
  const char *path = g_getenv ("PV_DECODE_PROGRAM");

  g_assert_nonnull (path);
  return path;
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_null (source);
  g_assert_false (fixture->is_called);
  fixture->is_called = TRUE;
  fixture->decoded = pv_decode_finish (result, &fixture->error);
}

/* In a new folder; @body is what the shell runs instead of decoding. */
static char *
write_script (Fixture *fixture, const char *body)
{
  char *path = g_build_filename (fixture->folder, "program", NULL);
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", body, "\n", NULL);

  assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  return path;
}

static guint
count_descriptors (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint count = 0;

  while (g_dir_read_name (folder) != NULL)
    count++;
  return count;
}

/* From the call to the callback; nothing of the child may be left. */
static void
run (Fixture *fixture, const char *path, GBytes *picture, guint max_side, guint max_ms, GCancellable *cancellable)
{
  g_clear_pointer (&fixture->decoded, pv_decoded_free);
  g_clear_error (&fixture->error);
  fixture->is_called = FALSE;
  pv_decode_within_async (path, picture, max_side, max_ms, cancellable, decoded_cb, fixture);
  assert_false (fixture->is_called);
  assert_true (tst_pump_until (NULL, &fixture->is_called, PATIENCE_MS));
  assert_true ((fixture->decoded == NULL) == (fixture->error != NULL));
  assert_int_equal (waitpid (-1, NULL, WNOHANG), -1);
  assert_int_equal (errno, ECHILD);
}

static void
assert_error (const Fixture *fixture, PvDecodeError code)
{
  if (!g_error_matches (fixture->error, PV_DECODE_ERROR, (int) code))
    fail_msg ("%s", fixture->error != NULL ? fixture->error->message : "no error");
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->folder = g_dir_make_tmp ("parvis-decode-XXXXXX", NULL);
  *state = fixture;
  return fixture->folder == NULL;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_decoded_free (fixture->decoded);
  g_clear_error (&fixture->error);
  tst_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture);
  return 0;
}

static void
gives_back_sealed_pixels (void **state)
{
  Fixture *fixture = *state;
  static const FakePicture kinds[] = { FAKE_JPEG, FAKE_JPEG_PROGRESSIVE, FAKE_JP2, FAKE_J2K, FAKE_J2K_TILED };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (GBytes) picture = fake_picture_new (kinds[i], 240, 320);
    g_autoptr (GBytes) bytes = NULL;
    const guint32 *pixels;

    run (fixture, program (), picture, 160, PV_DECODE_MAX_MS, NULL);
    if (fixture->error != NULL)
      fail_msg ("picture %d: %s", (int) kinds[i], fixture->error->message);
    assert_int_equal (fixture->decoded->width, 120);
    assert_int_equal (fixture->decoded->height, 160);
    assert_int_equal (fixture->decoded->stride, 480);
    bytes = pv_memfd_map (fixture->decoded->fd, 480 * 160, NULL);
    assert_non_null (bytes);
    assert_int_equal (g_bytes_get_size (bytes), 480 * 160);
    pixels = g_bytes_get_data (bytes, NULL);
    assert_true (pixels[40 * 120 + 30] >> 16 > 230); /* red, with nothing above it */
    assert_true (pixels[40 * 120 + 30] >> 16 <= 0xFF);
    assert_true ((pixels[120 * 120 + 30] & 0xFF) > 230); /* blue */
  }
}

static void
refuses_what_is_no_picture (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) picture = fake_picture_new (FAKE_JP2, 240, 320);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (picture, 0, g_bytes_get_size (picture) / 2);
  g_autoptr (GBytes) garbage = g_bytes_new_static ("%PDF-1.7 and so on", 18);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) much = g_bytes_new_take (g_malloc0 (PV_DECODE_MAX_BYTES + 1), PV_DECODE_MAX_BYTES + 1);
  GBytes *rows[] = { cut, garbage, nothing, much };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    run (fixture, program (), rows[i], 160, PV_DECODE_MAX_MS, NULL);
    assert_error (fixture, PV_DECODE_ERROR_BAD_DATA);
  }
}

/* A few bytes that say: eight thousand by eight thousand, in one tile. */
static void
refuses_a_bomb (void **state)
{
  static const guint8 bomb[] = {
    0xFF, 0x4F, 0xFF, 0x51, 0x00, 0x2F, 0x00, 0x00, 0x00, 0x00, 0x1F, 0x40, 0x00, 0x00, 0x1F, 0x40, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x1F, 0x40, 0x00, 0x00, 0x1F, 0x40, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x03, 0x07, 0x01, 0x01, 0x07, 0x01, 0x01, 0x07, 0x01, 0x01, 0xFF, 0x93, 0xFF, 0xD9,
  };
  Fixture *fixture = *state;
  g_autoptr (GBytes) picture = g_bytes_new_static (bomb, sizeof bomb);

  run (fixture, program (), picture, 160, PV_DECODE_MAX_MS, NULL);
  assert_error (fixture, PV_DECODE_ERROR_BAD_DATA);
}

static void
tells_of_a_child_that_goes_wrong (void **state)
{
  static const char *const rows[] = {
    "kill -KILL $$",
    "kill -SEGV $$",
    "exit 1",
    "exit 0",                                                            /* and nothing written */
    "printf 'abcd\\001\\000\\000\\000\\002\\000\\000\\000' >&4",         /* 1 x 2 pixels, one there */
    "printf 'abcd\\001\\000\\000\\000\\000\\000\\000\\000' >&4",         /* 1 x 0 */
    "printf '\\000\\000\\001\\000\\000\\000\\001\\000' >&4",             /* 65,536 x 65,536: overflows to nothing */
    "printf 'abcd\\001\\000\\000\\000\\001\\000\\000\\000' >&4; exit 2", /* a picture, but not well ended */
    "printf 'abcdabcdabcd\\003\\000\\000\\000\\001\\000\\000\\000' >&4", /* larger than was asked for */
  };
  Fixture *fixture = *state;
  g_autoptr (GBytes) picture = g_bytes_new_static ("x", 1);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = write_script (fixture, rows[i]);

    run (fixture, path, picture, 2, PV_DECODE_MAX_MS, NULL);
    assert_error (fixture, PV_DECODE_ERROR_FAILED);
  }
  run (fixture, "/nonexistent/parvis-decode", picture, 2, PV_DECODE_MAX_MS, NULL);
  assert_error (fixture, PV_DECODE_ERROR_FAILED);
}

static void
takes_what_fits (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) picture = g_bytes_new_static ("x", 1);
  g_autofree char *path = write_script (fixture, "printf 'abcdABCD\\002\\000\\000\\000\\001\\000\\000\\000' >&4");
  g_autoptr (GBytes) bytes = NULL;

  run (fixture, path, picture, 2, PV_DECODE_MAX_MS, NULL);
  assert_non_null (fixture->decoded);
  bytes = pv_memfd_map (fixture->decoded->fd, 8, NULL);
  assert_memory_equal (g_bytes_get_data (bytes, NULL), "abcdABCD", 8);
}

static void
gives_the_child_two_files_and_nothing_else (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) picture = g_bytes_new_static ("x", 1);
  /* Of the shell's own: 10 and more. Its exported variables, which dash sets PWD among. */
  g_autofree char *path = write_script (fixture, "for fd in 5 6 7 8 9; do [ -e /proc/self/fd/$fd ] && exit 1; done\n"
                                                 "[ \"$(/usr/bin/env | /bin/grep -vcE '^(PWD|_|OLDPWD|SHLVL)=')\" = 0 ]"
                                                 " && printf 'abcd\\001\\000\\000\\000\\001\\000\\000\\000' >&4");

  g_setenv ("PV_TEST_SECRET", "x", TRUE);
  run (fixture, path, picture, 2, PV_DECODE_MAX_MS, NULL);
  g_unsetenv ("PV_TEST_SECRET");
  if (fixture->error != NULL)
    fail_msg ("%s", fixture->error->message);
}

static void
kills_a_child_that_is_too_slow (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) picture = g_bytes_new_static ("x", 1);
  g_autofree char *path = write_script (fixture, "exec /bin/sleep 60");
  gint64 start = g_get_monotonic_time ();

  run (fixture, path, picture, 2, SHORT_MS, NULL);
  assert_error (fixture, PV_DECODE_ERROR_FAILED);
  assert_string_equal (fixture->error->message, "not decoded in time");
  assert_true (g_get_monotonic_time () - start >= SHORT_MS * G_TIME_SPAN_MILLISECOND);
}

static gboolean
cancel_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
cancelling_ends_the_child (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) picture = g_bytes_new_static ("x", 1);
  g_autofree char *path = write_script (fixture, "exec /bin/sleep 60");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_timeout_add (50, cancel_cb, cancellable);
  run (fixture, path, picture, 2, PV_DECODE_MAX_MS, cancellable);
  assert_true (g_error_matches (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  /* Cancelled before: there is no child at all. */
  run (fixture, path, picture, 2, PV_DECODE_MAX_MS, cancellable);
  assert_true (g_error_matches (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}

static void
leaves_no_descriptor_open (void **state)
{
  static const char *const bodies[] = { "exit 1", "kill -KILL $$", "exec /bin/sleep 60" };
  Fixture *fixture = *state;
  g_autoptr (GBytes) picture = fake_picture_new (FAKE_JPEG, 64, 64);
  guint before;

  run (fixture, program (), picture, 32, PV_DECODE_MAX_MS, NULL); /* GLib opens some of its own, once */
  g_clear_pointer (&fixture->decoded, pv_decoded_free);
  before = count_descriptors ();
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autofree char *path = write_script (fixture, bodies[i]);

    run (fixture, path, picture, 32, SHORT_MS, NULL);
  }
  run (fixture, program (), picture, 32, PV_DECODE_MAX_MS, NULL);
  run (fixture, "/nonexistent/parvis-decode", picture, 32, PV_DECODE_MAX_MS, NULL);
  assert_int_equal (count_descriptors (), before);
}

/* By hand, it does nothing. */
static void
the_program_refuses_other_files (void **state)
{
  const char *const arguments[] = { program (), "100", NULL };
  g_autoptr (GSubprocess) process = NULL;

  (void) state;
  process = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
  assert_non_null (process);
  g_subprocess_wait (process, NULL, NULL);
  assert_true (g_subprocess_get_if_exited (process));
  assert_int_equal (g_subprocess_get_exit_status (process), 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (gives_back_sealed_pixels, set_up, tear_down),
    cmocka_unit_test_setup_teardown (refuses_what_is_no_picture, set_up, tear_down),
    cmocka_unit_test_setup_teardown (refuses_a_bomb, set_up, tear_down),
    cmocka_unit_test_setup_teardown (tells_of_a_child_that_goes_wrong, set_up, tear_down),
    cmocka_unit_test_setup_teardown (takes_what_fits, set_up, tear_down),
    cmocka_unit_test_setup_teardown (gives_the_child_two_files_and_nothing_else, set_up, tear_down),
    cmocka_unit_test_setup_teardown (kills_a_child_that_is_too_slow, set_up, tear_down),
    cmocka_unit_test_setup_teardown (cancelling_ends_the_child, set_up, tear_down),
    cmocka_unit_test_setup_teardown (leaves_no_descriptor_open, set_up, tear_down),
    cmocka_unit_test (the_program_refuses_other_files),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
