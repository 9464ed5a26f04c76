/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "ctl/commands.h"
#include "ctl/manual.h"

/* What stands between the words of a usage. */
#define BRACKETS " []|,"

static gboolean
is_word (const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_islower (*at) && *at != '-')
      return FALSE;
  return *text != '-' || g_str_has_prefix (text, "--");
}

/* Options, and words that are typed as they stand: "--json", "outbox"; FOLDER and what is after a dot are not. (transfer
 * full) */
static char *
list_words (const PvCtlCommand *command)
{
  g_autofree char *line = g_strndup (command->usage, strcspn (command->usage, "\n"));
  g_auto (GStrv) tokens = g_strsplit_set (line, BRACKETS, -1);
  guint n_own = command->words[1] != NULL ? 2 : 1;
  GString *words = g_string_new (NULL);

  for (guint i = 0; tokens[i] != NULL; i++) {
    if (*tokens[i] == '\0')
      continue;
    if (n_own > 0)
      n_own--;
    else if (is_word (tokens[i]))
      g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", tokens[i]);
  }
  return g_string_free (words, FALSE);
}

/* "outbox)" and the second words that it takes. */
static void
append_second_words (GString *script, const char *first)
{
  gsize n_commands;
  const PvCtlCommand *commands = pv_ctl_commands_get (&n_commands);
  GString *words = g_string_new (NULL);

  for (gsize i = 0; i < n_commands; i++)
    if (strcmp (commands[i].words[0], first) == 0 && commands[i].words[1] != NULL)
      g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", commands[i].words[1]);
  if (words->len > 0)
    g_string_append_printf (script, "    %s) second=\"%s\" ;;\n", first, words->str);
  g_string_free (words, TRUE);
}

static gboolean
is_first_of_its_word (const PvCtlCommand *commands, gsize i)
{
  for (gsize k = 0; k < i; k++)
    if (strcmp (commands[k].words[0], commands[i].words[0]) == 0)
      return FALSE;
  return TRUE;
}

char *
pv_ctl_completion_make (void)
{
  gsize n_commands;
  const PvCtlCommand *commands = pv_ctl_commands_get (&n_commands);
  GString *script =
    g_string_new ("# SPDX-FileCopyrightText: 2026 The Parvis authors\n"
                  "# SPDX-License-Identifier: GPL-3.0-or-later\n"
                  "# Made from the table of commands of parvisctl.\n"
                  "_parvisctl () {\n"
                  "  local current=${COMP_WORDS[COMP_CWORD]} at=1 second= words=\n"
                  "  COMPREPLY=()\n"
                  "  if [[ ${COMP_WORDS[1]} == --config ]]; then\n"
                  "    if ((COMP_CWORD == 2)); then COMPREPLY=($(compgen -d -- \"$current\")); return; fi\n"
                  "    at=3\n"
                  "  fi\n"
                  "  local command=${COMP_WORDS[at]} sub=${COMP_WORDS[at + 1]}\n"
                  "  if ((COMP_CWORD <= at)); then\n"
                  "    words=\"--config --help");

  for (gsize i = 0; i < n_commands; i++)
    if (is_first_of_its_word (commands, i))
      g_string_append_printf (script, " %s", commands[i].words[0]);
  g_string_append (script, "\"\n"
                           "    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
                           "    return\n"
                           "  fi\n"
                           "  case $command in\n");
  for (gsize i = 0; i < n_commands; i++)
    if (is_first_of_its_word (commands, i))
      append_second_words (script, commands[i].words[0]);
  g_string_append (script, "  esac\n"
                           "  case \" $second \" in *\" $sub \"*) ;; *) sub= ;; esac\n"
                           "  if ((COMP_CWORD == at + 1)); then words=$second sub=; fi\n"
                           "  case $command/$sub in\n");
  for (gsize i = 0; i < n_commands; i++) {
    g_autofree char *words = list_words (&commands[i]);

    g_string_append_printf (script, "    %s/%s) words=\"$words %s\" ;;\n", commands[i].words[0],
                            commands[i].words[1] != NULL ? commands[i].words[1] : "", words);
  }
  g_string_append (script, "  esac\n"
                           "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
                           "}\n"
                           "complete -o default -F _parvisctl parvisctl\n");
  return g_string_free (script, FALSE);
}
