/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "facts.h"

#include <string.h>

/* libatspi does not say how its objects are freed by themselves. */
typedef AtspiAccessible Accessible;
typedef AtspiStateSet StateSet;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Accessible, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StateSet, g_object_unref)

typedef struct {
  GPid pid, parent;
  char name[64];
} Process;

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
look_at_bus (Facts *facts)
{
  g_autoptr (Accessible) desktop = atspi_get_desktop (0);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  int n_programs;

  /* libatspi keeps what it was told once. */
  atspi_accessible_clear_cache (desktop);
  n_programs = atspi_accessible_get_child_count (desktop, NULL);
  for (int i = 0; i < n_programs; i++) {
    g_autoptr (Accessible) program = atspi_accessible_get_child_at_index (desktop, i, NULL);
    g_autofree char *name = program != NULL ? atspi_accessible_get_name (program, NULL) : NULL;
    int n_windows = name != NULL ? atspi_accessible_get_child_count (program, NULL) : 0;

    if (name != NULL && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
      g_ptr_array_add (names, g_strdup (name));
    for (int k = 0; k < n_windows; k++) {
      g_autoptr (Accessible) window = atspi_accessible_get_child_at_index (program, k, NULL);
      g_autoptr (StateSet) states = window != NULL ? atspi_accessible_get_state_set (window) : NULL;

      if (states != NULL && atspi_state_set_contains (states, ATSPI_STATE_SHOWING))
        facts->n_windows++;
    }
  }
  g_ptr_array_sort (names, compare_cb);
  g_ptr_array_add (names, NULL);
  facts->programs = g_strjoinv (" ", (char **) names->pdata);
}

/* Each connection bears the name of the socket that took it. */
static guint
count_clients (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("XDG_RUNTIME_DIR"), "wayland-0\n", NULL);
  g_autofree char *table = NULL;
  guint n = 0;

  if (!g_file_get_contents ("/proc/net/unix", &table, NULL, NULL))
    return 0;
  for (const char *at = table; (at = strstr (at, path)) != NULL; at += strlen (path))
    n++;
  return n;
}

static GArray *
list_processes (void)
{
  GArray *processes = g_array_new (FALSE, TRUE, sizeof (Process));
  g_autoptr (GDir) folder = g_dir_open ("/proc", 0, NULL);
  const char *entry;

  while (folder != NULL && (entry = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename ("/proc", entry, "stat", NULL);
    g_autofree char *stat = NULL;
    const char *open, *close;
    Process process = { 0 };

    if (!g_ascii_isdigit (entry[0]) || !g_file_get_contents (path, &stat, NULL, NULL))
      continue;
    open = strchr (stat, '(');
    close = strrchr (stat, ')');
    if (open == NULL || close == NULL || strlen (close) < 4)
      continue;
    process.pid = (GPid) g_ascii_strtoll (entry, NULL, 10);
    process.parent = (GPid) g_ascii_strtoll (close + 4, NULL, 10);
    g_strlcpy (process.name, open + 1, MIN ((gsize) (close - open), sizeof process.name));
    g_array_append_val (processes, process);
  }
  return processes;
}

static gboolean
is_below (const GArray *processes, GPid pid, GPid ancestor)
{
  for (guint depth = 0; depth < 16 && pid > 1; depth++) {
    GPid parent = 0;

    for (guint i = 0; i < processes->len; i++)
      if (g_array_index (processes, Process, i).pid == pid)
        parent = g_array_index (processes, Process, i).parent;
    if (parent == ancestor)
      return TRUE;
    pid = parent;
  }
  return FALSE;
}

GArray *
facts_find_processes (GPid compositor, const char *name)
{
  g_autoptr (GArray) processes = list_processes ();
  GArray *found = g_array_new (FALSE, FALSE, sizeof (GPid));

  for (guint i = 0; i < processes->len; i++) {
    const Process *process = &g_array_index (processes, Process, i);

    if (g_str_equal (process->name, name) && is_below (processes, process->pid, compositor))
      g_array_append_val (found, process->pid);
  }
  return found;
}

static char *
name_processes (GPid compositor)
{
  g_autoptr (GArray) processes = list_processes ();
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < processes->len; i++) {
    const Process *process = &g_array_index (processes, Process, i);

    if (is_below (processes, process->pid, compositor))
      g_ptr_array_add (names, g_strdup_printf ("%s/%d", process->name, process->pid));
  }
  g_ptr_array_sort (names, compare_cb);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

Facts *
facts_take (Grip *grip, GPid compositor)
{
  Facts *facts = g_new0 (Facts, 1);

  facts->digest = grip_get_digest (grip);
  look_at_bus (facts);
  facts->n_clients = count_clients ();
  facts->processes = name_processes (compositor);
  return facts;
}

void
facts_free (Facts *facts)
{
  if (facts == NULL)
    return;
  g_free (facts->programs);
  g_free (facts->processes);
  g_free (facts->digest);
  g_free (facts);
}

static void
note (GString *text, const char *what, const char *before, const char *after)
{
  if (g_strcmp0 (before, after) != 0)
    g_string_append_printf (text, "%s%s: [%s], was [%s]", text->len > 0 ? "; " : "", what, after, before);
}

static void
compare_counts (const Facts *before, const Facts *after, GString *text)
{
  if (before->n_windows != after->n_windows)
    g_string_append_printf (text, "windows: %u, was %u", after->n_windows, before->n_windows);
  note (text, "programs", before->programs, after->programs);
}

char *
facts_compare (const Facts *before, const Facts *after)
{
  GString *text = g_string_new (NULL);

  compare_counts (before, after, text);
  if (before->n_clients != after->n_clients)
    g_string_append_printf (text, "%sclients: %u, was %u", text->len > 0 ? "; " : "", after->n_clients,
                            before->n_clients);
  note (text, "processes", before->processes, after->processes);
  if (g_strcmp0 (before->digest, after->digest) != 0)
    g_string_append (text, text->len > 0 ? "; the picture" : "the picture");
  return g_string_free (text, text->len == 0);
}

/* Those that a kiosk has in the course of a session. */
static gboolean
is_of_kiosk (const char *process)
{
  static const char *const names[] = { "parvis", "parvis-session", "parvis-decode", "parvis-card", "" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strncmp (names[i], process, strlen (names[i])) == 0 && strchr ("/", process[strlen (names[i])]) != NULL)
      return TRUE;
  return FALSE;
}

char *
facts_compare_loosely (const Facts *before, const Facts *after)
{
  GString *text = g_string_new (NULL);
  g_auto (GStrv) processes = g_strsplit (after->processes, " ", -1);

  compare_counts (before, after, text);
  for (guint i = 0; processes[i] != NULL; i++)
    if (!is_of_kiosk (processes[i]))
      g_string_append_printf (text, "%sa process %s", text->len > 0 ? "; " : "", processes[i]);
  if (after->digest == NULL)
    g_string_append (text, text->len > 0 ? "; no window" : "no window");
  return g_string_free (text, text->len == 0);
}
