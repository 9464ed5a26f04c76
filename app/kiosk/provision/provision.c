/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/provision/provision.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/wipe.h"
#include "kiosk/provision/candidate.h"
#include "kiosk/provision/install.h"
#include "kiosk/provision/network.h"
#include "kiosk/provision/portal.h"
#include "kiosk/provision/printers.h"
#include "kiosk/provision/relay.h"
#include "platform/bounded-run.h"
#include "platform/log.h"
#include "platform/plain-file.h"
#include "platform/settings-layers.h"
#include "platform/setup-files.h"

/* Belongs to the units on a plain machine (kiosk-config/units): whoever put it there has said nothing of a kiosk yet. */
#define UNITS_SETTINGS "05-kiosk.conf"
#define PORTAL_KEY     "portal-key"

/* What came of a verb. */
typedef struct Outcome {
  PvSetupReason reason;
  char **texts; /* (nullable) */
} Outcome;

static Outcome
end (PvSetupReason reason)
{
  return (Outcome){ .reason = reason };
}

static gboolean
write_durably (const char *folder, const char *name, const char *bytes, gssize size, int mode)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  if (g_file_set_contents_full (path, bytes, size, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, mode,
                                &error))
    return TRUE;
  pv_log_event (PV_LOG_ERROR, "setup-not-written", PV_LOG_CAUSE (error));
  return FALSE;
}

static gboolean
is_there (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
remove_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_unlink (path);
}

/* Whether it is wanted ------------------------------------------------------------------------------------------------- */

static gboolean
has_settings (const char *folder)
{
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".conf") && strcmp (name, UNITS_SETTINGS) != 0)
      return TRUE;
  return FALSE;
}

/* A kiosk with a slip in its settings has settings: it says that it is out of order, and nobody at its screen sets it up anew. */
static gboolean
is_set_up (const PvProvision *provision)
{
  g_autofree char *site = pv_layer_get_folder (provision->config, PV_LAYER_SITE);
  g_autofree char *kiosk = pv_layer_get_folder (provision->config, PV_LAYER_KIOSK);
  g_autoptr (PvSettings) settings = NULL;

  if (has_settings (site) || has_settings (kiosk))
    return TRUE;
  settings = pv_settings_load_what_is_right (provision->config);
  return pv_settings_get_text (settings, PV_SETTING_PORTAL_URL) != NULL;
}

/* Overwritten first, for a file system that writes in place; the partition of an image is encrypted where there is a TPM. */
static void
wipe_answers (const PvProvision *provision)
{
  g_autofree char *path = g_build_filename (provision->state, PV_SETUP_ANSWERS, NULL);
  int fd = open (path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
  off_t size = fd >= 0 ? lseek (fd, 0, SEEK_END) : 0;
  static const char zeros[512];

  for (off_t at = 0; at < size; at += (off_t) sizeof zeros)
    if (pwrite (fd, zeros, sizeof zeros, at) < 0)
      break;
  if (fd >= 0) {
    (void) fsync (fd);
    close (fd);
  }
  g_unlink (path);
}

static gboolean
write_marker (const PvProvision *provision)
{
  return write_durably (provision->state, PV_SETUP_MARKER, "parvis-setup 1\n", -1, 0644);
}

static gboolean
is_installing (const PvProvision *provision)
{
  return g_file_test (provision->install_flag, G_FILE_TEST_EXISTS);
}

gboolean
pv_provision_begin (PvProvision *provision)
{
  g_autofree char *site = pv_layer_get_folder (provision->config, PV_LAYER_SITE);

  if (!is_installing (provision) && (is_there (provision->state, PV_SETUP_MARKER) || is_set_up (provision))) {
    /* The power went between the settings and the marker. */
    if (is_there (site, PV_SETUP_SETTINGS) && !is_there (provision->state, PV_SETUP_MARKER)
        && !write_marker (provision))
      return FALSE;
    wipe_answers (provision);
    remove_file (provision->runtime, PV_SETUP_WANTED);
    return TRUE;
  }
  pv_log_event (PV_LOG_INFO, "setup-wanted");
  return write_durably (provision->runtime, PV_SETUP_WANTED, "parvis-setup 1\n", -1, 0644);
}

/* Answers so far ------------------------------------------------------------------------------------------------------- */

static void
read_answers (const PvProvision *provision, PvSetupAnswers *answers)
{
  g_autofree char *path = g_build_filename (provision->state, PV_SETUP_ANSWERS, NULL), *text = NULL;
  gsize size = 0;
  g_autofree char *bytes = pv_plain_file_read (path, PV_PROVISION_MAX_ANSWERS_BYTES, &size, NULL);

  text = bytes != NULL && size <= PV_PROVISION_MAX_ANSWERS_BYTES ? g_strndup (bytes, size) : NULL;
  if (text != NULL)
    pv_setup_answers_from_text (answers, text);
}

/* Of what a verb takes the request's count, also those that it leaves out. */
static void
merge (PvSetupAnswers *answers, const PvSetupRequest *request)
{
  for (guint i = 0; i < PV_N_SETUP_ANSWERS; i++)
    if (pv_setup_verb_takes (request->verb, i))
      pv_setup_answers_set (answers, i, request->answers.texts[i]);
}

static Outcome
keep (const PvProvision *provision, const PvSetupAnswers *answers)
{
  g_autofree char *text = pv_setup_answers_to_text (answers);

  return end (write_durably (provision->state, PV_SETUP_ANSWERS, text, -1, 0600) ? PV_SETUP_BECAUSE_NOTHING
                                                                                 : PV_SETUP_BECAUSE_FAILED);
}

static Outcome
keep_and_tell (const PvProvision *provision, const PvSetupAnswers *answers, char *text)
{
  Outcome outcome = keep (provision, answers);

  if (outcome.reason == PV_SETUP_BECAUSE_NOTHING) {
    outcome.texts = g_new0 (char *, 2);
    outcome.texts[0] = text;
  } else {
    g_free (text);
  }
  return outcome;
}

/* Verbs ------------------------------------------------------------------------------------------------------------------ */

static gboolean
has_all (const PvSetupAnswers *answers, const PvSetupAnswer *wanted, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (answers->texts[wanted[i]] == NULL || *answers->texts[wanted[i]] == '\0')
      return FALSE;
  return TRUE;
}

static Outcome
resume (const PvSetupAnswers *answers)
{
  g_autofree char *text = pv_setup_answers_to_text (answers);
  Outcome outcome = { .texts = g_strsplit (g_strchomp (text), "\n", -1) };

  return outcome;
}

static Outcome
try_network (const PvProvision *provision, PvSetupAnswers *answers)
{
  static const PvSetupAnswer fixed[] = { PV_SETUP_ADDRESS, PV_SETUP_GATEWAY, PV_SETUP_NAMES };
  char *address = NULL;
  PvSetupReason reason;

  if (answers->texts[PV_SETUP_NETWORK] == NULL
      || (pv_setup_answers_is (answers, PV_SETUP_NETWORK, "fixed") && !has_all (answers, fixed, G_N_ELEMENTS (fixed))))
    return end (PV_SETUP_BECAUSE_REFUSED);
  reason = pv_network_try (provision, answers, &address);
  return reason == PV_SETUP_BECAUSE_NOTHING ? keep_and_tell (provision, answers, address) : end (reason);
}

/* The key stays in memory until the portal has taken it. */
static Outcome
try_portal (const PvProvision *provision, PvSetupAnswers *answers)
{
  static const PvSetupAnswer wanted[] = { PV_SETUP_URL, PV_SETUP_ORIGIN, PV_SETUP_KEY };
  g_autofree char *config = NULL;
  const char *key = answers->texts[PV_SETUP_KEY];
  PvSetupReason reason;
  guint n = 0;

  if (!has_all (answers, wanted, G_N_ELEMENTS (wanted)))
    return end (PV_SETUP_BECAUSE_REFUSED);
  pv_setup_answers_set (answers, PV_SETUP_WAY, "portal");
  config = pv_candidate_lay_out (provision, answers);
  if (config == NULL || !pv_candidate_add_key (provision, PORTAL_KEY, key, strlen (key))
      || !pv_portal_open_port (provision, answers->texts[PV_SETUP_URL]))
    return end (PV_SETUP_BECAUSE_FAILED);
  reason = pv_portal_try (config, &n);
  if (reason != PV_SETUP_BECAUSE_NOTHING)
    return end (reason);
  if (!write_durably (provision->credstore, PORTAL_KEY, key, (gssize) strlen (key), 0600))
    return end (PV_SETUP_BECAUSE_FAILED);
  return keep_and_tell (provision, answers, g_strdup_printf ("%u", n));
}

/* Keys of the trial at first; into the credstore once the relay has let this kiosk in. */
static gboolean
use_keys (const PvProvision *provision, const PvEnrolment *enrolment, gboolean is_trial)
{
  for (guint i = 0; i < enrolment->files->len; i++) {
    const PvEnrolmentFile *file = enrolment->files->pdata[i];
    gsize size;
    const char *bytes = g_bytes_get_data (file->bytes, &size);

    if (file->kind == PV_ENROLMENT_SECRET
        && !(is_trial ? pv_candidate_add_key (provision, file->name, bytes, size)
                      : write_durably (provision->credstore, file->name, bytes, (gssize) size, 0600)))
      return FALSE;
  }
  return TRUE;
}

/* What the enrolment says of commune and contact is what the next steps begin with. */
static void
take_names (const char *config, PvSetupAnswers *answers)
{
  static const struct {
    PvSetupAnswer answer;
    PvSetting setting;
  } pairs[] = { { PV_SETUP_COMMUNE, PV_SETTING_COMMUNE_NAME },
                { PV_SETUP_PLACE, PV_SETTING_COMMUNE_PLACE },
                { PV_SETUP_PHONE, PV_SETTING_CONTACT_PHONE } };
  g_autoptr (PvSettings) settings = pv_settings_load_what_is_right (config);

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++) {
    const char *text = pv_settings_get_text (settings, pairs[i].setting);

    if (text != NULL && pv_setup_answer_check (pairs[i].answer, text))
      pv_setup_answers_set (answers, pairs[i].answer, text);
  }
}

static gboolean
open_port_of (const PvProvision *provision, const char *config)
{
  g_autoptr (PvSettings) settings = pv_settings_load_what_is_right (config);
  const char *url = pv_settings_get_text (settings, PV_SETTING_PORTAL_URL);

  return url == NULL || pv_portal_open_port (provision, url);
}

/* "N", and NAME=VALUE of what came with it. */
static Outcome
tell_relay (const PvProvision *provision, const PvSetupAnswers *answers, const PvSetupAnswers *names, guint n)
{
  g_autofree char *pairs = pv_setup_answers_to_text (names), *all = NULL;
  Outcome outcome = keep (provision, answers);

  all = g_strdup_printf ("%u\n%s", n, g_strchomp (pairs));
  if (outcome.reason == PV_SETUP_BECAUSE_NOTHING)
    outcome.texts = g_strsplit (g_strchomp (all), "\n", -1);
  return outcome;
}

/* The enrolment is fetched, opened, and tried: the relay lets this kiosk in, and hands on the catalogue. */
static Outcome
try_relay (const PvProvision *provision, PvSetupAnswers *answers)
{
  static const PvSetupAnswer wanted[] = { PV_SETUP_SERVER, PV_SETUP_CODE };
  g_autofree char *folder = g_build_filename (provision->state, PV_RELAY_FOLDER, NULL), *config = NULL;
  g_autoptr (PvEnrolment) enrolment = NULL;
  g_auto (PvSetupAnswers) names = { 0 };
  PvSetupReason reason;
  guint n = 0;

  if (!has_all (answers, wanted, G_N_ELEMENTS (wanted)))
    return end (PV_SETUP_BECAUSE_REFUSED);
  pv_setup_answers_set (answers, PV_SETUP_WAY, "relay");
  if (!pv_portal_open_port (provision, answers->texts[PV_SETUP_SERVER]))
    return end (PV_SETUP_BECAUSE_FAILED);
  reason = pv_relay_fetch (answers->texts[PV_SETUP_SERVER], answers->texts[PV_SETUP_CODE], &enrolment);
  if (reason != PV_SETUP_BECAUSE_NOTHING)
    return end (reason);
  if (!pv_relay_keep (enrolment, folder))
    return end (PV_SETUP_BECAUSE_FAILED);
  config = pv_candidate_lay_out (provision, answers);
  if (config == NULL)
    return end (PV_SETUP_BECAUSE_BROKEN);
  if (!use_keys (provision, enrolment, TRUE) || !open_port_of (provision, config))
    return end (PV_SETUP_BECAUSE_FAILED);
  reason = pv_portal_try (config, &n);
  if (reason != PV_SETUP_BECAUSE_NOTHING)
    return end (reason);
  take_names (config, &names);
  return use_keys (provision, enrolment, FALSE) ? tell_relay (provision, answers, &names, n)
                                                : end (PV_SETUP_BECAUSE_FAILED);
}

static Outcome
print_with (const PvProvision *provision, const PvSetupAnswers *answers)
{
  g_autofree char *config = NULL;

  if (pv_setup_answers_is (answers, PV_SETUP_PRINTER, "none") || answers->texts[PV_SETUP_TARGET] == NULL
      || answers->texts[PV_SETUP_PAPER] == NULL)
    return end (PV_SETUP_BECAUSE_REFUSED);
  config = pv_candidate_lay_out (provision, answers);
  return end (config != NULL ? pv_printers_try (provision, config) : PV_SETUP_BECAUSE_FAILED);
}

static Outcome
list_printers (const PvProvision *provision)
{
  Outcome outcome = { .texts = pv_printers_list (provision) };

  return outcome;
}

static void
start_services (const PvProvision *provision)
{
  const char *const argv[] = { provision->systemctl_program, "--no-block", "restart", "parvis-courier.service",
                               "parvis-printer.service",     NULL };
  g_autofree char *said = pv_run_bounded (argv, PV_PROVISION_SYSTEMCTL_S, PV_PROVISION_MAX_OUTPUT_BYTES);

  if (said == NULL)
    pv_log_event (PV_LOG_ERROR, "setup-services-not-restarted");
}

/* The settings before the marker, the marker before the answers go: whenever the power goes, it goes on from there. */
static Outcome
finish (const PvProvision *provision, const PvSetupAnswers *answers)
{
  static const PvSetupAnswer wanted[] = { PV_SETUP_NETWORK,  PV_SETUP_WAY,    PV_SETUP_COMMUNE, PV_SETUP_PRINTER,
                                          PV_SETUP_DIAGONAL, PV_SETUP_HEIGHT, PV_SETUP_SOUND,   PV_SETUP_READER };
  g_autofree char *site = pv_layer_get_folder (provision->config, PV_LAYER_SITE);
  g_autofree char *text = pv_candidate_text (provision, answers), *config = NULL;
  g_autofree char *enrolled = g_build_filename (provision->state, PV_RELAY_FOLDER, NULL);

  if (!has_all (answers, wanted, G_N_ELEMENTS (wanted)))
    return end (PV_SETUP_BECAUSE_MISSING);
  config = pv_candidate_lay_out (provision, answers);
  if (config == NULL)
    return end (PV_SETUP_BECAUSE_FAILED);
  if (!pv_candidate_is_right (config))
    return end (PV_SETUP_BECAUSE_WRONG);
  if ((pv_setup_answers_is (answers, PV_SETUP_WAY, "relay") && !pv_relay_copy_public (enrolled, site))
      || !write_durably (site, PV_SETUP_SETTINGS, text, -1, 0644) || !write_marker (provision))
    return end (PV_SETUP_BECAUSE_FAILED);
  wipe_answers (provision);
  pv_relay_forget (enrolled);
  pv_candidate_remove (provision);
  /* Courier and printer service do not start while it is there. */
  remove_file (provision->runtime, PV_SETUP_WANTED);
  start_services (provision);
  pv_log_event (PV_LOG_INFO, "setup-finished");
  return end (PV_SETUP_BECAUSE_NOTHING);
}

static Outcome
list_disks (const PvProvision *provision)
{
  Outcome outcome = { .texts = pv_install_list (provision) };

  return outcome;
}

static gboolean
is_of_installing (PvSetupVerb verb)
{
  return verb == PV_SETUP_LIST_DISKS || verb == PV_SETUP_WRITE_DISK || verb == PV_SETUP_RESTART;
}

static Outcome
perform (const PvProvision *provision, PvSetupVerb verb, PvSetupAnswers *answers)
{
  switch (verb) {
  case PV_SETUP_RESUME:
    return resume (answers);
  case PV_SETUP_TRY_NETWORK:
    return try_network (provision, answers);
  case PV_SETUP_TRY_PORTAL:
    return try_portal (provision, answers);
  case PV_SETUP_LIST_PRINTERS:
    return list_printers (provision);
  case PV_SETUP_PRINT_PAGE:
  case PV_SETUP_PRINT_RECEIPT:
    return print_with (provision, answers);
  case PV_SETUP_SAY_COMMUNE:
  case PV_SETUP_SAY_PRINTER:
  case PV_SETUP_SAY_SCREEN:
  case PV_SETUP_SAY_SOUND:
  case PV_SETUP_SAY_READER:
    return keep (provision, answers);
  case PV_SETUP_FINISH:
    return finish (provision, answers);
  case PV_SETUP_TRY_RELAY:
    return try_relay (provision, answers);
  case PV_SETUP_LIST_DISKS:
    return list_disks (provision);
  case PV_SETUP_WRITE_DISK:
    return end (answers->texts[PV_SETUP_DISK] != NULL ? pv_install_write (provision, answers->texts[PV_SETUP_DISK])
                                                      : PV_SETUP_BECAUSE_REFUSED);
  case PV_SETUP_RESTART:
    return end (pv_install_restart (provision));
  case PV_N_SETUP_VERBS:
    break;
  }
  return end (PV_SETUP_BECAUSE_REFUSED);
}

/* One request at a time: one that nobody waits for any more is ended first. */
static int
lock (const PvProvision *provision)
{
  int fd = open (provision->runtime, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd >= 0 && flock (fd, LOCK_EX) == 0)
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

char *
pv_provision_answer (PvProvision *provision, const char *line)
{
  g_auto (PvSetupRequest) request = { 0 };
  g_auto (PvSetupAnswers) answers = { 0 };
  Outcome outcome = end (PV_SETUP_BECAUSE_REFUSED);
  int fd = lock (provision);
  char *reply;

  if (fd >= 0 && is_there (provision->runtime, PV_SETUP_WANTED)
      && (is_installing (provision) || !is_there (provision->state, PV_SETUP_MARKER))
      && pv_setup_request_parse (line, &request) && is_of_installing (request.verb) == is_installing (provision)) {
    read_answers (provision, &answers);
    merge (&answers, &request);
    outcome = perform (provision, request.verb, &answers);
  }
  if (fd >= 0)
    close (fd);
  reply = pv_setup_reply_make (outcome.reason, (const char *const *) outcome.texts);
  g_strfreev (outcome.texts);
  return reply;
}
