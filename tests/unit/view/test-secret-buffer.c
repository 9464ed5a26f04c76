/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <string.h>

#include "view/secret-buffer.h"

static void
inserts_and_deletes_by_characters (void **state)
{
  g_autoptr (GtkEntryBuffer) buffer = pv_secret_buffer_new (0);

  (void) state;
  assert_int_equal (gtk_entry_buffer_insert_text (buffer, 0, "Noël", -1), 4);
  assert_int_equal (gtk_entry_buffer_insert_text (buffer, 4, " é", -1), 2);
  assert_string_equal (gtk_entry_buffer_get_text (buffer), "Noël é");
  assert_int_equal (gtk_entry_buffer_get_length (buffer), 6);
  assert_int_equal (gtk_entry_buffer_get_bytes (buffer), strlen ("Noël é"));
  assert_int_equal (gtk_entry_buffer_delete_text (buffer, 2, 2), 2);
  assert_string_equal (gtk_entry_buffer_get_text (buffer), "No é");
  assert_int_equal (gtk_entry_buffer_delete_text (buffer, 0, -1), 4);
  assert_string_equal (gtk_entry_buffer_get_text (buffer), "");
}

static void
stops_at_the_given_number_of_characters (void **state)
{
  g_autoptr (GtkEntryBuffer) buffer = pv_secret_buffer_new (5);

  (void) state;
  assert_int_equal (gtk_entry_buffer_insert_text (buffer, 0, "891000", -1), 5);
  assert_string_equal (gtk_entry_buffer_get_text (buffer), "89100");
}

static void
refuses_more_bytes_than_any_format_reads (void **state)
{
  g_autoptr (GtkEntryBuffer) buffer = pv_secret_buffer_new (0);
  g_autofree char *many = g_strnfill (5000, 'a');

  (void) state;
  gtk_entry_buffer_insert_text (buffer, 0, many, -1);
  assert_true (gtk_entry_buffer_get_bytes (buffer) <= 2048);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (inserts_and_deletes_by_characters),
    cmocka_unit_test (stops_at_the_given_number_of_characters),
    cmocka_unit_test (refuses_more_bytes_than_any_format_reads),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
