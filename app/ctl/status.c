/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/status.h"

#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "core/kiosk-health.h"
#include "platform/bounded-run.h"
#include "ctl/doctor.h"
#include "ctl/say.h"
#include "link/outbox-count.h"
#include "platform/bundle-store.h"
#include "platform/clock.h"
#include "platform/json.h"
#include "platform/local-facts.h"
#include "platform/settings-opening.h"

enum { SYSTEMCTL_S = 5, SYSTEMCTL_MAX_BYTES = 64 * 1024, WORD_BYTES = 64 };

#define SYSTEMD_RUNS "/run/systemd/system" /* sd_booted(3) */
#define PROGRAM      "parvis-session"

const char *const pv_status_units[] = { "parvis-kiosk.service",    "parvis-courier.service",  "parvis-printer.service",
                                        "parvis-firewall.service", "parvis-settings.service", NULL };

typedef struct Unit {
  const char *name;
  char *load, *active, *sub, *since; /* "" where it is not told */
  guint n_restarts;
} Unit;

typedef struct Status {
  Unit units[8];
  guint n_units;                                     /* 0: systemd does not run */
  int n_sessions;                                    /* -1: not seen */
  int n_waiting, n_raised, n_exported, n_unreadable; /* -1: not seen */
  gint64 answer_s;                                   /* 0: never, or not seen */
  gboolean is_in_maintenance;
  gboolean has_hours, is_open;
  gint64 change_us;               /* 0: none within sight */
  gint64 until_us;                /* 0: until somebody ends it */
  PvCheckup *printer;             /* one */
  PvBundle *bundles[PV_N_LAYERS]; /* (nullable): signed settings that are in force */
} Status;

char *
pv_status_ask_systemd (void)
{
  const char *argv[16] = { "systemctl", "show", "--no-pager",
                           "--property=Id,LoadState,ActiveState,SubState,NRestarts,ActiveEnterTimestamp" };
  guint n = 4;

  if (access (SYSTEMD_RUNS, F_OK) != 0)
    return NULL;
  for (guint i = 0; pv_status_units[i] != NULL; i++)
    argv[n++] = pv_status_units[i];
  return pv_run_bounded (argv, SYSTEMCTL_S, SYSTEMCTL_MAX_BYTES);
}

/* Of a block "Id=...\nActiveState=...". (transfer full) */
static char *
find_property (const char *block, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (block, "\n", -1);
  gsize length = strlen (name);

  for (guint i = 0; lines[i] != NULL; i++)
    if (strncmp (lines[i], name, length) == 0 && lines[i][length] == '=')
      return g_strndup (lines[i] + length + 1, WORD_BYTES);
  return g_strdup ("");
}

static void
read_units (Status *status)
{
  g_autofree char *text = pv_status_ask_systemd ();
  g_auto (GStrv) blocks = text != NULL ? g_strsplit (text, "\n\n", -1) : NULL;

  for (guint i = 0; blocks != NULL && blocks[i] != NULL; i++) {
    g_autofree char *id = find_property (blocks[i], "Id"), *restarts = find_property (blocks[i], "NRestarts");
    guint64 n_restarts = 0;

    for (guint k = 0; pv_status_units[k] != NULL && status->n_units < G_N_ELEMENTS (status->units); k++) {
      Unit *unit = &status->units[status->n_units];

      if (strcmp (id, pv_status_units[k]) != 0)
        continue;
      unit->name = pv_status_units[k];
      unit->load = find_property (blocks[i], "LoadState");
      unit->active = find_property (blocks[i], "ActiveState");
      unit->sub = find_property (blocks[i], "SubState");
      unit->since = find_property (blocks[i], "ActiveEnterTimestamp");
      g_ascii_string_to_unsigned (restarts, 10, 0, G_MAXUINT, &n_restarts, NULL);
      unit->n_restarts = (guint) n_restarts;
      status->n_units++;
    }
  }
}

/* One is shown and one is warm, where all is well. */
static int
count_sessions (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc", 0, NULL);
  const char *name;
  int n = 0;

  if (dir == NULL)
    return -1;
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename ("/proc", name, "comm", NULL), *program = NULL;

    if (g_ascii_isdigit (*name) && g_file_get_contents (path, &program, NULL, NULL)
        && strcmp (g_strchomp (program), PROGRAM) == 0)
      n++;
  }
  return n;
}

static void
count_outbox (const PvSettings *settings, Status *status)
{
  g_autofree char *folder = pv_ctl_outbox_folder (settings);
  g_autoptr (PvOutboxStore) store = NULL;
  PvOutboxCounts counts;

  if (!pv_ctl_has_outbox (folder)) {
    status->n_waiting = status->n_raised = status->n_exported = status->n_unreadable = 0;
    return;
  }
  store = pv_outbox_store_open_to_read (folder, NULL);
  if (store == NULL)
    return;
  counts = pv_outbox_count (store, pv_clock_get_wall_us (pv_clock_get_system ()), PV_KIOSK_OVERDUE_S);
  status->n_waiting = (int) counts.n_waiting;
  status->n_raised = (int) counts.n_for_agent;
  status->n_exported = (int) counts.n_exported;
  status->n_unreadable = (int) counts.n_unreadable;
}

static void
read_bundles (const PvCtl *ctl, Status *status)
{
  g_autofree char *store = pv_layers_get_store (ctl->config);

  for (guint i = 0; store != NULL && i < PV_N_LAYERS; i++)
    if (pv_layer_is_bundled (i))
      status->bundles[i] = pv_bundle_store_read (store, i);
}

static gboolean
has_expired (const PvBundle *bundle)
{
  return pv_clock_get_wall_us (pv_clock_get_system ()) / G_USEC_PER_SEC >= bundle->end_s;
}

/* As the sessions see it: whom nobody tells the time does not close. */
static void
read_opening (const PvSettings *settings, Status *status)
{
  g_autoptr (PvOpening) opening = pv_settings_read_opening (settings);
  g_autoptr (GTimeZone) zone =
    g_time_zone_new_identifier (pv_settings_get_text (settings, PV_SETTING_COMMUNE_TIMEZONE));
  PvClock *clock = pv_clock_get_system ();
  gint64 now_us = pv_clock_get_wall_us (clock);

  pv_clock_trust_system (pv_settings_get_bool (settings, PV_SETTING_CLOCK_TRUSTED));
  status->has_hours = opening != NULL && zone != NULL && pv_clock_is_synchronised (clock);
  status->is_open = !status->has_hours || pv_opening_is_open (opening, now_us, zone);
  status->change_us = status->has_hours ? pv_opening_next_change (opening, now_us, zone) : 0;
}

static void
read_status (const PvCtl *ctl, Status *status)
{
  static const char *const printer[] = { "printer", NULL };
  const PvDoctorOptions options = { .root = "", .ids = printer };
  g_autoptr (PvSettings) settings = pv_settings_load_what_is_right (ctl->config);
  gsize n_checkups;
  PvLocalFacts facts;

  *status = (Status){ .n_waiting = -1, .n_raised = -1, .n_exported = -1, .n_unreadable = -1 };
  status->printer = pv_doctor_run (ctl, &options, &n_checkups);
  count_outbox (settings, status);
  status->n_sessions = count_sessions ();
  pv_local_facts_read (settings, ctl->config, pv_clock_get_wall_us (pv_clock_get_system ()), &facts);
  status->is_in_maintenance = facts.is_in_maintenance;
  status->until_us = facts.maintenance_until_us;
  status->answer_s = facts.portal_answered_s;
  read_bundles (ctl, status);
  read_opening (settings, status);
  read_units (status);
}

static void
clear_status (Status *status)
{
  for (guint i = 0; i < status->n_units; i++) {
    g_free (status->units[i].load);
    g_free (status->units[i].active);
    g_free (status->units[i].sub);
    g_free (status->units[i].since);
  }
  pv_doctor_free_checkups (status->printer, 1);
  for (guint i = 0; i < PV_N_LAYERS; i++)
    pv_bundle_free (status->bundles[i]);
}

static void
write_count (PvJsonWriter *writer, const char *key, int count)
{
  if (count >= 0)
    pv_json_writer_int (writer, key, count);
  else
    pv_json_writer_null (writer, key);
}

/* (transfer full) */
static char *
format_utc (gint64 seconds)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (seconds);

  return moment != NULL ? g_date_time_format (moment, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

static char *
write_json (const Status *status)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autofree char *answer = status->answer_s != 0 ? format_utc (status->answer_s) : NULL;
  g_autofree char *change = status->change_us != 0 ? format_utc (status->change_us / G_USEC_PER_SEC) : NULL;
  g_autofree char *until = status->until_us != 0 ? format_utc (status->until_us / G_USEC_PER_SEC) : NULL;
  const PvFinding *printer = status->printer->findings->pdata[0];

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "version", PV_STATUS_JSON_VERSION);
  pv_json_writer_text (writer, "parvis", PV_VERSION);
  pv_json_writer_begin_array (writer, "units");
  for (guint i = 0; i < status->n_units; i++) {
    const Unit *unit = &status->units[i];

    pv_json_writer_begin_object (writer, NULL);
    pv_json_writer_text (writer, "unit", unit->name);
    pv_json_writer_text (writer, "load", unit->load);
    pv_json_writer_text (writer, "active", unit->active);
    pv_json_writer_text (writer, "sub", unit->sub);
    pv_json_writer_text (writer, "since", unit->since);
    pv_json_writer_int (writer, "restarts", unit->n_restarts);
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_array (writer);
  write_count (writer, "sessions", status->n_sessions);
  pv_json_writer_begin_object (writer, "outbox");
  write_count (writer, "waiting", status->n_waiting);
  write_count (writer, "for_an_agent", status->n_raised);
  write_count (writer, "exported", status->n_exported);
  write_count (writer, "unreadable", status->n_unreadable);
  pv_json_writer_end_object (writer);
  pv_json_writer_text (writer, "portal_answered", answer);
  pv_json_writer_bool (writer, "open", status->is_open);
  pv_json_writer_text (writer, "open_changes", change);
  pv_json_writer_bool (writer, "maintenance", status->is_in_maintenance);
  pv_json_writer_text (writer, "maintenance_until", until);
  pv_json_writer_begin_array (writer, "signed_settings");
  for (guint i = 0; i < PV_N_LAYERS; i++) {
    const PvBundle *bundle = status->bundles[i];

    if (bundle == NULL)
      continue;
    pv_json_writer_begin_object (writer, NULL);
    pv_json_writer_text (writer, "layer", pv_layer_get_name (i));
    pv_json_writer_int (writer, "serial", bundle->serial);
    pv_json_writer_text (writer, "expires", bundle->expires);
    pv_json_writer_bool (writer, "expired", has_expired (bundle));
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_array (writer);
  pv_json_writer_begin_object (writer, "printer");
  pv_json_writer_text (writer, "health", pv_health_get_word (pv_findings_get_worst (status->printer->findings)));
  pv_json_writer_text (writer, "text", printer->sentence);
  pv_json_writer_end_object (writer);
  pv_json_writer_end_object (writer);
  return g_strdup (pv_json_writer_get_text (writer, NULL));
}

static void print_row (const char *title, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
print_row (const char *title, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list values;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  g_print ("%s%*s%s\n", title, (int) MAX (26 - g_utf8_strlen (title, -1), 1), "", text);
}

static void
print_bundle (PvLayer layer, const PvBundle *bundle)
{
  const char *title = layer == PV_LAYER_PLATFORM ? pv_say ("Settings, platform", "Réglages, plateforme")
                                                 : pv_say ("Settings, commune", "Réglages, commune");

  if (has_expired (bundle))
    print_row (title,
               pv_say ("signed, serial %" G_GINT64_FORMAT
                       "; expired after %s and still in force: see parvisctl doctor settings",
                       "signés, numéro %" G_GINT64_FORMAT
                       " ; expirés après le %s et toujours appliqués : voyez parvisctl doctor settings"),
               bundle->serial, bundle->expires);
  else
    print_row (title,
               pv_say ("signed, serial %" G_GINT64_FORMAT ", good until %s",
                       "signés, numéro %" G_GINT64_FORMAT ", valables jusqu’au %s"),
               bundle->serial, bundle->expires);
}

static void
print_text (const Status *status)
{
  const PvFinding *printer = status->printer->findings->pdata[0];
  g_autoptr (GDateTime) answer = status->answer_s != 0 ? g_date_time_new_from_unix_local (status->answer_s) : NULL;
  g_autofree char *when =
    answer != NULL ? g_date_time_format (answer, pv_say ("%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M")) : NULL;

  g_autoptr (GDateTime) changes =
    status->change_us != 0 ? g_date_time_new_from_unix_local (status->change_us / G_USEC_PER_SEC) : NULL;
  g_autofree char *change =
    changes != NULL ? g_date_time_format (changes, pv_say ("%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M")) : NULL;

  print_row ("Parvis", "%s", PV_VERSION);
  if (status->n_units == 0)
    print_row (pv_say ("Services", "Services"), "%s",
               pv_say ("systemd does not run here, or does not answer", "systemd ne tourne pas ici, ou ne répond pas"));
  for (guint i = 0; i < status->n_units; i++) {
    const Unit *unit = &status->units[i];

    if (strcmp (unit->load, "loaded") != 0)
      print_row (unit->name, "%s", pv_say ("not installed", "non installé"));
    else
      print_row (unit->name,
                 pv_say ("%s (%s), since %s, started again %u times", "%s (%s), depuis %s, relancé %u fois"),
                 unit->active, unit->sub, *unit->since != '\0' ? unit->since : "-", unit->n_restarts);
  }
  print_row (pv_say ("Sessions", "Sessions"), "%d", status->n_sessions);
  if (status->n_waiting < 0)
    print_row (pv_say ("Outbox", "Demandes"), "%s",
               pv_say ("may not be read; run it as root", "lecture non permise ; lancez la commande en root"));
  else
    print_row (pv_say ("Outbox", "Demandes"),
               pv_say ("%d wait, %d for an agent, %d exported", "%d en attente, %d pour un agent, %d exportées"),
               status->n_waiting, status->n_raised, status->n_exported);
  if (status->has_hours)
    print_row (pv_say ("Opening hours", "Horaires"), "%s%s%s",
               status->is_open ? pv_say ("open", "ouverte") : pv_say ("closed", "fermée"),
               change != NULL ? pv_say (" until ", " jusqu’au ") : "", change != NULL ? change : "");
  if (status->is_in_maintenance)
    print_row (pv_say ("Maintenance", "Maintenance"), "%s",
               status->until_us != 0
                 ? pv_say ("the notice is shown, and ends by itself", "avis affiché, il disparaît seul")
                 : pv_say ("the notice is shown until \"parvisctl maintenance off\"",
                           "avis affiché jusqu’à « parvisctl maintenance off »"));
  for (guint i = 0; i < PV_N_LAYERS; i++)
    if (status->bundles[i] != NULL)
      print_bundle (i, status->bundles[i]);
  print_row (pv_say ("Portal answered", "Réponse du portail"), "%s", when != NULL ? when : pv_say ("never", "jamais"));
  print_row (pv_say ("Printer", "Imprimante"), "%s", printer->sentence);
}

char *
pv_status_make_json (const PvCtl *ctl)
{
  Status status;
  char *text;

  read_status (ctl, &status);
  text = write_json (&status);
  clear_status (&status);
  return text;
}

int
pv_ctl_status (const PvCtl *ctl, char **arguments)
{
  gboolean is_json = g_strcmp0 (arguments[0], "--json") == 0;

  if (arguments[is_json ? 1 : 0] != NULL) {
    pv_ctl_fail ("use: parvisctl status [--json]");
    return PV_CTL_USAGE;
  }
  if (is_json) {
    g_autofree char *text = pv_status_make_json (ctl);

    g_print ("%s\n", text);
  } else {
    Status status;

    read_status (ctl, &status);
    print_text (&status);
    clear_status (&status);
  }
  return PV_CTL_OK;
}
