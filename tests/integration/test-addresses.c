/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From an extract of the Base Adresse Nationale, through parvisctl, to what is offered to who types. The town is that of
 * the demo. */

#include "tst.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "platform/address-index.h"

#define HEADER "id;numero;rep;nom_voie;code_postal;code_insee;nom_commune;lon;lat\n"

enum { LONG_MS = 20000 }; /* sanitizers, and a machine that is busy */

static char *folder;

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static int
set_up (void **state)
{
  (void) state;
  folder = g_dir_make_tmp ("pv-addresses-XXXXXX", NULL);
  return folder != NULL ? 0 : -1;
}

static int
tear_down (void **state)
{
  (void) state;
  tst_remove_folder (folder);
  g_clear_pointer (&folder, g_free);
  return 0;
}

/* Both streams together. "@" in an argument is the folder. (transfer full) */
static char *
run (int status, const char *arguments)
{
  g_auto (GStrv) parts = g_strsplit (arguments, "@", -1);
  g_autofree char *line = g_strjoinv (folder, parts);
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  char *text = NULL;

  g_ptr_array_add (argv, (gpointer) g_getenv ("PV_CTL_PROGRAM"));
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, words[i]);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, NULL);
  assert_non_null (process);
  assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, NULL));
  if (g_subprocess_get_exit_status (process) != status)
    fail_msg ("%s: status %d, and it said: %s", arguments, g_subprocess_get_exit_status (process), text);
  return text;
}

static void
expect (int status, const char *arguments, const char *words)
{
  g_autofree char *text = run (status, arguments);

  if (strstr (text, words) == NULL)
    fail_msg ("%s: expected \"%s\", it said: %s", arguments, words, text);
}

static void
write_rows (const char *rows)
{
  g_autofree char *path = path_of ("rows.csv");
  g_autofree char *text = g_strconcat (HEADER, rows, NULL);

  assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
build_town (const char *output)
{
  g_autofree char *arguments = g_strdup_printf ("addresses build --from %s/montclair-adresses.csv --output @/%s",
                                                g_getenv ("PV_DEMO_DATA"), output);

  expect (0, arguments, "26 streets, ");
}

static PvAddressIndex *
open_index (const char *name)
{
  g_autofree char *path = path_of (name);
  g_autoptr (GError) error = NULL;
  PvAddressIndex *index = pv_address_index_open (path, &error);

  if (index == NULL)
    fail_msg ("%s", error->message);
  return index;
}

typedef struct {
  const char *typed, *first; /* "": nothing is found */
} Case;

static void
assert_first (PvAddressIndex *index, const Case *cases, guint n, gboolean has_crossings)
{
  for (guint i = 0; i < n; i++) {
    g_autoptr (GPtrArray) found = pv_address_index_find (index, cases[i].typed, has_crossings, LONG_MS);
    const char *first = found->len > 0 ? ((const PvAddress *) found->pdata[0])->label : "";

    assert_true (found->len <= PV_ADDRESS_MAX_FOUND);
    if (strcmp (first, cases[i].first) != 0)
      fail_msg ("\"%s\" finds \"%s\" first, not \"%s\"", cases[i].typed, first, cases[i].first);
  }
}

static void
an_address_is_found_however_it_is_typed (void **state)
{
  static const Case cases[] = {
    { "12 rue des Écoles", "12 rue des Écoles" },
    { "12 RUE DES ECOLES", "12 rue des Écoles" },
    { "12, rue des écoles", "12 rue des Écoles" },
    { "12 r des eco", "12 rue des Écoles" },
    { "12 ecoles", "12 rue des Écoles" },
    { "rue des ecoles 12", "12 rue des Écoles" },
    { "12 bis r des ecoles", "12 bis rue des Écoles" },
    { "12bis rue des ecoles", "12 bis rue des Écoles" },
    { "12b rue des ecoles", "12 bis rue des Écoles" },
    { "12 rue des ecoles montclair", "12 rue des Écoles" },
    { "12 rue des ecoles 89999 montclair", "12 rue des Écoles" },
    { "1 pl de la mairie", "1 place de la Mairie" },
    { "av du gal de gaulle", "Avenue du Général de Gaulle" },
    { "ave general de gaule", "Avenue du Général de Gaulle" },
    { "bd des marronniers", "Boulevard des Marronniers" },
    { "blvd maronniers", "Boulevard des Marronniers" }, /* a slip */
    { "st etienne", "Rue Saint-Étienne" },
    { "saint étiene", "Rue Saint-Étienne" },
    { "ste anne", "Rue Sainte-Anne" },
    { "imp lavoir", "Impasse du Lavoir" },
    { "chem vignes", "Chemin des Vignes" },
    { "all tilleuls", "Allée des Tilleuls" },
    { "tileuls", "Allée des Tilleuls" },
    { "rte sens", "Route de Sens" },
    { "res peupliers", "Résidence les Peupliers" },
    { "dr schweitzer", "Rue du Docteur Schweitzer" },
    { "schwietzer", "Rue du Docteur Schweitzer" }, /* swapped */
    { "crs sevigne", "Cours Sévigné" },
    { "abbe gregoire", "Rue de l’Abbé Grégoire" },
    { "rue du 8 mai 1945", "Rue du 8 Mai 1945" },
    { "3 rue du 8 mai 1945", "3 rue du 8 Mai 1945" },
    { "jean jaures", "Rue Jean-Jaurès" },
    { "jean-jaures", "Rue Jean-Jaurès" },
    { "victor huggo", "Rue Victor-Hugo" },
    { "avenue des ecoles", "Rue des Écoles" },        /* another kind of road */
    { "4999 rue des écoles", "4999 rue des Écoles" }, /* no list is complete */
    { "rue des lilas", "" },
    { "xxxxxx", "" },
    { "12", "" },
    { "r", "" },
    { "", "" },
    { "\"* OR NEAR(", "" }, /* the words of the search are no words of its language */
    { "mairie' --", "Place de la Mairie" },
  };
  g_autoptr (PvAddressIndex) index = NULL;

  (void) state;
  build_town ("town.sqlite");
  index = open_index ("town.sqlite");
  assert_first (index, cases, G_N_ELEMENTS (cases), FALSE);
}

static void
a_crossing_is_found_by_its_two_streets (void **state)
{
  static const Case cases[] = {
    { "rue des ecoles rue du port", "Rue des Écoles, angle rue du Port" },
    { "angle port et écoles", "Rue des Écoles, angle rue du Port" },
    { "ecoles gregoir", "Rue de l’Abbé Grégoire, angle rue des Écoles" },
    { "bd marronniers av gaulle", "Avenue du Général de Gaulle, angle boulevard des Marronniers" },
    { "rue des ecoles quai de la vanne", "" }, /* far from each other */
    { "12 rue des ecoles", "12 rue des Écoles" },
    { "rue des ecoles", "Rue des Écoles" }, /* the street itself first */
  };
  g_autoptr (PvAddressIndex) index = NULL;
  g_autoptr (GPtrArray) found = NULL;
  guint n_crossings = 0;

  (void) state;
  build_town ("town.sqlite");
  index = open_index ("town.sqlite");
  assert_first (index, cases, G_N_ELEMENTS (cases), TRUE);
  found = pv_address_index_find (index, "rue des ecoles", TRUE, LONG_MS);
  for (guint i = 0; i < found->len; i++)
    n_crossings += ((const PvAddress *) found->pdata[i])->is_crossing ? 1 : 0;
  assert_true (n_crossings >= 2);
}

static void
what_is_found_is_a_whole_address (void **state)
{
  g_autoptr (PvAddressIndex) index = NULL;
  g_autoptr (GPtrArray) found = NULL;
  const PvAddress *address;

  (void) state;
  build_town ("town.sqlite");
  index = open_index ("town.sqlite");
  found = pv_address_index_find (index, "12 bis rue des écoles", FALSE, LONG_MS);
  assert_true (found->len >= 2);
  address = found->pdata[0];
  assert_string_equal (address->number, "12 bis");
  assert_string_equal (address->street, "Rue des Écoles");
  assert_string_equal (address->postcode, "89999");
  assert_string_equal (address->commune, "Montclair");
  assert_string_equal (address->insee, "89999");
  assert_true (fabs (address->latitude - 48.2) < 0.01 && fabs (address->longitude - 3.28) < 0.02);
  assert_string_equal (((const PvAddress *) found->pdata[1])->label, "12 rue des Écoles");
}

/* Whatever the order of the rows is. */
static void
the_same_rows_make_the_same_file (void **state)
{
  g_autofree char *first = path_of ("first.sqlite");
  g_autofree char *second = path_of ("second.sqlite");
  g_autofree char *a = NULL, *b = NULL;
  gsize a_length, b_length;

  (void) state;
  write_rows ("1;2;;Rue B;89999;89999;Montclair;3.28;48.2\n2;1;bis;Rue A;89999;89999;Montclair;3.2801;48.2\n"
              "3;1;;Rue A;89999;89999;Montclair;3.2801;48.2001\n");
  expect (0, "addresses build --from @/rows.csv --output @/first.sqlite", "2 streets, 3 addresses, 1 crossings");
  write_rows ("3;1;;Rue A;89999;89999;Montclair;3.2801;48.2001\n1;2;;Rue B;89999;89999;Montclair;3.28;48.2\n"
              "2;1;bis;Rue A;89999;89999;Montclair;3.2801;48.2\n2;1;bis;Rue A;89999;89999;Montclair;3.2801;48.2\n");
  expect (0, "addresses build --from @/rows.csv --output @/second.sqlite", "2 streets, 3 addresses, 1 crossings");
  assert_true (g_file_get_contents (first, &a, &a_length, NULL));
  assert_true (g_file_get_contents (second, &b, &b_length, NULL));
  assert_int_equal (a_length, b_length);
  assert_memory_equal (a, b, a_length);
}

static void
streets_cross_within_forty_metres (void **state)
{
  g_autoptr (PvAddressIndex) index = NULL;
  guint n_streets, n_numbers, n_crossings;

  (void) state;
  /* 0.0003 degrees of latitude are 33 m, 0.0004 are 44 m; of longitude at 48.2° N two thirds of that. */
  write_rows ("1;1;;Rue A;89999;89999;Montclair;3.28;48.2\n2;1;;Rue Near;89999;89999;Montclair;3.28;48.2003\n"
              "3;1;;Rue Far;89999;89999;Montclair;3.28;48.1996\n4;1;;Rue East;89999;89999;Montclair;3.2805;48.2\n"
              "5;9;;Rue A;89998;89998;Ailleurs;3.28001;48.2\n"); /* the same street goes on: no crossing with itself */
  expect (0, "addresses build --from @/rows.csv --output @/x.sqlite", "5 streets, 5 addresses");
  index = open_index ("x.sqlite");
  pv_address_index_count (index, &n_streets, &n_numbers, &n_crossings);
  assert_int_equal (n_streets, 5);
  assert_int_equal (n_numbers, 5);
  assert_int_equal (n_crossings, 4); /* Near and East, each with both rows called A */
}

static void
rows_that_are_wrong_are_left_out_and_told (void **state)
{
  static const struct {
    const char *row, *told;
  } cases[] = {
    { "2;1;;;89999;89999;Montclair;3.28;48.2", "nom_voie is missing, or too long" },
    { "2;1;;Rue;89999;89999;;3.28;48.2", "nom_commune is missing, or too long" },
    { "2;1;;Rue;8999;89999;Montclair;3.28;48.2", "code_postal is not five digits" },
    { "2;1;;Rue;89999;2C999;Montclair;3.28;48.2", "code_insee is none" },
    { "2;x;;Rue;89999;89999;Montclair;3.28;48.2", "numero is no number of a house" },
    { "2;12345;;Rue;89999;89999;Montclair;3.28;48.2", "numero is no number of a house" },
    { "2;1;abcdefghijklm;Rue;89999;89999;Montclair;3.28;48.2", "rep is too long" },
    { "2;1;;Rue;89999;89999;Montclair;;48.2", "lon and lat are no degrees" },
    { "2;1;;Rue;89999;89999;Montclair;3.28;91", "lon and lat are no degrees" },
    { "2;1;;Rue;89999;89999;Montclair;nan;48.2", "lon and lat are no degrees" },
    { "2;1;;Rue", "too few columns" },
    { "2;1;;\"Rue;89999;89999;Montclair;3.28;48.2", "a quote without its end" },
    { "2;1;;Rue \xE9;89999;89999;Montclair;3.28;48.2", "not UTF-8" },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *rows = g_strdup_printf (
      "1;1;;Rue A;89999;89999;Montclair;3.28;48.2\n%s\r\n3;2;;\"Rue \"\"A\"\"; bis\";89999;2A004;Là;3.3;48.2",
      cases[i].row);
    g_autofree char *line = g_strdup_printf ("line 3: %s", cases[i].told);

    write_rows (rows);
    expect (0, "addresses build --from @/rows.csv --output @/x.sqlite",
            strstr (line, "quote") ? "a quote without its end"
            : strstr (line, "UTF") ? "line 3: not UTF-8"
                                   : line);
    expect (0, "addresses build --from @/rows.csv --output @/x.sqlite", "2 streets, 2 addresses, 0 crossings");
  }
}

static void
what_is_no_such_file_makes_no_index (void **state)
{
  g_autofree char *path = path_of ("rows.csv");
  g_autofree char *output = path_of ("x.sqlite");
  g_autofree char *long_line = g_strnfill (5000, 'x');
  g_autofree char *no_end = g_strconcat (HEADER, long_line, NULL);
  g_autoptr (GString) wrong = g_string_new (HEADER);
  const char *const build = "addresses build --from @/rows.csv --output @/x.sqlite";
  g_autoptr (GDir) dir = NULL;

  (void) state;
  assert_true (g_file_set_contents (output, "the old one", -1, NULL));
  expect (1, "addresses build --from @/absent.csv --output @/x.sqlite", "No such file");
  assert_true (g_file_set_contents (path, "", -1, NULL));
  expect (1, build, "there is nothing in it");
  assert_true (g_file_set_contents (path, "a;b;c\n1;2;3\n", -1, NULL));
  expect (1, build, "the first line has no column \"numero\"");
  assert_true (g_file_set_contents (path, HEADER, -1, NULL));
  expect (1, build, "no address");
  assert_true (g_file_set_contents (path, no_end, -1, NULL));
  expect (1, build, "a line of too many bytes, limit 4096");
  for (guint i = 0; i < 1001; i++)
    g_string_append (wrong, "x\n");
  assert_true (g_file_set_contents (path, wrong->str, -1, NULL));
  expect (1, build, "too many wrong lines, limit 1000");
  expect (1, build, "and 981 more");
  assert_true (g_file_set_contents (path, "\x1f\x8b rubbish", -1, NULL));
  expect (1, build, "rows.csv: ");
  write_rows ("1;1;;Rue A;89999;89999;Montclair;3.28;48.2\n");
  expect (1, "addresses build --from @/rows.csv --commune 01001 --output @/x.sqlite", "no address of these communes");
  expect (1, "addresses build --from @/rows.csv --output @/absent/x.sqlite", "No such file");
  expect (2, "addresses build --from @/rows.csv", "use: parvisctl addresses build");
  expect (2, "addresses build --from @/rows.csv --out @/x.sqlite", "use: parvisctl addresses build");
  g_free (g_steal_pointer (&path));
  path = run (1, "addresses show --file @/x.sqlite rue");
  assert_non_null (strstr (path, "x.sqlite: no index of addresses of version 1"));
  dir = g_dir_open (folder, 0, NULL); /* nothing half made is left */
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    assert_true (strcmp (name, "rows.csv") == 0 || strcmp (name, "x.sqlite") == 0);
}

static void
a_packed_extract_and_one_commune_of_it_are_read (void **state)
{
  g_autofree char *path = path_of ("rows.csv.gz");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1);
  g_autoptr (GFileOutputStream) plain = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL);
  g_autoptr (GOutputStream) packed = g_converter_output_stream_new (G_OUTPUT_STREAM (plain), G_CONVERTER (zlib));
  static const char rows[] = "\xEF\xBB\xBF" HEADER "1;1;;Rue A;89999;89999;Montclair;3.28;48.2\n"
                             "2;99999;;Le Moulin;89999;89999;Montclair;3.28;48.2\n"
                             "3;3;B;Rue A;01400;01001;L’Abergement;4.92;46.15\n";
  g_autofree char *content = NULL;
  gsize length;

  (void) state;
  assert_true (g_output_stream_write_all (packed, rows, strlen (rows), NULL, NULL, NULL));
  assert_true (g_output_stream_close (packed, NULL, NULL));
  expect (0, "addresses build --from @/rows.csv.gz --output @/x.sqlite", "3 streets, 3 addresses");
  expect (0, "addresses build --from @/rows.csv.gz --commune 01001 --output @/x.sqlite", "1 streets, 1 addresses");
  expect (0, "addresses show --file @/x.sqlite", "1 streets, 1 numbers, 0 crossings");
  expect (0, "addresses show --file @/x.sqlite 3b rue a", "3 B rue A, 01400 L’Abergement");
  /* cut off: nothing is made of half a file */
  assert_true (g_file_get_contents (path, &content, &length, NULL));
  assert_true (g_file_set_contents (path, content, (gssize) length / 2, NULL));
  expect (1, "addresses build --from @/rows.csv.gz --output @/y.sqlite", "rows.csv.gz: ");
}

/* A file that was damaged finds less, or nothing, and ends all the same. */
static void
a_damaged_index_does_no_harm (void **state)
{
  g_autofree char *whole = path_of ("town.sqlite");
  g_autofree char *broken = path_of ("broken.sqlite");
  g_autofree char *content = NULL;
  gsize length;

  (void) state;
  build_town ("town.sqlite");
  assert_true (g_file_get_contents (whole, &content, &length, NULL));
  for (gsize at = 100; at < length; at += 997) {
    g_autofree char *copy = g_memdup2 (content, length);
    g_autoptr (PvAddressIndex) index = NULL;

    memset (copy + at, 0xA5, MIN (64, length - at));
    assert_true (g_file_set_contents (broken, copy, (gssize) length, NULL));
    index = pv_address_index_open (broken, NULL);
    if (index != NULL) {
      g_autoptr (GPtrArray) found = pv_address_index_find (index, "12 rue des ecoles", TRUE, LONG_MS);

      assert_true (found->len <= PV_ADDRESS_MAX_FOUND);
    }
  }
  for (gsize end = 0; end < length; end += 8191) {
    g_autoptr (PvAddressIndex) index = NULL;

    assert_true (g_file_set_contents (broken, content, (gssize) end, NULL));
    index = pv_address_index_open (broken, NULL);
    if (index != NULL)
      g_ptr_array_unref (pv_address_index_find (index, "rue des ecoles", TRUE, LONG_MS));
  }
}

static void
what_is_no_index_is_not_opened (void **state)
{
  g_autofree char *path = path_of ("x.sqlite");
  g_autofree char *absent = path_of ("absent");
  const char *paths[] = { absent, folder, path };

  (void) state;
  assert_true (g_file_set_contents (path, "SQLite format 3", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (GError) error = NULL;

    assert_null (pv_address_index_open (paths[i], &error));
    assert_int_equal (error->domain, PV_ADDRESS_ERROR);
  }
}

/* No time at all: nothing is found, and no error is made of it. */
static void
nobody_waits_longer_than_was_said (void **state)
{
  g_autoptr (PvAddressIndex) index = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) again = NULL;

  (void) state;
  build_town ("town.sqlite");
  index = open_index ("town.sqlite");
  found = pv_address_index_find (index, "rue", TRUE, 0);
  assert_int_equal (found->len, 0);
  again = pv_address_index_find (index, "rue", TRUE, LONG_MS);
  assert_int_equal (again->len, PV_ADDRESS_MAX_FOUND);
}

int
main (void)
{
#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    T (an_address_is_found_however_it_is_typed),
    T (a_crossing_is_found_by_its_two_streets),
    T (what_is_found_is_a_whole_address),
    T (the_same_rows_make_the_same_file),
    T (streets_cross_within_forty_metres),
    T (rows_that_are_wrong_are_left_out_and_told),
    T (what_is_no_such_file_makes_no_index),
    T (a_packed_extract_and_one_commune_of_it_are_read),
    T (a_damaged_index_does_no_harm),
    T (what_is_no_index_is_not_opened),
    T (nobody_waits_longer_than_was_said),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
