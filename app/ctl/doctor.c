/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl doctor: looks at all of the machine at the same time, each part in a child that may hang or crash. */

#include "ctl/doctor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ctl/doctor-facts.h"
#include "ctl/doctor-slot.h"
#include "ctl/say.h"
#include "platform/clock.h"
#include "platform/plain-file.h"

typedef struct Check {
  const char *id, *english, *french;
  void (*run) (const PvDoctor *doctor, GPtrArray *findings);
} Check;

static const Check checks[] = {
  { "settings", "Settings", "Réglages", pv_doctor_check_settings },
  { "services", "Services", "Services", pv_doctor_check_services },
  { "screen", "Screen", "Écran", pv_doctor_check_screen },
  { "touch", "Touch", "Tactile", pv_doctor_check_touch },
  { "reader", "Card reader", "Lecteur de carte", pv_doctor_check_reader },
  { "printer", "Printer", "Imprimante", pv_doctor_check_printer },
  { "cups", "CUPS", "CUPS", pv_doctor_check_cups },
  { "scanner", "Scanner", "Scanner", pv_doctor_check_scanner },
  { "portal", "Portal", "Portail", pv_doctor_check_portal },
  { "clock", "Clock", "Horloge", pv_doctor_check_clock },
  { "broker", "Assistance", "Assistance", pv_doctor_check_broker },
  { "certificates", "Certificates", "Certificats", pv_doctor_check_certificates },
  { "disk", "Disk", "Disque", pv_doctor_check_disk },
  { "secrets", "Secrets", "Secrets", pv_doctor_check_secrets },
  { "lock-down", "Lock-down", "Verrouillage", pv_doctor_check_lockdown },
  { "update", "Update", "Mise à jour", pv_doctor_check_update },
};

typedef struct Run {
  const Check *check;
  pid_t pid; /* 0: it is over */
  int fd;    /* -1 likewise */
  GByteArray *bytes;
  gboolean is_late;
} Run;

char *
pv_doctor_path (const PvDoctor *doctor, const char *path)
{
  return *doctor->root != '\0' ? g_build_filename (doctor->root, path, NULL) : g_strdup (path);
}

/* Files of /proc and /sys have no size to go by. */
char *
pv_doctor_read (const PvDoctor *doctor, const char *path, gsize *ret_size)
{
  g_autofree char *whole = pv_doctor_path (doctor, path);
  gsize size = 0;
  g_autofree char *bytes = pv_plain_file_read (whole, PV_FACTS_MAX_FILE_BYTES, &size, NULL);
  char *text;

  if (bytes == NULL)
    return NULL;
  text = g_malloc (size + 1);
  memcpy (text, bytes, size);
  text[size] = '\0';
  if (ret_size != NULL)
    *ret_size = size;
  return text;
}

void
pv_doctor_not_used (GPtrArray *findings, const char *sentence)
{
  pv_findings_add (findings, PV_HEALTH_WELL, "", pv_say ("not used here: %s", "pas d’usage ici : %s"), sentence);
}

/* Whatever a library says is not for the administrator. */
static void
silence (void)
{
  int nothing = open ("/dev/null", O_RDWR | O_CLOEXEC);

  if (nothing < 0)
    return;
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    (void) dup2 (nothing, fd);
}

G_NORETURN static void
be_child (const PvDoctor *doctor, const Check *check, int fd)
{
  g_autoptr (GPtrArray) findings = pv_findings_new ();
  g_autoptr (GBytes) packed = NULL;
  const guint8 *at;
  gsize left;

  (void) prctl (PR_SET_PDEATHSIG, SIGKILL);
  silence ();
  check->run (doctor, findings);
  packed = pv_findings_pack (findings);
  at = g_bytes_get_data (packed, &left);
  while (left > 0) {
    ssize_t n = write (fd, at, left);

    if (n <= 0 && errno != EINTR)
      break;
    at += MAX (n, 0);
    left -= (gsize) MAX (n, 0);
  }
  _exit (left == 0 ? 0 : 1);
}

static void
start (const PvDoctor *doctor, Run *run)
{
  int ends[2];

  run->fd = -1;
  run->bytes = g_byte_array_new ();
  if (pipe2 (ends, O_CLOEXEC) != 0)
    return;
  run->pid = fork ();
  if (run->pid == 0) {
    close (ends[0]);
    be_child (doctor, run->check, ends[1]);
  }
  close (ends[1]);
  run->fd = ends[0];
  if (run->pid < 0) {
    run->pid = 0;
    close (ends[0]);
    run->fd = -1;
  }
}

/* FALSE: nothing more comes. */
static gboolean
take_bytes (Run *run)
{
  guint8 bytes[4096];
  ssize_t n = read (run->fd, bytes, sizeof bytes);

  if (n < 0 && errno == EINTR)
    return TRUE;
  if (n <= 0 || run->bytes->len + (gsize) n > PV_FINDINGS_MAX_BYTES)
    return FALSE;
  g_byte_array_append (run->bytes, bytes, (guint) n);
  return TRUE;
}

static void
end (Run *run)
{
  close (run->fd);
  run->fd = -1;
  kill (run->pid, SIGKILL);
  while (waitpid (run->pid, NULL, 0) < 0 && errno == EINTR)
    ;
  run->pid = 0;
}

static void
gather (Run *runs, gsize n_runs)
{
  PvClock *clock = pv_clock_get_system ();
  gint64 end_ms = pv_clock_get_monotonic_ms (clock) + PV_DOCTOR_CHECK_S * 1000;
  gsize n_open;

  do {
    struct pollfd waits[G_N_ELEMENTS (checks)];
    gint64 left_ms = end_ms - pv_clock_get_monotonic_ms (clock);

    n_open = 0;
    for (gsize i = 0; i < n_runs; i++) {
      waits[i] = (struct pollfd){ .fd = runs[i].fd, .events = POLLIN };
      n_open += runs[i].fd >= 0 ? 1 : 0;
    }
    if (n_open == 0)
      return;
    if (left_ms > 0 && poll (waits, n_runs, (int) left_ms) < 0 && errno != EINTR)
      left_ms = 0;
    for (gsize i = 0; i < n_runs; i++) {
      if (runs[i].fd < 0)
        continue;
      if (left_ms <= 0) {
        runs[i].is_late = TRUE;
        end (&runs[i]);
      } else if (waits[i].revents != 0 && !take_bytes (&runs[i])) {
        end (&runs[i]);
      }
    }
  } while (n_open > 0);
}

static void
judge (const Run *run, PvCheckup *ret_checkup)
{
  g_autoptr (GBytes) bytes = g_bytes_new (run->bytes->data, run->bytes->len);
  GPtrArray *findings = pv_findings_new ();

  *ret_checkup = (PvCheckup){ .id = run->check->id,
                              .title = pv_say (run->check->english, run->check->french),
                              .findings = findings };
  if (run->is_late)
    pv_findings_add (findings, PV_HEALTH_UNKNOWN,
                     pv_say ("Try again; then switch it off and on.", "Réessayez ; sinon, éteignez et rallumez-le."),
                     pv_say ("no answer within %d s", "pas de réponse en %d s"), PV_DOCTOR_CHECK_S);
  else if (run->bytes->len == 0 || !pv_findings_parse (findings, bytes) || findings->len == 0)
    pv_findings_add (
      findings, PV_HEALTH_UNKNOWN, pv_say ("Try again.", "Réessayez."),
      pv_say ("looking at it failed (a driver may have crashed)", "l’examen a échoué (un pilote a pu planter)"));
}

static gboolean
is_wanted (const Check *check, const char *const *ids)
{
  return ids == NULL || ids[0] == NULL || g_strv_contains (ids, check->id);
}

static gboolean
knows_all (const char *const *ids)
{
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++) {
    gboolean is_known = FALSE;

    for (gsize k = 0; k < G_N_ELEMENTS (checks); k++)
      is_known = is_known || strcmp (ids[i], checks[k].id) == 0;
    if (!is_known) {
      pv_ctl_fail (pv_say ("doctor has no check \"%s\"", "doctor n’a pas d’examen « %s »"), ids[i]);
      return FALSE;
    }
  }
  return TRUE;
}

PvCheckup *
pv_doctor_run (const PvCtl *ctl, const PvDoctorOptions *options, gsize *ret_n_checkups)
{
  g_autoptr (PvSettings) settings = NULL;
  PvDoctor doctor = { .ctl = ctl, .root = options->root, .is_slot_only = options->is_slot_only };
  Run runs[G_N_ELEMENTS (checks)] = { 0 };
  PvCheckup *checkups;
  gsize n_runs = 0;

  if (!knows_all (options->ids))
    return NULL;
  settings = pv_settings_load_what_is_right (ctl->config);
  pv_clock_trust_system (pv_settings_get_bool (settings, PV_SETTING_CLOCK_TRUSTED));
  doctor.settings = settings;
  doctor.now_s = pv_clock_get_wall_us (pv_clock_get_system ()) / G_USEC_PER_SEC;
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    if (is_wanted (&checks[i], options->ids) && (!options->is_slot_only || pv_doctor_slot_counts (checks[i].id)))
      runs[n_runs++].check = &checks[i];
  for (gsize i = 0; i < n_runs; i++)
    start (&doctor, &runs[i]);
  gather (runs, n_runs);
  checkups = g_new0 (PvCheckup, n_runs);
  for (gsize i = 0; i < n_runs; i++) {
    judge (&runs[i], &checkups[i]);
    g_byte_array_unref (runs[i].bytes);
  }
  *ret_n_checkups = n_runs;
  return checkups;
}

void
pv_doctor_free_checkups (PvCheckup *checkups, gsize n_checkups)
{
  for (gsize i = 0; i < n_checkups; i++)
    g_ptr_array_unref (checkups[i].findings);
  g_free (checkups);
}

int
pv_ctl_doctor (const PvCtl *ctl, char **arguments)
{
  PvDoctorOptions options = { .root = "" };
  gboolean is_json = FALSE;
  PvCheckup *checkups;
  gsize n_checkups;
  g_autofree char *text = NULL;
  int status;

  for (; arguments[0] != NULL && g_str_has_prefix (arguments[0], "--"); arguments++) {
    if (strcmp (arguments[0], "--json") == 0)
      is_json = TRUE;
    else if (strcmp (arguments[0], "--slot") == 0)
      options.is_slot_only = TRUE;
    else if (strcmp (arguments[0], "--root") == 0 && arguments[1] != NULL)
      options.root = *++arguments;
    else {
      pv_ctl_fail ("use: parvisctl doctor [--json|--slot] [--root FOLDER] [CHECK...]");
      return PV_CTL_USAGE;
    }
  }
  options.ids = (const char *const *) arguments;
  checkups = pv_doctor_run (ctl, &options, &n_checkups);
  if (checkups == NULL)
    return PV_CTL_USAGE;
  if (options.is_slot_only) {
    text = pv_doctor_slot_to_text (checkups, n_checkups);
    g_print ("%s", text);
    status = *text == '\0' ? PV_CTL_OK : PV_CTL_FAILED;
    pv_doctor_free_checkups (checkups, n_checkups);
    return status;
  }
  if (is_json) {
    g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
    g_autofree char *when = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");

    text = pv_doctor_to_json (checkups, n_checkups, when);
  } else {
    text = pv_doctor_to_text (checkups, n_checkups);
  }
  g_print (is_json ? "%s\n" : "%s", text);
  status = pv_doctor_get_status (checkups, n_checkups);
  pv_doctor_free_checkups (checkups, n_checkups);
  return status;
}
