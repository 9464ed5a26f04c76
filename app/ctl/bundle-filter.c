/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/bundle-filter.h"

#include <string.h>

/* Nothing here is written by, or about, a person; addresses of machines, paths of files, numbers, words of a choice. */
static const char *const shown_groups[] = { "accessibility", "addresses", "card",   "clock",   "documents", "glossary",
                                            "keypad",        "outbox",    "paths",  "printer", "receipt",   "screen",
                                            "search",        "session",   "speech", "texts",   "touch",     NULL };
static const char *const shown_keys[] = { "[assist] answer-minutes",
                                          "[assist] audit-days",
                                          "[assist] broker-host",
                                          "[assist] broker-port",
                                          "[assist] ca-file",
                                          "[assist] certificate-file",
                                          "[assist] client-cert-file",
                                          "[assist] client-key-file",
                                          "[assist] enabled",
                                          "[assist] here",
                                          "[assist] hours",
                                          "[assist] key-file",
                                          "[commune] accent",
                                          "[commune] emblem",
                                          "[commune] languages",
                                          "[commune] name",
                                          "[commune] primary",
                                          "[commune] timezone",
                                          "[portal] access-key-file",
                                          "[portal] ca-file",
                                          "[portal] client-cert-file",
                                          "[portal] client-key-file",
                                          "[portal] driver",
                                          "[portal] mode",
                                          "[portal] public-url",
                                          "[portal] regies",
                                          "[portal] url",
                                          NULL };

static gboolean
is_shown (const char *line, gsize head_length)
{
  g_autofree char *head = g_strndup (line, head_length);
  const char *close = strchr (head, ']');
  g_autofree char *group = close != NULL ? g_strndup (head + 1, (gsize) (close - head - 1)) : NULL;

  return group != NULL && (g_strv_contains (shown_groups, group) || g_strv_contains (shown_keys, head));
}

char *
pv_bundle_filter_settings (const char *description)
{
  g_auto (GStrv) lines = g_strsplit (description, "\n", -1);
  GString *filtered = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++) {
    const char *equals = strstr (lines[i], " = "), *origin = g_strrstr (lines[i], "  # ");
    gsize head_length = equals != NULL ? (gsize) (equals - lines[i]) : 0;

    if (*lines[i] != '[' || equals == NULL || origin == NULL || origin < equals)
      continue;
    if (is_shown (lines[i], head_length))
      g_string_append_printf (filtered, "%s\n", lines[i]);
    else
      g_string_append_printf (filtered, "%.*s = " PV_BUNDLE_WITHHELD "%s\n", (int) head_length, lines[i], origin);
  }
  return g_string_free (filtered, FALSE);
}

/* "session-crashed session=3 signal=11": as platform/log.h writes it. */
#define EVENT "[a-z][a-z0-9-]{0,40}(?: [a-z][a-z-]{0,20}=[a-z0-9():-]{0,64})*"
/* What systemd says of a unit, which names no one. */
#define SYSTEMD                                                                                                        \
  "(?:parvis-[a-z-]+\\.service: [A-Za-z ,=/.()0-9'-]{1,120}|(?:Started|Starting|Stopped|Stopping) "                    \
  "parvis-[a-z-]+\\.service[^\n]{0,60})"
#define STAMP "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[+-][0-9:]{4,5}"

char *
pv_bundle_filter_log (const char *journal)
{
  g_autoptr (GRegex) ours = g_regex_new ("^(" STAMP ") \\S+ (?:parvis[a-z-]*\\[[0-9]+\\]: (?:parvis[a-z-]*: )?(" EVENT
                                         ")|systemd\\[1\\]: (" SYSTEMD "))$",
                                         G_REGEX_OPTIMIZE, 0, NULL);
  g_autoptr (GRegex) stamp = g_regex_new ("^(" STAMP ") ", 0, 0, NULL);
  g_auto (GStrv) lines = g_strsplit (journal, "\n", -1);
  GString *filtered = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_autoptr (GMatchInfo) match = NULL, when = NULL;

    if (g_regex_match (ours, lines[i], 0, &match)) {
      g_autofree char *moment = g_match_info_fetch (match, 1);
      const char *at = strchr (lines[i], ' ');

      /* Without the name of the machine. */
      at = at != NULL ? strchr (at + 1, ' ') : NULL;
      g_string_append_printf (filtered, "%s%s\n", moment, at != NULL ? at : "");
    } else if (g_regex_match (stamp, lines[i], 0, &when)) {
      g_autofree char *moment = g_match_info_fetch (when, 1);

      g_string_append_printf (filtered, "%s " PV_BUNDLE_WITHHELD "\n", moment);
    }
  }
  return g_string_free (filtered, FALSE);
}

char *
pv_bundle_blot (const char *text)
{
  static const char *const shapes[] = {
    "(?<=://)[^/@\\s]+@",                                                        /* who signs in at an address */
    "[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+",                                          /* e-mail */
    "(?<![\\w.:-])(?:\\+33 ?|0)[1-9](?:[ .-]?[0-9]{2}){4}(?![\\w:-])",           /* telephone (formats of France) */
    "(?<!\\w)[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){3,7}(?: ?[0-9A-Z]{1,3})?(?!\\w)", /* IBAN */
    "(?<!\\w)[12] ?[0-9]{2} ?[0-9]{2} ?[0-9AB]{2} ?[0-9]{3} ?[0-9]{3}(?: ?[0-9]{2})?(?!\\w)", /* NIR */
    "(?<!\\w)[BCDFGHJKLMNPQRSTVWXZ]{10}(?!\\w)", /* reference of a filing (core/receipt-code.h) */
    "(?<!\\w)[0-9]{12,}(?!\\w)",                 /* whatever it numbers */
  };
  char *blotted;

  if (!g_utf8_validate (text, -1, NULL)) /* nothing of it goes out */
    return g_strdup (PV_BUNDLE_WITHHELD "\n");
  blotted = g_strdup (text);
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_autoptr (GRegex) shape = g_regex_new (shapes[i], G_REGEX_OPTIMIZE, 0, NULL);
    char *next = g_regex_replace_literal (shape, blotted, -1, 0, PV_BUNDLE_WITHHELD, 0, NULL);

    if (next == NULL) /* too much for the shape: nothing of it goes out */
      next = g_strdup (PV_BUNDLE_WITHHELD "\n");
    g_free (blotted);
    blotted = next;
  }
  return blotted;
}
