/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis-card --config DIR: one citizen's card reading, at the end of a socket pair of the session (card-words.h).
 *
 * A process of its own because a hostile card can make libnfc 1.8 abort, and so that the memory which held what stands on a
 * card goes with it: the session ends it when the screen is left. */

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <signal.h>
#include <unistd.h>

#include "core/wipe.h"
#include "eid/groups.h"
#include "kiosk/card/watch.h"
#include "link/card-words.h"
#include "platform/clock.h"
#include "platform/harden.h"
#include "platform/log.h"
#include "platform/settings.h"

enum {
  EXIT_USAGE = 2,
  FREED_BYTE = 0x5A, /* what the allocator leaves in freed memory (mallopt(3), M_PERTURB) */
};

G_STATIC_ASSERT ((int) PV_CARD_FACE_MAX_BYTES == (int) PV_GROUP_MAX_FACE_BYTES);

static void
tell_cb (const PvCardReport *report, GBytes *face, gpointer user_data)
{
  (void) user_data;
  /* What was read counts without its photo, too. A session that is gone, or does not read, ends this process soon. */
  if (!pv_card_send_report (PV_CARD_FD, report, face)
      && (face == NULL || !pv_card_send_report (PV_CARD_FD, report, NULL)))
    pv_log_event (PV_LOG_WARNING, "report-not-taken");
}

/* Without them a document is read all the same, and not proven. */
static PvTrust *
load_trust (const PvSettings *settings)
{
  g_autoptr (GError) error = NULL;
  PvTrust *trust =
    pv_trust_load_configured (settings, pv_clock_get_wall_us (pv_clock_get_system ()) / G_USEC_PER_SEC, &error);

  if (error != NULL)
    pv_log_event (PV_LOG_ERROR, "no-card-roots", PV_LOG_CAUSE (error));
  return trust;
}

/* FALSE: the session is gone. */
static gboolean
obey (PvCardWatch *watch)
{
  g_autoptr (PvSecretStr) text = NULL;
  PvCardRequestKind kind;
  gboolean is_gone;

  if (!pv_card_receive_request (PV_CARD_FD, &kind, &text, &is_gone))
    return !is_gone;
  switch (kind) {
  case PV_CARD_DO_CAN:
    pv_card_watch_read (watch, pv_card_password_new_can (text));
    break;
  case PV_CARD_DO_MRZ:
    pv_card_watch_read (watch, pv_card_password_new_mrz_lines (text));
    break;
  case PV_CARD_DO_STOP:
  case PV_N_CARD_REQUESTS:
    pv_card_watch_forget (watch);
    break;
  }
  return TRUE;
}

static void
serve (PvCardWatch *watch)
{
  struct pollfd line = { PV_CARD_FD, POLLIN, 0 };

  while (poll (&line, 1, -1) >= 0 || errno == EINTR)
    if (line.revents != 0 && !obey (watch))
      return;
}

static int
run (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSettings) settings = pv_settings_load (folder, &error);
  g_autoptr (PvTrust) trust = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  PvCardWatch *watch;

  if (settings == NULL) {
    /* Of a first start, where a card is laid before there are settings: what is right of them. */
    pv_log_bad_settings (error);
    settings = pv_settings_load_what_is_right (folder);
  }
  pv_clock_trust_system (pv_settings_get_bool (settings, PV_SETTING_CLOCK_TRUSTED));
  trust = load_trust (settings);
  zone = g_time_zone_new_identifier (pv_settings_get_text (settings, PV_SETTING_COMMUNE_TIMEZONE));
  if (zone == NULL)
    zone = g_time_zone_new_utc ();
  watch = pv_card_watch_start (&(PvCardWatchOptions){
    .reader = pv_settings_get_text (settings, PV_SETTING_CARD_READER),
    .lock_folder = pv_settings_get_text (settings, PV_SETTING_PATHS_RUNTIME),
    .trust = trust,
    .zone = zone,
    .wants_face = pv_settings_get_bool (settings, PV_SETTING_CARD_PHOTO),
    .tell = tell_cb,
  });
  serve (watch);
  pv_card_watch_stop (watch);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &folder, "Folder of the settings", "DIR" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  mallopt (M_PERTURB, FREED_BYTE);
  pv_log_silence_libraries ();
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != 1) {
    pv_log_event (PV_LOG_ERROR, "bad-options");
    return EXIT_USAGE;
  }
  /* Whatever ends the session ends this, too. */
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (!pv_harden_process (&error) || !pv_forbid_internet (&error)) {
    pv_log_event (PV_LOG_ERROR, "not-hardened", PV_LOG_CAUSE (error));
    return EXIT_FAILURE;
  }
  return run (folder != NULL ? folder : PV_SETTINGS_DEFAULT_FOLDER);
}
