/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* supervisor-rig.h: parvis with scripted sessions (fake-session.c), a printer service that records, and a stand-in for systemd.
 * Sessions and printer write into one journal; the tests look for lines in it, and at their order. */
#pragma once

#include "tst.h"

#include <gio/gio.h>
#include <signal.h>

#include "link/peer.h"
#include "pv-link-printer1.h"

enum { WAIT_MS = 30 * 1000 };

typedef struct Fixture {
  char *folder, *config, *cache, *runtime, *service, *service_program, *setup, *setup_program, *sessions, *journal,
    *log, *socket_path;
  PvPeerServer *server;
  PvLinkPrinter1 *printer;
  GSocket *systemd;
  GSubprocess *supervisor;
  gboolean has_exited;
} Fixture;

#define WITH_FOLDER(name) cmocka_unit_test_setup_teardown (name, supervisor_set_up, supervisor_tear_down)

/* Asserts that it is written. */
void write_text (const char *folder, const char *name, const char *text);
/* Right ones; @greeting makes them others. */
void write_settings (const Fixture *fixture, const char *greeting);
/* The service that is told of ended sessions. */
void start_printer (Fixture *fixture);
/* Below the fixture's. (transfer full) */
char *make_folder (const Fixture *fixture, const char *name);
int supervisor_set_up (void **state);
int supervisor_tear_down (void **state);
/* @time_scale: how many times faster than on a kiosk. */
void start_supervisor (Fixture *fixture, const char *time_scale);
/* Until the journal has @line. */
void wait_for (const Fixture *fixture, const char *line);
/* Which line of the journal is @wanted; -1: none. */
int find_line (const Fixture *fixture, const char *wanted);
/* Of session @number, as the journal has it. @ret_pid, @ret_name: (nullable) */
void look_up (const Fixture *fixture, guint number, pid_t *ret_pid, char **ret_name);
/* SIGUSR1: says goodbye; SIGUSR2: is touched (fake-session.c). */
void signal_session (const Fixture *fixture, guint number, int signal_number);
/* Until the printer service was told that session @number ended. */
void wait_for_printer (const Fixture *fixture, guint number);
/* Of the journal, that contain @part. */
guint count_lines (const Fixture *fixture, const char *part);
void assert_order (const Fixture *fixture, const char *first, const char *second);
gboolean systemd_has_heard (const Fixture *fixture, const char *word);
void wait_for_systemd (const Fixture *fixture, const char *word);
gboolean is_dead (pid_t pid);
/* Started, the first one shown, the next one warm. */
void begin_with_two (Fixture *fixture, const char *time_scale);
/* Until the supervisor has logged @words. */
void wait_for_log (const Fixture *fixture, const char *words);
