/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* E-mail and web addresses: as strict as is certain to be right, no stricter. */

#include "core/format-internal.h"

#include <string.h>

enum {
  EMAIL_MAX_BYTES = 254, /* RFC 5321, 4.5.3.1.3, without the angle brackets */
  LOCAL_MAX_BYTES = 64,  /* RFC 5321, 4.5.3.1.1 */
  LABEL_MAX_BYTES = 63,  /* RFC 1035, 2.3.4 */
};

/* At least two labels of letters, digits and inner hyphens. */
static gboolean
is_domain (const char *domain, gsize length)
{
  gsize label = 0, labels = 0;

  for (gsize i = 0; i <= length; i++) {
    char c = i < length ? domain[i] : '.';

    if (c != '.') {
      if (!g_ascii_isalnum (c) && c != '-')
        return FALSE;
      label++;
      continue;
    }
    if (label == 0 || label > LABEL_MAX_BYTES || domain[i - 1] == '-' || domain[i - label] == '-')
      return FALSE;
    label = 0;
    labels++;
  }
  return labels >= 2;
}

/* An accent or a space is a slip of the finger; addresses with them are not delivered by the portal. */
PvFormatVerdict
pv_format_check_email (GString *text, guint *ret_count)
{
  char *at = strchr (text->str, '@');
  gsize local;

  for (gsize i = 0; i < text->len; i++)
    if (!g_ascii_isgraph (text->str[i]) || strchr ("(),:;<>[]\\\"", text->str[i]) != NULL)
      return PV_FORMAT_BAD_CHARACTER;
  if (at == NULL || strchr (at + 1, '@') != NULL)
    return PV_FORMAT_BAD_SHAPE;
  local = (gsize) (at - text->str);
  if (local > LOCAL_MAX_BYTES)
    return pv_format_check_length (local, LOCAL_MAX_BYTES, ret_count);
  if (text->len > EMAIL_MAX_BYTES)
    return pv_format_check_length (text->len, EMAIL_MAX_BYTES, ret_count);
  if (local == 0 || text->str[0] == '.' || at[-1] == '.' || g_strstr_len (text->str, (gssize) local, "..") != NULL)
    return PV_FORMAT_BAD_SHAPE;
  if (!is_domain (at + 1, text->len - local - 1))
    return PV_FORMAT_BAD_SHAPE;
  for (char *p = at; *p != '\0'; p++)
    *p = g_ascii_tolower (*p);
  return PV_FORMAT_OK;
}

/* "www.example.fr" is completed to "https://www.example.fr". */
PvFormatVerdict
pv_format_check_url (GString *text, guint *ret_count)
{
  const char *host;
  gsize length, port;

  for (const char *p = text->str; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_isspace (c) || g_unichar_iscntrl (c) || (c < 0x80 && strchr ("<>\"\\^`{|}", (int) c) != NULL))
      return PV_FORMAT_BAD_CHARACTER;
  }
  if (strstr (text->str, "://") == NULL)
    g_string_prepend (text, "https://");
  if (text->len > PV_FORMAT_MAX_BYTES)
    return pv_format_check_length (text->len, PV_FORMAT_MAX_BYTES, ret_count);
  host = strstr (text->str, "://") + 3;
  for (char *p = text->str; p < host; p++)
    *p = g_ascii_tolower (*p);
  if (!g_str_has_prefix (text->str, "https://") && !g_str_has_prefix (text->str, "http://"))
    return PV_FORMAT_BAD_SHAPE;
  length = strcspn (host, ":/?#");
  if (!is_domain (host, length))
    return PV_FORMAT_BAD_SHAPE;
  if (host[length] != ':')
    return PV_FORMAT_OK;
  port = strspn (host + length + 1, "0123456789");
  if (port == 0 || port > 5 || strchr ("/?#", host[length + 1 + port]) == NULL)
    return PV_FORMAT_BAD_SHAPE;
  return PV_FORMAT_OK;
}
