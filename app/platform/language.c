/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/language.h"

#include "core/language-code.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

/* The C library's C.UTF-8 under another name, which it finds without any generated locale: it drops the territory when
 * there is no file for it. By its own name it does not serve: the gettext of Debian 13 (glibc 2.41) translates nothing
 * in a locale whose name begins with "C.". */
#define LOCALE_NAME "C_FR.UTF-8"

#define VARIABLE "LANGUAGE="

/* The name that gettext begins with. Another one would make GLib ask once, at its first text, whether that domain has a
 * translation; the answer is no while English is shown, and GTK would stay English. */
#define DEFAULT_DOMAIN "messages"

/* Part of the environment itself: changed in place, because setenv() is not safe against a getenv() elsewhere. */
static char variable[sizeof VARIABLE + PV_LANGUAGE_CODE_BYTES] = VARIABLE "en";

void
pv_language_start (void)
{
  const char *folder = g_getenv ("PV_LOCALE_DIR");

  g_strlcpy (variable, VARIABLE "en", sizeof variable);
  putenv (variable);
  if (setlocale (LC_ALL, LOCALE_NAME) == NULL)
    setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : PV_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (DEFAULT_DOMAIN);
}

gboolean
pv_language_set (const char *code)
{
  g_return_val_if_fail (code != NULL, FALSE);

  if (!pv_language_is_code (code))
    return FALSE;
  g_strlcpy (variable + strlen (VARIABLE), code, PV_LANGUAGE_CODE_BYTES);
  /* A changed variable alone does not reach texts that were translated before; this drops them. */
  textdomain (DEFAULT_DOMAIN);
  return TRUE;
}

const char *
pv_language_get (void)
{
  return variable + strlen (VARIABLE);
}

gboolean
pv_language_is_right_to_left (const char *code)
{
  /* "qpa" is the tests' English in Arabic letters. */
  static const char *const from_the_right[] = { "ar", "fa", "he", "ps", "qpa", "ur", NULL };
  g_autofree char *language = g_strndup (code, strcspn (code, "_@"));

  return g_strv_contains (from_the_right, language);
}
