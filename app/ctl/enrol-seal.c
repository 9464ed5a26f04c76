/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl enrol seal: what one kiosk needs at its first start, as one sealed file for a web server, and the code that opens it. */

#include <stdlib.h>
#include <string.h>

#include "core/setup-code.h"
#include "core/wipe.h"
#include "ctl/ctl.h"
#include "platform/clock.h"
#include "platform/enrolment.h"
#include "platform/plain-file.h"

enum { USUAL_DAYS = 7, SECONDS_OF_DAY = 24 * 60 * 60 };

/* The relay knows a kiosk by the certificate that the broker knows it by, unless it has one of its own. */
static const char *
stand_in_for (const char *name)
{
  return strcmp (name, "kiosk.pem") == 0   ? "broker-client.pem"
         : strcmp (name, "kiosk.key") == 0 ? "broker-client.key"
                                           : NULL;
}

/* NULL: there is none. */
static GBytes *
read_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gsize size = 0;
  char *bytes = pv_plain_file_read (path, PV_ENROLMENT_MAX_BYTES, &size, NULL);

  return bytes != NULL ? g_bytes_new_take (bytes, size) : NULL;
}

static PvEnrolment *
gather (const char *folder, gint64 end_s)
{
  const char *const *names = pv_enrolment_list_names ();
  PvEnrolment *enrolment = pv_enrolment_new (end_s);

  for (guint i = 0; names[i] != NULL; i++) {
    g_autoptr (GBytes) bytes = read_file (folder, names[i]);

    if (bytes == NULL && stand_in_for (names[i]) != NULL)
      bytes = read_file (folder, stand_in_for (names[i]));
    if (bytes != NULL && pv_enrolment_add (enrolment, names[i], bytes))
      g_print ("%s\n", names[i]);
  }
  return enrolment;
}

/* Options stand before the words. */
static gboolean
take_days (char ***arguments, guint64 *ret_days)
{
  *ret_days = USUAL_DAYS;
  if (g_strcmp0 ((*arguments)[0], "--days") != 0)
    return TRUE;
  if ((*arguments)[1] == NULL
      || !g_ascii_string_to_unsigned ((*arguments)[1], 10, 1, PV_ENROLMENT_MAX_DAYS, ret_days, NULL))
    return FALSE;
  *arguments += 2;
  return TRUE;
}

int
pv_ctl_enrol_seal (const PvCtl *ctl, char **arguments)
{
  gint64 now_s = pv_clock_get_wall_us (pv_clock_get_system ()) / G_USEC_PER_SEC;
  g_autoptr (PvSecretStr) code = NULL, shown = NULL;
  g_autoptr (PvEnrolment) enrolment = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  PvEnrolmentLock lock = { 0 };
  guint64 days;
  gsize size;
  const char *bytes;

  (void) ctl;
  if (!take_days (&arguments, &days) || g_strv_length (arguments) != 2) {
    pv_ctl_fail ("use: parvisctl enrol seal [--days 1-%d] FOLDER TO", PV_ENROLMENT_MAX_DAYS);
    return PV_CTL_USAGE;
  }
  code = pv_enrolment_new_code ();
  if (!pv_enrolment_derive (code, &lock, &error))
    return pv_ctl_fail ("%s", error->message);
  enrolment = gather (arguments[0], now_s + (gint64) days * SECONDS_OF_DAY - 1);
  sealed = pv_enrolment_seal (enrolment, &lock, &error);
  if (sealed == NULL)
    return pv_ctl_fail ("%s: %s (it is the file %s)", arguments[0], error->message, PV_ENROLMENT_SETTINGS);
  path = g_build_filename (arguments[1], lock.name, NULL);
  pv_wipe_bytes (&lock, sizeof lock);
  bytes = g_bytes_get_data (sealed, &size);
  if (!pv_ctl_write_new (path, bytes, size, 0644))
    return PV_CTL_FAILED;
  shown = pv_setup_code_display (code);
  g_print ("\n%s\nPut it on the server. For whoever puts the kiosk up, besides the server's address, good for %d "
           "days:\n\n  %s\n",
           path, (int) days, shown);
  return PV_CTL_OK;
}
