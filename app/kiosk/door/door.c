/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/door/door.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <time.h>

#include "core/wipe.h"
#include "kiosk/door/log.h"
#include "kiosk/door/request.h"
#include "platform/bounded-run.h"
#include "platform/json.h"
#include "platform/log.h"
#include "platform/maintenance-file.h"
#include "platform/plain-file.h"
#include "platform/service-files.h"
#include "platform/service-key.h"
#include "platform/service-lock.h"
#include "platform/service-stick.h"

#define SUPPORT_FILE "support.tar.gz"

enum { MAX_DEVICE_BYTES = 256, MAX_TOKEN_BYTES = 128, RESTART_S = 10 };

static char *
in_runtime (const PvDoor *door, const char *name)
{
  return g_build_filename (door->runtime, name, NULL);
}

static gboolean
write_runtime (const PvDoor *door, const char *name, const char *bytes, gssize size, int mode)
{
  g_autofree char *path = in_runtime (door, name);

  return g_file_set_contents_full (path, bytes, size, G_FILE_SET_CONTENTS_CONSISTENT, mode, NULL);
}

/* (transfer full) (nullable) */
static char *
read_runtime (const PvDoor *door, const char *name, gsize max, gsize *ret_size)
{
  g_autofree char *path = in_runtime (door, name);
  gsize size = 0;
  g_autofree char *bytes = pv_plain_file_read (path, max, &size, NULL);

  if (bytes == NULL || size > max)
    return NULL;
  *ret_size = size;
  return g_strndup (bytes, size);
}

static void
remove_runtime (const PvDoor *door, const char *name)
{
  g_autofree char *path = in_runtime (door, name);

  g_unlink (path);
}

static gboolean
note (const PvDoor *door, const char *verb, gint64 serial)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *subject = g_strdup_printf ("key-%" G_GINT64_FORMAT, serial);

  if (pv_door_log_note (door->state, verb, subject, door->now_s, &error))
    return TRUE;
  pv_log_event (PV_LOG_ERROR, "service-not-noted", PV_LOG_CAUSE (error));
  return FALSE;
}

/* Keys --------------------------------------------------------------------------------------------------------------- */

static PvServiceKey *
open_block (const PvDoor *door, GBytes *block, GError **error)
{
  const PvServiceLockPlate plate = {
    .keys = pv_settings_get_list (door->settings, PV_SETTING_SERVICE_KEYS),
    .revoked = pv_settings_get_list (door->settings, PV_SETTING_SERVICE_REVOKED),
    .commune = pv_settings_get_text (door->settings, PV_SETTING_SETTINGS_COMMUNE),
    .kiosk = pv_settings_get_text (door->settings, PV_SETTING_SERVICE_KIOSK),
  };

  return pv_service_key_open (block, &plate, door->now_s, error);
}

gboolean
pv_door_take_key (PvDoor *door, const char *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) block = pv_service_stick_read (device, &error);
  g_autoptr (PvServiceKey) key = NULL;
  gsize size = 0;
  const char *data;

  if (block == NULL) {
    pv_log_event (PV_LOG_ERROR, "service-key-not-read", PV_LOG_CAUSE (error));
    return FALSE;
  }
  if (!pv_service_key_is_one (block))
    return FALSE;
  key = open_block (door, block, &error);
  if (key == NULL) {
    pv_log_event (PV_LOG_WARNING, "service-key-refused", PV_LOG_CAUSE (error));
    note (door, "key-refused", 0);
    return FALSE;
  }
  data = g_bytes_get_data (block, &size);
  /* What the supervisor waits for comes last. */
  if (!note (door, "key-plugged-in", key->serial) || !write_runtime (door, PV_SERVICE_DEVICE, device, -1, 0600)
      || !write_runtime (door, PV_SERVICE_BLOCK, data, (gssize) size, 0600)
      || !write_runtime (door, PV_SERVICE_ASKED, "parvis-service 1\n", -1, 0644)) {
    pv_door_drop_key (door);
    return FALSE;
  }
  pv_log_event (PV_LOG_INFO, "service-key-plugged-in", PV_LOG_INT ("key", key->serial));
  return TRUE;
}

void
pv_door_drop_key (PvDoor *door)
{
  static const char *const names[] = { PV_SERVICE_ASKED, PV_SERVICE_TOKEN, PV_SERVICE_BLOCK, PV_SERVICE_DEVICE };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    remove_runtime (door, names[i]);
}

/* As it was read when it was plugged in. (transfer full) (nullable) */
static GBytes *
read_block (const PvDoor *door)
{
  g_autofree char *path = in_runtime (door, PV_SERVICE_BLOCK);
  gsize size = 0;
  char *bytes = pv_plain_file_read (path, PV_SERVICE_KEY_BLOCK_BYTES, &size, NULL);

  return bytes != NULL ? g_bytes_new_take (bytes, size) : NULL;
}

/* The one that is plugged in, judged anew: it may have expired, or been revoked, since. (nullable) */
static PvServiceKey *
get_key (const PvDoor *door)
{
  g_autoptr (GBytes) block = read_block (door);

  return block != NULL ? open_block (door, block, NULL) : NULL;
}

/* The name of a device may be another's by now, and what is written there is gone. */
static gboolean
is_still_there (const PvDoor *door, const char *device)
{
  g_autoptr (GBytes) before = read_block (door), now = pv_service_stick_read (device, NULL);

  return before != NULL && now != NULL && g_bytes_equal (before, now);
}

/* Tokens ------------------------------------------------------------------------------------------------------------- */

/* Seconds since the machine was started, which nobody sets. */
static gint64
uptime_s (void)
{
  struct timespec now = { 0 };

  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec;
}

static gboolean
write_token (const PvDoor *door, const char *token)
{
  g_autofree char *text = g_strdup_printf ("%s %" G_GINT64_FORMAT "\n", token, uptime_s () + PV_DOOR_TOKEN_S);

  return write_runtime (door, PV_SERVICE_TOKEN, text, -1, 0600);
}

static gboolean
check_token (const PvDoor *door, const char *token)
{
  gsize size = 0;
  g_autofree char *text = read_runtime (door, PV_SERVICE_TOKEN, MAX_TOKEN_BYTES, &size);
  g_auto (GStrv) words = text != NULL ? g_strsplit (g_strchomp (text), " ", 3) : NULL;
  gint64 until_s = 0;

  return words != NULL && g_strv_length (words) == 2 && strlen (words[0]) == PV_DOOR_TOKEN_DIGITS
         && g_ascii_string_to_signed (words[1], 10, 0, G_MAXINT64, &until_s, NULL) && uptime_s () < until_s
         && sodium_memcmp (words[0], token, PV_DOOR_TOKEN_DIGITS) == 0 && write_token (door, token);
}

static char *
new_token (const PvDoor *door)
{
  guint8 bytes[PV_DOOR_TOKEN_DIGITS / 2];
  char token[PV_DOOR_TOKEN_DIGITS + 1];

  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2hex (token, sizeof token, bytes, sizeof bytes);
  return write_token (door, token) ? g_strdup_printf ("ok %s", token) : g_strdup ("failed");
}

/* Counted before it is tried, and on the disk before it is answered. */
static char *
answer_pin (PvDoor *door, const PvServiceKey *key, const char *pin)
{
  g_autofree char *path = g_build_filename (door->state, PV_SERVICE_LOCK, NULL);
  g_autoptr (GError) error = NULL;
  PvServiceLock lock;

  if (!pv_service_lock_begin (path, door->now_s, &lock, &error)) {
    if (error == NULL)
      return g_strdup_printf ("locked %" G_GINT64_FORMAT, lock.until_s);
    pv_log_event (PV_LOG_ERROR, "service-lock-not-written", PV_LOG_CAUSE (error));
    return g_strdup ("failed");
  }
  if (pv_service_key_check_pin (key, pin)) {
    if (!note (door, "opened", key->serial) || !pv_service_lock_clear (path, NULL))
      return g_strdup ("failed");
    pv_log_event (PV_LOG_INFO, "service-opened", PV_LOG_INT ("key", key->serial));
    return new_token (door);
  }
  pv_log_event (PV_LOG_WARNING, "service-wrong-pin", PV_LOG_INT ("key", key->serial),
                PV_LOG_INT ("wrong", lock.n_wrong));
  note (door, lock.until_s != 0 ? "locked" : "wrong-pin", key->serial);
  return lock.until_s != 0 ? g_strdup_printf ("locked %" G_GINT64_FORMAT, lock.until_s)
                           : g_strdup_printf ("wrong %u", PV_SERVICE_LOCK_TRIES - lock.n_wrong);
}

/* Deeds -------------------------------------------------------------------------------------------------------------- */

static char *
look (const PvDoor *door, const PvDoorRequest *request)
{
  const char *argv[8 + PV_DOOR_MAX_PARTS] = { door->ctl_program, "--config", door->config, "doctor", "--json" };
  g_autofree char *json = NULL;
  guint n = 5;

  for (guint i = 0; request->parts[i] != NULL; i++)
    argv[n++] = request->parts[i];
  json = pv_run_bounded (argv, PV_DOOR_LOOK_S, PV_DOOR_MAX_ANSWER_BYTES);
  return json != NULL && *json != '\0' ? g_strdup_printf ("ok\n%s", json) : g_strdup ("failed");
}

static char *
count (const PvDoor *door)
{
  const char *const argv[] = { door->ctl_program, "--config", door->config, "status", "--json", NULL };
  g_autofree char *text = pv_run_bounded (argv, PV_DOOR_LOOK_S, PV_DOOR_MAX_ANSWER_BYTES);
  g_autoptr (PvJson) json = text != NULL ? pv_json_parse (text, strlen (text), NULL) : NULL;
  g_autoptr (PvJson) outbox = NULL;
  gint64 n_waiting = -1, n_raised = 0;

  if (json == NULL || !pv_json_read_object (json, "outbox", &outbox, NULL)
      || !pv_json_find_int (outbox, "waiting", 0, G_MAXINT, &n_waiting, NULL)
      || !pv_json_find_int (outbox, "for_an_agent", 0, G_MAXINT, &n_raised, NULL) || n_waiting < 0)
    return g_strdup ("failed");
  return g_strdup_printf ("ok %" G_GINT64_FORMAT, MIN (n_waiting + n_raised, G_MAXINT));
}

static gboolean
close_until (const PvDoor *door, gint64 until_s)
{
  return (until_s == 0 || (until_s > door->now_s && until_s <= door->now_s + PV_DOOR_MAX_CLOSED_S))
         && pv_maintenance_file_write (door->config, until_s * G_USEC_PER_SEC, NULL);
}

static gboolean
restart (const PvDoor *door)
{
  const char *const argv[] = { door->restart_program, "reboot", NULL };
  g_autofree char *said = pv_run_bounded (argv, RESTART_S, PV_DOOR_MAX_LINE_BYTES);

  return said != NULL;
}

static gboolean
save (const PvDoor *door)
{
  g_autofree char *path = in_runtime (door, SUPPORT_FILE), *said = NULL, *bytes = NULL;
  const char *const argv[] = { door->ctl_program, "--config", door->config, "support-bundle", path, NULL };
  gsize size = 0, device_size = 0;
  g_autofree char *device = read_runtime (door, PV_SERVICE_DEVICE, MAX_DEVICE_BYTES, &device_size);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_saved;

  g_unlink (path);
  said = pv_run_bounded (argv, PV_DOOR_SAVE_S, PV_DOOR_MAX_ANSWER_BYTES);
  bytes = pv_plain_file_read (path, PV_SERVICE_FILE_MAX_BYTES, &size, NULL);
  g_unlink (path);
  if (bytes == NULL || device == NULL || !is_still_there (door, device))
    return FALSE;
  file = g_bytes_new_take (g_steal_pointer (&bytes), size);
  is_saved = pv_service_stick_write_file (device, file, &error);
  if (!is_saved)
    pv_log_event (PV_LOG_ERROR, "service-file-not-written", PV_LOG_CAUSE (error));
  return is_saved;
}

static gboolean
act (PvDoor *door, const PvDoorRequest *request)
{
  switch (request->verb) {
  case PV_DOOR_PAPER:
    return TRUE;
  case PV_DOOR_CLOSE:
    return close_until (door, request->until_s);
  case PV_DOOR_REOPEN:
    return pv_maintenance_file_remove (door->config, NULL);
  case PV_DOOR_RESTART:
    return restart (door);
  case PV_DOOR_SAVE:
    return save (door);
  case PV_DOOR_END:
    /* That it was asked for stays as long as the key: the screen says goodbye in its own time. */
    remove_runtime (door, PV_SERVICE_TOKEN);
    return TRUE;
  case PV_DOOR_OPEN:
  case PV_DOOR_LOOK:
  case PV_DOOR_COUNT:
  case PV_N_DOOR_VERBS:
    break;
  }
  return FALSE;
}

/* What changes nothing is not noted; what is noted is so before it is done. */
static char *
perform (PvDoor *door, const PvDoorRequest *request, gint64 serial)
{
  if (request->verb == PV_DOOR_LOOK)
    return look (door, request);
  if (request->verb == PV_DOOR_COUNT)
    return count (door);
  if (!note (door, pv_door_verb_name (request->verb), serial))
    return g_strdup ("failed");
  return g_strdup (act (door, request) ? "ok" : "failed");
}

char *
pv_door_answer (PvDoor *door, const char *line)
{
  g_autoptr (PvServiceKey) key = NULL;
  PvDoorRequest request;
  char *answer;

  if (sodium_init () < 0 || !pv_door_request_parse (line, &request))
    return g_strdup ("refused");
  key = get_key (door);
  if (key == NULL)
    answer = g_strdup ("refused");
  else if (request.verb == PV_DOOR_OPEN)
    answer = answer_pin (door, key, request.secret);
  else if (check_token (door, request.secret))
    answer = perform (door, &request, key->serial);
  else
    answer = g_strdup ("refused");
  pv_wipe_bytes (&request, sizeof request);
  return answer;
}
