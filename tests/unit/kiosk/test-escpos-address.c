/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/escpos/device.h"

#include "tst.h"

static void
an_address_says_all_about_the_line (void **state)
{
  PvEscposAddress address;

  (void) state;
  assert_true (pv_escpos_address_parse ("parvis-escpos:/dev/usb/lp0", &address, NULL));
  assert_string_equal (address.path, "/dev/usb/lp0");
  assert_int_equal (address.baud, 9600);
  assert_true (address.flow_rts);
  assert_false (address.is_silent);
  assert_int_equal (address.wait_s, 3);
  assert_int_equal (address.patience_s, 90);
  pv_escpos_address_clear (&address);
  assert_true (pv_escpos_address_parse (
    "parvis-escpos:/dev/ttyUSB0?baud=115200&flow=none&status=no&wait=10&patience=30", &address, NULL));
  assert_string_equal (address.path, "/dev/ttyUSB0");
  assert_int_equal (address.baud, 115200);
  assert_false (address.flow_rts);
  assert_true (address.is_silent);
  assert_int_equal (address.wait_s, 10);
  assert_int_equal (address.patience_s, 30);
  pv_escpos_address_clear (&address);
}

static void
what_is_not_understood_is_refused (void **state)
{
  static const char *const wrong[] = {
    "",
    "parvis-escpos",
    "parvis-escpos:",
    "parvis-escpos:lp0",
    "escpos:/dev/usb/lp0",
    "parvis-escpos:/dev/x?baud=1234",
    "parvis-escpos:/dev/x?baud=9600x",
    "parvis-escpos:/dev/x?flow=dtr",
    "parvis-escpos:/dev/x?status",
    "parvis-escpos:/dev/x?wait=0",
    "parvis-escpos:/dev/x?wait=61",
    "parvis-escpos:/dev/x?patience=-1",
    "parvis-escpos:/dev/x?color=red",
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    PvEscposAddress address = { 0 };
    g_autoptr (GError) error = NULL;

    assert_false (pv_escpos_address_parse (wrong[i], &address, &error));
    assert_non_null (error);
    assert_null (address.path);
  }
}

/* It would take everything, and print nothing. */
static void
a_file_is_no_printer (void **state)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("pv-escpos-XXXXXX", &path, NULL);
  PvEscposAddress address = { .path = path };
  g_autoptr (GError) error = NULL;

  (void) state;
  assert_true (fd >= 0);
  assert_int_equal (pv_escpos_device_open (&address, &error), -1);
  assert_non_null (error);
  g_clear_error (&error);
  g_unlink (path);
  g_close (fd, NULL);
  assert_int_equal (pv_escpos_device_open (&address, &error), -1);
  assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_address_says_all_about_the_line),
    cmocka_unit_test (what_is_not_understood_is_refused),
    cmocka_unit_test (a_file_is_no_printer),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
