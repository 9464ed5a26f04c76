/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/log.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/settings.h"
#include "tst.h"

static void
formats_numbers_words_and_causes (void **state)
{
  g_autoptr (GError) error = g_error_new (G_FILE_ERROR, G_FILE_ERROR_NOENT, "Dupont.pdf: not found");
  const PvLogField fields[] = {
    { .name = NULL },
    PV_LOG_INT ("status", 200),
    PV_LOG_INT ("balance", G_MININT64),
    PV_LOG_WORD ("outcome", "not-sent"),
    PV_LOG_CAUSE (error),
    { .name = NULL },
  };
  const PvLogField no_cause[] = { { .name = NULL }, PV_LOG_CAUSE (NULL), { .name = NULL } };
  g_autofree char *line = pv_log_format ("filing-kept", fields);
  g_autofree char *bare = pv_log_format ("filing-kept", no_cause);

  (void) state;
  assert_string_equal (line, "filing-kept status=200 balance=-9223372036854775808 outcome=not-sent "
                             "cause=g-file-error-quark:4");
  assert_string_equal (bare, "filing-kept");
}

/* What a person typed, a tracking code, an address of the portal: none of it is a word. */
static void
withholds_what_is_no_word (void **state)
{
  static const char *const texts[] = {
    "Dupont",
    "jean dupont",
    "mélanie",
    "a@b.example",
    "CDFGHJKL",
    "https://x.example/?q",
    "a/b",
    "a\nb",
    "a=b",
    "\x1b[31m",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    const PvLogField fields[] = { { .name = NULL }, PV_LOG_WORD ("word", texts[i]), { .name = NULL } };
    g_autofree char *line = pv_log_format ("event", fields);

    assert_string_equal (line, "event word=(withheld)");
  }
}

/* Runs in a child whose standard error is read here. */
static char *
capture (void (*work) (void))
{
  GString *text = g_string_new (NULL);
  char chunk[512];
  int ends[2], status = 0;
  gssize count;
  pid_t child;

  assert_int_equal (pipe (ends), 0);
  child = fork ();
  assert_true (child >= 0);
  if (child == 0) {
    dup2 (ends[1], STDERR_FILENO);
    close (ends[0]);
    work ();
    _exit (0);
  }
  close (ends[1]);
  while ((count = read (ends[0], chunk, sizeof chunk)) > 0)
    g_string_append_len (text, chunk, count);
  close (ends[0]);
  waitpid (child, &status, 0);
  assert_int_equal (status, 0);
  return g_string_free (text, FALSE);
}

static void
log_two_events (void)
{
  g_set_prgname ("parvis-test");
  g_unsetenv ("JOURNAL_STREAM");
  pv_log_event (PV_LOG_INFO, "started");
  g_setenv ("JOURNAL_STREAM", "8:1234", TRUE);
  pv_log_event (PV_LOG_WARNING, "portal-offline", PV_LOG_INT ("seconds", 30), PV_LOG_WORD ("mode", "relay"));
  pv_log_event (PV_LOG_ERROR, "outbox-full", PV_LOG_INT ("filings", 500));
}

static void
writes_lines_that_the_journal_understands (void **state)
{
  g_autofree char *text = capture (log_two_events);

  (void) state;
  assert_string_equal (text, "parvis-test: started\n"
                             "<4>parvis-test: portal-offline seconds=30 mode=relay\n"
                             "<3>parvis-test: outbox-full filings=500\n");
}

static void
log_bad_settings (void)
{
  g_autoptr (GError) error = g_error_new_literal (PV_SETTINGS_ERROR, PV_SETTINGS_ERROR_BAD,
                                                  "10.conf:3: [commune] primary: too light\n[portal] url: is missing");

  g_set_prgname ("parvis-test");
  g_setenv ("JOURNAL_STREAM", "8:1234", TRUE);
  pv_log_bad_settings (error);
}

static void
tells_the_administrator_what_to_mend (void **state)
{
  g_autofree char *text = capture (log_bad_settings);

  (void) state;
  assert_string_equal (text, "<3>parvis-test: bad-settings 10.conf:3: [commune] primary: too light\n"
                             "<3>parvis-test: bad-settings [portal] url: is missing\n");
}

static void
let_libraries_talk (void)
{
  g_set_prgname ("parvis-test");
  g_unsetenv ("JOURNAL_STREAM");
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  pv_log_silence_libraries ();
  g_log ("Gtk", G_LOG_LEVEL_WARNING, "Failed to set text 'Dupont' from markup");
  g_log ("Gtk", G_LOG_LEVEL_CRITICAL, "gtk_label_set_text: assertion 'GTK_IS_LABEL (self)' failed");
  g_log ("Gtk", G_LOG_LEVEL_CRITICAL, "Dupont: assertion 'x' failed\nMore");
  g_log ("Gtk", G_LOG_LEVEL_MESSAGE, "Dupont");
  g_log_structured ("Pango", G_LOG_LEVEL_WARNING, "MESSAGE", "%s", "Dupont");
}

static void
keeps_the_words_of_libraries_to_itself (void **state)
{
  g_autofree char *text = capture (let_libraries_talk);

  (void) state;
  assert_string_equal (text, "parvis-test: library-message domain=Gtk\n"
                             "parvis-test: library-message domain=Gtk gtk_label_set_text: assertion "
                             "'GTK_IS_LABEL (self)' failed\n"
                             "parvis-test: library-message domain=Gtk\n"
                             "parvis-test: library-message domain=Pango\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (formats_numbers_words_and_causes),
    cmocka_unit_test (withholds_what_is_no_word),
    cmocka_unit_test (writes_lines_that_the_journal_understands),
    cmocka_unit_test (tells_the_administrator_what_to_mend),
    cmocka_unit_test (keeps_the_words_of_libraries_to_itself),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
