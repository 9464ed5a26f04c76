/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/manual.h"

#include <string.h>

#include "ctl/commands.h"

#define DATE "2026-12-01" /* of the last change of substance: pages that are made twice are the same */

/* Nothing of a text is a request of roff's, and a hyphen that is typed stays one. */
static void
append_text (GString *page, const char *text)
{
  gboolean starts_line = page->len == 0 || page->str[page->len - 1] == '\n';

  for (const char *at = text; *at != '\0'; at++) {
    if (starts_line && (*at == '.' || *at == '\''))
      g_string_append (page, "\\&");
    if (*at == '\\')
      g_string_append (page, "\\e");
    else if (*at == '-')
      g_string_append (page, "\\-");
    else
      g_string_append_c (page, *at);
    starts_line = *at == '\n';
  }
}

static void
append_head (GString *page, const char *name, const char *summary)
{
  g_autofree char *upper = g_ascii_strup (name, -1);

  g_string_append (page, ".\\\" SPDX-FileCopyrightText: 2026 The Parvis authors\n"
                         ".\\\" SPDX-License-Identifier: GPL-3.0-or-later\n.TH ");
  append_text (page, upper);
  g_string_append (page, " 1 " DATE " Parvis Parvis\n.SH NAME\n");
  append_text (page, name);
  g_string_append (page, " \\- ");
  append_text (page, summary);
  g_string_append_c (page, '\n');
}

/* An empty line parts two paragraphs. */
static void
append_paragraphs (GString *page, const char *text)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);

  for (guint i = 0; paragraphs[i] != NULL; i++) {
    const char *paragraph = paragraphs[i];

    if (*paragraph == '\t') {
      const char *end = strchr (paragraph, '\n');
      g_autofree char *term =
        end != NULL ? g_strndup (paragraph + 1, (gsize) (end - paragraph - 1)) : g_strdup (paragraph + 1);

      g_string_append (page, ".TP\n.B ");
      append_text (page, term);
      g_string_append_c (page, '\n');
      paragraph = end != NULL ? end + 1 : "";
    } else if (i > 0) {
      g_string_append (page, ".PP\n");
    }
    append_text (page, paragraph);
    g_string_append_c (page, '\n');
  }
}

/* "enrol root FOLDER NAME": the first line of what a row says. (transfer full) */
static char *
get_synopsis (const PvCtlCommand *command)
{
  return g_strndup (command->usage, strcspn (command->usage, "\n"));
}

/* The other lines, as one. (transfer full) */
static char *
get_meaning (const PvCtlCommand *command)
{
  g_auto (GStrv) lines = g_strsplit (command->usage, "\n", -1);
  GString *meaning = g_string_new (NULL);

  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    g_string_append_printf (meaning, "%s%s", i > 1 ? "\n" : "", g_strstrip (lines[i]));
  return g_string_free (meaning, FALSE);
}

static void
append_command (GString *page, const PvCtlCommand *command)
{
  g_autofree char *synopsis = get_synopsis (command), *meaning = get_meaning (command);

  g_string_append (page, ".TP\n.B parvisctl ");
  append_text (page, synopsis);
  g_string_append_c (page, '\n');
  append_text (page, meaning);
  g_string_append_c (page, '\n');
}

static void
append_see_also (GString *page, gboolean is_of_parvisctl)
{
  gsize n_pages;
  const PvCtlPage *pages = pv_ctl_pages_get (&n_pages);
  gboolean is_first = TRUE;

  g_string_append (page, ".SH SEE ALSO\n");
  for (gsize i = 0; i < n_pages; i++) {
    if ((pages[i].synopsis == NULL) != is_of_parvisctl)
      continue;
    g_string_append_printf (page, "%s.BR ", is_first ? "" : ",\n");
    append_text (page, is_of_parvisctl ? "parvisctl-" : "");
    append_text (page, pages[i].name);
    g_string_append (page, " (1)");
    is_first = FALSE;
  }
  g_string_append_c (page, '\n');
}

static void
append_exit_status (GString *page)
{
  g_string_append (page,
                   ".SH EXIT STATUS\n.TP\n.B 0\nDone, and nothing is wrong.\n.TP\n.B 1\nSomething is wrong, or to "
                   "be done, and was said.\n.TP\n.B 2\nWrong usage; of doctor also: something could not be looked "
                   "at. Of portal survey: something is to be done, and 1 is an error.\n");
}

static char *
make_overview (void)
{
  gsize n_commands;
  const PvCtlCommand *commands = pv_ctl_commands_get (&n_commands);
  GString *page = g_string_new (NULL);

  append_head (page, "parvisctl", "the administrator's command of a Parvis kiosk");
  g_string_append (page, ".SH SYNOPSIS\n.B parvisctl\n[\\-\\-config FOLDER] COMMAND\n.SH DESCRIPTION\n");
  append_paragraphs (page, "What an administrator asks of a kiosk, and does to it. Each command has a page of its own: "
                           "parvisctl-doctor(1) tells of \"parvisctl doctor\".");
  g_string_append (page, ".SH COMMANDS\n");
  for (gsize i = 0; i < n_commands; i++)
    append_command (page, &commands[i]);
  g_string_append (page, ".SH OPTIONS\n.TP\n.B \\-\\-config FOLDER\nFolder of the settings, before the command; "
                         "otherwise\n" PV_SETTINGS_DEFAULT_FOLDER ".\n.TP\n.B \\-\\-help\nAll commands.\n");
  append_exit_status (page);
  append_see_also (page, TRUE);
  return g_string_free (page, FALSE);
}

static char *
make_page (const char *name, const PvCtlPage *about)
{
  gsize n_commands;
  const PvCtlCommand *commands = pv_ctl_commands_get (&n_commands);
  GString *page = g_string_new (NULL);

  append_head (page, name, about->summary);
  g_string_append (page, ".SH SYNOPSIS\n");
  if (about->synopsis != NULL) {
    g_string_append (page, ".B ");
    append_text (page, about->synopsis);
    g_string_append (page, "\n.SH DESCRIPTION\n");
  } else {
    g_string_append (page, ".B parvisctl\n[\\-\\-config FOLDER]");
    append_text (page, " ");
    append_text (page, about->name);
    g_string_append (page, " ...\n.SH COMMANDS\n");
    for (gsize i = 0; i < n_commands; i++)
      if (strcmp (commands[i].words[0], about->name) == 0)
        append_command (page, &commands[i]);
    g_string_append (page, ".SH DESCRIPTION\n");
  }
  append_paragraphs (page, about->text);
  if (about->synopsis == NULL)
    append_exit_status (page);
  g_string_append (page, ".SH FILES\n.TP\n.B " PV_SETTINGS_DEFAULT_FOLDER "\nSettings, unless \\-\\-config says "
                         "otherwise.\n");
  g_string_append (page, ".SH SEE ALSO\n.BR parvisctl (1)");
  g_string_append (page, strcmp (about->name, "parvis") != 0 ? ",\n.BR parvis (1)\n" : "\n");
  return g_string_free (page, FALSE);
}

char *
pv_ctl_manual_make (const char *name)
{
  gsize n_pages;
  const PvCtlPage *pages = pv_ctl_pages_get (&n_pages);

  if (strcmp (name, "parvisctl") == 0)
    return make_overview ();
  for (gsize i = 0; i < n_pages; i++) {
    g_autofree char *whole = g_strconcat (pages[i].synopsis == NULL ? "parvisctl-" : "", pages[i].name, NULL);

    if (strcmp (whole, name) == 0)
      return make_page (name, &pages[i]);
  }
  return NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GStrv
pv_ctl_manual_list (void)
{
  gsize n_pages;
  const PvCtlPage *pages = pv_ctl_pages_get (&n_pages);
  GPtrArray *names = g_ptr_array_new ();

  g_ptr_array_add (names, g_strdup ("parvisctl"));
  for (gsize i = 0; i < n_pages; i++)
    g_ptr_array_add (names, g_strconcat (pages[i].synopsis == NULL ? "parvisctl-" : "", pages[i].name, NULL));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (GStrv) g_ptr_array_free (names, FALSE);
}
