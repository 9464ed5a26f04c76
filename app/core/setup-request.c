/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/setup-request.h"

#include <string.h>

#include "core/wipe.h"

#define BIT(answer) (1U << (answer))
#define PROGRESS    "at\t"

static const struct {
  const char *name;
  guint32 takes; /* bits of answers */
} verbs[PV_N_SETUP_VERBS] = {
  [PV_SETUP_RESUME] = { "resume", 0 },
  [PV_SETUP_TRY_NETWORK] = { "network", BIT (PV_SETUP_NETWORK) | BIT (PV_SETUP_ADDRESS) | BIT (PV_SETUP_GATEWAY)
                                          | BIT (PV_SETUP_NAMES) },
  [PV_SETUP_TRY_PORTAL] = { "portal", BIT (PV_SETUP_URL) | BIT (PV_SETUP_ORIGIN) | BIT (PV_SETUP_KEY) },
  [PV_SETUP_TRY_RELAY] = { "relay", BIT (PV_SETUP_SERVER) | BIT (PV_SETUP_CODE) },
  [PV_SETUP_SAY_COMMUNE] = { "commune", BIT (PV_SETUP_COMMUNE) | BIT (PV_SETUP_PLACE) | BIT (PV_SETUP_PHONE) },
  [PV_SETUP_LIST_PRINTERS] = { "printers", 0 },
  [PV_SETUP_PRINT_PAGE] = { "page", BIT (PV_SETUP_PRINTER) | BIT (PV_SETUP_TARGET) | BIT (PV_SETUP_PAPER) },
  [PV_SETUP_SAY_PRINTER] = { "printer", BIT (PV_SETUP_PRINTER) | BIT (PV_SETUP_TARGET) | BIT (PV_SETUP_PAPER) },
  [PV_SETUP_SAY_SCREEN] = { "screen", BIT (PV_SETUP_DIAGONAL) | BIT (PV_SETUP_HEIGHT) },
  [PV_SETUP_SAY_SOUND] = { "sound", BIT (PV_SETUP_SOUND) },
  [PV_SETUP_SAY_READER] = { "reader", BIT (PV_SETUP_READER) },
  [PV_SETUP_PRINT_RECEIPT] = { "receipt", 0 },
  [PV_SETUP_FINISH] = { "finish", 0 },
  [PV_SETUP_LIST_DISKS] = { "disks", 0 },
  [PV_SETUP_WRITE_DISK] = { "write", BIT (PV_SETUP_DISK) },
  [PV_SETUP_RESTART] = { "restart", 0 },
};

static const char *const reasons[PV_N_SETUP_REASONS] = {
  [PV_SETUP_BECAUSE_NOTHING] = "nothing",
  [PV_SETUP_BECAUSE_AWAY] = "away",
  [PV_SETUP_BECAUSE_REFUSED] = "refused",
  [PV_SETUP_BECAUSE_FAILED] = "failed",
  [PV_SETUP_BECAUSE_NO_LINK] = "no-link",
  [PV_SETUP_BECAUSE_OFFLINE] = "offline",
  [PV_SETUP_BECAUSE_STRANGER] = "stranger",
  [PV_SETUP_BECAUSE_DENIED] = "denied",
  [PV_SETUP_BECAUSE_CLOCK] = "clock",
  [PV_SETUP_BECAUSE_NO_PORTAL] = "no-portal",
  [PV_SETUP_BECAUSE_NO_CODE] = "no-code",
  [PV_SETUP_BECAUSE_EXPIRED] = "expired",
  [PV_SETUP_BECAUSE_BROKEN] = "broken",
  [PV_SETUP_BECAUSE_NO_PRINTER] = "no-printer",
  [PV_SETUP_BECAUSE_NOT_PRINTED] = "not-printed",
  [PV_SETUP_BECAUSE_MISSING] = "missing",
  [PV_SETUP_BECAUSE_WRONG] = "wrong",
  [PV_SETUP_BECAUSE_NOT_WRITTEN] = "not-written",
};

void
pv_setup_request_clear (PvSetupRequest *request)
{
  pv_setup_answers_clear (&request->answers);
}

const char *
pv_setup_verb_name (PvSetupVerb verb)
{
  return verbs[verb].name;
}

gboolean
pv_setup_verb_takes (PvSetupVerb verb, PvSetupAnswer answer)
{
  return (verbs[verb].takes & BIT (answer)) != 0;
}

char *
pv_setup_request_make (PvSetupVerb verb, const PvSetupAnswers *answers)
{
  GString *line = g_string_sized_new (PV_SETUP_MAX_LINE_BYTES); /* never moved: it may hold a key */

  g_string_append (line, verbs[verb].name);
  for (guint i = 0; i < PV_N_SETUP_ANSWERS; i++)
    if (pv_setup_verb_takes (verb, i) && answers->texts[i] != NULL)
      g_string_append_printf (line, "\t%s=%s", pv_setup_answer_name (i), answers->texts[i]);
  g_string_append_c (line, '\n');
  return g_string_free (line, FALSE);
}

static gboolean
find_verb (const char *word, PvSetupVerb *ret_verb)
{
  for (guint i = 0; i < PV_N_SETUP_VERBS; i++)
    if (strcmp (word, verbs[i].name) == 0) {
      *ret_verb = i;
      return TRUE;
    }
  return FALSE;
}

/* NAME=VALUE, each once. */
static gboolean
read_pair (char *word, PvSetupRequest *request)
{
  char *equals = strchr (word, '=');
  PvSetupAnswer answer;

  if (equals == NULL)
    return FALSE;
  *equals = '\0';
  if (!pv_setup_answer_find (word, &answer) || !pv_setup_verb_takes (request->verb, answer)
      || request->answers.texts[answer] != NULL || !pv_setup_answer_check (answer, equals + 1))
    return FALSE;
  pv_setup_answers_set (&request->answers, answer, equals + 1);
  return TRUE;
}

gboolean
pv_setup_request_parse (const char *line, PvSetupRequest *ret_request)
{
  char **words;
  gboolean is_one;

  if (strlen (line) > PV_SETUP_MAX_LINE_BYTES || !g_utf8_validate (line, -1, NULL) || strpbrk (line, "\r\n") != NULL)
    return FALSE;
  words = g_strsplit (line, "\t", PV_N_SETUP_ANSWERS + 2);
  is_one = words[0] != NULL && find_verb (words[0], &ret_request->verb);
  for (guint i = 1; is_one && words[i] != NULL; i++)
    is_one = read_pair (words[i], ret_request);
  for (guint i = 0; words[i] != NULL; i++)
    pv_wipe_str (words[i]);
  g_free (words);
  if (!is_one)
    pv_setup_request_clear (ret_request);
  return is_one;
}

const char *
pv_setup_reason_word (PvSetupReason reason)
{
  return reasons[reason];
}

char *
pv_setup_reply_make (PvSetupReason reason, const char *const *texts)
{
  GString *line = g_string_new (reason == PV_SETUP_BECAUSE_NOTHING ? "ok" : "no\t");

  if (reason != PV_SETUP_BECAUSE_NOTHING)
    g_string_append (line, reasons[reason]);
  for (guint i = 0; reason == PV_SETUP_BECAUSE_NOTHING && texts != NULL && texts[i] != NULL; i++) {
    g_autofree char *text = g_strdelimit (g_strdup (texts[i]), "\t\r\n", ' ');

    g_string_append_printf (line, "\t%s", text);
  }
  g_string_append_c (line, '\n');
  return g_string_free (line, FALSE);
}

char *
pv_setup_reply_make_progress (guint percent)
{
  return g_strdup_printf (PROGRESS "%u\n", percent);
}

gboolean
pv_setup_reply_read_progress (const char *line, guint *ret_percent)
{
  guint64 percent;

  if (!g_str_has_prefix (line, PROGRESS)
      || !g_ascii_string_to_unsigned (line + strlen (PROGRESS), 10, 0, 100, &percent, NULL))
    return FALSE;
  *ret_percent = (guint) percent;
  return TRUE;
}

PvSetupReason
pv_setup_reply_parse (const char *text, char ***ret_texts)
{
  gsize size = strlen (text);
  g_autofree char *line = size > 0 && text[size - 1] == '\n' ? g_strndup (text, size - 1) : g_strdup ("");
  g_auto (GStrv) words = g_strsplit (line, "\t", PV_SETUP_MAX_WORDS);

  *ret_texts = g_new0 (char *, 1);
  if (words[0] == NULL || !g_utf8_validate (line, -1, NULL) || strpbrk (line, "\r\n") != NULL)
    return PV_SETUP_BECAUSE_AWAY;
  if (strcmp (words[0], "ok") == 0) {
    g_strfreev (*ret_texts);
    *ret_texts = g_strdupv (words + 1);
    return PV_SETUP_BECAUSE_NOTHING;
  }
  for (guint i = PV_SETUP_BECAUSE_AWAY; strcmp (words[0], "no") == 0 && words[1] != NULL && i < PV_N_SETUP_REASONS; i++)
    if (strcmp (words[1], reasons[i]) == 0)
      return i;
  return PV_SETUP_BECAUSE_AWAY;
}
