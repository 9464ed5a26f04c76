/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl service-key: sticks that open the service screen, for who hands them out. */

#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

#include "core/wipe.h"
#include "ctl/ctl.h"
#include "platform/clock.h"
#include "platform/secret.h"
#include "platform/service-key.h"
#include "platform/service-stick.h"

enum { PIN_RANGE = 100 * 1000 * 1000 };

typedef struct Wish {
  const char *path, *scope, *key, *serial, *expires, *pin_file, *public_key, *commune, *kiosk;
  gboolean may_erase;
} Wish;

static gint64
now_s (void)
{
  return pv_clock_get_wall_us (pv_clock_get_system ()) / G_USEC_PER_SEC;
}

static gboolean
read_wish (char **arguments, Wish *ret_wish)
{
  const struct {
    const char *word;
    const char **value;
  } options[] = {
    { "--scope", &ret_wish->scope },     { "--key", &ret_wish->key },           { "--serial", &ret_wish->serial },
    { "--expires", &ret_wish->expires }, { "--pin-file", &ret_wish->pin_file }, { "--public", &ret_wish->public_key },
    { "--commune", &ret_wish->commune }, { "--kiosk", &ret_wish->kiosk },
  };

  *ret_wish = (Wish){ 0 };
  for (guint i = 0; arguments[i] != NULL; i++) {
    const char **value = NULL;

    for (gsize k = 0; k < G_N_ELEMENTS (options); k++)
      if (strcmp (arguments[i], options[k].word) == 0)
        value = options[k].value;
    if (value != NULL && arguments[i + 1] == NULL)
      return FALSE;
    if (value != NULL)
      *value = arguments[++i];
    else if (strcmp (arguments[i], "--erase") == 0)
      ret_wish->may_erase = TRUE;
    else if (ret_wish->path == NULL && !g_str_has_prefix (arguments[i], "--"))
      ret_wish->path = arguments[i];
    else
      return FALSE;
  }
  return ret_wish->path != NULL;
}

/* Of a file; or one that nobody chose, and that is told once. NULL after having said why. (transfer full), wipe */
static char *
get_pin (const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSecret) secret = NULL;

  if (file == NULL)
    return g_strdup_printf ("%08u", randombytes_uniform (PIN_RANGE));
  secret = pv_secret_read_text (strcmp (file, "-") == 0 ? "/dev/stdin" : file, &error);
  if (secret == NULL)
    pv_ctl_fail ("%s", error->message);
  else if (pv_service_key_is_pin (pv_secret_get_text (secret)))
    return g_strdup (pv_secret_get_text (secret));
  else
    pv_ctl_fail ("--pin-file: a PIN has eight digits");
  return NULL;
}

/* A device only when it was said that what is on it may go; never over a file. FALSE after having said why. */
static gboolean
may_write (const Wish *wish)
{
  struct stat facts;

  if (stat (wish->path, &facts) != 0)
    return TRUE;
  if (!S_ISBLK (facts.st_mode))
    return pv_ctl_fail ("%s: it is there already, and is no stick", wish->path) == PV_CTL_OK;
  return wish->may_erase
         || pv_ctl_fail ("%s: what is on this stick would be lost; --erase says that it may", wish->path) == PV_CTL_OK;
}

/* NULL after having said why. */
static GBytes *
sign (const Wish *wish, const char *pin)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSecret) secret = pv_secret_read_text (wish->key, &error);
  gint64 serial = 0;
  GBytes *key = NULL;

  if (!g_ascii_string_to_signed (wish->serial, 10, 1, G_MAXINT32, &serial, NULL)) {
    pv_ctl_fail ("--serial: expected a whole number from 1 on, another one for each stick");
    return NULL;
  }
  if (secret != NULL)
    key = pv_service_key_sign (serial, wish->scope, wish->expires, pin, pv_secret_get_text (secret), now_s (), &error);
  if (key == NULL)
    pv_ctl_fail ("%s", error->message);
  return key;
}

int
pv_ctl_service_key_make (const PvCtl *ctl, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSecretStr) pin = NULL;
  g_autoptr (GBytes) key = NULL;
  Wish wish;

  (void) ctl;
  if (!read_wish (arguments, &wish) || wish.scope == NULL || wish.key == NULL || wish.serial == NULL
      || wish.expires == NULL || wish.public_key != NULL) {
    pv_ctl_fail ("use: parvisctl service-key make DEVICE|FILE --scope platform|COMMUNE|COMMUNE/KIOSK --key FILE "
                 "--serial N --expires YYYY-MM-DD [--pin-file FILE|-] [--erase]");
    return PV_CTL_USAGE;
  }
  if (sodium_init () < 0 || !may_write (&wish))
    return PV_CTL_FAILED;
  pin = get_pin (wish.pin_file);
  key = pin != NULL ? sign (&wish, pin) : NULL;
  if (key == NULL)
    return PV_CTL_FAILED;
  if (!pv_service_stick_write (wish.path, key, &error))
    return pv_ctl_fail ("%s: %s", wish.path, error->message);
  g_print ("%s: key %s for %s, until %s\n", wish.path, wish.serial, wish.scope, wish.expires);
  if (wish.pin_file == NULL)
    g_print ("PIN %s (nobody can read it again)\n", pin);
  return PV_CTL_OK;
}

int
pv_ctl_service_key_show (const PvCtl *ctl, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) block = NULL;
  g_autoptr (PvServiceKey) key = NULL;
  g_autofree char *text = NULL;
  Wish wish;

  (void) ctl;
  if (!read_wish (arguments, &wish) || wish.public_key == NULL || wish.scope != NULL || wish.may_erase) {
    pv_ctl_fail ("use: parvisctl service-key show DEVICE|FILE --public KEY [--commune COMMUNE] [--kiosk NAME]");
    return PV_CTL_USAGE;
  }
  if (!g_file_get_contents (wish.public_key, &text, NULL, &error))
    return pv_ctl_fail ("%s", error->message);
  block = pv_service_stick_read (wish.path, &error);
  if (block != NULL) {
    const char *keys[] = { g_strstrip (text), NULL };
    const PvServiceLockPlate plate = { .keys = keys, .commune = wish.commune, .kiosk = wish.kiosk };

    key = pv_service_key_open (block, &plate, now_s (), &error);
  }
  if (key == NULL)
    return pv_ctl_fail ("%s: %s", wish.path, error->message);
  g_print ("key %" G_GINT64_FORMAT " for %s, until %s\n", key->serial, key->scope, key->expires);
  return PV_CTL_OK;
}

int
pv_ctl_service_key_take (const PvCtl *ctl, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = NULL;
  gsize size = 0;
  const char *data;

  (void) ctl;
  if (arguments[0] == NULL || arguments[1] == NULL || arguments[2] != NULL) {
    pv_ctl_fail ("use: parvisctl service-key take DEVICE|FILE FILE.tar.gz");
    return PV_CTL_USAGE;
  }
  file = pv_service_stick_read_file (arguments[0], &error);
  if (file == NULL)
    return pv_ctl_fail ("%s: %s", arguments[0], error->message);
  data = g_bytes_get_data (file, &size);
  if (!pv_ctl_write_new (arguments[1], data, size, 0600))
    return PV_CTL_FAILED;
  g_print ("%s: %zu bytes\n", arguments[1], size);
  return PV_CTL_OK;
}
