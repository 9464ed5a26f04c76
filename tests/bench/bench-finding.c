/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-finding: what one key costs, in the search of 500 procedures, and in an index of 30,000 addresses: every beginning
 * of some queries, right ones and wrong ones. Beside each what finding would cost without an index: to look at all texts. */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench.h"
#include "core/catalogue.h"
#include "ctl/address-write.h"
#include "platform/address-index.h"

enum { ROUNDS = 15, N_ENTRIES = 500, N_STREETS = 1500, N_NUMBERS = 20, NO_LIMIT_MS = 10000 };

static const char *const first_words[] = { "Inscription", "Demande", "Réservation", "Déclaration",  "Signalement",
                                           "Carte",       "Copie",   "Attestation", "Autorisation", "Subvention" };
static const char *const things[] = { "scolaire", "cantine",  "salle",      "voirie",  "naissance",
                                      "mariage",  "sportive", "associatif", "déchets", "logement",
                                      "jeunesse", "culture",  "urbanisme",  "commerce" };
static const char *const given[] = { "Jean",  "Marie", "Pierre", "Louise", "Victor",
                                     "Émile", "Jules", "Léon",   "Paul",   "Claude" };
static const char *const names[] = {
  "Moulin", "Fontaine", "Carrel",  "Dupont", "Martin",  "Lebrun", "Girard", "Picard",
  "Morel",  "Fournier", "Lambert", "Bonnet", "Vincent", "Muller", "Faure",  "Mercier"
};
static const char *const kinds[] = { "Rue", "Avenue", "Boulevard", "Impasse", "Chemin", "Place" };

static void
fail (const char *what)
{
  fprintf (stderr, "bench-finding: %s\n", what);
  exit (EXIT_FAILURE);
}

/* Of the processor: a machine that does something else meanwhile makes no key dearer. */
static double
now_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static PvCatalogue *
make_catalogue (void)
{
  PvCatalogue *catalogue = pv_catalogue_new ();
  g_autofree char *path = g_build_filename (g_getenv ("PV_SOURCE_DIR"), "kiosk-config/synonyms-fr.txt", NULL);
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL))
    fail ("no synonyms");
  catalogue->synonyms = pv_synonyms_parse (text, length, NULL);
  for (guint i = 0; i < N_ENTRIES; i++) {
    g_autofree char *slug = g_strdup_printf ("form-%u", i);
    g_autofree char *title = g_strdup_printf ("%s %s %u", first_words[i % G_N_ELEMENTS (first_words)],
                                              things[(i / 7) % G_N_ELEMENTS (things)], i);
    PvCatalogueEntry *entry = pv_catalogue_entry_new (slug, title);

    entry->description =
      g_strdup_printf ("Pour %s et %s, à la mairie ou en ligne, avec le numéro dossier%u.",
                       things[i % G_N_ELEMENTS (things)], things[(i / 3) % G_N_ELEMENTS (things)], i);
    g_ptr_array_add (catalogue->entries, entry);
  }
  return catalogue;
}

/* The least of each beginning, the worst of all beginnings. */
static double
worst_key_ms (const char *const *queries, void (*find) (const char *words, gpointer data), gpointer data)
{
  double worst = 0;

  for (guint q = 0; queries[q] != NULL; q++)
    for (const char *end = g_utf8_next_char (queries[q]);; end = g_utf8_next_char (end)) {
      g_autofree char *words = g_strndup (queries[q], (gsize) (end - queries[q]));
      double least = G_MAXDOUBLE;

      for (guint round = 0; round < ROUNDS; round++) {
        double start_ms = now_ms ();

        find (words, data);
        least = MIN (least, now_ms () - start_ms);
      }
      worst = MAX (worst, least);
      if (*end == '\0')
        break;
    }
  return worst;
}

static void
search_cb (const char *words, gpointer data)
{
  g_ptr_array_unref (pv_catalogue_search (data, words));
}

static void
fold_all_cb (const char *words, gpointer data)
{
  const PvCatalogue *catalogue = data;

  (void) words;
  for (guint i = 0; i < catalogue->entries->len; i++) {
    const PvCatalogueEntry *entry = catalogue->entries->pdata[i];

    pv_words_free (pv_words_fold (entry->title));
    pv_words_free (pv_words_fold (entry->description));
  }
}

static void
measure_search (void)
{
  static const char *const queries[] = {
    "inscription scolaire",    "poubelle",         "kantien", "je voudrais une salle pour une fête",
    "carte d’identité perdue", "zzzzzzzz wwwwwww", NULL
  };
  static const char *const once[] = { "x", NULL };
  g_autoptr (PvCatalogue) catalogue = make_catalogue ();

  bench_figure ("search, all texts of 500 procedures folded", worst_key_ms (once, fold_all_cb, catalogue), "ms", NULL,
                BENCH_NO_GOAL);
  search_cb ("x", catalogue); /* the first key also makes the index */
  bench_figure ("search, worst key", worst_key_ms (queries, search_cb, catalogue), "ms", NULL, 2.0);
  bench_figure ("search, worst key against all texts", worst_key_ms (queries, search_cb, catalogue), "ms",
                "search, all texts of 500 procedures folded", 1.0);
}

static void
take_street (PvTown *town, guint index)
{
  g_autofree char *name =
    g_strdup_printf ("%s %s %s %u", kinds[index % G_N_ELEMENTS (kinds)], given[index % G_N_ELEMENTS (given)],
                     names[(index / 5) % G_N_ELEMENTS (names)], index / 40);

  for (guint i = 0; i < N_NUMBERS; i++) {
    const PvAddressRow row = { name,
                               "89000",
                               "Auxerre",
                               "89024",
                               i + 1,
                               "",
                               48.1 + (index / 40) * 0.002 + (i % 2) * 0.0002,
                               3.2 + (index % 40) * 0.003 + i * 0.00025 };

    pv_town_take (town, &row);
  }
}

static void
find_cb (const char *words, gpointer data)
{
  g_ptr_array_unref (pv_address_index_find (data, words, TRUE, NO_LIMIT_MS));
}

/* What is there without an index: a word anywhere in the name. */
static void
scan_cb (const char *words, gpointer data)
{
  sqlite3_stmt *statement = data;

  (void) words;
  while (sqlite3_step (statement) == SQLITE_ROW)
    continue;
  sqlite3_reset (statement);
}

static void
measure_addresses (const char *path)
{
  static const char *const queries[] = { "12 rue jean moulin",
                                         "avenue emile lebrun",
                                         "12 bis bd victor fournier auxerre",
                                         "place louise rue pierre",
                                         "rue jaen muolin",
                                         "zzzzzz yyyyyy",
                                         NULL };
  static const char *const once[] = { "x", NULL };
  g_autoptr (PvAddressIndex) index = pv_address_index_open (path, NULL);
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;

  if (index == NULL || sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK
      || sqlite3_prepare_v2 (db,
                             "SELECT count (*) FROM number n JOIN street s ON s.id = n.street"
                             " WHERE n.number || ' ' || s.name LIKE '%12%moulin%'",
                             -1, &statement, NULL)
           != SQLITE_OK)
    fail ("no index");
  bench_figure ("address, all of 30,000 looked at", worst_key_ms (once, scan_cb, statement), "ms", NULL, BENCH_NO_GOAL);
  bench_figure ("address, worst key", worst_key_ms (queries, find_cb, index), "ms", NULL, PV_ADDRESS_LIMIT_MS);
  bench_figure ("address, worst key against looking at all", worst_key_ms (queries, find_cb, index), "ms",
                "address, all of 30,000 looked at", 1.0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
}

int
main (void)
{
  g_autofree char *folder = g_dir_make_tmp ("pv-bench-XXXXXX", NULL);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "addresses.sqlite", NULL) : NULL;
  g_autoptr (PvTown) town = pv_town_new ();
  g_autoptr (GError) error = NULL;
  double start_ms;

  if (g_strcmp0 (g_getenv ("PV_BENCH_SANITIZED"), "yes") == 0)
    return 77;
  measure_search ();
  start_ms = now_ms ();
  for (guint i = 0; i < N_STREETS; i++)
    take_street (town, i);
  pv_town_finish (town);
  if (path == NULL || !pv_address_write (town, path, &error))
    fail (error != NULL ? error->message : "no folder");
  bench_figure ("address, index of 30,000 made", now_ms () - start_ms, "ms", NULL, BENCH_NO_GOAL);
  measure_addresses (path);
  g_unlink (path);
  g_rmdir (folder);
  return EXIT_SUCCESS;
}
