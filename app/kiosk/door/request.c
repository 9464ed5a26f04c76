/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/door/request.h"

#include <string.h>

#include "platform/service-key.h"

static const char *const names[PV_N_DOOR_VERBS] = {
  [PV_DOOR_OPEN] = "open",       [PV_DOOR_LOOK] = "look",   [PV_DOOR_COUNT] = "count",
  [PV_DOOR_PAPER] = "paper",     [PV_DOOR_CLOSE] = "close", [PV_DOOR_REOPEN] = "reopen",
  [PV_DOOR_RESTART] = "restart", [PV_DOOR_SAVE] = "save",   [PV_DOOR_END] = "end",
};

const char *
pv_door_verb_name (PvDoorVerb verb)
{
  return names[verb];
}

static gboolean
find_verb (const char *word, PvDoorVerb *ret_verb)
{
  for (guint i = 0; i < PV_N_DOOR_VERBS; i++)
    if (strcmp (word, names[i]) == 0) {
      *ret_verb = i;
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_token (const char *text)
{
  return strlen (text) == PV_DOOR_TOKEN_DIGITS && strspn (text, "0123456789abcdef") == PV_DOOR_TOKEN_DIGITS;
}

/* Parts that the screen has a use for; the constants, never what was said. */
static gboolean
read_parts (char **words, PvDoorRequest *request)
{
  static const char *const known[] = { "printer", "portal", "broker", "certificates" };
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++) {
    const char *part = NULL;

    for (gsize k = 0; k < G_N_ELEMENTS (known); k++)
      if (strcmp (words[i], known[k]) == 0)
        part = known[k];
    if (part == NULL || n == PV_DOOR_MAX_PARTS)
      return FALSE;
    request->parts[n++] = part;
  }
  return TRUE;
}

static gboolean
read_arguments (char **words, PvDoorRequest *request)
{
  if (request->verb == PV_DOOR_LOOK)
    return read_parts (words, request);
  if (request->verb == PV_DOOR_CLOSE)
    return words[0] != NULL && words[1] == NULL
           && g_ascii_string_to_signed (words[0], 10, 0, G_MAXINT64 / G_USEC_PER_SEC, &request->until_s, NULL);
  return words[0] == NULL;
}

gboolean
pv_door_request_parse (const char *line, PvDoorRequest *ret_request)
{
  g_auto (GStrv) words = NULL;
  PvDoorRequest request = { 0 };

  if (strlen (line) > PV_DOOR_MAX_LINE_BYTES || strspn (line, "abcdefghijklmnopqrstuvwxyz0123456789 ") != strlen (line))
    return FALSE;
  words = g_strsplit (line, " ", -1);
  if (words[0] == NULL || words[1] == NULL || !find_verb (words[0], &request.verb)
      || !(request.verb == PV_DOOR_OPEN ? pv_service_key_is_pin (words[1]) : is_token (words[1]))
      || !read_arguments (words + 2, &request))
    return FALSE;
  g_strlcpy (request.secret, words[1], sizeof request.secret);
  *ret_request = request;
  return TRUE;
}
