/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Random layers of random files, with lists that go on, locks, and lines that a bundle may not have, against a model that knows
 * nothing of the program: it goes from the lowest line to the highest, with texts alone. */

#include "tst.h"

#include <stdlib.h>
#include <string.h>

#include "platform/settings.h"
#include "settings-folder.h"

enum { SAMPLE = 250, FULL = 5000, MAX_FILES = 3 };

static const char *const layers[] = { "vendor", "platform", "commune", "site", "kiosk" };

typedef struct {
  const char *group, *key;
  PvSetting setting;    /* PV_N_SETTINGS: of [procedure acte] */
  const char *fallback; /* NULL: none */
  gboolean is_list, is_local;
  const char *pool[5];
} Key;

static const Key keys[] = {
  { "screen", "idle-seconds", PV_SETTING_SCREEN_IDLE_SECONDS, "90", FALSE, FALSE, { "30", "60", "90", "120", "900" } },
  { "screen", "warn-seconds", PV_SETTING_SCREEN_WARN_SECONDS, "60", FALSE, FALSE, { "20", "30", "60", "90", "300" } },
  { "speech", "rate", PV_SETTING_SPEECH_RATE, "150", FALSE, FALSE, { "120", "150", "160", "200", "260" } },
  { "printer",
    "media",
    PV_SETTING_PRINTER_MEDIA,
    "roll-80mm",
    FALSE,
    FALSE,
    { "a4", "a5", "roll-58mm", "roll-80mm", "a4" } },
  { "card", "photo", PV_SETTING_CARD_PHOTO, "false", FALSE, FALSE, { "true", "false", "true", "false", "true" } },
  { "commune", "place", PV_SETTING_COMMUNE_PLACE, NULL, FALSE, FALSE, { "Hall", "Cour", "Étage", "Annexe", "Gare" } },
  { "contact", "phone", PV_SETTING_CONTACT_PHONE, NULL, FALSE, FALSE, { "1", "2", "3", "4", "5" } },
  { "portal", "regies", PV_SETTING_PORTAL_REGIES, NULL, TRUE, FALSE, { "a;b;", "...;c;", "...;a;", "c;a;", "...;" } },
  { "commune",
    "languages",
    PV_SETTING_COMMUNE_LANGUAGES,
    "fr;en;",
    TRUE,
    FALSE,
    { "fr;", "...;de;", "...;fr;ar;", "en;fr;", "...;" } },
  { "printer", "queue", PV_SETTING_PRINTER_QUEUE, NULL, FALSE, TRUE, { "recu", "salle", "accueil", "mairie", "q" } },
  { "addresses", "file", PV_SETTING_ADDRESSES_FILE, NULL, FALSE, TRUE, { "/a", "/b", "/c", "/d", "/e" } },
  { "procedure acte", "cost", PV_N_SETTINGS, NULL, FALSE, FALSE, { "Gratuit", "1 €", "2 €", "3 €", "4 €" } },
  { "procedure acte",
    "keywords",
    PV_N_SETTINGS,
    NULL,
    TRUE,
    FALSE,
    { "acte;", "...;livret;", "...;acte;", "naissance;", "...;" } },
};
enum { N_KEYS = G_N_ELEMENTS (keys) };

static const char *const lock_pool[] = {
  "screen/idle-seconds", "screen/*",           "speech/rate",   "printer/*",
  "commune/place",       "contact/*",          "portal/regies", "commune/languages",
  "procedure acte/cost", "procedure/keywords", "procedure/*",   "card/photo",
};

/* The model -------------------------------------------------------------------------------------------------------- */

typedef struct {
  char *values[N_KEYS]; /* of lists: "a;b;" */
  gboolean is_set[N_KEYS];
  GPtrArray *locks;    /* of char *: the digit of its layer, and the lock */
  GString *complaints; /* "kiosk/0.conf [screen] idle-seconds\n" */
  guint n_complaints;
} Model;

static Model *
model_new (void)
{
  Model *model = g_new0 (Model, 1);

  model->locks = g_ptr_array_new_with_free_func (g_free);
  model->complaints = g_string_new (NULL);
  for (guint i = 0; i < N_KEYS; i++)
    model->values[i] = g_strdup (keys[i].fallback);
  return model;
}

static void
model_free (Model *model)
{
  for (guint i = 0; i < N_KEYS; i++)
    g_free (model->values[i]);
  g_ptr_array_unref (model->locks);
  g_string_free (model->complaints, TRUE);
  g_free (model);
}

static gboolean
model_is_locked (const Model *model, guint layer, const Key *key)
{
  for (guint i = 0; i < model->locks->len; i++) {
    const char *lock = model->locks->pdata[i];
    g_autofree char *exact = g_strconcat (key->group, "/", key->key, NULL),
                    *star = g_strconcat (key->group, "/*", NULL);
    g_autofree char *all = g_strconcat ("procedure/", key->key, NULL);
    gboolean is_procedure = g_str_has_prefix (key->group, "procedure");

    if ((guint) (lock[0] - '0') >= layer)
      continue;
    if (strcmp (lock + 1, exact) == 0 || strcmp (lock + 1, star) == 0
        || (is_procedure && (strcmp (lock + 1, all) == 0 || strcmp (lock + 1, "procedure/*") == 0)))
      return TRUE;
  }
  return FALSE;
}

/* What a list is after one more line; for anything else the line. */
static char *
model_next (const Model *model, guint i, const char *written)
{
  GString *next = g_string_new (NULL);
  g_auto (GStrv) words = NULL;

  if (!keys[i].is_list)
    return g_string_free (g_string_append (next, written), FALSE);
  if (g_str_has_prefix (written, "...;"))
    g_string_append (next, model->values[i] != NULL ? model->values[i] : "");
  words = g_strsplit (written, ";", -1);
  for (guint k = 0; words[k] != NULL; k++) {
    g_autofree char *all = g_strconcat (";", next->str, NULL), *word = g_strconcat (";", words[k], ";", NULL);

    if (*words[k] != '\0' && strcmp (words[k], "...") != 0 && strstr (all, word) == NULL)
      g_string_append_printf (next, "%s;", words[k]);
  }
  return g_string_free (next, FALSE);
}

static void
model_take (Model *model, guint layer, const char *file, guint i, const char *written)
{
  g_autofree char *next = model_next (model, i, written);
  gboolean is_bundle = layer == 1 || layer == 2;
  gboolean is_change = g_strcmp0 (next, model->values[i]) != 0;

  if ((keys[i].is_local && is_bundle) || (is_change && model_is_locked (model, layer, &keys[i]))) {
    g_string_append_printf (model->complaints, "%s [%s] %s\n", file, keys[i].group, keys[i].key);
    model->n_complaints++;
    return;
  }
  g_free (model->values[i]);
  model->values[i] = g_steal_pointer (&next);
  model->is_set[i] = TRUE;
}

/* Both sides ------------------------------------------------------------------------------------------------------- */

static void
write_random_file (GRand *random, const char *folder, guint layer, guint number, Model *model)
{
  g_autofree char *name = g_strdup_printf ("%s/%u.conf", layers[layer], number);
  g_autoptr (GString) text = g_string_new ("# random\n");

  for (guint i = 0; i < N_KEYS; i++) {
    const char *written = keys[i].pool[g_rand_int_range (random, 0, G_N_ELEMENTS (keys[i].pool))];

    if (g_rand_int_range (random, 0, 4) != 0 || (keys[i].is_local && g_rand_int_range (random, 0, 3) != 0))
      continue;
    g_string_append_printf (text, "[%s]\n%s=%s\n", keys[i].group, keys[i].key, written);
    model_take (model, layer, name, i, written);
  }
  for (guint n = 0; n < 2; n++) {
    const char *lock = lock_pool[g_rand_int_range (random, 0, G_N_ELEMENTS (lock_pool))];

    if (g_rand_int_range (random, 0, 5) != 0)
      continue;
    g_string_append_printf (text, "[locks]\nkeys=%s;\n", lock);
    g_ptr_array_add (model->locks, g_strdup_printf ("%u%s", layer, lock));
    break;
  }
  settings_folder_write (folder, name, text->str);
}

static char *
join (const char *const *list)
{
  g_autofree char *text = list != NULL ? g_strjoinv (";", (char **) list) : NULL;

  return list == NULL || list[0] == NULL ? g_strdup ("") : g_strconcat (text, ";", NULL);
}

static char *
read_value (const PvSettings *settings, guint i)
{
  const PvProcedureSettings *acte = pv_settings_find_procedure (settings, "acte");

  if (keys[i].setting == PV_N_SETTINGS && acte == NULL)
    return NULL;
  if (keys[i].setting == PV_N_SETTINGS)
    return keys[i].is_list ? join ((const char *const *) acte->keywords) : g_strdup (acte->cost);
  if (keys[i].is_list)
    return join (pv_settings_get_list (settings, keys[i].setting));
  if (strcmp (keys[i].key, "photo") == 0)
    return g_strdup (pv_settings_get_bool (settings, keys[i].setting) ? "true" : "false");
  if (g_str_has_suffix (keys[i].key, "-seconds") || strcmp (keys[i].key, "rate") == 0)
    return g_strdup_printf ("%d", pv_settings_get_int (settings, keys[i].setting));
  return g_strdup (pv_settings_get_text (settings, keys[i].setting));
}

/* "kiosk/0.conf:3: [screen] idle-seconds: is locked..." -> "kiosk/0.conf [screen] idle-seconds" */
static char *
strip_complaint (const char *line)
{
  g_autoptr (GRegex) regex = g_regex_new ("^([^:]+):[0-9]+: (\\[[^]]+\\] [a-z-]+): .*$", 0, 0, NULL);

  return g_regex_replace (regex, line, -1, 0, "\\1 \\2\n", 0, NULL);
}

static int
compare_lines_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* A file tells group by group, the model line by line. */
static char *
sort_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  qsort (lines, g_strv_length (lines), sizeof *lines, compare_lines_cb);
  return g_strjoinv ("\n", lines);
}

static void
compare (guint32 seed, const char *folder, const Model *model)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSettings) strict = pv_settings_load (folder, &error);
  g_autoptr (PvSettings) settings = pv_settings_load_what_is_right (folder);

  for (guint i = 0; i < N_KEYS; i++) {
    g_autofree char *value = read_value (settings, i);
    const char *expected = model->values[i] != NULL ? model->values[i] : "";

    if (strcmp (value != NULL ? value : "", expected) != 0)
      fail_msg ("seed %u: [%s] %s is \"%s\", and should be \"%s\"; in %s", seed, keys[i].group, keys[i].key, value,
                expected, folder);
  }
  if ((strict == NULL) != (model->n_complaints > 0))
    fail_msg ("seed %u: %s, and %u complaints were expected; in %s", seed, strict != NULL ? "accepted" : error->message,
              model->n_complaints, folder);
  if (error != NULL) {
    g_auto (GStrv) lines = g_strsplit (error->message, "\n", -1);
    g_autoptr (GString) told = g_string_new (NULL);
    g_autofree char *told_sorted = NULL, *expected = NULL;

    for (guint i = 0; lines[i] != NULL; i++) {
      g_autofree char *stripped = strip_complaint (lines[i]);

      g_string_append (told, stripped);
    }
    told_sorted = sort_lines (told->str);
    expected = sort_lines (model->complaints->str);
    if (strcmp (told_sorted, expected) != 0)
      fail_msg ("seed %u: it told\n%s\nand should have told\n%s\nin %s", seed, told_sorted, expected, folder);
  }
}

static void
many_layers_are_what_a_naive_model_makes_of_them (void **state)
{
  const char *given = g_getenv ("PV_TEST_SEED");
  guint32 seed = given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : g_random_int ();
  guint runs = g_getenv ("PV_TEST_FULL") != NULL ? FULL : SAMPLE;
  guint n_wrong = 0, n_lines = 0;

  (void) state;
  g_printerr ("# seed %u\n", seed);
  for (guint run = 0; run < runs; run++) {
    g_autoptr (GRand) random = g_rand_new_with_seed (seed + run);
    g_autofree char *folder = settings_folder_new ("@site/00.conf\n" SETTINGS_ENOUGH);
    Model *model = model_new ();

    for (guint layer = 0; layer < G_N_ELEMENTS (layers); layer++) {
      guint n_files = (guint) g_rand_int_range (random, 0, MAX_FILES + 1);

      for (guint number = 0; number < n_files; number++)
        write_random_file (random, folder, layer, number + 1, model);
    }
    compare (seed + run, folder, model);
    n_wrong += model->n_complaints > 0 ? 1 : 0;
    n_lines += model->n_complaints;
    model_free (model);
    tst_remove_folder (folder);
  }
  /* Both kinds must have been met, or it proves little. */
  assert_in_range (n_wrong, runs / 10, runs - runs / 10);
  g_printerr ("# %u runs, %u of them refused, with %u slips\n", runs, n_wrong, n_lines);
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (many_layers_are_what_a_naive_model_makes_of_them),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
