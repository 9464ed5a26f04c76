/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* filer FOLDER file|settle|judge|count LOG: of tests/image/kills.sh: the citizens of a kiosk whose machine is killed. FOLDER is that of
 * rig.h: settings, keys, state, and the portal's own state. Built of two releases, like the courier; it seals as a session of its
 * release does.
 *
 * file: files without an end; LOG has a line for each, "asked REF FORM" before, "told REF FORM" once it was acknowledged, which is when a
 * paper would say so. settle: waits until the outbox has nothing more to send. judge: holds LOG against the portal's database and the
 * outbox, and prints counts. count: prints how many files of the outbox this release cannot read. */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../integration/rig.h"
#include "link/release.h"

enum { SETTLE_MS = 60 * 1000, PAUSE_MS = 30, MAX_LINE = 200 };

static const struct {
  const char *slug, *ref_field;
} forms[] = { { "encombrants", "parvis_ref" }, { "carte-bibliotheque", NULL } };

static void
note (const char *log, const char *word, const RigFiling *filing)
{
  g_autofree char *line = g_strdup_printf ("%s %s %s\n", word, filing->ref, filing->slug);
  int fd = open (log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0 || write (fd, line, strlen (line)) != (gssize) strlen (line))
    abort ();
  close (fd);
}

static void
file_for_ever (Rig *rig, const char *log)
{
  g_autofree char *state = g_build_filename (rig->folder, "state", NULL);

  for (guint i = 0;; i++) {
    const char *ref_field = forms[i % G_N_ELEMENTS (forms)].ref_field;
    RigFiling *filing;
    char *problem;

    /* A session is warmed up for each citizen, and reads it then. */
    pv_release_read_confirmed (state);
    filing = rig_new_filing (rig, forms[i % G_N_ELEMENTS (forms)].slug, ref_field, PV_OUTBOX_FILE);
    note (log, "asked", filing);
    while ((problem = rig_try_store (rig, filing)) != NULL) {
      g_free (problem);
      rig_disconnect (rig);
      rig_pump (rig, PAUSE_MS);
    }
    note (log, "told", filing);
    rig_pump (rig, PAUSE_MS);
  }
}

typedef struct Counts {
  guint asked, told, filed, sealed, lost, twice;
} Counts;

static void
judge_line (Rig *rig, const char *line, Counts *counts)
{
  char word[MAX_LINE], ref[MAX_LINE], slug[MAX_LINE];
  gboolean was_told;
  RigFiling filing = { .ref = ref, .slug = slug };
  guint n_filed;

  if (sscanf (line, "%199s %199s %199s", word, ref, slug) != 3)
    return;
  was_told = strcmp (word, "told") == 0;
  n_filed = rig_count_filed (rig, &filing);
  if (!was_told) {
    counts->asked++;
    /* Whether it was acknowledged or not. */
    counts->twice += n_filed > 1 ? 1 : 0;
    return;
  }
  counts->told++;
  if (n_filed > 0)
    counts->filed++;
  else if (rig_state_of (rig, &filing) != PV_N_DELIVERY_STATES && rig_state_of (rig, &filing) != PV_DELIVERY_RECEIVED)
    counts->sealed++;
  else
    counts->lost++;
}

static int
judge (Rig *rig, const char *log)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  Counts counts = { 0 };

  if (!g_file_get_contents (log, &text, NULL, NULL))
    return EXIT_FAILURE;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    judge_line (rig, lines[i], &counts);
  printf ("%u %u %u %u %u %u\n", counts.asked, counts.told, counts.filed, counts.sealed, counts.lost, counts.twice);
  return EXIT_SUCCESS;
}

static int
count_unreadable (const Rig *rig)
{
  g_autofree char *path = g_build_filename (rig->folder, "state", "outbox", NULL);
  g_autoptr (PvOutboxStore) store = pv_outbox_store_open_to_read (path, NULL);

  if (store == NULL)
    return EXIT_FAILURE;
  printf ("%u\n", pv_outbox_store_get_n_unreadable (store));
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  Rig rig = { 0 };
  g_autofree char *path = NULL, *text = NULL;
  guint8 secret[PV_OUTBOX_KEY_BYTES];

  if (argc != 4 || !pv_outbox_init (NULL))
    return EXIT_FAILURE;
  rig.folder = argv[1];
  path = g_build_filename (rig.folder, "outbox.key", NULL);
  if (!g_file_get_contents (path, &text, NULL, NULL) || !pv_outbox_key_from_text (text, secret))
    return EXIT_FAILURE;
  rig.keys = pv_outbox_keys_from_secret (secret);
  rig.filings = g_ptr_array_new ();
  if (strcmp (argv[2], "file") == 0)
    file_for_ever (&rig, argv[3]);
  if (strcmp (argv[2], "settle") == 0)
    return rig_wait_settled (&rig, SETTLE_MS) ? EXIT_SUCCESS : EXIT_FAILURE;
  if (strcmp (argv[2], "judge") == 0)
    return judge (&rig, argv[3]);
  if (strcmp (argv[2], "count") == 0)
    return count_unreadable (&rig);
  return EXIT_FAILURE;
}
